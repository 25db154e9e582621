//! An index of all cue words and all fixed signs of secrets, made while the program is compiled.
//!
//! A literal is known by one of its words, its *key*: the longest one that stands there whole, or else the
//! beginning or the end of a longer word. A text is looked at word by word; a word whose hash is in the index
//! is compared with the few literals of that key. So a text costs one hash a word, however many literals
//! there are, and nothing has to be built when the program starts.

use super::{Topic, Words, common::COMMON};

/// What a literal stands for.
#[derive(Clone, Copy)]
pub(super) enum Meaning {
    /// A cue; upper and lower case are the same.
    Cue(Topic),
    /// The fixed sign of a secret, by its place among them; upper and lower case differ.
    Secret(u16),
}

/// Which part of a word of the text the key is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    Whole,
    /// Its first letters, of which [`PART`] count.
    Start,
    /// Its last letters, of which [`PART`] count.
    End,
    /// There is no letter in it, or it may stand amid letters.
    None,
}

#[derive(Clone, Copy)]
pub(super) struct Literal {
    pub(super) text: &'static [u8],
    pub(super) meaning: Meaning,
    /// Whether letters may stand right before it.
    pub(super) open_left: bool,
    /// Whether letters may follow right after it.
    pub(super) open_right: bool,
    part: Part,
    /// Where the key's first letter (or the sign) stands.
    pub(super) key: u8,
    /// How many letters the key has.
    key_len: u8,
    /// The key's letters that are hashed, the first four of them.
    tag: u32,
    /// Its first and its last byte, in lower case.
    pub(super) ends: (u8, u8),
}

impl Literal {
    const NOTHING: Self = Self {
        text: b"",
        meaning: Meaning::Secret(0),
        open_left: false,
        open_right: false,
        part: Part::None,
        key: 0,
        key_len: 0,
        tag: 0,
        ends: (0, 0),
    };

    /// How much of it lies before the end of the key.
    pub(super) const fn upto_key_end(&self) -> usize {
        self.key as usize + self.key_len as usize
    }
}

pub(super) const fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == crate::folded::OTHER_LETTER
}

/// The letters of a word in a number: eight at most, lower case, the first one lowest.
pub(super) const fn letters(word: &[u8], from: usize, count: usize) -> u64 {
    let (mut number, mut i) = (0, 0);
    while i < count && i < 8 {
        number |= ((word[from + i] | 0x20) as u64) << (8 * i);
        i += 1;
    }
    number
}

/// The hash of a part of a word: of its letters, and for a whole word of its length. A word of one letter stands in
/// many texts: the sign that follows it belongs to it.
pub(super) const fn hash(part: Part, letters: u64, len: usize) -> usize {
    let salt = match part {
        Part::Whole => len as u64,
        Part::Start => 0x5000,
        Part::End => 0xE000,
        Part::None => 0,
    };
    let mixed = (letters ^ (salt << 48)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed >> 37) as usize
}

/// The hash of three letters, below [`BITS`].
const fn three(letters: u64) -> usize {
    ((letters as u32) << 8).wrapping_mul(0x9E37_79B1) as usize >> (32 - BITS.trailing_zeros())
}

fn is_set<const WORDS: usize>(bits: &[u64; WORDS], bit: usize) -> bool {
    bits[bit / 64] & (1 << (bit % 64)) != 0
}

/// How many letters of a beginning or an end are hashed.
pub(super) const PART: usize = 3;

/// Whether a word stands in many texts, or in many literals: such a key would have its literals compared all the
/// time.
const fn is_everywhere(text: &[u8], from: u8, len: u8) -> bool {
    // A few other words are taken for one of these: they are seldom keys, then.
    const BITS: usize = 1 << 16;
    const fn bit(letters: u64, len: usize) -> usize {
        hash(Part::Whole, letters, len) % BITS
    }
    const EVERYWHERE: [u64; BITS / 64] = {
        let (mut bits, mut i) = ([0; BITS / 64], 0);
        while i < COMMON.len() {
            let bit = bit(letters(COMMON[i].as_bytes(), 0, COMMON[i].len()), COMMON[i].len());
            bits[bit / 64] |= 1 << (bit % 64);
            i += 1;
        }
        bits
    };
    let (from, len) = (from as usize, len as usize);
    let bit = bit(letters(text, from, len), len);
    EVERYWHERE[bit / 64] & (1 << (bit % 64)) != 0
}

/// The first and the last byte, in lower case where they are letters.
const fn ends(text: &[u8]) -> (u8, u8) {
    (text[0] | 0x20, text[text.len() - 1] | 0x20)
}

