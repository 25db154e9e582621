#![doc = include_str!("../README.md")]

mod connector;
pub mod facebook;
mod inbound;
pub mod instagram;
mod json;
mod meta;
mod outcome;
pub mod secure;
mod split;
pub mod telegram;
mod template;
pub mod whatsapp;
mod window;

pub use connector::{
    Capabilities, CommentRules, Connector, HookState, NoticeState, Outgoing, OutgoingTemplate, PrivateReply,
};
pub use inbound::{Event, Inbound, Person, Reported, ThreadAddress};
pub use outcome::{ActOutcome, ErrorCode, Refusal, SendOutcome};
pub use split::{length, split, split_by};
pub use template::{Category, Template, TemplateError};
pub use window::{Closed, Window};
