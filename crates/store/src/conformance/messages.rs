//! What effects do to conversations, threads and messages.

use super::{
    Ground, id,
    world::{at, hash},
};
use aside_model::{
    Assurance, Checks, ConversationChange, ConversationState, Effect, MessageState, Rung,
    rows::{ConversationRow, HoldRow, MessageRow, ValueRow},
};

/// The conversation's last-message time and version follow its messages.
pub async fn a_new_message_moves_its_conversation(g: &Ground) {
    let w = g.world(1).await;
    let said = MessageRow { message: id(1), written_at: at(3), stored_at: at(20), ..w.message_row() };
    g.change(w.brand, vec![Effect::AddMessage(said)]).await;
    let row = g.store.conversation(w.brand, w.conversation).await.unwrap().unwrap();
    assert_eq!((row.last_message_at, row.version), (at(20), 3));
    let late = MessageRow { message: id(2), stored_at: at(10), ..w.message_row() };
    g.change(w.brand, vec![Effect::AddMessage(late)]).await;
    let row = g.store.conversation(w.brand, w.conversation).await.unwrap().unwrap();
    assert_eq!((row.last_message_at, row.version), (at(20), 4), "time does not run backwards in the inbox");
}

/// A part that is `None` stays as it is; the version rises in any case.
pub async fn a_change_to_a_conversation_leaves_the_rest_as_it_is(g: &Ground) {
    let w = g.world(1).await;
    let nothing = ConversationChange::of(w.conversation);
    let mut expected = ConversationRow { last_message_at: at(2), version: 2, ..w.conversation_row() };
    let changes = [
        ConversationChange { state: Some(ConversationState::Closed), ..nothing.clone() },
        ConversationChange { rung: Some(Rung::Secure), ..nothing.clone() },
        ConversationChange { assigned: Some(Some(w.agent)), ..nothing.clone() },
        ConversationChange { language: Some("de".into()), ..nothing.clone() },
        ConversationChange { assurance: Some((Assurance::Linked, at(5), Some(at(50)))), ..nothing.clone() },
        ConversationChange { invited_at: Some(at(6)), ..nothing.clone() },
        nothing.clone(),
        ConversationChange { assurance: Some((Assurance::Checked, at(7), None)), ..nothing.clone() },
        ConversationChange { assigned: Some(None), ..nothing },
    ];
    for change in changes {
        expected.version += 1;
        expected.state = change.state.unwrap_or(expected.state);
        expected.rung = change.rung.unwrap_or(expected.rung);
        expected.assigned = change.assigned.unwrap_or(expected.assigned);
        expected.language = change.language.clone().unwrap_or(expected.language);
        expected.invited_at = change.invited_at.or(expected.invited_at);
        if let Some((assurance, since, until)) = change.assurance {
            (expected.assurance, expected.assurance_at, expected.assurance_until) = (assurance, since, until);
        }
        g.change(w.brand, vec![Effect::UpdateConversation(change)]).await;
        assert_eq!(g.store.conversation(w.brand, w.conversation).await.unwrap(), Some(expected.clone()));
    }
}

/// Whether a report of the second state is taken when the first is known.
pub(super) fn follows(known: MessageState, reported: MessageState) -> bool {
    use MessageState::{Delivered, Queued, Read, Received, Removed, Sent};
    let order = [Received, Queued, Sent, Delivered, Read];
    let place = |state| order.iter().position(|s| *s == state);
    match (place(known), place(reported)) {
        _ if known == Removed => reported == Removed,
        (Some(known), Some(reported)) => reported >= known,
        _ => true,
    }
}

/// Networks reorder their reports. Failed, unknown, hidden and removed are taken as given, and what its author
/// took back stays taken back.
pub async fn reports_never_move_a_message_backwards(g: &Ground) {
    let w = g.world(1).await;
    let mut number = 100;
    for known in MessageState::ALL {
        for reported in MessageState::ALL {
            number += 1;
            let row = MessageRow {
                message: id(number),
                state: *known,
                reason: Some("before".into()),
                ..w.reply_row()
            };
            let report = Effect::MessageBecame {
                message: id(number),
                state: *reported,
                provider: None,
                reason: Some("after".into()),
            };
            g.change(w.brand, vec![Effect::AddMessage(row), report]).await;
            let now = g.store.message(w.brand, id(number)).await.unwrap().unwrap();
            let expected = if follows(*known, *reported) { reported } else { known };
            assert_eq!(now.state, *expected, "{reported} reported of a message known to be {known}");
            if !follows(*known, *reported) {
                assert_eq!(now.reason.as_deref(), Some("before"), "{reported} after {known}");
            } else if known != reported {
                assert_eq!(now.reason.as_deref(), Some("after"), "{reported} after {known}");
            }
        }
    }
}

