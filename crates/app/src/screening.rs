//! What the detector finds in a text, what the rules say to it, and what is left of the text then.
//!
//! Everything here happens in memory, before anything is written.

use crate::{App, Detect, sealing::Ring};
use aside_detect::{Context, joint};
use aside_model::{
    Body, Certainty, Clock, ConversationId, DataType, Direction, Finding, FindingNote, HoldId, MessageId,
    Random, Raw, Rung, Segment, Time, ValueId,
    rows::{HoldRow, MessageRow, ValueRow},
    sabotage::{self, Switch},
};
use aside_rules::{Decision, Disposition, Rules};
use aside_vault::drop_box;
use std::{ops::Range, sync::Arc};

/// A text with what the rules say to each finding.
pub(crate) struct Judged {
    pub(crate) text: Arc<Raw>,
    /// How many bytes at the start of `text` belong to what was said before.
    pub(crate) lead: usize,
    /// Where in `text` that ends which was said now.
    pub(crate) end: usize,
    pub(crate) decided: Vec<(Finding, Decision)>,
}

/// What the customer said around this on the same thread, as far as it may belong together with what is said
/// now: networks do not keep the order in which things were written.
pub(crate) struct Around {
    /// The messages that run on into what is said now, oldest first.
    pub(crate) before: Vec<Said>,
    /// The ends of their texts as one; empty when something else stands there.
    pub(crate) tail: Raw,
    /// The messages written later than what is said now, oldest first.
    pub(crate) after: Vec<Said>,
    /// The starts of their texts as one.
    pub(crate) head: Raw,
    /// What stands in clear in the last messages, for combinations.
    pub(crate) in_clear: Vec<(DataType, String)>,
    /// What an agent asked last, if it was asked lately.
    pub(crate) question: Option<Raw>,
    /// Whether a one-time code of ours is open for whoever speaks.
    pub(crate) awaits_code: bool,
}

/// One of the messages around, with its body.
pub(crate) struct Said {
    pub(crate) row: MessageRow,
    pub(crate) body: Body,
    /// Where its text stands in the tail, or in the head.
    pub(crate) place: Range<usize>,
}

/// Parts of messages that belong to values running over several of them.
pub(crate) type Parts = Vec<(Range<usize>, DataType, String)>;

/// Why a text could not be judged or screened.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum NotJudged {
    /// The detector or the rules panicked.
    Panicked,
    /// They took too long.
    TooSlow,
}

/// What is left of a text: its body, and the values that were taken out of it.
#[derive(Default)]
pub(crate) struct Screened {
    pub(crate) body: Body,
    pub(crate) values: Vec<Taken<ValueId>>,
    pub(crate) holds: Vec<Taken<HoldId>>,
    pub(crate) tally: Tally,
    /// Bytes in the tail of what was said before that belong to a value across several texts.
    pub(crate) cut_before: Parts,
    /// The same in the head of what was said after.
    pub(crate) cut_after: Parts,
}

/// A value that was taken out of a text.
pub(crate) struct Taken<Id> {
    pub(crate) id: Id,
    pub(crate) data_type: DataType,
    pub(crate) kind: String,
    pub(crate) value: Raw,
}

/// How many findings met which fate.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Tally {
    pub(crate) destroyed: u32,
    pub(crate) held: u32,
    pub(crate) masked: u32,
    pub(crate) warned: u32,
}

impl Screened {
    /// A text that could not be judged, whole. It is sealed, and shown to nobody.
    pub(crate) fn unchecked(text: &Raw) -> Self {
        let segments = vec![Segment::Text(text.expose().to_owned())];
        Self { body: Body { segments, ..Body::default() }, ..Self::default() }
    }
}

