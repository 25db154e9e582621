//! Which types can be found, and by what: as the code says it and the corpus shows it.

use std::collections::{BTreeMap, BTreeSet};

use aside_detect::ORDER;
use aside_score::corpus::Message;
use aside_score::texts;
use aside_taxonomy::DataType;

use crate::markdown::Table;

/// Every type of the taxonomy, the kinds of it that the detector knows, and the evidence with which it found them in the
/// corpus, the most frequent first.
pub(super) fn table(messages: &[Message]) -> String {
    let mut evidence: BTreeMap<DataType, BTreeMap<&str, usize>> = BTreeMap::new();
    let detector = super::with_names();
    for text in texts(messages) {
        for finding in detector.detect(&text.text) {
            let seen = evidence.entry(finding.data_type).or_default();
            for reason in finding.evidence.iter().map(|reason| reason.name()).collect::<BTreeSet<_>>() {
                *seen.entry(reason).or_default() += 1;
            }
        }
    }
    let mut table = Table::new(&["type", "what", "kinds that are found", "evidence seen on the corpus"]);
    let mut never = Vec::new();
    for data_type in DataType::ALL {
        let kinds: Vec<String> = data_type
            .kinds()
            .iter()
            .filter(|kind| ORDER.contains(kind))
            .map(|kind| format!("`{kind}`"))
            .collect();
        if kinds.is_empty() {
            never.push(format!("`{}`", data_type.id()));
            continue;
        }
        let mut seen: Vec<_> = evidence.remove(data_type).unwrap_or_default().into_iter().collect();
        seen.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let seen: Vec<&str> = seen.into_iter().map(|(reason, _)| reason).collect();
        table.row(&[
            format!("`{}`", data_type.id()),
            data_type.label().to_owned(),
            kinds.join(", "),
            if seen.is_empty() { "–".to_owned() } else { seen.join(", ") },
        ]);
    }
    let never = if never.is_empty() {
        String::new()
    } else {
        format!("Not looked for in text: {}.\n", never.join(", "))
    };
    table.finish() + &never
}
