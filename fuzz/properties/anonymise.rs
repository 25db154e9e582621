//! What was replaced is found no more, and comes back where that was asked for.

use aside_anonymise::{Anonymiser, Key, Operator, Policy, Random};
use aside_detect::Detector;
use std::sync::LazyLock;

struct Zeros;

impl Random for Zeros {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.fill(0);
    }
}

const OPERATORS: [&str; 10] = [
    "redact",
    "replace",
    "mask",
    "mask:*:4",
    "hash",
    "encrypt",
    "encrypt:random",
    "shift-dates",
    "pseudonym",
    "keep",
];

/// Without the model of names, and with it.
static DETECTORS: LazyLock<[Detector; 2]> =
    LazyLock::new(|| [false, true].map(|names| Detector::builder().names(names).build()));

/// One for each operator and each detector.
static ANONYMISERS: LazyLock<Vec<[Anonymiser; 2]>> = LazyLock::new(|| {
    let key = Key::from_hex(&"2a".repeat(32)).expect("64 digits");
    let with = |operator: &str| Policy::new(operator.parse::<Operator>().expect("an operator"));
    let both = |operator: &str| {
        DETECTORS.each_ref().map(|detector| Anonymiser::with_key(detector.clone(), with(operator), &key))
    };
    OPERATORS.iter().map(|operator| both(operator)).collect()
});

pub(crate) fn holds(data: &[u8]) {
    let Some((first, text)) = data.split_first() else { return };
    let text = String::from_utf8_lossy(text);
    let (which, names) = (usize::from(*first) % OPERATORS.len(), usize::from(*first) / OPERATORS.len() % 2);
    let anonymiser = &ANONYMISERS[which][names];
    let safe = anonymiser.anonymise(&text, "somebody", &Zeros);
    assert_eq!(safe.mapping(&text).restore(&safe.text).as_deref(), Ok(&*text));
    if OPERATORS[which].starts_with("encrypt") {
        let opened = anonymiser.decrypt(&safe.text);
        assert!(opened.unopened.is_empty() || text.contains('['), "{}", safe.text);
    }
    if OPERATORS[which] != "keep" {
        for finding in DETECTORS[names].detect(&safe.text) {
            let made = safe.items.iter().any(|item| finding.start < item.end && item.start < finding.end);
            assert!(made, "{:?} still stands in {:?}", finding.kind, safe.text);
        }
    }
}
