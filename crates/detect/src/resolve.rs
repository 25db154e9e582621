//! Which of two overlapping findings stays.

use crate::Finding;
use std::{cmp::Reverse, collections::BTreeMap};

/// The kinds from strongest to weakest: where findings overlap, the kind that stands first here
/// stays. What must never be missed stands before what may be; what check digits prove stands
/// before what a pattern suggests; a date takes only what nobody else wants.
pub const ORDER: &[&str] = &[
    "private_key",
    "secret_key",
    "card",
    "imei",
    "iban",
    "us_ssn",
    "us_itin",
    "cvv",
    "pin",
    "otp",
    "password",
    "card_expiry",
    "card_last4",
    "email",
    "mac",
    "vin",
    "url",
    "ipv6",
    "ipv4",
    "dob",
    "address",
    "phone",
    "fax",
    "postcode",
    "person",
    "domain",
    "date",
];

fn rank(kind: &str) -> usize {
    ORDER.iter().position(|k| *k == kind).unwrap_or(ORDER.len())
}

pub(crate) fn without_overlaps(mut findings: Vec<Finding>) -> Vec<Finding> {
    if findings.len() < 2 {
        return findings;
    }
    findings.sort_by_key(|f| (rank(f.kind), Reverse(f.certainty), Reverse(f.end - f.start), f.start));
    let mut kept: BTreeMap<usize, Finding> = BTreeMap::new();
    for finding in findings {
        let free = kept.range(..finding.end).next_back().is_none_or(|(_, other)| other.end <= finding.start);
        if free {
            kept.insert(finding.start, finding);
        }
    }
    kept.into_values().collect()
}
