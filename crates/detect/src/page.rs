//! What the families look at: the folded text, its runs of digits, its cues.

use crate::{
    Certainty, Evidence, Finding, Region,
    cue::{Cue, Cues, Topic},
    folded::Folded,
    spoken,
};
use aside_taxonomy::DataType;

/// A run of digits without anything between them, as positions in the folded text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Group {
    pub(crate) start: usize,
    pub(crate) end: usize,
    /// Whether it stands in a word after other digits of it ("1Z2GD").
    pub(crate) within: bool,
}

impl Group {
    pub(crate) const fn len(self) -> usize {
        self.end - self.start
    }
}

pub(crate) struct Page<'t> {
    text: &'t str,
    pub(crate) folded: Folded<'t>,
    pub(crate) groups: Vec<Group>,
    pub(crate) cues: Cues,
    pub(crate) regions: &'t [Region],
}

impl Drop for Page<'_> {
    fn drop(&mut self) {
        self.cues.end_with(std::mem::take(&mut self.groups));
    }
}

impl<'t> Page<'t> {
    pub(crate) fn new(text: &'t str, regions: &'t [Region]) -> Self {
        let mut folded = Folded::new(text);
        let (mut cues, mut groups) = Cues::of(&folded);
        let gates = cues.take_about(Topic::SpokenDigit);
        if !gates.is_empty()
            && let Some(in_digits) = spoken::in_digits(&folded, &gates, &cues)
        {
            folded = in_digits;
            (cues, groups) = Cues::of(&folded);
            cues.take_about(Topic::SpokenDigit);
        }
        Self { text, folded, groups, cues, regions }
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        self.folded.bytes()
    }

    /// The original text of a span (not empty) in the folded one: what folding takes away, such as
    /// the letters of other scripts.
    pub(crate) fn original(&self, start: usize, end: usize) -> &str {
        let (start, end) = self.folded.original(start, end);
        &self.text[start..end]
    }

    /// The places of one of the signs that are watched for (`@`, `<`, `:`, `-`, `.`).
    pub(crate) fn places_of(&self, sign: u8) -> impl Iterator<Item = usize> + '_ {
        let bytes = if self.cues.has_sign(sign) { self.bytes() } else { &[] };
        memchr::memchr_iter(sign, bytes)
    }

    /// The groups that a number may begin with: the first ones of their words.
    pub(crate) fn heads(&self) -> impl Iterator<Item = usize> + '_ {
        self.groups.iter().enumerate().filter(|(_, group)| !group.within).map(|(i, _)| i)
    }

    /// How many digits the text has.
    pub(crate) fn digit_count(&self) -> usize {
        self.groups.iter().map(|group| group.len()).sum()
    }

    /// The digits of group `i`.
    pub(crate) fn digits(&self, i: usize) -> &[u8] {
        &self.bytes()[self.groups[i].start..self.groups[i].end]
    }

    /// What stands between group `i` and the next one (or the end).
    pub(crate) fn gap(&self, i: usize) -> &[u8] {
        let to = self.groups.get(i + 1).map_or(self.bytes().len(), |next| next.start);
        &self.bytes()[self.groups[i].end..to]
    }

    /// The group that starts exactly at `at`.
    pub(crate) fn group_at(&self, at: usize) -> Option<usize> {
        self.groups.binary_search_by_key(&at, |g| g.start).ok()
    }

    /// The first group that starts at `at` or later.
    pub(crate) fn group_from(&self, at: usize) -> Option<usize> {
        let i = self.groups.partition_point(|g| g.start < at);
        (i < self.groups.len()).then_some(i)
    }

    pub(crate) fn byte(&self, at: usize) -> u8 {
        self.bytes().get(at).copied().unwrap_or(b'\n')
    }

    /// The byte before `at`; a line break at the beginning.
    pub(crate) fn before(&self, at: usize) -> u8 {
        at.checked_sub(1).map_or(b'\n', |i| self.byte(i))
    }

    /// The nearest cue of the wanted kind that ends at most `window` bytes before `at`, in the
    /// same sentence.
    pub(crate) fn cue_before(&self, at: usize, window: usize, wanted: impl Fn(Cue) -> bool) -> Option<Cue> {
        let cue = self.cues.nearest_before(at, window, wanted)?;
        (!sentence_ends_in(&self.bytes()[cue.end..at])).then_some(cue)
    }

    /// The nearest cue of the wanted kind that starts at most `window` bytes after `at`, in the
    /// same sentence.
    pub(crate) fn cue_after(&self, at: usize, window: usize, wanted: impl Fn(Cue) -> bool) -> Option<Cue> {
        let cue = self.cues.nearest_after(at, window, wanted)?;
        (!sentence_ends_in(&self.bytes()[at..cue.start])).then_some(cue)
    }
}

