//! What people read and type: plain output, and secrets that are not shown while they are typed.

use super::Failure;
use aside_model::Raw;
use std::io::{self, BufRead, IsTerminal, Read, Write};

/// The fewest characters of a password or passphrase.
const SHORTEST: usize = 12;
/// The longest line that is read as a secret, in bytes.
const LONGEST: u64 = 4096;

/// Writes to standard output at once. `false` when nobody reads it any more, which is no failure.
pub(crate) fn write(bytes: &[u8]) -> Result<bool, Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Ok(()) => Ok(true),
        Err(e) if e.kind() == io::ErrorKind::BrokenPipe => Ok(false),
        Err(e) => Err(Failure::new(format!("cannot write the output: {e}"))),
    }
}

/// Writes a line, or several, to standard output.
pub(crate) fn say(text: &str) -> Result<(), Failure> {
    write(format!("{text}\n").as_bytes()).map(drop)
}

/// Whether somebody types.
pub(crate) fn somebody_types() -> bool {
    io::stdin().is_terminal()
}

/// A password or passphrase that is new: typed twice, or the first line of standard input.
pub(crate) fn new_secret(what: &str, from_stdin: bool) -> Result<Raw, Failure> {
    let secret = known_secret(what, from_stdin)?;
    if secret.expose().chars().count() < SHORTEST {
        return Err(Failure::new(format!("the {what} has fewer than {SHORTEST} characters")));
    }
    if !from_stdin && typed(&format!("The {what} again: "))?.expose() != secret.expose() {
        return Err(Failure::new("the two differ").with_hint("nothing was changed; try again"));
    }
    Ok(secret)
}

/// A password or passphrase that exists: typed, or the first line of standard input.
pub(crate) fn known_secret(what: &str, from_stdin: bool) -> Result<Raw, Failure> {
    if !from_stdin {
        if !somebody_types() {
            let hint = format!("there is no terminal; give it with --{what}-stdin");
            return Err(Failure::new(format!("nobody can type the {what}")).with_hint(hint));
        }
        return typed(&format!("The {what}: "));
    }
    let mut line = String::new();
    let mut input = io::stdin().lock().take(LONGEST + 1);
    input.read_line(&mut line).map_err(|e| Failure::new(format!("cannot read the {what}: {e}")))?;
    let secret = Raw::new(line);
    if secret.expose().len() as u64 > LONGEST {
        return Err(Failure::new(format!("the {what} is longer than {LONGEST} bytes")));
    }
    let trimmed = secret.expose().trim_end_matches(['\r', '\n']);
    if trimmed.is_empty() {
        return Err(Failure::new(format!("standard input holds no {what}")));
    }
    Ok(Raw::new(trimmed.to_owned()))
}

fn typed(prompt: &str) -> Result<Raw, Failure> {
    rpassword::prompt_password(prompt)
        .map(Raw::new)
        .map_err(|e| Failure::new(format!("cannot read from the terminal: {e}")))
}

/// A secret that somebody types, or leaves empty.
pub(crate) fn type_secret(what: &str) -> Result<Raw, Failure> {
    typed(&format!("The {what}: "))
}
