//! An agent's reply: checked, stored with its job, sent to the address of the thread it answers.

use crate::{
    Acting, App, AppError, Result,
    outgoing::{Addressee, Payload},
    record::{Entry, hash_of},
    screening::Judged,
    views::DraftCheck,
    words,
};
use aside_access::Action;
use aside_channels::Window;
use aside_model::{
    Author, Body, Command, ConversationChange, ConversationId, Direction, Effect, FindingNote, Guard,
    JobKind, MessageId, Outcome, Raw, Rung, Segment, ThreadId,
    rows::{ChannelRow, ConversationRow, JobRow, MessageRow, ThreadRow},
};
use std::time::Duration;

/// The longest draft, in bytes.
const LONGEST_DRAFT: usize = 64 * 1024;

/// How many messages are looked at in one go.
const PAGE: u32 = 500;

/// Where a reply goes.
pub(crate) struct ReplyPlace {
    pub(crate) conversation: ConversationRow,
    pub(crate) thread: ThreadRow,
    pub(crate) channel: ChannelRow,
}

/// A reply that the rules let go out.
pub(crate) struct CheckedReply {
    judged: Judged,
    check: DraftCheck,
    /// Why it goes out, where it needs a reason.
    reason: Option<String>,
}

/// What became of a reply.
#[derive(Clone, PartialEq, Debug)]
pub enum ReplyOutcome {
    /// It is in the outbox.
    Queued(MessageId),
    /// The rules stop it, or want a reason.
    Stopped(DraftCheck),
    /// Nothing can be sent on this thread now, and why.
    Closed(String),
    /// The same form was sent before.
    Repeated,
}

impl App {
    /// Sends a reply on a thread. The same `form_key` twice sends once. There is no address to give: a reply
    /// goes where its thread goes.
    pub async fn reply(
        &self,
        acting: &Acting,
        conversation: ConversationId,
        thread: ThreadId,
        text: Raw,
        reason: Option<&str>,
        form_key: &str,
    ) -> Result<ReplyOutcome> {
        let place = self.place_of_reply(acting, conversation, thread).await?;
        if text.expose().trim().is_empty() {
            return Err(AppError::Invalid("There is nothing to send.".into()));
        }
        if text.expose().len() > LONGEST_DRAFT {
            return Err(AppError::Invalid(format!("A reply may have at most {LONGEST_DRAFT} bytes.")));
        }
        let Some(connector) = self.connector_of(&place.channel).await? else {
            return Ok(ReplyOutcome::Closed("This channel is not connected.".into()));
        };
        let row = &place.thread;
        match connector.window(row.rung, row.heard_at, self.clock.now()) {
            Window::Open { .. } => {}
            Window::TemplateOnly { since } => {
                let why = crate::template::why_only(since);
                return Ok(ReplyOutcome::Closed(format!("Not sent: {why}")));
            }
            Window::Closed(closed) => return Ok(ReplyOutcome::Closed(format!("Not sent: {closed}."))),
        }
        let checked = match self.check_reply(acting, &place, &text, reason).await? {
            Ok(checked) => checked,
            Err(stopped) => return Ok(stopped),
        };
        let mut sent = text.expose().to_owned();
        if row.rung == Rung::Direct && self.first_words(acting.brand, conversation, thread).await? {
            let language = Self::language_of(&place.conversation, None);
            sent.push_str("\n\n");
            sent.push_str(words::NOTICE_DIRECT.in_language(language));
        }
        let parts = connector.render(row.rung, &sent);
        let parts = parts.into_iter().map(|text| Payload { text, ..Payload::default() }).collect::<Vec<_>>();
        self.queue_reply(acting, &place, checked, parts, form_key).await
    }

