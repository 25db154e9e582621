//! How long pages take while the store grows: the inbox, and the timelines of conversations that nobody writes in
//! any more, so that they are the same at every size.

use crate::{
    clock,
    console::Session,
    failure::{Failure, Outcome},
    latencies::median,
    wire::Wire,
};
use serde::Serialize;
use std::{collections::BTreeSet, net::SocketAddr};

/// How often each page is asked for.
const FETCHES: usize = 200;
/// How often before it counts.
const BEFORE: usize = 20;

/// Pages at one size of the store.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Pages {
    /// Messages stored.
    pub messages: u64,
    /// The console's inbox, in milliseconds: the middle of many fetches.
    pub inbox: f64,
    /// A conversation's page, likewise.
    pub timeline: f64,
}

/// Fetches the console's pages, one after the other.
pub(crate) async fn fetch(
    address: SocketAddr,
    session: &Session,
    conversations: &BTreeSet<String>,
    messages: u64,
) -> Outcome<Pages> {
    let mut wire = Wire::open(address).await?;
    let timelines: Vec<_> = conversations.iter().map(|id| format!("/console/c/{id}")).collect();
    if timelines.is_empty() {
        return Err(Failure::new("there are no conversations whose pages could be fetched"));
    }
    let inbox = times(&mut wire, session, &["/console".to_owned()]).await?;
    let timeline = times(&mut wire, session, &timelines).await?;
    Ok(Pages { messages, inbox, timeline })
}

async fn times(wire: &mut Wire, session: &Session, paths: &[String]) -> Outcome<f64> {
    let mut times = Vec::new();
    for (number, path) in paths.iter().cycle().take(BEFORE + FETCHES).enumerate() {
        let began = clock::now();
        let answer = wire.get(path, &session.cookie()).await?;
        if answer.status != 200 {
            return Err(Failure::new(format!("{path} answered {}", answer.status)));
        }
        if number >= BEFORE {
            times.push(began.elapsed().as_secs_f64() * 1_000.0);
        }
    }
    Ok(median(times))
}
