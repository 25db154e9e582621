//! Texts as people really write them, and as some write them on purpose.

use crate::world::{Conversation, World};

const ODD: [(&str, &str); 14] = [
    ("control characters", "bell \u{7} escape \u{1b}[31m red \u{0} zero \u{8}\u{7f} done"),
    ("line separators", "one\r\ntwo\rthree\u{2028}four\u{2029}five\u{85}six\u{b}seven"),
    ("overrides of direction", "total \u{202e}00.01\u{202c} \u{2066}a\u{2069} \u{200f}b\u{200e}"),
    ("right to left", "مرحبا، أين طلبي؟ שלום"),
    ("signs that nobody sees", "he\u{200b}l\u{200d}l\u{feff}o \u{ad}wor\u{2060}ld\u{180e}"),
    ("many accents", "Z\u{351}\u{36b}\u{343}\u{36a}\u{302}\u{36b}a\u{314}l\u{324}g\u{322}o"),
    ("families of faces", "👨‍👩‍👧‍👦 🏳️‍🌈 👍🏽 1️⃣ 🇩🇪"),
    ("digits of full width", "I need ３ lamps and ２ shades"),
    ("markup", "<script>alert(1)</script><img src=x onerror=alert(1)> &amp; <!-- --> ]]> </textarea>"),
    ("templates", "{{ brand }} {% if x %} ${x} #{x} %s %n {link} {code}"),
    ("SQL", "'; DROP TABLE messages; -- \" OR 1=1"),
    ("tags of language", "\u{e0001}\u{e0065}\u{e006e} hidden"),
    ("private and last characters", "\u{e000}\u{f8ff}\u{fffd}\u{10ffff}\u{10fffd}"),
    ("a lonely accent at the start", "\u{301}abc"),
];

#[tokio::test(flavor = "multi_thread")]
async fn an_odd_text_arrives_as_it_was_written_and_stays_a_text() {
    let world = World::open().await;
    let ada = world.agent().await;
    let visitor = world.visitor("Evelyn Moss").await;
    for (what, text) in ODD {
        visitor.writes_dm(text);
        visitor.comments(text);
        visitor.writes(text).await;
        world.drain().await;
        let conversation = world.conversation(&ada, &visitor).await;
        let heard = conversation.heard();
        // What was written in the messenger is there at once, with the line ends that browsers mean.
        assert_eq!(heard[heard.len() - 2..], [text.replace("\r\n", "\n"), text.to_owned()], "{what}");
    }
    assert_eq!(world.count("SELECT count(*) FROM messages WHERE checks <> 'checked'"), 0);
    for line in ada.inbox().await {
        let id = line["conversation"].as_str().unwrap();
        let page = ada.browser.get(&format!("/console/c/{id}")).await.must_be(200);
        must_be_safe(&page.text);
    }
    must_be_safe(&visitor.page().await.must_be(200).text);
    must_be_safe(&ada.browser.get("/console").await.must_be(200).text);
}

fn must_be_safe(page: &str) {
    for markup in ["<script>", "<img src=x", "<!-- -->", "</textarea><"] {
        assert!(!page.contains(markup), "{markup}");
    }
    // Whatever direction a text takes, it ends with the text.
    let (open, closed) = (page.matches("<bdi").count(), page.matches("</bdi>").count());
    assert_eq!(open, closed);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_odd_name_stays_a_name() {
    let world = World::open().await;
    let ada = world.agent().await;
    for (_, text) in ODD {
        world.customer(text).comments("Are you open on Sunday?");
    }
    world.customer(&"Very Long ".repeat(1_000)).comments("Are you open on Sunday?");
    world.customer("").comments("Are you open on Sunday?");
    world.drain().await;
    assert_eq!(ada.inbox().await.len(), ODD.len() + 2);
    must_be_safe(&ada.browser.get("/console").await.must_be(200).text);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_of_digits_is_checked_like_any_text_and_in_time() {
    let world = World::open().await;
    let ada = world.agent().await;
    let floods = [
        "0123456789".repeat(6_554),
        "4111 ".repeat(13_107),
        "1".repeat(65_536),
        "４".repeat(21_845),
        "+49 ".repeat(16_384),
        "a@b.".repeat(16_384),
        "4111111111111112".repeat(4_096),
    ];
    for flood in &floods {
        world.customer("Flood").comments(flood);
    }
    let digits = world.customer("Flood in parts");
    digits.writes_dm(&floods[0]);
    world.drain().await;
    assert_eq!(world.count("SELECT count(*) FROM messages WHERE checks = 'unchecked'"), 0);
    assert_eq!(ada.inbox().await.len(), floods.len() + 1);
    let parts = world.conversation(&ada, &digits).await.heard();
    assert_eq!(parts.len(), floods[0].len().div_ceil(2_000));
    for line in ada.inbox().await {
        let preview = line["preview"].as_str().unwrap();
        assert!(preview.chars().count() <= 140, "{preview}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_value_is_found_however_it_is_dressed_up() {
    let world = World::open().await;
    let ada = world.agent().await;
    for text in [
        "card 4\u{200b}1\u{200b}1\u{200b}1 1111 1111 1111",
        "card ４１１１-１１１１-１１１１-１１１１",
        "card \u{202e}4111 1111 1111 1111\u{202c}",
        "card 4111\u{2028}1111\u{2028}1111\u{2028}1111",
        "card 4111\u{301} 1111 1111 1111",
        "card 𝟒𝟏𝟏𝟏 𝟏𝟏𝟏𝟏 𝟏𝟏𝟏𝟏 𝟏𝟏𝟏𝟏",
        "card 4️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣",
    ] {
        let customer = world.customer("Disguised");
        customer.writes_dm(text);
        world.drain().await;
        let conversation: Conversation = world.conversation(&ada, &customer).await;
        let found = conversation.found();
        assert!(found.iter().any(|(of, fate)| of == "fin.pan" && fate == "block"), "{text}: {found:?}");
        assert!(!conversation.last_heard().contains("1111 1111"), "{}", conversation.last_heard());
    }
}
