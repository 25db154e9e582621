//! Recognisers that come with a request: patterns and deny lists.
//!
//! Patterns are searched by an engine that takes time linear in text and pattern. It has no look-around and no
//! back-references, and `\d`, `\w` and `\b` are about ASCII; a pattern that needs more is refused by its name.

use crate::{
    error::Refused,
    values::{context_words, items, member, no_list, python_type, truth},
};
use aho_corasick::{AhoCorasick, MatchKind};
use regex_lite::{Regex, RegexBuilder};
use serde_json::{Map, Value};
use std::ops::Range;

/// How much a request may bring.
const MOST_PATTERNS: usize = 64;
const LONGEST_PATTERN: usize = 2_000;
const MOST_WORDS: usize = 10_000;
/// How many bytes of text all patterns together may look at.
const MOST_WORK: usize = 32 * 1024 * 1024;
const COMPILED_BYTES: usize = 1024 * 1024;
/// How many values all recognisers together may find.
const MOST_HITS: usize = 100_000;
const MOST_CONTEXT: usize = 100;
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
    language: String,
    flags: u64,
    patterns: Vec<Pattern>,
    words: Option<AhoCorasick>,
    words_score: f64,
    context: Vec<ContextWord>,
}

/// A word that makes a recogniser's values surer.
struct ContextWord {
    written: String,
    small: String,
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
    pub(crate) pattern_name: String,
    /// The pattern's text; none for a deny list.
    pub(crate) pattern: Option<String>,
    pub(crate) flags: u64,
    pub(crate) original_score: f64,
    pub(crate) score: f64,
    /// The recogniser's context word that raised the score.
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
    pub(crate) fn read(request: &Map<String, Value>) -> Result<Self, Refused> {
        let recognizers: Vec<_> =
            items(request, "ad_hoc_recognizers")?.iter().map(Recognizer::read).collect::<Result<_, _>>()?;
        if recognizers.iter().map(|one| one.patterns.len() + 1).sum::<usize>() > 2 * MOST_PATTERNS {
            return Err(Refused::bad(format!("A request may bring {MOST_PATTERNS} ad-hoc patterns.")));
        }
        Ok(Self(recognizers))
    }

    /// Those that are for a language.
    pub(crate) fn speaking(mut self, language: &str) -> Self {
        self.0.retain(|one| one.language == language);
        self
    }

    /// Whether one of them finds that entity.
    pub(crate) fn knows(&self, entity: &str) -> bool {
        self.0.iter().any(|one| one.entity == entity)
    }

    pub(crate) fn is_too_much_for(&self, bytes: usize) -> bool {
        let patterns: usize = self.0.iter().map(|one| one.patterns.len() + 1).sum();
        patterns.saturating_mul(bytes) > MOST_WORK
    }

    /// What they find; of one entity, nothing within something that is at least as sure, as in Presidio. `asked` are
    /// the request's context words, `left` is how many values may still be found.
    pub(crate) fn find(&self, text: &str, asked: &[String], left: &mut Left) -> Result<Vec<Hit>, Refused> {
        let mut hits = Vec::new();
        for one in &self.0 {
            one.find(text, asked, left, &mut hits)?;
        }
        hits.retain(|hit| hit.score > 0.0);
        hits.sort_by(|a, b| {
            let longest_and_surest = || b.span.end.cmp(&a.span.end).then(b.score.total_cmp(&a.score));
            a.entity.cmp(&b.entity).then(a.span.start.cmp(&b.span.start)).then_with(longest_and_surest)
        });
        // How far values of each score reach; there are no more scores than patterns.
        let mut reached: (String, Vec<(f64, usize)>) = Default::default();
        hits.retain(|hit| {
            if reached.0 != hit.entity {
                reached = (hit.entity.clone(), Vec::new());
            }
            if reached.1.iter().any(|(score, end)| *score >= hit.score && *end >= hit.span.end) {
                return false;
            }
            match reached.1.iter_mut().find(|(score, _)| score.total_cmp(&hit.score).is_eq()) {
                Some((_, end)) => *end = hit.span.end,
                None => reached.1.push((hit.score, hit.span.end)),
            }
            true
        });
        Ok(hits)
    }
}

/// How many values a request's recognisers may still find.
pub(crate) struct Left(usize);

impl Default for Left {
    fn default() -> Self {
        Self(MOST_HITS)
    }
}

