//! How single characters fold: the tables behind [`crate::folded`].
//!
//! What European, Arabic and Hebrew writing needs (U+0080 to U+07FF), and the signs of general punctuation,
//! are read from tables made at compile time; everything else is computed.

use crate::folded::{OTHER, OTHER_LETTER};

/// The fold of what nobody sees, or what only decorates the character before. Nothing else folds to it.
pub(crate) const DROP: u8 = 0;

/// The zeros of the decimal digits of other scripts from U+0800 on (Unicode 16, general category Nd), in order.
const ZEROS: &[u32] = &[
    0x0966, 0x09E6, 0x0A66, 0x0AE6, 0x0B66, 0x0BE6, 0x0C66, 0x0CE6, 0x0D66, 0x0DE6, 0x0E50, 0x0ED0, 0x0F20,
    0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620,
    0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10, 0x104A0, 0x10D30, 0x10D40, 0x11066, 0x110F0,
    0x11136, 0x111D0, 0x112F0, 0x11450, 0x114D0, 0x11650, 0x116C0, 0x116D0, 0x116DA, 0x11730, 0x118E0,
    0x11950, 0x11BF0, 0x11C50, 0x11D50, 0x11DA0, 0x11DE0, 0x11F50, 0x16130, 0x16A60, 0x16AC0, 0x16B50,
    0x16D70, 0x1CCF0, 0x1E140, 0x1E2F0, 0x1E4F0, 0x1E5F1, 0x1E950, 0x1FBF0,
];

/// The value of a digit from U+0800 on, also raised, lowered, circled, in parentheses, with a full stop or
/// comma, and mathematical.
fn digit(code: u32) -> Option<u8> {
    let value = match code {
        0x2070 | 0x2074..=0x2079 => code - 0x2070,
        0x2080..=0x2089 => code - 0x2080,
        0x2460..=0x2468 => code - 0x245F,
        0x2474..=0x247C => code - 0x2473,
        0x2488..=0x2490 => code - 0x2487,
        0x24EA | 0x24FF | 0x1F100 | 0x1F10B | 0x1F10C => 0,
        0x24F5..=0x24FD => code - 0x24F4,
        0x2776..=0x277E => code - 0x2775,
        0x2780..=0x2788 => code - 0x277F,
        0x278A..=0x2792 => code - 0x2789,
        0x1D7CE..=0x1D7FF => (code - 0x1D7CE) % 10,
        0x1F101..=0x1F10A => code - 0x1F101,
        _ => {
            let after = ZEROS.partition_point(|zero| *zero <= code);
            let value = code - ZEROS.get(after.checked_sub(1)?)?;
            (value < 10).then_some(value)?
        }
    };
    Some(b'0' + value as u8)
}

/// Whether the character belongs to the one before it: accents, variation selectors, keycaps.
pub(crate) const fn is_mark(c: char) -> bool {
    matches!(c as u32,
        0x0300..=0x036F | 0x0483..=0x0489 | 0x0591..=0x05BD | 0x0610..=0x061A | 0x064B..=0x065F | 0x1AB0..=0x1AFF
        | 0x1DC0..=0x1DFF | 0x20D0..=0x20FF | 0xFE00..=0xFE0F | 0xFE20..=0xFE2F | 0xE0100..=0xE01EF)
}

const fn is_invisible(code: u32) -> bool {
    matches!(code,
        0xAD | 0x034F | 0x061C | 0x115F..=0x1160 | 0x17B4..=0x17B5 | 0x180B..=0x180E | 0x200B..=0x200F
        | 0x202A..=0x202E | 0x2060..=0x206F | 0x3164 | 0xFEFF | 0xFFA0 | 0xFFF9..=0xFFFB | 0x1D173..=0x1D17A
        | 0xE0000..=0xE007F)
}

