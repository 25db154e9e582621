//! What people say of themselves when they are in need, and how they say it when they leave words out.

use crate::marked::{check, check_clean};

#[test]
fn somebody_in_need_is_noticed_in_many_languages() {
    check(&[
        "i want to ‹vulnerability?:end it all›, i cant pay this",
        "ik ‹vulnerability?:wil dood› door die schulden",
        "‹vulnerability?:non voglio più vivere›",
        "‹vulnerability?:quiero morirme› con esta deuda",
        "j'ai ‹vulnerability?:envie d'en finir› avec ces dettes",
        "‹vulnerability?:nie chcę już żyć›",
        "my ‹vulnerability?:ex hits me› and checks my phone",
        "mi ‹vulnerability?:ex me maltrata› y sabe mi dirección",
        "i've ‹vulnerability?:fled domestic violence›, do not tell him",
        "we are using a ‹vulnerability?:food bank›",
        "im ‹vulnerability:about to be evicted›",
        "bin ‹vulnerability:arbeitslos› geworden",
        "je suis ‹vulnerability:au chômage›",
        "sono ‹vulnerability:disoccupato›",
        "ik zit ‹vulnerability:in de schuldsanering›",
        "I'm ‹vulnerability:addicted to gambling›, block me",
        "er ‹vulnerability?:ordblind› og kan ikke læse jeres brev",
        "mein ‹vulnerability?:Mann ist letzte Woche verstorben›",
    ]);
}

#[test]
fn hyperbole_is_no_distress() {
    check_clean(&[
        "quero morrer de rir",
        "me muero de risa con el precio",
        "dead pixel on the new tv",
        "I'm addicted to your chips",
        "customer service is giving me a heart attack lmao",
        "do you donate to food banks?",
        "kill the subscription",
        "I lost my wife's watch in your store",
        "funeral for a friend tickets",
        "the battery passed away",
    ]);
}

#[test]
fn a_sentence_without_its_subject_speaks_of_the_writer() {
    check(&[
        "had a ‹condition?:miscarriage› last week and you keep sending nappy ads",
        "recovering from ‹condition:covid›, could someone carry it upstairs?",
        "‹belief_union:Muslim› here, is there gelatine in it",
        "är ‹condition?:gravid› i v 32",
        "bin im 7. Monat ‹condition:schwanger›",
        "jestem w 6 miesiącu ‹condition:ciąży›",
        "she's ‹condition?:allergic to penicillin›",
        "‹immigration:permesso di soggiorno› scaduto, posso fare la sim?",
        "as a ‹sex_orientation?:lesbian› couple we felt unwelcome",
    ]);
    check_clean(&[
        "had a stroke of luck with your support",
        "residence permit needed?",
        "is there a church here?",
        "gluten here?",
        "wheelchair ramp here?",
    ]);
}

#[test]
fn a_party_or_union_somebody_is_in_is_found() {
    check(&[
        "i'm in the ‹belief_union?:unison› union",
        "bin in der ‹belief_union?:SPD› aber das geht zu weit",
        "i voted for ‹belief_union?:trump› and u banned me?",
    ]);
    check_clean(&["I'm in labour ward queue 3", "we're in union square", "the party was in the reform club"]);
}

#[test]
fn pay_without_a_currency_is_found_where_words_for_wages_stand_around_it() {
    check(&[
        "verdiene ‹income?:1800› netto",
        "recebo ‹income?:2.300 por mês›",
        "zarabiam ‹income?:3500› na rękę",
        "household income: ‹income?:32,000›",
    ]);
    check_clean(&[
        "earn 500 points",
        "I earn 2 stamps a month",
        "recebo 30 e-mails por dia",
        "salary guide 2024 pdf",
    ]);
}

#[test]
fn an_age_is_found_in_brackets_behind_a_noun_and_on_a_birthday_that_comes() {
    check(&[
        "ich (‹age?:59 Jahre›) versteh die Rechnung nicht",
        "me (‹age?:34F›) and my cat live here",
        "soy una ‹gender?:mujer› de ‹age?:45 años›",
        "sono un ‹gender?:uomo› di ‹age?:60 anni›",
        "‹age?:70 yaşındayım› uygulamayı kullanamıyorum",
        "my little boy turns ‹data?:6› on saturday",
    ]);
    check_clean(&["it is 34F outside", "seat (12F) is wet", "un rhum de 12 ans d'age"]);
}

#[test]
fn an_absence_is_found_without_its_subject_or_its_month() {
    check(&[
        "‹itinerary?:absents du 5 au 20 août›",
        "sind ‹itinerary?:vom 2. bis 16. august in italien›",
        "we're ‹itinerary?:in spain until the 20th› so house is empty",
        "vamos estar ‹itinerary?:fora de 3 a 17 de agosto›",
    ]);
    check_clean(&[
        "delivery until the 20th",
        "in Italien am 3. August bestellt",
        "in spain from 3 August you ship too?",
    ]);
}

#[test]
fn a_status_that_opens_a_message_is_a_phrase_of_its_own() {
    check(&[
        "‹family?:divorced›, take his name off",
        "‹family?:Widow› with 3 kids, how do I change the name",
        "‹condition:lactose intolerant›, I asked what is in it",
        "22 weeks ‹condition?:pregnant› and the seat was given away",
        "just had ‹condition?:knee surgery› so no stairs pls",
        "i'm a ‹family?:single mum› of 3",
        "my ‹data?:2 year old› got a rash from your wipes",
    ]);
    check_clean(&[
        "widow spider costume",
        "Divorced men are twice as likely to remarry",
        "veuve clicquot 3 bouteilles",
        "married at first sight",
        "divorce from sky is harder than from people",
        "Witwe Bolte Buch",
        "my 18 year old whisky",
    ]);
}
