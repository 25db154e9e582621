//! The live check of the customer's own draft: says before sending what would be masked or destroyed.

use super::words;
use crate::{
    console::{Checked, Said},
    door::Web,
    refusal::Refusal,
    session::{Customer, SignedJson},
    where_from::languages,
};
use aside_model::Raw;
use axum::{Json, extract::State, http::HeaderMap};
use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct Draft {
    text: String,
}

pub(super) async fn check(
    State(web): State<Web>,
    headers: HeaderMap,
    SignedJson(customer, draft): SignedJson<Customer, Draft>,
) -> Result<Json<Checked>, Refusal> {
    let text = Raw::new(draft.text);
    let check = web.app.check_customer_draft(&customer.visiting, &text).await?;
    let words = words::of(languages(&headers));
    let findings = check
        .findings
        .iter()
        .filter(|finding| finding.verdict != "allow")
        .map(|finding| {
            let refused = finding.verdict == "refuse";
            let (title, text) = if refused { words.draft_destroyed } else { words.draft_masked };
            let what = words.data_type(&finding.data_type);
            Said { title, text: text.replace("{what}", what), verdict: finding.verdict }
        })
        .collect();
    Ok(Json(Checked { findings, refused: check.refused, needs_reason: false }))
}
