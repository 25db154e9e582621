//! Brands' own patterns.

use crate::marked::check_with;
use aside_detect::{CheckDigit, Detector, Evidence, Pattern, PatternError};
use aside_taxonomy::DataType;

fn pattern(name: &str, data_type: DataType, shape: &str) -> Pattern {
    Pattern::new(name, data_type, shape).expect("the pattern is one that can be used")
}

fn customer() -> Pattern {
    pattern("customer number", DataType::AccountCustomerNo, "KD-######")
}

fn order() -> Pattern {
    let order = pattern("order", DataType::AccountBookingRef, "#{8}");
    let order = order.kind("order_no").expect("it is one of the type's kinds");
    order.cues(["order", "Bestellung", "numéro de commande"]).expect("the cues are words")
}

#[test]
fn a_number_with_the_brands_letters_is_likely_and_with_a_right_check_digit_certain() {
    let plain = Detector::builder().pattern(customer()).build();
    check_with(
        &plain,
        &["‹customer_no:KD-123456›, thanks", "it was ‹customer_no:kd 123456›", "KD-12345 and XKD-123456"],
    );
    let checked = Detector::builder().pattern(customer().check(CheckDigit::Luhn)).build();
    check_with(&checked, &["‹customer_no!:KD-123455›, thanks", "KD-123456, thanks"]);
}

#[test]
fn a_mere_number_is_a_guess_without_and_likely_with_a_word_for_it() {
    let detector = Detector::builder().pattern(order()).build();
    check_with(
        &detector,
        &[
            "‹order_no?:30041188› is late",
            "my order ‹order_no:30041188› is late",
            "meine BESTELLUNG Nr. ‹order_no:30041188›",
            "numero de commande : ‹order_no:30041188›",
        ],
    );
    let strict = Detector::builder().pattern(order().only_after_a_cue()).build();
    check_with(&strict, &["30041188 is late", "my order ‹order_no:30041188› is late", "reorder 30041188"]);
}

#[test]
fn a_wrong_check_digit_needs_a_word_for_the_value() {
    let detector = Detector::builder().pattern(order().check(CheckDigit::Gs1)).build();
    check_with(&detector, &["‹order_no!:40063812›", "40063813", "order ‹order_no:40063813›"]);
    let found = &detector.detect("order 40063813")[0];
    assert_eq!(found.evidence, [Evidence::OwnPattern, Evidence::CueBefore, Evidence::CheckFailed]);
}

#[test]
fn a_pattern_wins_over_a_date_and_a_telephone_number_but_never_hides_a_card() {
    let loose = pattern("anything", DataType::AccountCustomerNo, "#{8,16}");
    let detector = Detector::builder().pattern(loose).build();
    check_with(
        &detector,
        &[
            "call ‹customer_no?:2125550198›",
            "pay with ‹card!:4111111111111111›",
            "pay with ‹card!:4111 1111 1111 1111›",
        ],
    );
}

#[test]
fn patterns_that_cannot_be_used_are_refused_with_a_reason() {
    let error =
        |shape: &str| Pattern::new("order", DataType::AccountBookingRef, shape).unwrap_err().to_string();
    assert_eq!(
        error("(\\d+)"),
        "the shape `(\\d+)` of the pattern `order`: `(` at byte 0 has no meaning; write letters, digits, #, @, *, [..], {..}, ? and separators"
    );
    assert!(error("##").contains("at least 4 letters or digits"));
    assert!(matches!(Pattern::new(" ", DataType::AccountBookingRef, "####"), Err(PatternError::Name(1))));
    let kind = order().kind("card").unwrap_err().to_string();
    assert_eq!(kind, "`card` is no kind of account.booking_ref; there are: booking_ref, order_no");
    assert!(matches!(order().cues(["x"]), Err(PatternError::Cue { length: 1, .. })));
}

#[test]
fn many_patterns_on_hostile_texts_take_linear_time() {
    let mut builder = Detector::builder();
    for letter in 'A'..='Z' {
        let shape = format!("*?*?*?*{{0,30}}####{letter}?");
        builder = builder.pattern(pattern("x", DataType::AccountCaseRef, &shape));
    }
    let detector = builder.build();
    let text = "1 1 1 1 A1-".repeat(2 * 1024);
    assert!(detector.detect(&text).iter().all(|f| text.get(f.start..f.end).is_some()));
}
