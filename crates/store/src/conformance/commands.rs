//! A command is carried out as a whole or not at all.

use super::{
    Ground, World, id,
    isolation::changes,
    world::{at, hash},
};
use aside_model::{
    Effect,
    rows::{
        ChannelRow, CodeRow, ConversationRow, EntryRow, HoldRow, JobRow, LinkRow, MessageRow, NoticeRow,
        SessionRow, ThreadRow, ValueRow,
    },
};

/// Two effects that could stand, then one that cannot.
pub async fn a_command_whose_third_effect_fails_leaves_nothing_of_the_first_two(g: &Ground) {
    let w = g.world(1).await;
    let nowhere = ThreadRow { thread: id(2), conversation: id(404), ..w.thread_row() };
    let effects = vec![
        Effect::AddMessage(MessageRow { message: id(1), ..w.message_row() }),
        Effect::Announce(Some(w.conversation), Some(id(1)), "message"),
        Effect::AddThread(nowhere),
    ];
    g.fails(w.brand, effects).await;
    let applied = g.change(w.brand, vec![Effect::Announce(None, None, "after")]).await;
    assert_eq!(applied.events, Some((2, 2)), "the number of the event that failed is given again");
}

/// Changing or dropping what is not there is no error: guards are there for whoever needs to know.
pub async fn a_change_of_what_is_not_there_changes_nothing(g: &Ground) {
    let w = g.world(1).await;
    let nobody = World::numbered(2).in_brand(w.brand);
    for effect in changes(&nobody) {
        g.changes_nothing(w.brand, effect).await;
    }
}

/// No row is taken that hangs on nothing.
pub async fn a_row_that_names_a_missing_one_fails(g: &Ground) {
    let w = g.world(1).await;
    let no = id::<()>(404).bytes();
    let conversation = aside_model::ConversationId::from_bytes(no);
    let keyring = aside_model::KeyringId::from_bytes(no);
    let message = aside_model::MessageId::from_bytes(no);
    let handle = aside_model::HandleId::from_bytes(no);
    let missing = vec![
        Effect::PutChannel(ChannelRow { channel: id(1), connection: Some(id(404)), ..w.channel_row() }),
        Effect::PutNotice(NoticeRow { channel: id(404), ..w.notice_row() }),
        Effect::AddConversation(ConversationRow {
            conversation: id(1),
            customer: id(404),
            ..w.conversation_row()
        }),
        Effect::AddThread(ThreadRow { thread: id(1), channel: id(404), ..w.thread_row() }),
        Effect::AddThread(ThreadRow { thread: id(1), handle, ..w.thread_row() }),
        Effect::AddMessage(MessageRow { message: id(1), thread: id(404), ..w.message_row() }),
        Effect::AddMessage(MessageRow { message: id(1), keyring, ..w.message_row() }),
        Effect::AddValue(ValueRow { value: id(1), message, ..w.value_row() }),
        Effect::AddValue(ValueRow { value: id(1), keyring, ..w.value_row() }),
        Effect::AddHold(HoldRow { hold: id(1), message, ..w.hold_row() }),
        Effect::AddHold(HoldRow { hold: id(1), keyring, ..w.hold_row() }),
        Effect::AddLink(LinkRow { link: id(1), digest: hash(1), conversation, ..w.link_row() }),
        Effect::AddLink(LinkRow { link: id(1), digest: hash(1), handle, ..w.link_row() }),
        Effect::AddSession(SessionRow {
            session: id(1),
            digest: hash(1),
            of: aside_model::rows::SessionOf::Agent(id(404)),
            ..w.session_row()
        }),
        Effect::AddCode(CodeRow { code: id(1), session: id(404), ..w.code_row() }),
        Effect::AddEntry(EntryRow { entry: id(1), keyring: Some(keyring), ..w.entry_row() }),
        Effect::AddEntry(EntryRow { entry: id(1), conversation: Some(conversation), ..w.entry_row() }),
        Effect::AddJob(JobRow { job: id(1), keyring, ..w.job_row() }),
        Effect::Announce(Some(conversation), None, "message"),
        Effect::Announce(None, Some(message), "message"),
        Effect::MoveHandle(w.handle, id(404)),
        Effect::MoveConversation(w.conversation, id(404)),
    ];
    for effect in missing {
        g.fails(w.brand, vec![effect]).await;
    }
    // What is there already is not added a second time either.
    for effect in [
        Effect::AddConversation(w.conversation_row()),
        Effect::AddThread(w.thread_row()),
        Effect::AddMessage(w.message_row()),
        Effect::AddEntry(w.entry_row()),
        Effect::AddJob(w.job_row()),
        Effect::AddLink(LinkRow { link: id(1), expires_at: at(9), ..w.link_row() }),
    ] {
        g.fails(w.brand, vec![effect]).await;
    }
}
