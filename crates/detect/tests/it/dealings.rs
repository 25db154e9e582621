//! What somebody is to a brand, whose details are given, and what is said to be attached.

use crate::marked::{check, check_clean};
use aside_detect::Detector;

#[test]
fn somebody_elses_contact_details_are_said_to_be_theirs() {
    check(&[
        "‹third_party?:my husband›'s phone number is ‹phone:07700 900123›",
        "call ‹third_party?:my wife› ‹third_party?:Anna› on ‹phone:07700 900123›",
        "you can reach ‹third_party?:my daughter› under ‹email!:lily@example.com›",
        "‹third_party?:his› number is ‹phone:07700 900123›",
        "‹phone?:07700 900123› is ‹third_party?:my mum›'s",
        "die Telefonnummer ‹third_party?:meines Mannes› ist ‹phone:0171 1234567›",
        "‹third_party?:meine Kollegin› erreichbar unter ‹email!:eva@example.com›",
        "le numéro de ‹third_party?:mon mari› est le ‹phone:06 12 34 56 78›",
        "el teléfono de ‹third_party?:mi marido› es ‹phone:612 345 678›",
        "il telefono di ‹third_party?:mio fratello› è ‹phone:347 123 4567›",
        "o número do ‹third_party?:meu marido› é ‹phone:(11) 91234-5678›",
        "het telefoonnummer van ‹third_party?:mijn man› is ‹phone:06 12345678›",
        "numer ‹third_party?:mojego męża› to ‹phone!:+48 601 234 567›",
        "vous pouvez joindre ‹third_party?:mon mari› au ‹phone:06 12 34 56 78›",
        "у ‹third_party?:моего мужа› телефон ‹phone!:+7 912 345-67-90›",
        "‹third_party?:夫›の電話番号は‹phone:090-1234-5678›です",
        "meine Mutter heißt ‹third_party?:Erika Muster›",
        "ma mère s'appelle ‹third_party?:Anne Dupont›",
        "mi madre se llama ‹third_party?:Ana Pérez›",
    ]);
}

#[test]
fn the_writers_own_details_are_nobody_elses() {
    check(&[
        "my number is ‹phone:07700 900123›",
        "my mother's phone broke, call me on ‹phone:07700 900123›",
        "tell my husband to use my email ‹email!:lily@example.com›",
        "my son said call ‹phone:07700 900123›",
        "my wife loves it. Phone: ‹phone:07700 900123›",
        "not my husband's number: ‹phone?:07700 900123›",
    ]);
    check_clean(&["my dog is called Rex", "the product is called Anna", "my husband's order"]);
}

#[test]
fn being_a_customer_is_found_in_many_languages() {
    check(&[
        "I've been a ‹relationship?:customer since 2015›",
        "‹relationship?:customer for 20 years› and this is how you treat me",
        "I'm a ‹relationship?:gold member›",
        "I am on the ‹relationship?:premium plan›",
        "my ‹relationship?:platinum status› is gone",
        "ich bin ‹relationship?:seit 10 Jahren Kunde›",
        "bin ‹relationship?:Stammkunde›",
        "je suis ‹relationship?:client depuis 2012›",
        "soy ‹relationship?:cliente desde 2015›",
        "sono ‹relationship?:cliente dal 2010›",
        "sou ‹relationship?:cliente desde 2018›",
        "ik ben ‹relationship?:klant sinds 2016›",
        "jestem ‹relationship?:klientem od 2014›",
        "jag är ‹relationship?:kund sedan 2011›",
    ]);
}

#[test]
fn asking_about_a_plan_says_nothing_about_anybody() {
    check_clean(&[
        "do you have a gold plan?",
        "what does the premium plan cost?",
        "I want the premium plan",
        "I'm interested in the family plan",
        "I am not a gold member",
        "customer service since 9 am on hold",
        "your customer service is awful",
        "gibt es einen Familientarif?",
        "ich bin kein Kunde",
        "are you a member since 2015?",
        "je ne suis pas client",
    ]);
}

#[test]
fn what_somebody_bought_and_when_is_account_history() {
    check(&[
        "‹history?:I bought a phone last week› and it's dead",
        "‹history?:we ordered three chairs on Monday›",
        "habe ‹history?:gestern zwei Paar bestellt›",
        "‹history?:j'ai commandé la semaine dernière›",
        "‹history?:compré un móvil la semana pasada›",
        "‹history?:ho ordinato un divano la settimana scorsa›",
        "ik heb ‹history?:gisteren een jas besteld›",
        "‹history?:zamówiłam buty w zeszłym tygodniu›",
    ]);
    check_clean(&[
        "I bought a phone",
        "if I ordered it yesterday, when would it come?",
        "bestellt und nie angekommen",
        "people say I never bought it last week",
    ]);
}

