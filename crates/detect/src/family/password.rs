//! Passwords, by cue only; the span is the value alone.

use super::reading::{is_link, is_ordinary, lead};
use crate::{
    Certainty, Evidence,
    cue::Topic,
    folded::{OTHER, OTHER_LETTER},
    page::{Found, Page, What, sentence_ends_in},
};
use aside_taxonomy::DataType;

const LONGEST: usize = 128;
/// Words that are often something else: a boarding pass, a cipher, a website.
const WEAK: &[&[u8]] = &[b"pass", b"parola", b"sifre", b"sifresi", b"ww", b"www"];

pub(super) fn find(page: &Page<'_>, found: &mut Found) {
    for cue in page.cues.about(Topic::Password) {
        let mut lead = lead(page, cue.end);
        let far = if lead.announced { None } else { announced_later(page, cue.end) };
        if let Some(at) = far {
            lead.at = at;
        }
        if let Some((start, end)) = used_as(page, cue.start) {
            let reasons = [Evidence::CueAfter];
            let what = What::new(DataType::CredPassword, "password", Certainty::Likely, &reasons);
            found.take(page, start, end, what);
        }
        if lead.at == cue.end || lead.at >= page.bytes().len() {
            continue;
        }
        if !lead.announced
            && far.is_none()
            && let Some(at) = behind_adjective(page, lead.at)
        {
            lead.at = at;
        }
        let quoted = matches!(page.byte(lead.at), b'"' | b'\'' | b'`');
        let span = if quoted { in_quotes(page, lead.at) } else { Some(word(page, lead.at, lead.by_sign)) };
        let Some((start, end)) = span else { continue };
        let value = &page.bytes()[start..end];
        let paragraph = page.bytes()[cue.end..start].windows(2).any(|pair| pair == b"\n\n");
        if end - start < 3
            || paragraph
            || page.cues.between(start, end, |c| c.topic == Topic::Password).is_some()
        {
            continue;
        }
        let strong = looks_secret(value);
        // "A password to protect it", "password: &str", "Palau, PW 96940".
        let to = page.bytes()[cue.end..start].trim_ascii().eq_ignore_ascii_case(b"to");
        let code = page.before(start) == b'_'
            || value.starts_with(b"&")
            || value.windows(2).any(|pair| pair == b"::" || pair == b"()");
        let state = cue.end - cue.start == 2 && !lead.announced && value.iter().all(u8::is_ascii_digit);
        if to && !strong || code || state {
            continue;
        }
        let weak = || WEAK.iter().any(|word| word.eq_ignore_ascii_case(&page.bytes()[cue.start..cue.end]));
        // Words of other scripts cannot be told from "is wrong".
        let foreign = value.contains(&OTHER_LETTER);
        let hidden = value.iter().all(|b| *b == value[0]);
        let believable = if hidden {
            false
        } else if weak() {
            let call = value.iter().any(|b| matches!(b, b'(' | b'<' | b'{'));
            let name = lead.announced && end - start > 5 && ends_clause(page, end) && !is_ordinary(value);
            let user = || page.cue_before(cue.start, 40, |other| other.topic == Topic::Username).is_some();
            (far.is_some() || lead.announced || user() || is_unmistakable(value)) && strong && !call
                || lead.by_sign && !is_ordinary(value)
                || name
        } else if far.is_some() || !quoted && foreign {
            strong && (far.is_some() || lead.announced)
        } else if lead.by_sign {
            strong || !is_ordinary(value)
        } else if lead.announced {
            let plain = value.strip_suffix(b"!").unwrap_or(value);
            strong || (quoted || !is_ordinary(plain) && says_no_more(page, end)) && end - start > 3
        } else {
            strong || quoted
        };
        if believable {
            found.take(
                page,
                start,
                end,
                What::new(DataType::CredPassword, "password", Certainty::Likely, &[Evidence::CueBefore]),
            );
        }
    }
}

/// "I use hunter2! as my password": the value before the word.
fn used_as(page: &Page<'_>, cue: usize) -> Option<(usize, usize)> {
    const AS: [&[u8]; 7] =
        [b" as my ", b" as the ", b" as a ", b" as your ", b" als ", b" comme ", b" como "];
    let bytes = &page.bytes()[cue.saturating_sub(64)..cue];
    let shift = cue - bytes.len();
    let link = AS.iter().find(|words| bytes.ends_with(words))?;
    let end = bytes.len() - link.len();
    let start = bytes[..end].iter().rposition(u8::is_ascii_whitespace)? + 1;
    let quote = |b: Option<&u8>| usize::from(matches!(b, Some(b'"' | b'\'' | b'`')));
    let (start, end) = (start + quote(bytes.get(start)), end - quote(bytes[..end].last()));
    let value = bytes.get(start..end)?;
    (looks_secret(value) && !value.contains(&b'@') && !value.contains(&b'('))
        .then_some((shift + start, shift + end))
}

/// Whether nothing but the end of the text, of the line or of the sentence follows.
fn ends_clause(page: &Page<'_>, end: usize) -> bool {
    let rest = page.bytes().get(end..).unwrap_or_default();
    matches!(rest.first(), None | Some(b'\n'))
        || matches!(rest[0], b'.' | b',' | b'!' | b';' | b')' | b'"')
            && rest.get(1).is_none_or(u8::is_ascii_whitespace)
}

