//! `POST /anonymize`.

use crate::{
    Presidio,
    conflicts::{Given, settle},
    error::{Refused, aside, object},
    operator::{ANONYMIZERS, Operator, Operators},
    rewritten::{Answer, Places, Rewritten},
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
) -> Result<Json<Answer>, Refused> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).map(str::to_owned);
    aside(move || answer(&presidio, &object(body, kind.as_deref())?)).await.map(Json)
}

/// Answers for the text of a request, which is empty where it is missing, or for each of several; `name` is the member
/// that holds the results, in a list for each text where there are several.
pub(crate) fn each_text(
    request: &Map<String, Value>,
    name: &str,
    answer: impl Fn(&str, Option<&Value>) -> Result<Rewritten, Refused>,
) -> Result<Answer, Refused> {
    let results = member(request, name);
    let texts = match member(request, "text") {
        None => return answer("", results).map(Answer::One),
        Some(Value::String(text)) => return answer(text, results).map(Answer::One),
        Some(Value::Array(texts)) => texts,
        Some(other) => return Err(mistyped("text", "string", other)),
    };
    let none = vec![Value::Array(Vec::new()); texts.len()];
    let results = match results {
        None => &none,
        Some(Value::Array(results)) if results.len() == texts.len() => results,
        Some(Value::Array(results)) => {
            let (texts, results) = (texts.len(), results.len());
            return Err(Refused::parameter(format!(
                "Invalid input, '{name}' must contain one list of results per item in 'text' when 'text' is a list \
                 ({texts} text items, {results} '{name}' items)"
            )));
        }
        Some(other) => return Err(mistyped(name, "array", other)),
    };
    let one = |(text, results): (&Value, &Value)| {
        let text = text.as_str().ok_or_else(|| mistyped("text", "string", text))?;
        answer(text, Some(results))
    };
    texts.iter().zip(results).map(one).collect::<Result<_, _>>().map(Answer::Several)
}

fn answer(presidio: &Presidio, request: &Map<String, Value>) -> Result<Answer, Refused> {
    if request.is_empty() {
        return Err(Refused::bad("Invalid request json"));
    }
    let operators = Operators::read(request, "anonymizers", ANONYMIZERS)?;
    let usual = Operator::Replace(None);
    let random = presidio.0.random.as_ref();
    each_text(request, "analyzer_results", |text, results| {
        let results = results.filter(|results| !results.is_null());
        let results = results
            .ok_or_else(|| Refused::parameter("Invalid input, request must contain analyzer results"))?;
        let results = results.as_array().ok_or_else(|| mistyped("analyzer_results", "array", results))?;
        let given: Vec<Given> = results.iter().map(|one| Given::read(one, true)).collect::<Result<_, _>>()?;
        let spaces = only_spaces(text, &given);
        Places::new(text, settle(given, spaces))?.replace(|entity, value| {
            let operator = operators.of(entity).unwrap_or(&usual);
            Ok((operator.operate(entity, value, random)?, operator.name()))
        })
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
