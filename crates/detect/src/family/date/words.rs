//! Dates with the name of a month: "3rd of March 1984", "12. Mai 1984", "3 марта 1984".

use super::{
    Date,
    calendar::{century, exists, value},
};
use crate::{
    cue::Cue,
    folded::OTHER_LETTER,
    page::{Found, Page, is_word},
};

/// How far apart the parts of a date may stand.
const GLUE: usize = 12;

/// Whether nothing but the words and signs that dates are written with stands in the bytes.
fn is_glue(bytes: &[u8]) -> bool {
    const WORDS: &[&[u8]] = &[
        b"st", b"nd", b"rd", b"th", b"of", b"de", b"del", b"er", b"the", b"o", b"do", b"a", b"e", b"den",
        b"d", b"di", b"day", b"in", b"ste", b"te", b"e", b"le", b"the", b"year", b"dia", b"ra", b"mes",
    ];
    bytes.len() <= GLUE
        && bytes
            .iter()
            .all(|b| b.is_ascii_alphabetic() || matches!(b, b' ' | b'.' | b',' | b'-' | b'/' | b'\'' | b'\n'))
        && !bytes.starts_with(b"\n\n")
        && bytes
            .split(|b| !b.is_ascii_alphabetic())
            .filter(|word| !word.is_empty())
            .all(|word| WORDS.iter().any(|w| w.eq_ignore_ascii_case(word)))
}

/// The year that group `i` is, if nothing makes it a part of something else.
fn year(page: &Page<'_>, i: usize) -> Option<u32> {
    let digits = page.digits(i);
    let end = page.groups[i].end;
    let clock = page.byte(end) == b':' && page.byte(end + 1).is_ascii_digit();
    let free = !page.byte(end).is_ascii_alphanumeric() && !clock;
    match digits.len() {
        4 if free => Some(value(digits)),
        2 if free => Some(century(value(digits))),
        _ => None,
    }
}

/// The date around the name of a month.
pub(super) fn read(page: &Page<'_>, found: &Found, month: Cue, number: u32) -> Option<Date> {
    let bytes = page.bytes();
    let before = page
        .groups
        .partition_point(|g| g.end <= month.start)
        .checked_sub(1)
        .filter(|i| {
            let end = page.groups[*i].end;
            // "1° maggio", "1º de mayo".
            let sign = usize::from(end < month.start && matches!(page.original(end, end + 1), "°" | "º"));
            !found.is_used(*i) && is_glue(&bytes[end + sign..month.start])
        })
        .filter(|i| {
            let left = page.before(page.groups[*i].start);
            !left.is_ascii_alphanumeric() && !matches!(left, b':' | b'.' | b'$')
        });
    // The full stop of a shortened month belongs to it ("Dec. 3").
    let next = page
        .group_from(month.end)
        .filter(|i| !found.is_used(*i) && is_glue(&bytes[month.end..page.groups[*i].start]));
    let long = month.end - month.start > 4;
    let start_of = |i: usize| page.groups[i].start;
    if let Some(i) = before.filter(|i| page.groups[*i].len() == 4) {
        // "1984 March 3", "1984-Mar-03".
        let day = next.filter(|n| page.groups[*n].len() <= 2)?;
        let fits = exists(value(page.digits(day)), number, value(page.digits(i)));
        return fits.then_some(Date { start: start_of(i), end: page.groups[day].end, needs_cue: false });
    }
    if let Some(day) = before.filter(|i| page.groups[*i].len() <= 2) {
        let on = value(page.digits(day));
        if let Some(i) = next
            && year(page, i).is_some_and(|y| exists(on, number, y))
        {
            let short = page.groups[i].len() < 4;
            // "03 FEB 25", as it is stamped.
            let stamped = page.groups[day].len() == 2
                && bytes[month.start..month.end].iter().all(u8::is_ascii_uppercase);
            let tied = stamped || matches!(page.before(page.groups[i].start), b'-' | b'\'' | b'/');
            let end = page.groups[i].end;
            return Some(Date { start: start_of(day), end, needs_cue: short && !tied && !long });
        }
        return exists(on, number, 2000).then_some(Date {
            start: start_of(day),
            end: month.end,
            needs_cue: true,
        });
    }
    if let Some(i) = next.filter(|i| page.groups[*i].len() == 4)
        && let Some((start, on)) = ordinal_before(bytes, month.start)
    {
        let fits = year(page, i).is_some_and(|y| exists(on, number, y));
        return fits.then_some(Date { start, end: page.groups[i].end, needs_cue: false });
    }
    let day = next.filter(|i| page.groups[*i].len() <= 2)?;
    let on = value(page.digits(day));
    // "October 28-30, 1999" ends with its second day.
    let range = page.gap(day) == b"-" && page.groups.get(day + 1).is_some_and(|g| g.len() <= 2);
    let day = if range { day + 1 } else { day };
    let after = page.groups[day].end;
    if day + 1 < page.groups.len()
        && !found.is_used(day + 1)
        && is_glue(&bytes[after..start_of(day + 1)])
        && year(page, day + 1).is_some_and(|y| exists(on, number, y))
    {
        let short = page.groups[day + 1].len() < 4;
        let tied = page.before(start_of(day + 1)) == b'\'';
        return Some(Date { start: month.start, end: page.groups[day + 1].end, needs_cue: short && !tied });
    }
    let ordinal = bytes
        .get(after..after + 2)
        .is_some_and(|s| [b"st", b"nd", b"rd", b"th"].iter().any(|o| o.eq_ignore_ascii_case(s)));
    let end = if ordinal { after + 2 } else { after };
    (exists(on, number, 2000) && !is_word(page.byte(end))).then_some(Date {
        start: month.start,
        end,
        needs_cue: true,
    })
}

