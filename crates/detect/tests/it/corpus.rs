//! The labelled corpus is sound, and no change makes the detector worse on it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use aside_detect::Detector;
use aside_score::corpus::{self, Message};
use aside_score::{CorpusScores, Kept, Scheme, ours};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus")
}

fn messages() -> Vec<Message> {
    corpus::read(&folder(), Scheme::Kinds).unwrap_or_else(|wrong| panic!("{wrong}"))
}

#[test]
fn the_corpus_reads_and_is_large_and_at_least_half_of_it_is_clean() {
    let messages = messages();
    let languages: BTreeSet<&str> = messages.iter().map(|message| message.language.as_str()).collect();
    let clean = messages.iter().filter(|message| message.said.is_clean()).count();
    assert!(messages.len() >= 600, "{} messages", messages.len());
    assert!(languages.len() >= 8, "{languages:?}");
    assert!(clean * 2 >= messages.len(), "{clean} of {} are clean", messages.len());
}

#[test]
fn no_message_stands_in_the_corpus_twice() {
    let mut seen = BTreeSet::new();
    let twice: Vec<_> = messages()
        .into_iter()
        .filter(|message| !seen.insert((format!("{:?}", message.before), message.said.text.clone())))
        .map(|message| format!("{}.txt:{}", message.language, message.line))
        .collect();
    assert_eq!(twice, Vec::<String>::new());
}

#[test]
fn no_kind_and_no_language_falls_below_the_floor() {
    let floor = fs::read_to_string(folder().with_file_name("tests/floor.txt")).unwrap();
    let floor = Kept::read(&floor).unwrap();
    assert!(floor.rows.len() > 20, "a floor without rows would hold nothing");
    let messages = messages();
    let found = ours::find_in_corpus(&Detector::new(), &messages, Scheme::Kinds);
    let worse = floor.undercut_by(&CorpusScores::new(&messages, &found).kept());
    assert!(worse.is_empty(), "`cargo xtask accuracy --show 20` shows why:\n{}", worse.join("\n"));
}
