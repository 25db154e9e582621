//! The root key's file: a few lines of text that people can recognise and print.
//!
//! ```text
//! aside-vault root key, version 1
//! protection: none
//! fingerprint: 1f09-8a3c-52d7-e6b4
//! key: <32 bytes, base64url>
//! ```
//! ```text
//! aside-vault root key, version 1
//! protection: argon2id m=65536 t=3 p=1
//! fingerprint: 1f09-8a3c-52d7-e6b4
//! salt: <16 bytes, base64url>
//! sealed: <the key, sealed as everything else, base64url>
//! ```

use crate::{
    OpenError, Random, Raw, RootKey,
    envelope::{self, Binding},
    key::Key,
    random::random_array,
};
use argon2::{Algorithm, Argon2, Block, Params, Version};
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD as BASE64};
use std::ops::RangeInclusive;
use zeroize::{Zeroize, Zeroizing};

const TITLE: &str = "aside-vault root key, version ";
const MAX_FILE_LEN: usize = 4096;

/// What a key file may ask of Argon2id. Whoever writes a hostile file chooses these numbers, so they
/// are bounded: at most 256 MiB and a few seconds.
const MEMORY_KIB: RangeInclusive<u32> = 1024..=256 * 1024;
const PASSES: RangeInclusive<u32> = 1..=16;
const LANES: RangeInclusive<u32> = 1..=4;

/// A root key file was not read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum KeyFileError {
    /// The file is sealed and no passphrase was given.
    #[error("the key file is sealed by a passphrase: give the passphrase")]
    NeedsPassphrase,
    /// The passphrase is not the one that sealed the file (or the file was changed).
    #[error("the passphrase does not open the key file: it is another one, or the file was changed")]
    WrongPassphrase,
    /// A passphrase was given, but the file is not sealed. Somebody believes otherwise.
    #[error("the key file is not sealed, although a passphrase was given: seal it, or give none")]
    NotSealed,
    /// The file is not a key file, or was damaged; the text says where.
    #[error("this is not an intact root key file: {0}; take the escrow copy")]
    Malformed(&'static str),
    /// The file was written by a later version of the program.
    #[error("the key file has format version {0}, which this version of the program cannot read")]
    UnknownVersion(u32),
}

pub(crate) fn write(key: &RootKey, passphrase: Option<&Raw>, random: &dyn Random) -> Vec<u8> {
    let fingerprint = key.fingerprint();
    let Some(passphrase) = passphrase else {
        let encoded = Zeroizing::new(BASE64.encode(key.key().bytes()));
        let lines = ["protection: none\nfingerprint: ", &fingerprint, "\nkey: ", &encoded, "\n"];
        return [TITLE, "1\n"].into_iter().chain(lines).collect::<Vec<_>>().concat().into_bytes();
    };
    let stretching = Stretching { memory_kib: 64 * 1024, passes: 3, lanes: 1, salt: random_array(random) };
    let stretched = stretching.stretch(passphrase).expect("these parameters are within Argon2's own limits");
    let parts = stretching.parts(&fingerprint);
    let sealed = envelope::seal(&stretched, &binding(&parts), key.key().bytes(), random);
    let Stretching { memory_kib, passes, lanes, salt } = stretching;
    format!(
        "{TITLE}1\nprotection: argon2id m={memory_kib} t={passes} p={lanes}\nfingerprint: {fingerprint}\n\
         salt: {}\nsealed: {}\n",
        BASE64.encode(salt),
        BASE64.encode(sealed),
    )
    .into_bytes()
}

