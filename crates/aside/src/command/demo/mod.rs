//! `aside demo`: everything at once, with a demo brand, four simulated networks and realistic traffic.
//!
//! It is the real program over a real data folder. Only the networks are simulated, and they talk HTTP.

mod browser;
mod control;
mod networks;
mod once;
mod stage;
mod traffic;

use super::{Failure, block_on};
use crate::{DatabaseUrl, StartError};
use clap::Args as ClapArgs;
use stage::Stage;
use std::{net::SocketAddr, path::PathBuf, process::ExitCode, time::Duration};

/// Arguments of `aside demo`.
#[derive(ClapArgs, Debug)]
#[command(after_help = "Examples:
  aside demo
  aside demo --once --input messages.jsonl --timelines seen.jsonl
  echo '{\"id\":1,\"text\":\"my card is 4111 1111 1111 1111\",\"secret\":[\"4111 1111 1111 1111\"]}' | aside demo --once --input -")]
pub(crate) struct Args {
    /// Send the input once, let everything settle, check it, print one JSON line and end
    #[arg(long, requires = "input")]
    once: bool,
    /// Messages to send, one JSON object a line: {"id","text","rung"?,"secret"?}; - for standard input
    #[arg(long, value_name = "FILE", requires = "once")]
    input: Option<PathBuf>,
    /// Where to write what the agent sees of each input, one JSON object a line
    #[arg(long, value_name = "FILE", requires = "once")]
    timelines: Option<PathBuf>,
    /// The data folder; without one, a new folder that is removed at the end
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// The address to listen on [default: 127.0.0.1:8080; with --once a free port]
    #[arg(long, value_name = "ADDR")]
    listen: Option<SocketAddr>,
    /// Messages a minute that simulated customers write; 0 for none
    #[arg(long, value_name = "N", default_value_t = 12)]
    traffic: u32,
    /// Print where everything is as one JSON line, for programs
    #[arg(long)]
    json: bool,
    /// An empty PostgreSQL database, postgres://user@host/name [default: SQLite in the data folder]
    #[arg(long, value_name = "URL")]
    database: Option<DatabaseUrl>,
}

pub(crate) fn run(args: Args) -> Result<ExitCode, Failure> {
    if let Some(database) = &args.database {
        database.check().map_err(StartError::from)?;
    }
    // The temporary folder lives as long as the demo; a folder that was named stays.
    let temporary = match &args.data {
        Some(_) => None,
        None => Some(tempfile::tempdir().map_err(|e| Failure::new(format!("no temporary folder: {e}")))?),
    };
    let data = match (&args.data, &temporary) {
        (Some(data), _) => data.clone(),
        (None, Some(folder)) => folder.path().join("aside-data"),
        (None, None) => return Err(Failure::new("no data folder")),
    };
    if args.once {
        let input = args.input.ok_or_else(|| Failure::new("--once needs --input"))?;
        return block_on(once::run(&input, args.timelines.as_deref(), data, args.database, args.listen));
    }
    super::serve::start_log();
    block_on(async move {
        let listen = args.listen.unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 8080)));
        let stage = Stage::set(data, args.database, listen).await?;
        let link = stage.first_link().await?;
        let networks = networks::Networks::beside(&stage).await?;
        let control = control::start(stage.sim.clone(), &stage.post).await.map_err(Failure::new)?;
        if args.json {
            print_json(&stage, &link, control)?;
        } else {
            print_for_people(&stage, &link);
        }
        let traffic = tokio::spawn(traffic::run(networks, stage.url.clone(), args.traffic));
        let codes = (!args.json).then(|| tokio::spawn(show_codes(stage.agents.clone())));
        super::serve::told_to_stop().await;
        traffic.abort();
        if let Some(codes) = codes {
            codes.abort();
        }
        stage.end().await?;
        Ok(ExitCode::SUCCESS)
    })
}

#[expect(clippy::print_stdout, reason = "what the command is asked for")]
fn print_json(stage: &Stage, link: &str, control: SocketAddr) -> Result<(), Failure> {
    let agent = |at: usize| {
        let agent = &stage.agents[at];
        serde_json::json!({
            "url": stage.url, "login": agent.login, "password": agent.password,
            "totp_secret": agent.totp_base32(), "name": agent.name,
        })
    };
    let mut line = agent(0);
    line["customer_link"] = link.into();
    line["sim"] = format!("http://{control}").into();
    line["privacy_officer"] = agent(1);
    line["administrator"] = agent(2);
    println!("{}", serde_json::to_string(&line).map_err(Failure::new)?);
    Ok(())
}

#[expect(clippy::print_stdout, reason = "what the command is asked for")]
fn print_for_people(stage: &Stage, link: &str) {
    println!("Aside is running with the demo brand {}, on four simulated networks.\n", stage.brand_name);
    println!("  Console            {}/console", stage.url);
    for agent in stage.agents.iter() {
        println!("    {:<16} login {:<8} password {}", agent.name, agent.login, agent.password);
    }
    println!("    second factor    the six digits below change every 30 seconds;");
    println!(
        "                     or add Ada Agent's key to an authenticator app: {}",
        stage.agents[0].totp_base32()
    );
    println!("\n  As a customer      {link}");
    println!("                     (works once: it is the link that an invited customer got)\n");
    println!("  Data               {}", stage.data.display());
    println!("  Stop               Ctrl-C\n");
}

/// Keeps showing the second factors, since they change.
async fn show_codes(agents: std::sync::Arc<[stage::DemoAgent]>) {
    use std::io::{IsTerminal, Write};
    let terminal = std::io::stdout().is_terminal();
    loop {
        let codes: Vec<String> =
            agents.iter().map(|a| format!("{} {}", a.login, a.code().unwrap_or_default())).collect();
        let mut out = std::io::stdout();
        let line = format!("  Codes now          {}", codes.join("   "));
        // A closed output is no reason to stop serving.
        drop(if terminal { write!(out, "\r{line}   ") } else { writeln!(out, "{line}") });
        drop(out.flush());
        tokio::time::sleep(Duration::from_secs(if terminal { 5 } else { 30 })).await;
    }
}
