//! Hashes as RFC 6962, section 2.1, defines them.

use aws_lc_rs::digest::{Context, SHA256};

/// A SHA-256 hash: of an entry, of a node, or of a whole tree (then called its root).
pub type Hash = [u8; 32];

/// The root of the empty tree: SHA-256 of nothing (RFC 6962, section 2.1).
pub const EMPTY_ROOT: Hash = tlog_tiles::EMPTY_HASH.0;

/// The number of bytes of one hash.
pub(crate) const HASH_BYTES: usize = 32;

/// The hash of an entry as it stands in the tree: SHA-256 of a zero byte and the entry.
pub fn leaf_hash(entry: &[u8]) -> Hash {
    let mut context = Context::new(&SHA256);
    context.update(&[0]);
    context.update(entry);
    context.finish().as_ref().try_into().expect("SHA-256 gives 32 bytes")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Vectors from the Certificate Transparency test data: the leaf hash of the empty entry.
    #[test]
    fn the_hash_of_an_empty_entry_is_the_one_of_rfc_6962() {
        assert_eq!(
            hex::encode(leaf_hash(b"")),
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
        );
        assert_eq!(
            hex::encode(EMPTY_ROOT),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
    }

    #[test]
    fn the_hash_of_an_entry_agrees_with_the_proof_code() {
        for length in [0, 1, 55, 64, 1000, 65_535] {
            let entry = vec![7; length];
            assert_eq!(leaf_hash(&entry), tlog_tiles::record_hash(&entry).0);
        }
    }
}
