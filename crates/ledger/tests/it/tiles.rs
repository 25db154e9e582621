//! The files that appending writes, and reading them back.

use super::{Folder, check, entries, log_of, note, store};
use aside_ledger::{Checkpoint, LedgerError, Tree, VerifyOptions, read_entry};
use proptest::prelude::*;

/// The files that belong to a log of this size: no leftovers of smaller ones.
fn without_leftovers(folder: &Folder, size: u64) -> Folder {
    let (_, at_once) = log_of(size, size);
    folder
        .iter()
        .filter(|(path, _)| at_once.contains_key(*path))
        .map(|(p, b)| (p.clone(), b.clone()))
        .collect()
}

#[test]
fn a_log_of_70_000_entries_has_the_files_of_the_c2sp_example() {
    let (next, writes) = Tree::empty().append(&vec![[0_u8; 1]; 70_000]).unwrap();
    let mut folder = Folder::new();
    store(&mut folder, writes);
    let count = |prefix: &str| folder.keys().filter(|path| path.starts_with(prefix)).count();
    assert_eq!(count("tile/0/"), 274);
    assert_eq!(count("tile/entries/"), 274);
    assert_eq!(folder["tile/0/273.p/112"].len(), 112 * 32);
    assert_eq!(folder["tile/1/000"].len(), 8192);
    assert_eq!(folder["tile/1/001.p/17"].len(), 17 * 32);
    assert_eq!(folder["tile/2/000.p/1"].len(), 32);
    assert_eq!(folder.len(), 274 + 274 + 3);
    assert_eq!(Tree::load(&folder, 70_000).unwrap(), next);
}

#[test]
fn a_log_of_256_has_one_full_tile_and_one_hash_above_it() {
    let (_, folder) = log_of(256, 256);
    let paths: Vec<_> = folder.keys().map(String::as_str).collect();
    assert_eq!(paths, ["tile/0/000", "tile/1/000.p/1", "tile/entries/000"]);
}

#[test]
fn a_tile_that_did_not_change_is_not_written_again() {
    let (tree, _) = log_of(300, 300);
    let (_, writes) = tree.append(&entries(300..301)).unwrap();
    let paths: Vec<_> = writes.iter().map(|write| write.path.as_str()).collect();
    assert_eq!(paths, ["tile/entries/001.p/45", "tile/0/001.p/45"]);
    let (same, nothing) = tree.append::<Vec<u8>>(&[]).unwrap();
    assert_eq!((same, nothing), (tree, vec![]));
}

#[test]
fn appending_twice_from_the_same_state_gives_the_same_bytes() {
    let (tree, _) = log_of(250, 50);
    assert_eq!(tree.append(&entries(250..600)).unwrap(), tree.append(&entries(250..600)).unwrap());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn any_batching_gives_the_same_files_and_any_state_can_be_loaded(
        batches in proptest::collection::vec(0_u64..400, 1..6)
    ) {
        let mut folder = Folder::new();
        let mut tree = Tree::empty();
        for batch in batches {
            let (next, writes) = tree.append(&entries(tree.size()..tree.size() + batch)).unwrap();
            store(&mut folder, writes);
            prop_assert_eq!(&Tree::load(&folder, next.size()).unwrap(), &next);
            tree = next;
        }
        let (at_once, files) = log_of(tree.size(), tree.size().max(1));
        prop_assert_eq!(&tree, &at_once);
        prop_assert_eq!(&without_leftovers(&folder, tree.size().max(1)), &files);
        let report = check(&folder, &note(&tree), VerifyOptions::default()).unwrap();
        prop_assert_eq!(report.checkpoint.size, tree.size());
    }
}

#[test]
fn every_state_on_the_way_can_be_loaded_later() {
    let (_, folder) = log_of(600, 1);
    for size in [0, 1, 2, 255, 256, 257, 511, 512, 600] {
        assert_eq!(Tree::load(&folder, size).unwrap(), log_of(size, 600).0, "size {size}");
    }
}

