//! A brand with a customer who has written, and rows for all that can hang on it.

use crate::Store;
use aside_model::{
    AgentId, Assurance, Author, BrandId, ChannelId, Checks, CodeId, Command, ConnectionId, ConversationId,
    ConversationState, CustomerId, DataType, Direction, Effect, EntryId, Guard, HandleId, HoldId, Id, JobId,
    JobKind, JobState, KeyringId, LinkId, MessageId, MessageState, Network, Outcome, Role, Rung, SessionId,
    ThreadId, Time, ValueId,
    rows::{
        AgentRow, BrandRow, ChannelRow, CheckpointRow, CodeRow, ConnectionRow, ConversationRow, EntryRow,
        HandleRow, HoldRow, JobRow, KeyringRow, LinkRow, MessageRow, NewHandle, NoticeRow, SessionOf,
        SessionRow, ThreadRow, ValueRow,
    },
};
use std::time::Duration;

/// The id with this number: always the same, and unlikely to be found by chance in anything else.
pub fn id<T>(number: u64) -> Id<T> {
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&mix(number).to_be_bytes());
    bytes[8..].copy_from_slice(&mix(!number).to_be_bytes());
    Id::from_bytes(bytes)
}

/// 32 bytes with this number, for hashes and public keys.
pub(super) fn hash(number: u64) -> [u8; 32] {
    let mut bytes = [0; 32];
    for (part, chunk) in bytes.chunks_mut(8).enumerate() {
        chunk.copy_from_slice(&mix(number.rotate_left(32) ^ part as u64).to_be_bytes());
    }
    bytes
}

