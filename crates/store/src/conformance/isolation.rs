//! Nothing of one brand is reachable from another.

use super::{
    Ground, World,
    every_read::every_read,
    id,
    world::{at, hash},
};
use aside_model::{
    BrandId, Checks, ConversationChange, ConversationState, Effect, Guard, JobState, MessageState, PurgeKind,
    rows::{BrandRow, CheckpointRow, ConversationRow, HandleRow, KeyringRow, MessageRow, NewHandle},
};

/// A brand that has nothing but itself.
async fn empty_brand(g: &Ground) -> BrandId {
    let brand = id(9_000_000);
    g.change(brand, vec![Effect::AddBrand(BrandRow { brand, name: "Other".into(), created_at: at(1) })])
        .await;
    brand
}

/// Every read in the name of another brand finds nothing, whatever ids it knows.
pub async fn a_second_brand_sees_none_of_it(g: &Ground) {
    let w = g.world(1).await;
    let other = empty_brand(g).await;
    g.sequence(w.brand, 10).await;
    for brand in [other, id(9_000_001)] {
        for (read, said) in every_read(&*g.store, brand, &w).await {
            assert_eq!(said, "", "{read} shows another brand's rows");
        }
        assert_eq!(g.store.entries_from(brand, 0, 10).await.unwrap(), []);
    }
}

/// Knowing an id of another brand is no use to a command.
pub async fn a_command_reaches_no_row_of_another_brand(g: &Ground) {
    let w = g.world(1).await;
    let other = empty_brand(g).await;
    for effect in changes(&w) {
        g.changes_nothing(other, effect).await;
    }
    let theirs = [
        Guard::VersionIs(w.conversation, 2),
        Guard::MessageStateIs(w.message, MessageState::Received),
        Guard::JobStateIs(w.job, JobState::Due),
        Guard::LinkOpen(w.link, at(50)),
        Guard::CodeOpen(w.code, at(50)),
        Guard::HoldOpen(w.hold, at(50)),
        Guard::KeyAlive(w.keyring),
    ];
    for guard in theirs {
        assert!(g.holds(w.brand, guard.clone()).await, "{guard:?}");
        assert!(!g.holds(other, guard.clone()).await, "{guard:?} holds for another brand");
    }
    assert!(g.holds(other, Guard::Once(hash(1_000_700).to_vec())).await, "each brand has its own used keys");
    assert_eq!(g.sequence(other, 10).await, 0);
    for kind in
        [PurgeKind::Holds, PurgeKind::Expired, PurgeKind::DoneJobs, PurgeKind::Events, PurgeKind::OnceKeys]
    {
        let before = g.store.events_after(w.brand, 0, 10).await.unwrap();
        g.change(other, vec![Effect::Purge(kind, at(1_000))]).await;
        assert_eq!(g.store.events_after(w.brand, 0, 10).await.unwrap(), before);
        assert!(g.store.hold(w.brand, w.hold).await.unwrap().is_some());
        assert!(g.store.session(w.brand, w.session).await.unwrap().is_some());
    }
}

/// Effects that change or remove the world's rows, each of them by id.
pub(super) fn changes(w: &World) -> Vec<Effect> {
    let closed = ConversationChange {
        state: Some(ConversationState::Closed),
        ..ConversationChange::of(w.conversation)
    };
    vec![
        Effect::UpdateConversation(closed),
        Effect::ThreadHeard(w.thread, at(9)),
        Effect::ReplaceBody {
            message: w.message,
            body: vec![1],
            checks: Checks::Unchecked,
            edited_at: Some(at(9)),
        },
        Effect::MessageBecame {
            message: w.message,
            state: MessageState::Read,
            provider: Some((vec![1], hash(1))),
            reason: Some("why".into()),
        },
        Effect::RemoveMessage(w.message, at(9)),
        Effect::DropValue(w.value),
        Effect::DropHold(w.hold),
        Effect::ResealHold { hold: w.hold, drop_box: hash(1), value: vec![1] },
        Effect::RedeemLink(w.link, at(9)),
        Effect::SessionSeen(w.session, at(9)),
        Effect::EndSession(w.session),
        Effect::EndAgentSessions(w.agent),
        Effect::UseCode(w.code, at(9)),
        Effect::MoveHandle(w.handle, w.customer),
        Effect::MoveConversation(w.conversation, w.customer),
        Effect::JobBecame { job: w.job, state: JobState::Done, attempts: 3, due_at: at(9), error: None },
        Effect::RewrapKeyring(w.keyring, 9, vec![1]),
        Effect::EraseCustomer(w.customer),
    ]
}

/// Neither a row that says it is another brand's nor one that points into another brand is taken.
pub async fn a_command_may_not_carry_a_row_of_another_brand(g: &Ground) {
    let w = g.world(1).await;
    let other = empty_brand(g).await;
    let new = World::numbered(7);
    let foreign_rows = vec![
        Effect::AddBrand(new.brand_row()),
        Effect::PutConnection(w.connection_row()),
        Effect::PutChannel(w.channel_row()),
        Effect::PutNotice(w.notice_row()),
        Effect::PutAgent(w.agent_row()),
        Effect::AddConversation(ConversationRow { conversation: id(1), ..w.conversation_row() }),
        Effect::AddMessage(MessageRow { message: id(1), ..w.message_row() }),
        Effect::AddCheckpoint(CheckpointRow { brand: w.brand, size: 8, note: String::new(), at: at(0) }),
        Effect::AddEntry(aside_model::rows::EntryRow { entry: id(1), ..w.entry_row() }),
    ];
    let pointing_across = vec![
        Effect::AddConversation(ConversationRow { brand: other, ..w.conversation_row() }),
        Effect::AddThread(aside_model::rows::ThreadRow { brand: other, ..w.thread_row() }),
        Effect::AddMessage(MessageRow { brand: other, ..w.message_row() }),
        Effect::AddValue(aside_model::rows::ValueRow { brand: other, ..w.value_row() }),
        Effect::AddHold(aside_model::rows::HoldRow { brand: other, ..w.hold_row() }),
        Effect::AddLink(aside_model::rows::LinkRow { brand: other, digest: hash(1), ..w.link_row() }),
        Effect::AddSession(aside_model::rows::SessionRow {
            brand: other,
            digest: hash(1),
            ..w.session_row()
        }),
        Effect::AddCode(aside_model::rows::CodeRow { brand: other, ..w.code_row() }),
        Effect::AddJob(aside_model::rows::JobRow { brand: other, ..w.job_row() }),
        Effect::AddEntry(aside_model::rows::EntryRow { brand: other, ..w.entry_row() }),
        Effect::Announce(Some(w.conversation), None, "message"),
        Effect::Announce(None, Some(w.message), "message"),
    ];
    for effect in foreign_rows.into_iter().chain(pointing_across) {
        g.fails(other, vec![effect]).await;
    }
    let before = g.backend.dump().await;
    let keyring = KeyringRow { brand: w.brand, keyring: id(2), ..w.keyring_row() };
    let handle = HandleRow { brand: other, handle: id(1), keyring: id(2), ..w.handle_row() };
    assert!(g.store.ensure_handle(NewHandle { handle, keyring }).await.is_err());
    assert_eq!(g.backend.dump().await, before);
}
