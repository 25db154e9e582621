//! Private key blocks and web tokens.

/// Three to five parts of base64url with dots between them; the first begins like JSON (RFC 7519), and so does
/// the second of a signed one.
pub(super) fn web_token(bytes: &[u8], start: usize) -> Option<usize> {
    const LONGEST: usize = 8192;
    if start > 0 && (bytes[start - 1].is_ascii_alphanumeric() || matches!(bytes[start - 1], b'-' | b'_')) {
        return None;
    }
    let part = |from: usize| {
        let sign = |b: &&u8| b.is_ascii_alphanumeric() || matches!(**b, b'_' | b'-');
        from + bytes[from..].iter().take(LONGEST).take_while(sign).count()
    };
    let dot = |at: usize| bytes.get(at) == Some(&b'.');
    let header = part(start);
    if header - start <= 10 || !dot(header) {
        return None;
    }
    let mut ends = [header, part(header + 1), 0, 0, 0];
    let mut parts = 2;
    while parts < 5 && dot(ends[parts - 1]) {
        ends[parts] = part(ends[parts - 1] + 1);
        parts += 1;
    }
    // A sentence's full stop is no further part.
    while parts > 2 && ends[parts - 1] == ends[parts - 2] + 1 {
        parts -= 1;
        ends[parts] = 0;
    }
    let signed = bytes[header + 1..].starts_with(b"eyJ") && ends[1] > header + 10;
    if signed {
        return Some(ends[parts.min(3) - 1]);
    }
    // Encrypted: the second part is a key, and may be empty (RFC 7516).
    (parts == 5 && ends[4] - start > 80).then_some(ends[4])
}

/// The block up to its end line, or as far as it reads like one (RFC 7468).
pub(super) fn private_key(bytes: &[u8], from: usize) -> Option<usize> {
    let label = bytes[from..].iter().take(40).position(|b| *b == b'-')?;
    if !bytes[from..from + label].ends_with(b"PRIVATE KEY")
        && !bytes[from..from + label].ends_with(b"PRIVATE KEY BLOCK")
    {
        return None;
    }
    let begin = from + label + bytes[from + label..].iter().take(5).take_while(|b| **b == b'-').count();
    let mut at = begin;
    loop {
        let line = &bytes[at..];
        if line.starts_with(b"-----END ") {
            at += 9 + line[9..].iter().take(48).take_while(|b| **b != b'-').count();
            at += bytes[at..].iter().take(5).take_while(|b| **b == b'-').count();
            return Some(at);
        }
        match body(bytes, at) {
            0 => return Some(begin + without_words(&bytes[begin..at])),
            read => at += read,
        }
    }
}

/// How much of a block without an end line is left without the lines behind it that are a word of a sentence.
fn without_words(block: &[u8]) -> usize {
    let mut end = block.trim_ascii_end().len();
    while let Some(line) = block[..end].iter().rposition(|b| *b == b'\n') {
        let word = &block[line + 1..end];
        let is_word = word.len() <= 20
            && word.iter().skip(1).all(u8::is_ascii_lowercase)
            && word[0].is_ascii_alphabetic();
        // The first line is the key, whatever it looks like.
        if !is_word || block[..line].trim_ascii().is_empty() {
            break;
        }
        end = block[..line].trim_ascii_end().len();
    }
    end
}

/// A key of PuTTY's: headers and base64 up to the line with the MAC.
pub(super) fn putty(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from + bytes[from..].iter().take(80).position(|b| *b == b'\n')? + 1;
    loop {
        match body(bytes, at) {
            0 => return Some(at),
            read => at += read,
        }
    }
}

/// How much of a header line ("Proc-Type: 4,ENCRYPTED") or of base64 stands here.
fn body(bytes: &[u8], at: usize) -> usize {
    let line = &bytes[at..];
    let name = line.iter().take(24).take_while(|b| b.is_ascii_alphabetic() || **b == b'-').count();
    if name > 0 && line[name..].starts_with(b": ") {
        return line.iter().take(128).take_while(|b| **b != b'\n').count();
    }
    line.iter().take_while(|b| is_armour(**b)).count()
}

/// Base64 and line breaks, as they are and as "\n" in a string.
const fn is_armour(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'\n' | b'\r' | b'\\')
}
