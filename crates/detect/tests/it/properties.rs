use aside_detect::{Certainty, Detector, Finding, StreamDetector, offsets};
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
            "konto ",
            "account ",
            "sort code ",
            "routing ",
            "-",
            "/",
            "four ",
            "double ",
            "vier ",
            "un ",
            "\n> ",
            "\n",
            "а",
            "passport ",
            "policy ",
            "tax id ",
            "steuer-id ",
            "nhs ",
            "insulin ",
            "plate ",
            "12 Baker Street ",
            "51.5074, -0.1278",
            "bc1q",
            "0x",
            "token=",
            "{\"key\": \"",
            "wallet ",
            "abandon ",
            "iPhone ",
            "CVE-2024-",
            "sort code ",
            "konto: ",
            "BIC ",
            "policy no. ",
            "username: ",
            "maiden name is ",
            "backup codes ",
            "api_key=",
            "://",
            "abandon about ",
            "bc1",
            "0x",
            "^",
            "=",
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
    let utf16 = offsets::convert(text, &findings, offsets::Unit::Utf16);
    let units: Vec<u16> = text.encode_utf16().collect();
    assert_eq!((chars.len(), utf16.len()), (findings.len(), findings.len()));
    for (finding, (chars, utf16)) in findings.iter().zip(chars.into_iter().zip(utf16)) {
        let value = &text[finding.start..finding.end];
        assert_eq!(text.chars().skip(chars.start).take(chars.len()).collect::<String>(), value);
        assert_eq!(String::from_utf16_lossy(&units[utf16]), value);
    }
}

/// The findings, moved by so many bytes.
fn moved(findings: Vec<Finding>, by: usize) -> Vec<Finding> {
    let moved = |finding: Finding| Finding { start: finding.start + by, end: finding.end + by, ..finding };
    findings.into_iter().map(moved).collect()
}

/// How sixteen ones and others are said in four languages, zero first.
const WORDS: [[&str; 10]; 4] = [
    ["oh", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"],
    ["null", "eins", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"],
    ["zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf"],
    ["cero", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve"],
];
const CUES: [&str; 4] = ["my card is", "meine Karte ist", "ma carte est", "mi tarjeta es"];
/// The zeros of some scripts.
const ZEROS: [char; 8] = ['0', '０', '٠', '۰', '०', '𝟎', '𝟶', '๐'];

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
    fn text_around_that_says_nothing_changes_nothing(text in soup()) {
        // A key that was cut off goes on until something cannot belong to it.
        prop_assume!(!text.contains("-----BEGIN"));
        let (before, after) = ("We were there.\n\n", "\n\nWe were there.");
        let alone = Detector::new().detect(&format!("\n\n{text}\n\n"));
        let among = Detector::new().detect(&format!("{before}\n\n{text}\n\n{after}"));
        prop_assert_eq!(among, moved(alone, before.len()), "{:?}", text);
    }

    #[test]
    fn a_stream_in_pieces_finds_what_the_text_has(text in soup(), length in 1usize..64) {
        let mut stream = StreamDetector::new(Detector::new());
        let mut found: Vec<Finding> =
            text.as_bytes().chunks(length).flat_map(|piece| stream.push(piece)).collect();
        found.extend(stream.finish());
        prop_assert_eq!(found, Detector::new().detect(&text));
    }

    #[test]
    fn a_card_is_found_in_whatever_digits_it_is_written(
        rest in "[0-9]{14}",
        zeros in prop::collection::vec(prop::sample::select(ZEROS.to_vec()), 16),
        between in prop::collection::vec(
            prop::sample::select(vec!["", "", "\u{200b}", "\u{2060}", "\u{ad}", "\u{336}", "\u{fe0f}\u{20e3}"]),
            16,
        ),
    ) {
        let mut number = format!("4{rest}");
        number.push(luhn_digit(&number));
        let mut written = String::new();
        for ((digit, zero), between) in number.bytes().zip(zeros).zip(between) {
            written.push(char::from_u32(u32::from(zero) + u32::from(digit - b'0')).unwrap());
            written.push_str(between);
        }
        // What nobody sees behind the last digit is no part of the value, unless it is drawn over it.
        let end = written.trim_end_matches(['\u{200b}', '\u{2060}', '\u{ad}']).len();
        let findings = Detector::new().detect(&format!("my card: {written} ok"));
        prop_assert_eq!(findings.len(), 1, "{}", written);
        prop_assert_eq!((findings[0].kind, findings[0].start, findings[0].end), ("card", 9, 9 + end));
    }

    #[test]
    fn a_card_is_found_when_it_is_written_as_it_is_spoken(
        rest in "[0-9]{14}",
        language in 0usize..4,
        pause in prop::sample::select(vec![" ", ", ", "-", "\n", "  "]),
    ) {
        let mut number = format!("4{rest}");
        number.push(luhn_digit(&number));
        let words: Vec<&str> = number.bytes().map(|digit| WORDS[language][usize::from(digit - b'0')]).collect();
        let (cue, said) = (CUES[language], words.join(pause));
        let text = format!("{cue} {said}, ok?");
        let findings = Detector::new().detect(&text);
        prop_assert_eq!(findings.len(), 1, "{}", text);
        prop_assert_eq!(findings[0].kind, "card");
        prop_assert_eq!(&text[findings[0].start..findings[0].end], said);
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
