//! The whole decision table as text: what is done with what the customer wrote, and with what the brand is
//! about to write. A change of a rule shows up here.

use crate::{CERTAINTIES, all_packs, slots};
use aside_model::{Direction, Rung};
use aside_rules::{Facts, Rules};
use std::fmt::Write;

fn table(rules: &Rules) -> String {
    let mut text = format!("{:<36} {:<8}", "type/kind", "sure");
    for rung in Rung::ALL {
        write!(text, " {:<17}", rung.name()).unwrap();
    }
    text.push_str(" by (public, inbound)\n");
    for (data_type, kind) in slots() {
        for certainty in CERTAINTIES {
            write!(text, "{:<36} {:<8}", format!("{data_type}/{kind}"), certainty.name()).unwrap();
            let decide =
                |rung, direction| rules.decide(&Facts { data_type, kind, rung, direction, certainty });
            for &rung in Rung::ALL {
                let [inbound, outbound] =
                    [Direction::Inbound, Direction::Outbound].map(|d| decide(rung, d).disposition.name());
                write!(text, " {:<17}", format!("{inbound} | {outbound}")).unwrap();
            }
            let cited = decide(Rung::Public, Direction::Inbound);
            writeln!(text, " {}: {}", cited.pack, cited.provision).unwrap();
        }
    }
    text
}

#[test]
fn the_base_decides_as_written_down() {
    insta::assert_snapshot!("base", table(&Rules::base()));
}

#[test]
fn all_packs_together_decide_as_written_down() {
    insta::assert_snapshot!("all_packs", table(&all_packs()));
}

#[test]
fn what_each_pack_adds_to_the_base_is_written_down() {
    let base = Rules::base();
    let mut text = String::new();
    for id in aside_rules::built_in_ids() {
        writeln!(text, "{id}").unwrap();
        let with = Rules::with_packs(&[id]).unwrap();
        for change in base.changes_to(&with) {
            writeln!(
                text,
                "  {:<38} {:<7} {:<9} {:<8} {} -> {}  ({})",
                format!("{}/{}", change.data_type, change.kind),
                change.rung.name(),
                change.direction.name(),
                change.certainty.name(),
                change.from,
                change.to,
                change.provision
            )
            .unwrap();
        }
    }
    insta::assert_snapshot!("changes", text);
}
