//! Streets with their numbers.

use super::token::{self, Kind};
use crate::{
    cue::Cue,
    page::{Found, Page, is_letter, is_word},
    word_set::WordSet,
};

/// A street with its number in the folded text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Street {
    pub(super) start: usize,
    pub(super) end: usize,
    /// It is written as no ordinary words are; otherwise a postcode or a cue has to confirm it.
    pub(super) clear: bool,
}

/// "12 Baker Street", "4711 N Main St.", "5/12 George St": number, one to four words, street.
pub(super) fn number_first(page: &Page<'_>, found: &Found, cue: Cue) -> Option<Street> {
    let bytes = page.bytes();
    let floor = cue.start.saturating_sub(56);
    let last = page.groups.partition_point(|group| group.end <= cue.start).checked_sub(1)?;
    if page.groups[last].end <= floor {
        return None;
    }
    let (mut at, mut names, mut small) = (cue.start, 0, 0);
    let number = loop {
        let token = token::before(bytes, at, floor)?;
        if token.end + 2 < at || bytes[token.start..token.end].contains(&b'#') {
            return None;
        }
        match token.kind {
            Kind::Number => break token,
            // "340 e 64th st".
            Kind::Ordinal if bytes[cue.start].is_ascii_lowercase() => small += 1,
            Kind::Name | Kind::Ordinal | Kind::Unit | Kind::Street => names += 1,
            Kind::Link | Kind::Other => small += 1,
        }
        at = token.start;
        if names + small > 4 {
            return None;
        }
    };
    let i = page.group_from(number.start)?;
    let digits = page.groups[i];
    if names + small == 0
        || digits.len() > 5
        || found.is_used(i)
        || digits.end > number.end
        || is_word(page.before(number.start))
        || matches!(page.before(number.start), b'$' | b'.' | b':' | b',' | b'+')
            && page.before(number.start - 1).is_ascii_digit()
        || !small_words_are_letters(&bytes[number.end..cue.start])
    {
        return None;
    }
    let short = cue.end - cue.start <= 4;
    let mut end = cue.end + usize::from(short && bytes.get(cue.end) == Some(&b'.'));
    end += direction(&bytes[end..]);
    // "5 Star Close" is an address; "2 days in St" is not: the street's word is a name too.
    let first_capital = token::after(bytes, number.end)
        .is_some_and(|t| bytes[t.start].is_ascii_uppercase() || bytes[t.start].is_ascii_digit());
    // "10 Best Way to save", "3 Main Place names": the word is a word.
    let goes_on = matches!(bytes.get(end..), Some([b' ', next, ..]) if next.is_ascii_lowercase());
    let clear = bytes[cue.start].is_ascii_uppercase()
        && first_capital
        && !(goes_on && is_also_no_street(&bytes[cue.start..cue.end]))
        && !is_part_of_a_name(bytes, &bytes[cue.start..cue.end], end);
    let shouted = bytes[number.end..cue.end].iter().all(|b| !b.is_ascii_lowercase());
    // "77 sunset blvd": what is no word but an abbreviation, behind one or two words that are ordinary.
    let clear = clear
        || (names == 0
            && (1..=2).contains(&small)
            && is_only_a_street(&bytes[cue.start..cue.end])
            && !has_a_small_word(&bytes[number.end..cue.start]));
    (clear || small == names + small || shouted).then_some(Street { start: number.start, end, clear })
}

/// Abbreviations that mean nothing but a street.
fn is_only_a_street(word: &[u8]) -> bool {
    const WORDS: [&[u8]; 8] = [b"blvd", b"ave", b"rd", b"ln", b"hwy", b"pkwy", b"cres", b"gdns"];
    WORDS.iter().any(|w| w.eq_ignore_ascii_case(word))
}

