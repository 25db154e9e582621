//! Moving a brand: its rows leave as they lie there, and come back as they were.

use super::{Ground, World};
use crate::transfer::{Cell, Row, TABLES, Table};
use aside_model::BrandId;

/// Every row of the brand in a table, read in pages of two.
async fn all(g: &Ground, brand: BrandId, table: &'static Table) -> Vec<Row> {
    let mut rows: Vec<Row> = Vec::new();
    loop {
        let after = rows.last().map(|row| row[1..table.key].to_vec());
        let page = g.store.rows_after(brand, table, after, 2).await.unwrap();
        if page.is_empty() {
            return rows;
        }
        rows.extend(page);
    }
}

/// The whole of a brand is read, removed and put back, and nobody could tell; another brand's rows stay.
pub async fn a_brand_leaves_and_comes_back_as_it_was(g: &Ground) {
    let (w, other) = (g.world(1).await, g.world(2).await);
    g.sequence(w.brand, 10).await;
    let before = g.backend.dump().await;
    let mut moved = Vec::new();
    for table in TABLES {
        moved.push((table, all(g, w.brand, table).await));
    }
    let empty: Vec<_> = moved.iter().filter(|(_, rows)| rows.is_empty()).map(|(t, _)| t.name).collect();
    assert!(empty.len() <= 2, "a world without rows in {empty:?} proves little");
    for (table, rows) in moved.iter().rev() {
        let mut gone = 0;
        loop {
            match g.store.remove_rows(w.brand, table, 2).await.unwrap() {
                0 => break,
                some => gone += some as usize,
            }
        }
        assert_eq!(gone, rows.len(), "{}", table.name);
        assert_eq!(all(g, w.brand, table).await, Vec::<Row>::new());
    }
    let brands = g.store.brands().await.unwrap();
    assert_eq!(brands.iter().map(|row| row.brand).collect::<Vec<_>>(), [other.brand]);
    for (table, rows) in &moved {
        g.store.put_rows(w.brand, table, rows.clone()).await.unwrap();
        // Whoever was interrupted puts them there once more.
        g.store.put_rows(w.brand, table, rows.clone()).await.unwrap();
    }
    assert_eq!(g.backend.dump().await, before);
}

/// Rows of one brand are not put there in the name of another, nor rows that are none.
pub async fn rows_of_another_brand_are_not_put_there(g: &Ground) {
    let (w, other) = (g.world(1).await, g.world(2).await);
    let before = g.backend.dump().await;
    let table = TABLES.iter().find(|table| table.name == "messages").unwrap();
    let rows = all(g, w.brand, table).await;
    assert!(g.store.put_rows(other.brand, table, rows.clone()).await.is_err());
    let short = rows.iter().map(|row| row[..3].to_vec()).collect();
    assert!(g.store.put_rows(w.brand, table, short).await.is_err());
    let strange = rows.iter().map(|row| row.iter().map(|_| Cell::Flag(true)).collect()).collect();
    assert!(g.store.put_rows(w.brand, table, strange).await.is_err());
    assert_eq!(g.backend.dump().await, before);
    let World { brand, .. } = other;
    assert_eq!(g.store.remove_rows(brand, table, 0).await.unwrap(), 0);
}
