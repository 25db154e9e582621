//! The time of day behind a date.

use crate::page::Page;

/// How many bytes of "T12:30:45", " 12:30", ", 9:05 pm" or " um 14:30 Uhr" follow.
pub(super) fn time_of_day(page: &Page<'_>, at: usize) -> usize {
    const BETWEEN: [&[u8]; 8] = [b"T", b"t", b", ", b" at ", b" um ", b" - ", b" ", b" kl. "];
    let bytes = page.bytes().get(at..).unwrap_or_default();
    let Some(between) = BETWEEN
        .iter()
        .find(|w| bytes.len() > w.len() && bytes.starts_with(w) && bytes[w.len()].is_ascii_digit())
    else {
        return 0;
    };
    let start = between.len();
    let run = |from: usize| {
        bytes.get(from..).unwrap_or_default().iter().take(3).take_while(|b| b.is_ascii_digit()).count()
    };
    let sign = |i: usize, sign: u8| bytes.get(i) == Some(&sign);
    let hours = run(start);
    let mut len = start + hours;
    if !(matches!(hours, 1 | 2) && sign(len, b':') && run(len + 1) == 2) {
        return 0;
    }
    len += 3;
    if sign(len, b':') && run(len + 1) == 2 {
        len += 3;
        if matches!(bytes.get(len), Some(b'.' | b',')) && run(len + 1) > 0 {
            len += 1 + bytes[len + 1..].iter().take(9).take_while(|b| b.is_ascii_digit()).count();
        }
    }
    len + zone(&bytes[len..])
}

/// How many bytes of "Z", "+02:00", " UTC", " pm" follow.
fn zone(bytes: &[u8]) -> usize {
    const NAMES: [&[u8]; 10] =
        [b"Z", b" UTC", b" GMT", b" CET", b" CEST", b" Uhr", b" am", b" pm", b"am", b"pm"];
    let ends = |at: usize| bytes.get(at).is_none_or(|b| !b.is_ascii_alphanumeric());
    if let [b'+' | b'-', a, b, b':', c, d, ..] = bytes
        && [a, b, c, d].into_iter().all(u8::is_ascii_digit)
    {
        return 6;
    }
    let begins = |name: &&&[u8]| {
        bytes.get(..name.len()).is_some_and(|b| b.eq_ignore_ascii_case(name)) && ends(name.len())
    };
    NAMES.iter().find(begins).map_or(0, |name| name.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_to_its_end() {
        for (text, len) in [
            ("T12:30:45Z", 10),
            ("T12:30:45.123+02:00 x", 19),
            (" 9:05 pm.", 8),
            (", 14:30 Uhr", 11),
            (" 12:30 UTCX", 6),
            (" 12 euros", 0),
            (" 123:45", 0),
            ("T", 0),
            ("", 0),
        ] {
            assert_eq!(time_of_day(&Page::new(text, &[]), 0), len, "{text}");
        }
    }
}
