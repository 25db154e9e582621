//! `config.json`: what the model is built like, checked before anything is allocated for it.

use crate::{LoadError, folder::Folder, labels::Labels};
use serde::Deserialize;
use std::{collections::BTreeMap, path::Path};

/// The file.
pub(crate) const FILE: &str = "config.json";

/// How a model's tensors are named and wired.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Family {
    /// `bert`.
    Bert,
    /// `distilbert`: no token types, names of its own.
    DistilBert,
    /// `roberta` and its kin: BERT whose positions begin behind the padding's id.
    Roberta,
}

/// What stands between the two halves of a layer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Activation {
    /// The Gaussian error linear unit.
    Gelu,
    /// Its approximation by a hyperbolic tangent.
    GeluTanh,
    /// Nothing below nought.
    Relu,
}

/// What the model is built like.
#[derive(Clone, Debug)]
pub(crate) struct Config {
    pub(crate) family: Family,
    pub(crate) vocabulary: usize,
    pub(crate) hidden: usize,
    pub(crate) inner: usize,
    pub(crate) layers: usize,
    pub(crate) heads: usize,
    /// Rows of the table of positions.
    pub(crate) positions: usize,
    /// The row of the first token.
    pub(crate) first_position: usize,
    /// Rows of the table of token types; none for DistilBERT.
    pub(crate) types: usize,
    pub(crate) epsilon: f32,
    pub(crate) activation: Activation,
    pub(crate) labels: Labels,
}

#[derive(Deserialize)]
struct Written {
    model_type: Option<String>,
    vocab_size: Option<u64>,
    #[serde(alias = "dim")]
    hidden_size: Option<u64>,
    #[serde(alias = "hidden_dim")]
    intermediate_size: Option<u64>,
    #[serde(alias = "n_layers")]
    num_hidden_layers: Option<u64>,
    #[serde(alias = "n_heads")]
    num_attention_heads: Option<u64>,
    max_position_embeddings: Option<u64>,
    type_vocab_size: Option<u64>,
    layer_norm_eps: Option<f32>,
    #[serde(alias = "activation")]
    hidden_act: Option<String>,
    position_embedding_type: Option<String>,
    pad_token_id: Option<u64>,
    id2label: Option<BTreeMap<String, String>>,
}

impl Config {
    pub(crate) fn read(folder: &Folder<'_>) -> Result<Self, LoadError> {
        let path = folder.path(FILE);
        let written: Written = folder.json(FILE)?;
        let unsupported =
            |what: String, instead| LoadError::Unsupported { path: path.clone(), what, instead };
        let family = match written.model_type.as_deref() {
            Some("bert") => Family::Bert,
            Some("distilbert") => Family::DistilBert,
            Some("roberta" | "xlm-roberta" | "camembert") => Family::Roberta,
            other => {
                let what = format!("model_type {:?}", other.unwrap_or("(none)"));
                return Err(unsupported(what, "bert, distilbert, roberta, xlm-roberta and camembert are"));
            }
        };
        if let Some(other) = written.position_embedding_type.filter(|kind| kind != "absolute") {
            return Err(unsupported(format!("position_embedding_type {other:?}"), "absolute is"));
        }
        let activation = match written.hidden_act.as_deref().unwrap_or("gelu") {
            "gelu" | "gelu_python" => Activation::Gelu,
            "gelu_new" | "gelu_fast" | "gelu_pytorch_tanh" => Activation::GeluTanh,
            "relu" => Activation::Relu,
            other => return Err(unsupported(format!("hidden_act {other:?}"), "gelu, gelu_new and relu are")),
        };
        let size = |what, is: Option<u64>, at_most: u64| size(&path, what, is, at_most);
        let config = Self {
            family,
            vocabulary: size("vocab_size", written.vocab_size, 2_000_000)?,
            hidden: size("hidden_size", written.hidden_size, 8192)?,
            inner: size("intermediate_size", written.intermediate_size, 32_768)?,
            layers: size("num_hidden_layers", written.num_hidden_layers, 128)?,
            heads: size("num_attention_heads", written.num_attention_heads, 128)?,
            positions: size("max_position_embeddings", written.max_position_embeddings, 65_536)?,
            first_position: match family {
                Family::Bert | Family::DistilBert => 0,
                Family::Roberta => 1 + size("pad_token_id", written.pad_token_id.or(Some(1)), 1000)?,
            },
            types: match family {
                Family::DistilBert => 0,
                Family::Bert | Family::Roberta => {
                    size("type_vocab_size", written.type_vocab_size.or(Some(2)), 1000)?
                }
            },
            epsilon: written.layer_norm_eps.unwrap_or(1e-12),
            activation,
            labels: Labels::read(&path, written.id2label)?,
        };
        let malformed = |why: String| LoadError::Malformed { path: path.clone(), why };
        if !config.hidden.is_multiple_of(config.heads) {
            let (hidden, heads) = (config.hidden, config.heads);
            return Err(malformed(format!("has hidden_size {hidden}, which {heads} heads cannot share")));
        }
        if !(config.epsilon.is_finite() && config.epsilon > 0.0) {
            return Err(malformed("has a layer_norm_eps that is not above nought".to_owned()));
        }
        // Two for the ends, and a few to read.
        if config.room() < 8 {
            return Err(malformed("has a max_position_embeddings that is too short for a text".to_owned()));
        }
        Ok(config)
    }

    /// How many tokens the model takes at once, its two ends among them.
    pub(crate) const fn room(&self) -> usize {
        self.positions.saturating_sub(self.first_position)
    }
}

fn size(path: &Path, what: &'static str, is: Option<u64>, at_most: u64) -> Result<usize, LoadError> {
    match is {
        None => Err(LoadError::Malformed { path: path.to_owned(), why: format!("has no {what}") }),
        Some(0) if what != "pad_token_id" => {
            Err(LoadError::Malformed { path: path.to_owned(), why: format!("has a {what} of nought") })
        }
        Some(is) if is > at_most => Err(LoadError::TooLarge { path: path.to_owned(), what, is, at_most }),
        Some(is) => Ok(is as usize),
    }
}
