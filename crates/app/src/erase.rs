//! Erasing a customer: keys first, then everything that names them. The ledger keeps what happened.

use crate::{Acting, App, AppError, Result, record::Entry};
use aside_access::Action;
use aside_model::{BrandId, Command, ConversationId, CustomerId, Effect, Guard, Outcome};
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

/// How many rows one step of an erasure destroys: few enough that nobody who writes in between waits for long.
const STEP: u32 = 100;
/// How often a customer is looked at anew who changes while the erasure is being written down.
const TRIES: usize = 8;

impl App {
    /// Erases the customer of a conversation, over all their handles and conversations. With the first command
    /// nothing opens their data any more and nobody sees it; when this returns, no table names them. Whoever stops
    /// half-way leaves the rest to housekeeping, of this process or the next.
    pub async fn erase(&self, acting: &Acting, conversation: ConversationId, reason: &str) -> Result<Erased> {
        self.permit(acting, Action::EraseCustomer { reason })?;
        for _ in 0..TRIES {
            if let Some(erased) = self.begin_erasing(acting, conversation, reason).await? {
                if let Err(error) = self.finish_erasing(acting.brand).await {
                    tracing::error!(%error, "an erasure stopped half-way; housekeeping goes on with it");
                }
                return Ok(erased);
            }
        }
        Err(AppError::Busy)
    }

    /// The first command: keys and what must stop at once. `None` when the conversation changed meanwhile.
    async fn begin_erasing(
        &self,
        acting: &Acting,
        conversation: ConversationId,
        reason: &str,
    ) -> Result<Option<Erased>> {
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
            .guard(Guard::VersionIs(conversation, row.version))
            .effect(Effect::EraseCustomer(row.customer))
            .effect(Effect::AddEntry(self.entry(brand, self.clock.now(), entry)?))
            .effect(Effect::Announce(None, None, "erased"));
        Ok(match self.store.apply(command).await? {
            Outcome::Applied(_) => Some(erased),
            Outcome::Refused(_) => None,
        })
    }

    /// Destroys, step by step, what is left of every customer of the brand who is being erased.
    pub(crate) async fn finish_erasing(&self, brand: BrandId) -> Result<()> {
        while self.store.erase_more(brand, STEP).await? > 0 {}
        Ok(())
    }

    /// Erases a customer whose erasure is in the ledger already: in a copy that was made before it.
    pub(crate) async fn erase_wholly(&self, brand: BrandId, customer: CustomerId) -> Result<()> {
        self.store.apply(Command::new(brand).effect(Effect::EraseCustomer(customer))).await?;
        self.finish_erasing(brand).await
    }
}
