//! `aside demo --once`: sends the input as the network would, lets everything settle, and checks it.

mod check;
mod desk;
mod input;
mod outcome;
mod progress;
mod readable;
mod secrets;

use super::{
    browser::{Browser, Watch},
    stage::{Stage, invited, link_in},
    traffic::{thanks, walk_in},
};
use crate::{DatabaseUrl, SystemClock, command::Failure, world::http_client};
use aside_model::{Clock, ConversationId, Language, Network, Raw, Rung};
use aside_sim::{Customer, Delivery};
use desk::{Conversation, Desk};
use futures::{StreamExt, TryStreamExt, stream};
use input::Input;
use outcome::Summary;
use progress::Progress;
use secrets::Secrets;
use std::{
    fs,
    io::Write,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::{Arc, Mutex},
    time::Duration,
};

/// How many customers and agents act at once.
const AT_ONCE: usize = 16;
/// How long the outbox and the ledger may take to settle without getting any further.
const PATIENCE: Duration = Duration::from_mins(1);

/// An input with the customer who writes it.
struct Cast<'a> {
    input: &'a Input,
    customer: Customer,
    /// How many messages the input takes on its way.
    parts: usize,
    /// The customer's device, once they followed a link.
    browser: Option<Browser>,
    invited: bool,
    moved: bool,
}

impl Cast<'_> {
    /// How many messages the run itself writes in the customer's name, all on other rungs than the input's:
    /// what gets them invited, or what they write first in the messenger.
    fn other_messages(&self) -> usize {
        usize::from(self.invited)
    }
}

/// An input's conversation.
type Found = (ConversationId, Conversation);

pub(super) async fn run(
    input: &Path,
    timelines: Option<&Path>,
    data: PathBuf,
    database: Option<DatabaseUrl>,
    listen: Option<SocketAddr>,
) -> Result<ExitCode, Failure> {
    let inputs = input::read(input)?;
    // Checked first: a place that cannot be written to must not cost a whole run.
    let mut out = timelines
        .map(|path| {
            fs::File::create(path)
                .map(std::io::BufWriter::new)
                .map_err(|e| Failure::new(format!("cannot write {}: {e}", path.display())))
        })
        .transpose()?;
    let started = SystemClock.now();
    make_private(&data).map_err(|e| Failure::new(format!("cannot make {}: {e}", data.display())))?;
    log_into(&data.join("aside.log"))?;
    let listen = listen.unwrap_or_else(|| SocketAddr::from(([127, 0, 0, 1], 0)));
    let stage = Stage::set(data, database, listen).await?;
    let mut summary = play(&stage, &inputs, &mut out).await?;
    summary.seconds = (SystemClock.now().since(started).as_millis() as f64) / 1_000.0;
    stage.end().await?;
    if let Some(out) = &mut out {
        out.flush().map_err(|e| Failure::new(format!("cannot write the timelines: {e}")))?;
    }
    print(&summary)?;
    for problem in &summary.problems {
        eprintln!("aside: {problem}");
    }
    Ok(if summary.problems.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn play(
    stage: &Stage,
    inputs: &[Input],
    out: &mut Option<std::io::BufWriter<fs::File>>,
) -> Result<Summary, Failure> {
    let secrets = Secrets::of(inputs)?;
    let watch = secrets.watch();
    let progress = Progress::new();
    stage.sim.set_delivery(Delivery { parallel: AT_ONCE, ..Delivery::default() });

    let mut cast = people(stage, inputs);
    invite_first(stage, &mut cast, &watch, &progress).await?;
    send(stage, &mut cast, &progress).await?;
    settle(stage).await?;
    follow(stage, &mut cast, &watch, &progress).await?;
    let client = http_client().map_err(Failure::new)?;
    let desk = Desk::sign_in(client, &stage.url, &stage.agents[0], Arc::clone(&watch)).await?;
    settle(stage).await?;
    let found = answer(stage, &desk, &cast, &progress).await?;
    settle(stage).await?;
    finish_log(stage).await?;

    let mut summary = Summary::default();
    outcome::collect(&cast, &found, out, &mut summary)?;
    check::deliveries(stage, &mut summary);
    check::vault(stage, &cast, &found, &mut summary).await?;
    check::ledger(stage, &mut summary).await?;
    progress.say("looking for secrets");
    secrets.check(stage, &mut summary).await?;
    progress.done();
    Ok(summary)
}

/// One customer for each input.
fn people<'a>(stage: &Stage, inputs: &'a [Input]) -> Vec<Cast<'a>> {
    inputs
        .iter()
        .enumerate()
        .map(|(number, input)| {
            // Without digits, which could be somebody's code.
            let name = format!("Customer {}", in_letters(number));
            let language = Language::guess(&input.text).unwrap_or_default();
            let customer = stage.sim.customer(&name, language);
            Cast { input, customer, parts: 0, browser: None, invited: false, moved: false }
        })
        .collect()
}

