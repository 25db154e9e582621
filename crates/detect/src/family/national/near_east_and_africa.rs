//! Turkey, Israel, the Emirates, Saudi Arabia, Kuwait, Iran, Egypt, South Africa, Nigeria, Kenya, Ghana.

use super::{
    checks::{at, is_day, is_ymd, luhn, number, up_to, weighted},
    id::{NationalId, Trust::Alone, any},
};
use crate::cue::IdWord::{
    EgyptId, EmiratesId, GhanaCard, Identity, Iqama, IranId, KenyaId, KuwaitId, Nin, Tckn, TeudatZehut, ZaId,
};
use aside_taxonomy::DataType::{GovOtherTaxId as OTHER, GovZaId as ZA};

pub(super) const IDS: &[NationalId] = &[
    NationalId::new("tr_tckn", OTHER, "TR", &[Tckn, Identity], &["###########"], turkish).strong().at_home(),
    NationalId::new("il_id", OTHER, "IL", &[TeudatZehut, Identity], &["#########", "########-#"], luhn),
    NationalId::new(
        "ae_emirates_id",
        OTHER,
        "AE",
        &[EmiratesId, Identity],
        &["784-####-#######-#", "784 #### ####### #"],
        emirates,
    )
    .strong()
    .alone(),
    NationalId::new("sa_id", OTHER, "SA", &[Iqama, Identity], &["##########"], saudi),
    NationalId::new("kw_civil_id", OTHER, "KW", &[KuwaitId, Identity], &["############"], kuwaiti)
        .strong()
        .at_home(),
    NationalId::new(
        "ir_national_code",
        OTHER,
        "IR",
        &[IranId, Identity],
        &["##########", "###-######-#"],
        iranian,
    ),
    NationalId::new("eg_id", OTHER, "EG", &[EgyptId, Identity], &["##############"], egyptian)
        .form_only()
        .at_home(),
    NationalId::new(
        "za_id",
        ZA,
        "ZA",
        &[ZaId, Identity],
        &["###### #### ## #", "###### #### ###"],
        south_african,
    )
    .strong()
    .alone(),
    NationalId::new("ng_nin", OTHER, "NG", &[Nin], &["###########", "#### ### ####"], any).form_only(),
    NationalId::new("ke_id", OTHER, "KE", &[KenyaId], &["#######", "########"], any).form_only(),
    NationalId::new("gh_card", OTHER, "GH", &[GhanaCard, Identity], &["GHA-#########-#"], any)
        .form_only()
        .printed(Alone),
];

/// Eleven digits, two of them check digits (Nüfus ve Vatandaşlık İşleri, T.C. kimlik numarası).
fn turkish(signs: &[u8]) -> bool {
    let odd = weighted(signs, &[1, 0, 1, 0, 1, 0, 1, 0, 1]);
    let even = weighted(signs, &[0, 1, 0, 1, 0, 1, 0, 1, 0]);
    signs[0] != b'0'
        && (odd * 7 + 90 - even) % 10 == at(signs, 9)
        && (odd + even + at(signs, 9)) % 10 == at(signs, 10)
}

/// 784, year of birth, serial, Luhn digit (ICP, Emirates ID).
fn emirates(signs: &[u8]) -> bool {
    (1900..2100).contains(&number(&signs[3..7])) && luhn(signs)
}

/// Ten digits, Luhn; citizens have 1, residents 2 in front (Absher, هوية / إقامة).
fn saudi(signs: &[u8]) -> bool {
    matches!(signs[0], b'1' | b'2') && luhn(signs)
}

/// Century, date of birth, serial, check digit (PACI, civil ID).
fn kuwaiti(signs: &[u8]) -> bool {
    let check = up_to(weighted(signs, &[2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]), 11);
    matches!(signs[0], b'2' | b'3') && is_ymd(&signs[1..]) && check == at(signs, 11)
}

/// Ten digits modulo 11 (سازمان ثبت احوال, کد ملی).
fn iranian(signs: &[u8]) -> bool {
    let rest = weighted(signs, &[10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11;
    (if rest < 2 { rest } else { 11 - rest }) == at(signs, 9)
}

/// Century, date of birth, governorate, serial (Civil Status Law 143/1994; the check digit's rule is
/// not published).
fn egyptian(signs: &[u8]) -> bool {
    matches!(signs[0], b'2' | b'3')
        && is_ymd(&signs[1..])
        && matches!(number(&signs[7..9]), 1..=4 | 11..=19 | 21..=29 | 31..=35 | 88)
}

/// Date of birth, sex and serial, citizenship, 8 or 9, Luhn digit (Identification Act 68 of 1997).
fn south_african(signs: &[u8]) -> bool {
    is_day(number(&signs[..2]), number(&signs[2..4]), number(&signs[4..6]))
        && matches!(signs[10], b'0'..=b'2')
        && matches!(signs[11], b'8' | b'9')
        && luhn(signs)
}
