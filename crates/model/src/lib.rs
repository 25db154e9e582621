//! The nouns of Aside: ids, rungs, messages and their bodies, the rows that a store keeps, and the
//! commands that change them.
//!
//! Nothing here does IO. Time and randomness are parameters: [`Clock`] and [`Random`]. A change to the
//! store is a [`Command`]: guards from a closed list, and the effects that become true together when
//! every guard holds. A backend carries commands out and knows no business rule.

mod body;
mod clock;
mod command;
mod id;
mod language;
pub mod rows;
pub mod sabotage;
mod words;

pub use aside_detect::{Certainty, Finding};
pub use aside_taxonomy::DataType;
pub use aside_vault::{Random, Raw, Secret};
pub use body::{Body, BodyError, FindingNote, Segment};
pub use clock::{Clock, Time};
pub use command::{Applied, Command, ConversationChange, Effect, Guard, Outcome, PurgeKind, Refusal};
pub use id::{
    AgentId, BrandId, ChannelId, CodeId, ConnectionId, ConversationId, CustomerId, EntryId, HandleId, HoldId,
    Id, JobId, KeyringId, LinkId, MessageId, ParseIdError, SessionId, ThreadId, ValueId, noun,
};
pub use language::Language;
pub use words::{
    Assurance, Author, Checks, ConversationState, Direction, JobKind, JobState, MessageState, Network,
    Purpose, Role, Rung, UnknownWord,
};
