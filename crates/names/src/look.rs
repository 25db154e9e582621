//! What one piece of text looks like: its word, its ends, its shape, and what is known of it.

use crate::{
    fold::fold,
    hash::{START, mix, of_chars},
    lexicon::{Known, Lexicon, join},
    likeness::{self, Rows},
    token::{Class, Token},
};

/// How the letters of a piece are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub(crate) enum Case {
    /// No letters, or a script without capitals.
    None,
    Lower,
    /// One capital at the beginning.
    Capitalised,
    /// One capital and nothing else, perhaps with a stop.
    Initial,
    Upper,
    Mixed,
}

/// A piece as the features see it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    pub(crate) class: Class,
    pub(crate) case: Case,
    /// Hash of the folded word.
    pub(crate) word: u64,
    /// Hash of the shape: runs of capitals, small letters, digits, signs.
    pub(crate) shape: u64,
    /// Hashes of the first one to four characters.
    pub(crate) begins: [u64; 4],
    /// Hashes of the last one to four characters.
    pub(crate) ends: [u64; 4],
    pub(crate) known: Known,
    pub(crate) glued: bool,
    /// It begins a line.
    pub(crate) first: bool,
    /// A handle or tag of the same line contains the word: "@JaneDoe99 hi Jane".
    pub(crate) echoed: bool,
    /// How much it looks like a name: a drawer of [`crate::likeness`].
    pub(crate) likeness: u8,
    /// How many characters, at most 255.
    pub(crate) length: u8,
}

/// What stands beyond the ends of a line.
pub(crate) const NOTHING: Look = Look {
    class: Class::Sign,
    case: Case::None,
    word: 1,
    shape: 2,
    begins: [1; 4],
    ends: [1; 4],
    known: Known(0),
    glued: false,
    first: true,
    echoed: false,
    likeness: 0,
    length: 0,
};

/// Signs of one kind are one word.
const HANDLE: u64 = 11;
const ADDRESS: u64 = 12;
const PICTURE: u64 = 13;

/// The hash of a word as lists and texts have it.
pub(crate) fn word_hash(word: &str) -> u64 {
    of_chars(word.chars().filter_map(fold).flat_map(|f| std::iter::once(f.first).chain(f.second)))
}

/// Pieces that are looked at together. Longer lines are cut.
const LONGEST: usize = 256;
/// How many pieces before and behind a line its features may look at.
const AROUND: usize = 3;

/// The lines of a text: where each begins and ends among its pieces.
pub(crate) fn lines(tokens: &[Token]) -> impl Iterator<Item = std::ops::Range<usize>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = tokens.get(at..).filter(|rest| !rest.is_empty())?;
        let breaks = rest.iter().skip(1).take(LONGEST - 1).position(|token| token.after_break);
        let start = at;
        at += breaks.map_or(rest.len().min(LONGEST), |n| n + 1);
        Some(start..at)
    })
}

/// What the pieces of one line look like, with those around it; returns where the line itself begins
/// in `looks`.
pub(crate) fn look_at_line(
    text: &str,
    tokens: &[Token],
    line: std::ops::Range<usize>,
    lore: Lore<'_>,
    looks: &mut Vec<Look>,
) -> usize {
    let from = line.start.saturating_sub(AROUND);
    let to = (line.end + AROUND).min(tokens.len());
    looks.clear();
    looks.extend(tokens[from..to].iter().map(|token| look(text, token, lore)));
    mark_rows(looks, &lore.lexicon);
    let begins = line.start - from;
    let length = line.len();
    mark_echoes(text, &tokens[line], &mut looks[begins..begins + length]);
    begins
}

/// What is known of words and of the characters in them.
#[derive(Clone, Copy)]
pub(crate) struct Lore<'m> {
    pub(crate) lexicon: Lexicon<'m>,
    pub(crate) likeness: &'m [u8; likeness::SIZE],
}

