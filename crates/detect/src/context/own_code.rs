//! The one-time codes that we sent ourselves: their digits are nothing else, wherever they appear.

use crate::{Certainty, Evidence, Finding, page::Page};
use aside_taxonomy::DataType;

/// The lengths that codes have.
const LENGTHS: std::ops::RangeInclusive<usize> = 4..=10;

/// Where the digits of own codes stand: alone, or in up to three groups with one sign between each two.
pub(super) fn codes(text: &str, is_own: &dyn Fn(&str) -> bool) -> Vec<Finding> {
    let page = Page::new(text, &[]);
    let mut found = Vec::new();
    for first in 0..page.groups.len() {
        let mut digits = String::new();
        for last in first..page.groups.len().min(first + 3) {
            let close = last == first
                || (page.gap(last - 1).len() == 1 && !page.gap(last - 1)[0].is_ascii_alphabetic());
            let group = page.digits(last);
            if !close || digits.len() + group.len() > *LENGTHS.end() {
                break;
            }
            digits.extend(group.iter().map(|digit| char::from(*digit)));
            if LENGTHS.contains(&digits.len()) && is_own(&digits) {
                let (start, end) = page.folded.original(page.groups[first].start, page.groups[last].end);
                found.push(Finding {
                    data_type: DataType::CredOtp,
                    kind: "otp",
                    start,
                    end,
                    score: 0.99,
                    certainty: Certainty::Certain,
                    evidence: vec![Evidence::OwnCode],
                });
            }
        }
    }
    found
}
