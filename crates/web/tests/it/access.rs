//! Who gets in where.

use crate::house::House;
use aside_model::Role;
use reqwest::Method;

#[tokio::test]
async fn each_role_enters_its_own_rooms() {
    let house = House::open().await;
    house.customer().await;
    let anonymous = house.anonymous();
    let agent = house.agent("ada", Role::Agent).await;
    let officer = house.agent("pat", Role::PrivacyOfficer).await;
    let administrator = house.agent("max", Role::Administrator).await;
    let at = house.conversation(&agent).await;
    let erase = at.replace("/console/c/", "/console/erase/");
    let mut table = Vec::new();
    for path in [
        "/console",
        "/console/c/*",
        "/console/erase/*",
        "/console/ledger",
        "/console/ledger/checkpoint",
        "/console/jobs",
        "/console/channels",
        "/console/contacts",
        "/console/agents",
        "/console/c/00000000000000000000000000000000",
        "/console/c/no-id",
    ] {
        let real = path.replace("/console/c/*", &at).replace("/console/erase/*", &erase);
        let mut row = vec![path.to_owned()];
        for who in [&anonymous, &agent, &officer, &administrator] {
            row.push(who.get(&real).await.status.as_u16().to_string());
        }
        table.push(row.join(" "));
    }
    insta::assert_snapshot!(table.join("\n"));
    let turned_away = anonymous.get("/console/ledger").await;
    assert_eq!(turned_away.header("location"), "/console/sign-in?to=%2Fconsole%2Fledger");
    let refused = agent.get("/console/agents").await;
    assert!(refused.text.contains("Not allowed") && refused.text.contains("To the inbox"));
}

#[tokio::test]
async fn a_customer_is_nobody_in_the_console_and_an_agent_nobody_in_the_messenger() {
    let house = House::open().await;
    let customer = house.customer().await;
    let agent = house.agent("ada", Role::Agent).await;
    let mut disguised = customer.clone();
    disguised.cookie = customer.cookie.replace("-customer=", "-agent=");
    assert_eq!(disguised.get("/console").await.status, 303);
    disguised.cookie = agent.cookie.replace("-agent=", "-customer=");
    assert!(disguised.get("/c").await.text.contains("Or type the code"));
}

#[tokio::test]
async fn every_operation_of_the_api_wants_a_token() {
    let house = House::open().await;
    let browser = house.anonymous();
    let agent = house.agent("ada", Role::Administrator).await;
    let document: serde_json::Value = serde_json::to_value(aside_web::openapi()).unwrap();
    let served = browser.get("/api/v1/openapi.json").await;
    assert_eq!(serde_json::from_str::<serde_json::Value>(&served.text).unwrap(), document);
    let mut asked = 0;
    for (path, item) in document["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys() {
            if path == "/api/v1/sign-in" {
                continue;
            }
            let real =
                path.replace("{id}", &house.brand.to_string()).replace("{entry}", &house.brand.to_string());
            let method = Method::from_bytes(method.to_uppercase().as_bytes()).unwrap();
            let json = [("content-type", "application/json")];
            // A cookie is no token, and a wrong token none either.
            for (who, token) in
                [(&browser, ""), (&agent, ""), (&browser, "Bearer x"), (&browser, "Basic eDp5")]
            {
                let headers = [json[0], ("authorization", token)];
                let headers = if token.is_empty() { &headers[..1] } else { &headers[..] };
                let answer = who.send(method.clone(), &real, headers, b"{}".to_vec()).await;
                assert_eq!(answer.status, 401, "{method} {path}");
                assert_eq!(answer.header("content-type"), "application/problem+json");
                assert_eq!(answer.header("www-authenticate"), "Bearer");
            }
            asked += 1;
        }
    }
    assert_eq!(asked, 18);
}

