//! Says again what a server said to its database.

use super::{
    recorder::Recorder,
    session::{Session, Transaction},
};
use crate::{
    clock,
    failure::{Failure, Outcome, While},
    floor::Floor,
    process,
};
use std::{
    net::SocketAddr,
    sync::{Arc, Mutex, PoisonError},
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt, BufReader},
    net::TcpStream,
    sync::{Barrier, watch},
    task::JoinSet,
};

/// Which transactions are done, in the order in which they ended when they were recorded.
struct Done {
    flags: Mutex<(Vec<bool>, usize)>,
    /// How many from the first on are done without a gap.
    whole: watch::Sender<usize>,
}

impl Done {
    fn is(&self, which: usize) {
        let mut flags = self.flags.lock().unwrap_or_else(PoisonError::into_inner);
        flags.0[which] = true;
        while flags.0.get(flags.1) == Some(&true) {
            flags.1 += 1;
        }
        self.whole.send_replace(flags.1);
    }
}

/// A transaction to say again.
struct Part {
    bytes: Vec<u8>,
    units: usize,
    /// Its place among all in the order of their ends, and how many of those must be done before it.
    place: usize,
    needs: usize,
}

/// Replays what a recorder wrote down into `database`, a copy of what the server's was before the run.
pub(crate) async fn replay(
    recorder: &Recorder,
    server: SocketAddr,
    database: &str,
    messages: u64,
) -> Outcome<Floor> {
    let sessions = recorder.sessions();
    let recorded_failures =
        sessions.iter().flat_map(|session| &session.transactions).filter(|t| t.failed && t.writes()).count();
    let mut ends: Vec<u64> = sessions
        .iter()
        .flat_map(|session| &session.transactions)
        .filter(|t| t.writes())
        .map(|t| t.ended)
        .collect();
    ends.sort_unstable();
    let statements = sessions
        .iter()
        .flat_map(|session| &session.transactions)
        .filter(|t| t.writes())
        .flat_map(|t| t.needed().units)
        .map(|unit| unit.statements)
        .sum();
    let (whole, watching) = watch::channel(0);
    let done = Arc::new(Done { flags: Mutex::new((vec![false; ends.len()], 0)), whole });
    let speaking: Vec<_> =
        sessions.into_iter().filter(|s| s.transactions.iter().any(Transaction::writes)).collect();
    let start = Arc::new(Barrier::new(speaking.len() + 1));
    let mut work = JoinSet::new();
    for session in speaking {
        let stream = open(server, &session, database).await?;
        let parts = parts(&session, &ends);
        work.spawn(say(stream, parts, Arc::clone(&done), watching.clone(), Arc::clone(&start)));
    }
    start.wait().await;
    let (began, cpu) = (clock::now(), process::own_cpu_seconds()?);
    let mut failures = 0;
    while let Some(said) = work.join_next().await {
        failures += said.while_doing("the floor")??;
    }
    let seconds = began.elapsed().as_secs_f64();
    let cpu_seconds = process::own_cpu_seconds()? - cpu;
    if failures > recorded_failures + ends.len() / 100 {
        return Err(Failure::new(format!(
            "the floor is none: {failures} transactions were refused, and {recorded_failures} in the run"
        )));
    }
    Ok(Floor { statements, transactions: ends.len() as u64, seconds, cpu_seconds, messages })
}

fn parts(session: &Session, ends: &[u64]) -> Vec<Part> {
    let needed = session.transactions.iter().map(Transaction::needed).filter(|part| !part.units.is_empty());
    let part = |part: Transaction| {
        let writes = part.writes();
        Part {
            units: part.units.len(),
            place: if writes { ends.partition_point(|end| *end < part.ended) } else { usize::MAX },
            needs: if writes { ends.partition_point(|end| *end < part.began) } else { 0 },
            bytes: part.units.into_iter().flat_map(|unit| unit.bytes).collect(),
        }
    };
    needed.map(part).collect()
}

/// A connection as the recorded one was, to another database.
async fn open(server: SocketAddr, session: &Session, database: &str) -> Outcome<BufReader<TcpStream>> {
    let stream = TcpStream::connect(server).await.while_doing("the database")?;
    stream.set_nodelay(true)?;
    let mut stream = BufReader::with_capacity(64 * 1024, stream);
    stream.get_mut().write_all(&startup(&session.startup, database)?).await?;
    loop {
        match answer(&mut stream).await? {
            (b'Z', _) => return Ok(stream),
            // Anything but "no password needed" (0).
            (b'R', body) if body != [0; 4] => {
                return Err(Failure::new("the floor needs a database that asks for no password"));
            }
            (b'E', body) => {
                return Err(Failure::new(format!(
                    "the floor's database: {}",
                    String::from_utf8_lossy(&body)
                )));
            }
            _ => {}
        }
    }
}

/// The first message of a session, with another database in it.
fn startup(recorded: &[u8], database: &str) -> Outcome<Vec<u8>> {
    let words: Vec<&[u8]> = recorded.get(8..).unwrap_or_default().split(|byte| *byte == 0).collect();
    let at = words.iter().step_by(2).position(|word| *word == b"database");
    let at = at.ok_or_else(|| Failure::new("a session that names no database"))? * 2 + 1;
    let mut body = recorded[4..8].to_vec();
    for (place, word) in words.iter().take_while(|word| !word.is_empty()).enumerate() {
        body.extend_from_slice(if place == at { database.as_bytes() } else { word });
        body.push(0);
    }
    body.push(0);
    Ok([&(body.len() as u32 + 4).to_be_bytes()[..], &body].concat())
}

/// Says one connection's transactions, each as soon as those before it are done. The answer is how many were
/// refused.
async fn say(
    mut stream: BufReader<TcpStream>,
    parts: Vec<Part>,
    done: Arc<Done>,
    mut watching: watch::Receiver<usize>,
    start: Arc<Barrier>,
) -> Outcome<usize> {
    start.wait().await;
    let mut refused = 0;
    for part in parts {
        watching.wait_for(|whole| *whole >= part.needs).await.while_doing("the floor")?;
        stream.get_mut().write_all(&part.bytes).await?;
        let (mut units, mut failed) = (part.units, false);
        while units > 0 {
            match answer(&mut stream).await?.0 {
                b'Z' => units -= 1,
                b'E' => failed = true,
                _ => {}
            }
        }
        refused += usize::from(failed);
        if part.place != usize::MAX {
            done.is(part.place);
        }
    }
    Ok(refused)
}

async fn answer(stream: &mut BufReader<TcpStream>) -> Outcome<(u8, Vec<u8>)> {
    let kind = stream.read_u8().await.while_doing("the floor's database")?;
    let length = stream.read_u32().await.while_doing("the floor's database")?;
    let mut body = vec![0; (length as usize).saturating_sub(4)];
    stream.read_exact(&mut body).await.while_doing("the floor's database")?;
    Ok((kind, body))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_is_opened_again_with_another_database() {
        let recorded = b"\0\0\0\x29\0\x03\0\0user\0postgres\0database\0one\0\0";
        let opened = startup(recorded, "another").unwrap();
        assert_eq!(&opened[4..], b"\0\x03\0\0user\0postgres\0database\0another\0\0");
        assert_eq!(u32::from_be_bytes(opened[..4].try_into().unwrap()) as usize, opened.len());
        assert!(startup(b"", "x").is_err());
    }
}
