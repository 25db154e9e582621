//! The frame around every page of the console.

use crate::{door::Web, refusal::Refusal, session::Agent};
use aside_access::{Action, Budgets, Request, decide, purposes};
use aside_model::{DataType, Purpose, Role};
use serde::Deserialize;

/// What the frame shows.
pub(crate) struct Desk {
    /// Who is signed in.
    pub(crate) name: String,
    /// As what.
    pub(crate) role: Role,
    /// What every form carries.
    pub(crate) csrf: String,
    /// The section, one of those in the bar.
    pub(crate) section: &'static str,
    /// The page's own address, where it is not the one in the browser's bar; else empty.
    pub(crate) address: String,
    /// The newest live event when the page was read.
    pub(crate) event: i64,
    /// What was just done.
    pub(crate) said: Option<&'static str>,
}

/// What was just done, as the redirect after a form says it.
#[derive(Deserialize, Default)]
pub(crate) struct Did {
    did: Option<String>,
}

impl Did {
    fn said(&self) -> Option<&'static str> {
        Some(match self.did.as_deref()? {
            "sent" => "Your reply is on its way.",
            "repeated" => "That reply was sent already; it was not sent again.",
            "invited" => "The customer gets a link to the secure channel.",
            "taken" => "You look after this conversation now.",
            "given-back" => "Nobody looks after this conversation now.",
            "closed" => "Closed. It opens again when the customer writes.",
            "reopened" => "Open again.",
            "marked" => "Marked. It is covered in every stored message of this customer.",
            "retried" => "It is tried again now.",
            _ => return None,
        })
    }
}

/// The console's sections: id, address, name, and what somebody must be allowed to do there.
const SECTIONS: [(&str, &str, &str, Action<'static>); 6] = [
    ("inbox", "/console", "Inbox", Action::ReadInbox),
    ("ledger", "/console/ledger", "Ledger", Action::SeeLedger),
    ("jobs", "/console/jobs", "Jobs", Action::SeeJobs),
    ("channels", "/console/channels", "Channels", Action::ManageChannels),
    ("contacts", "/console/contacts", "Contacts", Action::ImportContacts),
    ("agents", "/console/agents", "Agents", Action::ManageAgents),
];

impl Desk {
    /// The sections that somebody in this role may enter. Each use case asks again.
    pub(crate) fn sections(&self) -> Vec<(&'static str, &'static str, &'static str)> {
        let may = |section: &&(&str, &str, &str, Action<'static>)| self.may(section.3);
        let named =
            |section: &(&'static str, &'static str, &'static str, _)| (section.0, section.1, section.2);
        SECTIONS.iter().filter(may).map(named).collect()
    }

    fn may(&self, action: Action<'_>) -> bool {
        decide(&Request { role: self.role, action }, &Budgets::default()).is_ok()
    }

    /// What they may open a value of this type for; empty if for nothing.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates hand out references")]
    pub(crate) fn purposes(&self, data_type: &DataType) -> Vec<Purpose> {
        purposes(self.role, *data_type)
    }

    /// Whether they are shown the way to a ledger entry.
    pub(crate) fn may_see_ledger(&self) -> bool {
        self.may(Action::SeeLedger)
    }

    /// Whether they are shown the way to erasing a customer.
    pub(crate) fn may_erase(&self) -> bool {
        self.may(Action::EraseCustomer { reason: "a reason" })
    }

    /// The frame for an agent's page. Read before the page itself, so that no event falls in between.
    pub(crate) async fn around(
        web: &Web,
        agent: &Agent,
        section: &'static str,
        did: &Did,
    ) -> Result<Self, Refusal> {
        Ok(Self {
            name: agent.acting.name.clone(),
            role: agent.acting.role,
            csrf: agent.token.text(),
            section,
            address: String::new(),
            event: web.app.last_event(agent.acting.brand).await?,
            said: did.said(),
        })
    }
}
