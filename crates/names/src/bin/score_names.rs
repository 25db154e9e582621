//! `score-names MODEL [--show] [--tuning|--judging] FILE...`: scores a model on labelled messages; see
//! `messages/README.md`.

#![expect(clippy::print_stdout, reason = "a command line tool speaks on standard output")]

use aside_names::train::{Part, score};
use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut asked = |flag: &str| {
        let before = arguments.len();
        arguments.retain(|argument| argument != flag);
        arguments.len() < before
    };
    let (show, tuning, judging) = (asked("--show"), asked("--tuning"), asked("--judging"));
    let part = match (tuning, judging) {
        (true, false) => Part::Tuning,
        (false, true) => Part::Judging,
        _ => Part::All,
    };
    let [model, files @ ..] = &arguments[..] else {
        return Err("usage: score-names MODEL [--show] [--tuning|--judging] FILE...".into());
    };
    let model = std::fs::read(model)?;
    for file in files {
        println!("{file}");
        print!("{}", score(&model, Path::new(file), part, show)?);
    }
    Ok(())
}
