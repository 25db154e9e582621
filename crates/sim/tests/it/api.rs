//! What the API refuses, and how.

use crate::stage::{numbers, stage, stage_with};
use aside_model::Language;
use aside_sim::{Fault, Page, Quota};
use serde_json::json;
use std::time::Duration;

const HOUR: Duration = Duration::from_hours(1);

#[tokio::test]
async fn a_page_may_write_for_24_hours_after_the_person_did() {
    let stage = stage().await;
    let page = stage.page();
    let mara = stage.sim.customer("Mara Example", Language::English);
    let psid = mara.psid(&page).unwrap();
    assert_eq!(stage.send(&psid, "Hello").await, Some((100, Some(2_018_001))));
    mara.writes_dm(&page, "Hi").unwrap();
    assert_eq!(stage.send(&psid, "Hello").await, None);
    assert_eq!(mara.inbox(&page)[0].text, "Hello");
    stage.clock.pass(HOUR * 24);
    assert_eq!(stage.send(&psid, "Hello again").await, Some((10, Some(2_018_278))));
    mara.writes_dm(&page, "Still there?").unwrap();
    assert_eq!(stage.send(&psid, "Yes").await, None);
    mara.blocks(&page, true).unwrap();
    assert_eq!(stage.send(&psid, "Hello?").await, Some((551, Some(1_545_041))));
    assert_eq!(stage.send("24800100000000000", "Hello?").await, Some((100, Some(2_018_001))));
    assert_eq!(mara.inbox(&page).len(), 2);
}

#[tokio::test]
async fn a_comment_has_one_private_reply_within_seven_days_which_opens_no_window() {
    let stage = stage().await;
    let page = stage.page();
    let post = stage.sim.post(&page).unwrap();
    let mara = stage.sim.customer("Mara Example", Language::English);
    let comment = mara.comments(&post, "Where is my parcel?").unwrap();
    let late = mara.comments(&post, "Hello?").unwrap();
    assert_eq!(stage.reply_privately(&comment).await, None);
    assert_eq!(stage.reply_privately(&comment).await, Some((10_900, None)));
    let psid = mara.psid(&page).unwrap();
    assert_ne!(psid, mara.author_id(&page).unwrap());
    assert_eq!(stage.send(&psid, "One more thing").await, Some((10, Some(2_018_278))));
    mara.writes_dm(&page, "Thanks").unwrap();
    assert_eq!(stage.send(&psid, "One more thing").await, None);
    stage.clock.pass(HOUR * 24 * 7);
    assert_eq!(stage.reply_privately(&late).await, Some((10_901, None)));
    mara.removes_comment(&late).unwrap();
    assert_eq!(stage.reply_privately(&late).await, Some((100, Some(2_018_292))));
    let own = stage.sim.page_comments(&post, "We are on it").unwrap();
    assert_eq!(stage.reply_privately(&own).await, Some((10_903, None)));
    assert_eq!(mara.inbox(&page)[0].answers.as_deref(), Some(comment.as_str()));
}

#[tokio::test]
async fn comments_are_answered_and_hidden() {
    let stage = stage().await;
    let post = stage.sim.post(&stage.page()).unwrap();
    let mara = stage.sim.customer("Mara Example", Language::English);
    let comment = mara.comments(&post, "My card is 4111 1111 1111 1111").unwrap();
    let (status, body) =
        stage.call(&format!("{comment}/comments"), json!({"message": "Please write to us."})).await;
    assert_eq!((status, body["id"].is_string()), (200, true));
    assert_eq!(stage.sim.replies(&comment)[0].text, "Please write to us.");
    assert_eq!(stage.call(&comment, json!({"is_hidden": true})).await.1, json!({"success": true}));
    stage.sim.until_hidden(&comment).await;
    let refused = stage.call("1_2", json!({"is_hidden": true})).await;
    assert_eq!((refused.0, numbers(&refused.1)), (400, Some((100, Some(33)))));
}

#[tokio::test]
async fn tokens_speak_for_their_own_page_alone() {
    let second = Page { id: "2".into(), token: "second".into(), name: "Two".into() };
    let stage = stage_with(|config| config.pages.push(second)).await;
    let refused = stage.call_as("nobody", "104500000000101/messages", json!({})).await;
    assert_eq!((refused.0, numbers(&refused.1)), (401, Some((190, None))));
    let refused = stage.call_as("second", "104500000000101/messages", json!({})).await;
    assert_eq!((refused.0, numbers(&refused.1)), (403, Some((200, None))));
    let post = stage.sim.post(&stage.page()).unwrap();
    let comment = stage.sim.customer("M", Language::English).comments(&post, "hi").unwrap();
    let refused = stage.call_as("second", &comment, json!({"is_hidden": true})).await;
    assert_eq!(refused.0, 403);
    assert!(!stage.sim.is_hidden(&comment));
    stage.sim.replace_token("104500000000101", "new").unwrap();
    assert_eq!(stage.call(&comment, json!({"is_hidden": true})).await.0, 401);
}

