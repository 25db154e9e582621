//! What may be exchanged on a rung, for the panel beside the composer, and what an update changes.

use crate::{Action, Rules, table::Place};
use aside_model::{Certainty, DataType, Direction, Rung};
use aside_taxonomy::Class;
use serde::Serialize;

/// Whether something may be exchanged here.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Yes.
    Allowed,
    /// Yes, though another place is better.
    Warned,
    /// No.
    NotHere,
}

impl Verdict {
    /// The verdict in words for people.
    pub const fn name(self) -> &'static str {
        match self {
            Verdict::Allowed => "allowed",
            Verdict::Warned => "warned",
            Verdict::NotHere => "not here",
        }
    }
}

impl From<Action> for Verdict {
    fn from(action: Action) -> Self {
        match action {
            Action::Allow => Verdict::Allowed,
            Action::Warn => Verdict::Warned,
            Action::Mask | Action::Block => Verdict::NotHere,
        }
    }
}

/// What may be exchanged of one data type. Kinds that differ from the rest of their type stand apart.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Exchange {
    /// The type.
    #[serde(rename = "type")]
    pub data_type: DataType,
    /// The kinds of the type that this is about.
    pub kinds: Vec<&'static str>,
    /// The type's name for people.
    pub label: &'static str,
    /// The type's class, by name.
    pub class: &'static str,
    /// What the rule says about what the customer writes.
    pub inbound_action: Action,
    /// Whether the customer may write it here.
    pub inbound: Verdict,
    /// What the rule says about what the brand writes.
    pub outbound_action: Action,
    /// Whether the brand may write it here.
    pub outbound: Verdict,
    /// The provision behind the stricter of the two.
    pub provision: String,
    /// The publisher's address of the provision.
    pub source: String,
}

/// One place where two sets of rules differ.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Change {
    /// The type.
    #[serde(rename = "type")]
    pub data_type: DataType,
    /// The kind within the type.
    pub kind: &'static str,
    /// The rung.
    pub rung: Rung,
    /// The direction.
    pub direction: Direction,
    /// The certainty.
    pub certainty: Certainty,
    /// What stood before.
    pub from: Action,
    /// What stands now.
    pub to: Action,
    /// The pack that says so now.
    pub pack: String,
    /// The provision it names.
    pub provision: String,
}

impl Rules {
    /// What may be exchanged on a rung and what not, in the taxonomy's order.
    pub fn exchange(&self, rung: Rung) -> Vec<Exchange> {
        let mut lines: Vec<Exchange> = Vec::new();
        for (data_type, kind) in crate::table::slots() {
            let at = |direction| {
                let place = Place { data_type, kind, rung, direction, certainty: Certainty::Certain };
                self.table.at(place)
            };
            let (inbound, outbound) = (at(Direction::Inbound), at(Direction::Outbound));
            let same = lines.iter_mut().find(|line| {
                (line.data_type, line.inbound_action, line.outbound_action)
                    == (data_type, inbound.action, outbound.action)
            });
            if let Some(line) = same {
                line.kinds.push(kind);
                continue;
            }
            let stricter = if outbound.action > inbound.action { outbound } else { inbound };
            let cited = &self.citations[stricter.citation];
            lines.push(Exchange {
                data_type,
                kinds: vec![kind],
                label: data_type.label(),
                class: Class::name(data_type.class()),
                inbound_action: inbound.action,
                inbound: inbound.action.into(),
                outbound_action: outbound.action,
                outbound: outbound.action.into(),
                provision: cited.provision.clone(),
                source: cited.source.clone(),
            });
        }
        lines
    }

    /// The dry run of an update: every place where other rules decide differently.
    pub fn changes_to(&self, other: &Rules) -> Vec<Change> {
        Place::all()
            .filter_map(|place| {
                let (old, new) = (self.table.at(place), other.table.at(place));
                let (from, to) = (place.effect(old.action, old.exact), place.effect(new.action, new.exact));
                let cited = &other.citations[new.citation];
                (from != to).then(|| Change {
                    data_type: place.data_type,
                    kind: place.kind,
                    rung: place.rung,
                    direction: place.direction,
                    certainty: place.certainty,
                    from,
                    to,
                    pack: cited.pack.clone(),
                    provision: cited.provision.clone(),
                })
            })
            .collect()
    }
}
