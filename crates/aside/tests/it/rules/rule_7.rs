//! After erasure no key opens the customer's data, and no table names them.

use crate::world::{Agent, Dump, Visitor, World, open_with_all_keys};
use aside_ledger::Proof;
use aside_sim::Fault;
use serde_json::Value;
use std::{collections::BTreeSet, fs};

const ADDRESS: &str = "evelyn@example.com";
const PHONE: &str = "+442079460958";

/// A customer with something of theirs in every table.
async fn known_everywhere(world: &World, officer: &Agent) -> Visitor {
    officer.imports(&format!("email,name,phone\n{ADDRESS},Evelyn Moss,{PHONE}\n")).await.must_be(200);
    let evelyn = world.customer("Evelyn Moss");
    evelyn.comments("Where is my order? Write to evelyn.moss@example.org");
    world.drain().await;
    evelyn.writes_dm("Here I am");
    world.drain().await;
    let evelyn = evelyn.opens(&evelyn.link()).await;
    evelyn.writes("Call me on 020 7946 0958, my IBAN is GB29NWBK60161331926819").await;
    world.drain().await;
    evelyn.asks_code(ADDRESS).await.must_be(303);
    world.drain().await;
    evelyn.types_code(&world.mails.code_to(ADDRESS)).await.must_be(303);
    evelyn.asks_code(ADDRESS).await.must_be(303);
    evelyn.writes_dm("order 4111111111111111 has not arrived");
    evelyn.sends_photo();
    world.drain().await;
    let conversation = world.conversation(officer, &evelyn).await;
    let direct = conversation.thread("direct");
    officer
        .replies_because(&conversation, &direct, "What is your postal address?", "to send a replacement")
        .await;
    officer.reveals(conversation.id(), &conversation.values()[0], "contact").await.must_be(200);
    officer.replies(&conversation, &direct, "We look into it.").await.must_be(202);
    world.brand.sim.fail_next(1, &Fault::CutAfter);
    world.drain().await;
    evelyn
}

/// What names a customer in the tables: ids, keyed hashes, ciphertexts.
fn names_of(customer: &str, dump: &Dump) -> BTreeSet<String> {
    let pick = |table: &str, column: &str, by: &str, of: &BTreeSet<String>| -> BTreeSet<String> {
        let rows = dump[table].iter().filter(|row| of.contains(&row[by]));
        rows.map(|row| row[column].clone()).filter(|cell| cell != "NULL" && !cell.is_empty()).collect()
    };
    let this = BTreeSet::from([customer.to_owned()]);
    let handles = pick("handles", "handle", "customer", &this);
    let conversations = pick("conversations", "conversation", "customer", &this);
    let mut names: BTreeSet<String> = [this.clone(), handles.clone(), conversations.clone()].concat_all();
    for column in ["keyring", "address_index", "address_sealed", "name_sealed"] {
        names.extend(pick("handles", column, "customer", &this));
    }
    names.extend(pick("keyrings", "wrapped", "keyring", &pick("handles", "keyring", "customer", &this)));
    for (table, columns) in [
        ("threads", &["thread", "address_index", "address_sealed"][..]),
        ("messages", &["message", "body_sealed", "provider_index", "provider_sealed"]),
        ("vault_values", &["value", "value_sealed"]),
        ("holds", &["hold", "drop_box", "value_sealed"]),
        ("links", &["link", "digest", "drop_box"]),
        ("sessions", &["session", "digest", "drop_box"]),
        ("codes", &["code", "code_index"]),
        ("jobs", &["job", "payload_sealed"]),
        ("entries", &["details_sealed"]),
    ] {
        for column in columns {
            let found = pick(table, column, "conversation", &conversations);
            assert!(!found.is_empty(), "the customer has nothing in {table}.{column}, so nothing is proved");
            names.extend(found);
        }
    }
    names
}

trait ConcatAll {
    fn concat_all(self) -> BTreeSet<String>;
}
impl<const N: usize> ConcatAll for [BTreeSet<String>; N] {
    fn concat_all(self) -> BTreeSet<String> {
        self.into_iter().flatten().collect()
    }
}

/// The customer of a conversation.
fn customer_of(conversation: &str, dump: &Dump) -> String {
    let row = dump["conversations"].iter().find(|row| row["conversation"] == conversation).unwrap();
    row["customer"].clone()
}

/// Cells of the customer's that open, out of a copy that somebody took before.
fn opens(world: &World, rings: &Dump, copy: &Dump, names: &BTreeSet<String>) -> (usize, usize) {
    let cells = open_with_all_keys(world.app.keys(), rings, copy);
    let (mine, others): (Vec<_>, Vec<_>) = cells.iter().partition(|cell| names.contains(&cell.keyring));
    let opened = |cells: &[&crate::world::Cell]| cells.iter().filter(|cell| cell.opened.is_some()).count();
    (opened(&mine), opened(&others))
}

