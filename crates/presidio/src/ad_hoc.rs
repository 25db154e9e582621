//! Recognisers that come with a request: patterns and deny lists.
//!
//! Patterns are searched by an engine that takes time linear in text and pattern. It has no look-around and no
//! back-references, and `\d`, `\w` and `\b` are about ASCII; a pattern that needs more is refused by its name.

use crate::{
    error::Refused,
    values::{member, mistyped, needed, strings},
};
use aho_corasick::{AhoCorasick, MatchKind};
use regex_lite::{Regex, RegexBuilder};
use serde_json::{Map, Value};
use std::ops::Range;

/// How much a request may bring.
const MOST_PATTERNS: usize = 64;
const LONGEST_PATTERN: usize = 2_000;
const MOST_WORDS: usize = 10_000;
/// How many bytes all patterns together may look at.
const MOST_WORK: usize = 32 * 1024 * 1024;
const COMPILED_BYTES: usize = 1024 * 1024;
/// How far a context word may stand before a value, and what it adds (as in Presidio).
const CONTEXT_BYTES: usize = 64;
const CONTEXT_ADDS: f64 = 0.35;
const CONTEXT_LEAST: f64 = 0.4;

/// Python's `re.IGNORECASE`, `re.MULTILINE`, `re.DOTALL` and `re.VERBOSE`.
const IGNORE_CASE: u64 = 2;
const MULTI_LINE: u64 = 8;
const DOT_ALL: u64 = 16;
const VERBOSE: u64 = 64;
/// What Presidio uses unless told.
pub(crate) const USUAL_FLAGS: u64 = IGNORE_CASE | MULTI_LINE | DOT_ALL;

/// All recognisers of a request.
pub(crate) struct AdHoc(Vec<Recognizer>);

struct Recognizer {
    name: String,
    entity: String,
    patterns: Vec<Pattern>,
    words: Option<AhoCorasick>,
    words_score: f64,
    context: Vec<String>,
}

struct Pattern {
    name: String,
    text: String,
    regex: Regex,
    score: f64,
}

/// Something that a recogniser found, in bytes.
pub(crate) struct Hit {
    pub(crate) span: Range<usize>,
    pub(crate) entity: String,
    pub(crate) recognizer: String,
    /// Name and text of the pattern; none for a deny list.
    pub(crate) pattern: Option<(String, String)>,
    pub(crate) original_score: f64,
    pub(crate) score: f64,
    /// The context word that raised the score.
    pub(crate) word: String,
}

/// A pattern as Python would take it.
pub(crate) fn compile(pattern: &str, flags: u64, name: &str) -> Result<Regex, Refused> {
    let refused = || {
        Refused::bad(format!(
            "The regex of '{name}' cannot be used: it is wrong, longer than {LONGEST_PATTERN} bytes, or has \
             look-around, back-references or Unicode classes, which are not supported."
        ))
    };
    if pattern.len() > LONGEST_PATTERN {
        return Err(refused());
    }
    RegexBuilder::new(pattern)
        .case_insensitive(flags & IGNORE_CASE != 0)
        .multi_line(flags & MULTI_LINE != 0)
        .dot_matches_new_line(flags & DOT_ALL != 0)
        .ignore_whitespace(flags & VERBOSE != 0)
        .size_limit(COMPILED_BYTES)
        .build()
        .map_err(|_| refused())
}

impl AdHoc {
    pub(crate) fn read(request: &Map<String, Value>, flags: u64) -> Result<Self, Refused> {
        let Some(list) = member(request, "ad_hoc_recognizers") else { return Ok(Self(Vec::new())) };
        let list = list.as_array().ok_or_else(|| mistyped("ad_hoc_recognizers", "array", list))?;
        let recognizers: Vec<_> =
            list.iter().map(|one| Recognizer::read(one, flags)).collect::<Result<_, _>>()?;
        if recognizers.iter().map(|one| one.patterns.len() + 1).sum::<usize>() > 2 * MOST_PATTERNS {
            return Err(Refused::bad(format!("A request may bring {MOST_PATTERNS} ad-hoc patterns.")));
        }
        Ok(Self(recognizers))
    }

    pub(crate) fn is_too_much_for(&self, bytes: usize) -> bool {
        let patterns: usize = self.0.iter().map(|one| one.patterns.len() + 1).sum();
        patterns.saturating_mul(bytes) > MOST_WORK
    }

    pub(crate) fn find(&self, text: &str, context: &[&str]) -> Vec<Hit> {
        let mut hits = Vec::new();
        for one in &self.0 {
            one.find(text, context, &mut hits);
        }
        hits
    }
}

