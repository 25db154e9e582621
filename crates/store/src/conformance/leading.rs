//! The lead of a brand's sequencing: one holder at a time, and none that has lost it writes anything.

use super::{Ground, World, id, world::at};
use crate::StoreError;
use aside_model::{
    BrandId, Command, Effect, Guard,
    rows::{CheckpointRow, EntryRow},
};
use std::{collections::BTreeSet, sync::Arc, time::Duration};
use tokio::task::JoinSet;

const LEASE: Duration = Duration::from_secs(10);
const FIRST: [u8; 16] = [1; 16];
const SECOND: [u8; 16] = [2; 16];

async fn lead(g: &Ground, brand: BrandId, holder: [u8; 16], second: i64) -> Option<i64> {
    g.store.lead(brand, holder, at(second), LEASE).await.unwrap()
}

/// Sees that the fence gives no place any more, and that nothing at all has changed.
async fn gives_no_places(g: &Ground, w: &World, fence: i64) {
    let before = g.backend.dump().await;
    let asked = g.store.sequence(w.brand, fence, 10).await;
    assert!(matches!(asked, Err(StoreError::LeadLost)), "fence {fence}: {asked:?}");
    assert_eq!(g.backend.dump().await, before, "fence {fence} changed something");
}

/// The holder may renew as often as it likes and keeps its fence; somebody else gets a higher one, later.
pub async fn one_process_leads_a_brands_sequencing_until_its_lease_is_over(g: &Ground) {
    let w = g.world(1).await;
    let fence = lead(g, w.brand, FIRST, 0).await.unwrap();
    assert_eq!(lead(g, w.brand, SECOND, 9).await, None);
    assert_eq!(lead(g, w.brand, FIRST, 9).await, Some(fence));
    assert_eq!(lead(g, w.brand, SECOND, 18).await, None, "it was renewed");
    // Nobody else was there in the meantime, so nothing can have been written under another fence.
    assert_eq!(lead(g, w.brand, FIRST, 30).await, Some(fence));
    let before = g.backend.dump().await;
    assert_eq!(lead(g, w.brand, SECOND, 39).await, None);
    assert_eq!(g.backend.dump().await, before, "asking in vain changed something");
    let later = lead(g, w.brand, SECOND, 40).await.unwrap();
    assert!(later > fence);
    assert_eq!(lead(g, w.brand, FIRST, 49).await, None);
    assert!(lead(g, w.brand, FIRST, 50).await.unwrap() > later, "who led once comes back with a new fence");
}

/// A process that slept through the end of its lease and wakes up has no say.
pub async fn whoever_lost_the_lead_gives_no_places(g: &Ground) {
    let w = g.world(1).await;
    for never in [-1, 0, 1] {
        gives_no_places(g, &w, never).await;
    }
    let old = lead(g, w.brand, FIRST, 0).await.unwrap();
    assert_eq!(g.store.sequence(w.brand, old, 10).await.unwrap(), 1);
    g.change(w.brand, vec![Effect::AddEntry(EntryRow { entry: id(30), ..w.entry_row() })]).await;
    let new = lead(g, w.brand, SECOND, 10).await.unwrap();
    gives_no_places(g, &w, old).await;
    gives_no_places(g, &w, new + 1).await;
    assert_eq!(g.store.sequence(w.brand, new, 10).await.unwrap(), 1);
    assert_eq!(g.store.entry(w.brand, id(30)).await.unwrap().unwrap().index, Some(1));
    gives_no_places(g, &w, old).await;
}

/// The guard holds for the newest fence alone, however long its lease is over.
pub async fn a_checkpoint_is_added_by_whoever_leads(g: &Ground) {
    let w = g.world(1).await;
    let checkpoint = |size: i64, fence| {
        let row = CheckpointRow { brand: w.brand, size, note: format!("under {fence}"), at: at(size) };
        Command::new(w.brand).guard(Guard::Leads(fence)).effect(Effect::AddCheckpoint(row))
    };
    g.refuses(checkpoint(8, 1), &Guard::Leads(1)).await;
    let old = lead(g, w.brand, FIRST, 0).await.unwrap();
    assert!(g.holds(w.brand, Guard::Leads(old)).await);
    let new = lead(g, w.brand, SECOND, 10).await.unwrap();
    g.refuses(checkpoint(8, old), &Guard::Leads(old)).await;
    g.store.apply(checkpoint(9, new)).await.unwrap();
    assert_eq!(g.store.checkpoint(w.brand).await.unwrap().unwrap().note, format!("under {new}"));
    g.clock.set(at(1_000_000));
    assert!(g.holds(w.brand, Guard::Leads(new)).await, "nobody took it over");
}

/// A machine whose clock was a year ahead must not stop the log for a year.
pub async fn a_lead_far_in_the_future_is_taken_over(g: &Ground) {
    let w = g.world(1).await;
    let ahead = lead(g, w.brand, FIRST, 365 * 86_400).await.unwrap();
    assert!(lead(g, w.brand, SECOND, 0).await.unwrap() > ahead);
    // A clock that is a little ahead is no reason.
    assert_eq!(lead(g, w.brand, SECOND, 8).await, Some(ahead + 1));
    assert_eq!(lead(g, w.brand, FIRST, 0).await, None);
}

/// Whoever stops in good order need not be waited for.
pub async fn a_lead_that_is_given_back_is_free_at_once(g: &Ground) {
    let w = g.world(1).await;
    let fence = lead(g, w.brand, FIRST, 0).await.unwrap();
    let give_back = async |holder| g.store.lead(w.brand, holder, at(1), Duration::ZERO).await.unwrap();
    assert_eq!(give_back(SECOND).await, None, "nobody gives back what is another's");
    assert_eq!(lead(g, w.brand, SECOND, 1).await, None);
    assert_eq!(give_back(FIRST).await, Some(fence));
    assert!(lead(g, w.brand, SECOND, 1).await.unwrap() > fence);
}

/// Whoever leads one brand need not lead another.
pub async fn each_brand_has_a_leader_of_its_own(g: &Ground) {
    let (w, other) = (g.world(1).await, g.world(2).await);
    assert_eq!(lead(g, w.brand, FIRST, 0).await, Some(1));
    assert_eq!(lead(g, other.brand, SECOND, 0).await, Some(1));
    assert_eq!(lead(g, w.brand, SECOND, 10).await, Some(2));
    assert!(g.holds(other.brand, Guard::Leads(1)).await && !g.holds(other.brand, Guard::Leads(2)).await);
    gives_no_places(g, &other, 2).await;
    let nobody = g.store.lead(id(0), FIRST, at(0), LEASE).await;
    assert!(nobody.is_err(), "a brand that is not there is led by {nobody:?}");
}

/// They all ask at once.
pub async fn of_thirty_two_processes_one_leads(g: &Ground) {
    let w = g.world(1).await;
    for round in 0..4_i64 {
        let mut asking = JoinSet::new();
        for n in 0..32_u8 {
            let store = Arc::clone(&g.store);
            asking.spawn(async move { store.lead(w.brand, [n; 16], at(round * 10), LEASE).await.unwrap() });
        }
        let fences: BTreeSet<_> = asking.join_all().await.into_iter().flatten().collect();
        assert_eq!(fences.len(), 1, "in round {round}: {fences:?}");
    }
}
