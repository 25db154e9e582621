//! How old people and their children are, outside the Latin script: "моему сыну 7 лет", "我儿子7岁".

use super::{
    evidence,
    other_scripts::{clause_before, tokens, words},
    roles::{CHILD, FILLER, FIRST, HAS, I_AM, IS, KIN, MY, NOT, OTHERS, QUALIFIER, THIRD},
};
use crate::{
    Certainty,
    folded::OTHER_LETTER,
    other_letters::is_spaced,
    page::{Found, Page, What},
};
use aside_taxonomy::DataType;

/// Units behind a number of years.
const UNITS: &[&str] = &[
    "лет",
    "года",
    "год",
    "років",
    "роки",
    "рік",
    "години",
    "години",
    "ετών",
    "χρονών",
    "χρόνων",
    "سنوات",
    "سنة",
    "سنين",
    "عاما",
    "عام",
    "साल की",
    "साल का",
    "साल के",
    "साल",
    "वर्ष",
    "周岁",
    "岁",
    "歲",
    "歳",
    "才",
    "살",
    "세",
    "ขวบ",
    "ปี",
];

/// Words right before a number of years, without a unit: "son of", "daughter of".
const OF_YEARS: &[&str] = &["בן", "בת"];

/// Words that make an age of the number behind them.
const AGED: &[&str] = &["عمري", "عمره", "عمرها", "उम्र", "อายุ", "今年", "возраст", "ηλικία", "나이"];

/// Children are younger.
const OF_AGE: u32 = 18;
const OLDEST: u32 = 115;

pub(super) fn find(page: &Page<'_>, found: &mut Found) {
    if page.folded.is_original() || !page.bytes().contains(&OTHER_LETTER) {
        return;
    }
    for (i, group) in page.groups.iter().enumerate() {
        if group.len() > 3 || matches!(page.before(group.start), b'.' | b',' | b'/' | b'-' | b'#' | b'+') {
            continue;
        }
        let years = page.digits(i).iter().fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'));
        if (1..=OLDEST).contains(&years)
            && let Some(Whose { start, end, child, first_person }) = whose(page, group.start, group.end)
        {
            let young = child && years < OF_AGE;
            if !young && (child || years < 14) {
                continue;
            }
            let (data_type, kind) =
                if young { (DataType::ChildData, "data") } else { (DataType::DemoAgeGender, "age") };
            let reasons = evidence(first_person);
            found.add(page, start, end, What::new(data_type, kind, Certainty::Guessed, &reasons));
        }
    }
}

/// Whose age a number is, and the span that says it.
struct Whose {
    start: usize,
    end: usize,
    child: bool,
    first_person: bool,
}

fn whose(page: &Page<'_>, start: usize, end: usize) -> Option<Whose> {
    let text = page.folded.text();
    let (from, to) = page.folded.original(start, end);
    let rest = &text[to..];
    let gap = usize::from(rest.starts_with(' '));
    let clause = clause_before(text, from);
    let unit = UNITS.iter().find(|unit| {
        rest[gap..].starts_with(**unit)
            && !rest[gap + unit.len()..]
                .starts_with(|c: char| is_spaced(c) || unit.ends_with('세') && c.is_alphabetic())
    });
    let of_years = clause.trim_end().split(|c: char| c.is_whitespace()).next_back();
    let of_years = of_years.is_some_and(|word| OF_YEARS.contains(&word));
    let end = match unit {
        Some(unit) => page.folded.folded(to, to + gap + unit.len()).1,
        None if of_years => end,
        None => return None,
    };
    let spaced = clause.chars().any(|c| is_spaced(c) || c == ' ') && clause.contains(is_spaced);
    let near: Vec<_> = if spaced { words(clause, from).collect() } else { tokens(clause, from).collect() };
    let aged = of_years || AGED.iter().any(|word| clause.contains(word));
    let mut unknown = 0;
    for word in near.into_iter().skip(usize::from(of_years && unit.is_none())) {
        if word.roles & (NOT | OTHERS) != 0 {
            return None;
        }
        if word.roles & KIN != 0 {
            let child = word.roles & CHILD != 0;
            let begin = page.folded.folded(word.start, from).0;
            return Some(Whose { start: if child { begin } else { start }, end, child, first_person: false });
        }
        if word.roles & (FIRST | I_AM) != 0 && unknown == 0 {
            return Some(Whose { start, end, child: false, first_person: true });
        }
        let known = FILLER | HAS | IS | MY | QUALIFIER | THIRD;
        let says_age = AGED.iter().any(|aged| text[word.start..].starts_with(aged));
        unknown += usize::from(word.roles & known == 0 && !says_age && !word.is_number);
        if unknown > 1 {
            return None;
        }
    }
    (aged && clause.contains("عمري")).then_some(Whose { start, end, child: false, first_person: true })
}
