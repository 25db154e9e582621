//! How a vendor's key is written: fixed signs that every key has, and the random signs around them.

/// Which signs the random part consists of.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Alphabet {
    /// `A-Z0-9`
    Upper,
    /// `0-9a-z`
    Lower,
    /// `0-9a-fA-F`
    Hex,
    /// `A-Za-z0-9`
    Alnum,
    /// `A-Za-z0-9_-`
    Url,
    /// `A-Za-z0-9_-.`
    Dotted,
    /// `A-Za-z0-9+/=_-`
    Base64,
    /// `A-Za-z0-9+/=_-%.:|~`: several parts, or base64 in an address.
    Loose,
}

impl Alphabet {
    pub(super) const fn has(self, byte: u8) -> bool {
        match self {
            Alphabet::Upper => byte.is_ascii_uppercase() || byte.is_ascii_digit(),
            Alphabet::Lower => byte.is_ascii_lowercase() || byte.is_ascii_digit(),
            Alphabet::Hex => byte.is_ascii_hexdigit(),
            Alphabet::Alnum => byte.is_ascii_alphanumeric(),
            Alphabet::Url => byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'),
            Alphabet::Dotted => byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'),
            Alphabet::Base64 => {
                byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'_' | b'-')
            }
            Alphabet::Loose => {
                byte.is_ascii_alphanumeric()
                    || matches!(
                        byte,
                        b'+' | b'/'
                            | b'='
                            | b'_'
                            | b'-'
                            | b'%'
                            | b'.'
                            | b':'
                            | b'|'
                            | b'~'
                            | b'#'
                            | b'^'
                            | b'!'
                    )
            }
        }
    }
}

/// What follows from the vendor's checksum, where there is one.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Check {
    None,
    /// The last six of 36 signs are the CRC-32 of the 30 before them in base 62.
    Crc32Base62,
}

/// A vendor's key.
pub(super) struct Vendor {
    /// The signs that every such key has, upper and lower case as written.
    pub(super) fixed: &'static str,
    /// How many signs of the alphabet stand before the fixed ones.
    pub(super) before: usize,
    pub(super) alphabet: Alphabet,
    /// How few and how many signs of the alphabet follow.
    pub(super) fewest: usize,
    pub(super) most: usize,
    pub(super) check: Check,
}

/// A key that begins with `prefix`.
pub(super) const fn key(prefix: &'static str, alphabet: Alphabet, fewest: usize, most: usize) -> Vendor {
    Vendor { fixed: prefix, before: 0, alphabet, fewest, most, check: Check::None }
}

/// A key that ends with the CRC-32 of its signs.
pub(super) const fn checked(prefix: &'static str) -> Vendor {
    Vendor {
        fixed: prefix,
        before: 0,
        alphabet: Alphabet::Alnum,
        fewest: 36,
        most: 255,
        check: Check::Crc32Base62,
    }
}

/// A key with fixed signs in its middle or at its end.
pub(super) const fn around(
    before: usize,
    fixed: &'static str,
    alphabet: Alphabet,
    fewest: usize,
    most: usize,
) -> Vendor {
    Vendor { fixed, before, alphabet, fewest, most, check: Check::None }
}
