use super::*;

fn leaf() -> Leaf {
    Leaf {
        id: *b"\x01\x8f\x00\x00\x00\x00\x70\x00\x80\x00\x00\x00\x00\x00\x00\x2a",
        at: 1_767_225_600_000_000,
        kind: "value.opened".into(),
        facts: [
            ("type".into(), "fin.pan".into()),
            ("count".into(), (-3).into()),
            ("first".into(), true.into()),
            ("note".into(), "\"ü\"\n\u{1f}\u{7f}𝄞".into()),
        ]
        .into(),
        commitment: Some(commit(&[7; 32], b"details")),
    }
}

const GOLDEN: &str = concat!(
    r#"{"at":1767225600000000,"commitment":"#,
    r#""5f488025386fbf92d643210321af6dd45d8c64bcad2f54cbef6b01e8d1afed68","facts":{"count":-3,"first":true,"note":"\"ü\"\n\u001f"#,
    "\u{7f}𝄞",
    r#"","type":"fin.pan"},"id":"018f000000007000800000000000002a","kind":"value.opened","v":1}"#
);

#[test]
fn a_leaf_has_exactly_these_bytes() {
    assert_eq!(String::from_utf8(leaf().encode().unwrap()).unwrap(), GOLDEN);
    assert_eq!(Leaf::parse(GOLDEN.as_bytes()).unwrap(), leaf());
}

#[test]
fn a_leaf_without_commitment_leaves_the_field_out() {
    let leaf = Leaf { facts: BTreeMap::new(), commitment: None, ..leaf() };
    let bytes = leaf.encode().unwrap();
    assert_eq!(
        String::from_utf8(bytes.clone()).unwrap(),
        r#"{"at":1767225600000000,"facts":{},"id":"018f000000007000800000000000002a","kind":"value.opened","v":1}"#
    );
    assert_eq!(Leaf::parse(&bytes).unwrap(), leaf);
}

#[test]
fn a_later_version_is_refused_by_its_number() {
    let later = r#"{"new":[],"v":2}"#;
    assert_eq!(Leaf::parse(later.as_bytes()), Err(LeafError::UnknownVersion(2)));
}

#[test]
fn every_other_encoding_of_the_same_leaf_is_refused() {
    let same = [
        GOLDEN.replace("\"v\":1", "\"v\": 1"),
        GOLDEN.replace("018f", "018F"),
        GOLDEN.replace('ü', "\\u00fc"),
        GOLDEN.replace("\\n", "\\u000a"),
        GOLDEN.replace("\"count\":-3,\"first\":true", "\"first\":true,\"count\":-3"),
        GOLDEN.replace("\"count\":-3", "\"count\":1,\"count\":-3"),
        format!("{GOLDEN}\n"),
        format!(" {GOLDEN}"),
    ];
    for text in same {
        assert_eq!(Leaf::parse(text.as_bytes()), Err(LeafError::NotCanonical), "{text}");
    }
}

#[test]
fn what_is_no_leaf_is_refused() {
    let not_leaves = [
        GOLDEN.replace("-3", "-3.0"),
        GOLDEN.replace("-3", "1e3"),
        GOLDEN.replace("-3", "null"),
        GOLDEN.replace("-3", "[]"),
        GOLDEN.replace("-3", "9223372036854775808"),
        GOLDEN.replace("\"v\":1", "\"v\":1,\"w\":1"),
        GOLDEN.replace(",\"v\":1", ""),
        GOLDEN.replace("\"v\":1", "\"v\":1,\"v\":1"),
        GOLDEN.replace("018f", "01"),
        GOLDEN.replace("\"5f48", "\"48"),
        GOLDEN[..GOLDEN.len() - 1].to_owned(),
        "[1]".into(),
        "{}".into(),
        String::new(),
        "[".repeat(60_000),
    ];
    for text in not_leaves {
        assert!(matches!(Leaf::parse(text.as_bytes()), Err(LeafError::NotALeaf(_))), "{text}");
    }
    assert!(matches!(Leaf::parse(b"\xff"), Err(LeafError::NotALeaf(_))));
}

#[test]
fn what_is_too_large_is_refused_in_writing_and_in_reading() {
    let with = |name: &str, value: Value| Leaf { facts: [(name.to_owned(), value)].into(), ..leaf() };
    let too_large = [
        with("a", Value::Text("x".repeat(MAX_TEXT + 1))),
        with("a", Value::Number(MAX_NUMBER + 1)),
        with("a", Value::Number(-MAX_NUMBER - 1)),
        Leaf { at: MAX_NUMBER + 1, ..leaf() },
        Leaf { facts: (0..=MAX_FACTS).map(|n| (format!("f{n}"), true.into())).collect(), ..leaf() },
        Leaf {
            facts: (0..MAX_FACTS).map(|n| (format!("f{n}"), "x".repeat(MAX_TEXT).into())).collect(),
            ..leaf()
        },
    ];
    for leaf in too_large {
        assert!(matches!(leaf.encode(), Err(LeafError::TooLarge(_))), "{:?}", leaf.facts.keys());
    }
    let read = GOLDEN.replace("-3", "9007199254740992");
    assert_eq!(Leaf::parse(read.as_bytes()), Err(LeafError::TooLarge("a number")));
    assert_eq!(Leaf::parse(&vec![b' '; MAX_BYTES + 1]), Err(LeafError::TooLarge("the whole")));
    let largest = with("a", Value::Number(MAX_NUMBER));
    assert_eq!(Leaf::parse(&largest.encode().unwrap()).unwrap(), largest);
}

#[test]
fn names_are_plain() {
    for bad in ["", "a b", "ü", "a\"", &"a".repeat(MAX_NAME + 1)] {
        let kind = Leaf { kind: bad.into(), ..leaf() };
        let fact = Leaf { facts: [(bad.to_owned(), true.into())].into(), ..leaf() };
        assert_eq!(kind.encode(), fact.encode());
        assert!(matches!(kind.encode(), Err(LeafError::BadName(_))), "{bad:?}");
    }
}

/// The expected bytes were computed with Python's `hmac`.
#[test]
fn a_commitment_has_exactly_these_bytes_and_depends_on_salt_and_details() {
    let golden = "5f488025386fbf92d643210321af6dd45d8c64bcad2f54cbef6b01e8d1afed68";
    assert_eq!(hex::encode(commit(&[7; 32], b"details")), golden);
    assert_ne!(commit(&[8; 32], b"details"), commit(&[7; 32], b"details"));
    assert_ne!(commit(&[7; 32], b"detail"), commit(&[7; 32], b"details"));
}