/// Whether a word of every sentence stands among the words of a street: "2 days on the rd".
fn has_a_small_word(bytes: &[u8]) -> bool {
    const WORDS: [&[u8]; 24] = [
        b"the", b"on", b"in", b"of", b"a", b"an", b"to", b"is", b"and", b"or", b"for", b"my", b"your", b"at",
        b"per", b"by", b"day", b"days", b"min", b"mins", b"miles", b"times", b"hour", b"hours",
    ];
    let mut words = bytes.split(|b| !is_word(*b)).filter(|word| !word.is_empty());
    words.any(|word| WORDS.iter().any(|w| w.eq_ignore_ascii_case(word)))
}

/// Words behind which a sentence may go on as if they were no streets.
fn is_also_no_street(word: &[u8]) -> bool {
    const WORDS: &[&[u8]] = &[
        b"way", b"place", b"drive", b"close", b"court", b"square", b"hill", b"circle", b"road", b"pl", b"ct",
        b"dr", b"row", b"trail", b"colony", b"parade", b"alley",
    ];
    WORDS.iter().any(|w| w.eq_ignore_ascii_case(word))
}

/// Words for streets that stand in names of much else.
const RARE: &[&str] = &[
    "bypass",
    "camp",
    "creek",
    "crossing",
    "estate",
    "falls",
    "ferry",
    "fields",
    "fork",
    "gateway",
    "harbor",
    "haven",
    "heights",
    "hills",
    "islands",
    "junction",
    "landing",
    "lodge",
    "loop",
    "manor",
    "mill",
    "mills",
    "mount",
    "mountains",
    "orchard",
    "passage",
    "pike",
    "plains",
    "plaza",
    "ranch",
    "retreat",
    "ridge",
    "rise",
    "roads",
    "rue",
    "shores",
    "springs",
    "streets",
    "summit",
    "trace",
    "tunnel",
    "valley",
    "view",
    "views",
    "village",
    "villages",
    "vista",
    "walk",
    "walks",
    "chase",
    "islet",
    "isle",
    "unions",
    "squares",
    "courts",
    "circles",
    "brook",
];

static RARE_SET: WordSet<{ RARE.len() }> = WordSet::new(RARE);

/// "24 Hour Valley Run": behind a rare word nothing but a flat may follow in the same breath.
fn is_part_of_a_name(bytes: &[u8], word: &[u8], end: usize) -> bool {
    let follows = matches!(bytes.get(end..), Some([b' ', next, ..]) if is_letter(*next));
    follows && RARE_SET.has(word) && token::after(bytes, end).is_none_or(|next| next.kind != Kind::Unit)
}

fn small_words_are_letters(bytes: &[u8]) -> bool {
    bytes.iter().all(|b| is_word(*b) || matches!(b, b' ' | b'\'' | b'.' | b'-'))
}

/// How long " NW" or " West" behind a street is.
fn direction(bytes: &[u8]) -> usize {
    const DIRECTIONS: [&[u8]; 12] = [
        b" NW", b" NE", b" SW", b" SE", b" North", b" South", b" East", b" West", b" N", b" S", b" E", b" W",
    ];
    let fits = |d: &&&[u8]| bytes.starts_with(d) && !bytes.get(d.len()).is_some_and(|b| is_word(*b));
    DIRECTIONS.iter().find(fits).map_or(0, |d| d.len())
}

