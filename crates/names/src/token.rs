//! Cuts a text into the pieces that are labelled: words, handles, tags, addresses, signs.

/// What kind of piece it is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub(crate) enum Class {
    Word,
    /// Letters and digits mixed, or digits.
    Number,
    /// One character of a script that is written without spaces.
    Ideograph,
    /// `@name`.
    Handle,
    /// `#name`.
    Tag,
    /// A web or e-mail address.
    Address,
    Sign,
}

/// One piece: bytes `start..end` of the text, on character boundaries, never empty.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Token {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) class: Class,
    /// A line break stands before it.
    pub(crate) after_break: bool,
    /// Nothing stands between it and the piece before.
    pub(crate) glued: bool,
}

/// The pieces of a text, in order.
pub(crate) struct Tokens<'t> {
    text: &'t str,
    at: usize,
    last_end: usize,
}

impl<'t> Tokens<'t> {
    pub(crate) const fn new(text: &'t str) -> Self {
        Self { text, at: 0, last_end: usize::MAX }
    }

    fn char_at(&self, at: usize) -> Option<char> {
        let byte = *self.text.as_bytes().get(at)?;
        if byte < 0x80 { Some(char::from(byte)) } else { self.text[at..].chars().next() }
    }

    fn run(&self, mut at: usize, wanted: impl Fn(char) -> bool) -> usize {
        while let Some(c) = self.char_at(at).filter(|c| wanted(*c)) {
            at += c.len_utf8();
        }
        at
    }
}

fn in_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    match c {
        '\u{300}'..='\u{36f}' | '\u{900}'..='\u{d7f}' | '\u{200c}' | '\u{200d}' | '\u{ad}' => {
            !matches!(c, '\u{964}' | '\u{965}')
        }
        '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{591}'..='\u{5c7}' => true,
        _ => c.is_alphanumeric() && !is_ideograph(c),
    }
}

/// Whether the script sets no spaces between words, so that each character is a piece.
pub(crate) const fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{3096}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7a3}' | '\u{f900}'..='\u{faff}' | '\u{3005}')
}

fn in_handle(c: char) -> bool {
    c == '_' || in_word(c)
}

const fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | 'ʼ' | '´' | '`')
}

/// Endings after an apostrophe that are a piece of their own.
fn is_clitic(rest: &str) -> bool {
    ["s", "m", "d", "re", "ve", "ll"].iter().any(|c| rest.eq_ignore_ascii_case(c))
}

/// Beginnings before an apostrophe that are a piece of their own ("l'adresse de", "d'Antoine").
fn is_elision(begin: &str) -> bool {
    matches!(
        begin,
        "l" | "d"
            | "j"
            | "m"
            | "t"
            | "s"
            | "c"
            | "n"
            | "qu"
            | "L"
            | "J"
            | "C"
            | "Qu"
            | "all"
            | "dell"
            | "dall"
            | "nell"
            | "un"
    )
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        let mut after_break = self.at == 0;
        let c = loop {
            let c = self.char_at(self.at)?;
            if c == '\n' || c == '\r' || c == '\u{2028}' {
                after_break = true;
            } else if !(c.is_whitespace()
                || c.is_control()
                || matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}'))
            {
                break c;
            }
            self.at += c.len_utf8();
        };
        let start = self.at;
        let (end, class) = if in_word(c) {
            self.word(start)
        } else if is_ideograph(c) {
            (start + c.len_utf8(), Class::Ideograph)
        } else {
            let after = start + c.len_utf8();
            let body =
                if matches!(c, '@' | '#' | '＃' | '＠') { self.run(after, in_handle) } else { after };
            if body > after {
                (body, if matches!(c, '@' | '＠') { Class::Handle } else { Class::Tag })
            } else {
                (self.run(after, |next| next == c), Class::Sign)
            }
        };
        let glued = self.last_end == start;
        self.at = end;
        self.last_end = end;
        Some(Token { start, end, class, after_break, glued })
    }
}

