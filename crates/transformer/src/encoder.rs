//! The model: from the ids of tokens to a number for each token and label.

use crate::{
    LoadError,
    config::{Config, Family},
    folder::Folder,
    layer::{Attention, Layer, Linear, Norm},
    weights::Weights,
};
use ndarray::{Array1, Array2, Axis, s};

/// What the tensors of a family are called, less the number of the layer.
struct Named {
    prefix: &'static str,
    layers: &'static str,
    query: &'static str,
    key: &'static str,
    value: &'static str,
    output: &'static str,
    after_attention: &'static str,
    widen: &'static str,
    narrow: &'static str,
    after_all: &'static str,
}

const BERT: Named = Named {
    prefix: "bert.",
    layers: "encoder.layer",
    query: "attention.self.query",
    key: "attention.self.key",
    value: "attention.self.value",
    output: "attention.output.dense",
    after_attention: "attention.output.LayerNorm",
    widen: "intermediate.dense",
    narrow: "output.dense",
    after_all: "output.LayerNorm",
};

const ROBERTA: Named = Named { prefix: "roberta.", ..BERT };

const DISTILBERT: Named = Named {
    prefix: "distilbert.",
    layers: "transformer.layer",
    query: "attention.q_lin",
    key: "attention.k_lin",
    value: "attention.v_lin",
    output: "attention.out_lin",
    after_attention: "sa_layer_norm",
    widen: "ffn.lin1",
    narrow: "ffn.lin2",
    after_all: "output_layer_norm",
};

/// An encoder and the classifier over it.
pub(crate) struct Encoder {
    words: Array2<f32>,
    positions: Array2<f32>,
    first_position: usize,
    /// What the first token type adds, where there are types.
    first_type: Option<Array1<f32>>,
    norm: Norm,
    layers: Vec<Layer>,
    classifier: Linear,
}

impl Encoder {
    pub(crate) fn read(folder: &Folder<'_>, config: &Config) -> Result<Self, LoadError> {
        let named = match config.family {
            Family::Bert => BERT,
            Family::Roberta => ROBERTA,
            Family::DistilBert => DISTILBERT,
        };
        let &Config { hidden, inner, epsilon, .. } = config;
        let mut weights = Weights::open(folder, named.prefix)?;
        let weights = &mut weights;
        let words = weights.matrix("embeddings.word_embeddings.weight", config.vocabulary, hidden)?;
        let positions = weights.matrix("embeddings.position_embeddings.weight", config.positions, hidden)?;
        let first_type = match config.types {
            0 => None,
            types => {
                let table = weights.matrix("embeddings.token_type_embeddings.weight", types, hidden)?;
                Some(table.row(0).to_owned())
            }
        };
        let norm = Norm::read(weights, "embeddings.LayerNorm", hidden, epsilon)?;
        let mut layers = Vec::new();
        for layer in 0..config.layers {
            let name = |part: &str| format!("{}.{layer}.{part}", named.layers);
            layers.push(Layer {
                attention: Attention {
                    query: Linear::read(weights, &name(named.query), hidden, hidden)?,
                    key: Linear::read(weights, &name(named.key), hidden, hidden)?,
                    value: Linear::read(weights, &name(named.value), hidden, hidden)?,
                    output: Linear::read(weights, &name(named.output), hidden, hidden)?,
                    heads: config.heads,
                },
                after_attention: Norm::read(weights, &name(named.after_attention), hidden, epsilon)?,
                widen: Linear::read(weights, &name(named.widen), hidden, inner)?,
                narrow: Linear::read(weights, &name(named.narrow), inner, hidden)?,
                after_all: Norm::read(weights, &name(named.after_all), hidden, epsilon)?,
                activation: config.activation,
            });
        }
        let labels = config.labels.meanings().len();
        let classifier = Linear::new(
            weights.matrix_by_whole_name("classifier.weight", labels, hidden)?,
            weights.row_by_whole_name("classifier.bias", labels)?,
        );
        Ok(Self {
            words,
            positions,
            first_position: config.first_position,
            first_type,
            norm,
            layers,
            classifier,
        })
    }

    /// One row a token, one number a label. There are no more ids than the model has room for, and each is in its
    /// vocabulary.
    pub(crate) fn logits(&self, ids: &[u32]) -> Array2<f32> {
        let indices: Vec<usize> = ids.iter().map(|id| *id as usize).collect();
        let mut tokens = self.words.select(Axis(0), &indices);
        tokens += &self.positions.slice(s![self.first_position..self.first_position + ids.len(), ..]);
        if let Some(first_type) = &self.first_type {
            tokens += first_type;
        }
        self.norm.apply(&mut tokens);
        for layer in &self.layers {
            tokens = layer.apply(&tokens);
        }
        self.classifier.apply(&tokens)
    }
}
