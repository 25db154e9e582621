//! What the network knows: pages, people, comments, direct threads, and what waits for its delivery.

use crate::{delivery::Courier, event::Event, meta::usage::Counter};
use aside_model::{Clock, Language, Time};
use serde_json::{Value, json};
use std::{collections::BTreeMap, sync::Arc};

/// What was asked for is not on this network.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("there is no {what} {id} on the simulated network")]
pub struct NotThere {
    /// What was asked for.
    pub what: &'static str,
    /// Under which id.
    pub id: String,
}

impl NotThere {
    pub(crate) fn new(what: &'static str, id: &str) -> Self {
        Self { what, id: id.to_owned() }
    }
}

/// A message that a customer got.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Received {
    /// Its id.
    pub mid: String,
    /// What it says.
    pub text: String,
    /// When it was sent.
    pub at: Time,
    /// The comment that it answers in private, if it does.
    pub answers: Option<String>,
}

/// A page's public answer under a comment or a post.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reply {
    /// Its id.
    pub id: String,
    /// What it says.
    pub text: String,
    /// When it was written.
    pub at: Time,
}

pub(crate) struct Network {
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) app_id: u64,
    pub(crate) receipts: bool,
    pub(crate) echoes: bool,
    pub(crate) pages: BTreeMap<String, Page>,
    pub(crate) people: Vec<Human>,
    pub(crate) posts: BTreeMap<String, String>,
    pub(crate) comments: BTreeMap<String, Comment>,
    /// By page and the person's id there.
    pub(crate) threads: BTreeMap<(String, String), Thread>,
    pub(crate) courier: Courier<Event>,
    next: u64,
}

pub(crate) struct Page {
    pub(crate) id: String,
    pub(crate) token: String,
    pub(crate) name: String,
    /// Its place among the pages; part of people's ids there.
    pub(crate) number: usize,
    pub(crate) about: Option<String>,
    pub(crate) greeting: Vec<Value>,
    pub(crate) calls: Counter,
    pub(crate) profile_calls: Counter,
}

pub(crate) struct Human {
    pub(crate) name: String,
    pub(crate) language: Language,
}

pub(crate) struct Comment {
    pub(crate) id: String,
    pub(crate) page: String,
    pub(crate) post: String,
    pub(crate) parent: String,
    /// Who wrote it; none is the page itself.
    pub(crate) human: Option<usize>,
    pub(crate) author_id: String,
    pub(crate) author_name: String,
    pub(crate) text: String,
    pub(crate) photo: Option<String>,
    pub(crate) at: Time,
    pub(crate) hidden: bool,
    pub(crate) removed: bool,
    pub(crate) replied_privately: bool,
}

#[derive(Default)]
pub(crate) struct Thread {
    /// When the person last wrote.
    pub(crate) heard_at: Option<Time>,
    pub(crate) blocked: bool,
    pub(crate) received: Vec<Received>,
    /// What the person wrote, by id: the text, and how often it was changed.
    pub(crate) written: BTreeMap<String, (String, u32)>,
}

impl Network {
    pub(crate) fn new(config: &crate::SimConfig, courier: Courier<Event>) -> Self {
        let page = |(number, page): (usize, &crate::Page)| {
            let page = Page {
                id: page.id.clone(),
                token: page.token.clone(),
                name: page.name.clone(),
                number,
                about: None,
                greeting: Vec::new(),
                calls: Counter::default(),
                profile_calls: Counter::default(),
            };
            (page.id.clone(), page)
        };
        Self {
            clock: Arc::clone(&config.clock),
            app_id: config.app_id,
            receipts: config.receipts,
            echoes: config.echoes,
            pages: config.pages.iter().enumerate().map(page).collect(),
            people: Vec::new(),
            posts: BTreeMap::new(),
            comments: BTreeMap::new(),
            threads: BTreeMap::new(),
            courier,
            next: 1,
        }
    }

    pub(crate) fn now(&self) -> Time {
        self.clock.now()
    }

    pub(crate) fn page(&self, id: &str) -> Result<&Page, NotThere> {
        self.pages.get(id).ok_or_else(|| NotThere::new("page", id))
    }