#[test]
fn a_document_or_a_face_that_is_attached_is_found() {
    check(&[
        "attached is a ‹id_image?:scan of my passport›",
        "I've sent you a ‹id_image?:photo of my driving› licence",
        "here is my ‹id_image?:passport scan›",
        "anbei eine ‹id_image?:Kopie meines Personalausweises›",
        "ci-joint la ‹id_image?:copie de ma carte d'identité›",
        "adjunto ‹id_image?:foto de mi DNI›",
        "allego ‹id_image?:foto della mia carta d'identità›",
        "segue a ‹id_image?:cópia do meu passaporte›",
        "hierbij een ‹id_image?:kopie van mijn paspoort›",
        "w załączniku ‹id_image?:skan mojego dowodu›",
        "bifogar ‹id_image?:kopia på mitt pass›",
        "here is a ‹photo?:photo of my face›",
        "here's a ‹photo?:selfie with my passport›",
        "im Anhang ein ‹photo?:Foto von mir›",
        "voici une ‹photo?:photo de moi›",
        "you stored my ‹template?:fingerprint scan›",
        "attached my ‹template?:face ID template›",
        "attached a ‹third_party_msg?:screenshot of the chat› with the seller",
    ]);
}

#[test]
fn pictures_of_things_and_what_is_only_asked_for_are_not_found() {
    check_clean(&[
        "You want a photo of my passport for a 9.99 subscription? no thanks",
        "do I have to send a photo of my passport?",
        "Ihr wollt ein Foto vom Ausweis? nein danke",
        "attached a photo of the damaged box",
        "here is a picture of my order",
        "here is a copy of my invoice",
        "I won't send you a scan of my ID",
        "my fingerprint doesn't work since the update",
        "Face ID is broken again",
        "do you store biometric data?",
        "can I take a selfie in the store?",
        "anbei ein Foto vom kaputten Karton",
    ]);
}

#[test]
fn messages_of_others_and_recordings_are_found_where_they_follow() {
    check(&[
        "‹third_party_msg?:he wrote me›: \"send the money or else\"",
        "‹third_party_msg?:my ex texted me› yesterday: I'll cancel your contract",
        "‹third_party_msg?:er hat mir geschrieben›: „Die Ware ist weg“",
        "‹third_party_msg?:il m'a écrit› : ne payez pas",
        "-----‹third_party_msg?:Original Message›-----\nhello",
        "---------- ‹third_party_msg?:Forwarded message› ---------\nhello",
        "‹third_party_msg?:Begin forwarded message›:\n\nhello",
        "I have a ‹recording?:recording of the call›",
        "‹recording?:I recorded our call›",
        "ich habe das ‹recording?:Gespräch mitgeschnitten›",
        "j'ai un ‹recording?:enregistrement de l'appel›",
        "tengo la ‹recording?:grabación de la llamada›",
        "attached the ‹recording?:transcript of the call›",
    ]);
    check_clean(&[
        "your agent wrote me: we'll call you",
        "nobody wrote me back",
        "calls may be recorded",
        "is there a recording of the call?",
        "I want the recording of the call",
        "do you have a transcript of the call?",
        "your original message was clear",
        "I forwarded message after message",
    ]);
}

#[test]
fn gender_is_found_where_somebody_says_it_of_themselves() {
    check(&[
        "I am a ‹gender?:woman›",
        "I'm a ‹sex_orientation:trans man›",
        "ich bin eine ‹gender?:Frau›",
        "je suis une ‹gender?:femme›",
        "soy ‹gender?:mujer›",
        "sono una ‹gender?:donna›",
        "sou ‹gender?:mulher›",
        "ik ben een ‹gender?:vrouw›",
        "jag är en ‹gender?:kvinna›",
    ]);
    check_clean(&[
        "man, this is bad",
        "the woman at the desk was rude",
        "I am not a man",
        "are you a man or a bot?",
        "I'm a man of my word",
        "size for men or women?",
    ]);
}

#[test]
fn hostile_texts_of_these_words_are_read_in_bounded_time() {
    for part in [
        "my husband 07700 900123 ",
        "my wife Anna ",
        "customer since ",
        "customer since 2015 ",
        "photo of my ",
        "selfie ",
        "I bought ",
        "recording ",
        "he wrote me ",
        "forwarded message\n",
        "is called Anna ",
        "attached ",
    ] {
        let text = part.repeat(2_000);
        for finding in Detector::new().detect(&text) {
            assert!(text.get(finding.start..finding.end).is_some());
        }
    }
}
