//! What is done about one finding.

use crate::{all_packs, inbound, outbound};
use aside_model::{
    Certainty::{Certain, Guessed, Likely},
    DataType, Direction, Rung,
};
use aside_rules::{Action, Disposition, Facts, Rules};

#[test]
fn a_card_number_in_a_dm_is_destroyed_when_certain_and_held_when_likely() {
    let rules = Rules::base();
    let decide = |certainty| inbound(&rules, DataType::FinPan, "card", Rung::Direct, certainty).disposition;
    assert_eq!(decide(Certain), Disposition::Destroy);
    assert_eq!(decide(Likely), Disposition::Hold);
    assert_eq!(decide(Guessed), Disposition::Mask);
}

#[test]
fn a_security_code_is_destroyed_from_likely_on_every_rung() {
    let rules = Rules::base();
    for &rung in Rung::ALL {
        let decide = |certainty| inbound(&rules, DataType::FinSadCvv, "cvv", rung, certainty).disposition;
        assert_eq!(decide(Certain), Disposition::Destroy, "{rung}");
        assert_eq!(decide(Likely), Disposition::Destroy, "{rung}");
        assert_eq!(decide(Guessed), Disposition::Hold, "{rung}");
    }
}

#[test]
fn an_email_address_phone_number_or_birth_date_belongs_in_the_secure_channel() {
    let rules = Rules::base();
    for (data_type, kind) in
        [(DataType::ContactEmail, "email"), (DataType::ContactPhone, "phone"), (DataType::DemoDob, "dob")]
    {
        for rung in [Rung::Public, Rung::Direct] {
            assert_eq!(inbound(&rules, data_type, kind, rung, Certain).disposition, Disposition::Mask);
            assert_eq!(outbound(&rules, data_type, kind, rung, Certain).disposition, Disposition::Refuse);
        }
        assert_eq!(inbound(&rules, data_type, kind, Rung::Secure, Certain).disposition, Disposition::Allow);
        assert_eq!(outbound(&rules, data_type, kind, Rung::Secure, Certain).disposition, Disposition::Allow);
    }
}

#[test]
fn a_web_address_and_an_ordinary_date_may_be_written_anywhere() {
    let rules = Rules::base();
    for (data_type, kind) in
        [(DataType::DevOnlineId, "url"), (DataType::DevOnlineId, "domain"), (DataType::DemoDob, "date")]
    {
        for &rung in Rung::ALL {
            assert_eq!(inbound(&rules, data_type, kind, rung, Certain).disposition, Disposition::Allow);
            assert_eq!(outbound(&rules, data_type, kind, rung, Certain).disposition, Disposition::Allow);
        }
    }
    let ip = inbound(&rules, DataType::DevOnlineId, "ipv4", Rung::Public, Certain);
    assert_eq!(ip.disposition, Disposition::Mask);
}

#[test]
fn a_kind_that_nobody_knows_is_treated_like_the_strictest_of_its_type() {
    let decision = inbound(&Rules::base(), DataType::DevOnlineId, "fingerprint", Rung::Public, Certain);
    assert_eq!(decision.disposition, Disposition::Mask);
    assert_eq!(decision.kind, "fingerprint");
}

#[test]
fn the_brand_sends_nothing_that_a_customer_may_not_write() {
    let rules = Rules::base();
    let send =
        |data_type, kind, rung, certainty| outbound(&rules, data_type, kind, rung, certainty).disposition;
    assert_eq!(send(DataType::FinPan, "card", Rung::Secure, Certain), Disposition::Refuse);
    assert_eq!(send(DataType::FinPan, "card", Rung::Direct, Guessed), Disposition::Confirm);
    assert_eq!(send(DataType::ContactAddress, "address", Rung::Direct, Certain), Disposition::Confirm);
    assert_eq!(send(DataType::ContactAddress, "address", Rung::Direct, Guessed), Disposition::Allow);
    assert_eq!(send(DataType::FinCardTrunc, "card_last4", Rung::Direct, Certain), Disposition::Allow);
}

