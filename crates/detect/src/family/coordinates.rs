//! Where somebody is: coordinates in decimals or degrees, `geo:` addresses, plus codes by cue.

use crate::{
    Certainty, Evidence,
    cue::{Cue, Topic},
    page::{Found, Page, What, is_word},
};
use aside_taxonomy::DataType;

/// The fewest decimals that say more than a town (four are about eleven metres).
const DECIMALS: usize = 4;

pub(super) fn find(page: &Page<'_>, found: &mut Found) {
    for i in 0..page.groups.len() {
        // A decimal point, or the sign of a degree.
        let sign = page.byte(page.groups[i].end);
        let pointed = sign == b'.' && i + 3 < page.groups.len();
        if !(pointed || sign >= 0x80) || found.is_used(i) || page.groups[i].len() > 3 {
            continue;
        }
        let place = if pointed {
            decimal(page, found, i)
        } else {
            sexagesimal(page, found, i).or_else(|| direction_first(page, found, i))
        };
        if let Some(place) = place {
            report(page, found, &place);
        }
    }
    for cue in page.cues.about(Topic::Coordinates) {
        if let Some(place) = plus_code(page, found, cue) {
            report(page, found, &place);
        }
    }
}

struct Place {
    start: usize,
    end: usize,
    certainty: Certainty,
}

fn report(page: &Page<'_>, found: &mut Found, place: &Place) {
    let named = page.cue_before(place.start, 40, |cue: Cue| cue.topic == Topic::Coordinates).is_some();
    let reasons = [Evidence::Format, Evidence::CueBefore];
    let reasons = if named { &reasons[..] } else { &reasons[..1] };
    let what = What::new(DataType::LocPrecise, "coordinates", place.certainty, reasons);
    found.take(page, place.start, place.end, what);
}

/// One angle: where it begins and ends, its whole degrees, how many decimals it has, and whether a
/// letter of a direction is with it.
struct Angle {
    start: usize,
    end: usize,
    degrees: u32,
    decimals: usize,
    lettered: bool,
    groups: usize,
}

fn whole(digits: &[u8]) -> u32 {
    digits.iter().take(4).fold(0, |n, d| n * 10 + u32::from(d - b'0'))
}

/// "-0.12750", "51.50722 N", "52,5200" with a comma where the caller allows it.
fn angle(page: &Page<'_>, found: &Found, i: usize) -> Option<Angle> {
    let (integer, fraction) = (*page.groups.get(i)?, *page.groups.get(i + 1)?);
    if found.is_used(i)
        || found.is_used(i + 1)
        || page.gap(i) != b"."
        || integer.len() > 3
        || fraction.len() > 15
    {
        return None;
    }
    let bytes = page.bytes();
    let mut start = integer.start - usize::from(matches!(page.before(integer.start), b'-' | b'+'));
    let mut end = fraction.end;
    let mut lettered = false;
    // A letter of a direction before or behind, perhaps after the sign of a degree.
    let left = bytes[..start].iter().rev().take(1).take_while(|b| **b == b' ').count();
    if is_direction(page.before(start - left)) && !is_word(page.before(start.saturating_sub(left + 1))) {
        (start, lettered) = (start - left - 1, true);
    }
    let sign = bytes[end..].iter().take(2).take_while(|b| matches!(b, 0x80..=0x81 | b' ')).count();
    if !lettered && is_direction(page.byte(end + sign)) && !is_word(page.byte(end + sign + 1)) {
        (end, lettered) = (end + sign + 1, true);
    } else if sign > 0 && page.byte(end) >= 0x80 {
        end += 1;
    }
    let clear = !is_word(page.before(start)) && !matches!(page.before(start), b'.' | b'$' | b'/');
    let degrees = whole(page.digits(i));
    (clear && degrees <= 180 && !page.byte(end).is_ascii_digit() && page.byte(end) != b'%').then_some(Angle {
        start,
        end,
        degrees,
        decimals: fraction.len(),
        lettered,
        groups: 2,
    })
}

const fn is_direction(byte: u8) -> bool {
    matches!(byte, b'N' | b'S' | b'E' | b'W' | b'O')
}

/// "51.50722, -0.12750", "geo:52.5200,13.4050": latitude, then longitude.
fn decimal(page: &Page<'_>, found: &Found, i: usize) -> Option<Place> {
    let bytes = page.bytes();
    let latitude = angle(page, found, i)?;
    if latitude.degrees > 90 {
        return None;
    }
    let longitude = angle(page, found, i + latitude.groups)?;
    let between = bytes.get(latitude.end..longitude.start)?;
    let geo = page.bytes()[..latitude.start].ends_with(b"geo:");
    let named = geo || page.cue_before(latitude.start, 24, |cue| cue.topic == Topic::Coordinates).is_some();
    let words = between.len() <= 24
        && named
        && page.cues.between(latitude.end, longitude.start, |cue| cue.topic == Topic::Coordinates).is_some();
    let signs = between.len() <= 3
        && !between.is_empty()
        && between.iter().all(|b| matches!(b, b' ' | b',' | b';' | b'/' | b'|'))
        && (between != b" " || named || latitude.lettered);
    let lettered = latitude.lettered && longitude.lettered;
    let exact = latitude.decimals >= DECIMALS && longitude.decimals >= DECIMALS;
    let enough = exact || (latitude.decimals >= 2 && longitude.decimals >= 2 && (named || lettered));
    let free = !(page.byte(longitude.end) == b'.' && page.byte(longitude.end + 1).is_ascii_digit());
    if !((signs || words) && enough && free) {
        return None;
    }
    let certainty = if geo || lettered { Certainty::Certain } else { Certainty::Likely };
    let start = if geo { latitude.start - 4 } else { latitude.start };
    Some(Place { start, end: longitude.end, certainty })
}

