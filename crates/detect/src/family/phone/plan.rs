//! What is known of a country's telephone numbers.

use super::plans::{HOMES, PLANS};
use crate::Region;

/// A calling code with the national numbers that it has: ITU-T E.164.
#[derive(Clone, Copy)]
pub(super) struct Plan {
    pub(super) code: u16,
    /// Bit n: there are numbers of n digits, less the trunk prefix.
    lengths: u16,
    /// Bit n: there are numbers that begin with the two digits n.
    heads: u128,
}

/// A region's calling code, and what is dialled there before a national number.
#[derive(Clone, Copy)]
pub(super) struct Home {
    region: &'static str,
    code: u16,
    pub(super) trunk: &'static str,
}

impl Plan {
    pub(super) const fn new(code: u16, lengths: u16, heads: u128) -> Self {
        Self { code, lengths, heads }
    }

    /// How many digits the calling code has.
    pub(super) const fn code_len(self) -> usize {
        match self.code {
            0..=9 => 1,
            10..=99 => 2,
            _ => 3,
        }
    }

    pub(super) const fn has_length(self, digits: usize) -> bool {
        digits < 16 && self.lengths & (1 << digits) != 0
    }

    /// Whether two digits begin a number that can have been given out.
    pub(super) fn has_head(self, digits: &[u8]) -> bool {
        let [a, b, ..] = *digits else { return false };
        self.heads & (1 << ((a - b'0') * 10 + (b - b'0'))) != 0
    }

    pub(super) fn fits(self, national: &[u8]) -> bool {
        self.has_length(national.len()) && self.has_head(national)
    }
}

impl Home {
    pub(super) const fn new(region: &'static str, code: u16, trunk: &'static str) -> Self {
        Self { region, code, trunk }
    }

    /// The national plan behind the trunk prefix.
    pub(super) fn plan(self) -> Option<Plan> {
        with_code(self.code)
    }

    /// Whether people leave the trunk prefix out where they write to each other; in the other
    /// countries it is part of the number.
    pub(super) fn may_drop_trunk(self) -> bool {
        matches!(
            self.region,
            "BR" | "RU"
                | "KZ"
                | "US"
                | "CA"
                | "IN"
                | "CN"
                | "MX"
                | "CO"
                | "PE"
                | "AR"
                | "VE"
                | "PK"
                | "PH"
                | "LT"
                | "MN"
        )
    }
}

fn with_code(code: u16) -> Option<Plan> {
    PLANS.binary_search_by_key(&code, |plan| plan.code).ok().map(|i| PLANS[i])
}

/// The plan of an international number without its `+` or `00`.
pub(super) fn plan_of(digits: &[u8]) -> Option<Plan> {
    let mut code = 0;
    // No calling code begins another one.
    for digit in digits.iter().take(3) {
        code = code * 10 + u16::from(digit - b'0');
        if let Some(plan) = with_code(code) {
            return Some(plan);
        }
    }
    None
}

/// The home form of a region, where there is such a region.
pub(super) fn home(region: Region) -> Option<Home> {
    HOMES.binary_search_by_key(&region.code(), |home| home.region).ok().map(|i| HOMES[i])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted_and_no_calling_code_begins_another() {
        assert!(PLANS.windows(2).all(|pair| pair[0].code < pair[1].code));
        assert!(HOMES.windows(2).all(|pair| pair[0].region < pair[1].region));
        for plan in PLANS {
            assert_eq!(plan_of(plan.code.to_string().as_bytes()).unwrap().code, plan.code);
        }
    }

    #[test]
    fn every_region_has_a_plan() {
        assert!(HOMES.len() > 200);
        for home in HOMES {
            assert!(home.plan().is_some(), "{}", home.region);
        }
    }

    #[test]
    fn lengths_and_first_digits_are_those_of_the_country() {
        let germany = plan_of(b"49").unwrap();
        assert!(germany.fits(b"15112345678"));
        assert!(!germany.has_length(13));
        let denmark = plan_of(b"45").unwrap();
        assert!(denmark.fits(b"32123456") && !denmark.fits(b"321234567"));
        assert!(plan_of(b"999").is_none());
    }
}
