//! What the crate promises, on models of a few kilobytes; `fixtures/make.py` says where they come from.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking, in their helpers too")]

mod bad_folders;
mod long_texts;
mod names;
mod reference;

use aside_transformer::Transformer;
use serde::Deserialize;
use std::path::PathBuf;

/// The models: a lower-casing BERT in F32, a DistilBERT in F16 with a plain `vocab.txt`, a RoBERTa in BF16, an
/// XLM-RoBERTa in F16.
const MODELS: [&str; 4] = ["bert", "distilbert", "roberta", "xlm-roberta"];

fn folder(model: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(model)
}

fn load(model: &str) -> Transformer {
    Transformer::load(folder(model)).unwrap()
}

/// What the reference makes of texts.
#[derive(Deserialize)]
struct Expected {
    texts: Vec<Read>,
    cut: Vec<Cut>,
}

/// A text that went through the whole model.
#[derive(Deserialize)]
struct Read {
    text: String,
    ids: Vec<u32>,
    logits: Vec<Vec<f32>>,
    /// Label, start and end in bytes.
    entities: Option<Vec<(String, usize, usize)>>,
}

/// A text that was cut into pieces.
#[derive(Deserialize)]
struct Cut {
    text: String,
    ids: Vec<u32>,
    spans: Vec<(usize, usize)>,
}

fn expected(model: &str) -> Expected {
    serde_json::from_str(&std::fs::read_to_string(folder(model).join("expected.json")).unwrap()).unwrap()
}
