//! A log that a server offers.

use super::{Asked, Failure, published, say_right, wrong};
use crate::http_client;
use aside_ledger::TileReader;
use reqwest::{StatusCode, Url};
use tokio::runtime::Handle;

/// The largest file of a log: 256 entries of 65,535 bytes, each with two bytes of length.
const LARGEST: usize = 256 * (65_535 + 2);

/// Verifies the log below an address.
pub(super) fn verify(url: &str, asked: &mut Asked<'_>) -> Result<Result<(), Failure>, Failure> {
    let base = url.trim_end_matches('/').trim_end_matches("/checkpoint");
    let hint = "the address is like https://brand.example/.well-known/aside/<brand>";
    let sound =
        Url::parse(base).is_ok_and(|u| ["http", "https"].contains(&u.scheme()) && u.query().is_none());
    if !sound {
        return Err(Failure::new(format!("--url: `{url}` is not an address")).with_hint(hint));
    }
    let client = http_client().map_err(|e| Failure::new(format!("the HTTP client cannot be built: {e}")))?;
    let reader = Offered { client, base: base.to_owned(), runtime: Handle::current() };
    let note = published(&reader).map_err(|e| Failure::new(format!("cannot read {base}/checkpoint: {e}")))?;
    let Some(note) = note else {
        return Err(Failure::new(format!("there is no checkpoint at {base}/checkpoint")).with_hint(hint));
    };
    Ok(match asked.verify(&reader, &note, &mut |_, _| Ok(())) {
        Ok(report) => {
            say_right(&note, &report, "")?;
            Ok(())
        }
        Err(fault) => Err(wrong(base, fault)),
    })
}

struct Offered {
    client: reqwest::Client,
    base: String,
    runtime: Handle,
}

impl Offered {
    async fn get(&self, path: &str) -> Result<Option<Vec<u8>>, String> {
        let address = format!("{}/{path}", self.base);
        let failed = |e: reqwest::Error| {
            let cause = std::error::Error::source(&e).map(|cause| format!(": {cause}"));
            format!("the server did not answer{}", cause.unwrap_or_default())
        };
        let mut response = self.client.get(address).send().await.map_err(failed)?;
        match response.status() {
            StatusCode::OK => {}
            StatusCode::NOT_FOUND => return Ok(None),
            other => return Err(format!("the server answered {other}")),
        }
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(failed)? {
            bytes.extend_from_slice(&chunk);
            if bytes.len() > LARGEST {
                return Err("the server sent more than a file of a log can hold".to_owned());
            }
        }
        Ok(Some(bytes))
    }
}

impl TileReader for Offered {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, String> {
        self.runtime.block_on(self.get(path))
    }
}
