//! What the network knows: people, groups, what was said, and where updates go.

use super::{
    TelegramConfig,
    event::{self, Update},
};
use crate::{NotThere, delivery::Courier};
use aside_model::{Clock, Language, Time};
use serde_json::{Value, json};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, PoisonError},
};

/// A group.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Group {
    /// Its id, which is negative.
    pub id: i64,
    /// Its title.
    pub title: String,
}

/// Something that was said.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Said {
    /// Its id: `<chat>:<message>`.
    pub id: String,
    /// Who said it; none for the bot.
    pub by: Option<i64>,
    /// What it says.
    pub text: String,
    /// The id of what it answers.
    pub answers: Option<String>,
    /// Whether it was deleted.
    pub deleted: bool,
    /// When.
    pub at: Time,
}

pub(super) struct Human {
    pub(super) name: String,
    language: Language,
    /// Whether they have begun a chat with the bot.
    pub(super) begun: bool,
    pub(super) blocked: bool,
}

pub(super) struct Room {
    title: String,
    is_super: bool,
    pub(super) may_delete: bool,
    pub(super) upgraded_to: Option<i64>,
}

pub(crate) struct State {
    clock: Arc<dyn Clock>,
    courier: Courier<Update>,
    secret: Arc<Mutex<String>>,
    pub(super) token: String,
    pub(super) username: String,
    pub(super) webhook: String,
    pub(super) descriptions: BTreeMap<String, String>,
    pub(super) people: BTreeMap<i64, Human>,
    pub(super) rooms: BTreeMap<i64, Room>,
    /// By `<chat>:<message>`.
    pub(super) said: BTreeMap<String, Said>,
    /// By chat: the newest message's number.
    newest: BTreeMap<i64, i64>,
    next_update: i64,
}

impl State {
    pub(super) fn new(config: &TelegramConfig, courier: Courier<Update>, secret: Arc<Mutex<String>>) -> Self {
        Self {
            clock: Arc::clone(&config.clock),
            courier,
            secret,
            token: config.token.clone(),
            username: config.username.clone(),
            webhook: String::new(),
            descriptions: BTreeMap::new(),
            people: BTreeMap::new(),
            rooms: BTreeMap::new(),
            said: BTreeMap::new(),
            newest: BTreeMap::new(),
            next_update: 701_000_000,
        }
    }

    pub(super) fn now(&self) -> Time {
        self.clock.now()
    }

    pub(super) fn waiting(&self) -> usize {
        self.courier.waiting()
    }

    /// From now on updates go there, with this secret.
    pub(super) fn set_webhook(&mut self, url: &str, secret: &str) {
        url.clone_into(&mut self.webhook);
        secret.clone_into(&mut self.secret.lock().unwrap_or_else(PoisonError::into_inner));
        self.courier.set_url(url);
    }

    pub(super) fn add_person(&mut self, name: &str, language: Language) -> i64 {
        let id = 5_550_100_000 + self.people.len() as i64;
        let human = Human { name: name.to_owned(), language, begun: false, blocked: false };
        self.people.insert(id, human);
        id
    }

    pub(super) fn add_group(&mut self, title: &str, may_delete: bool) -> Group {
        let id = -1_001_500_000_000 - self.rooms.len() as i64;
        let room = Room { title: title.to_owned(), is_super: true, may_delete, upgraded_to: None };
        self.rooms.insert(id, room);
        Group { id, title: title.to_owned() }
    }

    pub(super) fn upgrade(&mut self, group: &Group) -> Result<Group, NotThere> {
        let may_delete = self.room(group.id)?.may_delete;
        let new = self.add_group(&group.title, may_delete);
        let at = self.now().millis() / 1_000;
        if let Some(room) = self.rooms.get_mut(&group.id) {
            (room.upgraded_to, room.is_super) = (Some(new.id), false);
        }
        for (from, key, to) in
            [(group.id, "migrate_to_chat_id", new.id), (new.id, "migrate_from_chat_id", group.id)]
        {
            let number = self.number(from);
            let chat = self.chat(from)?;
            let part = json!({ "message_id": number, "chat": chat, "date": at, key: to });
            self.tell(from, "message", &part);
        }
        Ok(new)
    }

    pub(super) fn room(&self, id: i64) -> Result<&Room, NotThere> {
        self.rooms.get(&id).ok_or_else(|| NotThere::new("group", &id.to_string()))
    }

    pub(super) fn seen_in(&self, group: i64) -> Vec<Said> {
        let prefix = format!("{group}:");
        let mut seen: Vec<Said> = self
            .said
            .values()
            .filter(|said| said.id.starts_with(&prefix) && !said.deleted)
            .cloned()
            .collect();
        seen.sort_by_key(|said| number_of(&said.id));
        seen
    }

    /// What the bot said to somebody in private, oldest first.
    pub(super) fn inbox(&self, person: i64) -> Vec<Said> {
        self.seen_in(person).into_iter().filter(|said| said.by.is_none()).collect()
    }

