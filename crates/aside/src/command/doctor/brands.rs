//! One brand: its channels, agents, jobs and ledger.

use super::Check;
use crate::{Config, command::Failure, command::channel::asks};
use aside_app::{BrandKeys, Keys};
use aside_ledger::path::CHECKPOINT;
use aside_model::{
    JobState, Role, Rung, Time,
    rows::{BrandRow, ConnectionRow},
};
use aside_store::{FolderTiles, Store, Tiles};
use std::{sync::Arc, time::Duration};

/// How long an entry may wait for its checkpoint while a server runs; usually it is a second.
const LONGEST_WAIT: Duration = Duration::from_mins(1);
/// How long a due job may wait while a server runs.
const LONGEST_DELAY: Duration = Duration::from_mins(10);

/// What a brand's rows tell. Without keys, what is sealed is not tried.
pub(super) async fn look(
    store: &dyn Store,
    keys: Option<&Keys>,
    brand: &BrandRow,
    config: &Config,
    now: Time,
) -> Result<Vec<Check>, Failure> {
    let mut checks = vec![];
    let keys = match keys.map(|keys| keys.brand(brand.brand)) {
        Some(Ok(keys)) => {
            checks.push(Check::ok("brand", format!("{}; its keys open", brand.name)));
            Some(keys)
        }
        Some(Err(error)) => {
            let advice = "restore the brand's key folder from its backup";
            checks.push(Check::bad("brand", format!("{}: {error}", brand.name), advice));
            None
        }
        None => None,
    };
    checks.extend(channels(store, keys.as_deref(), brand).await?);
    checks.extend(agents(store, keys.as_deref(), brand).await?);
    checks.push(jobs(store, brand, now).await?);
    checks.push(ledger(store, keys, brand, config, now).await?);
    Ok(checks)
}

async fn channels(
    store: &dyn Store,
    keys: Option<&BrandKeys>,
    brand: &BrandRow,
) -> Result<Vec<Check>, Failure> {
    let mut checks = vec![];
    let channels = store.channels(brand.brand).await?;
    checks.push(if channels.iter().any(|channel| channel.rung == Rung::Secure) {
        Check::ok("secure channel", "the brand's own messenger")
    } else {
        Check::bad("secure channel", "there is none", "customers cannot be taken aside: restore the database")
    });
    let connections = store.connections(brand.brand).await?;
    if connections.is_empty() {
        let advice = "connect an account with `aside channel add`";
        checks.push(Check::warn("networks", "none is connected", advice));
    }
    for connection in &connections {
        let accounts: Vec<&str> = channels
            .iter()
            .filter(|channel| channel.connection == Some(connection.connection))
            .map(|channel| channel.account.as_str())
            .collect();
        let Some(keys) = keys else { continue };
        let (network, name) = (connection.network, &connection.name);
        checks.push(match try_secrets(keys, connection, &accounts) {
            Ok(()) => Check::ok("networks", format!("{network} {name}: its secrets open")),
            Err(what) => Check::bad(
                "networks",
                format!("{network} {name}: {what}"),
                "give its secrets anew with `aside channel credentials`",
            ),
        });
    }
    let notices = store.notices(brand.brand).await?;
    let missing = notices.iter().filter(|notice| notice.present != Some(true)).count();
    if missing > 0 {
        let advice = "run `aside channel check` while no server runs; see the page's access token";
        checks.push(Check::warn("notices", format!("{missing} standing notices are not up"), advice));
    }
    Ok(checks)
}

fn try_secrets(keys: &BrandKeys, connection: &ConnectionRow, accounts: &[&str]) -> Result<(), String> {
    let sealed = &connection.secrets_sealed;
    let opened = keys
        .own()
        .open(connection.connection.bytes(), "connection", sealed)
        .map_err(|_| "its secrets do not open".to_owned())?;
    let Some(asks) = asks::asks_of(connection.network) else { return Ok(()) };
    accounts.iter().try_for_each(|account| (asks.check)(&opened, account))
}

async fn agents(
    store: &dyn Store,
    keys: Option<&BrandKeys>,
    brand: &BrandRow,
) -> Result<Vec<Check>, Failure> {
    let rows = store.agents(brand.brand).await?;
    let enabled: Vec<_> = rows.iter().filter(|agent| agent.enabled).collect();
    if enabled.is_empty() {
        return Ok(vec![Check::bad("agents", "nobody can sign in", "add one with `aside agent add`")]);
    }
    let mut checks = vec![];
    let without: Vec<&str> = enabled
        .iter()
        .filter(|agent| match (&agent.totp_sealed, keys) {
            (None, _) => true,
            (Some(sealed), Some(keys)) => keys.own().open(agent.agent.bytes(), "totp", sealed).is_err(),
            (Some(_), None) => false,
        })
        .map(|agent| agent.login.as_str())
        .collect();
    checks.push(if without.is_empty() {
        Check::ok("agents", format!("{} can sign in, each with a second factor", enabled.len()))
    } else {
        let advice = "disable them with `aside agent disable`, and add them anew";
        Check::bad("agents", format!("without a second factor that opens: {}", without.join(", ")), advice)
    });
    if !enabled.iter().any(|agent| agent.role == Role::PrivacyOfficer) {
        let advice =
            "add one with `aside agent add --role privacy_officer`: they look after rules and erasures";
        checks.push(Check::warn("agents", "nobody is privacy officer", advice));
    }
    Ok(checks)
}

