//! The one hash function of the crate: the model file and the running program must agree on it, so
//! it is written out here and never changes without a new model.

const MULTIPLIER: u64 = 0x9E37_79B9_7F4A_7C15;

/// What an empty word hashes to.
pub(crate) const START: u64 = 0x51_7C_C1_B7_27_22_0A_95;

/// Takes one more value into a hash.
#[inline]
pub(crate) const fn mix(hash: u64, value: u64) -> u64 {
    let x = (hash ^ value).wrapping_mul(MULTIPLIER);
    x ^ (x >> 29)
}

/// The hash of a word's characters.
pub(crate) fn of_chars(chars: impl IntoIterator<Item = char>) -> u64 {
    chars.into_iter().fold(START, |hash, c| mix(hash, u64::from(u32::from(c))))
}
