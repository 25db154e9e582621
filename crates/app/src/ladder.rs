//! Moving a conversation up: from a public post to direct messages, from there into the brand's own
//! messenger.
//!
//! What Aside says on the way is safe by construction (see `words`); the link itself is only ever in the
//! job that sends it, sealed, and is destroyed with it.

mod secrets;

use secrets::NOBODY;
pub(crate) use secrets::arrival_digest;

use crate::{
    Acting, App, AppError, Result,
    intake::{Spot, asks_to_hold, asks_to_move},
    outgoing::{Addressee, Payload, TemplateUse},
    permit::reach,
    record::Entry,
    screening::Judged,
    sealing::Ring,
    template::invitation,
    words,
};
use aside_access::Action;
use aside_channels::{CommentRules, Template, Window};
use aside_model::{
    BrandId, Command, ConversationChange, ConversationId, Direction, Effect, Guard, JobKind, Language,
    MessageId, MessageState, Outcome, Raw, Rung, Secret, Time,
    rows::{ChannelRow, ConversationRow, JobRow, ThreadRow},
};
use std::time::Duration;

/// What is left of a link in the text that is kept.
const LINK_SHOWN: &str = "[one-time link]";
/// What is left of a link into the direct messages in the text that is kept.
const ARRIVAL_SHOWN: &str = "[link to the direct messages]";
/// What is left of an entry code in the text that is kept.
const CODE_SHOWN: &str = "[one-time code]";
/// How long an entry code works.
const CODE_LIFE: Duration = Duration::from_mins(30);
/// How long to wait before whoever refuses the link is offered the way out again.
const WAY_OUT_PAUSE: Duration = Duration::from_mins(30);

/// What goes along with a message because of what the rules said to it.
pub(crate) struct Planned {
    pub(crate) effects: Vec<Effect>,
    pub(crate) guards: Vec<Guard>,
    /// The customer's key that holds can be sealed to.
    pub(crate) drop_box: Option<[u8; 32]>,
}

impl Planned {
    pub(crate) const fn none() -> Self {
        Self { effects: Vec::new(), guards: Vec::new(), drop_box: None }
    }
}

/// What a customer wrote, for deciding what it sets going.
pub(crate) struct Heard<'a> {
    pub(crate) text: &'a Raw,
    pub(crate) message: MessageId,
    /// Whether we may say something to it.
    pub(crate) may_speak: bool,
}

/// What an invitation depends on besides its place and language.
pub(crate) struct Asked {
    /// Whether a value is held for the customer.
    pub(crate) holds: bool,
    /// The customer's message that it answers.
    pub(crate) answers: MessageId,
    /// The approved text that it has to be, outside of the network's window.
    pub(crate) by: Option<Template>,
}

/// An approved text that invites: what is kept of it, and what the job sends.
fn invitation_by(template: &Template, url: String) -> Result<(String, Payload)> {
    let kept = template.fill(&[LINK_SHOWN.to_owned()]);
    let kept = kept.ok_or_else(|| AppError::Failed("an invitation's template has no place".into()))?;
    let template = Some(TemplateUse::of(template, vec![url]));
    Ok((kept.clone(), Payload { text: kept, template, ..Payload::default() }))
}

/// Whether a customer was invited.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum MoveOutcome {
    /// The invitation is on its way.
    Invited,
    /// It is not, and why.
    Not(String),
}

