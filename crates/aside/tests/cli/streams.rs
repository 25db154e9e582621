//! Texts through the program: order, memory, blocks, files, progress.

use crate::stage::{Home, Ran};
use serde_json::Value;
use std::{
    fmt::Write as _,
    fs,
    io::{BufRead, BufReader, Write},
    process::Stdio,
};

/// How many bytes the input of the memory tests has. Without optimisation 300 MB take minutes.
const LONG: usize = if cfg!(debug_assertions) { 48 << 20 } else { 300 << 20 };
/// The most memory that a stream may take, in KiB.
const MOST_KIB: u64 = 40 * 1024;

fn run(arguments: &[&str], input: &[u8]) -> Ran {
    Home::new().aside_reading(arguments, input)
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

/// Sends `LONG` bytes through the program and returns how many lines came back, and how much memory it took.
fn long(arguments: &[&str], piece: &[u8], mut each: impl FnMut(&str)) -> u64 {
    let mut child = Home::new().command(arguments).stdin(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let output = BufReader::new(child.stdout.take().unwrap());
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    std::thread::scope(|scope| {
        scope.spawn(move || {
            let mut sent = 0;
            while sent < LONG {
                input.write_all(piece).unwrap();
                sent += piece.len();
            }
        });
        for (number, line) in output.lines().enumerate() {
            each(&line.unwrap());
            if number % 1_024 == 0 {
                let status = fs::read_to_string(&status).unwrap();
                if let Some(line) = status.lines().find_map(|line| line.strip_prefix("VmHWM:")) {
                    peak = line.trim().trim_end_matches(" kB").parse().unwrap();
                }
            }
        }
    });
    assert!(child.wait().unwrap().success());
    peak
}

#[test]
fn memory_stays_flat_over_a_long_stream_and_no_row_is_out_of_order() {
    let mut piece = String::new();
    for number in 0..256 {
        let text = "words ".repeat(number * 37 % 400);
        writeln!(piece, "{{\"id\":{number},\"text\":\"{text}anna@example.com\"}}").unwrap();
    }
    let mut number = 0;
    let peak = long(&["detect", "--no-names"], piece.as_bytes(), |line| {
        assert!(line.starts_with(&format!("{{\"id\":{},\"findings\":[{{", number % 256)), "{line}");
        number += 1;
    });
    assert!(number >= 10_000 && number % 256 == 0, "{number}");
    assert!(peak > 0 && peak < MOST_KIB, "{peak} KiB");
}

#[test]
fn memory_stays_flat_over_a_text_that_is_one_endless_line() {
    let mut piece = "nothing of note, ".repeat(6_000);
    let before = piece.len() as u64;
    piece.push_str("anna@example.com ");
    let mut last = 0;
    let mut found = 0_u64;
    let peak = long(&["detect", "--no-names", "--format", "text"], piece.as_bytes(), |line| {
        let finding: Value = serde_json::from_str(line).unwrap();
        let start = finding["start"].as_u64().unwrap();
        assert_eq!((start - before) % piece.len() as u64, 0);
        assert!(start > last || found == 0);
        assert_eq!((finding["line"].as_u64(), finding["column"].as_u64()), (Some(1), Some(start + 1)));
        last = start;
        found += 1;
    });
    assert_eq!(found, LONG.div_ceil(piece.len()) as u64);
    assert!(peak > 0 && peak < MOST_KIB, "{peak} KiB");
}

#[test]
fn a_value_is_found_wherever_a_block_ends_and_over_a_line_break() {
    // Blocks end every 256 KiB; the card moves over such an end byte by byte.
    for before in (262_144 - 24)..(262_144 + 4) {
        let text = format!("{} 4111 1111\n1111 1111 and so on", "x".repeat(before));
        let found = lines(&run(&["detect", "--format", "text"], text.as_bytes()).well());
        assert_eq!(found.len(), 1, "{before}");
        assert_eq!(found[0]["kind"], "card");
        assert_eq!(
            (found[0]["start"].as_u64(), found[0]["end"].as_u64()),
            (Some(before as u64 + 1), Some(before as u64 + 20))
        );
        let safe = run(&["anonymise", "--format", "text"], text.as_bytes()).well();
        assert!(safe.ends_with("x <CARD> and so on"), "{before}");
        assert_eq!(safe.len(), before + " <CARD> and so on".len());
    }
}

#[test]
fn a_text_says_line_and_column_in_the_unit_that_was_asked_for() {
    let text = "Grüße 😀\nan 😀 anna@example.com\r\n\n4111 1111 1111 1111";
    for (unit, starts, columns) in
        [("bytes", [21, 40], [9, 1]), ("chars", [13, 32], [6, 1]), ("utf16", [15, 34], [7, 1])]
    {
        let found = lines(&run(&["detect", "--format", "text", "--offsets", unit], text.as_bytes()).well());
        for (at, finding) in found.iter().enumerate() {
            assert_eq!(finding["line"], [2, 4][at], "{unit}");
            assert_eq!(finding["column"], columns[at], "{unit}");
            assert_eq!(finding["start"], starts[at], "{unit}");
        }
        assert_eq!(found.len(), 2);
    }
}

#[test]
fn text_that_is_not_utf8_is_told_by_its_line() {
    let mut text = "anna@example.com\n".repeat(20_000).into_bytes();
    text.extend(b"\xff\xfe anna@example.com");
    for (command, answered) in [("detect", 20_000), ("anonymise", 20_000)] {
        let ran = run(&[command, "--format", "text"], &text);
        assert_eq!(ran.out.lines().count(), answered);
        let told = ran.fails(1);
        assert!(told.contains("line 20001 is not UTF-8") && !told.contains("anna"), "{told}");
    }
    for bytes in [&b"\xc3"[..], b"\x80", b"ab\xf0\x9f\x98"] {
        assert!(run(&["detect", "--format", "text"], bytes).fails(1).contains("line 1 is not UTF-8"));
    }
    assert_eq!(run(&["detect", "--format", "text"], b"").well(), "");
}

#[test]
fn files_are_read_one_after_another_and_a_wrong_one_before_anything_is_done() {
    let home = Home::new();
    let one = home.write("one.jsonl", "{\"id\":1,\"text\":\"anna@example.com\"}\n");
    let two = home.write("two.jsonl", "{\"id\":2,\"text\":\"x\"}\nnonsense\n");
    let out = home.path("out.jsonl");
    let out_name = out.to_str().unwrap();
    home.aside(&["detect", "--input", &one, "--output", out_name]).well();
    assert!(fs::read_to_string(&out).unwrap().starts_with("{\"id\":1,\"findings\":[{"));
    let ran = home.aside(&["detect", "-i", &one, "-i", &two]);
    assert_eq!(ran.out.lines().count(), 2);
    let told = ran.fails(1);
    assert!(told.contains("two.jsonl: line 2 is not JSON"), "{told}");
    let ran = home.aside(&["detect", "-i", &one, "-i", "nowhere.jsonl"]);
    assert_eq!(ran.out, "");
    assert!(ran.fails(1).contains("nowhere.jsonl"));
    assert!(home.aside(&["detect", "-i", "."]).fails(1).contains("is a folder"));
    assert!(home.aside(&["detect", "-i", &one, "-o", "no/such/folder"]).fails(1).contains("cannot write"));
}

#[test]
fn types_and_certainty_choose_what_is_reported() {
    let row = "{\"id\":1,\"text\":\"12.03.1984, 4111 1111 1111 1111, anna@example.com\"}";
    let kinds = |arguments: &[&str]| -> Vec<String> {
        let out = run(&[&["detect"], arguments].concat(), row.as_bytes()).well();
        let answer: Value = serde_json::from_str(&out).unwrap();
        answer["findings"]
            .as_array()
            .unwrap()
            .iter()
            .map(|f| f["kind"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(kinds(&[]), ["date", "card", "email"]);
    assert_eq!(kinds(&["--types", "fin.pan,email"]), ["card", "email"]);
    assert_eq!(kinds(&["--types", "date"]), ["date"]);
    assert_eq!(kinds(&["--min-certainty", "certain"]), ["card", "email"]);
    assert!(run(&["detect", "--types", "fin.gold"], b"").fails(2).contains("fin.gold"));
    let explained = run(&["detect", "--explain", "--types", "card"], row.as_bytes()).well();
    assert!(explained.contains("The Luhn check digit"), "{explained}");
}

#[test]
fn an_explanation_says_what_a_finding_beat_and_holds_no_value() {
    let text = "my password is anna@example.com";
    let row = format!("{{\"id\":1,\"text\":\"{text}\"}}");
    for (format, input) in [("jsonl", row.as_str()), ("text", text)] {
        let out = run(&["detect", "--explain", "--format", format], input.as_bytes()).well();
        let answer: Value = serde_json::from_str(&out).unwrap();
        let finding = if format == "jsonl" { &answer["findings"][0] } else { &answer };
        assert_eq!((&finding["kind"], &finding["start"]), (&"password".into(), &15.into()), "{out}");
        let beaten =
            serde_json::json!([{"kind": "email", "certainty": "certain", "because": "kind_comes_first"}]);
        assert_eq!(finding["beat"], beaten);
        let explanation = finding["explanation"].as_array().unwrap();
        assert_eq!(explanation.len(), finding["evidence"].as_array().unwrap().len());
        assert!(!out.contains("anna"), "{out}");
        let plain = run(&["detect", "--format", format], input.as_bytes()).well();
        assert!(!plain.contains("beat") && !plain.contains("explanation"), "{plain}");
    }
    let table = Home::new().aside(&["detect", "--explain", text]).well();
    assert!(table.contains("    Not email: kind_comes_first.\n") && !table.contains("anna"), "{table}");
}

/// Messages of the labelled corpus one below the other, or one behind the other in one line.
fn archive(between: &str, size: usize) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../detect/corpus");
    let mut messages = Vec::new();
    for name in ["en", "de", "fr", "es", "ru", "ja"] {
        let labelled = fs::read_to_string(format!("{folder}/{name}.txt")).unwrap();
        for message in labelled.lines().filter(|line| !line.is_empty() && !line.starts_with("# ")) {
            // The text without the marks of labels: [[kind|value]].
            let text: String = message
                .split("]]")
                .map(|part| match part.split_once("[[") {
                    Some((before, label)) => format!("{before}{}", label.split_once('|').unwrap().1),
                    None => part.to_owned(),
                })
                .collect();
            messages.push(text);
        }
    }
    let mut text = String::new();
    for (number, message) in messages.iter().cycle().enumerate() {
        if text.len() > size {
            break;
        }
        write!(text, "{message} {number}{between}").unwrap();
    }
    text
}

#[test]
fn a_text_that_is_read_in_blocks_has_the_findings_of_the_whole() {
    for between in ["\n\n", " - "] {
        let text = archive(between, 1_000_000);
        let out = run(&["detect", "--no-names", "--format", "text"], text.as_bytes()).well();
        let found: Vec<_> = lines(&out)
            .into_iter()
            .map(|f| (f["start"].as_u64(), f["end"].as_u64(), f["kind"].as_str().unwrap().to_owned()))
            .collect();
        let whole: Vec<_> = aside_detect::Detector::new()
            .detect(&text)
            .into_iter()
            .map(|f| (Some(f.start as u64), Some(f.end as u64), f.kind.to_owned()))
            .collect();
        assert!(whole.len() > 2_000, "{}", whole.len());
        assert!(found == whole, "{:?}", found.iter().zip(&whole).find(|(one, other)| one != other));
        let detector = aside_detect::Detector::new();
        let replace = aside_anonymise::Policy::new("replace".parse().unwrap());
        let whole = aside_anonymise::Anonymiser::new(detector, replace).unwrap();
        let safe = run(&["anonymise", "--no-names", "--format", "text"], text.as_bytes()).well();
        assert!(safe == whole.anonymise(&text, "", &Unneeded).text);
    }
}

/// Replacing by a name needs no randomness.
struct Unneeded;

impl aside_anonymise::Random for Unneeded {
    fn fill(&self, _: &mut [u8]) {
        panic!("nothing random is needed");
    }
}

#[test]
fn names_that_no_word_introduces_are_found_unless_the_model_is_left_out() {
    let row = "{\"id\":1,\"text\":\"Yesterday I spoke to Maria Johnson and she promised to call me back\"}";
    let has_person = |arguments: &[&str]| {
        run(&[&["detect", "--types", "person"], arguments].concat(), row.as_bytes())
            .well()
            .contains("\"person\"")
    };
    assert!(has_person(&[]) && has_person(&["--no-names", "--names"]));
    assert!(!has_person(&["--no-names"]));
}

#[test]
fn one_text_is_answered_for_people_with_values_masked() {
    let table = Home::new().aside(&["detect", "my card is 4111 1111 1111 1111"]).well();
    assert!(table.contains("fin.pan") && table.contains("•••• 1111") && !table.contains("4111"), "{table}");
    let shown = Home::new().aside(&["detect", "--show", "my card is 4111 1111 1111 1111"]).well();
    assert!(shown.contains("4111 1111 1111 1111"), "{shown}");
    assert_eq!(Home::new().aside(&["detect", "hello"]).well(), "nothing found\n");
    // Whoever gives the name of a file means the file.
    let home = Home::new();
    let ran = home.aside(&["detect", &home.write("chat.txt", "anna@example.com")]);
    assert!(ran.err.contains("with --input"), "{}", ran.err);
}
