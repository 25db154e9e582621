//! What was measured, as tables for people.

use std::fmt::Write as _;

use aside_score::{Kept, Tally};

use super::Measured;
use super::sets::{STRUCTURED, Sets, WITHOUT_DATES};
use crate::markdown::{Table, share};

/// The labelled corpus: by kind, by language, and the clean messages; beside the first run.
pub(crate) fn of_corpus(now: &Measured, first: Option<&Kept>) -> String {
    let before = |name: &str| {
        let tally = first.and_then(|first| first.rows.get(name));
        share(tally.and_then(|tally| tally.f1()))
    };
    let mut text = String::new();
    let mut table = Table::new(&["kind", "labels", "precision", "recall", "F1", "F1 of the first run"]);
    for (group, tally) in &now.corpus.whole.groups {
        table.row(&row(group, *tally, before(group)));
    }
    let all = first.map(|first| micro(first.rows.iter().filter(|(name, _)| !name.contains(':'))));
    table.row(&row("**all**", now.corpus.whole.micro(), share(all.and_then(Tally::f1))));
    text.push_str(&table.finish());

    let mut table = Table::new(&[
        "language",
        "texts",
        "clean",
        "clean with a finding",
        "labels",
        "F1",
        "F1 of the first run",
    ]);
    for (language, scores) in &now.corpus.languages {
        table.row(&[
            language.clone(),
            scores.texts.to_string(),
            scores.clean.to_string(),
            scores.alarmed.to_string(),
            scores.micro().labels().to_string(),
            share(scores.micro().f1()),
            before(&format!("language:{language}")),
        ]);
    }
    text.push_str(&table.finish());
    let first = first
        .map_or_else(String::new, |first| format!(" (first run: {})", alarms(first.alarmed, first.clean)));
    writeln!(
        text,
        "Clean messages with a finding of any kind: {}{first}.",
        alarms(now.corpus.whole.alarmed, now.corpus.whole.clean)
    )
    .expect("writing to a string cannot fail");
    text
}

/// The corpus again for who leaves the model of names out.
pub(crate) fn without_names(without: &Kept) -> String {
    let all = micro(without.rows.iter().filter(|(name, _)| !name.contains(':')));
    format!(
        "Without the model of names: F1 {} over all kinds, {} clean messages with a finding.\n",
        share(all.f1()),
        alarms(without.alarmed, without.clean)
    )
}

/// The public sets and the corpus in public names, beside others.
pub(crate) fn of_public_sets(
    sets: &Sets,
    now: &Measured,
    first: Option<&Kept>,
    others: &[(&str, Option<Kept>)],
) -> String {
    let mut columns = vec![("first run", first)];
    columns.extend(others.iter().map(|(title, kept)| (*title, kept.as_ref())));
    let mut text = String::new();
    for (set, title) in [("synth", "`synth_dataset_v2`"), ("corpus", "The labelled corpus, all languages")] {
        let Some(scores) = now.public.get(set) else { continue };
        let mut head = vec!["type", "labels", "precision", "recall", "F1"];
        head.extend(columns.iter().map(|(title, _)| *title));
        writeln!(text, "{title}:\n").expect("writing to a string cannot fail");
        let mut table = Table::new(&head);
        let others = |groups: &[&str]| {
            let f1 = |kept: Option<&Kept>| {
                let rows = kept?.rows.iter();
                let names: Vec<_> = groups.iter().map(|group| format!("{set}:{group}")).collect();
                micro(rows.filter(|(name, _)| names.contains(name))).f1()
            };
            columns.iter().map(|(_, kept)| share(f1(*kept))).collect::<Vec<_>>()
        };
        for group in STRUCTURED.iter().chain(&["PERSON", "STREET_ADDRESS"]) {
            table.row(&wide(group, scores.group(group), others(&[group])));
        }
        for (name, groups) in [("**seven less dates**", WITHOUT_DATES), ("**eight with dates**", STRUCTURED)]
        {
            let tally = micro(groups.iter().map(|group| (group, scores.groups.get(*group).unwrap_or(&NONE))));
            table.row(&wide(name, tally, others(groups)));
        }
        text.push_str(&table.finish());
    }
    let names = [("btc-h", "Broad Twitter Corpus, second half of `h`"), ("wnut17-dev", "WNUT 2017, `dev`")];
    let mut table = Table::new(&["names of people", "labels", "precision", "recall", "F1", "first run"]);
    for (set, title) in names {
        if let Some(scores) = now.public.get(set) {
            let before = first.and_then(|first| first.rows.get(&format!("{set}:PERSON"))?.f1());
            table.row(&row(title, scores.group("PERSON"), share(before)));
        }
    }
    text.push_str(&table.finish());
    text.push_str(&of_alarms(sets, now, &columns));
    text
}

