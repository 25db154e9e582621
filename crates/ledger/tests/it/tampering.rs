//! Whatever is done to a log, the verifier finds it and names place and entry.

use super::{Folder, check, entries, key, log_of, note, store};
use aside_ledger::{Checkpoint, Fault, Tree, VerifyOptions, bundle, verify};

fn fault(folder: &Folder, note: &str) -> Fault {
    check(folder, note, VerifyOptions::default()).unwrap_err()
}

/// Which entries a byte of a file speaks of: the first one, and how many.
fn spoken_of(path: &str, bytes: &[u8], position: usize) -> (u64, u64) {
    let parts: Vec<&str> = path.split('/').collect();
    let number: u64 = parts[2].trim_end_matches(".p").parse().unwrap();
    if parts[1] == "entries" {
        let mut all = bundle::entries(bytes);
        let mut index = number * 256;
        while let Some(Ok(_)) = all.next() {
            if bytes.len() - all.rest().len() > position {
                return (index, 1);
            }
            index += 1;
        }
        unreachable!("the position lies in the bundle");
    }
    let covered = 256_u64.pow(parts[1].parse().unwrap());
    ((number * 256 + position as u64 / 32) * covered, covered)
}

#[test]
fn a_flipped_bit_in_any_file_is_found_and_its_place_and_entry_named() {
    // Entry 0..300 in batches: full and partial tiles, two levels, and leftovers of smaller trees.
    let (tree, mut folder) = log_of(300, 90);
    let note = note(&tree);
    check(&folder, &note, VerifyOptions::default()).unwrap();
    for path in folder.keys().cloned().collect::<Vec<_>>() {
        let length = folder[&path].len();
        // A byte of every hash and every entry, with a bit that moves along.
        let step = if length > 1000 { 23 } else { 3 };
        for position in (0..length).step_by(step) {
            let (index, _) = spoken_of(&path, &folder[&path], position);
            folder.get_mut(&path).unwrap()[position] ^= 1 << (position % 8);
            let fault = fault(&folder, &note);
            assert_eq!(
                (fault.place.as_str(), fault.index),
                (&*path, Some(index)),
                "byte {position}: {fault}"
            );
            folder.get_mut(&path).unwrap()[position] ^= 1 << (position % 8);
        }
    }
}

#[test]
fn a_flipped_bit_in_the_checkpoint_is_found() {
    let (tree, folder) = log_of(300, 300);
    let (note, vkey) = (note(&tree), key().verifier());
    let text = note.find("\n\n").unwrap();
    for position in 0..note.len() {
        for bit in 0..8 {
            let mut flipped = note.clone().into_bytes();
            flipped[position] ^= 1 << bit;
            let Ok(flipped) = String::from_utf8(flipped) else { continue };
            let with_key = VerifyOptions { key: Some(&vkey), since: None };
            let fault = check(&folder, &flipped, with_key).unwrap_err();
            assert_eq!(fault.place, "checkpoint", "byte {position}: {fault}");
            // Without the key the size and the root still have to be those of the files.
            let size_or_root = ("example.com/log\n".len()..text).contains(&position);
            assert!(!size_or_root || check(&folder, &flipped, VerifyOptions::default()).is_err());
        }
    }
}

#[test]
fn every_missing_file_is_named() {
    let (tree, folder) = log_of(600, 600);
    for path in folder.keys() {
        let mut lacking = folder.clone();
        lacking.remove(path);
        let fault = fault(&lacking, &note(&tree));
        let (index, _) = spoken_of(path, &folder[path], 0);
        assert_eq!((&fault.place, fault.index), (path, Some(index)));
        assert_eq!(fault.what, "the file is missing");
    }
}

#[test]
fn a_file_cut_short_is_named_with_the_entry_where_it_ends() {
    let (tree, folder) = log_of(300, 300);
    for (path, bytes) in &folder {
        for cut in (0..bytes.len()).step_by(13) {
            let mut shorter = folder.clone();
            shorter.insert(path.clone(), bytes[..cut].to_vec());
            let fault = fault(&shorter, &note(&tree));
            let (index, _) = spoken_of(path, bytes, cut);
            assert_eq!((&fault.place, fault.index), (path, Some(index)), "cut at {cut}: {fault}");
        }
    }
}

