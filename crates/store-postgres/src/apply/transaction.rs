//! One transaction: guards first, locked and judged, then what is to become true, then the commit. Between them
//! lie two round trips; a command without guards takes one.

use super::{
    Part, Plan, erasure,
    numbers::{self, Numbers},
    plain::Gathered,
};
use crate::{
    announce::Changed,
    cells::{Only, read_all},
    conn::{Conn, Step},
    error::Trouble,
    guards::{Asked, Facts},
};
use aside_model::{Applied, BrandId, Command, Effect, JobState, Outcome, Refusal, Time};
use aside_store::StoreError;
use tokio_postgres::Row;

statements! {
    BEGIN("BEGIN ISOLATION LEVEL READ COMMITTED");
    COMMIT("COMMIT");
}

/// What became of one of several commands.
pub(crate) enum Verdict {
    /// It was applied or refused.
    Done(Outcome),
    /// Somebody else holds what it needs, or it is not there: it has to wait, and is better tried alone.
    Alone,
}

/// Carries one command out, or says which guard refused it. Whatever it needs is waited for.
pub(crate) async fn one(
    conn: &mut Conn,
    now: Time,
    command: &Command,
) -> Result<(Outcome, Changed), Trouble> {
    let brand = command.brand;
    let asked = Asked::by(&[command]);
    let locks = asked.steps(brand, now, true);
    let mut sending = Sending::new(conn, brand);
    if asked.guarded {
        let mut steps = vec![Step::bare(BEGIN)];
        steps.extend(locks);
        let answers = sending.conn.run(&steps).await?;
        let mut facts = Facts::read(&steps, &answers)?;
        facts.must_stay(command)?;
        if let Err(guard) = facts.admit(command) {
            let refusal = Refusal { guard: guard.clone() };
            sending.conn.roll_back().await;
            return Ok((Outcome::Refused(refusal), Changed::default()));
        }
        sending.steps.extend(facts.settle(brand));
    } else {
        sending.steps.push(Step::bare(BEGIN));
        sending.steps.extend(locks);
    }
    for part in Plan::of(command, now) {
        match part {
            Part::Steps(steps) => sending.steps.extend(steps),
            Part::Numbers(numbers) => sending.number(numbers),
            Part::Restore(row) => {
                sending.send().await?;
                numbers::restore(sending.conn, &row).await?;
            }
            Part::Erase(customer) => {
                sending.send().await?;
                erasure::begin(sending.conn, brand, customer, now).await?;
            }
        }
    }
    let events = sending.commit().await?;
    let mut changed = changed_by(command);
    changed.events.extend(events.map(|(_, last)| (brand, last)));
    Ok((Outcome::Applied(Applied { events, ..Applied::default() }), changed))
}

/// Carries plain commands of one brand out together. What somebody else holds is not waited for.
pub(crate) async fn together(
    conn: &mut Conn,
    brand: BrandId,
    now: Time,
    commands: &[&Command],
) -> Result<(Vec<Verdict>, Changed), Trouble> {
    let mut steps = vec![Step::bare(BEGIN)];
    steps.extend(Asked::by(commands).steps(brand, now, false));
    let answers = conn.run(&steps).await?;
    let mut facts = Facts::read(&steps, &answers)?;
    let mut gathered = Gathered::default();
    let mut changed = Changed::default();
    // For each command its verdict, or the count of events before its own and after.
    let mut verdicts = Vec::with_capacity(commands.len());
    for command in commands {
        if !facts.has_all(command) {
            verdicts.push(Err(Verdict::Alone));
        } else if let Err(guard) = facts.admit(command) {
            let refusal = Refusal { guard: guard.clone() };
            verdicts.push(Err(Verdict::Done(Outcome::Refused(refusal))));
        } else {
            let before = gathered.numbers.events();
            gathered.add(command, now);
            changed.and(&changed_by(command));
            verdicts.push(Ok((before, gathered.numbers.events())));
        }
    }
    if verdicts.iter().all(Result::is_err) {
        conn.roll_back().await;
        return Ok((verdicts.into_iter().filter_map(Result::err).collect(), changed));
    }
    let mut sending = Sending::new(conn, brand);
    sending.steps.extend(facts.settle(brand));
    let (steps, numbers) = gathered.steps(brand);
    sending.steps.extend(steps);
    if !numbers.is_empty() {
        sending.number(numbers);
    }
    let events = sending.commit().await?;
    changed.events.extend(events.map(|(_, last)| (brand, last)));
    let first = events.map_or(1, |(first, _)| first);
    let verdict = |(before, after): (usize, usize)| {
        let events = (before < after).then(|| (first + before as i64, first + after as i64 - 1));
        Verdict::Done(Outcome::Applied(Applied { events, ..Applied::default() }))
    };
    Ok((verdicts.into_iter().map(|verdict_or| verdict_or.map_or_else(|v| v, verdict)).collect(), changed))
}

/// Who will be woken when the command is applied, live events apart.
fn changed_by(command: &Command) -> Changed {
    let mut changed = Changed::default();
    for effect in &command.effects {
        match effect {
            Effect::AddJob(_) | Effect::JobBecame { state: JobState::Due, .. } => changed.job = true,
            Effect::AddEntry(_) | Effect::RestoreEntry(_) | Effect::RestartLog(_) => changed.entry = true,
            _ => {}
        }
    }
    changed
}

/// Statements that gather until an answer is needed.
struct Sending<'a> {
    conn: &'a mut Conn,
    brand: BrandId,
    steps: Vec<Step>,
    /// Where among the steps something is numbered, and how many events.
    numbered: Vec<(usize, usize)>,
    /// First and last live event so far.
    events: Option<(i64, i64)>,
}

impl<'a> Sending<'a> {
    fn new(conn: &'a mut Conn, brand: BrandId) -> Self {
        Self { conn, brand, steps: Vec::new(), numbered: Vec::new(), events: None }
    }

    fn number(&mut self, numbers: Numbers) {
        self.numbered.push((self.steps.len(), numbers.events()));
        self.steps.push(numbers.step(self.brand));
    }

    async fn send(&mut self) -> Result<(), Trouble> {
        let steps = std::mem::take(&mut self.steps);
        let answers = self.conn.run(&steps).await?;
        self.read(&answers)
    }

    async fn commit(mut self) -> Result<Option<(i64, i64)>, Trouble> {
        let mut steps = std::mem::take(&mut self.steps);
        steps.push(Step::bare(COMMIT));
        let answers = self.conn.commit(&steps).await?;
        self.read(&answers)?;
        Ok(self.events)
    }

    fn read(&mut self, answers: &[Vec<Row>]) -> Result<(), Trouble> {
        for (at, count) in std::mem::take(&mut self.numbered) {
            let base: Vec<Only<i64>> = read_all(answers.get(at).map_or(&[][..], Vec::as_slice))?;
            let Some(Only(base)) = base.first() else {
                return Err(StoreError::Failed("there is no such brand".into()).into());
            };
            if count > 0 {
                let first = self.events.map_or(base + 1, |(first, _)| first);
                self.events = Some((first, base + count as i64));
            }
        }
        Ok(())
    }
}