/// "Hauptstraße 12a", "Am Alten Platz 3", "Mariahilfer Str. 88/2/14".
pub(super) fn number_last(page: &Page<'_>, found: &Found, cue: Cue) -> Option<Street> {
    let bytes = page.bytes();
    let dot = usize::from(bytes.get(cue.end) == Some(&b'.'));
    let number = token::after(bytes, cue.end + dot).filter(|t| t.kind == Kind::Number)?;
    let i = page.group_at(number.start)?;
    if page.groups[i].len() > 4 || found.is_used(i) || is_word(page.byte(number.end)) {
        return None;
    }
    let back = bytes[..cue.start].iter().rev().take(32).take_while(|b| is_letter(**b) || **b == b'-').count();
    let mut start = cue.start - back;
    let word = &bytes[start..cue.end];
    if word.len() < 5 || start == cue.start {
        // The word for the street stands for itself: its name comes before it.
        let mut names = 0;
        while names < 4
            && let Some(token) = token::before(bytes, start, start.saturating_sub(34))
            && token.kind == Kind::Name
            && bytes[token.end..start].iter().all(|b| *b == b' ')
        {
            start = token.start;
            names += 1;
        }
        let numbered = token::before(bytes, start, start.saturating_sub(34))
            .is_some_and(|t| t.kind == Kind::Number && bytes[t.end..start].iter().all(|b| *b == b' '));
        if names == 0 || numbered {
            return None;
        }
    }
    let mut end = house_end(page, number.end);
    end += stairs(&bytes[end..]);
    let clear = bytes[start].is_ascii_uppercase();
    // In small letters only what can be nothing else: "hauptstrasse 12", not "weg 5".
    let telling = cue.end - start > 8 && !matches!(cue.end - cue.start, 0..=4);
    // "lindenstr 14": a postcode behind it, or a word for addresses before it, has to say so.
    let long = cue.end - start > 5;
    (clear || telling || long).then_some(Street { start, end, clear })
}

/// "14 rue des Lilas", "Via Garibaldi 12", "Rua das Flores, 123", "ul. Kwiatowa 7/12".
pub(super) fn name_after(page: &Page<'_>, found: &Found, cue: Cue) -> Option<Street> {
    let bytes = page.bytes();
    // "D. R. Commander": the letter of a name.
    let initial = |before: &[u8]| matches!(before, [.., b'A'..=b'Z', b'.', b' ']);
    if cue.end - cue.start <= 2 && initial(&bytes[cue.start.saturating_sub(3)..cue.start]) {
        return None;
    }
    let dot = usize::from(bytes.get(cue.end) == Some(&b'.'));
    let (mut at, mut names, mut words, mut small) = (cue.end + dot, 0, 0, 0);
    let mut small_from = at;
    let mut name_end = at;
    let mut behind = None;
    while words < 8 {
        let Some(token) = token::after(bytes, at) else { break };
        match token.kind {
            Kind::Number if words > 0 || is_numbered_street(&bytes[cue.start..cue.end]) => {
                let i = page.group_from(token.start)?;
                if !found.is_used(i) && page.groups[i].len() <= 5 {
                    behind = Some(token);
                }
                break;
            }
            Kind::Name | Kind::Unit if bytes[token.start].is_ascii_uppercase() => {
                names += 1;
                name_end = token.end;
            }
            // "Camino Viejo s/n": without a number.
            Kind::Link if names > 0 && bytes[token.start..token.end].eq_ignore_ascii_case(b"s/n") => {
                return Some(Street { start: cue.start, end: token.end, clear: true });
            }
            Kind::Link | Kind::Street | Kind::Ordinal => {}
            // "via garibaldi 12": in small letters all through.
            Kind::Other if small < 3 && names == 0 && is_a_small_name(&bytes[token.start..token.end]) => {
                if small == 0 {
                    small_from = at;
                }
                small += 1;
            }

            _ => break,
        }
        words += 1;
        at = token.end;
    }
    if small > 0 {
        let numbered = token::before(bytes, cue.start, cue.start.saturating_sub(20)).is_some_and(|token| {
            token.kind == Kind::Number || matches!(&bytes[token.start..token.end], b"bis" | b"ter")
        });
        let word = &bytes[cue.start..cue.end];
        let house =
            behind.filter(|token| page.group_from(token.start).is_some_and(|i| page.groups[i].len() < 5));
        if let Some(house) = house
            && !numbered
            && (is_always_street(word) || is_a_street_in_small_letters(word))
        {
            let end = house_end(page, house.end);
            // "avenida del puerto 67" and nothing that the number could count.
            let ends = matches!(bytes.get(end), None | Some(b',' | b'.' | b'\n' | b')'));
            let french = matches!(word[0] | 0x20, b'b') || word.eq_ignore_ascii_case(b"avenue");
            let clear = ends && !french && is_always_street(word) && end - house.start < 4;
            return Some(Street { start: cue.start, end, clear });
        }
        (behind, at) = (None, small_from);
    }
    let before = token::before(bytes, cue.start, cue.start.saturating_sub(20));
    let (before, bis) = match before {
        Some(t) if matches!(t.kind, Kind::Link) && matches!(&bytes[t.start..t.end], b"bis" | b"ter") => {
            (token::before(bytes, t.start, t.start.saturating_sub(20)), true)
        }
        other => (other, false),
    };
    let comma = bytes[..cue.start].ends_with(b", ");
    let before = if comma && !bis {
        token::before(bytes, cue.start - 2, cue.start.saturating_sub(20))
    } else {
        before
    };
    let before = before.filter(|t| {
        t.kind == Kind::Number
            && page.group_at(t.start).is_some_and(|i| !found.is_used(i) && page.groups[i].len() <= 5)
    });
    if behind.is_none() {
        // "Rua das Flores, 123", "Calle Mayor, nº 5": a comma may stand before the number.
        behind = after_comma(page, found, at.max(name_end)).filter(|_| names > 0 && before.is_none());
    }
    match (before, behind) {
        (_, Some(number)) if names > 0 || is_numbered_street(&bytes[cue.start..cue.end]) => {
            let end = house_end(page, number.end);
            // "via Zurich 4 people" goes on; an address stops at its number.
            let stops = !matches!(bytes.get(end..), Some([b' ', next, ..]) if next.is_ascii_lowercase());
            let capital =
                bytes[cue.start].is_ascii_uppercase() || !is_also_a_word(&bytes[cue.start..cue.end]);
            let clear = (names > 0 && (capital || stops)) || bytes[number.end..end].contains(&b'#');
            let clear = clear
                && !matches!(bytes.get(end..), Some([b' ', next, ..]) if next.is_ascii_uppercase() && !capital);
            Some(Street { start: cue.start, end, clear })
        }
        (Some(number), None) if names > 0 && !is_also_a_word(&bytes[cue.start..cue.end]) => {
            Some(Street { start: number.start, end: name_end, clear: true })
        }
        (Some(number), None) => {
            // "36 rue de pologne": small letters all through.
            let word =
                token::after(bytes, at).filter(|t| matches!(t.kind, Kind::Other) && t.end - t.start > 3)?;
            let rue = is_always_street(&bytes[cue.start..cue.end]);
            rue.then_some(Street { start: number.start, end: word.end, clear: false })
        }
        _ => None,
    }
}

