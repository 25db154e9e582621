//! The channels and their standing notices.

use super::desk::{Desk, Did};
use crate::{
    door::Web,
    refusal::Refusal,
    session::Agent,
    shown::{self, Label, Moment, Reach},
};
use aside_app::views::ChannelView;
use askama::Template;
use axum::{extract::State, http::StatusCode, response::Response};

#[derive(Template)]
#[template(path = "console/channels.html")]
pub(super) struct Channels {
    pub(super) desk: Desk,
    pub(super) channels: Vec<ChannelView>,
}

pub(super) async fn show(State(web): State<Web>, agent: Agent) -> Result<Response, Refusal> {
    let desk = Desk::around(&web, &agent, "channels", &Did::default()).await?;
    let channels = web.app.channel_views(&agent.acting).await?;
    shown::page(StatusCode::OK, &Channels { desk, channels })
}
