//! `aside detect`: finds personal data in texts, line by line, or in one text.

mod said;
mod serve;
mod table;

use super::{
    Failure,
    looking::Looking,
    stream::{
        Format, Offsets,
        blocks::{self, Counter, Found},
        input,
        output::Output,
        rows,
    },
};
use aside_anonymise::Target;
use aside_detect::{Beaten, Certainty, Detector, Explained, Finding, offsets::Unit};
use aside_taxonomy::DataType;
use clap::{Args as ClapArgs, Subcommand};
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

const EXAMPLES: &str = "\
Examples:
  $ echo '{\"id\":1,\"text\":\"my card is 4111 1111 1111 1111\"}' | aside detect
  {\"id\":1,\"findings\":[{\"type\":\"fin.pan\",\"kind\":\"card\",\"start\":11,\"end\":30,\"score\":0.99,\
\"certainty\":\"certain\",\"evidence\":[\"luhn\",\"issuer_range\",\"grouping\",\"cue_before\"]}]}

  $ aside detect 'my card is 4111 1111 1111 1111'
  $ aside detect --offsets chars --region DE < texts.jsonl > findings.jsonl
  $ aside detect --input texts.jsonl --output findings.jsonl --types fin.pan,iban --min-certainty likely
  $ aside detect --format text --input server.log
  $ aside detect serve --listen 127.0.0.1:5002

JSONL: each line in is a JSON object with `id` (any JSON, given back as it is) and `text`; other members are \
ignored. Each line out has the same id. Answers come as lines come, in their order.

Text (--format text): each line out is one finding with its line and column (from 1), and its place in the whole \
input. A value may go on over line breaks. The input is read in blocks of 256 KiB that overlap by 4 KiB: what a finding \
needs to be seen may reach that far. Memory does not grow with the input, whatever the length of its lines.

A line of JSONL that cannot be read (no JSON, no UTF-8, longer than 64 MiB) has no answer: its number, nothing of it, is \
said on standard error, and the lines behind it go on. Text that is not UTF-8 ends there, told by its line.

Exit codes: 0 everything was read, or nobody reads the output any more; 1 something could not be read or written; 2 \
the arguments make no sense.";

/// Arguments of `aside detect`.
#[derive(ClapArgs, Debug)]
#[command(after_help = EXAMPLES, args_conflicts_with_subcommands = true)]
pub(crate) struct Args {
    #[command(subcommand)]
    command: Option<Command>,
    /// A text to look into; what is found comes as a table for people, values masked. Everybody on this machine
    /// can read a program's arguments: real data goes through standard input
    #[arg(conflicts_with_all = ["input", "format", "offsets"])]
    text: Option<String>,
    /// With a text: show the values
    #[arg(long, requires = "text")]
    show: bool,
    /// Say in words why each finding was made
    #[arg(long)]
    explain: bool,
    /// A file to read instead of standard input; may be given more than once
    #[arg(long, short, value_name = "FILE")]
    input: Vec<PathBuf>,
    /// A file to write instead of standard output
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// What the input is
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = Format::Jsonl)]
    format: Format,
    /// What `start` and `end` count
    #[arg(long, value_enum, value_name = "UNIT", default_value_t = Offsets::Bytes)]
    offsets: Offsets,
    /// Data types or kinds to report, such as fin.pan,contact.email,iban [default: all]
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    types: Vec<Target>,
    #[command(flatten)]
    looking: Looking,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// Answer what programs for Presidio ask, over HTTP, without an installation
    Serve(serve::Args),
}

pub(crate) fn run(args: Args) -> Result<ExitCode, Failure> {
    if let Some(Command::Serve(args)) = args.command {
        return serve::run(&args);
    }
    let look = Look::new(&args)?;
    if let Some(text) = args.text {
        let mut output = Output::open(args.output.as_deref(), None)?;
        if Path::new(&text).is_file() {
            eprintln!("aside: this looks into the name itself; into the file of that name with --input");
        }
        let table = table::table(&text, &look.find(&text), args.show, args.explain);
        return output.write(table.as_bytes()).map(|_| ExitCode::SUCCESS);
    }
    let inputs = input::open(&args.input)?;
    let mut output = Output::open(args.output.as_deref(), input::size(&inputs))?;
    let (unit, explain) = (Unit::from(args.offsets), args.explain);
    match args.format {
        Format::Jsonl => rows::answer_all(inputs, &mut output, move |row, out| {
            let found = look.find(&row.text);
            said::row(row, &found, unit, explain, out).map_err(|_| "cannot be answered")?;
            Ok(found.len())
        })?,
        Format::Text => {
            let work = move |text: &str| {
                let found = look.find(text).into_iter();
                found.map(|seen| Found { span: seen.finding.start..seen.finding.end, what: seen }).collect()
            };
            blocks::work_all(inputs, &mut output, work, || {
                let mut counter = Counter::new(unit);
                // How far the core before reached into this one.
                let mut reached = 0;
                move |mut core| {
                    core.only_behind(&mut reached);
                    said::core(&core, &mut counter, unit, explain)
                }
            })?;
        }
    }
    output.end();
    Ok(ExitCode::SUCCESS)
}

/// What is looked for.
#[derive(Clone)]
struct Look {
    explain: bool,
    detector: Detector,
    targets: Vec<Target>,
    min_certainty: Certainty,
}

impl Look {
    fn new(args: &Args) -> Result<Self, Failure> {
        let mut detector = args.looking.detector()?;
        if !args.types.is_empty() {
            detector = detector.types(args.types.iter().filter_map(type_of));
        }
        Ok(Self {
            explain: args.explain,
            detector: detector.build(),
            targets: args.types.clone(),
            min_certainty: args.looking.min_certainty(),
        })
    }

    /// What is in a text; what each finding beat, only where that is asked for.
    fn find(&self, text: &str) -> Vec<Seen> {
        if self.explain {
            let seen = self.detector.explain(text).into_iter();
            let seen = seen.map(|Explained { finding, beat }| Seen { finding, beat });
            seen.filter(|seen| self.wants(&seen.finding)).collect()
        } else {
            let found = self.detector.detect(text).into_iter();
            let found = found.filter(|finding| self.wants(finding));
            found.map(|finding| Seen { finding, beat: Vec::new() }).collect()
        }
    }

    fn wants(&self, finding: &Finding) -> bool {
        let wanted = |target: &Target| match target {
            Target::Type(data_type) => *data_type == finding.data_type,
            Target::Kind(kind) => *kind == finding.kind,
        };
        finding.certainty >= self.min_certainty
            && (self.targets.is_empty() || self.targets.iter().any(wanted))
    }
}

/// A finding, and what it stands in the way of.
struct Seen {
    finding: Finding,
    beat: Vec<Beaten>,
}

fn type_of(target: &Target) -> Option<DataType> {
    match target {
        Target::Type(data_type) => Some(*data_type),
        Target::Kind(kind) => {
            DataType::ALL.iter().copied().find(|data_type| data_type.kinds().contains(kind))
        }
    }
}
