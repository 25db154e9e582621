//! What is past its time goes.

use super::Plan;
use aside_model::{PurgeKind, Time};

statements! {
    PURGE_HOLDS("DELETE FROM holds WHERE brand = $1 AND expires_at <= $2");
    PURGE_LINKS("DELETE FROM links WHERE brand = $1 AND expires_at <= $2");
    PURGE_CODES(
        "DELETE FROM codes WHERE brand = $1 AND (expires_at <= $2 OR session IN ",
        "(SELECT session FROM sessions WHERE brand = $1 AND expires_at <= $2))"
    );
    PURGE_SESSIONS("DELETE FROM sessions WHERE brand = $1 AND expires_at <= $2");
    PURGE_DONE_JOBS("DELETE FROM jobs WHERE brand = $1 AND state = 'done' AND touched_at < $2");
    PURGE_EVENTS("DELETE FROM events WHERE brand = $1 AND announced_at < $2");
    PURGE_ONCE_KEYS("DELETE FROM once_keys WHERE brand = $1 AND used_at < $2");
    /// A counter is past its time when its window has ended.
    PURGE_COUNTERS("DELETE FROM counters WHERE brand = $1 AND window_start + window_length < $2");
}

impl Plan {
    pub(super) fn purge(&mut self, kind: PurgeKind, before: Time) {
        let statements: &[&str] = match kind {
            PurgeKind::Holds => &[PURGE_HOLDS],
            PurgeKind::Expired => &[PURGE_LINKS, PURGE_CODES, PURGE_SESSIONS],
            PurgeKind::DoneJobs => &[PURGE_DONE_JOBS],
            PurgeKind::Events => &[PURGE_EVENTS],
            PurgeKind::OnceKeys => &[PURGE_ONCE_KEYS, PURGE_COUNTERS],
        };
        for sql in statements {
            self.then(sql, bind![self.brand, before]);
        }
    }
}