const fn literal(text: &'static str, meaning: Meaning) -> Literal {
    let mut bytes = text.as_bytes();
    let is_secret = matches!(meaning, Meaning::Secret(_));
    let (mut open_left, mut open_right) = (false, is_secret);
    if !is_secret && bytes[0] == b'*' {
        (open_left, bytes) = (true, bytes.split_at(1).1);
    }
    if !is_secret && bytes[bytes.len() - 1] == b'*' {
        (open_right, bytes) = (true, bytes.split_at(bytes.len() - 1).0);
    }
    let mut found = Literal {
        text: bytes,
        meaning,
        open_left,
        open_right,
        part: Part::None,
        key: 0,
        key_len: 0,
        tag: 0,
        ends: ends(bytes),
    };
    let mut at = 0;
    while at < bytes.len() {
        if !is_letter(bytes[at]) {
            at += 1;
            continue;
        }
        let start = at;
        while at < bytes.len() && is_letter(bytes[at]) {
            at += 1;
        }
        let part = if at == bytes.len() && open_right {
            Part::Start
        } else if start == 0 && open_left {
            Part::End
        } else {
            Part::Whole
        };
        assert!(
            !(start == 0 && open_left && at == bytes.len() && open_right),
            "a word is open on one side at most"
        );
        let better = match (found.part, part) {
            (Part::None, _) => true,
            (Part::Whole, Part::Whole)
                if is_everywhere(bytes, found.key, found.key_len)
                    != is_everywhere(bytes, start as u8, (at - start) as u8) =>
            {
                is_everywhere(bytes, found.key, found.key_len) && at - start > 1
            }
            (Part::Whole, Part::Whole) | (Part::Start | Part::End, Part::Start | Part::End) => {
                // Of two as long, the later one: "my" stands in more texts than "no".
                at - start > found.key_len as usize || at - start > 1 && at - start == found.key_len as usize
            }
            (Part::Start | Part::End, _) => at - start > 1 || found.key_len < 2,
            _ => found.key_len < 2 && at - start > 1,
        };
        if better {
            (found.part, found.key, found.key_len) = (part, start as u8, (at - start) as u8);
        }
    }
    if matches!(found.part, Part::Start | Part::End) && (found.key_len as usize) < PART {
        match meaning {
            Meaning::Secret(which) => return within(text, which),
            Meaning::Cue(_) => panic!("a cue that is open on one side has three letters there at least"),
        }
    }
    if matches!(found.part, Part::None) {
        // Digits are everywhere, so another sign than a digit is looked for.
        while bytes[found.key as usize].is_ascii_digit() {
            found.key += 1;
        }
    }
    found
}

/// A sign that may stand amid letters.
const fn within(text: &'static str, which: u16) -> Literal {
    Literal {
        text: text.as_bytes(),
        meaning: Meaning::Secret(which),
        open_left: true,
        open_right: true,
        part: Part::None,
        key: 0,
        key_len: 0,
        tag: 0,
        ends: ends(text.as_bytes()),
    }
}

/// How many literals the tables hold.
pub(super) const fn count(tables: &[&[Words]], secrets: usize) -> usize {
    let (mut n, mut table) = (secrets, 0);
    while table < tables.len() {
        let mut row = 0;
        while row < tables[table].len() {
            n += tables[table][row].1.len();
            row += 1;
        }
        table += 1;
    }
    n
}

const BUCKETS: usize = 1 << 13;
/// For each three letters.
const BITS: usize = 1 << 15;
/// So many that few words pass that are no key.
const WHOLE_BITS: usize = 1 << 17;

/// All literals, by the hash of their key.
pub(super) struct Index<const N: usize> {
    literals: [Literal; N],
    /// Where each bucket begins in `literals`; the last place is the end of those that have a key.
    starts: [u16; BUCKETS + 1],
    /// Which hashes of whole words there are, and which beginnings and ends.
    whole: [u64; WHOLE_BITS / 64],
    first: [u64; BITS / 64],
    last: [u64; BITS / 64],
    /// Which bytes a literal without letters is looked for by.
    pub(super) signs: [bool; 256],
}

