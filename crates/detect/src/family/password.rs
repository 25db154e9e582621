//! Passwords, by cue only; the span is the value alone.

use super::reading::{is_link, lead};
use crate::{
    Certainty, Evidence,
    cue::Topic,
    folded::{OTHER, OTHER_LETTER},
    page::{Found, Page, What, sentence_ends_in},
};
use aside_taxonomy::DataType;

const LONGEST: usize = 128;

pub(super) fn find(page: &Page<'_>, found: &mut Found) {
    for cue in page.cues.about(Topic::Password) {
        let mut lead = lead(page, cue.end);
        let far = if lead.announced { None } else { announced_later(page, cue.end) };
        if let Some(at) = far {
            lead.at = at;
        }
        if lead.at == cue.end || lead.at >= page.bytes().len() {
            continue;
        }
        let quoted = matches!(page.byte(lead.at), b'"' | b'\'' | b'`');
        let span = if quoted { in_quotes(page, lead.at) } else { Some(word(page, lead.at)) };
        let Some((start, end)) = span else { continue };
        let value = &page.bytes()[start..end];
        let paragraph = page.bytes()[cue.end..start].windows(2).any(|pair| pair == b"\n\n");
        if end - start < 3
            || paragraph
            || page.cues.between(start, end, |c| c.topic == Topic::Password).is_some()
        {
            continue;
        }
        let strong = looks_secret(value);
        let believable = if far.is_some() {
            strong
        } else if lead.by_sign {
            strong || !is_ordinary(value)
        } else if lead.announced {
            strong || (quoted || !is_ordinary(value)) && end - start > 3
        } else {
            strong || quoted
        };
        if believable {
            found.take(
                page,
                start,
                end,
                What::new(DataType::CredPassword, "password", Certainty::Likely, &[Evidence::CueBefore]),
            );
        }
    }
}

/// Where the value begins in "password for my account is …": behind the first "is" of the sentence.
fn announced_later(page: &Page<'_>, from: usize) -> Option<usize> {
    let bytes = page.bytes();
    let near = &bytes[from..bytes.len().min(from + 48)];
    let mut at = from;
    for word in near.split(|b| *b == b' ') {
        let end = at + word.len();
        let announces =
            is_link(word) && word.len() > 1 && !word.eq_ignore_ascii_case(b"to") || word.ends_with(b":");
        if announces && at > from && bytes.get(end) == Some(&b' ') {
            return (!sentence_ends_in(&bytes[from..end])).then_some(end + 1);
        }
        at = end + 1;
    }
    None
}

/// What stands between quotes on the same line.
fn in_quotes(page: &Page<'_>, at: usize) -> Option<(usize, usize)> {
    let bytes = page.bytes();
    let close = bytes[at + 1..].iter().take(LONGEST).position(|b| *b == bytes[at] || *b == b'\n')?;
    (bytes[at + 1 + close] == bytes[at] && close > 0).then_some((at + 1, at + 1 + close))
}

/// Up to the next space, less the signs that end a sentence.
fn word(page: &Page<'_>, at: usize) -> (usize, usize) {
    let bytes = page.bytes();
    let mut end = at + bytes[at..].iter().take(LONGEST).take_while(|b| !b.is_ascii_whitespace()).count();
    while end > at && matches!(bytes[end - 1], b'.' | b',' | b';' | b':' | b'?' | b')' | b']' | b'"' | b'\'')
    {
        end -= 1;
    }
    (at, end)
}

/// Letters with digits or signs in between, or capitals in the middle: no ordinary word.
fn looks_secret(value: &[u8]) -> bool {
    let any = |is: fn(&u8) -> bool| value.iter().any(is);
    let letters = any(|b| b.is_ascii_alphabetic() || *b == OTHER_LETTER);
    let digits = any(u8::is_ascii_digit);
    let inner = &value[1.min(value.len())..value.len().max(1) - 1];
    let signs = inner.iter().any(|b| {
        (b.is_ascii_punctuation() && !matches!(b, b'-' | b'\'' | b'/' | b'.' | b',')) || *b == OTHER
    });
    let capitals = value[1..].iter().any(u8::is_ascii_uppercase) && any(u8::is_ascii_lowercase);
    value.len() > 3 && ((letters && (digits || signs || capitals)) || (digits && value.len() >= 4))
}

/// Words that follow "password is" without being one, in the languages of the cues.
fn is_ordinary(value: &[u8]) -> bool {
    const WORDS: &[&str] = &[
        "not",
        "wrong",
        "incorrect",
        "invalid",
        "expired",
        "working",
        "being",
        "asking",
        "never",
        "still",
        "always",
        "too",
        "correct",
        "right",
        "weak",
        "strong",
        "the",
        "this",
        "that",
        "what",
        "longer",
        "no",
        "required",
        "blocked",
        "locked",
        "same",
        "forgotten",
        "reset",
        "changed",
        "lost",
        "safe",
        "secure",
        "gone",
        "missing",
        "needed",
        "please",
        "also",
        "only",
        "case",
        "sent",
        "set",
        "saved",
        "stored",
        "very",
        "really",
        "different",
        "empty",
        "unknown",
        "accepted",
        "rejected",
        "displayed",
        "login",
        "log",
        "access",
        "anything",
        "something",
        "someone",
        "everyone",
        "because",
        "for",
        "and",
        "but",
        "with",
        "from",
        "when",
        "how",
        "does",
        "doesn't",
        "isn't",
        "won't",
        "can't",
        "cannot",
        "could",
        "would",
        "should",
        "has",
        "have",
        "was",
        "hint",
        "manager",
        "your",
        "you",
        "now",
        "just",
        "here",
        "there",
        "help",
        "again",
        "email",
        "account",
        "phone",
        "none",
        "n/a",
        "sign",
        "get",
        "open",
        "enter",
        "use",
        "nicht",
        "falsch",
        "ungultig",
        "abgelaufen",
        "gesperrt",
        "vergessen",
        "weg",
        "richtig",
        "korrekt",
        "immer",
        "nie",
        "mehr",
        "leider",
        "auch",
        "noch",
        "wieder",
        "zuruckgesetzt",
        "unbekannt",
        "erforderlich",
        "aber",
        "und",
        "wurde",
        "pas",
        "incorrecto",
        "oublie",
        "expire",
        "invalide",
        "faux",
        "perdu",
        "toujours",
        "bloque",
        "refuse",
        "errone",
        "correcta",
        "incorrecta",
        "incorrecte",
        "olvidada",
        "olvide",
        "caducada",
        "erronea",
        "mal",
        "non",
        "sbagliata",
        "scaduta",
        "errata",
        "corretta",
        "dimenticata",
        "nao",
        "errada",
        "incorreta",
        "expirou",
        "esquecida",
        "niet",
        "onjuist",
        "verlopen",
        "fout",
        "verkeerd",
        "vergeten",
        "geblokkeerd",
        "jest",
        "niepoprawne",
        "bledne",
        "nieprawidlowe",
        "wygaslo",
        "zapomnialem",
        "zle",
        "nie dziala",
        "dziala",
        "una",
        "un",
        "een",
        "ein",
        "eine",
        "muy",
        "trop",
        "zu",
        "que",
        "qui",
    ];
    WORDS.iter().any(|w| w.as_bytes().eq_ignore_ascii_case(value))
}
