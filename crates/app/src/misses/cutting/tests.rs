use super::*;
use aside_model::{
    DataType::{ContactAddress, ContactName, CredPassword, FinPan},
    FindingNote, HoldId, ValueId,
};

const AGENT: &str = "marked_by_agent";

fn decision(rung: Rung, direction: Direction, data_type: DataType) -> Decision {
    decide_at(&Rules::base(), rung, direction, Checks::Checked, data_type)
}

fn cut_of(body: Body, marked: &str, decision: &Decision) -> Option<Screened> {
    let screen = |judged: &Judged| crate::screening::tests::screened_still(judged);
    cut(body, &Sought::new(marked).unwrap(), decision, AGENT, screen)
}

fn cut_text(text: &str, marked: &str, decision: &Decision) -> String {
    cut_of(Body::plain(text), marked, decision).map_or_else(|| text.to_owned(), |left| left.body.visible())
}

#[test]
fn a_missed_card_number_in_a_direct_message_is_destroyed_and_in_the_secure_channel_masked() {
    let text = "it is 4111-1111-1111-1112, I said 4111111111111112";
    let direct = decision(Rung::Direct, Direction::Inbound, FinPan);
    let removed = "[card number removed: •••• 1112]";
    assert_eq!(cut_text(text, "4111 1111 1111 1112", &direct), format!("it is {removed}, I said {removed}"));
    let secure = decision(Rung::Secure, Direction::Inbound, FinPan);
    let left = cut_of(Body::plain(text), "4111 1111 1111 1112", &secure).unwrap();
    assert_eq!(left.body.visible(), "it is [card number: •••• 1112], I said [card number: •••• 1112]");
    let values: Vec<_> = left.values.iter().map(|v| v.value.expose()).collect();
    assert_eq!(values, ["4111-1111-1111-1112", "4111111111111112"]);
    assert_eq!((left.tally.masked, left.tally.destroyed), (2, 0));
}

#[test]
fn what_would_only_be_warned_of_is_masked_once_a_person_says_that_it_is_personal() {
    let address = decision(Rung::Direct, Direction::Inbound, ContactAddress);
    assert_eq!(
        cut_text("I live at Rose Cottage, Nether End", "rose cottage nether end", &address),
        "I live at [postal address: •••]"
    );
}

#[test]
fn what_the_brand_wrote_is_masked_too_and_never_refused() {
    let name = decision(Rung::Secure, Direction::Outbound, ContactName);
    assert_eq!(name.disposition, Disposition::Mask);
    let password = decision(Rung::Secure, Direction::Outbound, CredPassword);
    assert_eq!(cut_text("so it is lantern82?", "Lantern82", &password), "so it is [password removed]?");
}

#[test]
fn in_a_text_that_nobody_sees_it_is_destroyed() {
    let unchecked =
        decide_at(&Rules::base(), Rung::Secure, Direction::Inbound, Checks::Unchecked, ContactName);
    assert_eq!(unchecked.disposition, Disposition::Destroy);
}

#[test]
fn the_note_says_who_marked_it_and_not_what() {
    let secure = decision(Rung::Secure, Direction::Inbound, CredPassword);
    let left = cut_of(Body::plain("use lantern82 please"), "lantern82", &secure).unwrap();
    let [note] = &left.body.findings[..] else { panic!("one note") };
    assert_eq!((note.rule.as_str(), note.evidence.as_slice()), ("block", &[AGENT.to_owned()][..]));
    assert_eq!((note.data_type, note.certainty), (CredPassword, Certainty::Certain));
    assert!(!String::from_utf8(left.body.encode()).unwrap().contains("lantern"));
}

#[test]
fn masks_holds_and_earlier_notes_stay_as_they_are() {
    let token = Segment::Token {
        value: ValueId::from_bytes([1; 16]),
        data_type: FinPan,
        kind: "card".into(),
        mask: "Lantern82".into(),
    };
    let hold = Segment::Held { hold: HoldId::from_bytes([2; 16]), data_type: FinPan, kind: "card".into() };
    let note = FindingNote {
        data_type: FinPan,
        kind: "card".into(),
        rule: "hold".into(),
        certainty: Certainty::Likely,
        pack: "base".into(),
        provision: String::new(),
        evidence: vec!["luhn".into()],
    };
    let body = Body {
        segments: vec![
            Segment::Text("a lantern82 ".into()),
            token.clone(),
            Segment::Text(" b ".into()),
            hold.clone(),
        ],
        findings: vec![note.clone()],
        attachments: vec!["image".into()],
    };
    let password = decision(Rung::Direct, Direction::Inbound, CredPassword);
    let left = cut_of(body, "lantern82", &password).unwrap().body;
    assert_eq!(left.segments[2..], [Segment::Text(" ".into()), token, Segment::Text(" b ".into()), hold]);
    assert_eq!((left.findings[0].clone(), left.findings.len()), (note, 2));
    assert_eq!(left.attachments, ["image"]);
}

#[test]
fn a_text_that_a_released_hold_parted_is_searched_as_people_read_it() {
    let texts = ["order ", "12 34", " 56 thanks"].map(|t| Segment::Text(t.into()));
    let body = Body { segments: texts.to_vec(), ..Body::default() };
    assert!(stands_in(&body, &Sought::new("123456").unwrap()));
    let card = decision(Rung::Direct, Direction::Inbound, FinPan);
    let left = cut_of(body, "123456", &card).unwrap();
    assert!(left.body.visible().starts_with("order [card number removed"), "{}", left.body.visible());
}

#[test]
fn marking_again_changes_nothing() {
    let password = decision(Rung::Direct, Direction::Inbound, CredPassword);
    let left = cut_of(Body::plain("use lantern82 please"), "lantern82", &password).unwrap();
    assert!(cut_of(left.body, "lantern82", &password).is_none());
}