/// The base letter of an accented Latin letter, lower case. Letters of two kinds become their first.
const fn latin(code: u32) -> Option<u8> {
    Some(match code {
        0xAA
        | 0xC0..=0xC6
        | 0xE0..=0xE6
        | 0x100..=0x105
        | 0x1CD
        | 0x1CE
        | 0x200..=0x203
        | 0x226
        | 0x227
        | 0x250
        | 0x251
        | 0x1E00
        | 0x1E01
        | 0x1E9A
        | 0x1EA0..=0x1EB7 => b'a',
        0x299 | 0x1E02..=0x1E07 => b'b',
        0xC7 | 0xE7 | 0x106..=0x10D | 0x1E08 | 0x1E09 => b'c',
        0xD0 | 0xF0 | 0x10E..=0x111 | 0x1E0A..=0x1E13 => b'd',
        0xC8..=0xCB
        | 0xE8..=0xEB
        | 0x112..=0x11B
        | 0x204..=0x207
        | 0x228
        | 0x229
        | 0x1E14..=0x1E1D
        | 0x1EB8..=0x1EC7 => b'e',
        0x1E1E | 0x1E1F => b'f',
        0x11C..=0x123 | 0x1E4..=0x1E7 | 0x1F4 | 0x1F5 | 0x261 | 0x262 | 0x1E20 | 0x1E21 => b'g',
        0x124..=0x127 | 0x21E | 0x21F | 0x29C | 0x1E22..=0x1E2B | 0x1E96 => b'h',
        0xCC..=0xCF
        | 0xEC..=0xEF
        | 0x128..=0x133
        | 0x1CF
        | 0x1D0
        | 0x208..=0x20B
        | 0x269
        | 0x26A
        | 0x1E2C..=0x1E2F
        | 0x1EC8..=0x1ECB => b'i',
        0x134 | 0x135 => b'j',
        0x136..=0x138 | 0x1E8 | 0x1E9 | 0x1E30..=0x1E35 => b'k',
        0x139..=0x142 | 0x29F | 0x1E36..=0x1E3D => b'l',
        0x1E3E..=0x1E43 => b'm',
        0xD1 | 0xF1 | 0x143..=0x14B | 0x1F8 | 0x1F9 | 0x274 | 0x1E44..=0x1E4B => b'n',
        0xBA
        | 0xD2..=0xD6
        | 0xD8
        | 0xF2..=0xF6
        | 0xF8
        | 0x14C..=0x153
        | 0x1A0
        | 0x1A1
        | 0x1D1
        | 0x1D2
        | 0x1EA..=0x1ED
        | 0x20C..=0x20F
        | 0x22A..=0x231
        | 0x1E4C..=0x1E53
        | 0x1ECC..=0x1EE3 => b'o',
        0x1E54..=0x1E57 => b'p',
        0x154..=0x159 | 0x210..=0x213 | 0x280 | 0x1E58..=0x1E5F => b'r',
        0xDF | 0x15A..=0x161 | 0x17F | 0x218 | 0x219 | 0x1E60..=0x1E69 | 0x1E9E => b's',
        0xDE | 0xFE | 0x162..=0x167 | 0x21A | 0x21B | 0x1E6A..=0x1E71 | 0x1E97 => b't',
        0xD9..=0xDC
        | 0xF9..=0xFC
        | 0x168..=0x173
        | 0x1AF
        | 0x1B0
        | 0x1D3..=0x1DC
        | 0x214..=0x217
        | 0x1E72..=0x1E7B
        | 0x1EE4..=0x1EF1 => b'u',
        0x1E7C..=0x1E7F => b'v',
        0x174 | 0x175 | 0x1E80..=0x1E89 | 0x1E98 => b'w',
        0x1E8A..=0x1E8D => b'x',
        0xDD
        | 0xFD
        | 0xFF
        | 0x176..=0x178
        | 0x232
        | 0x233
        | 0x28F
        | 0x1E8E
        | 0x1E8F
        | 0x1E99
        | 0x1EF2..=0x1EF9 => b'y',
        0x179..=0x17E | 0x1E90..=0x1E95 => b'z',
        _ => return None,
    })
}

/// Whether a letter that [`latin`] knows is a capital.
const fn is_capital(code: u32) -> bool {
    match code {
        0xC0..=0xDE | 0x178 | 0x1E9E => true,
        0x100..=0x137 | 0x14A..=0x177 | 0x1A0 | 0x1E4..=0x1ED | 0x1F4..=0x233 | 0x1E00..=0x1E95 => {
            code.is_multiple_of(2)
        }
        0x139..=0x148 | 0x179..=0x17E | 0x1AF | 0x1CD..=0x1DC => code % 2 == 1,
        0x1EA0..=0x1EFF => code.is_multiple_of(2),
        _ => false,
    }
}

