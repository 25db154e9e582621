//! The decision.

use crate::{Action, Assignment, Budget, Budgets, Request, Reveal, purpose};
use aside_model::{DataType, Purpose, Role};
use aside_taxonomy::Class;

/// How many characters a reason has at least, spaces around it not counted.
pub const MIN_REASON: usize = 5;

/// The action may be done. Only [`decide`] makes one.
#[derive(Clone, PartialEq, Eq, Debug)]
#[must_use = "what is permitted may still have a budget"]
pub struct Permit {
    role: Role,
    action: &'static str,
    budget: Option<Budget>,
}

impl Permit {
    /// The role that it was given to.
    pub const fn role(&self) -> Role {
        self.role
    }

    /// The action that it is for, by name.
    pub const fn action(&self) -> &'static str {
        self.action
    }

    /// The budget from which one must be taken before the action is done.
    pub const fn budget(&self) -> Option<Budget> {
        self.budget
    }
}

/// Why an action may not be done.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Denied {
    /// The role does not do this.
    #[error("the role {} does not {}", role.name().replace('_', " "), action.replace('_', " "))]
    Role {
        /// The role.
        role: Role,
        /// The action, by name.
        action: &'static str,
    },
    /// The conversation is a colleague's.
    #[error("the conversation is assigned to someone else; ask them or a privacy officer to hand it over")]
    SomeoneElses,
    /// The conversation is closed and nobody's.
    #[error("the conversation is closed; open it again first")]
    Closed,
    /// Data of this type is opened for nobody.
    #[error("a {} is never shown to anyone", data_type.label())]
    Prohibited {
        /// The type.
        data_type: DataType,
    },
    /// The purpose is not part of the role's work.
    #[error("the purpose {} does not belong to the role {}", purpose.name().replace('_', " "), role.name().replace('_', " "))]
    PurposeOfRole {
        /// The role.
        role: Role,
        /// The purpose.
        purpose: Purpose,
    },
    /// The data cannot serve the purpose.
    #[error("a {} is not needed for {}; choose the purpose you need it for", data_type.label(), purpose.name().replace('_', " "))]
    PurposeOfData {
        /// The type.
        data_type: DataType,
        /// The purpose.
        purpose: Purpose,
    },
    /// The reason is missing or says nothing.
    #[error("give a reason of at least {MIN_REASON} characters; a fingerprint of it is kept in the ledger")]
    Reason,
}

/// Decides whether a role may do an action.
pub fn decide(request: &Request<'_>, budgets: &Budgets) -> Result<Permit, Denied> {
    let Request { role, action } = *request;
    if !role_may(role, action) {
        return Err(Denied::Role { role, action: action.name() });
    }
    let budget = match action {
        Action::Assign(assignment)
        | Action::Close(assignment)
        | Action::Reply(assignment)
        | Action::MoveToSecure(assignment) => {
            within_reach(role, action, assignment)?;
            None
        }
        Action::Reveal(reveal) => {
            may_reveal(role, reveal)?;
            budgets.of(role)
        }
        Action::EraseCustomer { reason } => {
            if reason.trim().chars().count() < MIN_REASON {
                return Err(Denied::Reason);
            }
            None
        }
        Action::ReadInbox
        | Action::SeeLedger
        | Action::SeeJobs
        | Action::ManageRules
        | Action::ManageAgents
        | Action::ManageChannels
        | Action::ImportContacts => None,
    };
    Ok(Permit { role, action: action.name(), budget })
}

/// Whether an action is part of a role's work at all.
const fn role_may(role: Role, action: Action<'_>) -> bool {
    match action {
        // Values are masked in the inbox, leaves of the ledger carry no direct identifiers, and a job that
        // nobody knows the outcome of concerns whoever wrote the message.
        Action::ReadInbox | Action::SeeLedger | Action::SeeJobs => true,
        Action::Assign(_)
        | Action::Close(_)
        | Action::Reply(_)
        | Action::MoveToSecure(_)
        | Action::Reveal(_) => matches!(role, Role::Agent | Role::PrivacyOfficer),
        Action::EraseCustomer { .. } | Action::ManageChannels | Action::ImportContacts => {
            matches!(role, Role::PrivacyOfficer | Role::Administrator)
        }
        Action::ManageRules => matches!(role, Role::PrivacyOfficer),
        Action::ManageAgents => matches!(role, Role::Administrator),
    }
}

/// People work on their own conversations and on those that wait for anybody. A closed one is nobody's to
/// answer, but whoever likes may open it again; a privacy officer may also take it from one and give it to
/// another.
const fn within_reach(role: Role, action: Action<'_>, assignment: Assignment) -> Result<(), Denied> {
    match (assignment, action) {
        (Assignment::Mine | Assignment::Open, _)
        | (Assignment::Closed, Action::Assign(_) | Action::Close(_)) => Ok(()),
        (Assignment::SomeoneElses, Action::Assign(_)) if matches!(role, Role::PrivacyOfficer) => Ok(()),
        (Assignment::SomeoneElses, _) => Err(Denied::SomeoneElses),
        (Assignment::Closed, _) => Err(Denied::Closed),
    }
}

fn may_reveal(role: Role, reveal: Reveal) -> Result<(), Denied> {
    let Reveal { purpose, data_type, assignment } = reveal;
    if data_type.class() == Class::Prohibited {
        return Err(Denied::Prohibited { data_type });
    }
    if !purpose::role_has(role, purpose) {
        return Err(Denied::PurposeOfRole { role, purpose });
    }
    if !purpose::fits(role, purpose, data_type) {
        return Err(Denied::PurposeOfData { data_type, purpose });
    }
    // A request about someone's own data reaches over all that is held, whoever looks after it.
    if purpose == Purpose::PrivacyRequest {
        return Ok(());
    }
    within_reach(role, Action::Reveal(reveal), assignment)
}
