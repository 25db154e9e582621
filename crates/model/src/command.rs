//! A write: guards from a closed list, and effects that become true together when every guard holds.

use crate::rows::{
    AgentRow, BrandRow, ChannelRow, CheckpointRow, CodeRow, ConnectionRow, ConversationRow, EntryRow,
    HoldRow, JobRow, LinkRow, MessageRow, NoticeRow, SessionRow, ThreadRow, ValueRow,
};
use crate::{
    AgentId, Assurance, BrandId, Checks, CodeId, ConversationId, ConversationState, CustomerId, HandleId,
    HoldId, JobId, JobState, KeyringId, LinkId, MessageId, MessageState, SessionId, ThreadId, Time,
};
use std::time::Duration;

/// A condition that must hold for a command's effects to happen. A backend checks it in the same
/// transaction; the first that does not hold refuses the whole command.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Guard {
    /// The conversation is as it was when it was read.
    VersionIs(ConversationId, i64),
    /// The message is in this state.
    MessageStateIs(MessageId, MessageState),
    /// The job is in this state.
    JobStateIs(JobId, JobState),
    /// The link exists, is not redeemed, and has not expired at this moment.
    LinkOpen(LinkId, Time),
    /// The code exists, is not used, and has not expired at this moment.
    CodeOpen(CodeId, Time),
    /// The hold exists and has not expired at this moment.
    HoldOpen(HoldId, Time),
    /// One more may be taken from a counter: at most `limit` in each window that starts at a multiple of
    /// `window` since 1970.
    Take {
        /// Which counter, for instance `reveal/<agent>`.
        counter: String,
        /// How long a window is.
        window: Duration,
        /// How many may be taken in one window.
        limit: u32,
        /// The present moment.
        now: Time,
    },
    /// The key was never used before in this brand. It is kept: a second command with it is refused.
    Once(Vec<u8>),
    /// The keyring exists; erasure destroys keyrings.
    KeyAlive(KeyringId),
    /// The lead of the brand's sequencing with this fence is still the newest: nobody else has taken it since.
    Leads(i64),
}

/// What becomes true.
///
/// An effect that changes or removes a row that is not there changes nothing: guard where it matters. One that
/// adds a row naming a missing one (a message without its thread, an event without its conversation), or a row
/// of another brand, fails, and the whole command with it.
#[derive(Clone, PartialEq, Debug)]
pub enum Effect {
    /// A new brand.
    AddBrand(BrandRow),
    /// A connection is added, or replaced under the same id.
    PutConnection(ConnectionRow),
    /// A channel is added, or replaced under the same id.
    PutChannel(ChannelRow),
    /// An agent is added, or replaced under the same id.
    PutAgent(AgentRow),
    /// A new conversation.
    AddConversation(ConversationRow),
    /// A conversation's state, assignment, language and assurance as given; its version rises by one.
    UpdateConversation(ConversationChange),
    /// A new thread.
    AddThread(ThreadRow),
    /// The customer wrote on the thread at this moment: windows run from here.
    ThreadHeard(ThreadId, Time),
    /// A new message. The conversation's last-message time, preview order and version follow.
    AddMessage(MessageRow),
    /// A message says something else now (edited on the network, a hold released, a cut across messages).
    ReplaceBody {
        /// Which message.
        message: MessageId,
        /// Its new sealed body.
        body: Vec<u8>,
        /// Whether the rules have spoken about it.
        checks: Checks,
        /// When its author changed it, if the author did.
        edited_at: Option<Time>,
    },
    /// What became of a message, with the network's own id for it if that is new.
    MessageBecame {
        /// Which message.
        message: MessageId,
        /// Its state now. A report that is behind what is known changes nothing (networks reorder).
        state: MessageState,
        /// Sealed provider id and its keyed hash, once known.
        provider: Option<(Vec<u8>, [u8; 32])>,
        /// Why it failed, without personal data.
        reason: Option<String>,
    },
    /// A message's text is destroyed because its author took it back; its values and holds go too.
    RemoveMessage(MessageId, Time),
    /// A vault value.
    AddValue(ValueRow),
    /// A vault value is destroyed.
    DropValue(crate::ValueId),
    /// A value sealed for the customer alone.
    AddHold(HoldRow),
    /// A hold is over: released, or destroyed.
    DropHold(HoldId),
    /// A hold is sealed anew, to the customer's key on another device.
    ResealHold {
        /// Which hold.
        hold: HoldId,
        /// The public key it is sealed to now.
        drop_box: [u8; 32],
        /// The sealed value.
        value: Vec<u8>,
    },
    /// A one-time link.
    AddLink(LinkRow),
    /// A link is used up.
    RedeemLink(LinkId, Time),
    /// A customer's or an agent's session.
    AddSession(SessionRow),
    /// A session was used at this moment.
    SessionSeen(SessionId, Time),
    /// A session ends.
    EndSession(SessionId),
    /// Every session of an agent ends.
    EndAgentSessions(AgentId),
    /// A one-time code was made.
    AddCode(CodeRow),
    /// A code is used up.
    UseCode(CodeId, Time),
    /// A handle belongs to another customer from now on. It changes no address and no thread.
    MoveHandle(HandleId, CustomerId),
    /// A conversation belongs to another customer from now on.
    MoveConversation(ConversationId, CustomerId),
    /// A ledger entry, unsequenced.
    AddEntry(EntryRow),
    /// An entry as the log has it, with its place: for a copy of the data that is older than its log. An entry
    /// that is there gets the place; one that is not comes back as far as the log knows it.
    RestoreEntry(EntryRow),
    /// A new log begins, with this entry before all others, which lose their places and get new ones in the order
    /// they had. Checkpoints of the old log go. For a log whose files are lost.
    RestartLog(EntryRow),
    /// A signed head of the log.
    AddCheckpoint(CheckpointRow),
    /// Something to send or do.
    AddJob(JobRow),
    /// A job's state, attempts, due time and error as given. Its payload is destroyed when it is done or
    /// failed.
    JobBecame {
        /// Which job.
        job: JobId,
        /// Its state now.
        state: JobState,
        /// How often it was tried.
        attempts: u32,
        /// When it is due (again).
        due_at: Time,
        /// What went wrong, without personal data.
        error: Option<String>,
    },
    /// A channel's standing notice is as given.
    PutNotice(NoticeRow),
    /// A keyring under a new epoch of the brand's key.
    RewrapKeyring(KeyringId, u32, Vec<u8>),
    /// A conversation's live event: pages that show it read again.
    Announce(Option<ConversationId>, Option<MessageId>, &'static str),
    /// A customer is being erased from now on. What must stop at once is destroyed with this command: keyrings,
    /// addresses, sessions, links, codes, holds, jobs that are not done. From then on no read returns anything
    /// of theirs but entries and events, and nothing can be moved or added to them: whoever writes from one of
    /// their addresses is somebody new. The store destroys every other row that names them step by step
    /// (`Writes::erase_more`). Entries stay in the ledger, without details and without the conversation.
    /// Counters go whose name has the id of the customer or of a conversation, handle, keyring, thread or
    /// session of theirs right after its first word, as in `codes/<session>`.
    EraseCustomer(CustomerId),
    /// What is past its time goes: expired holds, links, codes and sessions, done jobs, old live events. A store may
    /// leave some of it for the next time, and says so ([`Applied::more`]).
    Purge(PurgeKind, Time),
}

/// What a purge removes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum PurgeKind {
    /// Holds that expired before the moment.
    Holds,
    /// Links, codes and sessions that expired before the moment.
    Expired,
    /// Done jobs last touched before the moment.
    DoneJobs,
    /// Live events older than the moment.
    Events,
    /// Provider event keys and counters older than the moment.
    OnceKeys,
}

