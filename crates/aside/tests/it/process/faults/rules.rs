//! The ten rules, looked up after a round.

use super::{
    house::House,
    traffic::{Reply, Told, until},
};
use crate::{
    database::on_postgres,
    process::{killed::start_of, look::Look, wire::Wire},
};
use aside::leaks::Search;
use aside_app::views::{ConversationView, Piece, TimelineItem};
use aside_model::{Author, ConversationId, Rung, ThreadId};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Somebody whose conversation an agent can go on with.
#[derive(Clone)]
pub(super) struct Known {
    pub(super) person: String,
    pub(super) conversation: ConversationId,
    pub(super) thread: ThreadId,
}

/// What was found.
#[derive(Default)]
pub(super) struct Found {
    /// How many acknowledged messages are there.
    pub(super) there: usize,
    /// How many are there more than once.
    pub(super) doubles: usize,
    /// What must not be: the rule's number, and what.
    pub(super) wrong: Vec<String>,
    pub(super) known: Vec<Known>,
}

impl Found {
    fn expect(&mut self, right: bool, wrong: impl FnOnce() -> String) {
        if !right {
            self.wrong.push(wrong());
        }
    }
}

/// What a customer said, message by message; nothing for one that could not be checked.
fn said(view: &ConversationView) -> Vec<Option<String>> {
    let messages = view.timeline.iter().filter_map(|item| match item {
        TimelineItem::Message(message) if message.author == Author::Customer => Some(message),
        _ => None,
    });
    let texts = messages.map(|message| {
        let texts = message.pieces.iter().filter_map(|piece| match piece {
            Piece::Text { text } => Some(text.as_str()),
            _ => None,
        });
        (!message.unchecked).then(|| texts.collect())
    });
    texts.collect()
}

/// Rules 3, 6 and 10: what these people wrote is there exactly once, at the brand they wrote to and nowhere else,
/// and masked.
pub(super) async fn people(house: &House, look: &Look<'_>, sent: &[Told]) -> Found {
    let mut found = Found::default();
    let mut of: BTreeMap<(usize, &str), BTreeSet<String>> = BTreeMap::new();
    for told in sent {
        for brand in 0..house.brands.len() {
            of.entry((brand, &told.dm.person)).or_default();
        }
        of.entry((told.brand, &told.dm.person)).or_default().insert(start_of(&told.dm.text));
    }
    for ((brand, person), must) in of {
        let view = look.conversation_of(house.brands[brand].id, person).await;
        let said = view.as_ref().map(said).unwrap_or_default();
        let mut missing = must.clone();
        for text in said.iter().flatten() {
            let start = start_of(text);
            found.expect(must.contains(&start), || format!("6: `{start}` is at brand {brand}"));
            found.expect(!text.contains("@example.com"), || format!("10: {person}'s address is shown"));
            if must.contains(&start) && !missing.remove(&start) {
                found.doubles += 1;
                found.wrong.push(format!("3: `{start}` is there twice"));
            }
        }
        // What could not be checked in time is kept, and told by its id alone.
        let unchecked = said.iter().filter(|text| text.is_none()).count();
        found.expect(missing.len() <= unchecked, || {
            format!("3: lost of {person}, brand {brand}: {missing:?}")
        });
        found.there += must.len() - missing.len().saturating_sub(unchecked);
        if let (0, Some(view)) = (brand, view)
            && let Some(direct) = view.threads.iter().find(|t| t.rung == Rung::Direct && t.closed.is_none())
        {
            let thread = direct.thread;
            found.known.push(Known { person: person.to_owned(), conversation: view.conversation, thread });
        }
    }
    found
}

/// Rule 10 at a door: what an agent reads of a conversation and in the inbox shows no address and no card.
pub(super) fn doors(house: &House, known: &Known, cards: &[String], found: &mut Found) {
    for path in [format!("/conversations/{}", known.conversation), "/conversations".to_owned()] {
        let mut read = String::new();
        until(house, "nothing can be read", || {
            let wire = Wire::open(house.address(0));
            let answer = wire
                .and_then(|mut wire| wire.api("GET", &path, &house.place.token, &serde_json::Value::Null));
            answer.is_ok_and(|answer| {
                read = answer.body;
                answer.status == 200
            })
        });
        found.expect(!read.contains("@example.com"), || format!("10: {path} shows an address"));
        found.expect(!cards.iter().any(|card| read.contains(card)), || format!("1: {path} shows a card"));
    }
}