#[tokio::test(flavor = "multi_thread")]
async fn rule_7_after_erasure_no_key_opens_and_no_table_names_the_customer() {
    let world = World::open().await;
    let officer = world.privacy_officer().await;
    let neighbour = world.visitor("Nora Next Door").await;
    neighbour.writes("I stay").await;
    let evelyn = known_everywhere(&world, &officer).await;
    let (link_before, message_before) = (evelyn.link(), evelyn.writes_dm("one last thing"));
    let old = world.drain().await;
    let conversation = world.conversation(&officer, &evelyn).await;
    let value = conversation.values().swap_remove(0);
    let copy = world.dump();
    let names = names_of(&customer_of(conversation.id(), &copy), &copy);
    let (mine, others) = opens(&world, &copy, &copy, &names);
    assert!(mine > 10 && others > 5, "before, everything opens: {mine} and {others}");
    let (entry, proof) = proved_entry(&officer, conversation.id()).await;

    officer.erases(conversation.id(), "no").await.must_be(403);
    let erased = officer.erases(conversation.id(), "asked for it by letter").await.must_be(200).json();
    assert_eq!((&erased["conversations"], &erased["handles"]), (&1.into(), &4.into()), "{erased}");
    world.bring_the_log_up_to_date().await;

    // No table names them: neither in clear nor by id, hash or ciphertext. A leaf of the ledger may carry
    // the ids of what is gone: they lead nowhere any more.
    let after = world.dump();
    let clear = [
        "evelyn",
        "evelyn moss",
        ADDRESS,
        PHONE,
        "7946 0958",
        "GB29NWBK",
        "411111111111",
        &evelyn.psid(),
        &evelyn.author_id(),
        &message_before,
        link_before.rsplit('/').next().unwrap(),
    ];
    for (table, rows) in &after {
        for (column, cell) in rows.iter().flatten() {
            let text = cell.to_lowercase();
            let as_text = hex::decode(cell).map(|bytes| String::from_utf8_lossy(&bytes).to_lowercase());
            for word in clear.map(str::to_lowercase) {
                let in_blob = as_text.as_ref().is_ok_and(|text| text.contains(&word));
                assert!(!text.contains(&word) && !in_blob, "{word} is in {table}.{column}: {cell}");
            }
            if (table.as_str(), column.as_str()) != ("entries", "leaf") {
                let named = names.iter().find(|name| cell.contains(name.as_str()));
                assert!(named.is_none(), "{table}.{column} names the customer: {cell}");
            }
        }
    }
    // Nor do the pages of the files that the tables lie in: what was deleted was overwritten.
    let rings = copy["keyrings"].iter().filter(|row| names.contains(&row["keyring"]));
    for wrapped in rings.map(|row| hex::decode(&row["wrapped"]).unwrap()) {
        for file in ["aside.db", "aside.db-wal"] {
            let bytes = fs::read(world.data().join(file)).unwrap_or_default();
            let there = bytes.windows(wrapped.len()).any(|window| window == wrapped);
            assert!(!there, "a destroyed keyring still lies in {file}");
        }
    }

    // No key opens a copy of what was theirs, and everybody else's opens as before.
    assert_eq!(opens(&world, &after, &copy, &names), (0, others));

    gone_at_every_door(&officer, &evelyn, conversation.id(), &value, &link_before).await;
    assert!(neighbour.page().await.read().contains("I stay"));

    // What happened is still proved, before and after.
    let key = world.app.verifier(world.brand.id).await.unwrap().unwrap();
    let line = officer.get(&format!("/ledger/{entry}")).await.must_be(200).json();
    for text in [proof.as_str(), line["proof"].as_str().unwrap()] {
        Proof::parse(text).unwrap().verify(line["leaf"].as_str().unwrap().as_bytes(), &key).unwrap();
    }

    // The network sends old messages again: they stay gone.
    for posted in &old {
        assert_eq!(world.brand.sim.deliver_again(posted).await, Some(200));
    }
    assert_eq!(world.dump()["messages"], after["messages"]);

    // They may come back, as somebody new.
    evelyn.writes_dm("hello, it is me again");
    world.drain().await;
    let again = world.conversation(&officer, &evelyn).await;
    assert_ne!(again.id(), conversation.id());
    assert_eq!(again.heard(), ["hello, it is me again"]);
    assert!(!names.contains(&customer_of(again.id(), &world.dump())));

    // A backup holds old copies of the keyrings. Once the brand's key is rotated, they open nothing either.
    let (from_backup, _) = opens(&world, &copy, &copy, &names);
    assert!(from_backup > 10, "the backup and the key folder together still open it: {from_backup}");
    world.app.rotate_keys(world.brand.id).await.unwrap();
    assert_eq!(opens(&world, &copy, &copy, &names), (0, 0), "no old copy of any keyring opens");
    let now = world.dump();
    assert!(open_with_all_keys(world.app.keys(), &now, &now).iter().all(|cell| cell.opened.is_some()));
    assert!(neighbour.page().await.read().contains("I stay"));
}

/// An entry about the conversation, with its proof.
async fn proved_entry(officer: &Agent, conversation: &str) -> (String, String) {
    let ledger = officer.get("/ledger").await.must_be(200).json();
    for line in ledger["lines"].as_array().unwrap() {
        let id = line["entry"].as_str().unwrap();
        let entry: Value = officer.get(&format!("/ledger/{id}")).await.must_be(200).json();
        if entry["leaf"].as_str().unwrap().contains(conversation)
            && let Some(proof) = entry["proof"].as_str()
        {
            return (id.to_owned(), proof.to_owned());
        }
    }
    panic!("no proved entry about the conversation")
}

async fn gone_at_every_door(officer: &Agent, evelyn: &Visitor, conversation: &str, value: &str, link: &str) {
    officer.get(&format!("/conversations/{conversation}")).await.must_be(404);
    officer.reveals(conversation, value, "contact").await.must_be(404);
    officer.browser.get(&format!("/console/c/{conversation}")).await.must_be(404);
    assert!(officer.inbox().await.iter().all(|line| line["conversation"] != conversation));
    let page = evelyn.page().await.must_be(200).read();
    assert!(!page.contains("7946") && page.contains("type the code"), "the session is gone: {page}");
    assert_eq!(evelyn.presses_continue(link).await.status, 404);
    let pages = [
        officer.browser.get("/console/jobs").await.read(),
        officer.browser.get("/console/ledger").await.read(),
        officer.browser.get("/console?show=all").await.read(),
    ];
    assert!(pages.iter().all(|page| !page.contains("Evelyn") && !page.contains(conversation)));
}
