//! Encrypted values that stand in a text: `[CARD:` letters `]`.
//!
//! The letters are sixteen consonants, one for each half of a byte: a token holds no digit and no word, so it
//! looks like no number, survives capitals and line wrapping programs, and reads back from any text around it.
//!
//! The bytes, version 1 (deterministic): `01`, AES-256-GCM-SIV (RFC 8452) under a nonce of zeros, which makes it
//! deterministic on purpose. Version 2 (random): `02`, the nonce, AES-256-GCM-SIV. The associated data is the kind.

use crate::operator::Encrypt;
use aside_vault::Random;
use aws_lc_rs::aead::{AES_256_GCM_SIV, Aad, LessSafeKey, Nonce, UnboundKey};
use std::ops::Range;

const LETTERS: &[u8; 16] = b"bcdfghjklmnpqrst";
const NONCE: usize = 12;
const TAG: usize = 16;
const DETERMINISTIC: u8 = 1;
const RANDOM: u8 = 2;

/// A token in a text.
pub(crate) struct Token<'t> {
    /// Where it stands, brackets included.
    pub(crate) span: Range<usize>,
    /// The kind of the value, as it is written in the token.
    pub(crate) kind: &'t str,
    letters: &'t str,
}

/// The key that seals and opens tokens.
pub(crate) struct Sealer(LessSafeKey);

impl Sealer {
    pub(crate) fn new(key: &[u8; 32]) -> Self {
        let key =
            UnboundKey::new(&AES_256_GCM_SIV, key).expect("the key has the 32 bytes that AES-256 takes");
        Self(LessSafeKey::new(key))
    }

    /// The token for a value.
    pub(crate) fn seal(&self, how: Encrypt, kind: &str, value: &str, random: &dyn Random) -> String {
        let mut nonce = [0; NONCE];
        let mut bytes = match how {
            Encrypt::Deterministic => vec![DETERMINISTIC],
            Encrypt::Random => {
                random.fill(&mut nonce);
                [&[RANDOM][..], &nonce].concat()
            }
        };
        let mut sealed = value.as_bytes().to_vec();
        self.0
            .seal_in_place_append_tag(
                Nonce::assume_unique_for_key(nonce),
                Aad::from(kind.as_bytes()),
                &mut sealed,
            )
            .expect("a value is shorter than the 64 GiB that AES-GCM-SIV takes");
        bytes.append(&mut sealed);
        let mut token = format!("[{}:", kind.to_ascii_uppercase());
        for byte in bytes {
            token.extend([byte >> 4, byte & 15].map(|half| char::from(LETTERS[usize::from(half)])));
        }
        token.push(']');
        token
    }

    /// The value of a token; `None` if it was sealed under another key, or changed.
    pub(crate) fn open(&self, token: &Token<'_>) -> Option<String> {
        let half = |letter: u8| LETTERS.iter().position(|l| *l == letter.to_ascii_lowercase());
        let pairs = token.letters.as_bytes().chunks_exact(2);
        let bytes: Option<Vec<u8>> = pairs.map(|p| Some((half(p[0])? << 4 | half(p[1])?) as u8)).collect();
        let bytes = bytes?;
        let (nonce, sealed) = match bytes.split_first()? {
            (&DETERMINISTIC, sealed) => ([0; NONCE], sealed),
            (&RANDOM, rest) => {
                let (nonce, sealed) = rest.split_at_checked(NONCE)?;
                (nonce.try_into().ok()?, sealed)
            }
            _ => return None,
        };
        let mut sealed = sealed.to_vec();
        let kind = token.kind.to_ascii_lowercase();
        let opened = self
            .0
            .open_in_place(Nonce::assume_unique_for_key(nonce), Aad::from(kind.as_bytes()), &mut sealed)
            .ok()?;
        String::from_utf8(opened.to_vec()).ok()
    }
}

/// The tokens in a text, in their order; one pass.
pub(crate) fn tokens(text: &str) -> Vec<Token<'_>> {
    let bytes = text.as_bytes();
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(step) = bytes[at..].iter().position(|b| *b == b'[') {
        let start = at + step;
        at = start + 1;
        let kind_end = at + run(&bytes[at..], |b| b.is_ascii_alphanumeric() || b == b'_');
        if kind_end == at || bytes.get(kind_end) != Some(&b':') {
            continue;
        }
        let from = kind_end + 1;
        let end = from + run(&bytes[from..], |b| LETTERS.contains(&b.to_ascii_lowercase()));
        let letters = end - from;
        if bytes.get(end) == Some(&b']') && letters.is_multiple_of(2) && letters > 2 * TAG {
            found.push(Token { span: start..end + 1, kind: &text[at..kind_end], letters: &text[from..end] });
            at = end + 1;
        } else {
            at = kind_end;
        }
    }
    found
}

fn run(bytes: &[u8], wanted: impl Fn(u8) -> bool) -> usize {
    bytes.iter().take_while(|b| wanted(**b)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Counting;
    impl Random for Counting {
        fn fill(&self, out: &mut [u8]) {
            (0..).zip(out).for_each(|(n, byte)| *byte = n);
        }
    }

    #[test]
    fn a_token_is_written_as_documented() {
        // Golden: tokens in stored texts must open for ever.
        let sealer = Sealer::new(&[7; 32]);
        let token = sealer.seal(Encrypt::Deterministic, "card", "4111 1111 1111 1111", &Counting);
        assert_eq!(token, "[CARD:bcrrllntlbgqffdhgmmmstfgpjchtbdcfdpbjspskqtsbbhfgjbdkbpqbrmhjhcddfmftgqr]");
        let token = sealer.seal(Encrypt::Random, "card", "4111", &Counting);
        assert_eq!(token, "[CARD:bdbbbcbdbfbgbhbjbkblbmbnbpfsqkqngrgmpfkqsmbhsdtjpfdnktmcffpplqdtld]");
    }

    #[test]
    fn a_token_opens_in_any_text_and_in_capitals() {
        let sealer = Sealer::new(&[7; 32]);
        for how in [Encrypt::Deterministic, Encrypt::Random] {
            let token = sealer.seal(how, "person", "Zoë Müller", &Counting);
            for text in [token.clone(), format!("[[{token}]]"), format!("[a:{token}é"), token.to_uppercase()]
            {
                let tokens = tokens(&text);
                assert_eq!(tokens.len(), 1, "{text}");
                assert_eq!(sealer.open(&tokens[0]).as_deref(), Some("Zoë Müller"));
            }
        }
    }

    #[test]
    fn a_token_of_another_key_or_kind_or_with_a_changed_letter_stays_shut() {
        let sealer = Sealer::new(&[7; 32]);
        let token = sealer.seal(Encrypt::Deterministic, "pin", "0000", &Counting);
        assert!(Sealer::new(&[8; 32]).open(&tokens(&token)[0]).is_none());
        let other = token.replace("PIN", "CVV");
        assert!(sealer.open(&tokens(&other)[0]).is_none());
        for (at, letter) in token.char_indices().skip("[PIN:".len()) {
            if letter != ']' {
                let mut changed = token.clone();
                changed.replace_range(at..=at, if letter == 'b' { "c" } else { "b" });
                assert!(sealer.open(&tokens(&changed)[0]).is_none(), "{changed}");
            }
        }
    }

    #[test]
    fn brackets_without_end_take_linear_time() {
        assert!(tokens(&"[PIN:bb".repeat(100_000)).is_empty());
        assert!(tokens(&"[".repeat(1_000_000)).is_empty());
        assert!(tokens(&"[A:".repeat(300_000)).is_empty());
    }
}
