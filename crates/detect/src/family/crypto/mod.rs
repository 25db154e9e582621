//! Addresses of crypto wallets, by their checksums, and the private keys that look like them.
//!
//! Only words of letters and digits that have a coin's first signs and length are decoded and hashed.

mod base32;
mod base58;
mod bech32;
mod hexadecimal;

use super::long_run::long_runs;
use crate::{
    Certainty, Evidence,
    cue::Topic,
    page::{Found, Page, What},
};
use aside_taxonomy::DataType;

/// What a word turned out to be.
struct Coin {
    /// How many bytes before the word belong to it ("bitcoincash:").
    before: usize,
    kind: &'static str,
    /// Whether a checksum proves it; without one it is its form alone.
    proven: bool,
}

const fn proven(kind: &'static str) -> Coin {
    Coin { before: 0, kind, proven: true }
}

/// The kind of a private key, which is a secret and no address.
const SECRET: &str = "secret_key";

pub(super) fn find(page: &Page<'_>, found: &mut Found) {
    for (start, end) in long_runs(page) {
        let word = &page.bytes()[start..end];
        let coin = recognise(page.bytes(), start, word).or_else(|| by_cue(page, start, end));
        let Some(coin) = coin else { continue };
        let data_type = if coin.kind == SECRET { DataType::CredSecretKey } else { DataType::FinCryptoAddr };
        let (certainty, evidence): (_, &[Evidence]) = if coin.proven {
            (Certainty::Certain, &[Evidence::Checksum, Evidence::Format])
        } else if coin.kind == "sol" {
            (Certainty::Likely, &[Evidence::CueBefore, Evidence::Format])
        } else {
            (Certainty::Likely, &[Evidence::Format])
        };
        found.take(page, start - coin.before, end, What::new(data_type, coin.kind, certainty, evidence));
    }
}

fn recognise(bytes: &[u8], start: usize, word: &[u8]) -> Option<Coin> {
    match (word[0], word.len()) {
        (b'0', 42) if matches!(word[1], b'x' | b'X') => hexadecimal::ethereum(&word[2..]),
        (b'q' | b'p' | b'Q' | b'P', 42) if bech32::is_cash_address(word) => {
            const PREFIX: &[u8] = b"bitcoincash:";
            let before = if bytes[..start].len() >= PREFIX.len()
                && bytes[start - PREFIX.len()..start].eq_ignore_ascii_case(PREFIX)
            {
                PREFIX.len()
            } else {
                0
            };
            Some(Coin { before, kind: "bch", proven: true })
        }
        (b'4' | b'8', 95 | 106) if base58::is_monero(word) => Some(proven("xmr")),
        (b'G', 56) if base32::is_stellar(word, 6 << 3) => Some(proven("xlm")),
        (b'S', 56) if base32::is_stellar(word, 18 << 3) => Some(proven(SECRET)),
        (
            b'b' | b't' | b'l' | b'a' | b's' | b'c' | b'o' | b'B' | b'T' | b'L' | b'A' | b'S' | b'C' | b'O',
            26..=128,
        ) if bech32::kind(word).is_some() => bech32::kind(word).map(proven),
        (_, 25..=36 | 51 | 52 | 111) => base58::kind(word).map(proven),
        _ => None,
    }
}

/// What a word for wallets beside it lets be an address: a coin without checksum, or a mistyped one.
fn by_cue(page: &Page<'_>, start: usize, end: usize) -> Option<Coin> {
    let word = &page.bytes()[start..end];
    let solana = (32..=44).contains(&word.len()) && base58::is_key_of_32_bytes(word);
    let mistyped = word.len() == 42 && word.starts_with(b"0x") && word[2..].iter().all(u8::is_ascii_hexdigit);
    if !solana && !mistyped {
        return None;
    }
    let wallet = |cue: crate::cue::Cue| cue.topic == Topic::Wallet;
    let named = page.cue_before(start, 64, wallet).is_some() || page.cue_after(end, 24, wallet).is_some();
    let kind = if mistyped { "eth" } else { "sol" };
    named.then_some(Coin { before: 0, kind, proven: false })
}
