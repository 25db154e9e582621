//! What a question asks for, and the findings in its answer.
//!
//! An answer that has a form of its own (a date, a number) is read as if the cue stood right before it, by the
//! families that know the form. Free answers (a name, a password, the mother's maiden name) are read here.

use super::{answer, question_words::PHRASES};
use crate::{Detector, Evidence, Finding, folded::Folded, page::is_word};
use aho_corasick::{AhoCorasick, MatchKind};
use std::sync::LazyLock;

/// What is asked for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Asked {
    /// Something with a form: the cue under which the families know it.
    Cue(&'static str),
    Name,
    Password,
    SecurityAnswer,
}

/// How many things one question can ask for.
const AT_ONCE: usize = 4;
/// How much of a question is read, from its end; and how much of an answer.
const QUESTION: usize = 1_024;
const ANSWER: usize = 512;

static QUESTIONS: LazyLock<(AhoCorasick, Vec<(Asked, &'static str)>)> = LazyLock::new(|| {
    let phrases: Vec<(Asked, &'static str)> =
        PHRASES.iter().flat_map(|(asked, phrases)| phrases.iter().map(move |p| (*asked, *p))).collect();
    let automaton = AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .ascii_case_insensitive(true)
        .build(phrases.iter().map(|(_, phrase)| *phrase))
        .expect("a few hundred short phrases fit into an automaton");
    (automaton, phrases)
});

/// What a question asks for, each thing once, in its order.
pub(super) fn asked(question: &str) -> Vec<Asked> {
    let question = &question[question.ceil_char_boundary(question.len().saturating_sub(QUESTION))..];
    let mut asked = Vec::new();
    collect(Folded::new(question).bytes(), &mut asked);
    if !question.is_ascii() {
        // Phrases outside the Latin script stand in the table as they are written.
        collect(question.to_lowercase().as_bytes(), &mut asked);
    }
    asked.truncate(AT_ONCE);
    asked
}

fn collect(bytes: &[u8], asked: &mut Vec<Asked>) {
    let (automaton, phrases) = &*QUESTIONS;
    for found in automaton.find_iter(bytes) {
        let (what, phrase) = phrases[found.pattern().as_usize()];
        let word_begins = found.start() == 0 || !is_word(bytes[found.start() - 1]) || !phrase.is_ascii();
        let word_ends =
            phrase.len() > 4 || !phrase.is_ascii() || bytes.get(found.end()).is_none_or(|b| !is_word(*b));
        if word_begins && word_ends && !asked.contains(&what) {
            asked.push(what);
        }
    }
}

impl Detector {
    /// What in `text` answers the question, with spans counted from `offset` before it.
    pub(super) fn answers(&self, question: &str, text: &str, offset: usize) -> Vec<Finding> {
        let near = &text[..text.floor_char_boundary(ANSWER)];
        let mut found = Vec::new();
        for asked in asked(question) {
            match asked {
                Asked::Cue(cue) => {
                    let named = self.as_if_named(cue, near);
                    let at = if named.is_empty() { answer::number(near) } else { None };
                    found.extend(named);
                    if let Some(at) = at {
                        let behind = self.as_if_named(cue, &near[at..]);
                        let first = behind.into_iter().filter(|finding| finding.start == 0);
                        found.extend(first.map(|f| Finding { start: f.start + at, end: f.end + at, ..f }));
                    }
                }
                Asked::Name => found.extend(answer::name(near)),
                Asked::Password => found.extend(answer::password(near)),
                Asked::SecurityAnswer => found.extend(answer::security_answer(near)),
            }
        }
        for finding in &mut found {
            (finding.start, finding.end) = (finding.start + offset, finding.end + offset);
        }
        found
    }

    /// What is found behind the cue.
    fn as_if_named(&self, cue: &str, text: &str) -> Vec<Finding> {
        let named = format!("{cue}{text}");
        let mut findings = self.candidates(&named);
        findings.retain(|f| f.start >= cue.len() && f.evidence.contains(&Evidence::CueBefore));
        for finding in &mut findings {
            (finding.start, finding.end) = (finding.start - cue.len(), finding.end - cue.len());
            for reason in &mut finding.evidence {
                if *reason == Evidence::CueBefore {
                    *reason = Evidence::Question;
                }
            }
        }
        findings
    }
}
