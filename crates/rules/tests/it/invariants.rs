//! What holds for every place, under the base and under all packs together.

use crate::{all_packs, places};
use aside_model::{Certainty, DataType, Direction, Rung};
use aside_rules::{Action, Disposition, Facts, Rules};
use aside_taxonomy::Class;

fn both() -> [Rules; 2] {
    [Rules::base(), all_packs()]
}

#[test]
fn public_is_never_looser_than_direct_and_direct_never_looser_than_secure() {
    for rules in both() {
        for facts in places() {
            let says = |rung| rules.decide(&Facts { rung, ..facts }).action;
            assert!(says(Rung::Public) >= says(Rung::Direct), "{facts:?}");
            assert!(says(Rung::Direct) >= says(Rung::Secure), "{facts:?}");
        }
    }
}

#[test]
fn prohibited_data_is_blocked_everywhere() {
    for rules in both() {
        for facts in places().filter(|f| f.data_type.class() == Class::Prohibited) {
            assert_eq!(rules.decide(&facts).action, Action::Block, "{facts:?}");
        }
    }
}

#[test]
fn sensitive_data_is_masked_or_blocked_wherever_others_read_along() {
    for rules in both() {
        let exposed = |f: &Facts<'_>| matches!(f.rung, Rung::Public | Rung::Direct);
        for facts in places().filter(exposed).filter(|f| f.data_type.class() == Class::Sensitive) {
            assert!(rules.decide(&facts).action >= Action::Mask, "{facts:?}");
        }
    }
}

#[test]
fn every_decision_names_pack_provision_and_source() {
    for rules in both() {
        for facts in places() {
            let decision = rules.decide(&facts);
            assert!(rules.packs().iter().any(|pack| pack.id == decision.pack), "{facts:?}");
            assert!(!decision.provision.is_empty(), "{facts:?}");
            assert!(decision.source.starts_with("http"), "{facts:?}");
            assert_eq!(
                decision.rule,
                format!("{}/{}/{}", facts.data_type, facts.rung, facts.direction),
                "{facts:?}"
            );
        }
    }
}

#[test]
fn what_is_only_guessed_is_never_destroyed_and_less_certain_is_never_treated_more_strictly() {
    let weight = |disposition| match disposition {
        Disposition::Allow => 0,
        Disposition::Warn | Disposition::Confirm => 1,
        Disposition::Mask => 2,
        Disposition::Hold | Disposition::Refuse => 3,
        Disposition::Destroy => 4,
    };
    for rules in both() {
        for facts in places() {
            let done = |certainty| rules.decide(&Facts { certainty, ..facts }).disposition;
            assert_ne!(done(Certainty::Guessed), Disposition::Destroy, "{facts:?}");
            assert!(weight(done(Certainty::Guessed)) <= weight(done(Certainty::Likely)), "{facts:?}");
            assert!(weight(done(Certainty::Likely)) <= weight(done(Certainty::Certain)), "{facts:?}");
        }
    }
}

#[test]
fn the_customer_has_their_own_outcomes_and_the_brand_has_its_own() {
    use Disposition::{Allow, Confirm, Destroy, Hold, Mask, Refuse, Warn};
    for rules in both() {
        for facts in places() {
            let done = rules.decide(&facts).disposition;
            match facts.direction {
                Direction::Inbound => assert!([Allow, Warn, Mask, Hold, Destroy].contains(&done)),
                Direction::Outbound => assert!([Allow, Confirm, Refuse].contains(&done)),
            }
        }
    }
}

#[test]
fn packs_only_tighten_the_base() {
    let (base, all) = (Rules::base(), all_packs());
    for facts in places() {
        assert!(all.decide(&facts).action >= base.decide(&facts).action, "{facts:?}");
    }
    assert!(base.changes_to(&all).iter().all(|change| change.to > change.from));
}

#[test]
fn whatever_may_not_be_written_may_not_be_asked_for() {
    for rules in both() {
        for &data_type in DataType::ALL {
            for &rung in Rung::ALL {
                let answer = rules.decide(&Facts {
                    data_type,
                    kind: data_type.kinds()[0],
                    rung,
                    direction: Direction::Inbound,
                    certainty: Certainty::Certain,
                });
                let refused = rules.decide_request(data_type, rung).disposition == Disposition::Refuse;
                assert_eq!(refused, answer.action >= Action::Mask, "{data_type} {rung}");
            }
        }
    }
}
