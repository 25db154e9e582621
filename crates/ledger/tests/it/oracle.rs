//! Another implementation of RFC 6962, `ct-merkle`, agrees with ours.

use super::{entries, log_of};
use aside_ledger::{
    Hash, Tree, check_consistency, check_inclusion, consistency_proof, inclusion_proof, leaf_hash,
};
use ct_merkle::mem_backed_tree::MemoryBackedTree;
use proptest::prelude::*;
use sha2::Sha256;

type Oracle = MemoryBackedTree<Sha256, Vec<u8>>;

fn oracle(size: u64) -> Oracle {
    let mut oracle = Oracle::new();
    for entry in entries(0..size) {
        oracle.push(entry);
    }
    oracle
}

fn root(oracle: &Oracle) -> Hash {
    (*oracle.root().as_bytes()).into()
}

fn bytes(proof: &[Hash]) -> Vec<u8> {
    proof.concat()
}

#[test]
fn roots_agree_for_every_size_up_to_600() {
    let mut oracle = Oracle::new();
    let mut tree = Tree::empty();
    assert_eq!(tree.root(), root(&oracle));
    for entry in entries(0..600) {
        tree = tree.append(std::slice::from_ref(&entry)).unwrap().0;
        oracle.push(entry);
        assert_eq!(tree.root(), root(&oracle), "size {}", tree.size());
    }
}

#[test]
fn inclusion_proofs_agree() {
    for size in (1..600).step_by(37).chain([255, 256, 257, 511, 512, 513]) {
        let (tree, folder) = log_of(size, 600);
        let oracle = oracle(size);
        for index in (0..size).step_by(41).chain([size - 1]) {
            let proof = inclusion_proof(&folder, size, index).unwrap();
            assert_eq!(bytes(&proof), oracle.prove_inclusion(index as usize).as_bytes(), "{index} of {size}");
            let leaf = leaf_hash(&entries(index..index + 1)[0]);
            check_inclusion(&proof, size, index, leaf, tree.root()).unwrap();
            assert!(check_inclusion(&proof, size, index + 1, leaf, tree.root()).is_err());
        }
    }
}

#[test]
fn consistency_proofs_agree() {
    let (_, folder) = log_of(600, 1);
    for new in (1..=600).step_by(53).chain([256, 257, 512, 600]) {
        let new_oracle = oracle(new);
        for old in (1..=new).step_by(29).chain([new]) {
            let old_root = root(&oracle(old));
            let proof = consistency_proof(&folder, old, new).unwrap();
            let theirs = new_oracle.prove_consistency((new - old) as usize);
            assert_eq!(bytes(&proof), theirs.as_bytes(), "{old} to {new}");
            check_consistency(&proof, old, old_root, new, root(&new_oracle)).unwrap();
            assert!(check_consistency(&proof, old, [1; 32], new, root(&new_oracle)).is_err());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_log_of_any_size_agrees(new in 1_u64..1500, old in 0.0..1.0, index in 0.0..1.0, batch in 1_u64..700) {
        let at = |part: f64| ((new as f64 * part) as u64).min(new - 1);
        let (old, index) = (at(old) + 1, at(index));
        let (tree, folder) = log_of(new, batch);
        let oracle_new = oracle(new);
        prop_assert_eq!(tree.root(), root(&oracle_new));

        let inclusion = inclusion_proof(&folder, new, index).unwrap();
        let theirs = oracle_new.prove_inclusion(index as usize);
        prop_assert_eq!(bytes(&inclusion), theirs.as_bytes());

        let consistency = consistency_proof(&folder, old, new).unwrap();
        let theirs = oracle_new.prove_consistency((new - old) as usize);
        prop_assert_eq!(bytes(&consistency), theirs.as_bytes());
        check_consistency(&consistency, old, root(&oracle(old)), new, tree.root()).unwrap();
    }

    #[test]
    fn a_changed_proof_proves_nothing(size in 2_u64..600, index in 0.0..1.0, hash in 0.0..1.0, bit in 0_usize..256) {
        let index = ((size as f64 * index) as u64).min(size - 1);
        let (tree, folder) = log_of(size, size);
        let leaf = leaf_hash(&entries(index..index + 1)[0]);
        let mut proof = inclusion_proof(&folder, size, index).unwrap();
        let hash = ((proof.len() as f64 * hash) as usize).min(proof.len() - 1);
        proof[hash][bit / 8] ^= 1 << (bit % 8);
        prop_assert!(check_inclusion(&proof, size, index, leaf, tree.root()).is_err());
    }
}

#[test]
fn the_empty_tree_is_the_beginning_of_every_tree() {
    let (tree, folder) = log_of(5, 5);
    let proof = consistency_proof(&folder, 0, 5).unwrap();
    check_consistency(&proof, 0, Tree::empty().root(), 5, tree.root()).unwrap();
    assert!(check_consistency(&proof, 0, tree.root(), 5, tree.root()).is_err());
    assert!(check_consistency(&[], 0, Tree::empty().root(), 0, tree.root()).is_err());
    assert!(consistency_proof(&folder, 6, 5).is_err());
}
