//! The 12 to 24 words from which a wallet is restored (BIP-39).

mod words;

use crate::{
    Certainty, Evidence,
    cue::Topic,
    page::{Found, Page, What},
};
use aside_taxonomy::DataType;
use sha2::{Digest, Sha256};

/// How many words a phrase may have.
const LENGTHS: [usize; 5] = [24, 21, 18, 15, 12];
/// How many beginnings are tried in a run of words that is longer than a phrase.
const BEGINNINGS: usize = 32;

struct Word {
    start: usize,
    end: usize,
    place: u16,
}

pub(super) fn find(page: &Page<'_>, found: &mut Found) {
    let bytes = page.bytes();
    let mut done = 0;
    // All words of the list have three to eight letters, and the shortest phrase has twelve words.
    for start in page.cues.twelfth_words().iter().copied() {
        if start < done || !looks_listed(bytes, start) {
            continue;
        }
        let Some(word) = word_from(bytes, start) else { continue };
        let run = run_from(bytes, run_start(bytes, &word));
        done = run.last().map_or(word.end, |word| word.end);
        report(page, found, &run);
    }
}

/// Whether the word looks like a listed one, and a few beside it.
fn looks_listed(bytes: &[u8], start: usize) -> bool {
    let len = bytes[start..].iter().take(9).take_while(|b| b.is_ascii_alphabetic()).count();
    words::begins_like_one(&bytes[start..start + len])
        && (goes_on(bytes, start + len) || came_from(bytes, start))
}

/// How many words beside a word must look listed, on one side of it at least, before any is looked up: prose
/// has listed words, but seldom so many in a row.
const NEIGHBOURS: usize = 3;

fn goes_on(bytes: &[u8], mut start: usize) -> bool {
    (0..NEIGHBOURS).all(|_| {
        start += gap(&bytes[start..]).unwrap_or(0);
        let len = bytes[start..].iter().take(9).take_while(|b| b.is_ascii_alphabetic()).count();
        start += len;
        words::begins_like_one(&bytes[start - len..start])
    })
}

fn came_from(bytes: &[u8], mut start: usize) -> bool {
    (0..NEIGHBOURS).all(|_| {
        let between = bytes[..start].iter().rev().take(8).take_while(|b| is_between(**b)).count();
        let end = start - between;
        start = end - bytes[..end].iter().rev().take(9).take_while(|b| b.is_ascii_alphabetic()).count();
        words::begins_like_one(&bytes[start..end])
    })
}

fn word_from(bytes: &[u8], start: usize) -> Option<Word> {
    let len = bytes[start..].iter().take(9).take_while(|b| b.is_ascii_alphabetic()).count();
    let place = words::place(&bytes[start..start + len])?;
    Some(Word { start, end: start + len, place })
}

/// How many signs stand before the next letter: spaces, line breaks, commas, numbers.
fn gap(bytes: &[u8]) -> Option<usize> {
    let gap = bytes.iter().take(8).take_while(|b| is_between(**b)).count();
    bytes.get(gap).is_some_and(u8::is_ascii_alphabetic).then_some(gap)
}

const fn is_between(byte: u8) -> bool {
    byte.is_ascii_digit() || matches!(byte, b' ' | b'\n' | b'\r' | b'\t' | b',' | b'.' | b')' | b'-' | b'|')
}

/// Where the run of listed words begins in which this one stands.
fn run_start(bytes: &[u8], word: &Word) -> usize {
    let mut start = word.start;
    loop {
        let between = bytes[..start].iter().rev().take(8).take_while(|b| is_between(**b)).count();
        let end = start - between;
        let len = bytes[..end].iter().rev().take(9).take_while(|b| b.is_ascii_alphabetic()).count();
        if between == 0 || words::place(&bytes[end - len..end]).is_none() {
            return start;
        }
        start = end - len;
    }
}

/// The words of the run; none if they are too few.
fn run_from(bytes: &[u8], start: usize) -> Vec<Word> {
    let mut at = start;
    let mut count = 0;
    // Counted first: an ordinary text must not allocate.
    while let Some(word) = word_from(bytes, at) {
        count += 1;
        let Some(gap) = gap(&bytes[word.end..]).filter(|gap| *gap > 0) else { break };
        at = word.end + gap;
    }
    if count < LENGTHS[4] {
        return Vec::new();
    }
    let mut run = Vec::with_capacity(count);
    at = start;
    while let Some(word) = word_from(bytes, at).filter(|_| run.len() < count) {
        at = word.end + gap(&bytes[word.end..]).unwrap_or_default();
        run.push(word);
    }
    run
}

fn report(page: &Page<'_>, found: &mut Found, run: &[Word]) {
    let (mut rest, mut skipped, mut right) = (run, 0, false);
    while rest.len() >= LENGTHS[4] && skipped < BEGINNINGS {
        let fits = |length: &usize| rest.len() >= *length && is_right(&rest[..*length]);
        if let Some(length) = LENGTHS.into_iter().find(fits) {
            let evidence = [Evidence::WordList, Evidence::Checksum];
            take(page, found, &rest[..length], Certainty::Certain, &evidence);
            (rest, right) = (&rest[length..], true);
        } else {
            (rest, skipped) = (&rest[1..], skipped + 1);
        }
    }
    if !right {
        mistyped(page, found, run);
    }
}

/// A phrase with a wrong word: as long as phrases are, or named.
fn mistyped(page: &Page<'_>, found: &mut Found, run: &[Word]) {
    let Some(first) = run.first() else { return };
    let named = page.cue_before(first.start, 64, |cue| cue.topic == Topic::SeedPhrase).is_some();
    // "Four one one one …" is a number in words.
    if run.iter().filter(|word| word.place != first.place).count() < 3 {
        return;
    }
    let length = LENGTHS.into_iter().find(|length| *length == run.len());
    let longest = LENGTHS.into_iter().find(|length| *length <= run.len());
    let Some(length) = length.or(longest.filter(|_| named)) else { return };
    let evidence = [Evidence::WordList, Evidence::CheckFailed, Evidence::CueBefore];
    take(page, found, &run[..length], Certainty::Likely, &evidence[..if named { 3 } else { 2 }]);
}

fn take(page: &Page<'_>, found: &mut Found, words: &[Word], certainty: Certainty, evidence: &[Evidence]) {
    if let [first, .., last] = words {
        let what = What::new(DataType::CredSecretKey, "seed_phrase", certainty, evidence);
        found.take(page, first.start, last.end, what);
    }
}

/// Whether the last bits are the first of the SHA-256 of the others.
fn is_right(words: &[Word]) -> bool {
    let mut bytes = [0u8; 33];
    let mut bit = 0;
    for word in words {
        for i in (0..11).rev() {
            bytes[bit / 8] |= ((word.place >> i & 1) as u8) << (7 - bit % 8);
            bit += 1;
        }
    }
    let check = bit / 33;
    let entropy = (bit - check) / 8;
    let hash = Sha256::digest(&bytes[..entropy]);
    let mask = 0xFFu8 << (8 - check);
    (bytes[entropy] ^ hash[0]) & mask == 0
}
