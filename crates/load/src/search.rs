//! The highest rate that a server sustains.

use crate::{
    arrivals::Pace,
    failure::{Failure, Outcome},
    measure::{Figures, Measurement, Stage},
};
use std::time::Duration;

/// What is the longest that 99 of 100 acknowledgements may take, in milliseconds, for a rate to count as
/// sustained: networks wait longer, and customers do not notice.
pub(crate) const P99: f64 = 1_000.0;
/// How long a server is driven as fast as it answers, to know where to begin.
const FLAT: Duration = Duration::from_secs(4);
/// How much lower the next try is.
const STEP: f64 = 0.93;
/// How many tries there are.
const TRIES: usize = 16;

/// Drives the server as fast as it answers, then at lower and lower rates until it keeps up for `seconds`. Says
/// each run to `said`.
pub(crate) async fn sustained(
    measurement: &mut Measurement,
    stage: &Stage,
    seconds: u64,
    said: &mut dyn FnMut(&Figures),
) -> Outcome<f64> {
    // The first seconds of a process are not its usual ones.
    measurement.run(stage, 0.0, Pace::Flat(FLAT / 4)).await?;
    let flat = measurement.run(stage, 0.0, Pace::Flat(FLAT)).await?;
    said(&flat);
    let mut rate = flat.per_second;
    for _ in 0..TRIES {
        let count = (rate * seconds as f64) as u64;
        let figures =
            measurement.run(stage, rate, Pace::poisson(rate, count.max(1), measurement.acknowledged)).await?;
        said(&figures);
        if figures.kept_up(P99) {
            return Ok(rate);
        }
        rate *= STEP;
    }
    Err(Failure::new(format!("the server keeps up with no rate down to {rate:.0} messages a second")))
}