/// A number in letters: A to Z, then AA.
fn in_letters(mut number: usize) -> String {
    let mut letters = String::new();
    loop {
        letters.insert(0, char::from(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ"[number % 26]));
        if number < 26 {
            return letters;
        }
        number = number / 26 - 1;
    }
}

/// Whoever writes in the messenger was invited before: they write something in a direct message that
/// belongs elsewhere, get a link and follow it.
async fn invite_first(
    stage: &Stage,
    cast: &mut [Cast<'_>],
    watch: &Watch,
    progress: &Progress,
) -> Result<(), Failure> {
    let client = http_client().map_err(Failure::new)?;
    let invited_before = cast.iter_mut().filter(|c| c.input.rung == Rung::Secure);
    stream::iter(invited_before.map(Ok))
        .try_for_each_concurrent(AT_ONCE, |one| {
            let client = client.clone();
            async move {
                let page = stage.sim.page();
                let text = "Could you help me? Write to customer@example.com";
                one.customer.writes_dm(page, text).map_err(Failure::new)?;
                let link = invited(&one.customer, page, PATIENCE)
                    .await
                    .ok_or_else(|| Failure::new("a customer who should have been invited was not"))?;
                let mut browser = Browser::new(client, &stage.url, Some(Arc::clone(watch)));
                let landing = browser.open(&link).await?;
                browser.submit(&landing, &link, &[]).await?;
                one.browser = Some(browser);
                one.invited = true;
                progress.step("invited");
                Ok::<(), Failure>(())
            }
        })
        .await
}

/// Sends every input where it belongs.
async fn send(stage: &Stage, cast: &mut [Cast<'_>], progress: &Progress) -> Result<(), Failure> {
    let page = stage.sim.page();
    for one in cast.iter_mut() {
        match one.input.rung {
            Rung::Public => {
                let parts = parts_of(&one.input.text, LONGEST_COMMENT);
                for part in &parts {
                    one.customer.comments(&stage.post, part).map_err(Failure::new)?;
                }
                one.parts = parts.len();
            }
            Rung::Secure => {}
            Rung::Direct | Rung::Voice => {
                one.parts = one.customer.writes_dm(page, &one.input.text).map_err(Failure::new)?.len();
            }
        }
        progress.step("sent");
        // The network delivers as it goes; what is on its way at once keeps memory flat with long inputs.
        while stage.sim.waiting() > 512 {
            tokio::time::sleep(Duration::from_millis(2)).await;
        }
    }
    let in_messenger = cast.iter_mut().filter(|c| c.input.rung == Rung::Secure);
    stream::iter(in_messenger.map(Ok))
        .try_for_each_concurrent(AT_ONCE, |one| async move {
            let parts = parts_of(&one.input.text, aside_channels::secure::LONGEST_TEXT);
            one.parts = parts.len();
            let Some(browser) = &mut one.browser else {
                return Err(Failure::new("a customer has no device"));
            };
            for part in parts {
                let room = browser.open("/c").await?;
                let after = browser.submit(&room, "/c/write", &[("text", &part)]).await?;
                if !after.status.is_success() {
                    return Err(Failure::new(format!("the messenger answered {}", after.status)));
                }
            }
            one.moved = true;
            Ok(())
        })
        .await?;
    let wait = async {
        while stage.sim.waiting() > 0 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    // A network that cannot deliver gives up after its retries, which is told at the end.
    let delivered = tokio::time::timeout(PATIENCE * 5, wait).await;
    delivered.map_err(|_| Failure::new("the simulated network could not deliver everything in time"))
}

/// The longest comment, in characters, as the network's own pages take it.
const LONGEST_COMMENT: usize = 8_000;

/// A text in parts of at most `longest` characters.
fn parts_of(text: &str, longest: usize) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    characters.chunks(longest).map(String::from_iter).filter(|part| !part.trim().is_empty()).collect()
}

/// Waits until nothing moves any more: nothing is on its way to Aside, nothing is due in its outbox, and
/// nothing came of what arrived last.
async fn settle(stage: &Stage) -> Result<(), Failure> {
    let pause = Duration::from_millis(20);
    let (mut quiet, mut waited) = (0, Duration::ZERO);
    let mut last = (stage.app.last_event(stage.brand).await?, stage.sim.waiting());
    while quiet < 3 {
        tokio::time::sleep(pause).await;
        // The network is asked on both sides of the outbox: what left the one may be in the other by now.
        let on_its_way = stage.sim.waiting();
        let outbox_empty = stage.app.outbox_is_empty(stage.brand).await? && !is_due_soon(stage).await?;
        let now = (stage.app.last_event(stage.brand).await?, stage.sim.waiting());
        let still = now == last;
        last = now;
        quiet = if still && outbox_empty && on_its_way == 0 && now.1 == 0 { quiet + 1 } else { 0 };
        waited = if still { waited + pause } else { Duration::ZERO };
        if waited > PATIENCE {
            return Err(Failure::new("the run does not get any further; see the log in the data folder"));
        }
    }
    Ok(())
}

/// Whether a job waits for its next try. Reminders wait for hours, and nobody waits for them.
async fn is_due_soon(stage: &Stage) -> Result<bool, Failure> {
    let soon = SystemClock.now().plus(PATIENCE / 2);
    Ok(stage.app.store().next_due().await?.is_some_and(|due| due <= soon))
}

/// Whoever got a link follows it and writes once in the messenger.
async fn follow(
    stage: &Stage,
    cast: &mut [Cast<'_>],
    watch: &Watch,
    progress: &Progress,
) -> Result<(), Failure> {
    let client = http_client().map_err(Failure::new)?;
    let outside = cast.iter_mut().filter(|c| c.input.rung != Rung::Secure);
    stream::iter(outside.map(Ok))
        .try_for_each_concurrent(AT_ONCE, |one| {
            let client = client.clone();
            async move {
                let inbox = one.customer.inbox(stage.sim.page());
                let Some(link) = inbox.iter().find_map(|r| link_in(&r.text)) else { return Ok(()) };
                one.invited = true;
                let mut browser = Browser::new(client, &stage.url, Some(Arc::clone(watch)));
                walk_in(&mut browser, &link, thanks(one.customer.language())).await?;
                one.moved = true;
                progress.step("moved");
                Ok::<(), Failure>(())
            }
        })
        .await
}

/// The agent answers every conversation. Returns each with its id and as the agent sees it before, in the
/// order of the cast.
async fn answer(
    stage: &Stage,
    desk: &Desk,
    cast: &[Cast<'_>],
    progress: &Progress,
) -> Result<Vec<Option<Found>>, Failure> {
    stream::iter(cast)
        .map(|one| async move {
            let page = stage.sim.page();
            let address = match one.input.rung {
                Rung::Public => one.customer.author_id(page),
                _ => one.customer.psid(page),
            };
            let address = Raw::new(address.map_err(Failure::new)?);
            let found = stage.app.conversation_at(stage.brand, Network::Facebook, &address).await?;
            let Some(id) = found else { return Ok(None) };
            let conversation = desk.conversation(&id.to_string()).await?;
            desk.answer(&id.to_string(), &conversation).await?;
            progress.step("answered");
            Ok::<_, Failure>(Some((id, conversation)))
        })
        .buffered(AT_ONCE)
        .try_collect()
        .await
}

/// Waits until every entry is under a checkpoint.
async fn finish_log(stage: &Stage) -> Result<(), Failure> {
    Ok(stage.app.sequence_all().await?)
}

/// Makes a folder that nobody else can look into.
fn make_private(folder: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.recursive(true).create(folder)
}

/// The log of a run goes into its data folder, where it is searched like every other file.
fn log_into(path: &Path) -> Result<(), Failure> {
    let file =
        fs::File::create(path).map_err(|e| Failure::new(format!("cannot write {}: {e}", path.display())))?;
    let filter = tracing_subscriber::EnvFilter::try_from_default_env()
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("info"));
    let log =
        tracing_subscriber::fmt().with_env_filter(filter).with_ansi(false).with_writer(Mutex::new(file));
    drop(log.try_init());
    Ok(())
}

#[expect(clippy::print_stdout, reason = "what the command is asked for")]
fn print(summary: &Summary) -> Result<(), Failure> {
    println!("{}", serde_json::to_string(summary).map_err(Failure::new)?);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn customers_are_told_apart_by_letters() {
        let names: Vec<String> = [0, 25, 26, 701, 702].map(in_letters).into();
        assert_eq!(names, ["A", "Z", "AA", "ZZ", "AAA"]);
    }
}
