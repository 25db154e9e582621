use crate::marked::{check, check_clean};

#[test]
fn an_email_address_is_found() {
    check(&[
        "write to ‹email!:anna@example.com›.",
        "‹email!:first.last+tag@sub.example.co.uk›, please",
        "<‹email!:a_b-c@example.de›>",
        "‹email!:o'neill@example.org›",
        "‹email!:bob@gmail.com›.Thanks",
        "mailto:‹email!:anna@example.com›",
        "‹email:anna@example.corp›",
        "‹email!:jürgen@müller.de›",
        "‹email!:anna@example.com› and ‹email!:bob@example.com›",
    ]);
    check_clean(&["@anna", "a @ b", "anna@", "@example", "5 @ 3.50"]);
}

#[test]
fn an_email_address_with_words_for_signs_is_found() {
    check(&[
        "‹email:john dot smith at gmail dot com›",
        "‹email:john.smith[at]gmail.com›",
        "‹email:john (at) example (dot) com›",
        "‹email:john.smith at gmail.com›",
        "my email is ‹email:john at gmail.com›",
        "‹email!:john.smith @ gmail.com›",
        "‹email:john@gmail dot com›",
        "‹email:max punkt muster at example punkt de›",
        "‹email:john.smith(at)example.com›",
    ]);
    check_clean(&["look at gmail dot com", "meet me at noon", "I was at the store. Commute was ok"]);
}

#[test]
fn a_web_address_is_found() {
    check(&[
        "see ‹url:https://www.example.com/a?b=c#d›.",
        "‹url:http://example.be/›",
        "(‹url:https://example.com/path›)",
        "‹url:www.example.it›",
        "‹url:example.de/orders›",
        "go to ‹domain?:example.com›",
        "‹domain?:shop.example.it› is down",
        "my website good.me".replace("good.me", "‹domain?:good.me›").as_str(),
        "‹url:https://example.com:8443/x› and ‹url:http://10.0.0.1/admin›",
    ]);
}

#[test]
fn sentences_without_space_and_files_are_no_addresses() {
    check_clean(&[
        "thanks.It works",
        "main.py",
        "good.me",
        "run.sh and lib.rs and README.md",
        "e.g. this",
        "wait...what",
        "Hello.How are you",
        "1.5.2",
        "it is so.is it",
    ]);
}

#[test]
fn an_ip_address_is_found_and_a_version_is_not() {
    check(&[
        "‹ipv4:192.168.0.1›",
        "my ip is ‹ipv4!:8.8.8.8›.",
        "‹ipv4:10.1.2.3›:8080",
        "‹ipv6:2001:db8::8a2e:370:7334›",
        "‹ipv6:fe80::1ff:fe23:4567:890a›",
        "IPv6 ‹ipv6!:2001:0db8:85a3:0000:0000:8a2e:0370:7334›",
    ]);
    check_clean(&[
        "firmware 2.34.11.7",
        "version 10.0.19045.1",
        "256.1.1.1",
        "1.2.3.4.5",
        "at 12:30:45",
        "std::io::Error",
        "v1.2.3.4",
        "running 5.4.3.2 kernel",
        "a::b",
    ]);
}

#[test]
fn a_street_with_its_number_and_postcode_is_found() {
    check(&[
        "I live at ‹address:221b Baker Street, London NW1 6XE›",
        "‹address:1600 Pennsylvania Avenue, Washington, DC 20500›",
        "‹address:Hauptstraße 12a, 10115 Berlin› ist es",
        "‹address:10115 Berlin, Hauptstraße 5›",
        "‹address?:12 Elm Street›",
        "‹address?:Hauptstr. 5›",
    ]);
    check_clean(&[
        "5 minutes drive",
        "take the 3 street lights",
        "Remembering 25 years",
        "MP 3 of ' On My Way",
        "the way 2 go",
    ]);
}

#[test]
fn a_postcode_is_found_by_cue() {
    check(&[
        "zip code ‹postcode:90210›",
        "ZIP: ‹postcode:90210-1234›",
        "PLZ ‹postcode:10115›",
        "postcode is ‹postcode:SW1A 1AA›",
        "code postal ‹postcode:75001›",
        "my postal code is ‹postcode:B0J 2H0›",
        "kod pocztowy ‹postcode:53-320›",
        "geb. ‹dob:12.05.1984›, ‹postcode:10115› Berlin",
    ]);
    check_clean(&["zip file 90210", "10115", "the zip is broken"]);
}

#[test]
fn a_name_is_found_where_the_text_introduces_it() {
    check(&[
        "Hi, my name is ‹person:Anna Schmidt› and I need help",
        "my name is ‹person:john smith› and i",
        "ich heiße ‹person:Anna von Berg›.",
        "mein Name ist ‹person:Jürgen Müller›",
        "je m'appelle ‹person:Zoé Dupont›, bonjour",
        "je m’appelle ‹person:Zoé Dupont›",
        "me llamo ‹person:José García› y",
        "mi chiamo ‹person:Luca Rossi›",
        "meu nome é ‹person:João da Silva›",
        "ik heet ‹person:Jan de Vries›",
        "nazywam się ‹person:Łukasz Nowak›",
        "cardholder name: ‹person:ANNA SCHMIDT›",
        "Name: ‹person:Toshimi Arata›\nPhone",
        "my name is ‹person:Dr. Anna O'Neill-Schmidt›",
    ]);
    check_clean(&[
        "my name is not on the list",
        "the cardholder agreement",
        "Brand name: Acme",
        "my full name Please",
        "the file name is Report",
        "the product name is Galaxy Fold",
        "what is my name",
    ]);
}
