//! Texts in which the expected findings are marked: `‹card!:4111…›` is certain, `‹card:…›` likely,
//! `‹card?:…›` guessed.

use aside_detect::{Certainty, Detector, Finding};

/// Every text must give exactly the marked findings, with exactly the marked spans.
pub(crate) fn check(texts: &[&str]) {
    check_with(&Detector::new(), texts);
}

pub(crate) fn check_with(detector: &Detector, texts: &[&str]) {
    let mut wrong = Vec::new();
    for marked in texts {
        let text: String = plain(marked);
        let findings = detector.detect(&text);
        let shown = show(&text, &findings);
        if shown != *marked {
            wrong.push(format!("\nexpected {marked}\nbut got  {shown}\n"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.concat());
}

/// Nothing may be found.
pub(crate) fn check_clean(texts: &[&str]) {
    check(texts);
}

fn plain(marked: &str) -> String {
    let mut text = String::new();
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once('‹') {
        let (_, value) = after.split_once(':').expect("a mark has a kind and a value");
        let (value, after) = value.split_once('›').expect("a mark is closed");
        text.push_str(before);
        text.push_str(value);
        rest = after;
    }
    text + rest
}

pub(crate) fn show(text: &str, findings: &[Finding]) -> String {
    let mut shown = String::new();
    let mut at = 0;
    for finding in findings {
        let sign = match finding.certainty {
            Certainty::Certain => "!",
            Certainty::Likely => "",
            Certainty::Guessed => "?",
        };
        let value = &text[finding.start..finding.end];
        shown.extend([&text[at..finding.start], "‹", finding.kind, sign, ":", value, "›"]);
        at = finding.end;
    }
    shown + &text[at..]
}
