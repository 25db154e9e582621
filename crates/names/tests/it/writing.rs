use crate::{people, places};
use aside_names::Names;

#[test]
fn shouted_names_are_found() {
    assert_eq!(people("MY NAME IS SARAH COLLINS AND I AM ANGRY"), ["SARAH COLLINS"]);
}

#[test]
fn a_tag_may_be_a_name_and_a_handle_never_is() {
    assert_eq!(places("so happy to be in #London"), ["#London"]);
    assert_eq!(people("@sarah_collins thanks for the quick help"), [""; 0]);
}

#[test]
fn the_margin_tells_clear_names_from_guesses() {
    let clear = Names::new().find("My name is Harriet Bloomfield.");
    assert!(clear[0].margin > 2.0);
}

#[test]
fn an_address_block_has_one_person() {
    let text = "Harriet Bloomfield\n12 Mill Lane\nLeeds\nUnited Kingdom";
    assert_eq!(people(text), ["Harriet Bloomfield"]);
}
