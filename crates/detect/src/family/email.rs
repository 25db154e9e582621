//! E-mail addresses, also with signs written as words.

use super::endings::{self, Domain};
use crate::{
    Certainty, Evidence,
    cue::{Cue, Topic},
    folded::OTHER_LETTER,
    page::{Found, Page, What},
};
use aside_taxonomy::DataType;

/// The longest mailbox that is read; RFC 5321 allows 64.
const LONGEST_MAILBOX: usize = 128;

pub(super) fn find(page: &Page<'_>, found: &mut Found) {
    for at in page.places_of(b'@') {
        if let Some((start, domain)) = around_sign(page, at) {
            let (certainty, reasons): (_, &[Evidence]) = match (domain.ending, domain.spelled) {
                (Some(_), false) => (Certainty::Certain, &[Evidence::Format, Evidence::KnownEnding]),
                (Some(_), true) => {
                    (Certainty::Likely, &[Evidence::Format, Evidence::KnownEnding, Evidence::SpelledOut])
                }
                (None, _) => (Certainty::Likely, &[Evidence::Format]),
            };
            found.take(
                page,
                start,
                domain.end,
                What::new(DataType::ContactEmail, "email", certainty, reasons),
            );
        }
    }
    for cue in page.cues.about(Topic::SpelledAt) {
        if let Some((start, end)) = around_word(page, cue) {
            let reasons = [Evidence::SpelledOut, Evidence::KnownEnding];
            let what = What::new(DataType::ContactEmail, "email", Certainty::Likely, &reasons);
            found.take(page, start, end, what);
        }
    }
}

const fn is_mailbox(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || byte == OTHER_LETTER
        || matches!(
            byte,
            b'.' | b'_' | b'%' | b'+' | b'-' | b'~' | b'&' | b'\'' | b'=' | b'#' | b'!' | b'$' | b'^' | b'*'
        )
}

/// Where the mailbox that ends at `end` begins.
fn mailbox(bytes: &[u8], end: usize) -> Option<usize> {
    let len = bytes[..end].iter().rev().take(LONGEST_MAILBOX).take_while(|b| is_mailbox(**b)).count();
    let edge = |b: &u8| b.is_ascii_alphanumeric() || matches!(*b, OTHER_LETTER | b'_' | b'+');
    (end - len..end).find(|at| edge(&bytes[*at]))
}

/// Where a mailbox in quotation marks that ends at `end` begins (RFC 5322, `quoted-string`).
fn quoted(bytes: &[u8], end: usize) -> Option<usize> {
    let inner = bytes[..end].strip_suffix(b"\"")?;
    let len = inner.iter().rev().take(LONGEST_MAILBOX).position(|b| matches!(b, b'"' | b'\n'))?;
    let start = inner.len() - len - 1;
    let free = start == 0 || !crate::page::is_word(bytes[start - 1]);
    (len > 0 && bytes[start] == b'"' && free).then_some(start)
}

fn around_sign(page: &Page<'_>, at: usize) -> Option<(usize, Domain)> {
    let bytes = page.bytes();
    let spaced = at > 1 && bytes[at - 1] == b' ' && bytes.get(at + 1) == Some(&b' ');
    if !spaced {
        let start = quoted(bytes, at).or_else(|| mailbox(bytes, at))?;
        return Some((start, endings::domain(bytes, at + 1, true)?));
    }
    let start = mailbox(bytes, at - 1)?;
    let domain = endings::domain(bytes, at + 2, true)?;
    let telling =
        telling(&bytes[start..at - 1]) || names_mail(page, start) || is_provider(&bytes[at + 2..domain.end]);
    (domain.ending.is_some() && telling).then_some((start, domain))
}

/// A mailbox that no ordinary word looks like.
fn telling(mailbox: &[u8]) -> bool {
    mailbox.iter().any(|b| b.is_ascii_digit() || matches!(b, b'.' | b'_' | b'+'))
}

fn names_mail(page: &Page<'_>, at: usize) -> bool {
    page.cue_before(at, 32, |cue| cue.topic == Topic::Email).is_some()
}