pub(crate) fn read(file: &[u8], passphrase: Option<&Raw>) -> Result<RootKey, KeyFileError> {
    use KeyFileError::{Malformed, NeedsPassphrase, NotSealed};
    if file.len() > MAX_FILE_LEN {
        return Err(Malformed("it is larger than 4096 bytes"));
    }
    let text = std::str::from_utf8(file).map_err(|_| Malformed("it is not text"))?;
    let mut lines = Lines(text);
    let version = lines.next(TITLE).ok_or(Malformed("the first line is another"))?;
    match version.parse() {
        Ok(1) if version == "1" => {}
        Ok(other) if other != 1 => return Err(KeyFileError::UnknownVersion(other)),
        _ => return Err(Malformed("the version is not a number")),
    }
    let protection = lines.next("protection: ").ok_or(Malformed("the protection is missing"))?;
    let fingerprint = lines.next("fingerprint: ").ok_or(Malformed("the fingerprint is missing"))?;
    let key = if protection == "none" {
        let encoded = lines.next("key: ").ok_or(Malformed("the key is missing"))?;
        lines.end()?;
        if passphrase.is_some() {
            return Err(NotSealed);
        }
        decode(encoded)?
    } else {
        let salt = lines.next("salt: ").ok_or(Malformed("the salt is missing"))?;
        let sealed = lines.next("sealed: ").ok_or(Malformed("the sealed key is missing"))?;
        lines.end()?;
        let stretching = Stretching::parse(protection, salt)?;
        let sealed = decode(sealed)?;
        let stretched = stretching
            .stretch(passphrase.ok_or(NeedsPassphrase)?)
            .ok_or(Malformed("Argon2id refuses its parameters"))?;
        let parts = stretching.parts(fingerprint);
        envelope::open(&stretched, &binding(&parts), &sealed).map_err(|error| match error {
            OpenError::WrongKeyOrPlace => KeyFileError::WrongPassphrase,
            _ => Malformed("the sealed key was changed"),
        })?
    };
    let key = RootKey::from_key(Key::from_slice(&key).map_err(|_| Malformed("the key has another length"))?);
    if key.fingerprint() == fingerprint { Ok(key) } else { Err(Malformed("key and fingerprint differ")) }
}

/// How a passphrase becomes a key.
struct Stretching {
    memory_kib: u32,
    passes: u32,
    lanes: u32,
    salt: [u8; 16],
}

impl Stretching {
    fn parse(protection: &str, salt: &str) -> Result<Self, KeyFileError> {
        use KeyFileError::Malformed;
        let mut words = protection.split(' ');
        if words.next() != Some("argon2id") {
            return Err(Malformed("the protection is unknown"));
        }
        let mut number = |name: &str, bounds: RangeInclusive<u32>| {
            let digits = words.next()?.strip_prefix(name)?.strip_prefix('=')?;
            let number = digits.parse().ok()?;
            (bounds.contains(&number) && number.to_string() == digits).then_some(number)
        };
        let memory_kib = number("m", MEMORY_KIB).ok_or(Malformed("m is not 1024 to 262144 KiB"))?;
        let passes = number("t", PASSES).ok_or(Malformed("t is not 1 to 16 passes"))?;
        let lanes = number("p", LANES).ok_or(Malformed("p is not 1 to 4 lanes"))?;
        if words.next().is_some() {
            return Err(Malformed("there is more than m, t and p"));
        }
        let salt =
            decode(salt)?.as_slice().try_into().map_err(|_| Malformed("the salt has another length"))?;
        Ok(Self { memory_kib, passes, lanes, salt })
    }

    /// `None` where Argon2 refuses: parameters outside its limits, or a passphrase above 4 GiB.
    fn stretch(&self, passphrase: &Raw) -> Option<Key> {
        let params = Params::new(self.memory_kib, self.passes, self.lanes, Some(32)).ok()?;
        // Our own memory, because the crate does not overwrite its own when it is done.
        let mut memory = Memory(vec![Block::default(); params.block_count()]);
        let mut key = Key::zero();
        Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
            .hash_password_into_with_memory(
                passphrase.expose().as_bytes(),
                &self.salt,
                key.bytes_mut(),
                memory.0.as_mut_slice(),
            )
            .ok()?;
        Some(key)
    }

    /// Everything in the file that is not sealed, so that none of it can be changed.
    fn parts<'a>(&'a self, fingerprint: &'a str) -> [&'a [u8]; 2] {
        [&self.salt, fingerprint.as_bytes()]
    }
}

struct Memory(Vec<Block>);

impl Drop for Memory {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

fn binding<'a>(parts: &'a [&'a [u8]]) -> Binding<'a> {
    Binding { kind: "root key", epoch: None, parts }
}

fn decode(encoded: &str) -> Result<Zeroizing<Vec<u8>>, KeyFileError> {
    BASE64.decode(encoded).map(Zeroizing::new).map_err(|_| KeyFileError::Malformed("base64url is broken"))
}

/// Lines that end in `\n` or `\r\n`; the last one may lack its end, as editors leave it.
struct Lines<'a>(&'a str);

impl<'a> Lines<'a> {
    /// The rest of the next line, if it starts so.
    fn next(&mut self, start: &str) -> Option<&'a str> {
        let (line, rest) = self.0.split_once('\n').unwrap_or((self.0, ""));
        self.0 = rest;
        line.strip_suffix('\r').unwrap_or(line).strip_prefix(start)
    }

    fn end(&self) -> Result<(), KeyFileError> {
        if self.0.is_empty() { Ok(()) } else { Err(KeyFileError::Malformed("something was added")) }
    }
}
