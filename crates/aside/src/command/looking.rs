//! What is looked for: arguments of every command that detects.

use aside_detect::{Certainty, Detector, DetectorBuilder, Region};
use clap::{Args, ValueEnum};

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
    /// A detector as asked for, to be built.
    pub(crate) fn detector(&self) -> DetectorBuilder {
        Detector::builder().regions(self.regions.iter().copied()).names(self.names || !self.no_names)
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
