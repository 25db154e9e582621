//! Telegram, over the Bot API: groups that a bot is in are the public rung, private chats with it the direct one.
//!
//! Shapes and their sources: `fixtures/telegram/SOURCES.md`. One connection is one bot. Webhooks are not signed:
//! each bears a secret that the network and we alone know, which says who posts, and nothing of the body.
//! A replayed one is told by its `update_id`. Updates do not name their bot, so the connection does.
//!
//! A person's id is the same number in groups and in private chats, so both belong to one handle. There is no
//! private reply: a bot cannot begin a chat. What opens one is a link, `https://t.me/<bot>?start=<token>`.
//!
//! The bot's token is part of every address of the API, as the network wants it. So no address is ever logged
//! or put into an error here.

mod answer;
mod api;
mod connector;
mod guard;
mod message;
mod parse;
mod secrets;

pub use connector::{Telegram, window};
pub use guard::{GuardError, SECRET_HEADER, verify};
pub use parse::{MAX_BODY, ParseError, parse};
pub use secrets::{SecretsError, TelegramSecrets};
