//! One line on the terminal that says how far it is.

use aside_model::Clock;
use std::{
    fmt::Display,
    io::{self, IsTerminal, Write},
};

/// How often the line changes, in microseconds.
const PAUSE: i64 = 200_000;

/// How far a stream is. Silent unless standard error is a terminal, and while answers appear on the same terminal.
pub(super) struct Progress {
    clock: Option<Box<dyn Clock>>,
    began: i64,
    shown: i64,
    size: Option<u64>,
    bytes: u64,
    findings: u64,
}

impl Progress {
    pub(super) fn new(clock: impl Clock + 'static, size: Option<u64>, into_file: bool) -> Self {
        let (err, out, input) =
            (io::stderr().is_terminal(), io::stdout().is_terminal(), io::stdin().is_terminal());
        // Whoever types reads the answers, and needs no line in between.
        let wanted = err && (into_file || !out) && (size.is_some() || !input);
        let now = clock.now().0;
        let clock: Option<Box<dyn Clock>> = if wanted { Some(Box::new(clock)) } else { None };
        Self { clock, began: now, shown: now, size, bytes: 0, findings: 0 }
    }

    pub(super) fn went_on(&mut self, bytes: usize, findings: usize) {
        self.bytes += bytes as u64;
        self.findings += findings as u64;
        let Some(clock) = &self.clock else { return };
        let now = clock.now().0;
        if now - self.shown >= PAUSE {
            self.shown = now;
            let line = line(self.bytes, self.findings, self.size, now - self.began);
            // A terminal that cannot be written to is no reason to stop.
            drop(write!(io::stderr(), "\r{line}\x1b[K"));
        }
    }

    /// A line of its own on standard error; the line that says how far it is comes again below it.
    pub(super) fn tell(&mut self, what: impl Display) {
        let clear = if self.clock.is_some() { "\r\x1b[K" } else { "" };
        // Whoever closed standard error wants to know nothing.
        drop(writeln!(io::stderr(), "{clear}aside: {what}"));
    }

    pub(super) fn end(&mut self) {
        if let Some(clock) = self.clock.take() {
            let line = line(self.bytes, self.findings, None, clock.now().0 - self.began);
            drop(writeln!(io::stderr(), "\r{line}\x1b[K"));
        }
    }
}

/// `12.3 MB of 40.0 MB (30 %), 61.5 MB/s, 1024 findings`.
fn line(bytes: u64, findings: u64, size: Option<u64>, microseconds: i64) -> String {
    let mega = |bytes: u64| bytes as f64 / 1e6;
    let of = size.filter(|size| *size > 0).map_or(String::new(), |size| {
        format!(" of {:.1} MB ({} %)", mega(size), bytes.saturating_mul(100) / size)
    });
    let rate = mega(bytes) * 1e6 / microseconds.max(1) as f64;
    format!("{:.1} MB{of}, {rate:.1} MB/s, {findings} findings", mega(bytes))
}

#[cfg(test)]
mod tests {
    use super::line;

    #[test]
    fn the_line_says_how_far_and_how_fast() {
        let known = line(12_300_000, 1_024, Some(40_000_000), 200_000);
        assert_eq!(known, "12.3 MB of 40.0 MB (30 %), 61.5 MB/s, 1024 findings");
        assert_eq!(line(0, 0, None, 0), "0.0 MB, 0.0 MB/s, 0 findings");
    }
}
