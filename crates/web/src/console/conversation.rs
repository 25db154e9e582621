//! A conversation over all rungs: what was said and what happened, and where a reply can go.

use super::{
    desk::{Desk, Did},
    templates::NotSent,
};
use crate::{
    door::Web,
    refusal::Refusal,
    session::{Agent, id},
    shown::{self, Label, Moment, Reach, SaysSomething},
};
use aside_app::views::{ConversationView, DraftCheck, Piece, TimelineItem};
use aside_model::{ConversationId, ConversationState, MessageState, Rung, ThreadId};
use askama::Template;
use axum::{
    extract::{Path, Query, State},
    http::{HeaderMap, StatusCode},
    response::{Html, IntoResponse, Response},
};
use serde::Deserialize;

/// How many lines of a timeline are shown at first.
const LINES: usize = 200;

#[derive(Template)]
#[template(path = "console/conversation.html", blocks = ["timeline", "threads", "side"])]
pub(super) struct ConversationPage {
    pub(super) desk: Desk,
    pub(super) view: ConversationView,
    /// The lines that are shown.
    pub(super) timeline: Vec<TimelineItem>,
    /// Where all of them are, when some are left out.
    pub(super) older: Option<String>,
    pub(super) shown_items: usize,
    /// The page's address.
    pub(super) at: String,
    /// The thread that a reply goes to, unless the agent chooses another.
    pub(super) chosen: Option<ThreadId>,
    pub(super) chosen_rung: Option<Rung>,
    /// What stands in the composer.
    pub(super) draft: String,
    pub(super) check: DraftCheck,
    /// Why the last draft was not sent.
    pub(super) not_sent: Option<(&'static str, String)>,
    /// Why nothing was marked as missed.
    pub(super) not_marked: Option<String>,
    /// The template that was not sent.
    pub(super) template: Option<NotSent>,
    pub(super) form_key: String,
}

/// What a page shows besides the conversation itself.
#[derive(Default)]
pub(super) struct Composer {
    pub(super) thread: Option<ThreadId>,
    pub(super) draft: String,
    pub(super) check: DraftCheck,
    pub(super) not_sent: Option<(&'static str, String)>,
    pub(super) not_marked: Option<String>,
    pub(super) template: Option<NotSent>,
}

#[derive(Deserialize)]
pub(super) struct All {
    all: Option<String>,
}

pub(super) async fn show(
    State(web): State<Web>,
    agent: Agent,
    Path(conversation): Path<String>,
    Query(All { all }): Query<All>,
    Query(did): Query<Did>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let page = read(&web, &agent, id(&conversation)?, all.is_some(), &did, Composer::default()).await?;
    match shown::part(&headers) {
        Some("timeline") => Ok(Html(page.as_timeline().render()?).into_response()),
        Some("threads") => Ok(Html(page.as_threads().render()?).into_response()),
        Some("side") => Ok(Html(page.as_side().render()?).into_response()),
        _ => shown::page(StatusCode::OK, &page),
    }
}

/// Reads the conversation and lays the page out.
pub(super) async fn read(
    web: &Web,
    agent: &Agent,
    conversation: ConversationId,
    all: bool,
    did: &Did,
    composer: Composer,
) -> Result<ConversationPage, Refusal> {
    let desk = Desk::around(web, agent, "inbox", did).await?;
    let view = web.app.conversation(&agent.acting, conversation).await?.ok_or(Refusal::NotFound)?;
    Ok(ConversationPage::of(desk, view, all, composer, web.form_key()))
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "templates hand out references")]
impl ConversationPage {
    fn is_chosen(&self, thread: &ThreadId) -> bool {
        self.chosen == Some(*thread)
    }

    fn is_on(&self, rung: &Rung) -> bool {
        self.chosen_rung == Some(*rung)
    }

    /// The template that was not sent, if it is one of this thread's, or this very one.
    fn not_sent_on(&self, thread: &ThreadId) -> Option<&NotSent> {
        self.template.as_ref().filter(|not_sent| not_sent.thread == *thread)
    }

    fn not_sent_as(&self, thread: &ThreadId, name: &str, language: &str) -> Option<&NotSent> {
        self.template.as_ref().filter(|not_sent| not_sent.is_of(*thread, name, language))
    }

    /// Whether nothing but a template can be sent, on any thread.
    fn is_by_template_alone(&self) -> bool {
        let threads = &self.view.threads;
        threads.iter().all(|thread| thread.closed.is_some())
            && threads.iter().any(|thread| thread.template_only)
    }

    pub(super) fn of(
        desk: Desk,
        mut view: ConversationView,
        all: bool,
        composer: Composer,
        form_key: String,
    ) -> Self {
        let at = format!("/console/c/{}", view.conversation);
        let mut timeline = std::mem::take(&mut view.timeline);
        let left_out = if all { 0 } else { timeline.len().saturating_sub(LINES) };
        timeline.drain(..left_out);
        // The highest rung that can be answered: threads come highest first.
        let open = |thread: &&aside_app::views::ThreadView| thread.closed.is_none();
        let chosen = composer.thread.or_else(|| view.threads.iter().find(open).map(|t| t.thread));
        let chosen_rung = view.threads.iter().find(|t| Some(t.thread) == chosen).map(|t| t.rung);
        let address = if all { format!("{at}?all=1") } else { at.clone() };
        Self {
            desk: Desk { address, ..desk },
            shown_items: timeline.len(),
            timeline,
            older: (left_out > 0).then(|| format!("{at}?all=1")),
            at,
            chosen,
            chosen_rung,
            draft: composer.draft,
            check: composer.check,
            not_sent: composer.not_sent,
            not_marked: composer.not_marked,
            template: composer.template,
            form_key,
            view,
        }
    }
}
