//! Texts that a network has approved, for writing to people outside of its window.

use serde::{Deserialize, Serialize};

/// The most parameters of one template.
const MOST_PARAMETERS: usize = 20;
/// The longest body, in characters, as networks approve it.
const LONGEST_BODY: usize = 1_024;

/// A text that the network has approved, with numbered places to fill in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// Its name at the network: `[a-z0-9_]{1,512}`.
    pub name: String,
    /// Its language as the network writes it, for instance `en`, `en_US` or `pt_BR`.
    pub language: String,
    /// What it says, with `{{1}}`, `{{2}}` … where something is filled in.
    pub body: String,
    /// The network's category. Only `utility` ones are sent: what is said here answers a customer's matter.
    #[serde(default)]
    pub category: Category,
    /// Whether it invites into the secure channel: its one place is filled with a one-time link.
    #[serde(default)]
    pub invitation: bool,
}

/// What a template is for, as the network sorts it.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Category {
    /// About something that the customer is already in touch about.
    #[default]
    Utility,
}

/// A template that cannot be sent as it is configured.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum TemplateError {
    /// The network gives no such names.
    #[error("a template's name has small letters, digits and `_` alone")]
    Name,
    /// The language is none as the network writes them.
    #[error("a template's language is like `en` or `en_US`")]
    Language,
    /// The body is empty or longer than the network approves.
    #[error("a template's body has 1 to {LONGEST_BODY} characters")]
    Body,
    /// The places are not numbered from 1 without a gap.
    #[error(
        "a template's places are numbered {{{{1}}}}, {{{{2}}}} … without a gap, at most {MOST_PARAMETERS}"
    )]
    Places,
    /// An invitation has one place, for the link.
    #[error("an invitation's template has one place, {{{{1}}}}, for the link")]
    Invitation,
}

impl Template {
    /// Whether the network can know it as it is configured.
    pub fn check(&self) -> Result<(), TemplateError> {
        let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        if self.name.is_empty() || self.name.len() > 512 || !self.name.chars().all(is_name) {
            return Err(TemplateError::Name);
        }
        let is_tag = |c: char| c.is_ascii_alphabetic() || c == '_';
        if !(2..=12).contains(&self.language.len()) || !self.language.chars().all(is_tag) {
            return Err(TemplateError::Language);
        }
        if self.body.trim().is_empty() || self.body.chars().count() > LONGEST_BODY {
            return Err(TemplateError::Body);
        }
        let places = places(&self.body).ok_or(TemplateError::Places)?;
        if self.invitation && places != 1 {
            return Err(TemplateError::Invitation);
        }
        Ok(())
    }

    /// How many places there are to fill in.
    pub fn places(&self) -> usize {
        places(&self.body).unwrap_or_default()
    }

    /// What it says with its places filled in; `None` if there are more or fewer places than `parameters`, or
    /// one is empty. Networks take neither line ends nor tabs nor long runs of spaces in a parameter.
    pub fn fill(&self, parameters: &[String]) -> Option<String> {
        let odd = |text: &String| {
            text.trim().is_empty() || text.contains(['\n', '\r', '\t']) || text.contains("     ")
        };
        if parameters.len() != self.places() || parameters.iter().any(odd) {
            return None;
        }
        // What is filled in is not searched again: it may look like a place itself.
        let mut filled = String::with_capacity(self.body.len());
        let mut rest = self.body.as_str();
        while let Some((before, number, after)) = next_place(rest) {
            filled.push_str(before);
            filled.push_str(parameters.get(number.checked_sub(1)?)?);
            rest = after;
        }
        filled.push_str(rest);
        Some(filled)
    }

    /// Whether it is in a language, given as a BCP 47 tag: `en_US` is English.
    pub fn speaks(&self, tag: &str) -> bool {
        let primary = |tag: &str| tag.split(['_', '-']).next().unwrap_or_default().to_ascii_lowercase();
        primary(&self.language) == primary(tag)
    }
}

/// How many places a body has, if they are numbered from 1 without a gap.
fn places(body: &str) -> Option<usize> {
    let (mut seen, mut rest) = (std::collections::BTreeSet::new(), body);
    while let Some((_, number, after)) = next_place(rest) {
        seen.insert(number);
        rest = after;
    }
    let is_whole = seen.iter().copied().eq(1..=seen.len());
    (is_whole && seen.len() <= MOST_PARAMETERS).then_some(seen.len())
}

/// The first place in a text: what stands before it, its number, what stands after it.
fn next_place(text: &str) -> Option<(&str, usize, &str)> {
    let mut from = 0;
    while let Some(at) = text[from..].find("{{").map(|at| at + from) {
        let inside = &text[at + 2..];
        if let Some(end) = inside.find("}}")
            && (1..=3).contains(&end)
            && let Ok(number) = inside[..end].parse()
        {
            return Some((&text[..at], number, &inside[end + 2..]));
        }
        from = at + 1;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn template(body: &str) -> Template {
        Template {
            name: "order_update".into(),
            language: "en_US".into(),
            body: body.into(),
            category: Category::Utility,
            invitation: false,
        }
    }

    fn filled(body: &str, parameters: &[&str]) -> Option<String> {
        template(body).fill(&parameters.iter().map(|p| (*p).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn places_are_filled_by_their_number() {
        let text = filled("Hello {{1}}, about {{2}}: {{1}}!", &["Mara", "your lamp"]);
        assert_eq!(text.as_deref(), Some("Hello Mara, about your lamp: Mara!"));
        assert_eq!(filled("No places.", &[]).as_deref(), Some("No places."));
        assert_eq!(filled("{{1}} {{2}}", &["{{2}}", "b"]).as_deref(), Some("{{2}} b"));
    }

    #[test]
    fn what_does_not_fit_its_places_is_not_filled_in() {
        assert_eq!(filled("Hello {{1}}", &[]), None);
        assert_eq!(filled("Hello {{1}}", &["a", "b"]), None);
        for odd in ["", "  ", "two\nlines", "a\tb", "a     b"] {
            assert_eq!(filled("Hello {{1}}", &[odd]), None, "{odd:?}");
        }
    }

    #[test]
    fn a_template_that_the_network_cannot_know_is_refused() {
        assert_eq!(template("Hello {{1}} {{ x }} {{}} {{2}} {{{1}}}").check(), Ok(()));
        assert_eq!(template("Hello {{2}}").check(), Err(TemplateError::Places));
        assert_eq!(template("Hello {{0}}").check(), Err(TemplateError::Places));
        assert_eq!(template(" ").check(), Err(TemplateError::Body));
        assert_eq!(template(&"a".repeat(1_025)).check(), Err(TemplateError::Body));
        let odd = Template { name: "Order Update".into(), ..template("Hello") };
        assert_eq!(odd.check(), Err(TemplateError::Name));
        let odd = Template { language: "e".into(), ..template("Hello") };
        assert_eq!(odd.check(), Err(TemplateError::Language));
        let odd = Template { invitation: true, ..template("Come in: {{1}} {{2}}") };
        assert_eq!(odd.check(), Err(TemplateError::Invitation));
    }

    #[test]
    fn a_template_of_a_country_speaks_its_language() {
        assert!(template("x").speaks("en") && template("x").speaks("en-GB") && !template("x").speaks("de"));
    }
}
