//! The inbox: one list for all channels.

use super::desk::{Desk, Did};
use crate::{
    door::Web,
    refusal::Refusal,
    session::Agent,
    shown::{self, Label, Moment, Reach},
};
use aside_app::views::InboxPage;
use aside_model::{Author, ConversationState};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::{HeaderMap, StatusCode},
    response::{Html, IntoResponse, Response},
};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "console/inbox.html", blocks = ["lines"])]
pub(super) struct Inbox {
    pub(super) desk: Desk,
    pub(super) page: InboxPage,
    /// Address, name, whether it is shown now.
    pub(super) filters: [(&'static str, &'static str, bool); 4],
    pub(super) older: Option<String>,
    pub(super) nothing: &'static str,
}

#[derive(Deserialize)]
pub(super) struct Which {
    #[serde(default)]
    show: String,
    before: Option<String>,
}

pub(super) async fn show(
    State(web): State<Web>,
    agent: Agent,
    headers: HeaderMap,
    Query(which): Query<Which>,
    Query(did): Query<Did>,
) -> Result<Response, Refusal> {
    let desk = Desk::around(&web, &agent, "inbox", &did).await?;
    let (state, mine) = match which.show.as_str() {
        "mine" => (Some(ConversationState::Open), true),
        "closed" => (Some(ConversationState::Closed), false),
        "all" => (None, false),
        _ => (Some(ConversationState::Open), false),
    };
    let page = web.app.inbox(&agent.acting, state, mine, which.before.as_deref()).await?;
    let inbox = Inbox::of(desk, page, &which.show);
    if shown::part(&headers) == Some("lines") {
        return Ok(Html(inbox.as_lines().render()?).into_response());
    }
    shown::page(StatusCode::OK, &inbox)
}

impl Inbox {
    pub(super) fn of(desk: Desk, page: InboxPage, show: &str) -> Self {
        let current = if ["mine", "closed", "all"].contains(&show) { show } else { "" };
        let older = page.next.as_ref().map(|before| {
            let query = serde_urlencoded::to_string([("show", current), ("before", before)]);
            format!("/console?{}", query.unwrap_or_default())
        });
        Self {
            desk,
            page,
            filters: [
                ("/console", "Open", current.is_empty()),
                ("/console?show=mine", "Mine", current == "mine"),
                ("/console?show=closed", "Closed", current == "closed"),
                ("/console?show=all", "All", current == "all"),
            ],
            older,
            nothing: match current {
                "mine" => "You look after no open conversation. Take one from the open ones.",
                "closed" => "Nothing has been closed yet.",
                "all" => "No conversation yet. The first message on any channel brings one.",
                _ => "Nobody is waiting. New messages appear here by themselves.",
            },
        }
    }
}
