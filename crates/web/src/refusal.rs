//! What goes wrong, worded once: a page for people, a problem document (RFC 9457) for programs.

use crate::{
    messenger::words,
    shown::Designed,
    where_from::{is_api, is_console, is_messenger, languages},
};
use aside_app::AppError;
use aside_model::Language;
use askama::Template;
use axum::{
    extract::Request,
    http::{HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{Html, IntoResponse, Redirect, Response},
};
use serde::Serialize;
use utoipa::ToSchema;

/// A request that was not carried out.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Refusal {
    /// No valid session, or none at all.
    SignedOut,
    /// Whoever asked may not; the text says why.
    Denied(String),
    /// The request came from a foreign page, or its form is older than the session.
    StaleForm,
    /// There is no such thing here.
    NotFound,
    /// What was sent makes no sense; the text says why.
    Invalid(String),
    /// It makes sense, but not now; the text says why.
    NotNow(String),
    /// The body is too large.
    TooLarge,
    /// Too many attempts.
    TooMany,
    /// Too much at once.
    Busy,
    /// The database does not answer; the text is for the log alone.
    Unavailable(String),
    /// Something broke; the text is for the log alone.
    Failed(String),
    /// Something that a framework refused, by status.
    Other(StatusCode),
}

impl Refusal {
    pub(crate) fn status(&self) -> StatusCode {
        match self {
            Refusal::SignedOut => StatusCode::UNAUTHORIZED,
            Refusal::Denied(_) | Refusal::StaleForm => StatusCode::FORBIDDEN,
            Refusal::NotFound => StatusCode::NOT_FOUND,
            Refusal::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Refusal::NotNow(_) => StatusCode::CONFLICT,
            Refusal::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Refusal::TooMany => StatusCode::TOO_MANY_REQUESTS,
            Refusal::Busy | Refusal::Unavailable(_) => StatusCode::SERVICE_UNAVAILABLE,
            Refusal::Failed(_) => StatusCode::INTERNAL_SERVER_ERROR,
            Refusal::Other(status) => *status,
        }
    }

    fn of_status(status: StatusCode) -> Self {
        match status {
            StatusCode::UNAUTHORIZED => Refusal::SignedOut,
            StatusCode::NOT_FOUND => Refusal::NotFound,
            StatusCode::PAYLOAD_TOO_LARGE => Refusal::TooLarge,
            StatusCode::TOO_MANY_REQUESTS => Refusal::TooMany,
            StatusCode::SERVICE_UNAVAILABLE => Refusal::Busy,
            StatusCode::INTERNAL_SERVER_ERROR => Refusal::Failed(String::new()),
            other => Refusal::Other(other),
        }
    }

    /// A heading, and what it means and what to do, for agents and programs.
    fn said(&self) -> (&'static str, String) {
        let (title, text) = match self {
            Refusal::SignedOut => {
                ("Signed out", "There is no valid session. Sign in; what you sent was not carried out.")
            }
            Refusal::Denied(why) => return ("Not allowed", why.clone()),
            Refusal::StaleForm => (
                "This form is out of date",
                "It was opened before you signed in, or did not come from this site. Nothing was done. Go back, load the page again and repeat it.",
            ),
            Refusal::NotFound => {
                ("Not found", "There is nothing here, or it is not yours to see. It may have been erased.")
            }
            Refusal::Invalid(why) => return ("Not understood", why.clone()),
            Refusal::NotNow(why) => return ("Not now", why.clone()),
            Refusal::TooLarge => {
                ("Too large", "More was sent than is taken at once. Nothing was kept. Send less.")
            }
            Refusal::TooMany => ("Too many attempts", "Wait a few minutes, then try again."),
            Refusal::Busy => {
                ("Busy", "Too much is going on at once. Nothing was done; try again in a moment.")
            }
            Refusal::Unavailable(_) => (
                "The database does not answer",
                "Nothing can be read or kept until it does. What you sent may not have been kept: look before you repeat it, in a minute. The program goes on by itself once the database is back.",
            ),
            Refusal::Failed(_) => (
                "Something broke",
                "The fault is on this side and was written to the log. Nothing was half done; try again, and tell the operator if it stays.",
            ),
            Refusal::Other(StatusCode::METHOD_NOT_ALLOWED) => (
                "Not understood",
                "This address does not take that kind of request. Go back and use the page's own buttons.",
            ),
            Refusal::Other(_) => ("Not understood", "What was sent is not what this address takes."),
        };
        (title, text.to_owned())
    }
}

