//! A customer's browser without scripts: pages, forms, one cookie. Everything that comes back is kept for
//! whoever wants to look through it.

use crate::command::Failure;
use reqwest::{Client, StatusCode, header};
use std::sync::{Arc, Mutex, PoisonError};

/// Looks at every response.
pub(crate) type Watch = Arc<Mutex<dyn FnMut(&str, &str) + Send>>;

/// A browser on one device.
pub(crate) struct Browser {
    client: Client,
    origin: String,
    cookie: Option<String>,
    watch: Option<Watch>,
}

/// A page.
pub(crate) struct Page {
    pub(crate) status: StatusCode,
    pub(crate) text: String,
    location: Option<String>,
}

impl Browser {
    /// A browser that talks to this installation.
    pub(crate) fn new(client: Client, origin: &str, watch: Option<Watch>) -> Self {
        Self { client, origin: origin.to_owned(), cookie: None, watch }
    }

    /// Opens a page, following redirects within the installation.
    pub(crate) async fn open(&mut self, url: &str) -> Result<Page, Failure> {
        let mut url = self.absolute(url);
        for _ in 0..5 {
            let page = self.send(self.client.get(&url), &url).await?;
            match &page.location {
                Some(next) if page.status.is_redirection() => url = self.absolute(next),
                _ => return Ok(page),
            }
        }
        Err(Failure::new("too many redirects"))
    }

    /// Sends a form that stands on a page, with these fields on top of its hidden ones.
    pub(crate) async fn submit(
        &mut self,
        page: &Page,
        action: &str,
        fields: &[(&str, &str)],
    ) -> Result<Page, Failure> {
        let url = self.absolute(action);
        let form = form_with(&page.text, action)
            .ok_or_else(|| Failure::new(format!("the page has no form for {}", without_link(action))))?;
        let mut all: Vec<(String, String)> = hidden_fields(form);
        all.extend(fields.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())));
        let request = self.client.post(&url).header(header::ORIGIN, &self.origin).form(&all);
        let answer = self.send(request, &url).await?;
        match answer.location.clone() {
            Some(next) if answer.status.is_redirection() => self.open(&next).await,
            _ => Ok(answer),
        }
    }

    fn absolute(&self, url: &str) -> String {
        if url.starts_with('/') { format!("{}{url}", self.origin) } else { url.to_owned() }
    }

    async fn send(&mut self, mut request: reqwest::RequestBuilder, url: &str) -> Result<Page, Failure> {
        if let Some(cookie) = &self.cookie {
            request = request.header(header::COOKIE, cookie);
        }
        let failed = |e: reqwest::Error| Failure::new(format!("a page did not answer: {}", e.without_url()));
        let response = request.send().await.map_err(failed)?;
        let status = response.status();
        let text_of = |name| response.headers().get(name).and_then(|v| v.to_str().ok()).map(str::to_owned);
        if let Some(set) = text_of(header::SET_COOKIE) {
            self.cookie = set.split(';').next().map(str::to_owned);
        }
        let location = text_of(header::LOCATION);
        let text = response.text().await.map_err(failed)?;
        if let Some(watch) = &self.watch {
            let mut watch = watch.lock().unwrap_or_else(PoisonError::into_inner);
            watch(&without_link(url), &text);
        }
        Ok(Page { status, text, location })
    }
}

/// An address without the secret that may stand in it.
fn without_link(url: &str) -> String {
    match url.split_once("/c/") {
        Some((before, rest)) if rest.len() >= 40 => format!("{before}/c/…"),
        _ => url.to_owned(),
    }
}

/// The form of a page that posts to this address.
fn form_with<'a>(html: &'a str, action: &str) -> Option<&'a str> {
    let path = action.find("/c").map_or(action, |at| &action[at..]);
    let at = html.find(&format!("action=\"{path}\""))?;
    let end = html[at..].find("</form>")? + at;
    Some(&html[at..end])
}

/// Names and values of a form's hidden fields.
fn hidden_fields(form: &str) -> Vec<(String, String)> {
    form.split("<input ")
        .skip(1)
        .filter(|input| input.contains("type=\"hidden\""))
        .filter_map(|input| {
            let attribute = |name: &str| {
                let start = input.find(&format!("{name}=\""))? + name.len() + 2;
                let end = input[start..].find('"')? + start;
                Some(input[start..end].to_owned())
            };
            Some((attribute("name")?, attribute("value")?))
        })
        .collect()
}
