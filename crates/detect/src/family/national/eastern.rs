//! Poland, Czechia, Slovakia, Hungary, Romania, Moldova, Bulgaria, Croatia, Slovenia, Serbia, Bosnia,
//! Montenegro, North Macedonia, Russia, Ukraine, Kazakhstan.

use super::{
    checks::{at, is_day, is_ymd, mod_11_10, number, up_to, weighted},
    id::{
        NationalId,
        Trust::{Alone, Home},
        any,
    },
};
use crate::cue::IdWord::{
    Cnp, Cui, Dowod, Egn, HuId, HuTax, Identity, Idnp, Iin, Inn, Jmbg, Nip, Oib, Pesel, Regon, Rnokpp,
    RodneCislo, RuPassport, Snils, SocialSecurity, Taj, Tax,
};
use aside_taxonomy::DataType::{GovEuNationalId as EU, GovOtherTaxId as OTHER, GovPassport as PASSPORT};

pub(super) const IDS: &[NationalId] = &[
    NationalId::new("pl_pesel", EU, "PL", &[Pesel, Identity], &["###########"], pesel).strong().at_home(),
    NationalId::new("pl_nip", OTHER, "PL", &[Nip, Tax], &["###-###-##-##", "###-##-##-###"], nip)
        .printed(Home),
    NationalId::new("pl_regon", OTHER, "PL", &[Regon], &["#########", "##############"], regon),
    NationalId::new("pl_identity_card", EU, "PL", &[Dowod, Identity], &["@@@ ######"], dowod),
    NationalId::new(
        "cz_sk_birth_number",
        EU,
        "CZ SK",
        &[RodneCislo, Identity],
        &["######/####"],
        birth_number,
    )
    .strong()
    .printed(Alone),
    NationalId::new("cz_sk_birth_number", EU, "CZ SK", &[RodneCislo], &["######/###"], old_birth_number)
        .form_only(),
    NationalId::new(
        "hu_personal_id",
        EU,
        "HU",
        &[HuId, Identity],
        &["#-######-####", "# ###### ####"],
        hungarian,
    )
    .strong()
    .printed(Alone),
    NationalId::new("hu_tax_id", EU, "HU", &[HuTax, Tax], &["##########"], hungarian_tax),
    NationalId::new("hu_taj", EU, "HU", &[Taj], &["### ### ###"], taj),
    NationalId::new("ro_cnp", EU, "RO", &[Cnp, Identity], &["#############"], cnp).strong().at_home(),
    NationalId::new("ro_cui", OTHER, "RO", &[Cui], CUI_FORMS, cui),
    NationalId::new("md_idnp", OTHER, "MD", &[Idnp, Identity], &["#############"], idnp),
    NationalId::new("bg_egn", EU, "BG", &[Egn, Identity], &["##########"], egn).strong(),
    NationalId::new("hr_oib", EU, "HR", &[Oib, Tax, Identity], &["###########"], mod_11_10).bare(Home),
    NationalId::new("si_emso", EU, "SI", &[Jmbg, Identity], &["#############"], emso).strong().alone(),
    NationalId::new("jmbg", OTHER, "RS BA ME MK XK HR", &[Jmbg, Identity], &["#############"], jmbg)
        .strong()
        .alone(),
    NationalId::new(
        "ru_snils",
        OTHER,
        "RU",
        &[Snils, SocialSecurity],
        &["###-###-### ##", "###-###-###-##"],
        snils,
    )
    .strong()
    .printed(Alone),
    NationalId::new("ru_inn", OTHER, "RU", &[Inn, Tax], &["############"], inn_person).strong().at_home(),
    NationalId::new("ru_inn", OTHER, "RU", &[Inn, Tax], &["##########"], inn_company),
    NationalId::new("ru_passport", PASSPORT, "RU", &[RuPassport], &["## ## ######", "#### ######"], any)
        .form_only(),
    NationalId::new("ua_rnokpp", OTHER, "UA", &[Rnokpp, Inn, Tax], &["##########"], rnokpp),
    NationalId::new("kz_iin", OTHER, "KZ", &[Iin, Inn, Identity], &["############"], iin).strong().at_home(),
];