impl App {
    /// Judges a text, within the time that the settings allow and without letting a panic through.
    /// `around` is what was said around it on the same thread.
    pub(crate) async fn judge(
        &self,
        rung: Rung,
        direction: Direction,
        around: Option<&Around>,
        text: &Raw,
    ) -> Result<Judged, NotJudged> {
        let (text, said) = in_between(around, text);
        let text = Arc::new(text);
        let (detector, rules) = (Arc::clone(&self.detector), Arc::clone(&self.rules));
        let (lead, end) = (said.start, said.end);
        // The brand's own number and address are no personal data when the brand writes them.
        let own: Vec<String> = match direction {
            Direction::Inbound => vec![],
            Direction::Outbound => {
                let settings = &self.settings;
                settings.phone.iter().chain([&settings.public_url]).map(|t| bare(t)).collect()
            }
        };
        let earlier: Vec<(DataType, String)> = around.map(|a| a.in_clear.clone()).unwrap_or_default();
        let asked = Asked::of(around);
        let look = {
            let text = Arc::clone(&text);
            move || {
                let mut findings = asked.findings(&*detector, text.expose(), &said);
                findings.retain(|f| !own.contains(&bare(&text.expose()[f.start..f.end])));
                decided(&rules, rung, direction, findings, &earlier)
            }
        };
        let decided = if self.detector.is_quick(text.expose().len()) {
            // Nothing of ours is half changed afterwards: what was found is dropped.
            std::panic::catch_unwind(std::panic::AssertUnwindSafe(look)).map_err(|_| NotJudged::Panicked)?
        } else {
            match tokio::time::timeout(self.settings.check_limit, tokio::task::spawn_blocking(look)).await {
                Ok(Ok(decided)) => decided,
                Ok(Err(_)) => return Err(NotJudged::Panicked),
                Err(_) => return Err(NotJudged::TooSlow),
            }
        };
        Ok(Judged { text, lead, end, decided })
    }

    /// Whether a name, as a network or a file gives it, can be kept and shown. It stands beside every
    /// message, in clear, and people write anything into such a field: what the rules would take out of a
    /// public text makes it none.
    pub(crate) async fn may_stand_as_a_name(&self, name: &Raw) -> bool {
        self.stays_whole(Rung::Public, name).await.is_ok()
    }

    /// Whether the rules take nothing out of a text. `Err` names what they would take out; nothing, if they
    /// could not speak.
    pub(crate) async fn stays_whole(&self, rung: Rung, text: &Raw) -> Result<(), Option<DataType>> {
        use Disposition::{Allow, Confirm, Warn};
        let judged = self.judge(rung, Direction::Inbound, None, text).await.map_err(|_| None)?;
        let taken = judged.decided.iter().find(|(_, d)| !matches!(d.disposition, Allow | Warn | Confirm));
        taken.map_or(Ok(()), |(finding, _)| Err(Some(finding.data_type)))
    }

    /// [`App::screen`], without letting a panic through: a text that cannot be screened is stored as one
    /// that cannot be judged.
    pub(crate) fn try_screen(&self, judged: &Judged, may_hold: bool) -> Result<Screened, NotJudged> {
        // Nothing of ours is half changed afterwards: the parts only read, and what was made is dropped.
        std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| self.screen(judged, may_hold)))
            .map_err(|_| NotJudged::Panicked)
    }

    /// Takes out of an inbound text what the rules do not let stand. `may_hold` says whether the customer
    /// has a key that a hold can be sealed to; without one, what would be held is destroyed.
    pub(crate) fn screen(&self, judged: &Judged, may_hold: bool) -> Screened {
        screened(judged, may_hold, &*self.clock, &*self.random)
    }

    /// The vault rows of the values that were taken out.
    pub(crate) fn value_rows(
        &self,
        ring: &Ring,
        message: MessageId,
        conversation: ConversationId,
        taken: &[Taken<ValueId>],
    ) -> Vec<ValueRow> {
        let sealer = ring.keys.value_sealer();
        taken
            .iter()
            .map(|t| ValueRow {
                brand: ring.brand,
                value: t.id,
                message,
                conversation,
                keyring: ring.id,
                data_type: t.data_type,
                kind: t.kind.clone(),
                value_sealed: sealer.seal(&ring.place(t.id.bytes(), "value"), &t.value, &*self.random),
                created_at: self.clock.now(),
            })
            .collect()
    }

    /// The hold rows of the values that the customer may release, sealed to the customer's key alone.
    pub(crate) fn hold_rows(
        &self,
        ring: &Ring,
        message: MessageId,
        conversation: ConversationId,
        drop_box_key: &[u8; 32],
        taken: &[Taken<HoldId>],
    ) -> crate::Result<Vec<HoldRow>> {
        let expires_at: Time = self.clock.now().plus(self.settings.hold_life);
        taken
            .iter()
            .map(|t| {
                let place = ring.place(t.id.bytes(), "hold");
                let sealed = drop_box::seal(drop_box_key, &place, &t.value, &*self.random)
                    .map_err(|e| crate::AppError::Failed(e.to_string()))?;
                Ok(HoldRow {
                    brand: ring.brand,
                    hold: t.id,
                    message,
                    conversation,
                    keyring: ring.id,
                    data_type: t.data_type,
                    kind: t.kind.clone(),
                    drop_box: *drop_box_key,
                    value_sealed: sealed,
                    expires_at,
                })
            })
            .collect()
    }
}

