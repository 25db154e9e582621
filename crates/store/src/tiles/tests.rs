use super::*;
use std::{sync::Arc, thread};

fn tiles(folder: &tempfile::TempDir) -> FolderTiles {
    FolderTiles::new(folder.path().join("log"))
}

/// Whether this number is more than the one that is there.
fn more(number: u32) -> impl Fn(Option<&[u8]>) -> bool {
    move |there| {
        there.is_none_or(|bytes| std::str::from_utf8(bytes).unwrap().parse::<u32>().unwrap() < number)
    }
}

#[test]
fn a_smaller_checkpoint_never_replaces_a_larger_one_whoever_comes_last() {
    let folder = tempfile::tempdir().unwrap();
    let tiles = tiles(&folder);
    for (number, written) in [(5, true), (3, false), (5, false), (8, true)] {
        let replaced = tiles.replace("checkpoint", number.to_string().as_bytes(), &more(number)).unwrap();
        assert_eq!(replaced, written, "{number}");
    }
    assert_eq!(tiles.read("checkpoint").unwrap().unwrap(), b"8");
}

#[test]
fn of_many_who_publish_at_once_the_largest_stays() {
    let folder = tempfile::tempdir().unwrap();
    let tiles = Arc::new(tiles(&folder));
    thread::scope(|scope| {
        for writer in 0..4 {
            let tiles = Arc::clone(&tiles);
            scope.spawn(move || {
                for number in (0..200).filter(|n| n % 4 == writer) {
                    tiles.replace("checkpoint", number.to_string().as_bytes(), &more(number)).unwrap();
                }
            });
        }
    });
    assert_eq!(tiles.read("checkpoint").unwrap().unwrap(), b"199");
}

#[test]
fn two_who_write_one_tile_at_once_never_leave_half_of_it() {
    let folder = tempfile::tempdir().unwrap();
    let tiles = Arc::new(tiles(&folder));
    let tile = vec![7; 8_192];
    thread::scope(|scope| {
        for _ in 0..4 {
            let (tiles, tile) = (Arc::clone(&tiles), tile.clone());
            scope.spawn(move || {
                for _ in 0..50 {
                    tiles.write("tile/0/000", &tile).unwrap();
                    assert_eq!(tiles.read("tile/0/000").unwrap().as_deref(), Some(&tile[..]));
                }
            });
        }
    });
    let left = fs::read_dir(folder.path().join("log/tile/0")).unwrap().count();
    assert_eq!(left, 1, "nothing unfinished is left");
}

#[test]
fn what_a_dead_writer_left_is_in_nobodys_way() {
    let folder = tempfile::tempdir().unwrap();
    let tiles = tiles(&folder);
    tiles.write("tile/0/000", b"old").unwrap();
    fs::write(folder.path().join("log/tile/0/000.new0"), b"ha").unwrap();
    tiles.write("tile/0/000", b"whole").unwrap();
    assert_eq!(tiles.read("tile/0/000").unwrap().unwrap(), b"whole");
}
