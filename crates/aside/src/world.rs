//! The one real clock, the one source of randomness, the one HTTP client.

use aside_model::{Clock, Random, Time};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    fn now(&self) -> Time {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Time(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
    }
}

/// The operating system's random bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemRandom;

impl Random for SystemRandom {
    fn fill(&self, out: &mut [u8]) {
        aws_lc_rs::rand::fill(out).expect("the operating system gives random bytes");
    }
}

/// The HTTP client for networks: TLS by aws-lc-rs, certificates of the system, time-outs, no redirects
/// (a network's API that redirects is not the network's API).
pub fn http_client() -> Result<reqwest::Client, reqwest::Error> {
    // A second installation in one process (tests) finds the provider installed already.
    drop(rustls::crypto::aws_lc_rs::default_provider().install_default());
    #[expect(clippy::disallowed_methods, reason = "the one place that builds a client")]
    reqwest::Client::builder()
        .connect_timeout(Duration::from_secs(5))
        .timeout(Duration::from_secs(20))
        .redirect(reqwest::redirect::Policy::none())
        .user_agent(concat!("aside/", env!("CARGO_PKG_VERSION")))
        .build()
}
