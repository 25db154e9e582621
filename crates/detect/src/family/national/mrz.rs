//! The machine-readable lines of passports, identity cards and visas (ICAO Doc 9303 parts 3 to 7).

use super::checks::icao;
use crate::{
    Certainty, Evidence,
    page::{Found, Page, What},
};
use aside_taxonomy::DataType;

/// The longest line, with room for a sign too many.
const LONGEST: usize = 46;
/// The shortest line that still holds a number and two dates.
const SHORTEST: usize = 28;

/// Lines with right check digits, together with the line of the name beside them.
pub(super) fn find(page: &Page<'_>, found: &mut Found) {
    if !page.cues.has_sign(b'<') {
        return;
    }
    let bytes = page.bytes();
    let mut at = 0;
    let mut before: Option<Line> = None;
    while let Some(step) = memchr::memchr(b'<', &bytes[at..]) {
        let line = Line::around(bytes, at, at + step);
        at = line.end;
        if line.len() < SHORTEST {
            continue;
        }
        let beside = before.filter(|above| bytes[above.end..line.start].iter().all(u8::is_ascii_whitespace));
        let names = |line: Line| line.of(bytes).windows(2).any(|two| two == b"<<");
        let dates = is_second_of_two(line.of(bytes)) || is_second_of_three(line.of(bytes));
        if dates {
            let above = beside.filter(|above| names(*above) || is_first_of_three(above.of(bytes)));
            let below =
                Line::below(bytes, line).filter(|below| names(*below) && is_second_of_three(line.of(bytes)));
            let start = above.map_or(line.start, |above| above.start);
            let end = below.map_or(line.end, |below| below.end);
            let reasons = [Evidence::CheckDigit, Evidence::Format];
            let what = What::new(DataType::GovPassport, "mrz", Certainty::Certain, &reasons);
            found.take(page, start, end, what);
            at = end;
        }
        before = Some(Line { start: line.start, end: at });
    }
}

#[derive(Clone, Copy)]
struct Line {
    start: usize,
    end: usize,
}

const fn belongs(byte: u8) -> bool {
    byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'<'
}

impl Line {
    /// The run of characters around a filler, not further back than `from`.
    fn around(bytes: &[u8], from: usize, filler: usize) -> Self {
        let back = bytes[from..filler].iter().rev().take(LONGEST).take_while(|b| belongs(**b)).count();
        let start = filler - back;
        let len = bytes[start..].iter().take(LONGEST).take_while(|b| belongs(**b)).count();
        Self { start, end: start + len }
    }

    /// The run after a line break.
    fn below(bytes: &[u8], line: Self) -> Option<Self> {
        let gap = bytes[line.end..].iter().take(3).take_while(|b| b.is_ascii_whitespace()).count();
        let start = line.end + gap;
        let len = bytes[start..].iter().take(LONGEST).take_while(|b| belongs(**b)).count();
        (gap > 0 && len >= SHORTEST).then_some(Self { start, end: start + len })
    }

    const fn len(self) -> usize {
        self.end - self.start
    }

    fn of(self, bytes: &[u8]) -> &[u8] {
        &bytes[self.start..self.end]
    }
}

/// Whether the digit at `check` belongs to the signs before it, from `start`.
fn checks(line: &[u8], start: usize, check: usize) -> bool {
    line.get(check)
        .is_some_and(|digit| digit.is_ascii_digit() && icao(&line[start..check]) == u32::from(digit - b'0'))
}

fn is_sex(line: &[u8], at: usize) -> bool {
    line.get(at).is_some_and(|sign| matches!(sign, b'F' | b'M' | b'X' | b'<'))
}

/// Number, state, birth, sex, expiry: passports, visas and the wider identity cards.
fn is_second_of_two(line: &[u8]) -> bool {
    checks(line, 0, 9) && checks(line, 13, 19) && checks(line, 21, 27) && is_sex(line, 20)
}

/// Birth, sex, expiry, state: identity cards with three lines.
fn is_second_of_three(line: &[u8]) -> bool {
    checks(line, 0, 6) && checks(line, 8, 14) && is_sex(line, 7)
}

/// Kind of document, state, number.
fn is_first_of_three(line: &[u8]) -> bool {
    checks(line, 5, 14) && line[0].is_ascii_uppercase()
}
