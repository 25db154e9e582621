//! Who may do what for the brand, and for which purpose a value may be opened.
//!
//! Pure decisions: facts in, permission or a named refusal out. Use cases ask here before they do
//! anything, and whoever is refused hears why in words they can act on.

mod action;
mod reveal;

pub use action::{Action, permit};
pub use reveal::{Budgets, RevealRequest, permit_reveal};

/// Something is not allowed. The text is for the person who tried.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Denied {
    /// The role does not do this.
    #[error("your role does not allow this; ask a colleague whose role does")]
    Role,
    /// The role opens no values at all.
    #[error("your role opens no values: who runs the installation does not read customers' data")]
    RoleOpensNothing,
    /// The purpose does not go with the role.
    #[error("your role does not open values for this purpose")]
    Purpose,
    /// The value is of a prohibited type.
    #[error("values of this type are opened for nobody")]
    Prohibited,
    /// Somebody else looks after the conversation.
    #[error("a colleague looks after this conversation; take it over first")]
    AssignedToOther,
    /// The conversation is closed.
    #[error("the conversation is closed; open it again first")]
    Closed,
}

impl Denied {
    /// A short name for the ledger.
    pub const fn code(self) -> &'static str {
        match self {
            Denied::Role | Denied::RoleOpensNothing => "role",
            Denied::Purpose => "purpose",
            Denied::Prohibited => "prohibited",
            Denied::AssignedToOther => "assigned_to_other",
            Denied::Closed => "closed",
        }
    }
}
