//! What becomes of jobs, as the people see it.

use crate::house::{Browser, House};
use aside_model::{ConversationId, JobState, MessageState, Network, Role, rows::MessageRow};
use aside_sim::Fault;
use std::time::Duration;

async fn conversation(house: &House) -> ConversationId {
    house.app.store().inbox(house.brand, &aside_store::InboxFilter::default(), 1).await.unwrap()[0]
        .conversation
}

/// The newest messages of the only conversation, oldest first.
async fn newest(house: &House, count: u32) -> Vec<MessageRow> {
    let conversation = conversation(house).await;
    house.app.store().messages(house.brand, conversation, None, count).await.unwrap()
}

/// Replies on the direct thread with a text of that many parts.
async fn reply(house: &House, agent: &Browser, parts: usize) {
    let at = house.conversation(agent).await;
    let page = agent.get(&at).await;
    let thread = crate::walk::direct_thread(&page.text);
    let text: Vec<String> =
        (1..=parts).map(|n| format!("Part {n}. {}", "So it goes on. ".repeat(120))).collect();
    let fields = [
        ("csrf", page.token()),
        ("form_key", page.field("form_key")),
        ("thread", thread),
        ("text", text.join("\n\n")),
    ];
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(
        agent.post(&format!("{at}/reply"), &fields).await.header("location"),
        format!("{at}?did=sent")
    );
}

#[tokio::test]
async fn a_message_whose_sender_died_says_that_nobody_knows() {
    let house = House::open().await;
    house.invited().await;
    let agent = house.agent("ada", Role::Agent).await;
    reply(&house, &agent, 1).await;
    let died = house.app.store().claim_jobs(house.now(), Duration::from_mins(1), 50, &[]).await.unwrap();
    house.wait(Duration::from_mins(1));
    assert_eq!(died.len(), 1);
    house.app.work_outbox(50).await.unwrap();
    let message = newest(&house, 1).await.remove(0);
    assert_eq!(message.state, MessageState::Unknown);
    let job = house.app.store().job(house.brand, died[0].job).await.unwrap().unwrap();
    assert_eq!(job.state, JobState::Unknown);
    assert_eq!(house.app.work_outbox(50).await.unwrap(), 0, "it is told once");
}

#[tokio::test]
async fn the_parts_of_a_reply_never_overtake_each_other() {
    let house = House::open().await;
    let (customer, _) = house.invited().await;
    let agent = house.agent("ada", Role::Agent).await;
    house.sim.fail_next(1, &Fault::Status(503));
    reply(&house, &agent, 3).await;
    house.app.work_outbox(50).await.unwrap();
    let before = customer.inbox(house.sim.page()).len();
    house.app.work_outbox(50).await.unwrap();
    assert_eq!(customer.inbox(house.sim.page()).len(), before, "they wait for the first one");
    house.wait(Duration::from_mins(30));
    house.app.work_outbox(50).await.unwrap();
    let inbox = customer.inbox(house.sim.page());
    let parts: Vec<usize> =
        (1..=3).map(|n| inbox.iter().position(|m| m.text.contains(&format!("Part {n}."))).unwrap()).collect();
    assert!(parts.is_sorted(), "{parts:?}");
}

#[tokio::test]
async fn after_a_refused_part_no_other_part_goes_out() {
    let house = House::open().await;
    let (customer, _) = house.invited().await;
    let agent = house.agent("ada", Role::Agent).await;
    let before = customer.inbox(house.sim.page()).len();
    house.sim.fail_next(1, &Fault::Error { status: 400, code: 100, subcode: None });
    reply(&house, &agent, 2).await;
    house.app.work_outbox(50).await.unwrap();
    assert_eq!(customer.inbox(house.sim.page()).len(), before);
    let parts = newest(&house, 2).await;
    assert_eq!([parts[0].state, parts[1].state], [MessageState::Failed; 2]);
    assert_eq!(parts[1].reason.as_deref(), Some("the part before was not sent"));
}

