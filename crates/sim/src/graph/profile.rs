//! What a page shows before anybody writes: the Messenger profile's greeting, and the page itself.

use super::{Answer, Refusal, Request};
use crate::network::{Network, Page};
use serde_json::{Value, json};
use std::time::Duration;

/// The Messenger Profile API takes so many calls of a page …
const CALLS: u32 = 10;
/// … in this time.
const PER: Duration = Duration::from_mins(10);
/// The longest greeting.
const LONGEST_GREETING: usize = 160;

fn page<'a>(network: &'a mut Network, request: &Request) -> Result<&'a mut Page, Refusal> {
    if request.id != request.page {
        return Err(Refusal::NotThisPage);
    }
    let now = network.now();
    let page = network.pages.get_mut(&request.page).ok_or(Refusal::NoSuchObject)?;
    let (percent, _) = page.profile_calls.take(now, CALLS, PER);
    if percent > 100 { Err(Refusal::ProfileQuotaUsedUp) } else { Ok(page) }
}

/// `GET /{page}/messenger_profile?fields=greeting`
pub(super) fn read(network: &mut Network, request: &Request) -> Answer {
    let page = page(network, request)?;
    let data = if page.greeting.is_empty() { json!([]) } else { json!([{ "greeting": page.greeting }]) };
    Ok(json!({ "data": data }))
}

/// `POST /{page}/messenger_profile` with `greeting`
pub(super) fn write(network: &mut Network, request: &Request) -> Answer {
    let page = page(network, request)?;
    let greetings = request.parameters.get("greeting").and_then(Value::as_array);
    let greetings = greetings.ok_or(Refusal::Parameter("The parameter greeting is required"))?;
    let text = |one: &Value, key: &str| one.get(key).and_then(Value::as_str).map(str::to_owned);
    if !greetings.iter().any(|one| text(one, "locale").as_deref() == Some("default")) {
        return Err(Refusal::Parameter("A greeting for the default locale is required"));
    }
    for one in greetings {
        let text = text(one, "text").ok_or(Refusal::Parameter("A greeting needs a text"))?;
        if text.chars().count() > LONGEST_GREETING {
            return Err(Refusal::TooLong { what: "greeting[text]", longest: LONGEST_GREETING });
        }
    }
    page.greeting.clone_from(greetings);
    Ok(json!({ "result": "success" }))
}

/// `GET /{page or comment}?fields=…`
pub(super) fn object(network: &mut Network, request: &Request) -> Answer {
    let fields = request.parameters.get("fields").and_then(Value::as_str).unwrap_or_default();
    let asked = |field: &str| fields.split(',').any(|one| one.trim() == field);
    let mut object = json!({ "id": request.id });
    if let Some(page) = network.pages.get(&request.id) {
        if asked("name") {
            object["name"] = json!(page.name);
        }
        if let Some(about) = page.about.as_ref().filter(|_| asked("about")) {
            object["about"] = json!(about);
        }
        return Ok(object);
    }
    let comment = network.comment(&request.id).map_err(|_| Refusal::NoSuchObject)?;
    if comment.page != request.page {
        return Err(Refusal::NotThisPage);
    }
    if asked("is_hidden") {
        object["is_hidden"] = json!(comment.hidden);
    }
    if asked("can_reply_privately") {
        object["can_reply_privately"] = json!(comment.human.is_some() && !comment.replied_privately);
    }
    Ok(object)
}
