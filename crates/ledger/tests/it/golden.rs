//! What is stored keeps its bytes.

use super::{entries, key, log_of, note};
use aside_ledger::{Checkpoint, LedgerError, Proof, inclusion_proof, proof_text};

/// The root was computed a second time with Python's hashlib.
const NOTE: &str = "\
example.com/log
5
KdZgwbFAMdB9ABY6TpIRGok/EVb0AOqWXzjP8ovtVSM=

— example.com/log WEkPi0iygDdGHGqeNTzxfyfTLySZYd179FuoYMvs8K3Tn3d0lrH+BtrW1mEEAmS8mcUJ4XeC6+eNl/77ILsRuDhg4wE=
";

const PROOF: &str = "\
c2sp.org/tlog-proof@v1
index 2
MnA6bvnQ+LhUDfffJTKOQ8S5O9EMXf4Z/zrQLOwiTbo=
xMvoeNMbW4Lcii3mk+l2Lep+v86SmtW7U/iPAjfEGjU=
MDlscY4w21ne7pPzbsB31bkQrm77cemx891Q1nJs5wc=

example.com/log
5
KdZgwbFAMdB9ABY6TpIRGok/EVb0AOqWXzjP8ovtVSM=

— example.com/log WEkPi0iygDdGHGqeNTzxfyfTLySZYd179FuoYMvs8K3Tn3d0lrH+BtrW1mEEAmS8mcUJ4XeC6+eNl/77ILsRuDhg4wE=
";

#[test]
fn a_checkpoint_has_exactly_this_text() {
    let (tree, _) = log_of(5, 5);
    assert_eq!(note(&tree), NOTE);
    assert_eq!(
        Checkpoint::open(NOTE, &key().verifier()).unwrap(),
        Checkpoint { origin: "example.com/log".into(), size: 5, root: tree.root() }
    );
}

#[test]
fn a_proof_has_exactly_this_text_and_is_checked_offline() {
    let (tree, folder) = log_of(5, 5);
    let hashes = inclusion_proof(&folder, 5, 2).unwrap();
    assert_eq!(proof_text(2, &hashes, &note(&tree)), PROOF);

    let proof = Proof::parse(PROOF).unwrap();
    assert_eq!(proof, Proof { index: 2, hashes, extra: None, checkpoint_note: NOTE.into() });
    let checkpoint = proof.verify(&entries(2..3)[0], &key().verifier()).unwrap();
    assert_eq!(checkpoint.root, tree.root());
    assert_eq!(proof.verify(b"another entry", &key().verifier()), Err(LedgerError::NotIncluded));
    let moved = Proof { index: 3, ..proof };
    assert_eq!(moved.verify(&entries(2..3)[0], &key().verifier()), Err(LedgerError::NotIncluded));
}

#[test]
fn extra_data_in_a_proof_is_read_and_trusted_by_nobody() {
    let text = PROOF.replace("\nindex 2\n", "\nextra aGk=\nindex 2\n");
    let proof = Proof::parse(&text).unwrap();
    assert_eq!(proof.extra.as_deref(), Some(b"hi".as_slice()));
    proof.verify(&entries(2..3)[0], &key().verifier()).unwrap();
}

#[test]
fn signatures_of_others_are_passed_over() {
    let witness = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    let cosigned = format!("{NOTE}{witness}");
    assert_eq!(Checkpoint::open(&cosigned, &key().verifier()).unwrap().size, 5);
}

/// The example of C2SP tlog-checkpoint.
#[test]
fn a_checkpoint_of_another_log_software_is_read() {
    let note = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n\
        — example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n";
    let checkpoint = Checkpoint::parse_unverified(note).unwrap();
    assert_eq!((checkpoint.origin.as_str(), checkpoint.size), ("example.com/behind-the-sofa", 20_852_163));
    let refused = Checkpoint::open(note, &key().verifier());
    assert_eq!(refused, Err(LedgerError::NotSigned("example.com/log".into())));
}

#[test]
fn a_key_signs_for_its_own_log_alone() {
    let other = Checkpoint { origin: "example.com/other".into(), size: 0, root: [0; 32] };
    let refused =
        LedgerError::AnotherLog { origin: "example.com/other".into(), key: "example.com/log".into() };
    assert_eq!(other.sign(&key()), Err(refused));
}

#[test]
fn a_checkpoint_of_another_log_under_the_same_key_is_refused() {
    let secret = key().to_bytes();
    let signer = signed_note::StandardSigner::new(std::str::from_utf8(&secret).unwrap()).unwrap();
    let text = "example.com/other\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";
    let mut note = signed_note::Note::new(text.as_bytes(), &[]).unwrap();
    note.add_sigs(&[&signer]).unwrap();
    let note = String::from_utf8(note.to_bytes()).unwrap();
    assert_eq!(Checkpoint::parse_unverified(&note).unwrap().origin, "example.com/other");
    let refused =
        LedgerError::AnotherLog { origin: "example.com/other".into(), key: "example.com/log".into() };
    assert_eq!(Checkpoint::open(&note, &key().verifier()), Err(refused));
}
