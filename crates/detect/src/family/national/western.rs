//! Great Britain, Ireland, France, Belgium, the Netherlands, Luxembourg, Germany, Austria,
//! Switzerland.

use super::{
    checks::{at, icao, is_day, luhn, mod_11_10, number, remainder, up_to, value, verhoeff, weighted},
    id::{NationalId, Trust::Home, any},
};
use crate::cue::IdWord::{
    Ahv, Bsn, Cni, DeTaxNumber, DrivingLicence, FrTax, Identity, Insz, LuId, Nif, Nino, Nir, Pension, Pps,
    Siren, Siret, SocialSecurity, Steuer, Svnr, Tax, Utr,
};
use aside_taxonomy::DataType::{GovEuNationalId as EU, GovOtherTaxId as OTHER, GovUkNinoUtr as UK};

pub(super) const IDS: &[NationalId] = &[
    NationalId::new("uk_nino", UK, "GB", &[Nino, SocialSecurity], &["@@ ## ## ## @", "@@######@"], nino)
        .alone(),
    NationalId::new("uk_utr", UK, "GB", &[Utr, Tax], &["##########", "##### #####"], utr),
    NationalId::new("uk_driving_licence", OTHER, "GB", &[DrivingLicence], LICENCE_FORMS, uk_licence)
        .strong()
        .alone(),
    NationalId::new("ie_pps", EU, "IE", &[Pps, Tax, SocialSecurity], &["#######@@", "#######@"], pps)
        .at_home(),
    NationalId::new("fr_nir", EU, "FR", &[Nir, SocialSecurity], NIR_FORMS, nir).strong().alone(),
    NationalId::new("fr_nir", EU, "FR", &[Nir], &["# ## ## #* ### ###"], nir_without_key).form_only(),
    NationalId::new("fr_cni", EU, "FR", &[Cni, Identity], &["############"], any).form_only(),
    NationalId::new("fr_spi", EU, "FR", &[FrTax, Tax], &["#############", "## ## ### ### ###"], spi).strong(),
    NationalId::new("fr_siren", OTHER, "FR", &[Siren], &["### ### ###"], luhn),
    NationalId::new("fr_siret", OTHER, "FR", &[Siret], &["### ### ### #####"], siret),
    NationalId::new(
        "be_national_number",
        EU,
        "BE",
        &[Insz, Identity],
        &["##.##.##-###.##", "##.##.## ###.##"],
        insz,
    )
    .strong()
    .telling_form(),
    NationalId::new("nl_bsn", EU, "NL", &[Bsn, Identity], &["#########", "####.##.###", "########"], bsn),
    NationalId::new(
        "lu_national_id",
        EU,
        "LU",
        &[LuId, Identity, SocialSecurity],
        &["#############"],
        luxembourg,
    )
    .strong()
    .alone(),
    NationalId::new(
        "de_tax_id",
        EU,
        "DE",
        &[Steuer, Tax, Nif],
        &["## ### ### ###", "###########"],
        de_tax_id,
    )
    .strong()
    .telling_form(),
    NationalId::new("de_tax_number", OTHER, "DE", &[DeTaxNumber, Steuer], DE_TAX_FORMS, any).form_only(),
    NationalId::new(
        "de_pension_number",
        EU,
        "DE",
        &[Pension, Svnr, SocialSecurity],
        &["## ###### @ ###"],
        pension,
    )
    .strong()
    .alone(),
    NationalId::new("at_svnr", EU, "AT", &[Svnr, SocialSecurity], &["#### ######"], svnr)
        .strong()
        .printed(Home),
    NationalId::new("ch_ahv", OTHER, "CH", &[Ahv, SocialSecurity], &["756.####.####.##"], ean13)
        .strong()
        .alone(),
];

/// Two letters, six digits, A to D (HMRC National Insurance Manual NIM39110): prefixes with D, F, I,
/// Q, U, V, with O in the second place, and seven pairs are not given out. QQ is the one of HMRC's
/// examples.
fn nino(signs: &[u8]) -> bool {
    const NEVER: [&[u8]; 7] = [b"BG", b"GB", b"KN", b"NK", b"NT", b"TN", b"ZZ"];
    let usual = |sign: u8| !b"DFIQUV".contains(&sign);
    let given_out = usual(signs[0]) && usual(signs[1]) && signs[1] != b'O' && !NEVER.contains(&&signs[..2]);
    (given_out || signs.starts_with(b"QQ")) && (b'A'..=b'D').contains(&signs[8])
}

