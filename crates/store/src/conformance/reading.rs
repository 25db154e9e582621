//! What was written is found.

use super::{
    Ground, World,
    every_read::every_read,
    id,
    world::{at, hash},
};
use crate::InboxFilter;
use aside_model::{
    ConversationChange, ConversationState, Effect, MessageState, Network,
    rows::{BrandRow, ChannelRow, ConversationRow, MessageRow, ThreadRow},
};

/// Every read finds something in a world where there is one of everything.
pub async fn every_read_finds_what_was_written(g: &Ground) {
    let w = g.world(1).await;
    for (read, said) in every_read(&*g.store, w.brand, &w).await {
        assert!(!said.is_empty(), "{read} finds nothing");
    }
    assert_eq!(g.sequence(w.brand, 10).await, 1);
    assert_eq!(g.store.entries_from(w.brand, 0, 10).await.unwrap().len(), 1);
}

/// Every row comes back as it went in.
pub async fn rows_are_read_as_they_were_written(g: &Ground) {
    let w = g.world(1).await;
    let s = &g.store;
    assert_eq!(s.connections(w.brand).await.unwrap(), [w.connection_row()]);
    assert_eq!(s.channel(w.brand, w.channel).await.unwrap(), Some(w.channel_row()));
    assert_eq!(s.channels(w.brand).await.unwrap(), [w.channel_row()]);
    assert_eq!(s.notices(w.brand).await.unwrap(), [w.notice_row()]);
    assert_eq!(s.agent(w.brand, w.agent).await.unwrap(), Some(w.agent_row()));
    assert_eq!(s.agents(w.brand).await.unwrap(), [w.agent_row()]);
    assert_eq!(s.handle(w.brand, w.handle).await.unwrap(), Some(w.handle_row()));
    let address = w.handle_row().address_index;
    assert_eq!(s.handle_at(w.brand, Network::Facebook, address).await.unwrap(), Some(w.handle_row()));
    assert_eq!(s.handle_of_keyring(w.brand, w.keyring).await.unwrap(), Some(w.handle_row()));
    assert_eq!(s.handle_at(w.brand, Network::Email, address).await.unwrap(), None);
    assert_eq!(s.keyring(w.brand, w.keyring).await.unwrap(), Some(w.keyring_row()));
    let conversation = ConversationRow { last_message_at: at(2), version: 2, ..w.conversation_row() };
    assert_eq!(s.conversation(w.brand, w.conversation).await.unwrap(), Some(conversation.clone()));
    assert_eq!(s.conversations_of(w.brand, w.customer).await.unwrap(), [conversation]);
    assert_eq!(s.thread(w.brand, w.thread).await.unwrap(), Some(w.thread_row()));
    assert_eq!(s.threads(w.brand, w.conversation).await.unwrap(), [w.thread_row()]);
    assert_eq!(s.message(w.brand, w.message).await.unwrap(), Some(w.message_row()));
    assert_eq!(s.message(w.brand, w.reply).await.unwrap(), Some(w.reply_row()));
    assert_eq!(s.value(w.brand, w.value).await.unwrap(), Some(w.value_row()));
    assert_eq!(s.values(w.brand, w.conversation).await.unwrap(), [w.value_row()]);
    assert_eq!(s.hold(w.brand, w.hold).await.unwrap(), Some(w.hold_row()));
    assert_eq!(s.holds(w.brand, w.conversation).await.unwrap(), [w.hold_row()]);
    assert_eq!(s.link(w.brand, w.link).await.unwrap(), Some(w.link_row()));
    assert_eq!(s.session(w.brand, w.session).await.unwrap(), Some(w.session_row()));
    assert_eq!(s.session(w.brand, w.agent_session).await.unwrap(), Some(w.agent_session_row()));
    assert_eq!(s.code(w.brand, w.code).await.unwrap(), Some(w.code_row()));
    assert_eq!(s.code_of(w.brand, w.session).await.unwrap(), Some(w.code_row()));
    assert_eq!(s.entry(w.brand, w.entry).await.unwrap(), Some(w.entry_row()));
    assert_eq!(s.entries_of(w.brand, w.conversation).await.unwrap(), [w.entry_row()]);
    assert_eq!(s.job(w.brand, w.job).await.unwrap(), Some(w.job_row()));
    assert_eq!(s.handles(w.brand, w.customer).await.unwrap(), [w.handle_row()]);
}

