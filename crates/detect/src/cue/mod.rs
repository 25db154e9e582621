//! Words that say what a value near them is.
//!
//! All words of all languages are found in one pass by one automaton, and the prefixes of secret
//! keys with them. Where a word lies inside a
//! longer one from the table ("code" in "zip code"), only the longer one counts.

mod words;
mod words_for_accounts;
mod words_for_addresses;
mod words_for_credentials;
mod words_for_dates;
mod words_for_money;
mod words_for_networks;
mod words_for_numbers;
mod words_for_phones;
mod words_for_secrets;

use crate::page::is_word;
use aho_corasick::{AhoCorasick, AhoCorasickBuilder, AhoCorasickKind, MatchKind};
use std::sync::LazyLock;

/// What a cue speaks of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Topic {
    Card,
    /// An order, a ticket, a parcel: numbers that look like other things.
    Contrary,
    Imei,
    Vin,
    Mac,
    Phone,
    /// A verb or a thing that a telephone number often stands beside.
    Call,
    Cvv,
    Pin,
    Expiry,
    LastFour,
    Iban,
    Ssn,
    Ip,
    Version,
    Birth,
    Password,
    Otp,
    Name,
    /// What stands on a form before a name.
    NameLabel,
    /// A "name" that is not a person's.
    OtherName,
    /// Stands after the name of a street ("Baker Street").
    Street,
    /// Ends the name of a street whose number follows ("Hauptstrasse").
    StreetGerman,
    /// Stands before the name of a street ("rue", "via").
    StreetBefore,
    PostBox,
    /// Says that an address follows.
    Address,
    Postcode,
    Coordinates,
    Month(u8),
    Email,
    Website,
    /// A number word: a number that is written as it is spoken may stand there.
    SpokenDigit,
    SpelledAt,
    SpelledDot,
    /// A phrase in which a cue word means something else ("reset password", "pin it").
    Idle,
    /// An API key, a token: what names a secret that machines use.
    Secret,
    /// "Mother's maiden name", "memorable word".
    SecurityAnswer,
    /// The words from which a wallet can be restored.
    SeedPhrase,
    /// A wallet, a coin.
    Wallet,
    /// A part of a national bank account.
    Bank(Bank),
    /// Whose name stands on a card.
    Cardholder,
    /// An insurance policy or claim.
    Claim,
    CustomerNumber,
    BookingReference,
    CaseReference,
    Username,
    /// A social network, or "handle".
    Network,
}

/// Which part of a national bank account a cue speaks of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Bank {
    /// An account number of no particular country.
    Account,
    /// "Account" by itself: a bank's only behind the bank's own number.
    AccountToo,
    /// United States: ABA routing number.
    Routing,
    /// United Kingdom, Ireland.
    SortCode,
    /// Canada: the branch.
    Transit,
    /// Canada: the institution.
    Institution,
    /// Australia: bank, state and branch.
    Bsb,
    /// India: Indian Financial System Code.
    Ifsc,
    /// Germany, Austria: Bankleitzahl.
    Blz,
    /// Brazil: the branch.
    Agency,
    /// Italy: the bank's and the branch's number.
    AbiCab,
    /// Mexico: Clave Bancaria Estandarizada.
    Clabe,
    /// Argentina: Clave Bancaria Uniforme.
    Cbu,
    /// France: relevé d'identité bancaire.
    Rib,
    /// Denmark, Norway, Sweden: registration or clearing number.
    Clearing,
    /// Sweden: bankgiro and plusgiro.
    Giro,
    /// Business identifier code, SWIFT code (ISO 9362).
    Bic,
}

/// A cue in the folded text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cue {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) topic: Topic,
}

/// A topic and its words: folded, lower case; `*` at an end means that letters may follow there.
type Words = (Topic, &'static [&'static str]);

/// Every table of words.
const fn tables() -> [&'static [Words]; 10] {
    [
        words::WORDS,
        words_for_accounts::WORDS,
        words_for_addresses::WORDS,
        words_for_credentials::WORDS,
        words_for_dates::WORDS,
        words_for_money::WORDS,
        words_for_networks::WORDS,
        words_for_numbers::WORDS,
        words_for_phones::WORDS,
        words_for_secrets::WORDS,
    ]
}

enum Pattern {
    Word {
        topic: Topic,
        open_left: bool,
        open_right: bool,
    },
    /// A secret key's prefix, by its place in the vendors' table; upper and lower case differ.
    Prefix {
        which: usize,
        text: &'static str,
    },
}

/// Where a secret key's prefix stands, and which one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Prefix {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) which: usize,
}

struct Automaton {
    automaton: AhoCorasick,
    patterns: Vec<Pattern>,
}

static AUTOMATON: LazyLock<Automaton> = LazyLock::new(|| {
    let tables = tables();
    let (mut patterns, mut literals) = (Vec::new(), Vec::new());
    for (topic, words) in tables.into_iter().flatten() {
        for word in *words {
            patterns.push(Pattern::Word {
                topic: *topic,
                open_left: word.starts_with('*'),
                open_right: word.ends_with('*'),
            });
            literals.push(word.trim_matches('*'));
        }
    }
    for (which, text) in crate::family::secret_prefixes().enumerate() {
        patterns.push(Pattern::Prefix { which, text });
        literals.push(text);
    }
    let automaton = AhoCorasickBuilder::new()
        .kind(Some(AhoCorasickKind::DFA))
        .match_kind(MatchKind::Standard)
        .ascii_case_insensitive(true)
        .build(literals)
        .expect("a few hundred short words fit into an automaton");
    Automaton { automaton, patterns }
});

