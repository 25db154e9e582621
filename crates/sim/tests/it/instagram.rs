//! The simulated Instagram tells and refuses as the vendor documents it.

use crate::{
    shapes::shape,
    stage::{HandClock, numbers, receive},
};
use aside_model::Language;
use aside_sim::{
    Delivery, Posted,
    instagram::{Instagram, InstagramConfig, Login, SignedBy},
};
use aws_lc_rs::hmac;
use serde_json::{Value, json};
use std::{collections::BTreeMap, sync::Arc, time::Duration};

macro_rules! fixture {
    ($name:literal) => {
        serde_json::from_str::<Value>(include_str!(concat!(
            "../../../channels/fixtures/instagram/",
            $name,
            ".json"
        )))
        .unwrap()
    };
}

struct Stage {
    instagram: Instagram,
    account: String,
    clock: Arc<HandClock>,
    arrived: crate::stage::Arrived,
    client: reqwest::Client,
}

impl Stage {
    async fn open(login: Login) -> Self {
        let (client, clock, hook, arrived) = receive().await;
        let mut config = InstagramConfig::new(client.clone(), Arc::<HandClock>::clone(&clock));
        config.login = login;
        let instagram = Instagram::start(config).await.unwrap();
        instagram.connect(&hook).await.unwrap();
        Self { account: instagram.account().to_owned(), instagram, clock, arrived, client }
    }

    /// Delivers, and takes the bodies that arrived.
    async fn told(&self) -> Vec<Value> {
        assert!(self.instagram.deliver().await.iter().all(Posted::is_acknowledged));
        let arrived = std::mem::take(&mut *self.arrived.lock().unwrap());
        arrived.iter().map(|(_, body)| serde_json::from_slice(body).unwrap()).collect()
    }

    async fn call(&self, path: &str, body: Value) -> (u16, Value) {
        self.call_as("simulated-account-token-1", path, body).await
    }

    async fn call_as(&self, token: &str, path: &str, body: Value) -> (u16, Value) {
        let url = format!("{}/v25.0/{path}", self.instagram.api_base());
        let response = self.client.post(url).bearer_auth(token).json(&body).send().await.unwrap();
        (response.status().as_u16(), response.json().await.unwrap())
    }
}

fn to_person(igsid: &str, text: &str) -> Value {
    json!({ "recipient": { "id": igsid }, "message": { "text": text } })
}

fn to_comment(comment: &str) -> Value {
    json!({ "recipient": { "comment_id": comment }, "message": { "text": "Hi" } })
}

#[tokio::test]
async fn comments_have_the_documented_shape_of_each_login() {
    for login in [Login::Facebook, Login::Instagram] {
        let stage = Stage::open(login).await;
        let media = stage.instagram.media(&stage.account).unwrap();
        let live = stage.instagram.goes_live(&stage.account).unwrap();
        let mara = stage.instagram.person("Mara Example", Language::English);
        let comment = mara.comments(&media, "Where is it?").unwrap();
        mara.comments(&live, "Is it sold out?").unwrap();
        let documented = match login {
            Login::Facebook => [fixture!("comment_facebook_login"), fixture!("live_comment_facebook_login")],
            Login::Instagram => {
                [fixture!("comment_instagram_login"), fixture!("live_comment_instagram_login")]
            }
        };
        let told = stage.told().await;
        assert_eq!(told.iter().map(shape).collect::<Vec<_>>(), documented.each_ref().map(shape));
        mara.comments(&comment, "Any news?").unwrap();
        let told = stage.told().await;
        assert!(shape(&told[0]).iter().any(|place| place.ends_with("/parent_id: text")));
        if login == Login::Facebook {
            assert_eq!(shape(&told[0]), shape(&fixture!("comment_reply")));
        }
    }
}

#[tokio::test]
async fn a_boosted_posts_comment_is_told_twice_under_one_id() {
    let stage = Stage::open(Login::Facebook).await;
    let media = stage.instagram.media(&stage.account).unwrap();
    stage.instagram.boosts(&media).unwrap();
    stage.instagram.person("Mara", Language::English).comments(&media, "Where is it?").unwrap();
    let told = stage.told().await;
    let value = |n: usize| &told[n]["entry"][0]["changes"][0]["value"];
    assert_eq!((told.len(), &value(0)["id"]), (2, &value(1)["id"]));
    assert_ne!(value(0)["media"]["id"], value(1)["media"]["id"]);
    assert_eq!(shape(&told[1]), shape(&fixture!("comment_boosted")));
}

#[tokio::test]
async fn direct_messages_have_the_documented_shape() {
    let stage = Stage::open(Login::Instagram).await;
    let account = &stage.account;
    let mara = stage.instagram.person("Mara Example", Language::English);
    let mids = mara.writes_dm(account, "Hello").unwrap();
    mara.answers_dm(account, "aWdf-1", "That one").unwrap();
    mara.answers_story(account, "Where can I buy this?").unwrap();
    mara.sends_attachment(account, "story_mention").unwrap();
    mara.sends_disappearing(account).unwrap();
    mara.sends_unsupported(account).unwrap();
    mara.edits_dm(account, &mids[0], "Hello!").unwrap();
    mara.unsends(account, &mids[0]).unwrap();
    mara.reacts(account, "aWdf-1").unwrap();
    mara.presses(account, "Opening hours").unwrap();
    stage.call("me/messages", to_person(&mara.igsid(account).unwrap(), "We are on it")).await;
    let documented = [
        fixture!("message_text"),
        fixture!("message_reply"),
        fixture!("message_story_reply"),
        fixture!("message_story_mention"),
        fixture!("message_ephemeral"),
        fixture!("message_unsupported"),
        fixture!("message_edit"),
        fixture!("message_deleted"),
        fixture!("reaction"),
        fixture!("postback"),
        fixture!("message_echo"),
        fixture!("seen"),
    ];
    let told = stage.told().await;
    assert_eq!(told.len(), documented.len());
    for (told, documented) in told.iter().zip(&documented) {
        assert_eq!(shape(told), shape(documented));
    }
}

