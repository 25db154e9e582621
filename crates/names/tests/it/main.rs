//! Which names are found in which texts.

mod hostile;
mod languages;
mod ordinary;
mod people;
mod writing;

use aside_names::{Label, Names};

/// The texts of the entities with this label.
fn found(label: Label, text: &str) -> Vec<&str> {
    Names::new().find(text).iter().filter(|e| e.label == label).map(|e| &text[e.start..e.end]).collect()
}

fn people(text: &str) -> Vec<&str> {
    found(Label::Person, text)
}

fn places(text: &str) -> Vec<&str> {
    found(Label::Place, text)
}
