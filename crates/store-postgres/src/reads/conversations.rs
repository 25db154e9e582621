//! Reading conversations, threads and messages.

use crate::{PostgresStore, cells::list};
use aside_model::{
    BrandId, ChannelId, ConversationId, CustomerId, MessageId, ThreadId, Time,
    rows::{ConversationRow, MessageRow, ThreadRow},
};
use aside_store::{Conversations, InboxFilter, Result};
use async_trait::async_trait;

/// The part of an inbox page that every filter ends with: `$2` and `$3` say where the last page ended.
macro_rules! page {
    () => {
        concat!(
            " AND (last_message_at, conversation) < ($2, $3)",
            of_no_erased_customer!(),
            " ORDER BY last_message_at DESC, conversation DESC LIMIT $4"
        )
    };
}

statements! {
    INBOX("SELECT ", conversation_columns!(), " FROM conversations WHERE brand = $1", page!());
    INBOX_BY_STATE(
        "SELECT ", conversation_columns!(), " FROM conversations WHERE brand = $1 AND state = $5", page!()
    );
    INBOX_BY_AGENT(
        "SELECT ", conversation_columns!(), " FROM conversations WHERE brand = $1 AND assigned = $5", page!()
    );
    INBOX_BY_BOTH(
        "SELECT ", conversation_columns!(), " FROM conversations ",
        "WHERE brand = $1 AND assigned = $5 AND state = $6", page!()
    );
    CONVERSATION(
        "SELECT ", conversation_columns!(), " FROM conversations WHERE brand = $1 AND conversation = $2",
        of_no_erased_customer!()
    );
    CONVERSATIONS_OF(
        "SELECT ", conversation_columns!(), " FROM conversations WHERE brand = $1 AND customer = $2",
        of_no_erased_customer!(), " ORDER BY created_at DESC, conversation DESC"
    );
    THREADS(
        "SELECT ", thread_columns!(), " FROM threads WHERE brand = $1 AND conversation = $2",
        of_no_erased_handle!(), " ORDER BY created_at, thread"
    );
    THREAD(
        "SELECT ", thread_columns!(), " FROM threads WHERE brand = $1 AND thread = $2", of_no_erased_handle!()
    );
    THREAD_AT(
        "SELECT ", thread_columns!(), " FROM threads WHERE brand = $1 AND channel = $2 AND address_index = $3",
        of_no_erased_handle!(), " ORDER BY created_at DESC, thread DESC LIMIT 1"
    );
    /// The newest page, newest first; the caller turns it round.
    NEWEST_MESSAGES(
        "SELECT ", message_columns!(), " FROM messages WHERE brand = $1 AND conversation = $2",
        of_no_destroyed_key!(), " ORDER BY stored_at DESC, message DESC LIMIT $3"
    );
    MESSAGES_BEFORE(
        "SELECT ", message_columns!(), " FROM messages WHERE brand = $1 AND conversation = $2 ",
        "AND (stored_at, message) < (SELECT stored_at, message FROM messages WHERE brand = $1 AND message = $4)",
        of_no_destroyed_key!(), " ORDER BY stored_at DESC, message DESC LIMIT $3"
    );
    LAST_MESSAGES(
        "SELECT newest.* FROM unnest($2::uuid[]) WITH ORDINALITY AS asked (conversation, place) ",
        "CROSS JOIN LATERAL (SELECT ", message_columns!(), " FROM messages WHERE brand = $1 ",
        "AND messages.conversation = asked.conversation", of_no_destroyed_key!(), " ORDER BY stored_at DESC, message DESC LIMIT 1) AS newest ",
        "ORDER BY asked.place"
    );
    HEARD(
        "SELECT ", message_columns!(), " FROM messages WHERE brand = $1 AND thread = $2 AND author = 'customer'",
        of_no_destroyed_key!(), " ORDER BY stored_at DESC, message DESC LIMIT $3"
    );
    MESSAGE(
        "SELECT ", message_columns!(), " FROM messages WHERE brand = $1 AND message = $2", of_no_destroyed_key!()
    );
    MESSAGE_BY_PROVIDER(
        "SELECT ", message_columns!(), " FROM messages WHERE brand = $1 AND provider_index = $3 ",
        "AND (SELECT channel FROM threads WHERE threads.brand = $1 AND threads.thread = messages.thread) = $2", of_no_destroyed_key!(), " ORDER BY stored_at DESC, message DESC LIMIT 1"
    );
    SENT_UNTIL(
        "SELECT ", message_columns!(), " FROM messages WHERE brand = $1 AND thread = $2 ",
        "AND direction = 'outbound' AND state IN ('sent', 'delivered') AND written_at <= $3",
        of_no_destroyed_key!(), " ORDER BY stored_at, message"
    );
}

