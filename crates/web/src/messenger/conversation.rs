//! The customer's conversation: reading it, writing in it, leaving it.

use super::{
    door::Door,
    words::{self, Words},
};
use crate::{
    cookie,
    door::Web,
    refusal::Refusal,
    session::{Customer, Nothing, Signed, Stranger},
    shown::{self, Moment, Reach},
    where_from::languages,
};
use aside_app::{
    WriteError,
    views::{CustomerPage, Piece},
};
use aside_model::{Assurance, Author, HoldId, MessageState, Raw, Time};
use askama::Template;
use axum::{
    extract::{Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{Html, IntoResponse, Redirect, Response},
};
use serde::Deserialize;

#[derive(Template)]
#[template(path = "messenger/page.html", blocks = ["talk", "holds"])]
pub(super) struct TalkPage {
    pub(super) words: &'static Words,
    pub(super) page: CustomerPage,
    /// What is held: the hold, what it looks like, when it is destroyed.
    pub(super) holds: Vec<(HoldId, &'static str, Time)>,
    pub(super) csrf: String,
    pub(super) form_key: String,
    pub(super) event: i64,
    /// What was just done.
    pub(super) said: Option<&'static str>,
    /// Why the last message was not sent.
    pub(super) not_sent: Option<String>,
    /// Why nothing was marked as missed.
    pub(super) not_marked: Option<&'static str>,
    /// Why a code was not taken.
    pub(super) code_refused: Option<&'static str>,
}

/// What was just done, as the redirect after a form says it.
#[derive(Deserialize)]
pub(super) struct Did {
    did: Option<String>,
}

impl TalkPage {
    pub(super) fn of(page: CustomerPage, csrf: String, form_key: String, event: i64) -> Self {
        let words = words::of(page.language);
        let holds = page.holds.iter().map(|(hold, label, at)| (*hold, words.held_type(label), *at)).collect();
        Self {
            words,
            page,
            holds,
            csrf,
            form_key,
            event,
            said: None,
            not_sent: None,
            not_marked: None,
            code_refused: None,
        }
    }

    /// Reads the page for a customer.
    pub(super) async fn read(web: &Web, customer: &Customer) -> Result<Self, Refusal> {
        let event = web.app.last_event(customer.visiting.brand).await?;
        let page = web.app.customer_page(&customer.visiting).await?;
        Ok(Self::of(page, customer.token.text(), web.form_key(), event))
    }
}

pub(super) async fn show(
    State(web): State<Web>,
    customer: Result<Customer, Refusal>,
    stranger: Stranger,
    Query(Did { did }): Query<Did>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let customer = match customer {
        Ok(customer) => customer,
        Err(Refusal::SignedOut) if shown::part(&headers).is_none() => {
            return Door::closed(words::of(languages(&headers)), &stranger).page(StatusCode::OK);
        }
        Err(refusal) => return Err(refusal),
    };
    let mut page = TalkPage::read(&web, &customer).await?;
    page.said = did.as_deref().and_then(|did| page.words.did(did));
    match shown::part(&headers) {
        Some("talk") => Ok(Html(page.as_talk().render()?).into_response()),
        Some("holds") => Ok(Html(page.as_holds().render()?).into_response()),
        _ => shown::page(StatusCode::OK, &page),
    }
}

#[derive(Deserialize)]
pub(super) struct Write {
    text: String,
    form_key: String,
}

pub(super) async fn write(
    State(web): State<Web>,
    Signed(customer, form): Signed<Customer, Write>,
) -> Result<Response, Refusal> {
    // Browsers post line ends as CR LF (HTML, 4.10.21); people mean a line.
    let text = Raw::new(Raw::new(form.text).expose().replace("\r\n", "\n"));
    let error = match web.app.customer_writes(&customer.visiting, text, &form.form_key).await {
        Ok(()) => return Ok(Redirect::to("/c").into_response()),
        Err(error) => error,
    };
    let mut page = TalkPage::read(&web, &customer).await?;
    page.not_sent = Some(match error {
        WriteError::Empty => page.words.empty.to_owned(),
        WriteError::TooLong { limit, .. } => page.words.too_long.replace("{most}", &limit.to_string()),
        WriteError::Failed(error) => return Err(error.into()),
    });
    shown::page(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

pub(super) async fn leave(
    State(web): State<Web>,
    Signed(customer, Nothing {}): Signed<Customer, Nothing>,
) -> Result<Response, Refusal> {
    web.app.sign_out_customer(&customer.visiting).await?;
    let gone = cookie::set(cookie::CUSTOMER, "");
    Ok(([(header::SET_COOKIE, gone)], Redirect::to("/c")).into_response())
}