    /// Where a reply would go, if whoever acts may write one.
    pub(crate) async fn place_of_reply(
        &self,
        acting: &Acting,
        conversation: ConversationId,
        thread: ThreadId,
    ) -> Result<ReplyPlace> {
        let brand = acting.brand;
        let row = self.store.conversation(brand, conversation).await?.ok_or(AppError::NotFound)?;
        self.permit(acting, Action::Reply(crate::permit::reach(acting, &row)))?;
        let thread = self.store.thread(brand, thread).await?.ok_or(AppError::NotFound)?;
        if thread.conversation != conversation {
            return Err(AppError::NotFound);
        }
        let channel = self.store.channel(brand, thread.channel).await?.ok_or(AppError::NotFound)?;
        Ok(ReplyPlace { conversation: row, thread, channel })
    }

    /// What the rules say to a reply: it goes on, with the reason that it needed, or it is stopped.
    pub(crate) async fn check_reply(
        &self,
        acting: &Acting,
        place: &ReplyPlace,
        text: &Raw,
        reason: Option<&str>,
    ) -> Result<std::result::Result<CheckedReply, ReplyOutcome>> {
        let rung = place.thread.rung;
        let judged = match self.judge(rung, Direction::Outbound, None, text).await {
            Ok(judged) => judged,
            Err(why) => return Ok(Err(ReplyOutcome::Stopped(crate::draft::not_checked(why)))),
        };
        let check = self.draft_check(&judged, rung);
        let reason = reason.map(str::trim).filter(|r| r.chars().count() >= 3);
        if check.refused || (check.needs_reason && reason.is_none()) {
            if check.refused {
                self.record_stop(acting, place.conversation.conversation, &check).await?;
            }
            return Ok(Err(ReplyOutcome::Stopped(check)));
        }
        let reason = reason.filter(|_| check.needs_reason);
        if let Some(reason) = reason {
            self.must_be_fit_to_keep(reason).await?;
        }
        Ok(Ok(CheckedReply { judged, check, reason: reason.map(str::to_owned) }))
    }

    /// Stores a reply that was checked, part by part, with the jobs that send it.
    pub(crate) async fn queue_reply(
        &self,
        acting: &Acting,
        place: &ReplyPlace,
        checked: CheckedReply,
        parts: Vec<Payload>,
        form_key: &str,
    ) -> Result<ReplyOutcome> {
        let (brand, now) = (acting.brand, self.clock.now());
        let ReplyPlace { conversation: conversation_row, thread: row, .. } = place;
        let conversation = conversation_row.conversation;
        let CheckedReply { judged, check, reason } = checked;
        let handle = self.store.handle(brand, row.handle).await?.ok_or(AppError::NotFound)?;
        let ring = self.ring(brand, handle.keyring).await?;
        let to = Addressee { ring: &ring, handle: handle.handle, conversation, thread: row };
        let heard = self.store.heard(brand, row.thread, 1).await?;
        let answers = heard.first().map(|m| m.message);
        let mut command = Command::new(brand)
            .guard(Guard::Once(
                self.index(brand, "form", &format!("{}|{form_key}", acting.session))?.to_vec(),
            ))
            .guard(Guard::KeyAlive(ring.id));
        let (mut first, mut before) = (None, None);
        // Parts are written a moment after each other, so that they stand and go out in their order.
        for (number, part) in (0..).zip(parts) {
            let written = now.plus(Duration::from_micros(number));
            let message = MessageId::new(&*self.clock, &*self.random);
            let body = body_of(&judged, &part.text);
            let message_row = MessageRow {
                written_at: written,
                stored_at: written,
                ..self.outbound(brand, &to, row.rung, message, Author::Agent, Some(acting.agent), &body)
            };
            let mut entry = Entry::of("reply_queued")
                .conversation(conversation)
                .fact("agent", acting.agent.to_string())
                .fact("message", message.to_string())
                .fact("rung", row.rung.name())
                .fact("row", hash_of(&message_row.body_sealed));
            if let Some(template) = &part.template {
                entry = entry.fact("template", template.name.clone());
            }
            let payload = Payload { answers, after: before, ..part };
            command = command
                .effect(Effect::AddMessage(message_row))
                .effect(Effect::AddJob(JobRow {
                    created_at: written,
                    ..self.job_row(&to, JobKind::Send, message, &payload)?
                }))
                .effect(Effect::AddEntry(self.entry(brand, now, entry)?));
            first.get_or_insert(message);
            before = Some(message);
        }
        if let Some(reason) = reason {
            let entry = Entry::of("reply_confirmed")
                .conversation(conversation)
                .fact("agent", acting.agent.to_string())
                .fact("types", types_of(&check))
                .details(&ring, &reason);
            command = command.effect(Effect::AddEntry(self.entry(brand, now, entry)?));
        }
        if conversation_row.assigned.is_none() {
            let mut change = ConversationChange::of(conversation);
            change.assigned = Some(Some(acting.agent));
            command = command.effect(Effect::UpdateConversation(change));
        }
        command = command.effect(Effect::Announce(Some(conversation), first, "message"));
        match (self.store.apply(command).await?, first) {
            (Outcome::Applied(_), Some(first)) => Ok(ReplyOutcome::Queued(first)),
            (Outcome::Applied(_), None) => Err(AppError::Invalid("There is nothing to send.".into())),
            (Outcome::Refused(refusal), _) => match refusal.guard {
                Guard::Once(_) => Ok(ReplyOutcome::Repeated),
                _ => Err(AppError::NotFound),
            },
        }
    }

