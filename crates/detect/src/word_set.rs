//! Lists of words that are asked about often.

/// A list of words of at most 16 bytes, ready for being asked; made while the program is compiled.
pub(crate) struct WordSet<const N: usize> {
    /// The words by first letter and length, each as one number.
    keys: [u128; N],
    /// Where the words of each first letter and length begin among them. Most words of a text end here.
    begins: [u16; LETTERS * LONGEST + 1],
}

/// The longest word that a list may have, in bytes.
pub(crate) const LONGEST: usize = 16;
/// How many first letters are told apart.
const LETTERS: usize = 32;

/// Where words with this first letter and length stand among the others.
const fn place(word: &[u8]) -> usize {
    (word[0] % LETTERS as u8) as usize * LONGEST + word.len() - 1
}

impl<const N: usize> WordSet<N> {
    pub(crate) const fn new(words: &[&str]) -> Self {
        let mut set = Self { keys: [0; N], begins: [0; LETTERS * LONGEST + 1] };
        let mut i = 0;
        while i < N {
            let word = words[i].as_bytes();
            assert!(!word.is_empty() && word.len() <= LONGEST, "a listed word has 1 to 16 bytes");
            set.begins[place(word) + 1] += 1;
            i += 1;
        }
        i = 0;
        while i < LETTERS * LONGEST {
            set.begins[i + 1] += set.begins[i];
            i += 1;
        }
        let mut next = set.begins;
        i = 0;
        while i < N {
            let word = words[i].as_bytes();
            set.keys[next[place(word)] as usize] = key(word);
            next[place(word)] += 1;
            i += 1;
        }
        set
    }

    /// Whether the word is listed, in any case.
    pub(crate) fn has(&self, word: &[u8]) -> bool {
        if word.is_empty() || word.len() > LONGEST {
            return false;
        }
        let (from, to) = (self.begins[place(word)], self.begins[place(word) + 1]);
        from < to && self.keys[usize::from(from)..usize::from(to)].contains(&key(word))
    }
}

/// A word of at most 16 bytes as one number, in lower case.
pub(crate) const fn key(word: &[u8]) -> u128 {
    let mut bytes = [0; LONGEST];
    bytes.split_at_mut(word.len()).0.copy_from_slice(word);
    bytes.make_ascii_lowercase();
    u128::from_le_bytes(bytes)
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
