//! The root key's file, kind and hostile.

use crate::{BRAND, fixed, raw};
use aside_vault::{BrandKey, KeyFileError, RootKey};
use proptest::prelude::*;

fn error(file: &[u8], passphrase: Option<&str>) -> KeyFileError {
    RootKey::from_file(file, passphrase.map(raw).as_ref()).err().expect("it must not be read")
}

fn text(file: Vec<u8>) -> String {
    String::from_utf8(file).unwrap()
}

#[test]
fn a_plain_file_gives_the_key_back() {
    let random = fixed(1);
    let key = RootKey::generate(&random);
    let wrapped = BrandKey::generate(1, &random).wrap(&key, BRAND, &random);
    let file = key.to_file(None, &random);
    let again = RootKey::from_file(&file, None).unwrap();
    assert!(BrandKey::unwrap(&again, BRAND, &wrapped).is_ok());
    assert_eq!(again.fingerprint(), key.fingerprint());
    assert_eq!(error(&file, Some("a passphrase")), KeyFileError::NotSealed);
}

#[test]
fn a_sealed_file_opens_with_its_passphrase_only() {
    let random = fixed(2);
    let key = RootKey::generate(&random);
    let file = key.to_file(Some(&raw("correct horse")), &random);
    assert_eq!(
        RootKey::from_file(&file, Some(&raw("correct horse"))).unwrap().fingerprint(),
        key.fingerprint()
    );
    assert_eq!(error(&file, Some("correct house")), KeyFileError::WrongPassphrase);
    assert_eq!(error(&file, None), KeyFileError::NeedsPassphrase);
}

#[test]
fn an_escrow_copy_is_compared_by_its_fingerprint_without_the_passphrase() {
    let random = fixed(3);
    let (key, other) = (RootKey::generate(&random), RootKey::generate(&random));
    let file = text(key.to_file(None, &random));
    assert!(file.contains(&format!("\nfingerprint: {}\n", key.fingerprint())));
    assert_eq!(key.fingerprint().len(), 19);
    assert_ne!(key.fingerprint(), other.fingerprint());
}

#[test]
fn a_file_that_was_through_an_editor_still_reads() {
    let file = text(RootKey::generate(&fixed(4)).to_file(None, &fixed(4)));
    assert!(RootKey::from_file(file.replace('\n', "\r\n").as_bytes(), None).is_ok());
    assert!(RootKey::from_file(file.trim_end().as_bytes(), None).is_ok());
}

#[test]
fn a_flipped_bit_or_a_cut_in_a_plain_file_is_always_found() {
    let file = RootKey::generate(&fixed(5)).to_file(None, &fixed(5));
    for bit in 0..file.len() * 8 {
        let mut bytes = file.clone();
        bytes[bit / 8] ^= 1 << (bit % 8);
        assert!(RootKey::from_file(&bytes, None).is_err(), "bit {bit}");
    }
    // Without its last line end the file is whole still.
    for length in 0..file.len() - 1 {
        assert!(RootKey::from_file(&file[..length], None).is_err(), "cut to {length}");
    }
    assert!(matches!(error(&[&file[..], b"\n"].concat(), None), KeyFileError::Malformed(_)));
    assert!(matches!(error(&[&file[..], &file].concat(), None), KeyFileError::Malformed(_)));
}

#[test]
fn a_change_in_any_line_of_a_sealed_file_is_found() {
    let file = text(RootKey::generate(&fixed(6)).to_file(Some(&raw("p")), &fixed(6)));
    let cheap = |from: &str, to: &str| {
        assert!(file.contains(from), "{from}");
        error(file.replacen(from, to, 1).as_bytes(), Some("p"))
    };
    assert_eq!(cheap("version 1", "version 2"), KeyFileError::UnknownVersion(2));
    assert!(matches!(cheap("t=3", "t=03"), KeyFileError::Malformed(_)));
    assert_eq!(cheap("t=3", "t=2"), KeyFileError::WrongPassphrase);
    let line = |name: &str| file.lines().find(|line| line.starts_with(name)).unwrap().to_owned();
    for name in ["fingerprint: ", "salt: "] {
        let old = line(name);
        let first = old.as_bytes()[name.len()];
        let new = format!("{name}{}{}", if first == b'0' { '1' } else { '0' }, &old[name.len() + 1..]);
        assert_eq!(cheap(&old, &new), KeyFileError::WrongPassphrase, "{name}");
    }
    let old = line("sealed: ");
    let middle = old.len() - 20;
    let new = if old.as_bytes()[middle] == b'A' { "B" } else { "A" };
    let changed = format!("{}{new}{}", &old[..middle], &old[middle + 1..]);
    assert!(matches!(cheap(&old, &changed), KeyFileError::Malformed(_)));
    let cut = &file[..file.len() - 12];
    assert!(matches!(error(cut.as_bytes(), Some("p")), KeyFileError::Malformed(_)));
}

#[test]
fn a_file_that_asks_for_all_memory_or_all_time_is_refused_at_once() {
    let file = text(RootKey::generate(&fixed(7)).to_file(Some(&raw("p")), &fixed(7)));
    for greedy in [
        "m=4294967295 t=3 p=1",
        "m=262145 t=3 p=1",
        "m=99999999999999999999 t=3 p=1",
        "m=65536 t=17 p=1",
        "m=65536 t=4294967295 p=1",
        "m=65536 t=3 p=5",
        "m=65536 t=3 p=16777215",
        "m=0 t=0 p=0",
        "m=-1 t=3 p=1",
        "m=65536 t=3",
        "m=65536 t=3 p=1 q=1",
    ] {
        let asked = file.replace("m=65536 t=3 p=1", greedy);
        assert!(matches!(error(asked.as_bytes(), Some("p")), KeyFileError::Malformed(_)), "{greedy}");
    }
}

#[test]
fn what_is_no_key_file_is_refused() {
    let huge =
        [b"aside-vault root key, version 1\nprotection: none\nkey: ".as_slice(), &vec![b'A'; 10_000_000]]
            .concat();
    for file in [
        &b""[..],
        b"\n",
        b"\0\xff\xfe",
        b"aside-vault root key, version 1\n",
        b"-----BEGIN KEY-----\n",
        &huge,
    ] {
        assert!(matches!(error(file, None), KeyFileError::Malformed(_)));
    }
    for (version, expected) in [
        ("0", KeyFileError::UnknownVersion(0)),
        ("9", KeyFileError::UnknownVersion(9)),
        ("01", KeyFileError::Malformed("the version is not a number")),
        ("one", KeyFileError::Malformed("the version is not a number")),
    ] {
        assert_eq!(error(format!("aside-vault root key, version {version}\n").as_bytes(), None), expected);
    }
}

proptest! {
    #[test]
    fn whatever_the_file_holds_nothing_panics(
        file in prop_oneof![
            prop::collection::vec(any::<u8>(), 0..500),
            "aside-vault root key, version 1\nprotection: (none|argon2id m=[0-9]{1,12} t=[0-9]{1,12} p=[0-9]{1,12})\n\\PC{0,99}"
                .prop_map(String::into_bytes),
        ],
    ) {
        prop_assert!(RootKey::from_file(&file, Some(&raw("p"))).is_err());
    }
}