impl App {
    /// What a customer's message sets going: invitation, safe reply, hiding, a way out.
    pub(crate) async fn plan_move(
        &self,
        channel: &ChannelRow,
        spot: &Spot,
        judged: &Judged,
        heard: Heard<'_>,
    ) -> Result<Planned> {
        let Heard { text, message, may_speak } = heard;
        let now = self.clock.now();
        let brand = channel.brand;
        let conversation = spot.conversation.conversation;
        let sessions = if spot.new.is_empty() {
            self.store.customer_sessions(brand, conversation, now).await?
        } else {
            vec![]
        };
        let session_key = sessions.iter().find_map(|s| match s.of {
            aside_model::rows::SessionOf::Customer { drop_box, .. } => Some(drop_box),
            aside_model::rows::SessionOf::Agent(_) => None,
        });
        let mut planned = Planned { drop_box: session_key, ..Planned::none() };
        if channel.rung == Rung::Secure {
            return Ok(planned);
        }
        let moves = asks_to_move(judged);
        let topic = channel.rung == Rung::Public && words::mentions(&words::PRIVATE_TOPICS, text.expose());
        let rested = spot.conversation.invited_at.is_none_or(|t| now.since(t) >= self.settings.invite_pause);
        let to =
            Addressee { ring: &spot.ring, handle: spot.handle.handle, conversation, thread: &spot.thread };
        let language = Self::language_of(&spot.conversation, Some(text));

        if channel.rung == Rung::Direct
            && !moves
            && spot.conversation.invited_at.is_some()
            && words::mentions(&words::REFUSALS, text.expose())
        {
            if !may_speak {
                return Ok(planned);
            }
            // A machine that answers us by quoting us would go on for ever.
            planned.guards.push(Guard::Take {
                counter: format!("way-out/{conversation}"),
                window: WAY_OUT_PAUSE,
                limit: 1,
                now,
            });
            self.plan_way_out(&mut planned, brand, &to, language)?;
            return Ok(planned);
        }
        // Jobs go out in the order in which they are made: hidden at once, or where a hidden comment cannot be
        // answered, after the answer.
        let mut hides_last = false;
        if channel.rung == Rung::Public && moves {
            let rules = self.rules_of(channel, &spot.ring, &spot.thread).await?;
            if rules.may_answer_hidden {
                planned.effects.push(self.hiding(spot, message, None)?);
            } else {
                hides_last = true;
            }
        }
        let holds = asks_to_hold(judged);
        let needs_key = holds && planned.drop_box.is_none();
        if needs_key && !(rested && may_speak) {
            let open = self.store.open_links(brand, conversation, now).await?;
            planned.drop_box = open.iter().map(|l| l.drop_box).find(|key| *key != NOBODY);
        }
        if may_speak && (moves || topic) && (rested || (needs_key && planned.drop_box.is_none())) {
            if rested {
                planned.guards.push(Guard::Take {
                    counter: format!("invite/{conversation}"),
                    window: self.settings.invite_pause,
                    limit: 1,
                    now,
                });
            }
            let asked = Asked { holds, answers: message, by: None };
            let key = self.plan_invitation(&mut planned, channel, &to, language, asked).await?;
            planned.drop_box = planned.drop_box.or(key);
        }
        if hides_last {
            let answer = planned.effects.iter().find_map(|effect| match effect {
                Effect::AddMessage(row) if row.rung == Rung::Public => Some(row.message),
                _ => None,
            });
            planned.effects.push(self.hiding(spot, message, answer)?);
        }
        Ok(planned)
    }

    /// The job that hides a public message on its network; where a hidden one cannot be answered, after `answer`.
    pub(crate) fn hiding(
        &self,
        spot: &Spot,
        message: MessageId,
        answer: Option<MessageId>,
    ) -> Result<Effect> {
        let conversation = spot.conversation.conversation;
        let to =
            Addressee { ring: &spot.ring, handle: spot.handle.handle, conversation, thread: &spot.thread };
        self.job(&to, JobKind::HideComment, message, &Payload { after: answer, ..Payload::default() })
    }

