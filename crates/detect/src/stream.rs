//! Texts that come in pieces, or are too long to be held.

use crate::{Detector, Finding};
use std::fmt;

/// How much text on both sides of a finding is sure to be seen together with it, in bytes.
pub const WINDOW: usize = 4 * 1024;
/// How much text is looked at in one go, less the windows on both sides.
const BLOCK: usize = 64 * 1024;
/// Stands for a byte that is not UTF-8: one byte as well, so that offsets stay true.
const SUBSTITUTE: u8 = 0x1A;

/// Finds personal data in a text of any length that comes in pieces, in constant memory.
///
/// A piece may end anywhere, also inside a character: how a text is cut into pieces changes nothing. Findings are
/// those of [`Detector::detect`] on the whole text as long as whatever speaks for and against them (the
/// value, its cues, its neighbours) lies within [`WINDOW`] bytes before its start and after it; only what reaches
/// further may be judged differently, such as one of many numbers in a row of thousands.
///
/// ```
/// use aside_detect::{Detector, StreamDetector};
///
/// let mut stream = StreamDetector::new(Detector::new());
/// let mut found = stream.push(b"Gr\xc3");
/// found.extend(stream.push(b"\xbc\xc3\x9fe! My card is 4111 1111 "));
/// found.extend(stream.push(b"1111 1111"));
/// found.extend(stream.finish());
/// assert_eq!((found[0].kind, found[0].start, found[0].end), ("card", 20, 39));
/// ```
pub struct StreamDetector {
    detector: Detector,
    /// What is still needed, from `offset` on; always UTF-8 up to `whole`.
    held: Vec<u8>,
    /// How much of `held` is whole characters.
    whole: usize,
    /// Where `held` begins in the stream.
    offset: usize,
    /// Where the block begins whose findings come next, in the stream.
    next: usize,
    /// Where the last finding that was handed out ends.
    reached: usize,
    block: usize,
}

impl fmt::Debug for StreamDetector {
    /// Never shows the text.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StreamDetector")
            .field("offset", &self.offset)
            .field("held", &self.held.len())
            .field("settled", &self.settled())
            .finish_non_exhaustive()
    }
}

impl StreamDetector {
    /// At the beginning of a text.
    pub fn new(detector: Detector) -> Self {
        Self::in_blocks(detector, BLOCK)
    }

    fn in_blocks(detector: Detector, block: usize) -> Self {
        Self { detector, held: Vec::new(), whole: 0, offset: 0, next: 0, reached: 0, block }
    }

    /// Takes the next piece and returns what is certain by now: sorted by start, behind everything returned
    /// before, with offsets in bytes from the stream's beginning.
    ///
    /// Bytes that are no UTF-8 end words and values and count as one byte each. Takes time linear in the piece's
    /// length; holds at most 72 KiB and what the piece adds to that.
    pub fn push(&mut self, piece: &[u8]) -> Vec<Finding> {
        let mut found = Vec::new();
        let mut rest = piece;
        while !rest.is_empty() {
            let wanted = self.next + self.block + WINDOW + MARGIN - self.offset;
            let (now, later) = rest.split_at(rest.len().min(wanted.saturating_sub(self.held.len()).max(1)));
            self.held.extend_from_slice(now);
            self.repair(false);
            rest = later;
            // The margin sees to it that the window behind a block does not depend on where pieces end.
            while self.offset + self.whole >= self.next + self.block + WINDOW + MARGIN {
                self.look(self.next + self.block, &mut found);
            }
        }
        found
    }

    /// The text ends here: what had to wait for it.
    pub fn finish(mut self) -> Vec<Finding> {
        self.repair(true);
        let mut found = Vec::new();
        self.look(usize::MAX, &mut found);
        found
    }

    /// Up to where everything is known, in bytes from the stream's beginning: no finding still to come
    /// starts before it. Never decreases.
    pub fn settled(&self) -> usize {
        self.next.max(self.reached)
    }

    /// Puts a substitute in the place of every byte that is no UTF-8; a character that may still be
    /// completed waits, unless the text has ended.
    fn repair(&mut self, ended: bool) {
        while let Err(error) = std::str::from_utf8(&self.held[self.whole..]) {
            self.whole += error.valid_up_to();
            let Some(wrong) = error.error_len().or(ended.then_some(1)) else { return };
            self.held[self.whole..self.whole + wrong].fill(SUBSTITUTE);
            self.whole += wrong;
        }
        self.whole = self.held.len();
    }

