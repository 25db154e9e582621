//! One module per family of data. Numbers are looked at from the most to the least provable: digits
//! that one family has taken are not offered to the next.

mod account;
mod address;
mod bban;
mod card;
mod card_extras;
mod coordinates;
mod crypto;
mod date;
mod email;
mod endings;
mod goods;
mod handle;
mod hardware;
mod iban;
mod ip;
mod issuer;
mod lexicon;
mod long_run;
mod luhn;
mod name;
mod national;
mod ordinary;
mod otp;
mod password;
mod phone;
mod pin;
mod reading;
mod reference;
mod secret;
mod security_answer;
mod seed_phrase;
mod ssn;
mod track;
mod url;

pub(crate) use secret::{SIGNS as SECRET_SIGNS, sign as secret_sign};

use crate::{
    Finding,
    page::{Found, Page},
    pattern::Patterns,
};

pub(crate) fn find_all(page: &Page<'_>, patterns: &Patterns) -> Vec<Finding> {
    let mut found = Found::new(page);
    patterns.find(page, &mut found);
    secret::find(page, &mut found);
    seed_phrase::find(page, &mut found);
    if !page.groups.is_empty() {
        crypto::find(page, &mut found);
        iban::find(page, &mut found);
        national::find_named(page, &mut found);
        hardware::find_imei(page, &mut found);
        account::find_proven(page, &mut found);
        track::find(page, &mut found);
        card::find(page, &mut found);
        card_extras::find(page, &mut found);
    }
    account::find(page, &mut found);
    reference::find(page, &mut found);
    email::find(page, &mut found);
    handle::find(page, &mut found);
    url::find(page, &mut found);
    ip::find_v6(page, &mut found);
    hardware::find_mac(page, &mut found);
    if !page.groups.is_empty() {
        hardware::find_vin(page, &mut found);
        national::find_devices(page, &mut found);
        pin::find(page, &mut found);
        ssn::find(page, &mut found);
        national::find_unnamed(page, &mut found);
        ip::find_v4(page, &mut found);
        coordinates::find(page, &mut found);
        otp::find_recovery_codes(page, &mut found);
        otp::find(page, &mut found);
        date::find(page, &mut found);
        address::find(page, &mut found);
        phone::find(page, &mut found);
    }
    security_answer::find(page, &mut found);
    password::find(page, &mut found);
    name::find(page, &mut found);
    lexicon::find(page, &mut found);
    found.findings
}
