//! What somebody wants to do.

use aside_model::{AgentId, ConversationState, DataType, Purpose, Role};

/// Whose a conversation is, seen by the one who asks.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Assignment {
    /// Theirs.
    Mine,
    /// Nobody's, and open: whoever comes first may take it.
    Open,
    /// A colleague's.
    SomeoneElses,
    /// Nobody's, and closed.
    Closed,
}

impl Assignment {
    /// Whose a conversation is, seen by `me`.
    pub fn of(assigned: Option<AgentId>, state: ConversationState, me: AgentId) -> Self {
        match assigned {
            Some(agent) if agent == me => Assignment::Mine,
            Some(_) => Assignment::SomeoneElses,
            None if state == ConversationState::Open => Assignment::Open,
            None => Assignment::Closed,
        }
    }

    /// The name that the log writes.
    pub const fn name(self) -> &'static str {
        match self {
            Assignment::Mine => "mine",
            Assignment::Open => "open",
            Assignment::SomeoneElses => "someone_elses",
            Assignment::Closed => "closed",
        }
    }
}

/// The facts of opening a value.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Reveal {
    /// What it is opened for.
    pub purpose: Purpose,
    /// What it is.
    pub data_type: DataType,
    /// Whose the conversation is that it is needed for.
    pub assignment: Assignment,
}

/// What somebody wants to do, with the facts that matter for it.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Action<'a> {
    /// See the inbox and read conversations, values masked.
    ReadInbox,
    /// Take a conversation, or give it back.
    Assign(Assignment),
    /// Close a conversation, or open it again.
    Close(Assignment),
    /// Answer a customer.
    Reply(Assignment),
    /// Invite a customer to the next rung.
    MoveToSecure(Assignment),
    /// Open a value.
    Reveal(Reveal),
    /// Destroy everything about a customer.
    EraseCustomer {
        /// Why, in the person's own words.
        reason: &'a str,
    },
    /// Read the ledger of the whole brand.
    SeeLedger,
    /// See what waits, fails and is unknown in the outbox.
    SeeJobs,
    /// Lay packs over the base.
    ManageRules,
    /// Add, change and disable the people who answer.
    ManageAgents,
    /// Add and change connections, channels and their notices.
    ManageChannels,
    /// Bring in addresses that the brand already holds.
    ImportContacts,
}

impl Action<'_> {
    /// The name that the log writes.
    pub const fn name(self) -> &'static str {
        match self {
            Action::ReadInbox => "read_inbox",
            Action::Assign(_) => "assign",
            Action::Close(_) => "close",
            Action::Reply(_) => "reply",
            Action::MoveToSecure(_) => "move_to_secure",
            Action::Reveal(_) => "reveal",
            Action::EraseCustomer { .. } => "erase_customer",
            Action::SeeLedger => "see_ledger",
            Action::SeeJobs => "see_jobs",
            Action::ManageRules => "manage_rules",
            Action::ManageAgents => "manage_agents",
            Action::ManageChannels => "manage_channels",
            Action::ImportContacts => "import_contacts",
        }
    }
}

/// Who wants to do what.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Request<'a> {
    /// The role of the one who asks.
    pub role: Role,
    /// What they want to do.
    pub action: Action<'a>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_conversation_is_mine_open_somebody_elses_or_closed() {
        let [me, other] = [1, 2].map(|byte| AgentId::from_bytes([byte; 16]));
        let of = |assigned, state| Assignment::of(assigned, state, me);
        assert_eq!(of(Some(me), ConversationState::Closed), Assignment::Mine);
        assert_eq!(of(Some(other), ConversationState::Open), Assignment::SomeoneElses);
        assert_eq!(of(None, ConversationState::Open), Assignment::Open);
        assert_eq!(of(None, ConversationState::Closed), Assignment::Closed);
    }
}
