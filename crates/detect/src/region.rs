use std::{fmt, str::FromStr};

/// A country: its ISO 3166-1 alpha-2 code.
///
/// ```
/// use aside_detect::Region;
/// let region: Region = "de".parse()?;
/// assert_eq!(region.code(), "DE");
/// # Ok::<(), aside_detect::NotARegion>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Region([u8; 2]);

/// The text is not two letters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct NotARegion;

impl fmt::Display for NotARegion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a region is two letters, such as DE (ISO 3166-1 alpha-2)")
    }
}

impl std::error::Error for NotARegion {}

impl Region {
    /// The two letters, upper case.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).expect("a region holds two ASCII letters, checked when it was made")
    }
}

impl FromStr for Region {
    type Err = NotARegion;

    /// Upper and lower case are the same. Whether the country exists is not checked.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match *text.as_bytes() {
            [a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => {
                Ok(Region([a.to_ascii_uppercase(), b.to_ascii_uppercase()]))
            }
            _ => Err(NotARegion),
        }
    }
}

impl fmt::Display for Region {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}