#[test]
fn a_file_made_longer_is_named() {
    let (tree, folder) = log_of(300, 300);
    let first_beyond =
        [("tile/0/000", 256), ("tile/0/001.p/44", 300), ("tile/1/000.p/1", 256), ("tile/entries/000", 256)];
    for (path, index) in first_beyond.into_iter().chain([("tile/entries/001.p/44", 300)]) {
        for extra in [1, 2, 32] {
            let mut longer = folder.clone();
            longer.get_mut(path).unwrap().extend(vec![0; extra]);
            let fault = fault(&longer, &note(&tree));
            assert_eq!((fault.place.as_str(), fault.index), (path, Some(index)), "{fault}");
        }
    }
}

#[test]
fn swapped_entries_are_found() {
    let (tree, mut folder) = log_of(300, 300);
    let bytes = &folder["tile/entries/000"];
    let mut all: Vec<_> = bundle::entries(bytes).map(|entry| entry.unwrap().to_vec()).collect();
    all.swap(17, 200);
    folder.insert("tile/entries/000".into(), bundle::encode(&all).unwrap());
    let found = fault(&folder, &note(&tree));
    assert_eq!((found.place.as_str(), found.index), ("tile/entries/000", Some(17)));
    assert_eq!(
        found.to_string(),
        "entry 17 is wrong: tile/entries/000: this is not the entry that was logged"
    );

    // Their hashes swapped too: now the level above tells, for the whole tile.
    let tile = folder.get_mut("tile/0/000").unwrap();
    let (left, right) = tile.split_at_mut(200 * 32);
    left[17 * 32..18 * 32].swap_with_slice(&mut right[..32]);
    let found = fault(&folder, &note(&tree));
    assert_eq!((found.place.as_str(), found.index), ("tile/1/000.p/1", Some(0)));
    assert_eq!(found.what, "its hash is not that of the entries 0 to 255");
}

/// A log that was written anew from entry 17 on, every file fitting every other.
fn forged(size: u64) -> (Tree, Folder) {
    let mut all = entries(0..size);
    all[17] = b"something else".to_vec();
    let (tree, writes) = Tree::empty().append(&all).unwrap();
    let mut folder = Folder::new();
    store(&mut folder, writes);
    (tree, folder)
}

#[test]
fn a_log_written_anew_does_not_fit_the_old_checkpoint() {
    let (_, forged) = forged(300);
    let fault = fault(&forged, &note(&log_of(300, 300).0));
    assert_eq!((fault.place.as_str(), fault.index), ("checkpoint", None));
}

#[test]
fn a_log_written_anew_with_its_checkpoint_is_found_by_the_key_or_an_older_checkpoint() {
    let (tree, forged) = forged(300);
    let other = aside_ledger::LogKey::generate(super::ORIGIN, &mut |seed| seed.fill(1)).unwrap();
    let head = Checkpoint { origin: super::ORIGIN.into(), size: 300, root: tree.root() };
    let note_of_other = head.sign(&other).unwrap();
    let report = check(&forged, &note_of_other, VerifyOptions::default()).unwrap();
    assert!(report.to_string().ends_with(": self-consistent, not compared"), "{report}");

    let vkey = key().verifier();
    let by_key = check(&forged, &note_of_other, VerifyOptions { key: Some(&vkey), since: None }).unwrap_err();
    assert_eq!((by_key.place.as_str(), by_key.index), ("checkpoint", None));

    // Even the log's own key does not help against a checkpoint that somebody kept.
    let kept = note(&log_of(200, 200).0);
    let since = VerifyOptions { key: Some(&vkey), since: Some(&kept) };
    let by_since = check(&forged, &note(&tree), since).unwrap_err();
    assert_eq!(by_since.place, "the older checkpoint");
    assert_eq!(by_since.what, "the first 200 entries are not those that it was made of");
}

#[test]
fn a_log_rolled_back_is_found_by_an_older_checkpoint() {
    let kept = note(&log_of(300, 300).0);
    let (tree, folder) = log_of(200, 200);
    let fault = check(&folder, &note(&tree), VerifyOptions { since: Some(&kept), key: None }).unwrap_err();
    assert_eq!(fault.index, Some(200));
    assert_eq!(fault.what, "the log was rolled back: it has 200 entries and had 300");
}

#[test]
fn an_honest_log_passes_and_the_report_claims_what_was_checked() {
    let (tree, folder) = log_of(600, 100);
    let vkey = key().verifier();
    for size in [0, 1, 100, 256, 300, 512, 600] {
        let kept = note(&log_of(size, 600).0);
        let options = VerifyOptions { since: Some(&kept), key: Some(&vkey) };
        let report = check(&folder, &note(&tree), options).unwrap();
        assert!(report.compared_with_since && report.signature_checked);
        assert!(report.to_string().ends_with("signature checked, extends the older checkpoint"), "{report}");
    }
}

