//! What holds of every text.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking, in their helpers too")]

use aside_anonymise::{Anonymised, Anonymiser, Key, Operator, Policy, Random};
use aside_detect::Detector;
use proptest::prelude::*;

struct Counting;

impl Random for Counting {
    fn fill(&self, out: &mut [u8]) {
        (0..).zip(out).for_each(|(n, byte)| *byte = n);
    }
}

fn key() -> Key {
    Key::new([9; 32])
}

fn with(operator: &str) -> Anonymiser {
    let policy = Policy::new(operator.parse().unwrap());
    Anonymiser::with_key(Detector::new(), policy, &key())
}

const OPERATORS: [&str; 16] = [
    "keep",
    "redact",
    "replace",
    "replace:x",
    "replace:",
    "mask",
    "mask:*",
    "mask:#:4",
    "mask:#:4:end",
    "hash",
    "hash:base32:12",
    "encrypt",
    "encrypt:random",
    "shift-dates",
    "pseudonym",
    "pseudonym:valid",
];

/// Values that detectors find, words around them, and pieces that read differently once a neighbour is gone.
fn text() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "4111 1111 1111 1111",
        "4111",
        " 1111",
        "5500 0000 0000 0004 12/27 123",
        "anna@example.com",
        "+44 20 7946 0018",
        "DE89 3704 0044 0532 0130 00",
        "078-05-1120",
        "my ssn is ",
        "card ",
        "my password is ",
        "hunter2x!",
        "pin ",
        "1234",
        "12.03.1984",
        "born on ",
        "3 March 1984",
        "192.0.2.7",
        "2001:db8::1",
        "https://example.com/a?b=c",
        "my name is ",
        "Anna Moss",
        "Dr. Zoë Müller",
        " ",
        ", ",
        "\n",
        ".",
        "-",
        "é",
        "😀",
        "\u{200b}",
        "４１１１",
        "@",
        "<",
        ">",
        "[CARD:",
        "]",
        "(202) 555-0142",
        "10 Alder Lane, London SW1A 1AA",
        "code ",
        "490154203237518",
        "imei ",
        "1",
        "22",
        "iban ",
        "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq",
        "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about",
        "mother's maiden name: ",
        "tax id ",
        "12345678Z",
        "943 476 5919",
        "52.5200, 13.4050",
        "next week",
        "at",
        " dot ",
        "four one one one",
        "passport C01X00T47",
        "sort code 20-00-00 account ",
        "55779911",
        "postgres://user:secret@db.example.com/x",
        "IMG_",
        "@@",
        "00",
        "\u{a0}",
        "7",
    ]);
    prop_oneof![
        8 => prop::collection::vec(pieces, 0..24).prop_map(|pieces| pieces.concat()),
        1 => any::<String>(),
    ]
}

