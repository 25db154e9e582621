//! What people, agents and strangers do while something goes wrong, and what they heard.

use super::house::House;
use crate::process::{
    killed::in_letters,
    wire::{Dm, PAGE, Wire, signature_by},
};
use aside_model::{ConversationId, ThreadId};
use std::{
    sync::atomic::{AtomicBool, Ordering},
    thread,
    time::Duration,
};

/// How many connections post webhooks at once.
const SENDERS: usize = 4;
/// How many messages each of them has at most in a round, so that looking at all of them takes no longer than a fault.
const MESSAGES: usize = 9;

/// A message to a brand.
#[derive(Clone)]
pub(super) struct Told {
    /// Which of the brands.
    pub(super) brand: usize,
    pub(super) dm: Dm,
}

/// An agent's reply.
#[derive(Clone)]
pub(super) struct Reply {
    pub(super) conversation: ConversationId,
    pub(super) thread: ThreadId,
    /// Whom it must reach.
    pub(super) person: String,
    /// Said in no other message.
    pub(super) text: String,
}

/// What was done in a round, and what came of it.
#[derive(Default)]
pub(super) struct Sent {
    /// Answered with 200.
    pub(super) acknowledged: Vec<Told>,
    /// Refused, or never answered.
    pub(super) open: Vec<Told>,
    /// Numbers of cards that people wrote.
    pub(super) cards: Vec<String>,
    /// Values that an agent saw.
    pub(super) seen: Vec<String>,
    /// What was answered and should not have been.
    pub(super) wrong: Vec<String>,
}

impl Sent {
    fn add(&mut self, other: Self) {
        self.acknowledged.extend(other.acknowledged);
        self.open.extend(other.open);
        self.cards.extend(other.cards);
        self.seen.extend(other.seen);
        self.wrong.extend(other.wrong);
    }
}

/// A number that any check of cards accepts and that nobody else writes.
fn card(number: u64) -> String {
    let digits = format!("4000{number:011}");
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(at, digit)| match (at % 2, u32::from(digit - b'0')) {
            (0, digit) => digit * 2 / 10 + digit * 2 % 10,
            (_, digit) => digit,
        })
        .sum();
    format!("{digits}{}", (10 - sum % 10) % 10)
}

/// Lets everybody act while `something` happens.
pub(super) fn during(house: &House, round: u32, sessions_end: bool, something: impl FnOnce()) -> Sent {
    let over = AtomicBool::new(false);
    let mut sent = Sent::default();
    thread::scope(|scope| {
        let over = &over;
        let mut acting = vec![scope.spawn(move || open_values(house, over, sessions_end))];
        for sender in 0..SENDERS {
            acting.push(scope.spawn(move || write(house, over, round, sender)));
        }
        something();
        over.store(true, Ordering::SeqCst);
        for one in acting {
            sent.add(one.join().unwrap());
        }
    });
    sent
}

/// A connection that is opened again whenever it breaks.
struct Line<'a> {
    house: &'a House,
    which: usize,
    wire: Option<Wire>,
}

impl Line<'_> {
    fn with<T>(&mut self, ask: impl FnOnce(&mut Wire) -> std::io::Result<T>) -> Option<T> {
        if self.wire.is_none() {
            self.wire = Wire::open(self.house.address(self.which)).ok();
        }
        let answer = self.wire.as_mut().and_then(|wire| ask(wire).ok());
        if answer.is_none() {
            self.wire = None;
            // Nobody is there: others need the machine to change that.
            thread::sleep(Duration::from_millis(15));
        }
        answer
    }
}

/// Writes to both brands, and posts what nobody signed.
fn write(house: &House, over: &AtomicBool, round: u32, sender: usize) -> Sent {
    let mut sent = Sent::default();
    let mut line = Line { house, which: sender, wire: None };
    let mut humans = None;
    for number in 0..MESSAGES {
        if over.load(Ordering::SeqCst) {
            break;
        }
        let which = (u64::from(round) * SENDERS as u64 + sender as u64) * 1_000 + number as u64;
        // Three messages a person, then somebody new.
        if number % 3 == 0 {
            humans = Some(house.person(&format!("Person {}", in_letters(which))));
        }
        let (person, humans) = humans.as_ref().expect("the first message has its writer");
        let name = in_letters(which);
        let about = match number % 3 {
            0 => "is my lamp on its way".to_owned(),
            1 => format!("write to {name}@example.com"),
            _ => {
                let card = card(which);
                let text = format!("my card is {card}");
                sent.cards.push(card);
                text
            }
        };
        let text = format!("Message {name}: {about}");
        let mid = humans[0].writes_dm(PAGE, &text).unwrap().swap_remove(0);
        let first = Told { brand: 0, dm: Dm { person: person.clone(), mid: mid.clone(), text } };
        post(&mut line, &mut sent, first);
        if number % 3 == sender % 3 {
            let text = format!("Elsewhere {name}: is my account open");
            humans[1].writes_dm(PAGE, &text).unwrap();
            post(&mut line, &mut sent, Told { brand: 1, dm: Dm { person: person.clone(), mid, text } });
        }
        if number % 3 == 1 {
            forge(&mut line, &mut sent, person, &name);
        }
    }
    sent
}

