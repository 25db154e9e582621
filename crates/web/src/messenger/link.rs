//! The one-time link. Opening it changes nothing, so that link previews burn nothing; pressing "continue"
//! redeems it.

use super::{
    door::{Door, enter},
    words::{self, Words},
};
use crate::{
    door::Web,
    refusal::Refusal,
    session::{Nothing, Signed, Stranger},
    shown,
    where_from::languages,
};
use aside_app::{RedeemError, views::LinkStatus};
use askama::Template;
use axum::{
    extract::{Path, State},
    http::{HeaderMap, StatusCode},
    response::Response,
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
    Signed(stranger, Nothing {}): Signed<Stranger, Nothing>,
) -> Result<Response, Refusal> {
    let words = words::of(languages(&headers));
    let (status, why) = match web.app.redeem(&link).await {
        Ok(secret) => return Ok(enter(&secret)),
        Err(RedeemError::Used) => (StatusCode::GONE, words.link_used),
        Err(RedeemError::Expired) => (StatusCode::GONE, words.link_expired),
        Err(RedeemError::Unknown) => (StatusCode::NOT_FOUND, words.link_unknown),
        Err(RedeemError::TooMany) => return Err(Refusal::TooMany),
        Err(RedeemError::Failed(error)) => return Err(error.into()),
    };
    Door::because(words, &stranger, why).page(status)
}
