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
    cue::{Bank, IdWord, Topic},
    page::{Found, Page},
    pattern::Patterns,
};

/// Each family is asked only if the text has what none of its values is without: so many digits, one of its cues, a
/// sign. Most texts pass most families by, whose instructions are not even fetched.
pub(crate) fn find_all(page: &Page<'_>, patterns: &Patterns) -> Vec<Finding> {
    find_where(page, patterns, |there| there)
}

/// `asked` says whether a family is asked, given whether the text has what it needs.
fn find_where(page: &Page<'_>, patterns: &Patterns, asked: impl Fn(bool) -> bool + Copy) -> Vec<Finding> {
    let mut found = Found::new(page);
    patterns.find(page, &mut found);
    secret::find(page, &mut found);
    seed_phrase::find(page, &mut found);
    let digits = page.digit_count();
    let cues = &page.cues;
    if digits > 0 {
        find_proven(page, &mut found, digits, asked);
    }
    if asked(digits >= account::FEWEST_DIGITS || cues.has(&[Topic::Bank(Bank::Account)])) {
        account::find(page, &mut found);
    }
    if asked(cues.has(reference::TOPICS)) {
        reference::find(page, &mut found);
    }
    find_online(page, &mut found, asked);
    if digits > 0 {
        find_likely(page, &mut found, digits, asked);
    }
    if asked(cues.are_any()) {
        security_answer::find(page, &mut found);
        password::find(page, &mut found);
        name::find(page, &mut found);
    }
    lexicon::find(page, &mut found);
    found.findings
}

/// What check digits prove, and what the words before it name: it is taken away from all others.
fn find_proven(page: &Page<'_>, found: &mut Found, digits: usize, asked: impl Fn(bool) -> bool) {
    let cues = &page.cues;
    if asked(cues.has_long_words()) {
        crypto::find(page, found);
    }
    if asked(digits >= iban::FEWEST_DIGITS) {
        iban::find(page, found);
    }
    let named = cues.has(&[Topic::Id(IdWord::Serial), Topic::Ssn]);
    if asked(named || digits >= 18 || cues.has_sign(b'<')) {
        national::find_named(page, found);
    }
    if asked(cues.has(&[Topic::Imei])) {
        hardware::find_imei(page, found);
    }
    if asked(digits >= account::FEWEST_DIGITS) {
        account::find_proven(page, found);
        track::find(page, found);
        card::find(page, found);
    }
    if asked(digits >= 4 || cues.has(card_extras::TOPICS)) {
        card_extras::find(page, found);
    }
}

/// Addresses of mailboxes, sites and machines.
fn find_online(page: &Page<'_>, found: &mut Found, asked: impl Fn(bool) -> bool) {
    let cues = &page.cues;
    let at = cues.has_sign(b'@');
    if asked(at || cues.has(&[Topic::SpelledAt])) {
        email::find(page, found);
    }
    if asked(at) {
        handle::find(page, found);
    }
    if asked(cues.has_sign(b'.')) {
        url::find(page, found);
    }
    let colon = cues.has_sign(b':');
    if asked(colon) {
        ip::find_v6(page, found);
    }
    if asked((colon || cues.has_sign(b'-')) && cues.has_long_words() || cues.has(&[Topic::Mac])) {
        hardware::find_mac(page, found);
    }
}

/// What a number's form and the words around it suggest.
fn find_likely(page: &Page<'_>, found: &mut Found, digits: usize, asked: impl Fn(bool) -> bool) {
    let cues = &page.cues;
    if asked(cues.has_long_words()) {
        hardware::find_vin(page, found);
    }
    if asked(cues.has(&[Topic::Id(IdWord::Serial)])) {
        national::find_devices(page, found);
    }
    if asked(cues.has(&[Topic::Pin])) {
        pin::find(page, found);
    }
    if asked(digits >= 9) {
        ssn::find(page, found);
    }
    national::find_unnamed(page, found);
    if asked(digits >= 4) {
        ip::find_v4(page, found);
    }
    if asked(digits >= 4 || cues.has(&[Topic::Coordinates])) {
        coordinates::find(page, found);
    }
    if asked(cues.has(otp::TOPICS)) {
        otp::find_recovery_codes(page, found);
        otp::find(page, found);
    }
    if asked(digits >= 4 || cues.has(&[Topic::Month(1)])) {
        date::find(page, found);
    }
    address::find(page, found);
    if asked(digits >= phone::FEWEST_DIGITS) {
        phone::find(page, found);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_family_that_is_not_asked_would_have_found_nothing() {
        let corpus = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/corpus")).unwrap();
        let files = corpus.map(|file| file.unwrap().path()).filter(|path| path.extension().is_some());
        let mut texts = 0;
        for file in files {
            for text in std::fs::read_to_string(&file).unwrap_or_default().lines() {
                let page = Page::new(text, &[]);
                let everybody = find_where(&page, &Patterns::default(), |_| true);
                assert_eq!(find_all(&page, &Patterns::default()), everybody, "{text}");
                texts += 1;
            }
        }
        assert!(texts > 1_000, "{texts}");
    }
}
