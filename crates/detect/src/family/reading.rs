//! Reads on from a cue to the value that it names.

use crate::page::{Page, is_letter, sentence_ends_in};

pub(super) use super::ordinary::is_ordinary;

/// Words that say "the value comes now".
const LINKS: &[&str] = &[
    "are", "ar", "e", "er", "era", "es", "esta", "est", "etait", "este", "ist", "is", "jest", "lautet",
    "lauten", "luidt", "sao", "sind", "sont", "to", "var", "war", "was", "wynosi", "zni", "dir",
];

/// Words that may stand between a cue and its value and mean nothing.
const FILLERS: &[&str] = &[
    "a",
    "actual",
    "an",
    "and",
    "auf",
    "card",
    "carte",
    "code",
    "codice",
    "codigo",
    "current",
    "da",
    "das",
    "date",
    "day",
    "de",
    "dein",
    "del",
    "della",
    "der",
    "die",
    "digits",
    "do",
    "du",
    "een",
    "el",
    "em",
    "en",
    "fur",
    "for",
    "g",
    "here",
    "het",
    "i",
    "ihr",
    "il",
    "in",
    "it",
    "its",
    "just",
    "karte",
    "kod",
    "la",
    "le",
    "lo",
    "ma",
    "me",
    "mein",
    "meine",
    "meu",
    "mi",
    "mijn",
    "minha",
    "mio",
    "moj",
    "moje",
    "moja",
    "mon",
    "my",
    "new",
    "neues",
    "no",
    "nr",
    "num",
    "number",
    "nummer",
    "numero",
    "numer",
    "o",
    "of",
    "on",
    "os",
    "our",
    "s",
    "si",
    "siffre",
    "su",
    "suo",
    "sur",
    "te",
    "that",
    "the",
    "this",
    "tu",
    "und",
    "votre",
    "w",
    "y",
    "your",
    "you",
    "ziffern",
    "am",
    "et",
    "as",
    "als",
    "como",
    "comme",
    "come",
    "jako",
    "mam",
    "har",
    "hab",
    "habe",
    "tengo",
    "ho",
    "ai",
    "mitt",
    "min",
    "mit",
    "ett",
    "se",
    "temp",
    "temporary",
    "wie",
    "som",
    "minun",
    "benim",
    "numaram",
    "nro",
    "kd",
    "acc",
    "called",
];

fn listed(list: &[&str], word: &[u8]) -> bool {
    word.len() <= 8 && list.iter().any(|w| w.as_bytes().eq_ignore_ascii_case(word))
}

pub(super) fn is_link(word: &[u8]) -> bool {
    listed(LINKS, word)
}

pub(super) fn is_filler(word: &[u8]) -> bool {
    listed(FILLERS, word)
}

/// Whether the bytes between a cue and a number let the number be what the cue says: nothing but
/// words without meaning, or anything that ends with "is", ":" or "=".
fn leads_on(gap: &[u8]) -> bool {
    if sentence_ends_in(gap) || gap.contains(&b';') {
        return false;
    }
    let trimmed = gap.trim_ascii_end();
    let bare = trimmed
        .strip_suffix(b"\"")
        .or_else(|| trimmed.strip_suffix(b"'"))
        .unwrap_or(trimmed)
        .trim_ascii_end();
    if bare.ends_with(b":") || bare.ends_with(b"=") || bare.ends_with(b"->") || bare.ends_with(b"=>") {
        return true;
    }
    let announces = [&b"it's"[..], b"its", b"that's", b"thats"].iter().any(|word| {
        bare.len() > word.len()
            && bare[bare.len() - word.len()..].eq_ignore_ascii_case(word)
            && !is_letter(bare[bare.len() - word.len() - 1])
    });
    if announces {
        return true;
    }
    let mut words = bare.split(|b| !is_letter(*b)).filter(|word| !word.is_empty());
    words.clone().next_back().is_none_or(is_link) || words.all(|word| is_link(word) || is_filler(word))
}

/// The first group of digits that a cue ending at `from` names.
pub(super) fn number_after(page: &Page<'_>, from: usize, window: usize) -> Option<usize> {
    let i = page.group_from(from)?;
    let start = page.groups[i].start;
    (start - from <= window && leads_on(&page.bytes()[from..start])).then_some(i)
}

/// The last group of digits that a cue starting at `upto` names: "123 is my code".
pub(super) fn number_before(page: &Page<'_>, upto: usize, window: usize) -> Option<usize> {
    let i = page.groups.partition_point(|g| g.end <= upto).checked_sub(1)?;
    let end = page.groups[i].end;
    if upto - end > window {
        return None;
    }
    let gap = &page.bytes()[end..upto];
    let mut words = gap.split(|b| !is_letter(*b)).filter(|word| !word.is_empty());
    let calm = !gap.iter().any(|b| matches!(b, b':' | b';' | b',' | b'!' | b'?' | b'\n'));
    (calm && words.all(|word| is_link(word) || is_filler(word))).then_some(i)
}

/// Where a value that a cue names begins, and whether a word or sign announced it.
#[derive(Clone, Copy)]
pub(super) struct Lead {
    pub(super) at: usize,
    pub(super) announced: bool,
    /// It was ":" or "=" that announced it.
    pub(super) by_sign: bool,
}

/// Skips from the end of a cue over signs and meaningless words, at most 40 bytes far.
pub(super) fn lead(page: &Page<'_>, from: usize) -> Lead {
    let bytes = page.bytes();
    let limit = bytes.len().min(from + 40);
    let mut lead = Lead { at: from, announced: false, by_sign: false };
    while lead.at < limit {
        match bytes[lead.at] {
            b':' | b'=' => (lead.announced, lead.by_sign) = (true, true),
            b'-' | b'>' if bytes.get(lead.at + 1).is_some_and(|b| matches!(b, b' ' | b'>')) => {
                (lead.announced, lead.by_sign) = (true, true);
            }
            b' ' | b'\t' | b'\n' | b'\r' => {}
            byte if is_letter(byte) && !lead.by_sign => {
                let len = bytes[lead.at..].iter().take(9).position(|b| !is_letter(*b)).unwrap_or(9);
                let word = &bytes[lead.at..lead.at + len.min(bytes.len() - lead.at)];
                let ends =
                    bytes.get(lead.at + word.len()).is_none_or(|b| matches!(b, b' ' | b':' | b'=' | b'\n'));
                if ends && is_link(word) {
                    lead.announced = true;
                } else if !(ends && is_filler(word) && !lead.announced) {
                    break;
                }
                lead.at += word.len();
                continue;
            }
            _ => break,
        }
        lead.at += 1;
    }
    lead
}
