//! The order of packs does not matter.

use crate::places;
use aside_model::{DataType, Rung};
use aside_rules::{Action, Rules, built_in, built_in_ids};
use proptest::prelude::*;
use std::fmt::Write;

/// A rule of a law's pack: a type by number, a rung, a direction, an action, and perhaps a certainty.
type Drawn = (usize, usize, bool, usize, Option<usize>);

/// The drawn rules that tighten the base, as a pack. Only one rule for a place, so that a pack never
/// contradicts itself.
fn pack(base: &Rules, id: &str, drawn: &[Drawn]) -> String {
    let mut text =
        format!("id = \"{id}\"\nversion = \"1\"\ntitle = \"{id}\"\nissuer = \"law\"\nfrom = 2026-01-01\n");
    let mut seen = Vec::new();
    for &(data_type, rung, inbound, action, certainty) in drawn {
        let data_type = DataType::ALL[data_type];
        let (rung, action) = (Rung::ALL[rung], Action::ALL[action]);
        if seen.contains(&(data_type, rung, inbound)) {
            continue;
        }
        let tightens = places()
            .filter(|f| f.data_type == data_type && f.rung == rung)
            .filter(|f| (f.direction == aside_model::Direction::Inbound) == inbound)
            .all(|f| base.decide(&f).action <= action);
        if !tightens {
            continue;
        }
        seen.push((data_type, rung, inbound));
        let direction = if inbound { "inbound" } else { "outbound" };
        writeln!(text, "[[rule]]\ntypes = [\"{data_type}\"]\n{direction} = {{ {rung} = \"{action}\" }}")
            .unwrap();
        if let Some(certainty) = certainty {
            let name = ["guessed", "likely", "certain"][certainty];
            writeln!(text, "certainty = [\"{name}\"]").unwrap();
        }
        writeln!(text, "provision = \"{id}\"\nsource = \"https://law.example\"\nverified_on = 2026-01-01")
            .unwrap();
    }
    text
}

fn rules() -> impl Strategy<Value = Vec<Drawn>> {
    prop::collection::vec(
        (0..DataType::ALL.len(), 0..4_usize, any::<bool>(), 0..4_usize, prop::option::of(0..3_usize)),
        0..12,
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn packs_that_tighten_decide_alike_in_any_order(
        drawn in prop::collection::vec(rules(), 3),
        order in Just(vec![0_usize, 1, 2]).prop_shuffle(),
    ) {
        let base = built_in("base").unwrap();
        let rules = Rules::base();
        let packs: Vec<(String, String)> = ["alpha", "beta", "gamma"]
            .iter()
            .zip(&drawn)
            .map(|(id, drawn)| ((*id).to_owned(), pack(&rules, id, drawn)))
            .collect();
        let load = |order: &[usize]| {
            let mut sources = vec![("base", base)];
            sources.extend(order.iter().map(|&i| (packs[i].0.as_str(), packs[i].1.as_str())));
            Rules::load(&sources).unwrap()
        };
        let (one, other) = (load(&[0, 1, 2]), load(&order));
        for facts in places() {
            prop_assert_eq!(one.decide(&facts), other.decide(&facts));
        }
    }
}

#[test]
fn the_built_in_packs_decide_alike_in_any_order() {
    let mut ids: Vec<_> = built_in_ids().collect();
    let forwards = Rules::with_packs(&ids).unwrap();
    for _ in 0..ids.len() {
        ids.rotate_left(1);
        let rotated = Rules::with_packs(&ids).unwrap();
        ids.reverse();
        let reversed = Rules::with_packs(&ids).unwrap();
        ids.reverse();
        for facts in places() {
            assert_eq!(forwards.decide(&facts), rotated.decide(&facts));
            assert_eq!(forwards.decide(&facts), reversed.decide(&facts));
        }
    }
}
