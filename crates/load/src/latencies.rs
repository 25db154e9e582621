//! Latencies, every one of them kept: a million are four megabytes, and percentiles are exact.

use serde::Serialize;

/// Latencies in microseconds.
#[derive(Clone, Debug, Default)]
pub(crate) struct Latencies(Vec<u32>);

/// What is said of latencies, in milliseconds.
#[derive(Clone, Copy, PartialEq, Debug, Default, Serialize)]
pub struct Percentiles {
    /// How many there were.
    pub count: usize,
    /// Half were at most this.
    pub p50: f64,
    /// 99 of 100.
    pub p99: f64,
    /// 999 of 1,000.
    pub p999: f64,
    /// All.
    pub max: f64,
}

impl Latencies {
    /// Keeps one, in microseconds; what is longer than an hour is an hour.
    pub(crate) fn add(&mut self, micros: u128) {
        self.0.push(u32::try_from(micros).unwrap_or(3_600_000_000).min(3_600_000_000));
    }

    /// Takes in those of another.
    pub(crate) fn merge(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// Their percentiles (nearest rank); zeros when there are none.
    pub(crate) fn percentiles(&self) -> Percentiles {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let at = |share: f64| {
            let rank = (share * sorted.len() as f64).ceil() as usize;
            sorted.get(rank.saturating_sub(1)).map_or(0.0, |micros| f64::from(*micros) / 1_000.0)
        };
        Percentiles { count: sorted.len(), p50: at(0.5), p99: at(0.99), p999: at(0.999), max: at(1.0) }
    }
}

/// The middle of some numbers; zero when there are none.
pub(crate) fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    numbers.get(numbers.len() / 2).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentiles_are_those_of_the_nearest_rank() {
        let mut latencies = Latencies::default();
        for millis in (1..=1_000).rev() {
            latencies.add(millis * 1_000);
        }
        let expected = Percentiles { count: 1_000, p50: 500.0, p99: 990.0, p999: 999.0, max: 1_000.0 };
        assert_eq!(latencies.percentiles(), expected);
    }

    #[test]
    fn one_slow_answer_among_few_shows_in_every_tail() {
        let mut latencies = Latencies::default();
        for micros in [1_000, 1_000, 1_000, 9_000_000] {
            latencies.add(micros);
        }
        let said = latencies.percentiles();
        assert_eq!(format!("{} {} {}", said.p50, said.p99, said.max), "1 9000 9000");
    }

    #[test]
    fn no_latencies_are_zeros_and_endless_ones_an_hour() {
        assert_eq!(Latencies::default().percentiles(), Percentiles::default());
        let mut latencies = Latencies::default();
        latencies.add(u128::MAX);
        assert!(latencies.percentiles().max > 3_599_999.0);
    }
}
