//! The network asks once whether a webhook address is ours.

use aws_lc_rs::constant_time::verify_slices_are_equal;

/// The longest challenge that is answered.
const LONGEST_CHALLENGE: usize = 200;

/// The address stays unconfirmed. The answer is 403 in every case.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum HandshakeError {
    /// It is no request to confirm an address.
    #[error("not a request to confirm a webhook address")]
    NotAHandshake,
    /// The verify token is another one.
    #[error("the verify token is not this connection's")]
    WrongToken,
    /// The challenge is nothing that a network sends, and may be meant for a browser.
    #[error("the challenge is not one that a network sends")]
    OddChallenge,
}

/// The challenge to answer, if the token is the connection's, as `text/plain`, to a GET with this query string
/// (`hub.mode=subscribe&hub.verify_token=…&hub.challenge=…`).
pub(crate) fn handshake(verify_token: &str, query: &str) -> Result<String, HandshakeError> {
    let value = |name: &str| {
        url::form_urlencoded::parse(query.as_bytes()).find(|(key, _)| key == name).map(|(_, value)| value)
    };
    if value("hub.mode").as_deref() != Some("subscribe") {
        return Err(HandshakeError::NotAHandshake);
    }
    let token = value("hub.verify_token").ok_or(HandshakeError::WrongToken)?;
    if verify_token.is_empty() || verify_slices_are_equal(token.as_bytes(), verify_token.as_bytes()).is_err()
    {
        return Err(HandshakeError::WrongToken);
    }
    let challenge = value("hub.challenge").ok_or(HandshakeError::OddChallenge)?;
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    if challenge.is_empty() || challenge.len() > LONGEST_CHALLENGE || !challenge.chars().all(plain) {
        return Err(HandshakeError::OddChallenge);
    }
    Ok(challenge.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_networks_challenge_is_answered_when_the_token_is_ours() {
        let query = "hub.mode=subscribe&hub.challenge=1158201444&hub.verify_token=our%20word";
        assert_eq!(handshake("our word", query).unwrap(), "1158201444");
        assert_eq!(handshake("another", query), Err(HandshakeError::WrongToken));
        assert_eq!(
            handshake("", "hub.mode=subscribe&hub.challenge=1&hub.verify_token="),
            Err(HandshakeError::WrongToken)
        );
    }

    #[test]
    fn a_challenge_meant_for_a_browser_is_not_repeated() {
        let query = "hub.mode=subscribe&hub.verify_token=t&hub.challenge=%3Cscript%3E";
        assert_eq!(handshake("t", query), Err(HandshakeError::OddChallenge));
        assert_eq!(handshake("t", "hub.verify_token=t"), Err(HandshakeError::NotAHandshake));
    }
}
