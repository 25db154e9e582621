//! A one-time code to an address that the brand already holds. The answer is the same whether it does.

use super::conversation::TalkPage;
use crate::{
    door::Web,
    refusal::Refusal,
    session::{Customer, Signed},
    shown,
};
use aside_model::Raw;
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct Email {
    email: String,
}

pub(super) async fn ask(
    State(web): State<Web>,
    Signed(customer, form): Signed<Customer, Email>,
) -> Result<Redirect, Refusal> {
    let email = Raw::new(form.email);
    web.app.ask_code(&customer.visiting, &email).await?;
    Ok(Redirect::to("/c?did=code-sent#identify"))
}

#[derive(Deserialize)]
pub(super) struct Code {
    code: String,
}

pub(super) async fn verify(
    State(web): State<Web>,
    Signed(customer, form): Signed<Customer, Code>,
) -> Result<Response, Refusal> {
    if web.app.enter_code(&customer.visiting, form.code.trim()).await? {
        return Ok(Redirect::to("/c?did=checked").into_response());
    }
    let mut page = TalkPage::read(&web, &customer).await?;
    page.code_refused = Some(page.words.code_wrong);
    shown::page(StatusCode::UNPROCESSABLE_ENTITY, &page)
}
