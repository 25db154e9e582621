//! What words say about somebody.

use crate::marked::{check, check_clean};
use aside_detect::{Certainty, Detector, Evidence};

#[test]
fn an_illness_that_somebody_has_is_found_in_many_languages() {
    check(&[
        "I was diagnosed with ‹condition:breast cancer› last week",
        "I have ‹condition:type 1 diabetes› and security took my ‹condition?:insulin›",
        "got ‹condition:asthma› and your driver smoked",
        "Mum has ‹condition?:dementia› and keeps buying things",
        "my GP put me on ‹condition?:sertraline›, is that covered",
        "ich hab ‹condition:Diabetes Typ 1›",
        "weil ich ‹condition:schwanger› bin",
        "wegen meiner ‹condition:Depression› war ich nicht erreichbar",
        "j'ai un ‹condition:diabète de type 1›",
        "je suis ‹condition:enceinte› de 6 mois",
        "tengo ‹condition:asma› desde siempre",
        "mi hijo es ‹condition?:celíaco›",
        "ho il ‹condition:morbo di Crohn›",
        "mia mamma ha il ‹condition?:diabete›",
        "tenho ‹condition:epilepsia›",
        "ben ‹condition:zwanger› en moet staan",
        "mijn zoontje is ‹condition?:allergisch voor noten›",
        "jestem ‹condition:w ciąży›",
        "mam ‹condition:astmę›",
        "jag är ‹condition:gravid›",
        "annem ‹condition?:kanser hastası›",
    ]);
}

#[test]
fn a_disability_or_distress_is_found() {
    check(&[
        "i'm ‹vulnerability:deaf›, stop calling",
        "I use a ‹vulnerability?:wheelchair› and the lift is broken",
        "my ‹vulnerability?:husband died› and I want to close it",
        "bin ‹vulnerability:gehörlos›",
        "als ‹vulnerability?:Rollstuhlfahrer› komme ich nicht zum Gleis",
        "je suis ‹vulnerability:malvoyant›",
        "soy ‹vulnerability:sordo›, no me llaméis",
        "sono ‹vulnerability:in carrozzina›",
        "sou ‹vulnerability:cadeirante›",
        "ik ben ‹vulnerability:slechthorend›",
        "jestem ‹vulnerability:niewidomy›",
        "I feel ‹vulnerability?:suicidal› after your letters",
    ]);
}

#[test]
fn belief_union_orientation_origin_and_offences_are_found_where_somebody_says_them() {
    check(&[
        "As a ‹belief_union?:Muslim› family we asked for no pork",
        "I am a ‹belief_union:Muslim›",
        "voted ‹belief_union?:Labour› all my life",
        "bin ‹belief_union:Mitglied bei ver.di›",
        "je suis ‹belief_union:délégué CGT›",
        "soy ‹belief_union:delegado de CCOO›",
        "sono ‹belief_union:iscritto alla CGIL›",
        "ben ‹belief_union:lid van de FNV›",
        "jestem ‹belief_union:ateistą›",
        "because I'm ‹sex_orientation:gay›",
        "hij is ‹sex_orientation?:homo›",
        "sou ‹sex_orientation:lésbica›",
        "got refused because I'm ‹race:black›, don't deny it",
        "soy ‹race:gitano›",
        "ich bin ‹criminal:vorbestraft›",
        "fui ‹criminal:condenado por furto› há anos",
        "I'm an ‹immigration:asylum seeker›",
        "mein ‹immigration:Aufenthaltstitel› läuft ab",
        "i'm ‹family?:recently divorced›",
        "I work as a ‹work_education?:nurse at St Mary's›, I cannot wait",
    ]);
}

#[test]
fn sums_beside_their_word_and_ages_are_found() {
    check(&[
        "my salary is ‹income?:$3,200 a month›",
        "mein Nettoeinkommen ist ‹income?:2.100 € im Monat›",
        "prendo ‹income?:980 euro› di pensione",
        "netto verdien ik ‹income?:€ 1.980›",
        "zarabiam ‹income?:4300 zł› netto",
        "My balance is ‹balance_credit?:-£1,482.20›",
        "découvert de ‹balance_credit?:1 482,20 €›",
        "credit score went from ‹balance_credit?:712› to ‹balance_credit?:580›",
        "I'm ‹age?:74 years old› and can't use the app",
        "I'm ‹age?:47›, no idea",
        "ich bin ‹age?:78 Jahre alt›",
        "j'ai ‹age?:78 ans› et",
        "tengo ‹age?:78 años› y",
        "tenho ‹age?:78 anos› e",
        "My ‹data?:daughter Lily is 6› and saw it",
        "my ‹data?:7 year old son› bought it",
        "mein ‹data?:Sohn Emil ist 7› und",
        "mi ‹data?:hijo Mateo tiene 7 años› y",
        "we're ‹itinerary?:away in Spain from 3 to 17 August›, hold the post",
        "wir sind ‹itinerary?:vom 3. bis 17. August im Urlaub›",
        "estamos ‹itinerary?:fuera del 3 al 17 de agosto›",
    ]);
}

