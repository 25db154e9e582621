//! Addresses of the Internet Protocol.

use crate::{
    Certainty, Evidence,
    cue::Topic,
    page::{Found, Page, What, is_word},
};
use aside_taxonomy::DataType;
use std::net::Ipv6Addr;

pub(super) fn find_v4(page: &Page<'_>, found: &mut Found) {
    for i in 0..page.groups.len() {
        if !found.is_used(i)
            && let Some(end) = v4_at(page, found, i)
        {
            report(page, found, page.groups[i].start, end, "ipv4");
        }
    }
}

fn report(page: &Page<'_>, found: &mut Found, start: usize, end: usize, kind: &'static str) {
    let near = page.cue_before(start, 40, |cue| matches!(cue.topic, Topic::Ip | Topic::Version));
    let version_after = || page.cue_after(end, 2, |cue| cue.topic == Topic::Version).is_some();
    let named = near.is_some_and(|cue| cue.topic == Topic::Ip);
    let doubtful = || near.is_some() || version_after() || is_small(page, start, end);
    if kind == "ipv4" && !named && doubtful() {
        return;
    }
    let (certainty, evidence): (_, &[Evidence]) = match near {
        Some(cue) if cue.topic == Topic::Ip => (Certainty::Certain, &[Evidence::Format, Evidence::CueBefore]),
        _ => (Certainty::Likely, &[Evidence::Format]),
    };
    found.take(page, start, end, What::new(DataType::DevOnlineId, kind, certainty, evidence));
}

/// Whether all four parts are below 32, as in hardly any address and in most versions and chapters with four parts;
/// networks of one's own, servers that everybody knows, and what has a port or a mask behind it are addresses all
/// the same.
fn is_small(page: &Page<'_>, start: usize, end: usize) -> bool {
    const KNOWN: [&[u8]; 6] = [b"1.1.1.1", b"1.0.0.1", b"8.8.8.8", b"8.8.4.4", b"9.9.9.9", b"4.2.2.2"];
    let value = &page.bytes()[start..end];
    let small = value
        .split(|b| !b.is_ascii_digit())
        .all(|part| part.len() < 2 || part.len() == 2 && part < &b"32"[..]);
    let behind = matches!(page.byte(end), b':' | b'/') && page.byte(end + 1).is_ascii_digit();
    let before = matches!(page.before(start), b'/' | b'@' | b'=' | b'"' | b'(' | b'[');
    small && !behind && !before && !value.starts_with(b"10.") && !KNOWN.contains(&value)
}

/// Four groups of at most 255, a dot between each two, and no fifth: the end.
fn v4_at(page: &Page<'_>, found: &Found, i: usize) -> Option<usize> {
    let groups = page.groups.get(i..i + 4)?;
    let part = |k: usize| {
        let digits = page.digits(i + k);
        let value = digits.iter().take(4).fold(0u32, |n, d| n * 10 + u32::from(d - b'0'));
        digits.len() <= 3 && value <= 255 && (digits.len() == 1 || digits[0] != b'0') && !found.is_used(i + k)
    };
    let dots = (i..i + 3).all(|k| page.gap(k) == b"." || page.gap(k) == b"[.]");
    let (start, end) = (groups[0].start, groups[3].end);
    let left = page.before(start);
    let right = page.byte(end);
    let fifth = right == b'.' && page.byte(end + 1).is_ascii_digit();
    let tied =
        is_word(left) || matches!(left, b'.' | b'-' | b'_') || is_word(right) || right == b'-' || fifth;
    (dots && (0..4).all(part) && !tied).then_some(end)
}

/// Whether a word before says that an address follows: "1092::97" may be anything.
fn names_address(page: &Page<'_>, start: usize) -> bool {
    page.cue_before(start, 40, |cue| cue.topic == Topic::Ip).is_some()
}

/// The longest an address can be written.
const V6_LONGEST: usize = 45;

pub(super) fn find_v6(page: &Page<'_>, found: &mut Found) {
    let bytes = page.bytes();
    let part = |b: u8| b.is_ascii_hexdigit() || b == b':' || b == b'.';
    let mut done = 0;
    for colon in page.places_of(b':') {
        if colon < done {
            continue;
        }
        let floor = done.max(colon.saturating_sub(4));
        let start = (floor..colon).rev().take_while(|at| part(bytes[*at])).last().unwrap_or(colon);
        let len = bytes[start..].iter().take(V6_LONGEST + 1).take_while(|b| part(**b)).count();
        done = start + len.max(colon + 1 - start);
        if len > V6_LONGEST
            || (start > 0 && is_word(bytes[start - 1]))
            || bytes.get(start + len).is_some_and(|b| is_word(*b))
        {
            continue;
        }
        let mut end = start + len;
        while end > start
            && (bytes[end - 1] == b'.'
                || bytes[end - 1] == b':' && (end - start < 2 || bytes[end - 2] != b':'))
        {
            end -= 1;
        }
        let text = std::str::from_utf8(&bytes[start..end]).unwrap_or_default();
        if let Ok(address) = text.parse::<Ipv6Addr>()
            && (text.len() >= 6 || address.is_loopback() && text == "::1")
            && text.bytes().any(|b| b.is_ascii_digit())
            && text.bytes().filter(|b| *b == b':').count() > 1
            && (address.segments()[1..7] != [0; 6]
                || text.bytes().any(|b| b.is_ascii_alphabetic())
                || text.starts_with("::")
                || names_address(page, start))
        {
            report(page, found, start, end, "ipv6");
        }
    }
}
