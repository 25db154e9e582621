//! Secrets of no known form, by cue: `api_key = …`, `Authorization: Bearer …`.

use super::{super::reading::lead, random::entropy};
use crate::{
    Certainty, Evidence,
    cue::Topic,
    page::{Found, Page, What},
};
use aside_taxonomy::DataType;

const SHORTEST: usize = 16;
const LONGEST: usize = 2048;

pub(super) fn find(page: &Page<'_>, found: &mut Found) {
    let mut done = 0;
    for cue in page.cues.about(Topic::Secret) {
        if cue.end < done {
            continue;
        }
        // "api_key": "…" has a quotation mark before the colon.
        let quoted = matches!(page.byte(cue.end), b'"' | b'\'')
            && matches!(page.byte(cue.end + 1), b':' | b' ' | b'=');
        let lead = lead(page, cue.end + usize::from(quoted));
        if lead.at == cue.end {
            continue;
        }
        let start = lead.at + usize::from(matches!(page.byte(lead.at), b'"' | b'\'' | b'`' | b'<'));
        let rest = page.bytes().get(start..).unwrap_or_default();
        let mut end = start + rest.iter().take(LONGEST).take_while(|b| is_sign(**b)).count();
        while end > start && matches!(page.byte(end - 1), b'.' | b'-' | b':') {
            end -= 1;
        }
        let shortest = if lead.announced { SHORTEST } else { SHORTEST + 4 };
        if end - start >= shortest && looks_drawn(&page.bytes()[start..end]) {
            let what = What::new(
                DataType::CredSecretKey,
                "secret_key",
                Certainty::Likely,
                &[Evidence::CueBefore, Evidence::Entropy],
            );
            found.take(page, start, end, what);
            done = end;
        }
    }
}

const fn is_sign(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'_' | b'-' | b'.' | b'~' | b':')
}

/// Letters and digits mixed, as various as in keys; no address of a page and no date.
fn looks_drawn(value: &[u8]) -> bool {
    let digits = value.iter().filter(|b| b.is_ascii_digit()).count();
    let letters = value.iter().filter(|b| b.is_ascii_alphabetic()).count();
    let address = value.windows(3).any(|three| three == b"://");
    let both_cases = value.iter().any(u8::is_ascii_lowercase) && value.iter().any(u8::is_ascii_uppercase);
    digits + usize::from(both_cases) > 1 && letters > 3 && !address && entropy(value) >= 3.0
}