/// A change to a conversation; `None` leaves a part as it is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ConversationChange {
    /// Which conversation.
    pub conversation: ConversationId,
    /// Open or closed.
    pub state: Option<ConversationState>,
    /// The highest rung it has reached.
    pub rung: Option<crate::Rung>,
    /// Who looks after it; `Some(None)` puts it back for everyone.
    pub assigned: Option<Option<AgentId>>,
    /// The customer's language, as a BCP 47 tag.
    pub language: Option<String>,
    /// How sure we are who writes, since when, until when.
    pub assurance: Option<(Assurance, Time, Option<Time>)>,
    /// When the customer was last invited to the secure channel.
    pub invited_at: Option<Time>,
}

impl ConversationChange {
    /// No change yet to this conversation.
    pub const fn of(conversation: ConversationId) -> Self {
        Self {
            conversation,
            state: None,
            rung: None,
            assigned: None,
            language: None,
            assurance: None,
            invited_at: None,
        }
    }
}

/// A write to one brand's data.
#[derive(Clone, PartialEq, Debug)]
pub struct Command {
    /// Whose data.
    pub brand: BrandId,
    /// What must hold.
    pub guards: Vec<Guard>,
    /// What becomes true, in order.
    pub effects: Vec<Effect>,
}

impl Command {
    /// A command without guards or effects yet.
    pub const fn new(brand: BrandId) -> Self {
        Self { brand, guards: Vec::new(), effects: Vec::new() }
    }

    /// The command with one more guard.
    pub fn guard(mut self, guard: Guard) -> Self {
        self.guards.push(guard);
        self
    }

    /// The command with one more effect.
    pub fn effect(mut self, effect: Effect) -> Self {
        self.effects.push(effect);
        self
    }
}

/// What a store answers to a command.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// Every guard held, every effect is durable.
    Applied(Applied),
    /// A guard did not hold; nothing changed.
    Refused(Refusal),
}

/// What a store knows about a command that was applied.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Applied {
    /// The numbers of the live events that it announced, first and last; `None` if none.
    pub events: Option<(i64, i64)>,
    /// Whether a purge may have left something: a store may take away only so much at once, so that nobody waits.
    pub more: bool,
}

/// Which guard refused.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refusal {
    /// The guard that did not hold.
    pub guard: Guard,
}