impl Tokens<'_> {
    /// The end and class of the word that starts at `start`.
    fn word(&self, start: usize) -> (usize, Class) {
        let text = self.text;
        let rest = text.as_bytes().get(start..start + 8).unwrap_or(&text.as_bytes()[start..]);
        let lowered = |n: usize, what: &[u8]| rest.len() >= n && rest[..n].eq_ignore_ascii_case(what);
        if lowered(7, b"http://") || lowered(8, b"https://") || lowered(4, b"www.") {
            return (self.run(start, |c| !c.is_whitespace()), Class::Address);
        }
        // An initial with its full stop, or several ("J.", "U.S.").
        let first = self.char_at(start).map_or(start, |c| start + c.len_utf8());
        if self.char_at(first) == Some('.') && self.char_at(start).is_some_and(char::is_uppercase) {
            let mut end = first + 1;
            while let Some(c) = self.char_at(end).filter(|c| c.is_uppercase()) {
                let after = end + c.len_utf8();
                if self.char_at(after) != Some('.') {
                    break;
                }
                end = after + 1;
            }
            // "J.Smith" and "B.Sc": the rest is the next piece.
            return (end, Class::Word);
        }
        // "ex-President": what somebody was is no part of the name.
        if lowered(3, b"ex-") && self.char_at(start + 3).is_some_and(char::is_uppercase) {
            return (start + 2, Class::Word);
        }
        let mut end = self.run(start, in_word);
        while let Some(sign) = self.char_at(end) {
            let after = end + sign.len_utf8();
            let goes_on = self.char_at(after).is_some_and(in_word);
            if is_apostrophe(sign) && goes_on {
                let next = self.run(after, in_word);
                if is_clitic(&text[after..next]) || is_elision(&text[start..end]) {
                    if is_elision(&text[start..end]) && !is_clitic(&text[after..next]) {
                        end = after;
                    }
                    break;
                }
                end = next;
            } else if (sign == '-' || sign == '_') && goes_on {
                end = self.run(after, in_word);
            } else if sign == '@' && goes_on {
                return (self.run(after, |c| !c.is_whitespace() && c != ','), Class::Address);
            } else if sign == '.' && goes_on && self.leads_to_an_address(after) {
                return (self.run(after, |c| !c.is_whitespace() && c != ','), Class::Address);
            } else {
                break;
            }
        }
        let digits = text[start..end].bytes().any(|b| b.is_ascii_digit());
        (end, if digits { Class::Number } else { Class::Word })
    }

    /// Whether an `@` follows within what an e-mail address may hold, at most 64 bytes on.
    fn leads_to_an_address(&self, at: usize) -> bool {
        let bytes = &self.text.as_bytes()[at..];
        let window = &bytes[..bytes.len().min(64)];
        let end = window
            .iter()
            .position(|b| !(b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-' | b'+')));
        end.is_some_and(|end| window[end] == b'@')
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Vec<&str> {
        Tokens::new(text).map(|t| &text[t.start..t.end]).collect()
    }

    #[test]
    fn a_possessive_is_no_part_of_the_name_and_an_apostrophe_inside_is() {
        assert_eq!(pieces("O'Brien's dog"), ["O'Brien", "'", "s", "dog"]);
        assert_eq!(pieces("l'adresse de D'Angelo"), ["l'", "adresse", "de", "D'Angelo"]);
    }

    #[test]
    fn handles_tags_and_addresses_are_whole() {
        assert_eq!(
            pieces("@ann_k #NewYork http://example.com/a?b j.doe@example.com"),
            ["@ann_k", "#NewYork", "http://example.com/a?b", "j.doe@example.com"]
        );
    }

    #[test]
    fn initials_keep_their_stop() {
        assert_eq!(pieces("J. R. R. Example, U.S."), ["J.", "R.", "R.", "Example", ",", "U.S."]);
    }

    #[test]
    fn every_character_of_han_and_hangul_is_a_piece() {
        assert_eq!(pieces("我叫王伟"), ["我", "叫", "王", "伟"]);
    }
}
