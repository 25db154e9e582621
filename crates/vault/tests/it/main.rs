//! What the vault promises, feature by feature.
#![expect(clippy::unwrap_used, reason = "tests stop at the first surprise")]

mod golden;
mod indexes;
mod key_files;
mod masks;
mod places;
mod rotation;
mod secrets;

use aside_vault::{Place, Random, Raw};
use std::sync::atomic::{AtomicU64, Ordering};

/// Randomness that is the same in every run: SplitMix64 from a seed.
struct Fixed(AtomicU64);

fn fixed(seed: u64) -> Fixed {
    Fixed(AtomicU64::new(seed))
}

impl Random for Fixed {
    fn fill(&self, out: &mut [u8]) {
        const STEP: u64 = 0x9e37_79b9_7f4a_7c15;
        for chunk in out.chunks_mut(8) {
            let mut word = self.0.fetch_add(STEP, Ordering::Relaxed).wrapping_add(STEP);
            word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            chunk.copy_from_slice(&(word ^ (word >> 31)).to_be_bytes()[..chunk.len()]);
        }
    }
}

const BRAND: [u8; 16] = [0xb1; 16];
const KEYRING: [u8; 16] = [0x4e; 16];
const RECORD: [u8; 16] = [0x5e; 16];
const PLACE: Place = Place { brand: BRAND, keyring: KEYRING, record: RECORD, field: "card" };

fn raw(value: &str) -> Raw {
    Raw::new(value.to_owned())
}

/// Every change of a single bit, every cut, and a few extensions.
fn damaged(sealed: &[u8]) -> impl Iterator<Item = Vec<u8>> + '_ {
    let flipped = (0..sealed.len() * 8).map(|bit| {
        let mut bytes = sealed.to_vec();
        bytes[bit / 8] ^= 1 << (bit % 8);
        bytes
    });
    let cut = (0..sealed.len()).map(|length| sealed[..length].to_vec());
    let extended = [&[0][..], &[0; 16], sealed].into_iter().map(move |more| [sealed, more].concat());
    flipped.chain(cut).chain(extended)
}
