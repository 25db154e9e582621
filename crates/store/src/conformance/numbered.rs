//! Entries and live events: numbered in commit order, without gaps.

use super::{Ground, World, id, world::at};
use aside_model::{
    Command, Effect, EntryId, Guard,
    rows::{CheckpointRow, EntryRow},
};

/// Ids in falling order, so that whoever sequences by id gets it wrong.
fn falling(number: u64) -> EntryId {
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&(u64::MAX - number).to_be_bytes());
    EntryId::from_bytes(bytes)
}

async fn add(g: &Ground, w: &World, numbers: std::ops::Range<u64>) -> Vec<EntryId> {
    let ids: Vec<_> = numbers.map(falling).collect();
    for entry in &ids {
        g.change(w.brand, vec![Effect::AddEntry(EntryRow { entry: *entry, ..w.entry_row() })]).await;
    }
    ids
}

async fn log(g: &Ground, w: &World) -> Vec<(EntryId, Option<i64>)> {
    let entries = g.store.entries_from(w.brand, 0, 1_000).await.unwrap();
    entries.into_iter().map(|e| (e.entry, e.index)).collect()
}

/// Not by id, not by time: in the order in which the commands were committed.
pub async fn entries_enter_the_log_in_the_order_they_were_committed(g: &Ground) {
    let w = g.world(1).await;
    let mut expected = vec![w.entry];
    expected.extend(add(g, &w, 0..5).await);
    assert_eq!(g.store.entry_counts(w.brand).await.unwrap(), (0, 6));
    assert_eq!(log(g, &w).await, []);
    assert_eq!(g.sequence(w.brand, 4).await, 4);
    assert_eq!(g.store.entry_counts(w.brand).await.unwrap(), (4, 2));
    assert_eq!(g.sequence(w.brand, 4).await, 2);
    assert_eq!(g.sequence(w.brand, 4).await, 0);
    assert_eq!(g.store.entry_counts(w.brand).await.unwrap(), (6, 0));
    let expected: Vec<_> = expected.into_iter().zip((0..).map(Some)).collect();
    assert_eq!(log(g, &w).await, expected);
    let timeline = g.store.entries_of(w.brand, w.conversation).await.unwrap();
    assert_eq!(timeline.into_iter().map(|e| (e.entry, e.index)).collect::<Vec<_>>(), expected);
    let middle = g.store.entries_from(w.brand, 2, 3).await.unwrap();
    assert_eq!(middle.iter().map(|e| e.index).collect::<Vec<_>>(), [Some(2), Some(3), Some(4)]);
}

/// Entries that come later, or whose command was refused, move none that have their place.
pub async fn sequencing_never_moves_an_earlier_entry(g: &Ground) {
    let (w, other) = (g.world(1).await, g.world(2).await);
    add(g, &w, 0..3).await;
    g.sequence(w.brand, 10).await;
    let before = log(g, &w).await;
    let never = Guard::VersionIs(w.conversation, -1);
    let refused = Command::new(w.brand)
        .guard(never.clone())
        .effect(Effect::AddEntry(EntryRow { entry: id(500), ..w.entry_row() }));
    g.refuses(refused, &never).await;
    g.fails(
        w.brand,
        vec![Effect::AddEntry(EntryRow { entry: id(501), ..w.entry_row() }), Effect::AddEntry(w.entry_row())],
    )
    .await;
    let later = add(g, &w, 10..12).await;
    let newest = g.store.newest_entries(w.brand, None, 3).await.unwrap();
    assert_eq!(
        newest.iter().map(|e| (e.entry, e.index)).collect::<Vec<_>>(),
        [(later[1], None), (later[0], None), (falling(2), Some(3))],
        "what has no place yet comes first"
    );
    g.sequence(w.brand, 10).await;
    let after = log(g, &w).await;
    assert_eq!(after[..4], before);
    assert_eq!(after[4..], [(later[0], Some(4)), (later[1], Some(5))]);
    let page = g.store.newest_entries(w.brand, Some(4), 3).await.unwrap();
    assert_eq!(page.iter().map(|e| e.index).collect::<Vec<_>>(), [Some(3), Some(2), Some(1)]);
    assert_eq!(log(g, &other).await, []);
    assert_eq!(g.sequence(other.brand, 10).await, 1);
    assert_eq!(log(g, &other).await, [(other.entry, Some(0))], "each brand has its own log");
}

