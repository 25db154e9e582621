//! Our own detector's answers, in the form that is scored.

use aside_detect::{
    Detector,
    offsets::{self, Unit},
};

use crate::{Marked, Scheme, corpus::Message, texts};

/// What the detector finds in a text that stands alone.
pub fn find(detector: &Detector, text: &str, scheme: Scheme) -> Vec<Marked> {
    let findings = detector.detect(text);
    let spans = offsets::convert(text, &findings, Unit::Chars);
    findings
        .iter()
        .zip(spans)
        .map(|(finding, span)| Marked {
            start: span.start,
            end: span.end,
            group: scheme.group(finding.data_type, finding.kind).to_owned(),
            score: f64::from(finding.score),
        })
        .collect()
}

/// What the detector finds in each of the corpus' [`texts`].
pub fn find_in_corpus(detector: &Detector, messages: &[Message], scheme: Scheme) -> Vec<Vec<Marked>> {
    texts(messages).iter().map(|said| find(detector, &said.text, scheme)).collect()
}
