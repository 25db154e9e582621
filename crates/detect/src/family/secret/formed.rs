//! Keys without fixed signs, known by the lengths and signs of their parts.

use super::{super::long_run::long_runs, random::is_random, shape::Alphabet};
use crate::{
    Certainty, Evidence,
    page::{Found, Page, What},
};
use aside_taxonomy::DataType;

pub(super) fn find(page: &Page<'_>, found: &mut Found) {
    for (start, end) in long_runs(page) {
        if let Some((start, end)) = key(page.bytes(), start, end)
            && is_random(&page.bytes()[start..end])
        {
            take(page, found, start, end);
        }
    }
    for i in 0..page.groups.len() {
        let group = page.groups[i];
        if matches!(group.len(), 8..=10)
            && page.byte(group.end) == b':'
            && let Some(end) = telegram(page.bytes(), group.end + 1)
        {
            take(page, found, group.start, end);
        }
    }
}

fn take(page: &Page<'_>, found: &mut Found, start: usize, end: usize) {
    let what = What::new(
        DataType::CredSecretKey,
        "secret_key",
        Certainty::Certain,
        &[Evidence::Format, Evidence::Entropy],
    );
    found.take(page, start, end, what);
}

/// The key that this run of letters and digits is, or a part of.
fn key(bytes: &[u8], start: usize, end: usize) -> Option<(usize, usize)> {
    let run = &bytes[start..end];
    let hex = |bytes: &[u8]| bytes.iter().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(b));
    match run.len() {
        // Twilio: key, or with an account's identifier before the token.
        34 if run.starts_with(b"SK") && hex(&run[2..]) => Some((start, end)),
        // Mailchimp: the data centre stands at the end.
        32 if hex(run) && bytes[end..].starts_with(b"-us") => {
            let digits = bytes[end + 3..].iter().take(3).take_while(|b| b.is_ascii_digit()).count();
            matches!(digits, 1 | 2).then_some((start, end + 3 + digits))
        }
        // Airtable: "pat", 14 signs, a dot, 64 hexadecimal digits.
        64 if hex(run)
            && start > 17
            && bytes[start - 1] == b'.'
            && bytes[start - 18..].starts_with(b"pat") =>
        {
            let name = &bytes[start - 18..start - 1];
            let apart = start == 18 || !bytes[start - 19].is_ascii_alphanumeric();
            (apart && name.iter().all(u8::is_ascii_alphanumeric)).then_some((start - 18, end))
        }
        // Discord: the account's number in base64, six signs of time, 27 to 38 of signature.
        23..=28 if matches!(run[0], b'M' | b'N' | b'O') => {
            let part = |from: usize| {
                bytes
                    .get(from..)
                    .unwrap_or_default()
                    .iter()
                    .take(40)
                    .take_while(|b| Alphabet::Url.has(**b))
                    .count()
            };
            let dots = bytes.get(end) == Some(&b'.') && bytes.get(end + 7) == Some(&b'.');
            let signature = part(end + 8);
            (dots && part(end + 1) == 6 && (27..=38).contains(&signature))
                .then_some((start, end + 8 + signature))
        }
        _ => None,
    }
}

/// A bot's token behind its number and the colon: 35 signs, the first two "AA".
fn telegram(bytes: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    let len = rest.iter().take(36).take_while(|b| Alphabet::Url.has(**b)).count();
    (rest.starts_with(b"AA") && len == 35 && is_random(&rest[..35])).then_some(from + 35)
}
