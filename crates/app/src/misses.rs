//! What the detector missed: an agent or the customer marks it, and it is searched for in every stored message
//! of the customer, and taken out as the rules say.
//!
//! The text itself is kept nowhere but in the vault, where the rules let it be kept at all. A value that was
//! masked or held before is not searched: nobody opens one for this.

mod cutting;
mod occurrences;

use crate::{Acting, App, AppError, Result, Visiting, record::Entry, screening::Tally, sealing::Ring};
use aside_access::Action;
use aside_model::{
    AgentId, Body, Checks, Command, ConversationChange, ConversationId, CustomerId, DataType, Effect, Guard,
    KeyringId, MessageId, Outcome, Raw,
    rows::{ConversationRow, EntryRow, MessageRow},
};
use occurrences::{LENGTHS, Sought};
use std::{
    collections::{HashMap, hash_map},
    time::Duration,
};

/// How many messages are read at once.
const PAGE: u32 = 200;
/// How often everything is searched: until nothing is found, since others may write meanwhile.
const ROUNDS: u32 = 8;
/// How many marks one session of a customer may set in an hour.
const MARKS_PER_HOUR: u32 = 30;

/// What came of marking a miss.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Marked {
    /// Messages that say it no more.
    pub messages: u32,
    /// Occurrences that were destroyed.
    pub destroyed: u32,
    /// Occurrences that lie in the vault now.
    pub masked: u32,
}

/// What was marked, and by whom.
struct Mark {
    sought: Sought,
    data_type: DataType,
    /// The agent; `None` for the customer.
    agent: Option<AgentId>,
}

/// A message in which it stands.
struct Place {
    conversation: ConversationId,
    message: MessageId,
    /// Whether people can read it there.
    shown: bool,
}

impl App {
    /// An agent marks personal data that stands in clear in a conversation: text of 3 to 400 characters. It
    /// is taken out of every message of the customer, on all handles, whatever separators and case.
    ///
    /// The time it takes grows with what is stored of the customer; messages are read page by page.
    pub async fn mark_missed(
        &self,
        acting: &Acting,
        conversation: ConversationId,
        text: &Raw,
        data_type: DataType,
    ) -> Result<Marked> {
        let row = self.store.conversation(acting.brand, conversation).await?.ok_or(AppError::NotFound)?;
        self.permit(acting, Action::Reply(crate::permit::reach(acting, &row)))?;
        self.take_out(&row, text, data_type, Some(acting.agent)).await
    }

    /// The customer marks personal data that still shows in their conversation; see [`App::mark_missed`].
    pub async fn customer_marks_missed(
        &self,
        visiting: &Visiting,
        text: &Raw,
        data_type: DataType,
    ) -> Result<Marked> {
        let brand = visiting.brand;
        let row = self.store.conversation(brand, visiting.conversation).await?.ok_or(AppError::NotFound)?;
        let take = Command::new(brand).guard(Guard::Take {
            counter: format!("misses/{}", visiting.session),
            window: Duration::from_hours(1),
            limit: MARKS_PER_HOUR,
            now: self.clock.now(),
        });
        if let Outcome::Refused(_) = self.store.apply(take).await? {
            return Err(AppError::Denied("Too much was marked within an hour.".into()));
        }
        self.take_out(&row, text, data_type, None).await
    }

    async fn take_out(
        &self,
        here: &ConversationRow,
        text: &Raw,
        data_type: DataType,
        agent: Option<AgentId>,
    ) -> Result<Marked> {
        let sought = Sought::new(text.expose()).ok_or_else(|| {
            let (least, most) = (LENGTHS.start, LENGTHS.end - 1);
            AppError::Invalid(format!("What was missed must have {least} to {most} characters."))
        })?;
        let mark = Mark { sought, data_type, agent };
        let mut marked = Marked::default();
        for round in 0..ROUNDS {
            let places = self.places_of(here.brand, here.customer, &mark.sought).await?;
            // Nobody learns by marking what stands where they do not read.
            if round == 0 && !places.iter().any(|p| p.shown && p.conversation == here.conversation) {
                return Err(AppError::Invalid(
                    "Nothing was marked: that text stands in no message of this conversation. \
                     Copy it from the message. It may be covered already."
                        .into(),
                ));
            }
            if places.is_empty() {
                return Ok(marked);
            }
            for place in &places {
                let entry = match marked.messages {
                    0 => Some(self.miss_entry(here, &mark, places.len())?),
                    _ => None,
                };
                if let Some(tally) = self.cut_out(here, place, &mark, entry).await? {
                    marked.messages += 1;
                    marked.destroyed += tally.destroyed;
                    marked.masked += tally.masked;
                }
            }
        }
        Err(AppError::Busy)
    }

