//! Denmark, Sweden, Norway, Finland, Iceland, Estonia, Lithuania, Latvia.

use super::{
    checks::{at, is_day, is_dmy, luhn, number, up_to, weighted},
    id::{
        NationalId,
        Trust::{Alone, Home},
    },
};
use crate::cue::IdWord::{
    AsmensKodas, Cpr, Fodselsnummer, Hetu, Identity, Isikukood, Kennitala, Orgnr, PersonasKods, Personnummer,
    SocialSecurity,
};
use aside_taxonomy::DataType::{GovEuNationalId as EU, GovOtherTaxId as OTHER};

pub(super) const IDS: &[NationalId] = &[
    NationalId::new(
        "se_personnummer",
        EU,
        "SE",
        &[Personnummer, Identity, SocialSecurity],
        SWEDISH_FORMS,
        swedish,
    )
    .strong()
    .printed(Alone),
    NationalId::new("se_personnummer", EU, "SE", &[Personnummer], &["##########"], swedish).strong(),
    NationalId::new("se_organisation_number", OTHER, "SE", &[Orgnr], &["######-####"], organisation),
    NationalId::new("dk_cpr", EU, "DK", &[Cpr, Personnummer], &["######-####"], cpr_checked)
        .strong()
        .printed(Alone),
    NationalId::new("dk_cpr", EU, "DK", &[Cpr, Identity, SocialSecurity], &["######-####"], is_dmy)
        .form_only()
        .printed(Home),
    NationalId::new(
        "no_fodselsnummer",
        OTHER,
        "NO",
        &[Fodselsnummer, Personnummer, Identity],
        &["###### #####"],
        norwegian,
    )
    .strong()
    .telling_form(),
    NationalId::new("fi_hetu", EU, "FI", &[Hetu, Identity, SocialSecurity, Personnummer], HETU_FORMS, hetu)
        .strong()
        .printed(Alone),
    NationalId::new("fi_hetu", EU, "FI", &[Hetu, Personnummer], &["######@###*"], hetu).strong().alone(),
    NationalId::new("is_kennitala", OTHER, "IS", &[Kennitala, Identity], &["######-####"], kennitala)
        .strong()
        .printed(Alone),
    NationalId::new("ee_isikukood", EU, "EE", &[Isikukood, Identity], &["###########"], baltic)
        .strong()
        .at_home(),
    NationalId::new("lt_asmens_kodas", EU, "LT", &[AsmensKodas, Identity], &["###########"], baltic)
        .strong()
        .at_home(),
    NationalId::new("lv_personas_kods", EU, "LV", &[PersonasKods, Identity], &["######-#####"], latvian)
        .strong()
        .printed(Alone)
        .bare(Home),
    NationalId::new("lv_personas_kods", EU, "LV", &[PersonasKods], &["32####-#####"], super::id::any)
        .form_only(),
];

const SWEDISH_FORMS: &[&str] =
    &["######-####", "######+####", "########-####", "########+####", "############"];

/// Date of birth (day + 60 for co-ordination numbers), serial, Luhn digit over ten (Folkbokföringslagen
/// 1991:481, 18 §).
fn swedish(signs: &[u8]) -> bool {
    let Some((century, ten)) = signs.split_at_checked(signs.len() - 10) else { return false };
    let day = number(&ten[4..6]);
    let day = if day > 60 { day - 60 } else { day };
    let year = number(&signs[..signs.len() - 8]);
    (century.is_empty() || matches!(century, b"18" | b"19" | b"20"))
        && is_day(year, number(&ten[2..4]), day)
        && luhn(ten)
}

/// Ten digits with a third and fourth from 20 on (Skatteverket, organisationsnummer).
fn organisation(signs: &[u8]) -> bool {
    signs[2] >= b'2' && luhn(signs)
}

/// Date of birth and a sum divisible by 11: what every number given out before October 2007 has
/// (CPR-kontoret, "Personnummeret i CPR").
fn cpr_checked(signs: &[u8]) -> bool {
    is_dmy(signs) && weighted(signs, &[4, 3, 2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11)
}

/// Date of birth (day + 40 for D numbers), serial, two check digits (Skatteetaten,
/// folkeregisterforskriften § 2-2-1).
fn norwegian(signs: &[u8]) -> bool {
    let day = number(&signs[..2]);
    let day = if day > 40 { day - 40 } else { day };
    let month = number(&signs[2..4]);
    let month = if month > 40 { month - 40 } else { month };
    is_day(number(&signs[4..6]), month, day)
        && up_to(weighted(signs, &[3, 7, 6, 1, 8, 9, 4, 5, 2]), 11) == at(signs, 9)
        && up_to(weighted(signs, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]), 11) == at(signs, 10)
}

const HETU_FORMS: &[&str] = &["######-###*", "######+###*"];

/// Date of birth, sign of the century, serial, one of 31 check characters. Since 2023 the signs are
/// also Y, X, W, V, U and B to F (Valtioneuvoston asetus 128/2010 and 690/2022).
fn hetu(signs: &[u8]) -> bool {
    let serial = &signs[signs.len() - 4..signs.len() - 1];
    let century = signs.len() == 10 || b"ABCDEFYXWVU".contains(&signs[6]);
    let all = number(&signs[..6]) * 1000 + number(serial);
    let check = b"0123456789ABCDEFHJKLMNPRSTUVWXY"[all as usize % 31];
    century && is_dmy(signs) && number(serial) > 1 && check == signs[signs.len() - 1]
}

/// Date of birth (day + 40 for organisations), serial, check digit, century 8, 9 or 0 (Þjóðskrá Íslands).
fn kennitala(signs: &[u8]) -> bool {
    let day = number(&signs[..2]);
    let day = if day > 40 { day - 40 } else { day };
    is_day(number(&signs[4..6]), number(&signs[2..4]), day)
        && matches!(signs[9], b'0' | b'8' | b'9')
        && up_to(weighted(signs, &[3, 2, 7, 6, 5, 4, 3, 2]), 11) == at(signs, 8)
}

/// Century and sex, date of birth, serial, a check digit in two steps modulo 11 (Estonia: EVS 585:2007;
/// Lithuania: Gyventojų registro įstatymas).
fn baltic(signs: &[u8]) -> bool {
    let first = weighted(signs, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) % 11;
    let second = weighted(signs, &[3, 4, 5, 6, 7, 8, 9, 1, 2, 3]) % 11;
    let check = if first < 10 { first } else { second % 10 };
    matches!(signs[0], b'1'..=b'8')
        && is_day(number(&signs[1..3]), number(&signs[3..5]), number(&signs[5..7]))
        && check == at(signs, 10)
}

/// Date of birth, century, serial, check digit: the form before July 2017 (MK noteikumi 130).
fn latvian(signs: &[u8]) -> bool {
    is_dmy(signs)
        && matches!(signs[6], b'0'..=b'2')
        && (1 + weighted(signs, &[10, 5, 8, 4, 2, 1, 6, 3, 7, 9])) % 11 % 10 == at(signs, 10)
}