fn fits(text: &str, made: &Anonymised) {
    let (mut end, mut was_end) = (0, 0);
    for item in &made.items {
        assert!(end <= item.start && item.start <= item.end && was_end <= item.was.start);
        assert!(item.was.start < item.was.end, "nothing was replaced");
        assert_eq!(text[was_end..item.was.start], made.text[end..item.start], "the rest is as it was");
        assert!(made.text.get(item.start..item.end).is_some());
        (end, was_end) = (item.end, item.was.end);
    }
    assert_eq!(text[was_end..], made.text[end..]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn an_anonymised_text_detects_nothing_of_what_was_replaced(text in text(), operator in prop::sample::select(&OPERATORS[..])) {
        let made = with(operator).anonymise(&text, "", &Counting);
        fits(&text, &made);
        for finding in Detector::new().detect(&made.text) {
            let inside = made.items.iter().any(|item| item.start <= finding.start && finding.end <= item.end);
            prop_assert!(inside, "{operator}: {} in {:?}", finding.kind, made.text);
        }
    }

    #[test]
    fn a_mapping_restores_the_text_byte_for_byte(text in text(), operator in prop::sample::select(&OPERATORS[..])) {
        let made = with(operator).anonymise(&text, "", &Counting);
        prop_assert_eq!(made.mapping(&text).restore(&made.text).unwrap(), text);
    }

    #[test]
    fn what_was_encrypted_opens_again(text in text(), operator in prop::sample::select(&["encrypt", "encrypt:random"][..])) {
        prop_assume!(!text.contains('['));
        let anonymiser = with(operator);
        let made = anonymiser.anonymise(&text, "", &Counting);
        let opened = anonymiser.decrypt(&made.text);
        prop_assert_eq!(&opened.text, &text);
        prop_assert_eq!(opened.items.len(), made.items.len());
        prop_assert!(opened.unopened.is_empty());
        // The same tokens elsewhere, and another key.
        let moved = format!("😀 {} end", made.text);
        prop_assert_eq!(anonymiser.decrypt(&moved).text, format!("😀 {text} end"));
        let other = Anonymiser::with_key(Detector::new(), Policy::default(), &Key::new([1; 32])).decrypt(&made.text);
        prop_assert_eq!(other.text, made.text);
        prop_assert_eq!(other.unopened.len(), made.items.len());
    }

    #[test]
    fn the_same_text_has_the_same_result(text in text(), operator in prop::sample::select(&OPERATORS[..])) {
        prop_assert_eq!(with(operator).anonymise(&text, "a", &Counting), with(operator).anonymise(&text, "a", &Counting));
    }
}

#[test]
fn each_type_is_treated_as_the_policy_says() {
    let policy = Policy::default()
        .with("contact.email".parse().unwrap(), "mask".parse().unwrap())
        .with("card".parse().unwrap(), "mask:*:12".parse().unwrap())
        .with("contact.phone".parse().unwrap(), Operator::Keep)
        .with("iban".parse().unwrap(), Operator::Redact);
    let anonymiser = Anonymiser::new(Detector::new(), policy).unwrap();
    let text = "anna@example.com paid with 4111 1111 1111 1111, +44 20 7946 0018, DE89 3704 0044 0532 0130 00; 192.0.2.7";
    let made = anonymiser.anonymise(text, "", &Counting);
    assert_eq!(made.text, "a•••@•••.com paid with ************11 1111, +44 20 7946 0018, ; <IPV4>");
    let done: Vec<_> = made.items.iter().map(|item| (item.kind, item.operator)).collect();
    assert_eq!(
        done,
        [("email", "mask"), ("card", "mask"), ("phone", "keep"), ("iban", "redact"), ("ipv4", "replace")]
    );
}

#[test]
fn dates_of_one_subject_keep_their_distance() {
    let anonymiser = with("shift-dates");
    let days = |text: &str| -> i64 {
        let parts: Vec<i64> = text.split('-').map(|part| part.parse().unwrap()).collect();
        parts[0] * 372 + parts[1] * 31 + parts[2]
    };
    let made = anonymiser.anonymise("born 1984-03-12, moved 1984-03-13", "customer 7", &Counting).text;
    let dates: Vec<&str> = made.split([' ', ',']).filter(|word| word.contains('-')).collect();
    assert_eq!(days(dates[1]) - days(dates[0]), 1, "{made}");
    assert_ne!(made, anonymiser.anonymise("born 1984-03-12, moved 1984-03-13", "customer 8", &Counting).text);
}

#[test]
fn keyed_operators_are_refused_without_a_key() {
    for operator in ["hash", "encrypt", "shift-dates", "pseudonym"] {
        let policy = Policy::default().with("card".parse().unwrap(), operator.parse().unwrap());
        let refused = Anonymiser::new(Detector::new(), policy).err().unwrap();
        assert_eq!(refused.to_string(), format!("`{operator}` needs a key"));
    }
}

#[test]
fn spans_that_do_not_fit_are_refused() {
    let anonymiser = with("replace");
    let mut finding = Detector::new().detect("x anna@example.com")[0].clone();
    assert!(anonymiser.apply("é anna@example.com", std::slice::from_ref(&finding), "", &Counting).is_ok());
    assert!(anonymiser.apply("short", std::slice::from_ref(&finding), "", &Counting).is_err());
    let twice = [finding.clone(), finding.clone()];
    assert!(anonymiser.apply("x anna@example.com", &twice, "", &Counting).is_err());
    finding.start = 1;
    assert!(anonymiser.apply("é anna@example.com", &[finding], "", &Counting).is_err());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_long_text_is_looked_at_again_wherever_something_was_replaced(
        texts in prop::collection::vec((text(), 0usize..12_000), 2..12),
        operator in prop::sample::select(&OPERATORS[..]),
    ) {
        let mut long = String::new();
        for (text, between) in &texts {
            long.push_str(text);
            long.push_str("\n\n");
            long.push_str(&"nothing of note. ".repeat(between / 17));
            long.push_str("\n\n");
        }
        let text = long;
        let made = with(operator).anonymise(&text, "", &Counting);
        fits(&text, &made);
        for finding in Detector::new().detect(&made.text) {
            let inside = made.items.iter().any(|item| item.start <= finding.start && finding.end <= item.end);
            prop_assert!(inside, "{operator}: {} in {:?}", finding.kind, made.text);
        }
    }
}

#[test]
fn a_value_that_each_word_could_be_does_not_uncover_the_next_one() {
    let text = format!("my password is {}", "hunter2x! ".repeat(50));
    let made = with("redact").anonymise(&text, "", &Counting);
    let outside = Detector::new().detect(&made.text).into_iter().filter(|finding| {
        !made.items.iter().any(|item| item.start <= finding.start && finding.end <= item.end)
    });
    assert_eq!(outside.count(), 0, "{}", made.text);
    assert!(!made.text.contains("hunter2x"), "{}", made.text);
}

#[test]
fn what_is_kept_takes_nothing_along_that_was_replaced() {
    let policy = Policy::default().with("contact.name".parse().unwrap(), Operator::Keep);
    let anonymiser = Anonymiser::new(Detector::new(), policy).unwrap();
    for text in [
        "my name is anna@example.com Anna Moss",
        "my name is Anna 4111 1111 1111 1111 Moss",
        "Name: 12.03.1984",
    ] {
        let made = anonymiser.anonymise(text, "", &Counting);
        assert!(!made.text.contains("4111") && !made.text.contains('@'), "{}", made.text);
    }
}

#[test]
fn hostile_texts_end_soon() {
    for text in [
        "4111 ".repeat(13_000),
        "a@".repeat(32_000),
        "1 ".repeat(32_000),
        "pin 1234 ".repeat(7_000),
        "anna@example.com".repeat(4_000),
    ] {
        for operator in ["redact", "replace:1", "encrypt", "pseudonym:valid"] {
            fits(&text, &with(operator).anonymise(&text, "", &Counting));
        }
    }
}

#[test]
fn a_mapping_of_another_text_is_refused_and_shows_nothing() {
    let text = "write to anna@example.com";
    let mapping = with("replace").anonymise(text, "", &Counting).mapping(text);
    assert!(mapping.restore("short").is_err());
    assert!(!format!("{mapping:?}").contains("anna"));
    let json = serde_json::to_string(&mapping).unwrap();
    assert_eq!(serde_json::from_str::<aside_anonymise::Mapping>(&json).unwrap(), mapping);
}

#[test]
fn every_kind_can_be_made_up() {
    let made =
        with("pseudonym").anonymise("my name is Anna Moss, anna@example.org, 192.0.2.7", "", &Counting);
    assert_eq!(made.items.len(), 3, "{}", made.text);
    assert!(!made.text.contains("Anna Moss") && !made.text.contains("anna@"), "{}", made.text);
}
