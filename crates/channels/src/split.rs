//! Long texts in pieces that a network takes.

/// How long a text is, in UTF-16 code units.
///
/// Networks speak of "characters" and do not say which. A text has at least as many UTF-16 units as it has
/// characters by any other count, so one that fits by this count fits.
pub fn length(text: &str) -> usize {
    text.encode_utf16().count()
}

/// Splits `text` into pieces of at most `longest` UTF-16 units (two at least), at the end of a line where one
/// lies in the second half of a piece, else between words, else (a word longer than a piece) anywhere between
/// two characters. White space at a border is dropped; nothing else is lost. An empty text has no pieces.
pub fn split(text: &str, longest: usize) -> Vec<String> {
    split_by(text, longest.max(2), char::len_utf16)
}

/// The same for pieces whose characters are at most `longest` together, each counted by `size`. No character may
/// be larger than `longest` alone.
pub fn split_by(text: &str, longest: usize, size: fn(char) -> usize) -> Vec<String> {
    let mut pieces = Vec::new();
    let mut rest = text.trim();
    while let Some(end) = overflow(rest, longest, size) {
        let piece = &rest[..end];
        // A piece that ends exactly at a border keeps all of it.
        let border = if rest[end..].starts_with(char::is_whitespace) {
            end
        } else {
            let line = piece.rfind('\n').filter(|&at| at >= end / 2);
            line.or_else(|| piece.rfind(char::is_whitespace)).filter(|&at| at > 0).unwrap_or(end)
        };
        pieces.push(rest[..border].trim_end().to_owned());
        rest = rest[border..].trim_start();
    }
    if !rest.is_empty() {
        pieces.push(rest.to_owned());
    }
    pieces
}

/// Where the first character begins that does not fit.
fn overflow(text: &str, longest: usize, size: fn(char) -> usize) -> Option<usize> {
    let mut units = 0;
    text.char_indices().find_map(|(at, character)| {
        units += size(character);
        (units > longest).then_some(at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_short_text_stays_whole() {
        assert_eq!(split("hello", 2000), ["hello"]);
        assert_eq!(split("12345", 5), ["12345"]);
        assert!(split("  ", 5).is_empty());
    }

    #[test]
    fn a_long_text_is_split_between_words() {
        assert_eq!(split("one two three", 7), ["one two", "three"]);
        assert_eq!(split("one two three", 8), ["one two", "three"]);
        assert_eq!(split("abcdefgh", 3), ["abc", "def", "gh"]);
    }

    #[test]
    fn the_end_of_a_line_is_preferred() {
        assert_eq!(split("Dear Mara,\nit is on the way", 14), ["Dear Mara,", "it is on the", "way"]);
    }

    #[test]
    fn characters_are_counted_and_not_bytes() {
        assert_eq!(split("äöü äöü", 3), ["äöü", "äöü"]);
        assert_eq!(split("😀😀😀", 4), ["😀😀", "😀"]);
        assert_eq!(length("ä😀"), 3);
    }

    #[test]
    fn pieces_can_be_measured_in_bytes() {
        assert_eq!(split_by("äöü äöü", 6, char::len_utf8), ["äöü", "äöü"]);
        assert_eq!(split_by("äöü äöü", 5, char::len_utf8), ["äö", "ü", "äö", "ü"]);
    }

    proptest! {
        #[test]
        fn pieces_fit_and_hold_every_word_character_in_order(text in ".{0,200}", longest in 1usize..40) {
            let pieces = split(&text, longest);
            prop_assert!(pieces.iter().all(|p| !p.is_empty() && length(p) <= longest.max(2)));
            let bare = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(bare(&pieces.concat()), bare(&text));
        }
    }
}
