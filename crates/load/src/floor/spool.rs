//! Reading what a server wrote down: pairs of a statement and the same statement with its values in place
//! (`crates/store-sqlite/src/record.rs`).

use crate::failure::{Failure, Outcome, While};
use rusqlite::types::Value;
use std::{
    collections::HashMap,
    fs::File,
    io::{BufReader, ErrorKind, Read},
    path::Path,
};

/// A statement to execute: which, and its parameters in order.
#[derive(PartialEq, Debug)]
pub(super) struct Step {
    pub(super) statement: usize,
    pub(super) values: Vec<Value>,
}

/// What was written down.
#[derive(Default)]
pub(super) struct Spool {
    /// Every statement once.
    pub(super) statements: Vec<String>,
    /// The steps, in order.
    pub(super) steps: Vec<Step>,
}

/// The longest text in a record: more than the largest message takes.
const LONGEST: u32 = 256 * 1024 * 1024;

impl Spool {
    /// Reads a file to its end; a pair that was cut off at the end never took effect.
    pub(super) fn read(path: &Path) -> Outcome<Self> {
        let mut file = BufReader::new(File::open(path).while_doing(path.display())?);
        let (mut spool, mut known) = (Self::default(), HashMap::new());
        while let (Some(sql), Some(expanded)) = (text(&mut file)?, text(&mut file)?) {
            let values = values(&sql, &expanded)
                .ok_or_else(|| Failure::new(format!("the values of a statement cannot be read: {sql}")))?;
            let statement = *known.entry(sql).or_insert_with_key(|sql| {
                spool.statements.push(sql.clone());
                spool.statements.len() - 1
            });
            spool.steps.push(Step { statement, values });
        }
        Ok(spool)
    }
}

fn text(file: &mut impl Read) -> Outcome<Option<String>> {
    let mut length = [0; 4];
    match file.read_exact(&mut length) {
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(None),
        other => other?,
    }
    let length = u32::from_le_bytes(length);
    if length > LONGEST {
        return Err(Failure::new("the record of statements is none"));
    }
    let mut bytes = vec![0; length as usize];
    match file.read_exact(&mut bytes) {
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(None),
        other => other?,
    }
    Ok(Some(String::from_utf8(bytes).while_doing("the record of statements")?))
}

/// The values that stand in `expanded` where `sql` has its parameters. None if the two do not belong together.
fn values(sql: &str, expanded: &str) -> Option<Vec<Value>> {
    let (mut sql, mut expanded, mut values) = (sql, expanded, Vec::new());
    while let Some(next) = sql.find(['?', '\'']) {
        expanded = expanded.strip_prefix(&sql[..next])?;
        sql = &sql[next..];
        if let Some(literal) = sql.strip_prefix('\'') {
            // A text of the statement's own; a doubled quotation mark is two of them, one after the other.
            let end = literal.find('\'')? + 2;
            expanded = expanded.strip_prefix(&sql[..end])?;
            sql = &sql[end..];
            continue;
        }
        sql = &sql[1..];
        let digits = sql.len() - sql.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        // `?7` names its place; a bare `?` is the next one (https://sqlite.org/lang_expr.html#varparam).
        let place =
            if digits == 0 { values.len() } else { sql[..digits].parse::<usize>().ok()?.checked_sub(1)? };
        sql = &sql[digits..];
        let (value, rest) = literal(expanded)?;
        expanded = rest;
        if place >= values.len() {
            values.resize(place + 1, Value::Null);
        }
        values[place] = value;
    }
    (sql == expanded).then_some(values)
}

/// A literal as SQLite writes it, and what stands behind it.
fn literal(text: &str) -> Option<(Value, &str)> {
    if let Some(rest) = text.strip_prefix("NULL") {
        return Some((Value::Null, rest));
    }
    if let Some(rest) = text.strip_prefix("zeroblob(") {
        let (length, rest) = rest.split_once(')')?;
        return Some((
            Value::Blob(vec![0; length.parse().ok().filter(|length| *length <= LONGEST as usize)?]),
            rest,
        ));
    }
    if let Some(rest) = text.strip_prefix("x'") {
        let (digits, rest) = rest.split_once('\'')?;
        return Some((Value::Blob(hex::decode(digits).ok()?), rest));
    }
    if let Some(mut rest) = text.strip_prefix('\'') {
        let mut value = String::new();
        loop {
            let (before, after) = rest.split_once('\'')?;
            value.push_str(before);
            match after.strip_prefix('\'') {
                Some(more) => {
                    value.push('\'');
                    rest = more;
                }
                None => return Some((Value::Text(value), after)),
            }
        }
    }
    let end = text.find(|c: char| !(c.is_ascii_digit() || "+-.eE".contains(c))).unwrap_or(text.len());
    let (number, rest) = text.split_at(end);
    let value = match number.parse::<i64>() {
        Ok(number) => Value::Integer(number),
        Err(_) => Value::Real(number.parse().ok()?),
    };
    Some((value, rest))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rusqlite::Connection;

    #[test]
    fn values_are_read_back_as_they_were_bound() {
        let bound = [
            Value::Null,
            Value::Integer(-42),
            Value::Integer(i64::MIN),
            Value::Real(1.5),
            Value::Text("it's ?1 a 'quoted' Größe\n".into()),
            Value::Text(String::new()),
            Value::Blob(vec![0, 255, 39]),
            Value::Blob(vec![]),
        ];
        let conn = Connection::open_in_memory().unwrap();
        let sql = "SELECT '?', 'it''s', ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?1 WHERE ?2 < 0";
        let mut statement = conn.prepare(sql).unwrap();
        for (at, value) in bound.iter().enumerate() {
            statement.raw_bind_parameter(at + 1, value).unwrap();
        }
        let expanded = statement.expanded_sql().unwrap();
        assert_eq!(values(sql, &expanded).as_deref(), Some(&bound[..]), "{expanded}");
        assert_eq!(values("VALUES (?, ?)", "VALUES (7, x'00')").unwrap()[1], Value::Blob(vec![0]));
    }

    #[test]
    fn what_does_not_belong_together_is_refused() {
        let wrong =
            ["", "INSERT", "UPDATE t SET a = ", "UPDATE t SET a = 'x", "UPDATE t SET a = x'0'", "-- UPDATE"];
        for expanded in wrong {
            assert_eq!(values("UPDATE t SET a = ?1", expanded), None, "{expanded}");
        }
    }

    #[test]
    fn a_record_that_is_cut_off_ends_there_and_rubbish_is_none() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let mut bytes = Vec::new();
        for text in ["BEGIN", "BEGIN", "COMMIT", "COM"] {
            bytes.extend(7_u32.min(text.len() as u32).to_le_bytes());
            bytes.extend(text.as_bytes());
        }
        bytes.truncate(bytes.len() - 1);
        std::fs::write(file.path(), &bytes).unwrap();
        let spool = Spool::read(file.path()).unwrap();
        assert_eq!((spool.statements, spool.steps.len()), (vec!["BEGIN".to_owned()], 1));
        std::fs::write(file.path(), [255; 64]).unwrap();
        assert!(Spool::read(file.path()).is_err());
    }
}