    /// An invitation into the secure channel on a thread: in direct messages a text with a one-time link; in
    /// public a safe reply, and the link by private reply where the network still allows one. Returns the
    /// link's public key, if there is a link.
    pub(crate) async fn plan_invitation(
        &self,
        planned: &mut Planned,
        channel: &ChannelRow,
        to: &Addressee<'_>,
        language: Language,
        asked: Asked,
    ) -> Result<Option<[u8; 32]>> {
        let Asked { holds, answers, by } = asked;
        let (brand, rung, now) = (channel.brand, channel.rung, self.clock.now());
        let rules = match rung {
            Rung::Public => self.rules_of(channel, to.ring, to.thread).await?,
            _ => CommentRules::default(),
        };
        if rung == Rung::Public && !self.may_reply_in_private(channel, to.ring, to.thread, answers).await? {
            if rules.may_answer {
                self.plan_safe_reply(planned, channel, to, language, answers).await?;
            }
            return Ok(None);
        }
        let name = self.brand_name(brand).await?;
        let (secret, link) = self.new_link(brand, to, self.settings.link_life);
        let key = link.drop_box;
        planned.effects.push(Effect::AddLink(link));
        let url = format!("{}/c/{}", self.settings.public_url, secret.encode());
        let mut text = String::new();
        if holds {
            text.push_str(words::HELD.in_language(language));
            text.push('\n');
        }
        text.push_str(&words::INVITATION.in_language(language).replace("{brand}", &name));
        let (sent, kept) = (text.replace("{link}", &url), text.replace("{link}", LINK_SHOWN));
        if rung == Rung::Public {
            if rules.may_answer {
                let safe = words::SAFE_REPLY.in_language(language);
                planned.effects.extend(self.safe_reply(brand, to, safe, answers)?);
            }
            let payload = Payload { text: sent, answers: Some(answers), ..Payload::default() };
            planned.effects.extend(self.own_words(
                brand,
                to,
                Rung::Direct,
                &kept,
                &payload,
                JobKind::PrivateReply,
            )?);
        } else {
            let (kept, payload) = match by {
                Some(template) => invitation_by(&template, url)?,
                None => (kept, Payload { text: sent, ..Payload::default() }),
            };
            planned.effects.extend(self.own_words(brand, to, rung, &kept, &payload, JobKind::Send)?);
        }
        if rung == Rung::Direct && !self.settings.remind_after.is_zero() {
            let mut reminder = self.job(to, JobKind::Remind, answers, &Payload::default())?;
            if let Effect::AddJob(job) = &mut reminder {
                job.due_at = now.plus(self.settings.remind_after);
            }
            planned.effects.push(reminder);
        }
        let mut change = ConversationChange::of(to.conversation);
        change.invited_at = Some(now);
        planned.effects.push(Effect::UpdateConversation(change));
        let entry = Entry::of("invited").conversation(to.conversation).fact("from", rung.name());
        planned.effects.push(Effect::AddEntry(self.entry(brand, now, entry)?));
        Ok(Some(key))
    }

    /// A public answer that says where it goes on.
    fn safe_reply(
        &self,
        brand: BrandId,
        to: &Addressee<'_>,
        safe: &str,
        answers: MessageId,
    ) -> Result<Vec<Effect>> {
        self.safe_reply_with(brand, to, safe.to_owned(), safe, answers)
    }

    /// The same where what is sent and what is kept of it differ.
    fn safe_reply_with(
        &self,
        brand: BrandId,
        to: &Addressee<'_>,
        sent: String,
        kept: &str,
        answers: MessageId,
    ) -> Result<Vec<Effect>> {
        let payload = Payload { text: sent, answers: Some(answers), ..Payload::default() };
        self.own_words(brand, to, Rung::Public, kept, &payload, JobKind::Send)
    }

    /// What the network says of the comments of a thread: they stand in one place, so what holds for the first
    /// one holds for all.
    async fn rules_of(&self, channel: &ChannelRow, ring: &Ring, thread: &ThreadRow) -> Result<CommentRules> {
        let Some(connector) = self.connector_of(channel).await? else { return Ok(CommentRules::default()) };
        Ok(connector.comment_rules(&Self::address_of(ring, thread)?))
    }

