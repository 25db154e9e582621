//! The scores on the labelled corpus, whole and by language.

use std::collections::BTreeMap;

use crate::corpus::{Message, Turn, UNMARKED};
use crate::{Count, Kept, Labelled, Marked, Scores, score};

/// What a detector made of the corpus.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct CorpusScores {
    /// All languages together. The mistakes' numbers are places in [`texts`].
    pub whole: Scores,
    /// Each language by its code.
    pub languages: BTreeMap<String, Scores>,
}

/// Every text that a customer wrote, in the order of the corpus: what was said before a message, then the message.
pub fn texts(messages: &[Message]) -> Vec<Labelled> {
    pieces(messages).map(|(_, said)| said.clone()).collect()
}

fn pieces(messages: &[Message]) -> impl Iterator<Item = (&str, &Labelled)> {
    messages.iter().flat_map(|message| {
        let earlier = message.before.iter().filter_map(|turn| match turn {
            Turn::Customer(said) => Some(said),
            Turn::Agent(_) => None,
        });
        earlier.chain([&message.said]).map(|said| (message.language.as_str(), said))
    })
}

impl CorpusScores {
    /// Compares findings with labels; `found[i]` belongs to text `i` of [`texts`].
    pub fn new(messages: &[Message], found: &[Vec<Marked>]) -> Self {
        let count = Count::AllBut(UNMARKED);
        let whole = score(&texts(messages), found, &count);
        let mut by_language: BTreeMap<&str, (Vec<Labelled>, Vec<Vec<Marked>>)> = BTreeMap::new();
        for ((language, said), found) in pieces(messages).zip(found) {
            let (texts, answers) = by_language.entry(language).or_default();
            texts.push(said.clone());
            answers.push(found.clone());
        }
        let languages = by_language
            .into_iter()
            .map(|(language, (texts, found))| (language.to_owned(), score(&texts, &found, &count)))
            .collect();
        Self { whole, languages }
    }

    /// The tallies by kind, and by language as `language:de`.
    pub fn kept(&self) -> Kept {
        let mut kept = Kept::new(&self.whole);
        for (language, scores) in &self.languages {
            kept.rows.insert(format!("language:{language}"), scores.micro());
        }
        kept
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Scheme, corpus::parse};

    #[test]
    fn earlier_messages_count_and_languages_are_told_apart() {
        let mut messages = parse("de", "< [[iban|DE89]]\n[[card|4111]]", Scheme::Kinds).unwrap();
        messages.extend(parse("en", "hello", Scheme::Kinds).unwrap());
        let card = Marked { start: 0, end: 4, group: "fin.pan".into(), score: 1.0 };
        let place = Marked { group: "loc.coarse".into(), ..card.clone() };
        let kept = CorpusScores::new(&messages, &[vec![], vec![card], vec![place]]).kept();
        let row = |name: &str| kept.rows.get(name).map(|tally| (tally.right, tally.wrong, tally.missed));
        assert_eq!(row("fin.pan"), Some((1, 0, 0)));
        assert_eq!(row("language:de"), Some((1, 0, 1)));
        assert_eq!(row("language:en"), Some((0, 0, 0)));
        assert_eq!((kept.clean, kept.alarmed), (1, 0));
    }
}
