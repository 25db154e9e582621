//! The ledger's every new checkpoint extends every older one.

use crate::world::World;
use aside_ledger::{Checkpoint, TileReader, VerifyOptions, check_consistency, consistency_proof, verify};
use std::path::{Path, PathBuf};

/// A log's files, read as anybody could.
struct Files(PathBuf);

impl TileReader for Files {
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, String> {
        match std::fs::read(self.0.join(path)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error.to_string()),
        }
    }
}

fn log(data: &Path, world: &World) -> Files {
    Files(data.join("ledger").join(world.brand.id.to_string()))
}

/// Customers write until `entries` more entries stand in the ledger, under as many checkpoints as it takes;
/// every checkpoint is kept.
async fn goes_on(world: &World, entries: i64, kept: &mut Vec<String>) {
    let until = world.count("SELECT count(*) FROM entries") + entries;
    while world.count("SELECT count(*) FROM entries") < until {
        let customer = world.customer("Somebody");
        customer.writes_dm("Please write to someone@example.org");
        customer.comments("my card is 4111 1111 1111 1111");
        world.drain().await;
        keep(world, kept).await;
    }
}

async fn keep(world: &World, kept: &mut Vec<String>) {
    let (_, note) = world.app.log_head(world.brand.id).await.unwrap().expect("a checkpoint");
    if kept.last() != Some(&note) {
        kept.push(note);
    }
}

/// The newest of the checkpoints extends each of the others, and the log in the files is what it says.
fn must_extend(world: &World, kept: &[String], key: &str) {
    let files = log(&world.data(), world);
    let notes: Vec<Checkpoint> = kept.iter().map(|note| Checkpoint::open(note, key).unwrap()).collect();
    let newest = notes.last().unwrap();
    let published = std::fs::read_to_string(files.0.join("checkpoint")).unwrap();
    assert_eq!(Checkpoint::open(&published, key).unwrap(), *newest, "what is published is the newest");
    for (older, note) in notes.iter().zip(kept) {
        assert!(older.size <= newest.size, "the log got shorter: {} after {}", newest.size, older.size);
        let proof = consistency_proof(&files, older.size, newest.size).unwrap();
        check_consistency(&proof, older.size, older.root, newest.size, newest.root)
            .unwrap_or_else(|e| panic!("{} entries do not extend {}: {e}", newest.size, older.size));
        let options = VerifyOptions { since: Some(note), key: Some(key) };
        verify(&files, &published, options, &mut |_, _| Ok(()), &mut |_, _| {}).unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn rule_8_every_new_checkpoint_extends_every_older_one() {
    let mut kept = Vec::new();
    let mut world = World::open().await;
    let key = world.app.verifier(world.brand.id).await.unwrap().unwrap();
    goes_on(&world, 40, &mut kept).await;
    must_extend(&world, &kept, &key);

    // The program ends and begins again.
    world = world.restart().await;
    goes_on(&world, 40, &mut kept).await;
    must_extend(&world, &kept, &key);

    // It crashed after the tiles were written, before the checkpoint was: the same entries come again.
    let before = kept.len();
    goes_on(&world, 20, &mut kept).await;
    let survivor = kept[before - 1].clone();
    let brand = world.brand.id.to_string();
    world = world
        .restart_after(|data, database| {
            let size = Checkpoint::parse_unverified(&survivor).unwrap().size;
            let gone = database.tamper(&format!("DELETE FROM checkpoints WHERE size > {size}"));
            assert!(gone > 0, "there was a checkpoint to lose");
            std::fs::write(data.join("ledger").join(&brand).join("checkpoint"), &survivor).unwrap();
        })
        .await;
    world.drain().await;
    keep(&world, &mut kept).await;
    must_extend(&world, &kept, &key);

    // Many entries at once, over the edge of a tile of 256.
    for _ in 0..60 {
        world.customer("Somebody").writes_dm("Please write to someone@example.org");
    }
    world.drain().await;
    goes_on(&world, 10, &mut kept).await;
    let sizes: Vec<u64> = kept.iter().map(|note| Checkpoint::parse_unverified(note).unwrap().size).collect();
    assert!(kept.len() > 10 && *sizes.last().unwrap() > 256, "{sizes:?}");
    must_extend(&world, &kept, &key);

    // What an auditor who kept any one of them sees over HTTP is the same log.
    let path = format!("/.well-known/aside/{brand}/checkpoint");
    assert_eq!(world.browser().get(&path).await.must_be(200).text, *kept.last().unwrap());
}