/// `51°30'26"N 0°7'39"W`: two times degrees, minutes, perhaps seconds, and a direction.
fn sexagesimal(page: &Page<'_>, found: &Found, i: usize) -> Option<Place> {
    let (end, next, degrees) = parts(page, found, i)?;
    if degrees > 90 || !matches!(page.byte(end - 1), b'N' | b'S') {
        return None;
    }
    let group = page.groups.get(next)?;
    let gap = page.bytes().get(end..group.start)?;
    if gap.len() > 3 || !gap.iter().all(|b| matches!(b, b' ' | b',' | b';')) {
        return None;
    }
    let (end, _, degrees) = parts(page, found, next)?;
    let fits = degrees <= 180 && matches!(page.byte(end - 1), b'E' | b'W' | b'O');
    fits.then_some(Place { start: page.groups[i].start, end, certainty: Certainty::Certain })
}

/// "N 51° 30.444 W 0° 7.650", as receivers show them: each direction before its degrees.
fn direction_first(page: &Page<'_>, found: &Found, i: usize) -> Option<Place> {
    let group = page.groups[i];
    let space = usize::from(page.before(group.start) == b' ');
    let start = group.start.checked_sub(space + 1)?;
    let led = matches!(page.byte(start), b'N' | b'S') && !is_word(page.before(start));
    if !led || page.byte(group.end) < 0x80 || found.is_used(i) || whole(page.digits(i)) > 90 {
        return None;
    }
    let (next, end) = minutes(page, found, i)?;
    let gap = page.bytes().get(end..page.groups.get(next)?.start)?;
    let signs = gap.iter().filter(|b| !matches!(b, b' ' | b',' | b';')).count();
    let east = gap.iter().any(|b| matches!(b, b'E' | b'W' | b'O'));
    if gap.len() > 5 || signs != 1 || !east || whole(page.digits(next)) > 180 {
        return None;
    }
    let (_, end) = minutes(page, found, next)?;
    Some(Place { start, end, certainty: Certainty::Certain })
}

/// The minutes, with decimals or seconds, behind the degrees that group `i` is: the next group, and where they end.
fn minutes(page: &Page<'_>, found: &Found, i: usize) -> Option<(usize, usize)> {
    let mut k = i;
    while let Some(next) = page.groups.get(k + 1)
        && k < i + 3
        && !found.is_used(k + 1)
        && matches!(page.gap(k), [b'.' | 0x80..=0x82 | b'\''] | [0x80..=0x82 | b'\'', b' '])
        && next.len() <= 6
    {
        k += 1;
    }
    let mark = page.bytes()[page.groups[k].end..].iter().take(2);
    let end = page.groups[k].end + mark.take_while(|b| matches!(b, b'\'' | b'"' | 0x81..=0x82)).count();
    (k > i).then_some((k + 1, end))
}

/// Degrees, minutes and seconds from group `i` on up to the letter of their direction: where they
/// end, the next group, and the degrees.
fn parts(page: &Page<'_>, found: &Found, i: usize) -> Option<(usize, usize, u32)> {
    let degrees = whole(page.digits(i));
    if found.is_used(i) || page.groups[i].len() > 3 || is_word(page.before(page.groups[i].start)) {
        return None;
    }
    for k in i..page.groups.len().min(i + 5) {
        if found.is_used(k) {
            return None;
        }
        let at = page.groups[k].end;
        let rest = &page.bytes()[at..];
        let signs =
            rest.iter().take(4).take_while(|b| matches!(b, b'\'' | b'"' | b' ' | 0x80..=0x82)).count();
        if k > i && signs > 0 && is_direction(page.byte(at + signs)) && !is_word(page.byte(at + signs + 1)) {
            return Some((at + signs + 1, k + 1, degrees));
        }
        let decimal = rest.starts_with(b".") && page.groups.get(k + 1).is_some_and(|g| g.start == at + 1);
        let joined = signs > 0 && page.groups.get(k + 1).is_some_and(|g| g.start == at + signs);
        // The first sign is the one for degrees, which is no letter and no bracket.
        let degree = k > i || rest.first().is_some_and(|b| *b >= 0x80);
        if !(decimal || joined)
            || !degree
            || (k > i && page.groups[k].len() > 2 && !decimal && page.gap(k - 1) != b".")
        {
            return None;
        }
    }
    None
}

/// An open location code by cue: "plus code 9F4MGC2F+XW", "GC2F+XW Berlin".
fn plus_code(page: &Page<'_>, found: &Found, cue: Cue) -> Option<Place> {
    const ALPHABET: &[u8] = b"23456789CFGHJMPQRVWX";
    let bytes = page.bytes();
    let upto = bytes.len().min(cue.end + 40);
    let plus = cue.end + memchr::memchr(b'+', &bytes[cue.end..upto])?;
    let run = |bytes: &mut dyn Iterator<Item = &u8>| {
        bytes.take(9).take_while(|b| ALPHABET.contains(&b.to_ascii_uppercase())).count()
    };
    let before = run(&mut bytes[cue.end..plus].iter().rev());
    let after = run(&mut bytes[plus + 1..].iter());
    let (start, end) = (plus - before, plus + 1 + after);
    let fits = matches!(before, 4 | 6 | 8)
        && matches!(after, 2 | 3)
        && !is_word(page.before(start))
        && !is_word(page.byte(end))
        && bytes[start..end].iter().any(u8::is_ascii_digit)
        && page.group_from(start).is_none_or(|i| !found.is_used(i));
    fits.then_some(Place { start, end, certainty: Certainty::Likely })
}