/// "third of", "twenty-first": where an English ordinal before a month begins, and its number.
fn ordinal_before(bytes: &[u8], month: usize) -> Option<(usize, u32)> {
    const ORDINALS: [&[u8]; 20] = [
        b"first",
        b"second",
        b"third",
        b"fourth",
        b"fifth",
        b"sixth",
        b"seventh",
        b"eighth",
        b"ninth",
        b"tenth",
        b"eleventh",
        b"twelfth",
        b"thirteenth",
        b"fourteenth",
        b"fifteenth",
        b"sixteenth",
        b"seventeenth",
        b"eighteenth",
        b"nineteenth",
        b"twentieth",
    ];
    // Other languages count, and have a word for the first only.
    const FIRSTS: [&[u8]; 8] =
        [b"primero", b"primeiro", b"primo", b"premier", b"ersten", b"erster", b"eerste", b"pierwszego"];
    let word_before = |end: usize| {
        let len = bytes[..end].iter().rev().take(12).take_while(|b| b.is_ascii_alphabetic()).count();
        (end - len, &bytes[end - len..end])
    };
    let mut end = month.checked_sub(1).filter(|at| bytes[*at] == b' ')?;
    let (start, word) = word_before(end);
    if word.eq_ignore_ascii_case(b"of") || word.eq_ignore_ascii_case(b"de") {
        end = start.checked_sub(1)?;
    }
    let (start, word) = word_before(end);
    if FIRSTS.iter().any(|first| first.eq_ignore_ascii_case(word)) {
        return Some((start, 1));
    }
    if word.eq_ignore_ascii_case(b"thirtieth") {
        return Some((start, 30));
    }
    let on = ORDINALS.iter().position(|ordinal| ordinal.eq_ignore_ascii_case(word))? as u32 + 1;
    let tens =
        start.checked_sub(1).filter(|at| on < 10 && matches!(bytes[*at], b' ' | b'-')).map(word_before);
    Some(match tens {
        Some((start, word)) if word.eq_ignore_ascii_case(b"twenty") => (start, 20 + on),
        Some((start, word)) if word.eq_ignore_ascii_case(b"thirty") => (start, 30 + on),
        _ => (start, on),
    })
}

