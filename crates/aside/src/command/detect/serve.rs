//! `aside detect serve`: the endpoints that programs for Presidio ask, without an installation.

use super::super::{
    Failure, block_on,
    looking::Looking,
    serve::{start_log, told_to_stop},
};
use crate::world::SystemRandom;
use aside_presidio::Presidio;
use clap::Args as ClapArgs;
use std::{net::SocketAddr, process::ExitCode, sync::Arc};

const EXAMPLES: &str = "\
Examples:
  $ aside detect serve &
  $ curl -s http://127.0.0.1:5002/analyze -H 'Content-Type: application/json' \
-d '{\"text\":\"my card is 4111 1111 1111 1111\",\"language\":\"en\"}'
  [{\"analysis_explanation\":null,\"end\":30,\"entity_type\":\"CREDIT_CARD\",\"score\":0.99,\"start\":11}]

It answers under / and under /presidio: analyze, anonymize, deanonymize, supportedentities, recognizers, \
anonymizers, deanonymizers, health. Like Presidio it asks nobody who they are, so it listens on addresses of this \
machine alone, and answers requests for these alone. `aside serve` has the same under /presidio, for whoever has an \
API token. Nothing is stored, and no text is logged.";

/// Arguments of `aside detect serve`.
#[derive(ClapArgs, Debug)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Args {
    /// The address to listen on, one of this machine alone
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:5002")]
    listen: SocketAddr,
    #[command(flatten)]
    looking: Looking,
}

pub(crate) fn run(args: &Args) -> Result<ExitCode, Failure> {
    if !args.listen.ip().is_loopback() {
        let hint = "it asks nobody who they are; `aside serve` has the same under /presidio for whoever has an API token";
        return Err(
            Failure::new(format!("{} can be reached from other machines", args.listen)).with_hint(hint)
        );
    }
    start_log();
    let presidio = Presidio::new(args.looking.detector()?.build(), Arc::new(SystemRandom))
        .min_certainty(args.looking.min_certainty());
    let listen = args.listen;
    block_on(async move {
        let stop = told_to_stop();
        let cannot = |e: std::io::Error| {
            Failure::new(format!("cannot listen on {listen}: {e}"))
                .with_hint("another program may listen there; use --listen with another port")
        };
        let listener = tokio::net::TcpListener::bind(listen).await.map_err(cannot)?;
        let at = listener.local_addr().map_err(cannot)?;
        eprintln!("listening on http://{at}");
        axum::serve(listener, presidio.for_this_machine())
            .with_graceful_shutdown(stop)
            .await
            .map_err(|e| Failure::new(format!("serving ended: {e}")))?;
        Ok(ExitCode::SUCCESS)
    })
}
