//! Carrying out a command: its guards, then its effects in order, within the transaction of the
//! writer. No business rule lives here.
//!
//! An effect that changes or removes a row that is not there changes nothing; one that adds a row naming a
//! missing one fails, and with it the whole command.

pub(crate) mod conversations;
pub(crate) mod erasure;
pub(crate) mod handles;
pub(crate) mod ledger;
pub(crate) mod outbox;
pub(crate) mod people;
pub(crate) mod purge;
pub(crate) mod vault;

use crate::{
    announce::Changed,
    cells::Stored,
    error, guards,
    writer::{Done, Left},
};
use aside_model::{Applied, BrandId, Command, Effect, Guard, Outcome, Refusal, Time};
use aside_store::{Result, StoreError};
use rusqlite::Connection;

/// What every effect of a command works with.
pub(crate) struct Scope<'a> {
    conn: &'a Connection,
    brand: BrandId,
    /// The present moment by the store's clock, for what carries no time of its own.
    now: Time,
    changed: Changed,
    /// First and last live event of the command.
    events: Option<(i64, i64)>,
    /// Whether a purge may have left something.
    more: bool,
}

impl<'a> Scope<'a> {
    /// For one command of a brand.
    pub(crate) fn new(conn: &'a Connection, brand: BrandId, now: Time) -> Self {
        Self { conn, brand, now, changed: Changed::default(), events: None, more: false }
    }
}

impl Scope<'_> {
    /// Inserts a row, which must be the command's brand's own.
    fn insert<T: Stored>(&self, row: &T) -> Result<()> {
        self.own(row.brand())?;
        let mut insert = self.conn.prepare_cached(T::INSERT).map_err(error::write)?;
        row.bind(&mut insert).map(drop).map_err(error::write)
    }

    /// Refuses a row of another brand.
    fn own(&self, brand: BrandId) -> Result<()> {
        if brand == self.brand {
            Ok(())
        } else {
            Err(StoreError::Failed("a command of one brand carries a row of another".into()))
        }
    }
}

/// Carries a command out, or says which guard refused it.
pub(crate) fn command(conn: &Connection, now: Time, command: &Command) -> Result<Done<Outcome>> {
    let mut left = Left::Nothing;
    for guard in &command.guards {
        if !guards::holds(conn, command.brand, now, guard)? {
            return Ok(Done { answer: Outcome::Refused(Refusal { guard: guard.clone() }), left });
        }
        if matches!(guard, Guard::Take { .. } | Guard::Once(_)) {
            left = Left::Remains;
        }
    }
    let mut scope = Scope::new(conn, command.brand, now);
    for effect in &command.effects {
        scope.carry_out(effect)?;
    }
    scope.changed.event = scope.events.map(|(_, last)| (command.brand, last));
    Ok(Done::kept(Outcome::Applied(Applied { events: scope.events, more: scope.more }), scope.changed))
}

impl Scope<'_> {
    fn carry_out(&mut self, effect: &Effect) -> Result<()> {
        match effect {
            Effect::AddBrand(row) => self.insert(row),
            Effect::PutConnection(row) => self.insert(row),
            Effect::PutChannel(row) => self.insert(row),
            Effect::PutAgent(row) => self.insert(row),
            Effect::PutNotice(row) => self.insert(row),
            Effect::AddConversation(row) => {
                self.must_stay(row.customer)?;
                self.insert(row)
            }
            Effect::UpdateConversation(change) => self.update_conversation(change),
            Effect::AddThread(row) => self.insert(row),
            Effect::ThreadHeard(thread, at) => self.thread_heard(*thread, *at),
            Effect::AddMessage(row) => self.add_message(row),
            Effect::ReplaceBody { message, body, checks, edited_at } => {
                self.replace_body(*message, body, *checks, *edited_at)
            }
            Effect::MessageBecame { message, state, provider, reason } => {
                self.message_became(*message, *state, provider.as_ref(), reason.as_ref())
            }
            Effect::RemoveMessage(message, at) => self.remove_message(*message, *at),
            Effect::AddValue(row) => self.insert(row),
            Effect::DropValue(value) => self.drop_value(*value),
            Effect::AddHold(row) => self.insert(row),
            Effect::DropHold(hold) => self.drop_hold(*hold),
            Effect::ResealHold { hold, drop_box, value } => self.reseal_hold(*hold, *drop_box, value),
            Effect::RewrapKeyring(keyring, epoch, wrapped) => self.rewrap_keyring(*keyring, *epoch, wrapped),
            Effect::AddLink(row) => self.insert(row),
            Effect::RedeemLink(link, at) => self.redeem_link(*link, *at),
            Effect::AddSession(row) => self.insert(row),
            Effect::SessionSeen(session, at) => self.session_seen(*session, *at),
            Effect::EndSession(session) => self.end_session(*session),
            Effect::EndAgentSessions(agent) => self.end_agent_sessions(*agent),
            Effect::AddCode(row) => self.insert(row),
            Effect::UseCode(code, at) => self.use_code(*code, *at),
            Effect::MoveHandle(handle, customer) => self.move_handle(*handle, *customer),
            Effect::MoveConversation(conversation, customer) => {
                self.move_conversation(*conversation, *customer)
            }
            Effect::AddEntry(row) => self.add_entry(row),
            Effect::RestoreEntry(row) => self.restore_entry(row),
            Effect::RestartLog(row) => self.restart_log(row),
            Effect::AddCheckpoint(row) => self.insert(row),
            Effect::AddJob(row) => self.add_job(row),
            Effect::JobBecame { job, state, attempts, due_at, error } => {
                self.job_became(*job, *state, *attempts, *due_at, error.as_ref())
            }
            Effect::Announce(conversation, message, kind) => self.announce(*conversation, *message, kind),
            Effect::EraseCustomer(customer) => self.erase(*customer),
            Effect::Purge(kind, before) => self.purge(*kind, *before),
        }
    }
}
