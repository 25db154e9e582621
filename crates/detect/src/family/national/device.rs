//! Numbers of SIM cards and devices, and the identifiers that advertising and cookies use.

use super::{checks::luhn, is_direct, is_free};
use crate::{
    Certainty, Evidence,
    cue::{IdWord, Topic},
    page::{Found, Page, What, is_word},
};
use aside_taxonomy::DataType;

/// Numbers of SIM cards (ITU-T E.118): 89, country, issuer, account, Luhn digit. Before cards, which
/// are as long.
pub(super) fn find_sim_cards(page: &Page<'_>, found: &mut Found) {
    for i in 0..page.groups.len() {
        let digits = page.digits(i);
        if !matches!(digits.len(), 2..=4 | 18..=22) || !digits.starts_with(b"89") || found.is_used(i) {
            continue;
        }
        let (mut number, mut count, mut end) = ([0; 22], 0, page.groups[i].end);
        for next in i..page.groups.len() {
            let joined = next == i || matches!(page.gap(next - 1), b" " | b"-");
            let group = page.digits(next);
            if !joined || count + group.len() > number.len() || found.is_used(next) {
                break;
            }
            number[count..count + group.len()].copy_from_slice(group);
            count += group.len();
            end = page.groups[next].end;
        }
        let start = page.groups[i].start;
        let free = !is_word(page.before(start)) && !is_word(page.byte(end));
        let right = matches!(count, 19 | 20) && luhn(&number[..count]);
        let named = page.cue_before(start, 32, |cue| cue.topic == Topic::Id(IdWord::Iccid)).is_some();
        let (certainty, reasons): (_, &[Evidence]) = match (named, right) {
            _ if !free || count < 18 => continue,
            (true, true) => (Certainty::Certain, &[Evidence::CueBefore, Evidence::Luhn]),
            (true, false) => (Certainty::Likely, &[Evidence::CueBefore]),
            (false, true) => (Certainty::Likely, &[Evidence::Luhn, Evidence::NationalFormat]),
            (false, false) => continue,
        };
        found.take(page, start, end, What::new(DataType::DevHardware, "iccid", certainty, reasons));
    }
}

/// Serial numbers, advertising and cookie identifiers: what stands directly behind their names.
pub(super) fn find_named(page: &Page<'_>, found: &mut Found) {
    for cue in page.cues.iter() {
        let Topic::Id(word) = cue.topic else { continue };
        let (data_type, kind, fits): (_, _, fn(&[u8]) -> bool) = match word {
            IdWord::Serial => (DataType::DevHardware, "serial", is_serial),
            IdWord::AdvertisingId => (DataType::DevOnlineId, "advertising_id", is_advertising_id),
            IdWord::CookieId => (DataType::DevOnlineId, "cookie_id", is_cookie_id),
            _ => continue,
        };
        // "Rua das Flores, S/N, 1200-001 Lisboa": a house without a number.
        if page.byte(cue.end) == b',' {
            continue;
        }
        let Some((start, end)) = value_after(page, cue.end) else { continue };
        if fits(&page.bytes()[start..end]) && is_free(page, found, start, end) {
            found.take(
                page,
                start,
                end,
                What::new(data_type, kind, Certainty::Likely, &[Evidence::CueBefore]),
            );
        }
    }
}

/// The word with signs that stands directly behind `from`, at most 64 bytes long.
fn value_after(page: &Page<'_>, from: usize) -> Option<(usize, usize)> {
    const WINDOW: usize = 40;
    let bytes = page.bytes();
    let near = &bytes[from..bytes.len().min(from + WINDOW)];
    // The first word with a digit; only words without meaning may stand before.
    let digit = near.iter().position(u8::is_ascii_digit)?;
    let back = near[..digit]
        .iter()
        .rev()
        .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'))
        .count();
    let start = from + digit - back;
    let start = start + bytes[start..].iter().take_while(|b| matches!(b, b'-' | b'_')).count();
    let part = |b: &&u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.' | b'/');
    let len = bytes[start..].iter().take(65).take_while(part).count();
    let value = &bytes[start..start + len];
    let end = start + value.iter().rposition(u8::is_ascii_alphanumeric)? + 1;
    let whole = len <= 64
        && !matches!(bytes.get(end), Some(b'@' | b'%' | b':'))
        && !page.folded.has_accents(start, end);
    (start > from && whole && is_direct(page, from, start)).then_some((start, end))
}

/// Six to twenty-four letters and digits, at least two of them digits.
fn is_serial(value: &[u8]) -> bool {
    let signs = value.iter().filter(|b| b.is_ascii_alphanumeric()).count();
    let digits = value.iter().filter(|b| b.is_ascii_digit()).count();
    (6..=24).contains(&signs)
        && digits >= 2
        && !value.contains(&b'.')
        && !value.windows(2).any(|two| two == b"//")
}

/// 8-4-4-4-12 hexadecimal digits (RFC 9562).
fn is_uuid(value: &[u8]) -> bool {
    let parts = value.split(|b| *b == b'-').map(<[u8]>::len);
    parts.eq([8, 4, 4, 4, 12]) && value.iter().all(|b| b.is_ascii_hexdigit() || *b == b'-')
}

/// A UUID, or 16 or 32 hexadecimal digits.
fn is_advertising_id(value: &[u8]) -> bool {
    is_uuid(value) || matches!(value.len(), 16 | 32) && value.iter().all(u8::is_ascii_hexdigit)
}

/// The same, or numbers with dots as analytics write them ("GA1.2.1234567890.1700000000").
fn is_cookie_id(value: &[u8]) -> bool {
    let long = |part: &[u8]| part.len() >= 8 && part.iter().all(u8::is_ascii_digit);
    let dotted = value.split(|b| *b == b'.').filter(|part| long(part)).count() >= 2;
    is_advertising_id(value)
        || dotted
        || value.len() >= 20 && value.iter().filter(|b| b.is_ascii_digit()).count() >= 6
}
