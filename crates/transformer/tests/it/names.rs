//! From a text to findings, through the detector.

use super::{MODELS, load};
use aside_detect::{Certainty, Detector, Evidence, Tagger};
use aside_taxonomy::DataType;
use proptest::prelude::*;

fn found(model: &str, text: &str) -> Vec<(&'static str, String)> {
    let detector = Detector::builder().tagger(load(model)).build();
    detector.detect(text).into_iter().map(|f| (f.kind, text[f.start..f.end].to_owned())).collect()
}

#[test]
fn names_are_found_by_every_kind_of_model() {
    for model in MODELS {
        assert_eq!(
            found(model, "parcel from Kwabiq Whitcombe, signed for in Zolmar, paid by Vexor Holdings"),
            [("person", "Kwabiq Whitcombe".to_owned()), ("place", "Zolmar".to_owned())],
            "{model}"
        );
    }
}

#[test]
fn what_a_transformer_finds_is_settled_with_everything_else() {
    let text = "Kwabiq Whitcombe, kwabiq@example.com, 4111 1111 1111 1111";
    let kinds: Vec<_> = found("bert", text).into_iter().map(|(kind, _)| kind).collect();
    assert_eq!(kinds, ["person", "email", "card"]);
    let detector = Detector::builder().tagger(load("bert")).types([DataType::ContactName]).build();
    let finding = &detector.detect(text)[0];
    assert_eq!(finding.evidence, [Evidence::NameModel]);
    assert!(finding.certainty < Certainty::Certain && (0.5..1.0).contains(&finding.score));
}

#[test]
fn accents_capitals_and_ideographs_keep_their_places() {
    assert_eq!(
        found("bert", "émeric  MÜLLERIN in 北京!"),
        [("person", "émeric  MÜLLERIN".to_owned()), ("place", "北京".to_owned())]
    );
    let mark_at_the_end = "from Kwabiq Whitcombe\u{301}.";
    assert_eq!(found("bert", mark_at_the_end), [("person", "Kwabiq Whitcombe\u{301}".to_owned())]);
    let spelled_apart = "from E\u{301}meric Mu\u{308}llerin.";
    assert_eq!(found("bert", spelled_apart), [("person", "E\u{301}meric Mu\u{308}llerin".to_owned())]);
    assert_eq!(
        found("roberta", "from Émeric Müllerin in 北京"),
        [("person", "Émeric Müllerin".to_owned()), ("place", "北京".to_owned())]
    );
}

#[test]
fn what_looks_like_a_special_token_is_text() {
    let text = "[SEP] [CLS] Kwabiq [SEP]";
    let ids: Vec<u32> = load("bert").pieces(text).iter().map(|piece| piece.id).collect();
    assert!(!ids.contains(&2) && !ids.contains(&3));
    assert_eq!(found("bert", text), [("person", "Kwabiq".to_owned())]);
    assert!(!load("roberta").pieces("</s> <s>").iter().any(|piece| piece.id < 5));
}

#[test]
fn texts_without_a_letter_are_not_read() {
    for model in MODELS {
        for text in ["", " \n", "4417-2231!", "😀", "１２３"] {
            assert!(load(model).tag(text).is_empty());
        }
    }
}

/// Names, letters of many scripts, marks, signs and what cannot be seen.
fn odd_text() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        "(Kwabiq|Whitcombe|Zolmar|北京|Émeric|Vexor) ?",
        "\\PC{0,12}",
        "[\u{300}-\u{30f}a-c\u{200b}-\u{200f}\u{ac00}-\u{ac10}İßﬃ\\s]{0,8}",
        any::<char>().prop_map(String::from),
        prop::sample::select(vec![
            "\0",
            "\u{fffd}",
            "'s",
            " '",
            "\r\n",
            "##",
            "[UNK]",
            "\u{1f468}\u{200d}\u{1f469}"
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(part, 0..24).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn spans_are_of_whole_characters_in_any_text(text in odd_text()) {
        for model in MODELS {
            let transformer = load(model);
            let mut end = 0;
            for tagged in transformer.tag(&text) {
                prop_assert!(text.get(tagged.start..tagged.end).is_some_and(|name| !name.trim().is_empty()));
                prop_assert!(tagged.start >= end && tagged.margin >= 0.0);
                end = tagged.end;
            }
            let mut start = 0;
            for piece in transformer.pieces(&text) {
                prop_assert!(text.get(piece.start..piece.end).is_some());
                prop_assert!(piece.start >= start || piece.start == piece.end);
                start = piece.start;
            }
        }
    }
}
