//! Writing down what the writer's connection executes, for the load driver's floor: the same statements, replayed
//! with nothing else around them. Only in builds with the feature `record`, and only when a file is named.
//!
//! The file holds pairs of texts, each after its length in four bytes (little-endian): a statement as it was
//! prepared, and the same statement with its values in place of its parameters, as SQLite writes them
//! (<https://sqlite.org/c3ref/expanded_sql.html>). It starts with the connection's settings. Statements that only
//! read are left out. What it holds is what the database holds: texts and values sealed, nothing else.

use aside_store::{Result, StoreError};
use rusqlite::{
    Connection,
    trace::{TraceEvent, TraceEventCodes},
};
use std::{
    fs::File,
    io::{self, BufWriter, Write},
    path::Path,
};

/// The settings that make a write fast or slow.
const SETTINGS: [&str; 8] = [
    "journal_mode",
    "synchronous",
    "foreign_keys",
    "secure_delete",
    "temp_store",
    "cache_size",
    "mmap_size",
    "wal_autocheckpoint",
];

/// The connection, which from now on writes every statement that it executes into a new file, if one is named.
pub(crate) fn recording(mut conn: Connection, path: Option<&Path>) -> Result<Connection> {
    let Some(path) = path else { return Ok(conn) };
    let cannot = |e: io::Error| StoreError::CannotWrite(format!("{}: {e}", path.display()));
    let mut file = BufWriter::with_capacity(1024 * 1024, File::create(path).map_err(cannot)?);
    for name in SETTINGS {
        let value = conn.pragma_query_value(None, name, |row| row.get::<_, rusqlite::types::Value>(0));
        let value = match value.map_err(crate::error::read)? {
            rusqlite::types::Value::Integer(number) => number.to_string(),
            rusqlite::types::Value::Text(text) => text,
            _ => continue,
        };
        let setting = format!("PRAGMA {name} = {value}");
        write(&mut file, &setting, &setting).map_err(cannot)?;
    }
    let trace = move |event: TraceEvent<'_>| {
        let TraceEvent::Stmt(statement, _) = event else { return };
        let sql = statement.sql();
        if sql.starts_with("SELECT") || sql.starts_with("PRAGMA") {
            return;
        }
        let written = write(&mut file, &sql, &statement.expanded_sql().unwrap_or_default());
        // Nobody drops what a process holds when it is told to stop.
        let kept = if sql == "COMMIT" { written.and_then(|()| file.flush()) } else { written };
        if let Err(error) = kept {
            tracing::error!(%error, "the record of statements is cut off");
        }
    };
    conn.trace_v2(TraceEventCodes::SQLITE_TRACE_STMT, Some(trace)).map_err(crate::error::write)?;
    Ok(conn)
}

fn write(file: &mut impl Write, sql: &str, expanded: &str) -> io::Result<()> {
    for text in [sql, expanded] {
        let length = u32::try_from(text.len()).map_err(io::Error::other)?;
        file.write_all(&length.to_le_bytes())?;
        file.write_all(text.as_bytes())?;
    }
    Ok(())
}