#[tokio::test]
async fn a_text_over_the_limit_is_refused_in_characters_and_not_bytes() {
    let stage = stage().await;
    let mara = stage.sim.customer("Mara Example", Language::English);
    mara.writes_dm(&stage.page(), "Hi").unwrap();
    let psid = mara.psid(&stage.page()).unwrap();
    assert_eq!(stage.send(&psid, &"é".repeat(2_000)).await, None);
    assert_eq!(stage.send(&psid, &"é".repeat(2_001)).await, Some((100, None)));
    assert_eq!(stage.send(&psid, "").await, Some((100, None)));
}

#[tokio::test]
async fn a_quota_is_used_up_and_comes_back() {
    let quota = Quota { calls: 2, per: HOUR };
    let stage = stage_with(|config| config.quota = Some(quota)).await;
    let mara = stage.sim.customer("Mara Example", Language::English);
    mara.writes_dm(&stage.page(), "Hi").unwrap();
    let psid = mara.psid(&stage.page()).unwrap();
    assert_eq!((stage.send(&psid, "1").await, stage.send(&psid, "2").await), (None, None));
    assert_eq!(stage.send(&psid, "3").await, Some((80_006, Some(2_446_079))));
    let url = format!("{}/v25.0/{}/messages", stage.sim.api_base(), stage.page());
    let response = stage.client.post(url).bearer_auth("simulated-page-token-1").send().await.unwrap();
    let usage = response.headers()["x-business-use-case-usage"].to_str().unwrap().to_owned();
    assert!(
        usage.contains("\"call_count\":200") && usage.contains("\"estimated_time_to_regain_access\":60"),
        "{usage}"
    );
    stage.clock.pass(HOUR);
    assert_eq!(stage.send(&psid, "4").await, None);
}

#[tokio::test]
async fn faults_happen_once_each_and_say_whether_the_call_was_carried_out() {
    let stage = stage().await;
    let page = stage.page();
    let mara = stage.sim.customer("Mara Example", Language::English);
    mara.writes_dm(&page, "Hi").unwrap();
    let psid = mara.psid(&page).unwrap();
    stage.sim.fail_next(2, &Fault::Error { status: 500, code: 1200, subcode: None });
    assert_eq!(stage.send(&psid, "1").await, Some((1200, None)));
    assert_eq!(stage.send(&psid, "1").await, Some((1200, None)));
    assert_eq!(stage.send(&psid, "1").await, None);
    let url = format!("{}/v25.0/{page}/messages", stage.sim.api_base());
    let body = json!({"recipient": {"id": psid}, "messaging_type": "RESPONSE", "message": {"text": "2"}});
    for (fault, arrives) in [(Fault::CutBefore, 1), (Fault::CutAfter, 2)] {
        stage.sim.fail_next(1, &fault);
        let request = stage.client.post(&url).bearer_auth("simulated-page-token-1").json(&body);
        let answer = match request.send().await {
            Ok(response) => response.bytes().await.map(drop),
            Err(error) => Err(error),
        };
        assert!(answer.is_err(), "{fault:?}");
        assert_eq!(mara.inbox(&page).len(), arrives, "{fault:?}");
    }
    assert_eq!(stage.sim.calls().last().unwrap().status, None);
}

#[tokio::test]
async fn a_greeting_needs_a_default_and_is_asked_for_ten_times_in_ten_minutes() {
    let stage = stage().await;
    let path = format!("{}/messenger_profile", stage.page());
    let german = json!({"locale": "de_DE", "text": "Keine Kartennummern bitte."});
    assert_eq!(stage.call(&path, json!({"greeting": [german]})).await.0, 400);
    let default = json!({"locale": "default", "text": "No card numbers please."});
    let set = json!({"greeting": [default, german]});
    assert_eq!(stage.call(&path, set.clone()).await, (200, json!({"result": "success"})));
    assert_eq!(stage.sim.greeting(&stage.page(), "de_DE").as_deref(), Some("Keine Kartennummern bitte."));
    for _ in 2..10 {
        assert_eq!(stage.call(&path, set.clone()).await.0, 200);
    }
    assert_eq!(numbers(&stage.call(&path, set.clone()).await.1), Some((613, None)));
    stage.clock.pass(Duration::from_mins(10));
    assert_eq!(stage.call(&path, set).await.0, 200);
}

#[tokio::test]
async fn parameters_come_in_forms_as_well() {
    let stage = stage().await;
    let mara = stage.sim.customer("Mara Example", Language::English);
    mara.writes_dm(&stage.page(), "Hi").unwrap();
    let recipient = json!({"id": mara.psid(&stage.page()).unwrap()}).to_string();
    let form = [
        ("recipient", recipient.as_str()),
        ("messaging_type", "RESPONSE"),
        ("message", r#"{"text":"Hello"}"#),
        ("access_token", "simulated-page-token-1"),
    ];
    let url = format!("{}/v25.0/me/messages", stage.sim.api_base());
    assert_eq!(stage.client.post(url).form(&form).send().await.unwrap().status(), 200);
    assert_eq!(mara.next_in_inbox(&stage.page(), 0).await.text, "Hello");
}