    /// A public reply where none can be sent in private: with a link that opens the direct messages, where the
    /// network has such links, else with words alone. The link's token works for this customer's handle alone,
    /// once; whoever else presses the link begins a chat of their own.
    async fn plan_safe_reply(
        &self,
        planned: &mut Planned,
        channel: &ChannelRow,
        to: &Addressee<'_>,
        language: Language,
        answers: MessageId,
    ) -> Result<()> {
        let token = Secret::generate(&*self.random).encode();
        let connector = self.connector_of(channel).await?;
        let link = connector.and_then(|connector| connector.composer_link(&channel.account, &token));
        let (sent, kept) = if let Some(link) = link {
            let life = self.settings.link_life;
            let row = self.link_row(channel.brand, to, arrival_digest(&token), NOBODY, life);
            planned.effects.push(Effect::AddLink(row));
            let safe = words::SAFE_REPLY_WITH_LINK.in_language(language);
            (safe.replace("{link}", &link), safe.replace("{link}", ARRIVAL_SHOWN))
        } else {
            let safe = words::SAFE_REPLY_WITHOUT_PRIVATE.in_language(language).to_owned();
            (safe.clone(), safe)
        };
        planned.effects.extend(self.safe_reply_with(channel.brand, to, sent, &kept, answers)?);
        Ok(())
    }

    /// What a due reminder does: a new link, if the last one was not followed and nothing else stands in
    /// the way. `None` when there is nothing to remind of any more.
    pub(crate) async fn plan_reminder(
        &self,
        job: &JobRow,
        ring: &Ring,
        thread: &ThreadRow,
    ) -> Result<Option<Vec<Effect>>> {
        let brand = job.brand;
        let now = self.clock.now();
        let row = self.store.conversation(brand, job.conversation).await?.ok_or(AppError::NotFound)?;
        let moved = row.rung >= Rung::Secure || row.state == aside_model::ConversationState::Closed;
        let newer = row.invited_at.is_some_and(|t| t > job.created_at);
        if moved || newer || self.holds_wait_for_a_link(job, now).await? {
            return Ok(None);
        }
        let channel = self.store.channel(brand, thread.channel).await?.ok_or(AppError::NotFound)?;
        let Some(connector) = self.connector_of(&channel).await? else { return Ok(None) };
        let language = Self::language_of(&row, None);
        let by = match connector.window(thread.rung, thread.heard_at, now) {
            Window::Open { .. } => None,
            Window::TemplateOnly { .. } => {
                // Without one nothing is sent before the customer writes again.
                let Some(template) = invitation(&*connector, language) else { return Ok(None) };
                Some(template.clone())
            }
            Window::Closed(_) => return Ok(None),
        };
        let to = Addressee { ring, handle: thread.handle, conversation: job.conversation, thread };
        let (secret, link) = self.new_link(brand, &to, self.settings.link_life);
        let url = format!("{}/c/{}", self.settings.public_url, secret.encode());
        let (kept, payload) = if let Some(template) = by {
            invitation_by(&template, url)?
        } else {
            let name = self.brand_name(brand).await?;
            let text = words::REMINDER.in_language(language).replace("{brand}", &name);
            let payload = Payload { text: text.replace("{link}", &url), ..Payload::default() };
            (text.replace("{link}", LINK_SHOWN), payload)
        };
        let mut effects = vec![Effect::AddLink(link)];
        effects.extend(self.own_words(brand, &to, thread.rung, &kept, &payload, JobKind::Send)?);
        Ok(Some(effects))
    }

    /// Whether values are held for whoever opens a link that was sent before: they open with that link alone,
    /// so whoever came in by a newer one could not release them.
    async fn holds_wait_for_a_link(&self, job: &JobRow, now: Time) -> Result<bool> {
        let open = self.store.open_links(job.brand, job.conversation, now).await?;
        let holds = self.store.holds(job.brand, job.conversation).await?;
        Ok(holds.iter().any(|h| h.expires_at > now && open.iter().any(|link| link.drop_box == h.drop_box)))
    }

