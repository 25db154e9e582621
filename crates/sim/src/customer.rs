//! Somebody on the network.

use crate::{
    Sim,
    network::{NotThere, Received},
};
use aside_model::Language;
use serde_json::{Value, json};

/// The longest direct message that the network's own apps send at once, in characters; they split longer ones.
pub const LONGEST_DM: usize = 2_000;

/// Somebody on the network. Clones are the same person.
#[derive(Clone)]
pub struct Customer {
    sim: Sim,
    human: usize,
}

impl Customer {
    pub(crate) fn new(sim: Sim, human: usize) -> Self {
        Self { sim, human }
    }

    /// Their name.
    pub fn name(&self) -> String {
        self.sim.network().people[self.human].name.clone()
    }

    /// Their language.
    pub fn language(&self) -> Language {
        self.sim.network().people[self.human].language
    }

    /// Their id in a page's Messenger.
    pub fn psid(&self, page: &str) -> Result<String, NotThere> {
        self.sim.network().psid(self.human, page)
    }

    /// Their id under a page's posts.
    pub fn author_id(&self, page: &str) -> Result<String, NotThere> {
        self.sim.network().author_id(self.human, page)
    }

    /// Comments under a post, or answers a comment. The answer is the comment's id.
    pub fn comments(&self, under: &str, text: &str) -> Result<String, NotThere> {
        self.sim.change(|network| network.add_comment(under, Some(self.human), text, None))
    }

    /// Comments with a picture and no words.
    pub fn comments_with_photo(&self, under: &str) -> Result<String, NotThere> {
        let photo = Some("https://cdn.example.com/photo.jpg".to_owned());
        self.sim.change(|network| network.add_comment(under, Some(self.human), "", photo))
    }

    /// Changes a comment of their own.
    pub fn edits_comment(&self, comment: &str, text: &str) -> Result<(), NotThere> {
        self.sim.change(|network| {
            let own = network.comment(comment).ok().filter(|found| found.human == Some(self.human));
            text.clone_into(&mut own.ok_or_else(|| NotThere::new("comment of theirs", comment))?.text);
            network.tell_of_comment(comment, "edited");
            Ok(())
        })
    }

    /// Takes a comment of their own back.
    pub fn removes_comment(&self, comment: &str) -> Result<(), NotThere> {
        self.sim.change(|network| {
            let own = network.comment(comment).ok().filter(|found| found.human == Some(self.human));
            own.ok_or_else(|| NotThere::new("comment of theirs", comment))?.removed = true;
            network.tell_of_comment(comment, "remove");
            Ok(())
        })
    }

    /// Writes to a page in Messenger; what is too long for one message goes out in several. The answer is
    /// the messages' ids.
    pub fn writes_dm(&self, page: &str, text: &str) -> Result<Vec<String>, NotThere> {
        let characters: Vec<char> = text.chars().collect();
        let pieces = characters.chunks(LONGEST_DM).map(String::from_iter);
        pieces.map(|piece| self.message(page, Some(&piece), Value::Null)).collect()
    }

    /// Writes to a page in Messenger, answering one of its messages.
    pub fn answers_dm(&self, page: &str, mid: &str, text: &str) -> Result<String, NotThere> {
        self.message(page, Some(text), json!({ "reply_to": { "mid": mid, "is_self_reply": false } }))
    }

    /// Sends an attachment (`image`, `audio`, `video`, `file`) without words.
    pub fn sends_attachment(&self, page: &str, kind: &str) -> Result<String, NotThere> {
        let payload = json!({ "url": format!("https://cdn.example.com/{kind}") });
        self.message(page, None, json!({ "attachments": [{ "type": kind, "payload": payload }] }))
    }

    fn message(&self, page: &str, text: Option<&str>, more: Value) -> Result<String, NotThere> {
        self.sim.change(|network| {
            let psid = network.psid(self.human, page)?;
            let mid = network.mid();
            let mut part = json!({ "mid": mid });
            if let Some(text) = text {
                part["text"] = json!(text);
                network.thread(page, &psid).written.insert(mid.clone(), (text.to_owned(), 0));
            }
            if let Value::Object(more) = more {
                for (key, value) in more {
                    part[key] = value;
                }
            }
            network.tell_directly(page, &psid, "message", part);
            Ok(mid)
        })
    }

    /// Changes a direct message of their own.
    pub fn edits_dm(&self, page: &str, mid: &str, text: &str) -> Result<(), NotThere> {
        self.sim.change(|network| {
            let psid = network.psid(self.human, page)?;
            let thread = network.thread(page, &psid);
            let (written, edits) =
                thread.written.get_mut(mid).ok_or_else(|| NotThere::new("message of theirs", mid))?;
            text.clone_into(written);
            *edits += 1;
            let part = json!({ "mid": mid, "text": text, "num_edit": *edits });
            network.tell_directly(page, &psid, "message_edit", part);
            Ok(())
        })
    }

    /// Reacts to a page's message.
    pub fn reacts(&self, page: &str, mid: &str) -> Result<(), NotThere> {
        self.sim.change(|network| {
            let psid = network.psid(self.human, page)?;
            let part = json!({ "reaction": "love", "emoji": "❤️", "action": "react", "mid": mid });
            network.tell_directly(page, &psid, "reaction", part);
            Ok(())
        })
    }

    /// Presses a button of the page's.
    pub fn presses(&self, page: &str, title: &str) -> Result<String, NotThere> {
        self.sim.change(|network| {
            let psid = network.psid(self.human, page)?;
            let mid = network.mid();
            let part = json!({ "mid": mid, "title": title, "payload": "PRESSED" });
            network.tell_directly(page, &psid, "postback", part);
            Ok(mid)
        })
    }

    /// Blocks a page in Messenger, or stops blocking it.
    pub fn blocks(&self, page: &str, blocked: bool) -> Result<(), NotThere> {
        let mut network = self.sim.network();
        let psid = network.psid(self.human, page)?;
        network.thread(page, &psid).blocked = blocked;
        Ok(())
    }

    /// What they got from a page in Messenger, oldest first.
    pub fn inbox(&self, page: &str) -> Vec<Received> {
        let network = self.sim.network();
        let Ok(psid) = network.psid(self.human, page) else { return Vec::new() };
        network
            .threads
            .get(&(page.to_owned(), psid))
            .map(|thread| thread.received.clone())
            .unwrap_or_default()
    }

    /// Waits until they got more than `seen` messages from a page, and returns the next.
    pub async fn next_in_inbox(&self, page: &str, seen: usize) -> Received {
        self.sim.until(|_| self.inbox(page).into_iter().nth(seen)).await
    }
}
