use crate::{found, people, places};
use aside_names::Label;

#[test]
fn a_name_after_my_name_is_is_found() {
    assert_eq!(people("Hi, my name is Harriet Bloomfield and I want a refund."), ["Harriet Bloomfield"]);
    assert_eq!(people("hi my name is harriet bloomfield and i want a refund"), ["harriet bloomfield"]);
}

#[test]
fn a_name_without_a_cue_is_found() {
    assert_eq!(people("Yesterday Daniel Whitcombe signed for the parcel."), ["Daniel Whitcombe"]);
}

#[test]
fn a_title_is_no_part_of_the_name() {
    assert_eq!(people("Dear Mr Whitcombe, thank you for your patience."), ["Whitcombe"]);
    assert_eq!(people("Please ask Dr. Helen Marsh to call me."), ["Helen Marsh"]);
}

#[test]
fn a_possessive_is_no_part_of_the_name() {
    assert_eq!(people("Sarah's account is locked"), ["Sarah"]);
    assert_eq!(people("I used Daniel Whitcombe’s card"), ["Daniel Whitcombe"]);
}

#[test]
fn initials_hyphens_apostrophes_and_particles_belong_to_the_name() {
    assert_eq!(people("Kind regards, James T. Holloway"), ["James T. Holloway"]);
    assert_eq!(people("My name is Anne-Marie O'Donnell."), ["Anne-Marie O'Donnell"]);
    assert_eq!(people("My name is Pieter van der Meer."), ["Pieter van der Meer"]);
    assert_eq!(people("My name is María de la Cruz."), ["María de la Cruz"]);
}

#[test]
fn a_signature_is_a_name() {
    assert_eq!(people("It never arrived.\n\nRegards,\nTunde Adeyemi"), ["Tunde Adeyemi"]);
}

#[test]
fn several_people_are_several_names() {
    assert_eq!(people("two tickets for Ana Ruiz and Tom Keller please"), ["Ana Ruiz", "Tom Keller"]);
}

#[test]
fn places_are_places() {
    assert_eq!(places("I moved from Manchester to Berlin last week."), ["Manchester", "Berlin"]);
    assert_eq!(places("do you ship to New Zealand?"), ["New Zealand"]);
}

#[test]
fn a_company_is_no_person() {
    let text = "I paid with PayPal but Deutsche Bank says nothing arrived.";
    assert_eq!(people(text), [""; 0]);
    assert_eq!(found(Label::Organisation, text), ["PayPal", "Deutsche Bank"]);
}

#[test]
fn messages_without_names_have_none() {
    for text in [
        "Where is my order? I have been waiting for two weeks.",
        "Will you refund me or not?",
        "I hope you can mark it as urgent, the bill is wrong.",
        "Order Number: A482-9913",
        "Free Shipping on Black Friday",
        "THIS IS A JOKE, WHERE IS MY PARCEL",
        "It arrived on Monday, 12 May.",
        "Sehr geehrte Damen und Herren, wo bleibt mein Paket?",
        "Bonjour, je n'ai pas reçu la facture.",
        "¿Dónde está mi pedido?",
        "",
    ] {
        assert_eq!(people(text), [""; 0], "{text}");
    }
}

#[test]
fn an_initial_that_is_written_small_joins_a_name() {
    assert_eq!(people("follow up with benjamin a seiler next week"), ["benjamin a seiler"]);
}

#[test]
fn a_tag_that_is_a_full_name_is_a_name() {
    assert_eq!(people("what happened to #HannahWhitcombe in Leeds"), ["#HannahWhitcombe"]);
    assert_eq!(people("#TeamWork makes the dream work"), [""; 0]);
}

#[test]
fn names_of_many_cultures_are_found_in_latin_letters() {
    for (text, name) in [
        ("Attn: Thandiwe Mokoena", "Thandiwe Mokoena"),
        ("Thanks, Gulnara", "Gulnara"),
        ("Regards,\nEyþór Sigurðsson", "Eyþór Sigurðsson"),
        ("I spoke with Chinonso", "Chinonso"),
        ("It's Lasha Beridze again", "Lasha Beridze"),
        ("Met Wietse in Zwolle", "Wietse"),
    ] {
        assert_eq!(people(text), [name], "{text}");
    }
}
