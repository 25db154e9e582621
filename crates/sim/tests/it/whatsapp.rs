//! The simulated WhatsApp tells and refuses in the shapes that the vendor documents.

use crate::shapes::shape;
use crate::stage::{client, numbers};
use aside_model::{Clock, Language, Time};
use aside_sim::whatsapp::{Limits, Shows, Whatsapp, WhatsappConfig};
use axum::{Router, extract::Query, http::StatusCode, routing::get};
use serde_json::{Value, json};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    sync::Arc,
    time::Duration,
};

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../channels/fixtures/whatsapp");

struct Noon;

impl Clock for Noon {
    fn now(&self) -> Time {
        Time::from_secs(1_795_348_800)
    }
}

fn fixture(name: &str) -> Value {
    serde_json::from_slice(&fs::read(format!("{FIXTURES}/{name}.json")).unwrap()).unwrap()
}

/// Every place that any documented webhook has.
fn documented() -> BTreeSet<String> {
    let files = fs::read_dir(FIXTURES).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    let names: Vec<String> = files.filter_map(|name| name.strip_suffix(".json").map(str::to_owned)).collect();
    let webhooks = names.iter().filter(|name| !["batch", "errors", "signatures"].contains(&name.as_str()));
    webhooks.flat_map(|name| shape(&fixture(name))).collect()
}

async fn sim(change: impl FnOnce(&mut WhatsappConfig)) -> Whatsapp {
    let mut config = WhatsappConfig::new(client(), Arc::new(Noon));
    change(&mut config);
    let sim = Whatsapp::start(config).await.unwrap();
    let challenge =
        |Query(query): Query<BTreeMap<String, String>>| async move { query["hub.challenge"].clone() };
    let router = Router::new().route("/", get(challenge).post(|| async { StatusCode::OK }));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let hook = format!("http://{}/", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    sim.connect(&hook).await.unwrap();
    sim
}

async fn call(sim: &Whatsapp, token: &str, body: &Value) -> (u16, Value) {
    let url = format!("{}/v25.0/{}/messages", sim.api_base(), sim.number());
    let answer = client().post(url).bearer_auth(token).json(body).send().await.unwrap();
    (answer.status().as_u16(), answer.json().await.unwrap())
}

fn text(key: &str, to: &str) -> Value {
    json!({ "messaging_product": "whatsapp", key: to, "type": "text", "text": { "body": "Hi" } })
}

#[tokio::test]
async fn nothing_is_told_that_is_not_documented() {
    let documented = documented();
    for shows in [Shows::Both, Shows::Phone, Shows::Id] {
        let sim = sim(|_| {}).await;
        let number = sim.number().to_owned();
        let mara = sim.customer("Mara Example", Language::English);
        mara.shows(shows);
        let first = mara.writes(&number, "Hello").unwrap();
        mara.answers(&number, &first, "That one").unwrap();
        for kind in ["image", "audio", "video", "document", "sticker"] {
            mara.sends_file(&number, kind, None).unwrap();
        }
        mara.presses(&number, &first, "Where is it?").unwrap();
        mara.reacts(&number, &first).unwrap();
        mara.edits(&number, &first, "Hello!").unwrap();
        mara.takes_back(&number, &first).unwrap();
        mara.is_written_to(&number, "We look into it.").unwrap();
        let token = &sim.config().numbers[0].token;
        call(&sim, token, &text("to", &mara.phone())).await;
        mara.blocks(&number, true).unwrap();
        call(&sim, token, &text("recipient", &mara.user_id())).await;
        mara.changes_number(&number).unwrap();
        sim.flags_number(&number).unwrap();
        sim.pauses_template("answer_ready");
        let posted = sim.deliver().await;
        assert_eq!(posted.len(), 12 + 3 + 1 + 3);
        for one in posted {
            let told: Value = serde_json::from_slice(&one.body).unwrap();
            let odd: Vec<_> = shape(&told).difference(&documented).cloned().collect();
            assert!(odd.is_empty(), "{shows:?}: {odd:?} in {told}");
        }
    }
}

#[tokio::test]
async fn every_refusal_has_the_documented_numbers_and_shape() {
    let errors: BTreeMap<String, Value> = serde_json::from_value(fixture("errors")).unwrap();
    let limits = Limits { throughput: Some(6), pair: Some(Duration::from_secs(6)) };
    let sim = sim(|config| config.limits = limits).await;
    let number = sim.number().to_owned();
    let token = sim.config().numbers[0].token.clone();
    let mara = sim.customer("Mara Example", Language::English);
    let nora = sim.customer("Nora Ness", Language::English);
    mara.writes(&number, "Hello").unwrap();
    let template = |name: &str| {
        json!({ "messaging_product": "whatsapp", "to": nora.phone(), "type": "template",
            "template": { "name": name, "language": { "code": "en" } } })
    };
    let (status, accepted) = call(&sim, &token, &text("to", &mara.phone())).await;
    assert_eq!((status, shape(&accepted)), (200, shape(&fixture("send_accepted"))));
    let refused = [
        ("token_expired", call(&sim, "none", &text("to", &mara.phone())).await),
        ("parameter", call(&sim, &token, &json!({ "to": mara.phone() })).await),
        ("parameter_not_valid", call(&sim, &token, &text("to", &mara.user_id())).await),
        ("pair_limit", call(&sim, &token, &text("recipient", &mara.user_id())).await),
        ("re_engagement", call(&sim, &token, &text("recipient", &nora.user_id())).await),
        ("template_missing", call(&sim, &token, &template("nobody_knows")).await),
        ("template_places", call(&sim, &token, &template("answer_ready")).await),
        ("throughput", {
            call(&sim, &token, &text("to", &mara.phone())).await;
            call(&sim, &token, &text("to", &mara.phone())).await
        }),
    ];
    for (name, (status, body)) in refused {
        let documented = &errors[name];
        assert_eq!(documented["status"], status, "{name}");
        assert_eq!(numbers(&documented["body"]), numbers(&body), "{name}");
        assert_eq!(shape(&documented["body"]), shape(&body), "{name}");
    }
}