fn post(line: &mut Line<'_>, sent: &mut Sent, told: Told) {
    match line.with(|wire| deliver(line.house, wire, &told)) {
        Some(200) => sent.acknowledged.push(told),
        Some(status) => {
            if !matches!(status, 500 | 503) {
                sent.wrong.push(format!("3: a webhook was answered with {status}"));
            }
            sent.open.push(told);
        }
        None => sent.open.push(told),
    }
}

/// Posts a message as its network does.
fn deliver(house: &House, wire: &mut Wire, told: &Told) -> std::io::Result<u16> {
    let brand = &house.brands[told.brand];
    let body = told.dm.body();
    Ok(wire.hook_as(&brand.hook, &body, Some(&signature_by(brand.secret, &body)))?.status)
}

/// Posts what the network did not sign, or another brand's did.
fn forge(line: &mut Line<'_>, sent: &mut Sent, person: &str, name: &str) {
    let forged =
        Dm { person: person.to_owned(), mid: format!("m_forged_{name}"), text: format!("Forged {name}: x") };
    let body = forged.body();
    let others = signature_by(line.house.brands[1].secret, &body);
    for signed in [None, Some(others.as_str()), Some("sha256=00")] {
        let hook = line.house.brands[0].hook.clone();
        if let Some(answer) = line.with(|wire| wire.hook_as(&hook, &body, signed))
            && !matches!(answer.status, 400 | 401 | 403 | 500 | 503)
        {
            sent.wrong.push(format!("5: a forged webhook was answered with {}", answer.status));
        }
    }
}

/// Opens value after value.
fn open_values(house: &House, over: &AtomicBool, sessions_end: bool) -> Sent {
    let mut sent = Sent::default();
    let mut line = Line { house, which: 0, wire: None };
    for value in house.written.values.iter().cycle().take(40) {
        if over.load(Ordering::SeqCst) {
            break;
        }
        let place = &house.place;
        let answer = line.with(|wire| wire.reveal(&place.token, house.written.conversation, *value));
        match answer {
            Some(answer) if answer.status == 200 => {
                if !answer.body.contains("@example.com") {
                    sent.wrong.push("2: an opening shows no value".into());
                }
                sent.seen.push(value.to_string());
            }
            Some(answer) if matches!(answer.status, 500 | 503) => {}
            Some(answer) if answer.status == 401 && sessions_end => {}
            Some(answer) => sent.wrong.push(format!("2: an opening was answered with {}", answer.status)),
            None => {}
        }
        // Somebody who reads what they open.
        thread::sleep(Duration::from_millis(5));
    }
    sent
}

/// The network sends again what was not acknowledged, until it is.
pub(super) fn send_again(house: &House, list: &[Told]) {
    let mut line = Line { house, which: 0, wire: None };
    for (number, told) in list.iter().enumerate() {
        line.which = number;
        until(house, "a webhook is still refused", || {
            line.with(|wire| deliver(house, wire, told)) == Some(200)
        });
        line.wire = None;
    }
}

/// An agent replies, as often as it takes, always under the same key.
pub(super) fn reply(house: &House, reply: &Reply) {
    let path = format!("/conversations/{}/replies", reply.conversation);
    let body =
        serde_json::json!({ "thread": reply.thread.to_string(), "text": reply.text, "key": reply.text });
    until(house, "a reply is still refused", || {
        let token = &house.place.token;
        let status = Wire::open(house.address(1)).and_then(|mut wire| wire.api("POST", &path, token, &body));
        status.is_ok_and(|answer| matches!(answer.status, 200 | 202))
    });
}

/// The officer erases a customer, as often as it takes.
pub(super) fn erase(house: &House, conversation: ConversationId) -> bool {
    let path = format!("/conversations/{conversation}/customer");
    let body = serde_json::json!({ "reason": "asked for it by letter" });
    let answer =
        Wire::open(house.address(0)).and_then(|mut wire| wire.api("DELETE", &path, &house.officer, &body));
    // Gone already: an earlier attempt was carried out, and its answer lost.
    answer.is_ok_and(|answer| matches!(answer.status, 200 | 404))
}

/// Tries until it is so.
pub(super) fn until(house: &House, what: &str, mut it_is_so: impl FnMut() -> bool) {
    for _ in 0..2_000 {
        if it_is_so() {
            return;
        }
        // Other processes are waited for, which need the machine more than this does.
        thread::sleep(Duration::from_millis(20));
    }
    panic!("{what}:\n{}", house.log());
}
