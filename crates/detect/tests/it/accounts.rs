use crate::marked::{check, check_clean};

#[test]
fn an_iban_is_found_and_never_eats_the_next_word() {
    check(&[
        "refund to ‹iban!:ES9121000418450200051332› please",
        "‹iban!:ES91 2100 0418 4502 0005 1332› please",
        "‹iban!:BE68539007547034› thanks",
        "‹iban!:AT611904300234573201› bitte",
        "‹iban!:LU280019400644750000› merci",
        "‹iban!:EE382200221020145685› palun",
        "‹iban!:DE89 3704 0044 0532 0130 00› und",
        "‹iban!:DE89370400440532013000›.",
        "‹iban!:GB29NWBK60161331926819› cheers",
        "‹iban!:FR1420041010050500013M02606› merci",
        "‹iban!:NL91ABNA0417164300›",
        "‹iban!:NO9386011117947›",
        "‹iban!:PL61109010140000071219812874›",
        "‹iban!:PT50000201231234567890154›",
        "‹iban!:IT60X0542811101000000123456›",
        "‹iban!:MT84MALT011000012345MTLCAST001S›",
        "‹iban!:LC55HEMM000100010012001200023015›",
        "‹iban!:EG380019000500000000263180002› please",
        "‹iban!:IQ98NBIQ850123456789012› please",
        "‹iban!:LY83002048000020100120361› please",
        "‹iban!:SC18SSCB11010000000000001497USD› please",
        "‹iban!:UA213223130000026007233566001›",
        "‹iban!:de89 3704 0044 0532 0130 00› is mine",
        "IBAN‹iban!:DE89370400440532013000›",
        "‹iban!:DE 89 3704 0044 0532 0130 00›",
        "‹iban!:DE89-3704-0044-0532-0130-00›",
    ]);
}

#[test]
fn an_iban_in_any_grouping_is_found() {
    check(&[
        "‹iban!:DE89.3704.0044.0532.0130.00›",
        "‹iban!:DE89_3704_0044_0532_0130_00›",
        "‹iban!:DE89/3704/0044/0532/0130/00›",
        "‹iban!:DE89\u{a0}3704\u{a0}0044\u{a0}0532\u{a0}0130\u{a0}00›",
        "‹iban!:DE89\n3704 0044 0532 0130 00›",
        "‹iban!:D\u{200b}E89370400440532013000›",
        "‹iban!:ＤＥ８９３７０４００４４０５３２０１３０００›",
        "‹iban!:DE89 370400440532013000›",
    ]);
}

#[test]
fn letters_stand_where_the_country_has_them_and_have_no_accents() {
    // Right check digits, but no country's form.
    check_clean(&["éé382200221020145685", "ÉÉ38 2200 2210 2014 5685", "GB35901234001713319268"]);
}

#[test]
fn a_mistyped_iban_needs_a_word_for_it() {
    check(&["my IBAN is ‹iban:DE88370400440532013000›"]);
    check_clean(&[
        "DE88370400440532013000",
        "Rain to MN 2 . 6mm Since MN 0 . 0mm Sun 7w",
        "AB12345678901234567890",
        "in 2024 we had 1234567890123456 things",
    ]);
}

#[test]
fn a_social_security_number_is_found() {
    check(&[
        "‹us_ssn:123-45-6789›",
        "‹us_ssn:123 45 6789›",
        "my ssn is ‹us_ssn!:123-45-6789›",
        "SSN ‹us_ssn:123456789›",
        "social security number: ‹us_ssn!:123 45 6789›",
        "here: ‹us_itin:912-70-1234›",
        "ssn ‹us_ssn:987-65-4321›".replace("us_ssn", "us_itin!").as_str(),
    ]);
}

#[test]
fn numbers_that_are_never_given_out_are_none() {
    check_clean(&[
        "000-12-3456",
        "666-12-3456",
        "123-00-4567",
        "123-45-0000",
        "123456789",
        "order 123-45-6789",
    ]);
}
