//! A matter from the direct message to its end, through the doors.

use crate::house::House;
use aside_model::Role;
use reqwest::Method;

const CARD: &str = "5555 5555 5555 4444";

#[tokio::test]
async fn a_value_is_masked_on_every_page_and_opened_once_for_a_purpose() {
    let house = House::open().await;
    let customer = house.customer().await;
    let page = customer.get("/c").await;
    let text = format!("Please refund to my card {CARD}\r\nThanks");
    let form = [("csrf", page.token()), ("form_key", page.field("form_key")), ("text", text)];
    let form: Vec<_> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(customer.post("/c/write", &form).await.status, 303);
    let own = customer.get("/c").await.text;
    assert!(own.contains("card number") && !own.contains("5555") && !own.contains("4111"), "{own}");

    let agent = house.agent("ada", Role::Agent).await;
    let at = house.conversation(&agent).await;
    let token = agent.get(&at).await.token();
    agent.post(&format!("{at}/assign"), &[("csrf", &token), ("to", "me")]).await;
    let page = agent.get(&at).await;
    assert!(!page.text.contains("5555") && !page.text.contains("4111 1111"));
    assert!(page.text.contains("Open this card number"));
    let value = page.field("value");
    let reveal = format!("{at}/reveal");
    let no_purpose = agent.post(&reveal, &[("csrf", &token), ("value", &value), ("purpose", "")]).await;
    assert_eq!(no_purpose.status, 422);
    let opened = agent.post(&reveal, &[("csrf", &token), ("value", &value), ("purpose", "payment")]).await;
    assert_eq!(opened.status, 200, "{}", opened.text);
    assert!(opened.text.contains(CARD), "{}", opened.text);
    assert_eq!(opened.header("cache-control"), "no-store");
    assert!(opened.header("refresh").ends_with(&format!("; url={at}")), "{}", opened.header("refresh"));
    assert!(!agent.get(&at).await.text.contains("5555"), "shown once");

    let headers = [
        ("sec-fetch-site", "same-origin"),
        ("content-type", "application/x-www-form-urlencoded"),
        ("aside-part", "opened"),
    ];
    let body =
        serde_urlencoded::to_string([("csrf", &token), ("value", &value)]).unwrap() + "&purpose=payment";
    let part = agent.send(Method::POST, &reveal, &headers, body.into_bytes()).await;
    assert!(part.text.contains("data-seconds=") && !part.text.contains("<html"));

    let officer = house.agent("pat", Role::PrivacyOfficer).await;
    house.app.sequence_all().await.unwrap();
    let ledger = officer.get("/console/ledger").await.text;
    assert!(ledger.contains("<td class=\"soft\">revealed</td>"), "{ledger}");
    let row = &ledger[..ledger.find("<td class=\"soft\">revealed</td>").unwrap()];
    let from = row.rfind("/console/ledger/").unwrap();
    let entry = row[from..].split('"').next().unwrap();
    let proof = officer.get(&format!("{entry}/proof")).await;
    assert!(proof.header("content-disposition").ends_with(".tlog-proof\""));
    assert!(proof.text.starts_with("c2sp.org/tlog-proof@v1"), "{}", proof.text);
}

