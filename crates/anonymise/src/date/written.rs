//! One way to write a date: what stands where, and how.

use super::{Date, months};

/// Dates longer than this are not dates.
const LONGEST: usize = 64;

/// A date as it was written.
pub(super) struct Written<'v> {
    /// The day that it names; the year 2000 and the fifteenth where it names none.
    pub(super) day: Date,
    parts: Vec<Part<'v>>,
}

enum Part<'v> {
    /// Copied as it is.
    Other(&'v str),
    Year {
        short: bool,
    },
    Month {
        padded: bool,
    },
    MonthName {
        names: &'static months::Names,
        like: &'v str,
    },
    Day {
        padded: bool,
    },
    /// `st`, `nd`, `rd` or `th`; and the French `er`.
    Ordinal(&'v str),
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Digits,
    Letters,
    Other,
}

fn class(c: char) -> Class {
    match c {
        c if c.is_ascii_digit() => Class::Digits,
        c if c.is_alphabetic() => Class::Letters,
        _ => Class::Other,
    }
}

fn pieces(value: &str) -> Vec<(Class, &str)> {
    let mut pieces: Vec<(Class, &str)> = Vec::new();
    let mut start = 0;
    let mut last = None;
    for (at, c) in value.char_indices() {
        let class = class(c);
        if let Some(last) = last.replace(class)
            && last != class
        {
            pieces.push((last, &value[start..at]));
            start = at;
        }
    }
    if let Some(last) = last {
        pieces.push((last, &value[start..]));
    }
    pieces
}

impl<'v> Written<'v> {
    pub(super) fn read(value: &'v str, month_first: bool) -> Option<Self> {
        if value.len() > LONGEST {
            return None;
        }
        let pieces = pieces(value);
        let numbers: Vec<usize> = (0..pieces.len()).filter(|i| pieces[*i].0 == Class::Digits).collect();
        let name = pieces.iter().enumerate().find_map(|(i, (class, word))| {
            let (names, month) = (*class == Class::Letters).then(|| months::find(word, value)).flatten()?;
            Some((i, names, month))
        });
        if let Some((at, names, month)) = name {
            return Self::with_name(&pieces, &numbers, at, names, month);
        }
        if let [only] = numbers[..] {
            return Self::compact(pieces[only].1).filter(|_| pieces.len() == 1);
        }
        Self::in_figures(&pieces, &numbers, month_first)
    }

    /// `19840312`.
    fn compact(digits: &'v str) -> Option<Self> {
        if digits.len() != 8 {
            return None;
        }
        let day =
            Date::new(digits[..4].parse().ok()?, digits[4..6].parse().ok()?, digits[6..].parse().ok()?)?;
        (1_800..=2_200).contains(&day.year).then(|| Self {
            day,
            parts: vec![
                Part::Year { short: false },
                Part::Month { padded: true },
                Part::Day { padded: true },
            ],
        })
    }

    fn in_figures(pieces: &[(Class, &'v str)], numbers: &[usize], month_first: bool) -> Option<Self> {
        let [a, b, c, rest @ ..] = numbers else { return None };
        let [a, b, c] = [*a, *b, *c];
        let text = |at: usize| pieces[at].1;
        let year_first = text(a).len() == 4;
        // A time may follow, as in ISO 8601; anything else with four numbers is something else.
        if !rest.is_empty() && !year_first {
            return None;
        }
        let (year, month, day) = if year_first {
            (a, b, c)
        } else {
            let over_12 = |at: usize| text(at).parse::<u32>().is_ok_and(|n| n > 12);
            if !over_12(a) && (over_12(b) || month_first) { (c, a, b) } else { (c, b, a) }
        };
        if text(month).len() > 2 || text(day).len() > 2 {
            return None;
        }
        let padded = text(month).len() == 2 && text(day).len() == 2;
        let (number, short) = year_of(text(year))?;
        let found = Date::new(number, text(month).parse().ok()?, text(day).parse().ok()?)?;
        let parts = pieces.iter().enumerate().map(|(at, (_, text))| match at {
            _ if at == year => Part::Year { short },
            _ if at == month => Part::Month { padded },
            _ if at == day => Part::Day { padded },
            _ => Part::Other(text),
        });
        Some(Self { day: found, parts: parts.collect() })
    }

    fn with_name(
        pieces: &[(Class, &'v str)],
        numbers: &[usize],
        name: usize,
        names: &'static months::Names,
        month: u8,
    ) -> Option<Self> {
        let text = |at: usize| pieces[at].1;
        let (day, year) = match *numbers {
            [one] if text(one).len() == 4 => (None, Some(one)),
            [one] => (Some(one), None),
            [year, day] if text(year).len() == 4 => (Some(day), Some(year)),
            [day, year] => (Some(day), Some(year)),
            _ => return None,
        };
        let (number, short) = year.map_or(Some((2_000, false)), |at| year_of(text(at)))?;
        if day.is_some_and(|at| text(at).len() > 2) {
            return None;
        }
        let day_number = day.map_or(Ok(15), |at| text(at).parse()).ok()?;
        let found = Date::new(number, month, day_number)?;
        let parts = pieces.iter().enumerate().map(|(at, (class, text))| {
            if Some(at) == year {
                Part::Year { short }
            } else if at == name {
                Part::MonthName { names, like: text }
            } else if Some(at) == day {
                Part::Day { padded: text.starts_with('0') }
            } else if *class == Class::Letters && day.is_some_and(|day| day + 1 == at) && is_ordinal(text) {
                Part::Ordinal(text)
            } else {
                Part::Other(text)
            }
        });
        Some(Self { day: found, parts: parts.collect() })
    }

    /// Another day, written in the same way.
    pub(super) fn with(&self, day: Date) -> String {
        let mut out = String::new();
        for part in &self.parts {
            match part {
                Part::Other(text) => out.push_str(text),
                Part::Year { short: true } => out.push_str(&two((day.year % 100) as u8, true)),
                Part::Year { short: false } => {
                    out.push_str(&two((day.year / 100) as u8, true));
                    out.push_str(&two((day.year % 100) as u8, true));
                }
                Part::Month { padded } => out.push_str(&two(day.month, *padded)),
                Part::Day { padded } => out.push_str(&two(day.day, *padded)),
                Part::MonthName { names, like } => {
                    out.push_str(&in_case_of(like, names[usize::from(day.month) - 1]));
                }
                Part::Ordinal(like) => out.push_str(&in_case_of(like, ordinal(like, day.day))),
            }
        }
        out
    }
}

fn two(number: u8, padded: bool) -> String {
    if padded { format!("{number:02}") } else { number.to_string() }
}

/// The year, and whether it has two digits. Two digits up to 30 are of this century.
fn year_of(text: &str) -> Option<(i64, bool)> {
    let number: i64 = text.parse().ok()?;
    match text.len() {
        4 if number > 0 => Some((number, false)),
        2 => Some((number + if number <= 30 { 2_000 } else { 1_900 }, true)),
        _ => None,
    }
}

fn is_ordinal(word: &str) -> bool {
    ["st", "nd", "rd", "th", "er"].iter().any(|ending| word.eq_ignore_ascii_case(ending))
}

fn ordinal(like: &str, day: u8) -> &'static str {
    if like.eq_ignore_ascii_case("er") {
        return if day == 1 { "er" } else { "" };
    }
    match (day / 10, day % 10) {
        (1, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    }
}

/// The word in capitals, with one capital or in lower case, as `like` is.
pub(crate) fn in_case_of(like: &str, word: &str) -> String {
    let mut letters = like.chars().filter(|c| c.is_alphabetic());
    let first_is_upper = letters.next().is_some_and(char::is_uppercase);
    let second_is_upper = letters.next().is_some_and(char::is_uppercase);
    if first_is_upper && second_is_upper {
        return word.to_uppercase();
    }
    let mut characters = word.chars();
    match characters.next() {
        Some(first) if first_is_upper => first.to_uppercase().chain(characters).collect(),
        _ => word.to_owned(),
    }
}
