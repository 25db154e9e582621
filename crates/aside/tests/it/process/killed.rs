//! Rule 3, after the worst: the process is killed at any moment, again and again on the same folder.

use super::{
    look::Look,
    place::{Place, Written},
    server::{Server, serve, verified_ledger},
    wire::{Dm, Wire},
};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    process::Stdio,
    time::Duration,
};

/// How often the process is killed, unless `ASIDE_KILL_ROUNDS` says otherwise.
const ROUNDS: u32 = 100;
/// How many connections post webhooks at once.
const CLIENTS: u64 = 4;
/// How many values there are to open.
const VALUES: usize = 8;
/// How long a server lives before it is killed, in milliseconds, from when it listens.
const LIFE: std::ops::RangeInclusive<u64> = 20..=150;

/// How long it lives, in milliseconds from its very start, when it is killed while it starts: every fifth time.
const EARLY: std::ops::RangeInclusive<u64> = 1..=80;

/// A small generator of numbers that look random, so that a failure can be repeated (xorshift64*, Vigna 2016).
pub(super) struct Numbers(pub(super) u64);

impl Numbers {
    pub(super) fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    pub(super) fn within(&mut self, range: &std::ops::RangeInclusive<u64>) -> u64 {
        range.start() + self.next() % (range.end() - range.start() + 1)
    }
}

/// A number from the environment.
pub(super) fn setting<T: std::str::FromStr>(name: &str, default: T) -> T {
    match std::env::var(name) {
        Ok(text) => text.parse().unwrap_or_else(|_| panic!("{name} is not a number: {text}")),
        Err(_) => default,
    }
}

/// A number in letters, so that no detector takes it for an order or a telephone.
pub(super) fn in_letters(mut number: u64) -> String {
    let mut letters = String::new();
    loop {
        letters.push(char::from(b'a' + (number % 26) as u8));
        number /= 26;
        if number == 0 {
            return letters;
        }
    }
}

/// The next message of a client. Its text says which it is; every eighth holds data, so that the values and
/// jobs that it causes are killed, too.
pub(super) fn message(round: u32, client: u64, number: u64) -> Dm {
    let which = (u64::from(round) * CLIENTS + client) * 100_000 + number;
    let name = in_letters(which);
    let about = if number % 8 == 7 { "write to mara@example.com" } else { "is my lamp on its way" };
    Dm {
        // Three messages a person, then somebody new.
        person: format!("25{:015}", which - number + number / 3),
        mid: format!("m_kill_{which}"),
        text: format!("Message {name}: {about}"),
    }
}

/// What clients know about what they sent during one life of the server.
#[derive(Default)]
struct Sent {
    acknowledged: Vec<Dm>,
    /// Sent, and no answer came.
    open: Vec<Dm>,
    /// Values that an agent saw.
    seen: Vec<String>,
}

/// Posts message after message until the server is gone.
fn post_until_the_end(server: &Server, hook: &str, round: u32, client: u64) -> Sent {
    let mut sent = Sent::default();
    let Ok(mut wire) = Wire::open(server.address) else { return sent };
    for number in 0.. {
        let dm = message(round, client, number);
        if let Ok(answer) = wire.hook(hook, &dm) {
            assert_eq!(answer.status, 200, "a webhook was refused: {}", server.log());
            sent.acknowledged.push(dm);
        } else {
            sent.open.push(dm);
            break;
        }
    }
    sent
}

/// Opens value after value until the server is gone.
fn open_until_the_end(server: &Server, place: &Place, written: &Written) -> Sent {
    let mut sent = Sent::default();
    let Ok(mut wire) = Wire::open(server.address) else { return sent };
    for value in written.values.iter().cycle() {
        let Ok(answer) = wire.reveal(&place.token, written.conversation, *value) else { break };
        assert_eq!(answer.status, 200, "a value was not opened: {}", answer.body);
        assert!(answer.body.contains("@example.com"), "an opening shows the value");
        sent.seen.push(value.to_string());
    }
    sent
}

/// One life of the server: what came without an answer is sent again, then everybody writes until it is
/// killed.
fn live_and_die(place: &Place, written: &Written, round: u32, again: &[Dm], life: Duration) -> Sent {
    let server = start(place);
    deliver(&server, place, again);
    let mut sent = Sent::default();
    std::thread::scope(|scope| {
        let server = &server;
        let mut clients = vec![scope.spawn(|| open_until_the_end(server, place, written))];
        for client in 0..CLIENTS {
            clients.push(scope.spawn(move || post_until_the_end(server, &place.hook, round, client)));
        }
        // These tests sleep nowhere else: the moment of the kill is what is tried out.
        std::thread::sleep(life);
        server.kill();
        for client in clients {
            let Sent { acknowledged, open, seen } = client.join().unwrap();
            sent.acknowledged.extend(acknowledged);
            sent.open.extend(open);
            sent.seen.extend(seen);
        }
    });
    sent
}

