//! Where a configured check cannot run, the answer is no.

use crate::world::{Plan, World};
use aside::StoreChanges;
use aside_app::Detect;
use aside_model::Finding;
use bytes::Bytes;
use std::{
    sync::{Arc, Condvar, Mutex},
    time::Duration,
};
use tokio::task::JoinSet;

/// A detector that panics over some texts and never ends over others, until it is over.
#[derive(Default)]
struct Broken {
    ours: aside_detect::Detector,
    over: Mutex<bool>,
    ended: Condvar,
}

impl Broken {
    /// From now on it works. Lets go of every text that it hangs on.
    fn is_mended(&self) {
        *self.over.lock().unwrap() = true;
        self.ended.notify_all();
    }
}

/// Mends the detector however the test ends, so that nothing hangs on it.
struct Mended(Arc<Broken>);

impl Drop for Mended {
    fn drop(&mut self) {
        self.0.is_mended();
    }
}

impl Detect for Broken {
    fn detect(&self, text: &str) -> Vec<Finding> {
        let over = *self.over.lock().unwrap();
        assert!(over || !text.contains("tangerine"), "a text that nobody can check");
        if text.contains("persimmon") {
            let over = self.over.lock().unwrap();
            drop(self.ended.wait_while(over, |over| !*over).unwrap());
        }
        self.ours.detect(text)
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn rule_9_where_a_check_cannot_run_the_answer_is_no() {
    let detector = Arc::new(Broken::default());
    let _at_last = Mended(Arc::clone(&detector));
    let world = World::with(Plan {
        detector: Some(detector),
        settings: Some(|settings| settings.check_limit = Duration::from_millis(250)),
        ..Plan::default()
    })
    .await;
    let ada = world.agent().await;
    let visitor = world.visitor("Evelyn Moss").await;

    for fruit in ["tangerine", "persimmon"] {
        let text = format!("my {fruit} is 4111 1111 1111 1111");
        visitor.writes(&text).await;
        visitor.writes_dm(&text);
        let comment = visitor.comments("hello there");
        world.drain().await;
        visitor.edits_comment(&comment, &text);
        let jones = world.customer(&format!("{fruit} Jones")).comments(&text);
        world.drain().await;
        for comment in [&comment, &jones] {
            assert!(world.brand.sim.is_hidden(comment), "what nobody could check stands in public");
        }

        // What cannot be checked before it is sent is not sent.
        let conversation = world.conversation(&ada, &visitor).await;
        let direct = conversation.thread("direct");
        let stopped = ada.replies(&conversation, &direct, &text).await.must_be(422).json();
        assert_eq!(stopped["refused"], true);
        assert_eq!(ada.checks(&conversation, &direct, &text).await.must_be(200).json()["refused"], true);
        let path = format!("/console/c/{}", conversation.id());
        let form = [("thread", direct.as_str()), ("text", &text), ("reason", "because"), ("form_key", "k")];
        let page = ada.browser.submit(&path, &format!("{path}/reply"), &form).await.must_be(422);
        assert!(page.read().contains("what is not checked is not sent"), "{}", page.text);
        assert_ne!(visitor.checks(&text).await.status, 200, "no check, no word that all is well");
    }
    // Kept, and shown to nobody.
    let conversation = world.conversation(&ada, &visitor).await;
    let unchecked: Vec<_> = conversation.messages().into_iter().filter(|m| m.unchecked).collect();
    assert_eq!(unchecked.len(), 4, "two places and two fruits: {unchecked:?}");
    assert!(unchecked.iter().all(|message| message.text.is_empty()), "{unchecked:?}");
    let mut previews = Vec::new();
    for line in ada.inbox().await {
        previews.push(line["preview"].as_str().unwrap().to_owned());
        let id = line["conversation"].as_str().unwrap();
        ada.conversation(id).await;
        ada.browser.get(&format!("/console/c/{id}")).await.must_be(200);
    }
    let sealed = "A message that could not be checked";
    assert_eq!(previews.iter().filter(|preview| *preview == sealed).count(), 4, "{previews:?}");
    assert_eq!(world.count("SELECT count(*) FROM messages WHERE checks = 'unchecked'"), 8);
    ada.browser.get("/console").await.must_be(200);
    assert!(visitor.page().await.must_be(200).read().contains("could not be checked"));
    world.privacy_officer().await.browser.get("/console/ledger").await.must_be(200);
    let last = world.app.last_event(world.brand.id).await.unwrap();
    ada.browser.listens("/console/events", |heard| heard.contains(&format!("id: {last}\n"))).await;
    for (place, text) in world.seen.all() {
        for word in ["tangerine", "persimmon", "4111 1111"] {
            assert!(!text.contains(word), "an unchecked text is shown in {place}: {text}");
        }
    }
    let metrics = world.browser().get("/metrics").await.text;
    assert!(metrics.contains("aside_unchecked_total 8\n"), "{metrics}");
    assert!(visitor.inbox().iter().all(|got| !got.contains("4111 1111")));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_could_not_be_checked_is_checked_again_when_somebody_looks() {
    let detector = Arc::new(Broken::default());
    let world =
        World::with(Plan { detector: Some(Arc::<Broken>::clone(&detector)), ..Plan::default() }).await;
    let ada = world.agent().await;
    let evelyn = world.customer("Evelyn Moss");
    evelyn.writes_dm("my tangerine is 4111 1111 1111 1111, write to evelyn@example.com");
    world.drain().await;
    assert!(world.conversation(&ada, &evelyn).await.messages()[0].unchecked);
    detector.is_mended();
    let conversation = world.conversation(&ada, &evelyn).await;
    let expected =
        "my tangerine is [card number removed: •••• 1111], write to [e-mail address: e•••@•••.com]";
    assert_eq!(conversation.last_heard(), expected);
    assert_eq!(world.count("SELECT count(*) FROM messages WHERE checks = 'unchecked'"), 0);
    let value = conversation.values().swap_remove(0);
    let opened = ada.reveals(conversation.id(), &value, "contact").await.must_be(200).json();
    assert_eq!(opened["value"], "evelyn@example.com");
    let dump = world.dump();
    for cell in crate::world::open_with_all_keys(world.app.keys(), &dump, &dump) {
        assert!(!cell.text().contains("4111 1111"), "{}", cell.place);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_attachment_is_noted_as_not_checked_and_never_fetched_or_shown() {
    let world = World::open().await;
    let ada = world.agent().await;
    let evelyn = world.customer("Evelyn Moss");
    evelyn.sends_photo();
    world.drain().await;
    let line = ada.inbox().await.swap_remove(0);
    assert_eq!(line["preview"], "[image: not checked]");
    let conversation = world.conversation(&ada, &evelyn).await;
    let message = conversation.messages().swap_remove(0);
    assert_eq!((message.attachments.as_slice(), message.text.as_str()), (&["image".to_owned()][..], ""));
    let page = ada.browser.get(&format!("/console/c/{}", conversation.id())).await.read();
    assert!(page.contains("Attachment (image): nobody has looked into it, so it is not shown."), "{page}");
    assert_eq!(world.dump()["messages"][0]["checks"], "attachment");
    // Neither its address nor its bytes are anywhere.
    for (place, text) in world.seen.all() {
        assert!(!text.contains("cdn.example.com"), "{place}");
    }
    let dump = world.dump();
    for cell in crate::world::open_with_all_keys(world.app.keys(), &dump, &dump) {
        assert!(!cell.text().contains("cdn.example.com"), "{}", cell.place);
    }
}

/// A store in which one command may wait.
const ROOM_FOR_ONE: StoreChanges =
    StoreChanges { sqlite: Some(|store| store.queue = 1), postgres: Some(|store| store.queue = 1) };

#[tokio::test(flavor = "multi_thread")]
async fn a_full_queue_is_answered_with_503_and_nothing_is_lost() {
    let world = World::with(Plan { store: ROOM_FOR_ONE, ..Plan::default() }).await;
    let ada = world.agent().await;
    let evelyn = world.customer("Evelyn Moss");
    evelyn.writes_dm("hello, are you open on Sunday?");
    world.drain().await;

    // Nothing can be committed for a moment: one command is under way, one waits, the rest find no room.
    let held_up = world.database.hold_up();
    let bodies: Vec<Bytes> = (0..8).map(|number| message(&world, &evelyn.psid(), number)).collect();
    let mut posting = JoinSet::new();
    for (number, body) in bodies.iter().enumerate() {
        let (sim, body) = (world.brand.sim.clone(), body.clone());
        let signature = sim.signature(&body);
        posting.spawn(async move { (number, sim.post_to_hook(body, Some(&signature)).await) });
    }
    let mut refused = Vec::new();
    while refused.len() < bodies.len() - 2 {
        let answered = tokio::time::timeout(Duration::from_secs(4), posting.join_next()).await;
        let (number, status) = answered.expect("an answer while the store is busy").unwrap().unwrap();
        assert_eq!(status, Some(503));
        refused.push(number);
    }
    drop(held_up);
    let mut taken = 0;
    for answered in posting.join_all().await {
        match answered {
            (_, Some(200)) => taken += 1,
            // Both are of one conversation: whoever was second decides again, and may find the one place taken.
            (number, Some(503)) => refused.push(number),
            (number, other) => panic!("line {number} was answered with {other:?}"),
        }
    }
    assert!(taken > 0, "what waited was not taken when there was room");
    // The network sends again what was not acknowledged.
    for number in refused {
        let signature = world.brand.sim.signature(&bodies[number]);
        assert_eq!(world.brand.sim.post_to_hook(bodies[number].clone(), Some(&signature)).await, Some(200));
    }
    let mut heard = world.conversation(&ada, &evelyn).await.heard();
    heard.sort();
    let lines: Vec<String> = (0..8).map(|number| format!("line {number}")).collect();
    assert_eq!(heard[1..], lines, "each of them once");
}

/// A direct message as the network would post it.
fn message(world: &World, person: &str, number: usize) -> Bytes {
    let page = world.brand.sim.page();
    let body = serde_json::json!({ "object": "page", "entry": [{ "id": page, "time": 1_795_339_900_000_i64, "messaging": [{
        "sender": { "id": person }, "recipient": { "id": page }, "timestamp": 1_795_339_900_000_i64,
        "message": { "mid": format!("m_line_{number}"), "text": format!("line {number}") },
    }] }] });
    Bytes::from(body.to_string())
}
