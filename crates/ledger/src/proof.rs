//! Inclusion and consistency proofs (RFC 6962, sections 2.1.1 and 2.1.2).

use crate::{
    Hash, LedgerError, MAX_SIZE, TileReader,
    files::{StoredHashes, wrap},
    hash::EMPTY_ROOT,
};

/// No proof in a tree of up to 2⁴⁸ entries is longer: one hash a level, and one for the start of a
/// consistency proof. Checked first, so that hostile proofs cost nothing.
pub(crate) const MAX_PROOF: usize = 49;

/// The hashes that lead from entry `index` to the root of the tree of `size` entries: its sibling
/// first. They are read from the tiles as they are; [`check_inclusion`] tells whether they are right.
pub fn inclusion_proof(reader: &dyn TileReader, size: u64, index: u64) -> Result<Vec<Hash>, LedgerError> {
    if index >= size {
        return Err(LedgerError::OutOfRange { index, size });
    }
    let proof =
        StoredHashes::new(reader, size)?.compute(|hashes| tlog_tiles::prove_record(size, index, hashes))?;
    Ok(proof.into_iter().map(|hash| hash.0).collect())
}

/// Checks that an entry with this [`leaf_hash`](crate::leaf_hash) stands at `index` in the tree of
/// `size` entries with this root.
pub fn check_inclusion(
    proof: &[Hash],
    size: u64,
    index: u64,
    leaf: Hash,
    root: Hash,
) -> Result<(), LedgerError> {
    if size > MAX_SIZE {
        return Err(LedgerError::TreeTooLarge(size));
    }
    if proof.len() > MAX_PROOF {
        return Err(LedgerError::NotIncluded);
    }
    tlog_tiles::check_record(&wrap(proof), size, tlog_tiles::Hash(root), index, tlog_tiles::Hash(leaf))
        .map_err(|_| LedgerError::NotIncluded)
}

/// The hashes that show that the tree of `new_size` entries begins with that of `old_size`: empty when
/// the sizes are equal or the old tree is empty.
pub fn consistency_proof(
    reader: &dyn TileReader,
    old_size: u64,
    new_size: u64,
) -> Result<Vec<Hash>, LedgerError> {
    if old_size > new_size {
        return Err(LedgerError::OutOfRange { index: old_size, size: new_size });
    }
    if old_size == 0 {
        return Ok(Vec::new());
    }
    let hashes = StoredHashes::new(reader, new_size)?;
    let proof = hashes.compute(|hashes| tlog_tiles::prove_tree(new_size, old_size, hashes))?;
    Ok(proof.into_iter().map(|hash| hash.0).collect())
}

/// Checks that nothing in the older tree was changed, taken out or put in to get the newer one.
pub fn check_consistency(
    proof: &[Hash],
    old_size: u64,
    old_root: Hash,
    new_size: u64,
    new_root: Hash,
) -> Result<(), LedgerError> {
    if new_size > MAX_SIZE {
        return Err(LedgerError::TreeTooLarge(new_size));
    }
    if old_size == 0 {
        // The empty tree is the beginning of every other; between empty trees the roots must agree.
        let agree = proof.is_empty() && old_root == EMPTY_ROOT && (new_size > 0 || new_root == EMPTY_ROOT);
        return if agree { Ok(()) } else { Err(LedgerError::NotConsistent) };
    }
    if proof.len() > MAX_PROOF {
        return Err(LedgerError::NotConsistent);
    }
    tlog_tiles::check_tree(
        &wrap(proof),
        new_size,
        tlog_tiles::Hash(new_root),
        old_size,
        tlog_tiles::Hash(old_root),
    )
    .map_err(|_| LedgerError::NotConsistent)
}
