//! Presidio's documented requests and answers.
//!
//! Requests and answers marked *documented* are those of Presidio's API description
//! (<https://github.com/data-privacy-stack/presidio/blob/main/docs/api-docs/api-docs.yml>) and of its end-to-end tests
//! (<https://github.com/data-privacy-stack/presidio/tree/main/e2e-tests/tests>), as of commit `0aa9f8e`.

#![expect(clippy::unwrap_used, reason = "tests fail by panicking, in their helpers too")]

mod recorded;

use aside_detect::Detector;
use aside_presidio::Presidio;
use aside_vault::Random;
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{Method, Request},
};
use serde_json::{Value, json};
use std::sync::Arc;
use tower::ServiceExt;

struct Counting;

impl Random for Counting {
    fn fill(&self, out: &mut [u8]) {
        (0..).zip(out).for_each(|(n, byte)| *byte = n);
    }
}

fn routes() -> Router {
    Presidio::new(Detector::new(), Arc::new(Counting)).routes()
}

async fn send(router: Router, request: Request<Body>) -> (u16, String) {
    let response = router.oneshot(request).await.unwrap();
    let status = response.status().as_u16();
    let bytes = to_bytes(response.into_body(), usize::MAX).await.unwrap();
    (status, String::from_utf8(bytes.to_vec()).unwrap())
}

async fn post_text(path: &str, body: String) -> (u16, Value) {
    let request =
        Request::post(path).header("content-type", "application/json").body(Body::from(body)).unwrap();
    let (status, body) = send(routes(), request).await;
    (status, serde_json::from_str(&body).unwrap())
}

async fn post(path: &str, body: Value) -> (u16, Value) {
    post_text(path, body.to_string()).await
}

async fn get(path: &str) -> (u16, String) {
    send(routes(), Request::get(path).body(Body::empty()).unwrap()).await
}

async fn analyze(body: Value) -> Value {
    let (status, answer) = post("/analyze", body).await;
    assert_eq!(status, 200, "{answer}");
    answer
}

/// Documented: `test_given_allow_list_*` and `test_given_regex_flags_and_normal_entities_are_returned`.
#[tokio::test]
async fn an_address_is_found_unless_it_is_allowed() {
    let found = json!([{"entity_type": "EMAIL_ADDRESS", "start": 7, "end": 23, "score": 0.99, "analysis_explanation": null}]);
    let text = "email: admin@github.com";
    assert_eq!(analyze(json!({"text": text, "language": "en"})).await, found);
    assert_eq!(
        analyze(json!({"text": text, "language": "en", "allow_list": ["admin@github.com"]})).await,
        json!([])
    );
    let regex =
        json!({"text": text, "language": "en", "allow_list": [".*@github.com"], "allow_list_match": "regex"});
    assert_eq!(analyze(regex).await, json!([]));
    assert_eq!(
        analyze(json!({"text": text, "language": "en", "allow_list": [".*@github.com"]})).await,
        found
    );
    let case = json!({"text": "email: admin@GitHub.com", "language": "en", "allow_list": [".*@github.com"],
        "allow_list_match": "regex", "regex_flags": 0});
    assert_eq!(analyze(case).await, found);
}

#[tokio::test]
async fn offsets_count_code_points_and_a_batch_is_a_list_of_lists() {
    let answer =
        analyze(json!({"text": ["😀é anna@example.com", "hello", "4111 1111 1111 1111"], "language": "en"}))
            .await;
    assert_eq!(answer[0][0]["start"], 3);
    assert_eq!(answer[0][0]["end"], 19);
    assert_eq!(answer[1], json!([]));
    assert_eq!(answer[2][0]["entity_type"], "CREDIT_CARD");
}

