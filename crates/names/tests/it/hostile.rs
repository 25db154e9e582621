use aside_names::Names;
use proptest::prelude::*;

/// Pieces that mean something to the reader, in any order.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "Ann", " ", "'s", "’", "-", "_", "@", "#", ".", "J.", "\n", "\r\n", "http://", "www.", "van der",
        "王", "伟", "김", "é", "e\u{301}", "\u{200d}", "😀", "ПЁТР", "İ", "ß", "ﬁ", "MR", "1", "\u{0}",
        "\u{fffd}", "O'", "d'", ",", "…",
    ]);
    prop::collection::vec(piece, 0..200).prop_map(|pieces| pieces.concat())
}

fn spans_are_sound(text: &str) {
    let mut last = 0;
    for entity in Names::new().find(text) {
        assert!(last <= entity.start && entity.start < entity.end, "in order, not empty");
        assert!(text.is_char_boundary(entity.start) && text.is_char_boundary(entity.end));
        assert!(entity.margin >= 0.0 && entity.margin.is_finite());
        last = entity.end;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_has_sound_spans(text in any::<String>()) {
        spans_are_sound(&text);
    }

    #[test]
    fn any_pieces_have_sound_spans(text in pieces()) {
        spans_are_sound(&text);
    }

    #[test]
    fn lines_far_away_change_nothing(text in "[A-Za-z ]{0,60}") {
        let far = "one two three four five\nsix seven eight nine ten\n";
        let alone = Names::new().find(&format!("zero one two three\n{text}\nsix seven eight nine ten"));
        let with = Names::new().find(&format!("{far}zero one two three\n{text}\nsix seven eight nine ten"));
        let moved: Vec<_> = with.iter().map(|e| (e.start - far.len(), e.end - far.len())).collect();
        prop_assert_eq!(alone.iter().map(|e| (e.start, e.end)).collect::<Vec<_>>(), moved);
    }
}

#[test]
fn huge_words_and_rows_of_signs_are_read() {
    for text in [
        "a".repeat(100_000),
        "A.".repeat(50_000),
        "@a".repeat(50_000),
        "#Aa".repeat(30_000),
        "a@".repeat(50_000),
        "a.".repeat(50_000),
        "a-".repeat(50_000),
        "a'".repeat(50_000),
        "Ann ".repeat(25_000),
        "my name is ".repeat(10_000),
        "王".repeat(30_000),
        "\n".repeat(100_000),
        "e\u{301}".repeat(30_000),
    ] {
        spans_are_sound(&text);
    }
}
