//! Telephone numbers: international ones by `+` or `00`, national ones by cue, region or a form
//! that is unmistakable.

use super::country_codes;
use crate::{
    Certainty, Evidence,
    cue::{Cue, Topic},
    page::{Found, Page, What, is_word},
};
use aside_taxonomy::DataType;

pub(super) fn find(page: &Page<'_>, found: &mut Found) {
    for i in 0..page.groups.len() {
        if found.is_used(i) {
            continue;
        }
        if let Some((number, evidence)) = international(page, found, i) {
            report(page, found, &number, &[evidence, Evidence::LengthForCountry], Certainty::Certain);
        } else if let Some((number, certainty, evidence)) = national(page, found, i) {
            report(page, found, &number, &[evidence], certainty);
        }
    }
}

struct Number {
    start: usize,
    end: usize,
}

fn report(page: &Page<'_>, found: &mut Found, number: &Number, evidence: &[Evidence], certainty: Certainty) {
    let near = near(page, number.start);
    let mut reasons = evidence.to_vec();
    let mut certainty = certainty;
    if near.is_some_and(is_contrary) {
        reasons.push(Evidence::ContraryCue);
        certainty = certainty.min(Certainty::Likely);
    } else if near.is_some() && !reasons.contains(&Evidence::CueBefore) {
        reasons.push(Evidence::CueBefore);
    }
    let fax = near.is_some_and(|cue| page.bytes()[cue.start..cue.end].eq_ignore_ascii_case(b"fax"));
    let end = number.end + extension(&page.bytes()[number.end..]);
    let what = What::new(DataType::ContactPhone, if fax { "fax" } else { "phone" }, certainty, &reasons);
    found.take(page, number.start, end, what);
}

/// The nearest word before the number that says what it is.
fn near(page: &Page<'_>, start: usize) -> Option<Cue> {
    let tells = |cue: Cue| {
        matches!(
            cue.topic,
            Topic::Phone
                | Topic::Contrary
                | Topic::Imei
                | Topic::Postcode
                | Topic::Iban
                | Topic::Ssn
                | Topic::Card
                | Topic::Version
        )
    };
    page.cue_before(start, 40, tells)
}

const fn is_contrary(cue: Cue) -> bool {
    !matches!(cue.topic, Topic::Phone)
}

/// How many bytes of "x123" or " ext. 123" follow.
fn extension(bytes: &[u8]) -> usize {
    const WORDS: [&[u8]; 7] = [b"x", b" x", b" ext. ", b" ext ", b" ext.", b" extension ", b" durchwahl "];
    let begins = |w: &&&[u8]| bytes.len() > w.len() && bytes[..w.len()].eq_ignore_ascii_case(w);
    let Some(word) = WORDS.iter().find(begins) else { return 0 };
    let digits = bytes[word.len()..].iter().take(6).take_while(|b| b.is_ascii_digit()).count();
    if matches!(digits, 1..=5) { word.len() + digits } else { 0 }
}

/// Whether digits on both sides belong to one number: at most three signs, no line break.
fn joins(gap: &[u8]) -> bool {
    matches!(gap.len(), 1..=3)
        && gap.iter().all(|b| matches!(b, b' ' | b'-' | b'.' | b'/' | b'(' | b')' | b'_' | b'\''))
}

/// The trunk zero in parentheses: `+46 (0)8 …`.
fn is_trunk(page: &Page<'_>, i: usize) -> bool {
    page.digits(i) == b"0"
        && page.before(page.groups[i].start) == b'('
        && page.byte(page.groups[i].end) == b')'
}

fn international(page: &Page<'_>, found: &Found, first: usize) -> Option<(Number, Evidence)> {
    let group = page.groups[first];
    let digits = page.digits(first);
    let mut start = group.start;
    let plus = page.before(start) == b'+' || (page.before(start) == b' ' && page.before(start - 1) == b'+');
    let skip = if plus {
        start = page.bytes()[..start].iter().rposition(|b| *b == b'+')?;
        0
    } else if digits.starts_with(b"00") && !is_word(page.before(start)) {
        2
    } else if digits == b"011" && page.gap(first).len() == 1 {
        3
    } else {
        return None;
    };
    if start > 0 && page.before(start) == b'(' && page.byte(group.end) == b')' {
        start -= 1;
    }
    let mut number = [0u8; 15];
    let mut count = 0;
    let mut end = None;
    for i in first..page.groups.len() {
        if found.is_used(i) || (i > first && !joins(page.gap(i - 1))) {
            break;
        }
        let digits = if i == first { &digits[skip.min(digits.len())..] } else { page.digits(i) };
        if i > first && is_trunk(page, i) {
            continue;
        }
        if count + digits.len() > number.len() {
            break;
        }
        number[count..count + digits.len()].copy_from_slice(digits);
        count += digits.len();
        let Some(plan) = country_codes::plan_of(&number[..count]) else {
            if count > 3 {
                return None;
            }
            continue;
        };
        let code = if plan.code > 99 {
            3
        } else if plan.code > 9 {
            2
        } else {
            1
        };
        // A trunk zero that was kept by mistake counts for nothing.
        let kept = usize::from(number[code.min(count)..count].first() == Some(&b'0') && plan.code != 39);
        let national = count - code - kept;
        if national > usize::from(plan.most) {
            break;
        }
        if national >= usize::from(plan.fewest) {
            end = Some(page.groups[i].end);
        }
    }
    let end = end?;
    (!is_word(page.byte(end)) || extension(&page.bytes()[end..]) > 0 || page.byte(end).is_ascii_alphabetic())
        .then_some((Number { start, end }, Evidence::International))
}

