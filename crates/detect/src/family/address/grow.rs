//! From the middle of an address to its ends.

use super::{
    place,
    postcode::{self, Code},
    token::{self, Kind, Token},
};
use crate::page::{Found, Page, is_letter};

/// How far before its postcode an address may begin.
const FARTHEST: usize = 120;
/// How many parts between commas an address has at most before its postcode.
const PARTS: usize = 7;

/// What stands between two separators.
struct Part {
    /// Where the first of its tokens that can belong to an address begins.
    start: usize,
    /// Whether all of it can, up to the separator.
    whole: bool,
    number: Option<usize>,
    unit: bool,
    street: bool,
    names: usize,
    /// One of the names has at least three letters.
    named: bool,
    tokens: usize,
    /// A name of at least three letters stands behind the number.
    name_after_number: bool,
}

fn part_before(page: &Page<'_>, found: &Found, end: usize, floor: usize) -> Part {
    let bytes = page.bytes();
    let mut part = Part {
        start: end,
        whole: false,
        number: None,
        unit: false,
        street: false,
        names: 0,
        named: false,
        tokens: 0,
        name_after_number: false,
    };
    let mut at = end;
    let mut numbers = 0;
    while part.tokens < 10 {
        let Some(token) = token::before(bytes, at, floor) else {
            let left = bytes[floor..at].trim_ascii_end().last();
            part.whole = at == floor && floor == 0 || matches!(left, Some(b',' | b'\n' | b';' | b'('));
            part.whole |= bytes[floor..at].ends_with(b"\n");
            break;
        };
        match token.kind {
            // "Brasília - DF".
            Kind::Other if &bytes[token.start..token.end] == b"-" => {
                part.whole = true;
                break;
            }
            Kind::Other => break,
            Kind::Number if is_taken(page, found, token) || numbers > 2 => break,
            Kind::Number => {
                numbers += 1;
                part.number = Some(token.start);
                part.name_after_number = part.named;
            }
            Kind::Name => {
                part.names += 1;
                part.street |= token::is_street(&bytes[token.start..token.end]);
                part.named |= token::letters(&bytes[token.start..token.end]).len() > 2;
            }
            Kind::Unit => part.unit = true,
            Kind::Street => part.street = true,
            Kind::Ordinal | Kind::Link => {}
        }
        part.unit |= token.kind == Kind::Ordinal && part.names == 0;
        part.tokens += 1;
        part.start = token.start;
        at = token.start;
    }
    // Links in front belong to the sentence.
    while part.start < end {
        let Some(token) = token::after(bytes, part.start) else { break };
        if token.kind != Kind::Link || token.end > end {
            break;
        }
        let Some(next) = token::after(bytes, token.end) else { break };
        part.start = next.start.min(end);
    }
    part
}

fn is_taken(page: &Page<'_>, found: &Found, token: Token) -> bool {
    page.group_from(token.start)
        .is_some_and(|i| page.groups[i].start < token.end && (found.is_used(i) || page.groups[i].len() > 5))
}

