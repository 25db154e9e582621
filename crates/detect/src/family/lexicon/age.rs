//! How old people are, and their children.

use super::{
    age_units::{Unit, unit_after},
    evidence,
    link::{word_after, words_before},
    roles::{AS, CHILD, FILLER, FIRST, HAS, I_AM, I_HAVE, IS, KIN, MY, NOT, OTHERS, THEIR, THIRD, roles},
};
use crate::{
    Certainty,
    page::{Found, Page, What, is_word},
};
use aside_taxonomy::DataType;

/// Children are younger.
const OF_AGE: u32 = 18;
const OLDEST: u32 = 115;

pub(super) fn find(page: &Page<'_>, found: &mut Found) {
    for i in 0..page.groups.len() {
        let group = page.groups[i];
        if group.len() > 3
            || is_word(page.before(group.start))
            || matches!(page.before(group.start), b'.' | b',' | b'/' | b'-' | b'#' | b'$' | b'+')
        {
            continue;
        }
        let years = page.digits(i).iter().fold(0, |sum, digit| sum * 10 + u32::from(digit - b'0'));
        if (1..=OLDEST).contains(&years)
            && let Some(whose) = whose(page, group.start, group.end)
        {
            let child = whose.child && years < OF_AGE;
            if !child && (whose.child || years < 14) {
                continue;
            }
            let (data_type, kind) =
                if child { (DataType::ChildData, "data") } else { (DataType::DemoAgeGender, "age") };
            let reasons = evidence(whose.first_person);
            found.add(page, whose.start, whose.end, What::new(data_type, kind, Certainty::Guessed, &reasons));
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
    let bytes = page.bytes();
    let unit = unit_after(bytes, end);
    let unit_end = unit.map_or(end, |(_, end)| end);
    // "70 yaşındayım" has its person in it.
    let itself = bytes[end..unit_end].trim_ascii_start().len() == b"yasindayim".len();
    if itself && bytes[unit_end - 5..unit_end].eq_ignore_ascii_case(b"dayim") {
        return Some(Whose { start, end: unit_end, child: false, first_person: true });
    }
    // "My 7 year old son", "mein 7-jähriger Sohn".
    if let Some((Unit::Age, _)) = unit
        && let Some(word) = word_after(bytes, unit_end)
        && roles(word) & CHILD != 0
    {
        let whole = unit_end + 1 + word.len();
        return Some(Whose { start, end: whole, child: true, first_person: false });
    }
    // "Me (34F)", "I (m 34)": as forums have it.
    if let (Some([b'f' | b'F' | b'm' | b'M', b')']), Some(before)) =
        (bytes.get(end..end + 2), start.checked_sub(1).filter(|at| bytes[*at] == b'('))
    {
        let whose = words_before(bytes, before).next().map_or(0, |(_, word)| roles(word));
        let span = Whose { start, end: end + 1, child: false, first_person: whose & FIRST != 0 };
        return (whose & (FIRST | KIN | I_AM) != 0 && end - start == 2).then_some(span);
    }
    // "My 2 year old got a rash".
    if let Some((Unit::Age, _)) = unit
        && words_before(bytes, start).next().is_some_and(|(_, word)| roles(word) & MY != 0)
    {
        return Some(Whose { start, end: unit_end, child: true, first_person: false });
    }
    // Without a unit, nothing may follow that the number could count.
    if unit.is_none() && !(ends_here(bytes, end) || is_of(bytes, start)) {
        return None;
    }
    if matches!(unit, Some((Unit::Years, _))) && counts_something(bytes, unit_end) {
        return None;
    }
    let comma = start >= 2 && bytes[start - 1] == b' ' && matches!(bytes[start - 2], b',')
        || bytes.get(start.wrapping_sub(1)) == Some(&b'(');
    let from = if comma { bytes[..start].trim_ascii_end().len().saturating_sub(1) } else { start };
    let (mut verb, mut named, mut unknown, mut own, mut am) = (None, false, 0, false, false);
    for (at, word) in words_before(bytes, from).take(5) {
        let word = word.strip_suffix(b"'s").filter(|w| w.len() > 2).unwrap_or(word);
        let role = roles(word);
        if role & NOT != 0 || own && role & OTHERS != 0 && role & FIRST == 0 {
            return None;
        }
        if own {
            break;
        }
        if role & KIN != 0 && (role & FILLER == 0) && (verb.is_some() || comma || unit.is_some()) {
            let child = role & CHILD != 0;
            // "Girl, 15, killed" is a headline; "my girl, 15" is somebody's.
            if comma && words_before(bytes, at).next().is_none_or(|(_, word)| roles(word) & MY == 0) {
                return None;
            }
            let begins = match verb {
                _ if child && named && !comma => at,
                Some(of) if is_of(bytes, start) => of,
                _ => start,
            };
            return Some(Whose { start: begins, end: unit_end, child, first_person: false });
        }
        if role & THIRD != 0 && verb.is_some() && unit.is_some() {
            return Some(Whose { start, end: unit_end, child: false, first_person: false });
        }
        if verb.is_some() && role & FIRST != 0 && (unit.is_some() || (am && end - start >= 2)) {
            return Some(Whose { start, end: unit_end, child: false, first_person: true });
        }
        // "Ich (59 Jahre)", "moi, 28 ans", "me (34F)".
        let says_me = role & FIRST != 0 && verb.is_none() && unknown == 0 && end - start >= 2;
        if says_me && (comma && unit.is_some() || word.eq_ignore_ascii_case(b"moi") && unit.is_some()) {
            return Some(Whose { start, end: unit_end, child: false, first_person: true });
        }
        // "Soy una mujer de 45 años", "sono un uomo di 60 anni".
        if verb == Some(start) && role & I_AM != 0 && unit.is_some() {
            return Some(Whose { start, end: unit_end, child: false, first_person: true });
        }
        // "I'm 47", "tengo 78 años", "as a 74 year old".
        let says = match unit {
            None => I_AM,
            Some((Unit::Age, _)) => I_AM | AS | I_HAVE,
            Some((Unit::Years, _)) => I_AM | I_HAVE,
        };
        if verb.is_none() && unknown == 0 && role & says != 0 && !comma {
            own = true;
            verb = Some(at);
            continue;
        }
        if role & (IS | HAS) != 0
            || word.eq_ignore_ascii_case(b"van")
            || word.eq_ignore_ascii_case(b"de")
            || word.eq_ignore_ascii_case(b"aged")
            || turns(word)
        {
            am |= word.eq_ignore_ascii_case(b"am");
            let of = matches!(word, b"de" | b"di" | b"van") && verb.is_none() && unit.is_some();
            verb = verb.or(Some(if of && role & (IS | HAS) == 0 { start } else { at }));
            continue;
        }
        if role & (MY | THEIR | FILLER) != 0 {
            continue;
        }
        named |= word[0].is_ascii_uppercase();
        unknown += 1;
        if unknown > 1 && !word[0].is_ascii_uppercase() {
            return None;
        }
    }
    (own && (unit.is_some() || end - start >= 2)).then_some(Whose {
        start,
        end: unit_end,
        child: false,
        first_person: true,
    })
}

/// "Turns 6", "cumple 6": as of a birthday that comes.
fn turns(word: &[u8]) -> bool {
    const WORDS: &[&[u8]] = &[
        b"turns", b"turned", b"turning", b"wird", b"cumple", b"compie", b"wordt", b"konczy", b"skonczy",
        b"fyller", b"fylder", b"di",
    ];
    WORDS.iter().any(|known| known.eq_ignore_ascii_case(word))
}

/// "Van 4": the small word belongs to the age.
fn is_of(bytes: &[u8], start: usize) -> bool {
    words_before(bytes, start).next().is_some_and(|(_, word)| word.eq_ignore_ascii_case(b"van"))
}

/// Whether the sentence or the phrase ends behind a number: nothing follows that it could count.
fn ends_here(bytes: &[u8], end: usize) -> bool {
    const GO_ON: &[&str] = &[
        "and", "und", "et", "y", "en", "och", "with", "mit", "but", "aber", "now", "on", "next", "this",
        "today", "tomorrow", "am",
    ];
    match (bytes.get(end), bytes.get(end + 1)) {
        (None | Some(b')' | b';' | b'!' | b'?' | b'\n'), _) => true,
        (Some(b'.' | b','), after) => after.is_none_or(u8::is_ascii_whitespace),
        (Some(b' '), _) => word_after(bytes, end)
            .is_some_and(|word| GO_ON.iter().any(|go_on| go_on.as_bytes().eq_ignore_ascii_case(word))),
        _ => false,
    }
}

/// "20 ans d'ancienneté", "2 años de contrato", "10 years of experience": no age.
fn counts_something(bytes: &[u8], end: usize) -> bool {
    const OF: &[&str] = &[
        "d'anciennete",
        "de",
        "d'",
        "d",
        "di",
        "da",
        "of",
        "als",
        "as",
        "bij",
        "come",
        "como",
        "comme",
        "warranty",
        "garantie",
        "garanzia",
        "gwarancji",
        "jako",
        "klant",
        "kunde",
        "client",
        "cliente",
        "ago",
        "contract",
        "experience",
        "later",
        "long",
        "lang",
        "now",
        "il",
        "que",
        "hace",
    ];
    word_after(bytes, end).is_some_and(|word| {
        OF.iter().any(|of| of.as_bytes().eq_ignore_ascii_case(word))
            || word.to_ascii_lowercase().starts_with(b"d'")
    })
}