    /// A number that was never given before.
    pub(crate) fn number(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    pub(crate) fn mid(&mut self) -> String {
        format!("m_sim-{:08}", self.number())
    }

    /// A person's id in a page's Messenger.
    pub(crate) fn psid(&self, human: usize, page: &str) -> Result<String, NotThere> {
        Ok(format!("248{:03}{human:011}", self.page(page)?.number))
    }

    /// The person behind an id in a page's Messenger.
    pub(crate) fn human(&self, psid: &str, page: &str) -> Option<usize> {
        let prefix = format!("248{:03}", self.pages.get(page)?.number);
        let digits = psid.strip_prefix(&prefix).filter(|digits| digits.len() == 11)?;
        digits.parse().ok().filter(|&human| human < self.people.len())
    }

    /// A person's id under a page's posts; not the one in its Messenger.
    pub(crate) fn author_id(&self, human: usize, page: &str) -> Result<String, NotThere> {
        Ok(format!("710{:03}{human:011}", self.page(page)?.number))
    }

    pub(crate) fn thread(&mut self, page: &str, psid: &str) -> &mut Thread {
        self.threads.entry((page.to_owned(), psid.to_owned())).or_default()
    }

    pub(crate) fn add_post(&mut self, page: &str) -> Result<String, NotThere> {
        self.page(page)?;
        let id = format!("{page}_122{:012}", self.number());
        self.posts.insert(id.clone(), page.to_owned());
        Ok(id)
    }

    /// Writes a comment under a post or another comment, in the name of a person or of the page.
    pub(crate) fn add_comment(
        &mut self,
        under: &str,
        human: Option<usize>,
        text: &str,
        photo: Option<String>,
    ) -> Result<String, NotThere> {
        let (page, post) = match (self.posts.get(under), self.comments.get(under)) {
            (Some(page), _) => (page.clone(), under.to_owned()),
            (None, Some(comment)) if !comment.removed => (comment.page.clone(), comment.post.clone()),
            _ => return Err(NotThere::new("post or comment", under)),
        };
        let (author_id, author_name) = match human {
            Some(human) => (self.author_id(human, &page)?, self.people[human].name.clone()),
            None => (page.clone(), self.page(&page)?.name.clone()),
        };
        let tail = post.split_once('_').map_or(post.as_str(), |(_, tail)| tail).to_owned();
        let comment = Comment {
            id: format!("{tail}_900{:012}", self.number()),
            page,
            post,
            parent: under.to_owned(),
            human,
            author_id,
            author_name,
            text: text.to_owned(),
            photo,
            at: self.now(),
            hidden: false,
            removed: false,
            replied_privately: false,
        };
        let id = comment.id.clone();
        self.comments.insert(id.clone(), comment);
        self.tell_of_comment(&id, "add");
        Ok(id)
    }

    pub(crate) fn comment(&mut self, id: &str) -> Result<&mut Comment, NotThere> {
        self.comments
            .get_mut(id)
            .filter(|comment| !comment.removed)
            .ok_or_else(|| NotThere::new("comment", id))
    }

    /// Queues what happened to a comment.
    pub(crate) fn tell_of_comment(&mut self, id: &str, verb: &str) {
        let Some(comment) = self.comments.get(id) else { return };
        if let Some(page) = self.pages.get(&comment.page) {
            self.courier.push(Event::comment(page, comment, verb, self.clock.now()));
        }
    }

    /// Queues something that a person did in Messenger. Writing, reacting and pressing a button open the
    /// window; the vendor does not say so of edits.
    pub(crate) fn tell_directly(&mut self, page: &str, psid: &str, key: &str, part: Value) {
        let at = self.now();
        self.courier.push(Event::direct(page, psid, false, at, key, part));
        if key != "message_edit" {
            self.thread(page, psid).heard_at = Some(at);
        }
    }

    /// Brings a page's message to a person, and queues what the network reports of it.
    pub(crate) fn bring(&mut self, page: &str, psid: &str, text: &str, answers: Option<String>) -> String {
        let (mid, at) = (self.mid(), self.now());
        let received = Received { mid: mid.clone(), text: text.to_owned(), at, answers };
        self.thread(page, psid).received.push(received);
        if self.echoes {
            let part = json!({ "mid": mid, "is_echo": true, "app_id": self.app_id, "text": text });
            self.courier.push(Event::direct(page, psid, true, at, "message", part));
        }
        if self.receipts {
            let delivered = json!({ "mids": [mid], "watermark": at.millis() });
            self.courier.push(Event::direct(page, psid, false, at, "delivery", delivered));
            let read = json!({ "watermark": at.millis() });
            self.courier.push(Event::direct(page, psid, false, at, "read", read));
        }
        mid
    }
}
