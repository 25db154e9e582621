//! Ledger entries: what happened, without direct identifiers.

use crate::{App, AppError, Result, sealing::Ring};
use aside_ledger::leaf::{Leaf, Value, commit};
use aside_model::{
    BrandId, ConversationId, Effect, EntryId, Time,
    rows::{EntryRow, MessageRow},
};
use std::collections::BTreeMap;

/// An entry in the making.
pub(crate) struct Entry<'a> {
    kind: &'static str,
    conversation: Option<ConversationId>,
    facts: BTreeMap<String, Value>,
    details: Option<(&'a Ring, String)>,
    committed: Option<String>,
}

impl<'a> Entry<'a> {
    /// An entry of this kind.
    pub(crate) fn of(kind: &'static str) -> Self {
        Self { kind, conversation: None, facts: BTreeMap::new(), details: None, committed: None }
    }

    /// It belongs to this conversation's timeline.
    pub(crate) fn conversation(mut self, conversation: ConversationId) -> Self {
        self.conversation = Some(conversation);
        self.fact("conversation", conversation.to_string())
    }

    /// One more fact: an id, a word of ours, a number. Never anything a person wrote.
    pub(crate) fn fact(mut self, name: &str, value: impl Into<String>) -> Self {
        self.facts.insert(name.to_owned(), Value::from(value.into()));
        self
    }

    /// What people wrote about it (a reason): the leaf carries a salted commitment, the row the sealed text.
    pub(crate) fn details(mut self, ring: &'a Ring, text: impl Into<String>) -> Self {
        self.details = Some((ring, text.into()));
        self
    }

    /// What people wrote about it and nobody keeps: the leaf carries a salted commitment alone.
    pub(crate) fn committed(mut self, text: impl Into<String>) -> Self {
        self.committed = Some(text.into());
        self
    }
}

/// The hash of stored bytes that an entry speaks of.
pub(crate) fn hash_of(bytes: &[u8]) -> String {
    hex::encode(aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, bytes))
}

impl App {
    /// A message's body is another one now, and the ledger knows which: whoever changes the row by hand is
    /// found out.
    pub(crate) fn rewritten(&self, row: &MessageRow, body: Vec<u8>) -> Result<[Effect; 2]> {
        let entry = Entry::of("message_rewritten")
            .fact("message", row.message.to_string())
            .fact("row", hash_of(&body));
        let entry = self.entry(row.brand, self.clock.now(), entry)?;
        let replaced =
            Effect::ReplaceBody { message: row.message, body, checks: row.checks, edited_at: None };
        Ok([replaced, Effect::AddEntry(entry)])
    }

    /// The row of an entry.
    pub(crate) fn entry(&self, brand: BrandId, at: Time, entry: Entry<'_>) -> Result<EntryRow> {
        let id = EntryId::new(&*self.clock, &*self.random);
        let mut salt = [0; 32];
        self.random.fill(&mut salt);
        let (commitment, keyring, details_sealed) = match &entry.details {
            None => (entry.committed.map(|text| commit(&salt, text.as_bytes())), None, None),
            Some((ring, text)) => {
                let mut bytes = salt.to_vec();
                bytes.extend_from_slice(text.as_bytes());
                let place = ring.place(id.bytes(), "details");
                let sealed = ring.keys.text_key().seal(&place, &bytes, &*self.random);
                (Some(commit(&salt, text.as_bytes())), Some(ring.id), Some(sealed))
            }
        };
        let leaf =
            Leaf { id: id.bytes(), at: at.0, kind: entry.kind.to_owned(), facts: entry.facts, commitment };
        let leaf = leaf.encode().map_err(|e| AppError::Failed(format!("a ledger entry: {e}")))?;
        Ok(EntryRow {
            brand,
            entry: id,
            conversation: entry.conversation,
            keyring,
            kind: entry.kind.to_owned(),
            at,
            leaf,
            details_sealed,
            index: None,
        })
    }
}
