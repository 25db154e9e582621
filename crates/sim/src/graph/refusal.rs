//! How the API says no.

use crate::meta::refusal::refusal;
use axum::response::{IntoResponse, Response};

/// Why a call is refused. Numbers: `crates/channels/fixtures/facebook/errors.json`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Refusal {
    InvalidToken,
    QuotaUsedUp,
    ProfileQuotaUsedUp,
    NotThisPage,
    WindowClosed,
    PersonUnavailable,
    NoSuchPerson,
    NoSuchComment,
    NoSuchObject,
    TooLong { what: &'static str, longest: usize },
    Parameter(&'static str),
    AlreadyReplied,
    ReplyExpired,
    CannotReplyToPerson,
    UnknownPath,
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let (status, code, subcode, message) = match self {
            Refusal::InvalidToken => (401, 190, None, "Invalid OAuth access token.".to_owned()),
            Refusal::QuotaUsedUp => (
                400,
                80_006,
                Some(2_446_079),
                "(#80006) Too many calls to this Messenger account.".to_owned(),
            ),
            Refusal::ProfileQuotaUsedUp => {
                (400, 613, None, "(#613) Calls to this api have exceeded the rate limit.".to_owned())
            }
            Refusal::NotThisPage => {
                (403, 200, None, "(#200) The token does not speak for this page.".to_owned())
            }
            Refusal::WindowClosed => {
                (400, 10, Some(2_018_278), "(#10) This message is sent outside of allowed window.".to_owned())
            }
            Refusal::PersonUnavailable => {
                (400, 551, Some(1_545_041), "(#551) This person isn't available right now.".to_owned())
            }
            Refusal::NoSuchPerson => (400, 100, Some(2_018_001), "(#100) No matching user found.".to_owned()),
            Refusal::NoSuchComment => {
                (400, 100, Some(2_018_292), "(#100) Invalid comment_id parameter.".to_owned())
            }
            Refusal::NoSuchObject => (400, 100, Some(33), "Unsupported request. No such object.".to_owned()),
            Refusal::TooLong { what, longest } => (
                400,
                100,
                None,
                format!("(#100) Length of param {what} must be less than or equal to {longest}"),
            ),
            Refusal::Parameter(what) => (400, 100, None, format!("(#100) {what}")),
            Refusal::AlreadyReplied => (400, 10_900, None, "(#10900) Activity already replied to".to_owned()),
            Refusal::ReplyExpired => {
                (400, 10_901, None, "(#10901) Activity replying time expired".to_owned())
            }
            Refusal::CannotReplyToPerson => {
                (400, 10_903, None, "(#10903) This user can't reply to this activity".to_owned())
            }
            Refusal::UnknownPath => (400, 2_500, None, "Unknown path components".to_owned()),
        };
        refusal(status, code, subcode, &message)
    }
}
