//! Secret keys with a vendor's prefix, JSON web tokens and private key blocks.

use super::secret_vendors::VENDORS;
use crate::{
    Certainty, Evidence,
    page::{Found, Page, What},
};
use aside_taxonomy::DataType;

const PEM: &str = "-----BEGIN ";
const TOKEN: &str = "eyJ";

/// What a secret key can begin with: the vendors' prefixes, then a private key block's, then a
/// token's.
pub(crate) fn prefixes() -> impl Iterator<Item = &'static str> {
    VENDORS.iter().map(|vendor| vendor.prefix).chain([PEM, TOKEN])
}

pub(super) fn find(page: &Page<'_>, found: &mut Found) {
    let bytes = page.bytes();
    let mut done = 0;
    for hit in page.cues.prefixes() {
        if hit.start < done {
            continue;
        }
        let which = hit.which;
        let (end, kind) = match VENDORS.get(which) {
            Some(_) => (vendor_key(bytes, which, hit.start, hit.end), "secret_key"),
            None if which == VENDORS.len() => (private_key(bytes, hit.end), "private_key"),
            None => (web_token(bytes, hit.start), "secret_key"),
        };
        if let Some(end) = end {
            let reasons = [if kind == "private_key" { Evidence::Format } else { Evidence::VendorPrefix }];
            found.take(
                page,
                hit.start,
                end,
                What::new(DataType::CredSecretKey, kind, Certainty::Certain, &reasons),
            );
            done = end;
        }
    }
}

fn vendor_key(bytes: &[u8], which: usize, start: usize, from: usize) -> Option<usize> {
    let vendor = &VENDORS[which];
    if start > 0 && bytes[start - 1].is_ascii_alphanumeric() {
        return None;
    }
    let len = bytes[from..].iter().take(vendor.most + 1).take_while(|b| vendor.alphabet.has(**b)).count();
    let mut end = from + len.min(vendor.most);
    while end > from && matches!(bytes[end - 1], b'.' | b'-') {
        end -= 1;
    }
    let body = &bytes[from..end];
    let mixed = body.iter().any(u8::is_ascii_digit) || body.len() > 30;
    let exact = vendor.most < 60 && len > vendor.most;
    (body.len() >= vendor.fewest && mixed && !exact).then_some(end)
}

/// Three parts of base64url with dots between them; the first two begin like JSON (RFC 7519).
fn web_token(bytes: &[u8], start: usize) -> Option<usize> {
    const LONGEST: usize = 8192;
    if start > 0 && (bytes[start - 1].is_ascii_alphanumeric() || matches!(bytes[start - 1], b'-' | b'_')) {
        return None;
    }
    let part = |from: usize| {
        let sign = |b: &&u8| b.is_ascii_alphanumeric() || matches!(**b, b'_' | b'-');
        from + bytes[from..].iter().take(LONGEST).take_while(sign).count()
    };
    let header = part(start);
    let payload = (bytes.get(header) == Some(&b'.')).then(|| part(header + 1))?;
    let begins = bytes[header + 1..].starts_with(b"eyJ") && header - start > 10;
    let signature = if bytes.get(payload) == Some(&b'.') { part(payload + 1) } else { payload };
    (begins && payload > header + 10).then_some(signature)
}

/// The block up to its end line, or as far as it reads like one (RFC 7468).
fn private_key(bytes: &[u8], from: usize) -> Option<usize> {
    let label = bytes[from..].iter().take(40).position(|b| *b == b'-')?;
    if !bytes[from..from + label].ends_with(b"PRIVATE KEY")
        && !bytes[from..from + label].ends_with(b"PRIVATE KEY BLOCK")
    {
        return None;
    }
    let mut at = from + label + bytes[from + label..].iter().take(5).take_while(|b| **b == b'-').count();
    loop {
        let line = &bytes[at..];
        if line.starts_with(b"-----END ") {
            at += 9 + line[9..].iter().take(48).take_while(|b| **b != b'-').count();
            at += bytes[at..].iter().take(5).take_while(|b| **b == b'-').count();
            break;
        }
        let armour = line.iter().take_while(|b| is_armour(**b)).count();
        // Headers ("Proc-Type: 4,ENCRYPTED") are a word, a colon, and the rest of the line.
        let name = line.iter().take(24).take_while(|b| b.is_ascii_alphabetic() || **b == b'-').count();
        if name > 0 && line[name..].starts_with(b": ") {
            at += line.iter().take(128).take_while(|b| **b != b'\n').count();
        } else if armour > 0 {
            at += armour;
        } else {
            break;
        }
    }
    Some(at)
}

/// Base64 and line breaks, as they are and as "\n" in a string.
const fn is_armour(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'\n' | b'\r' | b'\\')
}
