//! What is known of words: which lists of names and places they stand in.

use crate::hash::mix;

/// Properties of a word or of several words, as a set of bits.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(crate) struct Known(pub(crate) u32);

impl Known {
    pub(crate) const GIVEN: Known = Known(1);
    pub(crate) const SURNAME: Known = Known(2);
    pub(crate) const COUNTRY: Known = Known(4);
    pub(crate) const CITY: Known = Known(8);
    pub(crate) const STREET: Known = Known(16);
    pub(crate) const ORGANISATION: Known = Known(32);
    pub(crate) const LEGAL_FORM: Known = Known(64);
    pub(crate) const TITLE: Known = Known(128);
    pub(crate) const PARTICLE: Known = Known(256);
    pub(crate) const NAME_ENDING: Known = Known(512);
    pub(crate) const CALENDAR: Known = Known(1024);
    /// Written small, and no part of a name, in ordinary texts.
    pub(crate) const ORDINARY: Known = Known(2048);
    /// Of a country, a people, a faith, a party.
    pub(crate) const DEMONYM: Known = Known(4096);
    /// "Street", "Lake", "Airport".
    pub(crate) const PLACE_WORD: Known = Known(8192);
    /// What somebody is to others: "boss", "singer", "wife".
    pub(crate) const ROLE: Known = Known(16384);
    /// A thing that is sold under a name.
    pub(crate) const PRODUCT: Known = Known(32768);
    /// Whatever may be a piece of a name.
    pub(crate) const OF_NAMES: Known = Known(
        Self::GIVEN.0
            | Self::SURNAME.0
            | Self::COUNTRY.0
            | Self::CITY.0
            | Self::STREET.0
            | Self::ORGANISATION.0
            | Self::LEGAL_FORM.0
            | Self::PARTICLE.0
            | Self::NAME_ENDING.0
            | Self::PLACE_WORD.0,
    );
    pub(crate) const BITS: u32 = 16;
    /// How many languages (or families of them) words are known to belong to.
    pub(crate) const LANGUAGES: usize = 14;

    /// A word of the language with this number.
    #[cfg(feature = "train")]
    pub(crate) const fn of_language(number: usize) -> Known {
        Known(1 << (16 + number))
    }

    /// The languages as bits, from the lowest on.
    pub(crate) const fn languages(self) -> u32 {
        self.0 >> 16
    }

    /// The same without languages.
    pub(crate) const fn properties(self) -> u32 {
        self.0 & 0xffff
    }

    pub(crate) const fn and(self, other: Known) -> Known {
        Known(self.0 | other.0)
    }

    pub(crate) const fn has(self, other: Known) -> bool {
        self.0 & other.0 != 0
    }

    /// The most telling of the properties, as a small number: for features that look at several words.
    pub(crate) const fn sort(self) -> u64 {
        let given = self.has(Known::GIVEN);
        let surname = self.has(Known::SURNAME);
        let ordinary = self.has(Known::ORDINARY);
        let place = self.has(Known::COUNTRY.and(Known::CITY).and(Known::STREET));
        match (given, surname) {
            (true, true) => 1 + ordinary as u64 + 2 * place as u64,
            (true, false) => 5 + ordinary as u64 + 2 * place as u64,
            (false, true) => 9 + ordinary as u64 + 2 * place as u64,
            (false, false) if place => 13 + ordinary as u64,
            (false, false) if self.has(Known::TITLE) => 15,
            (false, false) if self.has(Known::PARTICLE) => 16,
            (false, false) if self.has(Known::ROLE) => 17,
            (false, false) if self.has(Known::PLACE_WORD) => 18,
            (false, false) if self.has(Known::ORGANISATION.and(Known::LEGAL_FORM)) => 19,
            (false, false) if self.has(Known::DEMONYM) => 20,
            (false, false) if self.has(Known::CALENDAR) => 21,
            (false, false) if self.has(Known::NAME_ENDING) => 22,
            (false, false) => 23 * ordinary as u64,
        }
    }

    pub(crate) const fn is_nothing(self) -> bool {
        self.properties() == 0
    }
}

/// The key of two or three words in a row.
pub(crate) const fn join(first: u64, second: u64) -> u64 {
    mix(first.rotate_left(17), second)
}

/// An open-addressed table of eight-byte entries: four bytes of the key, four of what is known.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lexicon<'m> {
    entries: &'m [u8],
    mask: usize,
}

/// Bytes of one entry.
pub(crate) const ENTRY: usize = 8;
/// How many entries are looked at for one key.
pub(crate) const REACH: usize = 16;

/// Where a key belongs in a table of `mask + 1` entries.
pub(crate) const fn home(key: u64, mask: usize) -> usize {
    (key >> 40) as usize & mask
}

impl<'m> Lexicon<'m> {
    /// A table over a power of two of entries.
    pub(crate) fn new(entries: &'m [u8]) -> Option<Self> {
        let count = entries.len() / ENTRY;
        (count.is_power_of_two() && entries.len().is_multiple_of(ENTRY))
            .then_some(Self { entries, mask: count - 1 })
    }

    pub(crate) fn get(&self, key: u64) -> Known {
        let wanted = (key as u32).to_le_bytes();
        let home = home(key, self.mask);
        for step in 0..REACH {
            let at = ((home + step) & self.mask) * ENTRY;
            let Some([a, b, c, d, known @ ..]) = self.entries.get(at..at + ENTRY) else { break };
            let known = <[u8; 4]>::try_from(known).map_or(0, u32::from_le_bytes);
            if known == 0 {
                break;
            }
            if [*a, *b, *c, *d] == wanted {
                return Known(known);
            }
        }
        Known::default()
    }
}
