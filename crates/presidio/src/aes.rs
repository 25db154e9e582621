//! AES-CBC as Presidio writes it: URL-safe base64 of initialisation vector and ciphertext, PKCS #7 padding.
//!
//! It is there for whoever has texts that Presidio encrypted, or programs that open them. It is not authenticated: a
//! changed text may open as something else. [aside-anonymise](../../anonymise/README.md) has an authenticated one.

use crate::error::Refused;
use aside_vault::Random;
use aws_lc_rs::{
    cipher::{
        AES_128, AES_192, AES_256, DecryptionContext, EncryptionContext, PaddedBlockDecryptingKey,
        PaddedBlockEncryptingKey, UnboundCipherKey,
    },
    iv::FixedLength,
};
use base64::{
    Engine,
    engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE},
};

const BLOCK: usize = 16;

/// A key of 16, 24 or 32 bytes.
fn unbound(key: &str) -> Result<UnboundCipherKey, Refused> {
    let algorithm = match key.len() {
        16 => &AES_128,
        24 => &AES_192,
        32 => &AES_256,
        _ => return Err(bad_key()),
    };
    UnboundCipherKey::new(algorithm, key.as_bytes()).map_err(|_| bad_key())
}

fn bad_key() -> Refused {
    Refused::parameter("Invalid input, key must be of length 128, 192 or 256 bits")
}

pub(crate) fn encrypt(key: &str, value: &str, random: &dyn Random) -> Result<String, Refused> {
    let failed = |_| Refused::as_presidio_does("Internal server error");
    let key = PaddedBlockEncryptingKey::cbc_pkcs7(unbound(key)?).map_err(failed)?;
    let mut start = [0; BLOCK];
    random.fill(&mut start);
    let mut bytes = value.as_bytes().to_vec();
    key.less_safe_encrypt(&mut bytes, EncryptionContext::Iv128(FixedLength::from(start))).map_err(failed)?;
    Ok(URL_SAFE.encode([&start[..], &bytes].concat()))
}

pub(crate) fn decrypt(key: &str, value: &str) -> Result<String, Refused> {
    let refused = || Refused::parameter("Invalid input, the text cannot be decrypted with this key");
    let key = PaddedBlockDecryptingKey::cbc_pkcs7(unbound(key)?).map_err(|_| refused())?;
    // As Python reads it: both alphabets, and whatever is of neither does not count.
    let letters = value.bytes().filter_map(|b| match b {
        b'-' => Some(b'+'),
        b'_' => Some(b'/'),
        b'+' | b'/' => Some(b),
        b => b.is_ascii_alphanumeric().then_some(b),
    });
    let bytes = STANDARD_NO_PAD.decode(letters.collect::<Vec<u8>>()).map_err(|_| refused())?;
    let (start, sealed) = bytes.split_at_checked(BLOCK).ok_or_else(refused)?;
    let start: [u8; BLOCK] = start.try_into().map_err(|_| refused())?;
    let mut sealed = sealed.to_vec();
    let opened = key
        .decrypt(&mut sealed, DecryptionContext::Iv128(FixedLength::from(start)))
        .map_err(|_| refused())?;
    String::from_utf8(opened.to_vec()).map_err(|_| refused())
}
