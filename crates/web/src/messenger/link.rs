//! The one-time link. Opening it changes nothing, so that link previews burn nothing; pressing "continue"
//! redeems it.

use super::{
    door::{Door, enter},
    words::{self, Words},
};
use crate::{
    door::Web,
    refusal::Refusal,
    session::{Customer, Nothing, Signed, Stranger},
    shown,
    where_from::languages,
};
use aside_app::{RedeemError, views::LinkStatus};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Redirect, Response},
};

#[derive(Template)]
#[template(path = "messenger/landing.html")]
pub(super) struct Landing {
    pub(super) words: &'static Words,
    pub(super) brand: String,
    pub(super) link: String,
    pub(super) csrf: String,
}

pub(super) async fn show(
    State(web): State<Web>,
    stranger: Stranger,
    Path(link): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let words = words::of(languages(&headers));
    match web.app.link_status(&link).await? {
        LinkStatus::Open { brand, language } => {
            let words = words::of(language);
            shown::page(StatusCode::OK, &Landing { words, brand, link, csrf: stranger.token.text() })
        }
        LinkStatus::Used => Door::because(words, &stranger, words.link_used).page(StatusCode::GONE),
        LinkStatus::Expired => Door::because(words, &stranger, words.link_expired).page(StatusCode::GONE),
        LinkStatus::Unknown => {
            Door::because(words, &stranger, words.link_unknown).page(StatusCode::NOT_FOUND)
        }
    }
}

pub(super) async fn redeem(
    State(web): State<Web>,
    Path(link): Path<String>,
    headers: HeaderMap,
    customer: Result<Customer, Refusal>,
    Signed(stranger, Nothing {}): Signed<Stranger, Nothing>,
) -> Result<Response, Refusal> {
    let words = words::of(languages(&headers));
    let (status, why) = match web.app.redeem(&link).await {
        Ok(secret) => return Ok(enter(&secret)),
        Err(RedeemError::Used) if came_in(&web, customer, &link).await? => {
            return Ok(Redirect::to("/c").into_response());
        }
        Err(RedeemError::Used) => (StatusCode::GONE, words.link_used),
        Err(RedeemError::Expired) => (StatusCode::GONE, words.link_expired),
        Err(RedeemError::Unknown) => (StatusCode::NOT_FOUND, words.link_unknown),
        Err(RedeemError::TooMany) => return Err(Refusal::TooMany),
        Err(RedeemError::Failed(error)) => return Err(error.into()),
    };
    Door::because(words, &stranger, why).page(status)
}

/// Whether this device is in the conversation that the link leads to: a button pressed twice is no reason to
/// turn somebody away from where they are already.
async fn came_in(web: &Web, customer: Result<Customer, Refusal>, link: &str) -> Result<bool, Refusal> {
    let Ok(customer) = customer else { return Ok(false) };
    Ok(web.app.leads_to(link, &customer.visiting).await?)
}
