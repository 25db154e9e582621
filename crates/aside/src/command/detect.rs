//! `aside detect`: finds personal data in texts, line by line.
//!
//! One thread reads, one per core detects, this one writes. Batches go round the workers in turn and are
//! written in the same turn, so the order is that of the input without a queue that could grow.

use super::{Failure, terminal};
use aside_detect::{
    Detector, Finding, Region,
    offsets::{self, Unit},
};
use clap::{Args as ClapArgs, ValueEnum};
use serde::{Deserialize, Deserializer, Serialize, de::Visitor, ser::SerializeSeq};
use serde_json::value::RawValue;
use std::{
    borrow::Cow,
    fmt,
    io::{self, BufRead, BufReader, Read, Write},
    process::ExitCode,
    sync::mpsc::{Receiver, SyncSender, sync_channel},
    thread::{self, JoinHandle},
};

/// The longest line, in bytes.
const LONGEST_LINE: u64 = 64 * 1024 * 1024;
/// How many bytes are read at once; a batch is what of it is there already.
const READ_AT_ONCE: usize = 256 * 1024;
/// How many batches may wait for a worker, and how many of its answers for the writer.
const WAITING: usize = 1;

const EXAMPLES: &str = "\
Examples:
  $ echo '{\"id\":1,\"text\":\"my card is 4111 1111 1111 1111\"}' | aside detect
  {\"id\":1,\"findings\":[{\"type\":\"fin.pan\",\"kind\":\"card\",\"start\":11,\"end\":30,\"score\":0.99,\
\"certainty\":\"certain\",\"evidence\":[\"luhn\",\"issuer_range\",\"grouping\",\"cue_before\"]}]}

  $ aside detect --offsets chars --region DE < texts.jsonl > findings.jsonl

Each line in is a JSON object with `id` (any JSON, given back as it is) and `text`; other members are \
ignored. Each line out has the same id. Answers come as lines come, in their order. A line that cannot be \
read ends the program with exit code 1; the line's number, and nothing of it, goes to standard error.";

/// Arguments of `aside detect`.
#[derive(ClapArgs, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// What `start` and `end` count
    #[arg(long, value_enum, value_name = "UNIT", default_value_t = Offsets::Bytes)]
    offsets: Offsets,
    /// A country whose national numbers are expected without a word that announces them, such as DE;
    /// may be given more than once
    #[arg(long = "region", value_name = "CC")]
    regions: Vec<Region>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Offsets {
    /// Bytes of UTF-8 (Rust, Go)
    Bytes,
    /// Unicode code points (Python)
    Chars,
    /// UTF-16 code units (JavaScript, Java, C#)
    Utf16,
}

pub(crate) fn run(args: Args) -> Result<ExitCode, Failure> {
    let unit = match args.offsets {
        Offsets::Bytes => Unit::Bytes,
        Offsets::Chars => Unit::Chars,
        Offsets::Utf16 => Unit::Utf16,
    };
    let detector = Detector::builder().regions(args.regions).build();
    let (hands, workers): (Vec<_>, Vec<_>) =
        (0..thread::available_parallelism().map_or(1, usize::from)).map(|_| worker(&detector, unit)).unzip();
    let reader = thread::spawn(move || read(io::stdin().lock(), &hands));
    write(&workers)?;
    // Every answer is written. Whoever panicked has given fewer of them.
    for worker in workers {
        ended(worker.thread)?;
    }
    ended(reader)?.map_err(|e| Failure::new(format!("cannot read the input: {e}")))?;
    Ok(ExitCode::SUCCESS)
}

fn ended<T>(thread: JoinHandle<T>) -> Result<T, Failure> {
    thread.join().map_err(|_| Failure::new("the detector failed; not every line was checked"))
}

/// Some lines of the input, and the number of the first.
struct Batch {
    first: u64,
    lines: Vec<Vec<u8>>,
}

/// The answers to a batch, up to a line that cannot be read.
struct Answers {
    bytes: Vec<u8>,
    bad: Option<BadLine>,
}

/// A line that cannot be read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("line {number} {why}")]
struct BadLine {
    number: u64,
    why: &'static str,
}

struct Worker {
    answers: Receiver<Answers>,
    thread: JoinHandle<()>,
}

fn worker(detector: &Detector, unit: Unit) -> (SyncSender<Batch>, Worker) {
    let (hand, batches) = sync_channel::<Batch>(WAITING);
    let (give, answers) = sync_channel(WAITING);
    let detector = detector.clone();
    let thread = thread::spawn(move || {
        for batch in batches {
            if give.send(answer(&detector, unit, &batch)).is_err() {
                break;
            }
        }
    });
    (hand, Worker { answers, thread })
}

/// Reads to the end, and hands what is there to the workers in turn: a lone line at once, a flood in batches.
fn read(input: impl Read, hands: &[SyncSender<Batch>]) -> io::Result<()> {
    let mut input = BufReader::with_capacity(READ_AT_ONCE, input);
    let mut number = 0;
    for hand in hands.iter().cycle() {
        let mut batch = Batch { first: number + 1, lines: Vec::new() };
        let mut size = 0;
        loop {
            let mut line = Vec::new();
            // One byte more than is allowed shows that there is more; the worker says so and all ends.
            if input.by_ref().take(LONGEST_LINE + 2).read_until(b'\n', &mut line)? == 0 {
                break;
            }
            number += 1;
            size += line.len();
            batch.lines.push(line);
            if size >= READ_AT_ONCE || !input.buffer().contains(&b'\n') {
                break;
            }
        }
        if batch.lines.is_empty() || hand.send(batch).is_err() {
            break;
        }
    }
    Ok(())
}

/// Writes answers as they come, from the workers in turn.
fn write(workers: &[Worker]) -> Result<(), Failure> {
    for worker in workers.iter().cycle() {
        let Ok(answers) = worker.answers.recv() else { return Ok(()) };
        if !terminal::write(&answers.bytes)? {
            return Ok(());
        }
        if let Some(bad) = answers.bad {
            let hint = "each line is a JSON object with `id` and `text`, in UTF-8 and at most 64 MiB long";
            return Err(Failure::new(bad).with_hint(hint));
        }
    }
    Ok(())
}

#[derive(Deserialize)]
struct Row<'a> {
    #[serde(borrow)]
    id: Option<&'a RawValue>,
    #[serde(borrow)]
    text: Cow<'a, str>,
}

