//! What an agent sees: the inbox and a conversation over all rungs.

use crate::{
    Acting, App, AppError, Result,
    views::{ConversationView, ExchangeView, InboxLine, InboxPage, ThreadView},
};
use aside_access::Action;
use aside_channels::Window;
use aside_model::{
    Author, ConversationId, ConversationState, Rung, Time,
    rows::{ChannelRow, ConversationRow, ThreadRow},
};
use aside_rules::Verdict;
use aside_store::InboxFilter;

/// How many conversations a page of the inbox shows.
const PAGE: u32 = 50;

impl App {
    /// A page of the inbox. `before` is the last page's `next`.
    pub async fn inbox(
        &self,
        acting: &Acting,
        state: Option<ConversationState>,
        mine: bool,
        before: Option<&str>,
    ) -> Result<InboxPage> {
        self.permit(acting, Action::ReadInbox)?;
        let brand = acting.brand;
        let filter = InboxFilter {
            state,
            assigned: mine.then_some(acting.agent),
            before: before.map(page_mark).transpose()?,
        };
        let mut rows = self.store.inbox(brand, &filter, PAGE + 1).await?;
        let more = rows.len() > PAGE as usize;
        rows.truncate(PAGE as usize);
        let ids: Vec<_> = rows.iter().map(|r| r.conversation).collect();
        let last = self.store.last_messages(brand, &ids).await?;
        let names = self.names(brand, last.iter().map(|m| m.handle).collect()).await?;
        let mut lines = Vec::with_capacity(rows.len());
        for row in &rows {
            let message = last.iter().find(|m| m.conversation == row.conversation);
            let customer = self.customer_name(row).await?;
            lines.push(InboxLine {
                conversation: row.conversation,
                customer,
                preview: message.map(|m| Self::preview(m, &names)).transpose()?.unwrap_or_default(),
                preview_author: message.map_or(Author::System, |m| m.author),
                rung: row.rung,
                state: row.state,
                assurance: self.assurance_now(row),
                assigned: names.agent(row.assigned),
                last_message_at: row.last_message_at,
                waiting: row.state == ConversationState::Open
                    && message.is_some_and(|m| m.author != Author::Agent),
            });
        }
        let next =
            rows.last().filter(|_| more).map(|r| format!("{}-{}", r.last_message_at.0, r.conversation));
        Ok(InboxPage { lines, next })
    }

    /// A conversation over all rungs.
    pub async fn conversation(
        &self,
        acting: &Acting,
        conversation: ConversationId,
    ) -> Result<Option<ConversationView>> {
        self.permit(acting, Action::ReadInbox)?;
        let brand = acting.brand;
        let Some(row) = self.store.conversation(brand, conversation).await? else { return Ok(None) };
        self.check_again(&row).await?;
        let brand_name = self.brand_name(brand).await?;
        let mut threads = Vec::new();
        let mut rows = self.store.threads(brand, conversation).await?;
        rows.sort_by_key(|t| std::cmp::Reverse((t.rung, t.created_at)));
        for thread in &rows {
            if let Some(channel) = self.store.channel(brand, thread.channel).await? {
                threads.push(self.thread_view(thread, &channel).await?);
            }
        }
        let mut rungs: Vec<Rung> = threads.iter().map(|t| t.rung).collect();
        rungs.dedup();
        let agents = self.store.agents(brand).await?;
        let assigned =
            row.assigned.and_then(|id| agents.iter().find(|a| a.agent == id)).map(|a| a.name.clone());
        Ok(Some(ConversationView {
            conversation,
            customer: self.customer_name(&row).await?,
            state: row.state,
            rung: row.rung,
            assurance: self.assurance_now(&row),
            assurance_at: row.assurance_at,
            assurance_until: row.assurance_until,
            language: row.language.clone(),
            mine: row.assigned == Some(acting.agent),
            assigned,
            timeline: self.timeline(&row, &brand_name).await?,
            exchange: rungs.into_iter().map(|rung| (rung, self.exchange_view(rung))).collect(),
            threads,
            invite: self.invitation_thread(&row).await?.map(|_| ()),
            invited_at: row.invited_at,
        }))
    }

