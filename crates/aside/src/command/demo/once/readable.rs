//! A response as people and programs read it.

use serde_json::Value;

/// Numbers of fewer digits are counts, indices and status codes.
const SHORTEST_NUMBER: usize = 10;

/// What a response says: of JSON its texts, which escapes no longer hide; of a page the page without the
/// times on it, and once more without its tags.
pub(super) fn readable(response: &str) -> String {
    if let Ok(value) = serde_json::from_str::<Value>(response) {
        let mut texts = String::new();
        add_texts(&value, &mut texts);
        return texts;
    }
    let page = without_times(response);
    unescaped(&format!("{page}\n{}", without_tags(&page)))
}

fn add_texts(value: &Value, texts: &mut String) {
    match value {
        Value::String(text) => {
            texts.push_str(text);
            texts.push('\n');
        }
        Value::Number(number) => {
            let number = number.to_string();
            if number.len() >= SHORTEST_NUMBER {
                texts.push_str(&number);
                texts.push('\n');
            }
        }
        Value::Array(values) => values.iter().for_each(|value| add_texts(value, texts)),
        Value::Object(fields) => fields.values().for_each(|value| add_texts(value, texts)),
        Value::Null | Value::Bool(_) => {}
    }
}

/// A page without its `<time>` elements: when something was said is no part of what was said.
fn without_times(page: &str) -> String {
    let mut parts = page.split("<time");
    let mut rest = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        rest.push(' ');
        rest.push_str(part.split_once("</time>").map_or(part, |(_, after)| after));
    }
    rest
}

fn without_tags(page: &str) -> String {
    let mut parts = page.split('<');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        text.push(' ');
        text.push_str(part.split_once('>').map_or(part, |(_, after)| after));
    }
    text
}

/// With what HTML escapes put back.
fn unescaped(page: &str) -> String {
    page.replace("&#60;", "<")
        .replace("&#62;", ">")
        .replace("&#39;", "'")
        .replace("&#34;", "\"")
        .replace("&#38;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_json_the_texts_are_read_and_their_escapes_undone() {
        let said = readable(
            r#"{"at":"now","pieces":[{"text":"my \"code\" is h\u00fcnter2"}],"row":123456,"z":4111111111111111}"#,
        );
        assert_eq!(said, "now\nmy \"code\" is h\u{fc}nter2\n4111111111111111\n");
    }

    #[test]
    fn of_a_page_everything_is_read_but_its_times() {
        let page = "<p title=\"Kaffee\">It&#39;s <b>4111</b> 1111 <time datetime=\"2025-11-22\">22 Nov 2025</time>!</p>";
        let said = readable(page);
        assert!(said.contains("title=\"Kaffee\"") && said.contains("It's  4111  1111"), "{said}");
        assert!(!said.contains("2025"), "{said}");
    }
}