#[tokio::test]
async fn every_refusal_has_the_documented_numbers() {
    let errors: BTreeMap<String, Value> = serde_json::from_value(fixture!("errors")).unwrap();
    let stage = Stage::open(Login::Instagram).await;
    let account = &stage.account;
    let (media, live) =
        (stage.instagram.media(account).unwrap(), stage.instagram.goes_live(account).unwrap());
    let mara = stage.instagram.person("Mara Example", Language::English);
    let igsid = mara.igsid(account).unwrap();
    let comment = mara.comments(&media, "Hi").unwrap();
    let on_live = mara.comments(&live, "Hi").unwrap();
    let (status, accepted) = stage.call("me/messages", to_comment(&comment)).await;
    assert_eq!((status, shape(&accepted)), (200, shape(&fixture!("private_reply_accepted"))));
    stage.instagram.ends_broadcast(&live).unwrap();
    let refused = [
        ("private_reply_used", stage.call("me/messages", to_comment(&comment)).await),
        ("reply_expired", stage.call("me/messages", to_comment(&on_live)).await),
        ("no_such_comment", stage.call("me/messages", to_comment("1")).await),
        ("window_closed", stage.call("me/messages", to_person(&igsid, "Hi")).await),
        ("user_not_found", stage.call("me/messages", to_person("1", "Hi")).await),
        ("too_long", stage.call("me/messages", to_person(&igsid, &"ö".repeat(501))).await),
        ("no_such_object", stage.call("1", json!({ "hide": true })).await),
        ("token_invalid", stage.call_as("none", "me/messages", to_person(&igsid, "Hi")).await),
    ];
    for (name, (status, body)) in refused {
        let documented = &errors[name];
        assert_eq!(documented["status"], status, "{name}: {body}");
        assert_eq!(numbers(&documented["body"]), numbers(&body), "{name}");
        assert_eq!(shape(&documented["body"]), shape(&body), "{name}");
    }
    mara.writes_dm(account, "Hello").unwrap();
    assert_eq!(stage.call("me/messages", to_person(&igsid, &"ö".repeat(500))).await.0, 200);
    mara.blocks(account, true).unwrap();
    let (_, blocked) = stage.call("me/messages", to_person(&igsid, "Hi")).await;
    assert_eq!(numbers(&blocked), numbers(&errors["person_unavailable"]["body"]));
    mara.blocks(account, false).unwrap();
    stage.clock.pass(Duration::from_hours(24));
    let (_, late) = stage.call("me/messages", to_person(&igsid, "Hi")).await;
    assert_eq!(numbers(&late), numbers(&errors["window_closed"]["body"]));
}

#[tokio::test]
async fn a_hidden_comment_and_one_on_a_broadcast_cannot_be_answered_in_public() {
    let stage = Stage::open(Login::Instagram).await;
    let media = stage.instagram.media(&stage.account).unwrap();
    let live = stage.instagram.goes_live(&stage.account).unwrap();
    let mara = stage.instagram.person("Mara Example", Language::English);
    let comment = mara.comments(&media, "Hi").unwrap();
    let (status, body) = stage.call(&format!("{comment}/replies"), json!({ "message": "Hello" })).await;
    assert_eq!((status, shape(&body)), (200, shape(&fixture!("comment_accepted"))));
    let (status, body) = stage.call(&comment, json!({ "hide": true })).await;
    assert_eq!((status, body), (200, fixture!("success")));
    assert!(stage.instagram.is_hidden(&comment));
    let on_live = mara.comments(&live, "Hi").unwrap();
    for one in [&comment, &on_live] {
        assert_eq!(stage.call(&format!("{one}/replies"), json!({ "message": "Hello" })).await.0, 400);
    }
    assert_eq!(stage.instagram.replies(&comment).len(), 1);
    // A week later neither can be answered in private.
    stage.clock.pass(Duration::from_hours(7 * 24));
    assert_eq!(stage.call("me/messages", to_comment(&comment)).await.0, 400);
}

#[tokio::test]
async fn either_secret_signs_the_escaped_bytes() {
    let stage = Stage::open(Login::Instagram).await;
    let mara = stage.instagram.person("Mara Example", Language::English);
    stage.instagram.set_delivery(Delivery { copies: 2, ..Delivery::default() });
    let config = stage.instagram.config().clone();
    for (signed_by, secret) in
        [(SignedBy::InstagramSecret, config.instagram_secret), (SignedBy::AppSecret, config.app_secret)]
    {
        stage.instagram.sign_by(signed_by);
        mara.writes_dm(&stage.account, "Grüße 😀").unwrap();
        stage.instagram.deliver().await;
        let arrived = std::mem::take(&mut *stage.arrived.lock().unwrap());
        assert_eq!(arrived.len(), 2, "delivered twice");
        for (signature, body) in arrived {
            assert!(body.is_ascii());
            let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
            let tag = hex::decode(signature.strip_prefix("sha256=").unwrap()).unwrap();
            hmac::verify(&key, &body, &tag).unwrap();
        }
    }
}
