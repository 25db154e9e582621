//! Names, addresses and telephone numbers.

use super::Dice;
use crate::{canonical::canonical, date::in_case_of};
use aws_lc_rs::hmac;

const GIVEN: [&str; 64] = [
    "Ada", "Alba", "Anton", "Aria", "Arno", "Astrid", "Basil", "Bea", "Bruno", "Carla", "Casper", "Cleo",
    "Cora", "Dario", "Delia", "Edda", "Elio", "Elsa", "Emil", "Enzo", "Fabio", "Fay", "Felix", "Flora",
    "Gino", "Greta", "Hanno", "Hedda", "Hugo", "Ida", "Ines", "Iris", "Ivo", "Jarl", "Jonas", "Juno", "Kai",
    "Karla", "Lars", "Leni", "Lino", "Lorna", "Luca", "Mara", "Milo", "Mina", "Nico", "Nora", "Odo", "Olga",
    "Orla", "Otto", "Petra", "Pia", "Remo", "Rosa", "Silvan", "Sven", "Tara", "Theo", "Ulla", "Vera", "Wim",
    "Zita",
];

const SURNAMES: [&str; 64] = [
    "Abel", "Adler", "Alder", "Arden", "Ashby", "Barlow", "Berger", "Birch", "Bloom", "Brandt", "Brook",
    "Carver", "Castle", "Clay", "Cole", "Dahl", "Dale", "Drake", "Eder", "Elm", "Falk", "Fenn", "Field",
    "Finch", "Flint", "Forst", "Frost", "Gale", "Glen", "Grove", "Hale", "Hart", "Hazel", "Heath", "Holm",
    "Hume", "Ives", "Kern", "Lake", "Lark", "Linden", "Lowe", "Marsh", "Mead", "Moor", "Nash", "Noll",
    "Oakes", "Palm", "Penn", "Quill", "Reed", "Ridge", "Rowan", "Sands", "Shaw", "Stone", "Thorn", "Vale",
    "Vogt", "Ward", "Wells", "Winter", "Wren",
];

/// Words in names that are nobody's name.
const KEPT: [&str; 26] = [
    "mr", "mrs", "ms", "miss", "dr", "prof", "herr", "frau", "sr", "sra", "mme", "pan", "pani", "von", "van",
    "de", "der", "den", "del", "della", "di", "da", "dos", "du", "la", "zu",
];

/// The name with every word changed by itself: surnames where a given name stands before them.
pub(super) fn person(key: &hmac::Key, value: &str, attempt: u8) -> String {
    let mut out = String::with_capacity(value.len());
    let mut names = 0;
    for piece in value.split_inclusive(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’' | '-')) {
        let word = piece.trim_end_matches(|c: char| !c.is_alphanumeric());
        let folded = canonical("person", word);
        if word.is_empty() || KEPT.contains(&folded.as_str()) {
            out.push_str(piece);
            continue;
        }
        let seed = format!("{folded}{}", "+".repeat(usize::from(attempt)));
        let from = if names == 0 { &GIVEN } else { &SURNAMES };
        let name = Dice::new(key, "name", seed).pick(from);
        let like_lower = word.chars().all(|c| !c.is_uppercase());
        out.push_str(&if like_lower { name.to_lowercase() } else { in_case_of(word, name) });
        out.push_str(&piece[word.len()..]);
        names += 1;
    }
    out
}

pub(super) fn email(dice: &mut Dice<'_>) -> String {
    format!("{}.{}@example.com", dice.word(3), dice.word(3))
}

pub(super) fn handle(value: &str, dice: &mut Dice<'_>) -> String {
    let at = if value.starts_with('@') { "@" } else { "" };
    format!("{at}{}_{}", dice.word(3), dice.word(3))
}

pub(super) fn address(dice: &mut Dice<'_>) -> String {
    const STREETS: [&str; 16] = [
        "Alder", "Aspen", "Beech", "Birch", "Cedar", "Elder", "Hawthorn", "Hazel", "Juniper", "Larch",
        "Linden", "Maple", "Poplar", "Rowan", "Spruce", "Willow",
    ];
    const WAYS: [&str; 4] = ["Lane", "Street", "Road", "Way"];
    let number = dice.roll(180) + 1;
    let (street, way) = (dice.pick(&STREETS), dice.pick(&WAYS));
    let town = dice.word(2);
    format!("{number} {street} {way}, {}ton", in_case_of("Aa", &town))
}

/// A number of a range that its regulator keeps for drama, by the country that the value is of.
///
/// Sources: Ofcom, "Numbers for drama"; Bundesnetzagentur, "Drama numbers"; ARCEP, décision 2018-0881; NANPA,
/// 555-0100 to 555-0199.
pub(super) fn phone(value: &str, dice: &mut Dice<'_>) -> String {
    let digits: String = value.chars().filter(char::is_ascii_digit).collect();
    let international = value.trim_start().starts_with('+') || digits.starts_with("00");
    let country = digits.trim_start_matches('0');
    let two = |dice: &mut Dice<'_>| format!("{}{}", dice.digit(), dice.digit());
    match country.get(..2) {
        Some("44") if international => format!("+44 7700 900{}{}", two(dice), dice.digit()),
        Some("49") if international => {
            const RANGES: [&str; 5] = ["30 23125", "40 66969", "69 90009", "89 99998", "221 4710"];
            let range = dice.pick(&RANGES);
            format!("+49 {range} {}{}", two(dice), dice.digit())
        }
        Some("33") if international => {
            const RANGES: [&str; 6] = ["1 99 00", "2 61 91", "3 53 01", "4 65 71", "5 36 49", "6 39 98"];
            let range = dice.pick(&RANGES);
            format!("+33 {range} {} {}", two(dice), two(dice))
        }
        _ => {
            const AREAS: [&str; 16] = [
                "202", "206", "212", "213", "303", "305", "312", "404", "415", "503", "512", "602", "615",
                "617", "702", "808",
            ];
            let area = dice.pick(&AREAS);
            format!("+1 {area} 555 01{}", two(dice))
        }
    }
}
