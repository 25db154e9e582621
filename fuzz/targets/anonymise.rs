//! What was replaced is found no more, and comes back where that was asked for.
#![no_main]

use aside_anonymise::{Anonymiser, Key, Operator, Policy, Random};
use aside_detect::Detector;
use libfuzzer_sys::fuzz_target;
use std::sync::LazyLock;

struct Zeros;

impl Random for Zeros {
    fn fill(&self, bytes: &mut [u8]) {
        bytes.fill(0);
    }
}

const OPERATORS: [&str; 10] = [
    "redact", "replace", "mask", "mask:*:4", "hash", "encrypt", "encrypt:random", "shift-dates", "pseudonym", "keep",
];

static ANONYMISERS: LazyLock<Vec<Anonymiser>> = LazyLock::new(|| {
    let key = Key::from_hex(&"2a".repeat(32)).expect("64 digits");
    let with = |operator: &str| Policy::new(operator.parse::<Operator>().expect("an operator"));
    OPERATORS.map(|operator| Anonymiser::with_key(Detector::new(), with(operator), &key)).into_iter().collect()
});

fuzz_target!(|data: &[u8]| {
    let Some((which, text)) = data.split_first() else { return };
    let text = String::from_utf8_lossy(text);
    let which = usize::from(*which) % OPERATORS.len();
    let safe = ANONYMISERS[which].anonymise(&text, "somebody", &Zeros);
    assert_eq!(safe.mapping(&text).restore(&safe.text).as_deref(), Ok(&*text));
    if OPERATORS[which].starts_with("encrypt") {
        let opened = ANONYMISERS[which].decrypt(&safe.text);
        assert!(opened.unopened.is_empty() || text.contains('['), "{}", safe.text);
    }
    if OPERATORS[which] != "keep" {
        for finding in Detector::new().detect(&safe.text) {
            let made = safe.items.iter().any(|item| finding.start < item.end && item.start < finding.end);
            assert!(made, "{:?} still stands in {:?}", finding.kind, safe.text);
        }
    }
});
