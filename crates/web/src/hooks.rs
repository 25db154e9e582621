//! `/hooks/{network}/{connection}`: what networks post to. The raw bytes go to the use case untouched, for
//! the signature is over them; the answer is 200 only after everything that they caused is durable.

use crate::{door::Web, refusal::Refusal};
use aside_app::{App, HookError, TakenIn};
use aside_model::sabotage::{self, Switch};
use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, Path, RawQuery, State},
    http::{HeaderMap, StatusCode},
    response::{IntoResponse, Response},
    routing::get,
};

pub(crate) fn routes() -> Router<Web> {
    Router::new()
        .route("/hooks/{network}/{connection}", get(handshake).post(take_in))
        // Networks escape text, up to six bytes for a character, so a full batch is long.
        .layer(DefaultBodyLimit::max(TakenIn::MOST_BYTES))
}

/// The network asks whether we are who it thinks.
async fn handshake(
    State(web): State<Web>,
    Path((network, connection)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Result<String, Refusal> {
    let query = query.unwrap_or_default();
    web.app.hook_handshake(&network, &connection, &query).await.map_err(refusal)
}

async fn take_in(
    State(web): State<Web>,
    Path((network, connection)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refusal> {
    let signature = App::signature_header(&network)
        .and_then(|name| headers.get(name))
        .map(|value| value.to_str().unwrap_or("unreadable"));
    let signature = signature.map(str::to_owned);
    if sabotage::on(Switch::AnswerBeforeCommit) {
        tokio::spawn(async move {
            if web.app.take_in(&network, &connection, signature.as_deref(), body).await.is_err() {
                tracing::warn!("a webhook was answered but not taken");
            }
        });
        return Ok(StatusCode::OK.into_response());
    }
    web.app.take_in(&network, &connection, signature.as_deref(), body).await.map_err(refusal)?;
    Ok(StatusCode::OK.into_response())
}

fn refusal(error: HookError) -> Refusal {
    match error {
        HookError::Busy => Refusal::Busy,
        HookError::Unavailable(why) => Refusal::Unavailable(why),
        HookError::UnknownConnection => Refusal::NotFound,
        HookError::BadSignature => Refusal::Denied("The signature does not match.".into()),
        HookError::Failed(why) => Refusal::Failed(why),
        HookError::Malformed => Refusal::Other(StatusCode::BAD_REQUEST),
    }
}
