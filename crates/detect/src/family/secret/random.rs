//! Whether signs look drawn by lot, and the checksums that vendors put into their keys.

/// Digits among letters, and not the same few signs again and again.
pub(super) fn is_random(body: &[u8]) -> bool {
    let mixed = body.len() > 30 || body.iter().any(u8::is_ascii_digit);
    mixed && entropy(body) >= 2.3
}

/// The Shannon entropy of the bytes, in bits a byte.
pub(super) fn entropy(body: &[u8]) -> f32 {
    let mut counts = [0u16; 256];
    let body = &body[..body.len().min(1024)];
    for byte in body {
        counts[usize::from(*byte)] += 1;
    }
    let whole = body.len() as f32;
    counts
        .iter()
        .filter(|count| **count > 0)
        .map(|count| f32::from(*count) / whole)
        .map(|share| -share * share.log2())
        .sum()
}

/// Whether the last six signs are the CRC-32 (IEEE 802.3) of the ones before in base 62, as GitHub and npm
/// document it.
pub(super) fn crc32_base62(body: &[u8]) -> bool {
    const SIGNS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    let Some((random, check)) = body.split_last_chunk::<6>() else { return false };
    let mut rest = crc32(random);
    check.iter().rev().all(|sign| {
        let right = SIGNS[(rest % 62) as usize];
        rest /= 62;
        right == *sign
    })
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |mut crc, byte| {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 };
        }
        crc
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_value_of_the_standard_comes_out() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
    }

    #[test]
    fn a_changed_sign_is_noticed() {
        let body = "zQWBuTSOoRi4A9spHcVY5ncnsDkxkJ".to_owned() + "0mLq17";
        assert!(crc32_base62(body.as_bytes()));
        assert!(!crc32_base62(body.replace("Oo", "oO").as_bytes()));
        assert!(!crc32_base62(b"short"));
    }

    #[test]
    fn placeholders_are_not_random() {
        assert!(!is_random(b"xxxxxxxxxxxxxxxxxxxxxxxx"));
        assert!(!is_random(b"your_api_key_goes_here"));
        assert!(!is_random(b"00000000000000000000"));
        assert!(is_random(b"4eC39HqLyjWDarjtT1zdp7dc"));
    }
}
