//! What customers see, from hand-made views.

use super::{conversation::TalkPage, door::Door, link::Landing, words};
use crate::samples;
use aside_model::Language;
use askama::Template;

fn whole(page: &impl Template) -> String {
    page.render()
        .unwrap()
        .replace(&crate::assets::href("base.css").replace("base.css", ""), "/static/VERSION/")
}

fn page(language: Language) -> TalkPage {
    TalkPage::of(samples::customer_page(language), "TOKEN".into(), "FORM".into(), 41)
}

#[test]
fn the_messenger_shows_one_conversation_over_all_rungs() {
    insta::assert_snapshot!(whole(&page(Language::English)));
}

#[test]
fn the_messenger_speaks_german() {
    insta::assert_snapshot!(page(Language::German).as_talk().render().unwrap());
}

#[test]
fn no_language_shows_a_place_that_was_not_filled() {
    for language in Language::ALL {
        let words = words::of(*language);
        let landing = Landing { words, brand: "Northwind".into(), link: "LINK".into(), csrf: "TOKEN".into() };
        let (title, text) = words.link_expired;
        let door = Door { words, csrf: "TOKEN".into(), title, text, alert: true, code_refused: Some("no") };
        for html in [whole(&page(*language)), whole(&landing), whole(&door)] {
            assert!(!html.contains('{') && !html.contains('}'), "{language:?}");
            assert!(html.contains(&format!("<html lang=\"{}\">", language.tag())));
        }
    }
}

#[test]
fn what_is_held_can_be_released_or_deleted_with_one_press() {
    insta::assert_snapshot!(page(Language::English).as_holds().render().unwrap());
}

#[test]
fn a_customer_never_sees_the_way_to_open_a_value() {
    let html = whole(&page(Language::English));
    assert!(!html.contains("reveal") && !html.contains(&samples::nth::<()>(50).to_string()));
}

#[test]
fn what_people_write_is_text_and_nothing_else() {
    let html = whole(&page(Language::English));
    assert!(!html.contains("<script>alert") && !html.contains("<b>Eve") && !html.contains("<Rail>"));
    for (at, _) in html.match_indices('\u{202e}') {
        assert!(html[..at].rfind("<bdi") > html[..at].rfind("</bdi>"), "a turned line escapes its place");
    }
}

#[test]
fn the_links_own_page_says_what_happens_and_asks_once() {
    let landing = Landing {
        words: words::of(Language::English),
        brand: "Northwind".into(),
        link: "LINK".into(),
        csrf: "TOKEN".into(),
    };
    insta::assert_snapshot!(whole(&landing));
}