/// A life that ends before it listens: while it opens, recovers or migrates.
fn die_early(place: &Place, life: Duration) {
    let mut child = serve(place).stdin(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    std::thread::sleep(life);
    child.kill().unwrap();
    child.wait().unwrap();
}

pub(super) fn start(place: &Place) -> Server {
    let config = place.configure("reveals_per_hour = 1000000\n");
    let mut command = serve(place);
    command.arg("--config").arg(config);
    Server::start(place, command)
}

/// Delivers webhooks, each of which must be acknowledged.
pub(super) fn deliver(server: &Server, place: &Place, list: &[Dm]) {
    let mut wire = Wire::open(server.address).unwrap();
    for dm in list {
        assert_eq!(wire.hook(&place.hook, dm).unwrap().status, 200, "{}", server.log());
    }
}

/// Every message of `must` is there exactly once, none of `may` more than once, and nothing else from the
/// same people.
pub(super) async fn check_messages(look: &Look<'_>, must: &[&Dm], may: &[&Dm]) {
    let mut people: BTreeMap<&str, (BTreeSet<String>, BTreeSet<String>)> = BTreeMap::new();
    for dm in must {
        people.entry(&dm.person).or_default().0.insert(start_of(&dm.text));
    }
    for dm in may {
        people.entry(&dm.person).or_default().1.insert(start_of(&dm.text));
    }
    for (person, (must, may)) in people {
        let mut there = BTreeSet::new();
        for text in look.said_by(person).await {
            let text = start_of(&text);
            assert!(must.contains(&text) || may.contains(&text), "{text} was never sent by {person}");
            assert!(there.insert(text.clone()), "{text} is there twice");
        }
        let lost: Vec<_> = must.difference(&there).collect();
        assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
    }
}

/// What a text is known by, even when its data is masked.
pub(super) fn start_of(text: &str) -> String {
    text.split(':').next().unwrap_or_default().to_owned()
}

#[test]
fn rule_3_kill_at_any_moment_loses_nothing_that_was_acknowledged_and_doubles_nothing() {
    let rounds = setting("ASIDE_KILL_ROUNDS", ROUNDS);
    let seed = setting("ASIDE_KILL_SEED", 20_261_121_u64);
    eprintln!("{rounds} rounds, ASIDE_KILL_SEED={seed}");
    let mut numbers = Numbers(seed | 1);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (place, written) = Place::with_values(VALUES);
    assert_eq!(written.values.len(), VALUES);

    let mut all: Vec<Dm> = Vec::new();
    let mut open: Vec<Dm> = Vec::new();
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut checkpoint: Option<String> = None;
    for round in 0..rounds {
        if round % 5 == 4 {
            die_early(&place, Duration::from_millis(numbers.within(&EARLY)));
        }
        let life = Duration::from_millis(numbers.within(&LIFE));
        // Networks repeat themselves: also what was acknowledged long ago comes again.
        let mut again = open.clone();
        if !all.is_empty() {
            again.push(all[numbers.next() as usize % all.len()].clone());
        }
        let sent = live_and_die(&place, &written, round, &again, life);
        for value in &sent.seen {
            *seen.entry(value.clone()).or_default() += 1;
        }

        runtime.block_on(async {
            let look = Look::at(&place).await;
            let must: Vec<&Dm> = sent.acknowledged.iter().chain(&open).collect();
            let may: Vec<&Dm> = sent.open.iter().collect();
            // Whoever wrote before the round and was sent again wrote more than what is new.
            let before: Vec<&Dm> =
                all.iter().filter(|dm| open.iter().any(|o| o.person == dm.person)).collect();
            check_messages(&look, &[must, before].concat(), &may).await;
            let openings = look.openings(written.conversation).await;
            for (value, times) in &seen {
                let recorded = openings.get(value).copied().unwrap_or(0);
                assert!(recorded >= *times, "round {round}: opened {times} times, recorded {recorded} times");
            }
        });
        checkpoint = verified_ledger(&place, checkpoint.as_deref()).or(checkpoint);
        all.extend(open);
        all.extend(sent.acknowledged);
        open = sent.open;
    }

    let server = start(&place);
    deliver(&server, &place, &open);
    all.extend(open);
    assert!(server.stop().success());
    verified_ledger(&place, checkpoint.as_deref());
    let there = runtime.block_on(async { Look::at(&place).await.message_ids().await });
    let wrong: Vec<_> = all.iter().filter(|dm| there.get(&dm.mid) != Some(&1)).map(|dm| &dm.mid).collect();
    assert!(wrong.is_empty(), "not there exactly once: {wrong:?}");
    let ours = there.keys().filter(|id| id.starts_with("m_kill_")).count();
    assert_eq!(ours, all.len(), "something is there that nobody sent");
    let opened: usize = seen.values().sum();
    eprintln!("{} messages acknowledged, {opened} openings seen", all.len());
    assert!(all.len() > rounds as usize && opened > 0, "the rounds were too short to try anything");
}