/// Ten digits, the first of which checks the rest modulo 11 (HMRC, Unique Taxpayer Reference
/// modulus 11 check).
fn utr(signs: &[u8]) -> bool {
    const CHECKS: &[u8; 11] = b"21987654321";
    let rest = weighted(&signs[1..], &[6, 7, 8, 9, 10, 5, 4, 3, 2]) % 11;
    CHECKS[rest as usize] == signs[0]
}

const LICENCE_FORMS: &[&str] = &[
    "@@@@@######@*#@@",
    "@@@@@ ###### @*#@@",
    "@@@@9######@*#@@",
    "@@@@9 ###### @*#@@",
    "@@@99######@*#@@",
    "@@@99 ###### @*#@@",
    "@@999######@*#@@",
];

/// Five letters of the surname, then decade, month (+50 for women), day and year of birth, initials
/// (DVLA, INF1D).
fn uk_licence(signs: &[u8]) -> bool {
    let (month, day) = (number(&signs[6..8]) % 50, number(&signs[8..10]));
    let year = at(signs, 5) * 10 + at(signs, 10);
    number(&signs[6..8]) < 63
        && is_day(year, month, day)
        && (signs[12].is_ascii_alphabetic() || signs[12] == b'9')
}

/// Seven digits and a letter, weights 8 to 2; a second letter counts nine times (Revenue, Personal
/// Public Service number, Social Welfare Consolidation Act 2005).
pub(super) fn pps(signs: &[u8]) -> bool {
    const LETTERS: &[u8; 23] = b"WABCDEFGHIJKLMNOPQRSTUV";
    let second = signs.get(8).filter(|sign| **sign != b'W').map_or(0, |sign| u32::from(sign - b'A') + 1);
    let sum = weighted(signs, &[8, 7, 6, 5, 4, 3, 2]) + 9 * second;
    LETTERS[sum as usize % 23] == signs[7] && second < 10
}

const NIR_FORMS: &[&str] = &["# ## ## #* ### ### ##", "# ## ## #* ### ###-##"];

/// Sex, year, month, department (2A and 2B for Corsica), commune, order (INSEE, décret 82-103).
fn nir_without_key(signs: &[u8]) -> bool {
    let month = number(&signs[3..5]);
    let department = matches!(&signs[5..7], b"2A" | b"2B")
        || signs[6].is_ascii_digit() && (1..=99).contains(&number(&signs[5..7]));
    matches!(signs[0], b'1'..=b'4' | b'7' | b'8')
        && matches!(month, 1..=12 | 20..=42 | 50..=99)
        && department
        && &signs[7..10] != b"000"
        && &signs[10..13] != b"000"
}

/// The key is 97 less the number modulo 97, with 19 for 2A and 18 for 2B.
fn nir(signs: &[u8]) -> bool {
    let mut digits = [0; 13];
    digits.copy_from_slice(&signs[..13]);
    match signs[6] {
        b'A' => digits[5..7].copy_from_slice(b"19"),
        b'B' => digits[5..7].copy_from_slice(b"18"),
        _ => {}
    }
    nir_without_key(signs) && 97 - remainder(&digits, 97) == number(&signs[13..15])
}

/// Thirteen digits: the last three are the first ten modulo 511 (DGFiP, numéro fiscal de référence).
fn spi(signs: &[u8]) -> bool {
    signs[0] < b'4' && remainder(&signs[..10], 511) == number(&signs[10..13])
}

/// Luhn over all; the branches of La Poste instead have a sum of digits divisible by 5 (INSEE).
fn siret(signs: &[u8]) -> bool {
    let sum: u32 = signs.iter().map(|sign| value(*sign)).sum();
    luhn(signs) && luhn(&signs[..9]) || signs.starts_with(b"356000000") && sum.is_multiple_of(5)
}

/// Date of birth, order, and 97 less all before modulo 97, from 2000 with a 2 in front (Koninklijk
/// besluit van 3 april 1984; numbers of the bis register add 20 or 40 to the month).
fn insz(signs: &[u8]) -> bool {
    let base = u64::from(number(&signs[..9]));
    let check = u64::from(number(&signs[9..11]));
    let dated = number(&signs[2..4]) % 20 <= 12 && number(&signs[4..6]) <= 31;
    dated && (97 - base % 97 == check || 97 - (base + 2_000_000_000) % 97 == check)
}

