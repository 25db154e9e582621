//! Texts that are longer than the model, and texts that want to be expensive.

use super::{MODELS, load};
use aside_detect::{NameOf, Tagger};

/// Starts of what is said to be a person called `name`.
fn people(model: &str, text: &str, name: &str) -> Vec<usize> {
    let tagged = load(model).tag(text).into_iter();
    let people = tagged.filter(|t| t.what == NameOf::Person && &text[t.start..t.end] == name);
    people.map(|t| t.start).collect()
}

#[test]
fn a_name_is_found_once_wherever_windows_end() {
    // The models take 78 to 94 pieces; the name stands at every place around the windows' ends.
    for model in MODELS {
        for before in (0..20).chain(50..100) {
            let text = format!("{}Kwabiq Whitcombe {}", "the ".repeat(before), "is ".repeat(100));
            assert_eq!(
                people(model, &text, "Kwabiq Whitcombe"),
                [4 * before],
                "{model} behind {before} words"
            );
        }
    }
}

#[test]
fn every_name_of_a_long_text_is_found() {
    for model in MODELS {
        let line = "the parcel from Kwabiq Whitcombe is signed for\n";
        let text = line.repeat(100);
        let starts: Vec<usize> = (0..100).map(|i| i * line.len() + 16).collect();
        assert_eq!(people(model, &text, "Kwabiq Whitcombe"), starts, "{model}");
    }
}

#[test]
fn hostile_texts_are_read_in_windows_too() {
    for model in MODELS {
        let transformer = load(model);
        for unit in
            ["a", "Kwabiq", "Kwabiq ", "'", "\u{301}", "\u{200b}a", " ", "ﷺ", "北", "\0", "a\u{301}", "É"]
        {
            let text = unit.repeat(2_000 / unit.len());
            for tagged in transformer.tag(&text) {
                // Nothing that goes on for ever is a name.
                assert!(tagged.end - tagged.start <= 256, "{model}: {unit:?}");
            }
        }
    }
}

#[test]
fn a_word_without_end_is_cut_in_time_as_its_length() {
    // Quadratic time would take minutes here.
    for model in MODELS {
        let transformer = load(model);
        let word = "x".repeat(400_000);
        let pieces = transformer.pieces(&word);
        assert_eq!(pieces.last().map(|piece| piece.end), Some(word.len()), "{model}");
    }
}
