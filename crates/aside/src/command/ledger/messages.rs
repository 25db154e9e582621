//! What a log says of messages' rows: the hash of each body as it must stand.

use aside_ledger::leaf::{Leaf, Value};
use aside_model::{
    ConversationId, MessageId,
    rows::{EntryRow, MessageRow},
};
use aws_lc_rs::digest::{SHA256, digest};
use std::collections::HashMap;

/// The newest word about each message.
#[derive(Default)]
pub(super) struct Messages {
    known: HashMap<MessageId, Word>,
}

/// What the log said last about a message.
#[derive(Clone, Copy)]
struct Word {
    /// The hash of its body; none once it was taken back.
    body: Option<[u8; 32]>,
    /// Its customer was erased, and it with them.
    erased: bool,
    /// Where it was said, as far as the log tells.
    conversation: Option<ConversationId>,
}

impl Messages {
    /// Takes in an entry; asked in the log's order.
    pub(super) fn hear(&mut self, row: &EntryRow, leaf: &Leaf) {
        let text = |name: &str| match leaf.facts.get(name) {
            Some(Value::Text(text)) => Some(text.as_str()),
            _ => None,
        };
        let Some(message) = text("message").and_then(|id| id.parse().ok()) else { return };
        // Erasure takes the conversation from an entry's row, and leaves its leaf.
        let conversation: Option<ConversationId> = text("conversation").and_then(|id| id.parse().ok());
        let erased = conversation.is_some() && row.conversation.is_none();
        let body = text("row").and_then(|hash| hex::decode(hash).ok()?.try_into().ok());
        if leaf.kind == "message_removed" || body.is_some() {
            let before = self.known.get(&message);
            let erased = erased || before.is_some_and(|word| word.erased);
            let conversation = conversation.or(before.and_then(|word| word.conversation));
            self.known.insert(message, Word { body, erased, conversation });
        } else if let Some(word) = self.known.get_mut(&message) {
            word.erased |= erased;
        }
    }

    /// Where a message was said.
    pub(super) fn conversation(&self, message: MessageId) -> Option<ConversationId> {
        self.known.get(&message)?.conversation
    }

    /// Every message that was spoken of.
    pub(super) fn all(&self) -> Vec<MessageId> {
        self.known.keys().copied().collect()
    }

    /// How a message's row differs from what was said last, if it does.
    pub(super) fn differs(&self, message: MessageId, row: Option<&MessageRow>) -> Option<&'static str> {
        let word = self.known.get(&message)?;
        match (row, word.body) {
            (None, _) if word.erased => None,
            (None, _) => Some("was deleted"),
            (Some(row), None) if row.removed_at.is_some() => None,
            (Some(_), None) => Some("was changed: its text was taken back"),
            (Some(row), Some(body)) if digest(&SHA256, &row.body_sealed).as_ref() == body => None,
            (Some(_), Some(_)) => Some("was changed: its body is another"),
        }
    }
}
