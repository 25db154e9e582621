//! Half of rule 6: every statement that this crate can execute is read here.

use crate::schema;
use std::{collections::BTreeSet, fs, path::Path};

/// Every statement, by file.
fn files() -> Vec<(&'static str, &'static [(&'static str, &'static str)])> {
    let mut files = vec![
        ("apply/conversations.rs", crate::apply::conversations::STATEMENTS),
        ("apply/erasure.rs", crate::apply::erasure::STATEMENTS),
        ("apply/erasure/counters.rs", crate::apply::erasure::counters::STATEMENTS),
        ("apply/erasure/steps.rs", crate::apply::erasure::steps::STATEMENTS),
        ("apply/handles.rs", crate::apply::handles::STATEMENTS),
        ("apply/ledger.rs", crate::apply::ledger::STATEMENTS),
        ("apply/outbox.rs", crate::apply::outbox::STATEMENTS),
        ("apply/people.rs", crate::apply::people::STATEMENTS),
        ("apply/purge.rs", crate::apply::purge::STATEMENTS),
        ("apply/vault.rs", crate::apply::vault::STATEMENTS),
        ("backup.rs", crate::backup::STATEMENTS),
        ("guards.rs", crate::guards::STATEMENTS),
        ("rows.rs", crate::rows::STATEMENTS),
        ("schema.rs", schema::STATEMENTS),
        ("writer.rs", crate::writer::STATEMENTS),
    ];
    files.extend_from_slice(crate::reads::STATEMENTS);
    files
}

/// Statements that need not name the brand, each with its reason.
const WITHOUT_BRAND: &[(&str, &str, &str)] = &[
    ("reads/doorway.rs", "BRANDS", "lists the brands themselves"),
    ("reads/doorway.rs", "CONNECTION_ANYWHERE", "a webhook names its connection, and no brand"),
    ("reads/doorway.rs", "LINK_ANYWHERE", "a link's secret finds its brand"),
    ("reads/doorway.rs", "SESSION_ANYWHERE", "a session's secret finds its brand"),
    ("reads/doorway.rs", "AGENT_ANYWHERE", "a login finds its brand"),
    ("reads/doorway.rs", "PING", "reads no row of anybody"),
    ("reads/outbox.rs", "NEXT_DUE", "a time alone; workers serve every brand"),
    ("schema.rs", "END_LEASES", "a process that opens the folder is the only one, for every brand"),
    ("apply/outbox.rs", "LAPSED_JOBS", "workers serve every brand; each job carries its own"),
    ("apply/outbox.rs", "DUE_JOBS", "workers serve every brand; each job carries its own"),
];

/// Statements that put what they find in order, each with why that is never much.
const SORTING: &[(&str, &str, &str)] = &[
    ("apply/outbox.rs", "LAPSED_JOBS", "what workers had when they stopped"),
    ("reads/conversations.rs", "MESSAGE_BY_PROVIDER", "one id of a network's"),
    ("reads/doorway.rs", "BRANDS", "the brands of an installation"),
    ("reads/people.rs", "AGENTS", "the agents of a brand"),
];

/// Reads that look through all rows that a brand has in a table, each with why those are few or all wanted.
const ALL_OF_A_BRAND: &[(&str, &str, &str)] = &[
    ("apply/ledger.rs", "NEXT_ENTRY", "the brand's own row"),
    ("apply/ledger.rs", "NO_CHECKPOINTS", "all of them, when a new log begins"),
    ("apply/ledger.rs", "FENCE", "the brand's own row"),
    ("apply/ledger.rs", "NEXT_EVENT", "the brand's own row"),
    ("apply/purge.rs", "PURGE_EVENTS", "the oldest of them, from the front"),
    ("guards.rs", "LEADS", "the brand's own row"),
    ("reads/ledger.rs", "CHECKPOINT", "the last one alone"),
    ("reads/ledger.rs", "LAST_EVENT", "the brand's own row"),
    ("reads/people.rs", "CONNECTIONS", "all of them"),
    ("reads/people.rs", "CHANNELS", "all of them"),
    ("reads/people.rs", "AGENTS", "all of them"),
    ("reads/people.rs", "NOTICES", "all of them"),
];

/// What pages and incoming messages are read by: the index that finds no more than is asked for.
const BY: &[(&str, &str)] = &[
    ("INBOX", "inbox"),
    ("INBOX_BY_STATE", "inbox_by_state"),
    ("INBOX_BY_AGENT", "inbox_by_agent"),
    ("INBOX_BY_BOTH", "inbox_by_agent"),
    ("NEWEST_MESSAGES", "messages_of_conversation"),
    ("MESSAGES_BEFORE", "messages_of_conversation"),
    ("HEARD", "messages_of_thread"),
    ("THREAD_AT", "threads_by_address"),
    ("ENTRIES_OF", "entries_of_conversation"),
    ("CUSTOMER_SESSIONS", "sessions_of_conversation"),
    ("OPEN_LINKS", "links_of_conversation"),
];

