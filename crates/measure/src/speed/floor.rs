//! The least that anybody must do: is there anything in the text at all, and where are the candidates. Nothing
//! is verified.

use regex::bytes::Regex;

/// What candidates of eight structured types look like: e-mail address, card, IBAN, SSN, IP address, date, web address,
/// phone number.
const CANDIDATES: [&str; 8] = [
    r"[A-Za-z0-9_.%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,20}",
    r"\b[0-9](?:[ -]?[0-9]){11,18}\b",
    r"\b[A-Z]{2}[0-9]{2}(?:[ -]?[A-Z0-9]{4}){2,7}(?:[ -]?[A-Z0-9]{1,3})?\b",
    r"\b[0-9]{3}[ -][0-9]{2}[ -][0-9]{4}\b",
    r"\b(?:[0-9]{1,3}\.){3}[0-9]{1,3}\b",
    r"\b(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2,4})\b",
    r"\bhttps?://[!-~]+",
    r"(?:\+|\b)[0-9][0-9 ().-]{6,18}[0-9]\b",
];

/// Fewer digits than this are no candidate of the eight.
const DIGITS: usize = 7;

/// A prefilter and one alternation.
pub(super) struct Floor(Regex);

impl Floor {
    pub(super) fn new() -> Self {
        let each = CANDIDATES.map(|candidate| format!("(?:{candidate})"));
        let one = format!("(?-u){}", each.join("|"));
        Self(Regex::new(&one).expect("the expression is constant, and a test compiles it"))
    }

    /// How many candidates the text has; 0 right away where it has neither seven digits nor an `@`.
    pub(super) fn candidates(&self, text: &str) -> usize {
        let (mut digits, mut ats) = (0, 0);
        for byte in text.bytes() {
            digits += usize::from(byte.is_ascii_digit());
            ats += usize::from(byte == b'@');
        }
        if digits < DIGITS && ats == 0 { 0 } else { self.0.find_iter(text.as_bytes()).count() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn candidates_are_counted_and_texts_without_any_are_left_alone() {
        let floor = Floor::new();
        assert_eq!(floor.candidates("write to anna@example.com or call +44 20 7946 0018"), 2);
        assert_eq!(floor.candidates("nothing here, not even on line 3"), 0);
    }
}
