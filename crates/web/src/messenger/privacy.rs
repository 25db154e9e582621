//! What is kept and how to ask, in short.

use super::words::{self, Words};
use crate::{refusal::Refusal, shown, where_from::languages};
use askama::Template;
use axum::{
    http::{HeaderMap, StatusCode},
    response::Response,
};

#[derive(Template)]
#[template(path = "messenger/privacy.html")]
struct Privacy {
    words: &'static Words,
}

pub(super) async fn show(headers: HeaderMap) -> Result<Response, Refusal> {
    shown::page(StatusCode::OK, &Privacy { words: words::of(languages(&headers)) })
}