    /// Whether nobody of the brand has written on this thread yet.
    async fn first_words(
        &self,
        brand: aside_model::BrandId,
        conversation: ConversationId,
        thread: ThreadId,
    ) -> Result<bool> {
        let mut before = None;
        loop {
            // Pages are in the order in which they were stored: the next one ends before this one's first.
            let rows = self.store.messages(brand, conversation, before, PAGE).await?;
            if rows.iter().any(|m| m.thread == thread && m.author == Author::Agent) {
                return Ok(false);
            }
            before = match rows.first() {
                Some(oldest) if rows.len() == PAGE as usize => Some(oldest.message),
                _ => return Ok(true),
            };
        }
    }

    /// A reason is kept with the ledger, so it must not hold what is kept nowhere, or only masked.
    async fn must_be_fit_to_keep(&self, reason: &str) -> Result<()> {
        let reason = Raw::new(reason.to_owned());
        self.stays_whole(Rung::Secure, &reason).await.map_err(|found| {
            AppError::Invalid(match found {
                Some(data_type) => format!("The reason holds a {}. Say why without it.", data_type.label()),
                None => "The reason could not be checked. Try again in a moment.".into(),
            })
        })
    }

    /// Stopping an agent is recorded: types and rung, never the draft.
    async fn record_stop(
        &self,
        acting: &Acting,
        conversation: ConversationId,
        check: &DraftCheck,
    ) -> Result<()> {
        let entry = Entry::of("reply_stopped")
            .conversation(conversation)
            .fact("agent", acting.agent.to_string())
            .fact("types", types_of(check));
        let entry = self.entry(acting.brand, self.clock.now(), entry)?;
        self.store.apply(Command::new(acting.brand).effect(Effect::AddEntry(entry))).await?;
        Ok(())
    }
}

fn types_of(check: &DraftCheck) -> String {
    let mut ids: Vec<&str> = check.findings.iter().map(|f| f.data_type.id()).collect();
    ids.dedup();
    ids.truncate(20);
    ids.join(" ")
}

/// What a reply says and what was found in it.
fn body_of(judged: &Judged, part: &str) -> Body {
    let findings = judged
        .decided
        .iter()
        .map(|(finding, decision)| FindingNote {
            data_type: finding.data_type,
            kind: finding.kind.to_owned(),
            rule: crate::screening::fate(decision.disposition).to_owned(),
            certainty: finding.certainty,
            pack: decision.pack.clone(),
            provision: decision.provision.clone(),
            evidence: vec![],
        })
        .collect();
    Body { segments: vec![Segment::Text(part.to_owned())], findings, attachments: vec![] }
}
