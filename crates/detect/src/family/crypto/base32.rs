//! Stellar's keys: base32 (RFC 4648) of a version, 32 bytes and a CRC-16.

/// Whether the 56 signs carry this version byte and a right checksum.
pub(super) fn is_stellar(word: &[u8], version: u8) -> bool {
    let mut bytes = [0u8; 35];
    let (mut buffer, mut bits, mut length) = (0u32, 0, 0);
    for sign in word {
        let value = match sign {
            b'A'..=b'Z' => sign - b'A',
            b'2'..=b'7' => sign - b'2' + 26,
            _ => return false,
        };
        buffer = buffer << 5 | u32::from(value);
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes[length] = (buffer >> bits & 0xFF) as u8;
            length += 1;
        }
    }
    let check = crc16(&bytes[..33]).to_le_bytes();
    length == 35 && bytes[0] == version && bytes[33..] == check
}

/// CRC-16/XMODEM.
fn crc16(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0, |crc, byte| {
        (0..8).fold(
            crc ^ u16::from(*byte) << 8,
            |crc, _| if crc & 0x8000 == 0 { crc << 1 } else { crc << 1 ^ 0x1021 },
        )
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_check_value_of_the_standard_comes_out() {
        assert_eq!(super::crc16(b"123456789"), 0x31C3);
    }
}