#[derive(Serialize)]
struct Answer<'a> {
    id: Option<&'a RawValue>,
    findings: Findings<'a>,
}

struct Findings<'a> {
    text: &'a str,
    found: Vec<Finding>,
    unit: Unit,
}

#[derive(Serialize)]
struct Line<'a> {
    r#type: &'a str,
    kind: &'a str,
    start: usize,
    end: usize,
    score: f32,
    certainty: &'a str,
    evidence: Vec<&'a str>,
}

impl Serialize for Findings<'_> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_seq(Some(self.found.len()))?;
        for (finding, span) in self.found.iter().zip(offsets::convert(self.text, &self.found, self.unit)) {
            list.serialize_element(&Line {
                r#type: finding.data_type.id(),
                kind: finding.kind,
                start: span.start,
                end: span.end,
                score: finding.score,
                certainty: finding.certainty.name(),
                evidence: finding.evidence.iter().map(|reason| reason.name()).collect(),
            })?;
        }
        list.end()
    }
}

fn answer(detector: &Detector, unit: Unit, batch: &Batch) -> Answers {
    let mut bytes = Vec::new();
    for (number, line) in (batch.first..).zip(&batch.lines) {
        if let Err(why) = answer_line(detector, unit, number, line, &mut bytes) {
            return Answers { bytes, bad: Some(BadLine { number, why }) };
        }
    }
    Answers { bytes, bad: None }
}

/// Why a line cannot be read.
fn why(error: &serde_json::Error) -> &'static str {
    match error {
        // The words name a member of ours, and quote nothing of the line.
        error if error.is_data() && error.to_string().starts_with("duplicate field") => {
            "has `id` or `text` more than once"
        }
        error if error.is_data() => "has no `text` that is a string",
        _ => "is not JSON",
    }
}

/// A line whose text holds halves of surrogate pairs: each becomes U+FFFD, as when the text comes by a hook.
fn repaired(line: &str) -> Result<Row<'_>, &'static str> {
    #[derive(Deserialize)]
    struct Unread<'a> {
        #[serde(borrow)]
        id: Option<&'a RawValue>,
        #[serde(borrow)]
        text: &'a RawValue,
    }
    let row: Unread<'_> = serde_json::from_str(line).map_err(|e| why(&e))?;
    let bytes = serde_json::Deserializer::from_str(row.text.get()).deserialize_bytes(AnyString);
    let bytes = bytes.map_err(|e| why(&e))?;
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        // The parser gives half a pair as it would be in UTF-8 if it could be: ED, then two more bytes.
        if chunk.invalid().first() == Some(&0xED) {
            text.push('\u{fffd}');
        }
    }
    Ok(Row { id: row.id, text: Cow::Owned(text) })
}

/// Takes a JSON string even if Unicode does not.
struct AnyString;

impl Visitor<'_> for AnyString {
    type Value = Vec<u8>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_bytes<E: serde::de::Error>(self, bytes: &[u8]) -> Result<Vec<u8>, E> {
        Ok(bytes.to_owned())
    }
}

