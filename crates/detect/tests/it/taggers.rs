//! Models that read for names, given from outside.

use aside_detect::{Certainty, Detector, Evidence, NameOf, Tagged, Tagger};
use aside_taxonomy::DataType;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Says the same of every text, and counts how often it is asked.
#[derive(Debug, Default)]
struct Says(Vec<Tagged>, AtomicUsize);

impl Tagger for &'static Says {
    fn tag(&self, _text: &str) -> Vec<Tagged> {
        self.1.fetch_add(1, Ordering::Relaxed);
        self.0.clone()
    }
}

fn saying(said: impl IntoIterator<Item = (NameOf, usize, usize, f32)>) -> &'static Says {
    let said = said.into_iter().map(|(what, start, end, margin)| Tagged { what, start, end, margin });
    Box::leak(Box::new(Says(said.collect(), AtomicUsize::new(0))))
}

fn kinds(tagger: &'static Says, text: &str) -> Vec<(&'static str, usize, usize)> {
    let found = Detector::builder().tagger(tagger).build().detect(text);
    found.iter().map(|f| (f.kind, f.start, f.end)).collect()
}

#[test]
fn a_tagger_of_ones_own_finds_people_and_places_and_no_organisation() {
    let says = saying([
        (NameOf::Organisation, 20, 25, 9.0),
        (NameOf::Place, 10, 16, 1.0),
        (NameOf::Person, 0, 6, 4.0),
    ]);
    let found = Detector::builder().tagger(says).build().detect("Kwabiq in Zolmar at Vexor");
    let said: Vec<_> = found.iter().map(|f| (f.kind, f.certainty, f.evidence.clone())).collect();
    assert_eq!(
        said,
        [
            ("person", Certainty::Likely, vec![Evidence::NameModel]),
            ("place", Certainty::Guessed, vec![Evidence::NameModel])
        ]
    );
}

#[test]
fn what_a_tagger_says_of_an_address_or_a_card_gives_way_to_them() {
    let mail = saying([(NameOf::Person, 0, 16, 9.0)]);
    assert_eq!(kinds(mail, "anna@example.com"), [("email", 0, 16)]);
    let card = saying([(NameOf::Place, 0, 24, 9.0)]);
    assert_eq!(kinds(card, "card 4111 1111 1111 1111"), [("card", 5, 24)]);
}

#[test]
fn spans_that_are_none_are_left_out() {
    let text = "né Ärger";
    let says = saying([
        (NameOf::Person, 0, 2, 9.0),           // within a character
        (NameOf::Person, 4, 4, 9.0),           // empty
        (NameOf::Person, 9, 4, 9.0),           // the wrong way round
        (NameOf::Person, 4, usize::MAX, 9.0),  // beyond the end
        (NameOf::Person, 4, 10, f32::NAN),     // no number
        (NameOf::Place, 4, 10, f32::INFINITY), // this is one
    ]);
    assert_eq!(kinds(says, text), [("place", 4, 10)]);
    let says = saying([(NameOf::Place, 4, 10, f32::INFINITY)]);
    let found = Detector::builder().tagger(says).build().detect(text);
    assert!(found[0].score < 1.0);
}

#[test]
fn a_tagger_is_not_asked_where_nobody_wants_names() {
    let says = saying([(NameOf::Person, 0, 4, 9.0)]);
    let cards = Detector::builder().tagger(says).types([DataType::FinPan]).build();
    assert!(cards.detect("Anna").is_empty());
    assert_eq!(says.1.load(Ordering::Relaxed), 0);
}
