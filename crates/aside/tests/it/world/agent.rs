//! Somebody who answers for a brand, at the API and in the console.

use super::{Answer, Brand, Browser, Conversation, World};
use aside_app::NewAgent;
use aside_model::{Clock, Raw, Role};
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};
use std::time::Duration;

const PASSWORD: &str = "correct horse battery";

/// A signed-in agent.
#[derive(Clone)]
pub(crate) struct Agent {
    /// Their browser in the console.
    pub(crate) browser: Browser,
    /// Their token at the API.
    pub(crate) token: String,
}

/// What somebody signs in with.
#[derive(Clone)]
pub(crate) struct Credentials {
    pub(crate) login: String,
    pub(crate) password: &'static str,
    factor: Vec<u8>,
}

impl Credentials {
    /// Adds an agent.
    pub(crate) async fn of_new(world: &World, brand: &Brand, login: &str, role: Role) -> Self {
        let new = NewAgent {
            login: login.into(),
            name: format!("{login} the {}", role.name().replace('_', " ")),
            role,
            password: Raw::new(PASSWORD.into()),
        };
        let factor = world.app.add_agent(brand.id, new).await.unwrap();
        Self { login: login.into(), password: PASSWORD, factor }
    }

    /// The code of this moment.
    pub(crate) fn code(&self, world: &World) -> String {
        let totp = totp_rs::Builder::new().with_secret(self.factor.as_slice()).build().unwrap();
        totp.generate(u64::try_from(world.clock.now().0 / 1_000_000).unwrap()).to_string()
    }

    /// Signs in at the API, whatever comes of it.
    pub(crate) async fn sign_in(&self, world: &World, password: &str, code: &str) -> Answer {
        let body = json!({ "login": self.login, "password": password, "code": code });
        let json = [("content-type", "application/json")];
        let body = body.to_string().into_bytes();
        world.browser().send(Method::POST, "/api/v1/sign-in", &json, body).await
    }
}

impl Agent {
    pub(crate) async fn signed_in(world: &World, brand: &Brand, login: &str, role: Role) -> Self {
        let credentials = Credentials::of_new(world, brand, login, role).await;
        Self::with(world, &credentials).await
    }

    /// Signs in with credentials whose code was not used yet.
    pub(crate) async fn with(world: &World, credentials: &Credentials) -> Self {
        let code = credentials.code(world);
        let answer = credentials.sign_in(world, credentials.password, &code).await.must_be(200);
        // The next one who signs in with the same factor needs the next code.
        world.pass(Duration::from_mins(1));
        let token = answer.json()["token"].as_str().unwrap().to_owned();
        let mut browser = world.browser();
        browser.cookie = format!("__Host-aside-agent={token}");
        Self { browser, token }
    }

    /// Any request at the API.
    pub(crate) async fn send(&self, method: Method, path: &str, kind: &str, body: Vec<u8>) -> Answer {
        let bearer = format!("Bearer {}", self.token);
        let headers = [("authorization", bearer.as_str()), ("content-type", kind)];
        self.browser.another().send(method, &format!("/api/v1{path}"), &headers, body).await
    }

    /// Reads at the API.
    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, "application/json", vec![]).await
    }

    /// Posts JSON to the API.
    pub(crate) async fn post(&self, path: &str, body: &Value) -> Answer {
        self.send(Method::POST, path, "application/json", body.to_string().into_bytes()).await
    }

    /// The inbox, newest first.
    pub(crate) async fn inbox(&self) -> Vec<Value> {
        let answer = self.get("/conversations").await.must_be(200).json();
        answer["lines"].as_array().unwrap().clone()
    }

    /// A conversation.
    pub(crate) async fn conversation(&self, id: &str) -> Conversation {
        Conversation::new(self.get(&format!("/conversations/{id}")).await.must_be(200).json())
    }

    /// Answers on a thread; the same key twice is the same reply.
    pub(crate) async fn replies_as(
        &self,
        key: &str,
        conversation: &Conversation,
        thread: &str,
        text: &str,
    ) -> Answer {
        let body = json!({ "thread": thread, "text": text, "key": key });
        self.post(&format!("/conversations/{}/replies", conversation.id()), &body).await
    }

    /// Answers on a thread.
    pub(crate) async fn replies(&self, conversation: &Conversation, thread: &str, text: &str) -> Answer {
        self.replies_as(&format!("{thread}/{text}"), conversation, thread, text).await
    }

    /// Answers on a thread, with a reason.
    pub(crate) async fn replies_because(
        &self,
        conversation: &Conversation,
        thread: &str,
        text: &str,
        reason: &str,
    ) -> Answer {
        let body =
            json!({ "thread": thread, "text": text, "reason": reason, "key": format!("{text}/{reason}") });
        self.post(&format!("/conversations/{}/replies", conversation.id()), &body).await
    }

    /// What the rules say about a draft.
    pub(crate) async fn checks(&self, conversation: &Conversation, thread: &str, text: &str) -> Answer {
        let body = json!({ "conversation": conversation.id(), "thread": thread, "text": text });
        self.post("/drafts/check", &body).await
    }

    /// Asks for a value.
    pub(crate) async fn reveals(&self, conversation: &str, value: &str, purpose: &str) -> Answer {
        let body = json!({ "value": value, "purpose": purpose });
        self.post(&format!("/conversations/{conversation}/reveals"), &body).await
    }

    /// Invites the customer to the secure channel.
    pub(crate) async fn moves_up(&self, conversation: &Conversation) -> Answer {
        self.post(&format!("/conversations/{}/moves", conversation.id()), &json!({})).await
    }

    /// Erases a conversation's customer.
    pub(crate) async fn erases(&self, conversation: &str, reason: &str) -> Answer {
        let body = json!({ "reason": reason }).to_string().into_bytes();
        let path = format!("/conversations/{conversation}/customer");
        self.send(Method::DELETE, &path, "application/json", body).await
    }

    /// Imports known contacts.
    pub(crate) async fn imports(&self, csv: &str) -> Answer {
        self.send(Method::POST, "/contacts", "text/csv", csv.as_bytes().to_vec()).await
    }

    /// Whether the session still counts.
    pub(crate) async fn is_signed_in(&self) -> bool {
        self.get("/conversations").await.status == StatusCode::OK
    }
}
