//! `cargo xtask accuracy`: what is found rightly, wrongly and not at all, by us and by others.

mod goals;
mod sets;
mod tables;
mod types;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use aside_detect::Detector;
use aside_score::{CorpusScores, Kept, Labelled, Marked, Scheme, Scores, Tally, ours, texts};
use clap::Args;

use crate::answers;
use crate::failure::{Failure, Outcome, While};
use crate::peers::{self, Peer};
use crate::{markdown, place};
use sets::Sets;

/// What to measure.
#[derive(Args)]
pub(crate) struct Arguments {
    /// The folder of public sets: `presidio-research/synth_dataset_v2.json`, `btc/{a,b,h}.conll`,
    /// `wnut17/dev.conll`. Without it the labelled corpus alone is measured
    #[arg(long, value_name = "DIR", default_value = "../shared/data")]
    data: PathBuf,
    /// Print up to so many misses and false alarms per kind
    #[arg(long, value_name = "N", default_value_t = 0)]
    show: usize,
    /// Also let the peers read the same texts, and keep what they score
    #[arg(long)]
    peers: bool,
    /// Let another program answer instead, and keep its scores under `--keep-as`. It reads
    /// `{"id", "text"}` a line and writes `{"findings": [{"type", "kind", "start", "end", "score"}]}` a line,
    /// offsets in code points
    #[arg(long, value_name = "COMMAND", requires = "keep_as")]
    program: Option<String>,
    /// The name for `--program`'s scores, for instance `first-run`
    #[arg(long, value_name = "NAME", requires = "program")]
    keep_as: Option<String>,
    /// Make today's scores on the corpus the floor that the tests hold changes against
    #[arg(long, conflicts_with = "program")]
    write_floor: bool,
}

/// Measures, prints, and writes what is kept.
pub(crate) fn run(arguments: &Arguments) -> Outcome {
    let sets = Sets::read(&arguments.data)?;
    if sets.public.len() == 1 {
        println!("{} holds no public sets: the labelled corpus alone is measured", arguments.data.display());
    }
    if let (Some(program), Some(name)) = (&arguments.program, &arguments.keep_as) {
        let measured = measure(&sets, &Answering::Program(program))?;
        print!("{}", tables::of_corpus(&measured, None));
        return keep(name, &measured);
    }
    let now = measure(&sets, &Answering::Ours(Box::new(with_names())))?;
    now.show(&sets, arguments.show);
    if arguments.peers {
        for peer in Peer::ALL {
            match peer.prepare().and_then(|()| measure(&sets, &Answering::Peer(*peer))) {
                Ok(measured) => keep(peer.name(), &measured)?,
                Err(failure) => println!("{} is left out: {failure}", peer.title()),
            }
        }
    }
    let first = read_kept("first-run")?;
    let others: Vec<_> =
        Peer::ALL.iter().map(|peer| Ok((peer.title(), read_kept(peer.name())?))).collect::<Outcome<_>>()?;
    let without = ours::find_in_corpus(&Detector::new(), &sets.messages, Scheme::Kinds);
    let without = CorpusScores::new(&sets.messages, &without).kept();
    let corpus = tables::of_corpus(&now, first.as_ref()) + &tables::without_names(&without);
    print!("{corpus}");
    markdown::replace(&place::page(), "corpus", &corpus)?;
    markdown::replace(&place::page(), "types", &types::table(&sets.messages))?;
    if sets.public.len() > 1 {
        let public = tables::of_public_sets(&sets, &now, first.as_ref(), &others);
        print!("{public}");
        markdown::replace(&place::page(), "public sets", &public)?;
        let goals = goals::table(&sets, &now);
        print!("{goals}");
        markdown::replace(&place::page(), "goals", &goals)?;
    }
    if arguments.write_floor {
        let path = place::floor();
        // The tests build the detector without its model of names.
        fs::write(&path, without.to_string()).while_doing(path.display().to_string())?;
    }
    Ok(())
}

/// The detector as the program has it.
fn with_names() -> Detector {
    Detector::builder().names(true).build()
}

