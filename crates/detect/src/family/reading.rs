//! Reads on from a cue to the value that it names.

use crate::{
    folded::OTHER_LETTER,
    page::{Page, is_letter, sentence_ends_in},
};

pub(super) use super::ordinary::is_ordinary;

/// Words that say "the value comes now".
static LINKS: [u64; 31] = keys([
    "ar", "are", "byl", "bylo", "dir", "e", "er", "era", "es", "est", "esta", "este", "etait", "foi",
    "fosse", "is", "ist", "jest", "lauten", "lautet", "luidt", "sao", "seria", "sind", "sont", "to", "var",
    "war", "was", "wynosi", "zni",
]);

/// Words that may stand between a cue and its value and mean nothing.
static FILLERS: [u64; 133] = keys([
    "a",
    "acc",
    "actual",
    "ai",
    "als",
    "am",
    "an",
    "and",
    "as",
    "auf",
    "benim",
    "called",
    "card",
    "carte",
    "code",
    "codice",
    "codigo",
    "come",
    "comme",
    "como",
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
    "deres",
    "deze",
    "die",
    "digits",
    "dit",
    "do",
    "du",
    "een",
    "el",
    "em",
    "en",
    "et",
    "ett",
    "for",
    "fur",
    "g",
    "hab",
    "habe",
    "har",
    "here",
    "het",
    "ho",
    "i",
    "ich",
    "ihr",
    "ik",
    "il",
    "in",
    "it",
    "its",
    "jag",
    "jako",
    "je",
    "jeg",
    "just",
    "karte",
    "kd",
    "kod",
    "la",
    "le",
    "lo",
    "ma",
    "mam",
    "me",
    "mein",
    "meine",
    "meiner",
    "meu",
    "mi",
    "mijn",
    "min",
    "minha",
    "minun",
    "mio",
    "mit",
    "mitt",
    "moj",
    "moja",
    "moje",
    "mon",
    "my",
    "n",
    "neues",
    "new",
    "no",
    "nr",
    "nro",
    "num",
    "numaram",
    "number",
    "numer",
    "numero",
    "nummer",
    "o",
    "of",
    "on",
    "os",
    "our",
    "s",
    "se",
    "si",
    "siffre",
    "som",
    "su",
    "suo",
    "sur",
    "te",
    "temp",
    "temporary",
    "tengo",
    "that",
    "the",
    "this",
    "tu",
    "und",
    "vores",
    "votre",
    "w",
    "wie",
    "y",
    "you",
    "your",
    "ziffern",
]);

/// Words with which people say that they are not sure, that something came, and "are" where the word means something else as well.
static HEDGES: [u64; 52] = keys([
    "aaya", "acho", "arrivato", "arrived", "aya", "believe", "belki", "chegou", "chyba", "credo", "creo",
    "crois", "denk", "denke", "denken", "dunno", "etre", "galiba", "geloof", "glaub", "glaube", "guess",
    "hai", "likely", "llegado", "llego", "maybe", "meine", "mi", "mij", "nog", "nok", "pare", "parece",
    "pense", "perhaps", "peut", "probably", "que", "reckon", "recu", "sanirim", "son", "sono", "think",
    "tror", "vist", "volgens", "waren", "wohl", "zdaje", "zijn",
]);

/// The letters from the highest byte down, so that the numbers have the order of the alphabet.
const fn keys<const N: usize>(words: [&str; N]) -> [u64; N] {
    let mut keys = [0; N];
    let mut i = 0;
    while i < N {
        keys[i] = key(words[i].as_bytes());
        i += 1;
    }
    keys
}

/// At most eight bytes, in lower case.
const fn key(word: &[u8]) -> u64 {
    let (mut key, mut at) = (0, 0);
    while at < word.len() && at < 8 {
        key |= (word[at].to_ascii_lowercase() as u64) << (56 - 8 * at);
        at += 1;
    }
    key
}

fn listed(list: &[u64], word: &[u8]) -> bool {
    word.len() <= 8 && list.binary_search(&key(word)).is_ok()
}

pub(super) fn is_link(word: &[u8]) -> bool {
    listed(&LINKS, word)
}

pub(super) fn is_filler(word: &[u8]) -> bool {
    listed(&FILLERS, word)
}

/// "I think", "glaub ich", "volgens mij".
fn is_hedge(word: &[u8]) -> bool {
    listed(&HEDGES, word)
}

/// One or two letters of another script: what Chinese, Japanese and Korean put behind a word ("は", "是", "는").
fn is_particle(word: &[u8]) -> bool {
    word.len() <= 2 && word.iter().all(|b| *b == OTHER_LETTER)
}

/// Whether the bytes between a cue and a number let the number be what the cue says: nothing but
/// words without meaning, or anything that ends with "is", ":" or "=".
fn leads_on(gap: &[u8]) -> bool {
    if answers(gap) {
        return true;
    }
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
    // "The code was 4711", "the code you sent was, I think, 4711".
    let unsure = |word: &&[u8]| is_hedge(word) || is_speaker(word);
    words.clone().rev().find(|word| !unsure(word)).is_none_or(is_link)
        || words.all(|word| is_link(word) || is_filler(word) || is_hedge(word) || is_particle(word))
}

