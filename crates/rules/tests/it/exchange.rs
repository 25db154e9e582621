//! What the composer's panel shows.

use aside_model::{DataType, Rung};
use aside_rules::{Rules, Verdict};

#[test]
fn the_panel_says_for_every_type_what_may_be_exchanged_here() {
    let rules = Rules::base();
    for &rung in Rung::ALL {
        let panel = rules.exchange(rung);
        for data_type in DataType::ALL {
            let kinds: Vec<_> =
                panel.iter().filter(|line| line.data_type == *data_type).flat_map(|l| &l.kinds).collect();
            assert_eq!(kinds.len(), data_type.kinds().len(), "{data_type} {rung}");
        }
    }
    let line =
        |rung, data_type| rules.exchange(rung).into_iter().find(|line| line.data_type == data_type).unwrap();
    let email = line(Rung::Direct, DataType::ContactEmail);
    assert_eq!((email.label, email.class), ("e-mail address", "basic"));
    assert_eq!((email.inbound, email.outbound), (Verdict::NotHere, Verdict::NotHere));
    assert_eq!(line(Rung::Secure, DataType::ContactEmail).inbound, Verdict::Allowed);
    assert_eq!(line(Rung::Direct, DataType::ContactAddress).inbound, Verdict::Warned);
}

#[test]
fn kinds_that_differ_from_their_type_have_a_line_of_their_own() {
    let panel = Rules::base().exchange(Rung::Public);
    let lines: Vec<_> = panel.iter().filter(|l| l.data_type == DataType::DevOnlineId).collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[1].kinds, ["url", "domain"]);
    assert_eq!(lines[1].inbound, Verdict::Allowed);
}

#[test]
fn an_update_can_be_looked_at_before_it_is_made() {
    let base = Rules::base();
    assert!(base.changes_to(&Rules::base()).is_empty());
    let changes = base.changes_to(&Rules::with_packs(&["pci-dss"]).unwrap());
    assert!(changes.iter().any(|c| c.data_type == DataType::FinPan && c.rung == Rung::Secure));
    assert!(changes.iter().all(|c| c.pack == "pci-dss"));
}
