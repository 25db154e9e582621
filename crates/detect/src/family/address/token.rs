//! The words and numbers that addresses are written with.

use crate::{
    page::{is_letter, is_word},
    word_set::WordSet,
};

/// What a word can be in an address.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// A word with a capital letter.
    Name,
    /// "12", "12a", "5/12", "#7".
    Number,
    /// "3.", "3º", "5th": a floor, or a part of a street's name.
    Ordinal,
    /// A flat, a floor, a block: what follows is no house number.
    Unit,
    /// "rue", "calle", "street" in small letters.
    Street,
    /// "de", "la", "van": nothing by itself.
    Link,
    Other,
}

/// A word with the signs that belong to it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: Kind,
}

const LINKS: &[&str] = &[
    "de", "del", "della", "delle", "dello", "dei", "degli", "di", "da", "do", "dos", "das", "du", "des", "d",
    "la", "le", "les", "l", "el", "los", "las", "al", "van", "der", "den", "het", "ten", "ter", "von", "vom",
    "zu", "zum", "zur", "am", "an", "auf", "im", "bei", "y", "e", "et", "bis", "sur", "sous", "aux", "op",
    "aan", "nad", "pod", "na", "no", "nr", "num", "numero", "n", "of", "the", "upon", "s", "t", "a", "b",
    "c", "co", "p", "os", "av", "br",
];

const UNITS: &[&str] = &[
    "apt",
    "apartment",
    "suite",
    "ste",
    "unit",
    "flat",
    "floor",
    "fl",
    "level",
    "room",
    "rm",
    "bldg",
    "building",
    "tower",
    "block",
    "blk",
    "lot",
    "plot",
    "house",
    "hno",
    "shop",
    "wohnung",
    "whg",
    "etage",
    "og",
    "eg",
    "stock",
    "tur",
    "top",
    "stiege",
    "appartement",
    "appt",
    "bat",
    "batiment",
    "escalier",
    "esc",
    "piso",
    "puerta",
    "pta",
    "planta",
    "bloque",
    "portal",
    "depto",
    "departamento",
    "int",
    "interno",
    "scala",
    "piano",
    "apto",
    "apartamento",
    "ap",
    "bloco",
    "andar",
    "sala",
    "casa",
    "lote",
    "quadra",
    "qd",
    "bus",
    "bte",
    "boite",
    "m",
    "lok",
    "lokal",
    "lgh",
    "sal",
    "d",
    "daire",
    "kat",
    "kv",
    "box",
    "psc",
    "kerros",
    "as",
    "et",
    "dr",
    "izq",
    "dcha",
    "esq",
    "dto",
    "bajo",
    "tv",
    "th",
    "mf",
    "appartamento",
    "edif",
    "edificio",
    "interior",
    "dpto",
    "wing",
    "studio",
];

const STREETS: &[&str] = &[
    "street",
    "st",
    "road",
    "rd",
    "avenue",
    "ave",
    "lane",
    "ln",
    "drive",
    "court",
    "ct",
    "close",
    "way",
    "terrace",
    "boulevard",
    "blvd",
    "rue",
    "bd",
    "place",
    "chemin",
    "impasse",
    "allee",
    "quai",
    "route",
    "square",
    "cours",
    "passage",
    "calle",
    "avenida",
    "avda",
    "plaza",
    "paseo",
    "carrer",
    "camino",
    "carretera",
    "ronda",
    "via",
    "viale",
    "piazza",
    "corso",
    "largo",
    "vicolo",
    "strada",
    "rua",
    "travessa",
    "alameda",
    "praca",
    "estrada",
    "rodovia",
    "ul",
    "ulica",
    "aleja",
    "os",
    "osiedle",
    "plac",
    "strasse",
    "str",
    "weg",
    "platz",
    "gasse",
    "utca",
    "trg",
    "ulice",
    "namesti",
    "jalan",
    "jl",
    "sok",
    "sokak",
    "mah",
    "cad",
    "caddesi",
    "mahallesi",
    "nagar",
    "marg",
    "gate",
    "gata",
    "gaten",
    "vei",
    "veien",
    "veg",
    "vej",
    "gade",
    "vag",
    "vagen",
    "gatan",
    "plass",
    "torg",
    "katu",
    "laan",
    "straat",
    "plein",
    "korut",
    "main",
    "cross",
    "sector",
    "phase",
    "layout",
    "colony",
];

static LINK_SET: WordSet<{ LINKS.len() }> = WordSet::new(LINKS);
static UNIT_SET: WordSet<{ UNITS.len() }> = WordSet::new(UNITS);
static STREET_SET: WordSet<{ STREETS.len() }> = WordSet::new(STREETS);

/// The letters of a token without signs around them.
pub(super) fn letters(token: &[u8]) -> &[u8] {
    let from = token.iter().position(|b| is_letter(*b)).unwrap_or(token.len());
    let rest = &token[from..];
    &rest[..rest.iter().position(|b| !is_letter(*b)).unwrap_or(rest.len())]
}

const fn belongs(byte: u8) -> bool {
    is_word(byte) || matches!(byte, b'\'' | b'-' | b'/' | b'.' | b'#')
}