/// Where letters lie between U+0080 and U+07FF (Unicode 16, property Alphabetic).
const fn is_near_letter(code: u32) -> bool {
    matches!(code,
        0xAA | 0xB5 | 0xBA | 0xC0..=0xD6 | 0xD8..=0xF6 | 0xF8..=0x2C1 | 0x2C6..=0x2D1 | 0x2E0..=0x2E4 | 0x2EC
        | 0x2EE | 0x370..=0x374 | 0x376..=0x377 | 0x37A..=0x37D | 0x37F | 0x386 | 0x388..=0x38A | 0x38C
        | 0x38E..=0x3A1 | 0x3A3..=0x3F5 | 0x3F7..=0x481 | 0x48A..=0x52F | 0x531..=0x556 | 0x559 | 0x560..=0x588
        | 0x5BF | 0x5C1..=0x5C2 | 0x5C4..=0x5C5 | 0x5C7 | 0x5D0..=0x5EA | 0x5EF..=0x5F2 | 0x620..=0x657
        | 0x659..=0x65F | 0x66E..=0x6D3 | 0x6D5..=0x6DC | 0x6E1..=0x6E8 | 0x6ED..=0x6EF | 0x6FA..=0x6FC | 0x6FF
        | 0x710..=0x73F | 0x74D..=0x7B1 | 0x7CA..=0x7EA | 0x7F4..=0x7F5 | 0x7FA)
}

/// Signs of every width and script that stand for one of ASCII.
const fn sign(code: u32) -> Option<u8> {
    Some(match code {
        0x85 | 0x2028 | 0x2029 => b'\n',
        0xA0 | 0x1680 | 0x2000..=0x200A | 0x202F | 0x205F | 0x2800 | 0x3000 => b' ',
        0x2010..=0x2015 | 0x2212 | 0x2043 | 0x2796 | 0xFE58 | 0xFE63 => b'-',
        0xB7 | 0x2022 | 0x2027 | 0x2217 | 0x22C5 | 0x25CF | 0x26AB | 0x2731 | 0x30FB | 0xFF65 => b'*',
        0x2024 | 0x3002 | 0xFE52 | 0xFF61 => b'.',
        0x3001 | 0xFE50 | 0x060C | 0xFF64 => b',',
        0x2236 | 0x02D0 | 0xFE55 => b':',
        0x2044 | 0x2215 => b'/',
        0x207A | 0x208A | 0x2795 | 0xFE62 => b'+',
        0xFE6B => b'@',
        0xFE5F | 0x2116 => b'#',
        0xB4 | 0x2018..=0x201B | 0x2032 => b'\'',
        0xAB | 0xBB | 0x201C..=0x201F | 0x2033 => b'"',
        0xFF01..=0xFF5E => (code - 0xFEE0) as u8,
        _ => return None,
    })
}

/// Latin letters in circles, squares and parentheses, small capitals, and those of mathematics.
const fn dressed(code: u32) -> Option<u8> {
    Some(match code {
        0x24B6..=0x24CF => b'A' + (code - 0x24B6) as u8,
        0x24D0..=0x24E9 => b'a' + (code - 0x24D0) as u8,
        0x249C..=0x24B5 => b'a' + (code - 0x249C) as u8,
        0x1F110..=0x1F129 => b'A' + (code - 0x1F110) as u8,
        0x1F130..=0x1F149 => b'A' + (code - 0x1F130) as u8,
        0x1F150..=0x1F169 => b'A' + (code - 0x1F150) as u8,
        0x1F170..=0x1F189 => b'A' + (code - 0x1F170) as u8,
        0x1D400..=0x1D6A3 => {
            let place = ((code - 0x1D400) % 52) as u8;
            if place < 26 { b'A' + place } else { b'a' + place - 26 }
        }
        // The holes in the blocks of mathematics, which have older places.
        0x2102 | 0x212D => b'C',
        0x210A => b'g',
        0x210B..=0x210D => b'H',
        0x210E => b'h',
        0x2110 | 0x2111 => b'I',
        0x2112 => b'L',
        0x2113 => b'l',
        0x2115 => b'N',
        0x2119 => b'P',
        0x211A => b'Q',
        0x211B..=0x211D => b'R',
        0x2124 | 0x2128 => b'Z',
        0x212C => b'B',
        0x2130 => b'E',
        0x2131 => b'F',
        0x2133 => b'M',
        0x2139 => b'i',
        0x1D00 => b'a',
        0x1D04 => b'c',
        0x1D05 => b'd',
        0x1D07 | 0x212F => b'e',
        0x1D0A => b'j',
        0x1D0B => b'k',
        0x1D0D => b'm',
        0x1D0F | 0x2134 => b'o',
        0x1D18 => b'p',
        0x1D1B => b't',
        0x1D1C => b'u',
        0x1D20 => b'v',
        0x1D21 => b'w',
        0x1D22 => b'z',
        0xA730 => b'f',
        0xA731 => b's',
        _ => return None,
    })
}

