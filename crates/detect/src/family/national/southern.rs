//! Spain, Portugal, Italy, Greece, Cyprus, Malta.

use super::{
    checks::{at, is_dmy, luhn, number, value, weighted},
    id::{
        NationalId,
        Trust::{Alone, Home},
    },
};
use crate::cue::IdWord::{
    Afm, Amka, CartaIdentita, CartaoCidadao, Cif, CodiceFiscale, Dni, Identity, MaltaId, Nie, Nif, Niss,
    Nuss, PartitaIva, SocialSecurity, Tax, Tic,
};
use aside_taxonomy::DataType::{GovEuNationalId as EU, GovOtherTaxId as OTHER};

pub(super) const IDS: &[NationalId] = &[
    NationalId::new(
        "es_nif",
        EU,
        "ES",
        &[Dni, Nif, Identity, Tax],
        &["########@", "########-@", "##.###.###-@"],
        dni,
    )
    .alone(),
    NationalId::new(
        "es_nie",
        EU,
        "ES",
        &[Nie, Nif, Dni, Identity, Tax],
        &["@#######@", "@-#######-@", "@-#######@"],
        nie,
    )
    .alone(),
    NationalId::new("es_cif", OTHER, "ES", &[Cif, Nif, Tax], &["@#######*", "@-#######*", "@-########"], cif),
    NationalId::new(
        "es_nuss",
        EU,
        "ES",
        &[Nuss, SocialSecurity],
        &["## ######## ##", "##/########/##"],
        nuss,
    )
    .strong(),
    NationalId::new("it_codice_fiscale", EU, "IT", &[CodiceFiscale, Tax, Identity], FISCAL_FORMS, fiscal)
        .strong()
        .alone(),
    NationalId::new("it_partita_iva", OTHER, "IT", &[PartitaIva, CodiceFiscale, Tax], &["###########"], luhn),
    NationalId::new(
        "it_identity_card",
        EU,
        "IT",
        &[CartaIdentita, Identity],
        &["@@#####@@", "@@#######"],
        any_card,
    )
    .form_only(),
    NationalId::new("pt_nif", EU, "PT", &[Nif, Tax], &["### ### ###"], pt_nif),
    NationalId::new(
        "pt_cartao_cidadao",
        EU,
        "PT",
        &[CartaoCidadao, Identity],
        &["######## # **#"],
        citizen_card,
    )
    .printed(Alone)
    .bare(Home),
    NationalId::new("pt_niss", EU, "PT", &[Niss, SocialSecurity], &["###########"], niss),
    NationalId::new("gr_afm", EU, "GR", &[Afm, Tax], &["#########"], afm),
    NationalId::new("gr_amka", EU, "GR", &[Amka, SocialSecurity], &["###########"], amka).strong().at_home(),
    NationalId::new("cy_tic", EU, "CY", &[Tic, Tax], &["########@"], tic),
    NationalId::new("mt_id", EU, "MT", &[MaltaId, Identity], &["#######@"], maltese).form_only(),
];

/// The letter that belongs to a number modulo 23 (Real Decreto 1553/2005).
fn dni_letter(number: u32) -> u8 {
    b"TRWAGMYFPDXBNJZSQVHLCKE"[number as usize % 23]
}

pub(super) fn dni(signs: &[u8]) -> bool {
    dni_letter(number(&signs[..8])) == signs[8]
}

/// X, Y and Z stand for 0, 1 and 2 (Orden INT/2058/2008).
pub(super) fn nie(signs: &[u8]) -> bool {
    let first = match signs[0] {
        b'X' => 0,
        b'Y' => 10_000_000,
        b'Z' => 20_000_000,
        _ => return false,
    };
    dni_letter(first + number(&signs[1..8])) == signs[8]
}

/// Letter of the legal form, seven digits, and a digit or a letter (Orden EHA/451/2008).
pub(super) fn cif(signs: &[u8]) -> bool {
    let sum: u32 = (1..8)
        .map(|i| {
            let digit = at(signs, i);
            if i % 2 == 1 { digit * 2 / 10 + digit * 2 % 10 } else { digit }
        })
        .sum();
    let check = (10 - sum % 10) % 10;
    b"ABCDEFGHJNPQRSUVW".contains(&signs[0])
        && (signs[8] == b'0' + check as u8 || signs[8] == b"JABCDEFGHI"[check as usize])
}

