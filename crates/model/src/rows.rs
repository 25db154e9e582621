//! The rows that a store keeps, as plain data. Bytes named `*_sealed` are ciphertext; `*_index` are keyed
//! hashes; nothing else here may say anything about a customer.

use crate::{
    AgentId, Assurance, Author, BrandId, ChannelId, Checks, CodeId, ConnectionId, ConversationId,
    ConversationState, CustomerId, Direction, EntryId, HandleId, HoldId, JobId, JobKind, JobState, KeyringId,
    LinkId, MessageId, MessageState, Network, Role, Rung, SessionId, ThreadId, Time, ValueId,
};
use aside_taxonomy::DataType;

/// A brand.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BrandRow {
    /// Its id.
    pub brand: BrandId,
    /// Its name, as customers know it.
    pub name: String,
    /// When it was added.
    pub created_at: Time,
}

/// An app registered at a network, with its secret.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ConnectionRow {
    /// Whose it is.
    pub brand: BrandId,
    /// Its id, part of the address the network posts to.
    pub connection: ConnectionId,
    /// The network.
    pub network: Network,
    /// A name for people.
    pub name: String,
    /// The connection's secrets as the connector's JSON, sealed under the brand's key.
    pub secrets_sealed: Vec<u8>,
    /// The brand key's epoch that sealed them.
    pub epoch: u32,
    /// Where the network's API is, for instance `https://graph.facebook.com`.
    pub api_base: String,
    /// When it was added.
    pub created_at: Time,
}

/// An account reached through a connection.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ChannelRow {
    /// Whose it is.
    pub brand: BrandId,
    /// Its id.
    pub channel: ChannelId,
    /// The connection it is reached through; none for the brand's own messenger.
    pub connection: Option<ConnectionId>,
    /// The network.
    pub network: Network,
    /// The account's id at the network, for instance a page id. Not personal data: the brand's own.
    pub account: String,
    /// How private it is.
    pub rung: Rung,
    /// A name for people.
    pub name: String,
}

/// A customer's address on one network.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HandleRow {
    /// Whose it is.
    pub brand: BrandId,
    /// Its id.
    pub handle: HandleId,
    /// The person behind it, as far as we know.
    pub customer: CustomerId,
    /// The keyring of everything that this handle said and was told.
    pub keyring: KeyringId,
    /// The network.
    pub network: Network,
    /// Keyed hash of the network's id for the person.
    pub address_index: [u8; 32],
    /// The network's id for the person, sealed as text.
    pub address_sealed: Vec<u8>,
    /// The name the network shows, sealed as text.
    pub name_sealed: Option<Vec<u8>>,
    /// When it was first seen.
    pub created_at: Time,
}

/// A handle that may be new, with the customer and the keyring it would bring.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NewHandle {
    /// The handle, naming a customer and a keyring that exist or come with it.
    pub handle: HandleRow,
    /// The keyring's epoch and wrapped bytes.
    pub keyring: KeyringRow,
}

/// A wrapped keyring.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct KeyringRow {
    /// Whose it is.
    pub brand: BrandId,
    /// Its id.
    pub keyring: KeyringId,
    /// The brand key's epoch that wraps it.
    pub epoch: u32,
    /// The wrapped keys.
    pub wrapped: Vec<u8>,
}

/// Everything about one matter with one customer.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ConversationRow {
    /// Whose it is.
    pub brand: BrandId,
    /// Its id.
    pub conversation: ConversationId,
    /// With whom.
    pub customer: CustomerId,
    /// Open or closed.
    pub state: ConversationState,
    /// The highest rung it has reached.
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
    pub assigned: Option<AgentId>,
    /// When the customer was last invited to the secure channel.
    pub invited_at: Option<Time>,
    /// When it began.
    pub created_at: Time,
    /// When something was last said in it.
    pub last_message_at: Time,
    /// Rises by one with every change; what [`crate::Guard::VersionIs`] compares.
    pub version: i64,
}

