//! The outbox worker: does what is due, once.
//!
//! A job is marked as running, durably, before the network is asked. If the answer is lost, or the process
//! dies in between, the job becomes *unknown* and people see it: sending twice is worse than asking a
//! person. What a network surely did not take is tried again, later and later. Where a network wants an account
//! as a whole to wait, or no longer takes its credentials, all of the account's jobs wait (`pauses`).

mod pauses;
mod stuck;
mod worker;

pub(crate) use pauses::Pauses;

use crate::{
    App, AppError, Mail, Result,
    outgoing::{Payload, TemplateUse},
    record::{Entry, hash_of},
    sealing::Ring,
    words,
};
use aside_channels::{ActOutcome, Outgoing, OutgoingTemplate, PrivateReply, SendOutcome};
use aside_model::{
    BrandId, Command, Effect, Guard, JobKind, JobState, MessageId, MessageState, Raw, Rung, ThreadId, Time,
    rows::{ChannelRow, JobRow, MessageRow, ThreadRow},
    sabotage::{self, Switch},
};
use pauses::PauseFor;
use std::time::Duration;

/// How long a worker may take over a job before nobody knows what became of it.
const LEASE: Duration = Duration::from_mins(1);
/// How often, and how far apart, hiding looks whether the answer to what it hides is out.
const LOOKS_FOR_THE_ANSWER: u32 = 100;
const LOOK_AGAIN: Duration = Duration::from_millis(20);
/// How often a job is tried before people are asked.
const TRIES: u32 = 8;
/// The longest pause between two tries.
const LONGEST_PAUSE: Duration = Duration::from_mins(30);

/// What became of a job's one try.
enum Done {
    Sent {
        provider_id: Option<String>,
        recipient: Option<Raw>,
    },
    Acted,
    /// It asked for other effects, which become true together with its end.
    Planned(Vec<Effect>),
    Later {
        wait: Duration,
        why: String,
    },
    /// The account must wait. It is no failure of this job's, and is not counted as a try.
    Waits {
        until: Time,
        why: String,
    },
    Never {
        why: String,
    },
    Unknown {
        why: String,
    },
}

impl App {
    /// Tries a job.
    async fn work(&self, job: &JobRow) -> Result<()> {
        let done = match self.try_job(job).await {
            Ok(done) => done,
            Err(AppError::NotFound) => Done::Never { why: "what it was about is gone".into() },
            Err(error) => Done::Later { wait: Duration::from_secs(1), why: error.to_string() },
        };
        self.settle(job, done).await
    }

    /// Why a part of a reply cannot go out, if the part before it is not out: half an answer, or one with a
    /// hole, can say the opposite of what was meant.
    async fn held_up(&self, job: &JobRow, before: MessageId) -> Result<Option<Done>> {
        let Some(before) = self.store.message(job.brand, before).await? else {
            return Err(AppError::NotFound);
        };
        Ok(match before.state {
            // Its job is not there any more: whose turn it is, the store has seen to.
            MessageState::Queued => {
                Some(Done::Later { wait: Duration::from_secs(1), why: "the part before waits".into() })
            }
            MessageState::Failed => Some(Done::Never { why: "the part before was not sent".into() }),
            // Whoever tries it again has seen what became of the part before.
            MessageState::Unknown if job.attempts == 0 => {
                Some(Done::Unknown { why: "nobody knows whether the part before was sent".into() })
            }
            _ => None,
        })
    }

    /// Gives the answer to a comment a moment to go out before the comment is hidden, where the network takes no
    /// answer to a hidden one. What has to wait for longer waits alone: hiding is more urgent.
    async fn let_the_answer_out(&self, brand: BrandId, answer: Option<MessageId>) -> Result<()> {
        let Some(answer) = answer else { return Ok(()) };
        for _ in 0..LOOKS_FOR_THE_ANSWER {
            match self.store.message(brand, answer).await? {
                Some(row) if row.state == MessageState::Queued => tokio::time::sleep(LOOK_AGAIN).await,
                _ => break,
            }
        }
        Ok(())
    }