/// The page with the newest message comes first; filters and pages narrow it down.
pub async fn the_inbox_is_paged_newest_first_and_filtered(g: &Ground) {
    let w = g.world(1).await;
    let mut expected = vec![w.conversation];
    for n in 0..5_u64 {
        let row = ConversationRow {
            conversation: id(50 + n),
            // Two of them end at the same moment.
            last_message_at: at(10 + i64::try_from(n / 2).unwrap()),
            state: if n % 2 == 0 { ConversationState::Open } else { ConversationState::Closed },
            assigned: (n > 2).then_some(w.agent),
            ..w.conversation_row()
        };
        expected.push(row.conversation);
        g.change(w.brand, vec![Effect::AddConversation(row)]).await;
    }
    let all = g.store.inbox(w.brand, &InboxFilter::default(), 10).await.unwrap();
    let key = |c: &ConversationRow| (c.last_message_at, c.conversation);
    assert!(all.is_sorted_by(|a, b| key(a) > key(b)));
    assert_eq!(all.len(), 6);
    let mut paged = Vec::new();
    let mut filter = InboxFilter::default();
    while let Some(last) = {
        let page = g.store.inbox(w.brand, &filter, 2).await.unwrap();
        paged.extend(page.iter().map(|c| c.conversation));
        page.last().map(key)
    } {
        filter.before = Some(last);
    }
    assert_eq!(paged, all.iter().map(|c| c.conversation).collect::<Vec<_>>());
    let open = InboxFilter { state: Some(ConversationState::Open), ..InboxFilter::default() };
    let mine = InboxFilter { assigned: Some(w.agent), ..InboxFilter::default() };
    let both = InboxFilter { state: Some(ConversationState::Open), ..mine.clone() };
    let after = InboxFilter { before: Some((at(11), id(0))), ..both.clone() };
    for (filter, count) in [(open, 4), (mine, 2), (both, 1), (after, 0)] {
        assert_eq!(g.store.inbox(w.brand, &filter, 10).await.unwrap().len(), count, "{filter:?}");
    }
    let closed = ConversationChange {
        state: Some(ConversationState::Closed),
        ..ConversationChange::of(w.conversation)
    };
    g.change(w.brand, vec![Effect::UpdateConversation(closed)]).await;
    let open = InboxFilter { state: Some(ConversationState::Open), ..InboxFilter::default() };
    assert_eq!(g.store.inbox(w.brand, &open, 10).await.unwrap().len(), 3);
}

/// Adds messages to the world's thread, at seconds 10, 11 and so on.
async fn say(g: &Ground, w: &World, count: u64) -> Vec<MessageRow> {
    let mut said = Vec::new();
    for n in 0..count {
        let when = at(10 + i64::try_from(n).unwrap());
        let row = MessageRow {
            message: id(100 + n),
            provider_index: Some(hash(100 + n)),
            written_at: when,
            stored_at: when,
            ..w.message_row()
        };
        g.change(w.brand, vec![Effect::AddMessage(row.clone())]).await;
        said.push(row);
    }
    said
}

/// A page is the newest messages before one, oldest first.
pub async fn messages_are_paged_in_the_order_they_were_stored(g: &Ground) {
    let w = g.world(1).await;
    let said = say(g, &w, 5).await;
    let newest = g.store.messages(w.brand, w.conversation, None, 3).await.unwrap();
    assert_eq!(newest, said[2..]);
    let before = g.store.messages(w.brand, w.conversation, Some(said[2].message), 3).await.unwrap();
    assert_eq!(before, [w.reply_row(), said[0].clone(), said[1].clone()]);
    let first = g.store.messages(w.brand, w.conversation, Some(w.message), 3).await.unwrap();
    assert_eq!(first, []);
    let heard = g.store.heard(w.brand, w.thread, 2).await.unwrap();
    assert_eq!(heard, [said[4].clone(), said[3].clone()]);
    let heard = g.store.heard(w.brand, w.thread, 9).await.unwrap();
    assert_eq!(heard.len(), 6, "the reply is not the customer's");
}

/// One newest message for each conversation asked about, skipping those without any.
pub async fn previews_come_in_the_order_asked(g: &Ground) {
    let w = g.world(1).await;
    let other = w.with_customer(2);
    other.settle_customer(&*g.store).await;
    let empty = ConversationRow { conversation: id(60), ..w.conversation_row() };
    g.change(w.brand, vec![Effect::AddConversation(empty)]).await;
    let asked = [other.conversation, id(60), w.conversation];
    let last = g.store.last_messages(w.brand, &asked).await.unwrap();
    assert_eq!(last, [other.reply_row(), w.reply_row()]);
}