/// Province, number, and all before modulo 97 (Tesorería General de la Seguridad Social).
fn nuss(signs: &[u8]) -> bool {
    let (province, serial) = (u64::from(number(&signs[..2])), u64::from(number(&signs[2..10])));
    let base =
        if serial < 10_000_000 { province * 10_000_000 + serial } else { province * 100_000_000 + serial };
    (1..=66).contains(&province) && base % 97 == u64::from(number(&signs[10..12]))
}

const FISCAL_FORMS: &[&str] =
    &["@@@@@@##@**@***@", "@@@ @@@ ##@** @***@", "@@@@@@*#@**@***@", "@@@@@@**@**@***@"];

/// Sixteen characters; letters may stand for digits where two people would share a code
/// (DM 23 dicembre 1976 and 12 marzo 1974, "omocodia").
pub(super) fn fiscal(signs: &[u8]) -> bool {
    const ODD: [u32; 36] = [
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12,
        14, 16, 10, 22, 25, 24, 23,
    ];
    /// The letters that stand for 0 to 9.
    const INSTEAD: &[u8; 10] = b"LMNPQRSTUV";
    let digit = |i: usize| match signs[i] {
        sign @ b'0'..=b'9' => Some(u32::from(sign - b'0')),
        letter => INSTEAD.iter().position(|l| *l == letter).map(|n| n as u32),
    };
    let figures = [6, 7, 9, 10, 12, 13, 14];
    if figures.iter().any(|i| digit(*i).is_none()) || !b"ABCDEHLMPRST".contains(&signs[8]) {
        return false;
    }
    let day = digit(9).zip(digit(10)).map_or(0, |(tens, ones)| tens * 10 + ones);
    let even = |sign: u8| if sign.is_ascii_digit() { value(sign) } else { value(sign) - 10 };
    let sum: u32 = signs[..15]
        .iter()
        .enumerate()
        .map(|(i, sign)| if i % 2 == 0 { ODD[value(*sign) as usize] } else { even(*sign) })
        .sum();
    matches!(day, 1..=31 | 41..=71) && signs[15] == b'A' + (sum % 26) as u8
}

fn any_card(signs: &[u8]) -> bool {
    signs[0] == b'C' || signs[8].is_ascii_digit()
}

/// Nine digits, weights 9 to 2 (Decreto-Lei 14/2013).
pub(super) fn pt_nif(signs: &[u8]) -> bool {
    let rest = weighted(signs, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11;
    let check = if rest < 2 { 0 } else { 11 - rest };
    !matches!(signs[0], b'0' | b'4' | b'7') && check == at(signs, 8)
}

/// Twelve characters with letters as numbers, every other one doubled (Portaria 203/2007).
fn citizen_card(signs: &[u8]) -> bool {
    let sum: u32 = signs
        .iter()
        .enumerate()
        .map(|(i, sign)| match value(*sign) {
            v if i % 2 == 0 && v * 2 > 9 => v * 2 - 9,
            v if i % 2 == 0 => v * 2,
            v => v,
        })
        .sum();
    sum.is_multiple_of(10) && signs[9].is_ascii_alphabetic() && signs[10].is_ascii_alphabetic()
}

/// Eleven digits, prime weights (Segurança Social).
fn niss(signs: &[u8]) -> bool {
    let sum = weighted(signs, &[29, 23, 19, 17, 13, 11, 7, 5, 3, 2]);
    matches!(signs[0], b'1' | b'2') && 9 - sum % 10 == at(signs, 10)
}

/// Nine digits, powers of two, modulo 11 (AADE, ΑΦΜ).
pub(super) fn afm(signs: &[u8]) -> bool {
    weighted(signs, &[256, 128, 64, 32, 16, 8, 4, 2]) % 11 % 10 == at(signs, 8)
}

/// Date of birth, serial, Luhn digit (Law 3655/2008, ΑΜΚΑ).
fn amka(signs: &[u8]) -> bool {
    is_dmy(signs) && luhn(signs)
}

/// Eight digits and a letter (Cyprus Tax Department, TIC).
pub(super) fn tic(signs: &[u8]) -> bool {
    const ODD: [u32; 10] = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21];
    let sum: u32 = signs[..8]
        .iter()
        .enumerate()
        .map(|(i, sign)| if i % 2 == 0 { ODD[value(*sign) as usize] } else { value(*sign) })
        .sum();
    !signs.starts_with(b"12") && signs[8] == b'A' + (sum % 26) as u8
}

/// Seven digits and a letter of the register (Identity Card Act, cap. 258).
fn maltese(signs: &[u8]) -> bool {
    b"MGAPLHBZ".contains(&signs[7])
}
