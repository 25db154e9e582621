//! The United States, Canada, Mexico, Brazil, Argentina, Chile, Colombia, Peru, Ecuador, Uruguay,
//! Venezuela, the Dominican Republic; Australia and New Zealand.

use super::{
    checks::{at, is_ymd, luhn, number, up_to, value, weighted},
    id::{
        NationalId,
        Trust::{Alone, Home},
        any,
    },
};
use crate::cue::IdWord::{
    Abn, Cedula, Cnh, Cnpj, Cpf, Cuit, Curp, Dni, Ein, Identity, Ird, Medicare, Nit, Nss, Pis, Rfc, Rg, Rif,
    Ruc, Rut, Sin, SocialSecurity, Tax, Tfn, Titulo,
};
use aside_taxonomy::DataType::{
    GovAuTfnMedicare as AU, GovBrCpfRg as BR, GovCaSin as CA, GovOtherTaxId as OTHER,
};

pub(super) const IDS: &[NationalId] = &[
    NationalId::new("us_ein", OTHER, "US", &[Ein], &["##-#######"], ein).form_only(),
    NationalId::new("ca_sin", CA, "CA", &[Sin], &["### ### ###", "###-###-###"], sin).printed(Home),
    NationalId::new("mx_curp", OTHER, "MX", &[Curp, Identity], &["@@@@######@@@@@@*#"], curp)
        .strong()
        .alone(),
    NationalId::new("mx_rfc", OTHER, "MX", &[Rfc, Tax], &["@@@@######***", "@@@@-######-***"], rfc_checked)
        .strong()
        .alone(),
    NationalId::new("mx_rfc", OTHER, "MX", &[Rfc, Tax], &["@@@@######***", "@@@######***"], rfc).form_only(),
    NationalId::new("mx_nss", OTHER, "MX", &[Nss, SocialSecurity], &["###########"], luhn),
    NationalId::new("br_cpf", BR, "BR", &[Cpf, Identity, Tax], &["###.###.###-##"], cpf)
        .strong()
        .telling_form(),
    NationalId::new("br_cnpj", OTHER, "BR", &[Cnpj, Cpf], &["**.***.***/****-##"], cnpj).strong(),
    NationalId::new("br_cnpj", OTHER, "BR", &[Cnpj], &["##.###.###/####-##"], cnpj).strong().alone(),
    NationalId::new("br_rg", BR, "BR", &[Rg], &["##.###.###-*", "#.###.###", "##.###.###"], any).form_only(),
    NationalId::new("br_cnh", OTHER, "BR", &[Cnh], &["###########"], cnh).strong(),
    NationalId::new("br_voter", OTHER, "BR", &[Titulo], &["#### #### ####"], voter).strong(),
    NationalId::new("br_pis", OTHER, "BR", &[Pis], &["###.#####.##-#"], pis).printed(Alone),
    NationalId::new("ar_cuit", OTHER, "AR", &[Cuit, Tax, Dni], &["##-########-#"], cuit)
        .printed(Alone)
        .bare(Home),
    NationalId::new(
        "ar_dni",
        OTHER,
        "AR PE",
        &[Dni],
        &["##.###.###", "########", "#.###.###", "#######"],
        any,
    )
    .form_only(),
    NationalId::new("cl_rut", OTHER, "CL", &[Rut, Identity, Tax], &["##.###.###-*", "#.###.###-*"], rut)
        .printed(Alone),
    NationalId::new("cl_rut", OTHER, "CL", &[Rut], &["########-*", "#######-*"], rut).printed(Home),
    NationalId::new("uy_ci", OTHER, "UY", &[Cedula, Identity], &["#.###.###-#"], uruguayan).printed(Home),
    NationalId::new("co_nit", OTHER, "CO", &[Nit, Tax], &["###.###.###-#", "#########-#"], nit).printed(Home),
    NationalId::new(
        "ec_cedula",
        OTHER,
        "EC",
        &[Cedula, Identity],
        &["##########", "#########-#"],
        ecuadorian,
    ),
    NationalId::new("do_cedula", OTHER, "DO", &[Cedula, Identity], &["###-#######-#"], luhn).printed(Alone),
    NationalId::new("ve_rif", OTHER, "VE", &[Rif, Cedula], &["@-########-#"], rif).printed(Alone),
    NationalId::new("cedula", OTHER, "CO VE EC", &[Cedula], CEDULA_FORMS, any).form_only(),
    NationalId::new("pe_ruc", OTHER, "PE", &[Ruc, Tax], &["###########"], ruc).bare(Home),
    NationalId::new("au_tfn", AU, "AU", &[Tfn, Tax], &["### ### ###", "########"], tfn),
    NationalId::new("au_medicare", AU, "AU", &[Medicare], &["#### ##### #", "#### ##### # #"], medicare)
        .printed(Home),
    NationalId::new("au_abn", OTHER, "AU", &[Abn], &["## ### ### ###"], abn).strong().printed(Home),
    NationalId::new("au_acn", OTHER, "AU", &[Abn], &["### ### ###"], acn),
    NationalId::new("nz_ird", OTHER, "NZ", &[Ird, Tax], &["###-###-###", "##-###-###"], ird),
];

