//! Random commands, carried out by the backend and by a model in memory: they must agree about every outcome
//! and about what can be read afterwards.

mod model;
mod steps;

use super::{Backend, StandingClock, world::at};
use aside_model::{BrandId, JobState};
use model::Model;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseError, TestRng, TestRunner};
use std::{pin::Pin, sync::Arc};
use steps::{
    BRANDS, CONVERSATIONS, Did, JOBS, MESSAGES, SEALED, Step, conversation, customer, job, message, sealed,
    world,
};

/// Opens an empty store.
type Opening = Pin<Box<dyn Future<Output = Box<dyn Backend>> + Send>>;

/// How many sequences of random commands are tried, and how long each is.
const SEQUENCES: u32 = 10;
const LENGTH: usize = 200;

/// Many of the commands fail or are refused, as the universe is small; the sequence that disagrees is made as short as can
/// be before it is shown.
pub fn random_commands_agree_with_a_model(open: impl Fn(Arc<StandingClock>) -> Opening) {
    let config =
        Config { cases: SEQUENCES, failure_persistence: None, max_shrink_iters: 300, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let agreed = runner.run(&steps::sequence(LENGTH), |sequence| {
        tokio::task::block_in_place(|| {
            tokio::runtime::Handle::current().block_on(agree(&open, &sequence)).map_err(TestCaseError::fail)
        })
    });
    if let Err(disagreement) = agreed {
        panic!("{disagreement}");
    }
}

/// Carries the steps out in both, and compares after each few.
async fn agree(open: &impl Fn(Arc<StandingClock>) -> Opening, sequence: &[Step]) -> Result<(), String> {
    let clock = Arc::new(StandingClock::default());
    let backend = open(Arc::clone(&clock)).await;
    let store = backend.store();
    let mut model = Model::default();
    for brand in 0..BRANDS {
        steps::settle(&*store, brand).await;
    }
    for (number, step) in sequence.iter().enumerate() {
        let now = at(i64::try_from(number).unwrap_or(i64::MAX));
        clock.set(now);
        let expected = model.carry_out(step, now);
        // Looking at every row is slow; a command that is to change nothing is worth it.
        let nothing = matches!(expected, Did::Refused(_) | Did::Failed);
        let before = if nothing { Some(backend.dump().await) } else { None };
        let did = steps::carry_out(&*store, step, now).await;
        if did != expected {
            return Err(format!("step {number}, {step:?}: the store {did:?}, the model {expected:?}"));
        }
        if let Some(before) = before
            && before != backend.dump().await
        {
            return Err(format!("step {number}, {step:?}: {did:?}, and yet something changed"));
        }
        if number % 20 == 19 || number + 1 == sequence.len() {
            for brand in 0..BRANDS {
                compare(&*store, &model, brand)
                    .await
                    .map_err(|what| format!("after step {number}: {what}"))?;
            }
        }
    }
    Ok(())
}

/// Everything that the model knows of a brand, as the store tells it.
async fn compare(store: &dyn crate::Store, model: &Model, brand: usize) -> Result<(), String> {
    let id: BrandId = world(brand).brand;
    let mine = &model.brands[brand];
    let differ = |what: String, store: String, model: String| {
        if store == model { Ok(()) } else { Err(format!("{what}: the store has {store}, the model {model}")) }
    };
    for c in 0..CONVERSATIONS {
        let found = store.conversation(id, conversation(c)).await.map_err(|e| e.to_string())?;
        let found = found.map(|f| (f.customer, f.last_message_at, f.version));
        let known = mine.conversations.get(&c).map(|k| (customer(k.customer), k.last, k.version));
        differ(format!("conversation {c}"), format!("{found:?}"), format!("{known:?}"))?;
        let page = store.messages(id, conversation(c), None, 100).await.map_err(|e| e.to_string())?;
        let page: Vec<_> = page.iter().map(|m| m.message).collect();
        let known: Vec<_> = mine.in_order(c).into_iter().map(message).collect();
        differ(format!("messages of {c}"), format!("{page:?}"), format!("{known:?}"))?;
    }
    for m in 0..MESSAGES {
        let found = store.message(id, message(m)).await.map_err(|e| e.to_string())?;
        let found = found.map(|f| (f.state, f.body_sealed, f.removed_at.is_some()));
        let known = mine.messages.get(&m).map(|k| (k.state, k.body.clone(), k.removed));
        differ(format!("message {m}"), format!("{found:?}"), format!("{known:?}"))?;
    }
    for n in 0..SEALED {
        let value = store.value(id, sealed(n)).await.map_err(|e| e.to_string())?.map(|v| v.message);
        let known = mine.values.get(&n).map(|m| message(*m));
        differ(format!("value {n}"), format!("{value:?}"), format!("{known:?}"))?;
        let hold = store.hold(id, sealed(n)).await.map_err(|e| e.to_string())?;
        let hold = hold.map(|h| (h.message, h.expires_at));
        let known = mine.holds.get(&n).map(|(m, expires)| (message(*m), *expires));
        differ(format!("hold {n}"), format!("{hold:?}"), format!("{known:?}"))?;
    }
    for j in 0..JOBS {
        let found = store.job(id, job(j)).await.map_err(|e| e.to_string())?;
        let found = found.map(|f| (f.message, f.state, f.due_at, f.attempts, f.payload_sealed.is_some()));
        let known = mine.jobs.get(&j);
        let known = known.map(|k| (message(k.message), k.state, k.due, k.attempts, k.payload));
        differ(format!("job {j}"), format!("{found:?}"), format!("{known:?}"))?;
    }
    let mut counts = Vec::new();
    for state in JobState::ALL {
        let count = mine.jobs.values().filter(|job| job.state == *state).count();
        if count > 0 {
            counts.push((*state, i64::try_from(count).unwrap_or(i64::MAX)));
        }
    }
    let found = store.job_counts(id).await.map_err(|e| e.to_string())?;
    differ("job counts".into(), format!("{found:?}"), format!("{counts:?}"))?;
    let events = store.events_after(id, 0, 1_000).await.map_err(|e| e.to_string())?;
    let events: Vec<_> = events.iter().map(|e| (e.number, e.conversation)).collect();
    let known: Vec<_> = mine.events.iter().map(|(number, c)| (*number, Some(conversation(*c)))).collect();
    differ("events".into(), format!("{events:?}"), format!("{known:?}"))?;
    let last = store.last_event(id).await.map_err(|e| e.to_string())?;
    differ("last event".into(), last.to_string(), mine.last_event.to_string())
}
