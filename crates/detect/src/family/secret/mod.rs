//! Secrets that their form gives away: vendors' keys, web tokens, private key blocks, connection strings
//! with a password; and by cue whatever is as random as keys are.

mod block;
mod cloud;
mod code;
mod commerce;
mod connection;
mod formed;
mod messages;
mod models;
mod named;
mod random;
mod shape;

use crate::{
    Certainty, Evidence,
    page::{Found, Page, What},
};
use aside_taxonomy::DataType;
use shape::{Check, Vendor};

const VENDORS: [&[Vendor]; 5] =
    [cloud::VENDORS, code::VENDORS, commerce::VENDORS, messages::VENDORS, models::VENDORS];
const PEM: &str = "-----BEGIN ";
const PUTTY: &str = "PuTTY-User-Key-File-";
const TOKEN: &str = "eyJ";
const ADDRESS: &str = "://";

const OTHERS: [&str; 4] = [PEM, PUTTY, TOKEN, ADDRESS];

/// How many fixed signs there are that a secret can be known by.
pub(crate) const SIGNS: usize = {
    let (mut count, mut i) = (OTHERS.len(), 0);
    while i < VENDORS.len() {
        count += VENDORS[i].len();
        i += 1;
    }
    count
};

/// A fixed sign that a secret can be known by, and whether letters may stand before it: the vendors', then a
/// private key block's, a web token's and an address's.
pub(crate) const fn sign(which: usize) -> (&'static str, bool) {
    let (mut rest, mut i) = (which, 0);
    while i < VENDORS.len() {
        if rest < VENDORS[i].len() {
            let vendor = &VENDORS[i][rest];
            return (vendor.fixed, vendor.before > 0 && vendor.fixed.as_bytes()[0].is_ascii_alphabetic());
        }
        rest -= VENDORS[i].len();
        i += 1;
    }
    (OTHERS[rest], false)
}

