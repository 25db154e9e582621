//! News about the business's account: its state, the quality of its numbers, its templates. It is counted, and
//! said to whoever reads the log; nothing about customers is in it.

use crate::{
    Inbound,
    meta::{
        json,
        webhook::{Envelope, not_understood},
    },
};
use aside_model::Rung;
use serde_json::Value;

/// Fields whose news people should see, with the keys that tell it.
const NEWS: [(&str, &[&str]); 6] = [
    ("account_update", &["event"]),
    ("account_alerts", &["alert_type", "alert_severity", "alert_status"]),
    ("phone_number_quality_update", &["event", "current_limit", "max_daily_conversations_per_business"]),
    ("message_template_status_update", &["event", "message_template_name", "message_template_language"]),
    ("message_template_quality_update", &["new_quality_score", "message_template_name"]),
    ("business_capability_update", &[]),
];

/// A change that tells nothing about a thread.
pub(super) fn read(business: &Envelope, field: &str, change: &Value) -> Inbound {
    if let Some((field, keys)) = NEWS.iter().find(|(name, _)| *name == field)
        && let Some(value) = change.get("value")
    {
        let words = keys.iter().filter_map(|key| plain(value.get(*key)?.as_str()?));
        let news = words.collect::<Vec<_>>().join(" ");
        tracing::warn!(
            network = "whatsapp",
            field,
            news,
            "the network has news about the business's account"
        );
    }
    not_understood(business, Rung::Direct, json::word(field), None, change)
}

/// A word or name of the network's own: letters, digits and `_`, and no run of digits that could be a number.
fn plain(text: &str) -> Option<&str> {
    let is_word = (1..=64).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        && text.split(|c: char| !c.is_ascii_digit()).all(|digits| digits.len() < 5);
    is_word.then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_are_said() {
        assert_eq!(plain("FLAGGED"), Some("FLAGGED"));
        assert_eq!(plain("TIER_100K"), Some("TIER_100K"));
        assert_eq!(plain("order_update_2"), Some("order_update_2"));
        for odd in ["", "16505551234", "a b", "é", &"A".repeat(65)] {
            assert_eq!(plain(odd), None, "{odd}");
        }
    }
}
