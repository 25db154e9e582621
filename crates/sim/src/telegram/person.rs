//! Somebody on the network.

use super::{Group, Said, Telegram};
use crate::NotThere;

/// Somebody on the network. Clones are the same person.
#[derive(Clone)]
pub struct Person {
    network: Telegram,
    id: i64,
}

impl Person {
    pub(super) fn new(network: Telegram, id: i64) -> Self {
        Self { network, id }
    }

    /// Their id, the same in groups and in private.
    pub fn id(&self) -> i64 {
        self.id
    }

    /// Writes in a group. The answer is the message's id, `<chat>:<message>`.
    pub fn writes_in(&self, group: &Group, text: &str) -> Result<String, NotThere> {
        self.say(group.id, Some(text), None, None)
    }

    /// Answers a message in a group.
    pub fn answers_in(&self, group: &Group, message: &str, text: &str) -> Result<String, NotThere> {
        self.say(group.id, Some(text), Some(message), None)
    }

    /// Sends something in a group that is not text (`photo`, `contact`, `location`, `voice` …), with words or
    /// without.
    pub fn sends_in(&self, group: &Group, kind: &str, caption: Option<&str>) -> Result<String, NotThere> {
        self.say(group.id, caption, None, Some(kind))
    }

    /// Writes to the bot in private.
    pub fn writes_dm(&self, text: &str) -> Result<String, NotThere> {
        self.say(self.id, Some(text), None, None)
    }

    /// Sends the bot something in private that is not text.
    pub fn sends_dm(&self, kind: &str) -> Result<String, NotThere> {
        self.say(self.id, None, None, Some(kind))
    }

    /// Presses "start" in the bot's empty chat.
    pub fn starts(&self) -> Result<String, NotThere> {
        self.writes_dm("/start")
    }

    /// Presses a link `https://t.me/<bot>?start=<token>`, and "start" in the chat that it opens.
    pub fn presses(&self, link: &str) -> Result<String, NotThere> {
        let expected = format!("https://t.me/{}?start=", self.network.config().username);
        let token = link.strip_prefix(&expected).ok_or_else(|| NotThere::new("link to the bot", link))?;
        self.writes_dm(&format!("/start {token}"))
    }

    /// Changes a message of their own.
    pub fn edits(&self, message: &str, text: &str) -> Result<(), NotThere> {
        self.network.state().edit(self.id, message, text)
    }

    /// Blocks the bot, or stops blocking it.
    pub fn blocks(&self, blocked: bool) -> Result<(), NotThere> {
        self.network.state().block(self.id, blocked)
    }

    /// What the bot wrote to them in private, oldest first.
    pub fn inbox(&self) -> Vec<Said> {
        self.network.state().inbox(self.id)
    }

    fn say(
        &self,
        chat: i64,
        text: Option<&str>,
        answers: Option<&str>,
        attachment: Option<&str>,
    ) -> Result<String, NotThere> {
        let said = self.network.state().say(self.id, chat, text, answers, attachment);
        self.network.inner.changed.notify_waiters();
        said
    }
}
