//! In and out.

use crate::{
    cookie,
    door::Web,
    refusal::Refusal,
    session::{Agent, Nothing, Signed, Stranger},
    shown,
    where_from::From,
};
use aside_app::SignInError;
use aside_model::Raw;
use askama::Template;
use axum::{
    extract::{Query, State},
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "console/sign_in.html")]
pub(super) struct SignInPage {
    pub(super) csrf: String,
    pub(super) to: String,
    pub(super) refused: Option<(&'static str, &'static str)>,
}

#[derive(Deserialize)]
pub(super) struct To {
    to: Option<String>,
}

pub(super) async fn show(
    agent: Result<Agent, Refusal>,
    stranger: Stranger,
    Query(To { to }): Query<To>,
) -> Result<Response, Refusal> {
    let to = inside(to.as_deref());
    if agent.is_ok() {
        return Ok(Redirect::to(&to).into_response());
    }
    shown::page(StatusCode::OK, &SignInPage { csrf: stranger.token.text(), to, refused: None })
}

#[derive(Deserialize)]
pub(super) struct SignIn {
    login: String,
    password: String,
    #[serde(default)]
    code: String,
    to: Option<String>,
}

pub(super) async fn sign_in(
    State(web): State<Web>,
    From(from): From,
    Signed(stranger, form): Signed<Stranger, SignIn>,
) -> Result<Response, Refusal> {
    let password = Raw::new(form.password);
    let to = inside(form.to.as_deref());
    let (status, refused) = match web.app.sign_in(form.login.trim(), &password, form.code.trim(), from).await
    {
        Ok(signed_in) => {
            let cookie = cookie::set(cookie::AGENT, &signed_in.secret.encode());
            return Ok(([(header::SET_COOKIE, cookie)], Redirect::to(&to)).into_response());
        }
        Err(error) => match refused(error) {
            Refusal::SignedOut => (
                StatusCode::UNAUTHORIZED,
                (
                    "Not signed in.",
                    "Login, password or code is wrong. A code works once: wait for the next one.",
                ),
            ),
            Refusal::TooMany => (
                StatusCode::TOO_MANY_REQUESTS,
                (
                    "Too many attempts.",
                    "Wait a few minutes, then try again. Ask your administrator if you have lost a factor.",
                ),
            ),
            other => return Err(other),
        },
    };
    shown::page(status, &SignInPage { csrf: stranger.token.text(), to, refused: Some(refused) })
}

/// Why somebody was not signed in. Which of the three was wrong is not said.
pub(crate) fn refused(error: SignInError) -> Refusal {
    match error {
        SignInError::Wrong => Refusal::SignedOut,
        SignInError::TooMany => Refusal::TooMany,
        SignInError::Failed(error) => error.into(),
    }
}

pub(super) async fn sign_out(
    State(web): State<Web>,
    Signed(agent, Nothing {}): Signed<Agent, Nothing>,
) -> Result<Response, Refusal> {
    web.app.sign_out(&agent.acting).await?;
    let gone = cookie::set(cookie::AGENT, "");
    Ok(([(header::SET_COOKIE, gone)], Redirect::to("/console/sign-in")).into_response())
}

/// A place in the console; never one elsewhere.
fn inside(to: Option<&str>) -> String {
    let to = to.unwrap_or_default();
    let plain = to.bytes().all(|b| b.is_ascii_alphanumeric() || b"/-_?=&".contains(&b));
    let ours = to == "/console" || (to.starts_with("/console/") && !to.contains("//"));
    if plain && ours && !to.starts_with("/console/sign-in") { to.to_owned() } else { "/console".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signing_in_leads_nowhere_but_into_the_console() {
        for (to, leads) in [
            ("/console/c/0190", "/console/c/0190"),
            ("https://evil.example", "/console"),
            ("//evil.example", "/console"),
            ("/console//evil.example", "/console"),
            ("/consoles", "/console"),
            ("/console/sign-in", "/console"),
            ("/console/\r\nX: y", "/console"),
        ] {
            assert_eq!(inside(Some(to)), leads);
        }
    }
}