impl Recognizer {
    fn read(value: &Value, flags: u64) -> Result<Self, Refused> {
        let wrong = |what: &str| {
            Refused::bad(format!("Failed to parse /analyze request for AnalyzerEngine.analyze(). {what}"))
        };
        let object = value.as_object().ok_or_else(|| wrong("An ad-hoc recognizer is an object."))?;
        let entity = match (member(object, "supported_entity"), member(object, "supported_entities")) {
            (Some(Value::String(entity)), None) => entity.clone(),
            (None, Some(Value::Array(list))) => match list.as_slice() {
                [Value::String(entity), ..] => entity.clone(),
                _ => return Err(wrong("supported_entities is empty.")),
            },
            _ => return Err(wrong("An ad-hoc recognizer needs one supported_entity.")),
        };
        let name = member(object, "name").and_then(Value::as_str).unwrap_or("PatternRecognizer").to_owned();
        let patterns = member(object, "patterns").map_or(Ok(&[][..]), |list| {
            list.as_array().map(Vec::as_slice).ok_or_else(|| wrong("patterns is a list."))
        })?;
        let words = strings(object, "deny_list")?;
        if patterns.is_empty() && words.is_empty() {
            return Err(wrong("A recognizer must be initialized with patterns or with deny list"));
        }
        if patterns.len() > MOST_PATTERNS || words.len() > MOST_WORDS {
            return Err(wrong("There are too many patterns or words."));
        }
        let patterns = patterns.iter().map(|one| Pattern::read(one, flags)).collect::<Result<_, _>>()?;
        let words: Vec<&str> = words.into_iter().filter(|word| !word.is_empty()).collect();
        let words = (!words.is_empty())
            .then(|| {
                AhoCorasick::builder()
                    .match_kind(MatchKind::LeftmostLongest)
                    .ascii_case_insensitive(flags & IGNORE_CASE != 0)
                    .build(words)
            })
            .transpose()
            .map_err(|_| wrong("The deny list is too large."))?;
        let words_score = member(object, "deny_list_score").and_then(Value::as_f64).unwrap_or(1.0);
        let context = strings(object, "context")?.into_iter().map(str::to_lowercase).collect();
        Ok(Self { name, entity, patterns, words, words_score: words_score.clamp(0.0, 1.0), context })
    }

    fn find(&self, text: &str, context: &[&str], hits: &mut Vec<Hit>) {
        let mut add = |span: Range<usize>, original_score: f64, pattern: Option<(String, String)>| {
            let word = self.word_before(text, span.start, context);
            let raised = (original_score + CONTEXT_ADDS).clamp(CONTEXT_LEAST, 1.0);
            hits.push(Hit {
                span,
                entity: self.entity.clone(),
                recognizer: self.name.clone(),
                pattern,
                original_score,
                score: if word.is_some() && pattern_can_rise(original_score) {
                    raised
                } else {
                    original_score
                },
                word: word.unwrap_or_default(),
            });
        };
        for pattern in &self.patterns {
            for found in pattern.regex.find_iter(text).filter(|found| !found.is_empty()) {
                add(found.range(), pattern.score, Some((pattern.name.clone(), pattern.text.clone())));
            }
        }
        for found in self.words.iter().flat_map(|words| words.find_iter(text)) {
            if is_whole(text, found.range()) {
                add(found.range(), self.words_score, None);
            }
        }
    }

    /// A context word, of the recogniser's own or the request's, that stands shortly before `at`.
    fn word_before(&self, text: &str, at: usize, context: &[&str]) -> Option<String> {
        if self.context.is_empty() {
            return None;
        }
        let from = text.floor_char_boundary(at.saturating_sub(CONTEXT_BYTES));
        let before = text[from..at].to_lowercase();
        let stands = before.split(|c: char| !c.is_alphanumeric());
        let asked = context.iter().flat_map(|words| words.split_whitespace());
        let asked: Vec<String> = asked.map(str::to_lowercase).collect();
        let mut words = stands.map(str::to_owned).chain(asked);
        words.find(|word| self.context.iter().any(|own| own == word))
    }
}

fn pattern_can_rise(score: f64) -> bool {
    score < 1.0
}

/// Whether neither neighbour is a letter, a digit or `_`.
fn is_whole(text: &str, span: Range<usize>) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    !text[..span.start].chars().next_back().is_some_and(is_word)
        && !text[span.end..].chars().next().is_some_and(is_word)
}

impl Pattern {
    fn read(value: &Value, flags: u64) -> Result<Self, Refused> {
        let wrong = |what: String| {
            Refused::bad(format!("Failed to parse /analyze request for AnalyzerEngine.analyze(). {what}"))
        };
        let object = value.as_object().ok_or_else(|| wrong("A pattern is an object.".to_owned()))?;
        if let Some(name) = object.keys().find(|name| !matches!(name.as_str(), "name" | "regex" | "score")) {
            let name: String = name.chars().take(40).collect();
            return Err(wrong(format!("Pattern.__init__() got an unexpected keyword argument '{name}'")));
        }
        let name = needed(object, "name", "string", Value::as_str)?.to_owned();
        let text = needed(object, "regex", "string", Value::as_str)?.to_owned();
        let score = needed(object, "score", "number", Value::as_f64)?.clamp(0.0, 1.0);
        Ok(Self { regex: compile(&text, flags, &name)?, name, text, score })
    }
}
