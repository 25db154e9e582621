//! The connector and the simulated network, written from the same pages by separate code, understand each
//! other.

use crate::{answers::client, shown::shown};
use aside_channels::{
    Connector, Event, Inbound, Outgoing, OutgoingTemplate, Refusal, Reported, SendOutcome,
    whatsapp::{Whatsapp, WhatsappSecrets, handshake, parse, verify},
};
use aside_model::{Clock, Language, Raw, Rung, Time};
use aside_sim::{
    Delivery, Order,
    whatsapp::{Limits, Number, Shows, WhatsappConfig, WhatsappCustomer},
};
use axum::{
    Router,
    body::Bytes,
    extract::{RawQuery, State},
    http::{HeaderMap, StatusCode},
    routing::get,
};
use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

/// A clock that stands still until it is moved.
struct Hands(AtomicI64);

impl Clock for Hands {
    fn now(&self) -> Time {
        Time(self.0.load(Ordering::SeqCst))
    }
}

struct Stage {
    sim: aside_sim::whatsapp::Whatsapp,
    whatsapp: Whatsapp,
    heard: Arc<Mutex<Vec<Inbound>>>,
    mara: WhatsappCustomer,
    clock: Arc<Hands>,
}

type Shared = (WhatsappSecrets, Arc<Mutex<Vec<Inbound>>>);

async fn stage(change: impl FnOnce(&mut WhatsappConfig)) -> Stage {
    let clock = Arc::new(Hands(AtomicI64::new(1_795_348_800_000_000)));
    let mut config = WhatsappConfig::new(client(), Arc::<Hands>::clone(&clock));
    config.delivery = Delivery { batch: 100, ..Delivery::default() };
    change(&mut config);
    let numbers: serde_json::Map<_, _> =
        config.numbers.iter().map(|number| (number.id.clone(), number.token.clone().into())).collect();
    let secrets = serde_json::json!({
        "app_secret": config.app_secret, "verify_token": config.verify_token, "numbers": numbers,
    });
    let secrets = WhatsappSecrets::from_json(secrets.to_string().as_bytes()).unwrap();
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
    let sim = aside_sim::whatsapp::Whatsapp::start(config).await.unwrap();
    sim.connect(&hook).await.unwrap();
    let whatsapp = Whatsapp::new(client(), &sim.api_base(), secrets);
    let mara = sim.customer("Mara Example", Language::English);
    Stage { sim, whatsapp, heard, mara, clock }
}

impl Stage {
    fn number(&self) -> String {
        self.sim.number().to_owned()
    }

    /// Everything that was delivered since the last time.
    async fn delivered(&self) -> Vec<Inbound> {
        for posted in self.sim.deliver().await {
            assert!(posted.is_acknowledged(), "{:?}", posted.status);
        }
        std::mem::take(&mut self.heard.lock().unwrap())
    }

    async fn send(&self, to: &str, text: &str) -> SendOutcome {
        let to = Raw::new(to.to_owned());
        let account = self.number();
        self.whatsapp.send(Outgoing { account: &account, rung: Rung::Direct, to: &to, text }).await
    }

    async fn send_template(&self, name: &str, parameters: &[&str]) -> SendOutcome {
        let (to, account) = (Raw::new(self.mara.user_id()), self.number());
        let parameters: Vec<String> = parameters.iter().map(|p| (*p).to_owned()).collect();
        let (rung, language) = (Rung::Direct, "en");
        let outgoing =
            OutgoingTemplate { account: &account, rung, to: &to, name, language, parameters: &parameters };
        self.whatsapp.send_template(outgoing).await
    }

    fn pass(&self, duration: Duration) {
        let micros = i64::try_from(duration.as_micros()).unwrap();
        self.clock.0.fetch_add(micros, Ordering::SeqCst);
    }
}

