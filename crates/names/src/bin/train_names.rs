//! `train-names DATA TRAINING OUT [name=value]...`: trains the model; see `cargo xtask train-names --help`.

#![expect(clippy::print_stdout, reason = "a command line tool speaks on standard output")]

use aside_names::train::{Settings, train};
use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [data, training, out, settings @ ..] = &arguments[..] else {
        return Err("usage: train-names DATA TRAINING OUT [name=value]...".into());
    };
    let mut chosen = Settings::default();
    let mut without = Vec::new();
    for setting in settings {
        let (name, value) = setting.split_once('=').ok_or("a setting is name=value")?;
        match name {
            "passes" => chosen.passes = value.parse()?,
            "rounds" => chosen.rounds = value.parse()?,
            "dropout" => chosen.dropout = value.parse()?,
            "decay" => chosen.decay = value.parse()?,
            "rate" => chosen.rate = value.parse()?,
            "written" => chosen.written = value.parse()?,
            "repeats" => chosen.repeats = value.parse()?,
            "against_outside" => chosen.against_outside = value.parse()?,
            "renamed" => chosen.renamed = value.parse()?,
            "renamed_counts" => chosen.renamed_counts = value.parse()?,
            "without" => without.push(value.to_owned()),
            "line_bits" => chosen.line_bits = value.parse()?,
            _ => return Err(format!("there is no setting `{name}`").into()),
        }
    }
    let trained = train(Path::new(data), Path::new(training), &without, chosen)?;
    std::fs::write(out, &trained.model)?;
    print!("{}", trained.report);
    Ok(())
}
