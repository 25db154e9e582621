//! What is past its time goes.

use super::Scope;
use crate::cells::change;
use aside_model::{PurgeKind, Time};
use aside_store::Result;

/// How many rows of a kind go at once: all commands wait while they do.
macro_rules! at_once {
    () => {
        500
    };
}

/// The sessions that go next.
macro_rules! expired_sessions {
    () => {
        concat!(
            "(SELECT session FROM sessions WHERE brand = ?1 AND expires_at <= ?2 ORDER BY expires_at, session LIMIT ",
            at_once!(),
            ")"
        )
    };
}

statements! {
    PURGE_HOLDS(
        "DELETE FROM holds WHERE brand = ?1 AND hold IN (SELECT hold FROM holds ",
        "WHERE brand = ?1 AND expires_at <= ?2 ORDER BY expires_at LIMIT ", at_once!(), ")"
    );
    PURGE_LINKS(
        "DELETE FROM links WHERE brand = ?1 AND link IN (SELECT link FROM links ",
        "WHERE brand = ?1 AND expires_at <= ?2 ORDER BY expires_at LIMIT ", at_once!(), ")"
    );
    PURGE_CODES(
        "DELETE FROM codes WHERE brand = ?1 AND code IN (SELECT code FROM codes ",
        "WHERE brand = ?1 AND expires_at <= ?2 ORDER BY expires_at LIMIT ", at_once!(), ")"
    );
    PURGE_CODES_OF_SESSIONS("DELETE FROM codes WHERE brand = ?1 AND session IN ", expired_sessions!());
    PURGE_SESSIONS("DELETE FROM sessions WHERE brand = ?1 AND session IN ", expired_sessions!());
    PURGE_DONE_JOBS(
        "DELETE FROM jobs WHERE brand = ?1 AND job IN (SELECT job FROM jobs ",
        "WHERE brand = ?1 AND state = 'done' AND touched_at < ?2 ORDER BY touched_at LIMIT ", at_once!(), ")"
    );
    /// The oldest have the smallest numbers.
    PURGE_EVENTS(
        "DELETE FROM events WHERE brand = ?1 AND announced_at < ?2 AND number IN ",
        "(SELECT number FROM events WHERE brand = ?1 ORDER BY number LIMIT ", at_once!(), ")"
    );
    PURGE_ONCE_KEYS(
        "DELETE FROM once_keys WHERE brand = ?1 AND key IN (SELECT key FROM once_keys ",
        "WHERE brand = ?1 AND used_at < ?2 ORDER BY used_at LIMIT ", at_once!(), ")"
    );
    /// A counter is past its time when its window has ended.
    PURGE_COUNTERS(
        "DELETE FROM counters WHERE brand = ?1 AND (counter, window_length, window_start) IN ",
        "(SELECT counter, window_length, window_start FROM counters ",
        "WHERE brand = ?1 AND window_start + window_length < ?2 LIMIT ", at_once!(), ")"
    );
}

impl Scope<'_> {
    pub(super) fn purge(&mut self, kind: PurgeKind, before: Time) -> Result<()> {
        let statements: &[&str] = match kind {
            PurgeKind::Holds => &[PURGE_HOLDS],
            PurgeKind::Expired => &[PURGE_LINKS, PURGE_CODES, PURGE_CODES_OF_SESSIONS, PURGE_SESSIONS],
            PurgeKind::DoneJobs => &[PURGE_DONE_JOBS],
            PurgeKind::Events => &[PURGE_EVENTS],
            PurgeKind::OnceKeys => &[PURGE_ONCE_KEYS, PURGE_COUNTERS],
        };
        for sql in statements {
            self.more |= change(self.conn, sql, bind![self.brand, before])? >= at_once!();
        }
        Ok(())
    }
}