fn named(outcome: &SendOutcome) -> &str {
    match outcome {
        SendOutcome::Accepted { provider_id: Some(id), .. } => id,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn what_customers_do_is_understood() {
    let stage = stage(|_| {}).await;
    let (number, mara) = (stage.number(), &stage.mara);
    let first = mara.writes(&number, "Is my lamp on its way? 😀").unwrap();
    mara.answers(&number, &first, "The blue one.").unwrap();
    mara.sends_file(&number, "image", Some("This one.")).unwrap();
    mara.sends_file(&number, "audio", None).unwrap();
    mara.presses(&number, &first, "Where is it?").unwrap();
    mara.reacts(&number, &first).unwrap();
    mara.edits(&number, &first, "Is my blue lamp on its way?").unwrap();
    mara.takes_back(&number, &first).unwrap();
    mara.is_written_to(&number, "We look into it.").unwrap();
    stage.sim.flags_number(&number).unwrap();
    let events = stage.delivered().await;
    let names: Vec<_> = events.iter().map(|e| e.event.name()).filter(|name| *name != "same_person").collect();
    assert_eq!(
        names,
        [
            "message",
            "message",
            "message",
            "message",
            "message",
            "not_understood",
            "edited",
            "removed",
            "echo",
            "not_understood"
        ]
    );
    let all = shown(&events);
    for expected in ["😀", "This one.", "attachments: audio", "Where is it?", &first, &mara.user_id()] {
        assert!(all.contains(expected), "{expected} in {all}");
    }
}

#[tokio::test]
async fn a_person_is_known_by_their_id_whatever_the_network_shows() {
    let stage = stage(|_| {}).await;
    let number = stage.number();
    for (shows, address) in [
        (Shows::Phone, stage.mara.phone()),
        (Shows::Both, stage.mara.user_id()),
        (Shows::Id, stage.mara.user_id()),
    ] {
        stage.mara.shows(shows);
        stage.mara.writes(&number, "Hello").unwrap();
        let events = stage.delivered().await;
        let from = events.iter().find_map(|inbound| match &inbound.event {
            Event::Message { from, .. } => Some(from.id.expose().to_owned()),
            _ => None,
        });
        assert_eq!(from.unwrap(), address, "{shows:?}");
        let same = events.iter().filter(|inbound| inbound.event.name() == "same_person").count();
        assert_eq!(same, usize::from(shows == Shows::Both), "{shows:?}");
        assert_eq!(named(&stage.send(&address, "Yes.").await).split('.').next(), Some("wamid"));
        drop(stage.delivered().await);
    }
    assert_eq!(stage.mara.inbox(&number).len(), 3);
}

#[tokio::test]
async fn whoever_changes_their_number_is_followed_from_every_old_address() {
    for shows in [Shows::Phone, Shows::Both, Shows::Id] {
        let stage = stage(|_| {}).await;
        let number = stage.number();
        stage.mara.shows(shows);
        let (phone, id) = (stage.mara.phone(), stage.mara.user_id());
        stage.mara.changes_number(&number).unwrap();
        let mut moves = Vec::new();
        for inbound in stage.delivered().await {
            let Event::SamePerson { id, before, moved: true } = inbound.event else {
                panic!("{shows:?}: {}", inbound.event.name())
            };
            moves.push((before.expose().to_owned(), id.expose().to_owned()));
        }
        let (new_phone, new_id) = (stage.mara.phone(), stage.mara.user_id());
        let expected = match shows {
            Shows::Phone => vec![(phone, new_phone)],
            Shows::Both => vec![(id, new_id.clone()), (phone, new_id)],
            Shows::Id => vec![(id, new_id)],
        };
        assert_eq!(moves, expected, "{shows:?}");
    }
}

#[tokio::test]
async fn statuses_come_in_any_order_each_for_its_message() {
    for order in [Order::AsHappened, Order::Reversed, Order::Shuffled(7)] {
        let stage =
            stage(|config| config.delivery = Delivery { order, copies: 2, ..Delivery::default() }).await;
        let number = stage.number();
        stage.mara.writes(&number, "Hello").unwrap();
        drop(stage.delivered().await);
        let outcome = stage.send(&stage.mara.user_id(), "Yes.").await;
        let mut told = Vec::new();
        for inbound in stage.delivered().await {
            let Event::Status { provider_id, became } = inbound.event else {
                panic!("{}", inbound.event.name())
            };
            assert_eq!(provider_id, named(&outcome));
            told.push(format!("{became:?}"));
        }
        told.sort();
        assert_eq!(told, ["Delivered", "Delivered", "Read", "Read", "Sent", "Sent"], "{order:?}");
    }
}

#[tokio::test]
async fn outside_of_the_window_only_a_template_goes_out() {
    let stage = stage(|_| {}).await;
    let number = stage.number();
    stage.mara.writes(&number, "Hello").unwrap();
    stage.pass(Duration::from_hours(24));
    let late = stage.send(&stage.mara.user_id(), "Yes.").await;
    assert!(matches!(late, SendOutcome::Refused { why: Refusal::WindowClosed, .. }), "{late:?}");
    named(&stage.send_template("answer_ready", &["Mara", "your lamp"]).await);
    let got = stage.mara.inbox(&number).pop().unwrap();
    assert_eq!(got.text, "Hello Mara, we have an answer about your lamp. Write to us to go on.");
    for (name, parameters) in
        [("answer_ready", &["Mara"][..]), ("nobody_knows", &[]), ("answer_ready", &["a", "b", "c"])]
    {
        let outcome = stage.send_template(name, parameters).await;
        assert!(
            matches!(outcome, SendOutcome::Refused { why: Refusal::TemplateNotTaken, .. }),
            "{outcome:?}"
        );
    }
    stage.sim.pauses_template("answer_ready");
    let paused = stage.send_template("answer_ready", &["Mara", "your lamp"]).await;
    assert!(matches!(paused, SendOutcome::Refused { why: Refusal::TemplateNotTaken, .. }), "{paused:?}");
}

#[tokio::test]
async fn what_the_network_takes_and_cannot_bring_is_reported_as_failed() {
    let stage = stage(|config| config.refuses_late = true).await;
    let number = stage.number();
    stage.mara.writes(&number, "Hello").unwrap();
    stage.pass(Duration::from_hours(25));
    drop(stage.delivered().await);
    named(&stage.send(&stage.mara.user_id(), "Yes.").await);
    stage.mara.blocks(&number, true).unwrap();
    named(&stage.send(&stage.mara.user_id(), "Yes.").await);
    let mut whys = Vec::new();
    for inbound in stage.delivered().await {
        let Event::Status { became: Reported::Failed { why, code }, .. } = inbound.event else {
            panic!("{}", inbound.event.name())
        };
        whys.push((why, code.unwrap().code));
    }
    assert_eq!(whys, [(Refusal::WindowClosed, 131_047), (Refusal::PersonUnavailable, 131_026)]);
    assert!(stage.mara.inbox(&number).is_empty());
}

#[tokio::test]
async fn limits_ask_for_a_pause_and_are_kept_by_it() {
    let limits = Limits { throughput: Some(2), pair: Some(Duration::from_secs(6)) };
    let stage = stage(|config| config.limits = limits).await;
    let number = stage.number();
    stage.mara.writes(&number, "Hello").unwrap();
    named(&stage.send(&stage.mara.user_id(), "One.").await);
    let SendOutcome::RetryAfter { wait, .. } = stage.send(&stage.mara.user_id(), "Two.").await else {
        panic!("the pair rate was not kept")
    };
    let SendOutcome::RetryAfter { .. } = stage.send(&stage.mara.user_id(), "Two.").await else {
        panic!("the throughput was not kept")
    };
    stage.pass(wait);
    named(&stage.send(&stage.mara.user_id(), "Two.").await);
    stage.sim.replace_token(&number, "another");
    let revoked = stage.send(&stage.mara.user_id(), "Three.").await;
    assert!(matches!(revoked, SendOutcome::Refused { why: Refusal::TokenInvalid, .. }), "{revoked:?}");
}

#[tokio::test]
async fn each_of_several_numbers_speaks_with_its_own_token() {
    let second = Number {
        id: "106500000000002".to_owned(),
        display: "12025550101".to_owned(),
        token: "simulated-number-token-2".to_owned(),
    };
    let stage = stage(|config| config.numbers.push(second.clone())).await;
    stage.mara.writes(&second.id, "Hello").unwrap();
    let accounts: Vec<_> = stage.delivered().await.into_iter().map(|inbound| inbound.account).collect();
    assert_eq!(accounts, [second.id.clone(), second.id.clone()]);
    let to = Raw::new(stage.mara.user_id());
    let outgoing = Outgoing { account: &second.id, rung: Rung::Direct, to: &to, text: "Yes." };
    named(&stage.whatsapp.send(outgoing).await);
    assert_eq!(stage.mara.inbox(&second.id).len(), 1);
    assert!(stage.mara.inbox(&stage.number()).is_empty());
    // The other number never heard from them.
    let outcome = stage.send(&stage.mara.user_id(), "Yes.").await;
    assert!(matches!(outcome, SendOutcome::Refused { why: Refusal::WindowClosed, .. }), "{outcome:?}");
}