impl From<AppError> for Refusal {
    fn from(error: AppError) -> Self {
        match error {
            AppError::Denied(why) => Refusal::Denied(why),
            AppError::Invalid(why) => Refusal::Invalid(why),
            AppError::NotFound => Refusal::NotFound,
            AppError::Busy => Refusal::Busy,
            AppError::Unavailable(why) => Refusal::Unavailable(why),
            AppError::Failed(why) => Refusal::Failed(why),
        }
    }
}

impl From<askama::Error> for Refusal {
    fn from(error: askama::Error) -> Self {
        Refusal::Failed(format!("a page did not render: {error}"))
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        if let Refusal::Failed(why) = &self {
            tracing::error!(why, "a request failed");
        }
        if let Refusal::Unavailable(why) = &self {
            tracing::warn!(why, "a request found no database");
        }
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// What programs get instead of an answer (RFC 9457).
#[derive(Serialize, ToSchema, Debug)]
pub(crate) struct Problem {
    /// `about:blank`: the status says it all.
    #[serde(rename = "type")]
    kind: &'static str,
    /// What happened.
    title: &'static str,
    /// The HTTP status.
    status: u16,
    /// What it means and what to do.
    detail: String,
}

/// Gives every error its face: a problem document, or a page in the right language.
pub(crate) async fn dress(request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let language = languages(request.headers());
    let wants_page = request.method() == Method::GET && !request.headers().contains_key("aside-part");
    let response = next.run(request).await;
    let status = response.status();
    let failed = status.is_client_error() || status.is_server_error();
    if !failed || response.extensions().get::<Designed>().is_some() {
        return response;
    }
    let refusal =
        response.extensions().get::<Refusal>().cloned().unwrap_or_else(|| Refusal::of_status(status));
    if is_console(&path) {
        if refusal == Refusal::SignedOut && wants_page && path != "/console/events" {
            let to = serde_urlencoded::to_string([("to", &path)]).unwrap_or_default();
            return Redirect::to(&format!("/console/sign-in?{to}")).into_response();
        }
        return (status, page(&refusal, "/console", "To the inbox")).into_response();
    }
    if is_messenger(&path) {
        return (status, customer_page(&refusal, language)).into_response();
    }
    if wants_page && !is_api(&path) && !path.starts_with("/hooks") && !path.starts_with("/.well-known") {
        return (status, page(&refusal, "/", "To the start")).into_response();
    }
    problem(&refusal)
}

fn problem(refusal: &Refusal) -> Response {
    let (title, detail) = refusal.said();
    let status = refusal.status();
    let problem = Problem { kind: "about:blank", title, status: status.as_u16(), detail };
    let body = serde_json::to_vec(&problem).unwrap_or_default();
    let mut response = (status, body).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    if status == StatusCode::UNAUTHORIZED {
        response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
    }
    response
}

#[derive(Template)]
#[template(path = "refusal.html")]
struct Page<'a> {
    language: &'a str,
    title: &'a str,
    text: &'a str,
    back: &'a str,
    back_label: &'a str,
}

fn page(refusal: &Refusal, back: &str, back_label: &str) -> Html<String> {
    let (title, text) = refusal.said();
    let (back, back_label) =
        if *refusal == Refusal::SignedOut { ("/console/sign-in", "Sign in") } else { (back, back_label) };
    let page = Page { language: "en", title, text: &text, back, back_label };
    Html(page.render().unwrap_or_else(|_| title.to_owned()))
}

#[derive(Template)]
#[template(path = "messenger/refusal.html")]
struct CustomerRefusal {
    words: &'static words::Words,
    title: &'static str,
    text: &'static str,
}

fn customer_page(refusal: &Refusal, language: Language) -> Html<String> {
    let words = words::of(language);
    let (title, text) = words.refusal(refusal);
    let page = CustomerRefusal { words, title, text };
    Html(page.render().unwrap_or_else(|_| title.to_owned()))
}
