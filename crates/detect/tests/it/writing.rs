use crate::marked::check;

#[test]
fn digits_of_other_scripts_are_digits() {
    check(&[
        "‹card!:４１１１ １１１１ １１１１ １１１１›",
        "‹card!:٤١١١١١١١١١١١١١١١›",
        "‹card!:४१११ ११११ ११११ ११११›",
        "‹card!:𝟒𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏𝟏›",
        "‹card!:4️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣› ok",
        "ssn ‹us_ssn!:１２３-４５-６７８９›",
    ]);
}

#[test]
fn spaces_of_every_width_and_signs_that_nobody_sees_do_not_hide_a_value() {
    check(&[
        "‹card!:4111\u{a0}1111\u{a0}1111\u{a0}1111›",
        "‹card!:4111\u{2009}1111\u{2009}1111\u{2009}1111›",
        "‹card!:41\u{200b}11111111111111›",
        "x\u{202d}‹card!:4111\u{2060}1111\u{ad}1111\u{feff}1111›\u{202c} y",
        "‹card!:4\u{336}1\u{336}1\u{336}1\u{336}111111111111›",
        "‹iban!:DE89\u{a0}3704\u{202f}0044\u{a0}0532\u{a0}0130\u{a0}00› danke",
        "‹email!:an\u{200b}na@example.com›",
        "‹email!:anna＠example．com›",
        "‹us_ssn:123–45–6789›",
        "‹phone!:+49\u{a0}30\u{a0}1234567›",
    ]);
}

#[test]
fn cues_are_read_with_and_without_accents() {
    check(&[
        "PRÜFZIFFER ‹cvv:123›",
        "Pru\u{308}fziffer ‹cvv:123›",
        "pruefziffer 123, prufziffer ‹cvv:123›",
        "codigo de seguridad ‹cvv:123›",
        "contrasena: ‹password:luna77›",
    ]);
}

#[test]
fn a_span_covers_the_value_from_its_first_to_its_last_sign() {
    let text = "né 😀 carte 4111\u{a0}1111\u{a0}1111\u{a0}1111 ✓";
    let findings = aside_detect::Detector::new().detect(text);
    assert_eq!(findings.len(), 1);
    assert_eq!(&text[findings[0].start..findings[0].end], "4111\u{a0}1111\u{a0}1111\u{a0}1111");
}

#[test]
fn a_value_that_was_wrapped_in_a_quoted_message_is_found_whole() {
    check(&[
        "> my card: ‹card!:4111 1111\n> 1111 1111› ok?",
        "On Monday you wrote:\n> > ‹card!:4111-1111\n> > 1111-1111›\n> > thanks",
        "> call me: ‹phone!:+49 30\n> 1234567›, or not",
        "‹phone!:+49 30 1234567›\n> 12345",
        "> IBAN ‹iban!:DE89 3704 0044\n> 0532 0130 00› danke",
    ]);
}

#[test]
fn letters_that_only_look_latin_do_not_hide_an_address() {
    check(&[
        "‹email!:аnnа@ехаmрlе.сοm›",
        "‹email!:𝐚𝐧𝐧𝐚@𝐞𝐱𝐚𝐦𝐩𝐥𝐞.𝐜𝐨𝐦›",
        "‹email!:ⓐⓝⓝⓐ@example.com›",
        "‹url:https://ехample.com/a›",
        "my раsswоrd is ‹password:hunter2!›",
    ]);
}

#[test]
fn digits_in_circles_and_with_dots_are_digits() {
    check(&["‹card!:④①①① ①①①① ①①①① ①①①①›", "pin: ‹pin:⒋⒎❶①›", "‹phone!:＋49（30）1234567›"]);
}