fn look(text: &str, token: &Token, lore: Lore<'_>) -> Look {
    let lexicon = &lore.lexicon;
    let whole = &text[token.start..token.end];
    let mut look = Look { class: token.class, glued: token.glued, first: token.after_break, ..NOTHING };
    match token.class {
        Class::Handle => {
            look.word = HANDLE;
            return look;
        }
        Class::Address => {
            look.word = ADDRESS;
            return look;
        }
        Class::Sign => {
            let first = whole.chars().next().unwrap_or(' ');
            let is_sign = first.is_ascii()
                || first.is_alphabetic()
                || matches!(first, '\u{2000}'..='\u{20ff}' | '\u{3000}'..='\u{30ff}' | '\u{ff00}'..='\u{ffef}');
            look.word = if is_sign { mix(START, u64::from(u32::from(first))) } else { PICTURE };
            look.shape = look.word;
            return look;
        }
        Class::Word | Class::Number | Class::Ideograph | Class::Tag => {}
    }
    let body = whole.strip_prefix(['#', '＃']).unwrap_or(whole);
    let (mut word, mut shape, mut last_sort) = (START, mix(START, token.class as u64), 0_u8);
    // A ring of the last four characters, and the hashes of the first four.
    let (mut tail, mut count) = ([0_u64; 4], 0_usize);
    let (mut upper, mut lower, mut first_upper, mut letters) = (0_usize, 0_usize, false, 0_usize);
    let (mut rows, mut odds) = (Rows::new(), 0_i32);
    for c in body.chars() {
        let sort = if c.is_ascii_lowercase() || (!c.is_ascii() && c.is_lowercase()) {
            lower += 1;
            letters += 1;
            1
        } else if c.is_ascii_uppercase() || (!c.is_ascii() && c.is_uppercase()) {
            upper += 1;
            letters += 1;
            first_upper |= letters == 1;
            2
        } else if c.is_numeric() {
            3
        } else if c.is_alphabetic() {
            letters += 1;
            4
        } else {
            5
        };
        if sort != last_sort {
            shape = mix(shape, if sort == 5 { u64::from(u32::from(c)) } else { u64::from(sort) });
            last_sort = sort;
        }
        let Some(folded) = fold(c) else { continue };
        let mut take = |c: char| {
            let value = if sort == 3 { u64::from(b'0') } else { u64::from(u32::from(c)) };
            word = mix(word, value);
            if count < 4 {
                look.begins[count] = word;
            }
            tail[count % 4] = value;
            odds += i32::from(lore.likeness[rows.next(value)] as i8);
            count += 1;
        };
        take(folded.first);
        if let Some(second) = folded.second {
            take(second);
        }
    }
    look.word = word;
    look.shape = shape;
    look.length = count.min(255) as u8;
    let (last, rows) = rows.end();
    look.likeness = likeness::drawer(odds + i32::from(lore.likeness[last] as i8), rows);
    for n in count..4 {
        look.begins[n] = 1;
    }
    let mut end = mix(START, 0xe4d);
    for n in 0..count.min(4) {
        end = mix(end, tail[(count - 1 - n) % 4]);
        look.ends[n] = end;
    }
    look.case = match (upper, lower) {
        (0, 0) => Case::None,
        (0, _) => Case::Lower,
        (1, 0) if letters == 1 => Case::Initial,
        (_, 0) => Case::Upper,
        (1, _) if first_upper => Case::Capitalised,
        _ => Case::Mixed,
    };
    look.known = lexicon.get(word);
    if look.known.is_nothing()
        && (token.class == Class::Tag || look.case == Case::Mixed || body.contains('-'))
    {
        look.known = of_parts(body, lexicon, token.class == Class::Tag);
        if token.class == Class::Tag && look.known.is_nothing() {
            look.known = of_halves(body, lexicon);
        }
    }
    look
}

/// What is known of "annsmith", if it is a given name and a surname.
fn of_halves(body: &str, lexicon: &Lexicon<'_>) -> Known {
    if !body.is_ascii() || body.len() > 24 {
        return Known::default();
    }
    let both = (3..body.len().saturating_sub(2)).any(|cut| {
        let (given, surname) = body.split_at(cut);
        lexicon.get(word_hash(given)).has(Known::GIVEN) && lexicon.get(word_hash(surname)).has(Known::SURNAME)
    });
    if both { Known::GIVEN.and(Known::SURNAME) } else { Known::default() }
}

