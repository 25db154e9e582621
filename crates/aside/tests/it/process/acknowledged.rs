//! Rule 3: a network hears "200" only when the disk surely has what it sent. On SQLite seen in the system calls, on
//! PostgreSQL by stopping the server at that moment.

use super::{
    disk::Disk,
    hard_stop,
    look::Look,
    place::Place,
    server::{PROGRAM, Server, arguments},
    trace::{self, Call, traced},
    wire::{Dm, Wire},
};
use crate::database::on_postgres;
use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    fs,
    path::PathBuf,
    sync::Barrier,
};

/// How many webhooks are posted one after the other, and how many at once.
const ALONE: usize = 8;
const AT_ONCE: usize = 16;

/// A webhook that was posted: over which connection, as the port of its end.
struct Posted {
    port: u16,
    dm: Dm,
}

fn dm(number: usize) -> Dm {
    let person = format!("2480000000001{number:04}");
    Dm { person, mid: format!("m_acknowledged_{number}"), text: "Is my lamp on its way?".into() }
}

fn post(wire: &mut Wire, hook: &str, number: usize) -> Posted {
    let dm = dm(number);
    assert_eq!(wire.hook(hook, &dm).unwrap().status, 200);
    Posted { port: wire.port(), dm }
}

/// Some alone, so that each has a commit of its own; some at once, so that they share one.
fn post_all(server: &Server, hook: &str) -> Vec<Posted> {
    let mut wire = Wire::open(server.address).unwrap();
    let mut posted: Vec<_> = (0..ALONE).map(|number| post(&mut wire, hook, number)).collect();
    let together = Barrier::new(AT_ONCE);
    std::thread::scope(|scope| {
        let clients: Vec<_> = (0..AT_ONCE)
            .map(|number| {
                let mut wire = Wire::open(server.address).unwrap();
                let together = &together;
                scope.spawn(move || {
                    together.wait();
                    post(&mut wire, hook, ALONE + number)
                })
            })
            .collect();
        posted.extend(clients.into_iter().map(|client| client.join().unwrap()));
    });
    posted
}

/// The program's answers "200" to connections, in the order in which their first byte left.
fn answers(calls: &[Call]) -> Vec<(usize, u16)> {
    let writes =
        calls.iter().filter(|c| matches!(c.name.as_str(), "write" | "writev" | "sendto" | "sendmsg"));
    let mut answers: Vec<_> = writes
        .filter_map(|call| Some((call, call.peer_port()?)))
        .filter(|(call, _)| call.bytes().starts_with(b"HTTP/1.1 200 "))
        .map(|(call, port)| (call.began, port))
        .collect();
    answers.sort_unstable();
    answers
}

/// Lets a server run while something happens to it. Returns its system calls, and the disk under its database
/// as it was before the first of them.
fn watch(place: &Place, happens: impl FnOnce(&Server)) -> (Disk, Vec<Call>) {
    let data = fs::canonicalize(place.data()).unwrap();
    let before: BTreeMap<PathBuf, Vec<u8>> = ["aside.db", "aside.db-wal"]
        .map(|name| data.join(name))
        .map(|path| (path.clone(), fs::read(path).unwrap_or_default()))
        .into();
    let written = place.beside("calls.txt");
    let server = Server::start(place, traced(PROGRAM, &arguments(place), &written));
    happens(&server);
    assert!(server.stop().success());
    let calls = trace::read(&written);
    (Disk::new(before, &calls), calls)
}

#[test]
fn rule_3_a_webhook_is_acknowledged_only_after_the_sync_that_covers_it() {
    if on_postgres() {
        let all = |server: &Server, hook: &str| {
            post_all(server, hook).into_iter().map(|posted| (posted.dm.person, posted.dm.text)).collect()
        };
        let one = |wire: &mut Wire, hook: &str| wire.hook(hook, &dm(ALONE + AT_ONCE)).unwrap().status;
        return hard_stop::what_is_acknowledged_survives(all, one);
    }
    let place = Place::prepare();
    let mut waiting: HashMap<u16, VecDeque<Dm>> = HashMap::new();
    let (mut disk, calls) = watch(&place, |server| {
        for Posted { port, dm } in post_all(server, &place.hook) {
            waiting.entry(port).or_default().push_back(dm);
        }
    });
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let mut checked = 0;
    for (line, port) in answers(&calls) {
        let Some(dm) = waiting.get_mut(&port).and_then(VecDeque::pop_front) else { continue };
        disk.advance_to(line);
        let cut = place.beside(&format!("cut-{checked}"));
        disk.after_a_power_cut(&cut);
        let found = runtime.block_on(Look::into_folder(&place, &cut).said_by(&dm.person));
        assert_eq!(
            found,
            [dm.text],
            "message {} was acknowledged in line {line} of the calls, but a power cut just before would have \
             lost it: {} syncs of the database had completed",
            dm.mid,
            disk.version
        );
        checked += 1;
    }
    assert_eq!(checked, ALONE + AT_ONCE, "every answer is in the trace");
}

#[test]
fn rule_2_a_value_leaves_the_program_only_after_the_sync_that_covers_its_entry() {
    if on_postgres() {
        return hard_stop::what_is_shown_stays_recorded(ALONE);
    }
    let (place, written) = Place::with_values(ALONE);
    let mut opener = 0;
    let (mut disk, calls) = watch(&place, |server| {
        let mut wire = Wire::open(server.address).unwrap();
        opener = wire.port();
        for value in &written.values {
            assert_eq!(wire.reveal(&place.token, written.conversation, *value).unwrap().status, 200);
        }
    });
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let opened = answers(&calls).into_iter().filter(|(_, port)| *port == opener);
    let mut checked = 0;
    for ((line, _), value) in opened.zip(&written.values) {
        disk.advance_to(line);
        let cut = place.beside(&format!("cut-{checked}"));
        disk.after_a_power_cut(&cut);
        let look = Look::into_folder(&place, &cut);
        let recorded = runtime.block_on(look.openings(written.conversation));
        assert_eq!(recorded.get(&value.to_string()), Some(&1), "line {line} of the calls answers too early");
        checked += 1;
    }
    assert_eq!(checked, ALONE, "every answer is in the trace");
}
