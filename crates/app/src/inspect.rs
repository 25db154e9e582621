//! Opening everything that the keys open, for whoever must know what lies in a store: the check after a
//! demonstration run, and the tests of rule 1. Vault values are not opened here: only a reveal does that.

use crate::{App, Result};
use aside_model::{BrandId, ConversationId, JobState, Network, Raw};

/// How many rows are read at once.
const PAGE: u32 = 500;

impl App {
    /// The newest conversation with whoever has this address on a network.
    pub async fn conversation_at(
        &self,
        brand: BrandId,
        network: Network,
        address: &Raw,
    ) -> Result<Option<ConversationId>> {
        let index = self.index(brand, network.name(), address.expose())?;
        let Some(handle) = self.store.handle_at(brand, network, index).await? else { return Ok(None) };
        let conversations = self.store.conversations_of(brand, handle.customer).await?;
        Ok(conversations.first().map(|c| c.conversation))
    }

    /// Opens every sealed text of a brand and hands it to `look`, with the name of its place.
    pub async fn open_everything(
        &self,
        brand: BrandId,
        look: &mut (dyn FnMut(&str, &str) + Send),
    ) -> Result<()> {
        let mut filter = aside_store::InboxFilter::default();
        loop {
            let page = self.store.inbox(brand, &filter, PAGE).await?;
            for row in &page {
                self.open_conversation(brand, row.conversation, look).await?;
                for handle in self.store.handles(brand, row.customer).await? {
                    let ring = self.ring(brand, handle.keyring).await?;
                    look("handles.name", &Self::name_of(&ring, &handle));
                    let address =
                        Self::open_text(&ring, handle.handle.bytes(), "address", &handle.address_sealed)?;
                    look("handles.address", address.expose());
                }
            }
            let Some(last) = page.last().filter(|_| page.len() == PAGE as usize) else { break };
            filter.before = Some((last.last_message_at, last.conversation));
        }
        for state in [JobState::Due, JobState::Running, JobState::Unknown, JobState::Failed, JobState::Done] {
            for job in self.store.jobs(brand, state, u32::MAX).await? {
                if let Some(sealed) = &job.payload_sealed {
                    let ring = self.ring(brand, job.keyring).await?;
                    let payload = Self::open_text(&ring, job.job.bytes(), "payload", sealed)?;
                    look("jobs.payload", payload.expose());
                }
            }
        }
        Ok(())
    }

    async fn open_conversation(
        &self,
        brand: BrandId,
        conversation: ConversationId,
        look: &mut (dyn FnMut(&str, &str) + Send),
    ) -> Result<()> {
        let mut before = None;
        loop {
            let rows = self.store.messages(brand, conversation, before, PAGE).await?;
            for row in &rows {
                let ring = self.ring(brand, row.keyring).await?;
                let body = Self::open_body(&ring, row)?;
                look("messages.body", &body.visible());
                // The stored form, too: a value could hide in a part that people are not shown.
                look("messages.body as stored", &String::from_utf8_lossy(&body.encode()));
                if let Some(sealed) = &row.provider_sealed {
                    let id = Self::open_text(&ring, row.message.bytes(), "provider", sealed)?;
                    look("messages.provider", id.expose());
                }
            }
            let Some(first) = rows.first().filter(|_| rows.len() == PAGE as usize) else { break };
            before = Some(first.message);
        }
        for thread in self.store.threads(brand, conversation).await? {
            if let Some(handle) = self.store.handle(brand, thread.handle).await? {
                let ring = self.ring(brand, handle.keyring).await?;
                look("threads.address", Self::address_of(&ring, &thread)?.expose());
            }
        }
        for entry in self.store.entries_of(brand, conversation).await? {
            look("entries.leaf", &String::from_utf8_lossy(&entry.leaf));
            if let (Some(keyring), Some(sealed)) = (entry.keyring, &entry.details_sealed) {
                let ring = self.ring(brand, keyring).await?;
                let opened =
                    ring.keys.text_key().open(&ring.place(entry.entry.bytes(), "details"), sealed)?;
                look("entries.details", &String::from_utf8_lossy(&opened[32.min(opened.len())..]));
            }
        }
        Ok(())
    }
}