/// The answer to one line. The parser's own words are not passed on: they may quote the text.
fn answer_line(
    detector: &Detector,
    unit: Unit,
    number: u64,
    line: &[u8],
    out: &mut Vec<u8>,
) -> Result<(), &'static str> {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    if line.len() as u64 > LONGEST_LINE {
        return Err("is longer than 64 MiB");
    }
    let line = std::str::from_utf8(line).map_err(|_| "is not UTF-8")?;
    // Some programs write a byte order mark, and some an empty last line.
    let line = if number == 1 { line.strip_prefix('\u{feff}').unwrap_or(line) } else { line }.trim();
    if line.is_empty() {
        return Ok(());
    }
    if !line.starts_with('{') {
        return Err(if serde_json::from_str::<serde::de::IgnoredAny>(line).is_ok() {
            "is not a JSON object"
        } else {
            "is not JSON"
        });
    }
    let row = match serde_json::from_str::<Row<'_>>(line) {
        Ok(row) => row,
        // Half a surrogate pair is JSON, and what JavaScript writes when it cuts a text in two.
        Err(error) if error.is_syntax() => repaired(line)?,
        Err(error) => return Err(why(&error)),
    };
    let found = detector.detect(&row.text);
    let answer = Answer { id: row.id, findings: Findings { text: &row.text, found, unit } };
    serde_json::to_writer(&mut *out, &answer).map_err(|_| "cannot be answered")?;
    out.write_all(b"\n").map_err(|_| "cannot be answered")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(line: &[u8]) -> Result<String, &'static str> {
        let mut out = Vec::new();
        answer_line(&Detector::new(), Unit::Bytes, 2, line, &mut out)?;
        Ok(String::from_utf8(out).unwrap())
    }

    #[test]
    fn an_id_is_given_back_as_it_was_written() {
        for id in ["1.50", "\"\\u0061\"", "{ \"a\": [1, 2] }", "null", "12345678901234567890123"] {
            let line = format!("{{\"text\":\"hello\", \"id\": {id}}}\n");
            assert_eq!(ask(line.as_bytes()).unwrap(), format!("{{\"id\":{id},\"findings\":[]}}\n"));
        }
        assert_eq!(ask(b"{\"text\":\"\"}").unwrap(), "{\"id\":null,\"findings\":[]}\n");
        assert_eq!(ask(b" \r\n").unwrap(), "");
    }

    #[test]
    fn a_bad_line_is_told_without_its_text() {
        assert_eq!(ask(b"{\"text\":\"4111 1111 1111 1111\""), Err("is not JSON"));
        assert_eq!(ask(b"nonsense"), Err("is not JSON"));
        assert_eq!(ask(b"[1,\"text\"]"), Err("is not a JSON object"));
        assert_eq!(ask(b"{\"id\":1}"), Err("has no `text` that is a string"));
        assert_eq!(ask(b"{\"text\":4}"), Err("has no `text` that is a string"));
        assert_eq!(ask(b"{\"text\":\"\xff\"}"), Err("is not UTF-8"));
        assert_eq!(ask(b"{\"text\":\"\\ud8\"}"), Err("is not JSON"));
        assert_eq!(ask(b"{\"text\":\"a\",\"text\":\"b\"}"), Err("has `id` or `text` more than once"));
    }

    #[test]
    fn half_a_surrogate_pair_does_not_end_the_stream() {
        let line =
            br#"{"id":"\ud800","text":"\ud83d. 4111 1111 1111 1111 \ude00 \ud83d\ude00\n\udc00\ud800"}"#;
        let answer = ask(line).unwrap();
        assert!(answer.starts_with(r#"{"id":"\ud800","findings":[{"type":"fin.pan""#), "{answer}");
        assert!(answer.contains(r#""start":5,"end":24"#), "{answer}");
        let text = repaired(std::str::from_utf8(line).unwrap()).unwrap().text;
        assert_eq!(text, "\u{fffd}. 4111 1111 1111 1111 \u{fffd} \u{1f600}\n\u{fffd}\u{fffd}");
        assert_eq!(ask(br#"{"text":4,"x":"\ud800"}"#), Err("has no `text` that is a string"));
    }

    #[test]
    fn what_is_there_goes_out_at_once_and_every_line_has_its_number() {
        let (hand, batches) = sync_channel(1_000);
        read(&b"a\nb\nc"[..], &[hand]).unwrap();
        let batches: Vec<_> = batches.iter().map(|b| (b.first, b.lines.len())).collect();
        assert_eq!(batches, [(1, 2), (3, 1)]);
    }
}
