//! Whatever is handed to a parser, it answers.

use super::{Folder, check, key, log_of, note};
use aside_ledger::{
    Checkpoint, LogKey, MAX_SIZE, Proof, Tree, VerifyOptions, bundle, check_consistency, check_inclusion,
    consistency_proof, inclusion_proof, leaf::Leaf, path, proof_text, read_entry,
};
use proptest::prelude::*;

/// A text of this kind with a few bytes replaced, taken out or doubled.
fn damaged(text: &str, edits: &[(f64, u8, u8)]) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    for (at, how, byte) in edits {
        let at = ((bytes.len() as f64 * at) as usize).min(bytes.len().saturating_sub(1));
        match how % 4 {
            _ if bytes.is_empty() => {}
            0 => bytes[at] = *byte,
            1 => drop(bytes.remove(at)),
            2 => bytes.insert(at, *byte),
            _ => bytes.truncate(at),
        }
    }
    bytes
}

/// Hands bytes to every parser of the crate.
fn parse_everything(bytes: &[u8]) {
    let vkey = key().verifier();
    let text = String::from_utf8_lossy(bytes);
    let _ = Checkpoint::parse_unverified(&text);
    let _ = Checkpoint::open(&text, &vkey);
    let _ = Checkpoint::open(&note(&Tree::empty()), &text);
    let _ = Proof::parse(&text).map(|proof| proof.verify(bytes, &vkey));
    let _ = LogKey::from_bytes(bytes);
    let _ = Leaf::parse(bytes);
    let _ = bundle::entries(bytes).count();
    let folder = Folder::from([
        ("tile/0/000.p/3".to_owned(), bytes.to_vec()),
        ("tile/entries/000.p/3".to_owned(), bytes.to_vec()),
        ("tile/0/000".to_owned(), bytes.to_vec()),
    ]);
    let _ = Tree::load(&folder, 3);
    let _ = read_entry(&folder, 3, 1);
    let _ = inclusion_proof(&folder, 3, 1);
    let _ = check(&folder, &text, VerifyOptions { since: Some(&text), key: Some(&text) });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_parser_panics_on_any_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        parse_everything(&bytes);
    }

    #[test]
    fn no_parser_panics_on_almost_right_texts(
        which in 0_usize..5,
        edits in proptest::collection::vec((0.0..1.0, any::<u8>(), any::<u8>()), 1..5)
    ) {
        let (tree, folder) = log_of(5, 5);
        let proof = proof_text(2, &inclusion_proof(&folder, 5, 2).unwrap(), &note(&tree));
        let secret = String::from_utf8(key().to_bytes().to_vec()).unwrap();
        let leaf = r#"{"at":1,"facts":{"a":"b","c":3},"id":"00000000000000000000000000000000","kind":"k","v":1}"#;
        let text = [note(&tree), proof, key().verifier(), secret, leaf.to_owned()][which].clone();
        parse_everything(&damaged(&text, &edits));
    }

    #[test]
    fn no_proof_check_panics_on_any_numbers(
        size in any::<u64>(), index in any::<u64>(), length in 0_usize..70, small in any::<bool>()
    ) {
        let (size, index) = if small { (size % 600, index % 600) } else { (size, index) };
        let proof = vec![[3; 32]; length];
        prop_assert!(check_inclusion(&proof, size, index, [1; 32], [2; 32]).is_err());
        prop_assert!(check_consistency(&proof, index, [1; 32], size, [2; 32]).is_err());
        let nothing = Folder::new();
        prop_assert!(inclusion_proof(&nothing, size, index).is_err() || size == 1);
        let _ = consistency_proof(&nothing, index, size);
        prop_assert!(read_entry(&nothing, size, index).is_err());
        prop_assert!(Tree::load(&nothing, size).is_err() || size == 0);
        let _ = path::width(size, (index % 256) as u8, index);
    }
}

#[test]
fn a_checkpoint_that_claims_an_enormous_log_is_answered_at_once() {
    let (_, folder) = log_of(300, 300);
    for size in [MAX_SIZE, MAX_SIZE - 1] {
        let note = Checkpoint { origin: super::ORIGIN.into(), size, root: [0; 32] }.sign(&key()).unwrap();
        let fault = check(&folder, &note, VerifyOptions::default()).unwrap_err();
        assert_eq!(fault.index, Some(0), "{fault}");
        assert!(inclusion_proof(&folder, size, size - 1).is_err());
        assert!(consistency_proof(&folder, 1, size).is_err());
    }
    let too_large = Checkpoint { origin: super::ORIGIN.into(), size: MAX_SIZE + 1, root: [0; 32] };
    assert!(too_large.sign(&key()).is_err());
    let zeros = "A".repeat(43);
    for size in ["281474976710657", "18446744073709551615", "18446744073709551616", "-1", "+1", "01", ""] {
        let note = format!("o\n{size}\n{zeros}=\n\n— o AAAAAAA=\n");
        assert!(Checkpoint::parse_unverified(&note).is_err(), "{size}");
    }
}

#[test]
fn a_proof_in_any_other_form_is_refused() {
    let hash = "MnA6bvnQ+LhUDfffJTKOQ8S5O9EMXf4Z/zrQLOwiTbo=";
    let read = |head: &str| Proof::parse(&format!("{head}\n\nnote"));
    let header = "c2sp.org/tlog-proof@v1";
    read(&format!("{header}\nindex 0")).unwrap();
    read(&format!("{header}\nindex 7\n{hash}\n{hash}")).unwrap();
    for head in [
        format!("c2sp.org/tlog-proof@v2\nindex 7\n{hash}"),
        format!("{header}\nindex 07\n{hash}"),
        format!("{header}\nindex +7\n{hash}"),
        format!("{header}\nindex -7\n{hash}"),
        format!("{header}\nindex 18446744073709551616\n{hash}"),
        format!("{header}\nindex \n{hash}"),
        format!("{header}\n{hash}"),
        format!("{header}\nindex 7\nextra aGk=\n{hash}"),
        format!("{header}\nextra a\nindex 7\n{hash}"),
        format!("{header}\nindex 7\n{}", &hash[1..]),
        format!("{header}\nindex 7\naGk="),
        format!("{header}\nindex 7{}", format!("\n{hash}").repeat(50)),
    ] {
        assert!(read(&head).is_err(), "{head}");
    }
    assert!(Proof::parse(&format!("{header}\nindex 0\n")).is_err());
}
