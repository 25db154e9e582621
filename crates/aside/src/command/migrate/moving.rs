//! Copying, comparing and removing a brand's rows.

use crate::command::Failure;
use aside_model::BrandId;
use aside_store::{
    Store,
    transfer::{Cell, Row, TABLES, Table},
};
use aws_lc_rs::digest::{Context, SHA256};
use std::io::{self, IsTerminal, Write};

/// Rows in one step.
const PAGE: u32 = 500;

/// The tables whose rows are the brand's.
fn tables() -> impl DoubleEndedIterator<Item = &'static Table> {
    TABLES.iter().filter(|table| table.moves)
}

/// Copies every row that is not there as it should be. Returns how many rows the brand has.
pub(super) async fn copy(
    from: &dyn Store,
    to: &dyn Store,
    brand: BrandId,
    name: &str,
) -> Result<u64, Failure> {
    let mut progress = Progress::new(name, "copied");
    for table in tables() {
        let mut after = None;
        loop {
            let page = from.rows_after(brand, table, after.clone(), PAGE).await?;
            let there = to.rows_after(brand, table, after, PAGE).await?;
            let Some(last) = page.last() else { break };
            after = Some(key(table, last));
            let rows = page.len() as u64;
            if page != there {
                to.put_rows(brand, table, page).await.map_err(|e| in_table(table, &e))?;
            }
            progress.add(rows);
        }
    }
    Ok(progress.done)
}

/// Sees that both stores have the same rows: as many in each table, and with one hash.
pub(super) async fn compare(
    from: &dyn Store,
    to: &dyn Store,
    brand: BrandId,
    name: &str,
) -> Result<(), Failure> {
    let mut progress = Progress::new(name, "compared");
    for table in tables() {
        let (old, new) = (
            summed(from, brand, table, &mut progress).await?,
            summed(to, brand, table, &mut progress).await?,
        );
        if old == new {
            continue;
        }
        let how = if old.0 == new.0 { "differ".to_owned() } else { format!("are {} and {}", old.0, new.0) };
        let hint = "rows changed while they were moved: --abandon, then begin again";
        return Err(Failure::new(format!("the rows of table {} {how}", table.name)).with_hint(hint));
    }
    Ok(())
}

/// Removes the brand's rows, those that name others first.
pub(super) async fn remove(store: &dyn Store, brand: BrandId, name: &str) -> Result<(), Failure> {
    let mut progress = Progress::new(name, "removed");
    for table in TABLES.iter().rev() {
        loop {
            match store.remove_rows(brand, table, PAGE).await.map_err(|e| in_table(table, &e))? {
                0 => break,
                rows => progress.add(rows.into()),
            }
        }
    }
    Ok(())
}

async fn summed(
    store: &dyn Store,
    brand: BrandId,
    table: &'static Table,
    progress: &mut Progress,
) -> Result<(u64, Vec<u8>), Failure> {
    let mut sum = Context::new(&SHA256);
    let (mut rows, mut after) = (0, None);
    loop {
        let page = store.rows_after(brand, table, after, PAGE).await?;
        let Some(last) = page.last() else { break };
        after = Some(key(table, last));
        page.iter().flatten().for_each(|cell| add(&mut sum, cell));
        rows += page.len() as u64;
        progress.add(page.len() as u64);
    }
    Ok((rows, sum.finish().as_ref().to_vec()))
}

/// The key's cells behind the brand.
fn key(table: &Table, row: &Row) -> Vec<Cell> {
    row[1..table.key].to_vec()
}

/// A cell's kind, its length and its bytes, so that no two rows read the same.
fn add(sum: &mut Context, cell: &Cell) {
    let (kind, bytes): (u8, &[u8]) = match cell {
        Cell::Empty => (0, &[]),
        Cell::Id(id) => (1, id),
        Cell::Bytes(bytes) => (2, bytes),
        Cell::Text(text) => (3, text.as_bytes()),
        Cell::Number(number) => (4, &number.to_be_bytes()),
        Cell::Flag(flag) => (5, &[u8::from(*flag)]),
    };
    sum.update(&[kind]);
    sum.update(&(bytes.len() as u64).to_be_bytes());
    sum.update(bytes);
}

fn in_table(table: &Table, error: &aside_store::StoreError) -> Failure {
    Failure::new(format!("table {}: {error}", table.name))
}

/// How far it is, for people who wait.
struct Progress {
    name: String,
    what: &'static str,
    done: u64,
    shown: bool,
}

impl Progress {
    fn new(name: &str, what: &'static str) -> Self {
        Self { name: name.to_owned(), what, done: 0, shown: io::stderr().is_terminal() }
    }

    fn add(&mut self, rows: u64) {
        self.done += rows;
        if self.shown {
            eprint!("\r{}: {} rows {}", self.name, self.done, self.what);
            drop(io::stderr().flush());
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if self.shown {
            eprint!("\r\x1b[K");
        }
    }
}
