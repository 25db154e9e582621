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
