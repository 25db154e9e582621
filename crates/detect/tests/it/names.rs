use aside_detect::{Certainty, Detector, Evidence};
use aside_taxonomy::DataType;

fn named() -> Detector {
    Detector::builder().names(true).build()
}

#[test]
fn a_name_is_found_without_a_cue_only_where_names_are_asked_for() {
    let text = "Yesterday Daniel Whitcombe signed for the parcel in Manchester.";
    assert!(Detector::new().detect(text).is_empty());
    let found: Vec<_> = named().detect(text).iter().map(|f| (f.kind, &text[f.start..f.end])).collect();
    assert_eq!(found, [("person", "Daniel Whitcombe"), ("place", "Manchester")]);
}

#[test]
fn what_the_model_finds_says_so_and_is_never_certain() {
    for finding in named().detect("Yesterday Daniel Whitcombe signed for the parcel.") {
        assert_eq!(finding.evidence, [Evidence::NameModel]);
        assert!(finding.certainty < Certainty::Certain);
        assert!((0.5..1.0).contains(&finding.score));
    }
}

#[test]
fn a_cue_and_the_model_find_one_name_together() {
    let found = named().detect("Hi, my name is Dr. Harriet Bloomfield.");
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].kind, found[0].certainty), ("person", Certainty::Likely));
}

#[test]
fn a_name_inside_an_address_or_a_handle_is_not_reported_again() {
    let text = "write to harriet.bloomfield@example.com";
    assert_eq!(named().detect(text).iter().map(|f| f.kind).collect::<Vec<_>>(), ["email"]);
}

#[test]
fn organisations_are_not_reported() {
    assert!(named().detect("I paid with PayPal, Deutsche Bank says nothing.").is_empty());
}

#[test]
fn types_that_were_not_asked_for_are_not_looked_for() {
    let cards = Detector::builder().names(true).types([DataType::FinPan]).build();
    assert!(cards.detect("Daniel Whitcombe from Manchester").is_empty());
    let places = Detector::builder().names(true).types([DataType::LocCoarse]).build();
    let kinds: Vec<_> =
        places.detect("Daniel Whitcombe moved to Manchester").iter().map(|f| f.kind).collect();
    assert_eq!(kinds, ["place"]);
}
