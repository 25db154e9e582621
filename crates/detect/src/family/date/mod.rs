//! Dates, and which of them are dates of birth.

mod calendar;
mod figures;
mod time;
mod words;

use crate::{
    Certainty, Evidence,
    cue::{Cue, Topic},
    page::{Found, Page, What},
};
use aside_taxonomy::DataType;

pub(super) fn find(page: &Page<'_>, found: &mut Found) {
    for i in page.heads() {
        if let Some(date) = figures::read(page, found, i).or_else(|| words::in_another_script(page, found, i))
        {
            report(page, found, date);
        }
    }
    for cue in page.cues.iter() {
        if let Topic::Month(month) = cue.topic
            && let Some(date) = words::read(page, found, cue, u32::from(month))
        {
            report(page, found, date);
        }
    }
}

#[derive(Clone, Copy)]
struct Date {
    start: usize,
    end: usize,
    /// The form is so loose, or so much is missing, that only a word makes it worth finding.
    needs_cue: bool,
}

fn report(page: &Page<'_>, found: &mut Found, date: Date) {
    let before = birth_before(page, date.start);
    let born = before || birth_after(page, date.end);
    if born {
        let cue = if before { Evidence::CueBefore } else { Evidence::CueAfter };
        let reasons = [cue, Evidence::CalendarDay];
        let what = What::new(DataType::DemoDob, "dob", Certainty::Likely, &reasons);
        found.take(page, date.start, date.end, what);
    } else if !date.needs_cue {
        let end = date.end + time::time_of_day(page, date.end);
        let what = What::new(DataType::DemoDob, "date", Certainty::Guessed, &[Evidence::CalendarDay]);
        found.take(page, date.start, end, what);
    }
}

/// A word of birth before, in the same sentence or right at the end of the one before
/// ("Your date of birth? 12.5.1984").
fn birth_before(page: &Page<'_>, at: usize) -> bool {
    let wanted = |cue: Cue| cue.topic == Topic::Birth;
    // "*12.5.1984", as German papers write it.
    let star = page.before(at) == b'*'
        && matches!(page.before(at - 1), b' ' | b'\n' | b'(' | b',')
        && matches!(page.byte(at + 2), b'.' | b' ')
        && page.byte(at).is_ascii_digit();
    star || page.cue_before(at, 48, wanted).is_some() || page.cues.nearest_before(at, 16, wanted).is_some()
}

/// "12.05.1984 geboren", "3 March 1984 is my birthday".
fn birth_after(page: &Page<'_>, at: usize) -> bool {
    page.cue_after(at, 20, |cue| cue.topic == Topic::Birth).is_some()
}
