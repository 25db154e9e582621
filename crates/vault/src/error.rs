//! Why sealed bytes do not open.

/// Sealed bytes did not open. Nothing of the content is ever part of the error.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum OpenError {
    /// The bytes are shorter (or, for a wrapped key, longer) than anything that was ever sealed.
    #[error("the sealed bytes have the wrong length: they were cut short or something was added")]
    WrongLength,
    /// The first byte names a format that this version of the library does not know.
    #[error("the bytes are sealed in format version {0}, which this version of the program cannot read")]
    UnknownVersion(u8),
    /// The bytes name another epoch than the key that was given.
    #[error("the bytes are sealed under epoch {sealed} of the brand key, but epoch {given} was given")]
    WrongEpoch {
        /// The epoch under which the bytes were sealed.
        sealed: u32,
        /// The epoch of the key that was given.
        given: u32,
    },
    /// The commitment does not match: another key, another brand, keyring, record or field.
    #[error("the bytes were sealed under another key or for another place")]
    WrongKeyOrPlace,
    /// Key and place are right, but the content was changed since.
    #[error("the sealed bytes were changed")]
    Tampered,
    /// The bytes opened, but hold something else than was asked for: not UTF-8, or not a key.
    #[error("the bytes opened, but hold something else than expected")]
    WrongContent,
}

/// Nothing can be sealed to this public key.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum SealError {
    /// The point has small order, so everybody would know the shared secret. An honest key never does.
    #[error("the public key is not a valid X25519 key, so nothing can be sealed to it")]
    BadPublicKey,
}
