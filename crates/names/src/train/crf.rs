//! Learns the weights of a linear-chain conditional random field (Lafferty, McCallum, Pereira, 2001)
//! by stochastic gradient ascent with AdaGrad steps (Duchi, Hazan, Singer, 2011), averaged over the
//! last passes.

use super::{
    Settings,
    sample::{Sample, Samples},
    sentences::Chance,
};
use crate::label::{TAGS, may_follow};

type Row = [f32; TAGS];

/// Weights in natural logarithms.
pub(crate) struct Learnt {
    pub(crate) weights: Vec<Row>,
    pub(crate) transitions: [Row; TAGS],
    pub(crate) starts: Row,
}

/// Far enough below everything else.
const FORBIDDEN: f32 = -1e4;

struct Trainer {
    weights: Vec<Row>,
    squares: Vec<Row>,
    sums: Vec<Row>,
    /// Rows `0..TAGS` by the tag before, row `TAGS` at the start of a line.
    moves: [Row; TAGS + 1],
    move_squares: [Row; TAGS + 1],
    move_sums: [Row; TAGS + 1],
}

/// Learns several times with other chances and takes the mean: what only chance has brought in, by the order of the
/// sentences or by what was left out, cancels out.
pub(crate) fn learn(samples: &Samples, settings: Settings) -> Learnt {
    let mut mean = learn_once(samples, settings, 0);
    for round in 1..settings.rounds {
        let other = learn_once(samples, settings, round as u64);
        add(other.weights.as_flattened(), mean.weights.as_flattened_mut());
        add(other.transitions.as_flattened(), mean.transitions.as_flattened_mut());
        add(&other.starts, &mut mean.starts);
    }
    let share = 1.0 / settings.rounds.max(1) as f32;
    let rows = mean.weights.as_flattened_mut().iter_mut();
    for value in rows.chain(mean.transitions.as_flattened_mut()).chain(&mut mean.starts) {
        *value *= share;
    }
    mean
}

fn learn_once(samples: &Samples, settings: Settings, round: u64) -> Learnt {
    let count = samples.features.len();
    let mut trainer = Trainer {
        weights: vec![[0.0; TAGS]; count],
        squares: vec![[1e-4; TAGS]; count],
        sums: vec![[0.0; TAGS]; count],
        moves: [[0.0; TAGS]; TAGS + 1],
        move_squares: [[1e-2; TAGS]; TAGS + 1],
        move_sums: [[0.0; TAGS]; TAGS + 1],
    };
    let mut chance = Chance::new(7 + round);
    let mut order: Vec<usize> = (0..samples.lines.len()).collect();
    let averaged = settings.passes.div_ceil(2);
    for pass in 0..settings.passes {
        for i in (1..order.len()).rev() {
            order.swap(i, chance.below(i + 1));
        }
        let rate = settings.rate / (1.0 + 0.3 * pass as f32);
        for which in &order {
            trainer.step(&samples.lines[*which], rate, settings, &mut chance);
        }
        if pass + averaged >= settings.passes {
            add(trainer.weights.as_flattened(), trainer.sums.as_flattened_mut());
            add(trainer.moves.as_flattened(), trainer.move_sums.as_flattened_mut());
        }
    }
    let share = 1.0 / averaged as f32;
    let mean = |rows: &[Row]| -> Vec<Row> { rows.iter().map(|row| row.map(|w| w * share)).collect() };
    let moves = mean(&trainer.move_sums);
    let mut transitions = [[0.0; TAGS]; TAGS];
    transitions.copy_from_slice(&moves[..TAGS]);
    Learnt { weights: mean(&trainer.sums), transitions, starts: moves[TAGS] }
}

fn add(values: &[f32], sums: &mut [f32]) {
    for (sum, value) in sums.iter_mut().zip(values) {
        *sum += value;
    }
}

impl Trainer {
    /// One step for one line.
    fn step(&mut self, sample: &Sample, rate: f32, settings: Settings, chance: &mut Chance) {
        let pieces = sample.tags.len();
        let keep = 1.0 / (1.0 - settings.dropout);
        let limit = (f64::from(settings.dropout) * f64::from(u32::MAX)) as u32;
        let mut kept: Vec<Vec<u32>> = Vec::with_capacity(pieces);
        let mut emissions = Vec::with_capacity(pieces);
        for i in 0..pieces {
            let range = sample.from[i] as usize..sample.from[i + 1] as usize;
            let free = !range.is_empty();
            let features: Vec<u32> =
                sample.features[range].iter().copied().filter(|_| chance.next() as u32 >= limit).collect();
            let mut row = [0.0; TAGS];
            for feature in &features {
                for (sum, weight) in row.iter_mut().zip(&self.weights[*feature as usize]) {
                    *sum += weight * keep;
                }
            }
            if !free {
                row[1..].fill(FORBIDDEN);
            }
            kept.push(features);
            emissions.push(row);
        }
        let (marginals, pairs) = self.expectations(&emissions);
        for i in 0..pieces {
            let mut gradient = marginals[i].map(|p| -p * sample.weight);
            gradient[usize::from(sample.tags[i])] += sample.weight;
            if gradient.iter().all(|g| g.abs() < 1e-4) {
                continue;
            }
            for feature in &kept[i] {
                let at = *feature as usize;
                ascend(&mut self.weights[at], &mut self.squares[at], &gradient, rate, settings.decay);
            }
        }
        for (from, expected) in pairs.iter().enumerate() {
            let mut gradient = expected.map(|p| -p * sample.weight);
            for i in 0..pieces {
                let before = if i == 0 { TAGS } else { usize::from(sample.tags[i - 1]) };
                if before == from {
                    gradient[usize::from(sample.tags[i])] += sample.weight;
                }
            }
            ascend(&mut self.moves[from], &mut self.move_squares[from], &gradient, rate, settings.decay);
        }
    }

