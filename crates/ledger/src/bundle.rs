//! Entry bundles: up to 256 entries, each after its length as a big-endian 16-bit number
//! (C2SP `tlog-tiles`, section "Log entries").

use crate::LedgerError;

/// The largest entry, in bytes.
pub const MAX_ENTRY: usize = u16::MAX as usize;

/// Appends the encoding of one entry to a bundle; `position` is named in the error.
pub(crate) fn push(bundle: &mut Vec<u8>, position: usize, entry: &[u8]) -> Result<(), LedgerError> {
    let length = u16::try_from(entry.len())
        .map_err(|_| LedgerError::EntryTooLong { position, length: entry.len() })?;
    bundle.extend_from_slice(&length.to_be_bytes());
    bundle.extend_from_slice(entry);
    Ok(())
}

/// The bytes of a bundle with these entries.
pub fn encode<E: AsRef<[u8]>>(entries: &[E]) -> Result<Vec<u8>, LedgerError> {
    let mut bundle = Vec::new();
    for (position, entry) in entries.iter().enumerate() {
        push(&mut bundle, position, entry.as_ref())?;
    }
    Ok(bundle)
}

/// The entries of a bundle, in order. The iterator ends at the end of the bytes, or after one
/// [`Broken`] where they end inside an entry; it never panics and borrows everything.
pub fn entries(bundle: &[u8]) -> Entries<'_> {
    Entries { rest: bundle }
}

/// The bundle ends inside an entry.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Broken;

/// Walks through a bundle; see [`entries`].
#[derive(Clone, Debug)]
pub struct Entries<'a> {
    rest: &'a [u8],
}

impl<'a> Entries<'a> {
    /// The bytes that were not read yet.
    pub fn rest(&self) -> &'a [u8] {
        self.rest
    }
}

impl<'a> Iterator for Entries<'a> {
    type Item = Result<&'a [u8], Broken>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let split = self
            .rest
            .split_first_chunk::<2>()
            .and_then(|(length, rest)| rest.split_at_checked(usize::from(u16::from_be_bytes(*length))));
        if let Some((entry, rest)) = split {
            self.rest = rest;
            Some(Ok(entry))
        } else {
            self.rest = &[];
            Some(Err(Broken))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bundle_has_these_bytes() {
        let bundle = encode(&[b"one".as_slice(), b"", &[0xff; 258]]).unwrap();
        let golden = format!("00036f6e65{}{}{}", "0000", "0102", "ff".repeat(258));
        assert_eq!(hex::encode(&bundle), golden);
        let back: Result<Vec<_>, _> = entries(&bundle).collect();
        assert_eq!(back.unwrap(), [b"one".as_slice(), b"", &[0xff; 258]]);
    }

    #[test]
    fn an_entry_of_65_535_bytes_fits_and_one_more_does_not() {
        assert_eq!(encode(&[vec![1; 65_535]]).unwrap().len(), 65_537);
        let refused = encode(&[vec![], vec![1; 65_536]]);
        assert_eq!(refused, Err(LedgerError::EntryTooLong { position: 1, length: 65_536 }));
    }

    #[test]
    fn a_bundle_cut_anywhere_gives_its_whole_entries_and_then_says_so() {
        let bundle = encode(&["ab", "c"]).unwrap();
        for cut in 0..bundle.len() {
            let read: Vec<_> = entries(&bundle[..cut]).collect();
            let broken = usize::from(cut != 0 && cut != 4);
            assert_eq!(read.iter().filter(|entry| entry.is_err()).count(), broken, "cut at {cut}");
        }
    }
}
