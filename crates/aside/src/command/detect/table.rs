//! Findings of one text, for people.

use super::Seen;
use std::fmt::Write;

/// A line for each finding: type, value, certainty, place, evidence. Values are masked unless they are to be shown.
pub(super) fn table(text: &str, found: &[Seen], show: bool, explain: bool) -> String {
    if found.is_empty() {
        return "nothing found\n".to_owned();
    }
    let heading = ["TYPE", "KIND", "VALUE", "CERTAINTY", "BYTES", "EVIDENCE"].map(str::to_owned);
    let rows = found.iter().map(|Seen { finding, .. }| {
        let value = &text[finding.start..finding.end];
        let value =
            if show { on_one_line(value) } else { aside_vault::mask(finding.data_type, finding.kind, value) };
        let evidence: Vec<_> = finding.evidence.iter().map(|reason| reason.name()).collect();
        [
            finding.data_type.id().to_owned(),
            finding.kind.to_owned(),
            value,
            format!("{} {:.2}", finding.certainty.name(), finding.score),
            format!("{}-{}", finding.start, finding.end),
            evidence.join(", "),
        ]
    });
    let rows: Vec<[String; 6]> = std::iter::once(heading).chain(rows).collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: [usize; 6] = std::array::from_fn(width);
    let mut out = String::new();
    for (number, row) in rows.iter().enumerate() {
        let cells: Vec<String> =
            row.iter().zip(widths).map(|(cell, width)| format!("{cell:width$}")).collect();
        // Writing to a String cannot fail.
        let _ = writeln!(out, "{}", cells.join("  ").trim_end());
        if explain && let Some(seen) = number.checked_sub(1).and_then(|at| found.get(at)) {
            for reason in &seen.finding.evidence {
                let _ = writeln!(out, "    {}", reason.description());
            }
            for beaten in &seen.beat {
                let _ = writeln!(out, "    Not {}: {}.", beaten.finding.kind, beaten.because.name());
            }
        }
    }
    out
}

/// A value may hold line breaks, and marks that change what a terminal shows.
fn on_one_line(value: &str) -> String {
    value
        .chars()
        .map(|c| if c.is_control() || matches!(c, '\u{202a}'..='\u{202e}') { '·' } else { c })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use aside_detect::{Detector, Explained};

    #[test]
    fn values_are_masked_unless_they_are_to_be_shown() {
        let text = "card 4111 1111\n1111 1111, anna@example.com";
        let found: Vec<Seen> = Detector::new()
            .explain(text)
            .into_iter()
            .map(|Explained { finding, beat }| Seen { finding, beat })
            .collect();
        let masked = table(text, &found, false, false);
        assert!(masked.contains("•••• 1111") && masked.contains("a•••@•••.com"), "{masked}");
        assert!(!masked.contains("4111") && !masked.contains("anna"), "{masked}");
        let shown = table(text, &found, true, true);
        assert!(shown.contains("4111 1111·1111 1111") && shown.contains("anna@example.com"), "{shown}");
        assert!(shown.contains("    The Luhn check digit"), "{shown}");
        assert_eq!(table("hello", &[], false, false), "nothing found\n");
    }
}
