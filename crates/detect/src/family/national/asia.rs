//! India, Pakistan, Bangladesh, Sri Lanka, Singapore, Malaysia, Thailand, Indonesia, the Philippines,
//! Vietnam, China, Hong Kong, Taiwan, Japan, Korea.

use super::{
    checks::{at, is_day, is_ymd, number, up_to, value, verhoeff, weighted},
    id::{
        NationalId,
        Trust::{Alone, Home},
        any,
    },
};
use crate::cue::IdWord::{
    Aadhaar, BdNid, Cccd, ChineseId, Cnic, Gstin, Hkid, Identity, KrBusiness, MyKad, MyNumber, Nic, Nik,
    Nric, Pan, PhId, PhilHealth, Rrn, Sss, ThaiId, TwId, Voter,
};
use aside_taxonomy::DataType::{
    GovCnResidentId as CN, GovInAadhaar as AADHAAR, GovInPanVoter as INDIA, GovJpMyNumber as JP,
    GovKrRrn as KR, GovOtherTaxId as OTHER, GovSgNricFin as SG,
};

pub(super) const IDS: &[NationalId] = &[
    NationalId::new(
        "in_aadhaar",
        AADHAAR,
        "IN",
        &[Aadhaar, Identity],
        &["#### #### ####", "####-####-####"],
        aadhaar,
    )
    .telling_form(),
    NationalId::new("in_pan", INDIA, "IN", &[Pan], &["@@@@@####@"], any).form_only(),
    NationalId::new("in_pan", INDIA, "IN", &[Pan], &["@@@P@####@"], any).form_only().alone(),
    NationalId::new("in_voter", INDIA, "IN", &[Voter], &["@@@#######"], any).form_only(),
    NationalId::new("in_gstin", OTHER, "IN", &[Gstin], &["##@@@@@####@*Z*"], gstin).strong().alone(),
    NationalId::new("pk_cnic", OTHER, "PK", &[Cnic, Identity], &["#####-#######-#"], cnic)
        .form_only()
        .telling_form(),
    NationalId::new(
        "bd_nid",
        OTHER,
        "BD",
        &[BdNid],
        &["##########", "#############", "#################"],
        any,
    )
    .form_only(),
    NationalId::new("lk_nic", OTHER, "LK", &[Nic, Nric, Identity], &["#########@"], lk_old)
        .form_only()
        .at_home(),
    NationalId::new("lk_nic", OTHER, "LK", &[Nic], &["############"], lk_new).form_only(),
    NationalId::new("sg_nric_fin", SG, "SG", &[Nric, Identity], &["@#######@"], nric).alone(),
    NationalId::new("my_nric", OTHER, "MY", &[MyKad, Nric, Identity], &["######-##-####"], malaysian)
        .form_only()
        .printed(Alone)
        .bare(Home),
    NationalId::new(
        "th_id",
        OTHER,
        "TH",
        &[ThaiId, Identity],
        &["#-####-#####-##-#", "# #### ##### ## #"],
        thai,
    )
    .telling_form(),
    NationalId::new("id_nik", OTHER, "ID", &[Nik, Identity], &["################"], nik)
        .form_only()
        .bare(Home),
    NationalId::new("id_nik", OTHER, "ID", &[Nik], &["################"], any).form_only(),
    NationalId::new("ph_sss", OTHER, "PH", &[Sss], &["##-#######-#"], any).form_only(),
    NationalId::new("ph_philhealth", OTHER, "PH", &[PhilHealth], &["##-#########-#"], any).form_only(),
    NationalId::new(
        "ph_id",
        OTHER,
        "PH",
        &[PhId],
        &["####-####-####-####", "####-#######-#", "###-###-###-###"],
        any,
    )
    .form_only(),
    NationalId::new("vn_cccd", OTHER, "VN", &[Cccd], &["############"], vietnamese).form_only(),
    NationalId::new("vn_cccd", OTHER, "VN", &[Cccd], &["#########"], any).form_only(),
    NationalId::new("cn_resident_id", CN, "CN", &[ChineseId, Identity], &["###### ######## ###*"], chinese)
        .strong()
        .alone(),
    NationalId::new("cn_resident_id", CN, "CN", &[ChineseId], &["###############"], old_chinese).form_only(),
    NationalId::new("hk_id", OTHER, "HK", &[Hkid, Identity], &["@######(*)", "@@######(*)"], hong_kong)
        .printed(Alone),
    NationalId::new("tw_id", OTHER, "TW", &[TwId, Identity], &["@#########"], taiwanese).bare(Home),
    NationalId::new(
        "jp_my_number",
        JP,
        "JP",
        &[MyNumber, Identity],
        &["#### #### ####", "####-####-####"],
        my_number,
    )
    .printed(Home)
    .bare(Home),
    NationalId::new("kr_rrn", KR, "KR", &[Rrn, Identity], &["######-#######"], korean_checked)
        .strong()
        .alone(),
    NationalId::new("kr_rrn", KR, "KR", &[Rrn], &["######-#######"], korean).form_only().printed(Alone),
    NationalId::new("kr_business_number", OTHER, "KR", &[KrBusiness], &["###-##-#####"], korean_business)
        .printed(Home),
];

