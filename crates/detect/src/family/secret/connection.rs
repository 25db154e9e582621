//! Addresses with a password in them: `postgres://user:password@host/name` (RFC 3986, 3.2.1).

const LONGEST: usize = 512;

/// The address around `://` at `at`, where it names a user and a password.
pub(super) fn find(bytes: &[u8], at: usize) -> Option<(usize, usize)> {
    let in_scheme = |b: &&u8| b.is_ascii_alphanumeric() || matches!(**b, b'+' | b'-' | b'.');
    let start = at - bytes[..at].iter().rev().take(24).take_while(in_scheme).count();
    if at - start < 2 || !bytes[start].is_ascii_alphabetic() {
        return None;
    }
    let user = at + 3;
    let in_user = |b: &&u8| b.is_ascii_graphic() && !matches!(**b, b'/' | b'?' | b'"' | b'<' | b'>' | b'\'');
    let authority = user + bytes[user..].iter().take(LONGEST).take_while(in_user).count();
    let sign = user + bytes[user..authority].iter().rposition(|b| *b == b'@')?;
    let colon = user + bytes[user..sign].iter().position(|b| *b == b':')?;
    let password = &bytes[colon + 1..sign];
    let hidden = password.iter().all(|b| matches!(b, b'*' | b'x' | b'X' | b'.' | b'#'));
    let host = bytes.get(sign + 1).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'[');
    if password.is_empty() || hidden || !host || matches!(password[0], b'$' | b'{' | b'%') {
        return None;
    }
    let in_address = |b: &&u8| b.is_ascii_graphic() && !matches!(**b, b'"' | b'<' | b'>' | b'\'' | b'`');
    let mut end = sign + 1 + bytes[sign + 1..].iter().take(LONGEST).take_while(in_address).count();
    while matches!(bytes[end - 1], b'.' | b',' | b';' | b':' | b'!' | b'?' | b')' | b']') {
        end -= 1;
    }
    Some((start, end))
}
