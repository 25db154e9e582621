use crate::marked::{check, check_clean};

#[test]
fn a_card_of_every_scheme_is_found_and_certain() {
    check(&[
        "my card ‹card!:4111111111111111› is expiring",
        "‹card!:5555555555554444›",
        "mastercard second series ‹card!:2221000000000009› here",
        "‹card!:2720990000000007›",
        "amex ‹card!:378282246310005›",
        "diners ‹card!:30569309025904›",
        "‹card!:6011111111111117›",
        "jcb ‹card!:3530111333300000›",
        "jcb with 15: ‹card!:180001894718246›",
        "19 digits: ‹card!:4652943034623769885›",
        "cc ‹card!:503802053770›",
        "card 13 digits ‹card!:4222222222222›",
        "‹card!:6200000000000005›",
    ]);
}

#[test]
fn a_short_number_without_a_word_for_cards_is_only_likely() {
    check(&["‹card:503802053770›", "‹card:4222222222222›"]);
}

#[test]
fn a_contrary_cue_lowers_the_certainty_and_hides_only_what_is_called_a_number() {
    check(&[
        "order ‹card:4111111111111111› has not arrived",
        "Bestellnummer ‹card:4111 1111 1111 1111›",
        "tracking number: 4111111111111111",
        "numéro de suivi 4111111111111111",
        "my order number is 4111111111111111",
        "my order number is ‹card:4111 1111 1111 1111›",
        "Your ticket ‹card:4111111111111111›",
        "‹card:4111111111111111› is my order number",
        "conversation id ‹card:4111111111111111›",
        "see https://example.com/p/‹card:4111111111111111›",
    ]);
}

#[test]
fn the_nearest_word_decides() {
    check(&[
        "about my order: I paid with card ‹card!:4111111111111111›",
        "my card was charged for order ‹card:4111111111111111›",
        "order 12345678 was paid with ‹card!:4111111111111111›",
        "My order was cancelled. ‹card!:4111111111111111›",
    ]);
}

#[test]
fn expiry_and_code_behind_a_card_are_found() {
    check(&[
        "‹card!:4111111111111111› ‹card_expiry!:12/27› ‹cvv!:123›",
        "‹card!:4111 1111 1111 1111› ‹card_expiry!:12/27› ‹cvv!:123›",
        "‹card!:4111-1111-1111-1111›, ‹card_expiry!:12/2027›, ‹cvv!:123›",
        "‹card!:4111111111111111› exp ‹card_expiry:04/26› cvv ‹cvv!:737›",
        "‹card!:4111111111111111›,‹card_expiry!:1227›,‹cvv!:123›",
        "‹card!:4111111111111111› / ‹card_expiry!:12-27› / ‹cvv!:123›",
        "‹card!:378282246310005› ‹card_expiry!:0527› ‹cvv!:1234›",
        "‹card!:4111 1111 1111 1111› 5678",
        "ma carte ‹card!:4111111111111111›, expire fin ‹card_expiry:12/27›, crypto ‹cvv!:123›",
        "‹card!:4111111111111111›\n‹card_expiry!:12/27›\n‹cvv!:123›",
    ]);
}

#[test]
fn two_cards_in_one_text_are_two() {
    check(&[
        "‹card!:4111111111111111› ‹card!:5555555555554444›",
        "‹card!:4111 1111 1111 1111› ‹card!:5555 5555 5555 4444›",
        "‹card!:4111111111111111›,‹card!:5555555555554444›",
        "‹card!:4111111111111111›\n‹card!:4111111111111111›",
        "‹card!:4111 1111 1111 1111› or ‹card!:3782 822463 10005›",
    ]);
}

#[test]
fn a_card_glued_to_letters_or_digits_is_found() {
    check(&[
        "card‹card!:4111111111111111›x",
        "x‹card!:4111111111111111›",
        "‹card!:4111111111111111›‹card_expiry!:1227›",
        "‹card!:4111111111111111›‹card_expiry!:1227›‹cvv!:123›",
        "card ‹card!:4111111111111111›‹cvv!:123›",
    ]);
}

