//! What an account number looks like within an IBAN, country by country.

/// Country and the structure of its basic bank account number, sorted by country: `8n` is eight digits, `4a` four
/// letters, `16c` sixteen of either (SWIFT IBAN registry, and countries that use the format without being
/// registered).
const STRUCTURES: &[([u8; 2], &str)] = &[
    (*b"AD", "8n12c"),
    (*b"AE", "19n"),
    (*b"AL", "8n16c"),
    (*b"AO", "21n"),
    (*b"AT", "16n"),
    (*b"AZ", "4a20c"),
    (*b"BA", "16n"),
    (*b"BE", "12n"),
    (*b"BF", "2c22n"),
    (*b"BG", "4a6n8c"),
    (*b"BH", "4a14c"),
    (*b"BI", "23n"),
    (*b"BJ", "2c22n"),
    (*b"BR", "8c15n2c"),
    (*b"BY", "4c4n16c"),
    (*b"CF", "23n"),
    (*b"CG", "23n"),
    (*b"CH", "5n12c"),
    (*b"CI", "2a22n"),
    (*b"CM", "23n"),
    (*b"CR", "18n"),
    (*b"CV", "21n"),
    (*b"CY", "8n16c"),
    (*b"CZ", "20n"),
    (*b"DE", "18n"),
    (*b"DJ", "23n"),
    (*b"DK", "14n"),
    (*b"DO", "4c20n"),
    (*b"DZ", "22n"),
    (*b"EE", "16n"),
    (*b"EG", "25n"),
    (*b"ES", "20n"),
    (*b"FI", "14n"),
    (*b"FK", "2a12n"),
    (*b"FO", "14n"),
    (*b"FR", "10n11c2n"),
    (*b"GA", "23n"),
    (*b"GB", "4a14n"),
    (*b"GE", "2a16n"),
    (*b"GI", "4a15c"),
    (*b"GL", "14n"),
    (*b"GQ", "23n"),
    (*b"GR", "7n16c"),
    (*b"GT", "24c"),
    (*b"GW", "2c19n"),
    (*b"HN", "4a20n"),
    (*b"HR", "17n"),
    (*b"HU", "24n"),
    (*b"IE", "4a14n"),
    (*b"IL", "19n"),
    (*b"IQ", "4a15n"),
    (*b"IR", "22n"),
    (*b"IS", "22n"),
    (*b"IT", "1a10n12c"),
    (*b"JO", "4a4n18c"),
    (*b"KM", "23n"),
    (*b"KW", "4a22c"),
    (*b"KZ", "3n13c"),
    (*b"LB", "4n20c"),
    (*b"LC", "4a24c"),
    (*b"LI", "5n12c"),
    (*b"LT", "16n"),
    (*b"LU", "3n13c"),
    (*b"LV", "4a13c"),
    (*b"LY", "21n"),
    (*b"MA", "24n"),
    (*b"MC", "10n11c2n"),
    (*b"MD", "20c"),
    (*b"ME", "18n"),
    (*b"MG", "23n"),
    (*b"MK", "3n10c2n"),
    (*b"ML", "2c22n"),
    (*b"MN", "16n"),
    (*b"MR", "23n"),
    (*b"MT", "4a5n18c"),
    (*b"MU", "4a19n3a"),
    (*b"MZ", "21n"),
    (*b"NE", "2a22n"),
    (*b"NI", "4a20n"),
    (*b"NL", "4a10n"),
    (*b"NO", "11n"),
    (*b"OM", "3n16c"),
    (*b"PK", "4a16c"),
    (*b"PL", "24n"),
    (*b"PS", "4a21c"),
    (*b"PT", "21n"),
    (*b"QA", "4a21c"),
    (*b"RO", "4a16c"),
    (*b"RS", "18n"),
    (*b"RU", "14n15c"),
    (*b"SA", "2n18c"),
    (*b"SC", "4a20n3a"),
    (*b"SD", "14n"),
    (*b"SE", "20n"),
    (*b"SI", "15n"),
    (*b"SK", "20n"),
    (*b"SM", "1a10n12c"),
    (*b"SN", "2a22n"),
    (*b"SO", "19n"),
    (*b"ST", "21n"),
    (*b"SV", "4a20n"),
    (*b"TD", "23n"),
    (*b"TG", "2a22n"),
    (*b"TL", "19n"),
    (*b"TN", "20n"),
    (*b"TR", "6n16c"),
    (*b"UA", "6n19c"),
    (*b"VA", "18n"),
    (*b"VG", "4a16n"),
    (*b"XK", "16n"),
    (*b"YE", "4a4n18c"),
];

/// How many letters there are.
const LETTERS: usize = 26;

/// Where a country's structure stands, one further on; nothing where there is none.
static PLACES: [[u8; LETTERS]; LETTERS] = {
    let mut places = [[0; LETTERS]; LETTERS];
    let mut i = 0;
    while i < STRUCTURES.len() {
        let [first, second] = STRUCTURES[i].0;
        places[(first - b'A') as usize][(second - b'A') as usize] = i as u8 + 1;
        i += 1;
    }
    places
};

/// The structure of one country's account numbers, whose letters may be small ones; `None` where there are no IBANs.
pub(super) fn structure(country: [u8; 2]) -> Option<&'static str> {
    let [first, second] = country.map(|letter| usize::from((letter & !0x20).wrapping_sub(b'A')));
    let place = PLACES.get(first)?.get(second)?.checked_sub(1)?;
    Some(STRUCTURES[usize::from(place)].1)
}

/// The parts of a structure: how many signs, and of which class.
fn parts(structure: &str) -> impl Iterator<Item = (usize, u8)> + '_ {
    structure.as_bytes().split_inclusive(u8::is_ascii_alphabetic).filter_map(|part| {
        let (class, digits) = part.split_last()?;
        Some((digits.iter().fold(0, |n, d| n * 10 + usize::from(d - b'0')), *class))
    })
}

/// How many signs a number of this structure has, without country and check digits.
pub(super) fn length(structure: &str) -> usize {
    parts(structure).map(|(count, _)| count).sum()
}

/// Whether digits and letters (upper case) stand where the structure has them.
pub(super) fn fits(structure: &str, signs: &[u8]) -> bool {
    let mut rest = signs;
    for (count, class) in parts(structure) {
        let Some((part, after)) = rest.split_at_checked(count) else { return false };
        let right = match class {
            b'n' => part.iter().all(u8::is_ascii_digit),
            b'a' => part.iter().all(u8::is_ascii_uppercase),
            _ => part.iter().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase()),
        };
        if !right {
            return false;
        }
        rest = after;
    }
    rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_sorted_so_that_it_can_be_searched() {
        assert!(STRUCTURES.is_sorted_by_key(|(country, _)| *country));
        assert_eq!(structure(*b"DE"), Some("18n"));
        assert_eq!(structure(*b"XX"), None);
    }

    #[test]
    fn no_number_is_longer_than_the_standard_allows() {
        assert!(STRUCTURES.iter().all(|(_, structure)| (11..=30).contains(&length(structure))));
    }

    #[test]
    fn letters_stand_only_where_the_country_has_them() {
        assert!(fits("4a14n", b"NWBK60161331926819"));
        assert!(!fits("4a14n", b"NWB160161331926819"));
        assert!(!fits("18n", b"37040044053201300"));
        assert!(!fits("18n", b"3704004405320130000"));
    }
}
