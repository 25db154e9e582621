//! A browser without scripts: pages, forms, one cookie.

use super::{Answer, Seen};
use reqwest::{Client, Method, header};

/// A browser on one device.
#[derive(Clone)]
pub(crate) struct Browser {
    client: Client,
    pub(crate) url: String,
    pub(crate) cookie: String,
    seen: Seen,
}

impl Browser {
    pub(crate) fn new(client: Client, url: &str, seen: Seen) -> Self {
        Self { client, url: url.to_owned(), cookie: String::new(), seen }
    }

    /// The same browser with nothing in it: another device.
    pub(crate) fn another(&self) -> Self {
        Self { cookie: String::new(), ..self.clone() }
    }

    /// Opens a page.
    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Method::GET, path, &[], vec![]).await
    }

    /// Posts a form as our own page does.
    pub(crate) async fn post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        let body: String = form_encoded(form);
        let headers = [
            ("sec-fetch-site", "same-origin"),
            ("origin", "null"),
            ("content-type", "application/x-www-form-urlencoded"),
        ];
        self.send(Method::POST, path, &headers, body.into_bytes()).await
    }

    /// Posts a form with the token of the page that it stands on.
    pub(crate) async fn submit(&self, page: &str, path: &str, form: &[(&str, &str)]) -> Answer {
        let token = self.get(page).await.field("csrf");
        self.post(path, &[form, &[("csrf", &token)]].concat()).await
    }

    /// Posts JSON as our own scripts do.
    pub(crate) async fn post_json(&self, page: &str, path: &str, json: &serde_json::Value) -> Answer {
        let token = self.get(page).await.field("csrf");
        let headers = [
            ("sec-fetch-site", "same-origin"),
            ("content-type", "application/json"),
            ("aside-csrf", token.as_str()),
        ];
        self.send(Method::POST, path, &headers, json.to_string().into_bytes()).await
    }

    /// Any request. Addresses of our own may be given whole.
    pub(crate) async fn send(
        &self,
        method: Method,
        path: &str,
        headers: &[(&str, &str)],
        body: Vec<u8>,
    ) -> Answer {
        let path = path.strip_prefix(&self.url).unwrap_or(path);
        let mut request = self.client.request(method, format!("{}{path}", self.url)).body(body);
        if !self.cookie.is_empty() {
            request = request.header(header::COOKIE, &self.cookie);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = request.send().await.unwrap();
        let (status, headers) = (answer.status(), answer.headers().clone());
        let text = answer.text().await.unwrap();
        self.seen.keep(path, &headers, &text);
        Answer { status, headers, text }
    }

    /// Keeps the cookie that an answer set.
    pub(crate) fn keep(&mut self, answer: &Answer) {
        let cookie = answer.header("set-cookie");
        assert!(cookie.starts_with("__Host-aside-"), "no session began: {} {}", answer.status, answer.text);
        cookie.split(';').next().unwrap().clone_into(&mut self.cookie);
    }

    /// Opens a stream of live events from the first one on and reads until `enough` says so.
    pub(crate) async fn listens(&self, path: &str, enough: impl Fn(&str) -> bool) -> String {
        let url = format!("{}{path}?after=0", self.url);
        let mut answer = self.client.get(url).header(header::COOKIE, &self.cookie).send().await.unwrap();
        assert_eq!(answer.headers()["content-type"], "text/event-stream");
        let mut text = String::new();
        while let Some(chunk) = answer.chunk().await.unwrap() {
            text.push_str(std::str::from_utf8(&chunk).unwrap());
            if enough(&text) {
                break;
            }
        }
        self.seen.keep(path, answer.headers(), &text);
        text
    }
}

/// Fields as `application/x-www-form-urlencoded`.
fn form_encoded(fields: &[(&str, &str)]) -> String {
    let escaped = |text: &str| -> String {
        text.bytes()
            .map(|b| match b {
                b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'*' => {
                    char::from(b).to_string()
                }
                b' ' => "+".to_owned(),
                other => format!("%{other:02X}"),
            })
            .collect()
    };
    let pairs: Vec<String> = fields.iter().map(|(n, v)| format!("{}={}", escaped(n), escaped(v))).collect();
    pairs.join("&")
}
