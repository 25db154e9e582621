//! The log, when its database is not what it was.

use crate::house::House;

#[tokio::test]
async fn a_database_older_than_its_published_log_does_not_go_on_and_holds_up_no_other_brand() {
    let house = House::open().await;
    let other = house.app.add_brand("Foxglove").await.unwrap();
    let keys = house.app.keys().brand(house.brand).unwrap();
    let newer = aside_ledger::Checkpoint { origin: keys.log.name().to_owned(), size: 1_000, root: [7; 32] };
    let note = newer.sign(&keys.log).unwrap();
    std::fs::create_dir_all(house.log()).unwrap();
    std::fs::write(house.log().join("checkpoint"), &note).unwrap();

    let error = house.app.sequence_all().await.unwrap_err().to_string();
    assert!(error.contains("older than its published log: it knows 0 entries, the log has 1000"), "{error}");
    assert_eq!(std::fs::read_to_string(house.log().join("checkpoint")).unwrap(), note, "it is left alone");
    assert!(house.app.store().checkpoint(house.brand).await.unwrap().is_none());
    assert!(house.app.store().checkpoint(other).await.unwrap().is_some(), "the other brand's log goes on");
}
