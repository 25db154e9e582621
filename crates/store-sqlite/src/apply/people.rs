//! Effects on links, sessions, codes and handles.

use super::Scope;
use crate::cells::change;
use aside_model::{AgentId, CodeId, CustomerId, HandleId, LinkId, SessionId, Time};
use aside_store::Result;

statements! {
    REDEEM_LINK("UPDATE links SET redeemed_at = ?3 WHERE brand = ?1 AND link = ?2");
    SESSION_SEEN("UPDATE sessions SET seen_at = max(seen_at, ?3) WHERE brand = ?1 AND session = ?2");
    END_CODES_OF_SESSION("DELETE FROM codes WHERE brand = ?1 AND session = ?2");
    END_SESSION("DELETE FROM sessions WHERE brand = ?1 AND session = ?2");
    END_AGENT_SESSIONS("DELETE FROM sessions WHERE brand = ?1 AND agent = ?2");
    USE_CODE("UPDATE codes SET used_at = ?3 WHERE brand = ?1 AND code = ?2");
    MOVE_HANDLE(
        "UPDATE handles SET customer = ?3 WHERE brand = ?1 AND handle = ?2", of_no_erased_customer!()
    );
}

impl Scope<'_> {
    pub(super) fn redeem_link(&self, link: LinkId, at: Time) -> Result<()> {
        change(self.conn, REDEEM_LINK, bind![self.brand, link, at]).map(drop)
    }

    pub(super) fn session_seen(&self, session: SessionId, at: Time) -> Result<()> {
        change(self.conn, SESSION_SEEN, bind![self.brand, session, at]).map(drop)
    }

    pub(super) fn end_session(&self, session: SessionId) -> Result<()> {
        change(self.conn, END_CODES_OF_SESSION, bind![self.brand, session])?;
        change(self.conn, END_SESSION, bind![self.brand, session]).map(drop)
    }

    pub(super) fn end_agent_sessions(&self, agent: AgentId) -> Result<()> {
        change(self.conn, END_AGENT_SESSIONS, bind![self.brand, agent]).map(drop)
    }

    pub(super) fn use_code(&self, code: CodeId, at: Time) -> Result<()> {
        change(self.conn, USE_CODE, bind![self.brand, code, at]).map(drop)
    }

    pub(super) fn move_handle(&self, handle: HandleId, to: CustomerId) -> Result<()> {
        match change(self.conn, MOVE_HANDLE, bind![self.brand, handle, to])? {
            0 => Ok(()),
            _ => self.must_stay(to),
        }
    }
}
