//! Two processes on one PostgreSQL database and one data folder, as behind a load balancer: whichever of them a
//! request reaches, and whichever of them ends.

use super::{
    killed::{check_messages, message, start},
    look::Look,
    place::{NOWHERE, Place},
    server::{Server, serve, verified_ledger},
    wire::{APP_SECRET, Dm, PAGE, Wire},
};
use crate::{
    database::OwnDatabase,
    world::{Browser, Seen},
};
use aside::{SystemClock, http_client};
use aside_model::Language;
use aside_sim::{Sim, SimConfig};
use std::{
    process::Command,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};
use tokio::{runtime::Runtime, time::timeout};

/// How long a page may take to show what another process has taken in.
const A_SECOND: Duration = Duration::from_secs(1);
/// Longer than a lease on a brand's sequencing lasts, and than anything else here takes.
const PATIENCE: Duration = Duration::from_secs(40);

fn prepare(values: usize) -> Place {
    Place::on_postgres(OwnDatabase::make(), values, NOWHERE).0
}

/// Both, as one address would reach them.
fn start_both(place: &Place) -> [Server; 2] {
    // Together, so that what only one of them may do when it starts is tried out.
    thread::scope(|scope| {
        let both = [(); 2].map(|()| scope.spawn(|| Server::start(place, serve(place))));
        both.map(|one| one.join().unwrap())
    })
}

/// The agent's browser, as it reaches one of the processes.
fn browser(server: &Server, place: &Place) -> Browser {
    let url = format!("http://{}", server.address);
    let mut browser = Browser::new(http_client().unwrap(), &url, Seen::default());
    browser.cookie = format!("__Host-aside-agent={}", place.token);
    browser
}

pub(super) fn dm(number: usize) -> Dm {
    let person = format!("2690000000000{number:04}");
    Dm { person, mid: format!("m_two_{number}"), text: format!("Where is lamp {number}?") }
}

#[expect(clippy::disallowed_methods, reason = "how long a test waits for another process")]
fn now() -> Instant {
    Instant::now()
}