/// Documented: `test_given_analyze_threshold_*`, `test_given_analyze_entities_*`.
#[tokio::test]
async fn entities_and_threshold_choose() {
    let text = "12.03.1984, card 4111 1111 1111 1111, anna@example.com";
    let names = |answer: &Value| -> Vec<String> {
        let names =
            answer.as_array().unwrap().iter().map(|one| one["entity_type"].as_str().unwrap().to_owned());
        names.collect()
    };
    assert_eq!(
        names(&analyze(json!({"text": text, "language": "en", "entities": ["EMAIL_ADDRESS"]})).await),
        ["EMAIL_ADDRESS"]
    );
    let all = names(&analyze(json!({"text": text, "language": "en"})).await);
    assert_eq!(all, ["CREDIT_CARD", "EMAIL_ADDRESS", "DATE_TIME"], "the surest first");
    let sure = names(&analyze(json!({"text": text, "language": "en", "score_threshold": 0.7})).await);
    assert_eq!(sure, ["CREDIT_CARD", "EMAIL_ADDRESS"]);
    assert_eq!(analyze(json!({"text": text, "language": "en", "entities": ["US_SSN"]})).await, json!([]));
}

#[tokio::test]
async fn the_decision_process_says_why() {
    let answer = analyze(
        json!({"text": "card 4111 1111 1111 1111", "language": "en", "return_decision_process": true}),
    )
    .await;
    let why = &answer[0]["analysis_explanation"];
    assert_eq!(why["recognizer"], "CreditCardRecognizer");
    assert_eq!(why["validation_result"], true);
    assert!(why["textual_explanation"].as_str().unwrap().contains("Luhn"));
    for member in [
        "original_score",
        "score",
        "pattern",
        "pattern_name",
        "score_context_improvement",
        "supportive_context_word",
    ] {
        assert!(why.as_object().unwrap().contains_key(member), "{member}");
    }
    let lean =
        analyze(json!({"text": "card 4111 1111 1111 1111", "language": "en", "return_decision_process": 0}))
            .await;
    assert_eq!(lean[0]["analysis_explanation"], Value::Null);
}

