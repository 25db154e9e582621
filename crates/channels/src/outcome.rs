//! What became of something that we asked a network to do.

use aside_model::Raw;
use std::{fmt, time::Duration};

/// What became of a text that was sent.
pub enum SendOutcome {
    /// The network has it.
    Accepted {
        /// The network's id for it; none on the brand's own messenger.
        provider_id: Option<String>,
        /// Who got it, where the network says so only now: a private reply tells the commenter's id for
        /// direct messages.
        recipient: Option<Raw>,
    },
    /// It did not go out, and may after a while.
    RetryAfter {
        /// How long to wait at least.
        wait: Duration,
        /// Why, in words for people, without personal data.
        reason: &'static str,
    },
    /// It did not go out, and trying again will not help.
    Refused {
        /// Why.
        why: Refusal,
        /// What the network said, by number.
        code: Option<ErrorCode>,
    },
    /// Nobody knows: the request may have gone out, its answer was lost. Only a person should try again.
    Unknown {
        /// What happened, in words for people, without personal data.
        reason: &'static str,
    },
}

/// What became of an act that may safely be repeated: hiding a comment, setting a notice.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ActOutcome {
    /// It is done.
    Done,
    /// It is not known to be done; ask again after a while.
    RetryAfter {
        /// How long to wait at least.
        wait: Duration,
        /// Why, in words for people, without personal data.
        reason: &'static str,
    },
    /// It is not done, and trying again will not help.
    Refused {
        /// Why.
        why: Refusal,
        /// What the network said, by number.
        code: Option<ErrorCode>,
    },
}

/// A network's error number. Its words are not kept: they may quote the customer.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ErrorCode {
    /// The number.
    pub code: i64,
    /// The number below it, if any.
    pub subcode: Option<i64>,
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.subcode {
            Some(subcode) => write!(f, "{}/{subcode}", self.code),
            None => write!(f, "{}", self.code),
        }
    }
}

/// Why a network will not do it, however often it is asked. The text says what a person can do.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum Refusal {
    /// The time in which the network lets a brand answer has passed.
    #[error("the time to answer has passed; the customer has to write first")]
    WindowClosed,
    /// The comment has had its one private reply.
    #[error("this comment has already had its one private reply")]
    AlreadyReplied,
    /// The network does not let this comment be answered in private.
    #[error("this comment cannot be answered in private")]
    NotReplyable,
    /// The person blocked the account, or cannot be reached.
    #[error("the network says this person is not available")]
    PersonUnavailable,
    /// What it was addressed to does not exist (any more).
    #[error("what this was addressed to is not there any more")]
    Gone,
    /// The account's access token does not work.
    #[error("the account's access token does not work; connect the account again")]
    TokenInvalid,
    /// There is no access token for the account.
    #[error("no access token is stored for this account")]
    TokenMissing,
    /// The app may not do this.
    #[error("the app lacks a permission at the network")]
    NotPermitted,
    /// The network holds it for abuse or a repetition.
    #[error("the network blocks this as unwanted")]
    Blocked,
    /// The network has locked or limited the business's account.
    #[error("the network has locked the account; see what it says in its own settings")]
    AccountLocked,
    /// The network does not know the template, or not as it was filled in, or has paused it.
    #[error("the network does not send this template; see its state in the network's own settings")]
    TemplateNotTaken,
    /// The network had taken it, and could not bring it in time.
    #[error("the network could not deliver it and gave up")]
    GivenUp,
    /// The text is longer than the network takes at once.
    #[error("the text is longer than the network takes at once")]
    TooLong,
    /// This network or rung has no such thing.
    #[error("this channel cannot do that")]
    NotPossibleHere,
    /// The network does not take the request as it is, or the address is none that it can have given.
    #[error("the network does not take the request")]
    NotTaken,
}

impl fmt::Debug for SendOutcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            SendOutcome::Accepted { provider_id, recipient } => f
                .debug_struct("Accepted")
                // Not the id itself: some networks write the customer's number into it.
                .field("named", &provider_id.is_some())
                .field("recipient_learnt", &recipient.is_some())
                .finish(),
            SendOutcome::RetryAfter { wait, reason } => {
                f.debug_struct("RetryAfter").field("wait", wait).field("reason", reason).finish()
            }
            SendOutcome::Refused { why, code } => {
                f.debug_struct("Refused").field("why", why).field("code", code).finish()
            }
            SendOutcome::Unknown { reason } => f.debug_struct("Unknown").field("reason", reason).finish(),
        }
    }
}