/// What was said before and what is said now as one text, and how many bytes of it were said before.
pub(crate) fn joined(before: Option<&str>, text: &str) -> (Raw, usize) {
    let mut joined = String::with_capacity(text.len() + 128);
    if let Some(before) = before.filter(|b| !b.is_empty()) {
        joined.push_str(before);
        joined.push(joint(before, text));
    }
    let lead = joined.len();
    joined.push_str(text);
    (Raw::new(joined), lead)
}

/// What the detector is told of a conversation beside its texts.
#[derive(Default)]
struct Asked {
    question: Option<Raw>,
    awaits_code: bool,
}

impl Asked {
    fn of(around: Option<&Around>) -> Self {
        let copy = |raw: &Raw| Raw::new(raw.expose().to_owned());
        around.map_or_else(Self::default, |around| Self {
            question: around.question.as_ref().map(copy),
            awaits_code: around.awaits_code,
        })
    }

    /// The findings that reach into what is said now.
    fn findings(&self, detector: &dyn Detect, whole: &str, said: &Range<usize>) -> Vec<Finding> {
        // Every number of a code's length is taken for the code: were it compared, whoever writes numbers here
        // would learn which one is right, as often as they like.
        let is_own = |digits: &str| digits.len() == crate::codes::CODE_DIGITS;
        let context = Context {
            question: self.question.as_ref().map(Raw::expose),
            own_code: self.awaits_code.then_some(&is_own),
            ..Context::default()
        };
        detector.detect_between(&context, whole, said.clone())
    }
}

/// What is said now between what was said around it, and where it stands there.
fn in_between(around: Option<&Around>, text: &Raw) -> (Raw, Range<usize>) {
    let (mut whole, lead) = joined(around.map(|a| a.tail.expose()), text.expose());
    let end = whole.expose().len();
    if let Some(head) = around.map(|a| &a.head).filter(|head| !head.expose().is_empty()) {
        whole = joined(Some(whole.expose()), head.expose()).0;
    }
    (whole, lead..end)
}

/// What the rules say to each finding.
fn decided(
    rules: &Rules,
    rung: Rung,
    direction: Direction,
    findings: Vec<Finding>,
    earlier: &[(DataType, String)],
) -> Vec<(Finding, Decision)> {
    let earlier: Vec<_> = earlier.iter().map(|(t, kind)| (*t, kind.as_str())).collect();
    let decisions = rules.decide_all(rung, direction, &findings, &earlier);
    findings.into_iter().zip(decisions).collect()
}

