//! Words in letters that the folded view does not tell apart.

use super::{Cue, Topic, money_in_other_scripts, words_in_other_scripts};
use crate::folded::{Folded, OTHER_LETTER};
use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind};
use std::sync::LazyLock;

struct Automaton {
    words: AhoCorasick,
    topics: Vec<Topic>,
}

static AUTOMATON: LazyLock<Automaton> = LazyLock::new(|| {
    let (mut words, mut topics) = (Vec::new(), Vec::new());
    for (topic, list) in words_in_other_scripts::WORDS.iter().chain(money_in_other_scripts::WORDS) {
        for word in *list {
            for form in forms(word) {
                words.push(form);
                topics.push(*topic);
            }
        }
    }
    let words = AhoCorasick::builder()
        .kind(Some(AhoCorasickKind::ContiguousNFA))
        .match_kind(MatchKind::Standard)
        .build(words)
        .expect("a few hundred short words fit into an automaton");
    Automaton { words, topics }
});

/// The word as it stands in a sentence, at its beginning and in capitals.
fn forms(word: &str) -> Vec<String> {
    let mut letters = word.chars();
    let first: String = letters.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
    let mut forms = vec![word.to_owned(), first + letters.as_str(), word.to_uppercase()];
    forms.dedup();
    forms
}

/// The cues in the original of a folded text; none, without looking, where every letter is Latin.
pub(super) fn cues(folded: &Folded<'_>) -> Vec<Cue> {
    if folded.is_original() || memchr::memchr(OTHER_LETTER, folded.bytes()).is_none() {
        return Vec::new();
    }
    let Automaton { words, topics } = &*AUTOMATON;
    let text = folded.text();
    let found = words.find_overlapping_iter(text.as_bytes());
    found
        .filter(|word| begins_word(text, word.start()))
        .map(|word| {
            let (start, end) = folded.folded(word.start(), word.end());
            Cue { start, end, topic: topics[word.pattern().as_usize()] }
        })
        .collect()
}

/// Whether no letter of a script with spaces between words stands before. Endings are left open: most
/// of these languages decline.
fn begins_word(text: &str, at: usize) -> bool {
    let spaced = |c: char| matches!(c as u32, 0x370..=0x52F | 0x900..=0xDFF);
    let before = text[..at].chars().next_back();
    !(before.is_some_and(spaced) && text[at..].starts_with(spaced))
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
        assert_eq!(topics("주민번호 9"), [Topic::Id(IdWord::Rrn)]);
        assert_eq!(topics("винная бутылка"), []);
        assert_eq!(topics("Straße inn"), []);
    }

    #[test]
    fn their_place_is_told_in_the_folded_text() {
        let folded = Folded::new("é инн 5");
        let cue = cues(&folded)[0];
        assert_eq!((cue.start, cue.end), (2, 5));
    }
}