#[test]
fn a_card_in_any_grouping_is_found() {
    check(&[
        "‹card!:4111 1111 1111 1111›",
        "‹card!:4111-1111-1111-1111›",
        "‹card!:4111.1111.1111.1111›",
        "‹card!:4111_1111_1111_1111›",
        "‹card!:4111  1111  1111  1111›",
        "‹card!:4111\n1111\n1111\n1111›",
        "‹card!:4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1›",
        "‹card!:41 11 11 11 11 11 11 11›",
        "‹card!:3782 822463 10005›",
        "‹card!:3056 930902 5904›",
        "‹card:41111 111 1111 1111›",
        "card ‹card!:41111 111 1111 1111›",
        "‹card:4111-1111 1111.1111›",
    ]);
}

#[test]
fn what_only_looks_like_a_card_is_not_reported() {
    check_clean(&[
        "4111111111111112",
        "1234567812345678",
        "order 1234567890123456",
        "0000000000000000",
        "4444444444444444",
        "build 20240115123456",
        "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12",
        "the year 2024 and 2025 and 2026 and 2027",
    ]);
}

#[test]
fn a_number_that_the_text_calls_a_card_is_held_even_if_a_digit_is_wrong() {
    check(&[
        "my card number is ‹card:4111 1111 1111 1112›",
        "credit card ‹card:060426070011› transactions",
        "What's your credit card? ‹card!:3522235032377454›",
    ]);
}

#[test]
fn an_imei_is_not_a_card() {
    check(&["IMEI ‹imei!:490154203237518›", "imei: ‹imei!:35-209900-176148-1›"]);
}

#[test]
fn the_last_four_digits_are_found_by_cue_or_by_stars() {
    check(&[
        "card ending in ‹card_last4:4242›",
        "the last four ‹card_last4:4399›",
        "last four digits are ‹card_last4:4399›",
        "meine Karte endet auf ‹card_last4:4242›",
        "carte se terminant par ‹card_last4:4242›",
        "tarjeta terminada en ‹card_last4:4242›",
        "‹card_last4!:**** **** **** 4242›",
        "‹card_last4!:xxxx-xxxx-xxxx-4242›",
        "‹card_last4:411111******1111›",
        "my card ‹card_last4:xx4242›",
        "‹card_last4!:•••• •••• •••• 4242›",
    ]);
    check_clean(&["order ending in 4242", "phone ending in 4242", "the offer is ending in 2025"]);
}

#[test]
fn a_security_code_is_found_by_cue() {
    check(&[
        "cvv ‹cvv:123›",
        "CVC: ‹cvv:123›",
        "cvv123 ".replace("123", "‹cvv:123›").as_str(),
        "the security code is ‹cvv:1234›",
        "Prüfziffer ‹cvv:123›",
        "Sicherheitscode lautet ‹cvv:123›",
        "code de sécurité : ‹cvv:123›",
        "código de seguridad ‹cvv:123›",
        "código de segurança: ‹cvv:123›",
        "codice di sicurezza ‹cvv:123›",
        "beveiligingscode ‹cvv:123›",
        "kod CVV: ‹cvv:123›",
        "‹cvv:123› is the cvv",
    ]);
    check_clean(&["what is a cvv?", "cvv. I ordered 123 pieces", "I have 3 cvv questions"]);
}

#[test]
fn an_expiry_date_is_found_by_cue() {
    check(&[
        "expires ‹card_expiry:12/27›",
        "exp. date: ‹card_expiry:12/2027›",
        "gültig bis ‹card_expiry:04/28›",
        "expire le ‹card_expiry:04/28›",
        "caducidad ‹card_expiry:04/28›",
        "valid thru ‹card_expiry:04-28›",
    ]);
}

#[test]
fn a_pin_is_found_by_cue() {
    check(&[
        "my pin is ‹pin:4821›",
        "PIN: ‹pin:4821›",
        "pin code for the building is ‹pin:4821›",
        "Geheimzahl ‹pin:4821›",
        "mon code pin est ‹pin:4821›",
        "‹pin:4821› is my pin",
    ]);
    check_clean(&["pin it to the top", "pin it 2024", "I pinned 4821 posts", "spinning 4821"]);
}

#[test]
fn the_stripe_of_a_card_is_found_whole() {
    check(&[
        "swipe: ‹track!:%B4111111111111111^DOE/JANE^27121010000000000000?›",
        "‹track!:;4111111111111111=27121010000012300000?› is track 2",
        "‹track!:4111111111111111=27121010000012300000›",
    ]);
    check(&["‹card!:4111111111111111›=12", "card ‹card!:4111111111111111›^2"]);
}

