//! The small language in which a brand writes down the form of its numbers.
//!
//! A shape becomes a row of at most 64 places, each a set of bytes that may be left out or not. A value is matched by
//! walking all places at once, one bit each, so its time is bounded by its length whatever the shape.

/// The most places, and so the longest value in bytes.
const PLACES: usize = 64;
/// How many letters or digits a value has at least.
const SHORTEST: usize = 4;
const SEPARATORS: &[u8] = b" -./_";

/// A parsed shape.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Shape {
    /// For each byte, the places that take it.
    takes: Vec<(u8, u64)>,
    /// The places that may be left out.
    optional: u64,
    places: u32,
    /// How many places are fixed letters.
    letters: u32,
}

/// What is wrong with a shape.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ShapeError {
    /// There is nothing in it.
    #[error("it is empty")]
    Empty,
    /// A sign that has no meaning here.
    #[error(
        "`{sign}` at byte {at} has no meaning; write letters, digits, #, @, *, [..], {{..}}, ? and separators"
    )]
    Sign {
        /// The sign.
        sign: char,
        /// Where it stands.
        at: usize,
    },
    /// A bracket is not closed, or not understood.
    #[error("the bracket at byte {0} is not like [A-F0-9], {{4}} or {{2,6}}")]
    Bracket(usize),
    /// `?` or `{..}` without something before it.
    #[error("there is nothing before byte {0} that could be repeated or left out")]
    NothingToRepeat(usize),
    /// Values would be longer than 64 signs.
    #[error("a value may be at most 64 signs long")]
    TooLong,
    /// Values could be as short as every second word.
    #[error("a value must have at least 4 letters or digits, and a digit or a fixed letter among them")]
    TooLoose,
}

/// One sign of the shape: the bytes that it takes, and whether it may be left out.
#[derive(Clone)]
struct Place {
    bytes: Vec<u8>,
    optional: bool,
}

impl Shape {
    pub(super) fn parse(shape: &str) -> Result<Self, ShapeError> {
        let mut places: Vec<Place> = Vec::new();
        let mut signs = shape.char_indices().peekable();
        while let Some((at, sign)) = signs.next() {
            let one = |bytes: Vec<u8>| Place { bytes, optional: false };
            let place = match sign {
                '#' => one((b'0'..=b'9').collect()),
                '\\' if signs.next_if(|(_, c)| *c == 'd').is_some() => one((b'0'..=b'9').collect()),
                '@' => one((b'A'..=b'Z').collect()),
                '*' => one((b'A'..=b'Z').chain(b'0'..=b'9').collect()),
                '-' | '.' | '/' | '_' | ' ' => Place { bytes: SEPARATORS.to_vec(), optional: true },
                '[' => {
                    let length = shape[at..].find(']').ok_or(ShapeError::Bracket(at))?;
                    let set = set(&shape[at + 1..at + length]).ok_or(ShapeError::Bracket(at))?;
                    while signs.next_if(|(i, _)| *i <= at + length).is_some() {}
                    one(set)
                }
                '?' => {
                    places.last_mut().ok_or(ShapeError::NothingToRepeat(at))?.optional = true;
                    continue;
                }
                '{' => {
                    let length = shape[at..].find('}').ok_or(ShapeError::Bracket(at))?;
                    let (least, most) = range(&shape[at + 1..at + length]).ok_or(ShapeError::Bracket(at))?;
                    while signs.next_if(|(i, _)| *i <= at + length).is_some() {}
                    let place = places.pop().ok_or(ShapeError::NothingToRepeat(at))?;
                    if most > PLACES {
                        return Err(ShapeError::TooLong);
                    }
                    for i in 0..most {
                        places.push(Place { optional: place.optional || i >= least, ..place.clone() });
                    }
                    continue;
                }
                letter if letter.is_ascii_alphanumeric() => one(vec![letter.to_ascii_uppercase() as u8]),
                _ => return Err(ShapeError::Sign { sign, at }),
            };
            places.push(place);
            if places.len() > PLACES {
                return Err(ShapeError::TooLong);
            }
        }
        Self::of(&places)
    }

    fn of(places: &[Place]) -> Result<Self, ShapeError> {
        if places.is_empty() {
            return Err(ShapeError::Empty);
        }
        if places.len() > PLACES {
            return Err(ShapeError::TooLong);
        }
        let fixed: Vec<&Place> = places.iter().filter(|place| !place.optional).collect();
        let telling = |place: &&&Place| place.bytes.len() == 1 || place.bytes.iter().all(u8::is_ascii_digit);
        if fixed.len() < SHORTEST || fixed.iter().filter(telling).count() == 0 {
            return Err(ShapeError::TooLoose);
        }
        let mut takes = Vec::new();
        for byte in 0..=255_u8 {
            let upper = byte.to_ascii_uppercase();
            let bits = places.iter().enumerate().filter(|(_, place)| place.bytes.contains(&upper));
            let bits = bits.fold(0_u64, |bits, (i, _)| bits | 1 << i);
            if bits != 0 {
                takes.push((byte, bits));
            }
        }
        let optional = places.iter().enumerate().filter(|(_, place)| place.optional);
        let letters =
            fixed.iter().filter(|place| place.bytes.len() == 1 && place.bytes[0].is_ascii_alphabetic());
        Ok(Self {
            takes,
            optional: optional.fold(0, |bits, (i, _)| bits | 1 << i),
            places: places.len() as u32,
            letters: letters.count() as u32,
        })
    }