impl<const N: usize> Index<N> {
    pub(super) const fn new(tables: &[&[Words]]) -> Self {
        let mut all = [Literal::NOTHING; N];
        let (mut n, mut table) = (0, 0);
        while table < tables.len() {
            let mut row = 0;
            while row < tables[table].len() {
                let (topic, words) = tables[table][row];
                let mut word = 0;
                while word < words.len() {
                    all[n] = literal(words[word], Meaning::Cue(topic));
                    (n, word) = (n + 1, word + 1);
                }
                row += 1;
            }
            table += 1;
        }
        let mut which = 0;
        while n < N {
            let (text, inside) = crate::family::secret_sign(which);
            all[n] = if inside {
                within(text, which as u16)
            } else {
                literal(text, Meaning::Secret(which as u16))
            };
            (n, which) = (n + 1, which + 1);
        }
        Self::sorted(&all)
    }

    #[expect(clippy::large_stack_arrays, reason = "it runs in the compiler only")]
    const fn sorted(all: &[Literal; N]) -> Self {
        let mut index = Self {
            literals: [Literal::NOTHING; N],
            starts: [0; BUCKETS + 1],
            whole: [0; WHOLE_BITS / 64],
            first: [0; BITS / 64],
            last: [0; BITS / 64],
            signs: [false; 256],
        };
        let mut tagged = *all;
        let mut hashes = [0usize; N];
        let mut i = 0;
        while i < N {
            let word = &all[i];
            let (from, len) = (word.key as usize, word.key_len as usize);
            let bucket = match word.part {
                Part::None => {
                    index.signs[word.text[from] as usize] |= !word.open_left;
                    BUCKETS
                }
                part => {
                    let (from, len) = match part {
                        Part::Start => (from, PART),
                        Part::End => (from + len - PART, PART),
                        _ => (from, len),
                    };
                    assert!(len > 1 || from + 1 < word.text.len(), "a sign follows a key of one letter");
                    let letters = letters(word.text, from, if len == 1 { 2 } else { len });
                    tagged[i].tag = letters as u32;
                    let (filter, bit): (&mut [u64], usize) = match part {
                        Part::Start => (&mut index.first, three(letters)),
                        Part::End => (&mut index.last, three(letters)),
                        _ => (&mut index.whole, hash(part, letters, len) % WHOLE_BITS),
                    };
                    filter[bit / 64] |= 1 << (bit % 64);
                    let hash = hash(part, letters, len);
                    hash % BUCKETS
                }
            };
            hashes[i] = bucket;
            i += 1;
        }
        // Sorted by counting: how many each bucket has, then where it begins.
        i = 0;
        while i < N {
            if hashes[i] < BUCKETS {
                index.starts[hashes[i] + 1] += 1;
            }
            i += 1;
        }
        let mut bucket = 0;
        while bucket < BUCKETS {
            index.starts[bucket + 1] += index.starts[bucket];
            bucket += 1;
        }
        let mut next = index.starts;
        i = 0;
        while i < N {
            index.literals[next[hashes[i]] as usize] = tagged[i];
            next[hashes[i]] += 1;
            i += 1;
        }
        index
    }

    /// Whether there may be a literal with this whole word as its key.
    pub(super) fn has_whole(&self, letters: u64, len: usize) -> bool {
        is_set(&self.whole, hash(Part::Whole, letters, len) % WHOLE_BITS)
    }

    /// Whether there is a literal whose key is the beginning of words with these first letters.
    pub(super) fn has_first(&self, letters: u64) -> bool {
        is_set(&self.first, three(letters))
    }

    /// Whether there is a literal whose key is the end of words with these last letters.
    pub(super) fn has_last(&self, letters: u64) -> bool {
        is_set(&self.last, three(letters))
    }

    /// The literals that a part of a word may be the key of.
    pub(super) fn of(&self, part: Part, letters: u64, len: usize) -> impl Iterator<Item = &Literal> {
        let bucket = hash(part, letters, len) % BUCKETS;
        let range = self.starts[bucket] as usize..self.starts[bucket + 1] as usize;
        self.literals[range]
            .iter()
            .filter(move |literal| literal.part == part && literal.tag == letters as u32)
    }

    /// The literals without letters.
    pub(super) fn of_signs(&self) -> &[Literal] {
        &self.literals[self.starts[BUCKETS] as usize..]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_every_message_is_a_key_only_where_there_is_no_other() {
        let key = |text: &'static str| {
            let literal = literal(text, Meaning::Cue(Topic::Pin));
            &text[literal.key as usize..literal.upto_key_end()]
        };
        assert_eq!(key("pin this"), "pin");
        assert_eq!(key("my security code"), "security");
        assert_eq!(key("i-94"), "i");
        assert_eq!(key("c.so"), "c");
        assert_eq!(key("my no"), "no");
    }
}