/// A conversation's part on one channel.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ThreadRow {
    /// Whose it is.
    pub brand: BrandId,
    /// Its id.
    pub thread: ThreadId,
    /// The conversation it is part of.
    pub conversation: ConversationId,
    /// The channel it runs on.
    pub channel: ChannelId,
    /// Who writes there.
    pub handle: HandleId,
    /// How private it is.
    pub rung: Rung,
    /// Keyed hash of what the network calls this thread: a person's id in direct messages, post and author
    /// in comments.
    pub address_index: [u8; 32],
    /// Where replies go (a person's id, a post), sealed as text under the handle's keyring.
    pub address_sealed: Vec<u8>,
    /// When the customer last wrote here: windows run from then.
    pub heard_at: Option<Time>,
    /// When it began.
    pub created_at: Time,
}

/// What was said.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct MessageRow {
    /// Whose it is.
    pub brand: BrandId,
    /// Its id.
    pub message: MessageId,
    /// The conversation it is part of.
    pub conversation: ConversationId,
    /// The thread it was said on.
    pub thread: ThreadId,
    /// The handle whose keyring seals it: the author's, or the addressee's.
    pub handle: HandleId,
    /// That handle's keyring.
    pub keyring: KeyringId,
    /// Who said it.
    pub author: Author,
    /// Which agent, if one did.
    pub agent: Option<AgentId>,
    /// Which way it went.
    pub direction: Direction,
    /// How private the place was.
    pub rung: Rung,
    /// What it says: a [`crate::Body`], sealed as text.
    pub body_sealed: Vec<u8>,
    /// Whether the rules have spoken about it.
    pub checks: Checks,
    /// What became of it.
    pub state: MessageState,
    /// Why it failed, without personal data.
    pub reason: Option<String>,
    /// Keyed hash of the network's id for it.
    pub provider_index: Option<[u8; 32]>,
    /// The network's id for it, sealed as text.
    pub provider_sealed: Option<Vec<u8>>,
    /// When its author wrote it, as the network says.
    pub written_at: Time,
    /// When it was stored here.
    pub stored_at: Time,
    /// When its author last changed it.
    pub edited_at: Option<Time>,
    /// When its author took it back.
    pub removed_at: Option<Time>,
}

/// A value in the vault.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ValueRow {
    /// Whose it is.
    pub brand: BrandId,
    /// Its id, which is the token in the text.
    pub value: ValueId,
    /// The message it stood in.
    pub message: MessageId,
    /// The conversation of that message.
    pub conversation: ConversationId,
    /// The keyring that seals it.
    pub keyring: KeyringId,
    /// What it is.
    pub data_type: DataType,
    /// Its kind within the type.
    pub kind: String,
    /// The value, sealed as value.
    pub value_sealed: Vec<u8>,
    /// When it was put there.
    pub created_at: Time,
}

/// A value sealed for the customer alone.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct HoldRow {
    /// Whose it is.
    pub brand: BrandId,
    /// Its id.
    pub hold: HoldId,
    /// The message it stood in.
    pub message: MessageId,
    /// The conversation of that message.
    pub conversation: ConversationId,
    /// The keyring of the message; erasure takes the hold with it.
    pub keyring: KeyringId,
    /// What it looks like.
    pub data_type: DataType,
    /// Its kind within the type.
    pub kind: String,
    /// The public key of the customer's link or session that alone can open it.
    pub drop_box: [u8; 32],
    /// The value, sealed to that key.
    pub value_sealed: Vec<u8>,
    /// When it is destroyed.
    pub expires_at: Time,
}

/// A one-time link.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LinkRow {
    /// Whose it is.
    pub brand: BrandId,
    /// Its id.
    pub link: LinkId,
    /// Digest of its secret.
    pub digest: [u8; 32],
    /// The conversation it leads into.
    pub conversation: ConversationId,
    /// The handle it was sent to.
    pub handle: HandleId,
    /// The public key that its secret opens.
    pub drop_box: [u8; 32],
    /// When it was made.
    pub created_at: Time,
    /// When it stops working.
    pub expires_at: Time,
    /// When it was used.
    pub redeemed_at: Option<Time>,
}

/// Whose session it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SessionOf {
    /// A customer's, in the messenger.
    Customer {
        /// The conversation it was opened for.
        conversation: ConversationId,
        /// The handle whose link was redeemed.
        handle: HandleId,
        /// The public key that its secret opens.
        drop_box: [u8; 32],
    },
    /// An agent's, in the console.
    Agent(AgentId),
}

