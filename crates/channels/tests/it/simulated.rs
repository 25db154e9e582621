//! The connector and the simulated network, written from the same pages by separate code, understand each
//! other.

use crate::answers::client;
use aside_channels::facebook::{Facebook, FacebookSecrets, handshake, parse, verify};
use aside_channels::{
    ActOutcome, Connector, Event, Inbound, NoticeState, Outgoing, PrivateReply, Refusal, SendOutcome,
};
use aside_model::{Clock, Language, Raw, Rung, Time};
use aside_sim::{Customer, Delivery, Fault, Sim, SimConfig};
use axum::{
    Router,
    body::Bytes,
    extract::{RawQuery, State},
    http::{HeaderMap, StatusCode},
    routing::get,
};
use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex},
};

struct Noon;

impl Clock for Noon {
    fn now(&self) -> Time {
        Time::from_secs(1_795_348_800)
    }
}

struct Stage {
    sim: Sim,
    page: String,
    facebook: Facebook,
    heard: Arc<Mutex<Vec<Inbound>>>,
    mara: Customer,
}

type Shared = (FacebookSecrets, Arc<Mutex<Vec<Inbound>>>);

async fn stage() -> Stage {
    let mut config = SimConfig::new(client(), Arc::new(Noon));
    config.delivery = Delivery { batch: 100, ..Delivery::default() };
    let secrets = FacebookSecrets {
        app_secret: config.app_secret.clone(),
        verify_token: config.verify_token.clone(),
        pages: config
            .pages
            .iter()
            .map(|page| (page.id.clone(), page.token.clone()))
            .collect::<BTreeMap<_, _>>(),
    };
    let heard = Arc::default();
    let confirm = |State((secrets, _)): State<Shared>, RawQuery(query): RawQuery| async move {
        handshake(&secrets, &query.unwrap()).map_err(|_| StatusCode::FORBIDDEN)
    };
    let take = |State((secrets, heard)): State<Shared>, headers: HeaderMap, body: Bytes| async move {
        let signature = headers.get("x-hub-signature-256").and_then(|value| value.to_str().ok());
        if verify(&secrets, &body, signature).is_err() {
            return StatusCode::FORBIDDEN;
        }
        heard.lock().unwrap().extend(parse(&body).unwrap());
        StatusCode::OK
    };
    let router =
        Router::new().route("/", get(confirm).post(take)).with_state((secrets.clone(), Arc::clone(&heard)));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let hook = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    let sim = Sim::start(config).await.unwrap();
    sim.connect(&hook).await.unwrap();
    let facebook = Facebook::new(client(), &sim.api_base(), secrets);
    let mara = sim.customer("Mara Example", Language::English);
    Stage { page: sim.page().to_owned(), sim, facebook, heard, mara }
}

impl Stage {
    /// Delivers, and takes what was heard.
    async fn heard(&self) -> Vec<Inbound> {
        assert!(self.sim.deliver().await.iter().all(aside_sim::Posted::is_acknowledged));
        std::mem::take(&mut *self.heard.lock().unwrap())
    }

    async fn send(&self, rung: Rung, to: &Raw, text: &str) -> SendOutcome {
        self.facebook.send(Outgoing { account: &self.page, rung, to, text }).await
    }
}

