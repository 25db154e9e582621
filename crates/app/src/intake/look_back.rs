//! What the customer said around a message: a value may run over several of them, group by group, and
//! networks do not keep their order.

use super::Spot;
use crate::{
    App, Result,
    screening::{Around, Parts, Said, Screened, joined, removed},
    sealing::Ring,
};
use aside_model::{Author, Body, Checks, Effect, Raw, Segment, Time, rows::MessageRow};
use std::{ops::Range, time::Duration};

/// How much of one message is looked at together with what is said now, in bytes.
const LOOK_BACK: usize = 96;
/// How many messages are looked at.
const LOOK_BACK_MESSAGES: u32 = 5;
/// How long ago they may have been said.
const LOOK_BACK_TIME: Duration = Duration::from_mins(10);
/// How long a text may be that is looked at as an answer, in bytes.
const LONGEST_ANSWER: usize = 256;
/// Among how many of the last messages an agent's question is looked for.
const QUESTION_MESSAGES: u32 = 8;
/// How long ago it may have been asked.
const QUESTION_TIME: Duration = Duration::from_hours(24);

impl App {
    /// What the customer said around the moment `at` on the same thread, if it may belong together with what
    /// is said now.
    ///
    /// Whoever stores what comes of it guards the conversation's version, read before this: of two messages
    /// at once, the later one then sees the earlier.
    pub(super) async fn said_around(&self, spot: &Spot, at: Time, now: Time) -> Result<Option<Around>> {
        if !spot.new.is_empty() {
            return Ok(None);
        }
        let mut said = Vec::new();
        for row in self.store.heard(spot.thread.brand, spot.thread.thread, LOOK_BACK_MESSAGES).await? {
            if row.checks == Checks::Unchecked
                || now.since(row.stored_at) > LOOK_BACK_TIME
                || row.removed_at.is_some()
                || row.keyring != spot.ring.id
            {
                continue;
            }
            let body = Self::open_body(&spot.ring, &row)?;
            said.push((row, body));
        }
        let stays = said
            .iter()
            .flat_map(|(_, body)| &body.findings)
            .filter(|f| matches!(f.rule.as_str(), "allow" | "warn"));
        let in_clear = stays.map(|f| (f.data_type, f.kind.clone())).collect();
        // A photo between two texts does not part them.
        said.retain(|(_, body)| !body.segments.is_empty());
        said.reverse();
        said.sort_by_key(|(row, _)| row.written_at);
        let after = said.split_off(said.partition_point(|(row, _)| row.written_at <= at));
        said.reverse();
        let mut before = run(said, end_of);
        before.reverse();
        let (before, tail) = one_after_the_other(before);
        let (after, head) = one_after_the_other(run(after, start_of));
        Ok(Some(Around { before, tail, after, head, in_clear, question: None, awaits_code: false }))
    }

    /// What an agent said last on the thread, if it may be a question that this text answers: short answers
    /// mean what was asked for.
    pub(super) async fn asked_before(&self, spot: &Spot, text: &Raw, now: Time) -> Result<Option<Raw>> {
        let text = text.expose().trim();
        if !spot.new.is_empty() || text.is_empty() || text.len() > LONGEST_ANSWER {
            return Ok(None);
        }
        let (brand, conversation) = (spot.thread.brand, spot.conversation.conversation);
        let rows = self.store.messages(brand, conversation, None, QUESTION_MESSAGES).await?;
        let of_an_agent = |row: &&MessageRow| {
            row.author == Author::Agent && row.thread == spot.thread.thread && row.removed_at.is_none()
        };
        let Some(row) = rows.iter().rev().find(of_an_agent) else { return Ok(None) };
        if row.keyring != spot.ring.id || now.since(row.stored_at) > QUESTION_TIME {
            return Ok(None);
        }
        Ok(Some(Raw::new(Self::open_body(&spot.ring, row)?.visible())))
    }

    /// Takes the parts of values that run over several messages out of the other ones.
    pub(super) fn cut(&self, ring: &Ring, around: Around, screened: &Screened) -> crate::Result<Vec<Effect>> {
        let Around { before, after, .. } = around;
        let mut effects = Vec::new();
        let mut without = |said: Said, cuts: &Parts, cut: fn(Body, usize, &Parts) -> Body| {
            let Said { row, body, place } = said;
            let parts = within(&place, cuts);
            if !parts.is_empty() {
                let body = self.seal_body(ring, row.message, &cut(body, place.len(), &parts));
                effects.extend(self.rewritten(&row, body)?);
            }
            Ok::<_, crate::AppError>(())
        };
        for said in before {
            without(said, &screened.cut_before, cut_at_the_end)?;
        }
        for said in after {
            without(said, &screened.cut_after, cut_at_the_start)?;
        }
        Ok(effects)
    }
}

/// The texts at the near side of messages, as far as nothing else stands between them; nearest first.
fn run(said: Vec<(MessageRow, Body)>, side: fn(&Body) -> &str) -> Vec<(MessageRow, Body, String)> {
    let mut texts = Vec::new();
    for (row, body) in said {
        let text = side(&body).to_owned();
        if text.is_empty() {
            break;
        }
        let whole = matches!(&body.segments[..], [Segment::Text(all)] if all.len() == text.len());
        texts.push((row, body, text));
        if !whole {
            break;
        }
    }
    texts
}

