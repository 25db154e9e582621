//! A text together with what was said around it: what was asked just before, the messages of the same person on
//! both sides, and the one-time codes that we sent ourselves.

mod answer;
mod joined;
mod own_code;
mod question;
mod question_words;

pub use joined::joint;

use crate::{Detector, Evidence, Finding, resolve};
use joined::Joined;
use std::{fmt, ops::Range};

/// What was said around a text. The usual one is empty.
///
/// ```
/// use aside_detect::{Context, Detector};
///
/// let context = Context { question: Some("What's your date of birth?"), ..Context::default() };
/// let found = Detector::new().detect_in(&context, "12/04/85");
/// assert_eq!(found[0].finding.kind, "dob");
/// ```
#[derive(Clone, Copy, Default)]
pub struct Context<'c> {
    /// What the other side asked just before, in its last message.
    pub question: Option<&'c str>,
    /// What the same person wrote just before, oldest first. The last five are looked at, up to 512 bytes of each;
    /// what lies behind a longer one is not.
    pub earlier: &'c [&'c str],
    /// What the same person wrote just after, as networks do not keep the order; oldest first, bounded in the same way.
    pub later: &'c [&'c str],
    /// Whether so many digits (4 to 10, ASCII, without separators) are a one-time code that we sent a moment ago.
    /// A function, so that the codes need not be kept in clear: it may compare digests.
    pub own_code: Option<&'c (dyn Fn(&str) -> bool + Send + Sync)>,
}

impl fmt::Debug for Context<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context")
            .field("question", &self.question.is_some())
            .field("earlier", &self.earlier.len())
            .field("later", &self.later.len())
            .field("own_code", &self.own_code.is_some())
            .finish()
    }
}

/// Which of the texts a part stands in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Message {
    /// The one with this index in [`Context::earlier`].
    Earlier(usize),
    /// The text itself.
    This,
    /// The one with this index in [`Context::later`].
    Later(usize),
}

/// A part of a value that runs over several messages.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Part {
    /// Where it stands.
    pub message: Message,
    /// Its first byte there.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
}

/// A finding in a text that was read together with what stands around it.
#[derive(Clone, PartialEq, Debug)]
pub struct InContext {
    /// The finding; its span is what stands in the text itself.
    pub finding: Finding,
    /// All parts in the order of the messages, when it runs over several; otherwise empty.
    pub parts: Vec<Part>,
}

impl Detector {
    /// The personal data in `text`, read together with what was said around it: sorted by start, without overlaps,
    /// each with at least one byte in `text`.
    ///
    /// ```
    /// use aside_detect::{Context, Detector, Message};
    ///
    /// let context = Context { earlier: &["my card is 4111 1111"], ..Context::default() };
    /// let found = &Detector::new().detect_in(&context, "1111 1111 ok?")[0];
    /// assert_eq!((found.finding.kind, found.finding.start, found.finding.end), ("card", 0, 9));
    /// assert_eq!((found.parts[0].message, found.parts[0].start), (Message::Earlier(0), 11));
    /// ```
    pub fn detect_in(&self, context: &Context<'_>, text: &str) -> Vec<InContext> {
        let joined = Joined::new(context, text);
        let findings = self.detect_between(context, &joined.text, joined.this.clone());
        findings.into_iter().map(|finding| joined.split(finding)).collect()
    }

    /// The same for whoever has put the messages together already, one after the other with a [`joint`] between:
    /// `this` is where the text that counts stands in `whole` (on character boundaries), and spans are those in
    /// `whole`. Of the context, only the question and the codes are looked at.
    ///
    /// # Panics
    ///
    /// If `this` does not lie in `whole` on character boundaries.
    pub fn detect_between(&self, context: &Context<'_>, whole: &str, this: Range<usize>) -> Vec<Finding> {
        let mut findings = self.candidates(whole);
        if let Some(question) = context.question {
            let answers = self.answers(question, &whole[this.clone()], this.start);
            for answer in answers {
                let known = |f: &Finding| {
                    (f.kind, f.start, f.end) == (answer.kind, answer.start, answer.end)
                        && f.certainty >= answer.certainty
                };
                if !findings.iter().any(known) {
                    findings.push(answer);
                }
            }
        }
        if let Some(is_own) = context.own_code {
            findings.extend(own_code::codes(whole, is_own));
        }
        self.retain_types(&mut findings);
        let mut findings = resolve::without_overlaps(findings);
        findings.retain(|f| f.end > this.start && f.start < this.end);
        for finding in &mut findings {
            if finding.start < this.start || finding.end > this.end {
                finding.evidence.push(Evidence::InPieces);
            }
        }
        findings
    }
}
