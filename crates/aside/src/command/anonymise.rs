//! `aside anonymise`: takes personal data out of texts, and puts back what was encrypted.

use super::{
    Failure,
    looking::Looking,
    stream::{
        Format, Offsets,
        blocks::{self, Answered, Found},
        input,
        output::Output,
        row::Row,
        rows,
    },
};
use crate::{config::read_secret, world::SystemRandom};
use aside_anonymise::{Anonymiser, Item, Key, Mapping, NotAKey, Operator, Policy, Target};
use aside_detect::offsets::{self, Unit};
use aside_vault::Zeroizing;
use clap::Args as ClapArgs;
use serde::Serialize;
use serde_json::value::RawValue;
use std::{path::PathBuf, process::ExitCode, sync::Arc};

const KEY_VARIABLE: &str = "ASIDE_ANONYMISE_KEY";

const EXAMPLES: &str = "\
Examples:
  $ echo '{\"id\":1,\"text\":\"anna@example.com\"}' | aside anonymise
  {\"id\":1,\"text\":\"<EMAIL>\",\"items\":[{\"type\":\"contact.email\",\"kind\":\"email\",\"operator\":\
\"replace\",\"start\":0,\"end\":7}]}

  $ (umask 077; openssl rand -hex 32 > key)
  $ aside anonymise --format text --key-file key --for fin.pan=encrypt --for demo.dob=shift-dates < chat.txt > safe.txt
  $ aside anonymise --format text --key-file key --decrypt < safe.txt
  $ aside anonymise --default mask --for contact.name=pseudonym --for date=keep --key-file key -i in.jsonl -o out.jsonl

Operators: keep, redact, replace (by <KIND>), replace:TEXT, mask (as people may see the type), mask:* and mask:*:4 and \
mask:*:4:end, hash (HMAC-SHA-256), hash:16, hash:base32:16, encrypt (the same value has the same token), \
encrypt:random, shift-dates, shift-dates:90, pseudonym, pseudonym:valid (with right check digits). All from hash on \
need a key: 64 hexadecimal digits, in the file of --key-file (mode 600) or in ASIDE_ANONYMISE_KEY.

JSONL and text are read as by `aside detect`; a line that cannot be read has no line in the output. A row's `subject` says whom it is about: dates of one subject move by \
the same number of days.

Exit codes: 0 everything was read, or nobody reads the output any more; 1 something could not be read or written; 2 \
the arguments make no sense.";

/// Arguments of `aside anonymise`.
#[derive(ClapArgs, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// What is done with values unless --for says otherwise
    #[arg(long, value_name = "OPERATOR", default_value = "replace")]
    default: Operator,
    /// What is done with a data type or kind, such as fin.pan=mask or iban=encrypt; may be given more than once
    #[arg(long = "for", value_name = "TYPE=OPERATOR", value_parser = rule)]
    rules: Vec<(Target, Operator)>,
    /// Put back what was encrypted, and leave everything else as it is
    #[arg(long, conflicts_with_all = ["default", "rules", "mapping", "subject", "regions", "min_certainty", "names", "no_names", "names_model"])]
    decrypt: bool,
    /// A file that holds the key, as 64 hexadecimal digits, and that nobody else can read
    #[arg(long, value_name = "FILE")]
    key_file: Option<PathBuf>,
    /// Whom rows without `subject`, and texts, are about
    #[arg(long, value_name = "NAME", default_value = "", hide_default_value = true)]
    subject: String,
    /// Give with each row what restores it (values in clear): `mapping`, a list of start, end (in bytes of the new
    /// text) and original
    #[arg(long)]
    mapping: bool,
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
    #[command(flatten)]
    looking: Looking,
}

fn rule(text: &str) -> Result<(Target, Operator), String> {
    let (target, operator) = text.split_once('=').ok_or("a rule is TYPE=OPERATOR, such as fin.pan=mask")?;
    Ok((
        target.parse().map_err(|e: aside_anonymise::NotATarget| e.to_string())?,
        operator.parse().map_err(|e: aside_anonymise::NotAnOperator| e.to_string())?,
    ))
}

pub(crate) fn run(args: Args) -> Result<ExitCode, Failure> {
    let anonymiser = Arc::new(anonymiser(&args)?);
    let inputs = input::open(&args.input)?;
    let mut output = Output::open(args.output.as_deref(), input::size(&inputs))?;
    let (unit, decrypt, mapping, subject) =
        (Unit::from(args.offsets), args.decrypt, args.mapping, args.subject);
    match args.format {
        Format::Jsonl => rows::answer_all(inputs, &mut output, move |row, out| {
            let said = if decrypt {
                opened(&anonymiser, row, out)
            } else {
                made(&anonymiser, row, &subject, unit, mapping, out)
            };
            said.map_err(|_| "cannot be answered")
        })?,
        Format::Text => {
            let work = move |text: &str| {
                let (new, items) = if decrypt {
                    let opened = anonymiser.decrypt(text);
                    (opened.text, opened.items)
                } else {
                    let made = anonymiser.anonymise(text, &subject, &SystemRandom);
                    (made.text, made.items)
                };
                let found = |item: Item| Found { what: new[item.start..item.end].to_owned(), span: item.was };
                items.into_iter().map(found).collect()
            };
            blocks::work_all(inputs, &mut output, work, || {
                // How far the core before reached into this one.
                let mut reached = 0;
                move |core| Ok(replaced(&core, &mut reached))
            })?;
        }
    }
    output.end();
    Ok(ExitCode::SUCCESS)
}