/// What of a character's fold needs no knowledge of what letters are.
const fn known(code: u32) -> Option<u8> {
    if let Some(letter) = latin(code) {
        return Some(if is_capital(code) { letter.to_ascii_uppercase() } else { letter });
    }
    sign(code)
}

/// The folds of U+0080 to U+07FF.
static NEAR: [u8; 0x780] = {
    let mut table = [OTHER; 0x780];
    let mut code = 0x80;
    while code < 0x800 {
        table[code as usize - 0x80] = match code {
            0xB2 | 0xB3 => b'0' + (code - 0xB0) as u8,
            0xB9 => b'1',
            0x660..=0x669 => b'0' + (code - 0x660) as u8,
            0x6F0..=0x6F9 => b'0' + (code - 0x6F0) as u8,
            0x7C0..=0x7C9 => b'0' + (code - 0x7C0) as u8,
            _ => match char::from_u32(code) {
                Some(c) if is_mark(c) || is_invisible(code) => DROP,
                _ => match known(code) {
                    Some(byte) => byte,
                    None if is_near_letter(code) => OTHER_LETTER,
                    None => OTHER,
                },
            },
        };
        code += 1;
    }
    table
};

/// The folds of U+2000 to U+206F, general punctuation.
static PUNCTUATION: [u8; 0x70] = {
    let mut table = [OTHER; 0x70];
    let mut code = 0x2000;
    while code < 0x2070 {
        table[code as usize - 0x2000] = match known(code) {
            Some(byte) => byte,
            None if is_invisible(code) => DROP,
            None => OTHER,
        };
        code += 1;
    }
    table
};

/// The fold of a character from U+0080 to U+07FF.
pub(crate) fn fold_near(code: u32) -> u8 {
    NEAR[(code as usize - 0x80).min(NEAR.len() - 1)]
}

/// The fold of a character from U+0800 on.
pub(crate) fn fold_far(c: char) -> u8 {
    let code = c as u32;
    match code {
        0x2000..=0x206F => PUNCTUATION[code as usize - 0x2000],
        // Most of what is written east of India.
        0x3041..=0x3096 | 0x30A1..=0x30FA | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xAC00..=0xD7A3 => {
            OTHER_LETTER
        }
        // Most of what is drawn.
        0x1F1E6..=0x1FAFF => OTHER,
        _ if is_mark(c) || is_invisible(code) => DROP,
        _ => {
            let known = known(code).or_else(|| dressed(code)).or_else(|| digit(code));
            known.unwrap_or(if c.is_alphabetic() { OTHER_LETTER } else { OTHER })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_stay_capitals_and_letters_letters() {
        for c in (0x80..0x2000).filter_map(char::from_u32) {
            if latin(c as u32).is_some() {
                assert_eq!(is_capital(c as u32), c.is_uppercase(), "{c} {:x}", c as u32);
            }
        }
        for c in (0x80..0x800).filter_map(char::from_u32) {
            let fold = fold_near(c as u32);
            assert_eq!(
                fold == OTHER_LETTER || fold.is_ascii_alphabetic(),
                c.is_alphabetic() && !is_mark(c) && sign(c as u32).is_none(),
                "{c} {:x}",
                c as u32
            );
        }
    }

    #[test]
    fn every_decimal_digit_has_its_value() {
        assert!(ZEROS.is_sorted());
        for zero in ZEROS {
            for value in 0..10 {
                let c = char::from_u32(zero + value).unwrap();
                assert!(c.is_numeric());
                assert_eq!(fold_far(c), b'0' + value as u8, "{:x}", zero + value);
            }
        }
    }

    #[test]
    fn no_character_but_an_ascii_one_folds_to_what_controls() {
        for c in (0x80..0x11_0000).filter_map(char::from_u32) {
            let fold = if (c as u32) < 0x800 { fold_near(c as u32) } else { fold_far(c) };
            let plain = fold == DROP || fold == b'\n' || (b' '..=b'~').contains(&fold);
            assert!(plain || matches!(fold, OTHER | OTHER_LETTER), "{:x} folds to {fold:x}", c as u32);
        }
    }
}
