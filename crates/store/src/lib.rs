//! Storage as traits per area.
//!
//! Writes are [`Command`]s: a backend applies one atomically or refuses it by name of a guard, and no
//! transaction is ever lent to a caller. Reads are ordinary async methods, each of which takes the brand.
//! The few that find out *which* brand a request is for are in [`Doorway`] and nowhere else.
//!
//! # Adding a read
//!
//! 1. Put the method into the trait of its area here, with what it returns when nothing is there.
//! 2. Add a test to `conformance` that fails without it.
//! 3. Implement it in each backend; both run the same suite.

mod error;
mod receipt;
mod tiles;
pub mod transfer;

#[cfg(feature = "conformance")]
#[expect(clippy::unwrap_used, reason = "these are tests, written here so that every backend can run them")]
pub mod conformance;

pub use error::StoreError;
pub use receipt::{Receipt, Reveal, RevealOutcome, record_reveal};
pub use tiles::{FolderTiles, Tiles};

use aside_model::{
    AgentId, BrandId, ChannelId, CodeId, Command, ConnectionId, ConversationId, ConversationState,
    CustomerId, HandleId, HoldId, JobId, JobState, KeyringId, LinkId, MessageId, Network, Outcome, SessionId,
    ThreadId, Time, ValueId,
    rows::{
        AgentRow, BrandRow, ChannelRow, CheckpointRow, CodeRow, ConnectionRow, ConversationRow, EntryRow,
        EventRow, HandleRow, HoldRow, JobRow, KeyringRow, LinkRow, MessageRow, NewHandle, NoticeRow,
        SessionRow, ThreadRow, ValueRow,
    },
};
use async_trait::async_trait;
use std::time::Duration;

/// What a store answers with.
pub type Result<T, E = StoreError> = std::result::Result<T, E>;

/// Everything a backend does.
pub trait Store:
    Writes + Doorway + Conversations + People + Vault + Ledger + Outbox + Events + transfer::Transfer + 'static
{
}
impl<
    T: Writes
        + Doorway
        + Conversations
        + People
        + Vault
        + Ledger
        + Outbox
        + Events
        + transfer::Transfer
        + 'static,
> Store for T
{
}

/// The one road by which anything changes.
#[async_trait]
pub trait Writes: Send + Sync {
    /// Applies a command or refuses it by guard. When this returns `Applied`, the effects are durable.
    async fn apply(&self, command: Command) -> Result<Outcome>;

    /// Adds the handle with its customer and keyring unless one with the same address exists. Returns the
    /// handle and keyring that are in the store afterwards, whoever put them there.
    async fn ensure_handle(&self, new: NewHandle) -> Result<(HandleRow, KeyringRow)>;

    /// Destroys the next rows of a customer of the brand who is being erased ([`Effect::EraseCustomer`] was the
    /// first step), from the leaves up, in a short transaction of its own: about `limit` rows, and what hangs on
    /// the last message among them. Returns how many; 0 when nobody of the brand is being erased any more. What
    /// came in about the customer meanwhile goes, too.
    ///
    /// [`Effect::EraseCustomer`]: aside_model::Effect::EraseCustomer
    async fn erase_more(&self, brand: BrandId, limit: u32) -> Result<u32>;

    /// Takes or renews the lead of the brand's sequencing for `holder`, until `now + lease`. Returns the lead's
    /// fence: the same as before for the holder who has it, a higher one for each new holder. `None` while
    /// somebody else's lease lasts. A lease that ends later than two from now on was given by a clock that was
    /// wrong, and counts as over: the fence keeps its holder from writing. With a lease of zero whoever leads
    /// gives the lead back, and nobody else's is touched.
    async fn lead(&self, brand: BrandId, holder: [u8; 16], now: Time, lease: Duration)
    -> Result<Option<i64>>;

    /// Gives the next unsequenced entries of the brand their places in the log, at most `limit`, in a
    /// transaction of its own. Returns how many. Fails with [`StoreError::LeadLost`], and changes nothing, when
    /// `fence` is not the brand's newest.
    async fn sequence(&self, brand: BrandId, fence: i64, limit: u32) -> Result<u32>;

    /// Takes up to `limit` jobs of any brand for one worker, leased until `now + lease`. A due job is handed
    /// out as `running`, to be carried out. A running job whose lease is over comes first and is handed out as
    /// `unknown`, not to be carried out again: the worker says what became of it. Until somebody has said so
    /// it stays `running` in the store, so that it is handed out again if this worker dies, too.
    ///
    /// A job that sends a message ([`JobKind::sends_a_message`](aside_model::JobKind)) is not handed out while
    /// one of the same thread that was created before it is due, now or later, or running: what a customer
    /// reads comes in the order in which it was written, however many workers there are. Jobs created at the
    /// same moment are in the order of their ids. No due job on one of the `busy` channels is handed out.
    async fn claim_jobs(
        &self,
        now: Time,
        lease: Duration,
        limit: u32,
        busy: &[ChannelId],
    ) -> Result<Vec<JobRow>>;
}

