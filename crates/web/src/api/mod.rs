//! `/api/v1`: the console's use cases for programs, with an agent's session as bearer token. No cookie is
//! read here, so no foreign page can borrow one. Routes and OpenAPI document come from the same lines.

mod anonymise;
mod caller;
mod contacts;
mod conversations;
mod detect;
mod drafts;
mod ledger;
mod misses;
mod said;
mod shapes;
mod sign_in;
#[cfg(test)]
mod tests;

pub(crate) use caller::Caller;

use crate::{door::Web, refusal::Problem};
use axum::{Json, Router, extract::DefaultBodyLimit, routing::get};
use utoipa::{
    Modify, OpenApi,
    openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme},
};
use utoipa_axum::{router::OpenApiRouter, routes};

/// The largest body taken: a file of contacts.
const BODY_BYTES: usize = 4 * 1024 * 1024;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Aside",
        description = "Conversations over all rungs, masked; values open one at a time, for a purpose, recorded first. \
            Times are RFC 3339 in UTC. Errors are problem documents (RFC 9457)."
    ),
    components(schemas(Problem)),
    modifiers(&Bearer),
    security(("agent_session" = []))
)]
struct Document;

struct Bearer;

impl Modify for Bearer {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let scheme = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("The token that `POST /api/v1/sign-in` gave."))
            .build();
        if let Some(components) = document.components.as_mut() {
            components.add_security_scheme("agent_session", SecurityScheme::Http(scheme));
        }
    }
}

fn parts() -> (Router<Web>, utoipa::openapi::OpenApi) {
    OpenApiRouter::with_openapi(Document::openapi())
        .routes(routes!(sign_in::sign_in))
        .routes(routes!(sign_in::sign_out))
        .routes(routes!(conversations::list))
        .routes(routes!(conversations::read))
        .routes(routes!(conversations::reply))
        .routes(routes!(conversations::move_up))
        .routes(routes!(conversations::assign))
        .routes(routes!(conversations::close))
        .routes(routes!(conversations::reopen))
        .routes(routes!(conversations::reveal))
        .routes(routes!(conversations::erase))
        .routes(routes!(misses::mark))
        .routes(routes!(drafts::check))
        .routes(routes!(detect::detect))
        .routes(routes!(anonymise::anonymise))
        .routes(routes!(anonymise::decrypt))
        .routes(routes!(contacts::import))
        .routes(routes!(ledger::list))
        .routes(routes!(ledger::read))
        .split_for_parts()
}

/// The OpenAPI document of `/api/v1`.
pub fn document() -> utoipa::openapi::OpenApi {
    parts().1
}

pub(crate) fn routes() -> Router<Web> {
    let (router, document) = parts();
    router
        .route("/api/v1/openapi.json", get(move || async move { Json(document) }))
        .layer(DefaultBodyLimit::max(BODY_BYTES))
}
