//! Where a marked text stands in another, however it is written there.

use std::ops::Range;

/// The fewest and the most characters of a text that can be marked.
pub(super) const LENGTHS: Range<usize> = 3..401;
/// A text with fewer letters and digits is looked for as whole words alone: "Ann" is not in "planning".
const SHORTEST_INSIDE_WORDS: usize = 6;

/// A marked text, ready to be searched for.
pub(super) struct Sought {
    /// All its characters, without case.
    exact: Vec<char>,
    /// Its letters and digits, without case; empty when there are too few to tell one text from another.
    bare: Vec<char>,
    whole_words: bool,
}

/// A character without case, and the bytes of the text that it stands for.
struct Letter {
    folded: char,
    at: Range<usize>,
}

impl Sought {
    /// The text without surrounding space; `None` when it is shorter or longer than [`LENGTHS`] says.
    pub(super) fn new(text: &str) -> Option<Self> {
        let text = text.trim();
        if !LENGTHS.contains(&text.chars().count()) {
            return None;
        }
        let folded = |letters: Vec<Letter>| letters.into_iter().map(|l| l.folded).collect::<Vec<_>>();
        let mut bare = folded(letters(text, char::is_alphanumeric));
        let whole_words = (1..SHORTEST_INSIDE_WORDS).contains(&bare.len());
        if bare.len() < LENGTHS.start {
            bare.clear();
        }
        Some(Self { exact: folded(letters(text, |_| true)), bare, whole_words })
    }

    /// Where it stands, in bytes, sorted and not overlapping: as it was marked or in other case, and with
    /// other separators or none between its letters and digits.
    pub(super) fn places(&self, text: &str) -> Vec<Range<usize>> {
        let mut places = self.matches(text, &letters(text, |_| true), &self.exact);
        places.extend(self.matches(text, &letters(text, char::is_alphanumeric), &self.bare));
        places.sort_by_key(|place| (place.start, place.end));
        let mut apart: Vec<Range<usize>> = Vec::new();
        for place in places {
            match apart.last_mut() {
                Some(last) if place.start < last.end => last.end = last.end.max(place.end),
                _ => apart.push(place),
            }
        }
        apart
    }

    fn matches(&self, text: &str, letters: &[Letter], sought: &[char]) -> Vec<Range<usize>> {
        if sought.is_empty() {
            return vec![];
        }
        letters
            .windows(sought.len())
            .filter(|window| window.iter().map(|l| l.folded).eq(sought.iter().copied()))
            .map(|window| window[0].at.start..window[window.len() - 1].at.end)
            .filter(|place| !self.whole_words || stands_alone(text, place))
            .collect()
    }
}

fn letters(text: &str, kept: impl Fn(char) -> bool) -> Vec<Letter> {
    let mut letters = Vec::with_capacity(text.len());
    for (start, c) in text.char_indices().filter(|(_, c)| kept(*c)) {
        let at = start..start + c.len_utf8();
        letters.extend(narrow(c).to_lowercase().map(|folded| Letter { folded, at: at.clone() }));
    }
    letters
}

/// The ASCII character that a full-width one is written for (Unicode, Halfwidth and Fullwidth Forms).
fn narrow(c: char) -> char {
    let ascii = (c as u32).checked_sub(0xfee0).filter(|code| (0x21..0x7f).contains(code));
    ascii.and_then(char::from_u32).unwrap_or(c)
}

/// Whether a place begins and ends where words and numbers do.
fn stands_alone(text: &str, place: &Range<usize>) -> bool {
    let (mut inside, within) = (text[place.clone()].chars(), text[place.clone()].chars());
    let before = text[..place.start].chars().next_back().zip(inside.next());
    let after = text[place.end..].chars().next().zip(within.last());
    ![before, after].into_iter().flatten().any(|(outer, inner)| run_together(outer, inner))
}

/// Whether two neighbours belong to one word or one number.
fn run_together(a: char, b: char) -> bool {
    let letters = a.is_alphabetic() && b.is_alphabetic();
    (letters && !without_spaces(a) && !without_spaces(b)) || (a.is_numeric() && b.is_numeric())
}

/// Scripts that put no space between words: there every letter may begin one.
const fn without_spaces(c: char) -> bool {
    matches!(c as u32,
        0x0e00..=0x0eff | 0x1000..=0x109f | 0x1780..=0x17ff | 0x3040..=0x30ff | 0x3400..=0x9fff
        | 0xac00..=0xd7af | 0xf900..=0xfaff | 0x20000..=0x3ffff)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'a>(marked: &str, text: &'a str) -> Vec<&'a str> {
        let places = Sought::new(marked).expect("long enough").places(text);
        places.into_iter().map(|place| &text[place]).collect()
    }

    #[test]
    fn a_number_is_found_however_it_is_grouped() {
        let text = "4111 1111 1111 1111, 4111.1111.1111.1111 and 4111\n1111\u{200b}11111111 or ４１１１1111-1111-1111";
        assert_eq!(
            found("4111-1111-1111-1111", text),
            [
                "4111 1111 1111 1111",
                "4111.1111.1111.1111",
                "4111\n1111\u{200b}11111111",
                "４１１１1111-1111-1111"
            ]
        );
    }

    #[test]
    fn a_name_is_found_in_any_case_and_with_or_without_its_hyphen() {
        assert_eq!(
            found("Marie-Ève Straße", "MARIE ÈVE STRAßE wrote, marie-ève straße too"),
            ["MARIE ÈVE STRAßE", "marie-ève straße"]
        );
    }

    #[test]
    fn what_is_long_is_found_inside_words_and_what_is_short_as_a_word_of_its_own() {
        assert_eq!(found("hunter2x", "pw:myhunter2xyz"), ["hunter2x"]);
        assert_eq!(found("Ann", "Ann's planning, ANN; Annie"), ["Ann", "ANN"]);
        assert_eq!(found("737", "cvv737 or 7-3-7, not 4737 and not 7370"), ["737", "7-3-7"]);
        assert_eq!(found("王小明", "我叫王小明你好"), ["王小明"]);
    }

    #[test]
    fn signs_at_the_ends_belong_to_what_was_marked() {
        assert_eq!(found("!Fish82?", "it is !fish82? ok"), ["!fish82?"]);
        assert_eq!(found("#!?", "pw #!? and !?"), ["#!?"]);
    }

    #[test]
    fn occurrences_that_overlap_are_taken_out_whole() {
        assert_eq!(found("abcabc", "abcabcabc"), ["abcabcabc"]);
        assert_eq!(found("aaaaaa", "aaaaaaa aaaaaa"), ["aaaaaaa aaaaaa"]);
    }

    #[test]
    fn places_lie_between_characters_even_where_lower_case_is_longer() {
        assert_eq!(found("İstanbul", "ich wohne in İSTANBUL!"), ["İSTANBUL"]);
        assert_eq!(found("İstanbul", "short"), Vec::<&str>::new());
    }

    #[test]
    fn what_is_too_short_or_too_long_cannot_be_marked() {
        for text in ["", "  a  ", "ab", &"x".repeat(401)] {
            assert!(Sought::new(text).is_none());
        }
        assert!(Sought::new(" abc ").is_some() && Sought::new(&"é".repeat(400)).is_some());
    }
}