/// Twelve digits, not 0 or 1 in front, Verhoeff digit (UIDAI, A UID Numbering Scheme).
fn aadhaar(signs: &[u8]) -> bool {
    signs[0] > b'1' && verhoeff(signs.iter().copied())
}

/// The fourth letter says who holds it (Income-tax Rules 1962, rule 114).
fn pan(signs: &[u8]) -> bool {
    b"ABCFGHJLPT".contains(&signs[3])
}

/// State, PAN, count, Z, check character modulo 36 (CGST Rules 2017, rule 10).
fn gstin(signs: &[u8]) -> bool {
    let sum: u32 = signs[..14]
        .iter()
        .enumerate()
        .map(|(i, sign)| {
            let product = value(*sign) * if i % 2 == 0 { 1 } else { 2 };
            product / 36 + product % 36
        })
        .sum();
    matches!(number(&signs[..2]), 1..=38 | 97 | 99) && up_to(sum, 36) == at(signs, 14) && pan(&signs[2..])
}

/// Province, district, family, and a digit for the sex (NADRA, CNIC).
fn cnic(signs: &[u8]) -> bool {
    matches!(signs[0], b'1'..=b'7')
}

/// Year, day of the year (+500 for women), serial, V or X (Sri Lanka, Registration of Persons Act).
fn lk_old(signs: &[u8]) -> bool {
    matches!(number(&signs[2..5]) % 500, 1..=366) && matches!(signs[9], b'V' | b'X')
}

/// The same with four digits of the year and no letter, since 2016.
fn lk_new(signs: &[u8]) -> bool {
    (1900..2100).contains(&number(&signs[..4])) && matches!(number(&signs[4..7]) % 500, 1..=366)
}

/// S, T, F, G or M, seven digits, check letter (ICA; the rule for M from 2022).
fn nric(signs: &[u8]) -> bool {
    let (letters, offset): (&[u8; 11], u32) = match signs[0] {
        b'S' => (b"JZIHGFEDCBA", 0),
        b'T' => (b"JZIHGFEDCBA", 4),
        b'F' => (b"XWUTRQPNMLK", 0),
        b'G' => (b"XWUTRQPNMLK", 4),
        b'M' => (b"XWUTRQPNJLK", 3),
        _ => return false,
    };
    let sum = offset + weighted(&signs[1..], &[2, 7, 6, 5, 4, 3, 2]);
    letters[sum as usize % 11] == signs[8]
}

/// Date of birth, place of birth, serial (National Registration Regulations 1990).
fn malaysian(signs: &[u8]) -> bool {
    is_ymd(signs) && matches!(number(&signs[6..8]), 1..=16 | 21..=68 | 71 | 72 | 74..=79 | 82..=93 | 98 | 99)
}