/// Documented: what is said without text or language, and of a language that is not known.
#[tokio::test]
async fn errors_are_presidios() {
    for (body, status, error) in [
        (json!({}), 500, "No text provided"),
        (json!({"language": "en"}), 500, "No text provided"),
        (json!({"text": "x"}), 500, "No language provided"),
        (
            json!({"text": "x", "language": "zz"}),
            500,
            "No matching recognizers were found to serve the request.",
        ),
        (
            json!({"text": "x", "language": "en", "allow_list": ["y"], "allow_list_match": "like"}),
            500,
            "allow_list_match must either be set to 'exact' or 'regex'.",
        ),
        (
            json!({"text": {"a": 4}, "language": "en"}),
            500,
            "Analyzer.analyze_iterator only works on primitive types (int, float, bool, str). Lists of objects are not \
             yet supported.",
        ),
    ] {
        assert_eq!(post("/analyze", body.clone()).await, (status, json!({"error": error})), "{body}");
    }
    let broken = "The browser (or proxy) sent a request that this server could not understand.";
    for path in ["/analyze", "/anonymize", "/deanonymize"] {
        assert_eq!(post_text(path, "{\"text\": ,}".to_owned()).await, (400, json!({"error": broken})));
        assert_eq!(post_text(path, "[]".to_owned()).await, (400, json!({"error": "Invalid request json"})));
        let (status, answer) = post_text(path, format!("{{\"text\":\"{}\"}}", "4111".repeat(2 << 20))).await;
        assert_eq!(status, 413);
        assert!(!answer.to_string().contains("4111"));
        let plain = Request::post(path).header("content-type", "text/plain").body(Body::from("{}")).unwrap();
        assert_eq!(send(routes(), plain).await.0, 415);
        let wrong = Request::builder().method(Method::PUT).uri(path).body(Body::empty()).unwrap();
        let not_allowed = r#"{"error":"The method is not allowed for the requested URL."}"#;
        assert_eq!(send(routes(), wrong).await, (405, not_allowed.to_owned()));
    }
    let (status, answer) = get("/nothing").await;
    assert!(
        status == 404 && answer.starts_with(r#"{"error":"The requested URL was not found on the server."#)
    );
}

fn with_recognizer(text: &str, recognizer: &Value) -> Value {
    json!({"text": text, "language": "en", "ad_hoc_recognizers": [recognizer]})
}

/// Documented: `test_given_ad_hoc_*`, `test_given_wrong_ad_hoc_json_exception_is_given`.
#[tokio::test]
async fn ad_hoc_recognizers_find_and_context_raises_them() {
    let text = "John Smith drivers license is AC432223. Zip code: 10023";
    let zip = json!({"name": "Zip code Recognizer", "supported_language": "en", "supported_entity": "ZIP",
        "patterns": [{"name": "zip code (weak)", "regex": "(\\b\\d{5}(?:\\-\\d{4})?\\b)", "score": 0.01}]});
    let only = |answer: Value, entity: &str| -> Vec<Value> {
        answer.as_array().unwrap().iter().filter(|one| one["entity_type"] == entity).cloned().collect()
    };
    let found = only(analyze(with_recognizer(text, &zip)).await, "ZIP");
    assert_eq!(
        found,
        [json!({"entity_type": "ZIP", "start": 50, "end": 55, "score": 0.01, "analysis_explanation": null})]
    );
    let mut near = zip.clone();
    near["context"] = json!(["zip", "code"]);
    let found = only(analyze(with_recognizer(text, &near)).await, "ZIP");
    assert_eq!(found[0]["score"], 0.4);

    let mister = json!({"name": "Mr. Recognizer", "supported_language": "en", "deny_list": ["Mr.", "Mister"], "supported_entity": "MR_TITLE"});
    let found = only(
        analyze(with_recognizer("Mr. John Smith's drivers license is AC432223", &mister)).await,
        "MR_TITLE",
    );
    assert_eq!(
        found,
        [
            json!({"entity_type": "MR_TITLE", "start": 0, "end": 3, "score": 1.0, "analysis_explanation": null})
        ]
    );

    let mut wrong = zip;
    wrong["patterns"][0] = json!({"type": "x", "bebex": "y", "confidence": 0.01});
    let (status, answer) = post("/analyze", with_recognizer(text, &wrong)).await;
    assert_eq!(status, 400);
    let start = "Failed to parse /analyze request for AnalyzerEngine.analyze(). Pattern.__init__() got an unexpected keyword argument";
    assert!(answer["error"].as_str().unwrap().starts_with(start), "{answer}");
}

#[tokio::test]
async fn a_pattern_that_cannot_be_used_is_refused_by_its_name_and_a_slow_one_is_not_slow() {
    let with = |regex: &str| json!({"supported_entity": "X", "patterns": [{"name": "mine", "regex": regex, "score": 0.5}]});
    for regex in ["(?<=a)b", "(a)\\1", "(", "a{1000}{1000}{1000}", &"a".repeat(3_000)] {
        let (status, answer) = post("/analyze", with_recognizer("text", &with(regex))).await;
        assert_eq!(status, 400, "{regex}");
        assert!(answer["error"].as_str().unwrap().contains("'mine'"), "{answer}");
    }
    let answer = analyze(with_recognizer(&"a".repeat(100_000), &with("(a*)*b"))).await;
    assert_eq!(answer, json!([]));
    let long = with_recognizer(
        &"a".repeat(2 << 20),
        &json!({"supported_entity": "X",
        "patterns": vec![json!({"name": "n", "regex": "b", "score": 0.5}); 60]}),
    );
    assert_eq!(post("/analyze", long).await.0, 400);
}

#[tokio::test]
async fn context_words_read_as_if_they_stood_before() {
    let plain = analyze(json!({"text": "078-05-1120 and 1234", "language": "en", "context": []})).await;
    let asked = analyze(json!({"text": "1234", "language": "en", "context": ["card PIN"]})).await;
    assert!(plain.as_array().unwrap().iter().all(|one| one["entity_type"] != "PIN"), "{plain}");
    assert_eq!(
        (&asked[0]["entity_type"], &asked[0]["start"], &asked[0]["end"]),
        (&"PIN".into(), &0.into(), &4.into())
    );
}

/// Documented: `supportedentities`, `recognizers`, `anonymizers`, `deanonymizers`, `health`.
#[tokio::test]
async fn lists_come_as_lists() {
    let list = |body: String| -> Vec<String> { serde_json::from_str(&body).unwrap() };
    for path in ["/supportedentities", "/supportedentities?language=en", "/supportedentities?uknown=input"] {
        let (status, body) = get(path).await;
        let entities = list(body);
        assert_eq!(status, 200);
        for name in [
            "PHONE_NUMBER",
            "CREDIT_CARD",
            "EMAIL_ADDRESS",
            "DATE_TIME",
            "IP_ADDRESS",
            "PERSON",
            "IBAN_CODE",
            "URL",
            "US_SSN",
            "US_ITIN",
            "LOCATION",
        ] {
            assert!(entities.iter().any(|entity| entity == name), "{name}");
        }
    }
    let (status, body) = get("/supportedentities?language=he").await;
    assert_eq!((status, body.contains("No matching recognizers")), (500, true));
    assert!(list(get("/recognizers?language=de").await.1).contains(&"CreditCardRecognizer".to_owned()));
    assert!(list(get("/anonymizers").await.1).contains(&"mask".to_owned()));
    assert_eq!(list(get("/deanonymizers").await.1), ["decrypt", "deanonymize_keep"]);
    assert_eq!(get("/health").await.0, 200);
}

/// Documented: requests to `/anonymize` and what they give.
/// As the documented examples have it, which are older than the scores of items.
fn without_scores(mut answer: Value) -> Value {
    for item in answer["items"].as_array_mut().unwrap() {
        item.as_object_mut().unwrap().remove("score").expect("every item says its score, if only null");
    }
    answer
}

#[tokio::test]
async fn anonymizing_gives_what_presidio_gives() {
    let hello = "hello world, my name is Jane Doe. My number is: 034453334";
    let square = "I'm George Washington Square Park";
    let two = json!([
        {"start": 4, "end": 21, "score": 0.80, "entity_type": "NAME"},
        {"start": 11, "end": 33, "score": 0.80, "entity_type": "LOCATION"}
    ]);
    let people = json!([
        {"start": 24, "end": 32, "score": 0.8, "entity_type": "NAME"},
        {"start": 24, "end": 28, "score": 0.8, "entity_type": "FIRST_NAME"},
        {"start": 29, "end": 32, "score": 0.6, "entity_type": "LAST_NAME"},
        {"start": 48, "end": 57, "score": 0.95, "entity_type": "PHONE_NUMBER"}
    ]);
    for (request, answer) in [
        (
            json!({"text": hello, "analyzer_results": people, "anonymizers": {
                "DEFAULT": {"type": "replace", "new_value": "ANONYMIZED"},
                "PHONE_NUMBER": {"type": "mask", "masking_char": "*", "chars_to_mask": 4, "from_end": true}}}),
            json!({"text": "hello world, my name is ANONYMIZED. My number is: 03445****", "items": [
                {"operator": "mask", "entity_type": "PHONE_NUMBER", "start": 50, "end": 59, "text": "03445****"},
                {"operator": "replace", "entity_type": "NAME", "start": 24, "end": 34, "text": "ANONYMIZED"}]}),
        ),
        (
            json!({"text": "", "analyzer_results": [], "anonymizers": {"DEFAULT": {"type": "replace", "new_value": "A"}}}),
            json!({"text": "", "items": []}),
        ),
        (
            json!({"text": hello, "analyzer_results": [
                {"start": 24, "end": 32, "score": 0.80, "entity_type": "NAME"},
                {"start": 48, "end": 57, "score": 0.95, "entity_type": "PHONE_NUMBER"}],
                "anonymizers": {"NAME": {"type": "keep"}, "PHONE_NUMBER": {"type": "replace"}}}),
            json!({"text": "hello world, my name is Jane Doe. My number is: <PHONE_NUMBER>", "items": [
                {"operator": "replace", "entity_type": "PHONE_NUMBER", "start": 48, "end": 62, "text": "<PHONE_NUMBER>"},
                {"operator": "keep", "entity_type": "NAME", "start": 24, "end": 32, "text": "Jane Doe"}]}),
        ),
        (
            json!({"text": square, "analyzer_results": two, "anonymizers": {"NAME": {"type": "keep"}, "LOCATION": {"type": "replace"}}}),
            json!({"text": "I'm George Washington<LOCATION>", "items": [
                {"operator": "replace", "entity_type": "LOCATION", "start": 21, "end": 31, "text": "<LOCATION>"},
                {"operator": "keep", "entity_type": "NAME", "start": 4, "end": 21, "text": "George Washington"}]}),
        ),
        (
            json!({"text": square, "analyzer_results": two, "anonymizers": {"NAME": {"type": "replace"}, "LOCATION": {"type": "keep"}}}),
            json!({"text": "I'm <NAME>Washington Square Park", "items": [
                {"operator": "keep", "entity_type": "LOCATION", "start": 10, "end": 32, "text": "Washington Square Park"},
                {"operator": "replace", "entity_type": "NAME", "start": 4, "end": 10, "text": "<NAME>"}]}),
        ),
        (
            json!({"text": square, "analyzer_results": two, "anonymizers": {"DEFAULT": {"type": "keep"}}}),
            json!({"text": "I'm George WashingtonWashington Square Park", "items": [
                {"operator": "keep", "entity_type": "LOCATION", "start": 21, "end": 43, "text": "Washington Square Park"},
                {"operator": "keep", "entity_type": "NAME", "start": 4, "end": 21, "text": "George Washington"}]}),
        ),
        (
            json!({"text": "John Smith drivers license is AC432223", "anonymizers": {"ABC": {"type": "replace", "new_value": "<PERSON>"}},
                "analyzer_results": [
                    {"entity_type": "PERSON", "start": 0, "end": 10, "score": 0.85, "analysis_explanation": null},
                    {"entity_type": "US_DRIVER_LICENSE", "start": 30, "end": 38, "score": 0.65, "analysis_explanation": null}]}),
            json!({"text": "<PERSON> drivers license is <US_DRIVER_LICENSE>", "items": [
                {"operator": "replace", "entity_type": "US_DRIVER_LICENSE", "start": 28, "end": 47, "text": "<US_DRIVER_LICENSE>"},
                {"operator": "replace", "entity_type": "PERSON", "start": 0, "end": 8, "text": "<PERSON>"}]}),
        ),
    ] {
        let (status, answered) = post("/anonymize", request.clone()).await;
        assert_eq!((status, without_scores(answered)), (200, answer), "{request}");
    }
}

async fn with_operator(operator: Value) -> (u16, Value) {
    let body = json!({"text": "é Jane Doe", "anonymizers": {"DEFAULT": operator},
        "analyzer_results": [{"start": 2, "end": 10, "score": 0.8, "entity_type": "PERSON"}]});
    post("/anonymize", body).await
}

#[tokio::test]
async fn operators_do_what_presidios_do() {
    for (operator, text) in [
        (json!({"type": "redact"}), "é "),
        (json!({"type": "replace", "new_value": ""}), "é <PERSON>"),
        (json!({"type": "mask", "masking_char": "#", "chars_to_mask": 99}), "é ########"),
        (json!({"type": "mask", "masking_char": "é", "chars_to_mask": 3, "from_end": false}), "é ééée Doe"),
        (json!({"type": "mask", "masking_char": "*", "chars_to_mask": -3, "from_end": true}), "é Jane Doe"),
    ] {
        let (status, answer) = with_operator(operator.clone()).await;
        assert_eq!((status, answer["text"].as_str()), (200, Some(text)), "{operator}");
    }
    // SHA-256 and SHA-512 of "Jane Doe" and the salt, as Python's hashlib gives them.
    let (_, answer) = with_operator(json!({"type": "hash", "salt": "0123456789abcdef"})).await;
    assert_eq!(
        answer["items"][0]["text"],
        "3b5a8847b24bdf009f3052e29cbe818ab20b5a6725b40a99d504382a12928337"
    );
    let (_, answer) = with_operator(json!({"type": "hash", "hash_type": "sha512"})).await;
    assert_eq!(answer["items"][0]["text"].as_str().unwrap().len(), 128);
}

/// Documented: what is said of parameters that make no sense.
#[tokio::test]
async fn parameters_that_make_no_sense_are_refused_as_presidio_does() {
    for (operator, status, error) in [
        (json!({}), 422, "Invalid input, operator config must contain operator_name"),
        (
            json!({"type": "custom", "new_value": "lambda x: x"}),
            400,
            "Custom type anonymizer is not supported",
        ),
        (json!({"type": "shred"}), 422, "Invalid operator class 'shred'."),
        (json!({"type": "decrypt", "key": "1111111111111111"}), 422, "Invalid operator class 'decrypt'."),
        (json!({"type": "mask", "chars_to_mask": 4}), 422, "Expected parameter masking_char"),
        (
            json!({"type": "mask", "masking_char": "**", "chars_to_mask": 4}),
            422,
            "Invalid input, masking_char must be a character",
        ),
        (json!({"type": "mask", "masking_char": "*"}), 422, "Expected parameter chars_to_mask"),
        (
            json!({"type": "mask", "masking_char": "*", "chars_to_mask": "4"}),
            422,
            "Invalid parameter value for chars_to_mask. Expecting 'number', but got 'string'.",
        ),
        (
            json!({"type": "hash", "hash_type": "md5"}),
            422,
            "Parameter hash_type value md5 is not in range of values ['sha256', 'sha512']",
        ),
        (
            json!({"type": "hash", "salt": "short"}),
            422,
            "Salt must be at least 16 bytes (128 bits). Provided salt is 5 bytes.",
        ),
        (json!({"type": "encrypt"}), 422, "Expected parameter key"),
        (
            json!({"type": "encrypt", "key": "key"}),
            422,
            "Invalid input, key must be of length 128, 192 or 256 bits",
        ),
    ] {
        assert_eq!(with_operator(operator.clone()).await, (status, json!({"error": error})), "{operator}");
    }
    for (results, error) in [
        (json!([{"start": 0, "score": 0.8, "entity_type": "A"}]), "Invalid input, result must contain end"),
        (json!([{"start": 0, "end": 4, "score": 0.8}]), "Invalid input, result must contain entity_type"),
        (
            json!([{"start": 0, "end": 4, "entity_type": "A"}]),
            "Invalid input, analyzer result must contain score",
        ),
        (
            json!([{"start": 4, "end": 0, "score": 0.8, "entity_type": "A"}]),
            "Invalid input, start index '4' must be smaller than end index '0'",
        ),
        (
            json!([{"start": -4, "end": 0, "score": 0.8, "entity_type": "A"}]),
            "Invalid input, result start and end must be positive",
        ),
        (
            json!([{"start": 2, "end": 50, "score": 0.8, "entity_type": "A"}]),
            "Invalid analyzer result, start: 2 and end: 50, while text length is only 5.",
        ),
        (json!(null), "Invalid input, request must contain analyzer results"),
    ] {
        let body = json!({"text": "hello", "analyzer_results": results});
        assert_eq!(post("/anonymize", body.clone()).await, (422, json!({"error": error})), "{body}");
    }
    assert_eq!(post("/anonymize", json!({})).await, (400, json!({"error": "Invalid request json"})));
}

/// Documented: `test_given_decrypt_*` and `test_given_encrypt_called_then_decrypt_returns_the_original_encrypted_text`.
#[tokio::test]
async fn what_presidio_encrypted_opens_and_what_is_encrypted_here_opens_again() {
    let text = "e6HnOMnIxbd4a8Qea44LshQDnjvxwzBIaAz+YqHNnMW2mC5r3AWoay8Spsoajyyy";
    let body = |key: &str| {
        json!({"text": text, "deanonymizers": {"NUMBER": {"type": "decrypt", "key": key}},
        "anonymizer_results": [{"start": 0, "end": text.len(), "entity_type": "NUMBER"}]})
    };
    let opened = json!({"text": "text_for_encryption", "items": [
        {"start": 0, "end": 19, "operator": "decrypt", "text": "text_for_encryption", "entity_type": "NUMBER"}]});
    let (status, answered) = post("/deanonymize", body("1111111111111111")).await;
    assert_eq!((status, without_scores(answered)), (200, opened));
    let wrong = "Invalid input, key must be of length 128, 192 or 256 bits";
    assert_eq!(post("/deanonymize", body("invalidkey")).await, (422, json!({"error": wrong})));
    assert_eq!(post("/deanonymize", body("2222222222222222")).await.0, 422);
    assert_eq!(post("/deanonymize", json!({"text": text})).await, (200, json!({"text": text, "items": []})));
    assert_eq!(
        post("/deanonymize", json!({"key": "1111111111111111"})).await,
        (200, json!({"text": "", "items": []}))
    );
    assert_eq!(post("/deanonymize", json!({})).await, (400, json!({"error": "Invalid request json"})));
    let none = json!({"text": text, "anonymizer_results": [{"start": 0, "end": 4, "entity_type": "X"}]});
    assert_eq!(post("/deanonymize", none).await.0, 422);

    let lorem = "Lorem Ipsum is a Software Engineer";
    for second in ["2222222222222222", "222222222222222222222222", "22222222222222222222222222222222"] {
        let (_, sealed) = post("/anonymize", json!({"text": lorem, "anonymizers": {
            "DEFAULT": {"type": "encrypt", "key": "1111111111111111"}, "TITLE": {"type": "encrypt", "key": second}},
            "analyzer_results": [
                {"start": 0, "end": 12, "score": 0.8, "entity_type": "NAME"},
                {"start": 18, "end": 34, "score": 0.8, "entity_type": "TITLE"}]})).await;
        let (status, opened) = post("/deanonymize", json!({"text": sealed["text"], "anonymizer_results": sealed["items"], "deanonymizers": {
            "DEFAULT": {"type": "decrypt", "key": "1111111111111111"}, "TITLE": {"type": "decrypt", "key": second}}})).await;
        assert_eq!((status, opened["text"].as_str()), (200, Some(lorem)), "{sealed}");
    }
}

#[tokio::test]
async fn analyzing_and_anonymizing_go_together() {
    let text = "write to anna@example.com or pay 4111 1111 1111 1111";
    let results = analyze(json!({"text": text, "language": "en"})).await;
    let (_, answer) = post("/anonymize", json!({"text": text, "analyzer_results": results})).await;
    assert_eq!(answer["text"], "write to <EMAIL_ADDRESS> or pay <CREDIT_CARD>");
}

#[tokio::test]
async fn a_server_for_this_machine_answers_under_both_names_and_to_this_machine_alone() {
    let router = || Presidio::new(Detector::new(), Arc::new(Counting)).for_this_machine();
    let ask = |host: &'static str, path: &'static str| async move {
        send(router(), Request::get(path).header("host", host).body(Body::empty()).unwrap()).await.0
    };
    for path in ["/health", "/presidio/health"] {
        for host in ["127.0.0.1:5002", "localhost:5002", "[::1]:5002", "localhost"] {
            assert_eq!(ask(host, path).await, 200, "{host} {path}");
        }
        for host in ["rebound.example", "127.0.0.1.rebound.example:5002", "", "localhost:5002.example"] {
            assert_eq!(ask(host, path).await, 403, "{host} {path}");
        }
    }
}

#[tokio::test]
async fn too_many_values_of_a_requests_own_recognizers_are_refused() {
    let every = json!({"supported_entity": "X", "patterns": [{"name": "every", "regex": ".", "score": 0.5}]});
    let (status, answer) = post("/analyze", with_recognizer(&"a".repeat(200_000), &every)).await;
    let many = "The ad-hoc recognizers find more than 100000 values.";
    assert_eq!((status, answer), (400, json!({"error": many})));
    let context: Vec<String> = (0..101).map(|n| n.to_string()).collect();
    let mut wordy = every;
    wordy["context"] = json!(context);
    assert_eq!(post("/analyze", with_recognizer("a", &wordy)).await.0, 400);
}

#[tokio::test]
async fn odd_batches_are_refused_and_never_panic() {
    let result = json!([{"start": 0, "end": 1, "score": 0.5, "entity_type": "A"}]);
    for (request, wanted) in [
        (json!({"text": [7], "analyzer_results": [[]]}), 422),
        (json!({"text": ["a"], "analyzer_results": {}}), 422),
        (json!({"text": ["a"], "analyzer_results": [null]}), 422),
        (json!({"text": ["a"], "analyzer_results": [7]}), 422),
        (json!({"text": {"a": 1}, "analyzer_results": []}), 422),
        (json!({"text": ["a", ["b"]], "analyzer_results": [result, []]}), 422),
        (json!({"text": ["a"], "analyzer_results": [result]}), 200),
    ] {
        let (status, answer) = post("/anonymize", request.clone()).await;
        assert_eq!(status, wanted, "{request} {answer}");
    }
}
