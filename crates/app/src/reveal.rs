//! Opening a value: for a purpose, within a budget, recorded before it leaves.
//!
//! This is the only module that may hold the key that opens values, and it needs a [`Receipt`] to do so.

use crate::{Acting, App, AppError, Result, record::Entry};
use aside_access::{Action, Budget};
use aside_model::{
    Command, ConversationId, Effect, Guard, Purpose, Raw, ValueId,
    rows::ValueRow,
    sabotage::{self, Switch},
};
use aside_store::{Receipt, Reveal, RevealOutcome, record_reveal};
use std::time::Duration;

/// How long an opened value is shown.
const SHOWN_SECONDS: u32 = 30;

/// What came of asking for a value.
pub enum RevealAnswer {
    /// Here it is, once.
    Opened {
        /// The value in clear.
        value: Raw,
        /// What it is, for people.
        label: &'static str,
        /// How long to show it.
        seconds: u32,
    },
    /// No, and why.
    Denied(String),
}

impl App {
    /// Opens a value of a conversation. The ledger entry is durable before this returns `Opened`.
    pub async fn reveal(
        &self,
        acting: &Acting,
        conversation: ConversationId,
        value: ValueId,
        purpose: Purpose,
    ) -> Result<RevealAnswer> {
        let brand = acting.brand;
        let row = self.store.value(brand, value).await?.ok_or(AppError::NotFound)?;
        let about = self.store.conversation(brand, conversation).await?.ok_or(AppError::NotFound)?;
        if row.conversation != conversation {
            return Err(AppError::NotFound);
        }
        let wish = aside_access::Reveal {
            purpose,
            data_type: row.data_type,
            assignment: crate::permit::reach(acting, &about),
        };
        let budget = match self.permit(acting, Action::Reveal(wish)) {
            Ok(budget) => budget,
            Err(AppError::Denied(why)) => {
                self.record_refusal(acting, &row, "not_permitted").await?;
                return Ok(RevealAnswer::Denied(why));
            }
            Err(other) => return Err(other),
        };
        // A reveal without a budget is none.
        let Budget { limit, window } = budget.unwrap_or(Budget { limit: 0, window: Duration::from_hours(1) });
        let now = self.clock.now();
        let mut guards = vec![Guard::KeyAlive(row.keyring)];
        if !sabotage::on(Switch::BudgetIgnored) {
            guards.push(Guard::Take { counter: format!("reveal/{}", acting.agent), window, limit, now });
        }
        let entry = Entry::of("revealed")
            .conversation(conversation)
            .fact("agent", acting.agent.to_string())
            .fact("value", value.to_string())
            .fact("type", row.data_type.id())
            .fact("purpose", purpose.name());
        let entry = self.entry(brand, now, entry)?;
        let reveal = Reveal { brand, value, conversation, agent: acting.agent, purpose };
        match record_reveal(&*self.store, reveal, guards, entry).await? {
            RevealOutcome::Recorded(receipt) => {
                let opened = self.open_value(&row, receipt).await?;
                self.counts.reveals.add(1);
                Ok(RevealAnswer::Opened {
                    value: opened,
                    label: row.data_type.label(),
                    seconds: SHOWN_SECONDS,
                })
            }
            RevealOutcome::Refused(refusal) => {
                let (code, why) = match refusal.guard {
                    Guard::Take { .. } => (
                        "budget_spent",
                        format!(
                            "Your budget of {limit} openings is spent; it fills up again within {} minutes.",
                            window.as_secs() / 60
                        ),
                    ),
                    _ => ("gone", "The value is not there any more.".to_owned()),
                };
                self.record_refusal(acting, &row, code).await?;
                Ok(RevealAnswer::Denied(why))
            }
        }
    }

    /// Opens a value against the receipt of its recorded reveal, which is used up.
    async fn open_value(&self, row: &ValueRow, receipt: Receipt) -> Result<Raw> {
        if receipt.reveal().value != row.value || receipt.reveal().brand != row.brand {
            return Err(AppError::Failed("a receipt for another value".into()));
        }
        let ring = self.ring(row.brand, row.keyring).await?;
        #[expect(
            clippy::disallowed_methods,
            reason = "the one place that opens values, and only with a receipt"
        )]
        let key = ring.keys.open_values();
        Ok(key.open(&ring.place(row.value.bytes(), "value"), &row.value_sealed)?)
    }

    async fn record_refusal(&self, acting: &Acting, row: &ValueRow, why: &'static str) -> Result<()> {
        let entry = Entry::of("reveal_refused")
            .conversation(row.conversation)
            .fact("agent", acting.agent.to_string())
            .fact("type", row.data_type.id())
            .fact("why", why);
        let entry = self.entry(acting.brand, self.clock.now(), entry)?;
        self.store.apply(Command::new(acting.brand).effect(Effect::AddEntry(entry))).await?;
        Ok(())
    }
}