fn is_provider(domain: &[u8]) -> bool {
    const PROVIDERS: &[&str] = &[
        "gmail",
        "googlemail",
        "hotmail",
        "outlook",
        "yahoo",
        "gmx",
        "web",
        "icloud",
        "aol",
        "proton",
        "protonmail",
        "live",
        "msn",
        "orange",
        "wanadoo",
        "libero",
        "mail",
        "wp",
        "interia",
        "onet",
        "freenet",
        "laposte",
        "ymail",
    ];
    let name = domain.split(|b| matches!(b, b'.' | b' ' | b'(' | b'[')).next().unwrap_or_default();
    PROVIDERS.iter().any(|provider| provider.as_bytes().eq_ignore_ascii_case(name))
}

/// "john dot smith at example dot com", "john (at) example.com".
fn around_word(page: &Page<'_>, cue: Cue) -> Option<(usize, usize)> {
    let bytes = page.bytes();
    let word = &bytes[cue.start..cue.end];
    let plain = word.eq_ignore_ascii_case(b"at");
    let spaces = |at: usize| bytes[at..].iter().take(2).take_while(|b| **b == b' ').count();
    let from = cue.end + spaces(cue.end);
    let back = bytes[..cue.start].iter().rev().take(2).take_while(|b| **b == b' ').count();
    if plain && (from == cue.end || back == 0) {
        return None;
    }
    let domain = endings::domain(bytes, from, true)?;
    // A word that means nothing but the sign needs no ending from the list.
    if domain.ending.is_none() && (plain || !domain.spelled) {
        return None;
    }
    // "look at the point in time": a point is a dot only where the rest looks like a mailbox.
    let pointed = bytes[from..domain.end].windows(7).any(|w| w.eq_ignore_ascii_case(b" point "));
    let dotted = domain.spelled && !(plain && pointed);
    let end = cue.start - back;
    let mut start = mailbox(bytes, end)?;
    let mut spelled = false;
    // At most four more words joined by "dot" and the like.
    for _ in 0..4 {
        let Some(before) = spelled_sign_before(bytes, start) else { break };
        let Some(next) = mailbox(bytes, before) else { break };
        (start, spelled) = (next, true);
    }
    let mailbox = &bytes[start..end];
    let known = telling(mailbox) || spelled || names_mail(page, start);
    let named = known || (!is_verb(mailbox) && (dotted || is_provider(&bytes[from..domain.end])));
    let wanted = if plain { named && (dotted || known) } else { true };
    wanted.then_some((start, domain.end))
}

/// Where the word before " dot " (or another sign's name) ends, if `start` follows one.
fn spelled_sign_before(bytes: &[u8], start: usize) -> Option<usize> {
    const SIGNS: [&[u8]; 14] = [
        b" dot ",
        b"(dot)",
        b"[dot]",
        b" (dot) ",
        b" [dot] ",
        b" punkt ",
        b" punto ",
        b" ponto ",
        b" point ",
        b" underscore ",
        b" unterstrich ",
        b" dash ",
        b" minus ",
        b" bindestrich ",
    ];
    let head = &bytes[..start];
    let sign = SIGNS
        .iter()
        .find(|s| head.len() > s.len() && head[head.len() - s.len()..].eq_ignore_ascii_case(s))?;
    Some(start - sign.len())
}

/// Words before "at" that are no mailbox.
fn is_verb(word: &[u8]) -> bool {
    const WORDS: &[&str] = &[
        "look",
        "looking",
        "me",
        "us",
        "find",
        "shop",
        "store",
        "ordered",
        "bought",
        "order",
        "account",
        "it",
        "work",
        "works",
        "meet",
        "available",
        "arrive",
        "arrived",
        "is",
        "are",
        "was",
        "be",
        "been",
        "back",
        "customer",
        "not",
        "sale",
        "only",
        "just",
        "them",
        "him",
        "her",
        "you",
        "visit",
        "support",
        "page",
        "site",
        "website",
        "email",
    ];
    WORDS.iter().any(|w| w.as_bytes().eq_ignore_ascii_case(word))
}