/// Words that no brand can be asked of: transactions and settings of the connection.
const OF_THE_CONNECTION: &[&str] = &["BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA"];

fn words(sql: &str) -> Vec<&str> {
    sql.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(|w| !w.is_empty()).collect()
}

#[test]
fn rule_6_every_statement_names_the_brand() {
    let mut excused = BTreeSet::new();
    for (file, statements) in files() {
        for (name, sql) in statements {
            let words = words(sql);
            if OF_THE_CONNECTION.contains(&words[0]) {
                continue;
            }
            if WITHOUT_BRAND.iter().any(|(f, n, _)| (f, n) == (&file, name)) {
                excused.insert((file, *name));
                continue;
            }
            let tables = words.iter().filter(|w| matches!(**w, "FROM" | "JOIN" | "INTO")).count()
                + usize::from(words[0] == "UPDATE");
            let bound = sql.matches("brand = ?1").count();
            if words[0] == "INSERT" {
                assert!(sql.contains("(brand, ") && tables == 1, "{file}: {name} inserts without the brand");
            } else {
                assert!(
                    tables > 0 && bound >= tables,
                    "{file}: {name} has {tables} tables and {bound} brands"
                );
            }
        }
    }
    assert_eq!(excused.len(), WITHOUT_BRAND.len(), "an excuse that no statement needs any more");
}

#[test]
fn every_statement_is_prepared_against_the_schema_and_none_scans_a_table_or_sorts_much() {
    let folder = tempfile::tempdir().unwrap();
    let conn = schema::open_to_write(folder.path()).unwrap();
    let (mut sorting, mut whole) = (Vec::new(), Vec::new());
    for (file, statements) in files() {
        for (name, sql) in statements {
            if OF_THE_CONNECTION.contains(&words(sql)[0]) {
                continue;
            }
            let mut plan =
                conn.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).unwrap_or_else(|e| panic!("{name}: {e}"));
            let places = plan.parameter_count();
            let nulls = vec![rusqlite::types::Null; places];
            let steps: Vec<String> = plan
                .query_map(rusqlite::params_from_iter(nulls), |row| row.get(3))
                .unwrap()
                .collect::<Result<_, _>>()
                .unwrap();
            let scans = steps.iter().any(|step| step.starts_with("SCAN"));
            let may = matches!(*name, "BRANDS" | "PING" | "END_LEASES")
                || steps.iter().any(|s| s.contains("CONSTANT ROW"));
            assert!(!scans || may, "{file}: {name} scans: {steps:?}");
            if steps.iter().any(|step| step.ends_with("USING PRIMARY KEY (brand=?)")) {
                whole.push((file, *name));
            }
            for (_, index) in BY.iter().filter(|(read, _)| read == name) {
                assert!(steps[0].contains(&format!(" {index} (")), "{file}: {name}: {steps:?}");
            }
            if steps.iter().any(|step| step.contains("TEMP B-TREE")) {
                sorting.push((file, *name));
            }
        }
    }
    let excused: Vec<_> = SORTING.iter().map(|(file, name, _)| (*file, *name)).collect();
    let all_of_a_brand: Vec<_> = ALL_OF_A_BRAND.iter().map(|(file, name, _)| (*file, *name)).collect();
    assert_eq!(
        whole, all_of_a_brand,
        "what looks through a brand's whole table, and is not known to want it"
    );
    assert_eq!(sorting, excused, "what sorts what it finds, and is not known to find little");
}

#[test]
fn nothing_is_executed_that_is_not_in_the_list() {
    let listed: BTreeSet<_> = files().into_iter().map(|(file, _)| file.to_owned()).collect();
    let mut declaring = BTreeSet::new();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    visit(&source, &mut |path, text| {
        let file = path.strip_prefix(&source).unwrap().to_string_lossy().into_owned();
        if file == "statements_test.rs" || file.contains("tests") || file == "sql.rs" {
            return;
        }
        if text.contains("statements! {") || file == "rows.rs" {
            declaring.insert(file.clone());
        }
        let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        for call in
            ["execute_batch(", "prepare_cached(", "prepare(", "query_row(", "all(conn, ", "one(conn, "]
        {
            for (at, _) in text.match_indices(call) {
                let argument = &text[at + call.len()..].trim_start();
                // The one that is put together is the pragma that writes the schema's version.
                let literal = argument.starts_with('"')
                    || argument.starts_with("&format!(")
                        && !argument.starts_with("&format!(\"{WRITE_VERSION}{}\"");
                assert!(!literal, "{file}: a statement that is not a constant: {call}");
            }
        }
    });
    assert_eq!(declaring, listed);
}

fn visit(folder: &Path, look: &mut impl FnMut(&Path, &str)) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            visit(&path, look);
        } else {
            look(&path, &fs::read_to_string(&path).unwrap());
        }
    }
}
