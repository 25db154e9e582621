//! What a role may do.

use crate::Denied;
use aside_model::Role;

/// Something that people do in the console or through the API.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Action {
    /// See inbox and conversations, masked.
    ReadInbox,
    /// Answer, take, close.
    Reply,
    /// Invite into the secure channel.
    MoveToSecure,
    /// Erase a customer.
    EraseCustomer,
    /// See the ledger and its proofs.
    SeeLedger,
    /// See agents.
    ManageAgents,
    /// See channels and their notices.
    ManageChannels,
    /// Import known contacts.
    ImportContacts,
    /// See jobs that need a person, and try them again.
    SeeJobs,
}

impl Action {
    /// Every action.
    pub const ALL: &'static [Action] = &[
        Action::ReadInbox,
        Action::Reply,
        Action::MoveToSecure,
        Action::EraseCustomer,
        Action::SeeLedger,
        Action::ManageAgents,
        Action::ManageChannels,
        Action::ImportContacts,
        Action::SeeJobs,
    ];
}

/// Whether a role may do something.
pub const fn permit(role: Role, action: Action) -> Result<(), Denied> {
    let may = match action {
        Action::ReadInbox | Action::SeeLedger | Action::SeeJobs => true,
        Action::Reply | Action::MoveToSecure => matches!(role, Role::Agent | Role::PrivacyOfficer),
        Action::EraseCustomer => matches!(role, Role::PrivacyOfficer | Role::Administrator),
        Action::ManageAgents => matches!(role, Role::Administrator),
        Action::ManageChannels | Action::ImportContacts => {
            matches!(role, Role::Administrator | Role::PrivacyOfficer)
        }
    };
    if may { Ok(()) } else { Err(Denied::Role) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_may_do_exactly_what_the_table_says() {
        let table =
            |role| Action::ALL.iter().map(|a| if permit(role, *a).is_ok() { 'x' } else { '.' }).collect();
        let rows: Vec<String> = Role::ALL.iter().map(|r| table(*r)).collect();
        // ReadInbox Reply MoveToSecure EraseCustomer SeeLedger ManageAgents ManageChannels ImportContacts SeeJobs
        assert_eq!(rows, ["xxx.x...x", "xxxxx.xxx", "x..xxxxxx"]);
    }
}
