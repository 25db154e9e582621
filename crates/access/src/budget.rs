//! How many values a person may open.

use aside_model::Role;
use std::time::Duration;

/// At most so many in each window.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Budget {
    /// How many.
    pub limit: u32,
    /// In how long a window.
    pub window: Duration,
}

/// The reveal budgets of the roles.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Budgets {
    /// Each agent's.
    pub agent: Budget,
    /// Each privacy officer's.
    pub privacy_officer: Budget,
}

impl Default for Budgets {
    /// 20 an hour for agents, 60 for privacy officers: enough for a busy desk, too few to empty it.
    fn default() -> Self {
        let an_hour = |limit| Budget { limit, window: Duration::from_hours(1) };
        Self { agent: an_hour(20), privacy_officer: an_hour(60) }
    }
}

impl Budgets {
    /// The budget of a role that may open values at all.
    pub(crate) const fn of(&self, role: Role) -> Option<Budget> {
        match role {
            Role::Agent => Some(self.agent),
            Role::PrivacyOfficer => Some(self.privacy_officer),
            Role::Administrator => None,
        }
    }
}
