//! The Send API: `POST /{page}/messages`.

use super::{Answer, Refusal, Request};
use crate::{customer::LONGEST_DM, network::Network};
use serde_json::{Value, json};
use std::time::Duration;

/// How long after a person's last message a page may write.
const WINDOW: Duration = Duration::from_hours(24);
/// How long after a comment it may be answered in private.
const PRIVATE_REPLY_WINDOW: Duration = Duration::from_hours(7 * 24);

pub(super) fn send(network: &mut Network, request: &Request) -> Answer {
    if request.id != request.page {
        return Err(Refusal::NotThisPage);
    }
    let text =
        request.parameters.get("message").and_then(|message| message.get("text")).and_then(Value::as_str);
    let text = text.filter(|text| !text.is_empty());
    let text =
        text.ok_or(Refusal::Parameter("Message cannot be empty, must provide valid attachment or text"))?;
    if text.chars().count() > LONGEST_DM {
        return Err(Refusal::TooLong { what: "message[text]", longest: LONGEST_DM });
    }
    let recipient = request.parameters.get("recipient").and_then(Value::as_object);
    let recipient = recipient.ok_or(Refusal::Parameter("The parameter recipient is required"))?;
    let id = |key: &str| recipient.get(key).and_then(Value::as_str);
    let (psid, answers) = match (id("id"), id("comment_id")) {
        (Some(psid), None) => {
            let kind = request.parameters.get("messaging_type").and_then(Value::as_str);
            if !kind.is_some_and(|kind| ["RESPONSE", "UPDATE"].contains(&kind)) {
                return Err(Refusal::Parameter("The parameter messaging_type is required"));
            }
            may_write(network, &request.page, psid)?;
            (psid.to_owned(), None)
        }
        (None, Some(comment)) => (may_reply(network, &request.page, comment)?, Some(comment.to_owned())),
        _ => return Err(Refusal::Parameter("The parameter recipient must name one recipient")),
    };
    let mid = network.bring(&request.page, &psid, text, answers);
    Ok(json!({ "recipient_id": psid, "message_id": mid }))
}

fn may_write(network: &mut Network, page: &str, psid: &str) -> Result<(), Refusal> {
    let now = network.now();
    network.human(psid, page).ok_or(Refusal::NoSuchPerson)?;
    let thread = network.threads.get(&(page.to_owned(), psid.to_owned()));
    let thread = thread.ok_or(Refusal::NoSuchPerson)?;
    if thread.blocked {
        return Err(Refusal::PersonUnavailable);
    }
    match thread.heard_at {
        Some(heard_at) if now.since(heard_at) < WINDOW => Ok(()),
        _ => Err(Refusal::WindowClosed),
    }
}

/// Uses up a comment's private reply. The answer is its author's id in Messenger.
fn may_reply(network: &mut Network, page: &str, comment: &str) -> Result<String, Refusal> {
    let now = network.now();
    let found = network.comment(comment).ok().filter(|found| found.page == page);
    let found = found.ok_or(Refusal::NoSuchComment)?;
    let human = found.human.ok_or(Refusal::CannotReplyToPerson)?;
    if found.replied_privately {
        return Err(Refusal::AlreadyReplied);
    }
    if now.since(found.at) >= PRIVATE_REPLY_WINDOW {
        return Err(Refusal::ReplyExpired);
    }
    let psid = network.psid(human, page).map_err(|_| Refusal::NoSuchComment)?;
    if network.thread(page, &psid).blocked {
        return Err(Refusal::CannotReplyToPerson);
    }
    if let Ok(found) = network.comment(comment) {
        found.replied_privately = true;
    }
    Ok(psid)
}
