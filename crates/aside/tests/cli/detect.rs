use crate::stage::{Home, Ran};
use serde_json::Value;
use std::{
    fmt::Write as _,
    io::{BufRead, BufReader, Write},
    process::Stdio,
};

fn detect(arguments: &[&str], input: &str) -> Ran {
    Home::new().aside_reading(&[&["detect"], arguments].concat(), input.as_bytes())
}

fn spans(arguments: &[&str], input: &str) -> Vec<(u64, u64)> {
    let answer: Value = serde_json::from_str(&detect(arguments, input).well()).unwrap();
    let findings = answer["findings"].as_array().unwrap();
    findings.iter().map(|f| (f["start"].as_u64().unwrap(), f["end"].as_u64().unwrap())).collect()
}

#[test]
fn findings_come_as_documented() {
    let answer = detect(&[], "{\"id\": {\"n\": 7},\"text\":\"my card is 4111 1111 1111 1111\"}\n").well();
    let shape: Value = serde_json::from_str(&answer).unwrap();
    assert_eq!(shape["id"]["n"], 7);
    let finding = &shape["findings"][0];
    let keys: Vec<_> = finding.as_object().unwrap().keys().cloned().collect();
    let mut expected = ["type", "kind", "start", "end", "score", "certainty", "evidence"];
    expected.sort_unstable();
    let mut found = keys.clone();
    found.sort_unstable();
    assert_eq!(found, expected);
    assert_eq!((&finding["type"], &finding["certainty"]), (&"fin.pan".into(), &"certain".into()));
    assert_eq!((finding["start"].as_u64(), finding["end"].as_u64()), (Some(11), Some(30)));
    assert!(finding["evidence"].as_array().unwrap().contains(&"luhn".into()), "{finding}");
    assert!(!answer.contains("4111"), "never text of the message");
}

#[test]
fn the_example_in_the_help_is_what_the_program_answers() {
    let help = Home::new().aside(&["detect", "--help"]).well();
    let example = help.lines().find_map(|line| line.trim().strip_prefix("$ echo '")).unwrap();
    let answer = detect(&[], example.strip_suffix("' | aside detect").unwrap()).well();
    assert!(help.lines().any(|line| line.trim() == answer.trim()), "{help}");
}

#[test]
fn offsets_count_bytes_unless_told_otherwise() {
    let line = "{\"id\":1,\"text\":\"Grüße 😀 an anna@example.com\"}";
    assert_eq!(spans(&[], line), [(16, 32)]);
    assert_eq!(spans(&["--offsets", "bytes"], line), [(16, 32)]);
    assert_eq!(spans(&["--offsets", "chars"], line), [(11, 27)]);
    assert_eq!(spans(&["--offsets", "utf16"], line), [(12, 28)]);
    assert_eq!(spans(&["--region", "DE", "--region", "fr", "--offsets", "bytes"], line), [(16, 32)]);
}

#[test]
fn every_line_is_answered_in_its_order() {
    let mut input = String::new();
    for number in 0..5_000_usize {
        let text = "x".repeat(number * 7919 % 300);
        writeln!(input, "{{\"id\":{number},\"text\":\"{text} anna@example.com\"}}").unwrap();
    }
    let output = detect(&[], &input).well();
    assert_eq!(output.lines().count(), 5_000);
    for (number, line) in output.lines().enumerate() {
        let start = number * 7919 % 300 + 1;
        assert!(line.starts_with(&format!("{{\"id\":{number},\"findings\":[")), "{line}");
        assert!(line.contains(&format!("\"start\":{start},")), "{line}");
    }
}

#[test]
fn an_empty_input_has_an_empty_output() {
    assert_eq!(detect(&[], "").well(), "");
    assert_eq!(detect(&[], "\n\n").well(), "");
}

