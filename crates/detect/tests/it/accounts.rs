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

#[test]
fn the_parts_of_a_national_account_are_found_by_their_words() {
    check(&[
        "routing ‹us_account!:021000021› acct ‹us_account:000123456789› please",
        "my ABA number is ‹us_account!:021000021›, account number: ‹us_account:123456789›",
        "routing number ‹us_account:021000022›",
        "account number ‹us_account:123456789›, routing ‹us_account!:021000021›",
        "sort code ‹uk_account:20-00-00› account ‹uk_account:55779911›",
        "sort code: ‹uk_account:200000›, account number: ‹uk_account:55779911›",
        "sort code ‹uk_account:20-00-00› ‹uk_account:55779911›",
        "‹uk_account:20-00-00 55779911› is where it should go",
        "BSB ‹bank_account:062-000› account ‹bank_account:12345678›",
        "BSB: ‹bank_account:062000› ‹bank_account:12345678›",
        "transit number ‹bank_account:00011›, institution number ‹bank_account:003›, account ‹bank_account:1234567›",
        "IFSC: ‹bank_account:SBIN0001234›, account number ‹bank_account:00000012345678›",
        "BLZ ‹bank_account:37040044› Konto ‹bank_account:0532013000›",
        "Kontonummer: ‹bank_account:532013000›, Bankleitzahl: ‹bank_account:370 400 44›",
        "agência ‹bank_account:1234-3› conta corrente ‹bank_account:56789-0›",
        "mi CLABE es ‹bank_account!:032180000118359719›",
        "CBU: ‹bank_account!:0170099243195545904540›",
        "RIB : ‹bank_account!:20041 01005 0500013M026 06› merci",
        "conto ‹bank_account:000000123456› ABI ‹bank_account:05428› CAB ‹bank_account:11101›",
        "rekeningnummer ‹bank_account!:41.71.64.300›",
        "numer konta: ‹bank_account!:61 1090 1014 0000 0712 1981 2874›",
        "kontonummer ‹bank_account!:8601 11 17947›",
        "reg. nr. ‹bank_account:1234› konto ‹bank_account:0012345678›",
        "bankgiro ‹bank_account!:5050-1055›",
        "mon numéro de compte est ‹bank_account:00012345678›",
        "número de cuenta: ‹bank_account!:2100 0418 45 0200051332›",
        "hesap no: ‹bank_account:1234567890›",
        "BIC: ‹bic:COBADEFFXXX›",
        "the SWIFT code is ‹bic:DEUTDEFF›",
    ]);
}

#[test]
fn a_national_account_in_its_usual_grouping_needs_no_word() {
    check(&[
        "‹bank_account!:2100 0418 45 0200051332›",
        "‹bank_account!:61 1090 1014 0000 0712 1981 2874›",
        "‹bank_account:61109010140000071219812874›",
        "‹bank_account:539-0075470-34› merci",
        "‹bank_account:12-3456-1234567-00›",
        "‹bank_account:8601.11.17947›",
        "‹bank_account:19-2000145399/0800›",
        "‹bank_account!:11773016-11111018-00000000›",
    ]);
}

#[test]
fn numbers_that_only_look_like_accounts_are_none() {
    check_clean(&[
        "2100 0418 46 0200051332",
        "27 1140 2004 0000 3002 0135 5388",
        "539-0075470-35",
        "order 12-3456-1234567-00",
        "8601.11.17948",
        "19-2000145398/0800",
        "I can't get into my account since 2019",
        "my account was charged 1299.00 on 12/05",
        "account 12345678 does not exist",
        "routing is broken since version 2024",
        "parcel in transit 12345",
        "swift reply please",
        "SWIFT TRANSFER",
        "reg 1234 is my size",
        "conta de luz 123456",
        "mein Konto ist seit 3 Tagen gesperrt",
        "sort code?",
        "what is your IBAN and sort code",
    ]);
}

#[test]
fn a_bic_may_be_announced_later_in_its_sentence() {
    check(&["The SWIFT code for the transfer is ‹bic:COBADEFFXXX›.", "BIC is ‹bic:DEUTDEFF›"]);
    check_clean(&["The SWIFT code for the transfer is MISSING IN YOUR FORM"]);
}
