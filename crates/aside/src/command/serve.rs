//! `aside serve`: serves until it is told to stop.

use super::{Failure, Where, block_on};
use crate::installation::{Installation, Options};
use clap::Args as ClapArgs;
use std::{net::SocketAddr, process::ExitCode};

const EXAMPLES: &str = "\
The configuration file says what is not an argument here: the public address, the proxies, mail, and the brand's own \
numbers, which detection then finds in every message:

  [[pattern]]
  name = \"customer number\"
  type = \"account.customer_no\"
  shape = \"KD-######\"       # # a digit, @ a letter, * either, [A-F], {2,6}, ?; separators may be left out
  cues = [\"Kundennummer\", \"customer number\"]
  check = \"luhn\"            # or gs1, mod11, mod97, verhoeff, damm; may be left out

As often as there are forms. A pattern that makes no sense is named, and nothing starts.";

/// Arguments of `aside serve`.
#[derive(ClapArgs, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    #[command(flatten)]
    place: Where,
    /// The address to listen on [default: 127.0.0.1:8080]
    #[arg(long, value_name = "ADDR")]
    listen: Option<SocketAddr>,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    start_log();
    let config = args.place.config(args.listen)?;
    block_on(async move {
        let stop = told_to_stop();
        let installation = Installation::open(config, Options::default()).await?;
        eprintln!("listening on {}", installation.public_url);
        installation.serve(stop).await.map_err(Failure::new)?;
        Ok(ExitCode::SUCCESS)
    })
}

/// Starts the log on standard error. `RUST_LOG` chooses what is in it; texts of customers never are.
pub(crate) fn start_log() {
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn,aside=info"));
    // A second log in one process (tests) keeps the first.
    drop(tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).try_init());
}

/// Done when the program is told to stop: Ctrl-C, or SIGTERM from a service manager. Listens from this call
/// on, not only once it is awaited: who is told to stop while starting ends well, too.
pub(crate) fn told_to_stop() -> impl Future<Output = ()> + Send + 'static {
    #[cfg(unix)]
    let told = {
        use tokio::signal::unix::{SignalKind, signal};
        [SignalKind::interrupt(), SignalKind::terminate()].map(signal)
    };
    async move {
        #[cfg(unix)]
        if let [Ok(mut interrupt), Ok(mut terminate)] = told {
            tokio::select! {
                _ = interrupt.recv() => {}
                _ = terminate.recv() => {}
            }
            return;
        }
        drop(tokio::signal::ctrl_c().await);
    }
}
