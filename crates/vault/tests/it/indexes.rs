//! Finding a value again without opening it.

use crate::{BRAND, damaged, fixed};
use aside_vault::{IndexKey, OpenError, RootKey};

#[test]
fn equal_values_of_one_field_have_equal_indexes_and_nothing_else_has() {
    let random = fixed(1);
    let (key, other_brand) = (IndexKey::generate(&random), IndexKey::generate(&random));
    let index = key.index("email", b"jane@example.com");
    assert_eq!(index, key.index("email", b"jane@example.com"));
    assert_ne!(index, key.index("email", b"jane@example.org"));
    assert_ne!(index, key.index("handle", b"jane@example.com"));
    assert_ne!(index, other_brand.index("email", b"jane@example.com"));
    assert_ne!(key.index("ab", b"c"), key.index("a", b"bc"));
}

#[test]
fn an_index_survives_wrapping_for_its_brand_and_no_other() {
    let random = fixed(2);
    let root = RootKey::generate(&random);
    let key = IndexKey::generate(&random);
    let wrapped = key.wrap(&root, BRAND, &random);
    let again = IndexKey::unwrap(&root, BRAND, &wrapped).unwrap();
    assert_eq!(again.index("email", b"x"), key.index("email", b"x"));
    assert_eq!(IndexKey::unwrap(&root, [0; 16], &wrapped).err(), Some(OpenError::WrongKeyOrPlace));
    assert!(damaged(&wrapped).all(|bytes| IndexKey::unwrap(&root, BRAND, &bytes).is_err()));
}
