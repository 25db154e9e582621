//! Comments: `POST /{post or comment}/comments`, and `POST /{comment}` with `is_hidden`.

use super::{Answer, Refusal, Request};
use crate::network::Network;
use serde_json::{Value, json};

/// The longest comment. The vendor documents none; clients agree on this one.
const LONGEST_COMMENT: usize = 8_000;
/// The longest text about a page.
const LONGEST_ABOUT: usize = 255;

pub(super) fn reply(network: &mut Network, request: &Request) -> Answer {
    let page_of = network.posts.get(&request.id).or_else(|| Some(&network.comments.get(&request.id)?.page));
    match page_of {
        None => return Err(Refusal::NoSuchObject),
        Some(page) if *page != request.page => return Err(Refusal::NotThisPage),
        Some(_) => {}
    }
    let text = request.parameters.get("message").and_then(Value::as_str).filter(|text| !text.is_empty());
    let text = text.ok_or(Refusal::Parameter("The parameter message is required"))?;
    if text.chars().count() > LONGEST_COMMENT {
        return Err(Refusal::TooLong { what: "message", longest: LONGEST_COMMENT });
    }
    let id = network.add_comment(&request.id, None, text, None).map_err(|_| Refusal::NoSuchObject)?;
    Ok(json!({ "id": id }))
}

/// Changes a comment or a page.
pub(super) fn object(network: &mut Network, request: &Request) -> Answer {
    if request.id == request.page {
        return about(network, request);
    }
    let comment = network.comment(&request.id).map_err(|_| Refusal::NoSuchObject)?;
    if comment.page != request.page {
        return Err(Refusal::NotThisPage);
    }
    let hidden = match request.parameters.get("is_hidden") {
        Some(Value::Bool(hidden)) => *hidden,
        Some(Value::String(text)) if text == "true" || text == "false" => text == "true",
        _ => return Err(Refusal::Parameter("The parameter is_hidden must be a boolean")),
    };
    if comment.human.is_none() {
        return Err(Refusal::Parameter("A page cannot hide its own comments"));
    }
    if comment.hidden != hidden {
        comment.hidden = hidden;
        network.tell_of_comment(&request.id, if hidden { "hide" } else { "unhide" });
    }
    Ok(json!({ "success": true }))
}

fn about(network: &mut Network, request: &Request) -> Answer {
    let text = request.parameters.get("about").and_then(Value::as_str);
    let text = text.ok_or(Refusal::Parameter("Nothing to change"))?;
    if text.chars().count() > LONGEST_ABOUT {
        return Err(Refusal::TooLong { what: "about", longest: LONGEST_ABOUT });
    }
    if let Some(page) = network.pages.get_mut(&request.page) {
        page.about = Some(text.to_owned());
    }
    Ok(json!({ "success": true }))
}
