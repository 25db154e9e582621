//! What is sealed for one place opens there, whole, and nowhere else.

use crate::{BRAND, KEYRING, PLACE, RECORD, damaged, fixed, raw};
use aside_vault::{
    BrandKey, DropBoxKey, Keyring, OpenError, Place, Raw, RootKey, SealError, Secret, TextKey, ValueKey,
    drop_box,
};
use proptest::prelude::*;

#[expect(clippy::disallowed_methods, reason = "the test is about opening values")]
fn value_key(keyring: &Keyring) -> ValueKey {
    keyring.open_values()
}

fn error(opened: Result<Raw, OpenError>) -> OpenError {
    opened.err().expect("it must not open")
}

fn elsewhere() -> [Place; 4] {
    [
        Place { brand: [0; 16], ..PLACE },
        Place { keyring: [0; 16], ..PLACE },
        Place { record: [0; 16], ..PLACE },
        Place { field: "iban", ..PLACE },
    ]
}

#[test]
fn a_text_opens_in_its_own_place_only() {
    let random = fixed(1);
    let key = Keyring::generate(&random).text_key();
    let sealed = key.seal(&PLACE, b"hello", &random);
    assert_eq!(*key.open(&PLACE, &sealed).unwrap(), b"hello");
    for place in elsewhere() {
        assert_eq!(key.open(&place, &sealed), Err(OpenError::WrongKeyOrPlace));
    }
}

#[test]
fn a_value_opens_in_its_own_place_only() {
    let random = fixed(2);
    let keyring = Keyring::generate(&random);
    let sealed = keyring.value_sealer().seal(&PLACE, &raw("4111111111111111"), &random);
    let key = value_key(&keyring);
    assert_eq!(key.open(&PLACE, &sealed).unwrap().expose(), "4111111111111111");
    for place in elsewhere() {
        assert_eq!(error(key.open(&place, &sealed)), OpenError::WrongKeyOrPlace);
    }
}

#[test]
fn a_drop_box_opens_in_its_own_place_only() {
    let random = fixed(3);
    let key = DropBoxKey::derive(&Secret::generate(&random));
    let sealed = drop_box::seal(&key.public(), &PLACE, &raw("a reply"), &random).unwrap();
    assert_eq!(drop_box::open(&key, &PLACE, &sealed).unwrap().expose(), "a reply");
    for place in elsewhere() {
        assert_eq!(error(drop_box::open(&key, &place, &sealed)), OpenError::WrongKeyOrPlace);
    }
}

#[test]
fn a_field_and_its_neighbour_are_never_confused() {
    let random = fixed(4);
    let brand_key = BrandKey::generate(1, &random);
    let sealed = brand_key.seal(RECORD, "app", b"secret", &random);
    assert_eq!(*brand_key.open(RECORD, "app", &sealed).unwrap(), b"secret");
    for (record, field) in [(RECORD, "ap"), (RECORD, "app\0"), (RECORD, ""), ([0; 16], "app")] {
        assert_eq!(brand_key.open(record, field, &sealed), Err(OpenError::WrongKeyOrPlace));
    }
}

#[test]
fn a_value_never_opens_as_a_text_nor_a_text_as_a_value() {
    // One key twice in the keyring would be the worst case, so even then the two are kept apart.
    struct Same;
    impl aside_vault::Random for Same {
        fn fill(&self, out: &mut [u8]) {
            out.fill(7);
        }
    }
    let keyring = Keyring::generate(&Same);
    let text = keyring.text_key().seal(&PLACE, b"same", &Same);
    let value = keyring.value_sealer().seal(&PLACE, &raw("same"), &Same);
    assert_eq!(error(value_key(&keyring).open(&PLACE, &text)), OpenError::WrongKeyOrPlace);
    assert_eq!(keyring.text_key().open(&PLACE, &value), Err(OpenError::WrongKeyOrPlace));
}

#[test]
fn another_key_opens_nothing_and_says_so() {
    let random = fixed(5);
    let (one, other) = (Keyring::generate(&random), Keyring::generate(&random));
    let sealed = one.text_key().seal(&PLACE, b"hello", &random);
    assert_eq!(other.text_key().open(&PLACE, &sealed), Err(OpenError::WrongKeyOrPlace));
    let boxes =
        [Secret::generate(&random), Secret::generate(&random)].map(|secret| DropBoxKey::derive(&secret));
    let sealed = drop_box::seal(&boxes[0].public(), &PLACE, &raw("a reply"), &random).unwrap();
    assert_eq!(error(drop_box::open(&boxes[1], &PLACE, &sealed)), OpenError::WrongKeyOrPlace);
}

