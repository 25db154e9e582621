//! Terms in letters that the folded view does not tell apart: who they are said of is read from the text itself.
//!
//! Where words are parted by spaces, they are walked back as in the Latin script. Chinese, Japanese, Korean and Thai are
//! read token by token; and in Japanese, Korean and Thai whoever leaves the pronoun out speaks of themselves.

use super::{
    evidence,
    link::{Link, Ways, Word, link},
    roles::{FILLER, HAS, I_AM, I_HAVE, IS, KIN, NOT, OTHERS, Roles},
    roles_in_other_scripts::{denies_behind, is_a_thing, last_token, roles_of_word, says_behind},
    terms::what,
};
use crate::{
    Certainty,
    cue::{Cue, Said},
    other_letters::is_spaced,
    page::{Found, Page, What},
};

/// How many bytes before a term are read, and how many words or tokens.
const BYTES: usize = 120;
const WORDS: usize = 12;
/// How many bytes behind a term are read.
const BEHIND: usize = 64;

/// Reports the term of a cue if it is said of somebody.
pub(super) fn find(page: &Page<'_>, found: &mut Found, said: Said, cue: Cue) {
    let Some((data_type, kind, ways)) = what(said) else { return };
    let text = page.folded.text();
    let (start, end) = page.folded.original(cue.start, cue.end);
    let before = clause_before(text, start);
    let rest = &text[end..text.floor_char_boundary(text.len().min(end + BEHIND))];
    let spaced = text[start..].starts_with(is_spaced);
    let behind = if spaced { rest.trim_start_matches(is_spaced) } else { rest };
    if is_a_thing(behind) || denies_behind(behind) {
        return;
    }
    let alone = Link { first_person: said == Said::Work, from: start, at: start, child: false };
    let reading = match said {
        Said::Crisis => Some((alone, false)),
        Said::Work => (!denied_before(before, spaced)).then_some((alone, false)),
        _ if spaced => spaced_link(before, start, behind, ways).map(|link| (link, true)),
        _ => unspaced_link(before, start, (&text[start..end], behind), (said, ways)),
    };
    let Some((link, in_so_many_words)) = reading else { return };
    if said == Said::Gender && !link.first_person {
        return;
    }
    let vague =
        matches!(said, Said::Party | Said::Medicine | Said::Aid | Said::Status | Said::Work | Said::Gender);
    let explicit = in_so_many_words && link.first_person && !vague;
    let certainty = if explicit { Certainty::Likely } else { Certainty::Guessed };
    let reasons = evidence(link.first_person);
    let end = text.len() - text[end..].len() + if spaced { rest.len() - behind.len() } else { 0 };
    let (from, to) = page.folded.folded(link.from.min(start), end);
    if from < to {
        found.add(page, from, to, What::new(data_type, kind, certainty, &reasons));
    }
}

/// What stands before a term up to the last mark that parts sentences or clauses.
pub(super) fn clause_before(text: &str, at: usize) -> &str {
    let from = text.ceil_char_boundary(at.saturating_sub(BYTES));
    let near = &text[from..at];
    let parts = |c: char| {
        matches!(
            c,
            '.' | '!'
                | '?'
                | ';'
                | ','
                | '('
                | '\n'
                | ':'
                | '،'
                | '؛'
                | '؟'
                | '।'
                | '，'
                | '。'
                | '、'
                | '！'
                | '？'
                | '；'
                | '：'
                | '（'
                | '・'
                | '「'
                | '“'
                | '"'
        )
    };
    near.rfind(parts).map_or(near, |i| near[i..].trim_start_matches(parts))
}

fn is_part(c: char) -> bool {
    c.is_alphanumeric()
        || is_spaced(c)
        || crate::other_letters::is_dropped(c)
        || matches!(c, '-' | '\'' | '"' | '\u{E00}'..='\u{EFF}')
}

