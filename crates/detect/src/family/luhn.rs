/// Whether ASCII digits carry a right Luhn check digit (ISO/IEC 7812-1, annex B).
pub(super) fn is_right(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(i, digit)| {
            let value = u32::from(digit - b'0');
            if i % 2 == 0 { value } else { value * 2 / 10 + value * 2 % 10 }
        })
        .sum();
    sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_changed_digit_is_noticed() {
        assert!(is_right(b"4111111111111111"));
        assert!(!is_right(b"4111111111111112"));
        assert!(is_right(b"378282246310005"));
    }
}