/// "I": who thinks.
fn is_speaker(word: &[u8]) -> bool {
    const SPEAKERS: [&[u8]; 7] = [b"i", b"ich", b"ik", b"jag", b"jeg", b"je", b"io"];
    SPEAKERS.iter().any(|speaker| speaker.eq_ignore_ascii_case(word))
}

/// "… your PIN, please?" and on the next line who answers: "Customer: ".
fn answers(gap: &[u8]) -> bool {
    let Some(line) = gap.iter().rposition(|b| *b == b'\n') else { return false };
    let asked = gap[..line].trim_ascii_end();
    let Some(speaker) = gap[line + 1..].trim_ascii().strip_suffix(b":") else { return false };
    let name = (1..=20).contains(&speaker.len()) && speaker.iter().all(|b| is_letter(*b) || *b == b' ');
    let question = asked.strip_suffix(b"?").unwrap_or(asked);
    name && !question.contains(&b'\n') && !sentence_ends_in(question) && question.len() <= 32
}

/// Where the answer begins to a question that ends with the cue: behind the name of who answers on the next line.
pub(super) fn answer_after(page: &Page<'_>, from: usize) -> Option<usize> {
    let bytes = page.bytes();
    let near = &bytes[from..bytes.len().min(from + 56)];
    let line = near.iter().position(|b| *b == b'\n')?;
    let colon = line + near[line..].iter().position(|b| *b == b':')? + 1;
    let start = colon + near[colon..].iter().take_while(|b| **b == b' ').count();
    answers(&near[..colon]).then_some(from + start)
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
    // "123456 is your Acme code": one name between.
    let mut links = words.clone();
    let is_yours = links.next().is_some_and(is_link)
        && links.next().is_some_and(is_filler)
        && links.next().is_none_or(|name| name[0].is_ascii_uppercase())
        && links.all(is_filler);
    (calm && (is_yours || words.all(|word| is_link(word) || is_filler(word)))).then_some(i)
}

/// Where a value that a cue names begins, and whether a word or sign announced it.
#[derive(Clone, Copy)]
pub(super) struct Lead {
    pub(super) at: usize,
    pub(super) announced: bool,
    /// It was ":" or "=" that announced it.
    pub(super) by_sign: bool,
}

/// How long "it's", "c'est" or, right behind a word, "'s" at the beginning is.
fn contraction(bytes: &[u8]) -> usize {
    const WORDS: [&[u8]; 4] = [b"it's ", b"c'est ", b"that's ", b"'s "];
    let begins =
        |word: &&&[u8]| bytes.get(..word.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(word));
    WORDS.iter().find(begins).map_or(0, |word| word.len() - 1)
}

/// Whether the quotation mark at `at` ends the name of a value: `"password":`.
fn closes_a_key(bytes: &[u8], at: usize) -> bool {
    matches!(bytes.get(at + 1..at + 3), Some([b':' | b'=', _] | [b' ', b':' | b'=']))
        && bytes[..at].iter().rev().take(40).any(|b| *b == bytes[at])
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
            // `"passport_number": "…"`, as programs write it.
            b'_' if !lead.announced && bytes.get(lead.at + 1).is_some_and(u8::is_ascii_alphabetic) => {}
            byte if (is_letter(byte) || byte == b'\'')
                && !lead.by_sign
                && contraction(&bytes[lead.at..limit]) > 0 =>
            {
                lead.announced = true;
                lead.at += contraction(&bytes[lead.at..limit]);
                continue;
            }
            b'"' | b'\'' if !lead.announced && closes_a_key(bytes, lead.at) => {}
            OTHER_LETTER
                if !lead.announced
                    && bytes[lead.at..]
                        .iter()
                        .take(3)
                        .position(u8::is_ascii_alphanumeric)
                        .is_some_and(|at| is_particle(&bytes[lead.at..lead.at + at])) =>
            {
                lead.announced = true;
            }
            byte if is_letter(byte) && !lead.by_sign => {
                let len = bytes[lead.at..].iter().take(9).position(|b| !is_letter(*b)).unwrap_or(9);
                let word = &bytes[lead.at..lead.at + len.min(bytes.len() - lead.at)];
                let ends = bytes
                    .get(lead.at + word.len())
                    .is_none_or(|b| matches!(b, b' ' | b':' | b'=' | b'\n' | b'"' | b'_'));
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted_so_that_they_can_be_searched() {
        assert!([&LINKS[..], &FILLERS, &HEDGES].iter().all(|list| list.is_sorted_by(|a, b| a < b)));
        assert!(is_link(b"Lautet") && is_filler(b"the") && !is_filler(b"lautet") && !is_link(b""));
    }
}
