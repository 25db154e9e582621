//! Whether a value may be opened.

use crate::Denied;
use aside_model::{AgentId, Purpose, Role};
use aside_taxonomy::Class;

/// How many values may be opened in an hour.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Budgets {
    /// By one agent.
    pub agent: u32,
    /// By one privacy officer.
    pub privacy_officer: u32,
}

impl Default for Budgets {
    fn default() -> Self {
        Self { agent: 20, privacy_officer: 60 }
    }
}

/// What is known about a request to open a value.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct RevealRequest {
    /// The role of whoever asks.
    pub role: Role,
    /// Who asks.
    pub agent: AgentId,
    /// What for.
    pub purpose: Purpose,
    /// How sensitive the value's type is.
    pub class: Class,
    /// Who looks after the conversation.
    pub assigned: Option<AgentId>,
    /// Whether the conversation is open.
    pub open: bool,
}

/// Whether the value may be opened; how many an hour then.
pub fn permit_reveal(request: &RevealRequest, budgets: &Budgets) -> Result<u32, Denied> {
    if request.class == Class::Prohibited {
        return Err(Denied::Prohibited);
    }
    match request.role {
        Role::Administrator => Err(Denied::RoleOpensNothing),
        Role::PrivacyOfficer => Ok(budgets.privacy_officer),
        Role::Agent => {
            if request.purpose == Purpose::PrivacyRequest {
                Err(Denied::Purpose)
            } else if !request.open {
                Err(Denied::Closed)
            } else if request.assigned.is_some_and(|a| a != request.agent) {
                Err(Denied::AssignedToOther)
            } else {
                Ok(budgets.agent)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request() -> RevealRequest {
        RevealRequest {
            role: Role::Agent,
            agent: AgentId::from_bytes([1; 16]),
            purpose: Purpose::Contact,
            class: Class::Basic,
            assigned: None,
            open: true,
        }
    }

    #[test]
    fn an_agent_opens_values_of_open_conversations_that_no_colleague_has() {
        let budgets = Budgets::default();
        assert_eq!(permit_reveal(&request(), &budgets), Ok(20));
        let mine = RevealRequest { assigned: Some(AgentId::from_bytes([1; 16])), ..request() };
        assert_eq!(permit_reveal(&mine, &budgets), Ok(20));
        let other = RevealRequest { assigned: Some(AgentId::from_bytes([2; 16])), ..request() };
        assert_eq!(permit_reveal(&other, &budgets), Err(Denied::AssignedToOther));
        assert_eq!(permit_reveal(&RevealRequest { open: false, ..request() }, &budgets), Err(Denied::Closed));
        let request = RevealRequest { purpose: Purpose::PrivacyRequest, ..request() };
        assert_eq!(permit_reveal(&request, &budgets), Err(Denied::Purpose));
    }

    #[test]
    fn prohibited_values_are_opened_for_nobody_and_administrators_open_nothing() {
        for role in Role::ALL {
            let prohibited = RevealRequest { role: *role, class: Class::Prohibited, ..request() };
            assert_eq!(permit_reveal(&prohibited, &Budgets::default()), Err(Denied::Prohibited));
        }
        let administrator = RevealRequest { role: Role::Administrator, ..request() };
        assert_eq!(permit_reveal(&administrator, &Budgets::default()), Err(Denied::RoleOpensNothing));
    }
}
