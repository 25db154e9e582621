//! Who is measured: each in a process of its own, so that memory and the time until it is ready are its own.

use std::io::{self, Read};
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::Texts;
use crate::failure::{Failure, Outcome, While};
use crate::peers::Peer;

/// Longer than this nobody gets for one pass over one set of texts.
const PATIENCE: Duration = Duration::from_mins(1);

/// Who is measured.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Subject {
    /// Our detector with every family and every cue.
    Ours,
    /// The same with its model of names.
    OursNames,
    /// Our detector with the types that need a digit or an `@` alone.
    OursDigits,
    /// Candidates alone, without looking at them.
    Floor,
    /// Somebody else.
    Peer(Peer),
}

/// What a subject says of the best of its passes over a file.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Timing {
    /// Processor time from the start of the process to the first answer.
    pub(super) ready_ms: f64,
    /// Processor time for all texts.
    pub(super) seconds: f64,
    /// Half of the texts take no longer.
    pub(super) p50_us: f64,
    /// 99 of 100 texts take no longer.
    pub(super) p99_us: f64,
    /// The most memory that was resident, in millions of bytes.
    pub(super) memory_mb: f64,
}

impl Subject {
    pub(super) const fn title(self) -> &'static str {
        match self {
            Subject::Ours => "**aside-detect**, all types and cues",
            Subject::OursNames => "aside-detect with names of people and places",
            Subject::OursDigits => "aside-detect, card, e-mail, phone, bank account, SSN alone",
            Subject::Floor => "floor: prefilter, then one alternation of 8, nothing verified",
            Subject::Peer(peer) => peer.title(),
        }
    }

    /// How often it reads the texts.
    const fn passes(self) -> usize {
        match self {
            Subject::Ours | Subject::OursDigits | Subject::Floor => 40,
            Subject::Peer(Peer::Presidio) => 2,
            Subject::OursNames | Subject::Peer(_) => 5,
        }
    }

    /// Lets it read the texts; nothing if it is not done in time.
    pub(super) fn time(self, texts: &Texts) -> Outcome<Option<Timing>> {
        let mut command = match self {
            Subject::Peer(peer) => peer.timing(),
            Subject::Ours | Subject::OursNames | Subject::OursDigits | Subject::Floor => {
                let this = std::env::current_exe().while_doing("this program's own path")?;
                let mut command = Command::new(this);
                let name = match self {
                    Subject::OursNames => "ours-names",
                    Subject::OursDigits => "ours-digits",
                    Subject::Floor => "floor",
                    _ => "ours",
                };
                command.args(["alone", name]);
                command
            }
        };
        command.arg(&texts.file).arg(self.passes().to_string());
        let program = command.get_program().to_string_lossy().into_owned();
        let Some(output) = in_time(&mut command, PATIENCE * self.passes() as u32).while_doing(&program)?
        else {
            return Ok(None);
        };
        serde_json::from_str(&output)
            .map(Some)
            .map_err(|because| Failure::Answer { program, what: format!("{because}: {output}") })
    }
}

/// What a program prints, if it ends in time; ends it otherwise.
fn in_time(command: &mut Command, patience: Duration) -> io::Result<Option<String>> {
    let mut child = command.stdout(Stdio::piped()).spawn()?;
    let mut output = child.stdout.take().expect("standard output is piped and taken once");
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut text = String::new();
        // Whoever waited may have given up.
        let _ = sender.send(output.read_to_string(&mut text).map(|_| text));
    });
    if let Ok(text) = receiver.recv_timeout(patience) {
        child.wait()?;
        return text.map(Some);
    }
    child.kill()?;
    child.wait()?;
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_takes_too_long_is_ended_and_nothing_is_waited_for() {
        let slow = in_time(Command::new("sleep").arg("60"), Duration::from_millis(50)).unwrap();
        assert_eq!(slow, None);
        let quick = in_time(Command::new("echo").arg("done"), PATIENCE).unwrap();
        assert_eq!(quick.as_deref(), Some("done\n"));
    }
}
