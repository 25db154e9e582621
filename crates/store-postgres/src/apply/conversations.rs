//! Effects on conversations, threads and messages.

use super::Plan;
use crate::{
    cells::{Cell, Value, columns},
    conn::Step,
};
use aside_model::{
    Assurance, BrandId, Checks, ConversationChange, ConversationId, CustomerId, MessageId, MessageState,
    ThreadId, Time, rows::MessageRow,
};

statements! {
    /// Any number of conversations, each with what changes in it; nothing given leaves a part as it is.
    CHANGE_CONVERSATIONS(
        "UPDATE conversations SET version = conversations.version + new.rise, ",
        "last_message_at = greatest(conversations.last_message_at, new.said_at), ",
        "state = coalesce(new.state, conversations.state), rung = coalesce(new.rung, conversations.rung), ",
        "assigned = CASE WHEN new.assigns THEN new.assigned ELSE conversations.assigned END, ",
        "language = coalesce(new.language, conversations.language), ",
        "assurance = coalesce(new.assurance, conversations.assurance), ",
        "assurance_at = CASE WHEN new.assurance IS NULL THEN conversations.assurance_at ELSE new.assurance_at END, ",
        "assurance_until = CASE WHEN new.assurance IS NULL THEN conversations.assurance_until ",
        "ELSE new.assurance_until END, ",
        "invited_at = coalesce(new.invited_at, conversations.invited_at) ",
        "FROM unnest($1::uuid[], $2::uuid[], $3::bigint[], $4::bigint[], $5::text[], $6::text[], $7::boolean[], $8::uuid[], ",
        "$9::text[], $10::text[], $11::bigint[], $12::bigint[], $13::bigint[]) AS new (brand, conversation, rise, ",
        "said_at, state, rung, assigns, assigned, language, assurance, assurance_at, assurance_until, invited_at) ",
        "WHERE conversations.brand = new.brand AND conversations.conversation = new.conversation"
    );
    MOVE_CONVERSATION(
        "UPDATE conversations SET customer = $3, version = version + 1 WHERE brand = $1 AND conversation = $2",
        of_no_erased_customer!()
    );
    THREADS_HEARD(
        "UPDATE threads SET heard_at = greatest(threads.heard_at, new.heard_at) ",
        "FROM unnest($1::uuid[], $2::uuid[], $3::bigint[]) AS new (brand, thread, heard_at) ",
        "WHERE threads.brand = new.brand AND threads.thread = new.thread"
    );
    REPLACE_BODY(
        "UPDATE messages SET body_sealed = $3, checks = $4, edited_at = coalesce($5, edited_at) ",
        "WHERE brand = $1 AND message = $2 AND removed_at IS NULL"
    );
    /// The state moves only where its place in the order of reports, `$5`, is not behind what is known.
    MESSAGE_BECAME(
        "UPDATE messages SET state = $3, reason = $4 WHERE brand = $1 AND message = $2 AND state <> 'removed' ",
        "AND ($5::bigint < 0 OR $5 >= CASE state WHEN 'received' THEN 0 WHEN 'queued' THEN 1 WHEN 'sent' THEN 2 ",
        "WHEN 'delivered' THEN 3 WHEN 'read' THEN 4 ELSE -1 END)"
    );
    MESSAGE_NAMED(
        "UPDATE messages SET provider_sealed = $3, provider_index = $4 ",
        "WHERE brand = $1 AND message = $2 AND removed_at IS NULL"
    );
    REMOVE_MESSAGE(
        "UPDATE messages SET body_sealed = '', state = 'removed', removed_at = $3 ",
        "WHERE brand = $1 AND message = $2"
    );
    REMOVE_VALUES("DELETE FROM vault_values WHERE brand = $1 AND message = $2");
    REMOVE_HOLDS("DELETE FROM holds WHERE brand = $1 AND message = $2");
}

