//! Values as programs, forms and transcripts write them.

use crate::marked::{check, check_clean};

#[test]
fn keys_of_two_words_name_their_values_however_they_are_joined() {
    check(&[
        "{\"passport_number\": \"‹passport:307150828›\"}",
        "driver_license_number: ‹us_driver_license:A97804303›",
        "swift_code: ‹bic:COBADEFFXXX›",
        "{\"mac_address\": \"‹mac!:ecf3.b30e.7923›\"}",
        "accountNumber=‹bank_account:6968013522›",
        "phoneNumber=‹phone:2125550198›",
        "dateOfBirth=‹dob:12.05.1984›",
    ]);
}

#[test]
fn an_answer_on_the_next_line_answers_the_question_before_it() {
    check(&[
        "Agent: your postcode please\nCustomer: ‹postcode:87342›",
        "Agent: and your PIN?\nCustomer: ‹pin:4711›",
    ]);
    check_clean(&["Agent: your postcode please\nCustomer: why?", "Agent: PIN?\nCustomer: no\nTotal: 4711"]);
}

#[test]
fn expiry_dates_are_found_by_their_words_in_the_north_and_in_turkish() {
    check(&[
        "kortet udløber ‹card_expiry:08/27›",
        "Giltigt till ‹card_expiry:08/27›",
        "son kullanma tarihi ‹card_expiry:08/27›",
        "valida fino al ‹card_expiry:08/27›",
        "Die Karte läuft am ‹card_expiry:08/27› ab",
    ]);
}
