use crate::people;

#[test]
fn brands_and_products_are_nobody() {
    for text in [
        "Samsung told me to ask Currys and Currys told me to ask Samsung",
        "Will the Pixel Buds work with Windows or only Android",
        "Ikea Regal Billy, Schrauben fehlen",
        "La lavadora Balay pierde agua",
        "Can I pay with Klarna or American Express?",
        "my Ford Ranger has been in your garage since August",
        "Il mio MacBook Pro è in riparazione da marzo",
    ] {
        assert_eq!(people(text), [""; 0], "{text}");
    }
}

#[test]
fn words_that_begin_a_sentence_and_german_nouns_are_nobody() {
    for text in [
        "Gutschein abgelaufen, Hotline besetzt, Laune im Keller",
        "Kartenleser error 30, Neustart, error 31",
        "Liebes Team, wo bleibt die Gutschrift?",
        "The bill was wrong again and May was charged twice",
        "Mark all as read does not work in the Inbox",
        "Grace period? Seriously?",
        "Szanowni Państwo, proszę o duplikat",
        "Bästa Kundtjänst, skicka en ny kod",
        "Fatura de junho veio em dobro, Absurdo",
        "Uygulama Güncelleme sonrası açılmıyor",
    ] {
        assert_eq!(people(text), [""; 0], "{text}");
    }
}

#[test]
fn messages_that_are_shouted_or_written_small_have_no_people() {
    for text in [
        "KEIN STROM SEIT HEUTE FRÜH",
        "BRAK PRĄDU OD RANA",
        "SIN LUZ DESDE AYER",
        "UGH. WHY IS NOBODY ANSWERING",
        "la negra o la blanca, cuál es más barata?",
        "j'ai oublié mon mot de passe et le lien ne marche pas",
        "bin gehörlos, anrufen bringt nichts",
        "sprawdzcie to sobie sami",
    ] {
        assert_eq!(people(text), [""; 0], "{text}");
    }
}

#[test]
fn an_ordinary_word_that_is_a_name_here_is_found() {
    assert_eq!(people("My name is Grace May and I live in Bristol"), ["Grace May"]);
    assert_eq!(people("Spoke to Mark on Tuesday, he promised a refund."), ["Mark"]);
}

#[test]
fn what_somebody_was_is_no_part_of_the_name() {
    assert_eq!(people("I spoke to ex-Manager James Whitcombe yesterday"), ["James Whitcombe"]);
}

#[test]
fn brands_that_are_called_like_people_are_nobody() {
    for text in [
        "The Ted Baker dress arrived with a hole",
        "the Paul Smith wallet was missing",
        "My Russell Hobbs kettle leaks",
        "Das Hugo Boss Hemd ist zu kurz",
        "Hat der Jack Wolfskin Rucksack eine Regenhülle?",
    ] {
        assert_eq!(people(text), [""; 0], "{text}");
    }
}
