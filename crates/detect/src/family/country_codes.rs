//! Country calling codes (ITU-T E.164) with the lengths of national numbers that are in use.

/// A calling code, and the fewest and most digits that follow it.
#[derive(Clone, Copy)]
pub(super) struct Plan {
    pub(super) code: u16,
    pub(super) fewest: u8,
    pub(super) most: u8,
}

const fn plan(code: u16, fewest: u8, most: u8) -> Plan {
    Plan { code, fewest, most }
}

/// Plans whose lengths are known, sorted by code.
const PLANS: &[Plan] = &[
    plan(1, 10, 10),
    plan(7, 10, 10),
    plan(20, 8, 10),
    plan(27, 9, 9),
    plan(30, 10, 10),
    plan(31, 9, 9),
    plan(32, 8, 9),
    plan(33, 9, 9),
    plan(34, 9, 9),
    plan(36, 8, 9),
    plan(39, 8, 11),
    plan(40, 9, 9),
    plan(41, 9, 9),
    plan(43, 7, 12),
    plan(44, 9, 10),
    plan(45, 8, 8),
    plan(46, 7, 10),
    plan(47, 8, 8),
    plan(48, 9, 9),
    plan(49, 7, 11),
    plan(51, 8, 9),
    plan(52, 10, 11),
    plan(53, 8, 8),
    plan(54, 10, 11),
    plan(55, 10, 11),
    plan(56, 9, 9),
    plan(57, 8, 10),
    plan(58, 10, 10),
    plan(60, 8, 10),
    plan(61, 9, 9),
    plan(62, 8, 12),
    plan(63, 8, 10),
    plan(64, 8, 10),
    plan(65, 8, 8),
    plan(66, 8, 9),
    plan(81, 9, 10),
    plan(82, 8, 10),
    plan(84, 9, 10),
    plan(86, 10, 11),
    plan(90, 10, 10),
    plan(91, 10, 10),
    plan(92, 9, 10),
    plan(93, 9, 9),
    plan(94, 9, 9),
    plan(95, 7, 10),
    plan(98, 10, 10),
    plan(212, 9, 9),
    plan(213, 8, 9),
    plan(216, 8, 8),
    plan(234, 8, 10),
    plan(254, 9, 9),
    plan(350, 8, 8),
    plan(351, 9, 9),
    plan(352, 6, 9),
    plan(353, 7, 9),
    plan(354, 7, 7),
    plan(355, 8, 9),
    plan(356, 8, 8),
    plan(357, 8, 8),
    plan(358, 6, 11),
    plan(359, 8, 9),
    plan(370, 8, 8),
    plan(371, 8, 8),
    plan(372, 7, 8),
    plan(373, 8, 8),
    plan(374, 8, 8),
    plan(375, 9, 9),
    plan(376, 6, 6),
    plan(377, 8, 9),
    plan(380, 9, 9),
    plan(381, 8, 9),
    plan(382, 8, 8),
    plan(383, 8, 8),
    plan(385, 8, 9),
    plan(386, 8, 8),
    plan(387, 8, 8),
    plan(389, 8, 8),
    plan(420, 9, 9),
    plan(421, 9, 9),
    plan(423, 7, 7),
    plan(852, 8, 8),
    plan(853, 8, 8),
    plan(886, 8, 9),
    plan(961, 7, 8),
    plan(962, 8, 9),
    plan(965, 8, 8),
    plan(966, 8, 9),
    plan(968, 8, 8),
    plan(970, 9, 9),
    plan(971, 8, 9),
    plan(972, 8, 9),
    plan(973, 8, 8),
    plan(974, 8, 8),
    plan(977, 8, 10),
    plan(994, 9, 9),
    plan(995, 9, 9),
    plan(998, 9, 9),
];

/// Whether the three-digit code is given out, for those without a plan above.
const fn is_assigned(code: u16) -> bool {
    matches!(code, 211..=213 | 216 | 218 | 220..=269 | 290 | 291 | 297..=299 | 350..=359 | 370..=378 | 380..=383
        | 385..=387 | 389 | 420 | 421 | 423 | 500..=509 | 590..=599 | 670 | 672..=683 | 685..=692 | 800 | 808 | 850
        | 852 | 853 | 855 | 856 | 870 | 878 | 880..=883 | 886 | 888 | 960..=968 | 970..=977 | 979 | 992..=996 | 998)
}

/// The plan of an international number without its `+` or `00`.
pub(super) fn plan_of(digits: &[u8]) -> Option<Plan> {
    let mut code = 0;
    for digit in digits.iter().take(3) {
        code = code * 10 + u16::from(digit - b'0');
        if let Ok(i) = PLANS.binary_search_by_key(&code, |plan| plan.code) {
            return Some(PLANS[i]);
        }
    }
    (code > 99 && is_assigned(code)).then_some(plan(code, 6, 11))
}

/// How numbers are written within a country.
#[derive(Clone, Copy)]
pub(super) struct Home {
    /// What is dialled before the area code, `0` or nothing.
    pub(super) trunk: bool,
    /// Digits without the trunk zero.
    pub(super) fewest: usize,
    pub(super) most: usize,
}

/// The home form of a region, where it is known.
pub(super) fn home(region: &str) -> Option<Home> {
    let (trunk, fewest, most) = match region {
        "DE" => (true, 7, 11),
        "AT" => (true, 7, 12),
        "BE" | "RS" | "HR" => (true, 8, 9),
        "SE" | "IE" | "BG" => (true, 7, 9),
        "FI" => (true, 6, 10),
        "TR" | "IN" => (true, 10, 10),
        "GB" | "JP" => (true, 9, 10),
        "FR" | "CH" | "NL" | "AU" | "ZA" | "RO" | "UA" | "SK" => (true, 9, 9),
        "US" | "CA" | "GR" | "MX" => (false, 10, 10),
        "IT" => (false, 8, 11),
        "ES" | "PT" | "PL" | "CZ" => (false, 9, 9),
        "DK" | "NO" | "SG" | "HK" | "LV" | "LT" | "CY" | "MT" => (false, 8, 8),
        "HU" => (false, 8, 9),
        "BR" => (false, 10, 11),
        "LU" => (false, 6, 9),
        "EE" => (false, 7, 8),
        _ => return None,
    };
    Some(Home { trunk, fewest, most })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_plans_are_sorted_and_every_country_has_one() {
        assert!(PLANS.windows(2).all(|pair| pair[0].code < pair[1].code));
        assert_eq!(plan_of(b"4915112345678").unwrap().code, 49);
        assert_eq!(plan_of(b"2605551234").unwrap().code, 260);
        assert!(plan_of(b"9995551234").is_none());
    }
}