/// Finding out which brand a request is for. The only reads that do not take the brand.
#[async_trait]
pub trait Doorway: Send + Sync {
    /// Every brand, oldest first.
    async fn brands(&self) -> Result<Vec<BrandRow>>;
    /// The connection with this id.
    async fn connection_anywhere(&self, connection: ConnectionId) -> Result<Option<ConnectionRow>>;
    /// The link whose secret has this digest.
    async fn link_anywhere(&self, digest: [u8; 32]) -> Result<Option<LinkRow>>;
    /// The session whose secret has this digest.
    async fn session_anywhere(&self, digest: [u8; 32]) -> Result<Option<SessionRow>>;
    /// The agent who signs in with this login.
    async fn agent_anywhere(&self, login: &str) -> Result<Option<AgentRow>>;
    /// Whether the store answers at all; for `/readyz`.
    async fn ping(&self) -> Result<()>;
}

/// Which conversations an inbox shows.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct InboxFilter {
    /// Only these states; `None` for all.
    pub state: Option<ConversationState>,
    /// Only this agent's.
    pub assigned: Option<AgentId>,
    /// Only conversations whose last message is before this one: the next page.
    pub before: Option<(Time, ConversationId)>,
}

/// Conversations, threads, messages.
#[async_trait]
pub trait Conversations: Send + Sync {
    /// A page of conversations, the one with the newest message first.
    async fn inbox(&self, brand: BrandId, filter: &InboxFilter, limit: u32) -> Result<Vec<ConversationRow>>;
    /// One conversation.
    async fn conversation(
        &self,
        brand: BrandId,
        conversation: ConversationId,
    ) -> Result<Option<ConversationRow>>;
    /// The conversations of a customer, newest first.
    async fn conversations_of(&self, brand: BrandId, customer: CustomerId) -> Result<Vec<ConversationRow>>;
    /// The threads of a conversation, oldest first.
    async fn threads(&self, brand: BrandId, conversation: ConversationId) -> Result<Vec<ThreadRow>>;
    /// One thread.
    async fn thread(&self, brand: BrandId, thread: ThreadId) -> Result<Option<ThreadRow>>;
    /// The newest thread on the channel with this address.
    async fn thread_at(
        &self,
        brand: BrandId,
        channel: ChannelId,
        address_index: [u8; 32],
    ) -> Result<Option<ThreadRow>>;
    /// A page of messages of a conversation in the order they were stored, the newest `limit` before
    /// `before`.
    async fn messages(
        &self,
        brand: BrandId,
        conversation: ConversationId,
        before: Option<MessageId>,
        limit: u32,
    ) -> Result<Vec<MessageRow>>;
    /// The newest message of each conversation, in the order asked; for inbox previews.
    async fn last_messages(
        &self,
        brand: BrandId,
        conversations: &[ConversationId],
    ) -> Result<Vec<MessageRow>>;
    /// The newest messages of a thread by its customer, newest first.
    async fn heard(&self, brand: BrandId, thread: ThreadId, limit: u32) -> Result<Vec<MessageRow>>;
    /// One message.
    async fn message(&self, brand: BrandId, message: MessageId) -> Result<Option<MessageRow>>;
    /// The message that the network knows by this keyed hash, on this channel.
    async fn message_by_provider(
        &self,
        brand: BrandId,
        channel: ChannelId,
        provider_index: [u8; 32],
    ) -> Result<Option<MessageRow>>;
    /// Messages of a thread that we sent and whose state is behind `read`, written at or before the moment;
    /// for watermarks ("everything before it is read").
    async fn sent_until(&self, brand: BrandId, thread: ThreadId, until: Time) -> Result<Vec<MessageRow>>;
}

/// Connections, channels, handles, agents, sessions, links, codes.
#[async_trait]
pub trait People: Send + Sync {
    /// The brand's connections.
    async fn connections(&self, brand: BrandId) -> Result<Vec<ConnectionRow>>;
    /// The brand's channels.
    async fn channels(&self, brand: BrandId) -> Result<Vec<ChannelRow>>;
    /// One channel.
    async fn channel(&self, brand: BrandId, channel: ChannelId) -> Result<Option<ChannelRow>>;
    /// One handle.
    async fn handle(&self, brand: BrandId, handle: HandleId) -> Result<Option<HandleRow>>;
    /// The handle with this address on the network.
    async fn handle_at(
        &self,
        brand: BrandId,
        network: Network,
        address_index: [u8; 32],
    ) -> Result<Option<HandleRow>>;
    /// The handle that a keyring is for.
    async fn handle_of_keyring(&self, brand: BrandId, keyring: KeyringId) -> Result<Option<HandleRow>>;
    /// The handles of a customer, oldest first.
    async fn handles(&self, brand: BrandId, customer: CustomerId) -> Result<Vec<HandleRow>>;
    /// The brand's agents, by login.
    async fn agents(&self, brand: BrandId) -> Result<Vec<AgentRow>>;
    /// One agent.
    async fn agent(&self, brand: BrandId, agent: AgentId) -> Result<Option<AgentRow>>;
    /// One session, if it has not ended.
    async fn session(&self, brand: BrandId, session: SessionId) -> Result<Option<SessionRow>>;
    /// The customers' sessions of a conversation that have not expired at `now`, newest first.
    async fn customer_sessions(
        &self,
        brand: BrandId,
        conversation: ConversationId,
        now: Time,
    ) -> Result<Vec<SessionRow>>;
    /// The links of a conversation that are open at `now`, newest first.
    async fn open_links(
        &self,
        brand: BrandId,
        conversation: ConversationId,
        now: Time,
    ) -> Result<Vec<LinkRow>>;
    /// One link.
    async fn link(&self, brand: BrandId, link: LinkId) -> Result<Option<LinkRow>>;
    /// The newest code that a session asked for.
    async fn code_of(&self, brand: BrandId, session: SessionId) -> Result<Option<CodeRow>>;
    /// One code.
    async fn code(&self, brand: BrandId, code: CodeId) -> Result<Option<CodeRow>>;
    /// The standing notices of the brand's channels.
    async fn notices(&self, brand: BrandId) -> Result<Vec<NoticeRow>>;
}

