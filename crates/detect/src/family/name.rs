//! Names of people, where the text itself says that a name comes.

use super::reading::lead;
use crate::{
    Certainty, Evidence,
    cue::Topic,
    folded::OTHER_LETTER,
    page::{Found, Page, What, is_letter},
};
use aside_taxonomy::DataType;

pub(super) fn find(page: &Page<'_>, found: &mut Found) {
    for cue in page.cues.iter().filter(|cue| matches!(cue.topic, Topic::Name | Topic::NameLabel)) {
        // "The product name is …".
        if page
            .cues
            .nearest_before(cue.end, cue.end - cue.start, |other| other.topic == Topic::OtherName)
            .is_some()
        {
            continue;
        }
        let label = cue.topic == Topic::NameLabel;
        let at = if label {
            let lead = lead(page, cue.end);
            if !lead.by_sign {
                continue;
            }
            lead.at
        } else {
            let gap = page.bytes()[cue.end..]
                .iter()
                .take(8)
                .take_while(|b| matches!(b, b' ' | b':' | b'"'))
                .count();
            cue.end + gap
        };
        if at == cue.end {
            continue;
        }
        if let Some((at, end, capitals)) = name_at(page, at)
            && (capitals || !label)
        {
            let reasons = [Evidence::CueBefore, Evidence::Capitals];
            let reasons = &reasons[..if capitals { 2 } else { 1 }];
            found.add(page, at, end, What::new(DataType::ContactName, "person", Certainty::Likely, reasons));
        }
    }
}

/// Parts of names that are written small.
const PARTICLES: &[&str] = &[
    "von", "van", "de", "der", "den", "del", "della", "di", "da", "dos", "do", "du", "la", "le", "el", "al",
    "bin", "ibn", "zu", "ter", "ten", "af", "av", "y",
];

/// Titles before a name, which do not belong to it.
const TITLES: &[&str] =
    &["mr", "mrs", "ms", "miss", "dr", "prof", "herr", "frau", "sir", "pan", "pani", "sr", "sra", "mme", "m"];

/// Words that follow "my name is" and the like without being a name.
const OTHERS: &[&str] = &[
    "and",
    "i",
    "the",
    "a",
    "an",
    "not",
    "on",
    "in",
    "at",
    "from",
    "my",
    "no",
    "is",
    "it",
    "wrong",
    "spelled",
    "misspelled",
    "correct",
    "incorrect",
    "still",
    "also",
    "with",
    "for",
    "but",
    "to",
    "und",
    "ich",
    "nicht",
    "aus",
    "mit",
    "bin",
    "et",
    "je",
    "pas",
    "y",
    "no",
    "soy",
    "e",
    "non",
    "sono",
    "eu",
    "nao",
    "en",
    "ik",
    "niet",
    "i",
    "a",
    "jestem",
    "please",
    "your",
    "you",
    "unknown",
    "different",
    "now",
    "can",
    "could",
    "have",
    "has",
    "am",
    "was",
    "are",
    "we",
    "this",
    "that",
    "about",
    "because",
    "so",
    "or",
    "if",
    "would",
    "want",
    "need",
    "her",
    "his",
    "their",
    "our",
    "what",
    "who",
    "secret",
    "n/a",
    "none",
    "anonymous",
    "mis",
    "being",
    "already",
    "under",
    "mentioned",
    "written",
    "called",
    "lol",
    "lmao",
    "haha",
    "btw",
    "im",
    "thanks",
    "thank",
    "hi",
    "hello",
    "calling",
    "writing",
    "here",
];

fn listed(list: &[&str], word: &[u8]) -> bool {
    list.iter().any(|w| w.as_bytes().eq_ignore_ascii_case(word))
}

/// One to five words that may be a name, less titles: its start and end, and whether it is written with
/// capitals.
fn name_at(page: &Page<'_>, mut start: usize) -> Option<(usize, usize, bool)> {
    let bytes = page.bytes();
    let (mut at, mut end, mut words) = (start, None, 0);
    let mut capitals = None;
    while words < 5 {
        let rest = bytes.get(at..)?;
        let len = rest.iter().take(33).take_while(|b| is_letter(**b) || matches!(b, b'\'' | b'-')).count();
        if len == 0 || len > 32 {
            break;
        }
        let word = rest[..len].strip_suffix(b"'s").unwrap_or(&rest[..len]);
        // A replaced name may leave its ending behind: "my name is 's".
        if word.is_empty() {
            break;
        }
        let word_end = at + word.len();
        let small = word[0].is_ascii_lowercase();
        let dotted = bytes.get(word_end) == Some(&b'.') && (word.len() == 1 || listed(TITLES, word));
        if listed(OTHERS, word) && !dotted {
            break;
        }
        if words == 0 && listed(TITLES, word) && (dotted || word.len() > 1) {
            at = word_end + usize::from(dotted);
            start = at + 1;
        } else if listed(PARTICLES, word) && capitals.is_some() {
            at = word_end;
        } else {
            let first_is_small = *capitals.get_or_insert(!small);
            if small == first_is_small && word[0] != OTHER_LETTER {
                break;
            }
            // Small letters all through: two words are a name, a third may be anything.
            if small && (words >= 2 || word.len() < 2) {
                break;
            }
            words += 1;
            at = word_end + usize::from(dotted);
            end = Some(at);
        }
        if bytes.get(at) != Some(&b' ') {
            break;
        }
        at += 1;
    }
    let capitals = capitals?;
    let end = end?;
    (end > start + 1).then_some((start, end, capitals))
}
