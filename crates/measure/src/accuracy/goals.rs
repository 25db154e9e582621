//! What was wanted, beside what was reached.

use aside_score::Tally;

use super::Measured;
use super::sets::{Sets, WITHOUT_DATES};
use super::tables::{alarms_of, micro};
use crate::markdown::{Table, share};

/// One line for each goal that the sets at hand can speak of.
pub(super) fn table(sets: &Sets, now: &Measured) -> String {
    let mut table = Table::new(&["goal", "wanted", "reached", ""]);
    let f1 = |set: &str, groups: &[&str]| -> Option<f64> {
        let scores = now.public.get(set)?;
        micro(groups.iter().map(|group| ((), scores.group(group)))).f1()
    };
    for (what, wanted, reached) in [
        ("`synth_dataset_v2`: seven structured types without dates", 0.96, f1("synth", WITHOUT_DATES)),
        ("`synth_dataset_v2`: cards", 0.99, f1("synth", &["CREDIT_CARD"])),
        ("`synth_dataset_v2`: URLs", 1.0, f1("synth", &["URL"])),
        ("`synth_dataset_v2`: phones", 0.88, f1("synth", &["PHONE_NUMBER"])),
        ("`synth_dataset_v2`: people", 0.75, f1("synth", &["PERSON"])),
        ("`btc/h`, second half: people", 0.60, f1("btc-h", &["PERSON"])),
    ] {
        if let Some(reached) = reached {
            let word = if reached >= wanted { "met" } else { "missed" };
            table.row(&[what.to_owned(), format!("F1 ≥ {wanted:.2}"), share(Some(reached)), word.to_owned()]);
        }
    }
    for (what, wanted, names) in [
        ("clean messages of the corpus with a structured false alarm", 0.005, &["quiet"][..]),
        ("tweets of `btc/a` and `btc/b` with one", 0.002, &["btc-a", "btc-b"]),
    ] {
        if let Some(Tally { right, wrong, .. }) = alarms_of(sets, now, names) {
            let reached = wrong as f64 / (right + wrong).max(1) as f64;
            let word = if reached <= wanted { "met" } else { "missed" };
            let percent = |share: f64, digits| format!("{:.*} %", digits, share * 100.0);
            table.row(&[
                what.to_owned(),
                format!("≤ {}", percent(wanted, 1)),
                percent(reached, 2),
                word.to_owned(),
            ]);
        }
    }
    table.finish()
}
