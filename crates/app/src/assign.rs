//! Taking a conversation, giving it back, closing and reopening it.

use crate::{Acting, App, AppError, Result, record::Entry};
use aside_access::{Action, Assignment};
use aside_model::{Command, ConversationChange, ConversationId, ConversationState, Effect, Guard, Outcome};

impl App {
    /// Takes a conversation for oneself, or gives it back to everyone.
    pub async fn assign(&self, acting: &Acting, conversation: ConversationId, to_me: bool) -> Result<()> {
        self.change(
            acting,
            conversation,
            if to_me { "assigned" } else { "unassigned" },
            Action::Assign,
            |change| {
                change.assigned = Some(to_me.then_some(acting.agent));
            },
        )
        .await
    }

    /// Marks a conversation as solved.
    pub async fn close(&self, acting: &Acting, conversation: ConversationId) -> Result<()> {
        self.change(acting, conversation, "closed", Action::Close, |c| {
            c.state = Some(ConversationState::Closed);
        })
        .await
    }

    /// Marks a conversation as open again.
    pub async fn reopen(&self, acting: &Acting, conversation: ConversationId) -> Result<()> {
        self.change(acting, conversation, "reopened", Action::Assign, |c| {
            c.state = Some(ConversationState::Open);
        })
        .await
    }

    async fn change(
        &self,
        acting: &Acting,
        conversation: ConversationId,
        kind: &'static str,
        action: impl Fn(Assignment) -> Action<'static>,
        set: impl Fn(&mut ConversationChange),
    ) -> Result<()> {
        let brand = acting.brand;
        for _ in 0..8 {
            let row = self.store.conversation(brand, conversation).await?.ok_or(AppError::NotFound)?;
            self.permit(acting, action(crate::permit::reach(acting, &row)))?;
            let mut change = ConversationChange::of(conversation);
            set(&mut change);
            let entry = Entry::of(kind).conversation(conversation).fact("agent", acting.agent.to_string());
            let command = Command::new(brand)
                .guard(Guard::VersionIs(conversation, row.version))
                .effect(Effect::UpdateConversation(change))
                .effect(Effect::AddEntry(self.entry(brand, self.clock.now(), entry)?))
                .effect(Effect::Announce(Some(conversation), None, kind));
            if let Outcome::Applied(_) = self.store.apply(command).await? {
                return Ok(());
            }
        }
        Err(AppError::Busy)
    }
}
