//! The walk on Instagram, and what is different there.

use crate::world::{Agent, Conversation, Credentials, World};
use aside_app::NewChannel;
use aside_model::{Language, Network, Raw, Role, Rung};
use aside_sim::{
    Delivery, Order, Retries,
    instagram::{Instagram, InstagramConfig, Login, Person, SignedBy},
};
use std::{sync::Arc, time::Duration};

const CARD: &str = "4111 1111 1111 1111";

/// The first brand's account on an Instagram of its own.
struct Stage {
    world: World,
    instagram: Instagram,
    account: String,
    /// A picture of the account's.
    media: String,
    hook: String,
}

impl Stage {
    async fn open(login: Login) -> Self {
        let world = World::open().await;
        let client = aside::http_client().unwrap();
        let clock: Arc<dyn aside_model::Clock> = Arc::clone(&world.clock) as _;
        let mut config = InstagramConfig::new(client, clock);
        config.login = login;
        config.retries = Retries { first: Duration::from_millis(1), attempts: 1 };
        let instagram = Instagram::start(config).await.unwrap();
        let config = instagram.config();
        let account = config.accounts[0].clone();
        let secrets = serde_json::json!({
            "instagram_app_secret": config.instagram_secret,
            "facebook_app_secret": config.app_secret,
            "verify_token": config.verify_token,
            "accounts": { &account.id: account.token },
        });
        let channel = |rung, name: &str| NewChannel { account: account.id.clone(), rung, name: name.into() };
        let channels = [channel(Rung::Public, "Instagram"), channel(Rung::Direct, "Instagram messages")];
        let (brand, secrets) = (world.brand.id, Raw::new(secrets.to_string()));
        let base = instagram.api_base();
        let connection = world
            .app
            .add_connection(brand, Network::Instagram, "Instagram", &secrets, &base, &channels)
            .await
            .unwrap();
        let hook = format!("/hooks/instagram/{connection}");
        instagram.connect(&format!("{}{hook}", world.url)).await.unwrap();
        let media = instagram.media(&account.id).unwrap();
        Self { account: account.id, media, hook, world, instagram }
    }

    fn person(&self, name: &str) -> Person {
        self.instagram.person(name, Language::English)
    }

    /// Does everything that waits.
    async fn drain(&self) {
        for round in 0.. {
            assert!(round < 1_000, "the outbox never gets empty");
            let worked = self.world.app.work_outbox(64).await.unwrap() > 0;
            let posted = self.instagram.deliver().await;
            assert!(posted.iter().all(aside_sim::Posted::is_acknowledged), "{posted:?}");
            if !worked && posted.is_empty() {
                break;
            }
        }
        self.world.bring_the_log_up_to_date().await;
    }

    /// What a person got in direct messages.
    fn inbox(&self, person: &Person) -> Vec<String> {
        person.inbox(&self.account).into_iter().map(|received| received.text).collect()
    }

    fn link(&self, person: &Person) -> String {
        let texts = self.inbox(person);
        let link = texts.iter().flat_map(|text| text.split_whitespace()).rfind(|word| word.contains("/c/"));
        link.unwrap_or_else(|| panic!("no invitation in {texts:?}")).to_owned()
    }

    async fn conversation(&self, agent: &Agent, person: &Person) -> Conversation {
        let address = Raw::new(person.igsid(&self.account).unwrap());
        let found = self.world.app.conversation_at(self.world.brand.id, Network::Instagram, &address).await;
        agent.conversation(&found.unwrap().expect("a conversation").to_string()).await
    }

