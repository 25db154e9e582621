//! Texts without their personal data.

use super::{
    caller::{Body, Caller},
    detect::{Offsets, certainty, in_bounds, regions},
};
use crate::{
    door::Web,
    refusal::{Problem, Refusal},
};
use aside_anonymise::{Anonymiser, Key, Mapping, Operator, Policy, Target};
use aside_detect::{Detector, offsets};
use aside_model::Raw;
use axum::{Json, extract::State};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeMap, sync::Arc};
use utoipa::ToSchema;

#[derive(Deserialize, ToSchema)]
pub(super) struct ToAnonymise {
    /// At most 1 MiB. Nothing of it is stored or logged.
    text: String,
    /// What is done with values unless `operators` says otherwise: `keep`, `redact`, `replace`, `replace:TEXT`, `mask`,
    /// `mask:*:4:end`, `hash`, `hash:base32:16`, `encrypt`, `encrypt:random`, `shift-dates`, `pseudonym`,
    /// `pseudonym:valid`; `replace` when missing.
    default: Option<String>,
    /// Operators by type (`fin.pan`) or kind (`card`).
    #[serde(default)]
    operators: BTreeMap<String, String>,
    /// 64 hexadecimal digits, for `hash`, `encrypt`, `shift-dates` and `pseudonym`. It is not kept.
    key: Option<String>,
    /// Whom the text is about: dates of one subject move by the same number of days.
    #[serde(default)]
    subject: String,
    /// Whether the answer says what restores the text. It holds values in clear.
    #[serde(default)]
    mapping: bool,
    /// What `start` and `end` of items count: `bytes`, `chars` or `utf16`.
    #[serde(default)]
    offsets: Offsets,
    /// Countries whose national numbers are expected without a word that announces them (ISO 3166-1 alpha-2).
    #[serde(default)]
    regions: Vec<String>,
    /// `guessed`, `likely` or `certain`: the least certain findings that count.
    min_certainty: Option<String>,
    /// Whether names of people and places that no word introduces are looked for by the trained model; true when
    /// missing.
    names: Option<bool>,
}

#[derive(Serialize, ToSchema)]
pub(super) struct WithoutData {
    text: String,
    /// What was replaced, sorted by start.
    items: Vec<Replaced>,
    /// What stood at which bytes of the new text, if it was asked for: a list of `start`, `end` and `original`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Vec<Object>>)]
    mapping: Option<Mapping>,
}

/// A place where something was replaced.
#[derive(Serialize, ToSchema)]
pub(super) struct Replaced {
    /// The id of the type, for instance `fin.pan`.
    r#type: &'static str,
    /// The kind within the type, for instance `card`.
    kind: &'static str,
    /// What was done, for instance `mask`.
    operator: &'static str,
    start: usize,
    end: usize,
}

#[derive(Deserialize, ToSchema)]
pub(super) struct ToDecrypt {
    /// A text with tokens, at most 1 MiB.
    text: String,
    /// The key that sealed them, 64 hexadecimal digits.
    key: String,
}

#[derive(Serialize, ToSchema)]
pub(super) struct Decrypted {
    text: String,
    /// Tokens that were opened.
    opened: usize,
    /// Tokens that another key sealed, or that were changed; they stand as they stood.
    unopened: usize,
}

/// Takes personal data out of a text. Nothing of it is stored.
#[utoipa::path(
    post, path = "/api/v1/anonymise", request_body = ToAnonymise,
    responses(
        (status = 200, body = WithoutData),
        (status = 413, description = "The text is too long", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "An operator, type, key or region is none, or a key is missing", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn anonymise(
    State(web): State<Web>,
    Caller(acting): Caller,
    Body(asked): Body<ToAnonymise>,
) -> Result<Json<WithoutData>, Refusal> {
    let default = asked.default.as_deref().map_or(Ok(Operator::Replace(None)), operator)?;
    let mut policy = Policy::new(default);
    for (target, wanted) in &asked.operators {
        let target: Target = target.parse().map_err(|_| {
            Refusal::Invalid("`operators` names something that is no type and no kind.".into())
        })?;
        policy = policy.with(target, operator(wanted)?);
    }
    let regions = regions(&asked.regions)?;
    let month_first = regions.iter().any(|region| region.code() == "US");
    let detector = Detector::builder().regions(regions).names(asked.names.unwrap_or(true)).build();
    let anonymiser = match asked.key.map(Raw::new) {
        Some(text) => Anonymiser::with_key(detector, policy, &key(&text)?),
        None => Anonymiser::new(detector, policy)
            .map_err(|needs| Refusal::Invalid(format!("{needs}: send it as `key`.")))?,
    };
    let anonymiser = anonymiser.min_certainty(certainty(asked.min_certainty.as_deref())?);
    let anonymiser = if month_first { anonymiser.month_first() } else { anonymiser };
    let text = Arc::new(in_bounds(asked.text)?);
    let made = web.app.anonymise(&acting, anonymiser, Arc::clone(&text), asked.subject).await?;
    let spans = made.items.iter().map(|item| item.start..item.end);
    let spans = offsets::convert_spans(&made.text, spans, asked.offsets.into());
    let items = made.items.iter().zip(spans).map(|(item, span)| Replaced {
        r#type: item.data_type.id(),
        kind: item.kind,
        operator: item.operator,
        start: span.start,
        end: span.end,
    });
    let (items, mapping) = (items.collect(), asked.mapping.then(|| made.mapping(text.expose())));
    Ok(Json(WithoutData { items, mapping, text: made.text }))
}

/// Opens what `encrypt` sealed, wherever it stands in the text by now.
#[utoipa::path(
    post, path = "/api/v1/anonymise/decrypt", request_body = ToDecrypt,
    responses(
        (status = 200, body = Decrypted),
        (status = 413, description = "The text is too long", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "The key is none", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn decrypt(
    State(web): State<Web>,
    Caller(acting): Caller,
    Body(asked): Body<ToDecrypt>,
) -> Result<Json<Decrypted>, Refusal> {
    let key = key(&Raw::new(asked.key))?;
    let anonymiser = Anonymiser::with_key(Detector::new(), Policy::default(), &key);
    let opened = web.app.put_back(&acting, anonymiser, in_bounds(asked.text)?).await?;
    Ok(Json(Decrypted { opened: opened.items.len(), unopened: opened.unopened.len(), text: opened.text }))
}

fn operator(text: &str) -> Result<Operator, Refusal> {
    text.parse().map_err(|e: aside_anonymise::NotAnOperator| Refusal::Invalid(format!("{e}.")))
}

fn key(text: &Raw) -> Result<Key, Refusal> {
    Key::from_hex(text.expose()).map_err(|e| Refusal::Invalid(format!("{e}.")))
}