/// Tries until it is so.
pub(super) fn until(what: &str, mut it_is_so: impl FnMut() -> bool) {
    let started = now();
    while !it_is_so() {
        assert!(started.elapsed() < PATIENCE, "{what} never came");
        // Other processes are waited for, which need the machine more than this does.
        thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn what_one_process_takes_in_shows_on_a_page_of_the_other_within_a_second() {
    let place = prepare(0);
    let servers = start_both(&place);
    Runtime::new().unwrap().block_on(async {
        for (number, (taking, showing)) in [(0, 1), (1, 0), (0, 1), (1, 0)].into_iter().enumerate() {
            let browser = browser(&servers[showing], &place);
            let url = format!("{}/console/events", browser.url);
            let client = http_client().unwrap();
            let mut events = client.get(url).header("cookie", &browser.cookie).send().await.unwrap();
            assert_eq!(events.status(), 200);
            let dm = dm(number);
            let mut wire = Wire::open(servers[taking].address).unwrap();
            assert_eq!(wire.hook(&place.hook, &dm).unwrap().status, 200);
            let shown = timeout(A_SECOND, async {
                // The stream says that something is new, and the page then shows it.
                while let Some(chunk) = events.chunk().await.unwrap() {
                    let event = String::from_utf8_lossy(&chunk).contains("data:");
                    if event && browser.get("/console").await.must_be(200).read().contains(&dm.text) {
                        return;
                    }
                }
                panic!("the stream ended");
            });
            shown.await.unwrap_or_else(|_| panic!("message {number} was not shown within a second"));
        }
    });
}

#[test]
fn a_form_that_one_process_showed_is_taken_by_the_other_and_by_both_together_once() {
    let place = prepare(0);
    let servers = start_both(&place);
    let wanted = dm(1);
    assert_eq!(Wire::open(servers[0].address).unwrap().hook(&place.hook, &wanted).unwrap().status, 200);
    Runtime::new().unwrap().block_on(async {
        let [one, other] = [&servers[0], &servers[1]].map(|server| browser(server, &place));
        let inbox = one.get("/console").await.must_be(200);
        let conversations: Vec<_> = inbox.text.match_indices("/console/c/").map(|(at, _)| at).collect();
        let path = |at: &usize| inbox.text[*at..][.."/console/c/".len() + 32].to_owned();
        let page = async |browser: &Browser, at: &usize| browser.get(&path(at)).await.must_be(200);
        let mut found = None;
        for at in &conversations {
            if page(&one, at).await.read().contains(&wanted.text) {
                found = Some(at);
            }
        }
        let at = found.expect("the conversation is in the inbox");
        let shown = page(&one, at).await;
        let (csrf, key) = (shown.field("csrf"), shown.field("form_key"));
        let thread = shown.text.split("<select id=\"thread\"").nth(1).unwrap();
        let thread = thread.split("<option id=\"t-").nth(1).unwrap().split('"').next().unwrap();
        let answer = "Your lamp left on Monday.";
        let form = [("csrf", csrf.as_str()), ("form_key", &key), ("thread", thread), ("text", answer)];
        let reply = format!("{}/reply", path(at));
        other.post(&reply, &form).await.must_be(303);
        // Pressed twice, and the second time the other process gets it.
        one.post(&reply, &form).await.must_be(303);
        for browser in [&one, &other] {
            let page = page(browser, at).await.read();
            assert_eq!(page.matches(answer).count(), 1, "{page}");
        }
        // No two processes give two forms the same name.
        let keys = [page(&one, at).await.field("form_key"), page(&other, at).await.field("form_key")];
        assert!(keys[0] != keys[1] && !keys.contains(&key), "{keys:?}");
        // Signed out at one, signed out at the other.
        one.submit("/console", "/console/sign-out", &[]).await.must_be(303);
        assert_ne!(other.get("/console").await.status, 200);
    });
}

#[test]
fn either_process_can_be_killed_at_any_moment_and_nothing_acknowledged_is_lost() {
    let place = prepare(0);
    let [one, other] = start_both(&place);
    let (mut survivor, mut victim) = (one, other);
    let (mut acknowledged, mut open) = (Vec::new(), Vec::new());
    for round in 0..8_u32 {
        let over = AtomicBool::new(false);
        let post = |server: &Server, client: u64| {
            let (mut acknowledged, mut open) = (Vec::new(), None);
            let mut wire = Wire::open(server.address).unwrap();
            for number in 0.. {
                if over.load(Ordering::Relaxed) {
                    break;
                }
                let dm = message(round, client, number);
                match wire.hook(&place.hook, &dm) {
                    Ok(answer) if answer.status == 200 => acknowledged.push(dm),
                    Ok(answer) => panic!("a webhook was answered with {}: {}", answer.status, server.log()),
                    Err(_) => {
                        open = Some(dm);
                        break;
                    }
                }
            }
            (acknowledged, open)
        };
        thread::scope(|scope| {
            let clients: Vec<_> = [(&victim, 0), (&victim, 1), (&survivor, 2), (&survivor, 3)]
                .into_iter()
                .map(|(server, client)| (client, scope.spawn(move || post(server, client))))
                .collect();
            // The moment of the kill is what is tried out.
            thread::sleep(Duration::from_millis(120 + 53 * u64::from(round) % 150));
            victim.kill();
            thread::sleep(Duration::from_millis(60));
            over.store(true, Ordering::Relaxed);
            for (client, posting) in clients {
                let (sent, unanswered) = posting.join().unwrap();
                assert!(
                    unanswered.is_none() || client < 2,
                    "the other process ended, too: {}",
                    survivor.log()
                );
                acknowledged.extend(sent);
                open.extend(unanswered);
            }
        });
        (survivor, victim) = (start(&place), survivor);
    }
    assert!(victim.stop().success() && survivor.stop().success());
    Runtime::new().unwrap().block_on(async {
        let look = Look::at(&place).await;
        check_messages(&look, &acknowledged.iter().collect::<Vec<_>>(), &open.iter().collect::<Vec<_>>())
            .await;
        let there = look.message_ids().await;
        assert!(there.values().all(|times| *times == 1), "something is there twice");
    });
    assert!(acknowledged.len() > 8, "the rounds were too short to try anything: {}", acknowledged.len());
    // Whoever led may have been killed before it published: the next who leads makes that good.
    let server = start(&place);
    verified_ledger(&place, None);
    assert!(server.stop().success());
}

#[test]
fn what_goes_out_goes_out_once_however_many_processes_work_and_a_link_opens_at_either() {
    let runtime = Runtime::new().unwrap();
    let mut config = SimConfig::new(http_client().unwrap(), Arc::new(SystemClock));
    config.app_secret = APP_SECRET.into();
    config.verify_token = "a-verify-token".into();
    config.pages[0].token = "a-page-token".into();
    assert_eq!(config.pages[0].id, PAGE);
    let sim = runtime.block_on(Sim::start(config)).unwrap();
    let (place, _) = Place::on_postgres(OwnDatabase::make(), 0, &sim.api_base());
    let servers = start_both(&place);
    runtime.block_on(async {
        sim.connect(&format!("http://{}{}", servers[0].address, place.hook)).await.unwrap();
        let customers: Vec<_> =
            (0..24).map(|number| sim.customer(&format!("Customer {number}"), Language::English)).collect();
        for (number, customer) in customers.iter().enumerate() {
            customer.writes_dm(PAGE, &format!("Please write to customer{number}@example.com")).unwrap();
        }
        sim.keep_delivering();
        for customer in &customers {
            let invited = timeout(PATIENCE, customer.next_in_inbox(PAGE, 0)).await;
            let jobs = || place.database().dump().remove("jobs");
            let logs = || servers.each_ref().map(Server::log).concat();
            assert!(invited.is_ok(), "not invited: {} wait\n{}{:?}", sim.waiting(), logs(), jobs());
        }
        let waits = "SELECT count(*) FROM jobs WHERE state IN ('due', 'running') AND kind <> 'remind'";
        until("an empty outbox", || place.database().count(waits) == 0);
        let link = customers[0].inbox(PAGE)[0].text.clone();
        for customer in &customers {
            let inbox: Vec<_> = customer.inbox(PAGE).into_iter().map(|received| received.text).collect();
            assert_eq!(inbox.len(), 1, "{inbox:?}");
        }

        // The link's page from one process, its button pressed at the other, the session good at both.
        let link = link.split_whitespace().find(|word| word.contains("/c/")).unwrap();
        let path = &link[link.find("/c/").unwrap()..];
        let [mut one, mut other] = [&servers[0], &servers[1]].map(|server| {
            let url = format!("http://{}", server.address);
            Browser::new(http_client().unwrap(), &url, Seen::default())
        });
        let page = one.get(path).await.must_be(200);
        let token = if page.text.contains("name=\"csrf\"") { page.field("csrf") } else { String::new() };
        let redeemed = other.post(path, &[("csrf", &token)]).await;
        other.keep(&redeemed);
        one.cookie.clone_from(&other.cookie);
        for browser in [&one, &other] {
            browser.get("/c").await.must_be(200);
        }
    });
}

/// Tells a process to stand still, or to go on.
fn signal(server: &Server, signal: &str) {
    let told = Command::new("kill").args([signal, &server.pid.to_string()]).status().unwrap();
    assert!(told.success());
}

#[test]
fn one_process_at_a_time_writes_the_log_and_a_paused_one_that_wakes_up_writes_nothing_wrong() {
    let place = prepare(0);
    let servers = start_both(&place);
    let covered = || {
        let checkpoint = place.database().count("SELECT coalesce(max(size), 0) FROM checkpoints");
        checkpoint == place.database().count("SELECT count(*) FROM entries")
    };
    let fence = || place.database().count("SELECT coalesce(max(fence), 0) FROM sequencers");
    let mut number = 0;
    let mut post = |server: &Server| {
        let mut wire = Wire::open(server.address).unwrap();
        for _ in 0..5 {
            number += 1;
            // Each masked value leaves entries.
            let text = format!("Write to customer{number}@example.com");
            assert_eq!(wire.hook(&place.hook, &Dm { text, ..dm(100 + number) }).unwrap().status, 200);
        }
    };
    post(&servers[0]);
    until("a checkpoint over everything", covered);
    let mut kept = vec![verified_ledger(&place, None).expect("a checkpoint")];
    let before = fence();
    // One of the two leads; each is paused in turn, so that the leader is.
    for (paused, awake) in [(0, 1), (1, 0)] {
        signal(&servers[paused], "-STOP");
        post(&servers[awake]);
        until("a checkpoint by the process that is awake", covered);
        signal(&servers[paused], "-CONT");
        for _ in 0..4 {
            post(&servers[0]);
            post(&servers[1]);
        }
        until("a checkpoint over what both took in", covered);
        kept.push(verified_ledger(&place, kept.last().map(String::as_str)).expect("a checkpoint"));
    }
    assert!(fence() > before, "the lead passed on: {before}, {}", fence());
    for older in &kept {
        verified_ledger(&place, Some(older));
    }
    for server in servers {
        assert!(!server.log().contains("ERROR"), "{}", server.log());
        assert!(server.stop().success());
    }
}
