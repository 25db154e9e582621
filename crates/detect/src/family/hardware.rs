//! Numbers of devices and vehicles: IMEI, MAC address, VIN.

use super::{luhn, reading::lead};
use crate::{
    Certainty, Evidence,
    cue::Topic,
    page::{Found, Page, What, is_word},
};
use aside_taxonomy::DataType;

pub(super) fn find_imei(page: &Page<'_>, found: &mut Found) {
    for cue in page.cues.about(Topic::Imei) {
        imei(page, found, cue.end);
    }
}

/// The 15 digits after the word (3GPP TS 23.003: 14 and a Luhn digit; 16 with software version).
fn imei(page: &Page<'_>, found: &mut Found, from: usize) {
    let Some(mut first) = page.group_from(from) else { return };
    // "IMEI 1: …, IMEI 2: …" of a telephone with two cards.
    let counted = matches!(page.digits(first), b"1" | b"2") && page.groups[first].start - from <= 1;
    first += usize::from(counted && first + 1 < page.groups.len());
    let start = page.groups[first].start;
    if start - from > 40 || found.is_used(first) || crate::page::sentence_ends_in(&page.bytes()[from..start])
    {
        return;
    }
    let (mut digits, mut count) = ([0u8; 16], 0);
    for i in first..page.groups.len() {
        let group = page.digits(i);
        let joined = i == first || matches!(page.gap(i - 1), b" " | b"-" | b"/" | b"  ");
        if count + group.len() > 16 || !joined || found.is_used(i) {
            break;
        }
        digits[count..count + group.len()].copy_from_slice(group);
        count += group.len();
        if matches!(count, 15 | 16) {
            let right = count == 15 && luhn::is_right(&digits[..15]);
            let (certainty, reasons): (_, &[Evidence]) = if right {
                (Certainty::Certain, &[Evidence::Luhn, Evidence::CueBefore])
            } else if count == 16 && luhn::is_right(&digits) && !super::issuer::lengths(&digits).is_empty() {
                // A card number under a wrong name stays a card number.
                return;
            } else {
                (Certainty::Likely, &[Evidence::CueBefore])
            };
            let what = What::new(DataType::DevHardware, "imei", certainty, reasons);
            found.take(page, start, page.groups[i].end, what);
            return;
        }
    }
}

/// Six pairs of hexadecimal digits with `:` or `-` between them.
pub(super) fn find_mac(page: &Page<'_>, found: &mut Found) {
    for cue in page.cues.about(Topic::Mac) {
        mac_by_cue(page, found, cue.end);
    }
    if !page.cues.has_sign(b':') && !page.cues.has_sign(b'-') {
        return;
    }
    let bytes = page.bytes();
    let pair = |at: usize| bytes.get(at..at + 2).is_some_and(|p| p.iter().all(u8::is_ascii_hexdigit));
    let mut at = 0;
    while let Some(step) = memchr::memchr2(b':', b'-', &bytes[at..]) {
        let sign = at + step;
        at = sign + 1;
        let Some(start) = sign.checked_sub(2) else { continue };
        let fits =
            (0..6).all(|i| pair(start + 3 * i)) && (0..5).all(|i| bytes[start + 3 * i + 2] == bytes[sign]);
        let end = start + 17;
        let tied = |b: Option<&u8>| b.is_some_and(|b| is_word(*b) || *b == bytes[sign]);
        if !fits || (start > 0 && tied(bytes.get(start - 1))) || tied(bytes.get(end)) {
            continue;
        }
        let lettered = bytes[start..end].iter().any(u8::is_ascii_alphabetic);
        let cue = page.cue_before(start, 24, |cue| cue.topic == Topic::Mac).is_some();
        if cue || lettered || bytes[sign] == b':' {
            let certainty = if cue { Certainty::Certain } else { Certainty::Likely };
            found.take(
                page,
                start,
                end,
                What::new(DataType::DevHardware, "mac", certainty, &[Evidence::Format]),
            );
            at = end;
        }
    }
}

