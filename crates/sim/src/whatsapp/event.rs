//! What WhatsApp tells about, in the shapes of `crates/channels/fixtures/whatsapp`.

use super::config::{Number, Shows};
use aside_model::Time;
use serde_json::{Value, json};

/// An event that waits for its delivery.
#[derive(Clone, PartialEq, Debug)]
pub(crate) struct Event {
    /// The number that it is about; empty for the account as a whole.
    pub(crate) number: String,
    /// Whom it is about, by their place among the people.
    pub(crate) person: String,
    /// The change: `{"field":…,"value":…}`.
    pub(crate) change: Value,
}

/// What is told of a person in a message.
pub(crate) struct Told<'a> {
    pub(crate) shows: Shows,
    pub(crate) phone: &'a str,
    pub(crate) user_id: &'a str,
    pub(crate) name: &'a str,
}

impl Told<'_> {
    /// Writes the person's addresses into an object under these names.
    fn write_into(&self, object: &mut Value, phone: &str, user_id: &str) {
        if self.shows != Shows::Id {
            object[phone] = json!(self.phone);
        }
        if self.shows != Shows::Phone {
            object[user_id] = json!(self.user_id);
        }
    }
}

fn seconds(at: Time) -> String {
    (at.millis() / 1_000).to_string()
}

/// A value about one number.
fn about(number: &Number) -> Value {
    json!({
        "messaging_product": "whatsapp",
        "metadata": { "display_phone_number": number.display, "phone_number_id": number.id },
    })
}

/// Something that a person wrote: `content` under the name of its `kind`.
pub(crate) fn message(
    number: &Number,
    person: usize,
    told: &Told<'_>,
    (id, at): (&str, Time),
    (kind, content): (&str, Value),
    context: Option<&str>,
) -> Event {
    let mut contact = json!({ "profile": { "name": told.name } });
    told.write_into(&mut contact, "wa_id", "user_id");
    let mut message = json!({ "id": id, "timestamp": seconds(at), "type": kind, kind: content });
    told.write_into(&mut message, "from", "from_user_id");
    if let Some(answered) = context {
        message["context"] = json!({ "from": number.display, "id": answered });
    }
    let mut value = about(number);
    value["contacts"] = json!([contact]);
    value["messages"] = json!([message]);
    event(number, person, "messages", &value)
}

/// What became of a message of the business.
pub(crate) fn status(
    number: &Number,
    person: usize,
    told: &Told<'_>,
    (id, at): (&str, Time),
    (word, error): (&str, Option<i64>),
) -> Event {
    let mut status = json!({ "id": id, "status": word, "timestamp": seconds(at) });
    told.write_into(&mut status, "recipient_id", "recipient_user_id");
    if let Some(code) = error {
        let details = format!("To {}: as documented for this number.", told.phone);
        status["errors"] = json!([{
            "code": code,
            "title": "Message failed",
            "message": "Message failed",
            "error_data": { "details": details },
            "href": "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/",
        }]);
    } else {
        status["pricing"] = json!({ "billable": false, "pricing_model": "PMP", "category": "service", "type": "free_customer_service" });
    }
    let mut value = about(number);
    value["statuses"] = json!([status]);
    event(number, person, "messages", &value)
}

/// Somebody changed their telephone number, and got another id with it.
pub(crate) fn moved(
    number: &Number,
    person: usize,
    (old, new): (&Told<'_>, &Told<'_>),
    (id, at): (&str, Time),
) -> Event {
    let is_hidden = new.shows == Shows::Id;
    let kind = if is_hidden { "user_changed_user_id" } else { "user_changed_number" };
    let mut system = json!({ "type": kind });
    if is_hidden {
        system["body"] = json!(format!("User {} changed their user id", new.name));
    } else {
        system["body"] = json!(format!("User {} changed from {} to {}", new.name, old.phone, new.phone));
    }
    new.write_into(&mut system, "wa_id", "user_id");
    if old.shows != Shows::Phone {
        system["previous_user_id"] = json!(old.user_id);
    }
    let mut message = json!({ "id": id, "timestamp": seconds(at), "type": "system", "system": system });
    old.write_into(&mut message, "from", "from_user_id");
    let mut value = about(number);
    value["messages"] = json!([message]);
    event(number, person, "messages", &value)
}

/// Something that the business wrote in its own app.
pub(crate) fn echo(
    number: &Number,
    person: usize,
    told: &Told<'_>,
    (id, at): (&str, Time),
    text: &str,
) -> Event {
    let mut echo = json!({
        "from": number.display, "id": id, "timestamp": seconds(at), "type": "text", "text": { "body": text },
    });
    told.write_into(&mut echo, "to", "to_user_id");
    let mut value = about(number);
    value["message_echoes"] = json!([echo]);
    event(number, person, "smb_message_echoes", &value)
}

/// News about the account as a whole.
pub(crate) fn news(field: &str, value: &Value) -> Event {
    let change = json!({ "field": field, "value": value });
    Event { number: String::new(), person: String::new(), change }
}

fn event(number: &Number, person: usize, field: &str, value: &Value) -> Event {
    let change = json!({ "value": value, "field": field });
    Event { number: number.id.clone(), person: person.to_string(), change }
}

/// The body of a webhook.
pub(crate) fn body(business: &str, events: &[Event]) -> Value {
    let changes: Vec<Value> = events.iter().map(|event| event.change.clone()).collect();
    json!({ "object": "whatsapp_business_account", "entry": [{ "id": business, "changes": changes }] })
}