/// Whether a sentence ends in the bytes: `!`, `?`, an empty line, or a full stop after a word that
/// is no abbreviation.
pub(crate) fn sentence_ends_in(bytes: &[u8]) -> bool {
    // Most have none of these, and no branch is needed to see that.
    let may = |byte: u8| matches!(byte, b'!' | b'?' | b'.' | b'\n');
    if !bytes.iter().fold(false, |any, byte| any | may(*byte)) {
        return false;
    }
    let mut letters = 0;
    for (i, byte) in bytes.iter().enumerate() {
        let space_follows = bytes.get(i + 1).is_none_or(u8::is_ascii_whitespace);
        match byte {
            b'!' | b'?' if space_follows => return true,
            b'.' if space_follows && letters > 3 => return true,
            b'\n' if bytes.get(i + 1) == Some(&b'\n') => return true,
            _ => {}
        }
        letters = if is_letter(*byte) { letters + 1 } else { 0 };
    }
    false
}

pub(crate) const fn is_letter(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == crate::folded::OTHER_LETTER
}

pub(crate) const fn is_word(byte: u8) -> bool {
    is_letter(byte) || byte.is_ascii_digit()
}

/// The findings so far, and the groups that they have used up.
pub(crate) struct Found {
    pub(crate) findings: Vec<Finding>,
    /// The first groups' bits; few texts have more.
    used: u64,
    used_beyond: Vec<bool>,
}

/// How many groups have a bit.
const BITS: usize = u64::BITS as usize;

impl Found {
    pub(crate) fn new(page: &Page<'_>) -> Self {
        let beyond = page.groups.len().saturating_sub(BITS);
        Self { findings: Vec::new(), used: 0, used_beyond: vec![false; beyond] }
    }

    pub(crate) fn is_used(&self, group: usize) -> bool {
        if group < BITS { self.used & (1 << group) != 0 } else { self.used_beyond[group - BITS] }
    }

    /// Takes every group inside the folded span away from the families that come later.
    pub(crate) fn use_up(&mut self, page: &Page<'_>, start: usize, end: usize) {
        let from = page.groups.partition_point(|g| g.end <= start);
        let inside = page.groups[from..].iter().take_while(|group| group.start < end).count();
        for at in from..from + inside {
            if at < BITS {
                self.used |= 1 << at;
            } else {
                self.used_beyond[at - BITS] = true;
            }
        }
    }

    /// Adds a finding by its span in the folded text.
    pub(crate) fn add(&mut self, page: &Page<'_>, start: usize, end: usize, what: What<'_>) {
        let mut evidence = what.evidence.to_vec();
        if page.folded.is_spoken(start, end) && !evidence.contains(&Evidence::SpelledOut) {
            evidence.push(Evidence::SpelledOut);
        }
        let (start, end) = page.folded.original(start, end);
        self.findings.push(Finding {
            data_type: what.data_type,
            kind: what.kind,
            start,
            end,
            score: what.score,
            certainty: what.certainty,
            evidence,
        });
    }

    /// Adds a finding and takes its digits away from the families that come later.
    pub(crate) fn take(&mut self, page: &Page<'_>, start: usize, end: usize, what: What<'_>) {
        self.use_up(page, start, end);
        self.add(page, start, end, what);
    }
}

/// A finding less its place.
#[derive(Clone, Copy)]
pub(crate) struct What<'e> {
    pub(crate) data_type: DataType,
    pub(crate) kind: &'static str,
    pub(crate) certainty: Certainty,
    pub(crate) score: f32,
    pub(crate) evidence: &'e [Evidence],
}

impl<'e> What<'e> {
    /// A finding with the usual score of its certainty.
    pub(crate) const fn new(
        data_type: DataType,
        kind: &'static str,
        certainty: Certainty,
        evidence: &'e [Evidence],
    ) -> Self {
        let score = match certainty {
            Certainty::Certain => 0.99,
            Certainty::Likely => 0.8,
            Certainty::Guessed => 0.4,
        };
        Self { data_type, kind, certainty, score, evidence }
    }
}
