//! The proof that a reveal was recorded, which alone lets a value be opened.

use crate::{Result, Store};
use aside_model::{
    AgentId, BrandId, Command, ConversationId, Effect, EntryId, Guard, Outcome, Purpose, Refusal, ValueId,
    rows::EntryRow,
};

/// What is to be opened, by whom, and why.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reveal {
    /// Whose data.
    pub brand: BrandId,
    /// The value to open.
    pub value: ValueId,
    /// The conversation it is needed for.
    pub conversation: ConversationId,
    /// Who opens it.
    pub agent: AgentId,
    /// What for.
    pub purpose: Purpose,
}

/// Says that the ledger entry of exactly this reveal is durable. It cannot be made, copied or changed
/// outside this module: [`record_reveal`] makes it after the commit, and whoever opens the value uses it up.
#[derive(Debug)]
pub struct Receipt {
    reveal: Reveal,
    entry: EntryId,
}

impl Receipt {
    /// What may be opened with it.
    pub const fn reveal(&self) -> &Reveal {
        &self.reveal
    }

    /// The ledger entry that recorded it.
    pub const fn entry(&self) -> EntryId {
        self.entry
    }
}

/// Whether a reveal was recorded.
#[derive(Debug)]
pub enum RevealOutcome {
    /// It was; the value may be opened once.
    Recorded(Receipt),
    /// A guard refused, for instance a spent budget. Nothing was recorded.
    Refused(Refusal),
}

/// Records a reveal with its guards (budget, living keyring). Only when the entry is durable does a
/// [`Receipt`] come back.
pub async fn record_reveal(
    store: &dyn Store,
    reveal: Reveal,
    guards: Vec<Guard>,
    entry: EntryRow,
) -> Result<RevealOutcome> {
    let id = entry.entry;
    let command = Command {
        brand: reveal.brand,
        guards,
        effects: vec![Effect::AddEntry(entry), Effect::Announce(Some(reveal.conversation), None, "revealed")],
    };
    if aside_model::sabotage::on(aside_model::sabotage::Switch::RevealBeforeEntry) {
        return Ok(RevealOutcome::Recorded(Receipt { reveal, entry: id }));
    }
    Ok(match store.apply(command).await? {
        Outcome::Applied(_) => RevealOutcome::Recorded(Receipt { reveal, entry: id }),
        Outcome::Refused(refusal) => RevealOutcome::Refused(refusal),
    })
}
