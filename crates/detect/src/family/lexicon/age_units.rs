//! How ages are written behind their number.

/// What stands behind a number of years.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// "Years old", "Jahre alt": an age, whosever.
    Age,
    /// "Ans", "años": an age when somebody has so many.
    Years,
}

/// The longest first where one begins another.
const UNITS: &[(Unit, &[&str])] = &[
    (
        Unit::Age,
        &[
            "years old",
            "year olds",
            "year old",
            "years-old",
            "year-old",
            "years young",
            "years of age",
            "yrs old",
            "yr old",
            "y/o",
            "yo",
            "y.o.",
            "jahre alt",
            "jahre jung",
            "jahrige",
            "jahriger",
            "jahriges",
            "jahrigen",
            "ans et demi",
            "anos de edad",
            "anos de idade",
            "anni di eta",
            "jaar oud",
            "jarige",
            "letni",
            "letnia",
            "letnie",
            "lat i",
            "ar gammal",
            "arig",
            "arige",
            "yasindayim",
            "yasinda",
            "yasindaki",
            "months old",
            "month old",
            "monate alt",
        ],
    ),
    (
        Unit::Years,
        &["years", "jahre", "ans", "anos", "anni", "jaar", "lat", "lata", "ar", "mesi", "mois", "meses"],
    ),
];

/// The unit behind a number that ends at `end`, and where it ends.
pub(super) fn unit_after(bytes: &[u8], end: usize) -> Option<(Unit, usize)> {
    let gap = usize::from(matches!(bytes.get(end), Some(b' ' | b'-')));
    let rest = &bytes[end + gap..];
    // What the units begin with.
    let &[first, second, ..] = rest else { return None };
    if !matches!(
        [first | 0x20, second | 0x20],
        [b'y', b'e' | b'r' | b'o' | b'a' | b'/' | b'.']
            | [b'j' | b'l', b'a']
            | [b'a', b'n' | b'r']
            | [b'm', b'o' | b'e']
    ) {
        return None;
    }
    let fits = |word: &&str| {
        rest.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word.as_bytes()))
            && rest.get(word.len()).is_none_or(|b| !b.is_ascii_alphanumeric())
    };
    UNITS.iter().find_map(|(unit, words)| {
        words
            .iter()
            .filter(|word| fits(word))
            .map(|word| word.len())
            .max()
            .map(|length| (*unit, end + gap + length))
    })
}
