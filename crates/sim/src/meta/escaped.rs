//! JSON as the network writes it.

use serde_json::Value;
use std::fmt::Write;

/// A value as JSON with everything beyond ASCII as `\uXXXX` and every slash as `\/`: what the network sends
/// and signs.
pub fn escaped(value: &Value) -> String {
    let plain = value.to_string();
    let mut out = String::with_capacity(plain.len() + 16);
    for character in plain.chars() {
        match character {
            '/' => out.push_str("\\/"),
            // Outside of strings JSON has neither slashes nor anything beyond ASCII.
            ' '..='~' => out.push(character),
            other => {
                for unit in other.encode_utf16(&mut [0; 2]) {
                    write!(out, "\\u{unit:04x}").expect("a String takes every write");
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn json_is_escaped_as_the_network_does_and_reads_back() {
        let value = json!({"text": "Grüße 😀 a/b \"q\"\n\u{7f}"});
        let text = escaped(&value);
        assert_eq!(text, r#"{"text":"Gr\u00fc\u00dfe \ud83d\ude00 a\/b \"q\"\n\u007f"}"#);
        assert_eq!(serde_json::from_str::<Value>(&text).unwrap(), value);
    }
}
