//! `aside demo --once`: what goes in comes out, once, and nothing that must not.

use super::server::{PROGRAM, complaint};
use serde_json::{Value, json};
use std::{
    fmt::Write as _,
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

/// A run's folder: its input, its timelines, its data.
struct Run {
    folder: tempfile::TempDir,
}

impl Run {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn command(&self, input: &Path) -> Command {
        let mut command = Command::new(PROGRAM);
        command.args(["demo", "--once", "--input"]).arg(input);
        command.arg("--timelines").arg(self.path("timelines.jsonl")).arg("--data").arg(self.path("data"));
        command.env_remove("ASIDE_SABOTAGE");
        command
    }

    fn play(&self, input: &str) -> Output {
        let path = self.path("input.jsonl");
        fs::write(&path, input).unwrap();
        self.command(&path).stdin(Stdio::null()).output().unwrap()
    }

    /// The one folder in a folder of the run.
    fn only_folder(&self, name: &str) -> PathBuf {
        let mut entries = fs::read_dir(self.path(name)).unwrap();
        let first = entries.next().unwrap().unwrap().path();
        assert!(entries.next().is_none(), "more than one brand");
        first
    }

    fn timelines(&self) -> Vec<Value> {
        let text = fs::read_to_string(self.path("timelines.jsonl")).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

fn jsonl(lines: &[Value]) -> String {
    lines.iter().fold(String::new(), |mut text, line| {
        writeln!(text, "{line}").unwrap();
        text
    })
}

/// The last line of standard output, which is the only one.
fn summary(output: &Output) -> Value {
    let text = std::str::from_utf8(&output.stdout).unwrap();
    assert_eq!(text.lines().count(), 1, "one line for programs: {text}{}", complaint(output));
    serde_json::from_str(text).unwrap()
}

/// A run that must refuse its input: exit code 1, one line and a hint, and nothing was begun.
fn refusal(input: &str) -> String {
    let run = Run::new();
    let output = run.play(input);
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty());
    assert!(!run.path("data").exists(), "a refused input begins nothing");
    complaint(&output)
}

fn types(timeline: &Value) -> Vec<&str> {
    timeline["findings"].as_array().unwrap().iter().map(|f| f["type"].as_str().unwrap()).collect()
}

#[test]
fn every_input_is_there_once_as_people_see_it_on_every_rung() {
    let long = "Größe M, bitte. Ещё раз. 你好。 ".repeat(1_700);
    assert!(long.len() > 64 * 1024);
    let lines = [
        json!({ "id": 1, "text": "Is my lamp on its way? ☀️", "rung": "public" }),
        json!({ "id": "1", "text": "<b>Fish & chips</b> \"for\" 'two' \\ \u{202e}ltr\u{202c}", "rung": "direct" }),
        json!({ "id": "öffentlich", "text": "My card is 4111 1111 1111 1111, please help", "rung": "public",
                "secret": ["4111 1111 1111 1111"] }),
        json!({ "id": "d-card", "text": "It is 5555555555554444 and the code is 123", "rung": "direct",
                "secret": ["5555555555554444"] }),
        json!({ "id": "s-card", "text": "In here? 4242424242424242", "rung": "secure",
                "secret": ["4242424242424242"] }),
        json!({ "id": "d-mail", "text": "Answer to mara@example.com please" }),
        json!({ "id": "s-mail", "text": "Answer to mara@example.com please", "rung": "secure" }),
        json!({ "id": "p-long", "text": long, "rung": "public" }),
        json!({ "id": "d-long", "text": long, "rung": "direct" }),
        json!({ "id": "s-long", "text": long, "rung": "secure" }),
        // Networks and messenger carry it in parts; the number lies across the first cut.
        json!({ "id": "d-cut", "text": format!("{}5105 1051 0510 5100 {}", "well, ".repeat(332), "and so on. ".repeat(400)),
                "rung": "direct", "secret": ["5105 1051 0510 5100"] }),
    ];
    let run = Run::new();
    let output = run.play(&jsonl(&lines));
    let (summary, said) = (summary(&output), complaint(&output));
    assert_eq!(summary["problems"], json!([]), "{said}");
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert_eq!(summary["messages"], lines.len());
    let checkpoint = summary["checkpoint"].as_str().unwrap();
    assert!(checkpoint.starts_with("aside/") && checkpoint.contains("\n— aside/"), "{checkpoint}");

    let seen = run.timelines();
    let ids = |list: &[Value]| list.iter().map(|line| line["id"].clone()).collect::<Vec<_>>();
    assert_eq!(ids(&seen), ids(&lines), "one timeline a line, in order, ids as they were written");
    for (line, timeline) in lines.iter().zip(&seen) {
        let id = &line["id"];
        assert_eq!(timeline["rung"], *line.get("rung").unwrap_or(&json!("direct")), "{id}");
        let text = timeline["text"].as_str().unwrap();
        match line["secret"][0].as_str() {
            Some(secret) => {
                assert!(!text.contains(secret) && text.contains("card number"), "{id}: {text}");
                assert!(types(timeline).contains(&"fin.pan"), "{id}: {timeline}");
            }
            None if types(timeline).is_empty() => assert_eq!(text, line["text"], "{id}"),
            None => {}
        }
    }
    let by_id = |id: &str| seen.iter().find(|timeline| timeline["id"] == id).unwrap();
    assert_eq!(types(by_id("d-mail")), ["contact.email"]);
    assert!(
        !by_id("d-mail")["text"].as_str().unwrap().contains("mara@"),
        "masked where the network reads along"
    );
    assert!(by_id("s-mail")["text"].as_str().unwrap().contains("mara@example.com"), "open where it does not");
    for id in ["p-long", "d-long", "s-long"] {
        assert_eq!(by_id(id)["text"], long, "{id}");
    }
    assert_eq!((&by_id("d-card")["invited"], &by_id("d-card")["moved"]), (&json!(true), &json!(true)));
    assert_eq!(by_id("1")["invited"], json!(false), "nothing was written that belongs elsewhere");
}

#[test]
fn three_hundred_lines_are_there_once_each() {
    let texts = [
        ("public", "Is my lamp on its way?"),
        ("direct", "Please write to customer@example.com"),
        ("secure", "My IBAN is DE75512108001245126199"),
        ("direct", "Card 4000056655665556, thanks"),
        ("public", "Call me on +1 202 555 0142"),
    ];
    let lines: Vec<_> = (0..300)
        .map(|n| {
            let (rung, text) = texts[n % texts.len()];
            json!({ "id": n, "text": format!("{text} ({n})"), "rung": rung })
        })
        .collect();
    let run = Run::new();
    let output = run.play(&jsonl(&lines));
    let summary = summary(&output);
    assert_eq!(
        (&summary["problems"], &summary["messages"]),
        (&json!([]), &json!(300)),
        "{}",
        complaint(&output)
    );
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(run.timelines().len(), 300);
    assert!(summary["blocked"].as_u64() >= Some(60), "{summary}");
    assert!(summary["ledger_size"].as_u64() > Some(300), "{summary}");
    let bundles = run.only_folder("data/ledger").join("tile/entries");
    assert!(bundles.join("000").is_file(), "the first 256 entries are in a full bundle");
    assert!(!bundles.join("000.p").exists(), "what the full bundle holds is not kept a hundred times over");
}

#[test]
fn the_input_can_come_from_a_pipe() {
    let run = Run::new();
    let mut command = run.command(Path::new("-"));
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let input = jsonl(&[json!({ "id": "a", "text": "Hello" }), json!({ "id": "b", "text": "Hello again" })]);
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", complaint(&output));
    assert_eq!(summary(&output)["messages"], 2);
    assert_eq!(run.timelines()[1]["text"], "Hello again");
}

#[test]
fn a_value_that_stays_readable_fails_the_run_and_is_not_repeated() {
    let run = Run::new();
    // No rule blocks a word, so this one is where a leak would be: in tables and answers.
    let secret = "quokka-lantern";
    let line = json!({ "id": 1, "text": format!("The word is {secret}."), "secret": [secret] });
    let output = run.play(&jsonl(&[line]));
    assert_eq!(output.status.code(), Some(1));
    let (problems, said) = (summary(&output)["problems"].to_string(), complaint(&output));
    assert!(problems.contains("table messages.body") && problems.contains("response /api/v1"), "{problems}");
    assert!(!problems.contains(secret) && !said.contains(secret), "{problems}{said}");
    assert!(!problems.contains("file "), "what is stored is sealed: {problems}");
}

#[cfg(feature = "sabotage")]
#[test]
fn a_build_that_leaks_fails_its_own_run() {
    let run = Run::new();
    let card = "4111 1111 1111 1111";
    let input = run.path("input.jsonl");
    fs::write(&input, jsonl(&[json!({ "id": 1, "text": format!("My card: {card}"), "secret": [card] })]))
        .unwrap();
    let output = run.command(&input).env("ASIDE_SABOTAGE", "no_block").output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", complaint(&output));
    assert!(summary(&output)["problems"].to_string().contains("a secret is readable"));
}

#[test]
fn an_id_that_is_used_twice_is_refused_by_both_its_lines() {
    let lines =
        [json!({ "id": 7, "text": "a" }), json!({ "id": "7", "text": "b" }), json!({ "id": 7, "text": "c" })];
    let said = refusal(&jsonl(&lines));
    assert!(said.contains("line 3: the id was used in line 1 already"), "{said}");
}

#[test]
fn a_line_that_is_not_right_is_named_by_number_and_not_repeated() {
    let good = r#"{"id":1,"text":"a"}"#;
    let wrong = [
        (r#"{"id":2,"text":"hunter2""#, "not JSON"),
        ("hunter2", "not JSON"),
        (r#"{"id":2,"text":"hunter2","rung":"whisper"}"#, "is not a rung"),
        (r#"{"id":2,"text":"hunter2","rung":"voice"}"#, "public, direct or secure"),
        (r#"{"id":2,"text":"hunter2","colour":"red"}"#, "unknown field"),
        (r#"{"id":2}"#, "missing field `text`"),
        (r#"{"text":"hunter2"}"#, "missing field `id`"),
        (r#"{"id":null,"text":"hunter2"}"#, "string or a number"),
        (r#"{"id":2,"text":""}"#, "empty"),
    ];
    for (line, why) in wrong {
        let said = refusal(&format!("{good}\n\n{line}\n"));
        assert!(said.starts_with("aside: line 3: ") && said.contains(why), "{line}: {said}");
        assert!(!said.contains("hunter2") && !said.contains("whisper"), "{said}");
    }
}

#[test]
fn a_text_too_long_for_one_conversation_is_refused_before_anything_is_sent() {
    let said = refusal(&jsonl(&[json!({ "id": 1, "text": "é".repeat(900_001) })]));
    assert!(said.contains("line 1: `text` is longer than 900000 characters"), "{said}");
}

#[test]
fn a_missing_input_and_timelines_that_cannot_be_written_are_said_before_anything_begins() {
    let run = Run::new();
    let output = run.command(&run.path("nowhere.jsonl")).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    let said = complaint(&output);
    assert!(said.contains("cannot read") && said.contains("nowhere.jsonl"), "{said}");

    fs::create_dir(run.path("timelines.jsonl")).unwrap();
    let output = run.play("{\"id\":1,\"text\":\"a\"}\n");
    let said = complaint(&output);
    assert_eq!(output.status.code(), Some(1));
    assert!(said.contains("cannot write") && said.contains("timelines.jsonl"), "{said}");
    assert!(!run.path("data").exists());
}

#[test]
fn a_folder_that_holds_a_brand_already_is_left_alone() {
    let run = Run::new();
    let first = run.play("{\"id\":1,\"text\":\"a\"}\n");
    assert_eq!(first.status.code(), Some(0), "{}", complaint(&first));
    let second = run.play("{\"id\":1,\"text\":\"a\"}\n");
    assert_eq!(second.status.code(), Some(1));
    assert!(complaint(&second).contains("in use by a brand already"), "{}", complaint(&second));
}

#[test]
fn an_input_of_no_lines_is_a_run_of_nothing() {
    let run = Run::new();
    let output = run.play("\n\n");
    assert_eq!(output.status.code(), Some(0), "{}", complaint(&output));
    assert_eq!(summary(&output)["messages"], 0);
    assert!(run.timelines().is_empty());
}