/// Where the address begins whose postcode is `code`, if house and street stand before it.
pub(super) fn back(page: &Page<'_>, found: &Found, code: Code) -> Option<Begin> {
    let bytes = page.bytes();
    let floor = code.start.saturating_sub(FARTHEST);
    let mut end = code.start;
    let mut begin: Option<Begin> = None;
    let (mut number_only, mut names) = (false, 0);
    // The flat nearest to the house, and whether any part names a street.
    let (mut flat, mut street) = (None, false);
    // What there is instead of a house: a number for itself, or a street without one.
    let (mut alone, mut unnumbered) = (None, None);
    for nth in 0..PARTS {
        let before = separator(bytes, end, floor);
        let apart = nth > 0 || bytes[before..end].iter().any(|b| matches!(b, b',' | b'\n'));
        end = before;
        let part = part_before(page, found, end, floor);
        if part.tokens == 0 {
            break;
        }
        if let Some(begun) = &mut begin
            && !number_only
        {
            // What precedes the house belongs to it when it is a flat.
            let street_first = token::after(bytes, part.start)
                .is_some_and(|first| token::is_street(&bytes[first.start..first.end]));
            let name_of_it =
                (part.whole || street_first) && part.street && part.number.is_none() && part.names > 0;
            if part.unit && part.number.is_some() {
                begun.start = part.start;
            } else if part.street
                && part.name_after_number
                && !begun.street
                && !bytes[begun.start].is_ascii_digit()
                && let Some(number) = part.number
            {
                // "18 Kilmore Avenue, Dublin 5, D05 X6K7": the district has a number, too.
                begun.start = number;
                begun.street = true;
            } else if name_of_it && !begun.street && bytes[begun.start].is_ascii_digit() {
                // "Via Fabio, 940 Piano 3, 34149 Trieste": the number stands behind its street.
                begun.start = part.start;
                begun.street = true;
            } else if !(part.whole && part.names > 0 && part.number.is_none()) {
                break;
            }
        } else {
            // "Box 123" is all that some have.
            let boxed = bytes[part.start..].starts_with(b"Box ");
            names += part.names + usize::from(boxed);
            street |= part.street;
            // "3 B" is a door: a house stands in a street with a name.
            let door = part.names > 0 && !part.named && !part.street;
            let unit_only = door || (part.unit && !part.street && part.names < 2);
            if number_only && (part.names > 0 || part.street) {
                begin = Some(Begin { start: part.start, street: part.street, apart });
                number_only = false;
            } else if let Some(number) = part.number {
                if part.names == 0 && !part.street && !part.unit && part.whole {
                    number_only = true;
                    alone = Some((part.start, apart));
                } else if !unit_only {
                    let start = if part.name_after_number || part.street { number } else { part.start };
                    let start = if part.street && !part.name_after_number { part.start } else { start };
                    begin = Some(Begin { start, street: part.street, apart });
                } else {
                    // "Apt 4": the house may follow further left.
                    flat = flat.or(part.unit.then_some((part.start, apart)));
                }
            }
            // "Vicolo Serena, 17 Piano 6": the number has its floor, the street its own part.
            let first = token::after(bytes, part.start).filter(|t| token::is_street(&bytes[t.start..t.end]));
            let numbered = flat.is_some_and(|(at, _)| bytes[at].is_ascii_digit() && at <= end + 3);
            if begin.is_none() && first.is_some() && numbered && part.number.is_none() && part.names > 0 {
                begin = Some(Begin { start: part.start, street: true, apart });
            }
            if part.street && part.number.is_none() && part.names > 1 && apart {
                unnumbered = unnumbered.or(Some((part.start, apart)));
            }
            if begin.is_some() && !part.whole {
                break;
            }
        }
        if !part.whole {
            break;
        }
        end = part.start;
    }
    let flat = flat.or(alone.filter(|_| street)).or(unnumbered.filter(|_| code.strong && begin.is_none()));
    let flat = flat.map(|(start, apart)| Begin { start, street: true, apart });
    let begin = begin.map(|begin| Begin { street: begin.street || street || flat.is_some(), ..begin });
    begin.or(flat).filter(|_| names > 0)
}

/// Where an address begins, and whether a word for a street is in it.
pub(super) struct Begin {
    pub(super) start: usize,
    pub(super) street: bool,
    /// Whether a comma or a line break stands between house and postcode.
    pub(super) apart: bool,
}

/// "Flat 3, 27 Acacia Avenue", "Unit 5/12 George St": where the flat before a house begins.
pub(super) fn flat_before(page: &Page<'_>, found: &Found, house: usize) -> Option<usize> {
    let bytes = page.bytes();
    let floor = house.saturating_sub(32);
    let end = separator(bytes, house, floor);
    let last = token::before(bytes, end, floor)?;
    if last.kind == Kind::Unit {
        return (end + 1 == house).then_some(last.start);
    }
    let unit = token::before(bytes, last.start, floor)?;
    let fits = unit.kind == Kind::Unit
        && bytes[last.end..house].contains(&b',')
        && last.end - last.start <= 5
        && (last.kind == Kind::Number && !is_taken(page, found, last) || last.end - last.start == 1);
    fits.then_some(unit.start)
}

/// The end of what stands before the separator that ends at `end`.
fn separator(bytes: &[u8], end: usize, floor: usize) -> usize {
    let len = bytes[floor..end]
        .iter()
        .rev()
        .take(5)
        .take_while(|b| matches!(b, b' ' | b',' | b'\n' | b'\r' | b'-' | b';' | b'|'))
        .count();
    end - len
}

