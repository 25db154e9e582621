//! What the brand says: messages that wait in the outbox, and the jobs that send them.

use crate::{App, AppError, Result, sealing::Ring};
use aside_model::{
    AgentId, Author, Body, BrandId, Checks, ConversationId, Direction, Effect, HandleId, JobId, JobKind,
    JobState, MessageId, MessageState, Rung,
    rows::{JobRow, MessageRow, ThreadRow},
};
use serde::{Deserialize, Serialize};

/// What a job needs beyond the rows it names.
#[derive(Serialize, Deserialize, Default)]
pub(crate) struct Payload {
    /// What to send.
    #[serde(default)]
    pub(crate) text: String,
    /// The customer's message that is answered: in public, replies go to its comment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) answers: Option<MessageId>,
    /// The held address that a code goes to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) handle: Option<HandleId>,
    /// The part of the same reply that has to be out before this one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) after: Option<MessageId>,
    /// The network's approved text that is sent instead of `text`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) template: Option<TemplateUse>,
}

/// An approved text and what its places are filled with.
#[derive(Serialize, Deserialize, Clone)]
pub(crate) struct TemplateUse {
    /// Its name at the network.
    pub(crate) name: String,
    /// Its language, as the network writes it.
    pub(crate) language: String,
    /// What its places are filled with, in order.
    pub(crate) parameters: Vec<String>,
}

impl TemplateUse {
    /// A template, filled in.
    pub(crate) fn of(template: &aside_channels::Template, parameters: Vec<String>) -> Self {
        Self { name: template.name.clone(), language: template.language.clone(), parameters }
    }
}

/// Who and where a message of ours goes to.
pub(crate) struct Addressee<'a> {
    pub(crate) ring: &'a Ring,
    pub(crate) handle: HandleId,
    pub(crate) conversation: ConversationId,
    pub(crate) thread: &'a ThreadRow,
}
impl App {
    /// A message in our own words and the job that sends it.
    pub(crate) fn own_words(
        &self,
        brand: BrandId,
        to: &Addressee<'_>,
        rung: Rung,
        kept: &str,
        payload: &Payload,
        job: JobKind,
    ) -> Result<Vec<Effect>> {
        let message = MessageId::new(&*self.clock, &*self.random);
        let row = self.outbound(brand, to, rung, message, Author::System, None, &Body::plain(kept));
        Ok(vec![Effect::AddMessage(row), self.job(to, job, message, payload)?])
    }

    /// The row of a message of ours, waiting in the outbox.
    #[expect(clippy::too_many_arguments, reason = "each says something else about one message")]
    pub(crate) fn outbound(
        &self,
        brand: BrandId,
        to: &Addressee<'_>,
        rung: Rung,
        message: MessageId,
        author: Author,
        agent: Option<AgentId>,
        body: &Body,
    ) -> MessageRow {
        let now = self.clock.now();
        MessageRow {
            brand,
            message,
            conversation: to.conversation,
            thread: to.thread.thread,
            handle: to.handle,
            keyring: to.ring.id,
            author,
            agent,
            direction: Direction::Outbound,
            rung,
            body_sealed: self.seal_body(to.ring, message, body),
            checks: Checks::Checked,
            state: MessageState::Queued,
            reason: None,
            provider_index: None,
            provider_sealed: None,
            written_at: now,
            stored_at: now,
            edited_at: None,
            removed_at: None,
        }
    }

    /// A job about a message of a thread.
    pub(crate) fn job(
        &self,
        to: &Addressee<'_>,
        kind: JobKind,
        message: MessageId,
        payload: &Payload,
    ) -> Result<Effect> {
        Ok(Effect::AddJob(self.job_row(to, kind, message, payload)?))
    }

    /// The row of a job about a message of a thread, due now.
    pub(crate) fn job_row(
        &self,
        to: &Addressee<'_>,
        kind: JobKind,
        message: MessageId,
        payload: &Payload,
    ) -> Result<JobRow> {
        let job = JobId::new(&*self.clock, &*self.random);
        let json = serde_json::to_vec(payload).map_err(|e| AppError::Failed(e.to_string()))?;
        let now = self.clock.now();
        Ok(JobRow {
            brand: to.ring.brand,
            job,
            kind,
            conversation: to.conversation,
            thread: to.thread.thread,
            message,
            keyring: to.ring.id,
            payload_sealed: Some(self.seal_text(to.ring, job.bytes(), "payload", &json)),
            state: JobState::Due,
            attempts: 0,
            due_at: now,
            error: None,
            created_at: now,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_payload_reads_back_and_names_only_what_it_has() {
        let text = |text: &str| Payload { text: text.into(), ..Payload::default() };
        assert_eq!(serde_json::to_string(&text("hi")).unwrap(), "{\"text\":\"hi\"}");
        let read: Payload = serde_json::from_str("{}").unwrap();
        assert!(read.text.is_empty() && read.answers.is_none() && read.handle.is_none());
    }
}
