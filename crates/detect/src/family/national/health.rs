//! Numbers of patients, of the insured and of prescribers.

use super::{
    checks::{at, luhn, up_to, value, weighted},
    id::{
        NationalId,
        Trust::{Alone, Home},
        any,
    },
};
use crate::cue::IdWord::{Dea, HealthInsurance, Kvnr, Mbi, MedicalRecord, Nhi, Nhs, Npi, Ramq, Sus};
use aside_taxonomy::DataType::HealthIdentifier as HEALTH;

pub(super) const IDS: &[NationalId] = &[
    NationalId::new(
        "nhs_number",
        HEALTH,
        "GB",
        &[Nhs, MedicalRecord],
        &["### ### ####", "###-###-####"],
        nhs,
    )
    .printed(Home),
    NationalId::new("us_mbi", HEALTH, "US", &[Mbi, HealthInsurance], &["#@*#-@*#-@@##", "#@*#@*#@@##"], mbi)
        .form_only()
        .alone(),
    NationalId::new("us_npi", HEALTH, "US", &[Npi], &["##########"], npi),
    NationalId::new("us_dea", HEALTH, "US", &[Dea], &["@@#######", "@########"], dea),
    NationalId::new("de_kvnr", HEALTH, "DE", &[Kvnr, HealthInsurance], &["@#########", "@### ### ###"], kvnr)
        .bare(Home),
    NationalId::new("nz_nhi", HEALTH, "NZ", &[Nhi], &["@@@####"], nhi),
    NationalId::new("nz_nhi", HEALTH, "NZ", &[Nhi], &["@@@##@@"], any).form_only(),
    NationalId::new("br_cns", HEALTH, "BR", &[Sus], &["### #### #### ####"], cns).strong().printed(Alone),
    NationalId::new("ca_ramq", HEALTH, "CA", &[Ramq, HealthInsurance], &["@@@@ #### ####"], ramq)
        .form_only()
        .printed(Alone),
    NationalId::new("mrn", HEALTH, "", &[MedicalRecord], RECORD_FORMS, any).form_only(),
    NationalId::new("health_plan", HEALTH, "", &[HealthInsurance], PLAN_FORMS, any).form_only(),
];

/// Ten digits modulo 11 (NHS Data Dictionary, NHS NUMBER).
fn nhs(signs: &[u8]) -> bool {
    up_to(weighted(signs, &[10, 9, 8, 7, 6, 5, 4, 3, 2]), 11) == at(signs, 9)
}

/// Eleven characters in a fixed order of digits and letters, without S, L, O, I, B, Z (CMS,
/// Understanding the Medicare Beneficiary Identifier Format).
fn mbi(signs: &[u8]) -> bool {
    signs[0] != b'0' && !signs.iter().any(|sign| b"SLOIBZ".contains(sign))
}

/// Luhn over 80840 and ten digits (45 CFR 162.406).
fn npi(signs: &[u8]) -> bool {
    let mut digits = *b"808400000000000";
    digits[5..].copy_from_slice(signs);
    matches!(signs[0], b'1' | b'2') && luhn(&digits)
}

/// Kind of registrant, initial, six digits and a check digit (21 CFR 1301; DEA registration numbers).
fn dea(signs: &[u8]) -> bool {
    let digits = &signs[2..];
    let sum = weighted(digits, &[1, 2, 1, 2, 1, 2]);
    b"ABCDEFGHJKLMPRSTUX".contains(&signs[0])
        && (signs[1].is_ascii_alphabetic() || signs[1] == b'9')
        && sum % 10 == at(digits, 6)
}

/// Letter as two digits, eight digits, a digit over the sums of digits of doubled places (§ 290 SGB V).
fn kvnr(signs: &[u8]) -> bool {
    let letter = u32::from(signs[0] - b'A') + 1;
    let places = [letter / 10, letter % 10].into_iter().chain(signs[1..9].iter().map(|sign| value(*sign)));
    let products = places.zip([1, 2].into_iter().cycle()).map(|(digit, weight)| digit * weight);
    products.map(|product| product / 10 + product % 10).sum::<u32>() % 10 == at(signs, 9)
}

/// Three letters without I and O, three digits, check digit modulo 11 (HISO 10046).
fn nhi(signs: &[u8]) -> bool {
    let rank = |sign: u8| match sign {
        b'A'..=b'H' => u32::from(sign - b'A') + 1,
        b'J'..=b'N' => u32::from(sign - b'A'),
        letter => u32::from(letter - b'A') - 1,
    };
    let letters = rank(signs[0]) * 7 + rank(signs[1]) * 6 + rank(signs[2]) * 5;
    let rest = (letters + weighted(&signs[3..], &[4, 3, 2])) % 11;
    !signs[..3].iter().any(|sign| matches!(sign, b'I' | b'O')) && rest > 0 && (11 - rest) % 10 == at(signs, 6)
}

/// Fifteen digits whose weighted sum is divisible by 11 (Ministério da Saúde, Cartão Nacional de Saúde).
fn cns(signs: &[u8]) -> bool {
    let sum = weighted(signs, &[15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
    matches!(signs[0], b'1' | b'2' | b'7'..=b'9') && sum.is_multiple_of(11)
}

/// Four letters of the name, year, month (+50 for women), day (Régie de l'assurance maladie du Québec).
fn ramq(signs: &[u8]) -> bool {
    let month = super::checks::number(&signs[6..8]) % 50;
    super::checks::is_day(super::checks::number(&signs[4..6]), month, super::checks::number(&signs[8..10]))
}

const RECORD_FORMS: &[&str] = &[
    "########",
    "#######",
    "######",
    "#########",
    "##########",
    "#####",
    "###########",
    "############",
    "@#######",
    "@######",
    "@########",
    "@@######",
    "@@#######",
    "@@########",
    "@@@######",
    "@#####",
    "###-##-##",
    "###-##-###",
    "##-##-##",
    "##-####",
    "###-####",
    "####-####",
    "@-######",
    "@@-######",
    "@@@-######",
    "@@@-#######",
    "###-###-####",
    "@@@#########",
    "@@@#######",
    "@@@########",
    "@-#######",
    "@-########",
    "@@-########",
];

const PLAN_FORMS: &[&str] = &[
    "@@@#########",
    "@@@########",
    "@@@##########",
    "@#########",
    "@########",
    "@##########",
    "#########",
    "##########",
    "###########",
    "############",
    "##############",
    "################",
    "####################",
    "@@########",
    "@@#######",
    "@@@#######",
    "@@@@########",
    "#########@",
    "########",
    "###-###-####",
    "@#######",
    "@@######",
    "@@@-#########",
    "@@@-######",
    "#######",
    "######",
];
