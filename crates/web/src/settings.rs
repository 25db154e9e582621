//! What the operator says about the way in.

use serde::Deserialize;
use std::net::IpAddr;

/// Who may ask for `/metrics`, which names brands by id with their counts. To everybody else it is not there.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MetricsDoor {
    /// Programs on this machine that come straight, through no proxy.
    #[default]
    Loopback,
    /// Whoever reaches the address.
    Open,
    /// Nobody.
    Off,
}

/// How the doors are reached.
#[derive(Clone)]
pub struct WebSettings {
    /// The address that people and networks use, scheme and host without a trailing slash, for instance
    /// `https://chat.example.org`. Links and the check for foreign pages use it; the `Host` header is never
    /// believed.
    pub public_url: String,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// Who may ask for `/metrics`.
    pub metrics: MetricsDoor,
    /// Key of form tokens: the same for every process that serves this installation, since a form may come
    /// back to another process than the one that showed it.
    pub csrf_key: [u8; 32],
    /// Random bytes of this process alone, so that no two processes give two forms one name.
    pub process: [u8; 16],
}

impl WebSettings {
    /// The origin as browsers write it in `Origin`.
    pub(crate) fn origin(&self) -> &str {
        let url = self.public_url.trim_end_matches('/');
        let host = url.find("://").map_or(0, |at| at + 3);
        url[host..].find('/').map_or(url, |path| &url[..host + path])
    }

    /// Whether people come by TLS.
    pub(crate) fn is_https(&self) -> bool {
        self.public_url.starts_with("https://")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_has_no_path() {
        let settings = |url: &str| WebSettings {
            public_url: url.to_owned(),
            trusted_proxies: vec![],
            metrics: MetricsDoor::Off,
            csrf_key: [0; 32],
            process: [0; 16],
        };
        assert_eq!(settings("https://chat.example.org/").origin(), "https://chat.example.org");
        assert_eq!(settings("http://localhost:8080/aside").origin(), "http://localhost:8080");
    }
}