/// Each brand counts for itself; a command knows its own first and last; nothing refused takes a number.
pub async fn live_events_are_numbered_without_gaps(g: &Ground) {
    let (w, other) = (g.world(1).await, g.world(2).await);
    let mut woken = g.store.subscribe();
    let announce = |kind| Effect::Announce(Some(w.conversation), None, kind);
    let two = g.change(w.brand, vec![announce("a"), announce("b")]).await;
    assert_eq!(two.events, Some((2, 3)));
    assert_eq!(woken.recv().await.unwrap(), (w.brand, 3));
    assert_eq!(g.change(w.brand, vec![Effect::ThreadHeard(w.thread, at(3))]).await.events, None);
    let never = Guard::VersionIs(w.conversation, -1);
    g.refuses(Command::new(w.brand).guard(never.clone()).effect(announce("c")), &never).await;
    g.fails(w.brand, vec![announce("d"), Effect::AddMessage(w.message_row())]).await;
    assert_eq!(g.change(w.brand, vec![announce("e")]).await.events, Some((4, 4)));
    let events = g.store.events_after(w.brand, 0, 10).await.unwrap();
    let said: Vec<_> = events.iter().map(|e| (e.number, e.kind.as_str())).collect();
    assert_eq!(said, [(1, "message"), (2, "a"), (3, "b"), (4, "e")]);
    assert_eq!((events[0].conversation, events[0].message), (Some(w.conversation), Some(w.message)));
    let after = g.store.events_after(w.brand, 2, 1).await.unwrap();
    assert_eq!(after.iter().map(|e| e.number).collect::<Vec<_>>(), [3]);
    assert_eq!(g.store.last_event(w.brand).await.unwrap(), 4);
    assert_eq!(g.store.last_event(other.brand).await.unwrap(), 1);
}

/// Checkpoints may be added in any order and again; the one that covers most is the newest.
pub async fn the_newest_checkpoint_is_the_largest(g: &Ground) {
    let w = g.world(1).await;
    let checkpoint =
        |size, note: &str| CheckpointRow { brand: w.brand, size, note: note.into(), at: at(size) };
    for (size, note, newest) in [(9, "nine", "nine"), (8, "eight", "nine"), (9, "nine again", "nine again")] {
        g.change(w.brand, vec![Effect::AddCheckpoint(checkpoint(size, note))]).await;
        assert_eq!(g.store.checkpoint(w.brand).await.unwrap(), Some(checkpoint(9, newest)));
    }
}

async fn sequence(g: &Ground, w: &World, limit: u32) {
    g.sequence(w.brand, limit).await;
}

/// A copy that is older than its log learns the places of what it has and the entries that it has not.
pub async fn a_restored_entry_has_the_place_that_the_log_gave_it(g: &Ground) {
    let (w, other) = (g.world(1).await, g.world(2).await);
    let known = add(g, &w, 0..1).await[0];
    let untouched = log(g, &other).await;
    let row = |entry, index| EntryRow { entry, index: Some(index), ..w.entry_row() };
    for (entry, index) in [(w.entry, 0), (falling(7), 1), (known, 2), (known, 2)] {
        g.change(w.brand, vec![Effect::RestoreEntry(row(entry, index))]).await;
    }
    assert_eq!(log(g, &w).await, [(w.entry, Some(0)), (falling(7), Some(1)), (known, Some(2))]);
    g.fails(w.brand, vec![Effect::RestoreEntry(row(known, 3))]).await;
    let another = EntryRow { leaf: b"another".to_vec(), ..row(known, 2) };
    g.fails(w.brand, vec![Effect::RestoreEntry(another)]).await;
    g.fails(w.brand, vec![Effect::RestoreEntry(EntryRow { index: None, ..row(falling(8), 0) })]).await;
    let next = add(g, &w, 20..21).await[0];
    sequence(g, &w, 10).await;
    assert_eq!(log(g, &w).await.last(), Some(&(next, Some(3))), "the log goes on where it was");
    assert_eq!(log(g, &other).await, untouched);
}

/// Where a log's files are lost, a new one begins: first what is said about the old one, then everything again.
pub async fn a_new_log_begins_with_what_is_said_about_the_old_one(g: &Ground) {
    let (w, other) = (g.world(1).await, g.world(2).await);
    let known = add(g, &w, 0..3).await;
    sequence(g, &w, 2).await;
    let checkpoint = CheckpointRow { brand: w.brand, size: 900, note: "an old one".into(), at: at(1) };
    g.change(w.brand, vec![Effect::AddCheckpoint(checkpoint)]).await;
    let before = log(g, &other).await;
    let first = EntryRow { entry: falling(50), ..w.entry_row() };
    g.change(w.brand, vec![Effect::RestartLog(first)]).await;
    assert_eq!(log(g, &w).await, []);
    assert_eq!(g.store.checkpoint(w.brand).await.unwrap(), None);
    sequence(g, &w, 100).await;
    let expected = [falling(50), w.entry].into_iter().chain(known).zip((0..).map(Some));
    assert_eq!(log(g, &w).await, expected.collect::<Vec<_>>());
    assert_eq!(log(g, &other).await, before);
}
