//! Webhooks as Facebook posts them, signed: customers who write several times, in four languages, about what
//! people write to brands about.

use aside_model::Time;
use aws_lc_rs::hmac;
use bytes::Bytes;

/// The page that they come to.
pub(crate) const PAGE: &str = "104500000000101";
/// The app secret that signs them.
pub(crate) const SECRET: &str = "0123456789abcdef0123456789abcdef";

/// What is about nothing delicate.
const PLAIN: &[&str] = &[
    "Hi, where is my parcel? It should have been here on Tuesday.",
    "Thanks, that worked! Have a nice weekend.",
    "Do you have the oak table in 180 cm as well? The website only shows 160.",
    "ok",
    "Hallo, ich habe letzte Woche bestellt und noch keine Bestätigung bekommen. Können Sie bitte nachsehen?",
    "Vielen Dank für die schnelle Antwort!",
    "Bonjour, la lampe est arrivée cassée. Comment puis-je la renvoyer, et qui paie les frais de retour ?",
    "Buenas, ¿a qué hora abren el sábado? Quiero pasar a recoger el pedido.",
    "I have been waiting for three weeks now and nobody answers the phone. This is the second time that this \
     happens with an order from you, and I am really disappointed. Please tell me when it will be delivered or \
     cancel it and give me my money back.",
    "Is there a discount for students?",
    "Die Farbe gefällt mir leider doch nicht, kann ich umtauschen?",
    "👍",
];

/// What holds something that must not stand there.
const DELICATE: &[&str] = &[
    "Please refund it to my card 4111 1111 1111 1111, thanks",
    "You can reach me at mara.example@example.com or on 0171 2345678",
    "Meine IBAN ist DE89 3704 0044 0532 0130 00, bitte dorthin überweisen",
    "My password is Sommer2024! and I still cannot sign in",
    "Mon numéro est le +33 6 12 34 56 78, appelez-moi",
];

/// Signatures and bodies, in the order in which they are sent.
pub(crate) struct Bodies {
    pub(crate) all: Vec<(String, Bytes)>,
}

impl Bodies {
    /// So many messages, each customer writing `each` of them, `delicate` of a hundred holding something; two of
    /// three are direct messages, the others comments.
    pub(crate) fn new(messages: usize, each: usize, delicate: usize, now: Time) -> Self {
        let key = hmac::Key::new(hmac::HMAC_SHA256, SECRET.as_bytes());
        let customers = messages.div_ceil(each.max(1)).max(1);
        let at = now.0 / 1_000;
        let all = (0..messages).map(|number| {
            let customer = number % customers;
            // Spread over the run, so that neither comes in a row.
            let text = if (number * 37) % 100 < delicate {
                DELICATE[number % DELICATE.len()]
            } else {
                PLAIN[number % PLAIN.len()]
            };
            let body = if customer % 3 == 2 {
                comment(customer, number, at, text)
            } else {
                dm(customer, number, at, text)
            };
            let signature = format!("sha256={}", hex::encode(hmac::sign(&key, body.as_bytes())));
            (signature, Bytes::from(body))
        });
        Self { all: all.collect() }
    }
}

fn dm(customer: usize, number: usize, at: i64, text: &str) -> String {
    serde_json::json!({
        "object": "page",
        "entry": [{ "id": PAGE, "time": at, "messaging": [{
            "sender": { "id": format!("71{customer:014}") },
            "recipient": { "id": PAGE },
            "timestamp": at,
            "message": { "mid": format!("m_bench-{number:012}-Hq8sWmFvT3pZxK"), "text": text },
        }] }],
    })
    .to_string()
}

fn comment(customer: usize, number: usize, at: i64, text: &str) -> String {
    let post = format!("{PAGE}_122100000000001");
    serde_json::json!({
        "object": "page",
        "entry": [{ "id": PAGE, "time": at / 1_000, "changes": [{ "field": "feed", "value": {
            "from": { "id": format!("72{customer:014}"), "name": format!("Mara {}", letters(customer)) },
            "post_id": post,
            "comment_id": format!("122100000000001_{number:015}"),
            "created_time": at / 1_000,
            "item": "comment",
            "parent_id": post,
            "verb": "add",
            "message": text,
        } }] }],
    })
    .to_string()
}

/// A name for a number: digits would be somebody's code.
fn letters(mut number: usize) -> String {
    let mut name = String::from("Example");
    while number > 0 {
        name.push(char::from(b'a' + (number % 26) as u8));
        number /= 26;
    }
    name
}
