//! A pack as it is written in TOML.

use crate::{Action, Date};
use aside_model::{Certainty, DataType, Direction, Rung};
use serde::{Deserialize, Serialize};
use toml::Spanned;

/// Who speaks in a pack.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Issuer {
    /// A statute or regulation.
    Law,
    /// An industry's standard.
    Standard,
    /// A network's terms.
    Platform,
    /// The brand itself.
    #[default]
    Brand,
}

impl Issuer {
    /// Whether the pack knows the packs before it. Laws, standards and networks speak each for itself: one
    /// may ask for less than another without wanting to loosen it, and the strictest holds. A brand's pack
    /// is written for the packs before it, so that asking for less there is a mistake.
    pub(crate) const fn builds_on_packs_before(self) -> bool {
        matches!(self, Issuer::Brand)
    }
}

/// How a provision was read by whoever wrote the rule.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reading {
    /// The official text.
    Primary,
    /// The official text as quoted by somebody else.
    Quoted,
    /// Somebody's summary.
    Secondary,
    /// From memory; nobody checked it for this version.
    #[default]
    Background,
}

/// Whether something is law yet.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// It applies.
    InForce,
    /// It is decided and applies later.
    Pending,
    /// It is proposed.
    Proposal,
}

/// How a duration is counted.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Hours, running through nights and weekends.
    Hours,
    /// Days, running through weekends.
    CalendarDays,
    /// Working days of the jurisdiction.
    BusinessDays,
    /// Calendar months.
    Months,
}

/// A duration or limit that a law, a standard or a network sets; nothing here enforces it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fact {
    /// Its name within the pack.
    pub id: String,
    /// Where it holds, for instance `EU`, `US-CA`, `worldwide`.
    pub jurisdiction: String,
    /// The law, standard or terms.
    pub instrument: String,
    /// What it says, in one line.
    pub title: String,
    /// How much, if it can be counted.
    pub value: Option<u32>,
    /// Of what.
    pub unit: Option<Unit>,
    /// What starts the clock.
    pub start_event: Option<String>,
    /// How it can be extended.
    pub extension: Option<String>,
    /// From when on it applies.
    pub threshold: Option<String>,
    /// Whether it is law yet.
    pub status: Status,
    /// Article, section or requirement.
    pub provision: String,
    /// The publisher's address of the text.
    pub source: String,
    /// When the source was last looked at.
    pub verified_on: Date,
    /// How the source was read.
    #[serde(default)]
    pub read: Reading,
}

/// A pack's head.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Pack {
    /// Its name, for instance `gdpr`.
    pub id: String,
    /// Its version.
    pub version: String,
    /// What it is.
    pub title: String,
    /// Who speaks in it.
    pub issuer: Issuer,
    /// Since when it is in force.
    pub from: Date,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WrittenPack {
    pub(crate) id: String,
    pub(crate) version: String,
    pub(crate) title: String,
    #[serde(default)]
    pub(crate) issuer: Issuer,
    pub(crate) from: Date,
    #[serde(default)]
    pub(crate) rule: Vec<Spanned<WrittenRule>>,
    #[serde(default)]
    pub(crate) combination: Vec<Spanned<WrittenCombination>>,
    #[serde(default)]
    pub(crate) fact: Vec<Spanned<Fact>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WrittenRule {
    pub(crate) types: Vec<DataType>,
    #[serde(default)]
    pub(crate) kinds: Vec<String>,
    #[serde(default)]
    pub(crate) certainty: Vec<Certainty>,
    #[serde(default)]
    pub(crate) both: PerRung,
    #[serde(default)]
    pub(crate) inbound: PerRung,
    #[serde(default)]
    pub(crate) outbound: PerRung,
    pub(crate) why: Option<String>,
    pub(crate) provision: String,
    pub(crate) source: String,
    pub(crate) verified_on: Date,
    #[serde(default)]
    pub(crate) read: Reading,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WrittenCombination {
    pub(crate) name: String,
    pub(crate) all_of: Vec<Vec<String>>,
    #[serde(default)]
    pub(crate) both: PerRung,
    #[serde(default)]
    pub(crate) inbound: PerRung,
    #[serde(default)]
    pub(crate) outbound: PerRung,
    pub(crate) why: String,
    pub(crate) provision: String,
    pub(crate) source: String,
    pub(crate) verified_on: Date,
    #[serde(default)]
    pub(crate) read: Reading,
}

/// What is said for each rung.
#[derive(Clone, Copy, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PerRung {
    public: Option<Action>,
    direct: Option<Action>,
    secure: Option<Action>,
    voice: Option<Action>,
}

impl PerRung {
    pub(crate) const fn on(self, rung: Rung) -> Option<Action> {
        match rung {
            Rung::Public => self.public,
            Rung::Direct => self.direct,
            Rung::Secure => self.secure,
            Rung::Voice => self.voice,
        }
    }
}

/// What `both`, `inbound` and `outbound` say together.
#[derive(Clone, Copy)]
pub(crate) struct Said {
    pub(crate) both: PerRung,
    pub(crate) inbound: PerRung,
    pub(crate) outbound: PerRung,
}

impl Said {
    /// Every place that something is said for.
    pub(crate) fn places(self) -> impl Iterator<Item = (Rung, Direction, Action)> {
        Rung::ALL.iter().flat_map(move |&rung| {
            let of = |direction, own: PerRung| {
                [own.on(rung), self.both.on(rung)]
                    .into_iter()
                    .flatten()
                    .map(move |action| (rung, direction, action))
            };
            of(Direction::Inbound, self.inbound).chain(of(Direction::Outbound, self.outbound))
        })
    }
}

impl WrittenRule {
    pub(crate) const fn said(&self) -> Said {
        Said { both: self.both, inbound: self.inbound, outbound: self.outbound }
    }
}

impl WrittenCombination {
    pub(crate) const fn said(&self) -> Said {
        Said { both: self.both, inbound: self.inbound, outbound: self.outbound }
    }
}
