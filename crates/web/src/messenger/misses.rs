//! The customer marks something personal that still shows.

use super::conversation::TalkPage;
use crate::{
    door::Web,
    refusal::Refusal,
    session::{Customer, Signed},
    shown,
};
use aside_app::AppError;
use aside_model::{DataType, Raw};
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct Miss {
    text: String,
    #[serde(rename = "type")]
    data_type: String,
}

pub(super) async fn mark(
    State(web): State<Web>,
    Signed(customer, form): Signed<Customer, Miss>,
) -> Result<Response, Refusal> {
    let text = Raw::new(form.text);
    let data_type: DataType = form
        .data_type
        .parse()
        .map_err(|_| Refusal::Invalid("`type` is none of those that the form offers.".into()))?;
    match web.app.customer_marks_missed(&customer.visiting, &text, data_type).await {
        Ok(_) => Ok(Redirect::to("/c?did=marked").into_response()),
        Err(AppError::Invalid(_)) => {
            let mut page = TalkPage::read(&web, &customer).await?;
            page.not_marked = Some(page.words.miss_not_marked);
            shown::page(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => Err(error.into()),
    }
}
