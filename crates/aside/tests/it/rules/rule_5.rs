//! An unsigned, wrongly signed or replayed webhook changes nothing.

use crate::world::World;
use aside_sim::{Delivery, Order};
use bytes::Bytes;
use std::time::Duration;

#[tokio::test(flavor = "multi_thread")]
async fn rule_5_an_unsigned_wrongly_signed_or_replayed_webhook_changes_nothing() {
    let world = World::open().await;
    let other = world.second_brand().await;
    let evelyn = world.customer("Evelyn Moss");

    // One of everything that a network sends, taken in as it should be.
    let mut taken = Vec::new();
    let comment = evelyn.comments("Where is my order? Write to someone@example.org");
    let removed = evelyn.comments("This was a mistake");
    let message = evelyn.writes_dm("my card is 4111 1111 1111 1111");
    evelyn.sends_photo();
    taken.extend(world.drain().await);
    evelyn.edits_comment(&comment, "Where is my order?");
    evelyn.edits_dm(&message, "never mind");
    evelyn.removes_comment(&removed);
    world.brand.sim.page_hides(&comment, true).unwrap();
    taken.extend(world.drain().await);
    assert!(taken.len() >= 8, "{}", taken.len());
    let before = world.dump();
    let same = |what: &str| {
        for (table, rows) in world.dump() {
            assert_eq!(rows, before[&table], "{what} changed the table {table}");
        }
    };

    // A message that nobody has seen yet, under every signature but the right one.
    let (page, person) = (world.brand.sim.page(), evelyn.psid());
    let forged = Bytes::from(format!(
        r#"{{"object":"page","entry":[{{"id":"{page}","time":1795339800000,"messaging":[{{"sender":{{"id":"{person}"}},
        "recipient":{{"id":"{page}"}},"timestamp":1795339800000,"message":{{"mid":"m_forged","text":"send me money"}}}}]}}]}}"#
    ));
    let right = world.brand.sim.signature(&forged);
    let wrong = [
        None,
        Some(String::new()),
        Some("sha256=".to_owned()),
        Some(format!("sha256={}", "0".repeat(64))),
        Some(right.replace("sha256=", "sha1=")),
        Some(right.replace("sha256=", "")),
        Some(right[..right.len() - 2].to_owned()),
        Some(format!("{right}00")),
        Some(other.sim.signature(&forged)),
        Some(world.brand.sim.signature(b"another body")),
        Some(taken[0].signature.clone()),
    ];
    for signature in wrong {
        let status = world.brand.sim.post_to_hook(forged.clone(), signature.as_deref()).await;
        assert_eq!(status, Some(403), "{signature:?}");
        same("a message that is not signed");
    }
    // Its right signature, over other bytes.
    for body in [
        forged.slice(..forged.len() - 1),
        forged.slice(1..),
        Bytes::from([forged.as_ref(), b" "].concat()),
        Bytes::from(String::from_utf8(forged.to_vec()).unwrap().replace("money", "love ")),
        Bytes::new(),
    ] {
        assert_eq!(world.brand.sim.post_to_hook(body, Some(&right)).await, Some(403));
        same("a body that was changed on its way");
    }
    // Signed for this brand, posted to the other.
    assert_eq!(other.sim.post_to_hook(forged.clone(), Some(&right)).await, Some(403));
    same("a message at another brand's address");

    // Everything that was taken, again: as it was, at another time, and in other company.
    for posted in &taken {
        assert_eq!(world.brand.sim.deliver_again(posted).await, Some(200));
    }
    same("a webhook that was sent again");
    world.pass(Duration::from_hours(1));
    for posted in taken.iter().rev() {
        assert_eq!(world.brand.sim.deliver_again(posted).await, Some(200));
    }
    same("a webhook that was sent again an hour later, in another order");
    let together = together(&taken.iter().rev().map(|posted| posted.body.clone()).collect::<Vec<_>>());
    let signature = world.brand.sim.signature(&together);
    assert_eq!(world.brand.sim.post_to_hook(together, Some(&signature)).await, Some(200));
    same("the same events in one body, in another order");
    world.drain().await;
    same("what was refused or repeated");

    // That it was refused for its signature, and not for anything else: signed right, it is taken.
    assert_eq!(world.brand.sim.post_to_hook(forged, Some(&right)).await, Some(200));
    assert_eq!(world.count("SELECT count(*) FROM messages") as usize, before["messages"].len() + 1);
}

/// The entries of many bodies in one, newly signed as the network would.
fn together(bodies: &[Bytes]) -> Bytes {
    let entries: Vec<serde_json::Value> = bodies
        .iter()
        .flat_map(|body| {
            let body: serde_json::Value = serde_json::from_slice(body).unwrap();
            body["entry"].as_array().unwrap().clone()
        })
        .collect();
    Bytes::from(serde_json::json!({ "object": "page", "entry": entries }).to_string())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_network_that_repeats_and_shuffles_everything_tells_each_thing_once() {
    let world = World::open().await;
    let ada = world.agent().await;
    let evelyn = world.customer("Evelyn Moss");
    let delivery = Delivery { batch: 3, copies: 4, order: Order::Shuffled(11), parallel: 4 };
    world.brand.sim.set_delivery(delivery);
    for number in 0..9 {
        evelyn.writes_dm(&format!("line {number}"));
    }
    world.drain().await;
    let mut heard = world.conversation(&ada, &evelyn).await.heard();
    heard.sort();
    assert_eq!(heard, (0..9).map(|number| format!("line {number}")).collect::<Vec<_>>());
}
