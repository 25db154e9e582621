//! A card is found in whatever digits, spaces and invisible signs it is written, and spans agree in all units.

use aside_detect::{
    Detector,
    offsets::{Unit, convert},
};
use std::sync::LazyLock;

static DETECTOR: LazyLock<Detector> = LazyLock::new(Detector::new);

/// Where the digits zero of some scripts are.
const ZEROS: [u32; 8] =
    ['0' as u32, '０' as u32, '٠' as u32, '०' as u32, 0x1D7CE, 0x1D7F6, '๐' as u32, 0x1FBF0];
const BETWEEN: [&str; 8] =
    ["", "\u{200b}", "\u{2060}", "\u{ad}", "\u{336}", "\u{fe0f}\u{20e3}", "\u{202d}", ""];
const GAPS: [&str; 8] = [" ", "-", "\u{a0}", "\u{2009}", ".", "_", "–", "\n"];

pub(crate) fn holds(data: &[u8]) {
    let Some((choice, rest)) = data.split_at_checked(17) else { return };
    let gap = GAPS[usize::from(choice[16] % 8)];
    let mut card = String::new();
    for (i, digit) in "4111111111111111".bytes().enumerate() {
        if i > 0 && i % 4 == 0 {
            card += gap;
        }
        let zero = ZEROS[usize::from(choice[i] & 7)];
        card.extend(char::from_u32(zero + u32::from(digit - b'0')));
        card += BETWEEN[usize::from(choice[i] >> 3 & 7)];
    }
    let text = format!("my card is {card}");
    let findings = DETECTOR.detect(&text);
    assert_eq!(findings.iter().map(|finding| finding.kind).collect::<Vec<_>>(), ["card"], "{text:?}");
    assert_eq!(findings[0].start, 11);

    let text = format!("{}\n\n{text}", String::from_utf8_lossy(rest));
    let findings = DETECTOR.detect(&text);
    let (chars, utf16) = (convert(&text, &findings, Unit::Chars), convert(&text, &findings, Unit::Utf16));
    let units: Vec<u16> = text.encode_utf16().collect();
    for ((finding, chars), utf16) in findings.iter().zip(chars).zip(utf16) {
        let value = &text[finding.start..finding.end];
        assert!(value.chars().eq(text.chars().skip(chars.start).take(chars.len())));
        assert_eq!(String::from_utf16_lossy(&units[utf16]), value);
    }
}
