//! A refused draft, given back without what it was refused for: that never leaves the memory it came in.

use aside_app::views::DraftCheck;
use aside_model::Raw;

/// The draft with each refused finding replaced by its name. Without a check nothing is given back, for
/// nobody knows what it holds.
pub(super) fn without_refused(draft: &Raw, check: Option<&DraftCheck>) -> String {
    let Some(check) = check else { return String::new() };
    if check.refused && !check.findings.iter().any(|finding| finding.verdict == "refuse") {
        return String::new();
    }
    let units: Vec<u16> = draft.expose().encode_utf16().collect();
    let mut kept = Vec::with_capacity(units.len());
    let mut at = 0;
    for finding in &check.findings {
        if finding.asked || finding.verdict != "refuse" {
            continue;
        }
        let (start, end) = (finding.start.min(units.len()), finding.end.min(units.len()));
        if start < at || end <= start {
            at = at.max(end);
            continue;
        }
        kept.extend_from_slice(&units[at..start]);
        kept.extend(format!("[{}]", finding.label).encode_utf16());
        at = end;
    }
    kept.extend_from_slice(units.get(at..).unwrap_or_default());
    String::from_utf16_lossy(&kept)
}

#[cfg(test)]
mod tests {
    use super::*;
    use aside_app::views::DraftFinding;
    use aside_model::DataType;

    fn finding(start: usize, end: usize, verdict: &'static str, asked: bool) -> DraftFinding {
        DraftFinding {
            start,
            end,
            data_type: DataType::FinPan,
            label: "card number",
            verdict,
            asked,
            why: String::new(),
        }
    }

    #[test]
    fn a_refused_draft_comes_back_without_the_number_it_was_refused_for() {
        let draft = Raw::new("😀 Ihre Karte 4111 1111 1111 1111, richtig?".into());
        let check = DraftCheck { findings: vec![finding(14, 33, "refuse", false)], ..DraftCheck::default() };
        assert_eq!(without_refused(&draft, Some(&check)), "😀 Ihre Karte [card number], richtig?");
    }

    #[test]
    fn a_draft_that_only_asks_for_something_comes_back_whole() {
        let draft = Raw::new("What is your password?".into());
        let check = DraftCheck { findings: vec![finding(13, 21, "refuse", true)], ..DraftCheck::default() };
        assert_eq!(without_refused(&draft, Some(&check)), "What is your password?");
    }

    #[test]
    fn a_draft_that_nobody_checked_does_not_come_back() {
        let unchecked = DraftCheck { refused: true, ..DraftCheck::default() };
        assert_eq!(without_refused(&Raw::new("4111 1111 1111 1111".into()), Some(&unchecked)), "");
        assert_eq!(without_refused(&Raw::new("4111 1111 1111 1111".into()), None), "");
    }
}
