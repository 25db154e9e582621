//! Marking what the detector missed. The text comes back on no page, whatever becomes of it.

use super::{
    conversation::{Composer, read},
    desk::Did,
};
use crate::{
    door::Web,
    refusal::Refusal,
    session::{Agent, Signed, id},
    shown,
};
use aside_app::AppError;
use aside_model::{DataType, Raw};
use axum::{
    extract::{Path, State},
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
    Path(conversation): Path<String>,
    Signed(agent, form): Signed<Agent, Miss>,
) -> Result<Response, Refusal> {
    let conversation = id(&conversation)?;
    let text = Raw::new(form.text);
    let marked = match form.data_type.parse::<DataType>() {
        Ok(data_type) => web.app.mark_missed(&agent.acting, conversation, &text, data_type).await,
        Err(_) => Err(AppError::Invalid("Nothing was marked: say what it is.".into())),
    };
    match marked {
        Ok(_) => Ok(Redirect::to(&format!("/console/c/{conversation}?did=marked")).into_response()),
        Err(AppError::Invalid(why)) => {
            let composer = Composer { not_marked: Some(why), ..Composer::default() };
            let page = read(&web, &agent, conversation, false, &Did::default(), composer).await?;
            shown::page(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
        Err(error) => Err(error.into()),
    }
}