/// Of two threads at one address, the newer counts.
pub async fn the_newest_thread_at_an_address_is_found(g: &Ground) {
    let w = g.world(1).await;
    let newer = ThreadRow { thread: id(70), created_at: at(9), ..w.thread_row() };
    let elsewhere = ChannelRow { channel: id(71), ..w.channel_row() };
    let there = ThreadRow { thread: id(72), channel: id(71), created_at: at(10), ..w.thread_row() };
    let effects =
        vec![Effect::AddThread(newer.clone()), Effect::PutChannel(elsewhere), Effect::AddThread(there)];
    g.change(w.brand, effects).await;
    let address = w.thread_row().address_index;
    assert_eq!(g.store.thread_at(w.brand, w.channel, address).await.unwrap(), Some(newer.clone()));
    assert_eq!(g.store.thread_at(w.brand, w.channel, hash(0)).await.unwrap(), None);
    let threads = g.store.threads(w.brand, w.conversation).await.unwrap();
    assert_eq!(threads.iter().map(|t| t.thread).collect::<Vec<_>>(), [w.thread, id(70), id(72)]);
}

/// A watermark concerns what we sent on the thread until then and is not known to be read.
pub async fn a_watermark_finds_what_was_sent_and_not_read(g: &Ground) {
    let w = g.world(1).await;
    let mut effects = Vec::new();
    for (n, state) in (0..).zip(MessageState::ALL) {
        let row = MessageRow { message: id(200 + n), state: *state, stored_at: at(3), ..w.reply_row() };
        effects.push(Effect::AddMessage(row));
    }
    let late = MessageRow { message: id(300), written_at: at(9), stored_at: at(9), ..w.reply_row() };
    effects.push(Effect::AddMessage(late));
    g.change(w.brand, effects).await;
    let found = g.store.sent_until(w.brand, w.thread, at(8)).await.unwrap();
    let states: Vec<_> = found.iter().map(|m| m.state).collect();
    assert_eq!(states.len(), 3, "{states:?}");
    assert!(states.iter().all(|s| matches!(s, MessageState::Sent | MessageState::Delivered)), "{states:?}");
    assert_eq!(g.store.sent_until(w.brand, w.thread, at(9)).await.unwrap().len(), 4);
    assert_eq!(g.store.sent_until(w.brand, w.thread, at(1)).await.unwrap(), []);
}

/// Two channels may use the same id for different messages.
pub async fn a_message_is_known_by_its_network_on_one_channel_alone(g: &Ground) {
    let w = g.world(1).await;
    let provider = w.message_row().provider_index.unwrap();
    let other_channel = ChannelRow { channel: id(80), ..w.channel_row() };
    g.change(w.brand, vec![Effect::PutChannel(other_channel)]).await;
    let s = &g.store;
    assert_eq!(s.message_by_provider(w.brand, w.channel, provider).await.unwrap(), Some(w.message_row()));
    assert_eq!(s.message_by_provider(w.brand, id(80), provider).await.unwrap(), None);
    assert_eq!(s.message_by_provider(w.brand, w.channel, hash(0)).await.unwrap(), None);
}

/// What the doorway reads without knowing the brand says whose it is.
pub async fn the_doorway_finds_whose_a_secret_is(g: &Ground) {
    let (w, other) = (g.world(1).await, g.world(2).await);
    let s = &g.store;
    s.ping().await.unwrap();
    let oldest = BrandRow { brand: id(9), name: "Oldest".into(), created_at: at(-1) };
    let newest = BrandRow { brand: id(10), name: "Newest".into(), created_at: at(1) };
    g.change(newest.brand, vec![Effect::AddBrand(newest.clone())]).await;
    g.change(oldest.brand, vec![Effect::AddBrand(oldest.clone())]).await;
    let brands = s.brands().await.unwrap();
    assert_eq!((brands.len(), brands.first(), brands.last()), (4, Some(&oldest), Some(&newest)));
    for w in [w, other] {
        assert!(s.brands().await.unwrap().contains(&w.brand_row()));
        assert_eq!(s.connection_anywhere(w.connection).await.unwrap(), Some(w.connection_row()));
        assert_eq!(s.link_anywhere(w.link_row().digest).await.unwrap(), Some(w.link_row()));
        assert_eq!(s.session_anywhere(w.session_row().digest).await.unwrap(), Some(w.session_row()));
        assert_eq!(s.agent_anywhere(&w.agent_row().login).await.unwrap(), Some(w.agent_row()));
    }
    assert_eq!(s.connection_anywhere(id(0)).await.unwrap(), None);
    assert_eq!(s.link_anywhere(hash(0)).await.unwrap(), None);
    assert_eq!(s.session_anywhere(hash(0)).await.unwrap(), None);
    assert_eq!(s.agent_anywhere("nobody@example.com").await.unwrap(), None);
}
