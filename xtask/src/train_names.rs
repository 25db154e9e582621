//! `cargo xtask train-names`: trains the model of names, the same bytes each time.

use std::path::PathBuf;

use clap::Args;

use crate::cargo::{cargo, root};
use crate::failure::{Failure, Outcome, While};

/// What to train on.
///
/// Read from DIR: btc/a.conll, btc/b.conll, btc/e.conll, btc/g.conll and the first half of btc/h.conll (Broad
/// Twitter Corpus, CC BY 4.0), wnut17/train.conll and wnut17/dev.conll (WNUT 2017, CC BY 4.0). Read from the
/// repository: crates/names/training, our own lists and templates, whose names are put into copies of the texts, too.
/// The second half of btc/h.conll is the development set, whose scores are printed. A setting without=btc/g leaves a set
/// out of training and prints its scores. Written: crates/names/model/names.model.
#[derive(Args)]
pub(crate) struct Arguments {
    /// Folder of the corpora: btc/ and wnut17/ in columns, one piece and its tag a line
    #[arg(long, value_name = "DIR", default_value = "../shared/data")]
    data: PathBuf,
    /// Another setting of the trainer, for instance passes=20; may be given again
    #[arg(long = "set", value_name = "NAME=VALUE")]
    settings: Vec<String>,
}

/// Builds the trainer and runs it.
pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let names = root().join("crates/names");
    let mut trainer = cargo(["run", "--release", "--locked", "--quiet", "--package", "aside-names"]);
    trainer.args(["--features", "train", "--bin", "train-names", "--"]);
    trainer
        .arg(root().join(&arguments.data))
        .arg(names.join("training"))
        .arg(names.join("model/names.model"));
    let status = trainer.args(&arguments.settings).status().while_doing("the trainer")?;
    if status.success() { Ok(()) } else { Err(Failure::new("nothing was trained")) }
}
