//! Bech32 and bech32m (BIP-173, BIP-350) and Bitcoin Cash's variant of them.

const SIGNS: &[u8; 32] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";

/// Human-readable part and kind.
const COINS: &[(&[u8], &str)] = &[
    (b"bc", "btc"),
    (b"tb", "btc"),
    (b"ltc", "ltc"),
    (b"addr", "ada"),
    (b"stake", "ada"),
    (b"cosmos", "atom"),
    (b"osmo", "atom"),
];

const BECH32: u32 = 1;
const BECH32M: u32 = 0x2BC8_30A3;

fn value(sign: u8) -> Option<u8> {
    let sign = sign.to_ascii_lowercase();
    SIGNS.iter().position(|s| *s == sign).map(|i| i as u8)
}

fn one_case(word: &[u8]) -> bool {
    !(word.iter().any(u8::is_ascii_lowercase) && word.iter().any(u8::is_ascii_uppercase))
}

fn polymod(check: u32, value: u8) -> u32 {
    const GENERATOR: [u32; 5] = [0x3B6A_57B2, 0x2650_8E6D, 0x1EA1_19FA, 0x3D42_33DD, 0x2A14_62B3];
    let top = check >> 25;
    let next = (check & 0x01FF_FFFF) << 5 ^ u32::from(value);
    GENERATOR.iter().enumerate().fold(next, |sum, (i, g)| if top >> i & 1 == 1 { sum ^ g } else { sum })
}

/// The kind of a word that has a coin's human-readable part and a right checksum.
pub(super) fn kind(word: &[u8]) -> Option<&'static str> {
    let (part, kind) = COINS.iter().find(|(part, _)| {
        word.len() > part.len() && word[..part.len()].eq_ignore_ascii_case(part) && word[part.len()] == b'1'
    })?;
    if !one_case(word) {
        return None;
    }
    let mut check = part.iter().fold(1, |check, sign| polymod(check, sign >> 5));
    check = polymod(check, 0);
    check = part.iter().fold(check, |check, sign| polymod(check, sign & 31));
    for sign in &word[part.len() + 1..] {
        check = polymod(check, value(*sign)?);
    }
    matches!(check, BECH32 | BECH32M).then_some(*kind)
}

/// A Bitcoin Cash address without its prefix, which the checksum covers all the same.
pub(super) fn is_cash_address(word: &[u8]) -> bool {
    const GENERATOR: [u64; 5] =
        [0x98_F2BC_8E61, 0x79_B76D_99E2, 0xF3_3E5F_B3C4, 0xAE_2EAB_E2A8, 0x1E_4F43_E470];
    let step = |check: u64, value: u8| {
        let top = check >> 35;
        let next = (check & 0x07_FFFF_FFFF) << 5 ^ u64::from(value);
        GENERATOR.iter().enumerate().fold(next, |sum, (i, g)| if top >> i & 1 == 1 { sum ^ g } else { sum })
    };
    if !one_case(word) {
        return false;
    }
    let mut check = b"bitcoincash".iter().fold(1, |check, sign| step(check, sign & 31));
    check = step(check, 0);
    for sign in word {
        let Some(value) = value(*sign) else { return false };
        check = step(check, value);
    }
    check ^ 1 == 0
}
