//! Where sealed bytes belong.

/// Where sealed bytes belong. Bytes sealed for one place open nowhere else, so nobody who can write
/// to the table can move a value to a record, field or brand where other people may open it.
///
/// Name what never changes. Who owns the record is left out on purpose: owners merge and split,
/// and nothing should have to be sealed again for that.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Place {
    /// The brand's id.
    pub brand: [u8; 16],
    /// The id of the keyring that seals.
    pub keyring: [u8; 16],
    /// The id of the record that holds the bytes.
    pub record: [u8; 16],
    /// The field within the record.
    pub field: &'static str,
}

impl Place {
    pub(crate) fn parts(&self) -> [&[u8]; 4] {
        [&self.brand, &self.keyring, &self.record, self.field.as_bytes()]
    }
}