/// Thirteen digits modulo 11 (Department of Provincial Administration).
fn thai(signs: &[u8]) -> bool {
    let sum = weighted(signs, &[13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
    signs[0] != b'0' && (11 - sum % 11) % 10 == at(signs, 12)
}

/// Province, regency, district, date of birth (day + 40 for women), serial (UU 24/2013).
fn nik(signs: &[u8]) -> bool {
    let day = number(&signs[6..8]);
    let day = if day > 40 { day - 40 } else { day };
    (11..=96).contains(&number(&signs[..2])) && is_day(number(&signs[10..12]), number(&signs[8..10]), day)
}

/// Province, century and sex, year, serial (Nghị định 137/2015/NĐ-CP).
fn vietnamese(signs: &[u8]) -> bool {
    (1..=96).contains(&number(&signs[..3]))
}

/// Area, date of birth, serial, check character modulo 11 (GB 11643-1999, ISO 7064 MOD 11-2).
fn chinese(signs: &[u8]) -> bool {
    let sum = weighted(&signs[..17], &[7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]);
    let year = number(&signs[6..10]);
    matches!(signs[0], b'1'..=b'9')
        && (1900..2100).contains(&year)
        && is_day(year, number(&signs[10..12]), number(&signs[12..14]))
        && b"10X98765432"[sum as usize % 11] == signs[17]
}

/// Fifteen digits without century and check, until 1999.
fn old_chinese(signs: &[u8]) -> bool {
    is_ymd(&signs[6..])
}

/// One or two letters, six digits, check character modulo 11, a missing letter counts 36
/// (Immigration Department, Hong Kong Identity Card).
fn hong_kong(signs: &[u8]) -> bool {
    let Some((check, rest)) = signs.split_last() else { return false };
    let first = if rest.len() == 7 { 9 * 36 } else { 0 };
    let sum = first + weighted(rest, &[9, 8, 7, 6, 5, 4, 3, 2][8 - rest.len()..]);
    let expected = up_to(sum, 11);
    *check == if expected == 10 { b'A' } else { b'0' + expected as u8 }
}

/// Letter of the county as two digits, sex or status, serial, check digit (戶籍法).
fn taiwanese(signs: &[u8]) -> bool {
    const COUNTIES: [u32; 26] = [
        10, 11, 12, 13, 14, 15, 16, 17, 34, 18, 19, 20, 21, 22, 35, 23, 24, 25, 26, 27, 28, 29, 32, 30, 31,
        33,
    ];
    let county = COUNTIES[usize::from(signs[0] - b'A')];
    let sum = county / 10 + county % 10 * 9 + weighted(&signs[1..], &[8, 7, 6, 5, 4, 3, 2, 1, 1]);
    matches!(signs[1], b'1' | b'2' | b'8' | b'9') && sum.is_multiple_of(10)
}

/// Twelve digits modulo 11 (行政手続における特定の個人を識別するための番号の利用等に関する法律施行令, 総務省令 85/2014).
fn my_number(signs: &[u8]) -> bool {
    let rest = weighted(signs, &[6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
    (if rest < 2 { 0 } else { 11 - rest }) == at(signs, 11)
}

/// Date of birth, sex and century; numbers given out since October 2020 have no check digit
/// (주민등록법 시행규칙).
fn korean(signs: &[u8]) -> bool {
    is_ymd(signs) && matches!(signs[6], b'1'..=b'8')
}

/// The same with the older check digit; foreigners' numbers (5 to 8) are two further.
fn korean_checked(signs: &[u8]) -> bool {
    let check = (11 - weighted(signs, &[2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]) % 11) % 10;
    let foreign = signs[6] >= b'5' && (check + 2) % 10 == at(signs, 12);
    korean(signs) && (check == at(signs, 12) || foreign)
}

/// Ten digits (국세청, 사업자등록번호).
fn korean_business(signs: &[u8]) -> bool {
    let sum = weighted(signs, &[1, 3, 7, 1, 3, 7, 1, 3, 5]) + at(signs, 8) * 5 / 10;
    up_to(sum, 10) == at(signs, 9)
}
