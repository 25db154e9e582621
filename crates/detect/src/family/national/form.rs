//! How a number is printed, and how people write it.
//!
//! A form is a short text: `#` stands for a digit, `@` for a letter, `*` for either; digits and
//! capital letters stand for themselves, and anything else is the sign printed there.

/// The longest number in the tables, in characters without signs between.
pub(super) const LONGEST: usize = 24;

/// How exactly a text must follow a form.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Manner {
    /// With every sign where it is printed.
    Printed,
    /// With none of them.
    Bare,
    /// With other signs, or none, in their places.
    Roughly,
}

/// A number that was read, without its signs.
pub(super) struct Reading {
    signs: [u8; LONGEST],
    len: usize,
    /// Where it ends in the folded text.
    pub(super) end: usize,
    /// Small letters were among them.
    pub(super) lower: bool,
}

impl Reading {
    /// Digits and capital letters.
    pub(super) fn signs(&self) -> &[u8] {
        &self.signs[..self.len]
    }
}

/// Whether a form's byte is a sign between characters.
pub(super) const fn is_sign(form: u8) -> bool {
    !(form == b'#' || form == b'@' || form == b'*' || form.is_ascii_alphanumeric())
}

/// Whether a form's byte stands for a digit.
pub(super) const fn is_digit(form: u8) -> bool {
    form == b'#' || form.is_ascii_digit()
}

/// Reads a number of this form that starts at `at` and stands free at its end.
pub(super) fn read(form: &str, bytes: &[u8], at: usize, manner: Manner) -> Option<Reading> {
    let mut reading = Reading { signs: [0; LONGEST], len: 0, end: at, lower: false };
    let mut sign_before = false;
    for expected in form.bytes() {
        if is_sign(expected) {
            sign_before = true;
            if manner == Manner::Printed {
                if bytes.get(reading.end) != Some(&expected) {
                    return None;
                }
                reading.end += 1;
            }
            continue;
        }
        if manner == Manner::Roughly && sign_before && reading.len > 0 {
            reading.end += signs_between(bytes, reading.end);
        }
        sign_before = false;
        let found = *bytes.get(reading.end)?;
        if !fits(expected, found) || reading.len == LONGEST {
            return None;
        }
        reading.lower |= found.is_ascii_lowercase();
        reading.signs[reading.len] = found.to_ascii_uppercase();
        reading.len += 1;
        reading.end += 1;
    }
    if form.ends_with(')') && manner != Manner::Printed && bytes.get(reading.end) == Some(&b')') {
        reading.end += 1;
    }
    ends_free(bytes, reading.end).then_some(reading)
}

/// What stands somewhere, read with signs anywhere between the characters: every form is compared with it.
pub(super) struct Loose {
    /// The characters, digits and capital letters.
    signs: [u8; LONGEST],
    /// Where each ends.
    ends: [usize; LONGEST],
    /// Where the first small letter stands among them; behind the last one if there is none.
    lower: usize,
    /// After how many characters a number may end: a bit for each count.
    pub(super) lengths: u32,
}

impl Loose {
    /// What stands at `at`, up to so many characters.
    pub(super) fn at(bytes: &[u8], at: usize, longest: usize) -> Self {
        let mut loose = Self { signs: [0; LONGEST], ends: [0; LONGEST], lower: LONGEST, lengths: 0 };
        let longest = longest.min(LONGEST);
        let mut end = at;
        for count in 0..longest {
            let mut next = bytes.get(end).copied().unwrap_or_default();
            if !next.is_ascii_alphanumeric() {
                // No sign stands before the first character.
                if count == 0 {
                    return loose;
                }
                loose.may_end(bytes, count, end);
                end += signs_between(bytes, end);
                next = bytes.get(end).copied().unwrap_or_default();
                if !next.is_ascii_alphanumeric() {
                    return loose;
                }
            }
            end += 1;
            loose.signs[count] = next.to_ascii_uppercase();
            loose.ends[count] = end;
            if next.is_ascii_lowercase() {
                loose.lower = loose.lower.min(count);
            }
        }
        loose.may_end(bytes, longest, end);
        loose
    }

