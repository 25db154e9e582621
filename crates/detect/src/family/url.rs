//! Web addresses and bare domain names.

use super::endings::{self, Ending, is_label};
use crate::{
    Certainty, Evidence,
    cue::Topic,
    page::{Found, Page, What, is_letter, is_word},
};
use aside_taxonomy::DataType;

/// The longest path that is followed; what comes after is read as text again.
const LONGEST_PATH: usize = 2048;

pub(super) fn find(page: &Page<'_>, found: &mut Found) {
    let bytes = page.bytes();
    let mut done = 0;
    for dot in page.places_of(b'.') {
        if dot < done
            || dot == 0
            || !is_label(bytes[dot - 1])
            || !bytes.get(dot + 1).is_some_and(|b| is_label(*b))
        {
            continue;
        }
        let back = bytes[done..dot].iter().rev().take(64).take_while(|b| is_label(**b)).count();
        let mut start = dot - back;
        while start < dot && bytes[start] == b'-' {
            start += 1;
        }
        let chain = bytes[dot..].iter().take_while(|b| is_label(**b) || **b == b'.').count();
        done = dot + chain;
        // Prices, versions and times: without a letter there is no name, and only a scheme makes a number a host.
        let named = bytes[start..done].iter().any(|b| is_letter(*b));
        if !named && page.before(start) != b'/' {
            continue;
        }
        if let Some(end) = at(page, found, start) {
            done = done.max(end);
        }
    }
}

/// Reports the address whose host starts at `start`: its end.
fn at(page: &Page<'_>, found: &mut Found, start: usize) -> Option<usize> {
    let bytes = page.bytes();
    let scheme = scheme_before(bytes, start);
    let left = page.before(start);
    if scheme.is_none() && (matches!(left, b'@' | b'_' | b'\\' | b'/' | b'=') || is_word(left)) {
        return None;
    }
    let host = match endings::domain(bytes, start, false) {
        Some(host) => host,
        None if scheme.is_some() => numeric_host(bytes, start)?,
        None => return None,
    };
    if bytes.get(host.end) == Some(&b'@') {
        return None;
    }
    let end = host.end + rest(&bytes[host.end..]);
    let www = host.labels > 2 && bytes[start..].get(..4).is_some_and(|w| w.eq_ignore_ascii_case(b"www."));
    let begins = scheme.unwrap_or(start);
    if scheme.is_some() || www {
        if scheme.is_none() && host.ending.is_none() {
            return None;
        }
        let reasons = [Evidence::Format, Evidence::KnownEnding];
        let reasons = if host.ending.is_some() { &reasons[..] } else { &reasons[..1] };
        found.add(page, begins, end, What::new(DataType::DevOnlineId, "url", Certainty::Likely, reasons));
        return Some(end);
    }
    let with_path = bytes.get(host.end) == Some(&b'/') && end > host.end + 1;
    let ending = host.ending?;
    let last = &bytes[host.last..host.end];
    let name = &bytes[start..host.last - 1];
    let cased = last.iter().all(u8::is_ascii_lowercase)
        || bytes[start..host.end].iter().all(|b| !b.is_ascii_lowercase());
    let telling = ending == Ending::Plain
        || with_path
        || host.labels > 2
        || page.cue_before(start, 24, |cue| cue.topic == Topic::Website).is_some();
    let shortener = with_path && is_shortener(&bytes[start..host.end]);
    let lettered = shortener || name.iter().filter(|b| b.is_ascii_alphabetic()).count() > 1;
    // A one-letter label is an abbreviation ("e.g.it"), a call is code ("x.get()").
    let plain = bytes.get(host.end) != Some(&b'(')
        && (name.len() > 1 && !name.contains(&b'.') || host.labels > 2 || shortener);
    if !(cased && telling && lettered && plain) || is_file(last, with_path) {
        return None;
    }
    let (kind, certainty) =
        if with_path { ("url", Certainty::Likely) } else { ("domain", Certainty::Guessed) };
    found.add(page, start, end, What::new(DataType::DevOnlineId, kind, certainty, &[Evidence::KnownEnding]));
    Some(end)
}

/// Hosts of one letter that shorten other addresses.
fn is_shortener(host: &[u8]) -> bool {
    [b"t.co".as_slice(), b"t.me", b"g.co", b"x.com", b"m.me", b"v.gd", b"s.id", b"t.ly"]
        .iter()
        .any(|known| known.eq_ignore_ascii_case(host))
}

/// An ending that is usual for files, or an abbreviation ("reg.nr"), and nothing that speaks for an address.
fn is_file(last: &[u8], with_path: bool) -> bool {
    !with_path
        && [b"py".as_slice(), b"rs", b"sh", b"pl", b"md", b"zip", b"ps", b"so", b"mov", b"nr"].contains(&last)
}

/// Where "https://" before `start` begins.
fn scheme_before(bytes: &[u8], start: usize) -> Option<usize> {
    const SCHEMES: [&[u8]; 4] = [b"https://", b"http://", b"ftp://", b"hxxp://"];
    let head = &bytes[..start];
    let scheme = SCHEMES
        .iter()
        .find(|s| head.len() >= s.len() && head[head.len() - s.len()..].eq_ignore_ascii_case(s))?;
    Some(start - scheme.len())
}

/// Four numbers as a host.
fn numeric_host(bytes: &[u8], start: usize) -> Option<endings::Domain> {
    let len = bytes[start..].iter().take(16).take_while(|b| b.is_ascii_digit() || **b == b'.').count();
    let parts = bytes[start..start + len].split(|b| *b == b'.').filter(|part| !part.is_empty()).count();
    (parts == 4).then_some(endings::Domain {
        end: start + len,
        ending: None,
        labels: 4,
        spelled: false,
        last: start,
    })
}

/// How long port, path, query and fragment are, less the signs that end a sentence.
fn rest(bytes: &[u8]) -> usize {
    let mut len = 0;
    if let [b':', digit, ..] = bytes
        && digit.is_ascii_digit()
    {
        len = 1 + bytes[1..].iter().take(5).take_while(|b| b.is_ascii_digit()).count();
    }
    if !bytes.get(len).is_some_and(|b| matches!(b, b'/' | b'?' | b'#')) {
        return len;
    }
    let stays = |b: &u8| {
        !b.is_ascii_whitespace()
            && !matches!(b, b'<' | b'>' | b'"' | b'{' | b'}' | b'|' | b'\\' | b'^' | b'`')
    };
    let mut end = len + bytes[len..].iter().take(LONGEST_PATH).take_while(|b| stays(b)).count();
    while end > len
        && matches!(bytes[end - 1], b'.' | b',' | b';' | b':' | b'!' | b'?' | b'\'' | b')' | b']' | b'*')
    {
        end -= 1;
    }
    end
}
