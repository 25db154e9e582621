//! The English words of BIP-39 ("Mnemonic code for generating deterministic keys", MIT licence), as published.

const TEXT: &[u8] = include_bytes!("english.txt");

/// Each word as one number, its letters from the highest byte down: the order is that of the alphabet.
static WORDS: [u64; 2048] = {
    let mut words = [0; 2048];
    let (mut i, mut at) = (0, 0);
    while i < 2048 {
        let mut shift = 64;
        while at < TEXT.len() && TEXT[at] != b'\n' {
            shift -= 8;
            words[i] |= (TEXT[at] as u64) << shift;
            at += 1;
        }
        at += 1;
        i += 1;
    }
    words
};

/// Which four letters a listed word begins with, or which three it has: most words of a text end here.
static BEGINNINGS: [u64; 512] = {
    let mut bits = [0; 512];
    let mut i = 0;
    while i < 2048 {
        let word = WORDS[i].to_be_bytes();
        let bit = beginning([word[0], word[1], word[2], word[3]]);
        bits[bit / 64] |= 1 << (bit % 64);
        i += 1;
    }
    bits
};

/// Four letters of any case (the last may be missing) as a number below 2¹⁵, which few others share.
const fn beginning(letters: [u8; 4]) -> usize {
    let letters = u32::from_le_bytes(letters) & 0x1F1F_1F1F;
    (letters.wrapping_mul(0x9E37_79B1) >> 17) as usize
}

/// Whether a listed word begins like this word, in any case.
pub(super) fn begins_like_one(word: &[u8]) -> bool {
    let [a, b, c, ..] = *word else { return false };
    let bit = beginning([a, b, c, word.get(3).copied().unwrap_or_default()]);
    word.len() <= 8 && BEGINNINGS[bit / 64] & (1 << (bit % 64)) != 0
}

/// The word's place in the list, in any case.
pub(super) fn place(word: &[u8]) -> Option<u16> {
    if !begins_like_one(word) {
        return None;
    }
    let mut letters = [0; 8];
    for (letter, byte) in letters.iter_mut().zip(word) {
        *letter = byte.to_ascii_lowercase();
    }
    WORDS.binary_search(&u64::from_be_bytes(letters)).ok().map(|i| i as u16)
}

#[cfg(test)]
mod tests {
    use super::*;
    use sha2::{Digest, Sha256};

    #[test]
    fn the_list_is_the_published_one() {
        let hash = Sha256::digest(TEXT);
        assert_eq!(hash[..8], [0x2F, 0x5E, 0xED, 0x53, 0xA4, 0x72, 0x7B, 0x4B]);
        assert!(WORDS.is_sorted());
    }

    #[test]
    fn words_have_their_places() {
        assert_eq!(place(b"abandon"), Some(0));
        assert_eq!(place(b"Zoo"), Some(2047));
        assert_eq!(place(b"ab"), None);
        assert_eq!(place(b"abandone"), None);
        assert_eq!(place(b"abandoned"), None);
    }
}
