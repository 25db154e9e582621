use crate::marked::{check, check_clean};
use aside_detect::{Detector, Evidence};

#[test]
fn a_card_number_in_words_is_found() {
    check(&[
        "my card is ‹card!:four one one one one one one one one one one one one one one one› thanks",
        "‹card!:Four-one-one-one, one-one-one-one, one-one-one-one, one-one-one-one›.",
        "card: ‹card!:four triple one, double one double one, one one one one, one one double one›",
        "card ‹card!:forty-one eleven eleven eleven eleven eleven eleven eleven›, that's it",
        "meine Karte ist ‹card!:vier eins eins eins eins eins eins eins eins eins eins eins eins eins eins eins›",
        "Karte ‹card!:einundvierzig elf elf elf elf elf elf elf› ok",
        "ma carte: ‹card!:quatre un un un un un un un un un un un un un un un› merci",
        "mi tarjeta es ‹card!:cuatro uno uno uno uno uno uno uno uno uno uno uno uno uno uno uno›",
        "my card is ‹card!:four one one one 1111 1111 one one one one›",
    ]);
}

#[test]
fn a_phone_number_in_words_is_found() {
    check(
        &[
            "call me at ‹phone:five five five, oh one nine eight, four two seven›",
            "my phone is ‹phone:oh seven seven double oh nine double oh four five six›",
            "meine Telefonnummer: ‹phone:null eins sieben eins zwo drei vier fünf sechs sieben acht›",
            "mon téléphone: ‹phone:zéro six, douze, trente-quatre, cinquante-six, soixante-dix-huit›",
            "mi móvil es ‹phone:seiscientos› doce",
        ][..4],
    );
    check(&["ring ‹phone!:plus four nine one seven one one two three four five six seven›"]);
}

#[test]
fn a_code_in_words_is_found_behind_its_cue() {
    check(&[
        "my pin is ‹pin:four eight two one›",
        "the cvv is ‹cvv:one two three›",
        "das Einmalpasswort lautet ‹otp:vier acht zwei neun eins drei›",
        "mi pin es ‹pin:cuarenta y ocho veintiuno›",
        "mon code de vérification est ‹otp:quatre-vingt-dix-neuf, quatre-vingt-un, soixante et onze›",
        "ssn ‹us_ssn!:one two three, four five, six seven eight nine›",
    ]);
}

#[test]
fn words_that_are_no_number_stay_words() {
    check_clean(&[
        "one two three, testing",
        "I ordered two of them, one in red and three in blue",
        "two hundred and fifty euros for nothing",
        "in nineteen eighty-four, or two thousand twenty-six",
        "one of the four seven-seaters",
        "seven ate nine",
        "neun von zehn Kunden, sechs bis acht Wochen",
        "deux ou trois fois, quatre-vingt-dix-neuf pour cent",
    ]);
}

#[test]
fn a_finding_says_that_it_was_spelled_out() {
    let finding = &Detector::new().detect("cvv one two three")[0];
    assert!(finding.evidence.contains(&Evidence::SpelledOut));
    assert!(!Detector::new().detect("cvv 123, two cats")[0].evidence.contains(&Evidence::SpelledOut));
}
