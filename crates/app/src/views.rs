//! What pages and the API show: plain data, already masked. Nothing here can open a value.

use aside_model::{
    Assurance, Author, Certainty, ChannelId, ConversationId, ConversationState, DataType, Direction, EntryId,
    HoldId, JobId, JobKind, Language, MessageId, MessageState, Network, Role, Rung, ThreadId, Time, ValueId,
};
use serde::Serialize;

/// A line of the inbox.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct InboxLine {
    /// Which conversation.
    pub conversation: ConversationId,
    /// What people call the customer: the name the network shows, else `Customer` and four characters.
    pub customer: String,
    /// The last message as people see it, shortened to 140 characters.
    pub preview: String,
    /// Who said it.
    pub preview_author: Author,
    /// The highest rung reached.
    pub rung: Rung,
    /// Open or closed.
    pub state: ConversationState,
    /// How sure we are who writes.
    pub assurance: Assurance,
    /// Who looks after it.
    pub assigned: Option<String>,
    /// When something was last said.
    pub last_message_at: Time,
    /// Whether the last word is the customer's.
    pub waiting: bool,
}

/// A page of the inbox.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct InboxPage {
    /// The lines, newest first.
    pub lines: Vec<InboxLine>,
    /// Continues the list: pass it back as `before`.
    pub next: Option<String>,
}

/// A piece of a message as people see it.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Piece {
    /// Text.
    Text {
        /// The text itself.
        text: String,
    },
    /// A masked value that can be revealed for a purpose.
    Masked {
        /// The value.
        value: ValueId,
        /// What it is.
        #[serde(rename = "type")]
        data_type: DataType,
        /// Its kind.
        kind: String,
        /// What people see.
        mask: String,
        /// The name of the type for people.
        label: &'static str,
    },
    /// A value held for the customer.
    Held {
        /// The hold.
        hold: HoldId,
        /// What it looks like.
        #[serde(rename = "type")]
        data_type: DataType,
        /// The name of the type for people.
        label: &'static str,
    },
    /// A value that was destroyed before anything was written.
    Removed {
        /// What it was.
        #[serde(rename = "type")]
        data_type: DataType,
        /// The truncated form that the rules allow; empty if none.
        mask: String,
        /// The name of the type for people.
        label: &'static str,
    },
}

/// What was found in a message and what the rules decided.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct FindingView {
    /// What was found.
    #[serde(rename = "type")]
    pub data_type: DataType,
    /// Its kind.
    pub kind: String,
    /// The name of the type for people.
    pub label: &'static str,
    /// `allow`, `warn`, `mask`, `block` or `hold`.
    pub rule: String,
    /// How sure the detector was.
    pub certainty: Certainty,
    /// The pack that decided, and its provision.
    pub provision: String,
}

/// A message in a timeline.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct MessageView {
    /// Which message.
    pub message: MessageId,
    /// The thread it was said on.
    pub thread: ThreadId,
    /// How private the place was.
    pub rung: Rung,
    /// The channel's name.
    pub channel: String,
    /// Who said it.
    pub author: Author,
    /// The name of whoever said it.
    pub author_name: String,
    /// Which way it went.
    pub direction: Direction,
    /// What it says; empty while `unchecked` or once removed.
    pub pieces: Vec<Piece>,
    /// What was found in it.
    pub findings: Vec<FindingView>,
    /// Attachments that nobody has looked into, by kind.
    pub attachments: Vec<String>,
    /// True when the rules could not speak: sealed, shown to nobody.
    pub unchecked: bool,
    /// What became of it.
    pub state: MessageState,
    /// Why it failed.
    pub reason: Option<String>,
    /// When its author wrote it.
    pub at: Time,
    /// When its author last changed it.
    pub edited_at: Option<Time>,
}

/// Something that happened, in a timeline.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct EntryView {
    /// The ledger entry.
    pub entry: EntryId,
    /// Its kind, for instance `revealed`.
    pub kind: String,
    /// What happened, in a sentence for people.
    pub text: String,
    /// When.
    pub at: Time,
}

/// A line of a timeline.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum TimelineItem {
    /// Something said.
    Message(MessageView),
    /// Something that happened.
    Entry(EntryView),
}

/// A thread that can be answered, or why it cannot.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct ThreadView {
    /// Which thread.
    pub thread: ThreadId,
    /// The channel's name.
    pub channel: String,
    /// The network.
    pub network: Network,
    /// How private it is.
    pub rung: Rung,
    /// Why nothing can be sent on it now (window closed, no session yet); `None` when it can.
    pub closed: Option<String>,
    /// Until when it can be answered, where the network limits that.
    pub open_until: Option<Time>,
    /// How many characters one message may have.
    pub max_characters: usize,
    /// Whether nothing but a template can be sent on it now; `closed` says why.
    pub template_only: bool,
    /// The approved texts that can be sent on it.
    pub templates: Vec<TemplateView>,
}

/// A text that a network has approved.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct TemplateView {
    /// Its name at the network.
    pub name: String,
    /// Its language, as the network writes it.
    pub language: String,
    /// What it says, with `{{1}}`, `{{2}}` … where something is filled in.
    pub body: String,
    /// How many places there are to fill in.
    pub places: usize,
}

/// What may be exchanged on a rung: for the composer.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct ExchangeView {
    /// The names of types that may be exchanged here.
    pub allowed: Vec<&'static str>,
    /// The names of types that are masked or must move.
    pub masked: Vec<&'static str>,
    /// The names of types that are never exchanged here.
    pub forbidden: Vec<&'static str>,
}

