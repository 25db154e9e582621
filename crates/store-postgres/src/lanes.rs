//! Plain commands on their way into batches. Each brand has a lane: while one batch of it is being committed,
//! the next one gathers, so that many callers share one commit and brands do not wait for each other.

use aside_model::{BrandId, Command, Outcome};
use aside_store::Result;
use std::{
    collections::{HashMap, VecDeque},
    sync::{Mutex, MutexGuard, PoisonError},
};
use tokio::sync::oneshot;

/// A command and whoever waits for what becomes of it.
pub(crate) struct Asked {
    pub(crate) command: Command,
    pub(crate) answer: oneshot::Sender<Result<Outcome>>,
}

/// The lanes. A lane is there while somebody drives along it.
pub(crate) struct Lanes {
    waiting: Mutex<Waiting>,
    per_brand: usize,
    total: usize,
}

#[derive(Default)]
struct Waiting {
    lanes: HashMap<BrandId, VecDeque<Asked>>,
    count: usize,
}

/// Where a command went.
pub(crate) enum Pushed {
    /// Somebody is driving along the lane and will come to it.
    Waits,
    /// The lane was empty: whoever pushed has to see to it that somebody takes from it until it is empty.
    First,
    /// There is no room.
    Full,
}

impl Lanes {
    /// Lanes that hold at most `per_brand` commands each and `total` together.
    pub(crate) fn new(per_brand: usize, total: usize) -> Self {
        Self { waiting: Mutex::default(), per_brand, total }
    }

    /// Puts a command at the end of its brand's lane.
    pub(crate) fn push(&self, asked: Asked) -> Pushed {
        let mut waiting = self.lock();
        let waiting = &mut *waiting;
        let brand = asked.command.brand;
        let ahead = waiting.lanes.get(&brand).map_or(0, VecDeque::len);
        if waiting.count >= self.total || ahead >= self.per_brand {
            return Pushed::Full;
        }
        waiting.count += 1;
        if let Some(lane) = waiting.lanes.get_mut(&brand) {
            lane.push_back(asked);
            Pushed::Waits
        } else {
            waiting.lanes.insert(brand, VecDeque::from([asked]));
            Pushed::First
        }
    }

    /// Takes up to `most` commands of the brand, in order. When there are none the lane is gone.
    pub(crate) fn take(&self, brand: BrandId, most: usize) -> Vec<Asked> {
        let mut waiting = self.lock();
        let Some(lane) = waiting.lanes.get_mut(&brand) else { return Vec::new() };
        let taken: Vec<Asked> = lane.drain(..lane.len().min(most)).collect();
        if taken.is_empty() {
            waiting.lanes.remove(&brand);
        }
        waiting.count -= taken.len();
        taken
    }

    fn lock(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(brand: u8) -> Asked {
        let (answer, _) = oneshot::channel();
        Asked { command: Command::new(BrandId::from_bytes([brand; 16])), answer }
    }

    #[test]
    fn whoever_comes_first_drives_until_the_lane_is_empty() {
        let lanes = Lanes::new(10, 10);
        let brand = BrandId::from_bytes([1; 16]);
        assert!(matches!(lanes.push(asked(1)), Pushed::First));
        assert!(matches!(lanes.push(asked(1)), Pushed::Waits));
        assert_eq!(lanes.take(brand, 1).len(), 1);
        assert_eq!(lanes.take(brand, 5).len(), 1);
        assert!(matches!(lanes.push(asked(1)), Pushed::Waits), "the driver has not looked yet");
        assert_eq!(lanes.take(brand, 5).len(), 1);
        assert_eq!(lanes.take(brand, 5).len(), 0);
        assert!(matches!(lanes.push(asked(1)), Pushed::First), "the driver has gone");
    }

    #[test]
    fn a_full_lane_and_full_lanes_take_nothing_more() {
        let lanes = Lanes::new(2, 3);
        let pushed = [1, 1, 1, 2, 3].map(|brand| matches!(lanes.push(asked(brand)), Pushed::Full));
        assert_eq!(pushed, [false, false, true, false, true]);
        lanes.take(BrandId::from_bytes([1; 16]), 1);
        assert!(!matches!(lanes.push(asked(3)), Pushed::Full));
    }
}