#[test]
fn a_full_tile_stands_in_for_a_partial_one_that_was_deleted() {
    let (_, mut folder) = log_of(300, 1);
    folder.retain(|path, _| !path.starts_with("tile/0/000.p") && !path.starts_with("tile/entries/000.p"));
    assert_eq!(Tree::load(&folder, 100).unwrap(), log_of(100, 100).0);
    check(&folder, &note(&log_of(100, 100).0), VerifyOptions::default()).unwrap();
}

#[test]
fn a_log_goes_on_only_from_the_tree_that_was_signed() {
    let (tree, mut folder) = log_of(300, 300);
    let checkpoint = Checkpoint::parse_unverified(&note(&tree)).unwrap();
    assert_eq!(Tree::resume(&folder, &checkpoint).unwrap(), tree);
    folder.get_mut("tile/1/000.p/1").unwrap()[0] ^= 1;
    assert_eq!(Tree::resume(&folder, &checkpoint), Err(LedgerError::AnotherTree(300)));
}

#[test]
fn a_state_whose_entries_and_hashes_differ_is_not_loaded() {
    let (_, mut folder) = log_of(300, 300);
    folder.get_mut("tile/entries/001.p/44").unwrap()[5] ^= 1;
    let refused = Tree::load(&folder, 300).unwrap_err();
    assert!(refused.to_string().starts_with("tile/entries/001.p/44 is malformed"), "{refused}");
    folder.remove("tile/entries/001.p/44");
    assert_eq!(Tree::load(&folder, 300), Err(LedgerError::Missing("tile/entries/001.p/44".into())));
}

#[test]
fn a_file_with_something_after_its_end_is_not_read() {
    for path in ["tile/entries/001.p/44", "tile/0/001.p/44", "tile/1/000.p/1"] {
        let (_, mut folder) = log_of(300, 300);
        folder.get_mut(path).unwrap().extend([0; 64]);
        let refused = Tree::load(&folder, 300).unwrap_err();
        assert!(refused.to_string().starts_with(&format!("{path} is malformed")), "{refused}");
    }
}

#[test]
fn every_entry_can_be_read_back() {
    let (_, folder) = log_of(300, 7);
    for (index, entry) in (0..).zip(entries(0..300)) {
        assert_eq!(read_entry(&folder, 300, index).unwrap(), entry);
    }
    assert_eq!(read_entry(&folder, 300, 300), Err(LedgerError::OutOfRange { index: 300, size: 300 }));
}

#[test]
fn an_entry_that_is_too_long_is_refused_and_named() {
    let refused = Tree::empty().append(&[vec![0; 65_535], vec![0; 65_536]]);
    assert_eq!(refused, Err(LedgerError::EntryTooLong { position: 1, length: 65_536 }));
    let (tree, writes) = Tree::empty().append(&[vec![0; 65_535], vec![]]).unwrap();
    let mut folder = Folder::new();
    store(&mut folder, writes);
    check(&folder, &note(&tree), VerifyOptions::default()).unwrap();
}

/// The same through real files, as a caller would do it.
#[test]
fn a_log_in_a_folder_is_read_from_the_folder() {
    struct OnDisk(std::path::PathBuf);
    impl aside_ledger::TileReader for OnDisk {
        fn read(&self, path: &str) -> Result<Option<Vec<u8>>, String> {
            match std::fs::read(self.0.join(path)) {
                Ok(bytes) => Ok(Some(bytes)),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
                Err(error) => Err(error.to_string()),
            }
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let (tree, files) = log_of(600, 100);
    for (path, bytes) in files {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    let disk = OnDisk(folder.path().to_owned());
    assert_eq!(Tree::load(&disk, 600).unwrap(), tree);
    aside_ledger::verify(&disk, &note(&tree), VerifyOptions::default(), &mut |_, _| Ok(()), &mut |_, _| ())
        .unwrap();
}