    fn transition(&self, from: usize, to: usize) -> f32 {
        let allowed = if from == TAGS { may_follow(0, to as u8) } else { may_follow(from as u8, to as u8) };
        if allowed { self.moves[from][to] } else { FORBIDDEN }
    }

    /// How likely each tag is at each piece, and how often each move is to be expected.
    fn expectations(&self, emissions: &[Row]) -> (Vec<Row>, [Row; TAGS + 1]) {
        let mut table = [[0.0; TAGS]; TAGS + 1];
        for (from, row) in table.iter_mut().enumerate() {
            for (to, weight) in row.iter_mut().enumerate() {
                *weight = exp(self.transition(from, to));
            }
        }
        // Scaled forward and backward sums (Rabiner, 1989).
        let (mut forward, mut factors): (Vec<Row>, Vec<Row>) = (Vec::new(), Vec::new());
        for (i, emission) in emissions.iter().enumerate() {
            let most = emission.iter().copied().fold(f32::MIN, f32::max);
            let factor = emission.map(|e| exp(e - most));
            let mut here = [0.0; TAGS];
            for to in 0..TAGS {
                let sum = if i == 0 {
                    table[TAGS][to]
                } else {
                    (0..TAGS).map(|from| forward[i - 1][from] * table[from][to]).sum()
                };
                here[to] = sum * factor[to];
            }
            let all: f32 = here.iter().sum();
            forward.push(here.map(|v| v / all.max(f32::MIN_POSITIVE)));
            factors.push(factor);
        }
        let mut marginals = vec![[0.0; TAGS]; emissions.len()];
        let mut pairs = [[0.0; TAGS]; TAGS + 1];
        let mut after = [1.0; TAGS];
        for i in (0..emissions.len()).rev() {
            let mut here = [0.0; TAGS];
            for tag in 0..TAGS {
                here[tag] = forward[i][tag] * after[tag];
            }
            let all = here.iter().sum::<f32>().max(f32::MIN_POSITIVE);
            marginals[i] = here.map(|v| v / all);
            let mut before = [0.0; TAGS];
            if i == 0 {
                pairs[TAGS] = marginals[0];
            } else {
                let mut sums = [[0.0; TAGS]; TAGS];
                let mut all = 0.0;
                for from in 0..TAGS {
                    for to in 0..TAGS {
                        let onward = table[from][to] * factors[i][to] * after[to];
                        before[from] += onward;
                        sums[from][to] = forward[i - 1][from] * onward;
                        all += sums[from][to];
                    }
                }
                let share = 1.0 / all.max(f32::MIN_POSITIVE);
                for (pair, sum) in pairs.as_flattened_mut().iter_mut().zip(sums.as_flattened()) {
                    *pair += sum * share;
                }
            }
            let most = before.iter().copied().fold(f32::MIN_POSITIVE, f32::max);
            after = before.map(|v| v / most);
        }
        (marginals, pairs)
    }
}

fn ascend(weights: &mut Row, squares: &mut Row, gradient: &Row, rate: f32, decay: f32) {
    for tag in 0..TAGS {
        let slope = gradient[tag] - decay * weights[tag];
        squares[tag] += slope * slope;
        weights[tag] += rate * slope / squares[tag].sqrt();
    }
}

/// e to the power of `x`, computed the same on every machine.
fn exp(x: f32) -> f32 {
    if x < -80.0 {
        return 0.0;
    }
    let x = f64::from(x.min(80.0)) * std::f64::consts::LOG2_E;
    let whole = x.floor();
    let rest = (x - whole) * std::f64::consts::LN_2;
    let mut term = 1.0;
    let mut sum = 1.0;
    for n in 1..10 {
        term *= rest / f64::from(n);
        sum += term;
    }
    (sum * f64::from_bits(((whole as i64 + 1023) as u64) << 52)) as f32
}