/// The cues of a text, sorted by start and, since none lies inside another, by end.
pub(crate) struct Cues {
    cues: Vec<Cue>,
    prefixes: Vec<Prefix>,
}

/// How many cues are looked at around one value: enough for real sentences, and a bound for
/// texts that consist of cues.
const NEIGHBOURS: usize = 16;

impl Cues {
    pub(crate) fn in_bytes(bytes: &[u8]) -> Self {
        let Automaton { automaton, patterns } = &*AUTOMATON;
        let (mut cues, mut prefixes) = (Vec::new(), Vec::new());
        for found in automaton.find_overlapping_iter(bytes) {
            let (start, end) = (found.start(), found.end());
            let (topic, open_left, open_right) = match patterns[found.pattern().as_usize()] {
                Pattern::Word { topic, open_left, open_right } => (topic, open_left, open_right),
                Pattern::Prefix { which, text } => {
                    if &bytes[start..end] == text.as_bytes() {
                        prefixes.push(Prefix { start, end, which });
                    }
                    continue;
                }
            };
            let joined = |a: usize, b: usize| bytes[a].is_ascii_alphanumeric() && is_word(bytes[b]);
            let left = open_left || start == 0 || !letters_meet(bytes, start) || !joined(start, start - 1);
            let right =
                open_right || end == bytes.len() || !letters_meet(bytes, end) || !joined(end - 1, end);
            if left && right {
                cues.push(Cue { start, end, topic });
            }
        }
        cues.sort_by_key(|cue| (cue.start, std::cmp::Reverse(cue.end)));
        let mut longest: Option<(usize, usize)> = None;
        cues.retain(|cue| {
            let inside =
                longest.is_some_and(|(start, end)| cue.end <= end && (cue.start, cue.end) != (start, end));
            if !inside {
                longest = Some((cue.start, cue.end));
            }
            !inside
        });
        prefixes.sort_by_key(|prefix: &Prefix| (prefix.start, std::cmp::Reverse(prefix.end)));
        Self { cues, prefixes }
    }

    /// The prefixes of secret keys, by start; the longest first.
    pub(crate) fn prefixes(&self) -> impl Iterator<Item = Prefix> + '_ {
        self.prefixes.iter().copied()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = Cue> + '_ {
        self.cues.iter().copied()
    }

    /// Takes the cues of one topic out, in order.
    pub(crate) fn take_about(&mut self, topic: Topic) -> Vec<Cue> {
        let taken: Vec<Cue> = self.about(topic).collect();
        if !taken.is_empty() {
            self.cues.retain(|cue| cue.topic != topic);
        }
        taken
    }

    /// The cues of one topic, in order.
    pub(crate) fn about(&self, topic: Topic) -> impl Iterator<Item = Cue> + '_ {
        self.iter().filter(move |cue| cue.topic == topic)
    }

    pub(crate) fn nearest_before(
        &self,
        at: usize,
        window: usize,
        wanted: impl Fn(Cue) -> bool,
    ) -> Option<Cue> {
        let upto = self.cues.partition_point(|cue| cue.end <= at);
        let near = self.cues[..upto].iter().rev().take(NEIGHBOURS).take_while(|cue| cue.end + window >= at);
        near.copied().find(|cue| wanted(*cue))
    }

    pub(crate) fn nearest_after(
        &self,
        at: usize,
        window: usize,
        wanted: impl Fn(Cue) -> bool,
    ) -> Option<Cue> {
        let from = self.cues.partition_point(|cue| cue.start < at);
        let near = self.cues[from..].iter().take(NEIGHBOURS).take_while(|cue| cue.start <= at + window);
        near.copied().find(|cue| wanted(*cue))
    }

    /// The first cue of the wanted kind that lies between the two positions.
    pub(crate) fn between(&self, from: usize, to: usize, wanted: impl Fn(Cue) -> bool) -> Option<Cue> {
        self.nearest_after(from, to.saturating_sub(from), |cue| cue.end <= to && wanted(cue))
    }
}

/// Whether the bytes on both sides of `at` are letters: digits end a word ("cvv123").
fn letters_meet(bytes: &[u8], at: usize) -> bool {
    !bytes[at - 1].is_ascii_digit() && !bytes[at].is_ascii_digit()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn topics(text: &str) -> Vec<Topic> {
        Cues::in_bytes(text.as_bytes()).iter().map(|cue| cue.topic).collect()
    }

    #[test]
    fn a_cue_is_a_whole_word_and_the_longest_counts() {
        assert_eq!(topics("spinning"), []);
        assert_eq!(topics("my PIN please"), [Topic::Pin]);
        assert_eq!(topics("zip code"), [Topic::Postcode]);
        assert_eq!(topics("cvv123"), [Topic::Cvv]);
    }

    #[test]
    fn every_word_of_the_tables_is_folded_and_lower_case() {
        for (_, words) in tables().into_iter().flatten() {
            for word in *words {
                assert_eq!(
                    crate::folded::Folded::new(word).bytes(),
                    word.to_lowercase().as_bytes(),
                    "{word}"
                );
            }
        }
    }
}
