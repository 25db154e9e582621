//! `aside-load`: the load driver as a program, started by `cargo xtask load`.

#![expect(clippy::print_stdout, reason = "a command line tool speaks on standard output")]

use aside_load::{Settings, run};
use clap::Parser;
use std::{io::Write, path::PathBuf, process::ExitCode};

/// Drives a real server as networks and agents do, and measures what it takes.
#[derive(Parser)]
#[command(name = "aside-load", max_term_width = 100)]
struct Arguments {
    /// The program, `aside`
    #[arg(long, value_name = "FILE")]
    program: PathBuf,
    /// Messages a second; without it the highest rate that is sustained is looked for, then half of it driven
    #[arg(long, value_parser = rate)]
    rate: Option<f64>,
    /// How long each run is
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=86_400))]
    seconds: u64,
    /// How many messages in all, at --rate, instead of how long: memory and the times of pages are looked at while
    /// the store grows
    #[arg(long, requires = "rate", value_parser = clap::value_parser!(u64).range(2_000..=100_000_000))]
    messages: Option<u64>,
    /// How many agents' consoles listen
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u64).range(1..=1_000))]
    agents: u64,
    /// How many webhooks are under way at most
    #[arg(long, default_value_t = 256, value_parser = clap::value_parser!(u64).range(1..=10_000))]
    connections: u64,
    /// A PostgreSQL server, on which a database is made and removed, or `scratch` for one that is started for it;
    /// without one it is SQLite
    #[arg(long, value_name = "URL")]
    database: Option<String>,
    /// Leave out the floor: the same statements, replayed into the store alone
    #[arg(long)]
    no_floor: bool,
    /// Compare with Synapse on PostgreSQL, installed from the Python registry
    #[arg(long)]
    compare_synapse: bool,
    /// Where Synapse is installed, or shall be [default: a folder that goes afterwards]
    #[arg(long, value_name = "DIR", requires = "compare_synapse")]
    synapse_folder: Option<PathBuf>,
    /// Decides who says what when
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Print the figures as JSON, once, at the end
    #[arg(long)]
    json: bool,
}

fn rate(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(rate) if (0.1..=1e6).contains(&rate) => Ok(rate),
        _ => Err("a rate is a number of messages a second from 0.1 to 1000000".to_owned()),
    }
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let scratch = tempfile::tempdir();
    let synapse = match (&scratch, arguments.synapse_folder) {
        (_, Some(folder)) => folder,
        (Ok(scratch), None) => scratch.path().join("synapse"),
        (Err(error), None) => {
            eprintln!("aside-load: a folder for Synapse: {error}");
            return ExitCode::FAILURE;
        }
    };
    let settings = Settings {
        program: arguments.program,
        rate: arguments.rate,
        seconds: arguments.seconds,
        messages: arguments.messages,
        agents: arguments.agents as usize,
        connections: arguments.connections as usize,
        database: arguments.database,
        floor: !arguments.no_floor,
        synapse: arguments.compare_synapse.then_some(synapse),
        seed: arguments.seed,
    };
    let mut said = |line: &str| {
        if !arguments.json {
            println!("{line}");
            // Whoever reads along wants to see each run when it is over.
            drop(std::io::stdout().flush());
        }
    };
    let runtime = match tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("aside-load: the runtime cannot start: {error}");
            return ExitCode::FAILURE;
        }
    };
    match runtime.block_on(run(&settings, &mut said)) {
        Ok(report) if arguments.json => {
            println!("{}", serde_json::to_string_pretty(&report).unwrap_or_default());
            ExitCode::SUCCESS
        }
        Ok(report) => {
            println!("\n{report}");
            ExitCode::SUCCESS
        }
        Err(failure) => {
            eprintln!("aside-load: {failure}");
            ExitCode::FAILURE
        }
    }
}
