//! What was held back for the customer: they alone release it or destroy it.

use crate::{
    door::Web,
    refusal::Refusal,
    session::{Customer, Nothing, Signed, id},
};
use axum::{
    extract::{Path, State},
    response::Redirect,
};

pub(super) async fn release(
    State(web): State<Web>,
    Path(hold): Path<String>,
    Signed(customer, Nothing {}): Signed<Customer, Nothing>,
) -> Result<Redirect, Refusal> {
    web.app.release_hold(&customer.visiting, id(&hold)?).await?;
    Ok(Redirect::to("/c?did=released"))
}

pub(super) async fn discard(
    State(web): State<Web>,
    Path(hold): Path<String>,
    Signed(customer, Nothing {}): Signed<Customer, Nothing>,
) -> Result<Redirect, Refusal> {
    web.app.discard_hold(&customer.visiting, id(&hold)?).await?;
    Ok(Redirect::to("/c?did=discarded"))
}
