//! Effects on conversations, threads and messages.

use super::Scope;
use crate::cells::change;
use aside_model::{
    Checks, ConversationChange, ConversationId, CustomerId, MessageId, MessageState, ThreadId, Time,
    rows::MessageRow,
};
use aside_store::Result;

statements! {
    UPDATE_CONVERSATION(
        "UPDATE conversations SET version = version + 1, state = coalesce(?3, state), ",
        "rung = coalesce(?4, rung), assigned = CASE WHEN ?5 THEN ?6 ELSE assigned END, ",
        "language = coalesce(?7, language), assurance = coalesce(?8, assurance), ",
        "assurance_at = CASE WHEN ?8 IS NULL THEN assurance_at ELSE ?9 END, ",
        "assurance_until = CASE WHEN ?8 IS NULL THEN assurance_until ELSE ?10 END, ",
        "invited_at = coalesce(?11, invited_at) WHERE brand = ?1 AND conversation = ?2"
    );
    MOVE_CONVERSATION(
        "UPDATE conversations SET customer = ?3, version = version + 1 WHERE brand = ?1 AND conversation = ?2",
        of_no_erased_customer!()
    );
    SAID(
        "UPDATE conversations SET last_message_at = max(last_message_at, ?3), version = version + 1 ",
        "WHERE brand = ?1 AND conversation = ?2"
    );
    THREAD_HEARD(
        "UPDATE threads SET heard_at = max(coalesce(heard_at, ?3), ?3) WHERE brand = ?1 AND thread = ?2"
    );
    REPLACE_BODY(
        "UPDATE messages SET body_sealed = ?3, checks = ?4, edited_at = coalesce(?5, edited_at) ",
        "WHERE brand = ?1 AND message = ?2 AND removed_at IS NULL"
    );
    /// The state moves only where the list of states in `?4` allows it to come from.
    MESSAGE_BECAME(
        "UPDATE messages SET state = ?3, reason = ?4 WHERE brand = ?1 AND message = ?2 AND state <> 'removed' ",
        "AND (?5 < 0 OR ?5 >= CASE state WHEN 'received' THEN 0 WHEN 'queued' THEN 1 WHEN 'sent' THEN 2 ",
        "WHEN 'delivered' THEN 3 WHEN 'read' THEN 4 ELSE -1 END)"
    );
    MESSAGE_NAMED(
        "UPDATE messages SET provider_sealed = ?3, provider_index = ?4 ",
        "WHERE brand = ?1 AND message = ?2 AND removed_at IS NULL"
    );
    REMOVE_MESSAGE(
        "UPDATE messages SET body_sealed = x'', state = 'removed', removed_at = ?3 ",
        "WHERE brand = ?1 AND message = ?2"
    );
    REMOVE_VALUES("DELETE FROM vault_values WHERE brand = ?1 AND message = ?2");
    REMOVE_HOLDS("DELETE FROM holds WHERE brand = ?1 AND message = ?2");
}

impl Scope<'_> {
    pub(super) fn update_conversation(&self, to: &ConversationChange) -> Result<()> {
        let (assurance, since, until) =
            to.assurance.map_or((None, None, None), |(a, since, until)| (Some(a), Some(since), until));
        let given = bind![
            self.brand,
            to.conversation,
            to.state,
            to.rung,
            to.assigned.is_some(),
            to.assigned.flatten(),
            to.language,
            assurance,
            since,
            until,
            to.invited_at,
        ];
        change(self.conn, UPDATE_CONVERSATION, given).map(drop)
    }

    pub(super) fn move_conversation(&self, conversation: ConversationId, to: CustomerId) -> Result<()> {
        match change(self.conn, MOVE_CONVERSATION, bind![self.brand, conversation, to])? {
            0 => Ok(()),
            _ => self.must_stay(to),
        }
    }

    pub(super) fn thread_heard(&self, thread: ThreadId, at: Time) -> Result<()> {
        change(self.conn, THREAD_HEARD, bind![self.brand, thread, at]).map(drop)
    }

    pub(super) fn add_message(&self, row: &MessageRow) -> Result<()> {
        self.insert(row)?;
        change(self.conn, SAID, bind![self.brand, row.conversation, row.stored_at]).map(drop)
    }

    pub(super) fn replace_body(
        &self,
        message: MessageId,
        body: &Vec<u8>,
        checks: Checks,
        edited_at: Option<Time>,
    ) -> Result<()> {
        change(self.conn, REPLACE_BODY, bind![self.brand, message, *body, checks, edited_at]).map(drop)
    }

    pub(super) fn message_became(
        &self,
        message: MessageId,
        state: MessageState,
        provider: Option<&(Vec<u8>, [u8; 32])>,
        reason: Option<&String>,
    ) -> Result<()> {
        let given = bind![self.brand, message, state, reason.cloned(), place_in_order(state)];
        change(self.conn, MESSAGE_BECAME, given)?;
        // The network's id for the message is news even when the state is not: the report of a delivery may
        // overtake the answer to the sending.
        if let Some((sealed, index)) = provider {
            change(self.conn, MESSAGE_NAMED, bind![self.brand, message, *sealed, *index])?;
        }
        Ok(())
    }

    pub(super) fn remove_message(&self, message: MessageId, at: Time) -> Result<()> {
        change(self.conn, REMOVE_VALUES, bind![self.brand, message])?;
        change(self.conn, REMOVE_HOLDS, bind![self.brand, message])?;
        change(self.conn, REMOVE_MESSAGE, bind![self.brand, message, at]).map(drop)
    }
}

/// How far along a state is among those that networks report in order; -1 for those taken as given.
const fn place_in_order(state: MessageState) -> i64 {
    match state {
        MessageState::Received => 0,
        MessageState::Queued => 1,
        MessageState::Sent => 2,
        MessageState::Delivered => 3,
        MessageState::Read => 4,
        MessageState::Failed | MessageState::Unknown | MessageState::Hidden | MessageState::Removed => -1,
    }
}
