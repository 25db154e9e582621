//! Events as text, with everything in clear: for snapshots alone.

use aside_channels::{Event, Inbound, Person, ThreadAddress};
use aside_model::Raw;
use std::fmt::Write;

pub(crate) fn shown(events: &[Inbound]) -> String {
    let mut out = String::new();
    for inbound in events {
        let Inbound { account, rung, event_key, at, event } = inbound;
        writeln!(out, "{} on {account} ({rung}) at {}", event.name(), at.0).unwrap();
        writeln!(out, "  key: {event_key}").unwrap();
        for (name, value) in fields(event) {
            writeln!(out, "  {name}: {value}").unwrap();
        }
    }
    out
}

fn fields(event: &Event) -> Vec<(&'static str, String)> {
    let raw = |raw: &Option<Raw>| raw.as_ref().map_or("-".to_owned(), |raw| raw.expose().to_owned());
    let some = |text: &Option<String>| text.clone().unwrap_or("-".to_owned());
    let person = |person: &Person| format!("{} {}", person.id.expose(), raw(&person.name));
    let thread = |t: &ThreadAddress| format!("{} (replies to {})", t.key.expose(), t.reply_to.expose());
    match event {
        Event::Message { from, provider_id, thread: t, text, attachments, in_reply_to } => vec![
            ("from", person(from)),
            ("id", provider_id.clone()),
            ("thread", thread(t)),
            ("text", raw(text)),
            ("attachments", attachments.join(" ")),
            ("in reply to", some(in_reply_to)),
        ],
        Event::Arrived { from, provider_id, thread: t, token } => vec![
            ("from", person(from)),
            ("id", provider_id.clone()),
            ("thread", thread(t)),
            ("token", raw(token)),
        ],
        Event::Edited { from, provider_id, thread: t, text, attachments } => vec![
            ("from", person(from)),
            ("id", provider_id.clone()),
            ("thread", thread(t)),
            ("text", raw(text)),
            ("attachments", attachments.join(" ")),
        ],
        Event::Removed { provider_id } => vec![("id", provider_id.clone())],
        Event::Visibility { provider_id, hidden } => {
            vec![("id", provider_id.clone()), ("hidden", hidden.to_string())]
        }
        Event::Echo { provider_id, thread: t, app } => vec![
            ("id", provider_id.clone()),
            ("thread", t.as_ref().map_or("-".to_owned(), thread)),
            ("app", some(app)),
        ],
        Event::Delivered { to, provider_ids, watermark } => vec![
            ("to", to.expose().to_owned()),
            ("ids", provider_ids.join(" ")),
            ("watermark", watermark.map_or("-".to_owned(), |at| at.0.to_string())),
        ],
        Event::Read { by, watermark } => {
            vec![("by", by.expose().to_owned()), ("watermark", watermark.0.to_string())]
        }
        Event::Status { provider_id, became } => {
            vec![("id", provider_id.clone()), ("became", format!("{became:?}"))]
        }
        Event::SamePerson { id, before, moved } => vec![
            ("id", id.expose().to_owned()),
            ("before", before.expose().to_owned()),
            ("moved", moved.to_string()),
        ],
        Event::NotUnderstood { kind, id } => vec![("kind", kind.clone()), ("id", some(id))],
    }
}
