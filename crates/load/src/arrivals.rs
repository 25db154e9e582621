//! When messages are due. Arrivals do not wait for answers (an open loop): a server that falls behind is late
//! for everything that was due meanwhile, and the figures show it.

use crate::numbers::Numbers;
use std::time::Duration;

/// When messages are to be sent.
pub(crate) enum Pace {
    /// At these moments, in microseconds from the start of the run, rising.
    Due(Vec<u64>),
    /// As fast as answers come, for so long: how much a server takes at most.
    Flat(Duration),
}

impl Pace {
    /// `count` arrivals at `rate` a second on average, with the gaps of independent people: exponential ones
    /// (a Poisson process), the same for the same seed.
    pub(crate) fn poisson(rate: f64, count: u64, seed: u64) -> Self {
        let mut numbers = Numbers::new(seed);
        let mut at = 0.0;
        let due = (0..count).map(|_| {
            at += -numbers.share().ln() / rate * 1e6;
            at as u64
        });
        Pace::Due(due.collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn due(rate: f64, count: u64, seed: u64) -> Vec<u64> {
        match Pace::poisson(rate, count, seed) {
            Pace::Due(due) => due,
            Pace::Flat(_) => unreachable!("arrivals have due times"),
        }
    }

    #[test]
    fn arrivals_come_at_the_rate_asked_for_and_not_in_step() {
        let due = due(1_000.0, 20_000, 7);
        assert!(due.is_sorted());
        let seconds = *due.last().unwrap() as f64 / 1e6;
        assert!((19.5..20.5).contains(&seconds), "{seconds}");
        // In a Poisson process about 1 gap in e is longer than the mean.
        let long = due.windows(2).filter(|pair| pair[1] - pair[0] > 1_000).count() as f64 / 20_000.0;
        assert!((0.34..0.40).contains(&long), "{long}");
    }

    #[test]
    fn a_seed_decides_when_everything_is_due() {
        assert_eq!(due(50.0, 100, 3), due(50.0, 100, 3));
        assert_ne!(due(50.0, 100, 3), due(50.0, 100, 4));
    }
}
