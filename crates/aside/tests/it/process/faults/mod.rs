//! Things go wrong, again and again on the same data: processes, clocks, disks, databases, and the ways to them.
//! After each round the ten rules are looked up. `cargo xtask faults` runs more rounds.

mod fault;
mod house;
mod proxy;
mod rules;
mod table;
mod traffic;

use super::{
    killed::{Numbers, in_letters, setting},
    look::Look,
    server::verified_ledger,
};
use aside::SystemClock;
use aside_model::Clock;
use fault::Fault;
use house::House;
use rules::{Found, Known};
use std::{
    collections::{BTreeSet, HashMap},
    thread,
    time::Duration,
};
use table::Table;
use traffic::{Reply, Told};

/// How many rounds there are, unless `ASIDE_FAULT_ROUNDS` says otherwise.
const ROUNDS: u32 = 100;
/// After how many rounds everything that is stored is looked through, and somebody erased.
const WHOLE: u32 = 10;
/// How many values there are to open.
const VALUES: usize = 8;
/// After how many violations it is clear enough.
const ENOUGH: usize = 5;

/// What is known of everything so far.
#[derive(Default)]
struct Story {
    all: Vec<Told>,
    people: BTreeSet<String>,
    cards: Vec<String>,
    seen: HashMap<String, usize>,
    known: Vec<Known>,
    replies: Vec<Reply>,
    erased: BTreeSet<String>,
    checkpoint: Option<String>,
}

impl Story {
    /// Somebody who wrote in an earlier round and was not erased.
    fn somebody(&self, numbers: &mut Numbers) -> Option<Known> {
        let there: Vec<_> = self.known.iter().filter(|known| !self.erased.contains(&known.person)).collect();
        (!there.is_empty()).then(|| there[numbers.next() as usize % there.len()].clone())
    }

    /// One round: everybody acts, something goes wrong and is put right, and the network sends again.
    fn round(&mut self, house: &House, round: u32, fault: Fault, numbers: &mut Numbers, table: &mut Table) {
        let replied = self.somebody(numbers).map(|known| Reply {
            conversation: known.conversation,
            thread: known.thread,
            person: known.person,
            text: format!("Our answer is {}", in_letters(u64::from(round))),
        });
        let leaving = (round % WHOLE == WHOLE - 1).then(|| self.somebody(numbers)).flatten();
        // Nobody is answered and erased at once: what was still to be sent is gone then.
        let leaving =
            leaving.filter(|known| replied.as_ref().is_none_or(|reply| reply.person != known.person));
        let early = Duration::from_millis(numbers.within(&(5..=70)));
        let sent = traffic::during(house, round, fault.ends_sessions(), || {
            thread::scope(|scope| {
                if let Some(reply) = &replied {
                    scope.spawn(move || traffic::reply(house, reply));
                }
                if let Some(known) = &leaving {
                    scope.spawn(move || {
                        let gone = || traffic::erase(house, known.conversation);
                        traffic::until(house, "somebody cannot be erased", gone);
                    });
                }
                thread::sleep(early);
                fault.happens(house, numbers);
            });
        });
        self.replies.extend(replied);
        self.erased.extend(leaving.map(|known| known.person));
        // Networks repeat themselves: also what was acknowledged long ago comes again, erased or not.
        let mut again = sent.open.clone();
        if !self.all.is_empty() {
            again.push(self.all[numbers.next() as usize % self.all.len()].clone());
        }
        traffic::send_again(house, &again);

        let acknowledged = sent.acknowledged.len();
        let new: Vec<Told> = sent.acknowledged.into_iter().chain(sent.open).collect();
        self.people.extend(new.iter().map(|told| told.dm.person.clone()));
        self.cards.extend(sent.cards);
        for value in sent.seen {
            *self.seen.entry(value).or_default() += 1;
        }
        let mut found = house.runtime.block_on(async {
            let look = Look::at(&house.place).await;
            let mut found = rules::people(house, &look, &new).await;
            rules::openings(house, &look, &self.seen, &mut found).await;
            found
        });
        found.wrong.extend(sent.wrong);
        self.all.extend(new);
        self.known.append(&mut found.known);
        if let Some(known) = self.somebody(numbers) {
            rules::doors(house, &known, &self.cards, &mut found);
        }
        self.checkpoint =
            verified_ledger(&house.place, self.checkpoint.as_deref()).or(self.checkpoint.take());
        if round % WHOLE == WHOLE - 1 {
            self.look_through(house, &mut found);
        }
        table.add(fault, acknowledged, &found);
        for wrong in &found.wrong {
            eprintln!("round {round}, {}: rule {wrong}", fault.name());
        }
    }

    /// Everything that is stored and everything that was received.
    fn look_through(&self, house: &House, found: &mut Found) {
        rules::inboxes(house, &self.people, &self.replies, found);
        house.runtime.block_on(async {
            let look = Look::at(&house.place).await;
            rules::everything(house, &look, &self.all, &self.erased, &self.cards, found).await;
        });
    }
}

#[test]
fn faults_of_every_kind_break_no_rule() {
    let rounds = setting("ASIDE_FAULT_ROUNDS", ROUNDS);
    let seed = setting("ASIDE_FAULT_SEED", 20_261_122_u64);
    eprintln!("{rounds} rounds, ASIDE_FAULT_SEED={seed}");
    // Part of a fault's name, for whoever looks for what went wrong.
    let only = setting("ASIDE_FAULT_ONLY", String::new());
    let mut numbers = Numbers(seed | 1);
    let house = House::open(VALUES);
    let (mut story, mut table) = (Story::default(), Table::default());
    let mut left = Vec::new();
    for round in 0..rounds {
        // Every kind comes once before any comes again.
        if left.is_empty() {
            left = Fault::all_in(&house);
            left.retain(|fault| fault.name().contains(&only));
            assert!(!left.is_empty(), "no fault is called `{only}`");
        }
        let fault = left.swap_remove(numbers.next() as usize % left.len());
        eprintln!("round {round}: {}", fault.name());
        story.round(&house, round, fault, &mut numbers, &mut table);
        if table.violations() >= ENOUGH {
            break;
        }
    }

    // What waits because a network could not be reached is tried again later, and what stands behind something that
    // nobody knows the end of waits for that; the rest goes out.
    traffic::until(&house, "an empty outbox", || {
        let now = SystemClock.now().0;
        let waits = format!(
            "SELECT count(*) FROM jobs waiting WHERE state = 'due' AND due_at <= {now} AND NOT EXISTS (SELECT 1 \
             FROM jobs WHERE thread = waiting.thread AND job <> waiting.job AND state IN ('due', 'running'))"
        );
        house.place.database().count(&waits) == 0
    });
    house.stop();
    let mut found = Found::default();
    story.look_through(&house, &mut found);
    rules::sent(&house, &story.people, &story.erased, &mut found);
    verified_ledger(&house.place, story.checkpoint.as_deref());
    for wrong in &found.wrong {
        eprintln!("at the end: rule {wrong}");
    }
    eprintln!("\n{table}");
    let acknowledged = table.acknowledged();
    assert!(acknowledged > rounds as usize, "the rounds were too short to try anything: {acknowledged}");
    assert_eq!(table.violations() + found.wrong.len(), 0, "rules were broken; see above");
}
