use aside_detect::{Certainty, Detector, offsets};
use proptest::prelude::*;

/// Texts of what the families look for, in any order.
fn soup() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        any::<char>().prop_map(String::from),
        "[0-9]{1,20}",
        "[ ./:@+()-]{1,3}",
        prop::sample::select(vec![
            "card ",
            "order ",
            "cvv ",
            "pin is ",
            "password: ",
            "IBAN ",
            "DE89 3704 0044 0532 0130 00",
            "4111111111111111",
            "born ",
            " march ",
            "my name is ",
            "at ",
            " dot ",
            "com",
            "www.",
            "https://",
            "street ",
            "straße ",
            "zip ",
            "-----BEGIN PRIVATE KEY-----",
            "eyJ",
            "sk_live_",
            "AKIA",
            "\u{200b}",
            "４",
            "é",
            "ß",
            "e\u{301}",
            "::",
            "imei ",
            "ssn ",
            "****",
            "code ",
            "last four ",
            "phone ",
            "exp ",
            "12/27 ",
            "x",
        ])
        .prop_map(String::from),
    ];
    prop::collection::vec(part, 0..40).prop_map(|parts| parts.concat())
}

fn is_well_formed(text: &str) {
    let findings = Detector::new().detect(text);
    let mut end = 0;
    for finding in &findings {
        assert!(finding.start >= end, "sorted and apart");
        assert!(finding.start < finding.end && finding.end <= text.len());
        assert!(text.is_char_boundary(finding.start) && text.is_char_boundary(finding.end));
        assert!((0.0..=1.0).contains(&finding.score));
        assert!(finding.data_type.kinds().contains(&finding.kind));
        assert!(!finding.evidence.is_empty());
        end = finding.end;
    }
    let chars = offsets::convert(text, &findings, offsets::Unit::Chars);
    for (finding, span) in findings.iter().zip(chars) {
        let value: String = text.chars().skip(span.start).take(span.len()).collect();
        assert_eq!(value, text[finding.start..finding.end]);
    }
}

fn luhn_digit(digits: &str) -> char {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(i, d)| {
            let value = u32::from(d - b'0') * if i % 2 == 0 { 2 } else { 1 };
            value / 10 + value % 10
        })
        .sum();
    char::from(b'0' + ((10 - sum % 10) % 10) as u8)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_gives_well_formed_findings(text in "\\PC*") {
        is_well_formed(&text);
    }

    #[test]
    fn any_mixture_of_values_and_cues_gives_well_formed_findings(text in soup()) {
        is_well_formed(&text);
    }

    #[test]
    fn a_card_is_found_wherever_it_stands(
        before in "[a-zA-Z ,!?é\n]{0,30}",
        after in "[a-zA-Z ,!?é\n]{0,30}",
        prefix in prop::sample::select(vec!["4", "51", "55", "2221", "2720", "6011", "3530"]),
        rest in "[0-9]{15}",
        separator in prop::sample::select(vec!["", " ", "-", ".", "_", "  ", "\u{a0}", "\u{200b}", "\n"]),
    ) {
        let mut number = prefix.to_owned() + &rest[..15 - prefix.len()];
        number.push(luhn_digit(&number));
        prop_assume!(!number.bytes().all(|b| b == number.as_bytes()[0]));
        let written = [&number[..4], &number[4..8], &number[8..12], &number[12..]].join(separator);
        let text = format!("{before}{written}{after}");
        let findings = Detector::new().detect(&text);
        // Letters right around sixteen digits can make an account number of them, whose country, length and check
        // digits agree: nobody could say that it is a card.
        let account = findings.iter().any(|f| f.kind == "iban" && f.start < before.len());
        prop_assume!(!account);
        let card = findings.iter().find(|f| f.kind == "card");
        prop_assert!(card.is_some(), "{text:?}");
        let card = card.unwrap();
        prop_assert_eq!((card.start, card.end), (before.len(), before.len() + written.len()));
        prop_assert!(card.certainty >= Certainty::Likely);
    }
}
