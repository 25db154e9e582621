//! Addresses that the brand held before anyone asked.

use crate::world::World;
use serde_json::{Value, json};

fn refused(report: &Value) -> Vec<u64> {
    report["refused"].as_array().unwrap().iter().map(|row| row["line"].as_u64().unwrap()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn contacts_come_in_with_columns_in_any_order() {
    let world = World::open().await;
    let amir = world.administrator().await;
    let csv = "\u{feff}Name , PHONE,email,note\n\
        \"Moss, Evelyn\",+44 20 7946 0958,Evelyn@Example.com,vip\n\
        Nora Ness,,nora@example.org,\n";
    let report = amir.imports(csv).await.must_be(200).json();
    assert_eq!((&report["added"], &report["known"]), (&json!(2), &json!(0)), "{report}");
    assert!(refused(&report).is_empty());
    let handles = world.dump().remove("handles").unwrap();
    let mut networks: Vec<_> = handles.iter().map(|handle| handle["network"].as_str()).collect();
    networks.sort_unstable();
    assert_eq!(networks, ["email", "email", "phone"]);
    assert_eq!(world.count("SELECT count(*) FROM customers"), 2);

    let again = amir.imports(csv).await.must_be(200).json();
    assert_eq!((&again["added"], &again["known"]), (&json!(0), &json!(2)), "{again}");
    assert_eq!(world.count("SELECT count(*) FROM handles"), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bad_row_is_named_by_its_line_and_spoils_no_other() {
    let world = World::open().await;
    let amir = world.administrator().await;
    let csv = "email,name\n\
        nora@example.org,Nora\n\
        not an address,Nobody\n\
        ,Empty\n\
        only-one-column@example.net\n\
        evelyn@example.com,Evelyn,too,many\n\
        two@at@signs,x\n";
    let report = amir.imports(csv).await.must_be(200).json();
    assert_eq!((&report["added"], refused(&report)), (&json!(3), vec![3, 4, 7]), "{report}");
    assert!(!report.to_string().contains("Nobody"), "a report repeats nothing of the file");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_none_changes_nothing_and_says_why() {
    let world = World::open().await;
    let amir = world.administrator().await;
    for (file, why) in [
        (&b""[..], "the first line must name a column `email`"),
        (b"mail;name\nevelyn@example.com;Evelyn\n", "the first line must name a column `email`"),
        (b"\xff\xfee\0m\0a\0i\0l\0", "UTF-8"),
        (b"PK\x03\x04\x14\0\x06\0\x08\0", "email"),
        (b"name,phone\nEvelyn,+442079460958\n", "the first line must name a column `email`"),
    ] {
        let answer = amir.send(reqwest::Method::POST, "/contacts", "text/csv", file.to_vec()).await;
        let report = answer.must_be(200).json();
        assert_eq!((&report["added"], refused(&report)), (&json!(0), vec![1]), "{report}");
        assert!(report["refused"][0]["why"].as_str().unwrap().contains(why), "{report}");
    }
    assert_eq!(world.count("SELECT count(*) FROM handles"), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_with_the_same_customer_belong_to_one_person() {
    let world = World::open().await;
    let amir = world.administrator().await;
    let csv = "customer,email\n7,evelyn@example.com\n8,nora@example.org\n7,moss@example.net\n";
    amir.imports(csv).await.must_be(200);
    let counts = ("SELECT count(*) FROM handles", "SELECT count(*) FROM customers");
    assert_eq!((world.count(counts.0), world.count(counts.1)), (3, 2));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agent_imports_nobody() {
    let world = World::open().await;
    let ada = world.agent().await;
    ada.imports("email\nevelyn@example.com\n").await.must_be(403);
    ada.browser.get("/console/contacts").await.must_be(200);
    assert_eq!(world.count("SELECT count(*) FROM handles"), 0);
}
