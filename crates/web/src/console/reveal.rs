//! Opening a value: a purpose first, then the value, once, for seconds.

use super::desk::{Desk, Did};
use crate::{
    door::Web,
    refusal::Refusal,
    session::{Agent, Signed, id},
    shown::{self, Label},
};
use aside_app::RevealAnswer;
use aside_model::Purpose;
use askama::Template;
use axum::{
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use serde::Deserialize;

/// What the page shows.
pub(super) enum Answer<'a> {
    /// The value, for so long.
    Opened { value: &'a str, label: &'static str, seconds: u32 },
    /// Why not.
    Denied { why: String },
}

#[derive(Template)]
#[template(path = "console/revealed.html", blocks = ["opened"])]
pub(super) struct Revealed<'a> {
    pub(super) desk: Desk,
    pub(super) answer: Answer<'a>,
    pub(super) purpose: Purpose,
    pub(super) at: String,
}

#[derive(Deserialize)]
pub(super) struct Reveal {
    value: String,
    purpose: String,
}

pub(super) async fn open(
    State(web): State<Web>,
    Path(conversation): Path<String>,
    headers: HeaderMap,
    Signed(agent, form): Signed<Agent, Reveal>,
) -> Result<Response, Refusal> {
    let conversation = id(&conversation)?;
    let purpose: Purpose =
        form.purpose.parse().map_err(|_| Refusal::Invalid("Choose a purpose first.".to_owned()))?;
    let desk = Desk::around(&web, &agent, "inbox", &Did::default()).await?;
    let at = format!("/console/c/{conversation}");
    let opened = web.app.reveal(&agent.acting, conversation, id(&form.value)?, purpose).await?;
    let (status, answer, seconds) = match &opened {
        RevealAnswer::Opened { value, label, seconds } => (
            StatusCode::OK,
            Answer::Opened { value: value.expose(), label, seconds: *seconds },
            Some(*seconds),
        ),
        RevealAnswer::Denied(why) => (StatusCode::FORBIDDEN, Answer::Denied { why: why.clone() }, None),
    };
    let page = Revealed { desk, answer, purpose, at };
    if shown::part(&headers) == Some("opened") {
        let part = Html(page.as_opened().render()?);
        return Ok((status, axum::Extension(shown::Designed), part).into_response());
    }
    let mut response = shown::page(status, &page)?;
    if let Some(seconds) = seconds {
        // Where no script takes the value away again, the browser leaves the page by itself.
        let leave = HeaderValue::from_str(&format!("{seconds}; url={}", page.at));
        response.headers_mut().insert(header::REFRESH, leave.expect("an id and a number are ASCII"));
    }
    Ok(response)
}
