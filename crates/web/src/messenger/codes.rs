//! The way in for whoever would rather not open a link: they type the code from the message.

use super::{
    door::{Door, enter},
    words,
};
use crate::{
    door::Web,
    refusal::Refusal,
    session::{Signed, Stranger},
    where_from::{From, languages},
};
use aside_app::RedeemError;
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct Code {
    code: String,
}

pub(super) async fn redeem(
    State(web): State<Web>,
    From(from): From,
    headers: HeaderMap,
    Signed(stranger, form): Signed<Stranger, Code>,
) -> Result<Response, Refusal> {
    let words = words::of(languages(&headers));
    let (status, why) = match web.app.redeem_code(form.code.trim(), from).await {
        Ok(secret) => return Ok(enter(&secret)),
        Err(RedeemError::Failed(error)) => return Err(error.into()),
        Err(RedeemError::TooMany) => (StatusCode::TOO_MANY_REQUESTS, words.too_many.1),
        // One answer for all the rest: whether a code ever existed is nobody's business.
        Err(_) => (StatusCode::UNPROCESSABLE_ENTITY, words.door_code_wrong),
    };
    Door { code_refused: Some(why), ..Door::closed(words, &stranger) }.page(status)
}