#[test]
fn a_pin_among_other_words_is_found() {
    check(&[
        "You have my PIN wrong, it's ‹pin:8264›, not 8246",
        "someone saw me type ‹pin:4471› as my pin at your ATM",
        "min pinkod är ‹pin:8264›",
        "pin kodum: ‹pin:8264›".replace("kodum", "kodu").as_str(),
        "mój PIN to ‹pin:8264›",
        "mi pin es ‹pin:8264› y el cajero no lo acepta",
        "o meu código PIN é ‹pin:8264›",
    ]);
    check_clean(&[
        "never share your PIN",
        "my PIN does not work since 2024 started",
        "PIN forgotten, card 3 blocked",
        "@anna19844821 PIN please",
    ]);
}

#[test]
fn an_order_number_of_a_length_that_the_issuer_hardly_uses_is_none() {
    check_clean(&["tilaus 610012345678905 maksettu", "ordernr 3001234567890122, leverans lovad 3 ggr nu"]);
}

#[test]
fn the_cardholder_beside_a_card_belongs_to_it() {
    check(&[
        "‹card!:4111111111111111›, cardholder name: ‹cardholder:JANE A. DOE›",
        "Karteninhaber ‹cardholder:Erika Mustermann›, ‹card!:4111111111111111›",
        "titular de la tarjeta: ‹cardholder:Ana García›\n‹card!:4111 1111 1111 1111›",
    ]);
    check_clean(&["the cardholder must be present", "cardholder agreement 2024"]);
}

#[test]
fn national_schemes_are_cards() {
    check(&[
        "dankort ‹card!:5019717010103742›",
        "Elo ‹card!:6362970000457013›",
        "RuPay ‹card!:6521111111111110›",
        "‹card!:9792030000000000›",
        "‹card!:2200000000000004›",
        "uatp card ‹card:135410014004955›",
    ]);
    check_clean(&["my profile is 100000000000009"]);
}

#[test]
fn a_pin_block_is_found_by_cue() {
    check(&["pin block ‹pin:0412AC89ABCDEF67›"]);
    check_clean(&["pin block 12 does not open", "the pin block is empty"]);
}

#[test]
fn words_for_cards_and_orders_in_other_scripts_count() {
    check(&[
        "номер карты ‹card!:4111 1111 1111 1111›",
        "カード番号は‹card!:4111111111111111›です",
        "卡号‹card!:4111111111111111›",
        "заказ ‹card:4111111111111111› где",
        "注文番号 ‹card:4111111111111111›",
    ]);
}

#[test]
fn the_date_by_which_goods_are_to_be_used_is_no_cards() {
    check_clean(&[
        "the milk you sold me says exp 09/27",
        "best before 09/27, opened and mouldy",
        "yogurt expiry 09/27 and already sour",
        "voucher expires 09/27, why refused?",
        "Joghurt, Ablaufdatum 09/27, schimmlig",
        "leche con caducidad 09/27",
        "exp 09/27 on the cheese",
    ]);
    check(&["my card, exp ‹card_expiry:09/27›, is refused", "exp ‹card_expiry:09/27›"]);
}

#[test]
fn a_card_number_in_odd_groups_is_found_where_the_text_calls_it_a_card() {
    check(&[
        "My card ‹card:4222 222 222 222› has been lost. Can you please block it?",
        "How do I change my address linked to credit card ‹card:4222.222.222.222› to my new one?",
        "Card No.: ‹card:622126-1765659425936›",
    ]);
}

#[test]
fn a_piece_of_a_list_of_numbers_is_no_card() {
    check_clean(&[
        "sizes 30 31 32 33 34 35 36 37 38 39 40 41 42 43 44 45 46 47 48 49 50 51 52 53 54 55 56",
        "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20",
        "powers 64 96 128 192 256 384 512 768 1024 2048 4096",
    ]);
}

#[test]
fn a_bar_code_and_a_long_parcel_number_are_no_cards() {
    check_clean(&[
        "4081229078205",
        "Hi, tracking: 6721105961396114236321",
        "UPS 50594857389271587003",
        "parcel 4473 0683 4173 4462 3464 00 stuck in Madrid",
    ]);
}
