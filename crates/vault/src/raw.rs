//! The only type that holds a value in clear.

use zeroize::ZeroizeOnDrop;

/// A value in clear: a card number, a passphrase.
///
/// It cannot be printed, logged, copied or serialised by accident: it has no `Debug`, `Display`,
/// `Clone` or `Serialize`, and its memory is overwritten when it is dropped. The one way to read it
/// is [`Raw::expose`], a word that is easy to search for.
///
/// ```compile_fail
/// let card = aside_vault::Raw::new("4111111111111111".to_owned());
/// println!("{card:?}");
/// ```
/// ```compile_fail
/// let card = aside_vault::Raw::new("4111111111111111".to_owned());
/// println!("{card}");
/// ```
/// ```compile_fail
/// let card = aside_vault::Raw::new("4111111111111111".to_owned());
/// let copy = card.clone();
/// ```
/// ```
/// let card = aside_vault::Raw::new("4111111111111111".to_owned());
/// assert_eq!(card.expose().len(), 16);
/// ```
#[derive(ZeroizeOnDrop)]
pub struct Raw(String);

impl Raw {
    /// Takes the value over. Copies that the caller made before are the caller's to overwrite.
    pub fn new(value: String) -> Self {
        Self(value)
    }

    /// The value in clear. What is copied out of it is no longer protected.
    pub fn expose(&self) -> &str {
        &self.0
    }
}
