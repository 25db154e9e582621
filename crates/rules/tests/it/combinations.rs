//! Things that open an account together.

use crate::finding;
use aside_model::{
    Certainty::{Certain, Guessed, Likely},
    DataType, Direction, Finding, Rung,
};
use aside_rules::{Decision, Disposition, Rules};

fn decide(rung: Rung, direction: Direction, findings: &[Finding]) -> Vec<Decision> {
    Rules::base().decide_all(rung, direction, findings, &[])
}

fn dispositions(decisions: &[Decision]) -> Vec<Disposition> {
    decisions.iter().map(|decision| decision.disposition).collect()
}

#[test]
fn a_booking_number_and_a_name_are_masked_together_though_each_alone_is_not() {
    let name = finding(DataType::ContactName, "person", Likely);
    let booking = finding(DataType::AccountBookingRef, "booking_ref", Certain);
    let alone = |finding: &Finding| decide(Rung::Direct, Direction::Inbound, std::slice::from_ref(finding));
    assert_eq!(dispositions(&alone(&name)), [Disposition::Allow]);
    assert_eq!(dispositions(&alone(&booking)), [Disposition::Warn]);

    let together = decide(Rung::Direct, Direction::Inbound, &[name, booking]);
    assert_eq!(dispositions(&together), [Disposition::Mask, Disposition::Mask]);
    assert_eq!(together[0].rule, "booking_and_person/direct/inbound");
    assert!(together[0].because.as_deref().unwrap().contains("opens the booking"));
    assert_eq!(together[0].pack, "base");
}

#[test]
fn the_brand_does_not_send_a_name_with_a_booking_number_either() {
    let findings = [
        finding(DataType::ContactName, "person", Certain),
        finding(DataType::AccountBookingRef, "order_no", Certain),
    ];
    let decisions = decide(Rung::Direct, Direction::Outbound, &findings);
    assert_eq!(dispositions(&decisions), [Disposition::Refuse, Disposition::Refuse]);
}

#[test]
fn in_the_secure_channel_name_birth_date_and_postcode_may_stand_together() {
    let findings = [
        finding(DataType::ContactName, "person", Certain),
        finding(DataType::DemoDob, "dob", Certain),
        finding(DataType::ContactAddress, "postcode", Certain),
    ];
    let allowed = [Disposition::Allow; 3];
    assert_eq!(dispositions(&decide(Rung::Secure, Direction::Inbound, &findings)), allowed);
    let masked = [Disposition::Mask; 3];
    assert_eq!(dispositions(&decide(Rung::Direct, Direction::Inbound, &findings)), masked);
}

#[test]
fn an_ordinary_date_opens_no_account() {
    let findings = [
        finding(DataType::ContactName, "person", Certain),
        finding(DataType::DemoDob, "date", Certain),
        finding(DataType::ContactAddress, "address", Certain),
    ];
    let expected = [Disposition::Allow, Disposition::Allow, Disposition::Warn];
    assert_eq!(dispositions(&decide(Rung::Direct, Direction::Inbound, &findings)), expected);
}

#[test]
fn what_only_looks_like_a_name_completes_nothing() {
    let findings = [
        finding(DataType::ContactName, "person", Guessed),
        finding(DataType::AccountBookingRef, "booking_ref", Certain),
    ];
    let expected = [Disposition::Allow, Disposition::Warn];
    assert_eq!(dispositions(&decide(Rung::Direct, Direction::Inbound, &findings)), expected);
}

#[test]
fn what_was_written_before_in_the_thread_counts() {
    let booking = [finding(DataType::AccountBookingRef, "booking_ref", Certain)];
    let earlier = [(DataType::ContactName, "person")];
    let decisions = Rules::base().decide_all(Rung::Direct, Direction::Inbound, &booking, &earlier);
    assert_eq!(dispositions(&decisions), [Disposition::Mask]);
}

#[test]
fn a_stricter_rule_of_its_own_keeps_the_upper_hand() {
    let rules = Rules::with_packs(&["pci-dss"]).unwrap();
    let findings =
        [finding(DataType::FinPan, "card", Certain), finding(DataType::FinCardExpiry, "card_expiry", Likely)];
    let decisions = rules.decide_all(Rung::Secure, Direction::Inbound, &findings, &[]);
    assert_eq!(dispositions(&decisions), [Disposition::Destroy, Disposition::Hold]);
    assert_eq!(decisions[0].rule, "fin.pan/secure/inbound");
    assert_eq!(decisions[1].rule, "card_with_expiry/secure/inbound");
}
