//! A session for a program.

use super::caller::{Body, Caller};
use crate::{
    console::refused,
    door::Web,
    refusal::{Problem, Refusal},
    where_from::From,
};
use aside_model::Raw;
use axum::{Json, extract::State, http::StatusCode};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
pub(super) struct SignIn {
    login: String,
    password: String,
    /// Six digits from the authenticator app; empty if none is set up.
    #[serde(default)]
    code: String,
}

#[derive(Serialize, ToSchema)]
pub(super) struct SignedIn {
    /// Send it as `Authorization: Bearer …`.
    token: String,
    /// The agent's name.
    name: String,
    /// `agent`, `privacy_officer` or `administrator`.
    role: &'static str,
}

/// Signs an agent in and gives a token.
#[utoipa::path(
    post,
    path = "/api/v1/sign-in",
    security(()),
    request_body = SignIn,
    responses(
        (status = 200, body = SignedIn),
        (status = 401, description = "Login, password or code is wrong", body = Problem, content_type = "application/problem+json"),
        (status = 429, description = "Too many attempts", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn sign_in(
    State(web): State<Web>,
    From(from): From,
    Body(form): Body<SignIn>,
) -> Result<Json<SignedIn>, Refusal> {
    let password = Raw::new(form.password);
    let signed_in =
        web.app.sign_in(form.login.trim(), &password, form.code.trim(), from).await.map_err(refused)?;
    Ok(Json(SignedIn {
        token: signed_in.secret.encode(),
        name: signed_in.acting.name,
        role: signed_in.acting.role.name(),
    }))
}

/// Ends the session.
#[utoipa::path(post, path = "/api/v1/sign-out", responses((status = 204)))]
pub(super) async fn sign_out(State(web): State<Web>, Caller(acting): Caller) -> Result<StatusCode, Refusal> {
    web.app.sign_out(&acting).await?;
    Ok(StatusCode::NO_CONTENT)
}
