//! How long a network lets a brand answer.

use aside_model::Time;

/// Whether a brand may write now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Window {
    /// It may.
    Open {
        /// Until then; `None` without an end.
        until: Option<Time>,
    },
    /// It may send nothing but a text that the network has approved: a [`crate::Template`].
    TemplateOnly {
        /// Since when; `None` where the customer never wrote here.
        since: Option<Time>,
    },
    /// It may not.
    Closed(Closed),
}

impl Window {
    /// Whether a brand may write anything now.
    pub const fn is_open(&self) -> bool {
        matches!(self, Window::Open { .. })
    }
}

/// Why a brand may not write.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Closed {
    /// The customer has not written here yet.
    #[error("the customer has not written here yet")]
    NeverHeard,
    /// Too long ago.
    #[error("the customer wrote too long ago")]
    TooLate {
        /// When the window closed.
        since: Time,
    },
    /// The one private reply to a comment was used.
    #[error("this comment has already had its one private reply")]
    AlreadyReplied,
    /// There is nothing like it on this rung.
    #[error("this channel cannot do that")]
    NotPossibleHere,
}

/// Open for `length` from `start` on.
pub(crate) fn open_for(start: Time, length: std::time::Duration, now: Time) -> Window {
    let until = start.plus(length);
    if now < until {
        Window::Open { until: Some(until) }
    } else {
        Window::Closed(Closed::TooLate { since: until })
    }
}
