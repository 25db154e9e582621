//! What Instagram knows: accounts, people, media, comments, direct threads.

use super::{InstagramConfig, event::Told};
use crate::{NotThere, Received, delivery::Courier, meta::usage::Counter};
use aside_model::{Clock, Language, Time};
use serde_json::{Value, json};
use std::{collections::BTreeMap, sync::Arc};

pub(super) struct State {
    pub(super) clock: Arc<dyn Clock>,
    receipts: bool,
    echoes: bool,
    pub(super) accounts: BTreeMap<String, AccountState>,
    pub(super) people: Vec<Human>,
    pub(super) media: BTreeMap<String, Media>,
    pub(super) comments: BTreeMap<String, Comment>,
    /// By account and the person's id there.
    pub(super) threads: BTreeMap<(String, String), Thread>,
    pub(super) courier: Courier<Told>,
    next: u64,
}

pub(super) struct AccountState {
    pub(super) token: String,
    pub(super) username: String,
    /// Its place among the accounts; part of people's ids there.
    number: usize,
    pub(super) calls: Counter,
}

pub(super) struct Human {
    pub(super) name: String,
    pub(super) username: String,
    pub(super) language: Language,
}

pub(super) struct Media {
    pub(super) id: String,
    pub(super) account: String,
    /// The id of its copy in an advertisement.
    pub(super) copy: String,
    pub(super) boosted: bool,
    /// Whether it is a broadcast that goes on; none is no broadcast.
    pub(super) live: Option<bool>,
}

pub(super) struct Comment {
    pub(super) id: String,
    pub(super) media: String,
    /// The comment that it answers.
    pub(super) parent: Option<String>,
    /// Who wrote it; none is the account itself.
    pub(super) human: Option<usize>,
    pub(super) author: String,
    pub(super) username: String,
    pub(super) text: String,
    pub(super) at: Time,
    pub(super) hidden: bool,
    pub(super) replied_privately: bool,
}

#[derive(Default)]
pub(super) struct Thread {
    /// When the person last wrote.
    pub(super) heard_at: Option<Time>,
    pub(super) blocked: bool,
    pub(super) received: Vec<Received>,
    /// What the person wrote and did not take back, by id, and how often it was changed.
    pub(super) written: BTreeMap<String, u32>,
}

impl State {
    pub(super) fn new(config: &InstagramConfig, courier: Courier<Told>) -> Self {
        let accounts = config.accounts.iter().enumerate().map(|(number, account)| {
            let (token, username) = (account.token.clone(), account.username.clone());
            (account.id.clone(), AccountState { token, username, number, calls: Counter::default() })
        });
        Self {
            clock: Arc::clone(&config.clock),
            receipts: config.receipts,
            echoes: config.echoes,
            accounts: accounts.collect(),
            people: Vec::new(),
            media: BTreeMap::new(),
            comments: BTreeMap::new(),
            threads: BTreeMap::new(),
            courier,
            next: 1,
        }
    }

    pub(super) fn now(&self) -> Time {
        self.clock.now()
    }

    fn account(&self, id: &str) -> Result<&AccountState, NotThere> {
        self.accounts.get(id).ok_or_else(|| NotThere::new("account", id))
    }

    /// A number that was never given before.
    pub(super) fn number(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    pub(super) fn mid(&mut self) -> String {
        format!("aWdfsim{:08}", self.number())
    }

    /// A person's id at an account: the same under its media and in its messages.
    pub(super) fn igsid(&self, human: usize, account: &str) -> Result<String, NotThere> {
        Ok(format!("555{:03}{human:010}", self.account(account)?.number))
    }

    /// The person behind an id at an account.
    pub(super) fn human(&self, igsid: &str, account: &str) -> Option<usize> {
        let prefix = format!("555{:03}", self.accounts.get(account)?.number);
        let digits = igsid.strip_prefix(&prefix).filter(|digits| digits.len() == 10)?;
        digits.parse().ok().filter(|&human| human < self.people.len())
    }

    pub(super) fn thread(&mut self, account: &str, igsid: &str) -> &mut Thread {
        self.threads.entry((account.to_owned(), igsid.to_owned())).or_default()
    }

    pub(super) fn add_media(&mut self, account: &str, is_live: bool) -> Result<String, NotThere> {
        self.account(account)?;
        let number = self.number();
        let id = format!("1795{number:013}");
        let media = Media {
            id: id.clone(),
            account: account.to_owned(),
            copy: format!("1796{number:013}"),
            boosted: false,
            live: is_live.then_some(true),
        };
        self.media.insert(id.clone(), media);
        Ok(id)
    }

    /// Writes a comment under media or another comment, in the name of a person or of the account. An answer
    /// to an answer goes under the first comment.
    pub(super) fn add_comment(
        &mut self,
        under: &str,
        human: Option<usize>,
        text: &str,
    ) -> Result<String, NotThere> {
        let (media, parent) = match (self.media.get(under), self.comments.get(under)) {
            (Some(media), _) => (media.id.clone(), None),
            (None, Some(comment)) => {
                (comment.media.clone(), Some(comment.parent.clone().unwrap_or_else(|| under.to_owned())))
            }
            (None, None) => return Err(NotThere::new("media or comment", under)),
        };
        let account = self.media[&media].account.clone();
        let (author, username) = match human {
            Some(human) => (self.igsid(human, &account)?, self.people[human].username.clone()),
            None => (account.clone(), self.account(&account)?.username.clone()),
        };
        let id = format!("1790{:013}", self.number());
        let comment = Comment {
            id: id.clone(),
            media: media.clone(),
            parent,
            human,
            author,
            username,
            text: text.to_owned(),
            at: self.now(),
            hidden: false,
            replied_privately: false,
        };
        let media = &self.media[&media];
        self.courier.push(Told::comment(media, &comment, false));
        if media.boosted {
            self.courier.push(Told::comment(media, &comment, true));
        }
        self.comments.insert(id.clone(), comment);
        Ok(id)
    }

    /// Queues something that a person did in direct messages, which opens the window.
    pub(super) fn tell_directly(&mut self, account: &str, igsid: &str, key: &str, part: Value) {
        let at = self.now();
        self.courier.push(Told::direct(account, igsid, false, at, key, part));
        self.thread(account, igsid).heard_at = Some(at);
    }

    /// Queues something that opens no window.
    pub(super) fn tell_aside(&mut self, account: &str, igsid: &str, key: &str, part: Value) {
        let at = self.now();
        self.courier.push(Told::direct(account, igsid, false, at, key, part));
    }

    /// Brings an account's message to a person, and queues what the network reports of it.
    pub(super) fn bring(
        &mut self,
        account: &str,
        igsid: &str,
        text: &str,
        answers: Option<String>,
    ) -> String {
        let (mid, at) = (self.mid(), self.now());
        let received = Received { mid: mid.clone(), text: text.to_owned(), at, answers };
        self.thread(account, igsid).received.push(received);
        if self.echoes {
            let part = json!({ "mid": mid, "text": text, "is_echo": true });
            self.courier.push(Told::direct(account, igsid, true, at, "message", part));
        }
        if self.receipts {
            self.tell_aside(account, igsid, "read", json!({ "mid": mid }));
        }
        mid
    }
}
