//! What is looked for: arguments of every command that detects.

use super::Failure;
use aside_detect::{Certainty, Detector, DetectorBuilder, Region};
use aside_transformer::Transformer;
use clap::{Args, ValueEnum};
use std::path::PathBuf;

/// How a detector is asked for.
#[derive(Args, Clone, Debug)]
pub(crate) struct Looking {
    /// A country whose national numbers are expected without a word that announces them, such as DE; may be given
    /// more than once, or as a list (DE,AT)
    #[arg(long = "region", visible_alias = "regions", value_name = "CC", value_delimiter = ',')]
    regions: Vec<Region>,
    /// The least certain findings that count: guessed are many, certain are proven by check digits or form
    #[arg(long, value_enum, value_name = "CERTAINTY", default_value_t = AtLeast::Guessed)]
    min_certainty: AtLeast,
    /// Look for names of people and places that no word introduces, too, by a trained model (the default)
    #[arg(long, overrides_with = "no_names")]
    names: bool,
    /// Leave the model out: many times faster, and names are found by the words that introduce them alone
    #[arg(long, overrides_with = "names")]
    no_names: bool,
    /// A folder with a transformer for names that you have (config.json, model.safetensors, and tokenizer.json or
    /// vocab.txt; BERT, DistilBERT, RoBERTa or XLM-RoBERTa for token classification), to be asked instead of the trained model:
    /// thousands of times slower. Nothing is downloaded
    #[arg(long, value_name = "DIR", conflicts_with_all = ["names", "no_names"])]
    names_model: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum AtLeast {
    /// Everything
    Guessed,
    /// What a word nearby announces, and what is certain
    Likely,
    /// What check digits or an unmistakable form prove
    Certain,
}

impl Looking {
    /// A detector as asked for, to be built. Loads the transformer where one is asked for.
    pub(crate) fn detector(&self) -> Result<DetectorBuilder, Failure> {
        let builder = Detector::builder().regions(self.regions.iter().copied());
        let Some(folder) = &self.names_model else {
            return Ok(builder.names(self.names || !self.no_names));
        };
        let transformer = Transformer::load(folder).map_err(|e| {
            Failure::new(format!("--names-model: {e}")).with_hint(
                "wanted is a folder with config.json, model.safetensors and tokenizer.json (or vocab.txt) of a BERT, \
                 DistilBERT, RoBERTa or XLM-RoBERTa for token classification",
            )
        })?;
        Ok(builder.tagger(transformer))
    }

    /// The least certain findings that count.
    pub(crate) const fn min_certainty(&self) -> Certainty {
        match self.min_certainty {
            AtLeast::Guessed => Certainty::Guessed,
            AtLeast::Likely => Certainty::Likely,
            AtLeast::Certain => Certainty::Certain,
        }
    }

    /// Whether 03/04 is the fourth of March where they expect numbers from.
    pub(crate) fn month_first(&self) -> bool {
        self.regions.iter().any(|region| region.code() == "US")
    }
}
