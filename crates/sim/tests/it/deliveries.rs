//! How webhooks arrive.

use crate::stage::{stage, stage_with};
use aside_model::Language;
use aside_sim::{Delivery, Order, Page};
use serde_json::json;

#[tokio::test]
async fn a_body_is_signed_over_its_escaped_bytes() {
    let stage = stage().await;
    let page = stage.page();
    stage.sim.customer("Zoë Example", Language::German).writes_dm(&page, "Grüße 😀 a/b").unwrap();
    let posted = stage.sim.deliver().await;
    assert!(posted[0].is_acknowledged());
    let (signature, body) = stage.arrived.lock().unwrap()[0].clone();
    assert!(body.is_ascii());
    assert!(String::from_utf8_lossy(&body).contains(r"Gr\u00fc\u00dfe \ud83d\ude00 a\/b"));
    assert_eq!(signature, stage.sim.signature(&body));
    let published = "sha256=0329a06b62cd16b33eb6792be8c60b158d89a2ee3a876fce9a881ebb488c0914";
    let secret = stage_with(|config| config.app_secret = "secret".into()).await;
    assert_eq!(secret.sim.signature(b"test"), published);
}

#[tokio::test]
async fn an_address_that_does_not_repeat_the_challenge_is_not_used() {
    let stage = stage_with(|config| config.verify_token = "simulated-verify-token".into()).await;
    let wrong = format!("{}/nowhere", stage.hook);
    assert!(stage.sim.connect(&wrong).await.is_err());
    stage.sim.customer("M", Language::English).writes_dm(&stage.page(), "to the first address").unwrap();
    assert_eq!(stage.sim.deliver().await.len(), 1);
}

#[tokio::test]
async fn events_of_several_pages_come_in_one_body() {
    let second = Page { id: "2".into(), token: "second".into(), name: "Two".into() };
    let stage = stage_with(|config| {
        config.pages.push(second);
        config.delivery = Delivery { batch: 10, ..Delivery::default() };
    })
    .await;
    let page = stage.page();
    let mara = stage.sim.customer("Mara Example", Language::English);
    mara.writes_dm(&page, "one").unwrap();
    mara.writes_dm(&page, "two").unwrap();
    mara.writes_dm("2", "three").unwrap();
    let post = stage.sim.post("2").unwrap();
    mara.comments(&post, "four").unwrap();
    assert_eq!(stage.sim.deliver().await[0].events, 4);
    let body = &stage.bodies()[0];
    let ids: Vec<_> = body["entry"].as_array().unwrap().iter().map(|entry| entry["id"].clone()).collect();
    assert_eq!(ids, [page.as_str(), "2", "2"]);
    assert_eq!(body["entry"][0]["messaging"].as_array().unwrap().len(), 2);
    assert_eq!(body["entry"][2]["changes"][0]["value"]["message"], "four");
}

#[tokio::test]
async fn a_body_comes_again_until_it_is_acknowledged() {
    let stage = stage().await;
    stage.answers.lock().unwrap().extend([500, 503, 200]);
    stage.sim.customer("M", Language::English).writes_dm(&stage.page(), "Hi").unwrap();
    let posted = stage.sim.deliver().await;
    assert_eq!((posted[0].attempts, posted[0].status), (3, Some(200)));
    let arrived = stage.arrived.lock().unwrap().clone();
    assert_eq!(arrived.len(), 3);
    assert!(arrived.iter().all(|one| *one == arrived[0]), "the very same bytes");
    assert_eq!(stage.sim.deliver_again(&posted[0]).await, Some(200));
}

#[tokio::test]
async fn what_is_never_acknowledged_is_given_up_and_remembered() {
    let stage = stage_with(|config| config.retries.attempts = 2).await;
    stage.answers.lock().unwrap().extend([500, 500]);
    stage.sim.customer("M", Language::English).writes_dm(&stage.page(), "Hi").unwrap();
    stage.sim.deliver().await;
    assert_eq!(stage.sim.given_up().len(), 1);
}

