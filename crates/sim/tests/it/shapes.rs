//! What the simulation tells has the shape of what the vendor documents.

use crate::stage::{numbers, stage};
use aside_model::Language;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

macro_rules! fixture {
    ($name:literal) => {
        serde_json::from_str::<Value>(include_str!(concat!(
            "../../../channels/fixtures/facebook/",
            $name,
            ".json"
        )))
        .unwrap()
    };
}

/// Every place of a body, with the type of what is there.
pub(crate) fn shape(value: &Value) -> BTreeSet<String> {
    fn walk(value: &Value, path: &str, out: &mut BTreeSet<String>) {
        match value {
            Value::Object(map) => {
                map.iter().for_each(|(key, value)| walk(value, &format!("{path}/{key}"), out));
            }
            Value::Array(list) => list.iter().for_each(|value| walk(value, &format!("{path}[]"), out)),
            Value::String(_) => drop(out.insert(format!("{path}: text"))),
            Value::Number(_) => drop(out.insert(format!("{path}: number"))),
            Value::Bool(_) => drop(out.insert(format!("{path}: yes or no"))),
            Value::Null => drop(out.insert(format!("{path}: nothing"))),
        }
    }
    let mut out = BTreeSet::new();
    walk(value, "", &mut out);
    out
}

#[tokio::test]
async fn every_event_has_the_documented_shape() {
    let stage = stage().await;
    let page = stage.page();
    let post = stage.sim.post(&page).unwrap();
    let mara = stage.sim.customer("Mara Example", Language::English);
    let comment = mara.comments(&post, "Where is it?").unwrap();
    mara.comments(&comment, "Any news?").unwrap();
    mara.comments_with_photo(&post).unwrap();
    mara.edits_comment(&comment, "Where is my parcel?").unwrap();
    stage.sim.page_comments(&comment, "We have written to you.").unwrap();
    stage.sim.page_hides(&comment, true).unwrap();
    mara.removes_comment(&comment).unwrap();
    let mids = mara.writes_dm(&page, "Hello").unwrap();
    mara.edits_dm(&page, &mids[0], "Hello!").unwrap();
    mara.answers_dm(&page, "m_1", "That one").unwrap();
    mara.sends_attachment(&page, "image").unwrap();
    mara.reacts(&page, "m_1").unwrap();
    stage.send(&mara.psid(&page).unwrap(), "We are on it").await;
    stage.sim.deliver().await;
    let documented = [
        fixture!("comment_add"),
        fixture!("comment_reply"),
        fixture!("comment_photo"),
        fixture!("comment_edited"),
        fixture!("comment_own"),
        fixture!("comment_hide"),
        fixture!("comment_remove"),
        fixture!("message_text"),
        fixture!("message_edit"),
        fixture!("message_reply"),
        fixture!("message_attachment"),
        fixture!("message_reaction"),
        fixture!("message_echo"),
        fixture!("message_delivery"),
        fixture!("message_read"),
    ];
    let bodies = stage.bodies();
    assert_eq!(bodies.len(), documented.len());
    for (told, documented) in bodies.iter().zip(&documented) {
        let (told, mut documented) = (shape(told), shape(documented));
        // Set by the page's own software, if at all.
        documented.remove("/entry[]/messaging[]/message/metadata: text");
        assert_eq!(told, documented);
    }
}

#[tokio::test]
async fn every_refusal_has_the_documented_numbers_and_shape() {
    let errors: BTreeMap<String, Value> = serde_json::from_value(fixture!("errors")).unwrap();
    let stage = stage().await;
    let page = stage.page();
    let post = stage.sim.post(&page).unwrap();
    let mara = stage.sim.customer("Mara Example", Language::English);
    let comment = mara.comments(&post, "Hi").unwrap();
    let messages = format!("{page}/messages");
    let private = |comment: &str| json!({"recipient": {"comment_id": comment}, "message": {"text": "Hi"}});
    let direct = |psid: &str| json!({"recipient": {"id": psid}, "messaging_type": "RESPONSE", "message": {"text": "Hi"}});
    let psid = mara.psid(&page).unwrap();
    stage.call(&messages, private(&comment)).await;
    let refused = [
        ("already_replied", stage.call(&messages, private(&comment)).await),
        ("no_such_comment", stage.call(&messages, private("1_1")).await),
        ("window_closed", stage.call(&messages, direct(&psid)).await),
        ("no_such_person", stage.call(&messages, direct("1")).await),
        ("no_such_object", stage.call("1_1", json!({"is_hidden": true})).await),
        ("token_invalid", stage.call_as("none", &messages, direct(&psid)).await),
    ];
    for (name, (status, body)) in refused {
        let documented = &errors[name];
        assert_eq!(documented["status"], status, "{name}");
        assert_eq!(numbers(&documented["body"]), numbers(&body), "{name}");
        assert_eq!(shape(&documented["body"]), shape(&body), "{name}");
    }
}
