use crate::marked::{check, check_clean, check_with};
use aside_detect::Detector;

#[test]
fn an_international_number_is_found() {
    check(&[
        "‹phone!:+49 30 1234567›",
        "‹phone!:+1-984-182-0190›",
        "‹phone!:+1 (212) 555-0198›",
        "‹phone!:+447700921916› bye",
        "‹phone!:+46 (0)8 928 571 38›",
        "‹phone!:0049 30 1234567›",
        "‹phone!:001-518-640-0854›",
        "‹phone!:(+49) 171 1234567›",
        "‹phone!:+41 79 123 45 67›",
        "‹phone!:+33 6 12 34 56 78›",
        "‹phone!:+1-903-140-4508x769›",
        "‹phone!:+33612345678›",
    ]);
    check_clean(&["+999 123 4567", "+49 12"]);
}

#[test]
fn an_order_number_behind_a_phone_number_is_not_eaten() {
    check(&[
        "‹phone!:+41 79 123 45 67› 12345",
        "‹phone!:+1 212 555 0198› 4711",
        "‹phone!:+49 30 1234567›, order 5678",
    ]);
}

#[test]
fn a_national_number_needs_a_cue_a_region_or_an_unmistakable_form() {
    check(&[
        "‹phone:(212) 555-0198›",
        "‹phone:905-674-3793›",
        "call me on ‹phone:9472 7916›",
        "Phone:\n‹phone:60-56-85-91›",
        "Telefon ‹phone:030 1234567›",
        "mon portable ‹phone:06 12 34 56 78›",
        "mi móvil es ‹phone:612 345 678›",
        "cellulare ‹phone:333 1234567›",
        "my phone is ‹phone:5551234›",
        "moj numer ‹phone:512 345 678›",
        "‹phone:0171 2345 678›",
    ]);
    check_clean(&[
        "ticket 2125550198",
        "order 212-555-0198",
        "2125550198",
        "30 1234567",
        "call 24 7",
        "costs $2125550",
    ]);
}

#[test]
fn a_region_makes_its_national_form_expected() {
    let germany = Detector::builder().regions(["DE".parse().unwrap()]).build();
    check_with(&germany, &["‹phone:030 1234567›", "‹phone:01711234567›", "Auftrag 01711234567"]);
    let spain = Detector::builder().regions(["ES".parse().unwrap()]).build();
    check_with(&spain, &["‹phone:612 345 678›", "‹phone?:612345678›"]);
}
