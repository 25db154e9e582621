//! Somebody on WhatsApp.

use super::{
    Whatsapp,
    config::Shows,
    event,
    network::{Human, Network, WhatsappReceived},
};
use crate::network::NotThere;
use aside_model::Language;
use serde_json::{Value, json};

/// Somebody on WhatsApp. Clones are the same person.
#[derive(Clone)]
pub struct WhatsappCustomer {
    sim: Whatsapp,
    person: usize,
}

impl WhatsappCustomer {
    pub(super) fn join(sim: Whatsapp, name: &str, language: Language) -> Self {
        let person = {
            let mut network = sim.network();
            let phone = network.new_phone();
            let user_id = Network::user_id_of(&phone);
            let shows = Shows::default();
            network.people.push(Human { name: name.to_owned(), language, phone, user_id, shows });
            network.people.len() - 1
        };
        Self { sim, person }
    }

    fn of<T>(&self, read: impl FnOnce(&Human) -> T) -> T {
        read(&self.sim.network().people[self.person])
    }

    /// Their name.
    pub fn name(&self) -> String {
        self.of(|human| human.name.clone())
    }

    /// Their language.
    pub fn language(&self) -> Language {
        self.of(|human| human.language)
    }

    /// Their telephone number, digits alone.
    pub fn phone(&self) -> String {
        self.of(|human| human.phone.clone())
    }

    /// Their id at this business.
    pub fn user_id(&self) -> String {
        self.of(|human| human.user_id.clone())
    }

    /// From now on the network tells this of them.
    pub fn shows(&self, shows: Shows) {
        self.sim.network().people[self.person].shows = shows;
    }

    /// Writes to a number. The answer is the message's id.
    pub fn writes(&self, number: &str, text: &str) -> Result<String, NotThere> {
        self.tells(number, "text", json!({ "body": text }), None)
    }

    /// Writes to a number, answering one of its messages.
    pub fn answers(&self, number: &str, id: &str, text: &str) -> Result<String, NotThere> {
        self.tells(number, "text", json!({ "body": text }), Some(id))
    }

    /// Sends a file (`image`, `audio`, `video`, `document`, `sticker`), with words beside it if there are any.
    pub fn sends_file(&self, number: &str, kind: &str, caption: Option<&str>) -> Result<String, NotThere> {
        let mut file =
            json!({ "mime_type": "application/octet-stream", "sha256": "c2hh", "id": "1907385232951" });
        if let Some(caption) = caption {
            file["caption"] = json!(caption);
        }
        self.tells(number, kind, file, None)
    }

    /// Presses a button of one of the number's messages.
    pub fn presses(&self, number: &str, id: &str, title: &str) -> Result<String, NotThere> {
        let reply = json!({ "type": "button_reply", "button_reply": { "id": "PRESSED", "title": title } });
        self.tells(number, "interactive", reply, Some(id))
    }

    /// Reacts to one of the number's messages.
    pub fn reacts(&self, number: &str, id: &str) -> Result<String, NotThere> {
        self.tells(number, "reaction", json!({ "message_id": id, "emoji": "👍" }), None)
    }

    /// Changes a message of their own.
    pub fn edits(&self, number: &str, id: &str, text: &str) -> Result<String, NotThere> {
        let message = json!({ "context": { "id": "M0" }, "type": "text", "text": { "body": text } });
        self.tells(number, "edit", json!({ "original_message_id": id, "message": message }), None)
    }

    /// Takes a message of their own back.
    pub fn takes_back(&self, number: &str, id: &str) -> Result<String, NotThere> {
        self.tells(number, "revoke", json!({ "original_message_id": id }), None)
    }

    fn tells(
        &self,
        number: &str,
        kind: &str,
        content: Value,
        context: Option<&str>,
    ) -> Result<String, NotThere> {
        self.sim.change(|network| network.tell(number, self.person, (kind, content), context))
    }

    /// Gets another telephone number, and with it another id, which the network tells the business's number.
    pub fn changes_number(&self, number: &str) -> Result<(), NotThere> {
        self.sim.change(|network| {
            let number = network.number(number)?;
            let (phone, at) = (network.new_phone(), network.now());
            let user_id = Network::user_id_of(&phone);
            let id = network.wamid(&phone);
            let human = &mut network.people[self.person];
            let (old_phone, old_id) =
                (std::mem::replace(&mut human.phone, phone), std::mem::replace(&mut human.user_id, user_id));
            let human = &network.people[self.person];
            let old = event::Told { phone: &old_phone, user_id: &old_id, ..human.told() };
            let moved = event::moved(&number, self.person, (&old, &human.told()), (&id, at));
            network.courier.push(moved);
            Ok(())
        })
    }

    /// Blocks a number, or stops blocking it.
    pub fn blocks(&self, number: &str, blocked: bool) -> Result<(), NotThere> {
        let mut network = self.sim.network();
        network.number(number)?;
        network.thread(number, self.person).blocked = blocked;
        Ok(())
    }

    /// Somebody at the business writes to them in its own app.
    pub fn is_written_to(&self, number: &str, text: &str) -> Result<String, NotThere> {
        self.sim.change(|network| {
            let number = network.number(number)?;
            let phone = network.people[self.person].phone.clone();
            let (id, at) = (network.wamid(&phone), network.now());
            let told = network.people[self.person].told();
            network.courier.push(event::echo(&number, self.person, &told, (&id, at), text));
            Ok(id)
        })
    }

    /// What they got from a number, oldest first.
    pub fn inbox(&self, number: &str) -> Vec<WhatsappReceived> {
        let network = self.sim.network();
        let thread = network.threads.get(&(number.to_owned(), self.person));
        thread.map(|thread| thread.received.clone()).unwrap_or_default()
    }

    /// Waits until they got more than `seen` messages from a number, and returns the next.
    pub async fn next_in_inbox(&self, number: &str, seen: usize) -> WhatsappReceived {
        self.sim.until(|_| self.inbox(number).into_iter().nth(seen)).await
    }
}