/// Words that mean something else in English or elsewhere, and have their numbers behind the name.
fn is_also_a_word(word: &[u8]) -> bool {
    [b"via".as_slice(), b"largo", b"strada", b"al.", b"os.", b"r.", b"plac", b"str.", b"trg"]
        .iter()
        .any(|w| w.eq_ignore_ascii_case(word))
}

/// Words that begin a street also in small letters, if a postcode or a word for addresses says that one is there.
fn is_a_street_in_small_letters(word: &[u8]) -> bool {
    const WORDS: [&[u8]; 22] = [
        b"via",
        b"viale",
        b"corso",
        b"piazza",
        b"vicolo",
        b"c/",
        b"avda",
        b"avda.",
        b"av.",
        b"plaza",
        b"paseo",
        b"carrer",
        b"travessa",
        b"praca",
        b"alameda",
        b"estrada",
        b"ul.",
        b"ul",
        b"ulica",
        b"al.",
        b"os.",
        b"aleja",
    ];
    WORDS.iter().any(|w| w.eq_ignore_ascii_case(word))
}

/// A word of three letters or more, with no sign in it.
fn is_a_small_name(word: &[u8]) -> bool {
    word.len() > 2 && word.iter().all(|b| is_letter(*b) || *b == b'\'')
}

/// Words that mean nothing but a street.
fn is_always_street(word: &[u8]) -> bool {
    [
        b"rue".as_slice(),
        b"avenue",
        b"boulevard",
        b"chemin",
        b"impasse",
        b"allee",
        b"calle",
        b"rua",
        b"avenida",
    ]
    .iter()
    .any(|w| w.eq_ignore_ascii_case(word))
}

