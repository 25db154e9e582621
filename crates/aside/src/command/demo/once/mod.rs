//! `aside demo --once`: sends the input as the network would, lets everything settle, and checks it.

mod desk;
mod input;
mod progress;

use super::{
    browser::{Browser, Watch},
    stage::{Stage, invited, link_in},
    traffic::{thanks, walk_in},
};
use crate::{SystemClock, command::Failure, leaks::Search, world::http_client};
use aside_model::{Clock, Language, Network, Raw, Rung};
use aside_sim::{Customer, Delivery};
use desk::{Conversation, Desk, Finding, Item};
use futures::{StreamExt, TryStreamExt, stream};
use input::Input;
use progress::Progress;
use serde::Serialize;
use std::{
    collections::BTreeMap,
    fs,
    io::Write,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

/// How many customers and agents act at once.
const AT_ONCE: usize = 16;
/// How long the outbox and the ledger may take to settle without getting any further.
const PATIENCE: Duration = Duration::from_mins(1);

/// What a run says at the end.
#[derive(Serialize, Default)]
struct Summary {
    /// Inputs that are in the store, each exactly once.
    messages: usize,
    /// Everything that customers said, the words in the messenger and before the invitation included.
    stored: usize,
    findings: BTreeMap<String, usize>,
    blocked: usize,
    held: usize,
    masked: usize,
    warned: usize,
    invited: usize,
    moved: usize,
    ledger_size: u64,
    checkpoint: String,
    seconds: f64,
    /// What is not as it must be; empty when all is well.
    problems: Vec<String>,
}

/// What the agent sees of an input.
#[derive(Serialize)]
struct Seen<'a> {
    id: &'a serde_json::Value,
    rung: Rung,
    text: String,
    findings: Vec<SeenFinding>,
    invited: bool,
    moved: bool,
}

#[derive(Serialize)]
struct SeenFinding {
    #[serde(rename = "type")]
    data_type: String,
    kind: String,
    rule: String,
    certainty: String,
}

impl From<Finding> for SeenFinding {
    fn from(f: Finding) -> Self {
        Self { data_type: f.data_type, kind: f.kind, rule: f.rule, certainty: f.certainty }
    }
}

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

pub(super) async fn run(
    input: &Path,
    timelines: Option<&Path>,
    data: PathBuf,
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
    let stage = Stage::set(data, listen).await?;
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
    let secrets: Vec<String> = inputs.iter().flat_map(|i| i.secrets.iter().cloned()).collect();
    let search = Arc::new(Search::new(&secrets).map_err(Failure::new)?);
    let leaks = Arc::new(Mutex::new(Vec::<String>::new()));
    let watch: Watch = {
        let (search, leaks) = (Arc::clone(&search), Arc::clone(&leaks));
        Arc::new(Mutex::new(move |place: &str, text: &str| {
            let found = search.in_text(&plain(text), place);
            leaks
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .extend(found.into_iter().map(|l| format!("response {}", l.place)));
        }))
    };
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
    collect(&cast, &found, out, &mut summary)?;
    check_ledger(stage, &mut summary).await?;
    check_secrets(stage, &search, &leaks, &progress, &mut summary).await?;
    progress.done();
    Ok(summary)
}

/// One customer for each input.
fn people<'a>(stage: &Stage, inputs: &'a [Input]) -> Vec<Cast<'a>> {
    inputs
        .iter()
        .enumerate()
        .map(|(number, input)| {
            let name = format!("Customer No {}", number + 1);
            let language = Language::guess(&input.text).unwrap_or_default();
            let customer = stage.sim.customer(&name, language);
            Cast { input, customer, parts: 0, browser: None, invited: false, moved: false }
        })
        .collect()
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
        // The network delivers as it goes; a little room keeps memory flat with very long inputs.
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
    // A network that cannot deliver gives up after its retries; what it gave up is a problem found later.
    drop(tokio::time::timeout(PATIENCE * 5, wait).await);
    Ok(())
}

/// The longest comment, in characters, as the network's own pages take it.
const LONGEST_COMMENT: usize = 8_000;

/// A text in parts of at most `longest` characters.
fn parts_of(text: &str, longest: usize) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    characters.chunks(longest).map(String::from_iter).filter(|part| !part.trim().is_empty()).collect()
}

