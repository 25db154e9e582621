//! Randomness comes from the caller.

/// The caller's randomness.
///
/// Everything here that is drawn at random (keys, nonces, salts) is drawn through this trait, so a
/// program decides once where randomness comes from and a test can fix it. In production it must be
/// a cryptographically secure generator, normally the operating system's: whoever can predict it
/// can open everything.
pub trait Random: Send + Sync {
    /// Fills `out` completely with fresh random bytes. An implementation whose source fails must
    /// not return.
    fn fill(&self, out: &mut [u8]);
}

pub(crate) fn random_array<const N: usize>(random: &dyn Random) -> [u8; N] {
    let mut bytes = [0; N];
    random.fill(&mut bytes);
    bytes
}
