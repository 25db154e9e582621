//! Checkpoints that somebody kept: what `--since` gives.

use super::Failure;
use aside_ledger::Checkpoint;
use std::{
    fs::File,
    io::{self, Read},
};

/// More than any list of checkpoints that somebody keeps.
const LONGEST: u64 = 1024 * 1024;

/// The newest checkpoint of each log among those that were given.
#[derive(Default)]
pub(super) struct OlderCheckpoints {
    notes: Vec<(Checkpoint, String)>,
}

impl OlderCheckpoints {
    /// Reads a file, standard input (`-`), or the note itself. What this program printed is read, too: a
    /// report below each note, and several logs in one file.
    pub(super) fn read(given: &str) -> Result<Self, Failure> {
        let failed = |e: io::Error| Failure::new(format!("--since: cannot read {given}: {e}"));
        let mut text = String::new();
        match given {
            note if note.contains('\n') => note.clone_into(&mut text),
            "-" => drop(io::stdin().lock().take(LONGEST).read_to_string(&mut text).map_err(failed)?),
            path => drop(
                File::open(path)
                    .and_then(|file| file.take(LONGEST).read_to_string(&mut text))
                    .map_err(failed)?,
            ),
        }
        let mut found = Self::default();
        for note in notes_in(&text) {
            let checkpoint =
                Checkpoint::parse_unverified(&note).map_err(|e| Failure::new(format!("--since: {e}")))?;
            match found.notes.iter_mut().find(|(other, _)| other.origin == checkpoint.origin) {
                Some(other) if other.0.size >= checkpoint.size => {}
                Some(other) => *other = (checkpoint, note),
                None => found.notes.push((checkpoint, note)),
            }
        }
        if found.notes.is_empty() {
            let hint = "a checkpoint is a few lines: the log's name, its size, its root, and a signature";
            return Err(Failure::new("--since: there is no checkpoint in it").with_hint(hint));
        }
        Ok(found)
    }

    /// The one of this log.
    pub(super) fn of(&self, origin: &str) -> Option<&str> {
        self.notes.iter().find(|(checkpoint, _)| checkpoint.origin == origin).map(|(_, note)| note.as_str())
    }

    /// How many logs they are of.
    pub(super) fn len(&self) -> usize {
        self.notes.len()
    }
}

/// The signed notes in a text: lines, an empty one, and signatures, which start with a dash.
fn notes_in(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().collect();
    let is_signature = |line: &&str| line.starts_with("\u{2014} ");
    let mut notes = Vec::new();
    for (middle, line) in lines.iter().enumerate() {
        let signatures = lines[middle + 1..].iter().take_while(|line| is_signature(line)).count();
        if !line.is_empty() || signatures == 0 {
            continue;
        }
        let above = lines[..middle].iter().rev().take_while(|line| !line.is_empty()).count();
        notes.push(lines[middle - above..=middle + signatures].join("\n") + "\n");
    }
    notes
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTE: &str = "a/log\n3\nAAAA\n\n\u{2014} a/log abc\n\u{2014} witness def\n";

    #[test]
    fn a_note_is_found_in_what_the_program_printed() {
        assert_eq!(notes_in(NOTE), [NOTE]);
        assert_eq!(notes_in(NOTE.trim_end()), [NOTE]);
        let printed = format!("{NOTE}a/log: 3 entries\n\n{NOTE}a/log: 3 entries\n\n");
        assert_eq!(notes_in(&printed), [NOTE, NOTE]);
        assert_eq!(notes_in("a/log\n3\nAAAA\n"), [""; 0]);
    }

    #[test]
    fn what_is_no_checkpoint_is_refused() {
        for given in ["a\nb\n", "/nowhere/checkpoint", NOTE] {
            assert!(OlderCheckpoints::read(given).err().unwrap().to_string().starts_with("--since: "));
        }
    }
}
