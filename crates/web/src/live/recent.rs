//! The newest live events of each brand, read once for everybody who listens.

use crate::refusal::Refusal;
use aside_app::App;
use aside_model::{BrandId, rows::EventRow};
use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// How many events of a brand are kept in memory at most. Whoever is further behind reads for themselves.
const KEPT: usize = 2_048;

/// A live event as it is sent.
pub(crate) struct Heard {
    pub(crate) row: EventRow,
    /// What agents hear of it, as JSON.
    pub(crate) for_agents: String,
}

impl Heard {
    fn new(row: EventRow) -> Arc<Self> {
        let for_agents =
            serde_json::json!({ "conversation": row.conversation, "message": row.message, "kind": row.kind });
        Arc::new(Self { for_agents: for_agents.to_string(), row })
    }
}

/// What was read for anybody, for everybody.
#[derive(Default)]
pub(crate) struct Recent {
    brands: Mutex<HashMap<BrandId, Arc<Feed>>>,
}

/// One brand's newest events.
#[derive(Default)]
struct Feed {
    kept: Mutex<Kept>,
    /// Held by whoever reads on.
    reading: tokio::sync::Mutex<()>,
}

/// All events after one number and up to another, as far as there are any.
#[derive(Default)]
struct Kept {
    after: i64,
    until: i64,
    events: VecDeque<Arc<Heard>>,
}

impl Recent {
    /// How many events are given at once, as [`App::events_after`] does.
    pub(crate) const MOST: usize = 500;

    /// The events after a number, in order, [`Recent::MOST`] at most; none when there is none yet. The number must
    /// be one that was given out.
    pub(crate) async fn after(
        &self,
        app: &App,
        brand: BrandId,
        number: i64,
    ) -> Result<Vec<Arc<Heard>>, Refusal> {
        let feed = Arc::clone(lock(&self.brands).entry(brand).or_default());
        if let Known::Events(events) = lock(&feed.kept).known(number) {
            return Ok(events);
        }
        let _reading = feed.reading.lock().await;
        // Somebody may have read on meanwhile.
        let known = lock(&feed.kept).known(number);
        match known {
            Known::Events(events) => Ok(events),
            Known::UpTo(until) => {
                let events = read(app, brand, until).await?;
                lock(&feed.kept).add(&events);
                // What lies between the two is known; usually they are the same.
                Ok(events.into_iter().filter(|event| event.row.number > number).collect())
            }
            Known::TooOld => read(app, brand, number).await,
        }
    }
}

async fn read(app: &App, brand: BrandId, number: i64) -> Result<Vec<Arc<Heard>>, Refusal> {
    Ok(app.events_after(brand, number).await?.into_iter().map(Heard::new).collect())
}

/// What is known of the events after a number.
enum Known {
    /// There are some.
    Events(Vec<Arc<Heard>>),
    /// There was none when the events after this number were read.
    UpTo(i64),
    /// They lie too far back.
    TooOld,
}

impl Kept {
    fn known(&mut self, number: i64) -> Known {
        if number > self.until {
            // Nobody has listened for a while: what lies between was never read, and nobody asks for it.
            *self = Self { after: number, until: number, events: VecDeque::new() };
        }
        if number < self.after {
            return Known::TooOld;
        }
        let newer = self.events.partition_point(|event| event.row.number <= number);
        if newer == self.events.len() {
            Known::UpTo(self.until)
        } else {
            Known::Events(self.events.range(newer..).take(Recent::MOST).cloned().collect())
        }
    }

    fn add(&mut self, events: &[Arc<Heard>]) {
        for event in events {
            if event.row.number <= self.until {
                continue;
            }
            self.until = event.row.number;
            if event.row.kind == "erased" {
                // Nothing in memory names who was erased.
                self.events.clear();
                self.after = self.until - 1;
            }
            self.events.push_back(Arc::clone(event));
        }
        while self.events.len() > KEPT {
            self.after = self.events.pop_front().map_or(self.after, |gone| gone.row.number);
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(number: i64, kind: &str) -> Arc<Heard> {
        Heard::new(EventRow { number, conversation: None, message: None, kind: kind.into() })
    }

    fn numbers(kept: &mut Kept, after: i64) -> Option<Vec<i64>> {
        match kept.known(after) {
            Known::Events(events) => Some(events.iter().map(|event| event.row.number).collect()),
            Known::UpTo(until) => Some(vec![-until]),
            Known::TooOld => None,
        }
    }

    #[test]
    fn what_one_listener_read_is_there_for_the_next() {
        let mut kept = Kept::default();
        assert_eq!(numbers(&mut kept, 7), Some(vec![-7]));
        kept.add(&[event(8, "message"), event(9, "status")]);
        assert_eq!(numbers(&mut kept, 7), Some(vec![8, 9]));
        assert_eq!(numbers(&mut kept, 8), Some(vec![9]));
        assert_eq!(numbers(&mut kept, 9), Some(vec![-9]));
        assert_eq!(numbers(&mut kept, 6), None, "what was never read is not told to be nothing");
        kept.add(&[event(9, "status"), event(10, "message")]);
        assert_eq!(numbers(&mut kept, 8), Some(vec![9, 10]), "what was read twice is there once");
    }

    #[test]
    fn only_the_newest_are_kept_and_nothing_from_before_an_erasure() {
        let mut kept = Kept::default();
        let many: Vec<_> = (1..=KEPT as i64 + 5).map(|number| event(number, "message")).collect();
        kept.add(&many);
        assert_eq!(kept.events.len(), KEPT);
        assert_eq!(numbers(&mut kept, 4), None);
        assert_eq!(numbers(&mut kept, 5).unwrap().len(), Recent::MOST);
        let last = KEPT as i64 + 6;
        kept.add(&[event(last, "erased")]);
        assert_eq!(numbers(&mut kept, last - 1), Some(vec![last]));
        assert_eq!(numbers(&mut kept, last - 2), None);
    }

    #[test]
    fn after_a_pause_in_which_nobody_listened_it_begins_anew() {
        let mut kept = Kept::default();
        kept.add(&[event(1, "message")]);
        assert_eq!(numbers(&mut kept, 900), Some(vec![-900]));
        assert!(kept.events.is_empty());
        assert_eq!(numbers(&mut kept, 1), None);
    }
}