#[test]
fn idle_uses_and_talk_about_a_subject_are_not_found() {
    check_clean(&[
        "sick of waiting, this is insane",
        "my phone died",
        "I'm a Cancer, you know",
        "what does your cancer insurance cost?",
        "I have a question about cancer cover",
        "I'm dying to know",
        "depressed prices on Black Friday",
        "there's a blind spot in your app",
        "the union jack flag is torn",
        "my account is disabled",
        "I have disabled notifications",
        "do you have diabetes products?",
        "are you pregnant or what",
        "I don't have diabetes",
        "ich habe kein Asthma",
        "je n'ai pas de diabète",
        "no tengo asma",
        "I'm not gay, lol",
        "this is so gay",
        "the black card is ugly",
        "my package is pregnant with another package?",
        "gay-friendly hotel?",
        "menu for deaf people?",
        "I'm 20 minutes late",
        "I'm 100% sure",
        "my phone is 3 years old",
        "j'ai 10 ans d'ancienneté chez vous",
        "tengo 2 años de garantía",
        "the score was 100 to 98",
        "my gift card balance is $20",
        "your balance of payments is 40 euros? no",
        "we scored 112 points",
        "Gibt es Rabatt für Menschen mit Behinderung?",
        "mon enceinte ne marche plus",
    ]);
}

#[test]
fn evidence_says_whether_somebody_speaks_of_themselves() {
    let of = |text: &str| Detector::new().detect(text).remove(0);
    assert_eq!(of("I have asthma").evidence, [Evidence::Lexicon, Evidence::FirstPerson]);
    assert_eq!(of("my mother has asthma").evidence, [Evidence::Lexicon, Evidence::OtherPerson]);
    assert_eq!(of("my mother has asthma").certainty, Certainty::Guessed);
}

#[test]
fn hostile_texts_of_terms_and_small_words_are_read_in_bounded_time() {
    for part in [
        "I have ",
        "my mother has asthma and ",
        "cancer ",
        "salary 1 ",
        "I'm 47 ",
        "away 3 to 4 ",
        "credit score 1.2.3 ",
        "'s ",
        "diabetes type ",
    ] {
        let text = part.repeat(2_000);
        for finding in Detector::new().detect(&text) {
            assert!(text.get(finding.start..finding.end).is_some());
        }
    }
}

#[test]
fn words_that_say_what_comes_next_find_nothing_where_nothing_comes() {
    for before in ["I work as", "I work at", "my job is", "ich arbeite als", "jag arbetar som", "I study at"]
    {
        for behind in ["", " ", "  ", "   a nurse", "\n", " .", " \u{a0} ", "  ,  nurse", "\t", " \u{200b} "]
        {
            let text = format!("{before}{behind}");
            for finding in aside_detect::Detector::new().detect(&text) {
                assert!(finding.start < finding.end, "{text:?} {finding:?}");
                assert!(!text[finding.start..finding.end].trim().is_empty(), "{text:?} {finding:?}");
            }
        }
    }
}

#[test]
fn terms_of_more_languages_are_found_where_somebody_says_them() {
    check(&[
        "jsem ‹condition:těhotná›",
        "mám ‹condition:cukrovku›",
        "‹condition:terhes vagyok›, nem várhatok",
        "‹belief_union:muszlim vagyok›",
        "sunt ‹condition:însărcinată›",
        "sunt ‹belief_union:musulman›",
        "olen ‹condition:raskaana›",
        "minulla on ‹condition:masennus›",
        "jeg har ‹condition:brystkræft›",
        "jeg er ‹sex_orientation:homofil›",
        "‹condition:hamileyim› ve bekleyemem",
        "ben ‹race:kürdüm›",
        "‹vulnerability:engelliyim›",
    ]);
    check_clean(&[
        "nejsem těhotná",
        "nemám cukrovku",
        "nem vagyok muszlim",
        "máte něco pro diabetiky?",
        "rom og romani musik",
    ]);
}