    /// Somebody says something, in a group or in private. The answer is its id.
    pub(super) fn say(
        &mut self,
        person: i64,
        chat: i64,
        text: Option<&str>,
        answers: Option<&str>,
        attachment: Option<&str>,
    ) -> Result<String, NotThere> {
        let mut part = self.frame(person, chat)?;
        let text_key = if attachment.is_some() { "caption" } else { "text" };
        if let Some(text) = text {
            part[text_key] = json!(text);
        }
        if let Some(kind) = attachment {
            part[kind] = event::attachment(kind);
        }
        if let Some(answered) = answers.and_then(|id| self.said.get(id)) {
            part["reply_to_message"] = json!({
                "message_id": number_of(&answered.id),
                "chat": part["chat"],
                "date": answered.at.millis() / 1_000,
                "text": answered.text,
            });
        }
        let number = part["message_id"].as_i64().unwrap_or_default();
        let id = self.keep(chat, number, Some(person), text.unwrap_or_default(), answers);
        if chat == person
            && let Some(human) = self.people.get_mut(&person)
        {
            (human.begun, human.blocked) = (true, false);
        }
        self.tell(chat, "message", &part);
        Ok(id)
    }

    /// Somebody changes what they said.
    pub(super) fn edit(&mut self, person: i64, id: &str, text: &str) -> Result<(), NotThere> {
        let at = self.now().millis() / 1_000;
        let said = self.said.get_mut(id).filter(|said| said.by == Some(person) && !said.deleted);
        let said = said.ok_or_else(|| NotThere::new("message of theirs", id))?;
        text.clone_into(&mut said.text);
        let (chat, number) = id.split_once(':').unwrap_or_default();
        let chat: i64 = chat.parse().map_err(|_| NotThere::new("chat", id))?;
        let written = said.at.millis() / 1_000;
        let part = json!({
            "message_id": number.parse::<i64>().unwrap_or_default(),
            "from": self.user(person)?,
            "chat": self.chat(chat)?,
            "date": written,
            "edit_date": at,
            "text": text,
        });
        self.tell(chat, "edited_message", &part);
        Ok(())
    }

    /// Somebody blocks the bot, or stops blocking it.
    pub(super) fn block(&mut self, person: i64, blocked: bool) -> Result<(), NotThere> {
        let at = self.now().millis() / 1_000;
        let bot =
            json!({ "id": self.bot(), "is_bot": true, "first_name": "Larkspur", "username": self.username });
        let status = |blocked| if blocked { "kicked" } else { "member" };
        let part = json!({
            "chat": self.chat(person)?,
            "from": self.user(person)?,
            "date": at,
            "old_chat_member": { "user": bot, "status": status(!blocked) },
            "new_chat_member": { "user": bot, "status": status(blocked), "until_date": 0 },
        });
        if let Some(human) = self.people.get_mut(&person) {
            human.blocked = blocked;
        }
        self.tell(person, "my_chat_member", &part);
        Ok(())
    }

    /// The bot says something. The answer is the message as the API shows it.
    pub(super) fn bot_says(
        &mut self,
        chat: i64,
        text: &str,
        answers: Option<i64>,
    ) -> Result<Value, NotThere> {
        let number = self.number(chat);
        let answered = answers.map(|number| format!("{chat}:{number}"));
        self.keep(chat, number, None, text, answered.as_deref());
        Ok(json!({
            "message_id": number,
            "from": { "id": self.bot(), "is_bot": true, "first_name": "Larkspur", "username": self.username },
            "chat": self.chat(chat)?,
            "date": self.now().millis() / 1_000,
            "text": text,
        }))
    }

    pub(super) fn bot(&self) -> i64 {
        self.token.split(':').next().and_then(|id| id.parse().ok()).unwrap_or_default()
    }

    fn keep(&mut self, chat: i64, number: i64, by: Option<i64>, text: &str, answers: Option<&str>) -> String {
        let id = format!("{chat}:{number}");
        let said = Said {
            id: id.clone(),
            by,
            text: text.to_owned(),
            answers: answers.map(str::to_owned),
            deleted: false,
            at: self.now(),
        };
        self.said.insert(id.clone(), said);
        id
    }

    /// The next message's number in a chat.
    fn number(&mut self, chat: i64) -> i64 {
        let newest = self.newest.entry(chat).or_default();
        *newest += 1;
        *newest
    }

    fn frame(&mut self, person: i64, chat: i64) -> Result<Value, NotThere> {
        let (from, about) = (self.user(person)?, self.chat(chat)?);
        let at = self.now().millis() / 1_000;
        Ok(json!({ "message_id": self.number(chat), "from": from, "chat": about, "date": at }))
    }

    fn user(&self, id: i64) -> Result<Value, NotThere> {
        let human = self.people.get(&id).ok_or_else(|| NotThere::new("person", &id.to_string()))?;
        Ok(event::user(id, &human.name, human.language.tag()))
    }

    fn chat(&self, id: i64) -> Result<Value, NotThere> {
        if let Some(human) = self.people.get(&id) {
            return Ok(event::private(id, &human.name));
        }
        let room = self.room(id)?;
        Ok(event::group(id, &room.title, room.is_super))
    }

    fn tell(&mut self, chat: i64, kind: &str, part: &Value) {
        self.next_update += 1;
        self.courier.push(event::update(self.next_update, chat, kind, part));
    }
}

fn number_of(id: &str) -> i64 {
    id.rsplit(':').next().and_then(|number| number.parse().ok()).unwrap_or_default()
}