/// Who answers.
enum Answering<'p> {
    /// Our detector, here.
    Ours(Box<Detector>),
    /// A program that reads and writes lines of JSON.
    Program(&'p str),
    /// Somebody else's detector.
    Peer(Peer),
}

/// What somebody scored on each set.
pub(crate) struct Measured {
    /// The corpus in our own kinds, whole and by language; empty for who does not know our kinds.
    corpus: CorpusScores,
    /// Each set by its name, in public names.
    public: BTreeMap<&'static str, Scores>,
}

fn measure(sets: &Sets, answering: &Answering<'_>) -> Outcome<Measured> {
    let mut measured = Measured { corpus: CorpusScores::default(), public: BTreeMap::new() };
    for set in &sets.public {
        measured
            .public
            .insert(set.name, set.score(&answers(answering, set.name, &set.texts, Scheme::Public)?));
    }
    if !matches!(answering, Answering::Peer(_)) {
        let texts = texts(&sets.messages);
        let found = match answering {
            Answering::Ours(detector) => ours::find_in_corpus(detector, &sets.messages, Scheme::Kinds),
            _ => answers(answering, "corpus", &texts, Scheme::Kinds)?,
        };
        measured.corpus = CorpusScores::new(&sets.messages, &found);
    }
    Ok(measured)
}

fn answers(
    answering: &Answering<'_>,
    set: &str,
    texts: &[Labelled],
    scheme: Scheme,
) -> Outcome<Vec<Vec<Marked>>> {
    let mut command = match answering {
        Answering::Ours(detector) => {
            return Ok(texts.iter().map(|text| ours::find(detector, &text.text, scheme)).collect());
        }
        Answering::Program(program) => {
            let mut command = Command::new("sh");
            command.args(["-c", program]);
            command
        }
        Answering::Peer(peer) => peer.answering(),
    };
    let file = peers::texts(set, texts.iter().map(|text| text.text.as_str()))?;
    let found = answers::ask(&mut command, &file, texts.len())?;
    Ok(found.iter().map(|found| found.iter().map(|found| found.marked(scheme)).collect()).collect())
}

impl Measured {
    /// Everything, in one flat list of names.
    fn kept(&self) -> Kept {
        let mut kept = self.corpus.kept();
        for (set, scores) in &self.public {
            for (group, tally) in &scores.groups {
                kept.rows.insert(format!("{set}:{group}"), *tally);
            }
            let quiet = Tally { right: scores.clean - scores.alarmed, wrong: scores.alarmed, missed: 0 };
            kept.rows.insert(format!("{set}:clean"), quiet);
        }
        kept
    }

    fn show(&self, sets: &Sets, show: usize) {
        let own = texts(&sets.messages);
        let public = sets
            .public
            .iter()
            .skip(1)
            .filter_map(|set| Some((set.name, &set.texts, self.public.get(set.name)?)));
        for (name, texts, scores) in [("corpus", &own, &self.corpus.whole)].into_iter().chain(public) {
            let mut shown: BTreeMap<(&str, bool), usize> = BTreeMap::new();
            for mistake in &scores.mistakes {
                let count = shown.entry((&mistake.group, mistake.is_missed)).or_default();
                *count += 1;
                if *count <= show {
                    let word = if mistake.is_missed { "missed" } else { "wrong" };
                    let text: String = texts[mistake.text].text.chars().take(160).collect();
                    println!("{name} {} {word}: {:?} in {text:?}", mistake.group, mistake.value);
                }
            }
        }
    }
}

fn keep(name: &str, measured: &Measured) -> Outcome {
    let path = place::kept(name);
    fs::write(&path, measured.kept().to_string()).while_doing(path.display().to_string())
}

fn read_kept(name: &str) -> Outcome<Option<Kept>> {
    let path = place::kept(name);
    let Ok(text) = fs::read_to_string(&path) else { return Ok(None) };
    let kept = Kept::read(&text);
    kept.map(Some).map_err(|because| Failure::Kept { path: path.display().to_string(), because })
}
