//! A message's row that somebody changed by hand: the ledger says which.

use crate::world::World;
use std::process::Command;

/// What `aside ledger verify` says, and whether it is content.
fn verify(world: &World) -> (bool, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_aside"));
    command.args(["ledger", "verify", "--data"]).arg(world.data());
    world.database.tell(&mut command);
    let output = command.output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(said).unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_changed_by_hand_is_named_by_the_ledger() {
    let world = World::open().await;
    let (officer, ada) = (world.privacy_officer().await, world.agent().await);
    let (nora, evelyn) = (world.visitor("Nora Next Door").await, world.visitor("Evelyn Moss").await);
    // Everything that rewrites a message rightly: an edit, parts of a number in two messages, a hold.
    let message = nora.writes_dm("my order is late");
    nora.edits_dm(&message, "my order 7781 is late");
    nora.writes("4111 1111").await;
    nora.writes("1111 1111").await;
    let comment = nora.comments("does anybody read this");
    world.drain().await;
    nora.removes_comment(&comment);
    evelyn.writes("erase me").await;
    world.drain().await;
    let conversation = world.conversation(&ada, &nora).await;
    ada.replies(&conversation, &conversation.thread("direct"), "We are on it.").await.must_be(202);
    let of_evelyn = world.conversation(&officer, &evelyn).await;
    officer.erases(of_evelyn.id(), "asked for it by letter").await.must_be(200);
    world.drain().await;
    let (well, said) = verify(&world);
    let (database, named) = (&world.database, world.database.name());
    assert!(well && said.contains(&format!("every entry and message is as in {named}")), "{said}");

    let rows = world.dump()["messages"].clone();
    // Nothing is left of what the other customer wrote, so nothing of it can be changed.
    let of_nora = conversation.id().replace('-', "");
    let said_by = |author: &str| {
        let of_nora = |row: &&std::collections::BTreeMap<String, String>| {
            row["author"] == author && row["conversation"].replace('-', "") == of_nora
        };
        rows.iter().find(of_nora).unwrap()
    };
    let (heard, reply) = (said_by("customer"), said_by("agent"));
    for (row, change, back) in [
        (heard, format!("body_sealed = {}", database.bytes(&reply["body_sealed"])), &heard["body_sealed"]),
        (reply, format!("body_sealed = {}", database.bytes("00")), &reply["body_sealed"]),
    ] {
        let message = &row["message"];
        let by_hand = |set: &str| {
            let sql = format!("UPDATE messages SET {set} WHERE message = {}", database.id(message));
            assert_eq!(database.tamper(&sql), 1);
        };
        by_hand(&change);
        let (well, said) = verify(&world);
        assert!(!well && said.contains(&format!("message {message} in {named} was changed")), "{said}");
        by_hand(&format!("body_sealed = {}", database.bytes(back)));
    }
    assert!(verify(&world).0);
    let message = &heard["message"];
    database.tamper(&format!("DELETE FROM messages WHERE message = {}", database.id(message)));
    let (well, said) = verify(&world);
    assert!(!well && said.contains(&format!("message {message} in {named} was deleted")), "{said}");
}