#[test]
fn a_line_is_answered_before_the_next_one_comes_and_memory_does_not_grow() {
    let mut child = Home::new().command(&["detect"]).stdin(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let mut answer = String::new();
    for number in 0..3 {
        writeln!(input, "{{\"id\":{number},\"text\":\"hello\"}}").unwrap();
        answer.clear();
        output.read_line(&mut answer).unwrap();
        assert_eq!(answer, format!("{{\"id\":{number},\"findings\":[]}}\n"));
    }
    // 48 MiB in lines of 4 KiB go through; with what waits, less than a third of it is ever held.
    let line = format!("{{\"id\":1,\"text\":\"{}\"}}\n", " ".repeat(4_096));
    let lines = 12_000;
    std::thread::scope(|scope| {
        scope.spawn(|| (0..lines).for_each(|_| input.write_all(line.as_bytes()).unwrap()));
        for _ in 0..lines {
            answer.clear();
            output.read_line(&mut answer).unwrap();
        }
    });
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    let peak: u64 = peak.trim().trim_end_matches(" kB").parse().unwrap();
    assert!(peak < 40 * 1024, "{peak} KiB");
    drop(input);
    assert!(child.wait().unwrap().success());
}

#[test]
fn a_line_that_cannot_be_read_is_named_by_its_number_and_nothing_of_it_is_shown() {
    let good = "{\"id\":1,\"text\":\"hello\"}\n";
    let marker = "4111 1111 1111 1111";
    let bad = [
        (format!("{{\"id\":2,\"text\":\"{marker}"), "line 3 is not JSON"),
        (format!("{marker}\n"), "line 3 is not JSON"),
        (format!("\"{marker}\"\n"), "line 3 is not a JSON object"),
        (format!("{{\"id\":2,\"body\":\"{marker}\"}}\n"), "line 3 has no `text` that is a string"),
        (format!("{{\"id\":2,\"text\":[\"{marker}\"]}}\n"), "line 3 has no `text` that is a string"),
    ];
    for (line, error) in bad {
        let ran = detect(&[], &format!("{good}{good}{line}{good}"));
        // The first of them is not ended by a line break: what stands behind it is its line's.
        let others = if line.ends_with('\n') { 3 } else { 2 };
        assert_eq!(ran.out.lines().count(), others, "what stands around it is answered");
        let told = ran.fails(1);
        assert!(told.contains(&format!("aside: {error}\n")) && !told.contains("4111"), "{told}");
        assert!(told.contains("aside: 1 line could not be read; all others are answered\n"), "{told}");
    }
    let ran = Home::new().aside_reading(&["detect"], b"{\"text\":\"\xff\xfe\"}\n");
    assert!(ran.fails(1).contains("line 1 is not UTF-8"));
}

#[test]
fn a_bad_line_is_told_of_at_once_and_the_next_one_is_answered_while_the_input_stays_open() {
    let mut child = Home::new().command(&["detect"]).stdin(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    let mut told = BufReader::new(child.stderr.take().unwrap());
    let mut output = BufReader::new(child.stdout.take().unwrap());
    let mut line = String::new();
    input.write_all(b"nonsense\n").unwrap();
    told.read_line(&mut line).unwrap();
    assert_eq!(line, "aside: line 1 is not JSON\n");
    input.write_all(b"{\"id\":2,\"text\":\"hello\"}\n").unwrap();
    line.clear();
    output.read_line(&mut line).unwrap();
    assert_eq!(line, "{\"id\":2,\"findings\":[]}\n");
    drop(input);
    assert_eq!(child.wait().unwrap().code(), Some(1));
}

#[test]
fn of_many_bad_lines_the_first_are_named_and_all_are_counted() {
    let input = "{\"id\":1,\"text\":\"hello\"}\nnonsense\n".repeat(1_000);
    for command in ["detect", "anonymise"] {
        let ran = Home::new().aside_reading(&[command], input.as_bytes());
        assert_eq!(ran.out.lines().count(), 1_000);
        let told = ran.fails(1);
        assert_eq!(told.lines().filter(|line| line.ends_with("is not JSON")).count(), 20);
        assert!(
            told.contains("line 40 is not JSON") && told.contains("1000 lines could not be read"),
            "{told}"
        );
    }
}

#[test]
fn a_line_may_be_long_but_not_endless_and_those_behind_it_are_answered() {
    let line = format!("{{\"id\":1,\"text\":\"{}anna@example.com\"}}", " ".repeat(2 << 20));
    assert_eq!(spans(&[], &line), [(2 << 20, (2 << 20) + 16)]);
    let mut input = b"{\"id\":1,\"text\":\"hello\"}\n".to_vec();
    input.resize(input.len() + (64 << 20) + 1, b' ');
    input.extend(b"\n{\"id\":3,\"text\":\"anna@example.com\"}\n");
    for (command, last) in
        [("detect", "{\"id\":3,\"findings\":[{"), ("anonymise", "{\"id\":3,\"text\":\"<EMAIL>\"")]
    {
        let ran = Home::new().aside_reading(&[command], &input);
        assert_eq!(ran.out.lines().count(), 2);
        assert!(ran.out.lines().last().unwrap().starts_with(last), "{}", ran.out);
        let told = ran.fails(1);
        assert!(told.starts_with("aside: line 2 is longer than 64 MiB\n"), "{told}");
        assert!(told.contains("1 line could not be read"), "{told}");
    }
}

#[test]
fn whoever_stops_reading_ends_the_program_quietly() {
    let mut child = Home::new().command(&["detect"]).stdin(Stdio::piped()).spawn().unwrap();
    let mut input = child.stdin.take().unwrap();
    drop(child.stdout.take());
    drop(input.write_all(&b"{\"text\":\"hello\"}\n".repeat(10_000)));
    drop(input);
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
}

#[test]
fn a_unit_or_region_that_is_none_is_refused() {
    assert!(detect(&["--offsets", "words"], "").fails(2).contains("utf16"));
    assert!(detect(&["--region", "Germany"], "").fails(2).contains("two letters"));
}