    /// How sure we are who writes, at this moment: an assurance past its time counts as `linked` no more.
    pub(crate) fn assurance_now(&self, row: &ConversationRow) -> aside_model::Assurance {
        match row.assurance_until {
            Some(until) if until <= self.clock.now() => aside_model::Assurance::Anonymous,
            _ => row.assurance,
        }
    }

    async fn thread_view(&self, thread: &ThreadRow, channel: &ChannelRow) -> Result<ThreadView> {
        let connector = self.connector_of(channel).await?;
        let mut templates = Vec::new();
        let mut template_only = false;
        let (closed, open_until, max_characters) = match &connector {
            None => (Some("This channel is not connected.".to_owned()), None, 0),
            Some(connector) => {
                let max = connector.capabilities(thread.rung).longest_text;
                let window = connector.window(thread.rung, thread.heard_at, self.clock.now());
                if !matches!(window, Window::Closed(_)) {
                    templates = crate::template::offered(&**connector);
                }
                match window {
                    Window::Open { until } => (None, until, max),
                    Window::TemplateOnly { since } => {
                        template_only = true;
                        (Some(crate::template::why_only(since).to_owned()), None, max)
                    }
                    Window::Closed(closed) => (Some(crate::permit::sentence(&closed.to_string())), None, max),
                }
            }
        };
        Ok(ThreadView {
            thread: thread.thread,
            channel: channel.name.clone(),
            network: channel.network,
            rung: thread.rung,
            closed,
            open_until,
            max_characters,
            template_only,
            templates,
        })
    }

    /// What may be exchanged on a rung, by name.
    pub(crate) fn exchange_view(&self, rung: Rung) -> ExchangeView {
        let mut view = ExchangeView { allowed: vec![], masked: vec![], forbidden: vec![] };
        for line in self.rules.exchange(rung) {
            let list = match (line.inbound, line.inbound_action) {
                (Verdict::Allowed | Verdict::Warned, _) => &mut view.allowed,
                (Verdict::NotHere, aside_rules::Action::Mask) => &mut view.masked,
                (Verdict::NotHere, _) => &mut view.forbidden,
            };
            if !list.contains(&line.label) {
                list.push(line.label);
            }
        }
        // Kinds of one type can differ; what people read is the strictest of them.
        view.masked.retain(|label| !view.forbidden.contains(label));
        view.allowed.retain(|label| !view.forbidden.contains(label) && !view.masked.contains(label));
        view
    }

    /// What people call a conversation's customer: the name of the newest handle that has one.
    async fn customer_name(&self, row: &ConversationRow) -> Result<String> {
        let mut fallback = None;
        for handle in self.store.handles(row.brand, row.customer).await? {
            let ring = match self.store.keyring(row.brand, handle.keyring).await? {
                Some(keyring) => self.open_ring(&keyring)?,
                None => continue,
            };
            let name = Self::name_of(&ring, &handle);
            if handle.name_sealed.is_some() {
                return Ok(name);
            }
            fallback.get_or_insert(name);
        }
        Ok(fallback.unwrap_or_else(|| "Customer".into()))
    }
}

fn page_mark(text: &str) -> Result<(Time, ConversationId)> {
    let parse = || {
        let (at, id) = text.rsplit_once('-')?;
        Some((Time(at.parse().ok()?), id.parse().ok()?))
    };
    parse().ok_or_else(|| AppError::Invalid("`before` is not the `next` of a page".into()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_of_a_page_reads_back() {
        let id = ConversationId::from_bytes([0xab; 16]);
        assert_eq!(
            page_mark(&format!("{}-{id}", 1_790_000_000_000_000_i64)).unwrap(),
            (Time(1_790_000_000_000_000), id)
        );
        assert_eq!(page_mark(&format!("-5-{id}")).unwrap(), (Time(-5), id));
    }

    #[test]
    fn a_mark_that_no_page_gave_is_refused_with_its_name() {
        for text in ["", "-", "12", "12-", "12-nobody", "x-abababababababababababababababab"] {
            let error = page_mark(text).unwrap_err().to_string();
            assert!(error.contains("`before`"), "{text}: {error}");
        }
    }
}
