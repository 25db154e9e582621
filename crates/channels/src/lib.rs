#![doc = include_str!("../README.md")]

mod connector;
pub mod facebook;
mod inbound;
mod meta;
mod outcome;
pub mod secure;
mod split;
mod window;

pub use connector::{Capabilities, Connector, NoticeState, Outgoing, PrivateReply};
pub use inbound::{Event, Inbound, Person, ThreadAddress};
pub use outcome::{ActOutcome, ErrorCode, Refusal, SendOutcome};
pub use split::{length, split};
pub use window::{Closed, Window};