    fn miss_entry(&self, here: &ConversationRow, mark: &Mark, messages: usize) -> Result<EntryRow> {
        let mut entry = Entry::of("miss_marked")
            .conversation(here.conversation)
            .fact("by", if mark.agent.is_some() { "agent" } else { "customer" })
            .fact("type", mark.data_type.id())
            .fact("messages", messages.to_string());
        if let Some(agent) = mark.agent {
            entry = entry.fact("agent", agent.to_string());
        }
        self.entry(here.brand, self.clock.now(), entry)
    }

    /// Every message of a customer in which the text stands.
    async fn places_of(
        &self,
        brand: aside_model::BrandId,
        customer: CustomerId,
        sought: &Sought,
    ) -> Result<Vec<Place>> {
        let mut rings: HashMap<KeyringId, Option<Ring>> = HashMap::new();
        let mut places = Vec::new();
        for ConversationRow { conversation, .. } in self.store.conversations_of(brand, customer).await? {
            let mut before = None;
            loop {
                let rows = self.store.messages(brand, conversation, before, PAGE).await?;
                for row in &rows {
                    let ring = match rings.entry(row.keyring) {
                        hash_map::Entry::Occupied(known) => known.into_mut(),
                        hash_map::Entry::Vacant(new) => {
                            let keyring = self.store.keyring(brand, row.keyring).await?;
                            new.insert(keyring.map(|k| self.open_ring(&k)).transpose()?)
                        }
                    };
                    // Without its keyring a message was erased.
                    let Some(ring) = ring else { continue };
                    if cutting::stands_in(&Self::open_body(ring, row)?, sought) {
                        let shown = row.checks != Checks::Unchecked;
                        places.push(Place { conversation, message: row.message, shown });
                    }
                }
                before = rows.first().map(|row| row.message);
                if rows.len() < PAGE as usize {
                    break;
                }
            }
        }
        Ok(places)
    }

    /// Takes it out of one message. `None` when somebody else changed the message or its conversation
    /// meanwhile; then it is looked at again.
    async fn cut_out(
        &self,
        here: &ConversationRow,
        place: &Place,
        mark: &Mark,
        entry: Option<EntryRow>,
    ) -> Result<Option<Tally>> {
        let brand = here.brand;
        let Some(conversation) = self.store.conversation(brand, place.conversation).await? else {
            return Ok(None);
        };
        let Some(row) = self.store.message(brand, place.message).await? else { return Ok(None) };
        let Some(keyring) = self.store.keyring(brand, row.keyring).await? else { return Ok(None) };
        let ring = self.open_ring(&keyring)?;
        let Some((body, command, tally)) = self.without(&ring, &row, mark)? else { return Ok(None) };
        let mut command = command
            .guard(Guard::KeyAlive(row.keyring))
            .guard(Guard::MessageStateIs(row.message, row.state))
            .guard(Guard::VersionIs(row.conversation, conversation.version));
        command.effects.extend(self.rewritten(&row, self.seal_body(&ring, row.message, &body))?);
        let command = command
            // The version rises, so that of two who mark at once one looks again.
            .effect(Effect::UpdateConversation(ConversationChange::of(row.conversation)))
            .effect(Effect::Announce(Some(row.conversation), Some(row.message), "edited"));
        let command = entry.into_iter().fold(command, |command, e| command.effect(Effect::AddEntry(e)));
        match self.store.apply(command).await? {
            Outcome::Applied(_) => Ok(Some(tally)),
            Outcome::Refused(_) => Ok(None),
        }
    }

    /// A message's body without what was marked, and the values for the vault as the beginning of a command.
    fn without(&self, ring: &Ring, row: &MessageRow, mark: &Mark) -> Result<Option<(Body, Command, Tally)>> {
        let decision = cutting::decide(&self.rules, row, mark.data_type);
        let evidence = if mark.agent.is_some() { "marked_by_agent" } else { "marked_by_customer" };
        let body = Self::open_body(ring, row)?;
        let cut = cutting::cut(body, &mark.sought, &decision, evidence, |judged| self.screen(judged, false));
        Ok(cut.map(|left| {
            let values = self.value_rows(ring, row.message, row.conversation, &left.values);
            let command =
                values.into_iter().fold(Command::new(row.brand), |c, v| c.effect(Effect::AddValue(v)));
            (left.body, command, left.tally)
        }))
    }
}
