//! Words that say what a value near them is.
//!
//! All words of all languages are found in one pass, and the runs of digits and the fixed signs of secret
//! keys with them. Where a word lies inside a
//! longer one from the table ("code" in "zip code"), only the longer one counts.

mod blocks;
mod common;
mod id_word;
mod index;
mod lexicon_in_cyrillic_and_greek;
mod lexicon_in_east_asia;
mod lexicon_in_semitic_and_indic;
mod money_in_other_scripts;
mod other_scripts;
mod said;
mod scan;
mod spare;
mod words;
mod words_for_accounts;
mod words_for_addresses;
mod words_for_card_extras;
mod words_for_credentials;
mod words_for_customers;
mod words_for_dates;
mod words_for_dealings;
mod words_for_documents;
mod words_for_ids;
mod words_for_ids_overseas;
mod words_for_lexicon_circumstances;
mod words_for_lexicon_convictions;
mod words_for_lexicon_distress;
mod words_for_lexicon_health;
mod words_for_lexicon_illness;
mod words_for_lexicon_life;
mod words_for_lexicon_more_languages;
mod words_for_lexicon_special;
mod words_for_money;
mod words_for_networks;
mod words_for_numbers;
mod words_for_phones;
mod words_for_references;
mod words_for_secrets;
mod words_for_streets;
mod words_in_other_scripts;

pub(crate) use id_word::IdWord;
pub(crate) use said::Said;

use crate::{folded::Folded, page::Group};
use std::hash::{Hash, Hasher};

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
    /// How a code came: "by text", "per SMS".
    ByMessage,
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
    /// Codes that let somebody in who has lost the second factor.
    RecoveryCode,
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
    /// A number that a state, a health service or a maker of devices gives out.
    Id(IdWord),
    /// A word that says something about somebody.
    Said(Said),
    /// Somebody who buys from a brand: "customer", "member".
    Customer,
    /// A customer of a certain rank, or what such a one has: "gold member", "premium plan".
    Membership,
    /// "I bought", "reklamiert": what a customer did.
    Bought,
    /// A picture or a copy of something.
    Picture,
    /// A measure of somebody's body: "iris scan".
    Biometric,
    /// A recording or a transcript, or that somebody made one.
    Recording,
    /// "Wrote me": somebody else's message follows.
    OthersMessage,
    /// The line above a forwarded message.
    Forwarded,
    /// "Is called": somebody else's name follows.
    OthersName,
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
    /// Russia: the bank's identification code.
    RussianBic,
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
const fn tables() -> [&'static [Words]; 26] {
    [
        words::WORDS,
        words_for_accounts::WORDS,
        words_for_addresses::WORDS,
        words_for_card_extras::WORDS,
        words_for_credentials::WORDS,
        words_for_customers::WORDS,
        words_for_dates::WORDS,
        words_for_dealings::WORDS,
        words_for_documents::WORDS,
        words_for_ids::WORDS,
        words_for_ids_overseas::WORDS,
        words_for_lexicon_circumstances::WORDS,
        words_for_lexicon_convictions::WORDS,
        words_for_lexicon_distress::WORDS,
        words_for_lexicon_health::WORDS,
        words_for_lexicon_illness::WORDS,
        words_for_lexicon_life::WORDS,
        words_for_lexicon_more_languages::WORDS,
        words_for_lexicon_special::WORDS,
        words_for_money::WORDS,
        words_for_networks::WORDS,
        words_for_numbers::WORDS,
        words_for_phones::WORDS,
        words_for_references::WORDS,
        words_for_secrets::WORDS,
        words_for_streets::WORDS,
    ]
}

/// Where a secret key's prefix stands, and which one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Prefix {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) which: usize,
}

const TABLES: [&[Words]; tables().len()] = tables();
const LITERALS: usize = index::count(&TABLES, crate::family::SECRET_SIGNS);

static INDEX: index::Index<LITERALS> = index::Index::new(&TABLES);

/// The cues of a text, sorted by start and, since none lies inside another, by end.
pub(crate) struct Cues {
    all: Vec<Cue>,
    /// Which topics there are among them, for whoever looks for one.
    topics: u128,
    prefixes: Vec<Prefix>,
    twelfths: Vec<usize>,
    marks: blocks::Marks,
    has_long_words: bool,
}

/// How many cues are looked at around one value: enough for real sentences, and a bound for
/// texts that consist of cues.
const NEIGHBOURS: usize = 16;

impl Cues {
    /// The cues of a text, those in letters of other scripts among them, and its runs of digits.
    pub(crate) fn of(folded: &Folded<'_>) -> (Self, Vec<Group>) {
        let mut seen = scan::scan(folded.bytes());
        seen.cues.append(&mut other_scripts::cues(folded));
        Self::sorted(seen)
    }

    /// Ends with these runs of digits: their room and that of the cues is kept for the thread's next text.
    pub(crate) fn end_with(&mut self, groups: Vec<Group>) {
        spare::keep((groups, std::mem::take(&mut self.all), std::mem::take(&mut self.twelfths)));
    }

    #[cfg(test)]
    fn in_bytes(bytes: &[u8]) -> (Self, Vec<Group>) {
        Self::sorted(scan::scan(bytes))
    }

