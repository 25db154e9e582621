//! Masks of anything at all.

use aside_taxonomy::{DataType, MaskShape};
use aside_vault::mask;
use proptest::prelude::*;

fn letters_and_digits(text: &str) -> Vec<char> {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Whether `part` occurs in `whole` in this order, with anything between.
fn in_order(part: &[char], whole: &[char]) -> bool {
    let mut whole = whole.iter();
    part.iter().all(|wanted| whole.any(|c| c == wanted))
}

fn values() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,40}",
        "[0-9 ()+-]{0,24}",
        "[a-zé王@.]{0,30}",
        "[a-z.]{1,12}@[a-z]{1,12}\\.[a-z]{2,12}",
        "(\\p{L}{1,9} ){0,9}",
        any::<String>(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4000, ..ProptestConfig::default() })]

    #[test]
    fn a_mask_never_shows_more_than_its_shape_allows(
        value in values(),
        data_type in prop::sample::select(DataType::ALL),
        kind in any::<prop::sample::Index>(),
    ) {
        let kind = *kind.get(data_type.kinds());
        let mask = mask(data_type, kind, &value);
        let shown = letters_and_digits(&mask);
        let whole = letters_and_digits(&value);

        prop_assert!(shown.len() * 3 <= whole.len(), "{mask}");
        prop_assert!(in_order(&shown, &whole), "{mask}");
        prop_assert!(mask.chars().all(|c| c.is_alphanumeric() || "• @.".contains(c)), "{mask}");
        match data_type.mask_shape() {
            MaskShape::Hidden => prop_assert_eq!(&mask, "•••"),
            MaskShape::LastTwo => prop_assert!(shown.len() <= 2 && whole.ends_with(&shown)),
            MaskShape::LastFour => prop_assert!(shown.len() <= 4 && whole.ends_with(&shown)),
            MaskShape::Initials => prop_assert!(shown.len() <= value.split_whitespace().count()),
            MaskShape::Email => {
                let ending = value.rsplit('.').next().map(letters_and_digits).unwrap_or_default();
                prop_assert!(shown.len() <= 1 + ending.len(), "{mask}");
            }
        }
        if !whole.is_empty() {
            prop_assert!(!mask.contains(value.trim()), "{mask}");
        }
    }

    #[test]
    fn values_that_differ_only_in_what_is_hidden_have_equal_masks(
        one in "[0-9]{8,15}", other in "[0-9]{8,15}", last in "[0-9]{4}",
    ) {
        prop_assert_eq!(
            mask(DataType::FinPan, "card", &format!("{one}{last}")),
            mask(DataType::FinPan, "card", &format!("{other}{last}"))
        );
    }
}
