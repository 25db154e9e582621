//! `POST /analyze`.

use crate::{
    Presidio,
    ad_hoc::{AdHoc, Hit, Left},
    allow::Allowed,
    entities,
    error::{Refused, aside, object},
    values::{context_words, items, member, python_type, truth},
};
use aside_detect::{
    Evidence, Finding,
    offsets::{self, Unit},
};
use axum::{
    Json,
    extract::{State, rejection::BytesRejection},
    http::{HeaderMap, header},
};
use bytes::Bytes;
use serde::Serialize;
use serde_json::{Map, Value};

/// How much of the context words is put before a text.
const LONGEST_CONTEXT: usize = 256;
/// How many texts one request may bring.
const MOST_TEXTS: usize = 10_000;

/// What is asked of every text of a request.
struct Request {
    entities: Vec<String>,
    threshold: f64,
    explain: bool,
    ad_hoc: AdHoc,
    allowed: Allowed,
    context: Vec<String>,
}

/// One text, or several.
enum Texts {
    One(String),
    Many(Vec<String>),
}

/// One finding, as Presidio writes it: members in alphabetical order, offsets in code points.
#[derive(Serialize)]
pub(crate) struct Recognized {
    analysis_explanation: Option<AnalysisExplanation>,
    end: usize,
    entity_type: String,
    score: f64,
    start: usize,
}

#[derive(Serialize)]
struct AnalysisExplanation {
    original_score: f64,
    pattern: Option<String>,
    pattern_name: Option<String>,
    recognizer: String,
    regex_flags: Option<u64>,
    score: f64,
    score_context_improvement: f64,
    supportive_context_word: String,
    textual_explanation: Option<String>,
    validation_result: Option<bool>,
}

#[derive(Serialize)]
#[serde(untagged)]
pub(crate) enum Answer {
    One(Vec<Recognized>),
    Many(Vec<Vec<Recognized>>),
}

pub(crate) async fn handle(
    State(presidio): State<Presidio>,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Json<Answer>, Refused> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).map(str::to_owned);
    aside(move || answer(&presidio, &object(body, kind.as_deref())?)).await.map(Json)
}

/// Looks at the members in Presidio's order, so that the first that is wrong is the same.
fn answer(presidio: &Presidio, request: &Map<String, Value>) -> Result<Answer, Refused> {
    let ad_hoc = AdHoc::read(request)?;
    let texts = Texts::read(request)?;
    let request = Request::read(request, ad_hoc)?;
    let bytes = match &texts {
        Texts::One(text) => text.len(),
        Texts::Many(texts) => texts.iter().map(String::len).sum(),
    };
    if request.ad_hoc.is_too_much_for(bytes) {
        return Err(Refused::bad("The text is too long for so many ad-hoc patterns."));
    }
    let mut left = Left::default();
    match texts {
        Texts::One(text) => request.look_into(presidio, &text, &mut left).map(Answer::One),
        Texts::Many(texts) if texts.len() > MOST_TEXTS => {
            Err(Refused::bad(format!("A request may bring {MOST_TEXTS} texts.")))
        }
        Texts::Many(texts) => texts
            .iter()
            .map(|text| request.look_into(presidio, text, &mut left))
            .collect::<Result<_, _>>()
            .map(Answer::Many),
    }
}

impl Texts {
    /// Numbers and truth values are texts, as Python writes them.
    fn read(request: &Map<String, Value>) -> Result<Self, Refused> {
        let text = |value: &Value| match value {
            Value::String(text) => Ok(text.clone()),
            Value::Number(number) => Ok(number.to_string()),
            Value::Bool(true) => Ok("True".to_owned()),
            Value::Bool(false) => Ok("False".to_owned()),
            _ => Err(Refused::as_presidio_does(
                "Analyzer.analyze_iterator only works on primitive types (int, float, bool, str). Lists of objects are \
                 not yet supported.",
            )),
        };
        match request.get("text") {
            none if !truth(none) => Err(Refused::as_presidio_does("No text provided")),
            Some(Value::Array(list)) => list.iter().map(text).collect::<Result<_, _>>().map(Self::Many),
            Some(one) => text(one).map(Self::One),
            None => Err(Refused::as_presidio_does("No text provided")),
        }
    }
}

impl Request {
    fn read(request: &Map<String, Value>, ad_hoc: AdHoc) -> Result<Self, Refused> {
        let language = request.get("language");
        if !truth(language) {
            return Err(Refused::as_presidio_does("No language provided"));
        }
        let language = language.and_then(Value::as_str).ok_or_else(entities::nobody)?;
        entities::must_know(Some(language))?;
        let ad_hoc = ad_hoc.speaking(language);
        let asked = items(request, "entities")?;
        // What is no string is nobody's entity, nor is a letter of a string that stands for the list.
        let entities: Vec<String> = asked.iter().filter_map(Value::as_str).map(str::to_owned).collect();
        let letters = request.get("entities").is_some_and(Value::is_string);
        if !asked.is_empty()
            && (letters || !entities.iter().any(|name| entities::is_known(name) || ad_hoc.knows(name)))
        {
            return Err(entities::nobody());
        }
        let threshold = match member(request, "score_threshold") {
            None => 0.0,
            Some(Value::Bool(one)) => f64::from(*one),
            Some(value) => value.as_f64().ok_or_else(|| {
                let got = python_type(value);
                Refused::unparsed(format!("'>=' not supported between instances of 'float' and '{got}'"))
            })?,
        };
        Ok(Self {
            entities,
            threshold,
            explain: truth(request.get("return_decision_process")),
            ad_hoc,
            allowed: Allowed::read(request)?,
            context: context_words(request)?.into_iter().map(str::to_owned).collect(),
        })
    }

