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

#[test]
fn international_numbers_of_every_part_of_the_world_are_found() {
    check(&[
        "‹phone!:+55 11 91234-5678›",
        "‹phone!:+91 98765 43210›",
        "‹phone!:+61 412 345 678›",
        "‹phone!:+52 55 1234 5678›",
        "‹phone!:+86 138 1234 5678›",
        "‹phone!:+81 90-1234-5678›",
        "‹phone!:+7 (912) 345-67-89›",
        "‹phone!:+971 50 123 4567›",
        "‹phone!:+234 803 123 4567›",
        "‹phone!:+354 612 3456›",
        "‹phone!:+353 85 123 4567›",
        "‹phone!:+39 06 1234567›",
        "‹phone!:+39 347 123 4567›",
        "‹phone!:+48 512 345 678›",
        "‹phone!:+43 664 1234567›",
        "‹phone!:+351 912 345 678›",
        "‹phone!:011 44 20 7946 0958›",
        "Tel.‹phone!:+49-30-1234567›, fax ‹fax!:+49-30-1234568›",
        "‹phone!:+49(0)30 1234567›",
        "whatsapp ‹phone:5511912345678› por favor",
        "📞‹phone!:+44 20 7946 0958›",
        "‹phone!:+49 171 1234567› 24/7",
    ]);
    check_clean(&[
        "+1 from me",
        "1+1 2125550198",
        "+100 000 000 people",
        "A+ 4 you",
        "+2 24 48 12",
        "0012345678901234567",
    ]);
}

#[test]
fn typical_national_forms_are_found_without_a_cue() {
    check(&[
        "‹phone:06 12 34 56 78› merci",
        "‹phone:06.12.34.56.78›",
        "‹phone?:07700 900123›",
        "‹phone:020 7946 0958›",
        "‹phone:079 123 45 67›",
        "‹phone?:0171/1234567›",
        "‹phone:(030) 1234567›",
        "‹phone:(11) 91234-5678›",
        "‹phone:11 91234-5678›",
        "‹phone:(11) 3123-4567›",
        "‹phone?:91 123 45 67›",
        "‹phone:0412 345 678›",
        "‹phone:(08) 8747 6301›",
        "‹phone:090-1234-5678›",
        "‹phone:8 (912) 345-67-89›",
        "‹phone?:138 1234 5678›",
        "‹phone:212.555.0198›",
        "‹phone?:123-456-7890›",
        "‹phone?:(123) 456-7890›",
        "‹phone!:+1 212-555-0134›,12345#",
        "‹phone:1-212-555-0198›",
        "‹phone:(212) 555-0198 ext. 12›",
        "‹phone:06-30 123 4567›",
        "‹phone:0532 123 45 67›",
    ]);
}

#[test]
fn a_short_local_number_needs_a_word_for_telephones() {
    check(&[
        "phone ‹phone:467 3395›",
        "Tel.: ‹phone:123456›",
        "my number is ‹phone:555-0198›",
        "‹phone:555-0198› is my number",
        "call ‹phone:5550198› after six",
        "please call me back on ‹phone:0301234567›, order 5678",
        "Fax: ‹fax:030 1234567›",
        "‹phone?:0171 1234567› oder ‹phone?:030 7654321›",
        "Handy ‹phone:0171 1234567› / ‹phone:030 7654321›",
        "reach me at ‹phone:0171 1234567› 24/7",
    ]);
    check_clean(&[
        "467 3395",
        "call 911",
        "call me at 10:30",
        "phone 12 pro max 256",
        "called 3 times, waited 45 minutes",
        "I called on Monday, the bill is 1234567 EUR",
        "call me 0800-1700",
        "office 2019-2024",
    ]);
}

#[test]
fn times_scores_prices_draws_and_orders_are_no_numbers_to_call() {
    check_clean(&[
        "05 12 23 34 45",
        "1 234 567 890",
        "12 345 678",
        "$1,234,567.89",
        "0.123.456",
        "6-4 7-5 6-3",
        "tracking 0123 456 789 012",
        "EAN 4006381333931",
        "order no 0171 1234567",
        "2024-2025 season",
        "01-02-03-04",
        "version 12.34.56.78.90",
        "1920x1080 3840x2160",
        "9 am - 5 pm 7 days",
        "ID 07700900123",
        "part no 020-1234-5678",
        "512 345 678",
        "550 123-4567-890 1",
    ]);
}

#[test]
fn regions_of_four_continents_make_their_forms_expected() {
    for (region, text) in [
        ("FR", "‹phone:0612345678›"),
        ("GB", "‹phone:07700900123›"),
        ("PL", "‹phone:512 345 678›"),
        ("DK", "‹phone:20 12 34 56›"),
        ("US", "‹phone?:2125550198›"),
        ("IN", "‹phone?:9876543210›"),
        ("HU", "‹phone:06301234567›"),
        ("BR", "‹phone?:11912345678›"),
        ("PT", "‹phone:912 345 678›"),
        ("AU", "‹phone:0412345678›"),
        ("JP", "‹phone:09012345678›"),
        ("ZA", "‹phone:0821234567›"),
        ("IT", "‹phone?:3471234567›"),
        ("AT", "‹phone:06641234567›"),
    ] {
        let detector = Detector::builder().regions([region.parse().unwrap()]).build();
        check_with(&detector, &[text]);
    }
    let germany = Detector::builder().regions(["DE".parse().unwrap()]).build();
    check_with(&germany, &["order 01711234567", "17112345678", "it cost 0171123456 EUR"]);
}

#[test]
fn a_bare_number_beside_a_telephone_number_is_one_too() {
    check(&[
        "‹phone?:0612345678› of thuis ‹phone:020 123 4567›, maakt niet uit",
        "‹phone?:600.123.456› albo ‹phone!:0048600123456›, oba moje",
        "‹phone?:0171 1234567› / ‹phone?:030 7654321›",
    ]);
    check(&["order 0612345678 or call ‹phone:020 123 4567›", "paid 123456789 for ‹phone:020 123 4567›"]);
}

#[test]
fn a_number_behind_a_plus_needs_no_length_that_its_country_knows_where_a_word_names_it() {
    check(&["Llámame al ‹phone:+54 9 3345 2928›", "my number is ‹phone!:+44 7700 900123›"]);
    check_clean(&["+20 000 000 views", "+5 000 points"]);
}

#[test]
fn labels_of_one_letter_and_labels_tied_to_their_number_are_read() {
    check(&[
        "T: ‹phone:07700900310›\nM: ‹phone:94 56 64 95›",
        "Ph.‹phone:212-555-0198›",
        "a=b&phone=‹phone:2125550198›&x=1",
    ]);
    check_clean(&["M: 25.5\nT: 12"]);
}
