use super::*;
use aside_detect::Detector;
use aside_model::DataType::{ContactAddress, ContactEmail, CredPassword, FinPan, FinSadCvv};

const CARD: &str = "4111 1111 1111 1111";

/// The same moment for ever.
struct Still;
impl Clock for Still {
    fn now(&self) -> Time {
        Time::from_secs(1_790_000_000)
    }
}
/// The same byte for ever.
struct Sevens;
impl Random for Sevens {
    fn fill(&self, out: &mut [u8]) {
        out.fill(7);
    }
}

/// What the built-in detector and the base rules say to a customer's text, said right after `before`.
fn judged(rung: Rung, before: &str, text: &str) -> Judged {
    judged_between(rung, before, text, "")
}

/// The same, with something written later on.
fn judged_between(rung: Rung, before: &str, text: &str, after: &str) -> Judged {
    let around = Around {
        before: vec![],
        tail: Raw::new(before.to_owned()),
        after: vec![],
        head: Raw::new(after.to_owned()),
        in_clear: vec![],
    };
    let (text, said) = in_between(Some(&around), &Raw::new(text.to_owned()));
    let findings = Detector::new().detect(text.expose());
    let decided = decided(&Rules::base(), rung, Direction::Inbound, findings, &said, &[]);
    Judged { text: Arc::new(text), lead: said.start, end: said.end, decided }
}

fn left_of(rung: Rung, text: &str, may_hold: bool) -> Screened {
    screened(&judged(rung, "", text), may_hold, &Still, &Sevens)
}

/// What is left of a judged text, at a moment that stays.
pub(crate) fn screened_still(judged: &Judged) -> Screened {
    screened(judged, false, &Still, &Sevens)
}

fn fates(screened: &Screened) -> Vec<(DataType, &str)> {
    screened.body.findings.iter().map(|f| (f.data_type, f.rule.as_str())).collect()
}

#[test]
fn a_harmless_text_stays_as_it_is() {
    let screened = left_of(Rung::Public, "When do you open?", true);
    assert_eq!(screened.body, Body::plain("When do you open?"));
    assert_eq!(screened.tally, Tally::default());
}

#[test]
fn a_card_number_in_a_direct_message_is_destroyed_but_for_its_last_digits() {
    let screened = left_of(Rung::Direct, &format!("my card {CARD}, please help"), true);
    assert_eq!(fates(&screened), [(FinPan, "block")]);
    assert_eq!(screened.body.visible(), "my card [card number removed: •••• 1111], please help");
    assert!(screened.values.is_empty() && screened.holds.is_empty());
    assert_eq!(screened.tally, Tally { destroyed: 1, ..Tally::default() });
}

#[test]
fn a_security_code_leaves_nothing_behind() {
    let screened = left_of(Rung::Secure, "cvv: 737", true);
    assert_eq!(fates(&screened), [(FinSadCvv, "block")]);
    assert_eq!(screened.body.visible(), "cvv: [card security code removed]");
}

#[test]
fn an_e_mail_address_in_a_direct_message_goes_to_the_vault_and_a_token_takes_its_place() {
    let screened = left_of(Rung::Direct, "write to jane.doe@example.com please", true);
    assert_eq!(fates(&screened), [(ContactEmail, "mask")]);
    let [value] = &screened.values[..] else { panic!("one value in the vault") };
    assert_eq!(value.value.expose(), "jane.doe@example.com");
    assert_eq!(screened.body.values().collect::<Vec<_>>(), [value.id]);
    let visible = screened.body.visible();
    assert!(visible.starts_with("write to [e-mail address: ") && visible.ends_with("] please"), "{visible}");
    assert!(!visible.contains("jane.doe"), "{visible}");
}

#[test]
fn a_card_number_in_the_secure_channel_is_masked_not_destroyed() {
    let screened = left_of(Rung::Secure, CARD, true);
    assert_eq!(fates(&screened), [(FinPan, "mask")]);
    assert_eq!(screened.values[0].value.expose(), CARD);
}