/// SplitMix64 (Steele, Lea, Flood 2014): spreads neighbouring numbers over the whole range.
fn mix(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// The moment when a world's rows were made, in seconds since 1970.
pub(super) const BEGAN: i64 = 1_700_000_000;

/// A moment so many seconds after the world began.
pub(super) const fn at(seconds: i64) -> Time {
    Time::from_secs(BEGAN + seconds)
}

/// Takes one from a counter of ten a minute.
pub(super) fn take(counter: &str) -> Guard {
    Guard::Take { counter: counter.into(), window: Duration::from_mins(1), limit: 10, now: at(0) }
}

/// The ids of one brand's little world. Two worlds of different numbers share none.
#[derive(Clone, Copy, Debug)]
#[expect(missing_docs, reason = "each field is the id that its type names")]
pub struct World {
    number: u64,
    pub brand: BrandId,
    pub connection: ConnectionId,
    pub channel: ChannelId,
    pub agent: AgentId,
    pub customer: CustomerId,
    pub handle: HandleId,
    pub keyring: KeyringId,
    pub conversation: ConversationId,
    pub thread: ThreadId,
    pub message: MessageId,
    /// A message that the brand sent.
    pub reply: MessageId,
    pub value: ValueId,
    pub hold: HoldId,
    pub link: LinkId,
    /// The customer's session.
    pub session: SessionId,
    pub agent_session: SessionId,
    pub code: CodeId,
    pub entry: EntryId,
    pub job: JobId,
}

impl World {
    /// The world with this number; its rows are not stored yet.
    pub fn numbered(number: u64) -> Self {
        let n = number * 1_000_000;
        Self {
            number: n,
            brand: id(n + 1),
            connection: id(n + 2),
            channel: id(n + 3),
            agent: id(n + 4),
            customer: id(n + 5),
            handle: id(n + 6),
            keyring: id(n + 7),
            conversation: id(n + 8),
            thread: id(n + 9),
            message: id(n + 10),
            reply: id(n + 11),
            value: id(n + 12),
            hold: id(n + 13),
            link: id(n + 14),
            session: id(n + 15),
            agent_session: id(n + 16),
            code: id(n + 17),
            entry: id(n + 18),
            job: id(n + 19),
        }
    }

    /// The same brand, connection, channel and agent, with another customer and all that is theirs.
    pub fn with_customer(&self, number: u64) -> Self {
        let other = Self::numbered(number);
        Self {
            brand: self.brand,
            connection: self.connection,
            channel: self.channel,
            agent: self.agent,
            agent_session: self.agent_session,
            ..other
        }
    }

    /// The same ids in another brand.
    pub fn in_brand(self, brand: BrandId) -> Self {
        Self { brand, ..self }
    }

    /// Stores the brand with connection, channel, notice and agent, and then the customer.
    pub async fn settle(&self, store: &dyn Store) {
        let brand = Command::new(self.brand)
            .effect(Effect::AddBrand(self.brand_row()))
            .effect(Effect::PutConnection(self.connection_row()))
            .effect(Effect::PutChannel(self.channel_row()))
            .effect(Effect::PutNotice(self.notice_row()))
            .effect(Effect::PutAgent(self.agent_row()))
            .effect(Effect::AddSession(self.agent_session_row()))
            .effect(Effect::AddCheckpoint(CheckpointRow {
                brand: self.brand,
                size: 7,
                note: "a signed note".into(),
                at: at(0),
            }));
        assert!(matches!(store.apply(brand).await, Ok(Outcome::Applied(_))));
        self.settle_customer(store).await;
    }

    /// Stores the customer, and at least one row of everything that can hang on a customer.
    pub async fn settle_customer(&self, store: &dyn Store) {
        store.ensure_handle(self.new_handle()).await.unwrap();
        let said = Command::new(self.brand)
            .guard(Guard::Once(hash(self.number + 700).to_vec()))
            .guard(take(&format!("codes/{}", self.conversation)))
            .effect(Effect::AddConversation(self.conversation_row()))
            .effect(Effect::AddThread(self.thread_row()))
            .effect(Effect::AddMessage(self.message_row()))
            .effect(Effect::AddMessage(self.reply_row()))
            .effect(Effect::AddValue(self.value_row()))
            .effect(Effect::AddHold(self.hold_row()))
            .effect(Effect::AddLink(self.link_row()))
            .effect(Effect::AddSession(self.session_row()))
            .effect(Effect::AddCode(self.code_row()))
            .effect(Effect::AddEntry(self.entry_row()))
            .effect(Effect::AddJob(self.job_row()))
            .effect(Effect::Announce(Some(self.conversation), Some(self.message), "message"));
        let outcome = store.apply(said).await;
        assert!(matches!(outcome, Ok(Outcome::Applied(_))), "{outcome:?}");
    }

    pub(super) fn brand_row(&self) -> BrandRow {
        BrandRow { brand: self.brand, name: format!("Brand {}", self.number), created_at: at(0) }
    }

    pub(super) fn connection_row(&self) -> ConnectionRow {
        ConnectionRow {
            brand: self.brand,
            connection: self.connection,
            network: Network::Facebook,
            name: "our pages".into(),
            secrets_sealed: vec![1, 2, 3],
            epoch: 1,
            api_base: "https://graph.example".into(),
            created_at: at(0),
        }
    }

    pub(super) fn channel_row(&self) -> ChannelRow {
        ChannelRow {
            brand: self.brand,
            channel: self.channel,
            connection: Some(self.connection),
            network: Network::Facebook,
            account: format!("page {}", self.number),
            rung: Rung::Direct,
            name: "our page".into(),
        }
    }

    pub(super) fn notice_row(&self) -> NoticeRow {
        NoticeRow {
            brand: self.brand,
            channel: self.channel,
            language: "en".into(),
            text: "Please send nothing private here.".into(),
            checked_at: None,
            present: None,
        }
    }

    pub(super) fn agent_row(&self) -> AgentRow {
        AgentRow {
            brand: self.brand,
            agent: self.agent,
            login: format!("agent{}@example.com", self.number),
            name: "An Agent".into(),
            role: Role::Agent,
            password_hash: "$argon2id$".into(),
            totp_sealed: None,
            epoch: 1,
            enabled: true,
            created_at: at(0),
        }
    }

    pub(super) fn handle_row(&self) -> HandleRow {
        HandleRow {
            brand: self.brand,
            handle: self.handle,
            customer: self.customer,
            keyring: self.keyring,
            network: Network::Facebook,
            address_index: hash(self.number + 1),
            address_sealed: vec![4; 40],
            name_sealed: Some(vec![5; 40]),
            created_at: at(0),
        }
    }

    pub(super) fn keyring_row(&self) -> KeyringRow {
        KeyringRow { brand: self.brand, keyring: self.keyring, epoch: 1, wrapped: vec![6; 60] }
    }

    pub(super) fn new_handle(&self) -> NewHandle {
        NewHandle { handle: self.handle_row(), keyring: self.keyring_row() }
    }

    pub(super) fn conversation_row(&self) -> ConversationRow {
        ConversationRow {
            brand: self.brand,
            conversation: self.conversation,
            customer: self.customer,
            state: ConversationState::Open,
            rung: Rung::Direct,
            assurance: Assurance::Anonymous,
            assurance_at: at(0),
            assurance_until: None,
            language: "en".into(),
            assigned: None,
            invited_at: None,
            created_at: at(0),
            last_message_at: at(0),
            version: 0,
        }
    }

    pub(super) fn thread_row(&self) -> ThreadRow {
        ThreadRow {
            brand: self.brand,
            thread: self.thread,
            conversation: self.conversation,
            channel: self.channel,
            handle: self.handle,
            rung: Rung::Direct,
            address_index: hash(self.number + 2),
            address_sealed: vec![7; 40],
            heard_at: None,
            created_at: at(0),
        }
    }

    /// What the customer said first.
    pub fn message_row(&self) -> MessageRow {
        MessageRow {
            brand: self.brand,
            message: self.message,
            conversation: self.conversation,
            thread: self.thread,
            handle: self.handle,
            keyring: self.keyring,
            author: Author::Customer,
            agent: None,
            direction: Direction::Inbound,
            rung: Rung::Direct,
            body_sealed: vec![8; 50],
            checks: Checks::Checked,
            state: MessageState::Received,
            reason: None,
            provider_index: Some(hash(self.number + 3)),
            provider_sealed: Some(vec![9; 40]),
            written_at: at(1),
            stored_at: at(1),
            edited_at: None,
            removed_at: None,
        }
    }

    pub(super) fn reply_row(&self) -> MessageRow {
        MessageRow {
            message: self.reply,
            author: Author::Agent,
            agent: Some(self.agent),
            direction: Direction::Outbound,
            state: MessageState::Sent,
            provider_index: None,
            provider_sealed: None,
            written_at: at(2),
            stored_at: at(2),
            ..self.message_row()
        }
    }

    pub(super) fn value_row(&self) -> ValueRow {
        ValueRow {
            brand: self.brand,
            value: self.value,
            message: self.message,
            conversation: self.conversation,
            keyring: self.keyring,
            data_type: DataType::ContactEmail,
            kind: "email".into(),
            value_sealed: vec![10; 44],
            created_at: at(1),
        }
    }

    pub(super) fn hold_row(&self) -> HoldRow {
        HoldRow {
            brand: self.brand,
            hold: self.hold,
            message: self.message,
            conversation: self.conversation,
            keyring: self.keyring,
            data_type: DataType::FinPan,
            kind: "card".into(),
            drop_box: hash(self.number + 4),
            value_sealed: vec![11; 90],
            expires_at: at(100),
        }
    }

    pub(super) fn link_row(&self) -> LinkRow {
        LinkRow {
            brand: self.brand,
            link: self.link,
            digest: hash(self.number + 5),
            conversation: self.conversation,
            handle: self.handle,
            drop_box: hash(self.number + 6),
            created_at: at(2),
            expires_at: at(100),
            redeemed_at: None,
        }
    }

    pub(super) fn session_row(&self) -> SessionRow {
        SessionRow {
            brand: self.brand,
            session: self.session,
            digest: hash(self.number + 7),
            of: SessionOf::Customer {
                conversation: self.conversation,
                handle: self.handle,
                drop_box: hash(self.number + 8),
            },
            created_at: at(3),
            seen_at: at(3),
            expires_at: at(100),
        }
    }

    pub(super) fn agent_session_row(&self) -> SessionRow {
        SessionRow {
            session: self.agent_session,
            digest: hash(self.number + 9),
            of: SessionOf::Agent(self.agent),
            ..self.session_row()
        }
    }

    pub(super) fn code_row(&self) -> CodeRow {
        CodeRow {
            brand: self.brand,
            code: self.code,
            conversation: self.conversation,
            handle: self.handle,
            session: self.session,
            code_index: hash(self.number + 10),
            expires_at: at(100),
            used_at: None,
        }
    }

    /// The ledger entry about it.
    pub fn entry_row(&self) -> EntryRow {
        EntryRow {
            brand: self.brand,
            entry: self.entry,
            conversation: Some(self.conversation),
            keyring: Some(self.keyring),
            kind: "message_received".into(),
            at: at(1),
            leaf: format!("leaf of {}", self.number).into_bytes(),
            details_sealed: Some(vec![12; 70]),
            index: None,
        }
    }

    /// The job that sends the reply.
    pub fn job_row(&self) -> JobRow {
        JobRow {
            brand: self.brand,
            job: self.job,
            kind: JobKind::Send,
            conversation: self.conversation,
            thread: self.thread,
            message: self.reply,
            keyring: self.keyring,
            payload_sealed: Some(vec![13; 30]),
            state: JobState::Due,
            attempts: 0,
            due_at: at(5),
            error: None,
            created_at: at(2),
        }
    }
}