/// The report of a delivery may overtake the answer that tells the network's id.
pub async fn the_networks_id_is_kept_even_from_a_late_report(g: &Ground) {
    let w = g.world(1).await;
    let became = |state, provider| Effect::MessageBecame { message: w.reply, state, provider, reason: None };
    g.change(w.brand, vec![became(MessageState::Delivered, None)]).await;
    g.change(w.brand, vec![became(MessageState::Sent, Some((vec![1, 2], hash(77))))]).await;
    let row = g.store.message_by_provider(w.brand, w.channel, hash(77)).await.unwrap().unwrap();
    assert_eq!((row.message, row.state), (w.reply, MessageState::Delivered));
    assert_eq!(row.provider_sealed, Some(vec![1, 2]));
    g.change(w.brand, vec![became(MessageState::Read, None)]).await;
    assert!(g.store.message_by_provider(w.brand, w.channel, hash(77)).await.unwrap().is_some());
}

/// A body is replaced with its checks; an edit without a time leaves the last one.
pub async fn an_edited_message_says_something_else(g: &Ground) {
    let w = g.world(1).await;
    let replace = |body: &[u8], checks, edited_at| Effect::ReplaceBody {
        message: w.message,
        body: body.to_vec(),
        checks,
        edited_at,
    };
    g.change(w.brand, vec![replace(b"new", Checks::Unchecked, Some(at(9)))]).await;
    g.change(w.brand, vec![replace(b"newer", Checks::Checked, None)]).await;
    let row = g.store.message(w.brand, w.message).await.unwrap().unwrap();
    let expected = MessageRow {
        body_sealed: b"newer".to_vec(),
        checks: Checks::Checked,
        edited_at: Some(at(9)),
        ..w.message_row()
    };
    assert_eq!(row, expected);
}

/// Nothing of the text stays, nor what was cut out of it; other messages keep theirs.
pub async fn a_message_taken_back_loses_text_values_and_holds(g: &Ground) {
    let w = g.world(1).await;
    let other = ValueRow { value: id(1), message: w.reply, ..w.value_row() };
    let hold = HoldRow { hold: id(2), message: w.reply, ..w.hold_row() };
    g.change(w.brand, vec![Effect::AddValue(other.clone()), Effect::AddHold(hold.clone())]).await;
    g.change(w.brand, vec![Effect::RemoveMessage(w.message, at(9))]).await;
    let row = g.store.message(w.brand, w.message).await.unwrap().unwrap();
    let expected = MessageRow {
        body_sealed: vec![],
        state: MessageState::Removed,
        removed_at: Some(at(9)),
        ..w.message_row()
    };
    assert_eq!(row, expected);
    assert_eq!(g.store.values(w.brand, w.conversation).await.unwrap(), [other]);
    assert_eq!(g.store.holds(w.brand, w.conversation).await.unwrap(), [hold]);
    // Neither a late edit nor a late report brings anything back.
    let edit = Effect::ReplaceBody {
        message: w.message,
        body: vec![1],
        checks: Checks::Checked,
        edited_at: Some(at(10)),
    };
    let read =
        Effect::MessageBecame { message: w.message, state: MessageState::Read, provider: None, reason: None };
    g.change(w.brand, vec![edit, read]).await;
    assert_eq!(g.store.message(w.brand, w.message).await.unwrap(), Some(row));
}

/// Windows run from the last time; an older event that arrives late moves nothing.
pub async fn a_thread_was_heard_last_when_it_was_heard_last(g: &Ground) {
    let w = g.world(1).await;
    for (heard, last) in [(5, 5), (9, 9), (7, 9)] {
        g.change(w.brand, vec![Effect::ThreadHeard(w.thread, at(heard))]).await;
        let row = g.store.thread(w.brand, w.thread).await.unwrap().unwrap();
        assert_eq!(row.heard_at, Some(at(last)));
    }
}
