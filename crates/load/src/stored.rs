//! What lies in the store after a run: every acknowledged message exactly once.

use crate::{
    console::Session,
    failure::{Failure, Outcome, While},
    texts,
    wire::Wire,
};
use rusqlite::{Connection, OpenFlags};
use serde_json::Value;
use std::{
    collections::{BTreeSet, HashMap},
    net::SocketAddr,
    path::Path,
};

/// The messages of some conversations as the API shows them: number by id. Fails where a message stands twice,
/// or was not checked.
pub(crate) async fn numbers_by_id(
    address: SocketAddr,
    session: &Session,
    conversations: &BTreeSet<String>,
) -> Outcome<HashMap<String, u64>> {
    let mut wire = Wire::open(address).await?;
    let (mut ids, mut seen) = (HashMap::new(), BTreeSet::new());
    for conversation in conversations {
        let path = format!("/api/v1/conversations/{conversation}");
        let answer = wire.get(&path, &session.bearer()).await?;
        let body: Value = serde_json::from_slice(&answer.body).while_doing(&path)?;
        for (id, number) in said_in(&body, &path)? {
            if !seen.insert(number) {
                return Err(Failure::new(format!("message {number} stands in the timelines twice")));
            }
            ids.insert(id, number);
        }
    }
    Ok(ids)
}

fn said_in(body: &Value, path: &str) -> Outcome<Vec<(String, u64)>> {
    let items = body["timeline"].as_array().ok_or_else(|| Failure::new(format!("{path} has no timeline")))?;
    let mut said = Vec::new();
    for item in items.iter().filter(|item| item["author"] == "customer") {
        let text = item["pieces"][0]["text"].as_str().unwrap_or_default();
        match (item["message"].as_str(), texts::message_of(text)) {
            (Some(id), Some(number)) => said.push((id.to_owned(), number)),
            _ => {
                return Err(Failure::new(format!(
                    "{path} has a message that cannot be read or was not sent"
                )));
            }
        }
    }
    Ok(said)
}

/// How many messages of customers lie in a data folder's SQLite, and under how many different ids of their networks.
pub(crate) fn counts(data: &Path) -> Outcome<(u64, u64)> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let path = data.join("aside.db");
    let conn = Connection::open_with_flags(&path, flags).while_doing(path.display())?;
    let sql = "SELECT count(*), count(DISTINCT provider_index) FROM messages WHERE author = 'customer'";
    let counts = conn.query_row(sql, [], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)));
    let (messages, ids) = counts.while_doing("counting what was stored")?;
    Ok((messages.unsigned_abs(), ids.unsigned_abs()))
}

/// Fails unless exactly `sent` messages are stored, each once.
pub(crate) fn exactly_once((stored, different): (u64, u64), sent: u64) -> Outcome {
    if stored == sent && different == sent {
        return Ok(());
    }
    Err(Failure::new(format!(
        "{sent} messages were acknowledged, and {stored} are stored under {different} different ids"
    )))
}
