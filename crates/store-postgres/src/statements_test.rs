//! Half of rule 6: every statement that this crate can execute is read here.

use crate::{connect, database::Database, schema};
use std::{collections::BTreeSet, fs, path::Path};

/// Every statement, by file.
fn files() -> Vec<(&'static str, &'static [(&'static str, &'static str)])> {
    let mut files = vec![
        ("apply/conversations.rs", crate::apply::conversations::STATEMENTS),
        ("apply/erasure.rs", crate::apply::erasure::STATEMENTS),
        ("apply/erasure/counters.rs", crate::apply::erasure::counters::STATEMENTS),
        ("apply/erasure/steps.rs", crate::apply::erasure::steps::STATEMENTS),
        ("apply/handles.rs", crate::apply::handles::STATEMENTS),
        ("apply/numbers.rs", crate::apply::numbers::STATEMENTS),
        ("apply/outbox.rs", crate::apply::outbox::STATEMENTS),
        ("apply/people.rs", crate::apply::people::STATEMENTS),
        ("apply/purge.rs", crate::apply::purge::STATEMENTS),
        ("apply/transaction.rs", crate::apply::transaction::STATEMENTS),
        ("apply/vault.rs", crate::apply::vault::STATEMENTS),
        ("conn.rs", crate::conn::STATEMENTS),
        ("connect.rs", connect::STATEMENTS),
        ("guards.rs", crate::guards::STATEMENTS),
        ("rows.rs", crate::rows::STATEMENTS),
        ("schema.rs", schema::STATEMENTS),
        ("signals.rs", crate::signals::STATEMENTS),
    ];
    files.extend_from_slice(crate::reads::STATEMENTS);
    files
}

/// Statements that touch rows and need not name the brand, each with its reason.
const WITHOUT_BRAND: &[(&str, &str, &str)] = &[
    ("reads/doorway.rs", "BRANDS", "lists the brands themselves"),
    ("reads/doorway.rs", "CONNECTION_ANYWHERE", "a webhook names its connection, and no brand"),
    ("reads/doorway.rs", "LINK_ANYWHERE", "a link's secret finds its brand"),
    ("reads/doorway.rs", "SESSION_ANYWHERE", "a session's secret finds its brand"),
    ("reads/doorway.rs", "AGENT_ANYWHERE", "a login finds its brand"),
    ("reads/outbox.rs", "NEXT_DUE", "a time alone; workers serve every brand"),
    ("apply/outbox.rs", "CLAIM", "workers serve every brand; each job carries its own"),
    ("signals.rs", "NUMBERS", "two numbers of each brand, to wake whoever waits"),
];

/// First words of what touches no row of anybody: transactions and settings of the connection.
const OF_THE_CONNECTION: &[&str] = &["BEGIN", "COMMIT", "ROLLBACK", "SET", "LISTEN"];

fn words(sql: &str) -> Vec<&str> {
    sql.split(|c: char| !c.is_ascii_alphanumeric() && c != '_').filter(|w| !w.is_empty()).collect()
}

/// The tables that the migrations make.
fn tables() -> BTreeSet<&'static str> {
    let made = schema::MIGRATIONS.iter().flat_map(|sql| sql.split("CREATE TABLE ").skip(1));
    made.filter_map(|rest| rest.split_whitespace().next()).collect()
}

#[test]
fn rule_6_every_statement_names_the_brand() {
    let tables = tables();
    let mut excused = BTreeSet::new();
    for (file, statements) in files() {
        for (name, sql) in statements {
            let words = words(sql);
            let named = |after: &[&str]| {
                words.windows(2).filter(|w| after.contains(&w[0]) && tables.contains(w[1])).count()
            };
            let (used, filled) = (named(&["FROM", "JOIN", "UPDATE"]), named(&["INTO"]));
            if WITHOUT_BRAND.iter().any(|(f, n, _)| (f, n) == (&file, name)) {
                excused.insert((file, *name));
                assert!(used > 0, "{file}: {name} needs no excuse");
                continue;
            }
            // A list of brands is the command's own, once for each row.
            let bound = [
                "brand = $1",
                "brand = asked.brand",
                "brand = new.brand",
                "brand = next.brand",
                "WHERE (brand, ",
            ]
            .map(|binding| sql.matches(binding).count());
            let bound: usize = bound.iter().sum();
            assert!(bound >= used, "{file}: {name} has {used} tables and {bound} brands");
            let first = sql.matches("(brand, ").count();
            assert!(first >= filled, "{file}: {name} inserts without the brand");
        }
    }
    assert_eq!(excused.len(), WITHOUT_BRAND.len(), "an excuse that no statement needs any more");
}

#[tokio::test]
async fn every_statement_is_prepared_against_the_schema_and_none_reads_a_whole_table() {
    let database = Database::migrated().await;
    let client = database.client().await;
    connect::set_up(&client).await.unwrap();
    client.batch_execute("SET plan_cache_mode = force_generic_plan").await.unwrap();
    for (file, statements) in files() {
        for (name, sql) in statements {
            if OF_THE_CONNECTION.contains(&words(sql)[0]) || matches!(*name, "MAKE_VERSION") {
                continue;
            }
            let prepared = client.prepare(sql).await.unwrap_or_else(|e| panic!("{file}: {name}: {e:?}"));
            let nulls = vec!["NULL"; prepared.params().len()].join(", ");
            let nulls = if nulls.is_empty() { nulls } else { format!("({nulls})") };
            client.batch_execute(&format!("PREPARE looked_at AS {sql}")).await.unwrap();
            let plan = client.simple_query(&format!("EXPLAIN EXECUTE looked_at{nulls}")).await.unwrap();
            client.batch_execute("DEALLOCATE looked_at").await.unwrap();
            let plan: Vec<String> = plan
                .into_iter()
                .filter_map(|message| match message {
                    tokio_postgres::SimpleQueryMessage::Row(row) => row.get(0).map(str::to_owned),
                    _ => None,
                })
                .collect();
            let scans = plan.iter().any(|step| step.contains("Seq Scan"));
            let may = matches!(*name, "BRANDS" | "NUMBERS" | "FIND_VERSION" | "WRITE_VERSION");
            assert!(!scans || may, "{file}: {name} scans: {plan:#?}");
        }
    }
}

#[test]
fn nothing_is_executed_that_is_not_in_the_list() {
    let listed: BTreeSet<_> = files().into_iter().map(|(file, _)| file.to_owned()).collect();
    let mut declaring = BTreeSet::new();
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    visit(&source, &mut |path, text| {
        let file = path.strip_prefix(&source).unwrap().to_string_lossy().into_owned();
        if file == "statements_test.rs" || file == "sql.rs" {
            return;
        }
        if text.contains("statements! {") || file == "rows.rs" {
            declaring.insert(file.clone());
        }
        let text = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        let calls = [
            "Step::new(",
            "Step::bare(",
            ".all(",
            ".one(",
            ".then(",
            ".query(",
            ".query_one(",
            ".query_opt(",
            ".execute(",
            "batch_execute(",
            ".simple_query(",
            ".prepare(",
            ".prepare_cached(",
        ];
        for call in calls {
            for (at, _) in text.match_indices(call) {
                let argument = text[at + call.len()..].trim_start();
                let literal = argument.starts_with('"') || argument.starts_with("&format!(");
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