    async fn try_job(&self, job: &JobRow) -> Result<Done> {
        let brand = job.brand;
        let ring = self.ring(brand, job.keyring).await?;
        let sealed = job.payload_sealed.as_ref().ok_or(AppError::NotFound)?;
        let payload = Self::open_text(&ring, job.job.bytes(), "payload", sealed)?;
        let payload: Payload =
            serde_json::from_str(payload.expose()).map_err(|_| AppError::Failed("a job's payload".into()))?;
        if job.kind == JobKind::SendCode {
            return self.mail_code(job, &ring, payload).await;
        }
        let thread = self.store.thread(brand, job.thread).await?.ok_or(AppError::NotFound)?;
        if job.kind == JobKind::Remind {
            return Ok(Done::Planned(self.plan_reminder(job, &ring, &thread).await?.unwrap_or_default()));
        }
        if job.kind == JobKind::HideComment {
            self.let_the_answer_out(job.brand, payload.after).await?;
        } else if let Some(before) = payload.after
            && let Some(done) = self.held_up(job, before).await?
        {
            return Ok(done);
        }
        let channel = self.store.channel(brand, thread.channel).await?.ok_or(AppError::NotFound)?;
        let connection = self.connection_of(&channel).await?;
        let Some(connector) = self.connector_over(&channel, connection.as_ref())? else {
            return Ok(Done::Never { why: "the channel is not connected".into() });
        };
        if let Some(paused) = self.paused(job, &channel, connection.as_ref()) {
            return Ok(paused);
        }
        let comment = match payload.answers.or((job.kind == JobKind::HideComment).then_some(job.message)) {
            Some(message) => self.provider_id(brand, &ring, message).await?,
            None => None,
        };
        let pause = |why| self.pause_account(job, &channel, connection.as_ref(), why);
        Ok(match job.kind {
            JobKind::Send => {
                let to = self.destination(&ring, &thread, comment).await?;
                let (account, rung, to) = (&channel.account, thread.rung, &to);
                let outcome = match &payload.template {
                    Some(TemplateUse { name, language, parameters }) => {
                        connector
                            .send_template(OutgoingTemplate { account, rung, to, name, language, parameters })
                            .await
                    }
                    None => connector.send(Outgoing { account, rung, to, text: &payload.text }).await,
                };
                PauseFor::sent(&outcome).map_or_else(|| sent(outcome), pause)
            }
            JobKind::PrivateReply => {
                let Some(comment) = comment else { return Err(AppError::NotFound) };
                let reply = PrivateReply {
                    account: &channel.account,
                    comment: comment.expose(),
                    text: &payload.text,
                };
                let outcome = connector.private_reply(reply).await;
                PauseFor::sent(&outcome).map_or_else(|| sent(outcome), pause)
            }
            JobKind::HideComment => {
                let Some(comment) = comment else { return Err(AppError::NotFound) };
                let outcome = connector.hide(&channel.account, comment.expose()).await;
                PauseFor::acted(&outcome).map_or_else(|| acted(&outcome), pause)
            }
            JobKind::SendCode | JobKind::Remind => Done::Never { why: "not a network's job".into() },
        })
    }

    /// Where a reply on a thread goes: in public to the comment that is answered, else to the thread's own
    /// address. Nothing else is ever asked.
    async fn destination(&self, ring: &Ring, thread: &ThreadRow, comment: Option<Raw>) -> Result<Raw> {
        if sabotage::on(Switch::ReplyToNewest) {
            return self.newest_address(thread).await;
        }
        match comment {
            Some(comment) if thread.rung == Rung::Public => Ok(comment),
            _ => Self::address_of(ring, thread),
        }
    }

    /// What [`Switch::ReplyToNewest`] does instead: the customer's newest handle, wherever it came from.
    async fn newest_address(&self, thread: &ThreadRow) -> Result<Raw> {
        let brand = thread.brand;
        let handle = self.store.handle(brand, thread.handle).await?.ok_or(AppError::NotFound)?;
        let handles = self.store.handles(brand, handle.customer).await?;
        let newest = handles.last().ok_or(AppError::NotFound)?;
        let ring = self.ring(brand, newest.keyring).await?;
        Self::open_text(&ring, newest.handle.bytes(), "address", &newest.address_sealed)
    }

    /// The network's id of a message, opened.
    async fn provider_id(&self, brand: BrandId, ring: &Ring, message: MessageId) -> Result<Option<Raw>> {
        let Some(row) = self.store.message(brand, message).await? else { return Ok(None) };
        let Some(sealed) = &row.provider_sealed else { return Ok(None) };
        if row.keyring == ring.id {
            return Ok(Some(Self::open_text(ring, message.bytes(), "provider", sealed)?));
        }
        let ring = self.ring(brand, row.keyring).await?;
        Ok(Some(Self::open_text(&ring, message.bytes(), "provider", sealed)?))
    }

    async fn mail_code(&self, job: &JobRow, ring: &Ring, payload: Payload) -> Result<Done> {
        let conversation =
            self.store.conversation(job.brand, job.conversation).await?.ok_or(AppError::NotFound)?;
        let handle = payload.handle.ok_or(AppError::NotFound)?;
        let handle = self.store.handle(job.brand, handle).await?.ok_or(AppError::NotFound)?;
        let address = Self::open_text(ring, handle.handle.bytes(), "address", &handle.address_sealed)?;
        let language = Self::language_of(&conversation, None);
        let brand = self.brand_name(job.brand).await?;
        let mail = Mail {
            to: &address,
            subject: words::CODE_SUBJECT.in_language(language).replace("{brand}", &brand),
            text: Raw::new(words::CODE_MAIL.in_language(language).replace("{code}", &payload.text)),
        };
        Ok(match self.mailer.send(mail).await {
            Ok(()) => Done::Acted,
            Err(why) => Done::Later { wait: Duration::from_secs(2), why },
        })
    }