/// What changes in a conversation, by one effect or by several.
#[derive(Clone, Debug)]
pub(crate) struct Change {
    rise: i64,
    said_at: Option<Time>,
    to: ConversationChange,
}

impl Change {
    pub(super) fn of(to: &ConversationChange) -> Self {
        Self { rise: 1, said_at: None, to: to.clone() }
    }

    /// A message was said.
    pub(super) fn said(row: &MessageRow) -> Self {
        Self { rise: 1, said_at: Some(row.stored_at), to: ConversationChange::of(row.conversation) }
    }

    /// This change and a later one to the same conversation.
    pub(super) fn and(&mut self, later: Self) {
        self.rise += later.rise;
        self.said_at = self.said_at.max(later.said_at);
        let ConversationChange { conversation: _, state, rung, assigned, language, assurance, invited_at } =
            later.to;
        let to = &mut self.to;
        to.state = state.or(to.state);
        to.rung = rung.or(to.rung);
        to.assigned = assigned.or(to.assigned);
        to.language = language.or_else(|| to.language.take());
        to.assurance = assurance.or(to.assurance);
        to.invited_at = invited_at.or(to.invited_at);
    }

    pub(super) const fn conversation(&self) -> ConversationId {
        self.to.conversation
    }

    pub(super) fn step(self, brand: BrandId) -> Step {
        changed(brand, [self])
    }

    fn cells(&self, brand: BrandId) -> Vec<Value> {
        let to = &self.to;
        let (assurance, since, until): (Option<Assurance>, Option<Time>, Option<Time>) =
            to.assurance.map_or((None, None, None), |(a, since, until)| (Some(a), Some(since), until));
        bind![
            brand,
            to.conversation,
            self.rise,
            self.said_at,
            to.state,
            to.rung,
            to.assigned.is_some(),
            to.assigned.flatten(),
            to.language,
            assurance,
            since,
            until,
            to.invited_at,
        ]
    }
}

/// The statement that changes conversations, each named once.
pub(super) fn changed(brand: BrandId, changes: impl IntoIterator<Item = Change>) -> Step {
    Step::new(CHANGE_CONVERSATIONS, columns(changes.into_iter().map(|change| change.cells(brand))))
}

/// The statement that notes when customers wrote on threads, each named once.
pub(super) fn heard(brand: BrandId, heard: impl IntoIterator<Item = (ThreadId, Time)>) -> Step {
    Step::new(THREADS_HEARD, columns(heard.into_iter().map(|(thread, at)| bind![brand, thread, at])))
}

impl Plan {
    pub(super) fn move_conversation(&mut self, conversation: ConversationId, to: CustomerId) {
        self.then(MOVE_CONVERSATION, bind![self.brand, conversation, to]);
    }

    pub(super) fn replace_body(
        &mut self,
        message: MessageId,
        body: &Vec<u8>,
        checks: Checks,
        edited_at: Option<Time>,
    ) {
        self.then(REPLACE_BODY, bind![self.brand, message, *body, checks, edited_at]);
    }

    pub(super) fn message_became(
        &mut self,
        message: MessageId,
        state: MessageState,
        provider: Option<&(Vec<u8>, [u8; 32])>,
        reason: Option<&String>,
    ) {
        let reason = reason.map_or(Value::Null, Cell::write);
        self.then(MESSAGE_BECAME, bind![self.brand, message, state, reason, place_in_order(state)]);
        // The network's id for the message is news even when the state is not: the report of a delivery may
        // overtake the answer to the sending.
        if let Some((sealed, index)) = provider {
            self.then(MESSAGE_NAMED, bind![self.brand, message, *sealed, *index]);
        }
    }

    pub(super) fn remove_message(&mut self, message: MessageId, at: Time) {
        self.then(REMOVE_VALUES, bind![self.brand, message]);
        self.then(REMOVE_HOLDS, bind![self.brand, message]);
        self.then(REMOVE_MESSAGE, bind![self.brand, message, at]);
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