/// The end of an address whose street (or box, or postcode) ends at `end`, and whether a postcode
/// is in the rest.
pub(super) fn on(page: &Page<'_>, found: &Found, end: usize) -> (usize, bool) {
    let bytes = page.bytes();
    let (mut end, mut at, mut coded) = (end, end, false);
    for _ in 0..PARTS {
        let gap = bytes[at..]
            .iter()
            .take(6)
            .take_while(|b| matches!(b, b' ' | b',' | b'\n' | b'\r' | b'-'))
            .count();
        let sign = &bytes[at..at + gap];
        let lines = sign.split(|b| *b == b'\n').count() - 1;
        if gap == 0 || lines > 2 {
            break;
        }
        let next = at + gap;
        if let Some(stop) = unit(page, found, next) {
            (end, at) = (stop, stop);
            continue;
        }
        if !coded && let Some(code) = code_from(page, found, next) {
            coded = true;
            end = if code.place_follows { place::after_code(page, code.end) } else { code.end };
            at = end;
            continue;
        }
        if let Some(stop) = place::country(bytes, next) {
            end = stop;
            at = stop;
            continue;
        }
        if coded {
            break;
        }
        if lines == 0
            && let Some(stop) = in_small_letters(page, found, next)
        {
            return (stop, true);
        }
        let Some(stop) = place::read(page, next) else { break };
        // A place counts where the part ends; before a postcode it is kept in any case.
        let closed = sign.contains(&b',')
            && bytes.get(stop).is_none_or(|b| matches!(b, b'.' | b',' | b'\n' | b';' | b')'));
        if closed {
            end = stop;
        }
        at = stop;
    }
    (end, coded)
}

/// "london nw1 6xe", "springfield il 62704": at most three words and a postcode, as people type.
fn in_small_letters(page: &Page<'_>, found: &Found, at: usize) -> Option<usize> {
    let bytes = page.bytes();
    let i = page.group_from(at)?;
    let group = page.groups[i];
    let between = bytes.get(at..group.start)?;
    let words = between.split(|b| matches!(b, b' ' | b',')).filter(|w| !w.is_empty());
    if between.len() > 40
        || found.is_used(i)
        || !between.first().is_some_and(u8::is_ascii_lowercase)
        || words.clone().count() > 5
        || !between.iter().all(|b| is_letter(*b) || matches!(b, b' ' | b',' | b'\''))
    {
        return None;
    }
    if let Some(end) = postcode::british_in_small_letters(bytes, group.start) {
        return Some(end);
    }
    if let Some(code) = postcode::at(page, i).filter(|code| code.strong && code.start == group.start) {
        return Some(code.end);
    }
    // A state's letters alone are too little to tell; a whole word has to stand before them.
    let state = words.clone().next_back().is_some_and(super::is_state) && words.count() > 1;
    (state && group.len() == 5 && between.ends_with(b" ") && !is_letter(page.byte(group.end)))
        .then_some(group.end)
}

/// A postcode that begins at `at`, its letters first where it has some.
fn code_from(page: &Page<'_>, found: &Found, at: usize) -> Option<Code> {
    let i = page.group_from(at)?;
    if page.groups[i].start - at > 4 || found.is_used(i) {
        return None;
    }
    let code = postcode::at(page, i).filter(|code| code.start == at)?;
    let years = !code.strong && page.groups[i].len() == 4 && matches!(&page.digits(i)[..2], b"19" | b"20");
    // Four digits that may be a year need a place behind them.
    (!years || place::after_code(page, code.end) > code.end).then_some(code)
}

/// "Apt. 117", "Suite 510", "3º B", "5th floor": its end.
fn unit(page: &Page<'_>, found: &Found, at: usize) -> Option<usize> {
    let bytes = page.bytes();
    // "ul. Długa 5 m 3".
    if let [b'm', b' ', digits @ ..] = &bytes[at..] {
        let len = digits.iter().take(5).take_while(|b| b.is_ascii_digit()).count();
        let ends = digits.get(len).is_none_or(|b| matches!(b, b',' | b'\n' | b' ' | b'.'));
        return ((1..5).contains(&len) && ends).then_some(at + 2 + len);
    }
    let first = token::after(bytes, at).filter(|token| token.start == at)?;
    let mut end = first.end;
    // "3ºB", written without its space.
    if let [digit, b'o' | b'a', door] = bytes[first.start..first.end]
        && digit.is_ascii_digit()
        && door.is_ascii_uppercase()
    {
        return Some(end);
    }
    match first.kind {
        Kind::Unit => {
            let colon = usize::from(bytes.get(end) == Some(&b':'));
            let second = token::after(bytes, end + colon)?;
            let text = &bytes[second.start..second.end];
            let fits = (second.kind == Kind::Number && !is_taken(page, found, second)) || text.len() <= 2;
            if !fits {
                return None;
            }
            end = second.end;
        }
        Kind::Ordinal => {
            // A floor has a letter, a side or its own word behind it.
            let second = token::after(bytes, end)?;
            let text = &bytes[second.start..second.end];
            let fits = second.kind == Kind::Unit || (text.len() == 1 && text[0].is_ascii_uppercase());
            if !fits {
                return None;
            }
            end = second.end;
            if text.len() > 1
                && let Some(third) = token::after(bytes, end)
                && third.end - third.start <= 2
                && third.kind == Kind::Name
            {
                end = third.end;
            }
        }
        _ => return None,
    }
    Some(end)
}