/// Date of birth with the century in the month (80 for 18xx, 0 for 19xx, 20, 40, 60 for 20xx to 22xx),
/// serial, check digit (Ustawa o ewidencji ludności, art. 15).
fn pesel(signs: &[u8]) -> bool {
    let month = number(&signs[2..4]) % 20;
    is_day(number(&signs[..2]), month, number(&signs[4..6]))
        && up_to(weighted(signs, &[1, 3, 7, 9, 1, 3, 7, 9, 1, 3]), 10) == at(signs, 10)
}

/// Ten digits modulo 11 (Ustawa o zasadach ewidencji i identyfikacji podatników).
pub(super) fn nip(signs: &[u8]) -> bool {
    weighted(signs, &[6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 == at(signs, 9)
}

/// Nine or fourteen digits modulo 11, 10 counts as 0 (GUS, REGON).
fn regon(signs: &[u8]) -> bool {
    let short = weighted(signs, &[8, 9, 2, 3, 4, 5, 6, 7]) % 11 % 10 == at(signs, 8);
    let long = weighted(signs, &[2, 4, 8, 5, 0, 9, 7, 3, 6, 1, 2, 4, 8]) % 11 % 10;
    short && (signs.len() == 9 || long == at(signs, 13))
}

/// Three letters, check digit, five digits; weights 7, 3, 1 (Ustawa o dowodach osobistych).
fn dowod(signs: &[u8]) -> bool {
    weighted(signs, &[7, 3, 1, 0, 7, 3, 1, 7, 3]) % 10 == at(signs, 3)
}

/// Date of birth (month + 50 for women, + 20 or 70 where serials ran out), serial; divisible by 11,
/// or, until 1985, with a remainder of 10 written as 0 (zákon 133/2000 Sb.; zákon 301/1995 Z. z.).
fn birth_number(signs: &[u8]) -> bool {
    let base = u64::from(number(&signs[..9]));
    let last = u64::from(at(signs, 9));
    is_birth_date(signs) && ((base * 10 + last).is_multiple_of(11) || base % 11 == 10 && last == 0)
}

/// Nine digits without check digit, until the end of 1953.
fn old_birth_number(signs: &[u8]) -> bool {
    number(&signs[..2]) < 54 && is_birth_date(signs)
}

fn is_birth_date(signs: &[u8]) -> bool {
    let month = number(&signs[2..4]) % 50;
    let month = if month > 20 { month - 20 } else { month };
    is_day(number(&signs[..2]), month, number(&signs[4..6]))
}

/// Sex and century, date of birth, serial, check digit; the weights run up until 1996 and down since
/// (1996. évi XX. törvény).
fn hungarian(signs: &[u8]) -> bool {
    let up = weighted(signs, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10]) % 11;
    let down = weighted(signs, &[10, 9, 8, 7, 6, 5, 4, 3, 2, 1]) % 11;
    matches!(signs[0], b'1'..=b'8') && is_ymd(&signs[1..]) && (up == at(signs, 10) || down == at(signs, 10))
}

/// Ten digits that begin with 8 (1996. évi XX. törvény, adóazonosító jel).
fn hungarian_tax(signs: &[u8]) -> bool {
    signs[0] == b'8' && weighted(signs, &[1, 2, 3, 4, 5, 6, 7, 8, 9]) % 11 == at(signs, 9)
}

/// Nine digits, weights 3 and 7 (1996. évi XX. törvény, TAJ).
fn taj(signs: &[u8]) -> bool {
    weighted(signs, &[3, 7, 3, 7, 3, 7, 3, 7]) % 10 == at(signs, 8)
}

/// Sex and century, date of birth, county, serial, check digit (Legea 105/1996).
fn cnp(signs: &[u8]) -> bool {
    let rest = weighted(signs, &[2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11;
    let county = number(&signs[7..9]);
    signs[0] != b'0'
        && is_ymd(&signs[1..])
        && matches!(county, 1..=52 | 70 | 80..=83)
        && (if rest == 10 { 1 } else { rest }) == at(signs, 12)
}

const CUI_FORMS: &[&str] = &["######", "#######", "########", "#########", "##########"];

/// Two to ten digits (Ordonanța de urgență 116/2009, cod unic de înregistrare).
pub(super) fn cui(signs: &[u8]) -> bool {
    let mut digits = [b'0'; 10];
    digits[10 - signs.len()..].copy_from_slice(signs);
    weighted(&digits, &[7, 5, 3, 2, 1, 7, 5, 3, 2]) * 10 % 11 % 10 == at(&digits, 9)
}

/// Thirteen digits, weights 7, 3, 1 (Hotărârea Guvernului 333/2002, IDNP).
fn idnp(signs: &[u8]) -> bool {
    weighted(signs, &[7, 3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1]) % 10 == at(signs, 12)
        && matches!(signs[0], b'0' | b'2' | b'9')
}

/// Date of birth (month + 20 before 1900, + 40 from 2000), serial, check digit (Закон за гражданската
/// регистрация).
fn egn(signs: &[u8]) -> bool {
    let month = number(&signs[2..4]) % 20;
    is_day(number(&signs[..2]), month, number(&signs[4..6]))
        && number(&signs[2..4]) <= 52
        && weighted(signs, &[2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11 % 10 == at(signs, 9)
}

/// Day, month, three digits of the year, region, serial, check digit (Zakon o jedinstvenom matičnom
/// broju građana, 1976).
fn jmbg(signs: &[u8]) -> bool {
    let year = number(&signs[4..7]);
    let full = if year > 800 { 1000 + year } else { 2000 + year };
    let check = up_to(weighted(signs, &[7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]), 11) % 10;
    (1890..2100).contains(&full)
        && is_day(full, number(&signs[2..4]), number(&signs[..2]))
        && check == at(signs, 12)
}

/// The same with the Slovenian region.
fn emso(signs: &[u8]) -> bool {
    signs[7] == b'5' && jmbg(signs)
}

/// Nine digits, weights 9 to 1, modulo 101 (постановление ПФР 192п).
fn snils(signs: &[u8]) -> bool {
    let sum = weighted(signs, &[9, 8, 7, 6, 5, 4, 3, 2, 1]);
    number(&signs[..9]) > 1_001_998 && sum % 101 % 100 == number(&signs[9..11])
}

/// Ten digits of a company (ФНС, приказ ММВ-7-6/435).
fn inn_company(signs: &[u8]) -> bool {
    weighted(signs, &[2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10 == at(signs, 9)
}

/// Twelve digits of a person: two check digits.
fn inn_person(signs: &[u8]) -> bool {
    weighted(signs, &[7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10 == at(signs, 10)
        && weighted(signs, &[3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11 % 10 == at(signs, 11)
}

/// Days since 1900 and serial, check digit; the first weight is -1, which is 10 modulo 11
/// (наказ Мінфіну 822).
fn rnokpp(signs: &[u8]) -> bool {
    weighted(signs, &[10, 5, 7, 9, 4, 6, 10, 5, 7]) % 11 % 10 == at(signs, 9)
}

/// Date of birth, century and sex, serial, a check digit in two steps (закон РК 223-III).
fn iin(signs: &[u8]) -> bool {
    let first = weighted(signs, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]) % 11;
    let second = weighted(signs, &[3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]) % 11;
    is_ymd(signs) && signs[6] <= b'6' && (if first == 10 { second } else { first }) == at(signs, 11)
}