impl Left {
    fn one_less(&mut self) -> Result<(), Refused> {
        let many = || Refused::bad(format!("The ad-hoc recognizers find more than {MOST_HITS} values."));
        self.0 = self.0.checked_sub(1).ok_or_else(many)?;
        Ok(())
    }
}

/// The members that a recogniser may have.
const MEMBERS: &[&str] = &[
    "name",
    "supported_entity",
    "supported_entities",
    "supported_language",
    "patterns",
    "deny_list",
    "deny_list_score",
    "context",
    "global_regex_flags",
    "version",
    "country_code",
];

impl Recognizer {
    /// Reads one, with Presidio's words, and in its order, where it makes no sense.
    fn read(value: &Value) -> Result<Self, Refused> {
        let Some(object) = value.as_object() else {
            let got = python_type(value);
            return Err(Refused::as_presidio_does(format!("'{got}' object has no attribute 'copy'")));
        };
        let flags = member(object, "global_regex_flags").and_then(Value::as_u64).unwrap_or(USUAL_FLAGS);
        let patterns = items(object, "patterns")?;
        let word = |item: &'_ Value| item.as_str().map(str::to_owned).ok_or_else(|| no_list(item));
        let words: Vec<String> = items(object, "deny_list")?.iter().map(word).collect::<Result<_, _>>()?;
        if patterns.len() > MOST_PATTERNS || words.len() > MOST_WORDS {
            return Err(Refused::unparsed("There are too many patterns or words."));
        }
        let patterns: Vec<_> =
            patterns.iter().map(|one| Pattern::read(one, flags)).collect::<Result<_, _>>()?;
        let entity = entity(object)?;
        if patterns.is_empty() && words.is_empty() {
            return Err(Refused::as_presidio_does(
                "Pattern recognizer should be initialized with patterns or with deny list",
            ));
        }
        let own = |name: &str, usual: &str| {
            member(object, name).and_then(Value::as_str).unwrap_or(usual).to_owned()
        };
        let words_score = match object.get("deny_list_score") {
            Some(score) if !words.is_empty() => score_of(score)?,
            _ => 1.0,
        };
        let words: Vec<String> = words.into_iter().filter(|word| !word.is_empty()).collect();
        let words = (!words.is_empty())
            .then(|| {
                AhoCorasick::builder()
                    .match_kind(MatchKind::LeftmostLongest)
                    .ascii_case_insensitive(flags & IGNORE_CASE != 0)
                    .build(words)
            })
            .transpose()
            .map_err(|_| Refused::unparsed("The deny list is too large."))?;
        let word = |word: &str| ContextWord { written: word.to_owned(), small: word.to_lowercase() };
        let context: Vec<ContextWord> = context_words(object)?.into_iter().map(word).collect();
        if context.len() > MOST_CONTEXT {
            return Err(Refused::unparsed("There are too many context words."));
        }
        Ok(Self {
            name: own("name", "PatternRecognizer"),
            entity,
            language: own("supported_language", "en"),
            flags,
            patterns,
            words,
            words_score,
            context,
        })
    }

    fn find(
        &self,
        text: &str,
        asked: &[String],
        left: &mut Left,
        hits: &mut Vec<Hit>,
    ) -> Result<(), Refused> {
        let asked = self.context.iter().find(|own| asked.iter().any(|word| word.contains(&own.small)));
        let mut add = |span: Range<usize>, original_score: f64, name: &str, pattern: Option<&str>| {
            left.one_less()?;
            let word = asked.or_else(|| self.word_before(text, span.start));
            let raised = (original_score + CONTEXT_ADDS).clamp(CONTEXT_LEAST, 1.0);
            hits.push(Hit {
                span,
                entity: self.entity.clone(),
                recognizer: self.name.clone(),
                pattern_name: name.to_owned(),
                pattern: pattern.map(str::to_owned),
                flags: self.flags,
                original_score,
                score: if word.is_some() { raised } else { original_score },
                word: word.map(|word| word.written.clone()).unwrap_or_default(),
            });
            Ok(())
        };
        for pattern in &self.patterns {
            for found in pattern.regex.find_iter(text).filter(|found| !found.is_empty()) {
                add(found.range(), pattern.score, &pattern.name, Some(&pattern.text))?;
            }
        }
        for found in self.words.iter().flat_map(|words| words.find_iter(text)) {
            if is_whole(text, found.range()) {
                add(found.range(), self.words_score, "deny_list", None)?;
            }
        }
        Ok(())
    }