/// The names of months in other scripts, as they stand after a day, by month.
const OTHER_SCRIPTS: &[(&str, u32)] = &[
    // Russian, Ukrainian, Bulgarian
    ("января", 1),
    ("февраля", 2),
    ("марта", 3),
    ("апреля", 4),
    ("мая", 5),
    ("июня", 6),
    ("июля", 7),
    ("августа", 8),
    ("сентября", 9),
    ("октября", 10),
    ("ноября", 11),
    ("декабря", 12),
    ("січня", 1),
    ("лютого", 2),
    ("березня", 3),
    ("квітня", 4),
    ("травня", 5),
    ("червня", 6),
    ("липня", 7),
    ("серпня", 8),
    ("вересня", 9),
    ("жовтня", 10),
    ("листопада", 11),
    ("грудня", 12),
    ("януари", 1),
    ("февруари", 2),
    ("март", 3),
    ("април", 4),
    ("май", 5),
    ("юни", 6),
    ("юли", 7),
    ("август", 8),
    ("септември", 9),
    ("октомври", 10),
    ("ноември", 11),
    ("декември", 12),
    // Greek
    ("ιανουαρίου", 1),
    ("φεβρουαρίου", 2),
    ("μαρτίου", 3),
    ("απριλίου", 4),
    ("μαΐου", 5),
    ("μαίου", 5),
    ("ιουνίου", 6),
    ("ιουλίου", 7),
    ("αυγούστου", 8),
    ("σεπτεμβρίου", 9),
    ("οκτωβρίου", 10),
    ("νοεμβρίου", 11),
    ("δεκεμβρίου", 12),
    // Arabic, Hebrew
    ("يناير", 1),
    ("فبراير", 2),
    ("مارس", 3),
    ("أبريل", 4),
    ("ابريل", 4),
    ("مايو", 5),
    ("يونيو", 6),
    ("يوليو", 7),
    ("أغسطس", 8),
    ("اغسطس", 8),
    ("سبتمبر", 9),
    ("أكتوبر", 10),
    ("اكتوبر", 10),
    ("نوفمبر", 11),
    ("ديسمبر", 12),
    ("בינואר", 1),
    ("בפברואר", 2),
    ("במרץ", 3),
    ("באפריל", 4),
    ("במאי", 5),
    ("ביוני", 6),
    ("ביולי", 7),
    ("באוגוסט", 8),
    ("בספטמבר", 9),
    ("באוקטובר", 10),
    ("בנובמבר", 11),
    ("בדצמבר", 12),
    // Hindi
    ("जनवरी", 1),
    ("फरवरी", 2),
    ("फ़रवरी", 2),
    ("मार्च", 3),
    ("अप्रैल", 4),
    ("मई", 5),
    ("जून", 6),
    ("जुलाई", 7),
    ("अगस्त", 8),
    ("सितंबर", 9),
    ("सितम्बर", 9),
    ("अक्टूबर", 10),
    ("नवंबर", 11),
    ("नवम्बर", 11),
    ("दिसंबर", 12),
];

/// "3 марта 1984": a day in group `i`, a month in another script, a year.
pub(super) fn in_another_script(page: &Page<'_>, found: &Found, i: usize) -> Option<Date> {
    let (day, year) = (*page.groups.get(i)?, *page.groups.get(i + 1)?);
    let gap = page.gap(i);
    let word = gap.trim_ascii();
    let fits = day.len() <= 2
        && year.len() == 4
        && (4..=24).contains(&gap.len())
        && word.first() == Some(&OTHER_LETTER)
        && gap.ends_with(b" ")
        && !page.before(day.start).is_ascii_alphanumeric()
        && !(found.is_used(i) || found.is_used(i + 1));
    if !fits {
        return None;
    }
    let from = day.end + gap.iter().position(|b| *b == OTHER_LETTER)?;
    let written = page.original(from, day.end + gap.trim_ascii_end().len()).to_lowercase();
    let (_, month) = OTHER_SCRIPTS.iter().find(|(name, _)| *name == written)?;
    exists(value(page.digits(i)), *month, value(page.digits(i + 1))).then_some(Date {
        start: day.start,
        end: year.end,
        needs_cue: false,
    })
}
