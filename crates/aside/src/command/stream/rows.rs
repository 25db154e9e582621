//! JSONL: batches of lines in, their answers out.

use super::super::Failure;
use super::{BadLine, input::Input, output::Output, pipeline, row};
use std::{
    io::{self, BufRead, BufReader, Read},
    ops::{ControlFlow, Range},
};

/// How many bytes are read at once; a batch is what of it is there already.
const READ_AT_ONCE: usize = 256 * 1024;
/// How many lines that cannot be read are named; the others are counted.
const MOST_TOLD: u64 = 20;

/// Some lines of the input, and the number of the first.
struct Batch {
    first: u64,
    bytes: Vec<u8>,
    /// Where each line is in the bytes; `None` for one that is longer than any may be, of which nothing is kept.
    lines: Vec<Option<Range<usize>>>,
    /// How much of the input this is.
    size: usize,
}

/// The answers to a batch, and which lines have none because they cannot be read.
struct Answers {
    bytes: Vec<u8>,
    findings: usize,
    size: usize,
    bad: Vec<BadLine>,
}

/// Answers every line of every input with what `answer` writes for its row; it returns how many findings there were.
///
/// A line that cannot be read is told of at once by its number, and those behind it go on; that there was one is
/// the failure in the end. Breaks off when nobody reads the output any more.
pub(in super::super) fn answer_all<F>(
    inputs: Vec<Input>,
    output: &mut Output,
    answer: F,
) -> Result<(), Failure>
where
    F: Fn(&row::Row<'_>, &mut Vec<u8>) -> Result<usize, &'static str> + Clone + Send + Sync + 'static,
{
    let mut unread = 0;
    for input in inputs {
        let name = input.name();
        let answer = answer.clone();
        let flow = pipeline::run(
            move |hands| read(input.bytes, row::LONGEST_LINE, |batch| hands.give(batch)),
            move |batch: Batch| answers(&answer, &batch),
            |answers: Answers| {
                if output.write(&answers.bytes)?.is_break() {
                    return Ok(ControlFlow::Break(()));
                }
                output.went_on(answers.size, answers.findings);
                for bad in answers.bad {
                    unread += 1;
                    if unread <= MOST_TOLD {
                        output.tell(Input::says(&name, bad));
                    }
                }
                Ok(ControlFlow::Continue(()))
            },
        )?;
        if flow.is_break() {
            break;
        }
    }
    if unread == 0 { Ok(()) } else { Err(without_answer(unread)) }
}

/// What is said in the end of lines that could not be read.
fn without_answer(unread: u64) -> Failure {
    let lines = if unread == 1 { "1 line".to_owned() } else { format!("{unread} lines") };
    let named =
        if unread > MOST_TOLD { format!(" (the first {MOST_TOLD} are named above)") } else { String::new() };
    Failure::new(format!("{lines} could not be read{named}; all others are answered"))
        .with_hint(
        "each line is a JSON object with `id` and `text`, in UTF-8 and at most 64 MiB long; plain text is read with \
         --format text",
    )
}

/// Reads to the end, and gives what is there: a lone line at once, a flood in batches. A line longer than `longest`
/// bytes is passed over and not held.
fn read(input: impl Read, longest: u64, mut give: impl FnMut(Batch) -> bool) -> io::Result<()> {
    let mut input = BufReader::with_capacity(READ_AT_ONCE, input);
    let mut number = 0;
    // As much room as the batch before took: a lone line gets little, and a flood is not moved while it grows.
    let mut room = 0;
    loop {
        let bytes = Vec::with_capacity(room);
        let mut batch = Batch { first: number + 1, bytes, lines: Vec::new(), size: 0 };
        loop {
            let start = batch.bytes.len();
            // The line break counts for one byte; with one more the line is too long.
            let read = input.by_ref().take(longest + 2).read_until(b'\n', &mut batch.bytes)?;
            if read == 0 {
                break;
            }
            number += 1;
            batch.size += read;
            let ended = batch.bytes.ends_with(b"\n");
            if (read - usize::from(ended)) as u64 > longest {
                // The room that it took goes back, too.
                batch.bytes.truncate(start);
                batch.bytes.shrink_to_fit();
                batch.size += if ended { 0 } else { input.skip_until(b'\n')? };
                batch.lines.push(None);
            } else {
                batch.lines.push(Some(start..batch.bytes.len()));
            }
            if batch.size >= READ_AT_ONCE || !input.buffer().contains(&b'\n') {
                break;
            }
        }
        room = batch.bytes.len().min(2 * READ_AT_ONCE);
        if batch.lines.is_empty() || !give(batch) {
            return Ok(());
        }
    }
}

fn answers(
    answer: &impl Fn(&row::Row<'_>, &mut Vec<u8>) -> Result<usize, &'static str>,
    batch: &Batch,
) -> Answers {
    let bytes = Vec::with_capacity(batch.bytes.len());
    let mut answers = Answers { bytes, findings: 0, size: batch.size, bad: Vec::new() };
    for (number, line) in (batch.first..).zip(&batch.lines) {
        let row = match line {
            Some(line) => row::read(&batch.bytes[line.clone()], number),
            None => Err(row::TOO_LONG),
        };
        let found = row.and_then(|row| match row {
            Some(row) => answer(&row, &mut answers.bytes),
            None => Ok(0),
        });
        match found {
            Ok(found) => answers.findings += found,
            Err(why) => answers.bad.push(BadLine { number, why }),
        }
    }
    answers
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The number of the first line of each batch, and the lines.
    fn batches(input: &[u8], longest: u64) -> Vec<(u64, Vec<Option<Vec<u8>>>)> {
        let mut batches = Vec::new();
        read(input, longest, |batch| {
            let line = |line: &Option<Range<usize>>| line.clone().map(|at| batch.bytes[at].to_vec());
            batches.push((batch.first, batch.lines.iter().map(line).collect()));
            true
        })
        .unwrap();
        batches
    }

    #[test]
    fn what_is_there_goes_out_at_once_and_every_line_has_its_number() {
        let line = |text: &str| Some(text.as_bytes().to_vec());
        assert_eq!(batches(b"a\nb\nc", 10), [(1, vec![line("a\n"), line("b\n")]), (3, vec![line("c")])]);
    }

    #[test]
    fn a_line_that_is_too_long_is_passed_over_and_the_next_one_is_read() {
        let line = |text: &str| Some(text.as_bytes().to_vec());
        for (input, lines) in [
            (&b"12345\n123456\nab\n"[..], vec![line("12345\n"), None, line("ab\n")]),
            (b"1234567\nab\n", vec![None, line("ab\n")]),
            (b"1234567890123\n\nab", vec![None, line("\n"), line("ab")]),
            (b"ab\n1234567890", vec![line("ab\n"), None]),
            (b"12345", vec![line("12345")]),
            (b"123456", vec![None]),
        ] {
            let read: Vec<_> = batches(input, 5).into_iter().flat_map(|(_, lines)| lines).collect();
            assert_eq!(read, lines, "{}", String::from_utf8_lossy(input));
        }
    }

    #[test]
    fn lines_around_bad_ones_are_answered() {
        let input = b"{\"text\":\"a\"}\n\nnonsense\n{\"text\":\"b\"}\n";
        let mut answered = Vec::new();
        read(&input[..], 1_000, |batch| {
            answered.push(answers(
                &|row, out| {
                    out.extend_from_slice(row.text.as_bytes());
                    Ok(1)
                },
                &batch,
            ));
            true
        })
        .unwrap();
        assert_eq!((answered[0].bytes.as_slice(), answered[0].findings), (&b"ab"[..], 2));
        assert_eq!(answered[0].bad, [BadLine { number: 3, why: "is not JSON" }]);
    }

    #[test]
    fn many_bad_lines_are_counted_and_the_first_of_them_named() {
        assert_eq!(without_answer(1).to_string(), "1 line could not be read; all others are answered");
        let many = without_answer(1_000).to_string();
        assert!(many.starts_with("1000 lines could not be read (the first 20 are named above)"), "{many}");
    }
}
