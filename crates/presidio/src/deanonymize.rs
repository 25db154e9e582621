//! `POST /deanonymize`.

use crate::{
    Presidio,
    anonymize::each_text,
    conflicts::Given,
    error::{Refused, aside, object},
    operator::{DEANONYMIZERS, Operators},
    rewritten::{Answer, Places},
    values::mistyped,
};
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
) -> Result<Json<Answer>, Refused> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).map(str::to_owned);
    aside(move || answer(&presidio, &object(body, kind.as_deref())?)).await.map(Json)
}

fn answer(presidio: &Presidio, request: &Map<String, Value>) -> Result<Answer, Refused> {
    if request.is_empty() {
        return Err(Refused::bad("Invalid request json"));
    }
    let operators = Operators::read(request, "deanonymizers", DEANONYMIZERS)?;
    let random = presidio.0.random.as_ref();
    each_text(request, "anonymizer_results", |text, results| {
        let given: Vec<Given> = match results {
            None | Some(Value::Null) => Vec::new(),
            Some(Value::Array(list)) => {
                list.iter().map(|one| Given::read(one, false)).collect::<Result<_, _>>()?
            }
            Some(other) => return Err(mistyped("anonymizer_results", "array", other)),
        };
        let rewritten = Places::new(text, given)?.replace(|entity, value| {
            let missing =
                || Refused::parameter("There is no deanonymizer for one of the results, and no DEFAULT.");
            let operator = operators.of(entity).ok_or_else(missing)?;
            Ok((operator.operate(entity, value, random)?, operator.name()))
        })?;
        Ok(rewritten.without_scores())
    })
}
