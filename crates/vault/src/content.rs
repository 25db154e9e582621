//! Sealing texts and values: the same encoding, separate keys, separate types.

use crate::{
    OpenError, Place, Random, Raw,
    envelope::{self, Binding},
    key::Key,
};
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

/// Seals and opens texts: what may be shown to people without further ceremony.
#[derive(ZeroizeOnDrop)]
pub struct TextKey(Key);

impl TextKey {
    pub(crate) fn new(key: Key) -> Self {
        Self(key)
    }

    /// Seals a text for this place.
    pub fn seal(&self, place: &Place, text: &[u8], random: &dyn Random) -> Vec<u8> {
        envelope::seal(&self.0, &text_at(&place.parts()), text, random)
    }

    /// Opens what [`TextKey::seal`] gave for this place.
    pub fn open(&self, place: &Place, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, OpenError> {
        envelope::open(&self.0, &text_at(&place.parts()), sealed)
    }
}

/// Seals values. There is no way from here to a key that opens them.
///
/// ```compile_fail
/// fn open(sealer: &aside_vault::ValueSealer, place: &aside_vault::Place, sealed: &[u8]) {
///     sealer.open(place, sealed);
/// }
/// ```
#[derive(ZeroizeOnDrop)]
pub struct ValueSealer(Key);

impl ValueSealer {
    pub(crate) fn new(key: Key) -> Self {
        Self(key)
    }

    /// Seals a value for this place.
    pub fn seal(&self, place: &Place, value: &Raw, random: &dyn Random) -> Vec<u8> {
        envelope::seal(&self.0, &value_at(&place.parts()), value.expose().as_bytes(), random)
    }
}

/// Opens values.
#[derive(ZeroizeOnDrop)]
pub struct ValueKey(Key);

impl ValueKey {
    pub(crate) fn new(key: Key) -> Self {
        Self(key)
    }

    /// Opens what [`ValueSealer::seal`] gave for this place.
    pub fn open(&self, place: &Place, sealed: &[u8]) -> Result<Raw, OpenError> {
        raw(envelope::open(&self.0, &value_at(&place.parts()), sealed)?)
    }
}

/// Takes opened bytes over as a value, without another copy in memory.
pub(crate) fn raw(mut opened: Zeroizing<Vec<u8>>) -> Result<Raw, OpenError> {
    String::from_utf8(std::mem::take(&mut *opened)).map(Raw::new).map_err(|not_text| {
        not_text.into_bytes().zeroize();
        OpenError::WrongContent
    })
}

fn text_at<'a>(parts: &'a [&'a [u8]]) -> Binding<'a> {
    Binding { kind: "text", epoch: None, parts }
}

fn value_at<'a>(parts: &'a [&'a [u8]]) -> Binding<'a> {
    Binding { kind: "value", epoch: None, parts }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_that_are_no_text_do_not_become_a_value() {
        assert_eq!(raw(Zeroizing::new(b"caf\xe9".to_vec())).err(), Some(OpenError::WrongContent));
        assert_eq!(raw(Zeroizing::new("café".into())).unwrap().expose(), "café");
    }
}