    fn may_end(&mut self, bytes: &[u8], count: usize, end: usize) {
        let free = count > 0 && (ends_free(bytes, end) || bytes.get(end) == Some(&b')'));
        self.lengths |= u32::from(free) << count;
    }

    /// The number of this form that stands there, if one does.
    pub(super) fn read(&self, form: &str, bytes: &[u8]) -> Option<Reading> {
        let mut len = 0;
        for expected in form.bytes().filter(|expected| !is_sign(*expected)) {
            let found = *self.signs.get(len)?;
            if !fits(expected, found) {
                return None;
            }
            len += 1;
        }
        let mut end = *self.ends.get(len.checked_sub(1)?)?;
        if form.ends_with(')') && bytes.get(end) == Some(&b')') {
            end += 1;
        }
        ends_free(bytes, end).then_some(Reading { signs: self.signs, len, end, lower: self.lower < len })
    }
}

/// Whether a character is one that a form's byte stands for.
fn fits(expected: u8, found: u8) -> bool {
    match expected {
        b'#' => found.is_ascii_digit(),
        b'@' => found.is_ascii_alphabetic(),
        b'*' => found.is_ascii_alphanumeric(),
        itself => found.eq_ignore_ascii_case(&itself),
    }
}

/// At most two signs that people write between the parts of a number.
fn signs_between(bytes: &[u8], at: usize) -> usize {
    let sign = |b: &&u8| matches!(b, b' ' | b'-' | b'.' | b'/' | b'_' | b',' | b'\'' | b'\n' | b'(' | b'+');
    bytes.get(at..).unwrap_or_default().iter().take(2).take_while(sign).count()
}

/// Whether a number may end here: neither inside a word nor inside a longer number. Letters of other
/// scripts may follow: some put no space there.
fn ends_free(bytes: &[u8], end: usize) -> bool {
    let (next, beyond) = (bytes.get(end), bytes.get(end + 1));
    match next {
        Some(next) if next.is_ascii_alphanumeric() => false,
        Some(b'-' | b'/' | b'_') => !beyond.is_some_and(u8::is_ascii_alphanumeric),
        Some(b'.' | b',') => !beyond.is_some_and(u8::is_ascii_digit),
        Some(b'@') => false,
        _ => true,
    }
}

/// Whether a number may begin here without a word that announces it.
pub(super) fn begins_free(bytes: &[u8], start: usize) -> bool {
    let before = |n: usize| start.checked_sub(n).map(|i| bytes[i]);
    match before(1) {
        Some(b) if b.is_ascii_alphanumeric() => false,
        Some(b'-' | b'/' | b'.' | b',') => !before(2).is_some_and(|b| b.is_ascii_alphanumeric()),
        Some(b'+' | b'_' | b'@' | b'=' | b'&' | b'#' | b'$' | b'%') => false,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signs(form: &str, text: &str, manner: Manner) -> Option<String> {
        read(form, text.as_bytes(), 0, manner).map(|r| String::from_utf8_lossy(r.signs()).into_owned())
    }

    #[test]
    fn a_form_is_read_as_printed_bare_or_with_other_signs() {
        let form = "###.###-@";
        let expected = Some("123456X".to_owned());
        assert_eq!(signs(form, "123.456-x", Manner::Printed), expected);
        assert_eq!(signs(form, "123456X", Manner::Printed), None);
        assert_eq!(signs(form, "123456X", Manner::Bare), expected);
        assert_eq!(signs(form, "123 456 X.", Manner::Roughly), expected);
        assert_eq!(signs(form, "12 34 56X", Manner::Roughly), None);
        let text = b"12 34 56X";
        let reading = Loose::at(text, 0, LONGEST).read(form, text).unwrap();
        assert_eq!((reading.signs(), reading.end), (&b"123456X"[..], text.len()));
    }

    #[test]
    fn a_longer_word_or_number_is_not_cut() {
        for text in ["1234567", "123456a", "123456-7", "123456.7", "123456/a", "12345"] {
            assert_eq!(signs("######", text, Manner::Bare), None, "{text}");
        }
        assert!(begins_free(b"a 1", 2) && begins_free(b"(1", 1) && begins_free(b"1", 0));
        assert!(!begins_free(b"1-1", 2) && !begins_free(b"+1", 1) && !begins_free(b"a1", 1));
    }
}
