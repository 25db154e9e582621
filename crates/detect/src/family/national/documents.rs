//! Passports, identity cards, driving licences, permits to stay, and numbers of any country whose
//! form alone is known: found where a word names them.

use super::{
    checks::value,
    id::{NationalId, any},
    western::{german_document, german_serial},
};
use crate::cue::IdWord::{
    AlienNumber, CaseReceipt, DriversLicense, DrivingLicence, Identity, Passport, Permit, Personalausweis,
    Tax, Vat,
};
use aside_taxonomy::DataType::{
    GovEuNationalId as EU, GovImmigration as IMMIGRATION, GovOtherTaxId as OTHER, GovPassport as PASSPORT,
    GovUsDlStateid as LICENCE,
};

pub(super) const IDS: &[NationalId] = &[
    NationalId::new("de_id_card", EU, "DE", &[Personalausweis, Identity], &["**********"], german_document),
    NationalId::new("de_id_card", EU, "DE", &[Personalausweis], &["*********"], german_serial).form_only(),
    NationalId::new("passport", PASSPORT, "DE", &[Passport], &["**********"], german_document),
    NationalId::new("passport", PASSPORT, "", &[Passport], PASSPORTS, any).form_only(),
    NationalId::new("passport", PASSPORT, "DE NL", &[Passport], &["@********"], some_digits).form_only(),
    NationalId::new("us_driver_license", LICENCE, "US", &[DriversLicense], STATE_LICENCES, any).form_only(),
    NationalId::new("driving_licence", OTHER, "", &[DrivingLicence], LICENCES, any).form_only(),
    NationalId::new(
        "alien_number",
        IMMIGRATION,
        "US",
        &[AlienNumber],
        &["A-###-###-###", "A########", "### ### ###"],
        any,
    )
    .form_only(),
    NationalId::new(
        "case_receipt",
        IMMIGRATION,
        "US",
        &[CaseReceipt, Permit],
        &["@@@##########", "@@@-##-###-#####"],
        centre,
    )
    .form_only()
    .alone(),
    NationalId::new("immigration", IMMIGRATION, "", &[Permit], PERMITS, any).form_only(),
    NationalId::new(
        "vat",
        OTHER,
        "",
        &[Vat],
        &["@@########", "@@#########", "@@##########", "@@###########"],
        any,
    )
    .form_only(),
    NationalId::new("tax_id", OTHER, "", &[Tax, Identity, Vat], ANY_COUNTRY, any).form_only(),
];

/// Some are digits.
fn some_digits(signs: &[u8]) -> bool {
    signs.iter().filter(|sign| value(**sign) < 10).count() >= 2
}

/// The centres that receive cases (USCIS, Checking Your Case Status Online).
fn centre(signs: &[u8]) -> bool {
    [b"EAC", b"WAC", b"LIN", b"SRC", b"NBC", b"MSC", b"IOE", b"YSC"]
        .iter()
        .any(|centre| signs.starts_with(*centre))
}

/// How passports of most countries are numbered (ICAO Doc 9303 leaves nine characters to the states).
const PASSPORTS: &[&str] = &[
    "#########",
    "### ### ###",
    "@ ########",
    "@ #######",
    "@@ #######",
    "@@ ######",
    "@@@ ######",
    "##@@#####",
    "########",
    "@#########",
    "@@######@",
    "@@########",
    "@######",
    "## #######",
];

/// Driving licences of the fifty states (AAMVA, and the states' own pages): letters, then digits.
const STATE_LICENCES: &[&str] = &[
    // A letter and digits: AZ, CA, FL, HI, IL, KY, MD, MA, MI, MN, MO, NE, NV, NY, OH, OK, VA, WV ...
    "@#######",
    "@########",
    "@#########",
    "@############",
    "@###-###-###-###",
    "@###-###-##-###-#",
    "@###-####-####",
    "@###-###-###-##",
    "@##-##-####",
    "@###########",
    "@######",
    "@#####",
    "@####-#####-#####",
    "@##############",
    "@#############",
    // Two letters and digits: CO, GU, OH, PA ...; three: NC, WA, ...
    "@@######",
    "@@#######",
    "@@#####",
    "@@@######",
    "@@@@@##*@@**",
    "@@@@@@###@@",
    "@@@##@####",
    "@@@*****##**",
    "##@@@#####",
    "###@@####",
    "@@@@#####",
    // Digits alone: AL, AK, AR, CT, DE, GA, ID, IA, LA, ME, MS, MT, NM, NC, ND, OR, PA, SC, SD, TN, TX, UT, WI, WY.
    "#######",
    "########",
    "#########",
    "##########",
    "############",
    "######",
    "###-##-####",
    "## ### ###",
    "###-###-###",
    "### ### ###",
    "###-###-####",
    "@###-####-####-##",
    "@@-########",
    "@@-#######",
    "@-#######",
    "@-########",
    "@-######",
    "@@@@@@@#####",
    "#### ####",
];

/// Driving licences of other countries: digits with at most a few letters.
const LICENCES: &[&str] = &[
    "@#@#####@@",
    "@#*#####*@",
    "@@#######@",
    "@##########",
    "@*********#",
    "##########*",
    "#########",
    "##########",
    "###########",
    "########",
    "############",
    "########@",
    "@#######@",
    "@@ ## ###########",
    "@@##-###########",
    "@########",
    "@@########",
    "@@######",
    "#####/##/####",
    "## ## ######",
    "@@ ######",
    "#######",
    "##@@#####",
    "@##**#####*",
    "@@@######",
    "######@",
    "@###-####-####",
    "@############",
    "@@-########",
    "@@@@@@@#####",
];

/// Visas, residence and work permits: letters, then digits.
const PERMITS: &[&str] = &[
    "@@#######",
    "@@@######",
    "@@@#######",
    "@########",
    "@#######",
    "@@@@######",
    "##########",
    "#########",
    "########",
    "@@########",
    "@@######",
    "@@#####",
    "#######",
    "##@@#####",
    "@##**####*",
    "@#######@",
    "############",
    "###########",
];

/// Numbers that a word calls a tax or identity number of no country that the tables know better.
const ANY_COUNTRY: &[&str] = &[
    "########",
    "#########",
    "##########",
    "###########",
    "############",
    "#############",
    "#######",
    "@########",
    "@#######",
    "@@#######",
    "@@######",
    "########@",
    "#######@",
    "@@@######",
    "#########@",
    "##-#######",
    "###-##-####",
    "@#########",
    "### ### ###",
    "## ### ### ###",
    "###.###.###-##",
    "##.###.###",
    "@@#########",
    "@@##########",
    "@@@#####",
    "@@#####@",
    "@@#####",
    "########-@",
    "##########-#",
    "#####-#####",
    "@-########",
];
