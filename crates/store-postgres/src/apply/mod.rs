//! Carrying out commands: from effects to statements. No business rule lives here.
//!
//! An effect that changes or removes a row that is not there changes nothing; one that adds a row naming a
//! missing one fails, and with it the whole command.

pub(crate) mod conversations;
pub(crate) mod erasure;
pub(crate) mod handles;
pub(crate) mod numbers;
pub(crate) mod outbox;
pub(crate) mod people;
pub(crate) mod plain;
pub(crate) mod purge;
pub(crate) mod transaction;
pub(crate) mod vault;

use crate::{
    cells::{Stored, columns},
    conn::Step,
};
use aside_model::{BrandId, Command, CustomerId, Effect, Time, rows::EntryRow};
use aside_store::{Result, StoreError};
use conversations::Change;
use numbers::Numbers;

/// What is done in a transaction, in order.
pub(crate) enum Part {
    /// Statements that need no answer.
    Steps(Vec<Step>),
    /// Entries and live events, numbered for the brand.
    Numbers(Numbers),
    /// An entry gets the place that it has in the log.
    Restore(EntryRow),
    /// Everything about a customer is destroyed.
    Erase(CustomerId),
}

/// The parts of one command, effect by effect.
pub(crate) struct Plan {
    brand: BrandId,
    /// The present moment by the store's clock, for what carries no time of its own.
    now: Time,
    parts: Vec<Part>,
    steps: Vec<Step>,
    numbers: Numbers,
}

impl Plan {
    /// Every effect in the order given, but for what is numbered: the brand's row is locked for that, so it
    /// comes last, or before whatever might add or remove what it names.
    pub(crate) fn of(command: &Command, now: Time) -> Vec<Part> {
        let (steps, numbers) = (Vec::new(), Numbers::default());
        let mut plan = Self { brand: command.brand, now, parts: Vec::new(), steps, numbers };
        for effect in &command.effects {
            plan.effect(effect);
        }
        plan.flush();
        plan.parts
    }

    fn flush(&mut self) {
        if !self.steps.is_empty() {
            self.parts.push(Part::Steps(std::mem::take(&mut self.steps)));
        }
        if !self.numbers.is_empty() {
            self.parts.push(Part::Numbers(std::mem::take(&mut self.numbers)));
        }
    }

    fn then(&mut self, sql: &'static str, given: Vec<crate::cells::Value>) {
        self.steps.push(Step::new(sql, given));
    }

    fn add<T: Stored>(&mut self, row: &T) {
        self.steps.push(insert(&[row]));
    }