/// The eleven-test: weights 9 to 2 and -1, nine digits or eight without the leading zero
/// (Besluit burgerservicenummer).
pub(super) fn bsn(signs: &[u8]) -> bool {
    let mut digits = [b'0'; 9];
    digits[9 - signs.len()..].copy_from_slice(signs);
    let sum = weighted(&digits, &[9, 8, 7, 6, 5, 4, 3, 2]);
    sum > 0 && (sum + 11 - at(&digits, 8)).is_multiple_of(11)
}

/// Year, month, day, order, a Luhn digit and a Verhoeff digit over the first eleven (Règlement
/// grand-ducal du 21 décembre 1987 / loi du 19 juin 2013).
fn luxembourg(signs: &[u8]) -> bool {
    let year = number(&signs[..4]);
    let other = signs[..11].iter().chain(&signs[12..13]).copied();
    (1880..2100).contains(&year)
        && is_day(year, number(&signs[4..6]), number(&signs[6..8]))
        && luhn(&signs[..12])
        && verhoeff(other)
}

/// Eleven digits, MOD 11,10; among the first ten one digit occurs two or three times, the others at
/// most once (§ 139b AO, Steueridentifikationsnummerverordnung).
fn de_tax_id(signs: &[u8]) -> bool {
    let mut counts = [0u8; 10];
    for sign in &signs[..10] {
        counts[value(*sign) as usize] += 1;
    }
    let repeated = counts.iter().filter(|count| **count > 1).count();
    signs[0] != b'0' && repeated == 1 && counts.iter().all(|count| *count <= 3) && mod_11_10(signs)
}

const DE_TAX_FORMS: &[&str] = &[
    "##/###/#####",
    "###/###/#####",
    "###/####/####",
    "### ### #####",
    "## ### #####",
    "#############",
    "###########",
];

/// Area, date of birth, first letter of the name at birth, serial, and a digit over the sums of
/// digits of weighted places (§ 147 SGB VI, VKVV § 4).
fn pension(signs: &[u8]) -> bool {
    let letter = u32::from(signs[8].saturating_sub(b'A')) + 1;
    let expanded = signs[..8].iter().map(|sign| value(*sign)).chain([letter / 10, letter % 10]);
    let places = expanded.chain(signs[9..11].iter().map(|sign| value(*sign)));
    let products = places.zip([2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1]).map(|(digit, weight)| digit * weight);
    let sum: u32 = products.map(|product| product / 10 + product % 10).sum();
    let day = number(&signs[2..4]) % 50;
    (1..=31).contains(&day) && number(&signs[4..6]) <= 12 && sum % 10 == at(signs, 11)
}

/// Serial, check digit, date of birth; the month may be 13 to 15 (§ 31 ASVG).
fn svnr(signs: &[u8]) -> bool {
    let sum = weighted(signs, &[3, 7, 9, 0, 5, 8, 4, 2, 1, 6]);
    let dated = (1..=31).contains(&number(&signs[4..6])) && (1..=15).contains(&number(&signs[6..8]));
    signs[0] != b'0' && dated && sum % 11 == at(signs, 3)
}

/// Thirteen digits that begin with 756 and end with an EAN-13 check digit (ZAS/CdC, AHV-Nummer).
fn ean13(signs: &[u8]) -> bool {
    up_to(weighted(&signs[..12], &[1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3]), 10) == at(signs, 12)
}

/// A German identity card or passport: nine characters of a set without vowels, and their check
/// digit (Technische Richtlinie BSI TR-03116-2; ICAO Doc 9303).
pub(super) fn german_document(signs: &[u8]) -> bool {
    german_serial(signs) && icao(&signs[..9]) == at(signs, 9)
}

/// The nine characters alone.
pub(super) fn german_serial(signs: &[u8]) -> bool {
    let usual = |sign: &u8| sign.is_ascii_digit() || b"CFGHJKLMNPRTVWXYZ".contains(sign);
    signs[0].is_ascii_alphabetic() && signs[..9].iter().all(usual)
}
