//! Business identifier codes (ISO 9362) and Indian Financial System Codes.

/// The countries' codes of ISO 3166-1, and Kosovo's.
const COUNTRIES: &[u8] = b"ADAEAFAGAIALAMAOARATAUAWAZBABBBDBEBFBGBHBIBJBMBNBOBRBSBTBWBYBZCACDCFCGCHCICKCLCMCNCOCRCUCVCWCYCZ\
DEDJDKDMDODZECEEEGERESETFIFJFKFMFOFRGAGBGDGEGFGGGHGIGLGMGNGPGQGRGTGUGWGYHKHNHRHTHUIDIEILIMINIQIRISITJEJMJOJPKEKGKHKIKM\
KNKPKRKWKYKZLALBLCLILKLRLSLTLULVLYMAMCMDMEMGMHMKMLMMMNMOMQMRMSMTMUMVMWMXMYMZNANCNENGNINLNONPNRNZOMPAPEPFPGPHPKPLPMPRPS\
PTPWPYQARERORSRURWSASBSCSDSESGSHSISKSLSMSNSOSRSSSTSVSXSYSZTCTDTGTHTJTLTMTNTOTRTTTVTWTZUAUGUSUYUZVAVCVEVGVIVNVUWFWSXKYE\
YTZAZMZW";

/// Four letters for the bank, two for the country, two signs for the place, and three for the branch or none; in
/// capitals, since eight letters are many a word.
pub(in crate::family) fn is_bic(signs: &[u8]) -> bool {
    matches!(signs.len(), 8 | 11)
        && signs[..6].iter().all(u8::is_ascii_uppercase)
        && signs[6..].iter().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
        && COUNTRIES.chunks_exact(2).any(|country| country == &signs[4..6])
}

/// Four letters for the bank, a zero, six signs for the branch.
pub(super) fn is_ifsc(signs: &[u8]) -> bool {
    signs.len() == 11
        && signs[..4].iter().all(u8::is_ascii_alphabetic)
        && signs[4] == b'0'
        && signs[5..].iter().all(u8::is_ascii_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_known_by_their_parts() {
        assert!(is_bic(b"COBADEFFXXX") && is_bic(b"DEUTDEFF"));
        assert!(!is_bic(b"TRANSFER") && !is_bic(b"deutdeff") && !is_bic(b"DEUTDEF"));
        assert!(is_ifsc(b"SBIN0001234") && !is_ifsc(b"SBIN1001234"));
        assert_eq!(COUNTRIES.len() % 2, 0);
        assert!(COUNTRIES.chunks_exact(2).is_sorted());
    }
}