/// Breaks rule 6 when a test wants to see it broken.
#[cfg(feature = "sabotage")]
const CONVERSATION_OF_ANYONE: &str = concat!(
    "SELECT ",
    conversation_columns!(),
    " FROM conversations WHERE conversation = $2 AND $1::uuid IS NOT NULL"
);

fn conversation_statement() -> &'static str {
    #[cfg(feature = "sabotage")]
    if aside_model::sabotage::on(aside_model::sabotage::Switch::BrandIgnored) {
        return CONVERSATION_OF_ANYONE;
    }
    CONVERSATION
}

#[async_trait]
impl Conversations for PostgresStore {
    async fn inbox(&self, brand: BrandId, filter: &InboxFilter, limit: u32) -> Result<Vec<ConversationRow>> {
        let InboxFilter { state, assigned, before } = *filter;
        let (time, conversation) =
            before.unwrap_or((Time(i64::MAX), ConversationId::from_bytes([u8::MAX; 16])));
        let (sql, more) = match (assigned, state) {
            (None, None) => (INBOX, vec![]),
            (None, Some(state)) => (INBOX_BY_STATE, bind![state]),
            (Some(agent), None) => (INBOX_BY_AGENT, bind![agent]),
            (Some(agent), Some(state)) => (INBOX_BY_BOTH, bind![agent, state]),
        };
        let mut given = bind![brand, time, conversation, limit];
        given.extend(more);
        self.connections.all(sql, given).await
    }

    async fn conversation(
        &self,
        brand: BrandId,
        conversation: ConversationId,
    ) -> Result<Option<ConversationRow>> {
        self.connections.one(conversation_statement(), bind![brand, conversation]).await
    }

    async fn conversations_of(&self, brand: BrandId, customer: CustomerId) -> Result<Vec<ConversationRow>> {
        self.connections.all(CONVERSATIONS_OF, bind![brand, customer]).await
    }

    async fn threads(&self, brand: BrandId, conversation: ConversationId) -> Result<Vec<ThreadRow>> {
        self.connections.all(THREADS, bind![brand, conversation]).await
    }

    async fn thread(&self, brand: BrandId, thread: ThreadId) -> Result<Option<ThreadRow>> {
        self.connections.one(THREAD, bind![brand, thread]).await
    }

    async fn thread_at(
        &self,
        brand: BrandId,
        channel: ChannelId,
        address_index: [u8; 32],
    ) -> Result<Option<ThreadRow>> {
        self.connections.one(THREAD_AT, bind![brand, channel, address_index]).await
    }

    async fn messages(
        &self,
        brand: BrandId,
        conversation: ConversationId,
        before: Option<MessageId>,
        limit: u32,
    ) -> Result<Vec<MessageRow>> {
        let mut page = match before {
            Some(before) => {
                self.connections.all(MESSAGES_BEFORE, bind![brand, conversation, limit, before]).await?
            }
            None => self.connections.all(NEWEST_MESSAGES, bind![brand, conversation, limit]).await?,
        };
        page.reverse();
        Ok(page)
    }

    async fn last_messages(
        &self,
        brand: BrandId,
        conversations: &[ConversationId],
    ) -> Result<Vec<MessageRow>> {
        self.connections.all(LAST_MESSAGES, bind![brand, list(conversations)]).await
    }

    async fn heard(&self, brand: BrandId, thread: ThreadId, limit: u32) -> Result<Vec<MessageRow>> {
        self.connections.all(HEARD, bind![brand, thread, limit]).await
    }

    async fn message(&self, brand: BrandId, message: MessageId) -> Result<Option<MessageRow>> {
        self.connections.one(MESSAGE, bind![brand, message]).await
    }

    async fn message_by_provider(
        &self,
        brand: BrandId,
        channel: ChannelId,
        provider_index: [u8; 32],
    ) -> Result<Option<MessageRow>> {
        self.connections.one(MESSAGE_BY_PROVIDER, bind![brand, channel, provider_index]).await
    }

    async fn sent_until(&self, brand: BrandId, thread: ThreadId, until: Time) -> Result<Vec<MessageRow>> {
        self.connections.all(SENT_UNTIL, bind![brand, thread, until]).await
    }
}