    /// The calls of the API that changed something, without the version.
    fn asked(&self) -> Vec<String> {
        let calls = self.instagram.calls();
        calls.iter().map(|call| call.line.replacen("/v25.0", "", 1)).collect()
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_card_number_in_a_comment_moves_over_the_direct_messages_into_the_messenger() {
    for login in [Login::Instagram, Login::Facebook] {
        let stage = Stage::open(login).await;
        let ada = stage.world.agent().await;
        let mara = stage.person("Mara Example");
        let comment = mara.comments(&stage.media, &format!("You charged me twice! {CARD}")).unwrap();
        stage.drain().await;

        assert!(stage.instagram.is_hidden(&comment));
        let answers = stage.instagram.replies(&comment);
        assert_eq!(answers.len(), 1, "{:?}", stage.instagram.calls());
        assert!(!answers[0].text.contains("4111"));
        // A hidden comment cannot be answered here, so the answer went out before.
        let asked = stage.asked();
        let place = |line: &str| asked.iter().position(|asked| asked == line).unwrap();
        assert!(place(&format!("POST /{comment}/replies")) < place(&format!("POST /{comment}")), "{asked:?}");

        let link = stage.link(&mara);
        let mut device = stage.world.browser();
        let token = device.get(&link).await.must_be(200).field("csrf");
        let session = device.post(&link, &[("csrf", &token)]).await.must_be(303);
        device.keep(&session);
        let page = device.get("/c").await.must_be(200);
        let (token, key) = (page.field("csrf"), page.field("form_key"));
        let fields = [("csrf", token.as_str()), ("form_key", &key), ("text", "It ends on 1111")];
        device.post("/c/write", &fields).await.must_be(303);

        mara.writes_dm(&stage.account, "I am there now").unwrap();
        stage.drain().await;
        let conversation = stage.conversation(&ada, &mara).await;
        let rungs: Vec<_> = conversation.messages().into_iter().map(|m| (m.rung, m.author)).collect();
        let expected = [
            ("public", "customer"),
            ("public", "system"),
            ("direct", "system"),
            ("secure", "customer"),
            ("direct", "customer"),
        ];
        for pair in expected.map(|(rung, author)| (rung.to_owned(), author.to_owned())) {
            assert!(rungs.contains(&pair), "{pair:?} in {rungs:?}");
        }
        assert_eq!(conversation.text("rung"), "secure");
        assert!(conversation.heard().iter().all(|text| !text.contains(CARD)));
        assert_eq!(ada.inbox().await.len(), 1, "one matter, one conversation");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_comment_on_a_boosted_post_comes_twice_and_is_one_message() {
    let stage = Stage::open(Login::Facebook).await;
    let ada = stage.world.agent().await;
    stage.instagram.boosts(&stage.media).unwrap();
    stage.instagram.set_delivery(Delivery { copies: 2, order: Order::Reversed, ..Delivery::default() });
    let mara = stage.person("Mara Example");
    let comment = mara.comments(&stage.media, &format!("My card is {CARD}")).unwrap();
    stage.drain().await;
    mara.comments(&stage.media, "Anybody there?").unwrap();
    stage.drain().await;
    let conversation = stage.conversation(&ada, &mara).await;
    assert_eq!(conversation.heard().len(), 2, "{:?}", conversation.heard());
    assert_eq!(conversation.threads("public").len(), 1, "the advertisement's copy is the same place");
    assert_eq!(stage.instagram.replies(&comment).len(), 1);
    assert_eq!(stage.inbox(&mara).len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_is_unsent_is_gone_here_too_also_when_that_comes_first() {
    let stage = Stage::open(Login::Instagram).await;
    let ada = stage.world.agent().await;
    let mara = stage.person("Mara Example");
    mara.writes_dm(&stage.account, "Hello").unwrap();
    let mids = mara.writes_dm(&stage.account, "My neighbour is called Bogdan").unwrap();
    stage.drain().await;
    assert!(stage.conversation(&ada, &mara).await.json().to_string().contains("Bogdan"));
    mara.unsends(&stage.account, &mids[0]).unwrap();
    stage.drain().await;
    let conversation = stage.conversation(&ada, &mara).await;
    assert!(!conversation.json().to_string().contains("Bogdan"), "{}", conversation.json());

    stage.instagram.set_delivery(Delivery { order: Order::Reversed, ..Delivery::default() });
    let mids = mara.writes_dm(&stage.account, "And my other one Casimir").unwrap();
    mara.unsends(&stage.account, &mids[0]).unwrap();
    stage.drain().await;
    let conversation = stage.conversation(&ada, &mara).await;
    assert!(!conversation.json().to_string().contains("Casimir"), "{}", conversation.json());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_comment_on_a_broadcast_is_answered_in_private_alone_and_only_while_it_can_go_on() {
    let stage = Stage::open(Login::Instagram).await;
    let credentials = Credentials::of_new(&stage.world, &stage.world.brand, "ada", Role::Agent).await;
    let ada = Agent::with(&stage.world, &credentials).await;
    let live = stage.instagram.goes_live(&stage.account).unwrap();
    let mara = stage.person("Mara Example");
    let comment = mara.comments(&live, &format!("Take my card {CARD}")).unwrap();
    stage.drain().await;
    assert!(stage.instagram.is_hidden(&comment));
    assert!(stage.instagram.replies(&comment).is_empty(), "comments on a broadcast cannot be answered");
    assert!(!stage.asked().contains(&format!("POST /{comment}/replies")), "and nobody tries");
    stage.link(&mara);

    let noor = stage.person("Noor Placeholder");
    noor.comments(&live, "Is the blue one sold out?").unwrap();
    stage.drain().await;
    let conversation = stage.conversation(&ada, &noor).await;
    stage.world.pass(Duration::from_hours(4));
    let ada = Agent::with(&stage.world, &credentials).await;
    let refused = ada.moves_up(&conversation).await.must_be(409);
    assert!(refused.text.contains("too long ago"), "{}", refused.text);
    assert!(stage.inbox(&noor).is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_comment_on_a_broadcast_that_is_over_gets_no_private_reply_and_people_see_why() {
    let stage = Stage::open(Login::Instagram).await;
    let ada = stage.world.agent().await;
    let live = stage.instagram.goes_live(&stage.account).unwrap();
    let mara = stage.person("Mara Example");
    mara.comments(&live, &format!("Take my card {CARD}")).unwrap();
    stage.instagram.ends_broadcast(&live).unwrap();
    stage.drain().await;
    assert!(stage.inbox(&mara).is_empty());
    let conversation = stage.conversation(&ada, &mara).await;
    let states: Vec<_> = conversation.messages().into_iter().map(|m| (m.rung, m.state)).collect();
    assert!(states.contains(&("direct".to_owned(), "failed".to_owned())), "{states:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn either_of_the_apps_secrets_signs_and_nothing_else_does() {
    let stage = Stage::open(Login::Instagram).await;
    let ada = stage.world.agent().await;
    let mara = stage.person("Mara Example");
    for signed_by in [SignedBy::InstagramSecret, SignedBy::AppSecret] {
        stage.instagram.sign_by(signed_by);
        mara.writes_dm(&stage.account, "Hello").unwrap();
        stage.drain().await;
    }
    assert_eq!(stage.conversation(&ada, &mara).await.heard().len(), 2);
    let body = r#"{"object":"instagram","entry":[{"id":"17841400000000101","time":1,"messaging":[{"sender":{"id":"5550000000000000"},"recipient":{"id":"17841400000000101"},"timestamp":1,"message":{"mid":"forged","text":"forged"}}]}]}"#;
    let forged = stage.world.brand.sim.signature(body.as_bytes());
    for signature in [None, Some("sha256=00"), Some(forged.as_str())] {
        let status = stage.instagram.post_to_hook(body.into(), signature).await;
        assert!(status.is_some_and(|status| (400..500).contains(&status)), "{status:?} at {}", stage.hook);
    }
    assert_eq!(stage.conversation(&ada, &mara).await.heard().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_reply_goes_out_in_pieces_of_a_thousand_bytes_and_only_within_a_day() {
    let stage = Stage::open(Login::Instagram).await;
    let credentials = Credentials::of_new(&stage.world, &stage.world.brand, "ada", Role::Agent).await;
    let ada = Agent::with(&stage.world, &credentials).await;
    let mara = stage.person("Mara Example");
    mara.writes_dm(&stage.account, "How do I mount it?").unwrap();
    stage.drain().await;
    let conversation = stage.conversation(&ada, &mara).await;
    let direct = conversation.thread("direct");
    let long = "größer ".repeat(200);
    ada.replies(&conversation, &direct, long.trim()).await.must_be(202);
    stage.drain().await;
    let inbox = stage.inbox(&mara);
    assert_eq!(inbox.len(), 2);
    assert!(inbox.join(" ").starts_with(long.trim()));
    assert!(inbox.iter().all(|text| text.len() <= 1_000));
    let conversation = stage.conversation(&ada, &mara).await;
    let read = conversation.messages().into_iter().filter(|m| m.state == "read").count();
    assert_eq!(read, 2, "what was seen is known message by message");

    stage.world.pass(Duration::from_hours(24));
    let ada = Agent::with(&stage.world, &credentials).await;
    let refused = ada.replies(&conversation, &direct, "Any luck?").await.must_be(409);
    assert!(refused.text.contains("too long ago"), "{}", refused.text);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_disappears_is_named_and_its_text_is_not_taken_for_checked() {
    let stage = Stage::open(Login::Instagram).await;
    let ada = stage.world.agent().await;
    let mara = stage.person("Mara Example");
    mara.sends_disappearing(&stage.account).unwrap();
    mara.sends_unsupported(&stage.account).unwrap();
    mara.sends_attachment(&stage.account, "story_mention").unwrap();
    mara.answers_story(&stage.account, "Where can I buy this?").unwrap();
    stage.drain().await;
    let said = stage.conversation(&ada, &mara).await.messages();
    let mut named: Vec<_> = said.into_iter().flat_map(|message| message.attachments).collect();
    named.sort();
    assert_eq!(named, ["ephemeral", "story_mention", "unsupported"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_account_writes_itself_is_no_customers_message() {
    let stage = Stage::open(Login::Facebook).await;
    let ada = stage.world.agent().await;
    let mara = stage.person("Mara Example");
    let comment = mara.comments(&stage.media, "Do you ship to Leeds?").unwrap();
    stage.drain().await;
    stage.instagram.account_comments(&comment, &format!("We do. {CARD}")).unwrap();
    stage.drain().await;
    assert_eq!(ada.inbox().await.len(), 1);
    assert_eq!(stage.conversation(&ada, &mara).await.messages().len(), 1);
}
