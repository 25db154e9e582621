//! Letters of other scripts that look like Latin ones, put among Latin ones.
//!
//! "аnna@exаmple.com" with Cyrillic "а" is meant to look like "anna@example.com". Only words that also have a Latin
//! letter, or hang together with one by the signs of addresses, are read so; real Cyrillic and Greek words
//! keep their letters.

use crate::folded::OTHER_LETTER;

/// The Latin letter that the character cannot be told from.
const fn twin(c: char) -> Option<u8> {
    Some(match c {
        'а' | 'α' => b'a',
        'Ь' => b'b',
        'с' | 'ϲ' | 'ҫ' => b'c',
        'ԁ' => b'd',
        'е' | 'ё' | 'ҽ' | 'є' | 'ε' => b'e',
        'һ' | 'հ' => b'h',
        'і' | 'ї' | 'ι' => b'i',
        'ј' | 'ϳ' => b'j',
        'к' | 'κ' => b'k',
        'ӏ' => b'l',
        'м' => b'm',
        'п' | 'η' | 'ո' => b'n',
        'о' | 'ο' | 'օ' | 'σ' => b'o',
        'р' | 'ρ' => b'p',
        'ԛ' | 'զ' => b'q',
        'г' => b'r',
        'ѕ' => b's',
        'т' | 'τ' => b't',
        'υ' | 'ս' => b'u',
        'ν' | 'ѵ' => b'v',
        'ԝ' | 'ω' | 'ѡ' => b'w',
        'х' | 'χ' => b'x',
        'у' | 'γ' | 'ү' => b'y',
        'А' | 'Α' => b'A',
        'В' | 'Β' => b'B',
        'С' | 'Ϲ' => b'C',
        'Е' | 'Ё' | 'Ε' => b'E',
        'Н' | 'Η' => b'H',
        'І' | 'Ӏ' | 'Ι' => b'I',
        'Ј' => b'J',
        'К' | 'Κ' => b'K',
        'М' | 'Μ' => b'M',
        'Ν' => b'N',
        'О' | 'Ο' => b'O',
        'Р' | 'Ρ' => b'P',
        'Ѕ' => b'S',
        'Т' | 'Τ' => b'T',
        'Ԝ' => b'W',
        'Х' | 'Χ' => b'X',
        'У' | 'Υ' | 'Ү' => b'Y',
        'Ζ' => b'Z',
        _ => return None,
    })
}

const fn is_chained(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, OTHER_LETTER | b'.' | b'@' | b'-' | b'_' | b'+')
}

/// Reads look-alikes in the folded text as the Latin letters that they imitate; `starts` says where each byte's
/// character stands in `text`. One pass.
pub(crate) fn read_as_latin(text: &str, bytes: &mut [u8], starts: &[u32]) {
    let mut done = 0;
    while let Some(step) = memchr::memchr(OTHER_LETTER, &bytes[done..]) {
        let at = done + step;
        let from = at - bytes[done..at].iter().rev().take_while(|b| is_chained(**b)).count();
        done = at + bytes[at..].iter().take_while(|b| is_chained(**b)).count();
        if !bytes[from..done].iter().any(u8::is_ascii_alphabetic) {
            continue;
        }
        let mut label = from;
        while label < done {
            let len = bytes[label..done]
                .iter()
                .take_while(|b| b.is_ascii_alphanumeric() || **b == OTHER_LETTER)
                .count();
            read_label(text, &mut bytes[label..label + len], &starts[label..label + len]);
            label += len + 1;
        }
    }
}

/// Either all of a word's foreign letters have a twin, or none is replaced.
fn read_label(text: &str, label: &mut [u8], starts: &[u32]) {
    let twin_at = |start: u32| text.get(start as usize..)?.chars().next().and_then(twin);
    let foreign = |byte: u8| byte == OTHER_LETTER;
    if label.iter().zip(starts).all(|(byte, start)| !foreign(*byte) || twin_at(*start).is_some()) {
        for (byte, start) in label.iter_mut().zip(starts) {
            if foreign(*byte) {
                *byte = twin_at(*start).unwrap_or(OTHER_LETTER);
            }
        }
    }
}
