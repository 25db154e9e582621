//! JSONL: batches of lines in, their answers out.

use super::super::Failure;
use super::{BadLine, input::Input, output::Output, pipeline, row};
use std::{
    io::{self, BufRead, BufReader, Read},
    ops::ControlFlow,
};

/// How many bytes are read at once; a batch is what of it is there already.
const READ_AT_ONCE: usize = 256 * 1024;

/// Some lines of the input, and the number of the first.
struct Batch {
    first: u64,
    lines: Vec<Vec<u8>>,
    size: usize,
}

/// The answers to a batch, up to a line that cannot be read.
struct Answers {
    bytes: Vec<u8>,
    findings: usize,
    size: usize,
    bad: Option<BadLine>,
}

/// Answers every line of every input with what `answer` writes for its row; it returns how many findings there were.
/// Breaks off when nobody reads the output any more.
pub(in super::super) fn answer_all<F>(
    inputs: Vec<Input>,
    output: &mut Output,
    answer: F,
) -> Result<(), Failure>
where
    F: Fn(&row::Row<'_>, &mut Vec<u8>) -> Result<usize, &'static str> + Clone + Send + Sync + 'static,
{
    for input in inputs {
        let name = input.name();
        let answer = answer.clone();
        let flow = pipeline::run(
            move |hands| read(input.bytes, |batch| hands.give(batch)),
            move |batch: Batch| answers(&answer, &batch),
            |answers: Answers| {
                if output.write(&answers.bytes)?.is_break() {
                    return Ok(ControlFlow::Break(()));
                }
                output.went_on(answers.size, answers.findings);
                if let Some(bad) = answers.bad {
                    let hint =
                        "each line is a JSON object with `id` and `text`, in UTF-8 and at most 64 MiB long";
                    return Err(Input::says(&name, bad).with_hint(hint));
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

/// Reads to the end, and gives what is there: a lone line at once, a flood in batches.
fn read(input: impl Read, mut give: impl FnMut(Batch) -> bool) -> io::Result<()> {
    let mut input = BufReader::with_capacity(READ_AT_ONCE, input);
    let mut number = 0;
    loop {
        let mut batch = Batch { first: number + 1, lines: Vec::new(), size: 0 };
        loop {
            let mut line = Vec::new();
            // One byte more than is allowed shows that there is more; the worker says so and all ends.
            if input.by_ref().take(row::LONGEST_LINE + 2).read_until(b'\n', &mut line)? == 0 {
                break;
            }
            number += 1;
            batch.size += line.len();
            batch.lines.push(line);
            if batch.size >= READ_AT_ONCE || !input.buffer().contains(&b'\n') {
                break;
            }
        }
        if batch.lines.is_empty() || !give(batch) {
            return Ok(());
        }
    }
}

fn answers(
    answer: &impl Fn(&row::Row<'_>, &mut Vec<u8>) -> Result<usize, &'static str>,
    batch: &Batch,
) -> Answers {
    let mut answers = Answers { bytes: Vec::new(), findings: 0, size: batch.size, bad: None };
    for (number, line) in (batch.first..).zip(&batch.lines) {
        let found = row::read(line, number).and_then(|row| match row {
            Some(row) => answer(&row, &mut answers.bytes),
            None => Ok(0),
        });
        match found {
            Ok(found) => answers.findings += found,
            Err(why) => {
                answers.bad = Some(BadLine { number, why });
                break;
            }
        }
    }
    answers
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_goes_out_at_once_and_every_line_has_its_number() {
        let mut batches = Vec::new();
        read(&b"a\nb\nc"[..], |batch| {
            batches.push((batch.first, batch.lines.len()));
            true
        })
        .unwrap();
        assert_eq!(batches, [(1, 2), (3, 1)]);
    }

    #[test]
    fn lines_before_a_bad_one_are_answered() {
        let lines =
            ["{\"text\":\"a\"}", "", "nonsense", "{\"text\":\"b\"}"].map(|l| l.as_bytes().to_vec()).to_vec();
        let batch = Batch { first: 7, lines, size: 0 };
        let answers = answers(
            &|row, out| {
                out.extend_from_slice(row.text.as_bytes());
                Ok(1)
            },
            &batch,
        );
        assert_eq!((answers.bytes.as_slice(), answers.findings), (&b"a"[..], 1));
        assert_eq!(answers.bad, Some(BadLine { number: 9, why: "is not JSON" }));
    }
}