/// Waits until nothing is due in the outbox any more.
async fn settle(stage: &Stage) -> Result<(), Failure> {
    let mut quiet = 0;
    let mut waited = Duration::ZERO;
    let pause = Duration::from_millis(20);
    let mut last = 0;
    while quiet < 3 {
        let empty = stage.app.outbox_is_empty(stage.brand).await? && stage.sim.waiting() == 0;
        quiet = if empty { quiet + 1 } else { 0 };
        let now = stage.app.last_event(stage.brand).await?;
        waited = if now == last { waited + pause } else { Duration::ZERO };
        last = now;
        if waited > PATIENCE {
            return Err(Failure::new("the outbox does not get any further; see the log in the data folder"));
        }
        tokio::time::sleep(pause).await;
    }
    Ok(())
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

/// The agent answers every conversation. Returns each as the agent sees it, in the order of the cast.
async fn answer(
    stage: &Stage,
    desk: &Desk,
    cast: &[Cast<'_>],
    progress: &Progress,
) -> Result<Vec<Option<Conversation>>, Failure> {
    stream::iter(cast)
        .map(|one| async move {
            let page = stage.sim.page();
            let address = match one.input.rung {
                Rung::Public => one.customer.author_id(page),
                _ => one.customer.psid(page),
            };
            let address = Raw::new(address.map_err(Failure::new)?);
            let found = stage.app.conversation_at(stage.brand, Network::Facebook, &address).await?;
            let Some(id) = found.map(|id| id.to_string()) else { return Ok(None) };
            let conversation = desk.conversation(&id).await?;
            desk.answer(&id, &conversation).await?;
            progress.step("answered");
            Ok::<_, Failure>(Some(conversation))
        })
        .buffered(AT_ONCE)
        .try_collect()
        .await
}

/// Waits until every entry is under a checkpoint.
async fn finish_log(stage: &Stage) -> Result<(), Failure> {
    Ok(stage.app.sequence_all().await?)
}

/// Counts, and writes what the agent sees of each input.
fn collect(
    cast: &[Cast<'_>],
    found: &[Option<Conversation>],
    out: &mut Option<std::io::BufWriter<fs::File>>,
    summary: &mut Summary,
) -> Result<(), Failure> {
    for (one, conversation) in cast.iter().zip(found) {
        let id = &one.input.id;
        let items = conversation.as_ref().map(|c| c.timeline.as_slice()).unwrap_or_default();
        let mut text = String::new();
        let mut findings = Vec::new();
        let mut stored = 0;
        for item in items {
            let Item::Message { rung, author, pieces, findings: noted, unchecked } = item else { continue };
            if author != "customer" {
                continue;
            }
            summary.stored += 1;
            if rung != one.input.rung.name() || stored >= one.parts {
                continue;
            }
            stored += 1;
            if *unchecked {
                summary.problems.push(format!("input {id} could not be checked"));
            }
            text.extend(pieces.iter().map(desk::Piece::visible));
            findings.extend(noted.iter().cloned());
        }
        if stored == one.parts && conversation.is_some() {
            summary.messages += 1;
        } else {
            summary.problems.push(format!("input {id}: {stored} of {} messages are in the store", one.parts));
        }
        for finding in &findings {
            *summary.findings.entry(finding.data_type.clone()).or_default() += 1;
            match finding.rule.as_str() {
                "block" => summary.blocked += 1,
                "hold" => summary.held += 1,
                "mask" => summary.masked += 1,
                "warn" => summary.warned += 1,
                _ => {}
            }
        }
        let moved =
            one.moved || items.iter().any(|i| matches!(i, Item::Entry { kind } if kind == "moved_to_secure"));
        summary.invited += usize::from(one.invited);
        summary.moved += usize::from(moved);
        if let Some(out) = out {
            let seen = Seen {
                id,
                rung: one.input.rung,
                text,
                findings: findings.into_iter().map(SeenFinding::from).collect(),
                invited: one.invited,
                moved,
            };
            serde_json::to_writer(&mut *out, &seen)
                .map_err(std::io::Error::from)
                .and_then(|()| out.write_all(b"\n"))
                .map_err(|e| Failure::new(format!("cannot write the timelines: {e}")))?;
        }
    }
    Ok(())
}

/// The ledger must verify, from the files as they lie there and against the rows.
async fn check_ledger(stage: &Stage, summary: &mut Summary) -> Result<(), Failure> {
    match stage.app.log_head(stage.brand).await? {
        Some((size, note)) => {
            summary.ledger_size = size;
            summary.checkpoint = note;
        }
        None => summary.problems.push("the ledger has no checkpoint".into()),
    }
    // By the program's own offline verifier, from the files alone, as an auditor would.
    let data = stage.data.clone();
    let verify = tokio::task::spawn_blocking(move || {
        let program = std::env::current_exe()?;
        std::process::Command::new(program).args(["ledger", "verify", "--data"]).arg(data).output()
    });
    let verified = verify
        .await
        .map_err(Failure::new)?
        .map_err(|e| Failure::new(format!("the verifier could not be started: {e}")))?;
    if !verified.status.success() {
        let said = String::from_utf8_lossy(&verified.stderr);
        let line = said.lines().find(|l| !l.is_empty()).unwrap_or("it does not say why");
        summary.problems.push(format!("the ledger does not verify: {line}"));
    }
    Ok(())
}

/// No secret may be readable anywhere.
async fn check_secrets(
    stage: &Stage,
    search: &Search,
    responses: &Mutex<Vec<String>>,
    progress: &Progress,
    summary: &mut Summary,
) -> Result<(), Failure> {
    if search.is_empty() {
        return Ok(());
    }
    progress.say("looking for secrets");
    let mut places: Vec<String> = responses.lock().unwrap_or_else(PoisonError::into_inner).clone();
    for leak in search.in_store(&stage.app, stage.brand).await? {
        places.push(format!("table {}, opened with the keys", leak.place));
    }
    let files =
        search.in_folder(&stage.data).map_err(|e| Failure::new(format!("reading the data folder: {e}")))?;
    places.extend(files.into_iter().map(|l| format!("file {}", l.place)));
    places.sort();
    places.dedup();
    // Where, and how many: never which.
    summary
        .problems
        .extend(places.into_iter().take(50).map(|place| format!("a secret is readable in {place}")));
    Ok(())
}

/// A response's text as people read it: without tags, and with what HTML escapes put back.
fn plain(text: &str) -> String {
    text.replace("&#38;", "&")
        .replace("&#60;", "<")
        .replace("&#62;", ">")
        .replace("&#39;", "'")
        .replace("&#34;", "\"")
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
