//! Sealing to somebody who alone can open.
//!
//! The recipient holds a [`Secret`]; whoever seals needs only the public key derived from it. HPKE
//! (RFC 9180), base mode, DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM.
//!
//! ```text
//! version 0x01 ‖ encapsulated key, 32 ‖ commitment, 32 ‖ ciphertext ‖ tag, 16
//! ```
//!
//! The commitment is exported from the HPKE context for this place (RFC 9180, part 5.3) and compared
//! before anything is decrypted. The place is the associated data as well.

use crate::{
    OpenError, Place, Random, Raw, SealError, Secret,
    content::raw,
    envelope::{VERSION, check_version, push_part},
};
use aws_lc_rs::constant_time::verify_slices_are_equal;
use hpke::{
    Deserializable, HpkeError, Kem, OpModeR, OpModeS, Serializable,
    aead::AesGcm256,
    kdf::HkdfSha256,
    kem::X25519HkdfSha256,
    rand_core::{TryCryptoRng, TryRng},
    setup_receiver, setup_sender_with_rng,
};
use std::convert::Infallible;
use zeroize::{ZeroizeOnDrop, Zeroizing};

const INFO: &[u8] = b"aside-vault drop box\x01";
const ENCAPSULATED_LEN: usize = 32;
const COMMITMENT_LEN: usize = 32;
const TAG_LEN: usize = 16;

/// Opens what was sealed to its public key. Derived from a secret, and never stored.
pub struct DropBoxKey {
    private: <X25519HkdfSha256 as Kem>::PrivateKey,
    public: [u8; 32],
}

// The one secret field clears itself: hpke keeps it in an x25519-dalek `StaticSecret`.
impl ZeroizeOnDrop for DropBoxKey {}

impl DropBoxKey {
    /// The key that belongs to this secret: HPKE's `DeriveKeyPair` (RFC 9180, part 7.1.3) over its
    /// 32 bytes.
    pub fn derive(secret: &Secret) -> Self {
        let (private, public) = X25519HkdfSha256::derive_keypair(secret.bytes());
        Self { private, public: public.to_bytes().into() }
    }

    /// The public key, which may be stored and given to anybody.
    pub fn public(&self) -> [u8; 32] {
        self.public
    }
}

/// Seals a value to a public key, for this place.
pub fn seal(
    public: &[u8; 32],
    place: &Place,
    value: &Raw,
    random: &dyn Random,
) -> Result<Vec<u8>, SealError> {
    let bad = |_: HpkeError| SealError::BadPublicKey;
    let public = <X25519HkdfSha256 as Kem>::PublicKey::from_bytes(public).map_err(bad)?;
    let (encapsulated, mut context) = setup_sender_with_rng::<AesGcm256, HkdfSha256, X25519HkdfSha256>(
        &OpModeS::Base,
        &public,
        INFO,
        &mut CallersRandom(random),
    )
    .map_err(bad)?;
    let place = encode(place);
    let mut commitment = [0; COMMITMENT_LEN];
    context.export(&place, &mut commitment).expect("32 bytes are below HKDF's limit");
    let ciphertext = context
        .seal(value.expose().as_bytes(), &place)
        .expect("a fresh context seals one content of any length that fits in memory");
    Ok([&[VERSION], encapsulated.to_bytes().as_slice(), &commitment, &ciphertext].concat())
}

/// Opens what [`seal`] gave for this place.
pub fn open(key: &DropBoxKey, place: &Place, sealed: &[u8]) -> Result<Raw, OpenError> {
    check_version(sealed)?;
    if sealed.len() < 1 + ENCAPSULATED_LEN + COMMITMENT_LEN + TAG_LEN {
        return Err(OpenError::WrongLength);
    }
    let (encapsulated, rest) = sealed[1..].split_at(ENCAPSULATED_LEN);
    let (commitment, ciphertext) = rest.split_at(COMMITMENT_LEN);
    let wrong_key = |_: HpkeError| OpenError::WrongKeyOrPlace;
    let encapsulated = <X25519HkdfSha256 as Kem>::EncappedKey::from_bytes(encapsulated).map_err(wrong_key)?;
    let mut context = setup_receiver::<AesGcm256, HkdfSha256, X25519HkdfSha256>(
        &OpModeR::Base,
        &key.private,
        &encapsulated,
        INFO,
    )
    .map_err(wrong_key)?;
    let place = encode(place);
    let mut expected = [0; COMMITMENT_LEN];
    context.export(&place, &mut expected).expect("32 bytes are below HKDF's limit");
    verify_slices_are_equal(commitment, &expected).map_err(|_| OpenError::WrongKeyOrPlace)?;
    let opened = context.open(ciphertext, &place).map_err(|_| OpenError::Tampered)?;
    raw(Zeroizing::new(opened))
}

fn encode(place: &Place) -> Vec<u8> {
    let mut out = b"aside-vault".to_vec();
    out.push(VERSION);
    push_part(&mut out, b"drop box");
    for part in place.parts() {
        push_part(&mut out, part);
    }
    out
}

/// The caller's randomness, as hpke asks for it.
struct CallersRandom<'a>(&'a dyn Random);

impl TryRng for CallersRandom<'_> {
    type Error = Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        Ok(u32::from_le_bytes(crate::random::random_array(self.0)))
    }

    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        Ok(u64::from_le_bytes(crate::random::random_array(self.0)))
    }

    fn try_fill_bytes(&mut self, out: &mut [u8]) -> Result<(), Infallible> {
        self.0.fill(out);
        Ok(())
    }
}

impl TryCryptoRng for CallersRandom<'_> {}