    /// Whether a comment's thread can still be answered in private.
    async fn may_reply_in_private(
        &self,
        channel: &ChannelRow,
        ring: &Ring,
        thread: &ThreadRow,
        comment: MessageId,
    ) -> Result<bool> {
        let Some(connector) = self.connector_of(channel).await? else { return Ok(false) };
        let now = self.clock.now();
        let commented_at = thread.heard_at.unwrap_or(thread.created_at);
        let replied = self.replied_in_private(thread, comment).await?;
        let address = Self::address_of(ring, thread)?;
        Ok(connector.capabilities(Rung::Public).may_private_reply
            && connector.private_reply_window_of(&address, commented_at, replied, now).is_open())
    }

    /// Whether a comment was answered in private already, which networks allow once: whether such a reply
    /// was written since the comment came.
    async fn replied_in_private(&self, thread: &ThreadRow, comment: MessageId) -> Result<bool> {
        let Some(comment) = self.store.message(thread.brand, comment).await? else { return Ok(false) };
        let rows = self.store.messages(thread.brand, thread.conversation, None, 500).await?;
        Ok(rows.iter().any(|row| {
            row.thread == thread.thread
                && row.direction == Direction::Outbound
                && row.rung == Rung::Direct
                && row.state != MessageState::Failed
                && row.stored_at >= comment.stored_at
        }))
    }

    /// The way for whoever refuses the link: an address to open oneself, and a short code.
    fn plan_way_out(
        &self,
        planned: &mut Planned,
        brand: BrandId,
        to: &Addressee<'_>,
        language: Language,
    ) -> Result<()> {
        let (code, link) = self.new_entry_code(brand, to, CODE_LIFE);
        planned.effects.push(Effect::AddLink(link));
        let address = format!("{}/c", self.settings.public_url);
        let mut text = words::WAY_OUT.in_language(language).replace("{address}", &address);
        if let Some(phone) = &self.settings.phone {
            text.push('\n');
            text.push_str(&words::WAY_OUT_PHONE.in_language(language).replace("{phone}", phone));
        }
        let kept = text.replace("{code}", CODE_SHOWN);
        let payload = Payload { text: text.replace("{code}", &code), ..Payload::default() };
        planned.effects.extend(self.own_words(brand, to, Rung::Direct, &kept, &payload, JobKind::Send)?);
        let entry = Entry::of("way_out_offered").conversation(to.conversation);
        planned.effects.push(Effect::AddEntry(self.entry(brand, self.clock.now(), entry)?));
        Ok(())
    }

    /// Invites the customer into the secure channel because an agent says so.
    pub async fn move_up(&self, acting: &Acting, conversation: ConversationId) -> Result<MoveOutcome> {
        let brand = acting.brand;
        let row = self.store.conversation(brand, conversation).await?.ok_or(AppError::NotFound)?;
        self.permit(acting, Action::MoveToSecure(reach(acting, &row)))?;
        let (thread, channel) = match self.invitation_thread(&row).await? {
            Ok(found) => found,
            Err(why) => return Ok(MoveOutcome::Not(why)),
        };
        let handle = self.store.handle(brand, thread.handle).await?.ok_or(AppError::NotFound)?;
        let ring = self.ring(brand, handle.keyring).await?;
        let heard = self.store.heard(brand, thread.thread, 1).await?;
        let Some(answers) = heard.first().map(|m| m.message) else {
            return Ok(MoveOutcome::Not("The customer has not written on this channel yet.".into()));
        };
        let to = Addressee { ring: &ring, handle: handle.handle, conversation, thread: &thread };
        let mut planned = Planned::none();
        let language = Self::language_of(&row, None);
        let by = self.template_for(&channel, &thread, language).await?;
        let asked = Asked { holds: false, answers, by };
        self.plan_invitation(&mut planned, &channel, &to, language, asked).await?;
        let mut command = Command::new(brand)
            .guard(Guard::VersionIs(conversation, row.version))
            .guard(Guard::KeyAlive(ring.id));
        command.effects = planned.effects;
        command = command.effect(Effect::Announce(Some(conversation), None, "invited"));
        match self.store.apply(command).await? {
            Outcome::Applied(_) => Ok(MoveOutcome::Invited),
            Outcome::Refused(_) => Ok(MoveOutcome::Not(
                "Something else happened in this conversation at the same moment. Look again and repeat."
                    .into(),
            )),
        }
    }

