//! One kind of number that a state, or somebody in its place, gives out.

use crate::cue::IdWord;
use aside_taxonomy::DataType;

/// What a number needs, besides its form and check digits, to be believed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Trust {
    /// A word that names it.
    Word,
    /// Such a word, or that its country was asked for.
    Home,
    /// Nothing.
    Alone,
}

/// What the number itself proves.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Proof {
    /// Only that it looks right: a word must name it directly.
    Form,
    /// One check digit: one number in ten or eleven passes by chance.
    Digit,
    /// Several check digits, or one and a structure that chance rarely makes.
    Strong,
}

/// A line of the tables: how a number looks, how it is checked, what it is called.
#[derive(Clone, Copy)]
pub(super) struct NationalId {
    pub(super) kind: &'static str,
    pub(super) data_type: DataType,
    /// The countries that give it out: codes of two letters with a space between.
    pub(super) regions: &'static str,
    /// The words that name it; the first is its own.
    pub(super) words: &'static [IdWord],
    /// How it is printed, see [`form`](super::form).
    pub(super) forms: &'static [&'static str],
    /// Whether its characters can be such a number: check digits, dates, ranges.
    pub(super) check: fn(&[u8]) -> bool,
    pub(super) proof: Proof,
    /// What it needs when written as printed, with signs between.
    pub(super) printed: Trust,
    /// What it needs when written without signs.
    pub(super) bare: Trust,
}

impl NationalId {
    /// A number with one check digit that counts only where a word names it.
    pub(super) const fn new(
        kind: &'static str,
        data_type: DataType,
        regions: &'static str,
        words: &'static [IdWord],
        forms: &'static [&'static str],
        check: fn(&[u8]) -> bool,
    ) -> Self {
        Self {
            kind,
            data_type,
            regions,
            words,
            forms,
            check,
            proof: Proof::Digit,
            printed: Trust::Word,
            bare: Trust::Word,
        }
    }

    /// Several check digits, or one and a telling structure.
    pub(super) const fn strong(mut self) -> Self {
        self.proof = Proof::Strong;
        self
    }

    /// No check digit.
    pub(super) const fn form_only(mut self) -> Self {
        self.proof = Proof::Form;
        self
    }

    /// What it needs when written as printed.
    pub(super) const fn printed(mut self, trust: Trust) -> Self {
        self.printed = trust;
        self
    }

    /// What it needs when written without signs.
    pub(super) const fn bare(mut self, trust: Trust) -> Self {
        self.bare = trust;
        self
    }

    /// Believed wherever its country was asked for.
    pub(super) const fn at_home(self) -> Self {
        self.printed(Trust::Home).bare(Trust::Home)
    }

    /// Believed anywhere as printed; without signs where its country was asked for.
    pub(super) const fn telling_form(self) -> Self {
        self.printed(Trust::Alone).bare(Trust::Home)
    }

    /// Believed anywhere.
    pub(super) const fn alone(self) -> Self {
        self.printed(Trust::Alone).bare(Trust::Alone)
    }

    /// Whether one of the regions gives it out.
    pub(super) fn is_of(&self, regions: &[crate::Region]) -> bool {
        regions.iter().any(|region| self.regions.split(' ').any(|code| code == region.code()))
    }
}

/// The check of a number that has none.
pub(super) fn any(_: &[u8]) -> bool {
    true
}