#[test]
fn a_decision_says_which_rule_of_which_pack_and_where_to_read_it() {
    let rules = Rules::with_packs(&["pci-dss"]).unwrap();
    let decision = inbound(&rules, DataType::FinPan, "card", Rung::Direct, Likely);
    assert_eq!(decision.rule, "fin.pan/direct/inbound");
    assert_eq!(decision.pack, "pci-dss");
    assert_eq!(decision.provision, "PCI DSS 4.0.1, 3.4.1, 4.2.2");
    assert_eq!(decision.source, "https://www.pcisecuritystandards.org/document_library/");
    assert_eq!((decision.action, decision.certainty), (Action::Block, Likely));
    assert!(decision.because.unwrap().contains("payment provider"));
}

#[test]
fn a_guess_says_that_it_was_taken_one_step_looser() {
    let decision = inbound(&Rules::base(), DataType::FinPan, "card", Rung::Direct, Guessed);
    assert_eq!(decision.action, Action::Block);
    assert_eq!(decision.because.unwrap(), "only guessed, so mask instead of block");
}

#[test]
fn with_the_card_pack_no_card_number_is_kept_even_in_the_secure_channel() {
    let facts = Facts {
        data_type: DataType::FinPan,
        kind: "card",
        rung: Rung::Secure,
        direction: Direction::Inbound,
        certainty: Certain,
    };
    assert_eq!(Rules::base().decide(&facts).disposition, Disposition::Mask);
    assert_eq!(all_packs().decide(&facts).disposition, Disposition::Destroy);
}

#[test]
fn asking_for_what_may_not_be_written_here_is_refused() {
    let rules = Rules::base();
    let ask = |data_type, rung| rules.decide_request(data_type, rung);

    let birth_date = ask(DataType::DemoDob, Rung::Direct);
    assert_eq!(birth_date.disposition, Disposition::Refuse);
    assert_eq!(birth_date.rule, "demo.dob/direct/request");
    assert!(birth_date.provision.contains("GDPR"));
    assert!(birth_date.because.unwrap().contains("date of birth"));

    assert_eq!(ask(DataType::DemoDob, Rung::Secure).disposition, Disposition::Allow);
    assert_eq!(ask(DataType::CredPassword, Rung::Secure).disposition, Disposition::Refuse);
    assert_eq!(ask(DataType::FinPan, Rung::Secure).disposition, Disposition::Refuse);
    assert_eq!(ask(DataType::AccountBookingRef, Rung::Direct).disposition, Disposition::Confirm);
    assert_eq!(ask(DataType::ContactName, Rung::Direct).disposition, Disposition::Allow);
}

#[test]
fn a_health_brand_never_confirms_in_public_that_somebody_is_a_patient() {
    let rules = Rules::with_packs(&["hipaa"]).unwrap();
    for (data_type, kind) in [
        (DataType::AccountRelationship, "relationship"),
        (DataType::ContactName, "person"),
        (DataType::DemoDob, "date"),
    ] {
        let decision = outbound(&rules, data_type, kind, Rung::Public, Certain);
        assert_eq!((decision.disposition, decision.action), (Disposition::Refuse, Action::Block));
        assert_eq!(decision.pack, "hipaa");
    }
}

#[test]
fn on_whatsapp_an_account_number_is_refused_and_the_last_four_digits_are_not() {
    let rules = Rules::with_packs(&["whatsapp"]).unwrap();
    let iban = outbound(&rules, DataType::FinBankAccount, "iban", Rung::Direct, Certain);
    assert_eq!((iban.disposition, iban.pack.as_str()), (Disposition::Refuse, "whatsapp"));
    let ending = outbound(&rules, DataType::FinCardTrunc, "card_last4", Rung::Direct, Certain);
    assert_eq!(ending.disposition, Disposition::Allow);
}
