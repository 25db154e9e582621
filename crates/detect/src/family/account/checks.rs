//! The check digits of national account numbers; all take ASCII digits.

fn value(digit: u8) -> u32 {
    u32::from(digit - b'0')
}

/// The sum of the digits, each times its weight; the weights begin again at their end.
fn weighted(digits: &[u8], weights: &[u32]) -> u32 {
    digits.iter().zip(weights.iter().cycle()).map(|(digit, weight)| value(*digit) * weight).sum()
}

fn modulo_97(digits: impl IntoIterator<Item = u8>) -> u32 {
    digits.into_iter().fold(0, |rest, digit| (rest * 10 + value(digit)) % 97)
}

/// United States: nine digits of the American Bankers Association, weights 3-7-1, in a range that is given out.
pub(super) fn routing(digits: &[u8]) -> bool {
    let prefix = value(digits[0]) * 10 + value(digits[1]);
    digits.len() == 9
        && matches!(prefix, 0..=12 | 21..=32 | 61..=72 | 80)
        && digits.iter().any(|d| *d != b'0')
        && weighted(digits, &[3, 7, 1]).is_multiple_of(10)
}

/// Mexico: 18 digits of the CLABE, weights 3-7-1 with each product modulo ten.
pub(super) fn clabe(digits: &[u8]) -> bool {
    let sum: u32 =
        digits[..17].iter().zip([3, 7, 1].iter().cycle()).map(|(d, weight)| value(*d) * weight % 10).sum();
    digits.len() == 18 && (10 - sum % 10) % 10 == value(digits[17])
}

/// Argentina: 22 digits of the CBU, bank and branch with a check digit, account with another.
pub(super) fn cbu(digits: &[u8]) -> bool {
    let right = |part: &[u8], weights: &[u32]| {
        let (body, check) = part.split_at(part.len() - 1);
        (10 - weighted(body, weights) % 10) % 10 == value(check[0])
    };
    digits.len() == 22
        && right(&digits[..8], &[7, 1, 3, 9, 7, 1, 3])
        && right(&digits[8..], &[3, 9, 7, 1, 3, 9, 7, 1, 3, 9, 7, 1, 3])
}

/// Spain: 20 digits of the Código Cuenta Cliente, two check digits modulo 11.
pub(super) fn spanish(digits: &[u8]) -> bool {
    let check = |part: &[u8], weights: &[u32]| match 11 - weighted(part, weights) % 11 {
        10 => 1,
        11 => 0,
        other => other,
    };
    digits.len() == 20
        && check(&digits[..8], &[4, 8, 5, 10, 9, 7, 3, 6]) == value(digits[8])
        && check(&digits[10..], &[1, 2, 4, 8, 5, 10, 9, 7, 3, 6]) == value(digits[9])
        && digits.iter().any(|d| *d != digits[0])
}

/// Poland: 26 digits, the check digits of the IBAN in front.
pub(super) fn polish(digits: &[u8]) -> bool {
    // "PL" is 2521 in digits, and moves behind with the check digits.
    let moved = digits[2..].iter().chain(b"2521").chain(&digits[..2]);
    digits.len() == 26 && modulo_97(moved.copied()) == 1
}

/// Portugal: the 21 digits of the NIB, whose last two are check digits modulo 97.
pub(super) fn portuguese(digits: &[u8]) -> bool {
    digits.len() == 21 && modulo_97(digits.iter().copied()) == 1
}

/// France: 23 signs of the relevé d'identité bancaire; letters of the account count as digits.
pub(super) fn french(signs: &[u8]) -> bool {
    let digit = |sign: &u8| match sign.to_ascii_uppercase() {
        letter @ b'A'..=b'I' => letter - b'A' + b'1',
        letter @ b'J'..=b'R' => letter - b'J' + b'1',
        letter @ b'S'..=b'Z' => letter - b'S' + b'2',
        digit => digit,
    };
    signs.len() == 23
        && signs[..10].iter().chain(&signs[21..]).all(u8::is_ascii_digit)
        && signs.iter().any(|sign| *sign != signs[0])
        && modulo_97(signs.iter().map(digit)) == 0
}

/// Belgium: twelve digits, the last two the others modulo 97, with 97 for zero.
pub(super) fn belgian(digits: &[u8]) -> bool {
    let check = value(digits[10]) * 10 + value(digits[11]);
    let rest = modulo_97(digits[..10].iter().copied());
    digits.len() == 12 && check == if rest == 0 { 97 } else { rest }
}

/// The Netherlands: nine or ten digits, the sum of each times its place a multiple of eleven.
pub(super) fn dutch(digits: &[u8]) -> bool {
    let sum: u32 = digits.iter().rev().zip(1..).map(|(digit, place)| value(*digit) * place).sum();
    matches!(digits.len(), 9 | 10) && sum.is_multiple_of(11) && sum > 0
}

/// Norway: eleven digits, modulo 11.
pub(super) fn norwegian(digits: &[u8]) -> bool {
    digits.len() == 11
        && weighted(digits, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11)
        && digits.iter().any(|d| *d != b'0')
}

/// Czechia and Slovakia: prefix and number, each modulo 11 from the right.
pub(super) fn czech(digits: &[u8]) -> bool {
    const WEIGHTS: [u32; 10] = [1, 2, 4, 8, 5, 10, 9, 7, 3, 6];
    let sum: u32 = digits.iter().rev().zip(WEIGHTS).map(|(digit, weight)| value(*digit) * weight).sum();
    (2..=10).contains(&digits.len()) && sum.is_multiple_of(11) && sum > 0
}

/// Hungary: 16 or 24 digits in groups of eight, weights 9-7-3-1 over the first and over the rest.
pub(super) fn hungarian(digits: &[u8]) -> bool {
    let right = |part: &[u8]| weighted(part, &[9, 7, 3, 1]).is_multiple_of(10);
    matches!(digits.len(), 16 | 24)
        && right(&digits[..8])
        && right(&digits[8..])
        && digits[..8].iter().any(|d| *d != b'0')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Every check with a number of the documentation, and with its last digit changed.
    #[test]
    fn a_changed_digit_is_noticed_everywhere() {
        type Check = fn(&[u8]) -> bool;
        let numbers: &[(Check, &str)] = &[
            (routing, "021000021"),
            (clabe, "032180000118359719"),
            (cbu, "0170099243195545904540"),
            (spanish, "21000418450200051332"),
            (polish, "61109010140000071219812874"),
            (french, "20041010050500013M02606"),
            (belgian, "539007547034"),
            (dutch, "417164300"),
            (norwegian, "86011117947"),
            (czech, "2000145399"),
            (hungarian, "117730161111101800000000"),
        ];
        for (check, number) in numbers {
            assert!(check(number.as_bytes()), "{number}");
            let (start, last) = number.split_at(number.len() - 1);
            let changed = format!("{start}{}", (last.as_bytes()[0] - b'0' + 1) % 10);
            assert!(!check(changed.as_bytes()), "{changed}");
        }
    }
}