    fn sorted(seen: scan::Seen) -> (Self, Vec<Group>) {
        let scan::Seen { groups, mut cues, mut prefixes, twelfths, marks, has_long_words } = seen;
        if cues.len() > 1 {
            cues.sort_by_key(|cue| (cue.start, std::cmp::Reverse(cue.end)));
            let mut longest: Option<(usize, usize)> = None;
            cues.retain(|cue| {
                let inside = longest
                    .is_some_and(|(start, end)| cue.end <= end && (cue.start, cue.end) != (start, end));
                if !inside {
                    longest = Some((cue.start, cue.end));
                }
                !inside
            });
        }
        if prefixes.len() > 1 {
            prefixes.sort_by_key(|prefix: &Prefix| (prefix.start, std::cmp::Reverse(prefix.end)));
        }
        let topics = cues.iter().fold(0, |bits, cue| bits | bit(cue.topic));
        (Self { all: cues, topics, prefixes, twelfths, marks, has_long_words }, groups)
    }

    /// Where every twelfth of the words of three to eight letters begins that stand in a row: whatever twelve such words
    /// in a row begin with, one of them is here.
    pub(crate) fn twelfth_words(&self) -> &[usize] {
        &self.twelfths
    }

    /// Whether the text has one of the signs that the pass watches for (`@`, `<`, `:`, `-`, `.`).
    pub(crate) fn has_sign(&self, sign: u8) -> bool {
        self.marks.has(sign)
    }

    /// Whether seventeen signs stand somewhere without a space between them, perhaps.
    pub(crate) fn has_long_words(&self) -> bool {
        self.has_long_words
    }

    /// Whether there may be a cue of one of these topics; for topics with something in them, of any such.
    #[inline]
    pub(crate) fn has(&self, topics: &[Topic]) -> bool {
        self.topics & topics.iter().fold(0, |bits, topic| bits | bit(*topic)) != 0
    }

    /// Whether there is any cue.
    pub(crate) fn are_any(&self) -> bool {
        !self.all.is_empty()
    }

    /// The prefixes of secret keys, by start; the longest first.
    pub(crate) fn prefixes(&self) -> impl Iterator<Item = Prefix> + '_ {
        self.prefixes.iter().copied()
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = Cue> + '_ {
        self.all.iter().copied()
    }

    /// Takes the cues of one topic out, in order.
    pub(crate) fn take_about(&mut self, topic: Topic) -> Vec<Cue> {
        let taken: Vec<Cue> = self.about(topic).collect();
        if !taken.is_empty() {
            self.all.retain(|cue| cue.topic != topic);
        }
        taken
    }

    /// The cues of one topic, in order.
    pub(crate) fn about(&self, topic: Topic) -> impl Iterator<Item = Cue> + '_ {
        let cues = if self.topics & bit(topic) != 0 { &self.all[..] } else { &[] };
        cues.iter().copied().filter(move |cue| cue.topic == topic)
    }

    pub(crate) fn nearest_before(
        &self,
        at: usize,
        window: usize,
        wanted: impl Fn(Cue) -> bool,
    ) -> Option<Cue> {
        let upto = self.all.partition_point(|cue| cue.end <= at);
        let near = self.all[..upto].iter().rev().take(NEIGHBOURS).take_while(|cue| cue.end + window >= at);
        near.copied().find(|cue| wanted(*cue))
    }

    pub(crate) fn nearest_after(
        &self,
        at: usize,
        window: usize,
        wanted: impl Fn(Cue) -> bool,
    ) -> Option<Cue> {
        let from = self.all.partition_point(|cue| cue.start < at);
        let near = self.all[from..].iter().take(NEIGHBOURS).take_while(|cue| cue.start <= at + window);
        near.copied().find(|cue| wanted(*cue))
    }

    /// The first cue of the wanted kind that lies between the two positions.
    pub(crate) fn between(&self, from: usize, to: usize, wanted: impl Fn(Cue) -> bool) -> Option<Cue> {
        self.nearest_after(from, to.saturating_sub(from), |cue| cue.end <= to && wanted(cue))
    }
}

/// A bit for a topic, the same for all months and the like; two topics may share one.
#[inline]
fn bit(topic: Topic) -> u128 {
    struct Place(u128);
    impl Hasher for Place {
        fn finish(&self) -> u64 {
            0
        }
        fn write(&mut self, bytes: &[u8]) {
            for byte in bytes {
                self.0 = self.0.wrapping_mul(31) + u128::from(*byte);
            }
        }
        fn write_isize(&mut self, number: isize) {
            self.0 = number as u128;
        }
    }
    let mut place = Place(0);
    std::mem::discriminant(&topic).hash(&mut place);
    1 << (place.0 % 128)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn topics(text: &str) -> Vec<Topic> {
        Cues::in_bytes(text.as_bytes()).0.iter().map(|cue| cue.topic).collect()
    }

    #[test]
    fn a_cue_is_a_whole_word_and_the_longest_counts() {
        assert_eq!(topics("spinning"), []);
        assert_eq!(topics("my PIN please"), [Topic::Pin]);
        assert_eq!(topics("zip code"), [Topic::Postcode]);
        assert_eq!(topics("cvv123"), [Topic::Cvv]);
    }

    #[test]
    fn digits_of_one_word_are_told_from_those_that_begin_it() {
        let (_, groups) = Cues::in_bytes(b"1Z2GDG98 x12 3-4 5a.6 7 b8");
        let within: Vec<_> = groups.iter().map(|group| group.within).collect();
        assert_eq!(within, [false, true, true, false, false, false, false, false, false, false]);
    }

    #[test]
    fn every_word_of_the_tables_is_found_whatever_its_key_is() {
        for (topic, words) in tables().into_iter().flatten() {
            for word in *words {
                let word = word.trim_matches('*');
                for text in [word.to_owned(), format!("a {word} b"), word.to_uppercase() + "!"] {
                    let seen = scan::scan(text.as_bytes());
                    assert!(
                        seen.cues.iter().any(|cue| cue.topic == *topic && cue.end - cue.start == word.len()),
                        "{text}"
                    );
                }
            }
        }
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
