//! Boxes at the post office, and addresses of armed forces.

use super::postcode::Code;
use crate::{
    cue::Cue,
    page::{Found, Page},
};

/// "PO Box 1187", "Postfach 12 34 56", "BP 123": start and end.
pub(super) fn read(page: &Page<'_>, found: &Found, cue: Cue) -> Option<(usize, usize)> {
    let bytes = page.bytes();
    let word = &bytes[cue.start..cue.end];
    // Two letters are much else as well; the capitals tell.
    if word.len() <= 4 && word.iter().any(u8::is_ascii_lowercase) {
        return None;
    }
    let gap = bytes[cue.end..]
        .iter()
        .take(6)
        .take_while(|b| matches!(b, b' ' | b':' | b'.' | b'#' | b'n' | b'N' | b'o' | b'r' | 0x80))
        .count();
    let i = page.group_at(cue.end + gap)?;
    let mut last = i;
    let mut digits = page.groups[i].len();
    while last + 1 < page.groups.len()
        && page.gap(last) == b" "
        && page.groups[last + 1].len() <= 3
        && digits + page.groups[last + 1].len() <= 6
        && page.groups[i].len() <= 3
    {
        last += 1;
        digits += page.groups[last].len();
    }
    let fits = gap > 0 && digits <= 6 && !(i..=last).any(|k| found.is_used(k));
    fits.then_some((cue.start, page.groups[last].end))
}

/// "PSC 3294, Box 9168\nAPO AA 61487": where the address before a military postcode begins.
pub(super) fn military(page: &Page<'_>, code: Code) -> Option<usize> {
    let bytes = page.bytes();
    let head = bytes[..code.start].trim_ascii_end();
    let state = head.len().checked_sub(2)?;
    let head = &head[..state];
    let known = [b"AA", b"AE", b"AP"].iter().any(|s| s.eq_ignore_ascii_case(&bytes[state..state + 2]));
    let head = head.trim_ascii_end();
    let office = head.len().checked_sub(3)?;
    let military = [b"APO", b"FPO", b"DPO"].iter().any(|o| o.eq_ignore_ascii_case(&head[office..]));
    if !(known && military) {
        return None;
    }
    // The line before names the unit or the ship: at most 40 bytes, from its first word on.
    let line = head[..office].trim_ascii_end();
    let floor = line.len().saturating_sub(40);
    let begins = |word: &[u8]| {
        let at = line[floor..].windows(word.len()).rposition(|w| w.eq_ignore_ascii_case(word))?;
        let at = floor + at;
        let free = at == 0 || !crate::page::is_word(line[at - 1]);
        free.then_some(at)
    };
    let unit = [b"PSC ".as_slice(), b"Unit ", b"CMR ", b"USS ", b"USNS ", b"USCGC ", b"Box "];
    Some(unit.into_iter().find_map(begins).unwrap_or(office))
}
