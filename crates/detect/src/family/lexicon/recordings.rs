//! Recordings of calls, and messages of other people, as far as a text says that they are there.

use super::{
    link::words_before,
    roles::{FILLER, FIRST, HAS, I_HAVE, KIN, MY, NOT, THEIR, THIRD, roles},
    words_around::{is_close, is_denied, is_given, words_after},
};
use crate::{
    Certainty, Evidence,
    cue::{Cue, Topic},
    page::{Found, Page, What},
    word_set::WordSet,
};
use aside_taxonomy::DataType;

static CALLS: WordSet<{ CALL.len() }> = WordSet::new(CALL);
const CALL: &[&str] = &[
    "call",
    "calls",
    "conversation",
    "phone",
    "chat",
    "meeting",
    "gesprach",
    "gesprachs",
    "gespraches",
    "telefonat",
    "telefonats",
    "anruf",
    "anrufs",
    "telefongesprach",
    "l'appel",
    "appel",
    "conversation",
    "llamada",
    "conversacion",
    "chiamata",
    "telefonata",
    "conversazione",
    "chamada",
    "ligacao",
    "conversa",
    "gesprek",
    "telefoongesprek",
    "rozmowy",
    "rozmowe",
    "samtal",
    "samtalet",
    "gorusmenin",
    "gorusmeyi",
    "aramanin",
];

/// Recordings that are of calls by their name.
const OF_CALLS: &[&str] =
    &["call recording", "gesprachsprotokoll", "gesprachsaufzeichnung", "gespreksopname", "ses kaydi"];

/// Whoever is written to: what they wrote is no third person's.
static YOU: WordSet<{ ADDRESSED.len() }> = WordSet::new(ADDRESSED);
const ADDRESSED: &[&str] = &[
    "you", "your", "you've", "du", "ihr", "ihre", "ihren", "dein", "deine", "euer", "eure", "vous", "votre",
    "vos", "usted", "ustedes", "vuestro", "vuestra", "vostro", "vostra", "voce", "voces", "jullie", "uw",
    "wasz", "wasza", "panstwo",
];

pub(super) fn find(page: &Page<'_>, found: &mut Found) {
    for cue in page.cues.about(Topic::Recording) {
        if let Some((start, end)) = recording(page.bytes(), cue) {
            add(page, found, (start, end), (DataType::CommRecording, "recording"));
        }
    }
    for cue in page.cues.about(Topic::OthersMessage) {
        if let Some(start) = somebody_wrote(page.bytes(), cue) {
            add(page, found, (start, cue.end), MESSAGE);
        }
    }
    for cue in page.cues.about(Topic::Forwarded) {
        if is_a_header(page.bytes(), cue) {
            add(page, found, (cue.start, cue.end), MESSAGE);
        }
    }
}

const MESSAGE: (DataType, &str) = (DataType::CommThirdPartyMsg, "third_party_msg");

fn add(page: &Page<'_>, found: &mut Found, span: (usize, usize), what: (DataType, &'static str)) {
    let evidence = [Evidence::Lexicon];
    found.add(page, span.0, span.1, What::new(what.0, what.1, Certainty::Guessed, &evidence));
}

/// "I recorded the call", "the recording of our call is attached", "hab das Gespräch mitgeschnitten".
fn recording(bytes: &[u8], cue: Cue) -> Option<(usize, usize)> {
    if is_denied(bytes, cue.start, cue.end) {
        return None;
    }
    let call = |word: &[u8]| CALLS.has(word);
    let after = words_after(bytes, cue.end).take(4).find(|(start, end)| call(&bytes[*start..*end]));
    let before = words_before(bytes, cue.start).take(3).find(|(_, word)| call(word));
    let of_calls =
        OF_CALLS.iter().any(|name| name.as_bytes().eq_ignore_ascii_case(&bytes[cue.start..cue.end]));
    let (start, end) = match (after, before) {
        (Some((_, end)), _) if is_near(bytes, cue.end, end) => (cue.start, end),
        (_, Some((at, _))) => (at, cue.end),
        _ if of_calls => (cue.start, cue.end),
        _ => return None,
    };
    // A verb with its person in it needs nobody else.
    let said = bytes[cue.start..cue.end].to_ascii_lowercase();
    let verb =
        [&b"i "[..], b"i'", b"we ", b"j'ai", b"he ", b"ho ", b"jag "].iter().any(|own| said.starts_with(own))
            || [&b"grabe"[..], b"gravei", b"nagralem", b"nagralam", b"kaydettim"].contains(&&said[..]);
    let mut had = false;
    let has = words_before(bytes, cue.start).take(7).any(|(_, word)| {
        let roles = roles(word);
        had |= roles & HAS != 0;
        roles & I_HAVE != 0 || roles & MY != 0 || had && roles & FIRST != 0
    });
    (verb || has || is_given(bytes, start, end)).then_some((start, end))
}

/// Whether no comma parts two words.
fn is_near(bytes: &[u8], from: usize, to: usize) -> bool {
    !bytes[from..to].iter().any(|b| matches!(b, b',' | b'(' | b':'))
}

/// Where "he wrote me" begins, if a message follows and nobody of the brand wrote it.
fn somebody_wrote(bytes: &[u8], cue: Cue) -> Option<usize> {
    let sign = bytes[cue.end..].iter().take(40).position(|b| matches!(b, b':' | b'"' | b'\n'))?;
    let quoted = cue.end + sign;
    let between = words_after(bytes, cue.end).take_while(|(_, end)| *end <= quoted).count();
    if bytes[quoted] == b'\n' || between > 4 || bytes[cue.end..quoted].contains(&b',') {
        return None;
    }
    let mut start = cue.start;
    for (i, (at, word)) in words_before(bytes, cue.start).take(4).enumerate() {
        let roles = roles(word);
        if roles & NOT != 0 || YOU.has(word) {
            return None;
        }
        if i == 0 || roles & (MY | THEIR) != 0 || roles & (KIN | THIRD | FILLER | HAS) != 0 && i < 3 {
            start = at;
        } else {
            break;
        }
    }
    Some(start)
}

/// Whether a line says nothing else, or is set off by dashes or a colon.
fn is_a_header(bytes: &[u8], cue: Cue) -> bool {
    // No further: a line may be the whole text.
    let near = &bytes[cue.start.saturating_sub(64)..cue.start];
    let lead = near.iter().rposition(|b| *b == b'\n').map_or(near, |i| &near[i + 1..]);
    let rest = bytes[cue.end..].iter().take(64).position(|b| *b == b'\n');
    let tail = &bytes[cue.end..rest.map_or(bytes.len().min(cue.end + 64), |i| cue.end + i)];
    let set_off = lead.ends_with(b"--") || lead.ends_with(b"-- ") || lead.ends_with(b"---- ");
    let plain =
        is_close(lead, 0, lead.len()) && (tail.first() == Some(&b':') || tail.trim_ascii().is_empty());
    set_off || plain && lead.trim_ascii().iter().all(|b| matches!(b, b'-' | b'*' | b'>' | b'_'))
}