/// The words of a clause that ends at `end` in the text, the last first.
pub(super) fn words(clause: &str, end: usize) -> impl Iterator<Item = Word> {
    let begin = end - clause.len();
    let mut left = clause;
    std::iter::from_fn(move || {
        left = left.trim_end_matches(|c| !is_part(c));
        let start =
            left.rfind(|c| !is_part(c)).map_or(0, |i| i + left[i..].chars().next().map_or(1, char::len_utf8));
        let word = &left[start..];
        left = &left[..start];
        let is_number = !word.is_empty() && word.chars().all(char::is_numeric);
        (!word.is_empty()).then(|| Word {
            start: begin + start,
            roles: roles_of_word(word),
            is_stage: matches!(word, "тип" | "типа" | "типу" | "τύπου" | "סוג" | "النوع" | "टाइप"),
            is_number,
        })
    })
    .take(WORDS)
}

fn spaced_link(clause: &str, term: usize, behind: &str, ways: Ways) -> Option<Link> {
    // "मुझे मधुमेह है": the verb follows, or what denies it.
    let next = behind.strip_prefix(' ').unwrap_or_default();
    let next = next.split(|c| !is_part(c)).next().unwrap_or_default();
    let roles = roles_of_word(next);
    if roles & NOT != 0 && !next.is_empty() {
        return None;
    }
    let follows = roles & (I_AM | I_HAVE | IS | HAS) & (ways.others | ways.own) != 0 && roles & FILLER == 0;
    link(words(clause, term), term, follows, ways)
}

/// The tokens of a clause that ends at `end` in the text, the last first; a character that is none stands alone.
pub(super) fn tokens(clause: &str, end: usize) -> impl Iterator<Item = Word> {
    let begin = end - clause.len();
    let mut left = clause;
    std::iter::from_fn(move || {
        left = left.trim_end_matches(|c| !is_part(c));
        let last = left.chars().next_back()?;
        let (len, roles) = last_token(left).unwrap_or((last.len_utf8(), 0));
        left = &left[..left.len() - len];
        Some(Word { start: begin + left.len(), roles, is_stage: false, is_number: last.is_numeric() })
    })
    .take(WORDS)
}

/// Whether a word right before denies it.
fn denied_before(clause: &str, spaced: bool) -> bool {
    let near = |words: &mut dyn Iterator<Item = Word>| words.take(2).any(|word| word.roles & NOT != 0);
    if spaced { near(&mut words(clause, clause.len())) } else { near(&mut tokens(clause, clause.len())) }
}

/// Endings by which a term itself says that somebody is so.
const SAYING: &[&str] = &[
    "ました",
    "ません",
    "です",
    "した",
    "して",
    "され",
    "をして",
    "했",
    "됐",
    "되었",
    "습니다",
    "예요",
    "에요",
    "불편",
    "났",
    "였",
];

/// The link, and whether it is said in so many words.
fn unspaced_link(
    clause: &str,
    term: usize,
    (word, behind): (&str, &str),
    (said, ways): (Said, Ways),
) -> Option<(Link, bool)> {
    let says = says_behind(behind) || SAYING.iter().any(|end| word.ends_with(end));
    // "我对花生过敏": what somebody is allergic to stands between.
    let ways = if said == Said::Allergy { Ways { unknown: 6, ..ways } } else { ways };
    let found = link(tokens(clause, term), term, says, ways).filter(|link| link.at < term);
    let near: Vec<Roles> = tokens(clause, term).map(|token| token.roles).collect();
    if let Some(link) = found {
        return Some((link, !(near.len() == 1 && clause.is_empty())));
    }
    let verb = near.first().is_some_and(|roles| roles & (IS | HAS) != 0) && is_thai(word);
    if !(says || verb) || near.iter().any(|roles| roles & (NOT | OTHERS) != 0) {
        return None;
    }
    let other = near.iter().find(|roles| **roles & KIN != 0);
    let child = other.is_some_and(|roles| roles & super::roles::CHILD != 0);
    if matches!(said, Said::Death) && other.is_none() || matches!(said, Said::Gender | Said::Origin) {
        return None;
    }
    Some((Link { first_person: other.is_none(), from: term, at: term, child }, false))
}

fn is_thai(word: &str) -> bool {
    word.starts_with(|c: char| matches!(c as u32, 0xE00..=0xE7F))
}
