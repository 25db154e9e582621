//! The page for whoever has no session: how to get in.

use super::words::Words;
use crate::{cookie, refusal::Refusal, session::Stranger, shown};
use aside_model::Secret;
use askama::Template;
use axum::{
    http::{StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};

#[derive(Template)]
#[template(path = "messenger/door.html")]
pub(super) struct Door {
    pub(super) words: &'static Words,
    pub(super) csrf: String,
    pub(super) title: &'static str,
    pub(super) text: &'static str,
    /// Whether title and text say that something went wrong.
    pub(super) alert: bool,
    /// Why a code was not taken.
    pub(super) code_refused: Option<&'static str>,
}

impl Door {
    /// For whoever just came by.
    pub(super) fn closed(words: &'static Words, stranger: &Stranger) -> Self {
        let (title, text) = words.door;
        Self { words, csrf: stranger.token.text(), title, text, alert: false, code_refused: None }
    }

    /// For whoever holds a link that does not work.
    pub(super) fn because(
        words: &'static Words,
        stranger: &Stranger,
        (title, text): (&'static str, &'static str),
    ) -> Self {
        Self { title, text, alert: true, ..Self::closed(words, stranger) }
    }

    pub(super) fn page(&self, status: StatusCode) -> Result<Response, Refusal> {
        shown::page(status, self)
    }
}

/// Lets a customer in on this device.
pub(super) fn enter(secret: &Secret) -> Response {
    let cookie = cookie::set(cookie::CUSTOMER, &secret.encode());
    ([(header::SET_COOKIE, cookie)], Redirect::to("/c")).into_response()
}