/// A session on one device.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SessionRow {
    /// Whose it is.
    pub brand: BrandId,
    /// Its id.
    pub session: SessionId,
    /// Digest of its secret.
    pub digest: [u8; 32],
    /// Customer or agent.
    pub of: SessionOf,
    /// When it began.
    pub created_at: Time,
    /// When it was last used.
    pub seen_at: Time,
    /// When it ends.
    pub expires_at: Time,
}

/// A one-time code on its way to an address that the brand held before.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CodeRow {
    /// Whose it is.
    pub brand: BrandId,
    /// Its id.
    pub code: CodeId,
    /// The conversation whose assurance it raises.
    pub conversation: ConversationId,
    /// The held handle (an e-mail address) that it was sent to.
    pub handle: HandleId,
    /// The session that asked for it; no other may use it.
    pub session: SessionId,
    /// Keyed hash of the code.
    pub code_index: [u8; 32],
    /// When it stops working.
    pub expires_at: Time,
    /// When it was used.
    pub used_at: Option<Time>,
}

/// Somebody who answers for the brand.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AgentRow {
    /// Whose they are.
    pub brand: BrandId,
    /// Their id.
    pub agent: AgentId,
    /// What they sign in with; unique over all brands, lower case.
    pub login: String,
    /// Their name, as colleagues know it.
    pub name: String,
    /// What they may do.
    pub role: Role,
    /// Argon2id hash in PHC form.
    pub password_hash: String,
    /// The second factor's secret, sealed under the brand's key; none until it is set up.
    pub totp_sealed: Option<Vec<u8>>,
    /// The brand key's epoch that sealed it.
    pub epoch: u32,
    /// Whether they may sign in.
    pub enabled: bool,
    /// When they were added.
    pub created_at: Time,
}

/// What happened: a leaf of the ledger, and a line in a timeline.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EntryRow {
    /// Whose it is.
    pub brand: BrandId,
    /// Its id.
    pub entry: EntryId,
    /// The conversation whose timeline shows it; gone after erasure.
    pub conversation: Option<ConversationId>,
    /// The keyring that seals its details.
    pub keyring: Option<KeyringId>,
    /// What happened, for instance `message_received`.
    pub kind: String,
    /// When.
    pub at: Time,
    /// The leaf's canonical bytes.
    pub leaf: Vec<u8>,
    /// Salt and details behind the leaf's commitment, sealed as text.
    pub details_sealed: Option<Vec<u8>>,
    /// Its place in the log, once sequenced.
    pub index: Option<i64>,
}

/// A signed head of the log.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CheckpointRow {
    /// Whose log.
    pub brand: BrandId,
    /// How many entries it covers.
    pub size: i64,
    /// The signed note.
    pub note: String,
    /// When it was signed.
    pub at: Time,
}

/// Something that must still be sent or done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct JobRow {
    /// Whose it is.
    pub brand: BrandId,
    /// Its id.
    pub job: JobId,
    /// What to do.
    pub kind: JobKind,
    /// The conversation it belongs to.
    pub conversation: ConversationId,
    /// The thread it goes out on.
    pub thread: ThreadId,
    /// The message it sends or acts on.
    pub message: MessageId,
    /// The keyring that seals its payload.
    pub keyring: KeyringId,
    /// What it needs beyond the rows it names (text to send, a link), sealed as text; destroyed when done.
    pub payload_sealed: Option<Vec<u8>>,
    /// Where it stands.
    pub state: JobState,
    /// How often it was tried.
    pub attempts: u32,
    /// When it is due.
    pub due_at: Time,
    /// What went wrong last, without personal data.
    pub error: Option<String>,
    /// When it was made.
    pub created_at: Time,
}

/// A channel's standing notice.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NoticeRow {
    /// Whose channel.
    pub brand: BrandId,
    /// Which channel.
    pub channel: ChannelId,
    /// The language it is written in, as a BCP 47 tag.
    pub language: String,
    /// What it says.
    pub text: String,
    /// When it was last looked for on the network.
    pub checked_at: Option<Time>,
    /// Whether it was there; `None` if never looked for.
    pub present: Option<bool>,
}

/// A live event: a page that shows the conversation should read again.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct EventRow {
    /// Its number in the brand, in commit order, without gaps.
    pub number: i64,
    /// The conversation it is about.
    pub conversation: Option<ConversationId>,
    /// The message it is about.
    pub message: Option<MessageId>,
    /// What happened, for instance `message`.
    pub kind: String,
}
