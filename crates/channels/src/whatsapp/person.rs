//! Who writes: the id that the network gives a person for one business, or their telephone number.

use crate::{
    Event, Inbound, Person, ThreadAddress,
    meta::{
        json::{self, take_id, take_text},
        webhook::{Envelope, Events, ParseError, not_understood},
    },
};
use aside_model::{Raw, Rung, Time};
use serde_json::Value;

/// Whether a text is an id of a person for one business: a country's two letters, a full stop, and up to 128
/// letters and digits, with `ENT.` before them where several businesses share it.
pub(super) fn is_user_id(text: &str) -> bool {
    let Some((country, rest)) = text.split_once('.') else { return false };
    let id = rest.strip_prefix("ENT.").unwrap_or(rest);
    country.len() == 2
        && country.bytes().all(|b| b.is_ascii_uppercase())
        && (1..=128).contains(&id.len())
        && id.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// Whether a text is a telephone number as the network writes it: digits alone, with the country's.
pub(super) fn is_phone(text: &str) -> bool {
    (5..=20).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

/// What a message says of its author.
pub(super) struct Author {
    /// Where replies go: the id for this business, else the telephone number.
    pub(super) id: String,
    /// The telephone number, where the network tells it beside an id.
    pub(super) phone: Option<String>,
    /// The name that the network shows.
    pub(super) name: Option<String>,
}

impl Author {
    /// The author of a message, by what it says itself and by the list of contacts beside it.
    pub(super) fn of(message: &mut Value, contacts: &mut [Value]) -> Option<Self> {
        let phone = take_id(message, "from").filter(|from| is_phone(from));
        let user_id = take_id(message, "from_user_id").filter(|id| is_user_id(id));
        let text = |contact: &Value, key: &str| contact.get(key).and_then(Value::as_str).map(str::to_owned);
        let only = contacts.len() == 1;
        let contact = contacts.iter_mut().find(|contact| {
            let same = |key, known: &Option<String>| known.is_some() && text(contact, key) == *known;
            same("user_id", &user_id) || same("wa_id", &phone) || (only && user_id.is_none())
        });
        let (mut contact_id, mut contact_phone, mut name) = (None, None, None);
        if let Some(contact) = contact {
            contact_id = text(contact, "user_id").filter(|id| is_user_id(id));
            contact_phone = text(contact, "wa_id").filter(|phone| is_phone(phone));
            // Copied: one contact may have written several messages.
            name = contact.get_mut("profile").and_then(|profile| text(profile, "name"));
        }
        let name = name.filter(|name| !name.trim().is_empty());
        let phone = phone.or(contact_phone);
        match (user_id.or(contact_id), phone) {
            (Some(id), phone) => Some(Self { id, phone, name }),
            (None, Some(id)) => Some(Self { id, phone: None, name }),
            (None, None) => None,
        }
    }

    /// That both addresses are this author's, where there are two.
    pub(super) fn same_person(&self, number: &Envelope, at: Option<Time>) -> Option<Inbound> {
        let phone = self.phone.as_deref()?;
        Some(same_person(number, &self.id, phone, false, at))
    }

    /// The author and their thread, which is named by them; replies go to the same address.
    pub(super) fn into_person(self) -> (Person, ThreadAddress) {
        let thread = thread(&self.id);
        (Person { id: Raw::new(self.id), name: self.name.map(Raw::new) }, thread)
    }
}

/// The thread with somebody.
pub(super) fn thread(id: &str) -> ThreadAddress {
    ThreadAddress { key: Raw::new(id.to_owned()), reply_to: Raw::new(id.to_owned()) }
}

/// That two addresses are one person's.
fn same_person(number: &Envelope, id: &str, before: &str, moved: bool, at: Option<Time>) -> Inbound {
    let key = format!("same/{}/{id}/{before}", if moved { "moved" } else { "beside" });
    let event = Event::SamePerson { id: Raw::new(id.to_owned()), before: Raw::new(before.to_owned()), moved };
    number.event(Rung::Direct, &key, at, event)
}

/// A message of the network's own: somebody has another telephone number, or another id.
///
/// Both the id and the number change together; each old address leads to the new one.
pub(super) fn read_system(
    number: &Envelope,
    message: &mut Value,
    events: &mut Events,
) -> Result<bool, ParseError> {
    let at = json::moment(message, "timestamp");
    let old_phone = take_id(message, "from").filter(|from| is_phone(from));
    let Some(system) = message.get_mut("system").filter(|system| system.is_object()) else {
        return Ok(false);
    };
    let kind = system.get("type").and_then(Value::as_str).unwrap_or_default();
    if !["user_changed_number", "user_changed_user_id", "customer_changed_number"].contains(&kind) {
        return Ok(false);
    }
    drop(take_text(system, "body").map(Raw::new));
    let new_phone = take_id(system, "wa_id").filter(|id| is_phone(id));
    let new_id = take_id(system, "user_id").filter(|id| is_user_id(id)).or(new_phone);
    let old_id = take_id(system, "previous_user_id").filter(|id| is_user_id(id));
    let Some(new_id) = new_id else { return Ok(false) };
    let mut any = false;
    for old in [old_id, old_phone].into_iter().flatten().filter(|old| *old != new_id) {
        events.push(same_person(number, &new_id, &old, true, at))?;
        any = true;
    }
    Ok(any)
}

/// `user_id_update`: a list of `{"user_id":{"previous":…,"current":…}}`.
pub(super) fn read_updates(
    number: &Envelope,
    value: &mut Value,
    events: &mut Events,
) -> Result<(), ParseError> {
    let Some(Value::Array(updates)) = value.get_mut("user_id_update") else { return Ok(()) };
    for update in updates {
        let at = json::moment(update, "timestamp");
        let mut id = |key| {
            let ids = update.get_mut("user_id")?;
            take_id(ids, key).filter(|id| is_user_id(id))
        };
        let event = match (id("previous"), id("current")) {
            (Some(old), Some(new)) if old != new => same_person(number, &new, &old, true, at),
            _ => not_understood(number, Rung::Direct, "user_id_update".to_owned(), None, update),
        };
        events.push(event)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_of_a_person_is_told_from_a_number() {
        for id in ["US.13491208655302741918", "DE.abcXYZ09", "US.ENT.11815799212886844830"] {
            assert!(is_user_id(id) && !is_phone(id), "{id}");
        }
        for odd in ["", "US.", "us.1", "USA.1", "US.1 2", "US.1/../x", "16505551234", "US", "US.ENT."] {
            assert!(!is_user_id(odd), "{odd}");
        }
        let long = format!("US.{}", "1".repeat(129));
        assert!(!is_user_id(&long));
        assert!(is_phone("16505551234") && !is_phone("+16505551234") && !is_phone("1234") && !is_phone(""));
    }
}