/// The number's groups from `first` on, until its digits are too many.
struct Grouped {
    last: usize,
    digits: usize,
}

fn grouped(page: &Page<'_>, found: &Found, first: usize, most: usize) -> Grouped {
    let mut run = Grouped { last: first, digits: page.groups[first].len() };
    for i in first + 1..page.groups.len() {
        let digits = run.digits + page.groups[i].len();
        // After a pause as wide as two signs, only a new number begins with so many digits.
        if found.is_used(i) || !joins(page.gap(i - 1)) || page.gap(i - 1).contains(&b'+') || digits > most {
            break;
        }
        run = Grouped { last: i, digits };
    }
    run
}

fn lengths(page: &Page<'_>, first: usize, last: usize) -> impl Iterator<Item = usize> {
    page.groups[first..=last].iter().map(|g| g.len())
}

/// 3-3-4 with separators, area code and exchange from 2 on (North American Numbering Plan): the
/// last group.
fn north_american(page: &Page<'_>, found: &Found, first: usize) -> Option<usize> {
    let area = if page.digits(first) == b"1" { first + 1 } else { first };
    let last = area + 2;
    let fits = last < page.groups.len()
        && lengths(page, area, last).eq([3, 3, 4])
        && (first..last).all(|i| joins(page.gap(i)))
        && (first..=last).all(|i| !found.is_used(i))
        && page.digits(area)[0] > b'1'
        && page.digits(area + 1)[0] > b'1';
    fits.then_some(last)
}

fn national(page: &Page<'_>, found: &Found, first: usize) -> Option<(Number, Certainty, Evidence)> {
    let start = page.groups[first].start;
    let paren = page.before(start) == b'(';
    let left = if paren { page.before(start - 1) } else { page.before(start) };
    if is_word(left) || matches!(left, b'$' | b'+' | b'.' | b'/' | b'#' | b'=' | b'@' | b'_' | b'&' | b'%') {
        return None;
    }
    let number = |last: usize| Number { start: start - usize::from(paren), end: page.groups[last].end };
    let free = |last: usize| {
        let right = page.byte(page.groups[last].end);
        let beyond = page.byte(page.groups[last].end + 1);
        let goes_on = matches!(right, b'.' | b',' | b'/' | b':' | b'-') && beyond.is_ascii_digit();
        !goes_on && !matches!(right, b'%' | b'$')
    };
    let near = near(page, start);
    let named = near.is_some_and(|cue| cue.topic == Topic::Phone);
    let contrary = near.is_some() && !named;
    if let Some(last) = north_american(page, found, first)
        && free(last)
    {
        let evidence = if named { Evidence::CueBefore } else { Evidence::NationalFormat };
        return (!contrary).then_some((number(last), Certainty::Likely, evidence));
    }
    let run = grouped(page, found, first, 13);
    if !free(run.last) || run.digits < 7 {
        return None;
    }
    let after = page.groups[run.last].end;
    let named_after = page.cue_after(after, 4, |cue| cue.topic == Topic::Phone).is_some();
    let shortest = page.groups[first..=run.last].iter().map(|g| g.len()).min().unwrap_or_default();
    let believable = run.digits <= 12 && (shortest > 1 || run.last == first);
    if believable && (named || named_after) {
        let evidence = if named { Evidence::CueBefore } else { Evidence::CueAfter };
        return Some((number(run.last), Certainty::Likely, evidence));
    }
    if contrary || !believable {
        return None;
    }
    let digits = page.digits(first);
    let trunk = digits[0] == b'0' && digits.get(1).is_some_and(|d| *d != b'0');
    for region in page.regions {
        let Some(home) = country_codes::home(region.code()) else { continue };
        let count = run.digits - usize::from(home.trunk);
        if (home.fewest..=home.most).contains(&count) && (!home.trunk || trunk) {
            let certainty =
                if home.trunk || run.last > first { Certainty::Likely } else { Certainty::Guessed };
            return Some((number(run.last), certainty, Evidence::NationalFormat));
        }
    }
    let groups = run.last - first + 1;
    if trunk && groups > 1 && (9..=12).contains(&run.digits) {
        let certainty = if groups > 2 { Certainty::Likely } else { Certainty::Guessed };
        return Some((number(run.last), certainty, Evidence::NationalFormat));
    }
    None
}
