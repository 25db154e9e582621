//! The answers of other programs: one JSON object a line in, one a line out.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use aside_score::{Marked, Scheme};
use aside_taxonomy::DataType;
use serde::Deserialize;
use serde_json::json;

use crate::failure::{Failure, Outcome, While};

#[derive(Deserialize)]
struct Answer {
    findings: Vec<Found>,
}

/// A finding as programs write it; offsets count code points.
#[derive(Deserialize)]
pub(crate) struct Found {
    #[serde(rename = "type")]
    data_type: String,
    #[serde(default)]
    kind: String,
    start: usize,
    end: usize,
    #[serde(default = "certain")]
    score: f64,
}

const fn certain() -> f64 {
    1.0
}

impl Found {
    /// The finding in the groups of a scheme. What is no type of ours keeps its own name, less the few that
    /// others call differently.
    pub(crate) fn marked(&self, scheme: Scheme) -> Marked {
        let group = match DataType::from_id(&self.data_type) {
            Some(data_type) => scheme.group(data_type, &self.kind),
            None if self.data_type == "DOMAIN_NAME" => "URL",
            None => &self.data_type,
        };
        Marked { start: self.start, end: self.end, group: group.to_owned(), score: self.score }
    }
}

/// Writes texts as a program reads them.
pub(crate) fn write_texts<'t>(path: &Path, texts: impl Iterator<Item = &'t str>) -> Outcome {
    let doing = || path.display().to_string();
    let mut file = BufWriter::new(File::create(path).while_doing(doing())?);
    for (id, text) in texts.enumerate() {
        writeln!(file, "{}", json!({"id": id, "text": text})).while_doing(doing())?;
    }
    file.flush().while_doing(doing())
}

/// Lets a program read the texts of a file and says what it found in each.
pub(crate) fn ask(command: &mut Command, texts: &Path, count: usize) -> Outcome<Vec<Vec<Found>>> {
    let program = command.get_program().to_string_lossy().into_owned();
    let input = File::open(texts).while_doing(texts.display().to_string())?;
    let mut child = command.stdin(input).stdout(Stdio::piped()).spawn().while_doing(&program)?;
    let output = child.stdout.take().expect("standard output is piped and taken once");
    let mut answers = Vec::with_capacity(count);
    for line in BufReader::new(output).lines() {
        let line = line.while_doing(&program)?;
        let answer: Answer = serde_json::from_str(&line)
            .map_err(|because| Failure::Answer { program: program.clone(), what: because.to_string() })?;
        answers.push(answer.findings);
    }
    let status = child.wait().while_doing(&program)?;
    if !status.success() {
        return Err(Failure::Ended { program, status });
    }
    if answers.len() != count {
        let what = format!("{} lines for {count} texts", answers.len());
        return Err(Failure::Answer { program, what });
    }
    Ok(answers)
}