/// The prefixes of campuses that give out numbers (IRS, How EINs are assigned).
fn ein(signs: &[u8]) -> bool {
    let prefix = number(&signs[..2]);
    !matches!(prefix, 0 | 7..=9 | 17..=19 | 28 | 29 | 49 | 69 | 70 | 78 | 79 | 89 | 96 | 97)
}

/// Nine digits, Luhn; 8 begins no person's number (Service Canada).
fn sin(signs: &[u8]) -> bool {
    signs[0] != b'8' && luhn(signs)
}

/// Names, date of birth, sex, state, consonants, century, check digit (RENAPO, Instructivo normativo
/// para la asignación de la CURP).
fn curp(signs: &[u8]) -> bool {
    let sum: u32 =
        signs[..17].iter().zip((2..=18).rev()).map(|(sign, weight)| letter_rank(*sign) * weight).sum();
    is_ymd(&signs[4..]) && matches!(signs[10], b'H' | b'M' | b'X') && up_to(sum, 10) == at(signs, 17)
}

/// The value of a sign in the Mexican alphabet, where another letter stands between N and O.
fn letter_rank(sign: u8) -> u32 {
    value(sign) + u32::from(sign > b'N')
}

/// Letters of the name, date of birth or foundation, three more (SAT, Código Fiscal art. 27).
fn rfc(signs: &[u8]) -> bool {
    is_ymd(&signs[signs.len() - 9..])
}

/// The last is a check character modulo 11 (SAT, algoritmo de la clave del RFC).
fn rfc_checked(signs: &[u8]) -> bool {
    let sum: u32 =
        signs[..12].iter().zip((2..=13).rev()).map(|(sign, weight)| letter_rank(*sign) * weight).sum();
    let check = match up_to(sum, 11) {
        10 => b'A',
        digit => b'0' + digit as u8,
    };
    rfc(signs) && signs[12] == check
}

