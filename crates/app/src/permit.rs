//! Asking `access`, and what people are told when it says no.

use crate::{Acting, App, AppError, Result};
use aside_access::{Action, Assignment, Budget, Request, decide};
use aside_model::rows::ConversationRow;

impl App {
    /// Asks `access` whether somebody may do something, and how often.
    pub(crate) fn permit(&self, acting: &Acting, action: Action<'_>) -> Result<Option<Budget>> {
        let request = Request { role: acting.role, action };
        let permit = decide(&request, &self.settings.budgets);
        permit.map(|p| p.budget()).map_err(|denied| AppError::Denied(sentence(&denied.to_string())))
    }
}

/// How near a conversation is to whoever acts.
pub(crate) fn reach(acting: &Acting, row: &ConversationRow) -> Assignment {
    Assignment::of(row.assigned, row.state, acting.agent)
}

/// A text with a capital at the start and a full stop at the end.
pub(crate) fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first: String = letters.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
    let stop = if text.ends_with(['.', '!', '?']) { "" } else { "." };
    format!("{first}{}{stop}", letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_becomes_a_sentence() {
        assert_eq!(sentence("the window is closed"), "The window is closed.");
        assert_eq!(sentence("Try again!"), "Try again!");
        assert_eq!(sentence("über 24 Stunden"), "Über 24 Stunden.");
    }
}
