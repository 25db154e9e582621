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
        "‹email!:\"john doe\"@example.com› is quoted",
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
        "écrivez à ‹email:paul arobase example point fr›",
        "escribid a ‹email:pablo arroba ejemplo punto example›",
        "‹email:max.muster ät gmx punkt de›",
        "‹email:john at example dot co dot uk›",
        "‹email!:john@example.com› point me to it",
    ]);
    check_clean(&[
        "look at the point in time",
        "look at gmail dot com",
        "meet me at noon",
        "I was at the store. Commute was ok",
    ]);
}

#[test]
fn a_web_address_is_found() {
    check(&[
        "see ‹url:https://www.example.com/a?b=c#d›.",
        "‹url:http://example.be/›",
        "(‹url:https://example.com/path›)",
        "‹url:www.example.it›",
        "‹url:example.de/orders›",
        "‹url:t.co/MErK8iIH›",
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
        "router fw 4.2.19.1",
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
        "my name is Dr. ‹person:Anna O'Neill-Schmidt›",
    ]);
    check_clean(&[
        "my name is not on the list",
        "my name is 's maiden name",
        "the cardholder agreement",
        "Brand name: Acme",
        "my full name Please",
        "the file name is Report",
        "the product name is Galaxy Fold",
        "what is my name",
    ]);
}

#[test]
fn an_address_is_found_in_one_span_as_its_country_writes_it() {
    check(&[
        "I live at ‹address:742 Evergreen Terrace, Springfield, OR 97475›.",
        "Ship to: Jane Doe\n‹address:1600 Amphitheatre Pkwy\nApt 12B\nMountain View, CA 94043\nUSA›",
        "‹address:Flat 3, 27 Acacia Avenue, Manchester M1 1AE›",
        "‹address:Unit 5/12 George St, Parramatta NSW 2150›",
        "ich wohne in der ‹address:Lindenstraße 7b, 80331 München›",
        "Musterfirma, ‹address:Am Rain 3, 12345 Musterstadt›",
        "‹address:Unter den Linden 5\n10117 Berlin›",
        "‹address:12 bis rue de la Paix, 75002 Paris, France›",
        "‹address:3 place Bellecour\n69002 Lyon›",
        "‹address:calle Mayor 5, 2º B, 28013 Madrid›",
        "‹address:Av. Paulista, 1578 - Bela Vista, São Paulo - SP, 01310-200›",
        "‹address:Via Roma 131, 10123 Torino (TO)›",
        "‹address:Keizersgracht 123, 1015 CJ Amsterdam›",
        "‹address:Storgatan 5, 111 51 Stockholm›",
        "til ‹address:Nørregade 7, 2. tv, 1165 København K›, tak",
        "‹address:ul. Długa 7/3, 31-147 Kraków›",
        "‹address:Rua Augusta 25, 1100-048 Lisboa›",
        "‹address:Bahnhofstrasse 10, 8001 Zürich, Schweiz›",
        "‹address:Mariahilfer Straße 88/2/14, 1070 Wien, Österreich›",
        "‹address:Rue Neuve 12, 1000 Bruxelles›",
        "‹address:221 King St W, Toronto, ON M5H 1K5› is right",
        "‹address:Flat 402, Sai Residency, 5th Cross, Indiranagar, Bengaluru 560038› since",
        "‹address:Mannerheimintie 10 A 5, 00100 Helsinki›",
        "adresa ‹address:Dlouhá 12, 110 00 Praha 1›",
        "‹address:Karl Johans gate 22, 0159 Oslo›",
        "‹address:#45, 3rd Main, 5th Block, Koramangala, Bangalore - 560095›",
        "‹address:Via Giuseppe Verdi, 15 - 20121 Milano (MI)›",
        "‹address:R. Augusta, 1500, ap 32, São Paulo/SP, 01304-001›",
        "‹address:Kerkstraat 12 bus 3, 9000 Gent›",
        "‹address:Level 3, 100 George Street, Brisbane QLD 4000›",
        "the parcel for ‹address:Church Lane, Oxford OX1 2AB› came back",
        "住所:〒‹address:100-0001 東京都千代田区千代田1-1›です",
        "72 Acheron Road Apt. 237 Sale VIC\n655 437 108 office"
            .replace("72 Acheron Road Apt. 237", "‹address?:72 Acheron Road Apt. 237›")
            .replace("655 437 108", "‹phone:655 437 108›")
            .as_str(),
    ]);
}

#[test]
fn a_box_at_the_post_office_is_an_address() {
    check(&[
        "ship to ‹address:PO Box 1187, Boise, ID 83701› please",
        "‹address:Postfach 12 34 56, 60311 Frankfurt am Main›",
        "‹address:PSC 3294, Box 9168\nAPO AA 61487›",
        "‹address:Unit 0822 Box 8858\nDPO AE 13319›",
    ]);
    check_clean(&["bp 12 per cent", "the box 12 is empty", "APO 12"]);
}

#[test]
fn an_address_in_small_letters_is_found_where_the_text_says_that_one_comes() {
    check(&[
        "send it to ‹address:12 baker street london nw1 6xe›",
        "deliver to ‹address:45 oak street springfield il 62704›",
        "my address is ‹address:Rosenheim 5› upstairs",
    ]);
}

#[test]
fn numbers_beside_words_for_streets_are_no_addresses() {
    check_clean(&[
        "Wagen 23 Platz 112",
        "5 items, 20000 Points left",
        "iPhone 15, 12345 Units sold",
        "room 12, 2024 Edition",
        "rebooked on LH 8842 via Zurich",
        "save this week via Couponing 4 You",
        "3 places de parking",
        "I waited 45 minutes in the drive way 2 times",
        "RJOM 120400 Z 22007 KT 9999 FEW 006 SCT 070 23 / 20",
        "der Weg ist 5 km lang",
        "Order 12345 Berlin",
        "10 Best Way to save",
        "I have 3 Apple Road trips planned",
        "row 5, seat 10115 Berlin",
    ]);
}

#[test]
fn addresses_as_argentina_colombia_italy_and_india_write_them() {
    check(&[
        "Mi dirección es ‹address:Calle 45 # 12-34 Sur›",
        "Vivo en ‹address:Calle 8 N° 1271›",
        "Abito in ‹address:Vicolo Serena, 17 Piano 6, 06073 Corciano›",
        "Address: ‹address:41, Roy Marg, Bikaner-334001›",
    ]);
}

#[test]
fn rarer_words_for_streets_count_between_a_number_and_the_end() {
    check(&["please ship it to ‹address:73 Gerard Islands›", "‹address?:3764 Aaron Ridge›"]);
    check_clean(&[
        "24 Hour Valley Run starts",
        "copyright 2009-2011, 2020, D. R. Commander 2010",
        "3 Blue Ridge songs",
        "my number is 212 and the rest follows",
    ]);
}