#[tokio::test]
async fn asking_for_a_code_looks_the_same_whether_the_address_is_known() {
    let house = House::open().await;
    let owner = house.agent("olga", Role::Administrator).await;
    let secret = owner.cookie.split('=').nth(1).unwrap();
    let acting = house.app.acting(secret).await.unwrap().unwrap();
    house.app.import_contacts(&acting, b"email\nknown@example.com\n").await.unwrap();
    let eve = house.customer().await;
    let mut seen = Vec::new();
    for address in ["known@example.com", "unknown@example.com"] {
        let before = house.app.last_event(house.brand).await.unwrap();
        let token = eve.get("/c").await.token();
        assert_eq!(eve.post("/c/identify", &[("csrf", &token), ("email", address)]).await.status, 303);
        // No mail server is there: the mail fails, as often as it is tried.
        for _ in 0..10 {
            house.app.work_outbox(50).await.unwrap();
            house.wait(Duration::from_mins(30));
        }
        let events = house.app.events_after(house.brand, before).await.unwrap();
        let asked = newest(&house, 1).await.remove(0);
        let about = events.into_iter().filter(|event| event.message == Some(asked.message));
        seen.push((about.map(|event| event.kind).collect::<Vec<_>>(), asked.state));
    }
    assert_eq!(seen[0], seen[1]);
    let failed = house.app.store().jobs(house.brand, JobState::Failed, 10).await.unwrap();
    assert_eq!(failed.len(), 1, "people see on the jobs page that the mail failed");
}

#[tokio::test]
async fn codes_are_limited_for_an_address_whoever_asks() {
    let house = House::open().await;
    let mut answers = Vec::new();
    for _ in 0..2 {
        let customer = house.customer().await;
        let token = customer.get("/c").await.token();
        for _ in 0..3 {
            let form = [("csrf", token.as_str()), ("email", "Somebody@example.com")];
            answers.push(customer.post("/c/identify", &form).await.status.as_u16());
        }
    }
    assert_eq!(answers, [303, 303, 303, 303, 303, 403], "five in an hour, in however many sessions");
}

#[tokio::test]
async fn a_contact_known_already_keeps_the_rows_of_its_customer_together() {
    let house = House::open().await;
    let owner = house.agent("olga", Role::Administrator).await;
    let acting = house.app.acting(owner.cookie.split('=').nth(1).unwrap()).await.unwrap().unwrap();
    let first = b"email,customer\njane@example.com,17\n";
    assert_eq!(house.app.import_contacts(&acting, first).await.unwrap().added, 1);
    let second = b"email,customer\njane@example.com,17\njane@work.example,17\n";
    let report = house.app.import_contacts(&acting, second).await.unwrap();
    assert_eq!((report.known, report.added), (1, 1));
    let keys = house.app.keys().brand(house.brand).unwrap();
    let index = keys.index.index(Network::Email.name(), b"jane@work.example");
    let work = house.app.store().handle_at(house.brand, Network::Email, index).await.unwrap().unwrap();
    assert_eq!(house.app.store().handles(house.brand, work.customer).await.unwrap().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_network_that_hangs_holds_up_only_what_it_was_asked_for() {
    let house = House::open().await;
    let waiting = house.invited().await.0;
    let agent = house.agent("ada", Role::Agent).await;
    // The reply to the first customer is not answered for as long as this test lasts.
    house.sim.fail_next(1, &Fault::Delay(Duration::from_mins(10)));
    reply(&house, &agent, 2).await;
    let working = tokio::spawn({
        let app = house.app.clone();
        async move { app.run_outbox().await }
    });
    let sent = tokio::time::timeout(Duration::from_secs(20), async {
        while house
            .app
            .store()
            .job_counts(house.brand)
            .await
            .unwrap()
            .iter()
            .all(|(s, _)| *s != JobState::Running)
        {
            tokio::task::yield_now().await;
        }
        // Somebody else's invitation goes out meanwhile, and the next one's after that.
        for name in ["Somebody", "Else"] {
            let other = house.sim.customer(name, aside_model::Language::English);
            other.writes_dm(house.sim.page(), "Please write to me@example.org instead").unwrap();
            house.sim.deliver().await;
            while other.inbox(house.sim.page()).is_empty() {
                tokio::task::yield_now().await;
            }
        }
        // What went out is also written down as done.
        while !house.app.store().job_counts(house.brand).await.unwrap().contains(&(JobState::Running, 1)) {
            tokio::task::yield_now().await;
        }
    });
    sent.await.expect("others waited for the network that hangs");
    working.abort();
    let inbox = waiting.inbox(house.sim.page());
    assert!(!inbox.iter().any(|message| message.text.contains("Part ")), "nothing overtakes the first part");
    let counts = house.app.store().job_counts(house.brand).await.unwrap();
    assert!(counts.contains(&(JobState::Running, 1)), "{counts:?}");
}
