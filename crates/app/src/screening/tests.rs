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
    judged_around(rung, &around(before, after), text)
}

fn around(before: &str, after: &str) -> Around {
    Around {
        before: vec![],
        tail: Raw::new(before.to_owned()),
        after: vec![],
        head: Raw::new(after.to_owned()),
        in_clear: vec![],
        question: None,
        awaits_code: false,
    }
}

fn judged_around(rung: Rung, around: &Around, text: &str) -> Judged {
    let (text, said) = in_between(Some(around), &Raw::new(text.to_owned()));
    let findings = Asked::of(Some(around)).findings(&Detector::new(), text.expose(), &said);
    let decided = decided(&Rules::base(), rung, Direction::Inbound, findings, &[]);
    Judged { text: Arc::new(text), lead: said.start, end: said.end, decided }
}

/// What is left of an answer to an agent's question.
fn left_of_answer(rung: Rung, question: &str, answer: &str) -> Screened {
    let around = Around { question: Some(Raw::new(question.to_owned())), ..around("", "") };
    screened(&judged_around(rung, &around, answer), true, &Still, &Sevens)
}

#[test]
fn a_short_answer_is_what_the_agent_asked_for() {
    for (question, answer, kind) in [
        ("And the three digits on the back of your card?", "219", "cvv"),
        ("Nennen Sie mir bitte Ihre PIN.", "4711", "pin"),
        ("What's your date of birth?", "12/04/85", "dob"),
        ("Quel est votre mot de passe ?", "soleil-2024", "password"),
    ] {
        let found = left_of_answer(Rung::Direct, question, answer).body.findings;
        assert_eq!(found.iter().map(|f| f.kind.as_str()).collect::<Vec<_>>(), [kind], "{question}");
        assert_eq!(found[0].evidence[0], "question");
    }
    let screened = left_of_answer(Rung::Direct, "And the three digits on the back?", "219 I think");
    assert!(!screened.body.visible().contains("219"));
    assert_eq!(left_of_answer(Rung::Direct, "How many did you order?", "219").body, Body::plain("219"));
}

#[test]
fn a_question_is_answered_by_what_is_said_now_and_not_by_what_was_said_before() {
    let question = Some(Raw::new("your PIN?".to_owned()));
    let around = Around { question, ..around("4711", "") };
    let screened = screened(&judged_around(Rung::Direct, &around, "is it ok?"), true, &Still, &Sevens);
    assert_eq!(screened.body, Body::plain("is it ok?"));
}

#[test]
fn while_a_code_of_ours_is_open_six_digits_are_it_wherever_they_stand() {
    let around = Around { awaits_code: true, ..around("", "") };
    let screened = screened(&judged_around(Rung::Secure, &around, "order 408-115 ok"), true, &Still, &Sevens);
    assert!(!screened.body.visible().contains("408"), "{}", screened.body.visible());
    assert_eq!(screened.body.findings[0].evidence, ["own_code"]);
    assert_eq!(left_of(Rung::Secure, "order 408-115 ok", true).body, Body::plain("order 408-115 ok"));
}

#[test]
fn what_words_say_about_somebody_is_never_destroyed() {
    for text in [
        "I'm pregnant",
        "I have asthma",
        "as a Muslim I object",
        "my salary is $3,200 a month",
        "I'm suicidal",
    ] {
        for rung in [Rung::Public, Rung::Direct, Rung::Secure] {
            let screened = left_of(rung, text, true);
            assert_eq!(screened.body.findings.len(), 1, "{text}");
            assert_ne!(screened.body.findings[0].rule, "block", "{text}");
            if rung == Rung::Secure {
                assert_eq!(screened.body.visible(), text);
            }
        }
    }
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
    let text = "my order is 4111111111111111";
    let held = left_of(Rung::Direct, text, true);
    assert_eq!(fates(&held), [(FinPan, "hold")]);
    assert_eq!(held.holds[0].value.expose(), "4111111111111111");
    assert_eq!(held.body.holds().collect::<Vec<_>>(), [held.holds[0].id]);
    assert_eq!(held.body.visible(), "my order is [card number held]");

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