/// Whether a plain word is all that is said of a password: "is banana", "is banana and …", but not "is dead before …".
fn says_no_more(page: &Page<'_>, end: usize) -> bool {
    // The last word of what was said, in the languages of the links: and, but, please, so, can, thanks, for.
    const GOES_ON: [&[u8]; 40] = [
        b"and",
        b"but",
        b"please",
        b"pls",
        b"plz",
        b"so",
        b"can",
        b"could",
        b"thanks",
        b"thx",
        b"for",
        b"if",
        b"und",
        b"aber",
        b"bitte",
        b"danke",
        b"et",
        b"mais",
        b"merci",
        b"svp",
        b"pour",
        b"y",
        b"pero",
        b"por",
        b"para",
        b"gracias",
        b"e",
        b"ma",
        b"mas",
        b"grazie",
        b"obrigado",
        b"en",
        b"maar",
        b"voor",
        b"i",
        b"ale",
        b"och",
        b"men",
        b"og",
        b"ve",
    ];
    let Some(rest) = page.bytes()[end..].strip_prefix(b" ") else { return ends_clause(page, end) };
    let next = rest.iter().take(10).take_while(|b| b.is_ascii_alphabetic()).count();
    next == 0 || GOES_ON.iter().any(|word| word.eq_ignore_ascii_case(&rest[..next]))
}

/// Where the value begins in "password for my account is …": behind the first "is" of the sentence.
fn announced_later(page: &Page<'_>, from: usize) -> Option<usize> {
    let bytes = page.bytes();
    let near = &bytes[from..bytes.len().min(from + 48)];
    let mut at = from;
    for word in near.split(|b| *b == b' ') {
        let end = at + word.len();
        let announces =
            is_link(word) && word.len() > 1 && !word.eq_ignore_ascii_case(b"to") || word.ends_with(b":");
        if announces && at > from && bytes.get(end) == Some(&b' ') {
            return (!sentence_ends_in(&bytes[from..end])).then_some(end + 1);
        }
        at = end + 1;
    }
    None
}

/// "Mot de passe provisoire zT8#pLq2": where the value begins behind one or two small words, if nothing but a password
/// looks like it.
fn behind_adjective(page: &Page<'_>, from: usize) -> Option<usize> {
    let mut at = from;
    for _ in 0..2 {
        let rest = page.bytes().get(at..)?;
        let len = rest.iter().take(16).take_while(|b| b.is_ascii_lowercase()).count();
        if len < 2 || rest.get(len) != Some(&b' ') {
            return None;
        }
        at += len + 1;
        let (start, end) = word(page, at, false);
        if is_unmistakable(&page.bytes()[start..end]) {
            return Some(at);
        }
    }
    None
}

/// Letters, digits and a sign that no ordinary text has within a word.
pub(super) fn is_unmistakable(value: &[u8]) -> bool {
    let any = |is: fn(&u8) -> bool| value.iter().any(is);
    let sign =
        any(|b| matches!(b, b'!' | b'#' | b'$' | b'%' | b'&' | b'*' | b'+' | b'?' | b'^' | b'~' | b'@'));
    let inner = value.get(1..value.len().saturating_sub(1)).is_some_and(|inner| !inner.contains(&b'.'));
    (6..=40).contains(&value.len())
        && sign
        && inner
        && any(u8::is_ascii_alphabetic)
        && any(u8::is_ascii_digit)
}

/// What stands between quotes on the same line.
fn in_quotes(page: &Page<'_>, at: usize) -> Option<(usize, usize)> {
    let bytes = page.bytes();
    let close = bytes[at + 1..].iter().take(LONGEST).position(|b| *b == bytes[at] || *b == b'\n')?;
    (bytes[at + 1 + close] == bytes[at] && close > 0).then_some((at + 1, at + 1 + close))
}

/// Up to the next space, less the signs that end a sentence; in "Password=…;Database=…" up to the next setting.
fn word(page: &Page<'_>, at: usize, by_sign: bool) -> (usize, usize) {
    let bytes = page.bytes();
    let whole = &bytes[at..bytes.len().min(at + LONGEST)];
    let len = whole.iter().position(u8::is_ascii_whitespace).unwrap_or(whole.len());
    let setting = |sign: usize| {
        by_sign
            && matches!(whole[sign], b';' | b'&')
            && whole[sign + 1..len].iter().take(24).any(|b| *b == b'=')
    };
    let len = (1..len).find(|sign| setting(*sign)).unwrap_or(len);
    let mut end = at + len;
    while end > at && matches!(bytes[end - 1], b'.' | b',' | b';' | b':' | b'?' | b')' | b']' | b'"' | b'\'')
    {
        end -= 1;
    }
    (at, end)
}

/// Letters with digits or signs in between, or capitals in the middle: no ordinary word.
fn looks_secret(value: &[u8]) -> bool {
    if value.len() <= 3 {
        return false;
    }
    let any = |is: fn(&u8) -> bool| value.iter().any(is);
    let letters = any(|b| b.is_ascii_alphabetic() || *b == OTHER_LETTER);
    let digits = any(u8::is_ascii_digit);
    let inner = &value[1..value.len() - 1];
    let signs = inner.iter().any(|b| {
        (b.is_ascii_punctuation() && !matches!(b, b'-' | b'\'' | b'/' | b'.' | b',')) || *b == OTHER
    });
    let capitals = value[1..].iter().any(u8::is_ascii_uppercase) && any(u8::is_ascii_lowercase);
    digits || letters && (signs || capitals)
}
