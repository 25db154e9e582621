//! Plain text: read in blocks that overlap, so that a value broken over a block's end is still found whole.
//!
//! Blocks begin at fixed places of the input, whatever pieces it comes in. Each brings [`WINDOW`] bytes from before
//! and behind it along; a finding belongs to the block in which it begins. So what a finding needs to be seen (its
//! own length, and its cues) may reach 4 KiB, and nothing depends on the length of a line.
//!
//! [`aside_detect::StreamDetector`] does the same on one core and for findings alone. Here every core has a block of its
//! own, the text of a block is needed with its findings (for lines, columns and other units, for what stands in their
//! place, for what they beat), and a byte that is no UTF-8 is an error with a line.

use super::super::Failure;
use super::{BadLine, input::Input, output::Output, pipeline};
use aside_detect::offsets::Unit;
use std::{
    io::{self, Read},
    ops::{ControlFlow, Range},
};

/// How far a block looks back and ahead, in bytes.
pub(in super::super) const WINDOW: usize = aside_detect::WINDOW;
/// How many bytes of the input a block answers for.
const CORE: usize = 256 * 1024;

/// A part of the input with what stands around it.
pub(in super::super) struct Block {
    bytes: Vec<u8>,
    core: Range<usize>,
}

/// Something that begins in a block's core: a byte span of the block's text, and what was made of it.
pub(in super::super) struct Found<T> {
    /// In bytes of the block's text.
    pub(in super::super) span: Range<usize>,
    /// What it is.
    pub(in super::super) what: T,
}

/// A block that was worked on.
struct Done<T> {
    block: Block,
    found: Vec<Found<T>>,
    /// The first byte that is no UTF-8, in the core.
    bad: Option<usize>,
}

/// Where something stands in the whole input.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(in super::super) struct Place {
    /// From 1.
    pub(in super::super) line: u64,
    /// From 1, in the unit that was asked for.
    pub(in super::super) column: u64,
    /// From 0, in that unit.
    pub(in super::super) offset: u64,
}

/// Counts along the input.
pub(in super::super) struct Counter {
    unit: Unit,
    at: Place,
}

impl Counter {
    pub(in super::super) const fn new(unit: Unit) -> Self {
        Self { unit, at: Place { line: 1, column: 1, offset: 0 } }
    }

    /// Goes on over a text; where that ends.
    pub(in super::super) fn over(&mut self, text: &str) -> Place {
        let length = self.unit.length(text) as u64;
        let breaks = breaks(text.as_bytes());
        self.at.offset += length;
        match text.rfind('\n') {
            Some(last) => self.at.column = 1 + self.unit.length(&text[last + 1..]) as u64,
            None => self.at.column += length,
        }
        self.at.line += breaks;
        self.at
    }
}

/// A core's text and what begins in it, in the order of the input.
pub(in super::super) struct Answered<'b, T> {
    /// The text around, to which the spans refer.
    pub(in super::super) text: &'b str,
    /// The part of it that this core answers for.
    pub(in super::super) core: Range<usize>,
    /// Sorted by start; the last may end behind the core.
    pub(in super::super) found: Vec<Found<T>>,
}

impl<T> Answered<'_, T> {
    /// Drops what begins where the core before has reached: the same text is not told of twice, even if the two saw
    /// it differently. `reached` says how far that is, in bytes from this core's beginning, and then of the next.
    pub(in super::super) fn only_behind(&mut self, reached: &mut usize) {
        let mut at = self.core.start + *reached;
        self.found.retain(|found| {
            let stays = found.span.start >= at;
            at = if stays { found.span.end } else { at };
            stays
        });
        *reached = at.saturating_sub(self.core.end);
    }
}