    fn taking(&self, byte: u8) -> u64 {
        self.takes.binary_search_by_key(&byte, |(taken, _)| *taken).map_or(0, |i| self.takes[i].1)
    }

    /// The places that can come next, given those that can: what may be left out is stepped over.
    fn stepped_over(&self, mut next: u128) -> u128 {
        loop {
            let more = next | (next & u128::from(self.optional)) << 1;
            if more == next {
                return next;
            }
            next = more;
        }
    }

    /// Whether a value can begin with this byte.
    pub(super) fn begins_with(&self, byte: u8) -> bool {
        byte.is_ascii_alphanumeric() && self.stepped_over(1) & u128::from(self.taking(byte)) != 0
    }

    /// The end of the longest value at `start` that no letter or digit touches.
    pub(super) fn match_at(&self, bytes: &[u8], start: usize) -> Option<usize> {
        let done = 1_u128 << self.places;
        let mut next = self.stepped_over(1);
        let mut end = None;
        for (i, byte) in bytes[start..].iter().take(PLACES).enumerate() {
            next = self.stepped_over((next & u128::from(self.taking(*byte))) << 1);
            if next == 0 {
                break;
            }
            let free = bytes.get(start + i + 1).is_none_or(|after| !crate::page::is_word(*after));
            if next & done != 0 && free && byte.is_ascii_alphanumeric() {
                end = Some(start + i + 1);
            }
        }
        end
    }

    /// Whether the form alone says what it is: it begins or goes on with two fixed letters at least.
    pub(super) const fn is_telling(&self) -> bool {
        self.letters >= 2
    }
}

/// The letters and digits in `A-F0-9`.
fn set(text: &str) -> Option<Vec<u8>> {
    let mut set = Vec::new();
    let mut bytes = text.bytes().peekable();
    while let Some(from) = bytes.next() {
        let to = if bytes.next_if_eq(&b'-').is_some() { bytes.next()? } else { from };
        let (from, to) = (from.to_ascii_uppercase(), to.to_ascii_uppercase());
        let same = (from.is_ascii_digit() && to.is_ascii_digit())
            || (from.is_ascii_uppercase() && to.is_ascii_uppercase());
        if !same || from > to {
            return None;
        }
        set.extend(from..=to);
    }
    (!set.is_empty()).then_some(set)
}

/// The numbers in `4` or `2,6`.
fn range(text: &str) -> Option<(usize, usize)> {
    let (least, most) = text.split_once(',').unwrap_or((text, text));
    let (least, most) = (least.trim().parse().ok()?, most.trim().parse().ok()?);
    (least <= most && most > 0).then_some((least, most))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value<'t>(shape: &str, text: &'t str) -> Option<&'t str> {
        let shape = Shape::parse(shape).unwrap();
        let start = (0..text.len()).find(|at| shape.begins_with(text.as_bytes()[*at]))?;
        shape.match_at(text.as_bytes(), start).map(|end| &text[start..end])
    }

    #[test]
    fn separators_may_be_there_or_not_and_capitals_do_not_matter() {
        for text in ["KD-123456", "KD123456", "kd 123456", "Kd.123456"] {
            assert_eq!(value("KD-######", text), Some(text));
        }
        assert_eq!(value("KD-######", "KD--123456"), None);
        assert_eq!(value("KD-######", "KD-12345"), None);
        assert_eq!(value("KD-######", "KD-1234567"), None);
    }

    #[test]
    fn the_longest_value_counts_and_what_may_be_left_out_is() {
        assert_eq!(value("[A-C]{2}\\d{4,6}x?", "ab12345 "), Some("ab12345"));
        assert_eq!(value("[A-C]{2}\\d{4,6}x?", "ab123456X"), Some("ab123456X"));
        assert_eq!(value("****-##?", "a1b2"), None);
        assert_eq!(value("****-##?", "a1b2-1"), Some("a1b2-1"));
    }

    #[test]
    fn what_is_not_understood_is_named() {
        use ShapeError::{Bracket, Empty, NothingToRepeat, Sign, TooLong, TooLoose};
        for (shape, error) in [
            ("", Empty),
            ("(####", Sign { sign: '(', at: 0 }),
            ("ä####", Sign { sign: 'ä', at: 0 }),
            ("####\\w", Sign { sign: '\\', at: 4 }),
            ("[A-Z", Bracket(0)),
            ("[9-0]###", Bracket(0)),
            ("[]####", Bracket(0)),
            ("#{4", Bracket(1)),
            ("#{x}", Bracket(1)),
            ("#{0}", Bracket(1)),
            ("?####", NothingToRepeat(0)),
            ("{4}####", NothingToRepeat(0)),
            ("#{65}", TooLong),
            ("#{99999999}", TooLong),
            ("#{40}#{40}", TooLong),
            ("###", TooLoose),
            ("@@@@@@", TooLoose),
            ("#?#?#?#?#?", TooLoose),
        ] {
            assert_eq!(Shape::parse(shape).unwrap_err(), error, "{shape}");
        }
    }
}
