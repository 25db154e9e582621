//! Rules 2 and 3 on PostgreSQL: whoever heard "200" finds everything again after the database was stopped that
//! very moment, as by a power cut. What the server had only in its memory is lost then.

use super::{
    look::Look,
    place::{NOWHERE, Place, Written},
    server::{Server, serve},
    wire::Wire,
};
use crate::database::OwnDatabase;
use aside_scratch_postgres::Scratch;
use std::{
    process::Command,
    sync::mpsc::{RecvTimeoutError, channel},
    thread,
    time::Duration,
};

/// How long nobody may hear an answer whose commit is held up.
const SILENCE: Duration = Duration::from_millis(500);

/// A server of this test's own, which it may stop.
pub(super) struct OwnServer(pub(super) Scratch);

impl OwnServer {
    pub(super) fn start() -> Self {
        let folder = tempfile::Builder::new().prefix("aside-hard-stop-").tempdir().unwrap();
        let server = Scratch::start(&folder.keep()).unwrap_or_else(|error| panic!("{error}"));
        server.set("wal_writer_delay", "10s").unwrap();
        server.set("checkpoint_timeout", "1h").unwrap();
        server.set("autovacuum", "off").unwrap();
        Self(server)
    }

    /// From now on it writes nothing down that it was not asked to: what a commit does not wait for would otherwise
    /// reach the disk within a fifth of a second all the same. The processes that do so in the background are
    /// stopped, not slowed down: on a busy machine a test takes longer than their longest delay.
    fn keep_to_what_it_is_asked(&self) {
        let writers =
            "SELECT pid FROM pg_stat_activity WHERE backend_type IN ('walwriter', 'background writer')";
        let pids = self.0.ask(writers).unwrap();
        assert_eq!(pids.lines().count(), 2, "{pids}");
        assert!(Command::new("kill").arg("-STOP").args(pids.lines()).status().unwrap().success());
    }

    /// Makes a place on it in which a customer wrote so many addresses.
    pub(super) fn place(&self, values: usize) -> (Place, Written) {
        Place::on_postgres(OwnDatabase::on(&self.0.url()), values, NOWHERE)
    }

    /// The power fails and comes back.
    fn fail(&mut self) {
        self.0.stop_immediately().unwrap();
        self.0.start_again().unwrap();
    }
}

/// What `ask` is answered comes only after the commit was let go.
fn waits_for_the_commit(place: &Place, ask: impl FnOnce() -> u16 + Send) {
    let held_up = place.database().hold_up();
    thread::scope(|scope| {
        let (answered, answers) = channel();
        scope.spawn(move || answered.send(ask()));
        let early = answers.recv_timeout(SILENCE);
        drop(held_up);
        assert_eq!(early, Err(RecvTimeoutError::Timeout), "answered before the commit");
        assert_eq!(answers.recv().unwrap(), 200);
    });
}

/// Posts webhooks, pulls the plug after the last "200", and looks.
pub(super) fn what_is_acknowledged_survives(
    post_all: impl Fn(&Server, &str) -> Vec<(String, String)>,
    post_one: impl FnOnce(&mut Wire, &str) -> u16 + Send,
) {
    let mut database = OwnServer::start();
    let (place, _) = database.place(0);
    database.keep_to_what_it_is_asked();
    let server = Server::start(&place, serve(&place));
    waits_for_the_commit(&place, || post_one(&mut Wire::open(server.address).unwrap(), &place.hook));

    let posted = post_all(&server, &place.hook);
    database.fail();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(async {
        let look = Look::at(&place).await;
        for (person, text) in posted {
            assert_eq!(look.said_by(&person).await, [text], "acknowledged to {person}'s network, and lost");
        }
    });
    drop(server);
}

/// Opens values, pulls the plug after the last one was shown, and looks.
pub(super) fn what_is_shown_stays_recorded(count: usize) {
    let mut database = OwnServer::start();
    let (place, written) = database.place(count);
    database.keep_to_what_it_is_asked();
    let server = Server::start(&place, serve(&place));
    let reveal = |value| {
        let mut wire = Wire::open(server.address).unwrap();
        wire.reveal(&place.token, written.conversation, value).unwrap().status
    };
    let (first, others) = written.values.split_first().unwrap();
    waits_for_the_commit(&place, || reveal(*first));
    for value in others {
        assert_eq!(reveal(*value), 200);
    }
    database.fail();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let recorded = runtime.block_on(async { Look::at(&place).await.openings(written.conversation).await });
    for value in &written.values {
        assert_eq!(recorded.get(&value.to_string()), Some(&1), "shown, and recorded nowhere");
    }
    drop(server);
}
