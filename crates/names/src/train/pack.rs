//! Writes the model file: see `model.rs` for its form.

use super::{Settings, crf::Learnt, sample::Samples};
use crate::{
    label::{TAGS, may_follow},
    lexicon::{ENTRY, Known, REACH, home},
    model::{HEADER, LINE, MAGIC, NEVER, SLOTS, place},
};
use std::{cmp::Reverse, collections::BTreeMap};

/// The largest weight that fits into a byte, in natural logarithms.
const WIDEST: f32 = 4.0;
const UNIT: f32 = WIDEST / 127.0;

/// The lexicon's table. What finds no place within reach is left out, which the size makes rare.
pub(crate) fn lexicon(words: &BTreeMap<u64, Known>) -> Vec<u8> {
    let count = (words.len() * 2).next_power_of_two();
    let mut table = vec![0; count * ENTRY];
    for (key, known) in words {
        let home = home(*key, count - 1);
        for step in 0..REACH {
            let at = ((home + step) & (count - 1)) * ENTRY;
            if table[at + 4..at + ENTRY] == [0; 4] {
                table[at..at + 4].copy_from_slice(&(*key as u32).to_le_bytes());
                table[at + 4..at + ENTRY].copy_from_slice(&known.0.to_le_bytes());
                break;
            }
        }
    }
    table
}

fn units(weight: f32) -> i32 {
    (weight / UNIT).round() as i32
}

pub(crate) fn pack(
    lexicon: &[u8],
    likeness: &[u8],
    samples: &Samples,
    learnt: &Learnt,
    settings: Settings,
) -> Vec<u8> {
    let mut header = vec![MAGIC, (lexicon.len() / ENTRY).trailing_zeros(), settings.line_bits];
    header.push((UNIT * (1 << 20) as f32).round() as u32);
    header.push(units(settings.against_outside) as u32);
    for from in 0..TAGS {
        for to in 0..TAGS {
            let allowed = may_follow(from as u8, to as u8);
            header.push(if allowed { units(learnt.transitions[from][to]) } else { NEVER } as u32);
        }
    }
    for to in 0..TAGS {
        header.push(if may_follow(0, to as u8) { units(learnt.starts[to]) } else { NEVER } as u32);
    }
    let mut out: Vec<u8> = header.iter().flat_map(|word| word.to_le_bytes()).collect();
    out.resize(HEADER, 0);
    out.extend(lexicon);
    out.resize(HEADER + lexicon.len().next_multiple_of(LINE), 0);
    out.extend(likeness);
    out.extend(lines(samples, learnt, settings.line_bits));
    out
}

/// The strongest features first, until their line is full.
fn lines(samples: &Samples, learnt: &Learnt, line_bits: u32) -> Vec<u8> {
    let mut order: Vec<(u32, usize)> = learnt
        .weights
        .iter()
        .enumerate()
        .map(|(i, row)| {
            let least = row.iter().copied().fold(f32::MAX, f32::min);
            let most = row.iter().copied().fold(f32::MIN, f32::max);
            let often = (samples.counts[i] as f32).sqrt().sqrt();
            (((most - least) * often * 1e6) as u32, i)
        })
        .collect();
    order.sort_by_key(|(strength, i)| (Reverse(*strength), *i));
    let mut table = vec![0_u8; LINE << line_bits];
    for (strength, i) in order {
        let row = learnt.weights[i].map(|w| units(w).clamp(-127, 127));
        if strength == 0 || row == [0; TAGS] {
            continue;
        }
        let (at, check) = place(samples.features[i], line_bits);
        let line = &mut table[at..at + LINE];
        let free = (0..SLOTS).find(|slot| {
            let there = u16::from_le_bytes([line[slot * 2], line[slot * 2 + 1]]);
            there == 0 || there == check
        });
        if let Some(slot) = free.filter(|slot| line[slot * 2..slot * 2 + 2] == [0, 0]) {
            line[slot * 2..slot * 2 + 2].copy_from_slice(&check.to_le_bytes());
            for (tag, weight) in row.iter().enumerate() {
                line[SLOTS * 2 + slot * TAGS + tag] = *weight as i8 as u8;
            }
        }
    }
    table
}
