//! Letters outside the Latin script, compared as people write them: without case, accents and signs for vowels.

use crate::characters::is_mark;

/// A letter as it is compared: small, Greek without accents, Arabic without the signs on its alif, ё as е.
pub(crate) fn fold(c: char) -> char {
    match c {
        'ё' | 'Ё' => 'е',
        'Ѐ'..='Џ' => char::from_u32(c as u32 + 0x50).unwrap_or(c),
        'Ґ' => 'ґ',
        'ά' | 'Ά' | 'Α' => 'α',
        'έ' | 'Έ' | 'Ε' => 'ε',
        'ή' | 'Ή' | 'Η' => 'η',
        'ί' | 'Ί' | 'ϊ' | 'ΐ' | 'Ι' => 'ι',
        'ό' | 'Ό' | 'Ο' => 'ο',
        'ύ' | 'Ύ' | 'ϋ' | 'ΰ' | 'Υ' => 'υ',
        'ώ' | 'Ώ' | 'Ω' => 'ω',
        'ς' => 'σ',
        'А'..='Я' | 'Α'..='Ω' => char::from_u32(c as u32 + 0x20).unwrap_or(c),
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' | 'ی' => 'ي',
        'ة' => 'ه',
        'ک' => 'ك',
        'ँ' => 'ं',
        _ => c,
    }
}

/// Whether a character is passed over: a vowel sign of Hebrew or Arabic, the stroke that only stretches a word, the dot
/// below of Devanagari, and what nobody sees.
pub(crate) fn is_dropped(c: char) -> bool {
    is_mark(c) || matches!(c, 'ـ' | '\u{93C}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

/// Whether a character is a letter of a script that writes spaces between words.
pub(crate) const fn is_spaced(c: char) -> bool {
    matches!(c as u32,
        0x370..=0x3FF | 0x400..=0x52F | 0x5D0..=0x5F2 | 0x620..=0x64A | 0x66E..=0x6D3 | 0x6FA..=0x6FF
        | 0x900..=0x963 | 0x970..=0xDFF | 0x1F00..=0x1FFF)
}

/// Whether a letter may be a small word that is written together with the next one: "and", "the", "in".
pub(crate) const fn is_prefix(c: char) -> bool {
    matches!(c, 'و' | 'ف' | 'ب' | 'ل' | 'ك' | 'ا' | 'ה' | 'ו' | 'ב' | 'ל' | 'מ' | 'ש' | 'כ')
}
