//! Looking into a text.

use super::caller::{Body, Caller};
use crate::{
    door::Web,
    refusal::{Problem, Refusal},
};
use aside_app::Look;
use aside_detect::{
    Region,
    offsets::{self, Unit},
};
use aside_model::{Certainty, DataType, Raw};
use axum::{Json, extract::State};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The longest text, in bytes.
const LONGEST: usize = 1024 * 1024;

/// What `start` and `end` count.
#[derive(Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum Offsets {
    /// Bytes of UTF-8.
    #[default]
    Bytes,
    /// Unicode code points, as Python counts.
    Chars,
    /// UTF-16 code units, as JavaScript, Java and C# count.
    Utf16,
}

impl From<Offsets> for Unit {
    fn from(offsets: Offsets) -> Self {
        match offsets {
            Offsets::Bytes => Unit::Bytes,
            Offsets::Chars => Unit::Chars,
            Offsets::Utf16 => Unit::Utf16,
        }
    }
}

#[derive(Deserialize, ToSchema)]
pub(super) struct Asked {
    /// At most 1 MiB. Nothing of it is stored or logged.
    text: String,
    /// What the other side asked just before, for instance "what's your date of birth?".
    question: Option<String>,
    /// What the same person wrote just before, oldest first; values may run over several messages.
    #[serde(default)]
    earlier: Vec<String>,
    /// What `start` and `end` count: `bytes`, `chars` or `utf16`.
    #[serde(default)]
    offsets: Offsets,
    /// Countries whose national numbers are expected without a word that announces them (ISO 3166-1 alpha-2).
    #[serde(default)]
    regions: Vec<String>,
    /// Ids of the types to report, for instance `fin.pan`; all when empty.
    #[serde(default)]
    types: Vec<String>,
    /// `guessed`, `likely` or `certain`: the least certain findings to report.
    min_certainty: Option<String>,
    /// Whether names of people and places that no word introduces are looked for by the trained model; true when
    /// missing.
    names: Option<bool>,
}

#[derive(Serialize, ToSchema)]
pub(super) struct Found {
    /// Sorted by start, without overlaps.
    findings: Vec<FoundOne>,
}

/// A finding; never text of the message.
#[derive(Serialize, ToSchema)]
pub(super) struct FoundOne {
    /// The id of the type, for instance `fin.pan`.
    r#type: &'static str,
    /// The kind within the type, for instance `card`.
    kind: &'static str,
    start: usize,
    end: usize,
    /// Between 0 and 1; comparable within one kind only.
    score: f32,
    /// `guessed`, `likely` or `certain`.
    certainty: &'static str,
    /// Why it was found, most telling first.
    evidence: Vec<&'static str>,
}

/// Finds personal data in a text. Nothing of it is stored.
#[utoipa::path(
    post, path = "/api/v1/detect", request_body = Asked,
    responses(
        (status = 200, body = Found),
        (status = 413, description = "The text is too long", body = Problem, content_type = "application/problem+json"),
        (status = 422, description = "A region, type or certainty is none", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn detect(
    State(web): State<Web>,
    Caller(acting): Caller,
    Body(asked): Body<Asked>,
) -> Result<Json<Found>, Refusal> {
    let text = in_bounds(asked.text)?;
    let copy = Raw::new(text.expose().to_owned());
    let look = Look {
        text,
        question: asked.question.map(in_bounds).transpose()?,
        earlier: asked.earlier.into_iter().map(in_bounds).collect::<Result<_, _>>()?,
        regions: regions(&asked.regions)?,
        types: asked.types.iter().map(|id| data_type(id)).collect::<Result<_, _>>()?,
        names: asked.names.unwrap_or(true),
        min_certainty: certainty(asked.min_certainty.as_deref())?,
    };
    let findings = web.app.look(&acting, look).await?;
    let spans = offsets::convert(copy.expose(), &findings, asked.offsets.into());
    let findings = findings.iter().zip(spans).map(|(finding, span)| FoundOne {
        r#type: finding.data_type.id(),
        kind: finding.kind,
        start: span.start,
        end: span.end,
        score: finding.score,
        certainty: finding.certainty.name(),
        evidence: finding.evidence.iter().map(|reason| reason.name()).collect(),
    });
    Ok(Json(Found { findings: findings.collect() }))
}

/// A text that is not too long.
pub(super) fn in_bounds(text: String) -> Result<Raw, Refusal> {
    if text.len() > LONGEST {
        return Err(Refusal::TooLarge);
    }
    Ok(Raw::new(text))
}

/// The regions of a request.
pub(super) fn regions(codes: &[String]) -> Result<Vec<Region>, Refusal> {
    let region = |code: &String| {
        code.parse().map_err(|_| Refusal::Invalid("A region is two letters, such as DE.".into()))
    };
    codes.iter().map(region).collect()
}

fn data_type(id: &str) -> Result<DataType, Refusal> {
    id.parse().map_err(|_| Refusal::Invalid("`types` names something that is no id of a data type.".into()))
}

/// The least certain findings that count.
pub(super) fn certainty(name: Option<&str>) -> Result<Certainty, Refusal> {
    match name {
        None | Some("guessed") => Ok(Certainty::Guessed),
        Some("likely") => Ok(Certainty::Likely),
        Some("certain") => Ok(Certainty::Certain),
        Some(_) => Err(Refusal::Invalid("`min_certainty` is guessed, likely or certain.".into())),
    }
}
