//! `+49 30 1234567`, `0049 …`, `011 44 …`: the calling code says how long the number is.

use super::{
    Number, extension, names_phone,
    plan::plan_of,
    run::{Run, ends_freely},
};
use crate::{
    Certainty, Evidence,
    cue::Cue,
    page::{Found, Page, is_word},
};

/// What the caller dials before the calling code.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Prefix {
    Plus,
    Digits,
}

pub(super) fn read(
    page: &Page<'_>,
    found: &Found,
    first: usize,
    near: impl Fn() -> Option<Cue>,
) -> Option<Number> {
    let (start, skip, prefix) = prefix(page, first)?;
    let run = Run::new(page, found, first, skip);
    if run.groups() == 0 {
        return None;
    }
    let plan = plan_of(run.digits(run.groups()))?;
    let known = (1..=run.groups()).rev().find_map(|groups| {
        let digits = run.digits(groups);
        let national = digits.get(plan.code_len()..)?;
        let end = run.end(page, groups);
        let pause = page.byte(end) == b',';
        let free = groups == 1 || pause || ends_freely(page, end) || extension(&page.bytes()[end..]) > 0;
        // A trunk zero that was kept by mistake counts for nothing.
        let bare = national.strip_prefix(b"0").unwrap_or(national);
        let sure = plan.fits(national) || plan.fits(bare);
        let long_enough = plan.has_length(national.len()) || plan.has_length(bare.len());
        (free && long_enough).then_some((end, sure, groups))
    });
    let Some((end, sure, groups)) = known else {
        let number = (prefix == Prefix::Plus).then(|| unknown(page, &run, plan, start, near))?;
        return number;
    };
    // "003404 3416 1094 0427" goes on: a parcel's number.
    let next = first + groups;
    if prefix == Prefix::Digits
        && groups > 1
        && page.groups.get(next).is_some_and(|group| group.len() > 2)
        && page.gap(next - 1) == b" "
    {
        return None;
    }
    if prefix == Prefix::Digits && groups == 1 {
        // An order number may begin with two zeros as well.
        let named = near();
        if !sure || named.is_some_and(|cue| !names_phone(cue)) {
            return None;
        }
    }
    if is_word(page.byte(end)) && extension(&page.bytes()[end..]) == 0 && page.byte(end).is_ascii_digit() {
        return None;
    }
    let certainty = if sure { Certainty::Certain } else { Certainty::Likely };
    let evidence = [Some(Evidence::International), Some(Evidence::LengthForCountry)];
    Some(Number { start, end, certainty, evidence })
}

/// A number behind a plus that is longer or shorter than its country's are: invented or mistyped, but where a word
/// names it, or it is grouped as nothing else is, a telephone number all the same.
fn unknown(
    page: &Page<'_>,
    run: &Run,
    plan: super::plan::Plan,
    start: usize,
    near: impl Fn() -> Option<Cue>,
) -> Option<Number> {
    let (end, groups) = (1..=run.groups()).rev().find_map(|groups| {
        let end = run.end(page, groups);
        let national = run.digits(groups).len().checked_sub(plan.code_len())?;
        let free = ends_freely(page, end) && !is_word(page.byte(end));
        (free && (7..=12).contains(&national)).then_some((end, groups))
    })?;
    let named = near().is_some_and(names_phone);
    let national = &run.digits(groups)[plan.code_len()..];
    let grouped =
        groups > 2 && national.len() > 7 && !national.starts_with(b"0") && !national.ends_with(b"000");
    let certainty = if named { Certainty::Likely } else { Certainty::Guessed };
    let evidence = [Some(Evidence::International), None];
    (named || grouped).then_some(Number { start, end, certainty, evidence })
}

/// Where the number begins, and how many digits of its first group come before the calling code.
fn prefix(page: &Page<'_>, first: usize) -> Option<(usize, usize, Prefix)> {
    let group = page.groups[first];
    let digits = page.digits(first);
    let left = page.before(group.start);
    let plus = match left {
        b'+' => Some(group.start - 1),
        b' ' | b'(' if page.before(group.start - 1) == b'+' => Some(group.start - 2),
        _ => None,
    };
    let (mut start, skip, prefix) = if let Some(plus) = plus {
        (plus, 0, Prefix::Plus)
    } else if digits.starts_with(b"00") && !is_word(left) && !matches!(left, b'.' | b',' | b'-' | b':' | b'#')
    {
        (group.start, 2, Prefix::Digits)
    } else if digits == b"011" && page.gap(first).len() == 1 {
        (group.start, 3, Prefix::Digits)
    } else {
        return None;
    };
    if page.before(start).is_ascii_digit() {
        return None;
    }
    if page.before(start) == b'(' && start > 0 && page.byte(group.end) == b')' {
        start -= 1;
    }
    Some((start, skip, prefix))
}
