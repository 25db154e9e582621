//! SQLite's floor: one connection, prepared statements, transaction by transaction.

use super::{Floor, spool::Spool};
use crate::{
    clock,
    failure::{Outcome, While},
    process,
};
use rusqlite::Connection;
use std::path::Path;

/// Replays a record into the database as it was before the run.
pub(crate) fn replay(record: &Path, database: &Path, messages: u64) -> Outcome<Floor> {
    let spool = Spool::read(record)?;
    let conn = Connection::open(database).while_doing(database.display())?;
    // The settings stand first in the record, as the server's connection had them.
    let settings =
        spool.steps.iter().take_while(|step| spool.statements[step.statement].starts_with("PRAGMA"));
    let settings: Vec<_> = settings.map(|step| &spool.statements[step.statement]).collect();
    for setting in &settings {
        conn.execute_batch(setting).while_doing(setting)?;
    }
    let mut prepared = Vec::new();
    for sql in &spool.statements {
        prepared.push(conn.prepare(sql).while_doing(sql)?);
    }
    let (began, cpu) = (clock::now(), process::own_cpu_seconds()?);
    let (mut statements, mut transactions) = (0, 0);
    for step in &spool.steps[settings.len()..] {
        let statement = &mut prepared[step.statement];
        for (at, value) in step.values.iter().enumerate() {
            statement.raw_bind_parameter(at + 1, value).while_doing("a value")?;
        }
        let mut rows = statement.raw_query();
        let sql = &spool.statements[step.statement];
        while rows.next().while_doing(sql)?.is_some() {}
        statements += 1;
        transactions += u64::from(sql == "COMMIT");
    }
    let seconds = began.elapsed().as_secs_f64();
    let cpu_seconds = process::own_cpu_seconds()? - cpu;
    Ok(Floor { statements, transactions, seconds, cpu_seconds, messages })
}