    /// Hands out the findings that start in the block that ends at `end`, and lets go of what no later block needs.
    fn look(&mut self, end: usize, found: &mut Vec<Finding>) {
        let text = std::str::from_utf8(&self.held[..self.whole])
            .expect("what is no UTF-8 has been replaced up to here");
        let from = boundary(text, self.next.saturating_sub(WINDOW).saturating_sub(self.offset));
        let to = boundary(text, end.saturating_add(WINDOW).saturating_sub(self.offset));
        let base = self.offset + from;
        for mut finding in self.detector.detect(&text[from..to]) {
            finding.start += base;
            finding.end += base;
            if finding.start >= end {
                break;
            }
            if finding.start >= self.next.max(self.reached) {
                self.reached = finding.end;
                found.push(finding);
            }
        }
        self.next = end.min(self.offset + self.whole);
        let gone = boundary(text, self.next.saturating_sub(WINDOW).saturating_sub(self.offset));
        self.held.drain(..gone);
        self.whole -= gone;
        self.offset += gone;
    }
}

/// The longest a character can be, less one: how far a boundary may lie behind the place it is wanted at.
const MARGIN: usize = 3;

/// The first boundary between characters at `at` or after it.
fn boundary(text: &str, at: usize) -> usize {
    (at..text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn in_pieces(text: &[u8], block: usize, cuts: &[usize]) -> Vec<Finding> {
        let mut stream = StreamDetector::in_blocks(Detector::new(), block);
        let (mut found, mut at) = (Vec::new(), 0);
        for cut in cuts {
            found.extend(stream.push(&text[at..*cut]));
            at = *cut;
        }
        found.extend(stream.push(&text[at..]));
        found.extend(stream.finish());
        found
    }

    /// Messages one below the other, as an archive has them.
    fn archive() -> impl Strategy<Value = String> {
        let message = prop::sample::select(vec![
            "Where is my parcel? I ordered it two weeks ago.",
            "Grüße aus Köln, meine Karte ist 4111 1111 1111 1111, bis 12/27, Prüfziffer 123",
            "please write to anna@example.com or call +49 30 1234567",
            "мой заказ ещё не пришёл 😀😀😀",
            "my password is hunter2! and my pin is 4821",
            "IBAN ES91 2100 0418 4502 0005 1332 please",
            "thanks.",
            "",
            "born 12.05.1984, ssn 123-45-6789",
            "> the agent wrote: what is your date of birth?\n> 12/04/85",
        ]);
        prop::collection::vec(message, 100..400).prop_map(|messages| messages.join("\n\n"))
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_stream_finds_what_the_whole_text_has(text in archive(), block in 1usize..20_000) {
            prop_assert_eq!(in_pieces(text.as_bytes(), block.max(512), &[]), Detector::new().detect(&text));
        }

        #[test]
        fn where_a_stream_is_cut_changes_nothing(
            text in archive(),
            cuts in prop::collection::vec(any::<prop::sample::Index>(), 0..40),
            noise in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..20),
        ) {
            let mut text = text.into_bytes();
            for (at, byte) in noise {
                let at = at.index(text.len());
                text[at] = byte;
            }
            let mut cuts: Vec<usize> = cuts.iter().map(|cut| cut.index(text.len())).collect();
            cuts.sort_unstable();
            prop_assert_eq!(in_pieces(&text, 3_000, &cuts), in_pieces(&text, 3_000, &[]));
        }
    }

    #[test]
    fn a_value_that_is_cut_at_any_byte_is_found_whole() {
        let text = "né 😀 carte 4111\u{a0}1111\u{a0}1111\u{a0}1111 ✓ anna@example.com";
        let whole = Detector::new().detect(text);
        assert_eq!(whole.len(), 2);
        for cut in 0..=text.len() {
            assert_eq!(in_pieces(text.as_bytes(), BLOCK, &[cut]), whole, "cut at {cut}");
        }
    }

    #[test]
    fn bytes_that_are_no_text_count_as_one_each() {
        let found = in_pieces(b"\xff\xfe\xf0\x9f card 4111111111111111\xc3", BLOCK, &[3]);
        assert_eq!((found[0].kind, found[0].start, found[0].end), ("card", 10, 26));
    }

    #[test]
    fn a_stream_holds_no_more_than_a_block_and_its_windows() {
        let mut stream = StreamDetector::new(Detector::new());
        let piece = "card 4111 1111 1111 1111, thanks. ".repeat(10_000);
        let mut found = 0;
        for _ in 0..4 {
            found += stream.push(piece.as_bytes()).len();
            assert!(stream.held.len() <= BLOCK + 2 * WINDOW + MARGIN);
        }
        assert!(stream.settled() > 4 * piece.len() - BLOCK - WINDOW - MARGIN - 1);
        assert_eq!(found + stream.finish().len(), 40_000);
    }
}
