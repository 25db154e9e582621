//! Lists of words that are asked about often.

/// A list of words of at most 16 bytes, ready for being asked; made while the program is compiled.
pub(crate) struct WordSet<const N: usize> {
    /// Each word as one number, lower case, its first letter highest; in order.
    keys: [u128; N],
    /// By first letter: which lengths there are. Most words of a text end here.
    lengths: [u32; 32],
}

const LONGEST: usize = 16;

const fn key(word: &[u8]) -> u128 {
    let (mut key, mut i) = (0, 0);
    while i < word.len() {
        key = key << 8 | word[i].to_ascii_lowercase() as u128;
        i += 1;
    }
    key
}

impl<const N: usize> WordSet<N> {
    pub(crate) const fn new(words: &[&str]) -> Self {
        let mut set = Self { keys: [0; N], lengths: [0; 32] };
        let mut i = 0;
        while i < N {
            let word = words[i].as_bytes();
            assert!(!word.is_empty() && word.len() <= LONGEST, "a listed word has 1 to 16 bytes");
            set.lengths[(word[0] & 31) as usize] |= 1 << word.len();
            let key = key(word);
            let mut at = i;
            while at > 0 && set.keys[at - 1] > key {
                set.keys[at] = set.keys[at - 1];
                at -= 1;
            }
            set.keys[at] = key;
            i += 1;
        }
        set
    }

    /// Whether the word is listed, in any case.
    pub(crate) fn has(&self, word: &[u8]) -> bool {
        word.first().is_some_and(|first| {
            word.len() <= LONGEST && self.lengths[usize::from(first & 31)] & (1 << word.len()) != 0
        }) && self.keys.binary_search(&key(word)).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WORDS: &[&str] = &["street", "de", "c", "avenue"];
    static SET: WordSet<{ WORDS.len() }> = WordSet::new(WORDS);

    #[test]
    fn listed_words_are_found_in_any_case_and_no_others() {
        for word in ["street", "STREET", "De", "c", "avenue"] {
            assert!(SET.has(word.as_bytes()), "{word}");
        }
        for word in ["", "d", "stree", "streets", "#", "a word that is longer than any in a list"] {
            assert!(!SET.has(word.as_bytes()), "{word}");
        }
    }
}