#[test]
fn a_checkpoint_of_another_log_is_no_older_checkpoint_of_this_one() {
    let (tree, folder) = log_of(5, 5);
    let other = aside_ledger::LogKey::generate("example.com/other", &mut |seed| seed.fill(1)).unwrap();
    let head = Checkpoint { origin: "example.com/other".into(), size: 5, root: tree.root() };
    let kept = head.sign(&other).unwrap();
    let fault = check(&folder, &note(&tree), VerifyOptions { since: Some(&kept), key: None }).unwrap_err();
    assert_eq!(fault.place, "the older checkpoint");
}

#[test]
fn a_leftover_partial_tile_passes_only_if_it_says_the_same() {
    let (tree, folder) = log_of(300, 100);
    assert!(folder.contains_key("tile/0/000.p/100") && folder.contains_key("tile/0/000"));
    check(&folder, &note(&tree), VerifyOptions::default()).unwrap();
    for path in ["tile/0/000.p/200", "tile/entries/000.p/200"] {
        let mut cut = folder.clone();
        let bytes = cut.get_mut(path).unwrap();
        bytes.truncate(bytes.len() - 1);
        let fault = fault(&cut, &note(&tree));
        assert_eq!((fault.place.as_str(), fault.index), (path, Some(199)), "{fault}");
    }
}

#[test]
fn a_leftover_that_goes_on_beyond_its_width_is_named() {
    let (tree, folder) = log_of(300, 100);
    for path in ["tile/0/000", "tile/entries/000"] {
        let mut longer = folder.clone();
        let partial = format!("{path}.p/100");
        let more = folder[path][folder[&partial].len()..][..64].to_vec();
        longer.get_mut(&partial).unwrap().extend(more);
        let fault = fault(&longer, &note(&tree));
        assert_eq!((fault.place.as_str(), fault.index), (partial.as_str(), Some(100)), "{fault}");
    }
}

#[test]
fn a_flipped_bit_high_up_in_a_large_log_is_found() {
    let (tree, writes) = Tree::empty().append(&entries(0..70_000)).unwrap();
    let mut folder = Folder::new();
    store(&mut folder, writes);
    let note = note(&tree);
    for (path, position, index) in [
        ("tile/2/000.p/1", 31, 0),
        ("tile/1/000", 255 * 32, 65_280),
        ("tile/1/001.p/17", 3 * 32 + 5, 66_304),
        ("tile/0/273.p/112", 111 * 32, 69_999),
    ] {
        folder.get_mut(path).unwrap()[position] ^= 0x80;
        let found = fault(&folder, &note);
        assert_eq!((found.place.as_str(), found.index), (path, Some(index)), "{found}");
        folder.get_mut(path).unwrap()[position] ^= 0x80;
    }
    // Of two faults the earlier entry is named, wherever the files lie.
    folder.get_mut("tile/1/000").unwrap()[3 * 32] ^= 1;
    folder.get_mut("tile/entries/004").unwrap()[2] ^= 1;
    assert_eq!(fault(&folder, &note).index, Some(768));
}

#[test]
fn files_written_ahead_of_the_checkpoint_do_no_harm() {
    let (ahead, mut folder) = log_of(300, 300);
    let (_, writes) = ahead.append(&entries(300..310)).unwrap();
    store(&mut folder, writes);
    folder.get_mut("tile/entries/001.p/54").unwrap().truncate(7);
    check(&folder, &note(&ahead), VerifyOptions::default()).unwrap();
}

#[test]
fn an_entry_that_differs_from_the_callers_record_is_named() {
    let (tree, folder) = log_of(300, 300);
    let mut seen = 0;
    let mut rows = |index: u64, entry: &[u8]| {
        assert_eq!(entry, entries(index..index + 1)[0]);
        seen += 1;
        if index == 270 { Err("the row says something else".to_owned()) } else { Ok(()) }
    };
    let fault =
        verify(&folder, &note(&tree), VerifyOptions::default(), &mut rows, &mut |_, _| ()).unwrap_err();
    assert_eq!(seen, 271);
    assert_eq!(fault.to_string(), "entry 270 is wrong: tile/entries/001.p/44: the row says something else");
}

#[test]
fn progress_goes_to_the_end() {
    let (tree, folder) = log_of(600, 600);
    let mut seen = Vec::new();
    let mut progress = |done, total| seen.push((done, total));
    verify(&folder, &note(&tree), VerifyOptions::default(), &mut |_, _| Ok(()), &mut progress).unwrap();
    assert_eq!(seen, [(256, 600), (512, 600), (600, 600)]);
}
