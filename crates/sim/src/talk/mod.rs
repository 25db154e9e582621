//! What customers say.
//!
//! About half of it holds no personal data; some of that looks as if it did (order and parcel numbers, prices,
//! dates of delivery). Card numbers are the card schemes' published test numbers, account numbers the
//! registry's examples, telephone numbers those set aside for fiction (555-01xx; Ofcom's 020 7946 0xxx; the
//! Bundesnetzagentur's 030 23125 xxx; Arcep's 01 99 00 xx xx), mail addresses under example.com and
//! example.org, names and addresses invented.

mod english;
mod french;
mod german;
mod spanish;

use aside_model::{DataType, Language, Rung};

/// Something a customer says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Utterance {
    /// The language it is in.
    pub language: Language,
    /// Where people say such things: under a post, or in a direct message.
    pub rung: Rung,
    /// What is said.
    pub text: &'static str,
    /// The personal data in it, in order of appearance; a careful reader's view, not a detector's.
    pub holds: &'static [DataType],
}

/// Every utterance: of a language, or all.
pub fn utterances(language: Option<Language>) -> impl Iterator<Item = &'static Utterance> {
    [english::ALL, german::ALL, french::ALL, spanish::ALL]
        .into_iter()
        .flatten()
        .filter(move |one| language.is_none_or(|language| one.language == language))
}

/// Names of customers, of all the languages.
pub const NAMES: &[&str] = &[
    "Mara Example",
    "Jonas Beispiel",
    "Chloé Exemple",
    "Lucía Ejemplo",
    "Priya Sampleton",
    "Tom Fictional",
    "Anke Musterfrau",
    "Otto Mustermann",
    "Jean Dupont-Fictif",
    "Marta Inventada",
    "Noor Placeholder",
    "Sam Nobody",
];

/// An endless, mixed stream of utterances: each comes up once before any comes up again.
pub struct Talk {
    seed: u64,
    round: u64,
    left: Vec<&'static Utterance>,
}

impl Talk {
    /// A stream that is the same for the same seed.
    pub fn new(seed: u64) -> Self {
        Self { seed, round: 0, left: Vec::new() }
    }
}

impl Iterator for Talk {
    type Item = &'static Utterance;

    fn next(&mut self) -> Option<Self::Item> {
        if self.left.is_empty() {
            self.left = utterances(None).collect();
            shuffle(&mut self.left, self.seed.wrapping_add(self.round));
            self.round += 1;
        }
        self.left.pop()
    }
}

/// Mixes a list, the same way for the same seed (Fisher and Yates, with SplitMix64 for the numbers: enough
/// for a demo, of no use for secrets).
pub(crate) fn shuffle<T>(list: &mut [T], seed: u64) {
    let mut state = seed;
    for end in (1..list.len()).rev() {
        state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^= z >> 31;
        list.swap(end, (z % (end as u64 + 1)) as usize);
    }
}

/// Declares a language's utterances, one line each.
macro_rules! says {
    ($language:ident; $($rung:ident $text:literal [$($holds:ident),*];)+) => {
        pub(super) const ALL: &[super::Utterance] = &[$(super::Utterance {
            language: aside_model::Language::$language,
            rung: aside_model::Rung::$rung,
            text: $text,
            holds: &[$(aside_model::DataType::$holds),*],
        },)+];
    };
}
use says;

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn there_is_enough_to_say_in_every_language_and_half_of_it_holds_no_personal_data() {
        for &language in Language::ALL {
            let all: Vec<_> = utterances(Some(language)).collect();
            let bare = all.iter().filter(|one| one.holds.is_empty()).count();
            assert!(all.len() >= 16, "{language:?}: {}", all.len());
            assert!(bare * 10 >= all.len() * 4 && bare * 10 <= all.len() * 6, "{language:?}: {bare}");
            assert!(
                all.iter().any(|one| one.rung == Rung::Public)
                    && all.iter().any(|one| one.rung == Rung::Direct)
            );
        }
        let texts: BTreeSet<_> = utterances(None).map(|one| one.text).collect();
        assert!(texts.len() >= 60 && texts.len() == utterances(None).count());
    }

    #[test]
    fn mail_addresses_are_reserved_ones() {
        for one in utterances(None).filter(|one| one.text.contains('@')) {
            assert!(one.text.contains("@example.com") || one.text.contains("@example.org"), "{}", one.text);
        }
    }

    #[test]
    fn a_seed_decides_the_order_and_nothing_comes_twice_in_a_round() {
        let count = utterances(None).count();
        let round = |seed| Talk::new(seed).take(count).map(|one| one.text).collect::<Vec<_>>();
        assert_eq!(round(7), round(7));
        assert_ne!(round(7), round(8));
        assert_eq!(round(7).into_iter().collect::<BTreeSet<_>>().len(), count);
    }
}