fn kind(text: &[u8]) -> Kind {
    let digits = text.iter().filter(|b| b.is_ascii_digit()).count();
    let first = text.iter().position(|b| is_word(*b)).map_or(0, |at| text[at]);
    if first.is_ascii_digit() {
        let tail = &text[text.iter().rposition(u8::is_ascii_digit).unwrap_or(0) + 1..];
        let ordinal = [b"st".as_slice(), b"nd", b"rd", b"th", b"."];
        return match tail {
            _ if digits > 6 => Kind::Other,
            _ if ordinal.iter().any(|o| o.eq_ignore_ascii_case(tail)) => Kind::Ordinal,
            [b'.' | crate::folded::OTHER_LETTER, ..] | b"o" => Kind::Ordinal,
            tail if tail.len() <= 2 => Kind::Number,
            _ => Kind::Other,
        };
    }
    let word = letters(text);
    if word.is_empty() || digits > 3 {
        return Kind::Other;
    }
    // "Thanks." ends a sentence, "Str." does not.
    if text.ends_with(b".") && word.len() > 5 {
        return Kind::Other;
    }
    // "B-204", "A12": a flat in a block. "H.No. 4-55/2": a house.
    if let [letter, rest @ ..] = text
        && letter.is_ascii_uppercase()
        && rest
            .strip_prefix(b"-")
            .is_some_and(|rest| (1..=4).contains(&rest.len()) && rest.iter().all(u8::is_ascii_digit))
    {
        return Kind::Number;
    }
    if text.get(..4).is_some_and(|head| head.eq_ignore_ascii_case(b"h.no")) {
        return Kind::Unit;
    }
    if UNIT_SET.has(word) && (word.len() > 1 || text.ends_with(b".")) {
        return Kind::Unit;
    }
    if first.is_ascii_uppercase() {
        return Kind::Name;
    }
    match () {
        () if STREET_SET.has(word) => Kind::Street,
        () if LINK_SET.has(word) => Kind::Link,
        () => Kind::Other,
    }
}

/// Whether a word says that a house number follows.
fn is_number_sign(word: &[u8]) -> bool {
    [b"no".as_slice(), b"nr", b"d", b"kat", b"kapi"].iter().any(|w| w.eq_ignore_ascii_case(word))
}

/// Whether a word, in capitals or not, names a kind of street.
pub(super) fn is_street(word: &[u8]) -> bool {
    STREET_SET.has(letters(word))
}

/// The token that ends before `end`, after at most two spaces, and begins at `floor` or later.
pub(super) fn before(bytes: &[u8], end: usize, floor: usize) -> Option<Token> {
    let spaces = bytes[floor..end].iter().rev().take(2).take_while(|b| **b == b' ').count();
    let end = end - spaces;
    let colon = usize::from(bytes[floor..end].ends_with(b":"));
    let text = &bytes[floor..end - colon];
    let len = text.iter().rev().take(32).take_while(|b| belongs(**b)).count();
    if len == 0 {
        return None;
    }
    let kind = match kind(&text[text.len() - len..]) {
        // "No: 5", "D: 3"; any other colon begins something.
        kind @ (Kind::Unit | Kind::Link) => kind,
        _ if colon > 0 && is_number_sign(&text[text.len() - len..]) => Kind::Link,
        _ if colon > 0 => Kind::Other,
        kind => kind,
    };
    Some(Token { start: end - colon - len, end, kind })
}

/// "2. OG", "2. tv".
fn unit_follows(bytes: &[u8], at: usize) -> bool {
    let rest = &bytes[at.min(bytes.len())..];
    let Some(rest) = rest.strip_prefix(b" ") else { return false };
    let len = rest.iter().take(13).take_while(|b| is_letter(**b)).count();
    UNIT_SET.has(&rest[..len])
}

/// The token that begins at `start` after at most two spaces.
pub(super) fn after(bytes: &[u8], start: usize) -> Option<Token> {
    let rest = bytes.get(start..)?;
    let start = start + rest.iter().take(2).take_while(|b| **b == b' ').count();
    let len = bytes[start..].iter().take(32).take_while(|b| belongs(**b)).count();
    let text = &bytes[start..start + len];
    // A full stop after a long word, or after a number, ends the sentence.
    let stop = text.ends_with(b".")
        && (letters(text).len() > 4 || (text[0].is_ascii_digit() && !unit_follows(bytes, start + len)));
    let len = len - usize::from(stop);
    let text = &bytes[start..start + len];
    let trimmed = text.iter().rev().take_while(|b| matches!(b, b'-' | b'/' | b'\'')).count();
    let len = len - trimmed;
    (len > 0).then(|| Token { start, end: start + len, kind: kind(&bytes[start..start + len]) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_numbers_are_told_apart() {
        for (text, expected) in [
            ("Baker", Kind::Name),
            ("221b", Kind::Number),
            ("88/2/14", Kind::Number),
            ("#45-23", Kind::Number),
            ("5th", Kind::Ordinal),
            ("3.", Kind::Ordinal),
            ("de", Kind::Link),
            ("rue", Kind::Street),
            ("Apt.", Kind::Unit),
            ("hello", Kind::Other),
            ("Thanks.", Kind::Other),
            ("12345678", Kind::Other),
        ] {
            assert_eq!(kind(text.as_bytes()), expected, "{text}");
        }
    }
}