/// What is known of the parts of "Jean-Pierre", "#NewYork" or "JohnSmith", if every part of three
/// letters or more is known or `any` is enough.
fn of_parts(body: &str, lexicon: &Lexicon<'_>, any: bool) -> Known {
    let (mut known, mut start, mut small_before) = (Known::default(), 0, false);
    let (mut parts, mut before, mut known_before) = (0, None, Known::default());
    let mut full = false;
    let mut part = |from: usize, to: usize| {
        let part = &body[from..to];
        if part.is_empty() || parts > 6 {
            return true;
        }
        let hash = word_hash(part);
        let of_part = lexicon.get(hash);
        known = known.and(of_part);
        full = parts <= 2 && is_a_full_name(known_before, of_part);
        known_before = of_part;
        if let Some(before) = before.replace(hash) {
            known = known.and(lexicon.get(join(before, hash)));
        }
        parts += 1;
        part.chars().count() < 3 || !of_part.is_nothing()
    };
    let mut all = true;
    for (at, c) in body.char_indices().take(64) {
        let cut = c == '-' || c == '_';
        if cut || (c.is_uppercase() && small_before) {
            all &= part(start, at);
            start = if cut { at + c.len_utf8() } else { at };
        }
        small_before = c.is_lowercase();
    }
    if body.len() - start < 64 {
        all &= part(start, body.len());
    }
    match (any, full) {
        (true, true) => Known::GIVEN.and(Known::SURNAME),
        // "#ForMaria": a name is in it, and it is none.
        (true, false) if parts > 1 => known.and(Known::ORDINARY),
        _ if all || any => known,
        _ => Known::default(),
    }
}

/// Whether the last two parts of a tag are a given name and what may be a surname: "#JaneDoe", "#ThanksJaneDoe".
fn is_a_full_name(before: Known, last: Known) -> bool {
    before.has(Known::GIVEN)
        && (last.has(Known::SURNAME) || last.is_nothing())
        && !last.has(Known::ORDINARY.and(Known::ORGANISATION))
}

/// Marks names of two and three words in a row ("New York", "Van der Meer").
fn mark_rows(looks: &mut [Look], lexicon: &Lexicon<'_>) {
    for i in 0..looks.len().saturating_sub(1) {
        if looks[i].class == Class::Sign {
            continue;
        }
        let two = join(looks[i].word, looks[i + 1].word);
        let known = lexicon.get(two);
        if !known.is_nothing() {
            looks[i].known = looks[i].known.and(known);
            looks[i + 1].known = looks[i + 1].known.and(known);
        }
        if let Some(third) = looks.get(i + 2) {
            let known = lexicon.get(join(two, third.word));
            if !known.is_nothing() {
                for look in &mut looks[i..i + 3] {
                    look.known = look.known.and(known);
                }
            }
        }
    }
}

/// Bytes of handles and tags that are searched for echoes in a line: keeps time linear.
const HANDLES: usize = 192;
/// Words that are searched for in them in a line.
const WORDS: usize = 64;

/// Marks words of four letters or more that a handle or tag of the line contains, beginning with
/// the handle or at a capital letter or not.
fn mark_echoes(text: &str, tokens: &[Token], looks: &mut [Look]) {
    let mut handles = [0_u8; HANDLES];
    let mut filled = 0;
    for token in tokens.iter().filter(|t| matches!(t.class, Class::Handle | Class::Tag)) {
        for byte in text[token.start..token.end].bytes().filter(|b| *b != b'_') {
            if filled < HANDLES {
                handles[filled] = byte.to_ascii_lowercase();
                filled += 1;
            }
        }
    }
    if filled == 0 {
        return;
    }
    let handles = &handles[..filled];
    let words = tokens.iter().zip(looks).filter(|(t, look)| {
        t.class == Class::Word && (4..=20).contains(&(t.end - t.start)) && look.case != Case::None
    });
    for (token, look) in words.take(WORDS) {
        let word = &text.as_bytes()[token.start..token.end];
        look.echoed = handles.windows(word.len()).any(|part| part.eq_ignore_ascii_case(word));
    }
}
