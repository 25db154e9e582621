//! Any text gives well-formed findings, alone and in the middle of other text.

use aside_detect::{Detector, ORDER};
use std::sync::LazyLock;

/// Without the model of names, and with it.
static DETECTORS: LazyLock<[Detector; 2]> = LazyLock::new(|| {
    [false, true].map(|names| {
        let regions = ["DE", "US", "GB", "FR", "ES", "BR"].map(|code| code.parse().expect("two letters"));
        Detector::builder().regions(regions).names(names).build()
    })
});

pub(crate) fn holds(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    // Every other length has the names, too, so that no byte of the text says so.
    let detector = &DETECTORS[data.len() % 2];
    let mut end = 0;
    for finding in detector.detect(&text) {
        assert!(finding.start >= end && finding.start < finding.end, "sorted and apart");
        assert!(text.get(finding.start..finding.end).is_some(), "on boundaries between characters");
        assert!((0.0..=1.0).contains(&finding.score));
        assert!(finding.data_type.kinds().contains(&finding.kind) && ORDER.contains(&finding.kind));
        assert!(!finding.evidence.is_empty());
        end = finding.end;
    }
}
