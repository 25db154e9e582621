//! Against the reference implementation.

use super::{MODELS, expected, load};
use aside_detect::{NameOf, Tagger};

#[test]
fn every_text_is_cut_into_the_pieces_of_the_reference() {
    for model in MODELS {
        let transformer = load(model);
        for cut in expected(model).cut {
            let pieces = transformer.pieces(&cut.text);
            let ids: Vec<u32> = pieces.iter().map(|piece| piece.id).collect();
            assert_eq!(ids, cut.ids, "{model}: {:?}", cut.text);
            for (piece, span) in pieces.iter().zip(cut.spans) {
                // The space before a word has a place there, and none here.
                if piece.start < piece.end {
                    // Where a letter and its mark become one character, ours covers both.
                    let more = cut.text.get(span.1..piece.end).unwrap_or_default();
                    let end = piece.end - more.len();
                    assert_eq!((piece.start, end), span, "{model}: {:?}", cut.text);
                    assert!(more.chars().all(|c| ('\u{300}'..'\u{370}').contains(&c)), "{model}: {more:?}");
                }
            }
        }
    }
}

#[test]
fn logits_are_those_of_the_reference() {
    for model in MODELS {
        let transformer = load(model);
        for read in expected(model).texts {
            let logits = transformer.logits(&read.ids).unwrap();
            assert_eq!(logits.len(), read.logits.len());
            for (ours, theirs) in logits.iter().flatten().zip(read.logits.iter().flatten()) {
                assert!((ours - theirs).abs() < 1e-4, "{model}: {ours} {theirs} in {:?}", read.text);
            }
        }
    }
}

#[test]
fn names_are_those_of_the_reference() {
    for model in ["bert", "distilbert"] {
        let transformer = load(model);
        let mut names = 0;
        for read in expected(model).texts {
            let name = |what| match what {
                NameOf::Person => "PER",
                NameOf::Place => "LOC",
                NameOf::Organisation => "ORG",
            };
            let found: Vec<_> = transformer
                .tag(&read.text)
                .into_iter()
                .map(|tagged| (name(tagged.what).to_owned(), tagged.start, tagged.end))
                .collect();
            names += found.len();
            assert_eq!(found, read.entities.unwrap(), "{model}: {:?}", read.text);
        }
        assert!(names > 15, "{model} found {names} names");
    }
}

#[test]
fn ids_that_the_model_does_not_take_are_refused() {
    let bert = load("bert");
    assert!(bert.logits(&[2, 9999, 3]).is_none());
    assert!(bert.logits(&[2; 97]).is_none());
    assert_eq!(bert.logits(&[2; 96]).unwrap().len(), 96);
    assert_eq!(bert.logits(&[]), Some(Vec::new()));
}
