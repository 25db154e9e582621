//! Both stores have the same tables, columns, keys and indexes.

use crate::database::{Database, options};
use aside_store_sqlite::SqliteStore;
use rusqlite::Connection;
use std::collections::BTreeSet;
use tokio_postgres::Client;

/// What is in a schema, line by line.
type Lines = BTreeSet<String>;

fn of_sqlite(sql: &str) -> Lines {
    let folder = tempfile::tempdir().unwrap();
    let how = aside_store_sqlite::Options::new(options().clock);
    drop(SqliteStore::open(folder.path(), how).unwrap());
    let conn = Connection::open(folder.path().join("aside.db")).unwrap();
    let mut found = conn.prepare(sql).unwrap();
    found.query_map([], |row| row.get::<_, String>(0)).unwrap().map(Result::unwrap).collect()
}

async fn of_postgres(client: &Client, sql: &str) -> Lines {
    client.query(sql, &[]).await.unwrap().into_iter().map(|row| row.get(0)).collect()
}

#[track_caller]
fn same(what: &str, sqlite: &Lines, postgres: &Lines) {
    assert!(!sqlite.is_empty(), "{what}: nothing proves nothing");
    let alone: Vec<_> = sqlite.difference(postgres).collect();
    let others: Vec<_> = postgres.difference(sqlite).collect();
    assert!(
        alone.is_empty() && others.is_empty(),
        "{what}: SQLite alone has {alone:#?}, PostgreSQL {others:#?}"
    );
}

#[tokio::test]
async fn both_schemas_have_the_same_tables_and_columns() {
    let database = Database::migrated().await;
    let client = database.client().await;
    let sqlite = of_sqlite(
        "SELECT t.name || '.' || c.name || CASE c.type WHEN 'BLOB' THEN ' bytes' WHEN 'INTEGER' THEN ' number' \
         ELSE ' text' END || CASE c.\"notnull\" WHEN 1 THEN ' always' ELSE '' END \
         || CASE c.pk WHEN 0 THEN '' ELSE ' key ' || c.pk END \
         FROM pragma_table_list AS t, pragma_table_info(t.name) AS c \
         WHERE t.schema = 'main' AND t.name NOT LIKE 'sqlite_%'",
    );
    let postgres = of_postgres(
        &client,
        "SELECT c.table_name || '.' || c.column_name || CASE WHEN c.data_type IN ('uuid', 'bytea') THEN ' bytes' \
         WHEN c.data_type IN ('bigint', 'boolean') THEN ' number' ELSE ' ' || c.data_type END \
         || CASE c.is_nullable WHEN 'NO' THEN ' always' ELSE '' END \
         || coalesce((SELECT ' key ' || k.ordinal_position FROM information_schema.key_column_usage AS k \
         JOIN information_schema.table_constraints AS p USING (constraint_schema, constraint_name) \
         WHERE p.constraint_type = 'PRIMARY KEY' AND k.table_name = c.table_name \
         AND k.column_name = c.column_name), '') \
         FROM information_schema.columns AS c \
         WHERE c.table_schema = 'public' AND c.table_name <> 'schema_version'",
    );
    same("columns", &sqlite, &postgres.await);
}

#[tokio::test]
async fn both_schemas_have_the_same_foreign_keys_and_each_starts_with_the_brand() {
    let database = Database::migrated().await;
    let client = database.client().await;
    let sqlite = of_sqlite(
        "SELECT name || '(' || group_concat(\"from\", ', ') || ') ' || \"table\" FROM \
         (SELECT t.name, f.id, f.\"table\", f.\"from\" FROM pragma_table_list AS t, \
         pragma_foreign_key_list(t.name) AS f WHERE t.schema = 'main' ORDER BY t.name, f.id, f.seq) \
         GROUP BY name, id, \"table\"",
    );
    let postgres = of_postgres(
        &client,
        "SELECT conrelid::regclass || '(' || (SELECT string_agg(a.attname, ', ' ORDER BY k.place) \
         FROM unnest(conkey) WITH ORDINALITY AS k (number, place) \
         JOIN pg_attribute AS a ON a.attrelid = conrelid AND a.attnum = k.number) || ') ' \
         || confrelid::regclass FROM pg_constraint WHERE contype = 'f'",
    )
    .await;
    assert!(postgres.iter().all(|key| key.contains("(brand")), "{postgres:#?}");
    same("foreign keys", &sqlite, &postgres);
}

#[tokio::test]
async fn both_schemas_have_the_same_indexes() {
    let database = Database::migrated().await;
    let client = database.client().await;
    let sqlite =
        of_sqlite("SELECT name FROM sqlite_schema WHERE type = 'index' AND name NOT LIKE 'sqlite_%'");
    let postgres = of_postgres(
        &client,
        "SELECT indexname::text FROM pg_indexes WHERE schemaname = 'public' AND indexname NOT LIKE '%_pkey'",
    );
    same("indexes", &sqlite, &postgres.await);
}
