//! Python's strings, which may hold halves of surrogate pairs, as Rust's, which may not.

use pyo3::{
    prelude::*,
    types::{PyBytes, PyString},
};

/// The text with U+FFFD in place of each lone surrogate: as many code points, so places stay.
pub(crate) fn whole(text: &Bound<'_, PyString>) -> PyResult<String> {
    if let Ok(text) = text.to_cow() {
        return Ok(text.into_owned());
    }
    let bytes = text.call_method1("encode", ("utf-8", "surrogatepass"))?;
    Ok(without_surrogates(bytes.cast::<PyBytes>()?.as_bytes()))
}

/// A surrogate is ED and two further bytes, the first of them from A0 on; U+FFFD has three bytes, too.
fn without_surrogates(bytes: &[u8]) -> String {
    let mut bytes = bytes.to_vec();
    let mut at = 0;
    while at + 2 < bytes.len() {
        if bytes[at] == 0xED && bytes[at + 1] >= 0xA0 {
            bytes[at..at + 3].copy_from_slice("\u{FFFD}".as_bytes());
            at += 3;
        } else {
            at += 1;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