/// Texts without a card, an e-mail address, a phone number, an IBAN, an SSN or an IP address in which one is found.
fn of_alarms(sets: &Sets, now: &Measured, columns: &[(&str, Option<&Kept>)]) -> String {
    let mut head = vec!["false alarms", "texts", "alarmed", "share", "goal"];
    head.extend(columns.iter().map(|(title, _)| *title));
    let mut table = Table::new(&head);
    for (title, goal, names) in [
        ("clean messages of the corpus", "0.5 %", &["quiet"][..]),
        ("tweets of `btc/a` and `btc/b`", "0.2 %", &["btc-a", "btc-b"]),
    ] {
        let Some(Tally { right, wrong, .. }) = alarms_of(sets, now, names) else { continue };
        let there: Vec<_> =
            sets.public.iter().map(|set| set.name).filter(|name| names.contains(name)).collect();
        let mut cells = vec![
            title.to_owned(),
            (right + wrong).to_string(),
            wrong.to_string(),
            percent(wrong, right + wrong),
            goal.to_owned(),
        ];
        cells.extend(columns.iter().map(|(_, kept)| {
            let of = |name: &&str| kept.and_then(|kept| kept.rows.get(&format!("{name}:clean"))).copied();
            let rows: Option<Vec<Tally>> = there.iter().map(of).collect();
            let share = |rows: Vec<Tally>| {
                let alarmed: usize = rows.iter().map(|row| row.wrong).sum();
                percent(alarmed, rows.iter().map(|row| row.right + row.wrong).sum())
            };
            rows.map_or_else(|| "–".to_owned(), share)
        }));
        table.row(&cells);
    }
    table.finish()
}

/// How many texts of these sets stayed quiet (`right`), and how many did not (`wrong`); none if no set is at hand.
pub(super) fn alarms_of(sets: &Sets, now: &Measured, names: &[&str]) -> Option<Tally> {
    let there = sets.public.iter().filter(|set| names.contains(&set.name)).map(|set| &now.public[set.name]);
    there.fold(None, |sum, scores| {
        let Tally { right, wrong, missed } = sum.unwrap_or(NONE);
        Some(Tally { right: right + scores.clean - scores.alarmed, wrong: wrong + scores.alarmed, missed })
    })
}

const NONE: Tally = Tally { right: 0, wrong: 0, missed: 0 };

/// Several tallies as one.
pub(super) fn micro<N>(rows: impl Iterator<Item = (N, impl std::borrow::Borrow<Tally>)>) -> Tally {
    rows.fold(NONE, |sum, (_, tally)| {
        let tally = tally.borrow();
        Tally {
            right: sum.right + tally.right,
            wrong: sum.wrong + tally.wrong,
            missed: sum.missed + tally.missed,
        }
    })
}

fn row(name: &str, tally: Tally, first: String) -> Vec<String> {
    wide(name, tally, vec![first])
}

fn wide(name: &str, tally: Tally, others: Vec<String>) -> Vec<String> {
    let mut cells = vec![
        name.to_owned(),
        tally.labels().to_string(),
        share(tally.precision()),
        share(tally.recall()),
        share(tally.f1()),
    ];
    cells.extend(others);
    cells
}

fn alarms(alarmed: usize, clean: usize) -> String {
    format!("{alarmed} of {clean}, {}", percent(alarmed, clean))
}

fn percent(part: usize, whole: usize) -> String {
    format!("{:.2} %", part as f64 * 100.0 / whole.max(1) as f64)
}
