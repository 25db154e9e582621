//! What the calendar has.

/// The number that at most four digits spell.
pub(super) fn value(digits: &[u8]) -> u32 {
    digits.iter().take(4).fold(0, |n, d| n * 10 + u32::from(d - b'0'))
}

fn days(month: u32, year: u32) -> u32 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 31,
    }
}

/// Whether there is such a day, in the years that people live in (Gregorian, or 2443 to 2642 of the
/// Buddhist calendar).
pub(super) fn exists(day: u32, month: u32, year: u32) -> bool {
    let year = if (2443..=2642).contains(&year) { year - 543 } else { year };
    (1..=12).contains(&month) && (1..=days(month, year)).contains(&day) && (1900..=2099).contains(&year)
}

/// Day and month in either order.
pub(super) fn exists_either_way(a: u32, b: u32, year: u32) -> bool {
    exists(a, b, year) || exists(b, a, year)
}

/// The full year of two digits; which century does not matter to the calendar but for leap days.
pub(super) fn century(year: u32) -> u32 {
    if year > 30 { 1900 + year } else { 2000 + year }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_of_the_calendar_exist() {
        assert!(exists(29, 2, 2024) && !exists(29, 2, 2023) && !exists(29, 2, 1900));
        assert!(exists(31, 12, 1999) && !exists(31, 4, 1999) && !exists(0, 1, 1999));
        assert!(!exists(1, 1, 1899) && !exists(1, 1, 2100) && exists(1, 1, 2567));
    }
}
