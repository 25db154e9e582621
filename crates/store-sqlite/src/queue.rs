//! A queue that is fair between lanes: each brand has its own, and they are served in turn.

use std::{
    collections::{HashMap, VecDeque},
    hash::Hash,
    sync::{Condvar, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

/// A bounded queue of `T` with a lane per `K`. Whoever takes from it gets the lanes' items in turn, so that a
/// lane with thousands of items delays another's first by one item of each lane at most.
pub(crate) struct FairQueue<K, T> {
    lanes: Mutex<Lanes<K, T>>,
    filled: Condvar,
    per_lane: usize,
    total: usize,
}

struct Lanes<K, T> {
    waiting: HashMap<K, VecDeque<T>>,
    /// Lanes that have something, in the order they will be served.
    turn: VecDeque<K>,
    count: usize,
    open: bool,
}

impl<K: Copy + Eq + Hash, T> FairQueue<K, T> {
    /// An empty queue that holds at most `per_lane` items of one lane and `total` of all.
    pub(crate) fn new(per_lane: usize, total: usize) -> Self {
        let lanes = Lanes { waiting: HashMap::new(), turn: VecDeque::new(), count: 0, open: true };
        Self { lanes: Mutex::new(lanes), filled: Condvar::new(), per_lane, total }
    }

    /// Puts an item at the end of its lane, or gives it back when there is no room or the queue is closed.
    pub(crate) fn push(&self, lane: K, item: T) -> Result<(), T> {
        let mut lanes = self.lock();
        let lanes = &mut *lanes;
        let waiting = lanes.waiting.get(&lane).map_or(0, VecDeque::len);
        if !lanes.open || lanes.count >= self.total || waiting >= self.per_lane {
            return Err(item);
        }
        lanes.waiting.entry(lane).or_default().push_back(item);
        if waiting == 0 {
            lanes.turn.push_back(lane);
        }
        lanes.count += 1;
        self.filled.notify_one();
        Ok(())
    }

    /// Waits until there is something, for as long as `patience` lasts if it is given, and takes up to `most`
    /// items, the lanes in turn. Nothing once the queue is closed and empty.
    pub(crate) fn take(&self, most: usize, patience: Option<Duration>) -> Option<Vec<T>> {
        let mut lanes = self.lock();
        while lanes.count == 0 {
            if !lanes.open {
                return None;
            }
            let Some(patience) = patience else {
                lanes = self.filled.wait(lanes).unwrap_or_else(PoisonError::into_inner);
                continue;
            };
            let (woken, waited) =
                self.filled.wait_timeout(lanes, patience).unwrap_or_else(PoisonError::into_inner);
            lanes = woken;
            if waited.timed_out() {
                break;
            }
        }
        let mut taken = Vec::with_capacity(lanes.count.min(most));
        while taken.len() < most {
            let Some(lane) = lanes.turn.pop_front() else { break };
            let Some(waiting) = lanes.waiting.get_mut(&lane) else { continue };
            taken.extend(waiting.pop_front());
            if waiting.is_empty() {
                lanes.waiting.remove(&lane);
            } else {
                lanes.turn.push_back(lane);
            }
        }
        lanes.count -= taken.len();
        Some(taken)
    }

    /// Takes nothing more in; what is in is still served.
    pub(crate) fn close(&self) {
        self.lock().open = false;
        self.filled.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, Lanes<K, T>> {
        self.lanes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_brand_with_ten_thousand_commands_does_not_delay_anothers_single_one() {
        let queue = FairQueue::new(10_000, 20_000);
        for n in 0..10_000 {
            queue.push("busy", n).unwrap();
        }
        queue.push("calm", -1).unwrap();
        assert!(queue.take(256, None).unwrap().contains(&-1));
    }

    #[test]
    fn each_lane_keeps_its_own_order() {
        let queue = FairQueue::new(10, 10);
        for (lane, item) in [("a", 1), ("a", 2), ("b", 10), ("a", 3), ("b", 20)] {
            queue.push(lane, item).unwrap();
        }
        assert_eq!(queue.take(3, None).unwrap(), [1, 10, 2]);
        assert_eq!(queue.take(9, None).unwrap(), [20, 3]);
    }

    #[test]
    fn a_full_lane_and_a_full_queue_take_nothing_more() {
        let queue = FairQueue::new(2, 3);
        assert_eq!([("a", 1), ("a", 2), ("a", 3)].map(|(l, i)| queue.push(l, i)), [Ok(()), Ok(()), Err(3)]);
        assert_eq!([("b", 4), ("c", 5)].map(|(l, i)| queue.push(l, i)), [Ok(()), Err(5)]);
        queue.take(1, None).unwrap();
        assert_eq!(queue.push("c", 5), Ok(()));
    }

    #[test]
    fn whoever_has_other_things_to_do_need_not_wait_for_ever() {
        let queue = FairQueue::new(2, 2);
        assert_eq!(queue.take(2, Some(Duration::ZERO)), Some(vec![]));
        queue.push("a", 1).unwrap();
        assert_eq!(queue.take(2, Some(Duration::ZERO)), Some(vec![1]));
    }

    #[test]
    fn a_closed_queue_serves_what_is_in_it_and_takes_nothing_more() {
        let queue = FairQueue::new(2, 2);
        queue.push("a", 1).unwrap();
        queue.close();
        assert_eq!(queue.push("a", 2), Err(2));
        assert_eq!(queue.take(2, None), Some(vec![1]));
        assert_eq!(queue.take(2, None), None);
    }
}
