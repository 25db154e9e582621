//! The word lists of `words.toml`.

use aside_model::DataType;
use serde::Deserialize;
use std::{collections::BTreeMap, sync::LazyLock};

/// The lists, read once.
pub(super) static WORDS: LazyLock<Words> = LazyLock::new(|| {
    toml::from_str(include_str!("words.toml"))
        .expect("the word lists come with the program, and tests read them")
});

/// Phrases by data type.
pub(super) type Names = BTreeMap<DataType, Vec<String>>;

/// What each list is for stands beside it in `words.toml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Words {
    pub(super) negations: Vec<String>,
    pub(super) warnings: Vec<String>,
    pub(super) turns: Vec<String>,
    pub(super) yours: Vec<String>,
    pub(super) ours: Vec<String>,
    pub(super) we: Vec<String>,
    pub(super) you: Vec<String>,
    pub(super) ifs: Vec<String>,
    pub(super) which: Vec<String>,
    pub(super) joins: Vec<String>,
    pub(super) we_will: Vec<String>,
    pub(super) between_subject_and_verb: Vec<String>,
    pub(super) to_you: Vec<String>,
    pub(super) to_us: Vec<String>,
    pub(super) places: Vec<String>,
    pub(super) any: Vec<String>,
    pub(super) last: Vec<String>,
    pub(super) please: Vec<String>,
    pub(super) fillers: Vec<String>,
    pub(super) may_we: Vec<String>,
    pub(super) have_it: Vec<String>,
    pub(super) before: Verbs,
    pub(super) after: Verbs,
    pub(super) names: Names,
    pub(super) own_names: Names,
    pub(super) questions: Names,
}

/// Words that ask, by who does what they say.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Verbs {
    give: Vec<String>,
    #[serde(default)]
    need: Vec<String>,
    ask: Vec<String>,
}

/// Who does what a verb says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Verb {
    /// The customer gives.
    Give,
    /// The brand needs.
    Need,
    /// A question or a request by its form.
    Ask,
}

impl Verbs {
    /// The lists with what they are.
    pub(super) fn lists(&self) -> [(Verb, &[String]); 3] {
        [(Verb::Give, &self.give), (Verb::Need, &self.need), (Verb::Ask, &self.ask)]
    }
}