#[tokio::test]
async fn a_program_signs_in_and_works_with_what_an_agent_may() {
    let house = House::open().await;
    let (_, _) = house.invited().await;
    let browser = house.anonymous();
    let credentials = house.credentials("ada", Role::Agent).await;
    let body =
        serde_json::to_vec(&credentials.into_iter().collect::<std::collections::BTreeMap<_, _>>()).unwrap();
    let json = ("content-type", "application/json");
    let answer = browser.send(Method::POST, "/api/v1/sign-in", &[json], body).await;
    let token: serde_json::Value = serde_json::from_str(&answer.text).unwrap();
    let bearer = format!("Bearer {}", token["token"].as_str().unwrap());
    let headers = [json, ("authorization", bearer.as_str())];
    let call = |method: Method, path: String, body: serde_json::Value| {
        let browser = browser.clone();
        let headers = headers.map(|(name, value)| (name, value.to_owned()));
        async move {
            let headers = [(headers[0].0, headers[0].1.as_str()), (headers[1].0, headers[1].1.as_str())];
            let answer = browser.send(method, &path, &headers, body.to_string().into_bytes()).await;
            (answer.status.as_u16(), serde_json::from_str(&answer.text).unwrap_or(serde_json::Value::Null))
        }
    };
    let none = serde_json::Value::Null;
    let (_, list) = call(Method::GET, "/api/v1/conversations?state=open".into(), none.clone()).await;
    let id = list["lines"][0]["conversation"].as_str().unwrap().to_owned();
    let at = format!("/api/v1/conversations/{id}");
    let (status, conversation) = call(Method::GET, at.clone(), none.clone()).await;
    assert_eq!(status, 200);
    assert!(!conversation.to_string().contains("4111"), "masked everywhere");
    let thread = conversation["threads"]
        .as_array()
        .unwrap()
        .iter()
        .find(|thread| thread["rung"] == "direct")
        .map(|thread| thread["thread"].clone())
        .unwrap();
    let draft =
        |text: &str| serde_json::json!({ "conversation": id, "thread": thread, "text": text, "key": text });
    let (_, check) =
        call(Method::POST, "/api/v1/drafts/check".into(), draft("Is it 4111 1111 1111 1111?")).await;
    assert_eq!(check["refused"], true);
    let replies = format!("{at}/replies");
    let (status, stopped) = call(Method::POST, replies.clone(), draft("Is it 4111 1111 1111 1111?")).await;
    assert_eq!((status, &stopped["refused"]), (422, &true.into()));
    assert!(!stopped.to_string().contains("4111"));
    let (status, queued) = call(Method::POST, replies.clone(), draft("We look into it.")).await;
    assert_eq!((status, &queued["repeated"]), (202, &false.into()));
    let (status, queued) = call(Method::POST, replies, draft("We look into it.")).await;
    assert_eq!((status, &queued["repeated"]), (202, &true.into()));
    assert_eq!(call(Method::POST, format!("{at}/assign"), serde_json::json!({"to_me": true})).await.0, 204);
    assert_eq!(call(Method::POST, format!("{at}/close"), none.clone()).await.0, 204);
    let (status, problem) = call(Method::POST, format!("{at}/assign"), serde_json::json!({"to": 1})).await;
    assert_eq!((status, &problem["title"]), (422, &"Not understood".into()));
    assert_eq!(call(Method::POST, "/api/v1/sign-out".into(), none.clone()).await.0, 204);
    assert_eq!(call(Method::GET, at, none).await.0, 401);
}

#[tokio::test]
async fn who_guesses_from_one_address_keeps_an_agent_out_there_alone() {
    let house = House::open().await;
    let [_, (_, password), _] = house.credentials("ada", Role::Agent).await;
    let password = aside_model::Raw::new(password);
    let wrong = aside_model::Raw::new("wrong".into());
    let (guesser, office) = ([203, 0, 113, 9].into(), [203, 0, 113, 10].into());
    for _ in 0..10 {
        let answer = house.app.sign_in("ada", &wrong, "000000", guesser).await;
        assert!(matches!(answer, Err(aside_app::SignInError::Wrong)));
    }
    for _ in 0..120 {
        let answer = house.app.sign_in("ada", &wrong, "000000", guesser).await;
        assert!(matches!(answer, Err(aside_app::SignInError::TooMany)), "refused without counting");
    }
    let [_, _, (_, code)] = house.credentials("ada", Role::Agent).await;
    let there = house.app.sign_in("ada", &password, &code, guesser).await;
    assert!(
        matches!(there, Err(aside_app::SignInError::TooMany)),
        "a right guess is refused like a wrong one"
    );
    assert!(house.app.sign_in("ada", &password, &code, office).await.is_ok());
}
