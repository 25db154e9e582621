//! Erasing a customer: keys first, then everything that names them. The ledger keeps what happened.

use crate::{Acting, App, AppError, Result, record::Entry};
use aside_access::Action;
use aside_model::{BrandId, Command, ConversationId, CustomerId, Effect, Outcome};
use serde::Serialize;

/// The facts of an erasure's entry that name the destroyed keyrings: `keyrings/0` and so on.
pub(crate) const KEYRINGS: &str = "keyrings";
/// As many ids as a fact's 4,096 bytes hold.
const KEYRINGS_IN_A_FACT: usize = 100;

/// What was erased.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
pub struct Erased {
    /// Handles, each with its keyring.
    pub handles: u32,
    /// Conversations.
    pub conversations: u32,
}

impl App {
    /// Erases the customer of a conversation, over all their handles and conversations. Nothing opens their
    /// data afterwards, and no table names them.
    pub async fn erase(&self, acting: &Acting, conversation: ConversationId, reason: &str) -> Result<Erased> {
        self.permit(acting, Action::EraseCustomer { reason })?;
        let brand = acting.brand;
        let row = self.store.conversation(brand, conversation).await?.ok_or(AppError::NotFound)?;
        let handles = self.store.handles(brand, row.customer).await?;
        let conversations = self.store.conversations_of(brand, row.customer).await?;
        let erased = Erased { handles: handles.len() as u32, conversations: conversations.len() as u32 };
        // The reason may name the customer, so only its salted commitment stays.
        let entry = Entry::of("erased")
            .fact("agent", acting.agent.to_string())
            .fact("customer", row.customer.to_string())
            .fact("handles", erased.handles.to_string())
            .fact("conversations", erased.conversations.to_string())
            .committed(reason.trim());
        let keyrings: Vec<String> = handles.iter().map(|handle| handle.keyring.to_string()).collect();
        // By these a restored copy finds what must be erased again, whatever was merged or parted meanwhile.
        let entry = (0..)
            .zip(keyrings.chunks(KEYRINGS_IN_A_FACT))
            .fold(entry, |entry, (n, ids)| entry.fact(&format!("{KEYRINGS}/{n}"), ids.join(" ")));
        let command = Command::new(brand)
            .effect(Effect::EraseCustomer(row.customer))
            .effect(Effect::AddEntry(self.entry(brand, self.clock.now(), entry)?))
            .effect(Effect::Announce(None, None, "erased"));
        match self.store.apply(command).await? {
            Outcome::Applied(_) => Ok(erased),
            Outcome::Refused(_) => Err(AppError::NotFound),
        }
    }

    /// Erases a customer whose erasure is in the ledger already: in a copy that was made before it.
    pub(crate) async fn erase_wholly(&self, brand: BrandId, customer: CustomerId) -> Result<()> {
        self.store.apply(Command::new(brand).effect(Effect::EraseCustomer(customer))).await?;
        Ok(())
    }
}