/// "0011.2233.4455" and "001122334455", as switches and stickers have them, behind the word.
fn mac_by_cue(page: &Page<'_>, found: &mut Found, from: usize) {
    let start = lead(page, from).at;
    let start = start + usize::from(matches!(page.byte(start), b'"' | b'\''));
    let rest = page.bytes().get(start..).unwrap_or_default();
    let len = rest.iter().take(15).take_while(|b| b.is_ascii_hexdigit() || **b == b'.').count();
    let len = len - usize::from(rest[..len].ends_with(b"."));
    let value = &rest[..len];
    let dotted = len == 14 && value[4] == b'.' && value[9] == b'.';
    let digits = value.iter().filter(|b| b.is_ascii_hexdigit()).count();
    let ends = rest.get(len).is_none_or(|b| !is_word(*b) && *b != b':' && *b != b'-');
    if start > from && digits == 12 && (dotted || len == 12) && ends && value.iter().any(u8::is_ascii_digit) {
        let evidence = [Evidence::Format, Evidence::CueBefore];
        let what = What::new(DataType::DevHardware, "mac", Certainty::Certain, &evidence);
        found.take(page, start, start + len, what);
    }
}

/// 17 letters and digits (ISO 3779), by its check digit or by cue.
pub(super) fn find_vin(page: &Page<'_>, found: &mut Found) {
    let bytes = page.bytes();
    let mut done = 0;
    for i in 0..page.groups.len() {
        let group = page.groups[i];
        let alone = !page.before(group.start).is_ascii_alphanumeric()
            && !page.byte(group.end).is_ascii_alphanumeric();
        if alone || group.start < done || found.is_used(i) {
            continue;
        }
        let back =
            bytes[done..group.start].iter().rev().take(18).take_while(|b| b.is_ascii_alphanumeric()).count();
        let start = group.start - back;
        let len = bytes[start..].iter().take(18).take_while(|b| b.is_ascii_alphanumeric()).count();
        done = start + len;
        let sign = &bytes[start..start + len];
        let usual = |b: &u8| !matches!(b.to_ascii_uppercase(), b'I' | b'O' | b'Q');
        if len != 17
            || !sign.iter().all(usual)
            || sign.iter().all(u8::is_ascii_digit)
            || (start > 0 && is_word(bytes[start - 1]))
        {
            continue;
        }
        let cue = page.cue_before(start, 32, |cue| cue.topic == Topic::Vin).is_some();
        let right = vin_check(sign);
        let upper = !sign.iter().any(u8::is_ascii_lowercase);
        let (certainty, reasons): (_, &[Evidence]) = match (right, cue) {
            (true, true) => (Certainty::Certain, &[Evidence::CheckDigit, Evidence::CueBefore]),
            (true, false) if upper => (Certainty::Likely, &[Evidence::CheckDigit]),
            (false, true) => (Certainty::Likely, &[Evidence::CueBefore]),
            _ => continue,
        };
        found.take(page, start, done, What::new(DataType::GovVehicle, "vin", certainty, reasons));
    }
}

/// The check digit at place 9 (49 CFR 565.15).
fn vin_check(sign: &[u8]) -> bool {
    const WEIGHTS: [u32; 17] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
    let value = |b: u8| match b.to_ascii_uppercase() {
        digit @ b'0'..=b'9' => u32::from(digit - b'0'),
        letter @ b'A'..=b'H' => u32::from(letter - b'A') + 1,
        letter @ b'J'..=b'R' => u32::from(letter - b'J') + 1,
        letter => u32::from(letter.saturating_sub(b'S')) + 2,
    };
    let sum: u32 = sign.iter().zip(WEIGHTS).map(|(b, weight)| value(*b) * weight).sum();
    let check = if sum % 11 == 10 { b'X' } else { b'0' + (sum % 11) as u8 };
    sign[8].to_ascii_uppercase() == check
}
