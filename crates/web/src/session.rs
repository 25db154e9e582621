//! Who is asking, and whether the form in their hand is ours: what every handler that changes something
//! takes.

use crate::{cookie, door::Web, refusal::Refusal};
use aside_app::{Acting, Visiting};
use aws_lc_rs::hmac;
use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Request},
    http::{HeaderMap, StatusCode, header, request::Parts},
};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use serde::{Deserialize, de::DeserializeOwned};

/// The form token of one session. Lives as long as the session and this process.
#[derive(Clone)]
pub(crate) struct Token(String);

impl Token {
    /// HMAC-SHA256 over the session's secret under the process's key.
    fn of(web: &Web, who: &str, secret: &str) -> Self {
        let tag = hmac::sign(&key(web), &message(who, secret));
        Self(BASE64_URL_SAFE_NO_PAD.encode(tag.as_ref()))
    }

    /// As the form carries it.
    pub(crate) fn text(&self) -> String {
        self.0.clone()
    }

    /// Compared in constant time.
    fn is(&self, shown: &str) -> bool {
        aws_lc_rs::constant_time::verify_slices_are_equal(self.0.as_bytes(), shown.as_bytes()).is_ok()
    }
}

fn key(web: &Web) -> hmac::Key {
    hmac::Key::new(hmac::HMAC_SHA256, &web.settings.csrf_key)
}

fn message(who: &str, secret: &str) -> Vec<u8> {
    [b"aside form token\x01", who.as_bytes(), b"\0", secret.as_bytes()].concat()
}

/// Somebody whose forms can be told from others'.
pub(crate) trait Session: FromRequestParts<Web, Rejection = Refusal> + Send {
    /// The token that their forms carry.
    fn token(&self) -> &Token;
}

/// A signed-in agent.
pub(crate) struct Agent {
    /// Who they are.
    pub(crate) acting: Acting,
    /// What their forms carry.
    pub(crate) token: Token,
}

impl FromRequestParts<Web> for Agent {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Refusal> {
        let secret = cookie::read(&parts.headers, cookie::AGENT).ok_or(Refusal::SignedOut)?;
        let acting = web.app.acting(secret).await?.ok_or(Refusal::SignedOut)?;
        Ok(Self { acting, token: Token::of(web, "agent", secret) })
    }
}

impl Session for Agent {
    fn token(&self) -> &Token {
        &self.token
    }
}

/// A customer in the messenger.
pub(crate) struct Customer {
    /// Which conversation, on which device.
    pub(crate) visiting: Visiting,
    /// What their forms carry.
    pub(crate) token: Token,
}

impl FromRequestParts<Web> for Customer {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Refusal> {
        let secret = cookie::read(&parts.headers, cookie::CUSTOMER).ok_or(Refusal::SignedOut)?;
        let visiting = web.app.visiting(secret).await?.ok_or(Refusal::SignedOut)?;
        Ok(Self { visiting, token: Token::of(web, "customer", secret) })
    }
}

impl Session for Customer {
    fn token(&self) -> &Token {
        &self.token
    }
}

/// Whoever has no session yet: signs in, opens a link. Their token says no more than that the form was
/// read from this process; that it was sent from our own page is checked before.
pub(crate) struct Stranger {
    /// What their forms carry.
    pub(crate) token: Token,
}

impl FromRequestParts<Web> for Stranger {
    type Rejection = Refusal;

    async fn from_request_parts(_: &mut Parts, web: &Web) -> Result<Self, Refusal> {
        Ok(Self { token: Token::of(web, "stranger", "") })
    }
}

impl Session for Stranger {
    fn token(&self) -> &Token {
        &self.token
    }
}

/// A form that was posted with its session and the session's token. Without both, nothing of it is read.
pub(crate) struct Signed<S, T>(pub(crate) S, pub(crate) T);

#[derive(Deserialize)]
struct TokenAlone {
    #[serde(default)]
    csrf: String,
}

impl<S: Session, T: DeserializeOwned> FromRequest<Web> for Signed<S, T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, web: &Web) -> Result<Self, Refusal> {
        let (who, headers, body) = read::<S>(request, web).await?;
        if !is_kind(&headers, "application/x-www-form-urlencoded") {
            return Err(Refusal::Other(StatusCode::UNSUPPORTED_MEDIA_TYPE));
        }
        // The token first: a form without one learns nothing about its fields.
        let shown = serde_urlencoded::from_bytes::<TokenAlone>(&body).map_err(|_| Refusal::StaleForm)?;
        if !who.token().is(&shown.csrf) {
            return Err(Refusal::StaleForm);
        }
        let form = serde_urlencoded::from_bytes(&body).map_err(|_| {
            Refusal::Invalid("A field is missing or unreadable. Go back and fill it in.".into())
        })?;
        Ok(Self(who, form))
    }
}

/// JSON that a script of ours posted: the token comes in the header `Aside-Csrf`.
pub(crate) struct SignedJson<S, T>(pub(crate) S, pub(crate) T);

impl<S: Session, T: DeserializeOwned> FromRequest<Web> for SignedJson<S, T> {
    type Rejection = Refusal;

    async fn from_request(request: Request, web: &Web) -> Result<Self, Refusal> {
        let (who, headers, body) = read::<S>(request, web).await?;
        let shown = headers.get("aside-csrf").and_then(|value| value.to_str().ok()).unwrap_or_default();
        if !who.token().is(shown) {
            return Err(Refusal::StaleForm);
        }
        if !is_kind(&headers, "application/json") {
            return Err(Refusal::Other(StatusCode::UNSUPPORTED_MEDIA_TYPE));
        }
        let form = serde_json::from_slice(&body)
            .map_err(|_| Refusal::Invalid("The body is not the JSON that is expected here.".into()))?;
        Ok(Self(who, form))
    }
}

async fn read<S: Session>(request: Request, web: &Web) -> Result<(S, HeaderMap, Bytes), Refusal> {
    let (mut parts, body) = request.into_parts();
    let who = S::from_request_parts(&mut parts, web).await?;
    let headers = parts.headers.clone();
    let body =
        Bytes::from_request(Request::from_parts(parts, body), web).await.map_err(|_| Refusal::TooLarge)?;
    Ok((who, headers, body))
}

fn is_kind(headers: &HeaderMap, kind: &str) -> bool {
    let found = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    found.split(';').next().is_some_and(|found| found.trim().eq_ignore_ascii_case(kind))
}

/// A form with nothing in it but its token.
#[derive(Deserialize)]
pub(crate) struct Nothing {}

/// An id in an address; anything that is none names nothing.
pub(crate) fn id<T: std::str::FromStr>(text: &str) -> Result<T, Refusal> {
    text.parse().map_err(|_| Refusal::NotFound)
}
