//! What goes wrong in a round, and how it is put right again.

use super::{house::House, proxy::Manner};
use crate::process::{killed::Numbers, server::serve};
use std::{
    fs,
    process::{Command, Stdio},
    thread,
    time::Duration,
};

/// Something that goes wrong.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) enum Fault {
    /// `kill -9` of one process.
    Killed,
    /// `kill -9`, and again while it starts.
    KilledTwice,
    /// One process stands still and goes on.
    Paused,
    /// The clock goes hours ahead, and back.
    ClockForward,
    /// The clock goes back by minutes, and forward again.
    ClockBack,
    /// Nothing more can be written to the disk.
    DiskFull,
    /// The way to the networks is slow.
    NetworkSlow,
    /// It is cut in the middle of a question or an answer.
    NetworkCut,
    /// It is closed in one direction.
    NetworkHalfClosed,
    /// Nobody gets through.
    NetworkClosed,
    /// PostgreSQL ends at once (`pg_ctl stop -m immediate`) and starts again.
    DatabaseStopped,
    /// PostgreSQL's disk is full.
    DatabaseFull,
    /// The way to the database is slow.
    DatabaseSlow,
    /// It is cut in the middle of a question or an answer.
    DatabaseCut,
    /// It is closed in one direction.
    DatabaseHalfClosed,
    /// Nobody gets through.
    DatabaseClosed,
}

use Fault::{
    ClockBack, ClockForward, DatabaseClosed, DatabaseCut, DatabaseFull, DatabaseHalfClosed, DatabaseSlow,
    DatabaseStopped, DiskFull, Killed, KilledTwice, NetworkClosed, NetworkCut, NetworkHalfClosed,
    NetworkSlow, Paused,
};

/// On either store.
const EVERYWHERE: [Fault; 9] = [
    Killed,
    KilledTwice,
    Paused,
    ClockForward,
    ClockBack,
    NetworkSlow,
    NetworkCut,
    NetworkHalfClosed,
    NetworkClosed,
];
/// On PostgreSQL, through the way there.
const ON_THE_WAY: [Fault; 4] = [DatabaseSlow, DatabaseCut, DatabaseHalfClosed, DatabaseClosed];

impl Fault {
    /// Those that can happen in a house.
    pub(super) fn all_in(house: &House) -> Vec<Self> {
        let mut all = EVERYWHERE.to_vec();
        if house.way.is_none() {
            all.push(DiskFull);
        } else {
            all.extend(ON_THE_WAY);
        }
        if house.server.is_some() {
            all.extend([DatabaseStopped, DatabaseFull]);
        }
        all
    }

    /// In words, for the table.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Killed => "kill -9",
            KilledTwice => "kill -9, again while starting",
            Paused => "paused (SIGSTOP, SIGCONT)",
            ClockForward => "clock 2 to 10 hours ahead, and back",
            ClockBack => "clock 1 to 50 minutes back, and ahead",
            DiskFull => "disk full",
            NetworkSlow => "network slow",
            NetworkCut => "network cut within bytes",
            NetworkHalfClosed => "network half closed",
            NetworkClosed => "network refuses",
            DatabaseStopped => "pg_ctl stop -m immediate",
            DatabaseFull => "PostgreSQL's disk full",
            DatabaseSlow => "database slow",
            DatabaseCut => "database cut within bytes",
            DatabaseHalfClosed => "database half closed",
            DatabaseClosed => "database refuses",
        }
    }

    /// Whether sessions of people may be over while it lasts.
    pub(super) const fn ends_sessions(self) -> bool {
        matches!(self, ClockForward)
    }

    /// Lets it happen while others write, waits a little, and puts it right.
    pub(super) fn happens(self, house: &House, numbers: &mut Numbers) {
        let victim = numbers.next() as usize % house.processes();
        let lasting = Duration::from_millis(numbers.within(&(60..=250)));
        let every = numbers.within(&(3..=11));
        // The moment and the length of the fault are what is tried out.
        let wait = || thread::sleep(lasting);
        match self {
            Killed => {
                house.kill(victim);
                house.start(victim);
            }
            KilledTwice => {
                house.kill(victim);
                let mut command = serve(&house.place);
                house.tell(&mut command, victim);
                let mut child = command.stdin(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
                wait();
                child.kill().unwrap();
                child.wait().unwrap();
                house.start(victim);
            }
            Paused => {
                house.signal(victim, "-STOP");
                wait();
                house.signal(victim, "-CONT");
            }
            ClockForward => {
                house.clock(victim, i64::try_from(numbers.within(&(2..=10))).unwrap() * 3_600);
                wait();
                wait();
                house.clock(victim, 0);
            }
            ClockBack => {
                house.clock(victim, -60 * i64::try_from(numbers.within(&(1..=50))).unwrap());
                wait();
                wait();
                house.clock(victim, 0);
            }
            DiskFull => {
                let wal =
                    fs::metadata(house.place.data().join("aside.db-wal")).map_or(0, |about| about.len());
                house.limit_files(Some(numbers.within(&(16_384..=wal.max(16_384) + 65_536))));
                wait();
                house.limit_files(None);
            }
            NetworkSlow => house.networks_become(Manner::Slow(lasting / 4), wait),
            NetworkCut => house.networks_become(Manner::Cuts(every), wait),
            NetworkHalfClosed => house.networks_become(Manner::HalfCloses(every), wait),
            NetworkClosed => house.networks_become(Manner::Closed, wait),
            DatabaseStopped => house.stop_database(wait),
            DatabaseFull => house.fill_database(numbers.within(&(65_536..=4_194_304)), wait),
            DatabaseSlow => house.way_becomes(Manner::Slow(lasting / 12), wait),
            DatabaseCut => house.way_becomes(Manner::Cuts(every * 3), wait),
            DatabaseHalfClosed => house.way_becomes(Manner::HalfCloses(every * 3), wait),
            DatabaseClosed => house.way_becomes(Manner::Closed, wait),
        }
    }
}

/// Limits the size of files that a process may write, or no longer. It hears that a file is too large where a full
/// disk would say that there is no space.
pub(super) fn limit_files(process: &str, bytes: Option<u64>) -> bool {
    let limit = bytes.map_or_else(|| "--fsize=unlimited:".to_owned(), |bytes| format!("--fsize={bytes}:"));
    let told = Command::new("prlimit").args([&limit, "--pid", process]).stderr(Stdio::null()).status();
    told.unwrap().success()
}