/// What the sign with this place belongs to.
enum Kind {
    Vendor(&'static Vendor),
    Pem,
    Putty,
    Token,
    Address,
}

fn kind(which: usize) -> Kind {
    let mut rest = which;
    for vendors in VENDORS {
        match vendors.get(rest) {
            Some(vendor) => return Kind::Vendor(vendor),
            None => rest -= vendors.len(),
        }
    }
    match rest {
        0 => Kind::Pem,
        1 => Kind::Putty,
        2 => Kind::Token,
        _ => Kind::Address,
    }
}

/// Secrets known by fixed signs or by their form alone.
pub(super) fn find(page: &Page<'_>, found: &mut Found) {
    let bytes = page.bytes();
    let mut done = 0;
    for hit in page.cues.prefixes() {
        if hit.start < done {
            continue;
        }
        let (start, end, name, certainty, evidence) = match kind(hit.which) {
            Kind::Vendor(vendor) => {
                let Some((start, end, check)) = vendor_key(bytes, vendor, hit.start, hit.end) else {
                    continue;
                };
                let (certainty, evidence): (_, &[Evidence]) = match check {
                    None => (Certainty::Certain, &[Evidence::VendorPrefix, Evidence::Entropy]),
                    Some(true) => (Certainty::Certain, &[Evidence::VendorPrefix, Evidence::Checksum]),
                    Some(false) => (Certainty::Likely, &[Evidence::VendorPrefix, Evidence::CheckFailed]),
                };
                (start, end, "secret_key", certainty, evidence)
            }
            Kind::Pem | Kind::Putty => {
                let end = if matches!(kind(hit.which), Kind::Pem) {
                    block::private_key(bytes, hit.end)
                } else {
                    block::putty(bytes, hit.end)
                };
                let Some(end) = end else { continue };
                (hit.start, end, "private_key", Certainty::Certain, &[Evidence::Format][..])
            }
            Kind::Token => {
                let Some(end) = block::web_token(bytes, hit.start) else { continue };
                (hit.start, end, "secret_key", Certainty::Certain, &[Evidence::VendorPrefix][..])
            }
            Kind::Address => {
                let Some((start, end)) = connection::find(bytes, hit.start) else { continue };
                (start, end, "connection_string", Certainty::Likely, &[Evidence::Format][..])
            }
        };
        if start >= done {
            found.take(page, start, end, What::new(DataType::CredSecretKey, name, certainty, evidence));
            done = end;
        }
    }
    if !page.groups.is_empty() {
        if page.cues.has_long_words() {
            formed::find(page, found);
        }
        named::find(page, found);
    }
}

/// Where a key with these fixed signs begins and ends, and whether its checksum is right, if it has one.
fn vendor_key(
    bytes: &[u8],
    vendor: &Vendor,
    start: usize,
    from: usize,
) -> Option<(usize, usize, Option<bool>)> {
    let first = start.checked_sub(vendor.before)?;
    let leads = bytes[first..start].iter().all(|b| vendor.alphabet.has(*b));
    if !leads || first > 0 && bytes[first - 1].is_ascii_alphanumeric() {
        return None;
    }
    let len = bytes[from..].iter().take(vendor.most + 1).take_while(|b| vendor.alphabet.has(**b)).count();
    let mut end = from + len.min(vendor.most);
    while end > from && matches!(bytes[end - 1], b'.' | b'-' | b':' | b'!' | b'#') {
        end -= 1;
    }
    let body = &bytes[from..end];
    let random = if vendor.before > body.len() { &bytes[first..start] } else { body };
    let exact = vendor.most < 60 && len > vendor.most;
    if body.len() < vendor.fewest || exact || !random::is_random(random) {
        return None;
    }
    let check = (vendor.check == Check::Crc32Base62 && body.len() == 36).then(|| random::crc32_base62(body));
    Some((first, end, check))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Detector;
    use shape::Alphabet;

    /// Signs as if drawn by lot, always the same ones.
    fn drawn(alphabet: Alphabet, count: usize) -> String {
        let signs: Vec<char> =
            (b'0'..=b'z').filter(|b| b.is_ascii_alphanumeric() && alphabet.has(*b)).map(char::from).collect();
        let mut state = 7u32;
        (0..count)
            .map(|_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                signs[(state >> 16) as usize % signs.len()]
            })
            .collect()
    }

    fn vendors() -> impl Iterator<Item = &'static Vendor> {
        VENDORS.into_iter().flatten()
    }

    #[test]
    fn there_are_more_than_two_hundred_kinds_and_none_twice() {
        let mut fixed: Vec<&str> = vendors().map(|vendor| vendor.fixed).collect();
        assert!(fixed.len() > 200, "{}", fixed.len());
        fixed.sort_unstable();
        assert!(fixed.is_sorted_by(|a, b| a < b), "one stands twice");
    }

    #[test]
    fn a_key_of_every_vendor_is_found_whole() {
        let detector = Detector::new();
        for vendor in vendors() {
            let key =
                drawn(vendor.alphabet, vendor.before) + vendor.fixed + &drawn(vendor.alphabet, vendor.fewest);
            let text = format!("please look at {key} today");
            let found: Vec<_> =
                detector.detect(&text).into_iter().map(|f| (f.kind, f.start, f.end)).collect();
            assert_eq!(found, [("secret_key", 15, 15 + key.len())], "{text}");
        }
    }

    #[test]
    fn a_placeholder_or_a_stump_of_a_key_is_none() {
        let detector = Detector::new();
        // What ends with a sign is a cue besides.
        let by_form = |vendor: &&Vendor| {
            vendor.before == 0 && vendor.fewest > 15 && !vendor.fixed.ends_with(['=', ':'])
        };
        for vendor in vendors().filter(by_form) {
            for body in ["x".repeat(vendor.fewest), drawn(vendor.alphabet, vendor.fewest / 3)] {
                let text = format!("please look at {}{body} today", vendor.fixed);
                assert!(detector.detect(&text).iter().all(|f| f.kind != "secret_key"), "{text}");
            }
        }
    }
}
