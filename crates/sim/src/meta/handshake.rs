//! Asking a webhook's address whether it wants to be one.

use crate::delivery::{ConnectError, PATIENCE};

/// Asks `url` for the challenge, as the network does when somebody enters the address.
pub(crate) async fn confirm(
    client: &reqwest::Client,
    url: &str,
    verify_token: &str,
    challenge: &str,
) -> Result<(), ConnectError> {
    let query = [("hub.mode", "subscribe"), ("hub.verify_token", verify_token), ("hub.challenge", challenge)];
    let answer = client.get(url).query(&query).timeout(PATIENCE).send().await;
    let answer = answer.map_err(ConnectError::NoAnswer)?;
    let status = answer.status().as_u16();
    let text = answer.text().await.map_err(ConnectError::NoAnswer)?;
    if status == 200 && text == challenge { Ok(()) } else { Err(ConnectError::NotConfirmed { status }) }
}