/// Rule 2: every opening that was seen is recorded.
pub(super) async fn openings(
    house: &House,
    look: &Look<'_>,
    seen: &HashMap<String, usize>,
    found: &mut Found,
) {
    let recorded = look.openings(house.written.conversation).await;
    for (value, times) in seen {
        let recorded = recorded.get(value).copied().unwrap_or(0);
        found.expect(recorded >= *times, || format!("2: opened {times} times, recorded {recorded} times"));
    }
}

/// Rule 4: a reply reached nobody but the person it was for, and once at most; no invitation came twice.
pub(super) fn inboxes(house: &House, people: &BTreeSet<String>, replies: &[Reply], found: &mut Found) {
    let whose: HashMap<&str, &str> = replies.iter().map(|r| (r.text.as_str(), r.person.as_str())).collect();
    for brand in 0..house.brands.len() {
        for person in people {
            let mut texts = BTreeSet::new();
            for text in house.inbox(brand, person) {
                if let Some(meant) = whose.get(text.as_str()) {
                    let right = *meant == person && brand == 0;
                    found
                        .expect(right, || format!("4: a reply to {meant} reached {person} of brand {brand}"));
                }
                found.expect(texts.insert(text.clone()), || format!("4: {person} got twice: {text}"));
            }
        }
    }
}

/// Rules 1, 5, 6 and 7, over everything that is stored and every key there is.
pub(super) async fn everything(
    house: &House,
    look: &Look<'_>,
    all: &[Told],
    erased: &BTreeSet<String>,
    cards: &[String],
    found: &mut Found,
) {
    for (number, brand) in house.brands.iter().enumerate() {
        let ids = look.message_ids_of(brand.id).await;
        for told in all.iter().filter(|told| told.brand == number) {
            // Whoever was erased at one brand stays a customer of the other.
            let (is_gone, times) = (number == 0 && erased.contains(&told.dm.person), ids.get(&told.dm.mid));
            let right = times.copied().unwrap_or(0) == usize::from(!is_gone);
            let rule = if is_gone { 7 } else { 3 };
            found.expect(right, || {
                format!("{rule}: {} is there {times:?} times, gone: {is_gone}", told.dm.mid)
            });
        }
        let forged = ids.keys().filter(|id| id.starts_with("m_forged_")).count();
        found.expect(forged == 0, || format!("5: {forged} forged messages were taken in"));
    }
    for person in erased {
        let view = look.conversation_of(house.brands[0].id, person).await;
        found.expect(view.is_none(), || format!("7: the erased {person} has a conversation"));
    }
    let search = Search::new(cards).unwrap();
    let mut leaks = search.in_folder(&house.place.data()).unwrap();
    if on_postgres() {
        for (table, rows) in house.place.database().dump() {
            for (column, cell) in rows.iter().flatten() {
                let place = format!("{table}.{column}");
                leaks.extend(search.in_bytes(cell.as_bytes(), &place));
                leaks.extend(search.in_bytes(&hex::decode(cell).unwrap_or_default(), &place));
            }
        }
    }
    for brand in &house.brands {
        leaks.extend(search.in_store(&look.app, brand.id).await.unwrap());
    }
    for leak in leaks {
        found.wrong.push(format!("1: a card lies in {}", leak.place));
    }
}

/// Rule 4, once nothing more goes out: what the network has is what the program says was sent, and what it says it
/// does not know of, at most.
pub(super) fn sent(house: &House, people: &BTreeSet<String>, erased: &BTreeSet<String>, found: &mut Found) {
    let count = |states: &str| {
        let sql = format!(
            "SELECT count(*) FROM jobs WHERE kind IN ('send', 'private_reply') AND state IN ({states})"
        );
        usize::try_from(house.place.database().count(&sql)).unwrap()
    };
    let (done, open) = (count("'done'"), count("'unknown', 'running'"));
    let received = |number: usize| {
        let still = people.iter().filter(|person| number > 0 || !erased.contains(*person));
        still.map(|person| house.inbox(number, person).len()).sum::<usize>()
    };
    let received = received(0) + received(1);
    eprintln!("{received} messages went out, {done} are known to have, of {open} nobody knows");
    found.expect((done..=done + open).contains(&received), || {
        format!("4: {received} messages arrived; {done} were sent, of {open} nobody knows")
    });
}