#[tokio::test]
async fn deliveries_are_repeated_and_reordered_on_demand() {
    let stage = stage().await;
    stage.sim.set_delivery(Delivery { copies: 2, order: Order::Reversed, ..Delivery::default() });
    let mara = stage.sim.customer("Mara Example", Language::English);
    mara.writes_dm(&stage.page(), "one").unwrap();
    mara.writes_dm(&stage.page(), "two").unwrap();
    assert_eq!(stage.sim.deliver().await.len(), 4);
    let text = |body: &serde_json::Value| body["entry"][0]["messaging"][0]["message"]["text"].clone();
    assert_eq!(stage.bodies().iter().map(text).collect::<Vec<_>>(), ["two", "two", "one", "one"]);
}

#[tokio::test]
async fn what_a_person_writes_arrives_in_its_order_though_many_bodies_are_under_way_at_once() {
    let stage = stage_with(|config| config.delivery.parallel = 16).await;
    // Who comes first is told to come again, and everybody who writes later must wait for them alone.
    stage.answers.lock().unwrap().extend([500]);
    let people = ["Mara", "Noor"].map(|name| stage.sim.customer(name, Language::English));
    for number in 0..20 {
        for person in &people {
            person.writes_dm(&stage.page(), &format!("{number}")).unwrap();
        }
    }
    assert_eq!(stage.sim.deliver().await.len(), 40);
    for person in &people {
        let psid = person.psid(&stage.page()).unwrap();
        let mut texts = Vec::new();
        for body in stage.bodies() {
            let one = &body["entry"][0]["messaging"][0];
            if one["sender"]["id"] == psid.as_str() {
                texts.push(one["message"]["text"].as_str().unwrap().parse::<u32>().unwrap());
            }
        }
        texts.dedup();
        assert_eq!(texts, (0..20).collect::<Vec<_>>());
    }
}

#[tokio::test]
async fn a_long_direct_message_is_split_as_the_networks_apps_do() {
    let stage = stage().await;
    let mara = stage.sim.customer("Mara Example", Language::English);
    // A card number that begins in one message and ends in the next.
    let text = format!("{}4111 1111 1111 1111", "x".repeat(1_990));
    assert_eq!(mara.writes_dm(&stage.page(), &text).unwrap().len(), 2);
    stage.sim.deliver().await;
    let bodies = stage.bodies();
    assert!(bodies[0].to_string().contains("4111 1111 \""), "cut within the number");
    assert_eq!(bodies[1]["entry"][0]["messaging"][0]["message"]["text"], "1111 1111");
}

#[tokio::test]
async fn what_the_page_sends_is_echoed_delivered_and_read() {
    let stage = stage().await;
    let mara = stage.sim.customer("Mara Example", Language::English);
    mara.writes_dm(&stage.page(), "Hi").unwrap();
    stage.send(&mara.psid(&stage.page()).unwrap(), "Hello").await;
    stage.sim.deliver().await;
    let part = |at: usize| stage.bodies()[at]["entry"][0]["messaging"][0].clone();
    assert_eq!(part(1)["message"]["is_echo"], true);
    assert_eq!(part(2)["delivery"]["mids"][0], part(1)["message"]["mid"]);
    assert!(part(3)["read"]["watermark"].is_i64());
}

#[tokio::test]
async fn whatever_happens_is_delivered_by_itself_when_asked() {
    let stage = stage().await;
    stage.sim.keep_delivering();
    let mara = stage.sim.customer("Mara Example", Language::English);
    mara.writes_dm(&stage.page(), "Hi").unwrap();
    while stage.arrived.lock().unwrap().is_empty() {
        tokio::task::yield_now().await;
    }
    assert_eq!(stage.bodies()[0]["entry"][0]["messaging"][0]["message"]["text"], json!("Hi"));
}
