//! VAT identification numbers: the country's letters and its check digits (European Commission, VIES,
//! "Structure of VAT identification numbers"; the countries' own rules for the digits).

use super::{
    checks::{at, luhn, mod_11_10, number, remainder, up_to, value, weighted},
    eastern::{cui, nip},
    id::NationalId,
    southern::{afm, cif, dni, nie, pt_nif, tic},
    western::{bsn, pps},
};
use crate::cue::IdWord::{Tax, Vat};
use aside_taxonomy::DataType::GovOtherTaxId as OTHER;

pub(super) const IDS: &[NationalId] = &[
    vat("AT", &["ATU########"], austrian),
    vat("BE", &["BE##########", "BE####.###.###", "BE #### ### ###"], belgian),
    vat("CH", &["CHE-###.###.###", "CHE#########", "CHE###.###.###"], swiss),
    vat("CY", &["CY########@"], |signs| tic(&signs[2..])),
    vat("CZ", &["CZ########"], czech),
    vat("DE", &["DE#########", "DE ### ### ###", "DE #########"], |signs| mod_11_10(&signs[2..])),
    vat("DK", &["DK########", "DK ## ## ## ##"], danish),
    vat("EE", &["EE#########"], estonian),
    vat("ES", &["ES########@"], |signs| dni(&signs[2..])),
    vat("ES", &["ES@#######@"], |signs| nie(&signs[2..]) || cif(&signs[2..])),
    vat("ES", &["ES@########"], |signs| cif(&signs[2..])),
    vat("FI", &["FI########"], finnish),
    vat("FR", &["FR###########", "FR ## ### ### ###", "FR## ### ### ###"], french),
    vat("GB", &["GB#########", "GB### #### ##", "GB ### #### ##"], british),
    vat("GR", &["EL#########"], |signs| afm(&signs[2..])),
    vat("HR", &["HR###########"], |signs| mod_11_10(&signs[2..])),
    vat("HU", &["HU########"], hungarian),
    vat("IE", &["IE#######@", "IE#######@@"], |signs| pps(&signs[2..])),
    vat("IT", &["IT###########"], |signs| luhn(&signs[2..])),
    vat("LT", &["LT#########", "LT############"], lithuanian),
    vat("LU", &["LU########"], |signs| remainder(&signs[2..8], 89) == number(&signs[8..10])),
    vat("LV", &["LV###########"], latvian),
    vat("MT", &["MT########"], maltese),
    vat("NL", &["NL#########B##", "NL####.##.###.B##"], dutch),
    vat("NO", &["NO#########MVA", "NO ### ### ### MVA"], norwegian),
    vat("PL", &["PL##########", "PL###-###-##-##"], |signs| nip(&signs[2..])),
    vat("PT", &["PT#########"], |signs| pt_nif(&signs[2..])),
    vat("RO", &["RO######", "RO#######", "RO########", "RO#########", "RO##########"], |signs| {
        cui(&signs[2..])
    }),
    vat("SE", &["SE##########01"], |signs| luhn(&signs[2..12])),
    vat("SI", &["SI########"], slovenian),
    vat("SK", &["SK##########"], |signs| remainder(&signs[2..], 11) == 0),
];

const fn vat(region: &'static str, forms: &'static [&'static str], check: fn(&[u8]) -> bool) -> NationalId {
    NationalId::new("vat", OTHER, region, &[Vat, Tax], forms, check).alone()
}

fn austrian(signs: &[u8]) -> bool {
    let products =
        signs[3..10].iter().zip([1, 2, 1, 2, 1, 2, 1]).map(|(digit, weight)| value(*digit) * weight);
    let sum: u32 = products.map(|product| product / 10 + product % 10).sum();
    up_to(sum + 4, 10) == at(signs, 10)
}

fn belgian(signs: &[u8]) -> bool {
    matches!(signs[2], b'0' | b'1') && 97 - number(&signs[2..10]) % 97 == number(&signs[10..12])
}

fn swiss(signs: &[u8]) -> bool {
    up_to(weighted(&signs[3..], &[5, 4, 3, 2, 7, 6, 5, 4]), 11) == at(signs, 11)
}

fn czech(signs: &[u8]) -> bool {
    let check = up_to(weighted(&signs[2..], &[8, 7, 6, 5, 4, 3, 2]), 11);
    signs[2] != b'9' && (if check == 0 { 1 } else { check % 10 }) == at(signs, 9)
}

fn danish(signs: &[u8]) -> bool {
    signs[2] != b'0' && weighted(&signs[2..], &[2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11)
}

fn estonian(signs: &[u8]) -> bool {
    weighted(&signs[2..], &[3, 7, 1, 3, 7, 1, 3, 7, 1]).is_multiple_of(10)
}

fn finnish(signs: &[u8]) -> bool {
    weighted(&signs[2..], &[7, 9, 10, 5, 8, 4, 2, 1]).is_multiple_of(11)
}

fn french(signs: &[u8]) -> bool {
    let siren = &signs[4..13];
    luhn(siren) && (12 + 3 * remainder(siren, 97)) % 97 == number(&signs[2..4])
}

/// Modulo 97, or the same with 55 added for numbers given out since 2010.
fn british(signs: &[u8]) -> bool {
    let sum = weighted(&signs[2..], &[8, 7, 6, 5, 4, 3, 2, 10, 1]);
    sum.is_multiple_of(97) || (sum + 55).is_multiple_of(97)
}

fn hungarian(signs: &[u8]) -> bool {
    weighted(&signs[2..], &[9, 7, 3, 1, 9, 7, 3, 1]).is_multiple_of(10)
}

fn lithuanian(signs: &[u8]) -> bool {
    let Some((check, digits)) = signs[2..].split_last() else { return false };
    let sum = |from: u32| -> u32 {
        digits.iter().zip(from..).map(|(digit, i)| value(*digit) * (1 + i % 9)).sum::<u32>() % 11
    };
    (if sum(0) < 10 { sum(0) } else { sum(2) % 10 }) == value(*check)
}

fn latvian(signs: &[u8]) -> bool {
    signs[2] > b'3' && weighted(&signs[2..], &[9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1]) % 11 == 3
}

fn maltese(signs: &[u8]) -> bool {
    weighted(&signs[2..], &[3, 4, 6, 7, 8, 9, 10, 1]).is_multiple_of(37)
}

/// The eleven-test, or, for sole traders since 2020, all characters as numbers modulo 97.
fn dutch(signs: &[u8]) -> bool {
    let rest = signs.iter().fold(0, |rest, sign| match value(*sign) {
        digit @ 0..=9 => (rest * 10 + digit) % 97,
        letter => (rest * 100 + letter) % 97,
    });
    bsn(&signs[2..11]) || rest == 1
}

fn norwegian(signs: &[u8]) -> bool {
    up_to(weighted(&signs[2..], &[3, 2, 7, 6, 5, 4, 3, 2]), 11) == at(signs, 10)
}

fn slovenian(signs: &[u8]) -> bool {
    let rest = weighted(&signs[2..], &[8, 7, 6, 5, 4, 3, 2]) % 11;
    rest > 0 && (11 - rest) % 10 == at(signs, 9)
}
