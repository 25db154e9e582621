//! WhatsApp: from a message there into the brand's own messenger, in and out of the network's window.

use crate::world::{Agent, Credentials, Line, World, plain};
use aside::leaks::Search;
use aside_model::{Clock, Role};
use aside_sim::{
    Delivery, Fault, Order,
    whatsapp::{Limits, Number, Shows, WhatsappCustomer},
};
use std::{
    io,
    sync::{Arc, Mutex},
    time::Duration,
};

const HOUR: Duration = Duration::from_hours(1);

/// Somebody who wrote on WhatsApp a day and an hour ago, and an agent who has just signed in.
async fn somebody_from_yesterday(world: &World, line: &Line) -> (WhatsappCustomer, Agent) {
    let mara = line.customer("Mara Example");
    mara.writes(&line.number, "Is my lamp on its way?").unwrap();
    world.drain_with(line).await;
    world.pass(25 * HOUR);
    let ada = Agent::signed_in(world, &world.brand, "ada", Role::Agent).await;
    (mara, ada)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_number_on_whatsapp_is_destroyed_and_the_conversation_goes_on_in_the_secure_chat() {
    let world = World::open().await;
    let line = world.whatsapp().await;
    let ada = world.agent().await;
    let mara = line.customer("Mara Example");
    mara.writes(&line.number, "My card 4111 1111 1111 1111 was charged twice").unwrap();
    world.drain_with(&line).await;
    let conversation = line.conversation(&world, &ada, &mara.user_id()).await;
    assert_eq!(conversation.last_heard(), "My card [card number removed: •••• 1111] was charged twice");
    assert!(line.inbox(&mara)[0].starts_with("To keep your details safe"), "{:?}", line.inbox(&mara));

    let visitor = world.customer("Mara Example").opens(&line.link(&mara)).await;
    visitor.writes("Here I am").await;
    let conversation = ada.conversation(conversation.id()).await;
    assert_eq!((conversation.text("rung"), conversation.last_heard().as_str()), ("secure", "Here I am"));
    assert_eq!(conversation.happened(), ["invited", "moved_to_secure"]);

    line.sim.set_delivery(Delivery { order: Order::Reversed, copies: 2, ..Delivery::default() });
    ada.replies(&conversation, &conversation.thread("direct"), "We look into it.").await.must_be(202);
    world.drain_with(&line).await;
    assert!(line.inbox(&mara)[1].starts_with("We look into it."));
    let states: Vec<_> = ada.conversation(conversation.id()).await.messages();
    let direct = states.iter().rfind(|message| message.rung == "direct").unwrap();
    assert_eq!(direct.state, "read", "the furthest of the reports, which came last first");
}

#[tokio::test(flavor = "multi_thread")]
async fn outside_of_the_window_an_agent_sends_an_approved_template() {
    let world = World::open().await;
    let line = world.whatsapp().await;
    let (mara, ada) = somebody_from_yesterday(&world, &line).await;
    let conversation = line.conversation(&world, &ada, &mara.user_id()).await;
    let direct = conversation.thread("direct");
    let refused = ada.replies(&conversation, &direct, "Yes.").await.must_be(409);
    assert!(refused.text.contains("only an approved template can be sent"), "{}", refused.text);

    let at = format!("/console/c/{}", conversation.id());
    let page = ada.browser.get(&at).await.must_be(200).read();
    assert!(page.contains("Hello {{1}}, we have an answer about {{2}}."), "{page}");
    assert!(!page.contains("go_on_safely"), "an invitation is sent by moving up");
    let template = |p1: &'static str, p2: &'static str, key: &'static str| {
        let direct = direct.clone();
        let (ada, at) = (ada.clone(), at.clone());
        async move {
            let fields = [
                ("thread", direct.as_str()),
                ("name", "answer_ready"),
                ("language", "en"),
                ("form_key", key),
                ("p1", p1),
                ("p2", p2),
            ];
            ada.browser.submit(&at, &format!("{at}/template"), &fields).await
        }
    };
    let stopped = template("Mara", "card 4111 1111 1111 1111", "a").await.must_be(422).read();
    assert!(stopped.contains("The card number does not belong here"), "{stopped}");
    assert!(!stopped.contains("4111"), "what is refused comes back on no page");
    let empty = template("Mara", " ", "b").await.must_be(422).read();
    assert!(empty.contains("Fill in every place of the template"), "{empty}");
    template("Mara", "your lamp", "c").await.must_be(303);
    template("Mara", "your lamp", "c").await.must_be(303);
    world.drain_with(&line).await;
    let got = mara.inbox(&line.number);
    assert_eq!(got.len(), 1, "{got:?}");
    assert_eq!(got[0].text, "Hello Mara, we have an answer about your lamp. Write to us to go on.");
    assert_eq!(got[0].template.as_deref(), Some("answer_ready"));
    let said = ada.conversation(conversation.id()).await.messages().pop().unwrap();
    assert_eq!((said.text.as_str(), said.state.as_str()), (got[0].text.as_str(), "read"));

    mara.writes(&line.number, "Tell me").unwrap();
    world.drain_with(&line).await;
    ada.replies(&conversation, &direct, "It is on its way.").await.must_be(202);
    world.drain_with(&line).await;
    assert_eq!(mara.inbox(&line.number).len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_template_that_nobody_configured_is_not_sent() {
    let world = World::open().await;
    let line = world.whatsapp().await;
    let (mara, ada) = somebody_from_yesterday(&world, &line).await;
    let conversation = line.conversation(&world, &ada, &mara.user_id()).await;
    let at = format!("/console/c/{}", conversation.id());
    let direct = conversation.thread("direct");
    for (name, language) in [("go_on_safely", "en"), ("answer_ready", "de"), ("", ""), ("../x", "en")] {
        let fields = [
            ("thread", direct.as_str()),
            ("name", name),
            ("language", language),
            ("form_key", name),
            ("p1", "https://example.com"),
        ];
        ada.browser.submit(&at, &format!("{at}/template"), &fields).await.must_be(404);
    }
    line.sim.pauses_template("answer_ready");
    let fields =
        [("thread", direct.as_str()), ("name", "answer_ready"), ("language", "en"), ("form_key", "k")];
    let fields = [&fields[..], &[("p1", "Mara"), ("p2", "your lamp")]].concat();
    ada.browser.submit(&at, &format!("{at}/template"), &fields).await.must_be(303);
    world.drain_with(&line).await;
    assert!(mara.inbox(&line.number).is_empty());
    let page = ada.browser.get("/console/jobs").await.read();
    assert!(page.contains("the network does not send this template"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invitation_outside_of_the_window_goes_out_by_template_or_waits_for_the_customer() {
    let world = World::open().await;
    let line = world.whatsapp().await;
    let (mara, ada) = somebody_from_yesterday(&world, &line).await;
    let conversation = line.conversation(&world, &ada, &mara.user_id()).await;
    ada.moves_up(&conversation).await.must_be(202);
    world.drain_with(&line).await;
    let got = mara.inbox(&line.number);
    assert_eq!(got[0].template.as_deref(), Some("go_on_safely"), "{got:?}");
    let kept = ada.conversation(conversation.id()).await.messages().pop().unwrap().text;
    assert!(kept.contains("[one-time link]") && !kept.contains("/c/"), "{kept}");
    let visitor = world.customer("Mara Example").opens(&line.link(&mara)).await;
    visitor.writes("Here I am").await;
    assert_eq!(ada.conversation(conversation.id()).await.text("rung"), "secure");

    let world = World::open().await;
    let line = world.whatsapp_with(|_| {}, false).await;
    let (mara, ada) = somebody_from_yesterday(&world, &line).await;
    let conversation = line.conversation(&world, &ada, &mara.user_id()).await;
    let refused = ada.moves_up(&conversation).await.must_be(409);
    assert!(refused.text.contains("Wait until they write."), "{}", refused.text);
    assert!(mara.inbox(&line.number).is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reminder_after_the_window_is_a_template() {
    let plan = crate::world::Plan {
        settings: Some(|settings| settings.remind_after = 26 * HOUR),
        ..crate::world::Plan::default()
    };
    let world = World::with(plan).await;
    let line = world.whatsapp().await;
    let mara = line.customer("Mara Example");
    mara.writes(&line.number, "Please write to mara@example.com").unwrap();
    world.drain_with(&line).await;
    assert_eq!(mara.inbox(&line.number).len(), 1);
    world.pass(27 * HOUR);
    world.drain_with(&line).await;
    let got = mara.inbox(&line.number);
    assert_eq!((got.len(), got[1].template.as_deref()), (2, Some("go_on_safely")), "{got:?}");
    world.customer("Mara Example").opens(&line.link(&mara)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_network_reports_as_failed_says_why_and_what_arrived_has_not_failed() {
    let world = World::open().await;
    let line = world.whatsapp_with(|config| config.refuses_late = true, true).await;
    let mara = line.customer("Mara Example");
    mara.writes(&line.number, "Is my lamp on its way?").unwrap();
    world.drain_with(&line).await;
    let credentials = Credentials::of_new(&world, &world.brand, "ada", Role::Agent).await;
    let ada = Agent::with(&world, &credentials).await;
    let conversation = line.conversation(&world, &ada, &mara.user_id()).await;
    let direct = conversation.thread("direct");
    ada.replies(&conversation, &direct, "Yes.").await.must_be(202);
    world.pass(25 * HOUR);
    world.drain_with(&line).await;
    let ada = Agent::with(&world, &credentials).await;
    let said = ada.conversation(conversation.id()).await.messages().pop().unwrap();
    assert_eq!(said.state, "failed");
    let page = ada.browser.get(&format!("/console/c/{}", conversation.id())).await.read();
    assert!(
        page.contains("the time to answer has passed; the customer has to write first (code 131047)"),
        "{page}"
    );

    // Several devices: what failed on one and reached another has arrived.
    mara.writes(&line.number, "Hello?").unwrap();
    world.drain_with(&line).await;
    ada.replies(&conversation, &direct, "Until six.").await.must_be(202);
    while world.app.work_outbox(8).await.unwrap() > 0 {}
    let id = mara.inbox(&line.number).pop().unwrap().id;
    let status = |word: &str, error: &str| {
        format!(
            r#"{{"object":"whatsapp_business_account","entry":[{{"id":"1","changes":[{{"field":"messages","value":{{"messaging_product":"whatsapp","metadata":{{"phone_number_id":"{}"}},"statuses":[{{"id":"{id}","status":"{word}","timestamp":"1795434000"{error}}}]}}}}]}}]}}"#,
            line.number
        )
    };
    for body in
        [status("delivered", ""), status("failed", r#","errors":[{"code":131026}]"#), status("sent", "")]
    {
        let signature = line.sim.signature(body.as_bytes());
        assert_eq!(line.sim.post_to_hook(body.into(), Some(&signature)).await, Some(200));
    }
    assert_eq!(ada.conversation(conversation.id()).await.messages().pop().unwrap().state, "delivered");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_report_that_overtakes_the_answer_to_the_sending_is_told_again() {
    let world = World::open().await;
    let line = world.whatsapp().await;
    let ada = world.agent().await;
    let mara = line.customer("Mara Example");
    mara.writes(&line.number, "Is my lamp on its way?").unwrap();
    world.drain_with(&line).await;
    let at = world.clock.now().millis() / 1_000;
    let body = format!(
        r#"{{"object":"whatsapp_business_account","entry":[{{"id":"1","changes":[{{"field":"messages","value":{{"messaging_product":"whatsapp","metadata":{{"phone_number_id":"{}"}},"statuses":[{{"id":"wamid.unknown","status":"delivered","timestamp":"{at}"}}]}}}}]}}]}}"#,
        line.number
    );
    let signature = line.sim.signature(body.as_bytes());
    let told = || line.sim.post_to_hook(body.clone().into(), Some(&signature));
    assert_eq!(told().await, Some(200), "nothing is being sent: it is about somebody else's message");
    let conversation = line.conversation(&world, &ada, &mara.user_id()).await;
    ada.replies(&conversation, &conversation.thread("direct"), "Yes.").await.must_be(202);
    let lease = Duration::from_hours(1);
    let sending = world.app.store().claim_jobs(world.clock.now(), lease, 8, &[]).await.unwrap();
    assert_eq!(sending.len(), 1);
    assert_eq!(told().await, Some(503), "it may be about this one");
    world.pass(Duration::from_mins(2));
    assert_eq!(told().await, Some(200), "by now the answer would be here");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_person_stays_one_customer_whatever_the_network_shows_of_them() {
    let world = World::open().await;
    let line = world.whatsapp().await;
    let ada = world.agent().await;
    let mara = line.customer("Mara Example");
    mara.shows(Shows::Phone);
    mara.writes(&line.number, "One").unwrap();
    world.drain_with(&line).await;
    mara.shows(Shows::Both);
    mara.writes(&line.number, "Two").unwrap();
    world.drain_with(&line).await;
    mara.shows(Shows::Id);
    mara.writes(&line.number, "Three").unwrap();
    world.drain_with(&line).await;
    let conversation = line.conversation(&world, &ada, &mara.phone()).await;
    assert_eq!(conversation.heard(), ["One", "Two", "Three"]);
    assert_eq!(line.conversation(&world, &ada, &mara.user_id()).await.id(), conversation.id());
    assert_eq!(world.count("SELECT count(*) FROM customers"), 1);

    // Another telephone number and another id: replies go there.
    mara.changes_number(&line.number).unwrap();
    world.drain_with(&line).await;
    let moved = ada.conversation(conversation.id()).await;
    assert!(moved.happened().contains(&"address_changed".to_owned()), "{:?}", moved.happened());
    let threads = moved.threads("direct");
    assert_eq!(threads.len(), 3, "by number, by the old id, by the new id");
    ada.replies(&moved, &threads[0], "We found you.").await.must_be(202);
    world.drain_with(&line).await;
    assert!(line.inbox(&mara).pop().unwrap().starts_with("We found you."));
    mara.writes(&line.number, "Four").unwrap();
    world.drain_with(&line).await;
    assert_eq!(ada.conversation(conversation.id()).await.last_heard(), "Four");
    assert_eq!(world.count("SELECT count(*) FROM customers"), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_has_somebody_elses_old_number_is_somebody_else() {
    let world = World::open().await;
    let line = world.whatsapp().await;
    let body = |user_id: &str, id: &str| {
        format!(
            r#"{{"object":"whatsapp_business_account","entry":[{{"id":"1","changes":[{{"field":"messages","value":{{"messaging_product":"whatsapp","metadata":{{"phone_number_id":"{}"}},"contacts":[{{"wa_id":"12025560100"{user_id}}}],"messages":[{{"from":"12025560100","id":"wamid.{id}","timestamp":"1795339800","type":"text","text":{{"body":"Hello"}}}}]}}}}]}}]}}"#,
            line.number
        )
    };
    for (user_id, id, customers) in [
        ("", "a", 1),
        (r#","user_id":"US.1""#, "b", 1),
        (r#","user_id":"US.2""#, "c", 2),
        (r#","user_id":"US.1""#, "d", 2),
    ] {
        let body = body(user_id, id);
        let signature = line.sim.signature(body.as_bytes());
        assert_eq!(line.sim.post_to_hook(body.into(), Some(&signature)).await, Some(200));
        assert_eq!(world.count("SELECT count(*) FROM customers"), customers, "{user_id}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_number_has_its_own_thread_and_an_unknown_one_is_counted_and_dropped() {
    let second = Number {
        id: "106500000000002".into(),
        display: "12025550101".into(),
        token: "simulated-number-token-2".into(),
    };
    let world = World::open().await;
    let line = world.whatsapp_with(|config| config.numbers.push(second.clone()), true).await;
    let ada = world.agent().await;
    let mara = line.customer("Mara Example");
    mara.writes(&line.number, "To the first").unwrap();
    mara.writes(&second.id, "To the second").unwrap();
    world.drain_with(&line).await;
    let conversation = line.conversation(&world, &ada, &mara.user_id()).await;
    let threads = conversation.threads("direct");
    assert_eq!((conversation.heard().len(), threads.len()), (2, 2));
    ada.replies(&conversation, &threads[0], "From the second.").await.must_be(202);
    world.drain_with(&line).await;
    assert!(mara.inbox(&second.id)[0].text.starts_with("From the second."));
    assert!(mara.inbox(&line.number).is_empty());

    mara.writes(&line.number, "To nobody").unwrap();
    let posted = line.sim.deliver().await.pop().unwrap();
    let body = String::from_utf8(posted.body.to_vec())
        .unwrap()
        .replace(&line.number, "999")
        .replace("wamid.", "wamid.x");
    let signature = line.sim.signature(body.as_bytes());
    let connection = line.connection.to_string();
    let taken = world.app.take_in("whatsapp", &connection, Some(&signature), body.into()).await.unwrap();
    assert_eq!((taken.messages, taken.unknown_account), (0, 2), "the message, and whose it is");
    assert_eq!(ada.conversation(conversation.id()).await.heard().len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_unsigned_a_wrongly_signed_and_a_repeated_webhook_change_nothing() {
    let world = World::open().await;
    let line = world.whatsapp().await;
    let mara = line.customer("Mara Example");
    mara.writes(&line.number, "Is my lamp on its way? Grüße 😀").unwrap();
    let posted = world.drain_with(&line).await.pop().unwrap();
    let rows = || world.count("SELECT (SELECT count(*) FROM messages) + (SELECT count(*) FROM entries)");
    let before = rows();
    assert_eq!(line.sim.post_to_hook(posted.body.clone(), None).await, Some(403));
    let wrong = format!("sha256={}", "0".repeat(64));
    assert_eq!(line.sim.post_to_hook(posted.body.clone(), Some(&wrong)).await, Some(403));
    // Parsed and written again, the bytes are others.
    let again: serde_json::Value = serde_json::from_slice(&posted.body).unwrap();
    let status = line.sim.post_to_hook(again.to_string().into(), Some(&posted.signature)).await;
    assert_eq!(status, Some(403));
    assert_eq!(line.sim.deliver_again(&posted).await, Some(200));
    for body in [
        "{",
        "[]",
        r#"{"object":"whatsapp_business_account","entry":[{"changes":[{"field":"messages","value":{"messages":[{}]}}]}]}"#,
    ] {
        let signature = line.sim.signature(body.as_bytes());
        let status = line.sim.post_to_hook(body.into(), Some(&signature)).await;
        assert!(matches!(status, Some(200 | 400)), "{body}: {status:?}");
    }
    assert_eq!(rows(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn limits_and_a_revoked_token_are_waited_for() {
    let world = World::open().await;
    let line = world.whatsapp().await;
    let credentials = Credentials::of_new(&world, &world.brand, "ada", Role::Agent).await;
    let ada = Agent::with(&world, &credentials).await;
    let mara = line.customer("Mara Example");
    mara.writes(&line.number, "Is my lamp on its way?").unwrap();
    world.drain_with(&line).await;
    let conversation = line.conversation(&world, &ada, &mara.user_id()).await;
    let direct = conversation.thread("direct");
    line.sim.set_limits(Limits { pair: Some(Duration::from_secs(6)), ..Limits::default() });
    line.sim.fail_next(4, &Fault::Error { status: 429, code: 130_429, subcode: None });
    for text in ["One.", "Two.", "Three."] {
        ada.replies(&conversation, &direct, text).await.must_be(202);
    }
    for _ in 0..60 {
        world.drain_with(&line).await;
        world.pass(Duration::from_secs(8));
    }
    let got: Vec<_> =
        line.inbox(&mara).iter().map(|text| text.split(' ').next().unwrap().trim().to_owned()).collect();
    let got: Vec<_> = got.iter().map(|text| text.lines().next().unwrap()).collect();
    assert_eq!(got, ["One.", "Two.", "Three."], "each once, in the order in which they were written");

    let token = line.sim.config().numbers[0].token.clone();
    line.sim.replace_token(&line.number, "another");
    ada.replies(&conversation, &direct, "Four.").await.must_be(202);
    world.drain_with(&line).await;
    let said = ada.conversation(conversation.id()).await.messages().pop().unwrap();
    assert_eq!((said.text.as_str(), said.state.as_str()), ("Four.", "queued"));
    let page = ada.browser.get(&format!("/console/c/{}", conversation.id())).await.read();
    assert!(page.contains("the account's access token does not work"), "{page}");
    line.sim.replace_token(&line.number, &token);
    world.pass(2 * HOUR);
    world.drain_with(&line).await;
    assert_eq!(line.inbox(&mara).pop().unwrap(), "Four.");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_was_changed_or_taken_back_is_changed_or_taken_back_here() {
    let world = World::open().await;
    let line = world.whatsapp().await;
    let ada = world.agent().await;
    let mara = line.customer("Mara Example");
    let first = mara.writes(&line.number, "Is my lamp on its way?").unwrap();
    let second = mara.writes(&line.number, "I meant the blue one").unwrap();
    mara.sends_file(&line.number, "image", None).unwrap();
    world.drain_with(&line).await;
    mara.edits(&line.number, &first, "Is my card 4111 1111 1111 1111 charged?").unwrap();
    mara.takes_back(&line.number, &second).unwrap();
    mara.is_written_to(&line.number, "We look into it.").unwrap();
    mara.reacts(&line.number, &first).unwrap();
    line.sim.flags_number(&line.number).unwrap();
    world.drain_with(&line).await;
    let conversation = line.conversation(&world, &ada, &mara.user_id()).await;
    let heard = conversation.heard();
    assert_eq!(heard[0], "Is my card [card number removed: •••• 1111] charged?");
    assert_eq!(heard[1], "");
    let photo = conversation.messages().into_iter().find(|message| !message.attachments.is_empty());
    assert_eq!(photo.unwrap().attachments, ["image"]);
}

/// A log as it would stand in a file.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_table_log_or_file_holds_a_telephone_number_or_a_message_id() {
    let log = Log::default();
    let kept = log.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_ansi(false)
        .with_writer(move || kept.clone())
        .finish();
    tracing::subscriber::set_global_default(subscriber).expect("nobody else listens in this process");
    let world = World::open().await;
    let line = world.whatsapp().await;
    let ada = world.agent().await;
    let mut secret = Vec::new();
    for shows in [Shows::Phone, Shows::Both, Shows::Id] {
        let mara = line.customer("Mara Example");
        mara.shows(shows);
        secret.push(mara.writes(&line.number, "Please write to mara@example.com").unwrap());
        world.drain_with(&line).await;
        let address = if shows == Shows::Phone { mara.phone() } else { mara.user_id() };
        let conversation = line.conversation(&world, &ada, &address).await;
        ada.replies(&conversation, &conversation.thread("direct"), "We look into it.").await.must_be(202);
        ada.browser.get(&format!("/console/c/{}", conversation.id())).await.must_be(200);
        line.sim.fail_next(1, &Fault::Error { status: 400, code: 131_026, subcode: None });
        ada.replies(&conversation, &conversation.thread("direct"), "And more.").await.must_be(202);
        world.drain_with(&line).await;
        secret.extend(mara.inbox(&line.number).into_iter().map(|received| received.id));
        secret.extend([mara.phone(), mara.user_id()]);
        mara.changes_number(&line.number).unwrap();
        world.drain_with(&line).await;
        secret.extend([mara.phone(), mara.user_id()]);
    }
    ada.browser.get("/console/jobs").await.must_be(200);
    // An id is base64 that holds the number: both are looked for as they are and as they may be encoded,
    // which finds the number within the id, too.
    let bare: Vec<String> = secret.iter().map(|id| id.trim_start_matches("wamid.").to_owned()).collect();
    secret.extend(bare);
    let search = Search::new(&secret).unwrap();
    let id = secret.iter().find(|id| id.starts_with("wamid.")).unwrap();
    assert!(search.in_bytes(id.as_bytes(), "itself").len() > 2, "the number is found within the id");

    let mut leaks = search.in_folder(&world.data()).unwrap();
    let lines = log.0.lock().unwrap().clone();
    assert!(!lines.is_empty());
    leaks.extend(search.in_bytes(&lines, "the log"));
    for (place, text) in world.seen.all() {
        leaks.extend(search.in_text(&plain(&text), &format!("the answer of {place}")));
    }
    for (table, rows) in &world.dump() {
        for (column, cell) in rows.iter().flatten() {
            leaks.extend(search.in_bytes(cell.as_bytes(), &format!("the column {table}.{column}")));
        }
    }
    let found: Vec<String> = leaks.iter().map(|l| format!("{} in {}", secret[l.value], l.place)).collect();
    assert!(found.is_empty(), "{}", found.join("\n"));
}