/// Eleven digits, two of them check digits (Receita Federal, IN RFB 1548/2015).
fn cpf(signs: &[u8]) -> bool {
    let first = weighted(signs, &[10, 9, 8, 7, 6, 5, 4, 3, 2]);
    let second = weighted(signs, &[11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
    eleven(first) == at(signs, 9) && eleven(second) == at(signs, 10)
}

/// The check digit modulo 11 of Brazil: remainders 0 and 1 give 0.
fn eleven(sum: u32) -> u32 {
    up_to(sum, 11) % 10
}

/// Twelve digits or, from July 2026, letters, and two check digits; every character counts its ASCII
/// code less 48 (IN RFB 2229/2024).
fn cnpj(signs: &[u8]) -> bool {
    const WEIGHTS: [u32; 13] = [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2];
    let sum = |weights: &[u32]| -> u32 {
        signs.iter().zip(weights).map(|(sign, weight)| u32::from(sign - b'0') * weight).sum()
    };
    eleven(sum(&WEIGHTS[1..])) == at(signs, 12) && eleven(sum(&WEIGHTS)) == at(signs, 13)
}

/// Nine digits and two check digits (Denatran, Portaria 59/2007).
fn cnh(signs: &[u8]) -> bool {
    let first = weighted(signs, &[9, 8, 7, 6, 5, 4, 3, 2, 1]) % 11;
    let second = weighted(signs, &[1, 2, 3, 4, 5, 6, 7, 8, 9]) % 11;
    let (one, less) = if first == 10 { (0, 2) } else { (first, 0) };
    let two = if second == 10 { 0 } else { (second + 11 - less) % 11 % 10 };
    one == at(signs, 9) && two == at(signs, 10)
}

/// Serial, state, two check digits (TSE, Resolução 21.538/2003).
fn voter(signs: &[u8]) -> bool {
    let first = weighted(signs, &[2, 3, 4, 5, 6, 7, 8, 9]) % 11 % 10;
    let second = weighted(&signs[8..], &[7, 8, 9]) % 11 % 10;
    (1..=28).contains(&number(&signs[8..10])) && first == at(signs, 10) && second == at(signs, 11)
}

/// Eleven digits modulo 11 (Caixa, PIS/PASEP/NIS).
fn pis(signs: &[u8]) -> bool {
    eleven(weighted(signs, &[3, 2, 9, 8, 7, 6, 5, 4, 3, 2])) == at(signs, 10)
}

/// Kind of person, identity number, check digit (ARCA, Resolución General 10/97).
fn cuit(signs: &[u8]) -> bool {
    let check = match up_to(weighted(signs, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]), 11) {
        10 => 9,
        check => check,
    };
    matches!(number(&signs[..2]), 20 | 23..=27 | 30 | 33 | 34) && check == at(signs, 10)
}

/// Seven or eight digits, check digit or K (Registro Civil, Decreto Ley 3 de 1969).
fn rut(signs: &[u8]) -> bool {
    let Some((check, digits)) = signs.split_last() else { return false };
    let sum: u32 =
        digits.iter().rev().zip([2, 3, 4, 5, 6, 7].into_iter().cycle()).map(|(d, w)| value(*d) * w).sum();
    let expected = up_to(sum, 11);
    *check == if expected == 10 { b'K' } else { b'0' + expected as u8 }
}

/// Seven digits and a check digit (Dirección Nacional de Identificación Civil).
fn uruguayan(signs: &[u8]) -> bool {
    up_to(weighted(signs, &[2, 9, 8, 7, 6, 3, 4]), 10) == at(signs, 7)
}

/// Nine digits and a check digit with prime weights (DIAN, Orden Administrativa 4 de 1989).
fn nit(signs: &[u8]) -> bool {
    let rest = weighted(signs, &[41, 37, 29, 23, 19, 17, 13, 7, 3]) % 11;
    (if rest < 2 { rest } else { 11 - rest }) == at(signs, 9)
}

/// Province, serial, Luhn digit (Registro Civil del Ecuador).
fn ecuadorian(signs: &[u8]) -> bool {
    matches!(number(&signs[..2]), 1..=24 | 30) && signs[2] < b'6' && luhn(signs)
}

/// Letter of the kind of person, eight digits, check digit (SENIAT).
fn rif(signs: &[u8]) -> bool {
    let first = match signs[0] {
        b'V' => 4,
        b'E' => 8,
        b'J' => 12,
        b'P' => 16,
        b'G' => 20,
        _ => return false,
    };
    up_to(first + weighted(&signs[1..], &[3, 2, 7, 6, 5, 4, 3, 2]), 11) % 10 == at(signs, 9)
}

const CEDULA_FORMS: &[&str] = &[
    "#.###.###.###",
    "##.###.###",
    "@-########",
    "@-#######",
    "########",
    "##########",
    "###.###.###",
    "#########",
    "#######",
    "######",
];

/// Kind, identity number, check digit (SUNAT).
fn ruc(signs: &[u8]) -> bool {
    let rest = weighted(signs, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
    matches!(number(&signs[..2]), 10 | 15..=17 | 20) && (11 - rest) % 10 == at(signs, 10)
}

/// Nine digits, or eight of old, modulo 11 (Australian Taxation Office).
fn tfn(signs: &[u8]) -> bool {
    let weights: &[u32] =
        if signs.len() == 9 { &[1, 4, 3, 7, 5, 8, 6, 9, 10] } else { &[10, 7, 8, 4, 6, 3, 5, 1] };
    weighted(signs, weights).is_multiple_of(11)
}

/// Eight digits, check digit, issue, and perhaps the person's place on the card (Services Australia).
fn medicare(signs: &[u8]) -> bool {
    matches!(signs[0], b'2'..=b'6') && weighted(signs, &[1, 3, 7, 9, 1, 3, 7, 9]) % 10 == at(signs, 8)
}

/// Eleven digits: less one in the first place, weighted, divisible by 89 (Australian Business Register).
fn abn(signs: &[u8]) -> bool {
    let sum = weighted(signs, &[10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]);
    signs[0] != b'0' && (sum - 10).is_multiple_of(89)
}

/// Nine digits, weights 8 to 1 (ASIC, Australian Company Number).
fn acn(signs: &[u8]) -> bool {
    up_to(weighted(signs, &[8, 7, 6, 5, 4, 3, 2, 1]), 10) == at(signs, 8)
}

/// Eight or nine digits, a check digit modulo 11 in two steps (Inland Revenue, RWT and NRWT
/// specification).
fn ird(signs: &[u8]) -> bool {
    let mut digits = [b'0'; 9];
    digits[9 - signs.len()..].copy_from_slice(signs);
    let first = up_to(weighted(&digits, &[3, 2, 7, 6, 5, 4, 3, 2]), 11);
    let second = up_to(weighted(&digits, &[7, 4, 3, 2, 5, 2, 7, 6]), 11);
    let check = if first == 10 { second } else { first };
    (10_000_000..=150_000_000).contains(&number(&digits)) && check == at(&digits, 8)
}
