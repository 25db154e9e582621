//! Letters as they are compared: small, and without accents where the script is Latin.

/// What one character becomes: up to two characters.
#[derive(Clone, Copy)]
pub(crate) struct Folded {
    pub(crate) first: char,
    pub(crate) second: Option<char>,
}

/// The small letter without accents that stands for `c`; `None` for marks and joiners, which are
/// left out.
#[inline]
pub(crate) fn fold(c: char) -> Option<Folded> {
    if c.is_ascii() {
        return one(c.to_ascii_lowercase());
    }
    other(c)
}

#[expect(clippy::unnecessary_wraps, reason = "has the type of what it is returned for")]
const fn one(c: char) -> Option<Folded> {
    Some(Folded { first: c, second: None })
}

#[expect(clippy::unnecessary_wraps, reason = "has the type of what it is returned for")]
const fn two(first: char, second: char) -> Option<Folded> {
    Some(Folded { first, second: Some(second) })
}

#[cold]
fn other(c: char) -> Option<Folded> {
    match c {
        '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{fe00}'..='\u{fe0f}' => {
            None
        }
        // Arabic vowel signs and the long stroke, Hebrew points.
        '\u{64b}'..='\u{65f}' | '\u{640}' | '\u{670}' | '\u{591}'..='\u{5c7}' => None,
        'À'..='Å' | 'à'..='å' | 'Ā'..='ą' | 'ǎ' | 'Ạ'..='ặ' => one('a'),
        'Æ' | 'æ' => two('a', 'e'),
        'Œ' | 'œ' => two('o', 'e'),
        'ß' | 'ẞ' => two('s', 's'),
        'Þ' | 'þ' => two('t', 'h'),
        'Ç' | 'ç' | 'Ć'..='č' => one('c'),
        'Ð' | 'ð' | 'Ď'..='đ' => one('d'),
        'È'..='Ë' | 'è'..='ë' | 'Ē'..='ě' | 'Ẹ'..='ệ' => one('e'),
        'Ĝ'..='ģ' => one('g'),
        'Ĥ'..='ħ' => one('h'),
        'Ì'..='Ï' | 'ì'..='ï' | 'Ĩ'..='ı' | 'Ỉ'..='ị' => one('i'),
        'Ĵ' | 'ĵ' => one('j'),
        'Ķ' | 'ķ' => one('k'),
        'Ĺ'..='ł' => one('l'),
        'Ñ' | 'ñ' | 'Ń'..='ň' => one('n'),
        'Ò'..='Ö' | 'Ø' | 'ò'..='ö' | 'ø' | 'Ō'..='ő' | 'Ơ' | 'ơ' | 'Ọ'..='ợ' => one('o'),
        'Ŕ'..='ř' => one('r'),
        'Ś'..='š' | 'Ș' | 'ș' => one('s'),
        'Ţ'..='ŧ' | 'Ț' | 'ț' => one('t'),
        'Ù'..='Ü' | 'ù'..='ü' | 'Ũ'..='ų' | 'Ư' | 'ư' | 'Ụ'..='ự' => one('u'),
        'Ŵ' | 'ŵ' => one('w'),
        'Ý' | 'ý' | 'ÿ' | 'Ŷ'..='Ÿ' | 'Ỳ'..='ỹ' => one('y'),
        'Ź'..='ž' => one('z'),
        // Full-width Latin.
        '\u{ff21}'..='\u{ff3a}' => one(moved(c, 0xff21, 'a')),
        '\u{ff41}'..='\u{ff5a}' => one(moved(c, 0xff41, 'a')),
        // Greek with tonos, Cyrillic yo, Arabic alef forms.
        'ά' | 'Ά' => one('α'),
        'έ' | 'Έ' => one('ε'),
        'ή' | 'Ή' => one('η'),
        'ί' | 'Ί' | 'ϊ' | 'ΐ' => one('ι'),
        'ό' | 'Ό' => one('ο'),
        'ύ' | 'Ύ' | 'ϋ' | 'ΰ' => one('υ'),
        'ώ' | 'Ώ' => one('ω'),
        'ς' => one('σ'),
        'ё' | 'Ё' => one('е'),
        'أ' | 'إ' | 'آ' => one('ا'),
        'ى' => one('ي'),
        '’' | '‘' | 'ʼ' | '´' => one('\''),
        _ => {
            let mut small = c.to_lowercase();
            Some(Folded { first: small.next().unwrap_or(c), second: small.next() })
        }
    }
}

fn moved(c: char, from: u32, to: char) -> char {
    char::from_u32(u32::from(c) - from + u32::from(to)).unwrap_or(c)
}
