//! Approved texts: what may be sent on a network outside of its window.

use crate::{
    Acting, App, AppError, ReplyOutcome, Result,
    outgoing::{Payload, TemplateUse},
    views::TemplateView,
};
use aside_channels::{Connector, Template, Window};
use aside_model::{ConversationId, Language, Raw, ThreadId, Time};

/// A template that an agent chose and filled in.
pub struct Filled {
    /// Its name at the network.
    pub name: String,
    /// Its language, as the network writes it.
    pub language: String,
    /// What its places are filled with, in order.
    pub parameters: Vec<Raw>,
}

impl App {
    /// Sends an approved text on a thread: outside of the network's window the only thing that goes out. What
    /// it says with its places filled in is checked like any other reply. The same `form_key` twice sends once.
    pub async fn reply_by_template(
        &self,
        acting: &Acting,
        conversation: ConversationId,
        thread: ThreadId,
        filled: Filled,
        reason: Option<&str>,
        form_key: &str,
    ) -> Result<ReplyOutcome> {
        let place = self.place_of_reply(acting, conversation, thread).await?;
        let Some(connector) = self.connector_of(&place.channel).await? else {
            return Ok(ReplyOutcome::Closed("This channel is not connected.".into()));
        };
        let row = &place.thread;
        if let Window::Closed(closed) = connector.window(row.rung, row.heard_at, self.clock.now()) {
            return Ok(ReplyOutcome::Closed(format!("Not sent: {closed}.")));
        }
        let of = |template: &&Template| template.name == filled.name && template.language == filled.language;
        let template = sendable(&*connector).find(of).ok_or(AppError::NotFound)?;
        let parameters: Vec<String> =
            filled.parameters.iter().map(|raw| raw.expose().trim().to_owned()).collect();
        let text = template.fill(&parameters).map(Raw::new).ok_or_else(|| {
            AppError::Invalid("Fill in every place of the template, each on one line.".into())
        })?;
        let checked = match self.check_reply(acting, &place, &text, reason).await? {
            Ok(checked) => checked,
            Err(stopped) => return Ok(stopped),
        };
        let template = Some(TemplateUse::of(template, parameters));
        let part = Payload { text: text.expose().to_owned(), template, ..Payload::default() };
        self.queue_reply(acting, &place, checked, vec![part], form_key).await
    }
}

/// The templates that an agent may send. An invitation is sent by moving up: its link is made then.
fn sendable(connector: &dyn Connector) -> impl Iterator<Item = &Template> {
    connector.templates().iter().filter(|template| !template.invitation)
}

/// The templates that an agent may send, for people.
pub(crate) fn offered(connector: &dyn Connector) -> Vec<TemplateView> {
    sendable(connector)
        .map(|template| TemplateView {
            name: template.name.clone(),
            language: template.language.clone(),
            body: template.body.clone(),
            places: template.places(),
        })
        .collect()
}

/// The approved text that invites into the secure channel, in a language if there is one in it.
pub(crate) fn invitation(connector: &dyn Connector, language: Language) -> Option<&Template> {
    let invites = || connector.templates().iter().filter(|template| template.invitation);
    invites().find(|template| template.speaks(language.tag())).or_else(|| invites().next())
}

/// Why nothing but a template can be sent.
pub(crate) const fn why_only(since: Option<Time>) -> &'static str {
    match since {
        Some(_) => "The customer wrote too long ago; only an approved template can be sent.",
        None => "The customer has not written here yet; only an approved template can be sent.",
    }
}
