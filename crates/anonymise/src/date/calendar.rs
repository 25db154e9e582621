//! The Gregorian calendar, carried back before its beginning.

/// A day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Date {
    pub(super) year: i64,
    /// 1 to 12.
    pub(super) month: u8,
    /// From 1.
    pub(super) day: u8,
}

impl Date {
    /// The day, if the calendar has it.
    pub(super) fn new(year: i64, month: u8, day: u8) -> Option<Self> {
        let there_is = (1..=12).contains(&month) && day >= 1 && day <= length(year, month);
        there_is.then_some(Self { year, month, day })
    }
}

fn length(year: i64, month: u8) -> u8 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// Days before the first of each month of a year that begins in March.
fn before_month(from_march: i64) -> i64 {
    (153 * from_march + 2) / 5
}

/// The days since 1 March of the year 0. Years are counted from March, so that a leap day is a year's last.
pub(super) fn day_number(day: Date) -> i64 {
    let month = i64::from(day.month);
    let (year, from_march) = if month < 3 { (day.year - 1, month + 9) } else { (day.year, month - 3) };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    365 * year + leap_days + before_month(from_march) + i64::from(day.day) - 1
}

/// The day of a number that [`day_number`] gives.
pub(super) fn day_of_number(number: i64) -> Date {
    const CENTURIES: i64 = 146_097;
    let (era, rest) = (number.div_euclid(CENTURIES), number.rem_euclid(CENTURIES));
    let year = (rest - rest / 1_460 + rest / 36_524 - rest / 146_096) / 365;
    let day = rest - (365 * year + year / 4 - year / 100);
    let from_march = (5 * day + 2) / 153;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    Date {
        year: era * 400 + year + i64::from(month < 3),
        month: month as u8,
        day: (day - before_month(from_march) + 1) as u8,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_day_of_800_years_has_its_number() {
        let mut number = day_number(Date::new(1_600, 1, 1).unwrap());
        for year in 1_600..2_400 {
            for month in 1..=12 {
                for day in 1..=length(year, month) {
                    let here = Date::new(year, month, day).unwrap();
                    assert_eq!((day_number(here), day_of_number(number)), (number, here));
                    number += 1;
                }
            }
        }
    }

    #[test]
    fn the_calendar_has_no_other_days() {
        for (year, month, day) in
            [(2001, 2, 29), (1900, 2, 29), (2000, 13, 1), (2000, 0, 1), (2000, 4, 31), (2000, 4, 0)]
        {
            assert_eq!(Date::new(year, month, day), None);
        }
        assert!(Date::new(2000, 2, 29).is_some());
    }
}