    fn look_into(
        &self,
        presidio: &Presidio,
        text: &str,
        left: &mut Left,
    ) -> Result<Vec<Recognized>, Refused> {
        let mut all: Vec<(std::ops::Range<usize>, Recognized)> = Vec::new();
        for finding in self.found(presidio, text) {
            let Some(entity) = entities::reported(finding.kind, &self.entities) else { continue };
            all.push((finding.start..finding.end, self.recognized(entity, &finding)));
        }
        let context: Vec<String> = self.context.iter().map(|word| word.to_lowercase()).collect();
        let wanted = |hit: &Hit| self.entities.is_empty() || self.entities.contains(&hit.entity);
        for hit in self.ad_hoc.find(text, &context, left)?.into_iter().filter(wanted) {
            all.push((hit.span.clone(), self.hit(hit)));
        }
        all.retain(|(span, one)| {
            one.score >= self.threshold && !self.allowed.has(text.get(span.clone()).unwrap_or_default())
        });
        // Presidio's order: the surest first, then by place, then the longest.
        all.sort_by(|(a, one), (b, other)| {
            other.score.total_cmp(&one.score).then(a.start.cmp(&b.start)).then(b.end.cmp(&a.end))
        });
        let places: Vec<usize> = all.iter().flat_map(|(span, _)| [span.start, span.end]).collect();
        let counted = count(text, &places);
        let placed = all.into_iter().zip(counted.chunks_exact(2)).map(|((_, mut one), place)| {
            (one.start, one.end) = (place[0], place[1]);
            one
        });
        Ok(placed.collect())
    }

    /// What the detector finds, as if the context words stood before the text.
    fn found(&self, presidio: &Presidio, text: &str) -> Vec<Finding> {
        let mut before = String::new();
        for word in &self.context {
            if before.len() + word.len() < LONGEST_CONTEXT {
                before.push_str(word);
                before.push(' ');
            }
        }
        let least = presidio.0.min_certainty;
        let mut findings = if before.is_empty() {
            presidio.0.detector.detect(text)
        } else {
            presidio.0.detector.detect(&format!("{before}{text}"))
        };
        findings.retain(|finding| finding.start >= before.len() && finding.certainty >= least);
        for finding in &mut findings {
            finding.start -= before.len();
            finding.end -= before.len();
        }
        findings
    }

    fn recognized(&self, entity: String, finding: &Finding) -> Recognized {
        let score = (f64::from(finding.score) * 100.0).round() / 100.0;
        let has = |reasons: &[Evidence]| finding.evidence.iter().any(|reason| reasons.contains(reason));
        let explanation = self.explain.then(|| AnalysisExplanation {
            original_score: score,
            pattern: None,
            pattern_name: None,
            recognizer: entities::recognizer(&entity),
            regex_flags: None,
            score,
            score_context_improvement: 0.0,
            supportive_context_word: String::new(),
            textual_explanation: Some(
                finding.evidence.iter().map(|reason| reason.description()).collect::<Vec<_>>().join(" "),
            ),
            validation_result: match (
                has(&[Evidence::Luhn, Evidence::Mod97, Evidence::CheckDigit]),
                has(&[Evidence::CheckFailed]),
            ) {
                (true, _) => Some(true),
                (false, true) => Some(false),
                (false, false) => None,
            },
        });
        Recognized { analysis_explanation: explanation, end: 0, entity_type: entity, score, start: 0 }
    }

    fn hit(&self, hit: Hit) -> Recognized {
        let explanation = self.explain.then(|| AnalysisExplanation {
            original_score: hit.original_score,
            textual_explanation: Some(format!(
                "Detected by `{}` using pattern `{}`",
                hit.recognizer, hit.pattern_name
            )),
            pattern: hit.pattern,
            pattern_name: Some(hit.pattern_name),
            recognizer: hit.recognizer,
            regex_flags: Some(hit.flags),
            score: hit.score,
            score_context_improvement: hit.score - hit.original_score,
            supportive_context_word: hit.word,
            validation_result: None,
        });
        Recognized {
            analysis_explanation: explanation,
            end: 0,
            entity_type: hit.entity,
            score: hit.score,
            start: 0,
        }
    }
}

/// The code points before each of these bytes, in their order; one pass over the text.
fn count(text: &str, bytes: &[usize]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..bytes.len()).collect();
    order.sort_unstable_by_key(|at| bytes[*at]);
    let mut counted = vec![0; bytes.len()];
    let sorted = order.iter().map(|at| bytes[*at]..bytes[*at]);
    for (at, span) in order.iter().zip(offsets::convert_spans(text, sorted, Unit::Chars)) {
        counted[*at] = span.start;
    }
    counted
}
