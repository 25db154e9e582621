//! Moving dates: read as people write them, written again in the same way.

mod calendar;
mod months;
mod written;

pub(crate) use written::in_case_of;

use crate::key::sign;
use aws_lc_rs::hmac;
use calendar::{Date, day_number, day_of_number};
use written::Written;

/// By how many days the dates of a subject are moved: between -`at_most` and `at_most`, never 0.
pub(crate) fn days_for(key: &hmac::Key, subject: &str, at_most: u16) -> i32 {
    let tag = sign(key, &[subject.as_bytes()]);
    let mut eight = [0; 8];
    eight.copy_from_slice(&tag[..8]);
    let at_most = u64::from(at_most.max(1));
    let at = (u64::from_be_bytes(eight) % (2 * at_most)) as i32 - at_most as i32;
    if at < 0 { at } else { at + 1 }
}

/// The date in `value` moved by `days`, written as it was; `None` if it cannot be read as a date.
///
/// Where day and month could be either (03/04/1984), the day is first unless `month_first`. A date without a year is
/// moved within a leap year, one without a day from the middle of its month.
pub(crate) fn shift(value: &str, days: i32, month_first: bool) -> Option<String> {
    let written = Written::read(value, month_first)?;
    let moved = day_of_number(day_number(written.day) + i64::from(days));
    (1..=9999).contains(&moved.year).then(|| written.with(moved))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::{Key, Purpose};

    #[test]
    fn a_date_is_written_as_it_was() {
        for (value, moved) in [
            ("1984-03-12", "1984-04-11"),
            ("12/04/1985", "12/05/1985"),
            ("12.4.1985", "12.5.1985"),
            ("4.12.1985", "3.1.1986"),
            ("31/12/99", "30/01/00"),
            ("12-31-1999", "01-30-2000"),
            ("3rd of March 1984", "2nd of April 1984"),
            ("March 3, 1984", "April 2, 1984"),
            ("MAR 22ND 1984", "APR 21ST 1984"),
            ("12. März 1984", "11. April 1984"),
            ("3. April 1984", "3. Mai 1984"),
            ("1er mars 1984", "31 mars 1984"),
            ("3 de marzo de 1984", "2 de abril de 1984"),
            ("12 marca 1984", "11 kwietnia 1984"),
            ("19840312", "19840411"),
            ("1984-03-12T10:15:00", "1984-04-11T10:15:00"),
            ("28 Feb", "29 Mar"),
            ("March 1984", "April 1984"),
        ] {
            assert_eq!(shift(value, 30, false).as_deref(), Some(moved), "{value}");
        }
    }

    #[test]
    fn the_month_may_stand_first() {
        assert_eq!(shift("03/04/1984", 30, true).as_deref(), Some("04/03/1984"));
        assert_eq!(shift("03/04/1984", 30, false).as_deref(), Some("03/05/1984"));
    }

    #[test]
    fn there_and_back_is_the_same_date() {
        for value in ["29.02.2000", "1 January 2001", "2024-12-31", "01/02/1985"] {
            for days in [-365, -31, 1, 29, 400] {
                let moved = shift(value, days, false).unwrap();
                assert_eq!(shift(&moved, -days, false).as_deref(), Some(value), "{moved}");
            }
        }
    }

    #[test]
    fn what_is_no_date_is_not_moved() {
        for value in [
            "",
            "born",
            "1984",
            "30.02.2001",
            "0000-01-01",
            "99/99/99",
            "1.2.3.4.5",
            "٣/٤/١٩٨٤",
            "13/13/2000",
        ] {
            assert_eq!(shift(value, 30, false), None, "{value}");
        }
        assert_eq!(shift(&"1/".repeat(100_000), 30, false), None);
        assert_eq!(shift("9999-12-31", 1, false), None);
    }

    #[test]
    fn a_subject_has_its_own_distance_and_keeps_it() {
        let key = Key::new([3; 32]).hashing(Purpose::Dates);
        let distances: Vec<i32> = (0..500).map(|n| days_for(&key, &format!("subject {n}"), 30)).collect();
        assert!(distances.iter().all(|days| *days != 0 && days.abs() <= 30));
        assert!([-30, -1, 1, 30].iter().all(|days| distances.contains(days)));
        assert_eq!(days_for(&key, "subject 7", 30), distances[7]);
    }
}