    /// The thread that an invitation goes out on, or why there is none.
    pub(crate) async fn invitation_thread(
        &self,
        row: &ConversationRow,
    ) -> Result<std::result::Result<(ThreadRow, ChannelRow), String>> {
        let now = self.clock.now();
        let mut threads = self.store.threads(row.brand, row.conversation).await?;
        threads.retain(|t| t.rung < Rung::Secure);
        threads.sort_by_key(|t| std::cmp::Reverse((t.rung, t.heard_at)));
        let mut why = "The customer is reached in the secure chat alone; write there.".to_owned();
        let mut by_template = None;
        for thread in threads {
            let Some(channel) = self.store.channel(row.brand, thread.channel).await? else { continue };
            let Some(connector) = self.connector_of(&channel).await? else { continue };
            let window = match thread.rung {
                Rung::Public => {
                    let heard = self.store.heard(row.brand, thread.thread, 1).await?;
                    let replied = match heard.first() {
                        Some(comment) => self.replied_in_private(&thread, comment.message).await?,
                        None => false,
                    };
                    let heard_at = thread.heard_at.unwrap_or(Time(0));
                    let handle = self.store.handle(row.brand, thread.handle).await?;
                    let handle = handle.ok_or(AppError::NotFound)?;
                    let ring = self.ring(row.brand, handle.keyring).await?;
                    let address = Self::address_of(&ring, &thread)?;
                    if connector.composer_link(&channel.account, "try").is_some() {
                        Window::Open { until: None }
                    } else {
                        connector.private_reply_window_of(&address, heard_at, replied, now)
                    }
                }
                _ => connector.window(thread.rung, thread.heard_at, now),
            };
            match window {
                Window::Open { .. } => return Ok(Ok((thread, channel))),
                Window::TemplateOnly { .. } => {
                    if invitation(&*connector, Self::language_of(row, None)).is_some() {
                        by_template.get_or_insert((thread, channel));
                    } else {
                        why = format!(
                            "On {}, the customer wrote too long ago, and no approved template invites them. \
                             Wait until they write.",
                            channel.name
                        );
                    }
                }
                Window::Closed(closed) => why = format!("On {}, {closed}.", channel.name),
            }
        }
        Ok(by_template.ok_or(why))
    }

    /// The approved text that invites on a thread whose window lets nothing else out.
    async fn template_for(
        &self,
        channel: &ChannelRow,
        thread: &ThreadRow,
        language: Language,
    ) -> Result<Option<Template>> {
        let Some(connector) = self.connector_of(channel).await? else { return Ok(None) };
        Ok(match connector.window(thread.rung, thread.heard_at, self.clock.now()) {
            Window::TemplateOnly { .. } => invitation(&*connector, language).cloned(),
            Window::Open { .. } | Window::Closed(_) => None,
        })
    }

    /// The language of our own words in a conversation.
    pub(crate) fn language_of(row: &ConversationRow, text: Option<&Raw>) -> Language {
        if row.language.is_empty() {
            text.and_then(|t| Language::guess(t.expose())).unwrap_or_default()
        } else {
            Language::from_tag(&row.language)
        }
    }
}