    /// The recogniser's context word that stands, also within a longer word, shortly before `at`.
    fn word_before(&self, text: &str, at: usize) -> Option<&ContextWord> {
        if self.context.is_empty() {
            return None;
        }
        let from = text.floor_char_boundary(at.saturating_sub(CONTEXT_BYTES));
        let before = text[from..at].to_lowercase();
        self.context.iter().find(|own| before.contains(&own.small))
    }
}

/// The entity that a recogniser is for.
fn entity(object: &Map<String, Value>) -> Result<String, Refused> {
    let both = "Both 'supported_entity' and 'supported_entities' are present in the input dictionary. Only one should \
                be provided.";
    let one = match (object.get("supported_entity"), object.get("supported_entities")) {
        (Some(_), Some(_)) => return Err(Refused::as_presidio_does(both)),
        (Some(one), None) => Some(one),
        (None, Some(Value::Array(list))) => list.first(),
        (None, several) => several.filter(|one| truth(Some(one))),
    };
    if let Some(name) = object.keys().find(|name| !MEMBERS.contains(&name.as_str())) {
        return Err(unexpected("PatternRecognizer", name));
    }
    match one {
        Some(Value::String(name)) if !name.is_empty() => Ok(name.clone()),
        Some(falsy) if !truth(Some(falsy)) => {
            Err(Refused::as_presidio_does("Pattern recognizer should be initialized with entity"))
        }
        Some(_) => Err(Refused::unparsed("The name of an entity is a string.")),
        None => Err(missing("PatternRecognizer", &["supported_entity"])),
    }
}

/// What Python says of a member that it does not know.
fn unexpected(class: &str, name: &str) -> Refused {
    let name: String = name.chars().take(40).collect();
    Refused::unparsed(format!("{class}.__init__() got an unexpected keyword argument '{name}'"))
}

/// What Python says of members that are not there.
fn missing(class: &str, names: &[&str]) -> Refused {
    let quoted: Vec<String> = names.iter().map(|name| format!("'{name}'")).collect();
    let listed = match quoted.as_slice() {
        [first, second] => format!("{first} and {second}"),
        [first, second, third] => format!("{first}, {second}, and {third}"),
        others => others.join(", "),
    };
    let (count, s) = (names.len(), if names.len() == 1 { "" } else { "s" });
    Refused::unparsed(format!("{class}.__init__() missing {count} required positional argument{s}: {listed}"))
}

/// A score between 0 and 1.
fn score_of(value: &Value) -> Result<f64, Refused> {
    let wrong_type = || {
        let got = python_type(value);
        Refused::unparsed(format!("'<' not supported between instances of '{got}' and 'int'"))
    };
    let score = value.as_f64().or_else(|| value.as_bool().map(f64::from)).ok_or_else(wrong_type)?;
    let out_of_range =
        || Refused::as_presidio_does(format!("Invalid score: {value}. Score should be between 0 and 1"));
    (0.0..=1.0).contains(&score).then_some(score).ok_or_else(out_of_range)
}

/// Whether neither neighbour is a letter, a digit or `_`.
fn is_whole(text: &str, span: Range<usize>) -> bool {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    !text[..span.start].chars().next_back().is_some_and(is_word)
        && !text[span.end..].chars().next().is_some_and(is_word)
}

/// The members that a pattern has.
const PATTERN_MEMBERS: &[&str] = &["name", "regex", "score"];

impl Pattern {
    fn read(value: &Value, flags: u64) -> Result<Self, Refused> {
        let Some(object) = value.as_object() else {
            let got = python_type(value);
            let what =
                format!("presidio_analyzer.pattern.Pattern() argument after ** must be a mapping, not {got}");
            return Err(Refused::unparsed(what));
        };
        if let Some(name) = object.keys().find(|name| !PATTERN_MEMBERS.contains(&name.as_str())) {
            return Err(unexpected("Pattern", name));
        }
        let absent: Vec<&str> =
            PATTERN_MEMBERS.iter().copied().filter(|name| !object.contains_key(*name)).collect();
        if !absent.is_empty() {
            return Err(missing("Pattern", &absent));
        }
        let name = object["name"].as_str().map_or_else(|| object["name"].to_string(), str::to_owned);
        let text = object["regex"].as_str();
        let text =
            text.ok_or_else(|| Refused::unparsed("first argument must be a string or compiled pattern"))?;
        let regex = compile(text, flags, &name)?;
        Ok(Self { regex, name, text: text.to_owned(), score: score_of(&object["score"])? })
    }
}