async fn jobs(store: &dyn Store, brand: &BrandRow, now: Time) -> Result<Check, Failure> {
    let counts = store.job_counts(brand.brand).await?;
    let count = |state| counts.iter().find(|(of, _)| *of == state).map_or(0, |(_, count)| *count);
    let (failed, unknown) = (count(JobState::Failed), count(JobState::Unknown));
    if failed + unknown > 0 {
        let found = format!("{failed} failed, and of {unknown} nobody knows whether they went out");
        return Ok(Check::warn("jobs", found, "somebody must look at them in the console, under Jobs"));
    }
    let due = store.jobs(brand.brand, JobState::Due, 1_000).await?;
    let held_up: Vec<_> = due.iter().filter(|job| job.error.is_some() && job.due_at > now).collect();
    if let Some(first) = held_up.iter().max_by_key(|job| job.due_at) {
        let why = first.error.as_deref().unwrap_or_default();
        let found = format!("{} wait until {} at the latest: {why}", held_up.len(), first.due_at.rfc3339());
        return Ok(Check::warn(
            "jobs",
            found,
            "see Jobs in the console; new secrets go in with `aside channel credentials`",
        ));
    }
    let late = store.next_due().await?.map(|due| now.since(due)).filter(|late| *late > LONGEST_DELAY);
    Ok(match late {
        Some(late) => {
            let found = format!("{} wait, the oldest for {}", count(JobState::Due), in_words(late));
            Check::warn("jobs", found, "is a server running? `aside serve` sends them")
        }
        None => Check::ok("jobs", format!("none is stuck, {} wait", count(JobState::Due))),
    })
}

/// Whether what happened is under a checkpoint, and the checkpoint is published as it was signed.
async fn ledger(
    store: &dyn Store,
    keys: Option<Arc<BrandKeys>>,
    brand: &BrandRow,
    config: &Config,
    now: Time,
) -> Result<Check, Failure> {
    // The file first: a running server writes the row before it.
    let folder = config.data.join("ledger").join(brand.brand.to_string());
    let published = FolderTiles::new(&folder).read(CHECKPOINT);
    let row = store.checkpoint(brand.brand).await?;
    let newest = store.newest_entries(brand.brand, None, 100).await?;
    let covered = row.as_ref().map_or(0, |row| row.size);
    let waiting: Vec<_> = newest.iter().filter(|entry| entry.index.is_none_or(|at| at >= covered)).collect();
    let oldest = waiting.iter().map(|entry| entry.at).min();
    let late = oldest.map(|at| now.since(at)).filter(|late| *late > LONGEST_WAIT);
    if let Some(late) = late {
        let found =
            format!("{} entries wait for a checkpoint, the oldest for {}", waiting.len(), in_words(late));
        return Ok(Check::bad(
            "ledger",
            found,
            "is a server running? see its log for why the ledger stands still",
        ));
    }
    let Some(row) = row else { return Ok(Check::ok("ledger", "nothing has happened yet")) };
    let advice = "run `aside ledger verify`, with the newest checkpoint that was kept elsewhere as --since";
    let published = match published {
        Ok(Some(bytes)) => bytes,
        Ok(None) => {
            return Ok(Check::bad("ledger", format!("{} has no checkpoint", folder.display()), advice));
        }
        Err(e) => {
            return Ok(Check::bad("ledger", format!("{} does not read: {e}", folder.display()), advice));
        }
    };
    if let Some(keys) = keys {
        let note = String::from_utf8_lossy(&published);
        if let Err(error) = aside_ledger::Checkpoint::open(&note, &keys.log.verifier()) {
            return Ok(Check::bad("ledger", format!("the published checkpoint: {error}"), advice));
        }
    }
    let found = format!("{} entries under the checkpoint of {}", row.size, row.at.rfc3339());
    Ok(Check::ok("ledger", found))
}

fn in_words(time: Duration) -> String {
    match time.as_secs() {
        seconds if seconds < 120 => format!("{seconds} seconds"),
        seconds if seconds < 7_200 => format!("{} minutes", seconds / 60),
        seconds if seconds < 172_800 => format!("{} hours", seconds / 3_600),
        seconds => format!("{} days", seconds / 86_400),
    }
}
