//! The Graph API's error body.

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::json;

/// A refusal with these numbers and words.
pub(crate) fn refusal(status: u16, code: i64, subcode: Option<i64>, message: &str) -> Response {
    let mut error = json!({
        "message": message,
        "type": "OAuthException",
        "code": code,
        "fbtrace_id": "ASimulatedTrace000000000",
    });
    if let Some(subcode) = subcode {
        error["error_subcode"] = json!(subcode);
    }
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_REQUEST);
    (status, Json(json!({ "error": error }))).into_response()
}

/// The refusal that a fault asks for.
pub(crate) fn scripted(status: u16, code: i64, subcode: Option<i64>) -> Response {
    refusal(status, code, subcode, &format!("(#{code}) As asked for."))
}