/// Keyrings, values, holds.
#[async_trait]
pub trait Vault: Send + Sync {
    /// One wrapped keyring; `None` once it is destroyed.
    async fn keyring(&self, brand: BrandId, keyring: KeyringId) -> Result<Option<KeyringRow>>;
    /// Keyrings that are wrapped under another epoch than `epoch`, at most `limit`.
    async fn keyrings_not_at(&self, brand: BrandId, epoch: u32, limit: u32) -> Result<Vec<KeyringRow>>;
    /// One value.
    async fn value(&self, brand: BrandId, value: ValueId) -> Result<Option<ValueRow>>;
    /// The values of a conversation, oldest first.
    async fn values(&self, brand: BrandId, conversation: ConversationId) -> Result<Vec<ValueRow>>;
    /// One hold.
    async fn hold(&self, brand: BrandId, hold: HoldId) -> Result<Option<HoldRow>>;
    /// The holds of a conversation, oldest first.
    async fn holds(&self, brand: BrandId, conversation: ConversationId) -> Result<Vec<HoldRow>>;
    /// Holds that expired before `now`, at most `limit`.
    async fn expired_holds(&self, brand: BrandId, now: Time, limit: u32) -> Result<Vec<HoldRow>>;
}

/// Entries and checkpoints.
#[async_trait]
pub trait Ledger: Send + Sync {
    /// Sequenced entries from a place in the log on, in order.
    async fn entries_from(&self, brand: BrandId, index: i64, limit: u32) -> Result<Vec<EntryRow>>;
    /// The newest entries, newest first, unsequenced ones before all; `before` continues a page.
    async fn newest_entries(&self, brand: BrandId, before: Option<i64>, limit: u32) -> Result<Vec<EntryRow>>;
    /// The entries of a conversation, oldest first.
    async fn entries_of(&self, brand: BrandId, conversation: ConversationId) -> Result<Vec<EntryRow>>;
    /// One entry.
    async fn entry(&self, brand: BrandId, entry: aside_model::EntryId) -> Result<Option<EntryRow>>;
    /// The newest checkpoint.
    async fn checkpoint(&self, brand: BrandId) -> Result<Option<CheckpointRow>>;
    /// How many entries there are, sequenced and not.
    async fn entry_counts(&self, brand: BrandId) -> Result<(i64, i64)>;
}

/// Jobs.
#[async_trait]
pub trait Outbox: Send + Sync {
    /// One job.
    async fn job(&self, brand: BrandId, job: JobId) -> Result<Option<JobRow>>;
    /// Jobs in a state, oldest first, at most `limit`; for the page that shows poison jobs.
    async fn jobs(&self, brand: BrandId, state: JobState, limit: u32) -> Result<Vec<JobRow>>;
    /// How many jobs are in each state.
    async fn job_counts(&self, brand: BrandId) -> Result<Vec<(JobState, i64)>>;
    /// When the next job of any brand is due that need not wait for an earlier one of its thread; `None` when
    /// there is none.
    async fn next_due(&self) -> Result<Option<Time>>;
}

/// Live events.
#[async_trait]
pub trait Events: Send + Sync {
    /// The live events after a number, in order, at most `limit`.
    async fn events_after(&self, brand: BrandId, number: i64, limit: u32) -> Result<Vec<EventRow>>;
    /// The newest number, 0 if there was none yet.
    async fn last_event(&self, brand: BrandId) -> Result<i64>;
    /// Wakes up after each commit that announced something, with brand and newest number. A receiver that
    /// falls behind only has to read again.
    fn subscribe(&self) -> tokio::sync::broadcast::Receiver<(BrandId, i64)>;
    /// Wakes up after each commit that added a job.
    fn job_added(&self) -> &tokio::sync::Notify;
    /// Wakes up after each commit that added an entry.
    fn entry_added(&self) -> &tokio::sync::Notify;
}
