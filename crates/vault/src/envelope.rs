//! The one way in which bytes are sealed.
//!
//! ```text
//! version 0x01 ‖ [epoch, 4 bytes] ‖ commitment, 32 ‖ nonce, 12 ‖ ciphertext ‖ tag, 16
//! ```
//!
//! Key and commitment both come by HKDF-SHA256 from the sealing key, with the binding (what the
//! bytes are and where they belong) as info: each place has a key of its own, and a commitment that
//! no other key can have. AES-256-GCM alone would let somebody build bytes that open under two keys
//! to two contents; the commitment, compared before anything is decrypted, ends that. The binding
//! is the associated data as well.

use crate::{Random, error::OpenError, key::Key, random::random_array};
use aws_lc_rs::{
    aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey},
    constant_time::verify_slices_are_equal,
    hkdf,
};
use zeroize::Zeroizing;

pub(crate) const VERSION: u8 = 1;
const COMMITMENT_LEN: usize = 32;
const TAG_LEN: usize = 16;

/// What sealed bytes are, and where they belong.
pub(crate) struct Binding<'a> {
    /// What they are; separates every use of every key.
    pub(crate) kind: &'static str,
    /// The epoch of the key, where it has one: written in clear before the commitment.
    pub(crate) epoch: Option<u32>,
    /// Where they belong. Each kind has a fixed number of parts.
    pub(crate) parts: &'a [&'a [u8]],
}

impl Binding<'_> {
    pub(crate) fn overhead(&self) -> usize {
        self.header_len() + COMMITMENT_LEN + NONCE_LEN + TAG_LEN
    }

    fn header_len(&self) -> usize {
        1 + self.epoch.map_or(0, |_| 4)
    }

    /// Unambiguous: every part goes with its length in front.
    fn encode(&self) -> Vec<u8> {
        let mut out = b"aside-vault".to_vec();
        out.push(VERSION);
        push_part(&mut out, self.kind.as_bytes());
        push_part(&mut out, self.epoch.map(u32::to_be_bytes).as_ref().map_or(&[], |e| e.as_slice()));
        for part in self.parts {
            push_part(&mut out, part);
        }
        out
    }
}

/// Appends the length of `part` as eight bytes, big end first, then `part`.
pub(crate) fn push_part(out: &mut Vec<u8>, part: &[u8]) {
    out.extend_from_slice(&(part.len() as u64).to_be_bytes());
    out.extend_from_slice(part);
}

pub(crate) fn seal(key: &Key, binding: &Binding<'_>, content: &[u8], random: &dyn Random) -> Vec<u8> {
    let context = binding.encode();
    let nonce: [u8; NONCE_LEN] = random_array(random);
    // Room for everything at once: a buffer that grew would leave its content behind in freed memory.
    let mut out = Vec::with_capacity(binding.overhead() + content.len());
    out.push(VERSION);
    out.extend(binding.epoch.iter().flat_map(|epoch| epoch.to_be_bytes()));
    out.extend_from_slice(derive(key, "commitment", &context).bytes());
    out.extend_from_slice(&nonce);
    let start = out.len();
    out.extend_from_slice(content);
    let tag = cipher(key, &context)
        .seal_in_place_separate_tag(
            Nonce::assume_unique_for_key(nonce),
            Aad::from(&context),
            &mut out[start..],
        )
        .expect("AES-GCM refuses nothing below 64 GiB");
    out.extend_from_slice(tag.as_ref());
    out
}

pub(crate) fn open(key: &Key, binding: &Binding<'_>, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    check_version(sealed)?;
    if sealed.len() < binding.overhead() {
        return Err(OpenError::WrongLength);
    }
    if let Some(given) = binding.epoch {
        let epoch = epoch_of(sealed)?;
        if epoch != given {
            return Err(OpenError::WrongEpoch { sealed: epoch, given });
        }
    }
    let context = binding.encode();
    let (commitment, rest) = sealed[binding.header_len()..].split_at(COMMITMENT_LEN);
    verify_slices_are_equal(commitment, derive(key, "commitment", &context).bytes())
        .map_err(|_| OpenError::WrongKeyOrPlace)?;
    let (nonce, ciphertext) = rest.split_at(NONCE_LEN);
    let nonce = Nonce::try_assume_unique_for_key(nonce).map_err(|_| OpenError::WrongLength)?;
    let mut content = Zeroizing::new(ciphertext.to_vec());
    let length = cipher(key, &context)
        .open_in_place(nonce, Aad::from(&context), &mut content)
        .map_err(|_| OpenError::Tampered)?
        .len();
    content.truncate(length);
    Ok(content)
}

/// The epoch that sealed bytes with an epoch carry in clear. Not authenticated until they are opened.
pub(crate) fn epoch_of(sealed: &[u8]) -> Result<u32, OpenError> {
    check_version(sealed)?;
    let bytes = sealed.get(1..5).and_then(|bytes| bytes.try_into().ok()).ok_or(OpenError::WrongLength)?;
    Ok(u32::from_be_bytes(bytes))
}

pub(crate) fn check_version(sealed: &[u8]) -> Result<(), OpenError> {
    match sealed.first() {
        None => Err(OpenError::WrongLength),
        Some(&VERSION) => Ok(()),
        Some(&other) => Err(OpenError::UnknownVersion(other)),
    }
}

fn cipher(key: &Key, context: &[u8]) -> LessSafeKey {
    let key = derive(key, "key", context);
    LessSafeKey::new(UnboundKey::new(&AES_256_GCM, key.bytes()).expect("AES-256 keys have 32 bytes"))
}

pub(crate) fn derive(key: &Key, label: &str, context: &[u8]) -> Key {
    let mut info = Vec::with_capacity(8 + label.len() + context.len());
    push_part(&mut info, label.as_bytes());
    info.extend_from_slice(context);
    let mut derived = Key::zero();
    hkdf::Salt::new(hkdf::HKDF_SHA256, b"aside-vault")
        .extract(key.bytes())
        .expand(&[&info], hkdf::HKDF_SHA256)
        .and_then(|output| output.fill(derived.bytes_mut()))
        .expect("HKDF-SHA256 gives up to 8160 bytes, 32 are asked");
    derived
}