/// "Calle 10 #45-23": where streets have numbers for names.
fn is_numbered_street(word: &[u8]) -> bool {
    [b"calle".as_slice(), b"carrera", b"cra", b"cra."].iter().any(|w| w.eq_ignore_ascii_case(word))
}

fn after_comma(page: &Page<'_>, found: &Found, at: usize) -> Option<token::Token> {
    let bytes = page.bytes();
    let rest = bytes.get(at..)?.strip_prefix(b", ")?;
    let at = bytes.len() - rest.len();
    let mut token = token::after(bytes, at)?;
    if token.kind == Kind::Link || matches!(&bytes[token.start..token.end], b"No" | b"N" | b"Nr" | b"n.") {
        token = token::after(bytes, token.end)?;
    }
    let i = page.group_at(token.start)?;
    let fits = token.kind == Kind::Number && page.groups[i].len() <= 4 && !found.is_used(i);
    fits.then_some(token)
}

/// Where a house number ends: with a letter after a space, or a second number after "#" or "-".
pub(super) fn house_end(page: &Page<'_>, end: usize) -> usize {
    let bytes = page.bytes();
    match bytes.get(end..).unwrap_or_default() {
        // "Calle 8 N° 1271", as Argentina writes it.
        [b' ', b'N' | b'n', b'o' | 0x81, b' ', digit, ..] if digit.is_ascii_digit() => {
            end + 4 + bytes[end + 4..].iter().take(5).take_while(|b| b.is_ascii_digit()).count()
        }
        [b' ', letter, rest @ ..]
            if letter.is_ascii_alphabetic() && !rest.first().is_some_and(|b| is_word(*b) || *b == b'\'') =>
        {
            // A house letter stands before a sign or the end; before a word "a" is a word.
            let ends = rest.first().is_none_or(|b| matches!(b, b',' | b'\n' | b')' | b';' | b'.'));
            let numbered = rest.get(1).is_some_and(u8::is_ascii_digit) && letter.is_ascii_uppercase();
            if ends || numbered { end + 2 } else { end }
        }
        // "Kerkstraat 12 bis".
        [b' ', b'b' | b't', b'i' | b'e', b's' | b'r', rest @ ..]
            if matches!(rest.first(), None | Some(b',' | b'\n')) =>
        {
            end + 4
        }
        [b' ', b'#', digit, ..] if digit.is_ascii_digit() => end + 2 + crossing(&bytes[end + 2..]),
        // "Calle 45 # 12-34", as Colombia writes it.
        [b' ', b'#', b' ', digit, ..] if digit.is_ascii_digit() => end + 3 + crossing(&bytes[end + 3..]),
        _ => end,
    }
}

/// How long the number of the crossing street and of the house is: "12-34", "2K-7", "39-48 Este".
fn crossing(bytes: &[u8]) -> usize {
    let len = bytes
        .iter()
        .take(9)
        .take_while(|b| b.is_ascii_digit() || b.is_ascii_uppercase() || **b == b'-')
        .count();
    let side = [&b" Este"[..], b" Sur", b" Norte", b" Oeste"]
        .into_iter()
        .find(|side| bytes[len..].starts_with(side));
    len + side.map_or(0, <[u8]>::len)
}

/// " 5" behind a stair's letter, as in "Mannerheimintie 10 A 5".
fn stairs(bytes: &[u8]) -> usize {
    let digits = bytes.iter().skip(1).take(4).take_while(|b| b.is_ascii_digit()).count();
    let ends = bytes.get(1 + digits).is_none_or(|b| matches!(b, b',' | b'\n' | b')' | b'.'));
    if bytes.first() == Some(&b' ') && (1..=3).contains(&digits) && ends { 1 + digits } else { 0 }
}
