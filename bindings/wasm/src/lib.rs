#![doc = include_str!("../README.md")]

use aside_detect::{
    Context, Detector, Region,
    offsets::{self, Unit},
};
use aside_taxonomy::DataType;
use serde::{Deserialize, Serialize};
use std::sync::Mutex;

/// What the page writes and reads: one call at a time, since a module has one thread.
struct Module {
    input: Vec<u8>,
    output: Vec<u8>,
    detector: Option<Detector>,
}

static MODULE: Mutex<Module> = Mutex::new(Module { input: Vec::new(), output: Vec::new(), detector: None });

/// What `configure` takes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, default)]
#[derive(Default)]
struct Settings {
    regions: Vec<String>,
    types: Vec<String>,
}

/// What `detect` takes.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    text: String,
    /// What was asked just before.
    #[serde(default)]
    question: Option<String>,
}

#[derive(Serialize)]
struct Found {
    r#type: &'static str,
    kind: &'static str,
    label: &'static str,
    class: &'static str,
    start: usize,
    end: usize,
    score: f32,
    certainty: &'static str,
    evidence: Vec<&'static str>,
}

#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Answer {
    Findings(Vec<Found>),
    Error(String),
    Ready(bool),
}

fn with_module<T>(work: impl FnOnce(&mut Module) -> T) -> T {
    work(&mut MODULE.lock().unwrap_or_else(std::sync::PoisonError::into_inner))
}

/// Makes room for `len` bytes of JSON (UTF-8) and returns where they are to be written.
#[expect(unsafe_code, reason = "an exported name")]
#[unsafe(no_mangle)]
pub extern "C" fn input(len: usize) -> *mut u8 {
    with_module(|module| {
        module.input.clear();
        module.input.resize(len, 0);
        module.input.as_mut_ptr()
    })
}

/// Where the last answer's JSON begins.
#[expect(unsafe_code, reason = "an exported name")]
#[unsafe(no_mangle)]
pub extern "C" fn output() -> *const u8 {
    with_module(|module| module.output.as_ptr())
}

/// Makes a detector by the settings that were written: `{"regions": [...], "types": [...]}`. Returns how long
/// the answer is.
#[expect(unsafe_code, reason = "an exported name")]
#[unsafe(no_mangle)]
pub extern "C" fn configure() -> usize {
    with_module(|module| {
        let answer = serde_json::from_slice(&module.input)
            .map_err(|e| e.to_string())
            .and_then(|settings| detector(&settings))
            .map_or_else(Answer::Error, |detector| {
                module.detector = Some(detector);
                Answer::Ready(true)
            });
        module.say(&answer)
    })
}

/// Looks at the text that was written: `{"text": "...", "question": "..."}`. Returns how long the answer is.
#[expect(unsafe_code, reason = "an exported name")]
#[unsafe(no_mangle)]
pub extern "C" fn detect() -> usize {
    with_module(|module| {
        let answer = match serde_json::from_slice::<Question>(&module.input) {
            Ok(question) => {
                Answer::Findings(findings(module.detector.get_or_insert_with(Detector::new), &question))
            }
            Err(error) => Answer::Error(error.to_string()),
        };
        module.say(&answer)
    })
}

impl Module {
    fn say(&mut self, answer: &Answer) -> usize {
        self.output.clear();
        self.input.fill(0);
        serde_json::to_writer(&mut self.output, answer).expect("plain strings and numbers become JSON");
        self.output.len()
    }
}

fn detector(settings: &Settings) -> Result<Detector, String> {
    let mut builder = Detector::builder();
    for region in &settings.regions {
        let region: Region = region.parse().map_err(|e| format!("{region}: {e}"))?;
        builder = builder.regions([region]);
    }
    for id in &settings.types {
        let data_type = DataType::from_id(id).ok_or_else(|| format!("{id} is no type of data"))?;
        builder = builder.types([data_type]);
    }
    Ok(builder.build())
}

fn findings(detector: &Detector, question: &Question) -> Vec<Found> {
    let text = question.text.as_str();
    let context = Context { question: question.question.as_deref(), ..Context::default() };
    let found: Vec<_> = detector.detect_between(&context, text, 0..text.len());
    let spans = offsets::convert(text, &found, Unit::Utf16);
    let found = found.iter().zip(spans).map(|(finding, span)| Found {
        r#type: finding.data_type.id(),
        kind: finding.kind,
        label: finding.data_type.label(),
        class: finding.data_type.class().name(),
        start: span.start,
        end: span.end,
        score: finding.score,
        certainty: finding.certainty.name(),
        evidence: finding.evidence.iter().map(|reason| reason.name()).collect(),
    });
    found.collect()
}