#[test]
fn a_possible_card_number_is_held_for_its_customer_and_destroyed_where_nobody_could_open_it() {
    let text = "my order number is 4111111111111111";
    let held = left_of(Rung::Direct, text, true);
    assert_eq!(fates(&held), [(FinPan, "hold")]);
    assert_eq!(held.holds[0].value.expose(), "4111111111111111");
    assert_eq!(held.body.holds().collect::<Vec<_>>(), [held.holds[0].id]);
    assert_eq!(held.body.visible(), "my order number is [card number held]");

    let destroyed = left_of(Rung::Direct, text, false);
    assert_eq!(fates(&destroyed), [(FinPan, "block")]);
    assert!(destroyed.holds.is_empty() && !destroyed.body.visible().contains("41111111"));
}

#[test]
fn a_warning_leaves_the_text_and_says_so() {
    let screened = left_of(Rung::Direct, "I live at 221 Baker Street, London NW1 6XE", true);
    assert!(fates(&screened).contains(&(ContactAddress, "warn")), "{:?}", fates(&screened));
    assert_eq!(screened.body.visible(), "I live at 221 Baker Street, London NW1 6XE");
    assert!(screened.tally.warned > 0);
}

#[test]
fn several_values_in_one_text_keep_their_order() {
    let text = format!("card {CARD} mail a.b@example.org password: Tr0ub4dor&3");
    let screened = left_of(Rung::Direct, &text, true);
    assert_eq!(fates(&screened), [(FinPan, "block"), (ContactEmail, "mask"), (CredPassword, "block")]);
    let visible = screened.body.visible();
    assert!(visible.starts_with("card [card number removed: •••• 1111] mail [e-mail address: "), "{visible}");
    assert!(visible.ends_with("] password: [password removed]"), "{visible}");
}

#[test]
fn a_card_number_across_two_messages_is_taken_out_of_both() {
    for (before, first, text) in [
        ("my card is 4111 1111", "4111 1111", "1111 1111 thanks"),
        ("41111111", "41111111", "11111111 thanks"),
        ("it is 4111-1111", "4111-1111", "1111-1111 thanks"),
        ("my card: 4111 1111 1111", "4111 1111 1111", "1111 thanks"),
    ] {
        let judged = judged(Rung::Direct, before, text);
        let screened = screened(&judged, true, &Still, &Sevens);
        assert_eq!(screened.body.visible(), "[card number removed: •••• 1111] thanks", "{before} | {text}");
        let [(range, FinPan, _)] = &screened.cut_before[..] else { panic!("{before}: nothing is cut") };
        assert_eq!(&before[range.clone()], first);
    }
}

#[test]
fn a_card_number_whose_parts_arrive_in_the_wrong_order_is_taken_out_of_all_of_them() {
    let judged = judged_between(Rung::Direct, "4111 1111", "1111", "1111 thanks");
    let screened = screened(&judged, true, &Still, &Sevens);
    assert_eq!(screened.body.visible(), "[card number removed: •••• 1111]");
    let ranges = |parts: &Parts| parts.iter().map(|(r, ..)| (r.start, r.end)).collect::<Vec<_>>();
    assert_eq!(ranges(&screened.cut_before), [(0, 9)]);
    assert_eq!(ranges(&screened.cut_after), [(0, 4)]);
}

#[test]
fn what_was_written_later_alone_is_not_judged_again() {
    let judged = judged_between(Rung::Direct, "", "hello", "mail me: a.b@example.org");
    let screened = screened(&judged, true, &Still, &Sevens);
    assert_eq!(screened.body, Body::plain("hello"));
    assert!(screened.cut_after.is_empty() && screened.values.is_empty());
}

#[test]
fn a_number_that_breaks_off_at_its_hyphen_is_held_at_least() {
    let judged = judged(Rung::Direct, "4111-1111-", "1111-1111");
    let screened = screened(&judged, true, &Still, &Sevens);
    assert_eq!(fates(&screened), [(FinPan, "hold")]);
    assert_eq!(screened.cut_before.len(), 1);
}

#[test]
fn what_was_said_before_alone_is_not_judged_again() {
    let judged = judged(Rung::Direct, "mail me: a.b@example.org", "thanks");
    let screened = screened(&judged, true, &Still, &Sevens);
    assert_eq!(screened.body, Body::plain("thanks"));
    assert!(screened.cut_before.is_empty() && screened.values.is_empty());
}

#[test]
fn a_finding_note_holds_no_text_of_the_message() {
    let screened = left_of(Rung::Direct, &format!("{CARD} a.b@example.org"), true);
    let notes = serde_json::to_string(&screened.body.findings).unwrap();
    assert!(!notes.contains("1111") && !notes.contains("example"), "{notes}");
}
