//! Connecting: the schema is brought up to date once, and a database that cannot be trusted is refused.

use crate::database::{Database, options};
use aside_model::{BrandId, Command, Effect, Time, rows::BrandRow};
use aside_store::{Doorway, StoreError, Writes};
use aside_store_postgres::PostgresStore;
use tokio::task::JoinSet;

fn add_brand() -> Command {
    let brand = BrandId::from_bytes([1; 16]);
    Command::new(brand).effect(Effect::AddBrand(BrandRow {
        brand,
        name: "Brand".into(),
        created_at: Time(0),
    }))
}

#[tokio::test]
async fn eight_processes_that_start_at_once_make_one_schema() {
    let database = Database::empty().await;
    let mut starting = JoinSet::new();
    for _ in 0..8 {
        let url = database.url();
        starting.spawn(async move { PostgresStore::connect(&url, options()).await.unwrap() });
    }
    let stores = starting.join_all().await;
    stores[0].apply(add_brand()).await.unwrap();
    assert_eq!(stores[7].brands().await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_migration_that_fails_leaves_nothing_behind() {
    let database = Database::empty().await;
    let client = database.client().await;
    client.batch_execute("CREATE TABLE handles (somebody_elses text)").await.unwrap();
    let opened = PostgresStore::connect(&database.url(), options()).await;
    assert!(matches!(opened, Err(StoreError::Failed(_))), "{opened:?}");
    let tables =
        client.query("SELECT tablename FROM pg_tables WHERE schemaname = 'public'", &[]).await.unwrap();
    assert_eq!(tables.iter().map(|row| row.get::<_, String>(0)).collect::<Vec<_>>(), ["handles"]);
    client.batch_execute("DROP TABLE handles").await.unwrap();
    database.store().await.apply(add_brand()).await.unwrap();
}

#[tokio::test]
async fn a_half_migrated_database_is_finished_and_one_that_lies_about_it_is_left_as_it_is() {
    let half = Database::empty().await;
    let client = half.client().await;
    client
        .batch_execute(
            "CREATE TABLE schema_version (version bigint NOT NULL); INSERT INTO schema_version VALUES (2)",
        )
        .await
        .unwrap();
    for done in [
        include_str!("../../migrations/0001_first.sql"),
        include_str!("../../migrations/0002_sequencers.sql"),
    ] {
        client.batch_execute(done).await.unwrap();
    }
    half.store().await.apply(add_brand()).await.unwrap();
    let version = "SELECT version FROM schema_version";
    let whole: i64 = client.query_one(version, &[]).await.unwrap().get(0);
    assert!(whole > 2, "{whole}");

    // What it says was not done is there already: nothing is done twice, and nothing in part.
    client.batch_execute("UPDATE schema_version SET version = 3").await.unwrap();
    let opened = PostgresStore::connect(&half.url(), options()).await;
    assert!(matches!(opened, Err(StoreError::Failed(_))), "{opened:?}");
    assert_eq!(client.query_one(version, &[]).await.unwrap().get::<_, i64>(0), 3);
    client.execute("UPDATE schema_version SET version = $1", &[&whole]).await.unwrap();
    assert_eq!(half.store().await.brands().await.unwrap().len(), 1);
}

#[tokio::test]
async fn data_of_a_newer_program_is_left_alone() {
    let database = Database::migrated().await;
    database.client().await.batch_execute("UPDATE schema_version SET version = 999").await.unwrap();
    let opened = PostgresStore::connect(&database.url(), options()).await;
    assert!(matches!(opened, Err(StoreError::TooNew { found: 999, .. })), "{opened:?}");
}

#[tokio::test]
async fn a_server_that_would_lose_commits_is_refused() {
    let database = Database::migrated().await;
    let store = database.store().await;
    database.set("synchronous_commit = off").await;
    let opened = PostgresStore::connect(&database.url(), options()).await;
    assert!(
        matches!(&opened, Err(StoreError::Unsuitable(what)) if what.contains("synchronous_commit")),
        "{opened:?}"
    );
    // Nor does a store that is open already write through new connections of that kind.
    database.cut().await;
    let applied = store.apply(add_brand()).await;
    assert!(
        matches!(&applied, Err(StoreError::Unsuitable(what)) if what.contains("synchronous_commit")),
        "{applied:?}"
    );
    assert!(database.client().await.query("SELECT 1 FROM brands", &[]).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_database_that_cannot_be_written_is_read_and_says_so() {
    let database = Database::migrated().await;
    database.set("default_transaction_read_only = on").await;
    let store = database.store().await;
    assert!(store.brands().await.unwrap().is_empty());
    let applied = store.apply(add_brand()).await;
    assert!(matches!(applied, Err(StoreError::CannotWrite(_))), "{applied:?}");
    let empty = Database::empty().await;
    empty.set("default_transaction_read_only = on").await;
    let opened = PostgresStore::connect(&empty.url(), options()).await;
    assert!(matches!(opened, Err(StoreError::CannotWrite(_))), "{opened:?}");
}

#[tokio::test]
async fn a_url_that_leads_nowhere_says_what_is_wrong_with_it() {
    let wrong = [
        ("", "must start with postgres://"),
        ("sqlite:aside.db", "must start with postgres://"),
        ("postgres://u@127.0.0.1:1/db", "connect"),
        ("postgres://u@127.0.0.1:port/db", "port"),
        ("postgres://u@127.0.0.1/db?sslmode=sometimes", "sslmode"),
        ("postgres://u@db.example.com/db?sslmode=disable", "sslmode=disable"),
        ("postgres://u@127.0.0.1/db?sslrootcert=/nowhere/root.pem", "sslrootcert"),
    ];
    for (url, says) in wrong {
        match PostgresStore::connect(url, options()).await {
            Err(StoreError::Failed(what) | StoreError::Unreachable(what)) => {
                assert!(what.contains(says), "{url}: {what}");
            }
            other => panic!("{url}: {other:?}"),
        }
    }
}
