//! Requests of every kind, and what Presidio's own engines answered to them.

use crate::{get, post};
use serde_json::{Value, json};

/// What Presidio's engine answered to requests of every kind; `tests/client/record.py` writes it.
#[tokio::test]
async fn requests_get_the_answers_that_presidio_recorded() {
    let recorded: Vec<Value> = serde_json::from_str(include_str!("../fixtures/anonymizer.json")).unwrap();
    assert!(recorded.len() >= 50);
    for row in recorded {
        let path = row["path"].as_str().unwrap();
        let (status, answer) = post(path, row["request"].clone()).await;
        let wanted = match row.get("ours") {
            Some(ours) => (&ours[0], &ours[1]),
            None => (&row["status"], &row["answer"]),
        };
        assert_eq!((&json!(status), &answer), wanted, "{path} {}", row["request"]);
    }
}

/// What Presidio's analyzer answered to requests of every kind; `tests/client/record_analyzer.py` writes it. More may be
/// found here, but never in another shape; what a request's own recognisers find is the same.
#[tokio::test]
async fn analyzing_answers_in_the_shape_that_presidio_recorded() {
    let recorded: Vec<Value> = serde_json::from_str(include_str!("../fixtures/analyzer.json")).unwrap();
    assert!(recorded.len() >= 120);
    for row in &recorded {
        let (method, path) = row["path"].as_str().unwrap().split_once(' ').unwrap();
        let (status, answer) = if method == "GET" {
            let (status, body) = get(path).await;
            (status, serde_json::from_str(&body).unwrap())
        } else {
            post(path, row["request"].clone()).await
        };
        let (wanted_status, wanted) = match row.get("ours") {
            Some(ours) => (&ours[0], &ours[1]),
            None => (&row["status"], &row["answer"]),
        };
        assert_eq!(
            (&json!(status), &answer.is_array()),
            (wanted_status, &wanted.is_array()),
            "{row} {answer}"
        );
        let request = &row["request"];
        if status != 200 {
            assert_eq!(&answer, wanted, "{row}");
        } else if method == "GET" {
            let names = |list: &Value| -> Vec<String> { serde_json::from_value(list.clone()).unwrap() };
            let ours = names(&answer);
            // An identifier of nothing in particular is nobody's personal data.
            let missing = |name: &String| !ours.contains(name) && !name.to_lowercase().starts_with("uuid");
            assert_eq!(names(wanted).into_iter().filter(missing).collect::<Vec<_>>(), [""; 0], "{path}");
        } else if request["text"].is_array() {
            let (ours, theirs) = (answer.as_array().unwrap(), wanted.as_array().unwrap());
            assert_eq!(ours.len(), theirs.len(), "{row}");
            ours.iter().zip(theirs).for_each(|(ours, theirs)| has_the_shape_of(ours, theirs, row));
        } else {
            has_the_shape_of(&answer, wanted, row);
        }
    }
}

/// The findings of one text against those that were recorded.
fn has_the_shape_of(ours: &Value, theirs: &Value, row: &Value) {
    let (ours, theirs) = (ours.as_array().unwrap(), theirs.as_array().unwrap());
    for one in ours {
        is_a_finding(one, row);
    }
    let entities = row["request"]["entities"].as_array().map(Vec::as_slice).unwrap_or_default();
    let is_the_requests = |name: &Value| name == "ZIP" || name == "MR_TITLE";
    if !entities.is_empty() && entities.iter().all(is_the_requests) {
        let compared = |one: &Value| {
            let mut one = one.clone();
            for score in
                ["/score", "/analysis_explanation/score", "/analysis_explanation/score_context_improvement"]
            {
                if let Some(score) = one.pointer_mut(score) {
                    *score = json!((score.as_f64().unwrap() * 1e6).round());
                }
            }
            // Presidio makes one pattern of a deny list.
            if one["analysis_explanation"]["pattern_name"] == "deny_list" {
                one["analysis_explanation"]["pattern"] = Value::Null;
            }
            one
        };
        let all = |list: &[Value]| list.iter().map(compared).collect::<Vec<_>>();
        assert_eq!(all(ours), all(theirs), "{row}");
    } else if row.get("apart").is_none() {
        let place = |one: &Value| (one["entity_type"].clone(), one["start"].clone(), one["end"].clone());
        // What Presidio gives less is a guess, such as the domain of an e-mail address as an address of the web.
        for sure in theirs.iter().filter(|one| one["score"].as_f64().unwrap() >= 0.6) {
            assert!(ours.iter().any(|one| place(one) == place(sure)), "{sure} is not in {ours:?}");
        }
    }
}

/// A finding has Presidio's members, each of its type; the explanation where it was asked for.
fn is_a_finding(one: &Value, row: &Value) {
    let members = |value: &Value| -> Vec<String> { value.as_object().unwrap().keys().cloned().collect() };
    assert_eq!(members(one), ["analysis_explanation", "end", "entity_type", "score", "start"], "{row}");
    assert!(one["start"].as_u64().unwrap() < one["end"].as_u64().unwrap(), "{row}");
    assert!((0.0..=1.0).contains(&one["score"].as_f64().unwrap()), "{row}");
    assert!(one["entity_type"].is_string(), "{row}");
    let asked = row["request"].get("return_decision_process");
    let why = &one["analysis_explanation"];
    assert_eq!(why.is_object(), asked.is_some_and(|asked| asked != false), "{row}");
    if why.is_null() {
        return;
    }
    assert_eq!(
        members(why),
        [
            "original_score",
            "pattern",
            "pattern_name",
            "recognizer",
            "regex_flags",
            "score",
            "score_context_improvement",
            "supportive_context_word",
            "textual_explanation",
            "validation_result",
        ],
        "{row}"
    );
    let is = |name: &str, right: fn(&Value) -> bool| assert!(right(&why[name]), "{name} {row}");
    for name in ["original_score", "score", "score_context_improvement"] {
        is(name, Value::is_number);
    }
    for name in ["recognizer", "supportive_context_word", "textual_explanation"] {
        is(name, Value::is_string);
    }
    for name in ["pattern", "pattern_name"] {
        is(name, |value| value.is_string() || value.is_null());
    }
    is("regex_flags", |value| value.is_u64() || value.is_null());
    is("validation_result", |value| value.is_boolean() || value.is_null());
}
