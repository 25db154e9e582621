//! A secret that travels in a link.

use crate::{Random, key::Key};
use aws_lc_rs::{constant_time::verify_slices_are_equal, digest};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use zeroize::{ZeroizeOnDrop, Zeroizing};

/// Thirty-two random bytes that somebody proves to hold: a link, a session, an API key.
///
/// Tables store its [`Secret::digest`] alone. The digest needs no salt and no slow hash because
/// nobody can guess 256 bits; never use it for anything that a person chose.
#[derive(ZeroizeOnDrop)]
pub struct Secret(Key);

impl Secret {
    /// A new random secret.
    pub fn generate(random: &dyn Random) -> Self {
        Self(Key::generate(random))
    }

    /// As text for a link: base64url without padding (RFC 4648, part 5), 43 characters.
    pub fn encode(&self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(self.0.bytes())
    }

    /// Reads what [`Secret::encode`] gave; `None` for anything else.
    pub fn decode(text: &str) -> Option<Self> {
        // Checked first, so that a hostile text costs no more than its length.
        if text.len() != 43 {
            return None;
        }
        let bytes = Zeroizing::new(BASE64_URL_SAFE_NO_PAD.decode(text).ok()?);
        Key::from_slice(&bytes).ok().map(Self)
    }

    /// What tables store: SHA-256 over `aside-vault secret`, the version byte and the secret.
    pub fn digest(&self) -> [u8; 32] {
        let mut context = digest::Context::new(&digest::SHA256);
        context.update(b"aside-vault secret\x01");
        context.update(self.0.bytes());
        context.finish().as_ref().try_into().expect("SHA-256 gives 32 bytes")
    }

    /// Whether this secret has the stored digest, in constant time.
    pub fn matches(&self, digest: &[u8; 32]) -> bool {
        digests_match(&self.digest(), digest)
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        self.0.bytes()
    }
}

/// Whether two digests are equal, in constant time.
pub fn digests_match(one: &[u8; 32], other: &[u8; 32]) -> bool {
    verify_slices_are_equal(one, other).is_ok()
}
