//! Keys that change, and keys that are destroyed.

use crate::{BRAND, KEYRING, PLACE, fixed};
use aside_vault::{BrandKey, Keyring, OpenError, RootKey, WrappedKeyring};
use proptest::prelude::*;

#[test]
fn after_the_old_epoch_is_destroyed_an_old_copy_of_a_wrapped_keyring_cannot_be_opened() {
    let random = fixed(1);
    let root = RootKey::generate(&random);
    let old = BrandKey::generate(1, &random);
    let keyring = Keyring::generate(&random);
    let sealed = keyring.text_key().seal(&PLACE, b"hello", &random);
    let copy = keyring.wrap(&old, BRAND, KEYRING, &random);

    let new = BrandKey::generate(2, &random);
    let living = copy.rewrap(&old, &new, BRAND, KEYRING, &random).unwrap();
    // Of the old epoch nothing is left: neither the key nor a wrapped copy of it.
    drop(old);
    drop(keyring);

    // Everything that the brand still has: the root key, the new epoch, and the old copy.
    let held = BrandKey::unwrap(&root, BRAND, &new.wrap(&root, BRAND, &random)).unwrap();
    assert_eq!(copy.unwrap(&held, BRAND, KEYRING).err(), Some(OpenError::WrongEpoch { sealed: 1, given: 2 }));
    // Not even when somebody rewrites the epoch that stands in clear.
    let mut forged = copy.as_bytes().to_vec();
    forged[1..5].copy_from_slice(&2_u32.to_be_bytes());
    let forged = WrappedKeyring::from_bytes(forged).unwrap();
    assert_eq!(forged.unwrap(&held, BRAND, KEYRING).err(), Some(OpenError::WrongKeyOrPlace));

    let kept = living.unwrap(&held, BRAND, KEYRING).unwrap();
    assert_eq!(*kept.text_key().open(&PLACE, &sealed).unwrap(), b"hello");
}

#[test]
fn a_wrapped_key_opens_for_its_own_brand_and_keyring_only() {
    let random = fixed(2);
    let root = RootKey::generate(&random);
    let brand_key = BrandKey::generate(7, &random);
    let wrapped = brand_key.wrap(&root, BRAND, &random);
    assert_eq!(BrandKey::epoch_of(&wrapped), Ok(7));
    assert_eq!(BrandKey::unwrap(&root, BRAND, &wrapped).unwrap().epoch(), 7);
    assert_eq!(BrandKey::unwrap(&root, [0; 16], &wrapped).err(), Some(OpenError::WrongKeyOrPlace));
    let stranger = RootKey::generate(&random);
    assert_eq!(BrandKey::unwrap(&stranger, BRAND, &wrapped).err(), Some(OpenError::WrongKeyOrPlace));

    let keyring = Keyring::generate(&random).wrap(&brand_key, BRAND, KEYRING, &random);
    assert_eq!(keyring.epoch(), 7);
    assert_eq!(keyring.as_bytes().len(), WrappedKeyring::LEN);
    for (brand, id) in [([0; 16], KEYRING), (BRAND, [0; 16]), (KEYRING, BRAND)] {
        assert_eq!(keyring.unwrap(&brand_key, brand, id).err(), Some(OpenError::WrongKeyOrPlace));
    }
}

#[test]
fn a_small_secret_names_the_epoch_that_opens_it() {
    let random = fixed(3);
    let (old, new) = (BrandKey::generate(1, &random), BrandKey::generate(2, &random));
    let sealed = old.seal([1; 16], "app secret", b"hush", &random);
    assert_eq!(BrandKey::epoch_of(&sealed), Ok(1));
    assert_eq!(new.open([1; 16], "app secret", &sealed), Err(OpenError::WrongEpoch { sealed: 1, given: 2 }));
}

#[derive(Clone, Debug)]
enum Step {
    Add,
    Rotate,
    Destroy(prop::sample::Index),
    CopyEverything,
}

struct Subject {
    id: [u8; 16],
    sealed: Vec<u8>,
    wrapped: WrappedKeyring,
}

impl Subject {
    fn opens(&self, wrapped: &WrappedKeyring, brand_key: &BrandKey) -> bool {
        wrapped.unwrap(brand_key, BRAND, self.id).is_ok_and(|keyring| {
            let place = aside_vault::Place { keyring: self.id, ..PLACE };
            *keyring.text_key().open(&place, &self.sealed).unwrap() == self.id
        })
    }
}

proptest! {
    #[test]
    fn in_any_order_the_living_open_and_copies_die_with_their_epoch(
        seed: u64,
        steps in prop::collection::vec(
            prop_oneof![
                3 => Just(Step::Add),
                2 => Just(Step::Rotate),
                2 => any::<prop::sample::Index>().prop_map(Step::Destroy),
                1 => Just(Step::CopyEverything),
            ],
            1..24,
        ),
    ) {
        let random = fixed(seed);
        let mut brand_key = BrandKey::generate(1, &random);
        let mut living: Vec<Subject> = Vec::new();
        let mut copies: Vec<Subject> = Vec::new();
        for (number, step) in steps.into_iter().enumerate() {
            match step {
                Step::Add => {
                    let id = [number as u8; 16];
                    let keyring = Keyring::generate(&random);
                    let place = aside_vault::Place { keyring: id, ..PLACE };
                    let sealed = keyring.text_key().seal(&place, &id, &random);
                    living.push(Subject { id, sealed, wrapped: keyring.wrap(&brand_key, BRAND, id, &random) });
                }
                Step::Rotate => {
                    let next = BrandKey::generate(brand_key.epoch() + 1, &random);
                    for subject in &mut living {
                        subject.wrapped =
                            subject.wrapped.rewrap(&brand_key, &next, BRAND, subject.id, &random).unwrap();
                    }
                    brand_key = next;
                }
                Step::Destroy(index) if !living.is_empty() => {
                    living.swap_remove(index.index(living.len()));
                }
                Step::Destroy(_) => {}
                Step::CopyEverything => copies.extend(living.iter().map(|subject| Subject {
                    id: subject.id,
                    sealed: subject.sealed.clone(),
                    wrapped: subject.wrapped.clone(),
                })),
            }
            for subject in &living {
                prop_assert!(subject.opens(&subject.wrapped, &brand_key));
            }
            // A copy outlives its keyring until the next rotation, and never longer.
            for copy in &copies {
                prop_assert_eq!(
                    copy.opens(&copy.wrapped, &brand_key),
                    copy.wrapped.epoch() == brand_key.epoch()
                );
            }
        }
    }
}
