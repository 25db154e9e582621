//! How Instagram's API says no.

use crate::meta::refusal::refusal;
use axum::response::{IntoResponse, Response};

/// Why a call is refused. Numbers: `crates/channels/fixtures/instagram/errors.json`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Refusal {
    InvalidToken,
    QuotaUsedUp,
    NotPermitted,
    WindowClosed,
    PersonUnavailable,
    NoSuchPerson,
    NoSuchComment,
    NoSuchObject,
    MessageTooLong,
    Parameter(&'static str),
    AlreadyReplied,
    ReplyExpired,
    CannotReplyToPerson,
    UnknownPath,
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let (status, code, subcode, message) = match self {
            Refusal::InvalidToken => (401, 190, None, "Invalid OAuth access token."),
            Refusal::QuotaUsedUp => {
                (400, 80_002, None, "(#80002) There have been too many calls to this Instagram account.")
            }
            Refusal::NotPermitted => {
                (403, 10, None, "(#10) Application does not have permission for this action.")
            }
            Refusal::WindowClosed => {
                (400, 10, Some(2_534_022), "(#10) This message is sent outside of allowed window.")
            }
            Refusal::PersonUnavailable => (400, 551, None, "(#551) This person isn't available right now."),
            Refusal::NoSuchPerson => (400, 100, Some(2_534_014), "The requested user cannot be found."),
            Refusal::NoSuchComment => (400, 100, Some(2_018_292), "(#100) Invalid comment_id parameter."),
            Refusal::NoSuchObject => (400, 100, Some(33), "Unsupported post request. Object does not exist."),
            Refusal::MessageTooLong => {
                (400, 100, None, "(#100) Length of param message[text] must be less than or equal to 1000")
            }
            Refusal::Parameter(what) => return refusal(400, 100, None, &format!("(#100) {what}")),
            Refusal::AlreadyReplied => {
                (400, 100, Some(2_534_025), "The comment has already been replied to.")
            }
            Refusal::ReplyExpired => (400, 10_901, None, "(#10901) Activity replying time expired"),
            Refusal::CannotReplyToPerson => {
                (400, 10_903, None, "(#10903) This user can't reply to this activity")
            }
            Refusal::UnknownPath => (400, 2_500, None, "Unknown path components"),
        };
        refusal(status, code, subcode, message)
    }
}
