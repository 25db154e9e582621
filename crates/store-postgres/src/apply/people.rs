//! Effects on links, sessions, codes and handles.

use super::Plan;
use aside_model::{AgentId, CodeId, CustomerId, HandleId, LinkId, SessionId, Time};

statements! {
    REDEEM_LINK("UPDATE links SET redeemed_at = $3 WHERE brand = $1 AND link = $2");
    SESSION_SEEN("UPDATE sessions SET seen_at = greatest(seen_at, $3) WHERE brand = $1 AND session = $2");
    END_CODES_OF_SESSION("DELETE FROM codes WHERE brand = $1 AND session = $2");
    END_SESSION("DELETE FROM sessions WHERE brand = $1 AND session = $2");
    END_AGENT_SESSIONS("DELETE FROM sessions WHERE brand = $1 AND agent = $2");
    USE_CODE("UPDATE codes SET used_at = $3 WHERE brand = $1 AND code = $2");
    MOVE_HANDLE(
        "UPDATE handles SET customer = $3 WHERE brand = $1 AND handle = $2", of_no_erased_customer!()
    );
}

impl Plan {
    pub(super) fn redeem_link(&mut self, link: LinkId, at: Time) {
        self.then(REDEEM_LINK, bind![self.brand, link, at]);
    }

    pub(super) fn session_seen(&mut self, session: SessionId, at: Time) {
        self.then(SESSION_SEEN, bind![self.brand, session, at]);
    }

    pub(super) fn end_session(&mut self, session: SessionId) {
        self.then(END_CODES_OF_SESSION, bind![self.brand, session]);
        self.then(END_SESSION, bind![self.brand, session]);
    }

    pub(super) fn end_agent_sessions(&mut self, agent: AgentId) {
        self.then(END_AGENT_SESSIONS, bind![self.brand, agent]);
    }

    pub(super) fn use_code(&mut self, code: CodeId, at: Time) {
        self.then(USE_CODE, bind![self.brand, code, at]);
    }

    pub(super) fn move_handle(&mut self, handle: HandleId, to: CustomerId) {
        self.then(MOVE_HANDLE, bind![self.brand, handle, to]);
    }
}