#[tokio::test]
async fn a_conversation_moves_from_a_comment_to_the_direct_messages() {
    let stage = stage().await;
    let post = stage.sim.post(&stage.page).unwrap();
    stage.mara.comments(&post, "Größe M? 😀 Call 202-555-0134").unwrap();
    let heard = stage.heard().await;
    let Event::Message { provider_id: comment, thread, text: Some(text), .. } = &heard[0].event else {
        panic!()
    };
    assert_eq!((heard[0].rung, text.expose()), (Rung::Public, "Größe M? 😀 Call 202-555-0134"));

    let outcome = stage.send(Rung::Public, &thread.reply_to, "We have written to you.").await;
    assert!(matches!(outcome, SendOutcome::Accepted { .. }), "{outcome:?}");
    assert_eq!(stage.sim.replies(comment)[0].text, "We have written to you.");
    assert_eq!(stage.facebook.hide(&stage.page, comment).await, ActOutcome::Done);
    assert!(stage.sim.is_hidden(comment));

    let reply = PrivateReply { account: &stage.page, comment, text: "Please go on here." };
    let outcome = stage.facebook.private_reply(reply).await;
    let SendOutcome::Accepted { recipient: Some(psid), .. } = outcome else { panic!("{outcome:?}") };
    let twice = stage.facebook.private_reply(reply).await;
    assert!(matches!(twice, SendOutcome::Refused { why: Refusal::AlreadyReplied, .. }), "{twice:?}");
    let early = stage.send(Rung::Direct, &psid, "Hello?").await;
    assert!(matches!(early, SendOutcome::Refused { why: Refusal::WindowClosed, .. }), "{early:?}");

    stage.mara.writes_dm(&stage.page, "Here I am").unwrap();
    let heard = stage.heard().await;
    let kinds: Vec<_> = heard.iter().map(|one| one.event.name()).collect();
    assert_eq!(kinds, ["echo", "visibility", "echo", "delivered", "read", "message"]);
    let Event::Message { thread, from, .. } = &heard[5].event else { panic!() };
    assert_eq!(from.id.expose(), psid.expose());
    let outcome = stage.send(Rung::Direct, &thread.reply_to, "Welcome").await;
    assert!(matches!(outcome, SendOutcome::Accepted { .. }), "{outcome:?}");
    assert_eq!(stage.mara.next_in_inbox(&stage.page, 1).await.text, "Welcome");
}

#[tokio::test]
async fn edits_and_removals_name_the_message_they_are_about() {
    let stage = stage().await;
    let post = stage.sim.post(&stage.page).unwrap();
    let comment = stage.mara.comments(&post, "first").unwrap();
    stage.mara.edits_comment(&comment, "second").unwrap();
    stage.mara.removes_comment(&comment).unwrap();
    let mids = stage.mara.writes_dm(&stage.page, "first").unwrap();
    stage.mara.edits_dm(&stage.page, &mids[0], "second").unwrap();
    let about: Vec<_> = stage
        .heard()
        .await
        .into_iter()
        .map(|one| match one.event {
            Event::Message { provider_id, .. } => ("message", provider_id),
            Event::Edited { provider_id, text, .. } => {
                assert_eq!(text.unwrap().expose(), "second");
                ("edited", provider_id)
            }
            Event::Removed { provider_id } => ("removed", provider_id),
            other => (other.name(), String::new()),
        })
        .collect();
    let (comment, mid) = (comment.as_str(), mids[0].as_str());
    let expected =
        [("message", comment), ("edited", comment), ("removed", comment), ("message", mid), ("edited", mid)];
    assert_eq!(about, expected.map(|(kind, id)| (kind, id.to_owned())));
}

#[tokio::test]
async fn the_notice_is_put_up_and_found_on_both_rungs() {
    let stage = stage().await;
    let notices = [(Language::English, "No card numbers here."), (Language::German, "Keine Kartennummern.")];
    for rung in [Rung::Direct, Rung::Public] {
        let check = |text| stage.facebook.check_notice(&stage.page, rung, Language::English, text);
        assert_eq!(check(notices[0].1).await, NoticeState::Absent);
        assert_eq!(stage.facebook.set_notice(&stage.page, rung, &notices).await, ActOutcome::Done);
        assert_eq!(check(notices[0].1).await, NoticeState::Present);
    }
    assert_eq!(stage.sim.greeting(&stage.page, "de_DE").as_deref(), Some("Keine Kartennummern."));
}

#[tokio::test]
async fn a_cut_connection_leaves_the_outcome_unknown_whether_or_not_it_was_sent() {
    let stage = stage().await;
    stage.mara.writes_dm(&stage.page, "Hi").unwrap();
    let psid = Raw::new(stage.mara.psid(&stage.page).unwrap());
    for (fault, arrived) in [(Fault::CutBefore, 0), (Fault::CutAfter, 1), (Fault::Status(502), 1)] {
        stage.sim.fail_next(1, &fault);
        let outcome = stage.send(Rung::Direct, &psid, "Hello").await;
        assert!(matches!(outcome, SendOutcome::Unknown { .. }), "{fault:?}: {outcome:?}");
        assert_eq!(stage.mara.inbox(&stage.page).len(), arrived);
    }
    stage.sim.fail_next(1, &Fault::Error { status: 500, code: 1200, subcode: None });
    let outcome = stage.send(Rung::Direct, &psid, "Hello").await;
    assert!(matches!(outcome, SendOutcome::RetryAfter { .. }), "{outcome:?}");
}