fn anonymiser(args: &Args) -> Result<Anonymiser, Failure> {
    let hint = format!(
        "give 64 hexadecimal digits in a file with --key-file, or in {KEY_VARIABLE}; `openssl rand -hex 32` makes them"
    );
    let bad = |e: NotAKey| Failure::new(e).with_hint(hint.clone());
    let from_variable = std::env::var(KEY_VARIABLE).ok().filter(|text| !text.is_empty()).map(Zeroizing::new);
    let key = match (&args.key_file, from_variable) {
        (Some(path), _) => {
            let text = read_secret("--key-file", path).map_err(Failure::new)?;
            Some(Key::from_hex(text.expose()).map_err(bad)?)
        }
        (None, Some(text)) => Some(Key::from_hex(&text).map_err(bad)?),
        (None, None) => None,
    };
    let rules = args.rules.iter().cloned();
    let policy =
        rules.fold(Policy::new(args.default.clone()), |policy, (t, operator)| policy.with(t, operator));
    let detector = args.looking.detector()?.build();
    let anonymiser = match key {
        Some(key) => Anonymiser::with_key(detector, policy, &key),
        None if args.decrypt => return Err(Failure::new("nothing opens without a key").with_hint(hint)),
        None => Anonymiser::new(detector, policy).map_err(|e| Failure::new(e).with_hint(hint))?,
    };
    let anonymiser = anonymiser.min_certainty(args.looking.min_certainty());
    Ok(if args.looking.month_first() { anonymiser.month_first() } else { anonymiser })
}

#[derive(Serialize)]
struct Made<'a> {
    id: Option<&'a RawValue>,
    text: &'a str,
    items: Vec<SaidItem<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mapping: Option<Mapping>,
}

#[derive(Serialize)]
struct SaidItem<'a> {
    r#type: &'a str,
    kind: &'a str,
    operator: &'a str,
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct PutBack<'a> {
    id: Option<&'a RawValue>,
    text: &'a str,
    opened: usize,
    unopened: usize,
}

fn made(
    anonymiser: &Anonymiser,
    row: &Row<'_>,
    subject: &str,
    unit: Unit,
    mapping: bool,
    out: &mut Vec<u8>,
) -> serde_json::Result<usize> {
    let made = anonymiser.anonymise(&row.text, row.subject.as_deref().unwrap_or(subject), &SystemRandom);
    let spans = offsets::convert_spans(&made.text, made.items.iter().map(|item| item.start..item.end), unit);
    let said = |(item, span): (&Item, std::ops::Range<usize>)| SaidItem {
        r#type: item.data_type.id(),
        kind: item.kind,
        operator: item.operator,
        start: span.start,
        end: span.end,
    };
    let items: Vec<_> = made.items.iter().zip(spans).map(said).collect();
    let count = items.len();
    let mapping = mapping.then(|| made.mapping(&row.text));
    serde_json::to_writer(&mut *out, &Made { id: row.id, text: &made.text, items, mapping })?;
    out.push(b'\n');
    Ok(count)
}

fn opened(anonymiser: &Anonymiser, row: &Row<'_>, out: &mut Vec<u8>) -> serde_json::Result<usize> {
    let opened = anonymiser.decrypt(&row.text);
    let count = opened.items.len();
    let said = PutBack { id: row.id, text: &opened.text, opened: count, unopened: opened.unopened.len() };
    serde_json::to_writer(&mut *out, &said)?;
    out.push(b'\n');
    Ok(count)
}

/// A core with what begins in it replaced. Where the core before reached into this one, its text is gone already; a
/// piece that begins there takes its tail with it.
fn replaced(core: &Answered<'_, String>, reached: &mut usize) -> Vec<u8> {
    let mut out = String::with_capacity(core.core.len());
    let mut at = core.core.start + *reached;
    for found in &core.found {
        if found.span.start >= at {
            out.push_str(&core.text[at..found.span.start]);
            out.push_str(&found.what);
        }
        at = at.max(found.span.end);
    }
    if at < core.core.end {
        out.push_str(&core.text[at..core.core.end]);
    }
    *reached = at.saturating_sub(core.core.end);
    out.into_bytes()
}