    /// Writes down what became of a job.
    async fn settle(&self, job: &JobRow, done: Done) -> Result<()> {
        let now = self.clock.now();
        let attempts = job.attempts + 1;
        let mut command = Command::new(job.brand).guard(Guard::JobStateIs(job.job, JobState::Running));
        let became =
            |state, due_at, error| Effect::JobBecame { job: job.job, state, attempts, due_at, error };
        match done {
            Done::Acted => {
                command = command.effect(became(JobState::Done, now, None));
                if job.kind == JobKind::HideComment {
                    command = command.effect(state(job, MessageState::Hidden, None));
                }
            }
            Done::Planned(effects) => {
                command = command.effect(became(JobState::Done, now, None));
                command.effects.extend(effects);
            }
            Done::Sent { provider_id, recipient } => {
                self.counts.sent.add(1);
                command = command.effect(became(JobState::Done, now, None));
                command = self.record_sent(command, job, provider_id, recipient).await?;
            }
            Done::Later { why, .. } if attempts >= TRIES => {
                self.counts.send_failed.add(1);
                command = command.effect(became(JobState::Failed, now, Some(why.clone())));
                command = command.effects_for_failure(job, why);
            }
            Done::Later { wait, why } => {
                let due = now.plus(self.pause(attempts, wait));
                command = command.effect(became(JobState::Due, due, Some(why)));
            }
            Done::Waits { until, why } => {
                command = command.effect(Effect::JobBecame {
                    job: job.job,
                    state: JobState::Due,
                    attempts: job.attempts,
                    due_at: until,
                    error: Some(why.clone()),
                });
                if job.kind.sends_a_message() {
                    command = command.effect(state(job, MessageState::Queued, Some(why)));
                }
            }
            Done::Never { why } => {
                self.counts.send_failed.add(1);
                command = command.effect(became(JobState::Failed, now, Some(why.clone())));
                command = command.effects_for_failure(job, why);
            }
            Done::Unknown { why } => {
                command = command.effect(became(JobState::Unknown, now, Some(why.clone())));
                if job.kind.sends_a_message() {
                    command = command.effect(state(job, MessageState::Unknown, Some(why)));
                }
            }
        }
        // A code is mailed only if the brand holds the address, so nothing about it is told on the customer's
        // page: they would learn whether it does.
        if job.kind != JobKind::SendCode {
            command = command.effect(Effect::Announce(Some(job.conversation), Some(job.message), "status"));
        }
        self.store.apply(command).await?;
        Ok(())
    }

    /// The pause before the next try: doubling from one second, at least what the network asks for, with
    /// up to a quarter of chance on top so that many jobs do not come back together.
    fn pause(&self, attempts: u32, asked: Duration) -> Duration {
        let doubled = Duration::from_secs(1 << attempts.min(10)).min(LONGEST_PAUSE);
        let pause = doubled.max(asked);
        let mut chance = [0; 2];
        self.random.fill(&mut chance);
        pause + pause.mul_f64(f64::from(u16::from_le_bytes(chance)) / f64::from(u16::MAX) / 4.0)
    }

    /// A message that a network took: its id there, and for a private reply the thread that it began.
    async fn record_sent(
        &self,
        mut command: Command,
        job: &JobRow,
        provider_id: Option<String>,
        recipient: Option<Raw>,
    ) -> Result<Command> {
        let Some(row) = self.store.message(job.brand, job.message).await? else { return Ok(command) };
        let thread = self.store.thread(job.brand, row.thread).await?.ok_or(AppError::NotFound)?;
        let channel = self.store.channel(job.brand, thread.channel).await?.ok_or(AppError::NotFound)?;
        let ring = self.ring(job.brand, row.keyring).await?;
        let provider = match &provider_id {
            None => None,
            Some(id) => Some((
                self.seal_text(&ring, row.message.bytes(), "provider", id.as_bytes()),
                self.provider_index(job.brand, &channel, id)?,
            )),
        };
        command = command.effect(Effect::MessageBecame {
            message: job.message,
            state: MessageState::Sent,
            provider,
            reason: None,
        });
        if job.kind == JobKind::PrivateReply
            && let Some(recipient) = recipient
            && let Some((guard, effect)) = self.direct_thread(&row, &channel, &recipient).await?
        {
            command = command.guard(guard).effect(effect);
        }
        let entry = Entry::of("message_sent")
            .conversation(row.conversation)
            .fact("message", row.message.to_string())
            .fact("rung", row.rung.name())
            .fact("row", hash_of(&row.body_sealed));
        Ok(command.effect(Effect::AddEntry(self.entry(job.brand, self.clock.now(), entry)?)))
    }