/// Works on every block of every input; `work` finds, `write` gives what goes out for a core.
pub(in super::super) fn work_all<T, W, O>(
    inputs: Vec<Input>,
    output: &mut Output,
    work: W,
    mut write: impl FnMut() -> O,
) -> Result<(), Failure>
where
    T: Send + 'static,
    W: Fn(&str) -> Vec<Found<T>> + Clone + Send + Sync + 'static,
    O: FnMut(Answered<'_, T>) -> Result<Vec<u8>, Failure>,
{
    for input in inputs {
        let name = input.name();
        let work = work.clone();
        let mut write = write();
        let mut lines = 1;
        let flow = pipeline::run(
            move |hands| read(input.bytes, |block| hands.give(block)),
            move |block: Block| done(&work, block),
            |done: Done<T>| {
                let end = done.bad.unwrap_or(done.block.core.end);
                let size = end - done.block.core.start;
                let valid =
                    std::str::from_utf8(&done.block.bytes).unwrap_or_else(|e| valid(&done.block.bytes, e));
                let findings = done.found.len();
                let core = Answered { text: valid, core: done.block.core.start..end, found: done.found };
                let bytes = write(core)?;
                if output.write(&bytes)?.is_break() {
                    return Ok(ControlFlow::Break(()));
                }
                output.went_on(size, findings);
                lines += breaks(&done.block.bytes[done.block.core.start..end]);
                if done.bad.is_some() {
                    let bad = BadLine { number: lines, why: "is not UTF-8" };
                    return Err(Input::says(&name, bad).with_hint("what came before it was answered"));
                }
                Ok(ControlFlow::Continue(()))
            },
        )?;
        if flow.is_break() {
            break;
        }
    }
    Ok(())
}

/// How many line breaks there are.
fn breaks(bytes: &[u8]) -> u64 {
    memchr::memchr_iter(b'\n', bytes).count() as u64
}

fn valid(bytes: &[u8], error: std::str::Utf8Error) -> &str {
    std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default()
}

fn done<T>(work: &impl Fn(&str) -> Vec<Found<T>>, block: Block) -> Done<T> {
    let (text, bad) = match std::str::from_utf8(&block.bytes) {
        Ok(text) => (text, None),
        // Beyond the core it is the next block's to say.
        Err(e) => (valid(&block.bytes, e), Some(e.valid_up_to()).filter(|at| *at < block.core.end)),
    };
    let mut found = work(text);
    found.retain(|found| block.core.contains(&found.span.start));
    Done { found, bad: bad.map(|at| at.max(block.core.start)), block }
}

/// Reads to the end, and gives blocks that begin at the same places however the input comes.
fn read(mut input: impl Read, mut give: impl FnMut(Block) -> bool) -> io::Result<()> {
    let mut held: Vec<u8> = Vec::with_capacity(CORE + 2 * WINDOW);
    // How much of what is held belongs to blocks before.
    let mut before = 0;
    loop {
        let wanted = before + CORE + WINDOW;
        let missing = (wanted - held.len()) as u64;
        let ended = (input.by_ref().take(missing).read_to_end(&mut held)? as u64) < missing;
        let core_end =
            if ended && held.len() <= before + CORE { held.len() } else { whole(&held, before + CORE) };
        if core_end > before {
            let end = whole(&held, (core_end + WINDOW).min(held.len()));
            let block = Block { bytes: held[..end].to_vec(), core: before..core_end };
            if !give(block) {
                return Ok(());
            }
        }
        if ended && core_end == held.len() {
            return Ok(());
        }
        let keep = whole(&held, core_end.saturating_sub(WINDOW));
        held.drain(..keep);
        before = core_end - keep;
    }
}

/// The nearest beginning of a character at or before `at`; `at` itself where there is none nearby.
fn whole(bytes: &[u8], at: usize) -> usize {
    let begins = |at: usize| bytes.get(at).is_none_or(|b| b & 0xC0 != 0x80);
    (at.saturating_sub(3)..=at).rev().find(|at| begins(*at)).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Gives one byte, then three, then seven at a time.
    struct Dripping<'t>(&'t [u8], usize);

    impl Read for Dripping<'_> {
        fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
            self.1 = self.1 % 7 + 2;
            let length = self.1.min(self.0.len()).min(out.len());
            out[..length].copy_from_slice(&self.0[..length]);
            self.0 = &self.0[length..];
            Ok(length)
        }
    }

    fn blocks(input: impl Read) -> Vec<(Vec<u8>, Range<usize>)> {
        let mut blocks = Vec::new();
        read(input, |block| {
            blocks.push((block.bytes, block.core));
            true
        })
        .unwrap();
        blocks
    }

    #[test]
    fn blocks_begin_at_the_same_places_however_the_input_comes() {
        for size in [0, 1, CORE - 1, CORE, CORE + 1, CORE + WINDOW, CORE + WINDOW + 1, 3 * CORE + 5] {
            let text = "aé€😀".repeat(size / 10 + 1);
            let text = &text.as_bytes()[..size];
            let whole = blocks(text);
            assert_eq!(whole, blocks(Dripping(text, 0)), "{size}");
            let cores: Vec<u8> =
                whole.iter().flat_map(|(bytes, core)| bytes[core.clone()].to_vec()).collect();
            assert!(cores == text, "{size}");
            for (bytes, core) in &whole {
                assert!(std::str::from_utf8(&bytes[..core.end]).is_ok() || core.end == bytes.len());
                assert!(core.len() <= CORE && bytes.len() <= CORE + 2 * WINDOW + 4);
            }
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_no_trouble() {
        let bytes = vec![0x80; 2 * CORE];
        let cores: usize = blocks(&bytes[..]).iter().map(|(_, core)| core.len()).sum();
        assert_eq!(cores, bytes.len());
    }

    #[test]
    fn what_begins_where_the_core_before_has_reached_is_not_told_of_again() {
        let text = "x".repeat(40);
        let answered = |core: Range<usize>, spans: &[Range<usize>], reached: &mut usize| {
            let found = spans.iter().map(|span| Found { span: span.clone(), what: () }).collect();
            let mut answered = Answered { text: &text, core, found };
            answered.only_behind(reached);
            answered.found.into_iter().map(|found| found.span).collect::<Vec<_>>()
        };
        let mut reached = 0;
        assert_eq!(answered(0..20, &[3..7, 18..25], &mut reached), [3..7, 18..25]);
        assert_eq!(reached, 5);
        // The next core begins at 10 of its own text.
        assert_eq!(answered(10..30, &[12..14, 15..17, 29..31], &mut reached), [15..17, 29..31]);
        assert_eq!(reached, 1);
        assert!(answered(0..20, &[], &mut reached).is_empty());
        assert_eq!(reached, 0);
    }

    #[test]
    fn a_counter_tells_line_column_and_offset() {
        let mut counter = Counter::new(Unit::Chars);
        assert_eq!(counter.over("aé"), Place { line: 1, column: 3, offset: 2 });
        assert_eq!(counter.over("x\ny\n😀"), Place { line: 3, column: 2, offset: 7 });
        assert_eq!(counter.over("!"), Place { line: 3, column: 3, offset: 8 });
        assert_eq!(Counter::new(Unit::Utf16).over("\n😀").column, 3);
    }
}
