//! Social handles, where the text says that they are somebody's own: an `@name` alone is whom people talk to.

use crate::{
    Certainty, Evidence,
    cue::{Cue, Topic},
    page::{Found, Page, What, is_word},
};
use aside_taxonomy::DataType;

/// The longest handle that a network gives out, and the shortest worth telling.
const LONGEST: usize = 32;
const SHORTEST: usize = 3;
/// How far the network's name may stand from the handle: ` is`, ` on `, ` name: `.
const NEAR: usize = 12;

const MINE: &[&[u8]] = &[
    b"my", b"mein", b"meine", b"mon", b"mi", b"mio", b"meu", b"minha", b"mijn", b"moj", b"mit", b"min",
    b"benim",
];
const I_AM: &[&[u8]] =
    &[b"am", b"i'm", b"im", b"me", b"bin", b"suis", b"soy", b"sono", b"sou", b"ben", b"jestem", b"er", b"ar"];

pub(super) fn find(page: &Page<'_>, found: &mut Found) {
    let bytes = page.bytes();
    for at in page.places_of(b'@') {
        if is_word(page.before(at)) || matches!(page.before(at), b'@' | b'.' | b'_') {
            continue;
        }
        let name = &bytes[at + 1..];
        let length = name.iter().take(LONGEST + 1).take_while(|b| is_of_a_handle(**b)).count();
        let dots = name[..length].iter().rev().take_while(|b| **b == b'.').count();
        let length = length - dots;
        let end = at + 1 + length;
        if !(SHORTEST..=LONGEST).contains(&length) || page.byte(end) == b'@' {
            continue;
        }
        let network = |cue: Cue| matches!(cue.topic, Topic::Network | Topic::Username);
        let before = page.cue_before(at, NEAR, network).filter(|cue| is_own(page, *cue));
        let after = || page.cue_after(end, NEAR, network).filter(|_| is_one_of(word_before(page, at), I_AM));
        let evidence = match (before, after()) {
            (Some(_), _) => [Evidence::CueBefore],
            (None, Some(_)) => [Evidence::CueAfter],
            (None, None) => continue,
        };
        found.add(page, at, end, What::new(DataType::ContactHandle, "handle", Certainty::Likely, &evidence));
    }
}

const fn is_of_a_handle(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.')
}

/// Whether the network's name belongs to whoever writes ("my insta"), or stands on a line of a form ("insta: ").
fn is_own(page: &Page<'_>, cue: Cue) -> bool {
    matches!(page.byte(cue.end), b':' | b'=') || is_one_of(word_before(page, cue.start), MINE)
}

fn is_one_of(word: &[u8], words: &[&[u8]]) -> bool {
    words.iter().any(|other| word.eq_ignore_ascii_case(other))
}

/// The word that ends right before `at`, less the space between; only its last eight bytes are looked at.
fn word_before<'p>(page: &'p Page<'_>, at: usize) -> &'p [u8] {
    let bytes = &page.bytes()[at.saturating_sub(9)..at];
    let bytes = bytes.trim_ascii_end();
    let letters = bytes.iter().rev().take_while(|b| is_word(**b) || **b == b'\'').count();
    &bytes[bytes.len() - letters..]
}