#[tokio::test]
async fn a_draft_that_holds_what_must_not_go_out_is_stopped_and_comes_back_without_it() {
    let house = House::open().await;
    let (customer, _) = house.invited().await;
    let agent = house.agent("ada", Role::Agent).await;
    let at = house.conversation(&agent).await;
    let page = agent.get(&at).await;
    let (token, key, thread) = (page.token(), page.field("form_key"), direct_thread(&page.text));
    let reply = |text: &'static str| {
        let fields = [
            ("csrf", token.clone()),
            ("form_key", key.clone()),
            ("thread", thread.clone()),
            ("text", text.to_owned()),
        ];
        let (agent, path) = (agent.clone(), format!("{at}/reply"));
        async move {
            let form: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            agent.post(&path, &form).await
        }
    };
    let stopped = reply("Is your card 4111 1111 1111 1111 still valid?").await;
    assert_eq!(stopped.status, 422, "{}", page.text);
    assert!(stopped.text.contains("Is your card [card number] still valid?"), "{}", stopped.text);
    assert!(!stopped.text.contains("4111") && stopped.text.contains("Not sent."));
    let asked = reply("Please send me your password").await;
    assert_eq!(asked.status, 422);
    assert!(asked.text.contains("Asking for the password does not belong here"));
    assert_eq!(reply("  ").await.status, 422);

    let sent = reply("We look into it.").await;
    assert_eq!(sent.header("location"), format!("{at}?did=sent"));
    assert_eq!(reply("We look into it.").await.header("location"), format!("{at}?did=repeated"));
    house.app.work_outbox(50).await.unwrap();
    let inbox = customer.inbox(house.sim.page());
    assert_eq!(inbox.iter().filter(|message| message.text.contains("We look into it.")).count(), 1);
}

/// The direct thread among those that a reply can go to.
pub(crate) fn direct_thread(page: &str) -> String {
    let option =
        page.split("<option ").skip(1).find(|option| option.contains("data-rung=\"direct\"")).unwrap();
    let from = option.find("value=\"").unwrap() + 7;
    option[from..from + 32].to_owned()
}

#[tokio::test]
async fn a_page_and_its_part_are_the_same() {
    let house = House::open().await;
    house.customer().await;
    let agent = house.agent("ada", Role::Agent).await;
    let at = house.conversation(&agent).await;
    let page = agent.get(&at).await.text;
    for part in ["timeline", "threads", "side"] {
        let headers = [("aside-part", part)];
        let text = agent.send(Method::GET, &at, &headers, vec![]).await.text;
        assert!(!text.contains("<html") && !text.trim().is_empty());
        assert!(page.contains(text.trim()), "{part}");
    }
    let headers = [("aside-part", "lines")];
    let lines = agent.send(Method::GET, "/console", &headers, vec![]).await.text;
    assert!(lines.contains(&at) && !lines.contains("<html"));
}

#[tokio::test]
async fn erasing_wants_a_reason_and_then_leaves_nothing() {
    let house = House::open().await;
    let customer = house.customer().await;
    let officer = house.agent("pat", Role::PrivacyOfficer).await;
    let at = house.conversation(&officer).await;
    let erase = at.replace("/console/c/", "/console/erase/");
    let page = officer.get(&erase).await;
    assert!(page.text.contains("Every key of this customer is destroyed"));
    let token = page.token();
    let short = officer.post(&erase, &[("csrf", &token), ("reason", "x")]).await;
    assert!(short.status.is_client_error(), "{}", short.status);
    assert_eq!(officer.get(&at).await.status, 200);
    let done = officer.post(&erase, &[("csrf", &token), ("reason", "request 17 by letter")]).await;
    assert_eq!(done.status, 200);
    assert!(done.text.contains("No key opens this customer"));
    assert_eq!(officer.get(&at).await.status, 404);
    assert!(customer.get("/c").await.text.contains("Or type the code"), "their session is gone too");
}

#[tokio::test]
async fn contacts_come_in_by_the_page() {
    let house = House::open().await;
    let administrator = house.agent("max", Role::Administrator).await;
    let page = administrator.get("/console/contacts").await;
    let csv = "email,name\nevelyn@example.org,Evelyn\nnonsense,Nobody\n";
    let answer = administrator.post("/console/contacts", &[("csrf", &page.token()), ("csv", csv)]).await;
    assert_eq!(answer.status, 200);
    assert!(answer.text.contains("1 row</dd>") && answer.text.contains("Line 3:"), "{}", answer.text);
    assert!(!answer.text.contains("evelyn@example.org"));
}
