//! Which of two overlapping findings stays.

use crate::{Certainty, Evidence, Finding};
use std::{cmp::Reverse, collections::BTreeMap};

/// The kinds from strongest to weakest: where findings overlap, the kind that stands first here
/// stays. What must never be missed stands before what may be; what check digits prove stands
/// before what a pattern suggests; a date takes only what nobody else wants.
pub const ORDER: &[&str] = &[
    "private_key",
    "secret_key",
    "connection_string",
    "seed_phrase",
    "track",
    "card",
    "imei",
    "iban",
    "btc",
    "eth",
    "ltc",
    "doge",
    "bch",
    "xrp",
    "trx",
    "xmr",
    "ada",
    "dash",
    "zec",
    "xlm",
    "atom",
    "sol",
    "us_account",
    "uk_account",
    "bank_account",
    "us_ssn",
    "us_itin",
    "cvv",
    "pin",
    "otp",
    "recovery_code",
    "password",
    "security_answer",
    "card_expiry",
    "card_last4",
    "bic",
    "insurance_claim",
    "customer_no",
    "booking_ref",
    "case_ref",
    "email",
    "mac",
    "vin",
    "url",
    "ipv6",
    "ipv4",
    "coordinates",
    "dob",
    "address",
    "phone",
    "fax",
    "postcode",
    "handle",
    "cardholder",
    "username",
    "person",
    "domain",
    "date",
];

/// The place of a finding's kind in the order. What a brand calls its own is not taken for a telephone number or a
/// date, but never hides a card, an account or an id that check digits prove.
pub(crate) fn rank(finding: &Finding) -> usize {
    let of = |kind: &str| ORDER.iter().position(|k| *k == kind).unwrap_or(ORDER.len());
    let rank = of(finding.kind);
    if finding.evidence.contains(&Evidence::OwnPattern) { rank.min(of("cvv")) } else { rank }
}

/// What findings are sorted by: the strongest first.
pub(crate) fn strength(f: &Finding) -> (usize, Reverse<Certainty>, Reverse<usize>, usize) {
    (rank(f), Reverse(f.certainty), Reverse(f.end - f.start), f.start)
}

pub(crate) fn without_overlaps(mut findings: Vec<Finding>) -> Vec<Finding> {
    if findings.len() < 2 {
        return findings;
    }
    findings.sort_by_key(strength);
    let mut kept: BTreeMap<usize, Finding> = BTreeMap::new();
    for finding in findings {
        let free = kept.range(..finding.end).next_back().is_none_or(|(_, other)| other.end <= finding.start);
        if free {
            kept.insert(finding.start, finding);
        }
    }
    kept.into_values().collect()
}
