//! Whether a guard holds. Guards that take something (`Take`, `Once`) take it here; a refusal later in the
//! command gives it back with all else that it did.

use crate::cells::{Only, change, one};
use aside_model::{BrandId, Guard, JobState, MessageState, Time};
use aside_store::Result;
use rusqlite::Connection;
use std::time::Duration;

statements! {
    VERSION("SELECT version FROM conversations WHERE brand = ?1 AND conversation = ?2");
    MESSAGE_STATE("SELECT state FROM messages WHERE brand = ?1 AND message = ?2");
    JOB_STATE("SELECT state FROM jobs WHERE brand = ?1 AND job = ?2");
    LINK_OPEN(
        "SELECT 1 FROM links WHERE brand = ?1 AND link = ?2 AND redeemed_at IS NULL AND expires_at > ?3"
    );
    CODE_OPEN("SELECT 1 FROM codes WHERE brand = ?1 AND code = ?2 AND used_at IS NULL AND expires_at > ?3");
    HOLD_OPEN("SELECT 1 FROM holds WHERE brand = ?1 AND hold = ?2 AND expires_at > ?3");
    KEY_ALIVE("SELECT 1 FROM keyrings WHERE brand = ?1 AND keyring = ?2 AND wrapped <> x''");
    LEADS("SELECT 1 FROM sequencers WHERE brand = ?1 AND fence = ?2");
    TAKE(
        "INSERT INTO counters (brand, counter, window_length, window_start, taken) VALUES (?1, ?2, ?3, ?4, 1) ",
        "ON CONFLICT (brand, counter, window_length, window_start) DO UPDATE SET taken = taken + 1 ",
        "WHERE taken < ?5"
    );
    ONCE(
        "INSERT INTO once_keys (brand, key, used_at) VALUES (?1, ?2, ?3) ",
        "ON CONFLICT (brand, key) DO NOTHING"
    );
}

/// Whether the guard holds for this brand at this moment.
pub(crate) fn holds(conn: &Connection, brand: BrandId, now: Time, guard: &Guard) -> Result<bool> {
    let there = |sql, params: &[&dyn rusqlite::ToSql]| Ok(one::<Only<i64>>(conn, sql, params)?.is_some());
    match guard {
        Guard::VersionIs(conversation, version) => {
            let found = one::<Only<i64>>(conn, VERSION, bind![brand, *conversation])?;
            Ok(found.is_some_and(|f| f.0 == *version))
        }
        Guard::MessageStateIs(message, state) => {
            let found: Option<Only<MessageState>> = one(conn, MESSAGE_STATE, bind![brand, *message])?;
            Ok(found.is_some_and(|f| f.0 == *state))
        }
        Guard::JobStateIs(job, state) => {
            let found: Option<Only<JobState>> = one(conn, JOB_STATE, bind![brand, *job])?;
            Ok(found.is_some_and(|f| f.0 == *state))
        }
        Guard::LinkOpen(link, at) => there(LINK_OPEN, bind![brand, *link, *at]),
        Guard::CodeOpen(code, at) => there(CODE_OPEN, bind![brand, *code, *at]),
        Guard::HoldOpen(hold, at) => there(HOLD_OPEN, bind![brand, *hold, *at]),
        Guard::KeyAlive(keyring) => there(KEY_ALIVE, bind![brand, *keyring]),
        Guard::Leads(fence) => there(LEADS, bind![brand, *fence]),
        Guard::Take { limit: 0, .. } => Ok(false),
        Guard::Take { counter, window, limit, now } => {
            let (length, start) = window_at(*window, *now);
            Ok(change(conn, TAKE, bind![brand, *counter, length, start, *limit])? == 1)
        }
        Guard::Once(key) => Ok(change(conn, ONCE, bind![brand, *key, now])? == 1),
    }
}

/// The window's length in microseconds, and the start of the one that the moment lies in.
fn window_at(window: Duration, now: Time) -> (i64, i64) {
    let length = i64::try_from(window.as_micros()).unwrap_or(i64::MAX).max(1);
    (length, now.0.div_euclid(length).saturating_mul(length))
}
