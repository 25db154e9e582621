//! A customer: on the network, and in the brand's messenger once they followed a link.

use super::{Answer, Brand, Browser};
use aside_app::App;
use aside_model::{BrandId, Language, Network, Raw};
use aside_sim::Sim;
use std::ops::Deref;

/// Somebody on a brand's network, with a device that was never in the messenger.
#[derive(Clone)]
pub(crate) struct Customer {
    pub(crate) human: aside_sim::Customer,
    pub(crate) browser: Browser,
    sim: Sim,
    brand: BrandId,
    page: String,
    post: String,
}

impl Customer {
    pub(crate) fn new(brand: &Brand, browser: Browser, name: &str) -> Self {
        let sim = brand.sim.clone();
        let human = sim.customer(name, Language::English);
        let page = sim.page().to_owned();
        Self { human, browser, sim, brand: brand.id, page, post: brand.post.clone() }
    }

    /// Writes a direct message. The answer is its id; of a long one that of its first part.
    pub(crate) fn writes_dm(&self, text: &str) -> String {
        self.human.writes_dm(&self.page, text).unwrap().swap_remove(0)
    }

    /// Changes a direct message.
    pub(crate) fn edits_dm(&self, message: &str, text: &str) {
        self.human.edits_dm(&self.page, message, text).unwrap();
    }

    /// Sends a picture in direct messages.
    pub(crate) fn sends_photo(&self) {
        self.human.sends_attachment(&self.page, "image").unwrap();
    }

    /// Comments on the brand's post. The answer is the comment's id.
    pub(crate) fn comments(&self, text: &str) -> String {
        self.human.comments(&self.post, text).unwrap()
    }

    /// Changes a comment.
    pub(crate) fn edits_comment(&self, comment: &str, text: &str) {
        self.human.edits_comment(comment, text).unwrap();
    }

    /// Takes a comment back.
    pub(crate) fn removes_comment(&self, comment: &str) {
        self.human.removes_comment(comment).unwrap();
    }

    /// What they got in direct messages, oldest first.
    pub(crate) fn inbox(&self) -> Vec<String> {
        self.human.inbox(&self.page).into_iter().map(|received| received.text).collect()
    }

    /// The public answers to a comment, oldest first.
    pub(crate) fn answers_to(&self, comment: &str) -> Vec<String> {
        self.sim.replies(comment).into_iter().map(|reply| reply.text).collect()
    }

    /// Every link into the messenger that they got, oldest first.
    pub(crate) fn links(&self) -> Vec<String> {
        let texts = self.inbox();
        let links = texts.iter().flat_map(|text| text.split_whitespace().filter(|w| w.contains("/c/")));
        links.map(str::to_owned).collect()
    }

    /// The newest link into the messenger that they got.
    pub(crate) fn link(&self) -> String {
        self.links().pop().unwrap_or_else(|| panic!("no invitation in {:?}", self.inbox()))
    }

    /// Follows a link on this device and presses "continue".
    pub(crate) async fn opens(&self, link: &str) -> Visitor {
        let mut visitor = Visitor { customer: self.clone() };
        visitor.customer.browser = self.browser.another();
        let answer = visitor.presses_continue(link).await.must_be(303);
        visitor.customer.browser.keep(&answer);
        visitor
    }

    /// Follows a link and presses "continue", whatever comes of it.
    pub(crate) async fn presses_continue(&self, link: &str) -> Answer {
        let device = self.browser.another();
        let page = device.get(link).await;
        let token = if page.text.contains("name=\"csrf\"") { page.field("csrf") } else { String::new() };
        device.post(link, &[("csrf", &token)]).await
    }

    /// Their id in direct messages.
    pub(crate) fn psid(&self) -> String {
        self.human.psid(&self.page).unwrap()
    }

    /// Their id under comments.
    pub(crate) fn author_id(&self) -> String {
        self.human.author_id(&self.page).unwrap()
    }

    /// The id of their newest conversation, by either of their addresses.
    pub(crate) async fn conversation(&self, app: &App) -> String {
        for address in [self.psid(), self.author_id()] {
            let address = Raw::new(address);
            if let Some(id) = app.conversation_at(self.brand, Network::Facebook, &address).await.unwrap() {
                return id.to_string();
            }
        }
        panic!("no conversation with {}", self.human.name());
    }
}

/// A customer with a session in the messenger on this device.
pub(crate) struct Visitor {
    customer: Customer,
}

impl Deref for Visitor {
    type Target = Customer;
    fn deref(&self) -> &Customer {
        &self.customer
    }
}

impl Visitor {
    /// The same customer with the session of an answer that began one.
    pub(crate) fn from_answer(customer: &Customer, answer: &Answer) -> Self {
        let mut customer = customer.clone();
        customer.browser.keep(answer);
        Self { customer }
    }

    /// Their page.
    pub(crate) async fn page(&self) -> Answer {
        self.browser.get("/c").await
    }

    /// Writes in the messenger.
    pub(crate) async fn writes(&self, text: &str) {
        self.tries_to_write(text).await.must_be(303);
    }

    /// Writes in the messenger, whatever comes of it.
    pub(crate) async fn tries_to_write(&self, text: &str) -> Answer {
        let page = self.page().await;
        let (token, key) = (page.field("csrf"), page.field("form_key"));
        self.browser.post("/c/write", &[("csrf", &token), ("form_key", &key), ("text", text)]).await
    }

    /// What the page says about a draft.
    pub(crate) async fn checks(&self, text: &str) -> Answer {
        self.browser.post_json("/c", "/c/check", &serde_json::json!({ "text": text })).await
    }

    /// What is held for them on this device, as ids.
    pub(crate) async fn holds(&self) -> Vec<String> {
        let page = self.page().await.text;
        let ids =
            page.match_indices("/c/release/").map(|(at, sign)| page[at + sign.len()..].split('"').next());
        ids.map(|id| id.unwrap().to_owned()).collect()
    }

    /// Presses "release" on what is held.
    pub(crate) async fn releases(&self, hold: &str) -> Answer {
        self.browser.submit("/c", &format!("/c/release/{hold}"), &[]).await
    }

    /// Presses "delete" on what is held.
    pub(crate) async fn discards(&self, hold: &str) -> Answer {
        self.browser.submit("/c", &format!("/c/discard/{hold}"), &[]).await
    }

    /// Asks for a code to an address.
    pub(crate) async fn asks_code(&self, address: &str) -> Answer {
        self.browser.submit("/c", "/c/identify", &[("email", address)]).await
    }

    /// Types a code.
    pub(crate) async fn types_code(&self, code: &str) -> Answer {
        self.browser.submit("/c", "/c/verify", &[("code", code)]).await
    }
}