/// What is left of a judged text: see [`App::screen`].
fn screened(judged: &Judged, may_hold: bool, clock: &dyn Clock, random: &dyn Random) -> Screened {
    let text = judged.text.expose();
    let mut screened = Screened::default();
    let mut at = judged.lead;
    for (finding, decision) in &judged.decided {
        let (start, end) = (finding.start.max(judged.lead), finding.end.min(judged.end));
        if start < at || end <= start {
            continue;
        }
        let disposition = match decision.disposition {
            Disposition::Hold if !may_hold => Disposition::Destroy,
            Disposition::Destroy if sabotage::on(Switch::NoBlock) => Disposition::Allow,
            other => other,
        };
        screened.body.findings.push(note(finding, decision, disposition));
        if !matches!(disposition, Disposition::Allow | Disposition::Warn) {
            let part = |range| (range, finding.data_type, finding.kind.to_owned());
            if finding.start < judged.lead {
                screened.cut_before.push(part(finding.start..judged.lead.saturating_sub(1)));
            }
            if finding.end > judged.end + 1 {
                screened.cut_after.push(part(0..finding.end - judged.end - 1));
            }
        }
        let value = &text[finding.start..finding.end];
        let segment = match disposition {
            Disposition::Warn => {
                screened.tally.warned += 1;
                None
            }
            Disposition::Mask => {
                screened.tally.masked += 1;
                let id = ValueId::new(clock, random);
                screened.values.push(taken(id, finding, value));
                Some(Segment::Token {
                    value: id,
                    data_type: finding.data_type,
                    kind: finding.kind.to_owned(),
                    mask: aside_vault::mask(finding.data_type, finding.kind, value),
                })
            }
            Disposition::Hold => {
                screened.tally.held += 1;
                let id = HoldId::new(clock, random);
                screened.holds.push(taken(id, finding, value));
                Some(Segment::Held { hold: id, data_type: finding.data_type, kind: finding.kind.to_owned() })
            }
            Disposition::Destroy => {
                screened.tally.destroyed += 1;
                Some(removed(finding.data_type, finding.kind, value))
            }
            Disposition::Allow | Disposition::Refuse | Disposition::Confirm => None,
        };
        if let Some(segment) = segment {
            push_text(&mut screened.body, &text[at..start]);
            screened.body.segments.push(segment);
            at = end;
        }
    }
    push_text(&mut screened.body, &text[at..judged.end]);
    screened
}

/// What stands where a value was destroyed: for cards the last four digits, which the card industry lets
/// everyone show; for everything else nothing.
pub(crate) fn removed(data_type: DataType, kind: &str, value: &str) -> Segment {
    let shown = data_type == DataType::FinPan && !value.is_empty();
    let mask = if shown { aside_vault::mask(data_type, kind, value) } else { String::new() };
    Segment::Removed { data_type, kind: kind.to_owned(), mask }
}

fn taken<Id>(id: Id, finding: &Finding, value: &str) -> Taken<Id> {
    Taken {
        id,
        data_type: finding.data_type,
        kind: finding.kind.to_owned(),
        value: Raw::new(value.to_owned()),
    }
}

/// Letters and digits alone, in lower case, for comparing numbers however they are grouped.
fn bare(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn push_text(body: &mut Body, text: &str) {
    if !text.is_empty() {
        body.segments.push(Segment::Text(text.to_owned()));
    }
}

fn note(finding: &Finding, decision: &Decision, disposition: Disposition) -> FindingNote {
    FindingNote {
        data_type: finding.data_type,
        kind: finding.kind.to_owned(),
        rule: fate(disposition).to_owned(),
        certainty: finding.certainty,
        pack: decision.pack.clone(),
        provision: decision.provision.clone(),
        evidence: finding.evidence.iter().map(|e| e.name().to_owned()).collect(),
    }
}

/// The word for what was done about a finding.
pub(crate) const fn fate(disposition: Disposition) -> &'static str {
    match disposition {
        Disposition::Allow => "allow",
        Disposition::Warn | Disposition::Confirm => "warn",
        Disposition::Mask => "mask",
        Disposition::Hold => "hold",
        Disposition::Destroy | Disposition::Refuse => "block",
    }
}

/// The certainty's name, for ledger facts.
pub(crate) const fn certainty_name(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Guessed => "guessed",
        Certainty::Likely => "likely",
        Certainty::Certain => "certain",
    }
}

#[cfg(test)]
pub(crate) mod tests;
