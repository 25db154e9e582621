//! What WhatsApp knows: people, their threads with the business's numbers, and what waits.

use super::{
    config::{Number, Shows, WhatsappConfig},
    event::{self, Event, Told},
};
use crate::{delivery::Courier, network::NotThere};
use aside_model::{Clock, Language, Time};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::Value;
use std::{collections::BTreeMap, sync::Arc};

/// A message that somebody got from the business.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WhatsappReceived {
    /// Its id.
    pub id: String,
    /// What it says, with the places of a template filled in.
    pub text: String,
    /// The template's name, if it is one.
    pub template: Option<String>,
    /// When it was sent.
    pub at: Time,
}

pub(crate) struct Human {
    pub(crate) name: String,
    pub(crate) language: Language,
    pub(crate) phone: String,
    pub(crate) user_id: String,
    pub(crate) shows: Shows,
}

impl Human {
    pub(crate) fn told(&self) -> Told<'_> {
        Told { shows: self.shows, phone: &self.phone, user_id: &self.user_id, name: &self.name }
    }
}

#[derive(Default)]
pub(crate) struct Thread {
    /// When the person last wrote.
    pub(crate) heard_at: Option<Time>,
    pub(crate) blocked: bool,
    /// When the business last wrote.
    pub(crate) sent_at: Option<Time>,
    pub(crate) received: Vec<WhatsappReceived>,
}

pub(crate) struct Network {
    clock: Arc<dyn Clock>,
    pub(crate) config: WhatsappConfig,
    pub(crate) people: Vec<Human>,
    /// By number and person.
    pub(crate) threads: BTreeMap<(String, usize), Thread>,
    /// By number: the second that is counted, and how many messages there were in it.
    pub(crate) sent: BTreeMap<String, (i64, u32)>,
    pub(crate) courier: Courier<Event>,
    next: u64,
}

impl Network {
    pub(crate) fn new(config: &WhatsappConfig, courier: Courier<Event>) -> Self {
        Self {
            clock: Arc::clone(&config.clock),
            config: config.clone(),
            people: Vec::new(),
            threads: BTreeMap::new(),
            sent: BTreeMap::new(),
            courier,
            next: 0,
        }
    }

    pub(crate) fn now(&self) -> Time {
        self.clock.now()
    }

    /// A number that was never given before.
    pub(crate) fn count(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    /// The number with this id.
    pub(crate) fn number(&self, id: &str) -> Result<Number, NotThere> {
        let found = self.config.numbers.iter().find(|number| number.id == id);
        found.cloned().ok_or_else(|| NotThere::new("number", id))
    }

    /// A telephone number that nobody has yet, of those kept free for stories.
    pub(crate) fn new_phone(&mut self) -> String {
        format!("1202556{:05}", 1_000 + self.count())
    }

    /// The id that somebody has at this business while they have this telephone number.
    pub(crate) fn user_id_of(phone: &str) -> String {
        // A fixed shuffle of the digits, so that the id does not show the number.
        let mixed = phone.bytes().fold(0x5bd1_e995_u64, |mixed, digit| {
            (mixed ^ u64::from(digit)).wrapping_mul(0x0100_0000_01b3).rotate_left(17)
        });
        format!("US.{mixed:020}")
    }

    /// A message's id: like the real ones it holds the other side's telephone number.
    pub(crate) fn wamid(&mut self, phone: &str) -> String {
        let mut bytes = vec![0x1d, 0x18, u8::try_from(phone.len()).unwrap_or(u8::MAX)];
        bytes.extend_from_slice(phone.as_bytes());
        bytes.extend_from_slice(&[0x15, 0x02, 0x00, 0x12, 0x18, 0x14]);
        bytes.extend_from_slice(format!("3A{:018X}", self.count()).as_bytes());
        bytes.push(0);
        format!("wamid.{}", STANDARD.encode(bytes))
    }

    pub(crate) fn thread(&mut self, number: &str, person: usize) -> &mut Thread {
        self.threads.entry((number.to_owned(), person)).or_default()
    }

    /// Whom an address means: a telephone number or an id.
    pub(crate) fn person_at(&self, address: &str) -> Option<usize> {
        let digits = address.strip_prefix('+').unwrap_or(address);
        self.people.iter().position(|human| human.phone == digits || human.user_id == address)
    }

    /// Somebody did something to a number: it is told, and most things open the window.
    pub(crate) fn tell(
        &mut self,
        number: &str,
        person: usize,
        (kind, content): (&str, Value),
        context: Option<&str>,
    ) -> Result<String, NotThere> {
        let number = self.number(number)?;
        let phone = self.people[person].phone.clone();
        let (id, at) = (self.wamid(&phone), self.now());
        let told = self.people[person].told();
        let event = event::message(&number, person, &told, (&id, at), (kind, content), context);
        self.courier.push(event);
        if !["edit", "revoke"].contains(&kind) {
            self.thread(&number.id, person).heard_at = Some(at);
        }
        Ok(id)
    }

    /// Brings a message of the business to somebody, or tells that it failed.
    pub(crate) fn bring(
        &mut self,
        number: &Number,
        person: Option<usize>,
        said: (String, Option<String>),
        failure: Option<i64>,
    ) -> String {
        let phone = person.map_or_else(|| "0000000".to_owned(), |person| self.people[person].phone.clone());
        let (id, at) = (self.wamid(&phone), self.now());
        let Some(person) = person else { return id };
        let (text, template) = said;
        let thread = self.thread(&number.id, person);
        thread.sent_at = Some(at);
        if failure.is_none() {
            thread.received.push(WhatsappReceived { id: id.clone(), text, template, at });
        }
        let words: &[&str] = if failure.is_some() { &["failed"] } else { &["sent", "delivered", "read"] };
        if failure.is_some() || self.config.receipts {
            for word in words {
                let told = self.people[person].told();
                self.courier.push(event::status(number, person, &told, (&id, at), (word, failure)));
            }
        }
        id
    }
}