    fn effect(&mut self, effect: &Effect) {
        if matches!(effect, Effect::AddConversation(_) | Effect::AddMessage(_)) && !self.numbers.is_empty() {
            self.flush();
        }
        match effect {
            Effect::AddBrand(row) => self.add(row),
            Effect::PutConnection(row) => self.add(row),
            Effect::PutChannel(row) => self.add(row),
            Effect::PutAgent(row) => self.add(row),
            Effect::PutNotice(row) => self.add(row),
            Effect::AddConversation(row) => self.add(row),
            Effect::UpdateConversation(change) => self.steps.push(Change::of(change).step(self.brand)),
            Effect::AddThread(row) => self.add(row),
            Effect::ThreadHeard(thread, at) => {
                self.steps.push(conversations::heard(self.brand, [(*thread, *at)]));
            }
            Effect::AddMessage(row) => {
                self.add(row);
                self.steps.push(Change::said(row).step(self.brand));
            }
            Effect::ReplaceBody { message, body, checks, edited_at } => {
                self.replace_body(*message, body, *checks, *edited_at);
            }
            Effect::MessageBecame { message, state, provider, reason } => {
                self.message_became(*message, *state, provider.as_ref(), reason.as_ref());
            }
            Effect::RemoveMessage(message, at) => self.remove_message(*message, *at),
            Effect::AddValue(row) => self.add(row),
            Effect::DropValue(value) => self.drop_value(*value),
            Effect::AddHold(row) => self.add(row),
            Effect::DropHold(hold) => self.drop_hold(*hold),
            Effect::ResealHold { hold, drop_box, value } => self.reseal_hold(*hold, *drop_box, value),
            Effect::RewrapKeyring(keyring, epoch, wrapped) => self.rewrap_keyring(*keyring, *epoch, wrapped),
            Effect::AddLink(row) => self.add(row),
            Effect::RedeemLink(link, at) => self.redeem_link(*link, *at),
            Effect::AddSession(row) => self.add(row),
            Effect::SessionSeen(session, at) => self.session_seen(*session, *at),
            Effect::EndSession(session) => self.end_session(*session),
            Effect::EndAgentSessions(agent) => self.end_agent_sessions(*agent),
            Effect::AddCode(row) => self.add(row),
            Effect::UseCode(code, at) => self.use_code(*code, *at),
            Effect::MoveHandle(handle, customer) => self.move_handle(*handle, *customer),
            Effect::MoveConversation(conversation, customer) => {
                self.move_conversation(*conversation, *customer);
            }
            Effect::AddEntry(row) => self.numbers.entry(row),
            Effect::RestoreEntry(row) => {
                self.flush();
                self.parts.push(Part::Restore(row.clone()));
            }
            Effect::RestartLog(row) => {
                self.flush();
                self.restart_log(row);
            }
            Effect::AddCheckpoint(row) => self.add(row),
            Effect::AddJob(row) => self.add(row),
            Effect::JobBecame { job, state, attempts, due_at, error } => {
                self.job_became(*job, *state, *attempts, *due_at, error.as_ref());
            }
            Effect::Announce(conversation, message, kind) => {
                self.numbers.event(*conversation, *message, kind, self.now);
            }
            Effect::EraseCustomer(customer) => {
                self.flush();
                self.parts.push(Part::Erase(*customer));
            }
            Effect::Purge(kind, before) => {
                self.flush();
                self.purge(*kind, *before);
            }
        }
    }
}

/// The statement that inserts rows of one kind.
fn insert<T: Stored>(rows: &[&T]) -> Step {
    Step::new(T::INSERT, columns(rows.iter().map(|row| row.cells())))
}

/// Refuses a command that carries a row of another brand than its own.
pub(crate) fn must_be_its_own(command: &Command) -> Result<()> {
    let own = command.effects.iter().all(|effect| match effect {
        Effect::AddBrand(row) => row.brand == command.brand,
        Effect::PutConnection(row) => row.brand == command.brand,
        Effect::PutChannel(row) => row.brand == command.brand,
        Effect::PutAgent(row) => row.brand == command.brand,
        Effect::PutNotice(row) => row.brand == command.brand,
        Effect::AddConversation(row) => row.brand == command.brand,
        Effect::AddThread(row) => row.brand == command.brand,
        Effect::AddMessage(row) => row.brand == command.brand,
        Effect::AddValue(row) => row.brand == command.brand,
        Effect::AddHold(row) => row.brand == command.brand,
        Effect::AddLink(row) => row.brand == command.brand,
        Effect::AddSession(row) => row.brand == command.brand,
        Effect::AddCode(row) => row.brand == command.brand,
        Effect::AddEntry(row) | Effect::RestoreEntry(row) | Effect::RestartLog(row) => {
            row.brand == command.brand
        }
        Effect::AddCheckpoint(row) => row.brand == command.brand,
        Effect::AddJob(row) => row.brand == command.brand,
        Effect::UpdateConversation(_)
        | Effect::ThreadHeard(..)
        | Effect::ReplaceBody { .. }
        | Effect::MessageBecame { .. }
        | Effect::RemoveMessage(..)
        | Effect::DropValue(_)
        | Effect::DropHold(_)
        | Effect::ResealHold { .. }
        | Effect::RewrapKeyring(..)
        | Effect::RedeemLink(..)
        | Effect::SessionSeen(..)
        | Effect::EndSession(_)
        | Effect::EndAgentSessions(_)
        | Effect::UseCode(..)
        | Effect::MoveHandle(..)
        | Effect::MoveConversation(..)
        | Effect::JobBecame { .. }
        | Effect::Announce(..)
        | Effect::EraseCustomer(_)
        | Effect::Purge(..) => true,
    });
    if own {
        Ok(())
    } else {
        Err(StoreError::Failed("a command of one brand carries a row of another".into()))
    }
}
