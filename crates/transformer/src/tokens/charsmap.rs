//! SentencePiece's table of characters: what is spelled anew before a text is cut, as its files hold it.

/// A table as it lies in `precompiled_charsmap`: a double array (as the library Darts-clone writes it) that leads from
/// bytes of the text to places in a list of spellings, each ended by a nought.
pub(crate) struct Charsmap {
    array: Vec<u32>,
    spellings: String,
}

impl Charsmap {
    /// Nothing is spelled anew.
    pub(crate) const fn empty() -> Self {
        Self { array: Vec::new(), spellings: String::new() }
    }

    /// Reads a table; `None` where it is cut short, or its spellings are no text.
    pub(crate) fn read(bytes: &[u8]) -> Option<Self> {
        let (length, rest) = bytes.split_first_chunk::<4>()?;
        let (array, spellings) = rest.split_at_checked(u32::from_le_bytes(*length) as usize)?;
        let (array, odd) = array.as_chunks::<4>();
        let spellings = String::from_utf8(spellings.to_vec()).ok()?;
        let array = array.iter().map(|unit| u32::from_le_bytes(*unit)).collect();
        odd.is_empty().then_some(Self { array, spellings })
    }

    /// What the beginning of `text` becomes, and how many bytes of it that replaces: the longest beginning that the table
    /// has, or one character as it is. `text` is not empty.
    pub(crate) fn spell<'s>(&'s self, text: &'s str) -> (&'s str, usize) {
        let as_it_is = text.chars().next().map_or(0, char::len_utf8);
        let found = self.longest(text.as_bytes()).filter(|(length, _)| text.is_char_boundary(*length));
        let spelled = found.and_then(|(length, at)| {
            let spelling = self.spellings.get(at..)?;
            Some((&spelling[..spelling.find('\0').unwrap_or(spelling.len())], length))
        });
        spelled.unwrap_or((&text[..as_it_is], as_it_is))
    }

    /// The longest beginning that the table has: its length, and the place of its spelling.
    fn longest(&self, bytes: &[u8]) -> Option<(usize, usize)> {
        let mut best = None;
        let mut node = offset(*self.array.first()?);
        // No spelling replaces more than a few characters: a table that says otherwise goes round in circles.
        for (i, byte) in bytes.iter().take(64).enumerate().take_while(|(_, byte)| **byte != 0) {
            node ^= usize::from(*byte);
            let Some(unit) = self.array.get(node) else { break };
            if unit & 0x8000_00FF != u32::from(*byte) {
                break;
            }
            node ^= offset(*unit);
            // A leaf lies where the next node would begin.
            if unit & 0x100 != 0
                && let Some(leaf) = self.array.get(node)
            {
                best = Some((i + 1, (leaf & 0x7FFF_FFFF) as usize));
            }
        }
        best
    }
}

/// How far away a node's children are.
const fn offset(unit: u32) -> usize {
    ((unit >> 10) << ((unit & 0x200) >> 6)) as usize
}

/// The characters of a text, spelled anew, each with its place.
pub(crate) struct Spelled<'s> {
    charsmap: &'s Charsmap,
    text: &'s str,
    at: usize,
}

impl<'s> Spelled<'s> {
    pub(crate) const fn new(charsmap: &'s Charsmap, text: &'s str, at: usize) -> Self {
        Self { charsmap, text, at }
    }

    /// The next few characters with the span of the text that they stand for; none where something is dropped.
    /// Every space is the same.
    pub(crate) fn next(&mut self) -> Option<(&'s str, usize, usize)> {
        let (text, start) = (self.text, self.at);
        if start == text.len() {
            return None;
        }
        let first = text[start..].chars().next()?;
        let (spelled, length) =
            if first.is_whitespace() { (" ", first.len_utf8()) } else { self.charsmap.spell(&text[start..]) };
        self.at = start + length;
        Some((spelled, start, self.at))
    }
}