#[test]
fn a_flipped_bit_a_cut_or_an_addition_is_always_found() {
    let random = fixed(6);
    let keyring = Keyring::generate(&random);
    let root = RootKey::generate(&random);
    let brand_key = BrandKey::generate(3, &random);
    let dropped = DropBoxKey::derive(&Secret::generate(&random));

    let text = keyring.text_key().seal(&PLACE, b"hello", &random);
    assert!(damaged(&text).all(|bytes| keyring.text_key().open(&PLACE, &bytes).is_err()));
    let value = keyring.value_sealer().seal(&PLACE, &raw("hello"), &random);
    assert!(damaged(&value).all(|bytes| value_key(&keyring).open(&PLACE, &bytes).is_err()));
    let reply = drop_box::seal(&dropped.public(), &PLACE, &raw("hello"), &random).unwrap();
    assert!(damaged(&reply).all(|bytes| drop_box::open(&dropped, &PLACE, &bytes).is_err()));
    let secret = brand_key.seal(RECORD, "app", b"secret", &random);
    assert!(damaged(&secret).all(|bytes| brand_key.open(RECORD, "app", &bytes).is_err()));
    let wrapped = brand_key.wrap(&root, BRAND, &random);
    assert!(damaged(&wrapped).all(|bytes| BrandKey::unwrap(&root, BRAND, &bytes).is_err()));
    let wrapped = keyring.wrap(&brand_key, BRAND, KEYRING, &random);
    assert!(damaged(wrapped.as_bytes()).all(|bytes| {
        let read = aside_vault::WrappedKeyring::from_bytes(bytes);
        read.and_then(|wrapped| wrapped.unwrap(&brand_key, BRAND, KEYRING)).is_err()
    }));
}

#[test]
fn the_error_says_what_is_wrong() {
    let random = fixed(7);
    let key = Keyring::generate(&random).text_key();
    let sealed = key.seal(&PLACE, b"hello", &random);
    let with = |position: usize| {
        let mut bytes = sealed.clone();
        bytes[position] ^= 2;
        key.open(&PLACE, &bytes).unwrap_err()
    };
    assert_eq!(with(0), OpenError::UnknownVersion(3));
    assert_eq!(with(1), OpenError::WrongKeyOrPlace, "commitment");
    assert_eq!(with(33), OpenError::Tampered, "nonce");
    assert_eq!(with(45), OpenError::Tampered, "ciphertext");
    assert_eq!(key.open(&PLACE, &[]), Err(OpenError::WrongLength));
    assert_eq!(key.open(&PLACE, &sealed[..60]), Err(OpenError::WrongLength));
}

#[test]
fn an_empty_value_is_sealed_like_any_other() {
    let random = fixed(8);
    let keyring = Keyring::generate(&random);
    let sealed = keyring.value_sealer().seal(&PLACE, &raw(""), &random);
    assert_eq!(value_key(&keyring).open(&PLACE, &sealed).unwrap().expose(), "");
}

#[test]
fn nothing_is_sealed_to_a_key_that_everybody_can_open() {
    let small_order: [[u8; 32]; 2] = [[0; 32], {
        let mut one = [0; 32];
        one[0] = 1;
        one
    }];
    for public in small_order {
        assert_eq!(drop_box::seal(&public, &PLACE, &raw("x"), &fixed(9)), Err(SealError::BadPublicKey));
    }
}

#[test]
fn sealing_the_same_twice_gives_different_bytes() {
    let random = fixed(10);
    let key: TextKey = Keyring::generate(&random).text_key();
    assert_ne!(key.seal(&PLACE, b"hello", &random), key.seal(&PLACE, b"hello", &random));
}

proptest! {
    #[test]
    fn whatever_was_sealed_opens_again(
        content in proptest::collection::vec(any::<u8>(), 0..600),
        value in ".{0,200}",
        brand: [u8; 16], keyring: [u8; 16], record: [u8; 16], seed: u64,
    ) {
        let random = fixed(seed);
        let place = Place { brand, keyring, record, field: "body" };
        let keys = Keyring::generate(&random);
        let sealed = keys.text_key().seal(&place, &content, &random);
        prop_assert_eq!(sealed.len(), content.len() + 61);
        prop_assert_eq!(&*keys.text_key().open(&place, &sealed).unwrap(), &content);
        let sealed = keys.value_sealer().seal(&place, &raw(&value), &random);
        let opened = value_key(&keys).open(&place, &sealed).unwrap();
        prop_assert_eq!(opened.expose(), &value);
        let key = DropBoxKey::derive(&Secret::generate(&random));
        let sealed = drop_box::seal(&key.public(), &place, &raw(&value), &random).unwrap();
        let opened = drop_box::open(&key, &place, &sealed).unwrap();
        prop_assert_eq!(opened.expose(), &value);
    }

    #[test]
    fn whatever_bytes_come_nothing_panics(bytes in proptest::collection::vec(any::<u8>(), 0..300), versioned: bool) {
        let mut bytes = bytes;
        if let (true, Some(first)) = (versioned, bytes.first_mut()) {
            *first = 1;
        }
        let random = fixed(11);
        let keys = Keyring::generate(&random);
        let root = RootKey::generate(&random);
        let brand_key = BrandKey::generate(1, &random);
        prop_assert!(keys.text_key().open(&PLACE, &bytes).is_err());
        prop_assert!(value_key(&keys).open(&PLACE, &bytes).is_err());
        prop_assert!(brand_key.open(RECORD, "app", &bytes).is_err());
        prop_assert!(BrandKey::unwrap(&root, BRAND, &bytes).is_err());
        prop_assert!(aside_vault::IndexKey::unwrap(&root, BRAND, &bytes).is_err());
        prop_assert!(drop_box::open(&DropBoxKey::derive(&Secret::generate(&random)), &PLACE, &bytes).is_err());
    }
}
