//! Licence plates: found where a word names them, in the usual form where their country was asked for.

use super::id::{NationalId, Trust::Home, any};
use crate::cue::IdWord::Plate;
use aside_taxonomy::DataType::GovVehicle as VEHICLE;

pub(super) const IDS: &[NationalId] = &[
    plate("IN", &["@@ ## @@ ####", "@@-##-@@-####", "@@ ## @ ####", "@@## @@ ####", "@@##@@####"], indian)
        .alone(),
    plate("DE", GERMAN, german).printed(Home),
    plate("DE", &["@-@ #", "@-@@ #", "@@-@ #", "@@-@@ #", "@@@-@ #", "@@@-@@ #"], any),
    plate("GB", &["@@## @@@"], british).printed(Home),
    plate("FR", &["@@-###-@@", "@@ ### @@"], french).printed(Home),
    plate("ES", &["#### @@@", "####-@@@"], spanish).printed(Home),
    plate("IT", &["@@ ### @@", "@@ ###@@"], french).printed(Home),
    plate("NL", DUTCH, any).printed(Home),
    plate("BR", &["@@@#@##", "@@@-#@##"], any).at_home(),
    plate("BR", &["@@@-####"], any).printed(Home),
    plate("PL", POLISH, any),
    plate("US CA", AMERICAN, any),
    plate("", OTHERS, any),
];

const fn plate(
    regions: &'static str,
    forms: &'static [&'static str],
    check: fn(&[u8]) -> bool,
) -> NationalId {
    NationalId::new("plate", VEHICLE, regions, &[Plate], forms, check).form_only()
}

/// District, serial letters, number, perhaps E or H (FZV, Anlage 4).
const GERMAN: &[&str] = &[
    "@-@ ##",
    "@-@ ###",
    "@-@ ####",
    "@-@@ ##",
    "@-@@ ###",
    "@-@@ ####",
    "@@-@ ##",
    "@@-@ ###",
    "@@-@ ####",
    "@@-@@ ##",
    "@@-@@ ###",
    "@@-@@ ####",
    "@@@-@ ##",
    "@@@-@ ###",
    "@@@-@ ####",
    "@@@-@@ ##",
    "@@@-@@ ###",
    "@@@-@@ ####",
    "@-@@ ###@",
    "@-@@ ####@",
    "@@-@@ ###@",
    "@@@-@@ ###@",
];

fn german(signs: &[u8]) -> bool {
    signs.last().is_some_and(|sign| sign.is_ascii_digit() || matches!(sign, b'E' | b'H'))
}

/// The codes of states and territories (Central Motor Vehicles Rules 1989).
fn indian(signs: &[u8]) -> bool {
    const STATES: &[u8] =
        b"AN AP AR AS BR CG CH DD DL DN GA GJ HP HR JH JK KA KL LA LD MH ML MN MP MZ NL OD OR PB PY RJ SK TN TR TS UK UP WB";
    STATES.chunks(3).any(|state| state.starts_with(&signs[..2]))
}

/// Area, age (01 to 80), three letters; no I, Q or Z in the area (DVLA, INF104).
fn british(signs: &[u8]) -> bool {
    !signs[..2].iter().any(|sign| matches!(sign, b'I' | b'Q' | b'Z'))
        && !signs[4..7].iter().any(|sign| matches!(sign, b'I' | b'Q'))
}

/// Two letters, three digits, two letters, never I, O or U (arrêté du 9 février 2009); Italy leaves out
/// Q as well.
fn french(signs: &[u8]) -> bool {
    !signs.iter().any(|sign| matches!(sign, b'I' | b'O' | b'U'))
}

/// Four digits and three consonants (Orden INT/3153/2000).
fn spanish(signs: &[u8]) -> bool {
    !signs[4..].iter().any(|sign| matches!(sign, b'A' | b'E' | b'I' | b'O' | b'U' | b'Q'))
}

/// The sidecodes of the RDW.
const DUTCH: &[&str] = &[
    "@@-###-@", "@-###-@@", "##-@@@-#", "#-@@@-##", "##-@@-@@", "@@-##-@@", "@@-@@-##", "@@@-##-@",
    "#-@@-###",
];

const POLISH: &[&str] = &[
    "@@ #####",
    "@@ ####@",
    "@@ ###@@",
    "@@ #@###",
    "@@@ ####",
    "@@@ #####",
    "@@@ @###",
    "@@@ ##@#",
    "@@@ ##@@",
    "@@@ #@##",
    "@@@ ####@",
    "@@@ ###@@",
];

const AMERICAN: &[&str] = &[
    "@@@-####", "#@@@###", "@@@ ###", "### @@@", "#### @@", "@@ #####", "@@@@ ###", "@@# @##", "### #@@",
    "@## ###", "@@@@###", "###-@@@@", "@#####", "@@####", "######", "#######", "@## ##@", "##@ ###",
    "#@@ ###",
];

const OTHERS: &[&str] = &[
    "@@ ## ###",
    "@@@ ###",
    "@@@ ##@",
    "#-@@@-###",
    "##-@@-##",
    "##-##-@@",
    "##*-@-####",
    "##-@-####",
    "###-@-#####",
    "@@@ ## ##",
    "## @@@ ###",
    "## @ ####",
    "## @@ ###",
    "## @@ ####",
    "@ ######",
    "@ #####@",
    "@@ ######",
    "@@-#####@",
    "@@-####@",
    "@@-###@@",
    "@-#####@",
    "@@ ## @@@",
    "@@@ ##-##",
    "#@## ####",
    "@@@-###-@",
    "@@ ####",
    "@ ####",
    "@### @@@",
    "@@@ ###@",
    "@## @@@",
    "@@@ ##*",
    "@@ ### @@",
    "## @@ ##@",
    // Turkey.
    "## @ #####",
    "## @@@ ##",
    // Ireland.
    "##-@-#####",
    "##-@@-####",
    "##-@@-#####",
    "###-@@-####",
    "###-@@-#####",
    // Austria, Switzerland.
    "@-####@@",
    "@@-#####",
    // Czechia, Hungary, Romania, Bulgaria, Croatia.
    "#@# ####",
    "#@@ ####",
    "@@ @@-###",
    "@ ## @@@",
    "@ ### @@@",
    "@@ #### @@",
    "@@ ####-@@",
    "@@ ###-@@",
    // Australia.
    "#@@-#@@",
];