/// The end of a body's text; empty when something else stands there.
fn end_of(body: &Body) -> &str {
    let Some(Segment::Text(text)) = body.segments.last() else { return "" };
    &text[text.ceil_char_boundary(text.len().saturating_sub(LOOK_BACK))..]
}

/// The start of a body's text; empty when something else stands there.
fn start_of(body: &Body) -> &str {
    let Some(Segment::Text(text)) = body.segments.first() else { return "" };
    &text[..text.floor_char_boundary(LOOK_BACK)]
}

/// Texts as one, and where in it each stands.
fn one_after_the_other(texts: Vec<(MessageRow, Body, String)>) -> (Vec<Said>, Raw) {
    let mut whole = Raw::new(String::new());
    let mut said = Vec::with_capacity(texts.len());
    for (row, body, text) in texts {
        let (longer, lead) = joined(Some(whole.expose()), &text);
        said.push(Said { row, body, place: lead..longer.expose().len() });
        whole = longer;
    }
    (said, whole)
}

/// The parts of cuts that lie within a place, counted from its start.
fn within(place: &Range<usize>, cuts: &Parts) -> Parts {
    let mut parts = Vec::new();
    for (range, data_type, kind) in cuts {
        let (start, end) = (range.start.max(place.start), range.end.min(place.end));
        if start < end {
            parts.push((start - place.start..end - place.start, *data_type, kind.clone()));
        }
    }
    parts
}

/// A body without these parts of its last `length` bytes.
fn cut_at_the_end(mut body: Body, length: usize, parts: &Parts) -> Body {
    if let Some(Segment::Text(text)) = body.segments.pop() {
        let offset = text.len() - length;
        body.segments.extend(without(&text, offset, parts));
    }
    body
}

/// A body without these parts of its first bytes.
fn cut_at_the_start(mut body: Body, _length: usize, parts: &Parts) -> Body {
    if let Some(Segment::Text(text)) = body.segments.first() {
        let segments = without(text, 0, parts);
        body.segments.splice(0..1, segments);
    }
    body
}

/// A text without parts of what follows its byte `offset`.
fn without(text: &str, offset: usize, parts: &Parts) -> Vec<Segment> {
    let mut segments = Vec::new();
    let mut at = 0;
    for (range, data_type, kind) in parts {
        let (start, end) = (offset + range.start, (offset + range.end).min(text.len()));
        if start < at || start >= end {
            continue;
        }
        if at < start {
            segments.push(Segment::Text(text[at..start].to_owned()));
        }
        segments.push(removed(*data_type, kind, ""));
        at = end;
    }
    if at < text.len() {
        segments.push(Segment::Text(text[at..].to_owned()));
    }
    segments
}

#[cfg(test)]
mod tests {
    use super::*;
    use aside_model::DataType::FinPan;

    fn cut(text: &str, tail: usize, parts: &[(usize, usize)]) -> String {
        let ranges: Vec<_> = parts.iter().map(|&(from, to)| (from..to, FinPan, "card".to_owned())).collect();
        cut_at_the_end(Body::plain(text), tail, &ranges).visible()
    }

    #[test]
    fn the_first_part_of_a_value_is_taken_out_of_the_message_before() {
        let text = "my card is 4111 1111";
        assert_eq!(cut(text, text.len(), &[(11, 20)]), "my card is [card number removed]");
        assert_eq!(cut(text, 9, &[(0, 9)]), "my card is [card number removed]");
        assert_eq!(cut("4111 1111 ok", 12, &[(0, 9)]), "[card number removed] ok");
    }

    #[test]
    fn a_part_that_reaches_past_the_end_or_overlaps_another_takes_no_more_than_there_is() {
        let text = "4111 1111";
        assert_eq!(cut(text, 9, &[(5, 400)]), "4111 [card number removed]");
        assert_eq!(cut(text, 9, &[(0, 6), (3, 9)]), "[card number removed]111");
        assert_eq!(cut(text, 9, &[]), text);
    }

    #[test]
    fn the_rest_of_a_value_is_taken_out_of_the_message_after() {
        let parts = vec![(0..9, FinPan, "card".to_owned())];
        let left = cut_at_the_start(Body::plain("1111 1111 thanks"), 16, &parts);
        assert_eq!(left.visible(), "[card number removed] thanks");
    }

    #[test]
    fn a_value_is_taken_out_of_each_message_that_it_runs_over() {
        let cuts = vec![(11..25, FinPan, "card".to_owned())];
        let parts =
            |place| within(&place, &cuts).into_iter().map(|(r, ..)| (r.start, r.end)).collect::<Vec<_>>();
        assert_eq!(parts(0..15), [(11, 15)]);
        assert_eq!(parts(16..20), [(0, 4)]);
        assert_eq!(parts(21..30), [(0, 4)]);
        assert!(parts(0..11).is_empty());
        assert!(parts(25..30).is_empty());
    }
}