    /// The direct thread that a private reply began: the network told who got it, so what they write there
    /// belongs to the same conversation.
    async fn direct_thread(
        &self,
        row: &MessageRow,
        public: &ChannelRow,
        recipient: &Raw,
    ) -> Result<Option<(Guard, Effect)>> {
        let brand = row.brand;
        let channels = self.store.channels(brand).await?;
        let direct = channels.into_iter().find(|c| {
            c.connection == public.connection && c.account == public.account && c.rung == Rung::Direct
        });
        let Some(direct) = direct else { return Ok(None) };
        let about = self.store.conversation(brand, row.conversation).await?.ok_or(AppError::NotFound)?;
        let (handle, ring) =
            self.handle_for(brand, direct.network, recipient, None, Some(about.customer)).await?;
        let key = format!("{}|{}", direct.channel, recipient.expose());
        let address_index = self.index(brand, "thread", &key)?;
        if handle.customer != about.customer
            || self.store.thread_at(brand, direct.channel, address_index).await?.is_some()
        {
            return Ok(None);
        }
        let thread = ThreadId::new(&*self.clock, &*self.random);
        let once = self.thread_key(brand, &address_index, handle.handle)?;
        let added = ThreadRow {
            brand,
            thread,
            conversation: row.conversation,
            channel: direct.channel,
            handle: handle.handle,
            rung: Rung::Direct,
            address_index,
            address_sealed: self.seal_text(&ring, thread.bytes(), "address", recipient.expose().as_bytes()),
            heard_at: None,
            created_at: self.clock.now(),
        };
        Ok(Some((Guard::Once(once), Effect::AddThread(added))))
    }

    /// A running job whose worker is gone: people see it.
    async fn became_unknown(&self, job: &JobRow) -> Result<()> {
        let done = if must_not_be_done_twice(job.kind) {
            Done::Unknown { why: "the worker stopped before the network answered".into() }
        } else {
            // Hiding or planning twice is harmless, so it is simply tried again.
            Done::Later { wait: Duration::ZERO, why: "the worker that had it stopped".into() }
        };
        self.settle(job, done).await
    }

    /// Whether nothing is due and nothing is running; for runs that end by themselves.
    pub async fn outbox_is_empty(&self, brand: BrandId) -> Result<bool> {
        let counts = self.store.job_counts(brand).await?;
        let due = self.store.next_due().await?.is_some_and(|due| due <= self.clock.now());
        Ok(!due && !counts.iter().any(|(s, n)| *s == JobState::Running && *n > 0))
    }
}

trait ForFailure {
    fn effects_for_failure(self, job: &JobRow, why: String) -> Self;
}

impl ForFailure for Command {
    /// A message that will never go out says so; a comment that cannot be hidden stays as it is.
    fn effects_for_failure(self, job: &JobRow, why: String) -> Self {
        if job.kind.sends_a_message() {
            self.effect(state(job, MessageState::Failed, Some(why)))
        } else {
            self
        }
    }
}

/// Whether doing it twice is worse than asking a person.
pub(crate) const fn must_not_be_done_twice(kind: JobKind) -> bool {
    match kind {
        JobKind::Send | JobKind::PrivateReply | JobKind::SendCode => true,
        JobKind::HideComment | JobKind::Remind => false,
    }
}

pub(crate) fn state(job: &JobRow, state: MessageState, reason: Option<String>) -> Effect {
    Effect::MessageBecame { message: job.message, state, provider: None, reason }
}

fn sent(outcome: SendOutcome) -> Done {
    match outcome {
        SendOutcome::Accepted { provider_id, recipient } => Done::Sent { provider_id, recipient },
        SendOutcome::RetryAfter { wait, reason } => Done::Later { wait, why: reason.to_owned() },
        SendOutcome::Refused { why, code } => Done::Never { why: with_code(&why.to_string(), code) },
        SendOutcome::Unknown { reason } => Done::Unknown { why: reason.to_owned() },
    }
}

fn acted(outcome: &ActOutcome) -> Done {
    match *outcome {
        ActOutcome::Done => Done::Acted,
        ActOutcome::RetryAfter { wait, reason } => Done::Later { wait, why: reason.to_owned() },
        ActOutcome::Refused { why, code } => Done::Never { why: with_code(&why.to_string(), code) },
    }
}

/// A reason, with what the network said by number.
pub(crate) fn with_code(why: &str, code: Option<aside_channels::ErrorCode>) -> String {
    code.map_or_else(|| why.to_owned(), |code| format!("{why} (code {code})"))
}
