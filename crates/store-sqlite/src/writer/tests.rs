//! What the writer does when a command panics, or the disk has no room.

use super::*;
use crate::schema;
use std::fmt::Write as _;

struct Standing;
impl Clock for Standing {
    fn now(&self) -> Time {
        Time(0)
    }
}

fn writer(folder: &std::path::Path, queue: usize) -> Writer {
    let conn = schema::open_to_write(folder).unwrap();
    conn.execute_batch("CREATE TABLE notes (note TEXT NOT NULL) STRICT").unwrap();
    Writer::start(conn, Arc::new(Standing), Arc::new(Announcements::new()), queue, queue).unwrap()
}

async fn run(writer: &Writer, sql: String) -> Result<()> {
    let work = move |conn: &Connection, _| {
        conn.execute_batch(&sql).map_err(error::write)?;
        Ok(Done::kept((), Changed::default()))
    };
    writer.ask(None, work).await
}

async fn notes(writer: &Writer) -> i64 {
    let count = |conn: &Connection, _| {
        let count =
            conn.query_row("SELECT count(*) FROM notes", [], |row| row.get(0)).map_err(error::read)?;
        Ok(Done::kept(count, Changed::default()))
    };
    writer.ask(None, count).await.unwrap()
}

#[tokio::test]
async fn a_panic_in_one_command_leaves_nothing_of_it_and_the_writer_alive() {
    let folder = tempfile::tempdir().unwrap();
    let writer = writer(folder.path(), 8);
    let broken = |conn: &Connection, _| -> Result<Done<()>> {
        conn.execute_batch("INSERT INTO notes VALUES ('half')").unwrap();
        panic!("a command that panics on purpose");
    };
    assert!(matches!(writer.ask(None, broken).await, Err(StoreError::Failed(_))));
    run(&writer, "INSERT INTO notes VALUES ('whole')".into()).await.unwrap();
    assert_eq!(notes(&writer).await, 1);
}

#[tokio::test]
async fn a_full_disk_is_said_nothing_is_half_written_and_room_lets_it_write_again() {
    let folder = tempfile::tempdir().unwrap();
    let writer = writer(folder.path(), 8);
    let full = |conn: &Connection, _| {
        let pages: i64 = conn.query_row("PRAGMA page_count", [], |row| row.get(0)).map_err(error::read)?;
        let bound: i64 = conn
            .query_row(&format!("PRAGMA max_page_count = {pages}"), [], |row| row.get(0))
            .map_err(error::read)?;
        assert_eq!(bound, pages);
        Ok(Done::kept((), Changed::default()))
    };
    writer.ask(None, full).await.unwrap();
    let mut much = String::from("INSERT INTO notes VALUES ('first');");
    for _ in 0..64 {
        write!(much, "INSERT INTO notes VALUES ('{}');", "x".repeat(4_000)).unwrap();
    }
    assert!(matches!(run(&writer, much.clone()).await, Err(StoreError::CannotWrite(_))));
    assert_eq!(notes(&writer).await, 0);
    let room = |conn: &Connection, _| {
        conn.query_row("PRAGMA max_page_count = 100000", [], |row| row.get::<_, i64>(0))
            .map_err(error::read)?;
        Ok(Done::kept((), Changed::default()))
    };
    writer.ask(None, room).await.unwrap();
    run(&writer, much).await.unwrap();
    assert_eq!(notes(&writer).await, 65);
}

#[tokio::test]
async fn a_database_that_may_not_be_written_is_said_to_be_so() {
    let folder = tempfile::tempdir().unwrap();
    let writer = writer(folder.path(), 8);
    run(&writer, "PRAGMA query_only = ON".into()).await.unwrap();
    let refused = run(&writer, "INSERT INTO notes VALUES ('no')".into()).await;
    assert!(matches!(refused, Err(StoreError::CannotWrite(_))), "{refused:?}");
}

/// Work that holds the writer up until the sender is dropped, and says when it has begun.
fn holding(
    writer: &Writer,
) -> (std::sync::mpsc::Sender<()>, std::sync::mpsc::Receiver<()>, impl Future<Output = Result<()>>) {
    let (ready, wait) = std::sync::mpsc::channel::<()>();
    let (started, has_started) = std::sync::mpsc::channel::<()>();
    let work = move |conn: &Connection, _| {
        started.send(()).unwrap();
        // An error means that the sender is gone, which is the sign to go on.
        wait.recv().unwrap_err();
        conn.execute_batch("INSERT INTO notes VALUES ('held up')").map_err(error::write)?;
        Ok(Done::kept((), Changed::default()))
    };
    (ready, has_started, writer.ask(None, work))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_command_that_loses_the_whole_transaction_takes_its_group_along_and_says_so() {
    let folder = tempfile::tempdir().unwrap();
    let writer = writer(folder.path(), 8);
    let (ready, has_started, held_up) = holding(&writer);
    let group = async {
        tokio::task::block_in_place(|| has_started.recv()).unwrap();
        let beside = run(&writer, "INSERT INTO notes VALUES ('beside')".into());
        let lost = run(&writer, "INSERT INTO notes VALUES ('lost'); ROLLBACK".into());
        let (beside, lost, ()) = tokio::join!(beside, lost, async move { drop(ready) });
        assert!(matches!(beside, Err(StoreError::CannotWrite(_))), "{beside:?}");
        assert!(lost.is_err());
    };
    let (held_up, ()) = tokio::join!(held_up, group);
    held_up.unwrap();
    assert_eq!(notes(&writer).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_fails_halfway_takes_nothing_of_its_neighbours_along() {
    let folder = tempfile::tempdir().unwrap();
    let writer = writer(folder.path(), 8);
    let (ready, has_started, held_up) = holding(&writer);
    let group = async {
        tokio::task::block_in_place(|| has_started.recv()).unwrap();
        let insert = |note: &str| run(&writer, format!("INSERT INTO notes VALUES ('{note}')"));
        let half =
            || run(&writer, "INSERT INTO notes VALUES ('half'); INSERT INTO notes VALUES (NULL)".into());
        let broken = |conn: &Connection, _| -> Result<Done<()>> {
            conn.execute_batch("INSERT INTO notes VALUES ('half')").unwrap();
            panic!("a command that panics on purpose");
        };
        let (before, first, between, second, after, ()) = tokio::join!(
            insert("before"),
            half(),
            insert("between"),
            writer.ask(None, broken),
            insert("after"),
            async move { drop(ready) }
        );
        assert!(before.is_ok() && between.is_ok() && after.is_ok());
        assert!(matches!(first, Err(StoreError::Failed(_))) && matches!(second, Err(StoreError::Failed(_))));
    };
    let (held_up, ()) = tokio::join!(held_up, group);
    held_up.unwrap();
    assert_eq!(notes(&writer).await, 4);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_queue_says_busy() {
    let folder = tempfile::tempdir().unwrap();
    let writer = writer(folder.path(), 1);
    let (ready, has_started, held_up) = holding(&writer);
    let others = async {
        tokio::task::block_in_place(|| has_started.recv()).unwrap();
        let (second, third) = (run(&writer, "SELECT 1".into()), run(&writer, "SELECT 1".into()));
        let (second, third, ()) = tokio::join!(second, third, async move { drop(ready) });
        assert!(second.is_ok());
        assert!(matches!(third, Err(StoreError::Busy)), "{third:?}");
    };
    let (held_up, ()) = tokio::join!(held_up, others);
    held_up.unwrap();
}