/// A conversation over all rungs.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct ConversationView {
    /// Which conversation.
    pub conversation: ConversationId,
    /// What people call the customer.
    pub customer: String,
    /// Open or closed.
    pub state: ConversationState,
    /// The highest rung reached.
    pub rung: Rung,
    /// How sure we are who writes.
    pub assurance: Assurance,
    /// Since when.
    pub assurance_at: Time,
    /// Until when, if it ends.
    pub assurance_until: Option<Time>,
    /// The customer's language, as a BCP 47 tag.
    pub language: String,
    /// Who looks after it.
    pub assigned: Option<String>,
    /// Whether that is whoever is looking.
    pub mine: bool,
    /// What was said and what happened, oldest first.
    pub timeline: Vec<TimelineItem>,
    /// The threads, highest rung first: where a reply can go.
    pub threads: Vec<ThreadView>,
    /// What may be exchanged on each rung that has a thread.
    pub exchange: Vec<(Rung, ExchangeView)>,
    /// Whether the customer can be invited to the secure channel now, and if not, why.
    pub invite: Result<(), String>,
    /// When they were last invited.
    pub invited_at: Option<Time>,
}

/// What was found in a draft. Offsets are UTF-16 code units, as browsers count.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct DraftFinding {
    /// Where it starts.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// What it is, or what is asked for.
    #[serde(rename = "type")]
    pub data_type: DataType,
    /// The name of the type for people.
    pub label: &'static str,
    /// `allow`, `confirm` or `refuse`.
    pub verdict: &'static str,
    /// True when the draft asks the customer for it instead of containing it.
    pub asked: bool,
    /// Why, in a sentence for people, with the provision.
    pub why: String,
}

/// What the rules say about a draft.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct DraftCheck {
    /// What was found, in order.
    pub findings: Vec<DraftFinding>,
    /// Whether it may not be sent as it is.
    pub refused: bool,
    /// Whether sending needs a reason.
    pub needs_reason: bool,
}

/// A line of the ledger.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct LedgerLine {
    /// The entry.
    pub entry: EntryId,
    /// Its place in the log; `None` until sequenced.
    pub index: Option<i64>,
    /// Its kind.
    pub kind: String,
    /// What happened, for people.
    pub text: String,
    /// When.
    pub at: Time,
    /// Whether a checkpoint covers it.
    pub proved: bool,
}

/// A page of the ledger.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct LedgerPage {
    /// The lines, newest first.
    pub lines: Vec<LedgerLine>,
    /// The newest checkpoint's signed note.
    pub checkpoint: Option<String>,
    /// The log's public key, to check it with.
    pub verifier: String,
    /// Continues the list: pass it back as `before`.
    pub next: Option<i64>,
}

/// A ledger entry with its proof.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct ProofView {
    /// The line.
    pub line: LedgerLine,
    /// The leaf's canonical JSON.
    pub leaf: String,
    /// The proof as a C2SP tlog-proof file, once a checkpoint covers the entry.
    pub proof: Option<String>,
}

/// A job that needs a person, or waits for its network.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct StuckJob {
    /// Which job.
    pub job: JobId,
    /// What it should have done.
    pub kind: JobKind,
    /// The conversation it belongs to.
    pub conversation: ConversationId,
    /// `failed` or `unknown`; `due` when it waits.
    pub state: String,
    /// How often it was tried.
    pub attempts: u32,
    /// What went wrong.
    pub error: Option<String>,
    /// When it is tried again, where it waits.
    pub due_at: Option<Time>,
    /// When it was made.
    pub created_at: Time,
}

/// A channel and its standing notice.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct ChannelView {
    /// Which channel.
    pub channel: ChannelId,
    /// Its name.
    pub name: String,
    /// The network.
    pub network: Network,
    /// How private it is.
    pub rung: Rung,
    /// The brand's account there.
    pub account: String,
    /// Where the network posts its events, if it does.
    pub hook: Option<String>,
    /// How the network protects the way, in a sentence.
    pub protection: &'static str,
    /// The standing notice: language, text, when last looked for, whether it was there.
    pub notice: Option<(String, String, Option<Time>, Option<bool>)>,
}

/// An agent as administrators see them.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct AgentView {
    /// What they sign in with.
    pub login: String,
    /// Their name.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Whether they may sign in.
    pub enabled: bool,
}

/// What came of an import of known contacts.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize)]
pub struct ImportReport {
    /// Rows that were added.
    pub added: u32,
    /// Rows whose address was known already.
    pub known: u32,
    /// Rows that could not be read: line number and why, never the content.
    pub refused: Vec<(u64, String)>,
}

/// What the customer's page shows.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct CustomerPage {
    /// The brand's name.
    pub brand: String,
    /// The language of our own words.
    #[serde(skip)]
    pub language: Language,
    /// How sure we are who writes.
    pub assurance: Assurance,
    /// Messages over all rungs, oldest first.
    pub messages: Vec<MessageView>,
    /// What is held for the customer to release: hold, type label, when it is destroyed.
    pub holds: Vec<(HoldId, &'static str, Time)>,
    /// Whether a one-time code is on its way and may be entered.
    pub code_pending: bool,
    /// The standing notice of the secure channel, in the customer's language.
    pub notice: String,
    /// A number to call as the last resort, if the brand has one.
    pub phone: Option<String>,
}

/// Whether a link still works. Finding out changes nothing.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LinkStatus {
    /// It works.
    Open {
        /// The brand that sent it.
        brand: String,
        /// The language of the conversation.
        language: Language,
    },
    /// It was used before.
    Used,
    /// It is too old.
    Expired,
    /// No such link.
    Unknown,
}
