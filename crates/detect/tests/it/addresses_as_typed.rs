//! Addresses as people type them: in small letters, without commas, with the signs of their country.

use crate::marked::{check, check_clean};

#[test]
fn an_address_in_small_letters_is_found_with_its_postcode() {
    check(&[
        "bitte an ‹address:lindenstr 14, 50674› köln liefern",
        "consegnate in ‹address:via garibaldi 12, 20121› milano",
        "mandadlo a ‹address:calle mayor 15 3ºB 28013› madrid",
        "bezorgen op ‹address:kerkstraat 12 bis, 3581› rd utrecht",
        "entregar na ‹address:rua das flores 123 apto 45, vila mariana, são paulo sp 04001-000›",
        "proszę dostarczyć na ‹address:ul. mickiewicza 12/4, 30-058› kraków",
        "lever til ‹address:vestergade 12, 2. tv, 8000› aarhus c",
        "im at ‹address:1523 w oak st apt 7 denver co 80202› and nobody came",
        "livrez au ‹address:8 bis rue des lilas 69003› lyon svp",
    ]);
    check_clean(&[
        "hauptstr 14 mal angerufen",
        "via email 12 volte",
        "calle tranquila 3 dias sin luz",
        "rua movimentada 2 vezes por dia",
        "the st 7 denver co 8 fans",
    ]);
}

#[test]
fn an_abbreviated_street_in_small_letters_is_found() {
    check(&["its ‹address?:77 sunset blvd› not 7", "parcel for ‹address?:402 maple ave›, gate code changed"]);
    check(&[
        "my place is ‹address:apt 12c, 340 e 64th st, new york ny 10065›",
        "dejadlo en ‹address?:avenida del puerto 67›",
    ]);
    check(&["wyślijcie na ‹address:ul. Długa 5 m 3, 80-827 Gdańsk›"]);
    check_clean(&["2 days on the rd", "5 mins by rd", "12 of my ave", "the 3 blvd", "10 per ln"]);
}

#[test]
fn flats_districts_boxes_and_streets_without_numbers_belong_to_an_address() {
    check(&[
        "send the engineer to ‹address:18 Kilmore Avenue, Dublin 5, D05 X6K7›?",
        "come to ‹address:B-204 Shanti Apartments, MG Road, Pune 411001› after 6",
        "‹address:H.No. 4-55/2, Gandhi Nagar, Hyderabad - 500046› near the temple",
        "‹address:Box 123, 101 23 Stockholm›",
        "‹address:SQN 210 Bloco C apto 304, Brasília - DF, 70862-030›",
        "entrega en ‹address:Camino Viejo s/n, 38300 La Orotava›",
        "j'habite ‹address:3 impasse du moulin› à Rennes",
    ]);
    check_clean(&[
        "box 123, 101 23 items",
        "gate B-204 is closed",
        "model B-204, 5 left",
        "flight A-320 to Pune",
        "calle s/n",
    ]);
}
