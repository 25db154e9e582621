//! Words in letters that the folded view does not tell apart.
//!
//! They are looked for in the text itself, and only in texts that hold such letters: at the beginning of each word, or
//! at each letter of scripts without spaces, by the first two letters.

use super::{
    Cue, Said, Topic, lexicon_in_cyrillic_and_greek, lexicon_in_east_asia, lexicon_in_semitic_and_indic,
    money_in_other_scripts, words_in_other_scripts,
};
use crate::{
    folded::{Folded, OTHER_LETTER},
    other_letters::{fold, is_dropped, is_prefix, is_spaced},
};
use std::sync::LazyLock;

/// What words say about somebody, and the words of each language in one piece, parted by `|`; letters may follow
/// one that ends with `*`.
pub(super) type Terms = (Said, &'static [&'static str]);

/// How many letters of small words may stand before a word that they are written together with.
const PREFIXES: usize = 3;

struct Word {
    text: &'static str,
    topic: Topic,
    /// Whether letters may follow.
    open: bool,
}

const BUCKETS: usize = 1 << 12;

/// All words, by their first two letters.
struct Index {
    words: Vec<Word>,
    /// Where each bucket begins in `words`.
    starts: Vec<u16>,
}

static INDEX: LazyLock<Index> = LazyLock::new(|| {
    let mut words: Vec<Word> = Vec::new();
    for (topic, list) in words_in_other_scripts::WORDS.iter().chain(money_in_other_scripts::WORDS) {
        // Endings are left open: most of these languages decline.
        words.extend(list.iter().map(|text| Word { text, topic: *topic, open: true }));
    }
    let lexicon = [
        lexicon_in_cyrillic_and_greek::TERMS,
        lexicon_in_semitic_and_indic::TERMS,
        lexicon_in_east_asia::TERMS,
    ];
    for (said, languages) in lexicon.into_iter().flatten() {
        for word in languages.iter().flat_map(|words| words.split('|')) {
            let text = word.strip_suffix('*').unwrap_or(word);
            words.push(Word { text, topic: Topic::Said(*said), open: text.len() < word.len() });
        }
    }
    words.sort_by_cached_key(|word| bucket(&mut letters(word.text)));
    let mut starts = vec![0; BUCKETS + 1];
    for word in &words {
        starts[bucket(&mut letters(word.text)) + 1] += 1;
    }
    for i in 0..BUCKETS {
        starts[i + 1] += starts[i];
    }
    Index { words, starts }
});

/// The letters of a text as they are compared.
fn letters(text: &str) -> impl Iterator<Item = char> + '_ {
    text.chars().filter(|c| !is_dropped(*c)).map(fold)
}

/// The bucket of a word, by its first two letters.
fn bucket(letters: &mut impl Iterator<Item = char>) -> usize {
    let first = letters.next().map_or(0, |c| c as usize);
    let second = letters.next().map_or(0, |c| c as usize);
    (first.wrapping_mul(0x9E37) ^ second.wrapping_mul(0x85EB)) % BUCKETS
}

/// The cues in the original of a folded text; none, without looking, where every letter is Latin.
pub(super) fn cues(folded: &Folded<'_>) -> Vec<Cue> {
    if folded.is_original() || memchr::memchr(OTHER_LETTER, folded.bytes()).is_none() {
        return Vec::new();
    }
    let index = &*INDEX;
    let text = folded.text();
    let mut found = Vec::new();
    // How many letters of the same word stand before, and whether they may be small words.
    let (mut before, mut small_words) = (0, true);
    for (at, c) in text.char_indices() {
        if c.is_ascii() {
            (before, small_words) = (0, true);
            continue;
        }
        if is_dropped(c) {
            continue;
        }
        let spaced = is_spaced(c);
        if !spaced || before == 0 || small_words && before <= PREFIXES {
            let bucket = bucket(&mut letters(&text[at..]));
            for word in &index.words[index.starts[bucket] as usize..index.starts[bucket + 1] as usize] {
                if let Some(end) = end_of(text, at, word) {
                    let (start, end) = folded.folded(at, end);
                    found.push(Cue { start, end, topic: word.topic });
                }
            }
        }
        if spaced {
            (before, small_words) = (before + 1, small_words && is_prefix(c));
        } else {
            (before, small_words) = (0, true);
        }
    }
    found
}

/// Where a word ends that begins at `at`.
fn end_of(text: &str, at: usize, word: &Word) -> Option<usize> {
    let mut there = text[at..].char_indices().filter(|(_, c)| !is_dropped(*c));
    let mut end = at;
    for letter in letters(word.text) {
        let (offset, c) = there.next()?;
        if fold(c) != letter {
            return None;
        }
        end = at + offset + c.len_utf8();
    }
    let goes_on = !word.open && is_spaced(text[..end].chars().next_back()?);
    (!goes_on || !there.next().is_some_and(|(_, c)| is_spaced(c))).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cue::IdWord;

    fn topics(text: &str) -> Vec<Topic> {
        let cues = cues(&Folded::new(text));
        cues.iter().map(|cue| cue.topic).collect()
    }

    #[test]
    fn words_in_other_scripts_are_found_in_any_case() {
        for text in ["мой инн", "ИНН: 1", "Инн"] {
            assert!(topics(text).contains(&Topic::Id(IdWord::Inn)), "{text}");
        }
        assert!(topics("주민번호 9").contains(&Topic::Id(IdWord::Rrn)));
        assert_eq!(topics("винная бутылка"), []);
        assert_eq!(topics("Straße inn"), []);
    }

    #[test]
    fn accents_vowel_signs_and_prefixes_do_not_hide_a_word() {
        for text in ["Διαβητη", "διαβήτη", "ΔΙΑΒΗΤΗ", "وبالسكري", "سُكَّري", "והסוכרת", "糖尿病", "диабета"]
        {
            assert!(topics(text).contains(&Topic::Said(Said::Illness)), "{text}");
        }
        assert_eq!(topics("ракета"), []);
    }

    #[test]
    fn their_place_is_told_in_the_folded_text() {
        let folded = Folded::new("é инн 5");
        let cue = cues(&folded)[0];
        assert_eq!((cue.start, cue.end), (2, 5));
    }

    #[test]
    fn every_word_has_two_letters_to_be_found_by() {
        for word in &INDEX.words {
            assert!(letters(word.text).count() >= 2, "{}", word.text);
            assert!(!word.text.starts_with(|c: char| c.is_ascii()), "{}", word.text);
        }
    }
}
