//! `POST /anonymize`.

use crate::{
    Presidio,
    conflicts::{Given, settle},
    error::{Refused, aside, object},
    operator::{Operator, Operators},
    rewritten::{Places, Rewritten},
    values::{member, mistyped},
};
use aside_detect::offsets::{Unit, to_bytes};
use axum::{
    Json,
    extract::{State, rejection::BytesRejection},
    http::{HeaderMap, header},
};
use bytes::Bytes;
use serde_json::{Map, Value};

pub(crate) async fn handle(
    State(presidio): State<Presidio>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<Rewritten>, Refused> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).map(str::to_owned);
    aside(move || answer(&presidio, &object(body, kind.as_deref())?)).await.map(Json)
}

/// The text of a request; empty where it is missing.
pub(crate) fn text(request: &Map<String, Value>) -> Result<&str, Refused> {
    match member(request, "text") {
        None => Ok(""),
        Some(value) => value.as_str().ok_or_else(|| mistyped("text", "string", value)),
    }
}

fn answer(presidio: &Presidio, request: &Map<String, Value>) -> Result<Rewritten, Refused> {
    if request.is_empty() {
        return Err(Refused::bad("Invalid request json"));
    }
    let operators = Operators::read(request, "anonymizers")?;
    if !operators.all(|operator| !operator.takes_back()) {
        return Err(Refused::parameter("Invalid operator class 'decrypt'."));
    }
    let results = member(request, "analyzer_results");
    let results =
        results.ok_or_else(|| Refused::parameter("Invalid input, request must contain analyzer results"))?;
    let results = results.as_array().ok_or_else(|| mistyped("analyzer_results", "array", results))?;
    let given: Vec<Given> = results.iter().map(|one| Given::read(one, true)).collect::<Result<_, _>>()?;
    let text = text(request)?;
    let spaces = only_spaces(text, &given);
    let places = Places::new(text, settle(given, spaces))?;
    let usual = Operator::Replace(None);
    let random = presidio.0.random.as_ref();
    places.replace(|entity, value| {
        let operator = operators.of(entity).unwrap_or(&usual);
        Ok((operator.operate(entity, value, random)?, operator.name()))
    })
}

/// Tells whether there is nothing but spaces between an end and a start that were given.
fn only_spaces<'t>(text: &'t str, given: &[Given]) -> impl Fn(usize, usize) -> bool + use<'t> {
    let mut offsets: Vec<usize> = given.iter().flat_map(|one| [one.start, one.end]).collect();
    offsets.sort_unstable();
    let bytes = to_bytes(text, Unit::Chars, &offsets);
    move |from, to| {
        let byte = |offset: usize| offsets.binary_search(&offset).ok().and_then(|at| bytes[at]);
        let between = byte(from).zip(byte(to)).and_then(|(from, to)| text.get(from..to));
        between.is_some_and(|between| between.bytes().all(|b| b == b' '))
    }
}
