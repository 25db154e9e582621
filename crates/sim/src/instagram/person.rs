//! Somebody on Instagram.

use super::Instagram;
use crate::{NotThere, Received};
use aside_model::Language;
use serde_json::{Value, json};

/// The longest direct message that the network's own app sends at once, in characters.
const LONGEST_DM: usize = 1_000;

/// Somebody on Instagram. Clones are the same person.
#[derive(Clone)]
pub struct Person {
    instagram: Instagram,
    human: usize,
}

impl Person {
    pub(super) fn new(instagram: Instagram, human: usize) -> Self {
        Self { instagram, human }
    }

    /// Their name.
    pub fn name(&self) -> String {
        self.instagram.state().people[self.human].name.clone()
    }

    /// What they are called under media.
    pub fn username(&self) -> String {
        self.instagram.state().people[self.human].username.clone()
    }

    /// Their language.
    pub fn language(&self) -> Language {
        self.instagram.state().people[self.human].language
    }

    /// Their id at an account.
    pub fn igsid(&self, account: &str) -> Result<String, NotThere> {
        self.instagram.state().igsid(self.human, account)
    }

    /// Comments under media, or answers a comment; without words it is a picture that moves. The answer is the
    /// comment's id.
    pub fn comments(&self, under: &str, text: &str) -> Result<String, NotThere> {
        self.instagram.change(|state| state.add_comment(under, Some(self.human), text))
    }

    /// Writes to an account; what is too long for one message goes out in several. The answer is the messages'
    /// ids.
    pub fn writes_dm(&self, account: &str, text: &str) -> Result<Vec<String>, NotThere> {
        let characters: Vec<char> = text.chars().collect();
        let pieces = characters.chunks(LONGEST_DM).map(String::from_iter);
        pieces.map(|piece| self.message(account, json!({ "text": piece }))).collect()
    }

    /// Writes to an account, answering one of its messages.
    pub fn answers_dm(&self, account: &str, mid: &str, text: &str) -> Result<String, NotThere> {
        self.message(account, json!({ "text": text, "reply_to": { "mid": mid } }))
    }

    /// Answers a story of the account's.
    pub fn answers_story(&self, account: &str, text: &str) -> Result<String, NotThere> {
        let story = json!({ "url": "https://cdn.example.com/story", "id": "17950000000000005" });
        self.message(account, json!({ "text": text, "reply_to": { "story": story } }))
    }

    /// Sends something without words, as the network names it: `image`, `ig_reel`, `story_mention`.
    pub fn sends_attachment(&self, account: &str, kind: &str) -> Result<String, NotThere> {
        let payload = json!({ "url": format!("https://cdn.example.com/{kind}") });
        self.message(account, json!({ "attachments": [{ "type": kind, "payload": payload }] }))
    }

    /// Sends a picture that disappears once it was seen: the network says no more of it than that.
    pub fn sends_disappearing(&self, account: &str) -> Result<String, NotThere> {
        self.message(account, json!({ "attachments": [{ "type": "ephemeral", "payload": {} }] }))
    }

    /// Sends something that the network does not pass on.
    pub fn sends_unsupported(&self, account: &str) -> Result<String, NotThere> {
        self.message(account, json!({ "is_unsupported": true }))
    }

    fn message(&self, account: &str, part: Value) -> Result<String, NotThere> {
        self.instagram.change(|state| {
            let igsid = state.igsid(self.human, account)?;
            let mid = state.mid();
            let mut part = part;
            part["mid"] = json!(mid);
            state.thread(account, &igsid).written.insert(mid.clone(), 0);
            state.tell_directly(account, &igsid, "message", part);
            Ok(mid)
        })
    }

    /// Takes a message of their own back.
    pub fn unsends(&self, account: &str, mid: &str) -> Result<(), NotThere> {
        self.instagram.change(|state| {
            let igsid = state.igsid(self.human, account)?;
            let taken = state.thread(account, &igsid).written.remove(mid);
            taken.ok_or_else(|| NotThere::new("message of theirs", mid))?;
            state.tell_aside(account, &igsid, "message", json!({ "mid": mid, "is_deleted": true }));
            Ok(())
        })
    }

    /// Changes a message of their own.
    pub fn edits_dm(&self, account: &str, mid: &str, text: &str) -> Result<(), NotThere> {
        self.instagram.change(|state| {
            let igsid = state.igsid(self.human, account)?;
            let edits = state.thread(account, &igsid).written.get_mut(mid);
            let edits = edits.ok_or_else(|| NotThere::new("message of theirs", mid))?;
            *edits += 1;
            let part = json!({ "mid": mid, "text": text, "num_edit": *edits });
            state.tell_aside(account, &igsid, "message_edit", part);
            Ok(())
        })
    }

    /// Reacts to an account's message.
    pub fn reacts(&self, account: &str, mid: &str) -> Result<(), NotThere> {
        self.instagram.change(|state| {
            let igsid = state.igsid(self.human, account)?;
            let part = json!({ "mid": mid, "action": "react", "reaction": "love", "emoji": "❤️" });
            state.tell_directly(account, &igsid, "reaction", part);
            Ok(())
        })
    }

    /// Presses a button of the account's.
    pub fn presses(&self, account: &str, title: &str) -> Result<String, NotThere> {
        self.instagram.change(|state| {
            let igsid = state.igsid(self.human, account)?;
            let mid = state.mid();
            let part = json!({ "mid": mid, "title": title, "payload": "PRESSED" });
            state.tell_directly(account, &igsid, "postback", part);
            Ok(mid)
        })
    }

    /// Blocks an account, or stops blocking it.
    pub fn blocks(&self, account: &str, blocked: bool) -> Result<(), NotThere> {
        let mut state = self.instagram.state();
        let igsid = state.igsid(self.human, account)?;
        state.thread(account, &igsid).blocked = blocked;
        Ok(())
    }

    /// What they got from an account, oldest first.
    pub fn inbox(&self, account: &str) -> Vec<Received> {
        let state = self.instagram.state();
        let Ok(igsid) = state.igsid(self.human, account) else { return Vec::new() };
        let thread = state.threads.get(&(account.to_owned(), igsid));
        thread.map(|thread| thread.received.clone()).unwrap_or_default()
    }

    /// Waits until they got more than `seen` messages from an account, and returns the next.
    pub async fn next_in_inbox(&self, account: &str, seen: usize) -> Received {
        self.instagram.until(|_| self.inbox(account).into_iter().nth(seen)).await
    }
}
