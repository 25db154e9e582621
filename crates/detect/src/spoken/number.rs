//! Reads one spoken number.

use super::words::{LONGEST, Word, look_up};
use crate::page::is_letter;

/// A digit (or sign) and the words that it stands for, as places in the folded text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Digit {
    pub(super) byte: u8,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// A run of number words.
#[derive(Default, Debug)]
pub(super) struct Number {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) digits: Vec<Digit>,
    /// How many digits come from words.
    pub(super) spoken: usize,
    /// How many there are, with those in figures.
    pub(super) all: usize,
}

#[derive(Clone, Copy)]
enum Said {
    Word(Word),
    /// One to four digits in figures.
    Figures,
}

#[derive(Clone, Copy)]
struct Token {
    said: Said,
    start: usize,
    end: usize,
    /// More than a space or hyphen stands before it.
    apart: bool,
}

/// The longest pause between two words, in bytes.
const PAUSE: usize = 4;
/// The most digits in figures that may stand among words.
const FIGURES: usize = 4;

const fn is_pause(byte: u8) -> bool {
    matches!(byte, b' ' | b'-' | b',' | b'.' | b'\n' | b'\r' | b'\t' | b'_')
}

/// The number that the number word at `at` belongs to; does not look before `from`.
pub(super) fn around(bytes: &[u8], from: usize, at: usize) -> Number {
    // "vierzig" was found in "einundvierzig".
    let at = at - bytes[from..at].iter().rev().take(LONGEST).take_while(|b| is_letter(**b)).count();
    let mut start = at;
    while let Some(before) = token_before(bytes, from, start) {
        start = before;
    }
    if start == at && !goes_on(bytes, at) {
        return Number::default();
    }
    let mut tokens = tokens(bytes, start);
    let silent = |token: &Token| matches!(token.said, Said::Word(Word::And | Word::Pause | Word::Slash));
    let waits = |token: &Token| matches!(token.said, Said::Word(Word::Repeat(_) | Word::Plus));
    while tokens.last().is_some_and(|last| silent(last) || waits(last)) {
        tokens.pop();
    }
    let first = tokens.iter().position(|token| !silent(token)).unwrap_or(tokens.len());
    read(bytes, &tokens[first..])
}

/// Where the token that ends right before `at`, or a pause before it, begins.
fn token_before(bytes: &[u8], from: usize, at: usize) -> Option<usize> {
    let head = &bytes[from..at];
    let pause = head.iter().rev().take(PAUSE).take_while(|b| is_pause(**b)).count();
    if pause == 0 {
        return None;
    }
    let head = &head[..head.len() - pause];
    let letters = head.iter().rev().take(LONGEST + 1).take_while(|b| is_letter(**b)).count();
    let figures = head.iter().rev().take(FIGURES + 1).take_while(|b| b.is_ascii_digit()).count();
    let start = head.len() - letters.max(figures);
    let apart = start.checked_sub(1).is_none_or(|i| !head[i].is_ascii_alphanumeric() && !is_letter(head[i]));
    let is_token =
        if letters > 0 { look_up(&head[start..]).is_some() } else { (1..=FIGURES).contains(&figures) };
    (apart && is_token).then_some(from + start)
}

/// Whether another token follows the word at `at`: most number words stand alone.
fn goes_on(bytes: &[u8], at: usize) -> bool {
    let rest = &bytes[at..];
    let word = rest.iter().take(LONGEST + 1).take_while(|b| is_letter(**b)).count();
    let pause = rest[word..].iter().take(PAUSE).take_while(|b| is_pause(**b) || **b == b'/').count();
    let next = &rest[word + pause..];
    let letters = next.iter().take(LONGEST + 1).take_while(|b| is_letter(**b)).count();
    pause > 0 && (next.first().is_some_and(u8::is_ascii_digit) || look_up(&next[..letters]).is_some())
}

fn tokens(bytes: &[u8], start: usize) -> Vec<Token> {
    let mut tokens = Vec::new();
    let (mut at, mut apart) = (start, false);
    while let Some(first) = bytes.get(at) {
        let rest = &bytes[at..];
        let letters = rest.iter().take(LONGEST + 1).take_while(|b| is_letter(**b)).count();
        let figures = rest.iter().take(FIGURES + 1).take_while(|b| b.is_ascii_digit()).count();
        let said = if letters > 0 {
            look_up(&rest[..letters]).map(Said::Word)
        } else {
            (first.is_ascii_digit() && figures <= FIGURES).then_some(Said::Figures)
        };
        let Some(said) = said else { break };
        let end = at + letters.max(figures);
        tokens.push(Token { said, start: at, end, apart });
        let pause = bytes[end..].iter().take(PAUSE + 1).take_while(|b| is_pause(**b)).count();
        let slash = pause == 0 && bytes.get(end) == Some(&b'/');
        if slash {
            tokens.push(Token { said: Said::Word(Word::Slash), start: end, end: end + 1, apart: false });
        } else if !(1..=PAUSE).contains(&pause) {
            break;
        }
        apart = !matches!(bytes[end..end + pause], [b' ' | b'-']);
        at = end + pause + usize::from(slash);
    }
    tokens
}

/// Digits that were said in one breath.
struct Breath {
    digits: usize,
    from: usize,
}

fn read(bytes: &[u8], tokens: &[Token]) -> Number {
    let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return Number::default() };
    let mut number = Number { start: first.start, end: last.end, ..Number::default() };
    let mut breaths = vec![Breath { digits: 0, from: 0 }];
    let (mut i, mut paused) = (0, false);
    while i < tokens.len() {
        let token = tokens[i];
        if (token.apart || paused) && number.digits.len() > breaths.last().map_or(0, |breath| breath.from) {
            breaths.push(Breath { digits: 0, from: number.digits.len() });
        }
        let (signs, used) = say(bytes, &tokens[i..]);
        let end = tokens[i + used - 1].end;
        paused = matches!(token.said, Said::Word(Word::And | Word::Pause));
        let follows_digit = number.digits.last().is_some_and(|last| last.byte.is_ascii_digit());
        let additive = matches!(tokens.get(i + 1), Some(Token { said: Said::Word(next), apart: false, .. })
            if matches!(next, Word::Tens(_) | Word::Two(_)));
        let amount = matches!(token.said, Said::Word(Word::Zeros)) && (additive || !follows_digit);
        if matches!(token.said, Said::Figures) {
            number.put(b' ', token.start, token.start);
            for (at, figure) in (token.start..).zip(&bytes[token.start..token.end]) {
                number.put(*figure, at, at + 1);
            }
            number.put(b' ', token.end, token.end);
            number.all += token.end - token.start;
        } else if !amount {
            let count = signs.iter().filter(|sign| sign.is_ascii_digit()).count();
            number.spoken += count;
            number.all += count;
            for sign in signs.iter().filter(|sign| **sign != 0) {
                number.put(*sign, token.start, end);
            }
        }
        if let Some(breath) = breaths.last_mut() {
            breath.digits = number.digits.len() - breath.from;
        }
        i += used;
    }
    // "five five five, oh one two": groups. "four, one, one": nothing but a way to speak.
    if breaths.iter().all(|breath| breath.digits > 1) {
        let digits = std::mem::take(&mut number.digits);
        for (i, breath) in breaths.iter().enumerate() {
            let to = breaths.get(i + 1).map_or(digits.len(), |next| next.from);
            if let Some(first) = digits.get(breath.from) {
                number.put(b' ', first.start, first.start);
            }
            digits[breath.from..to].iter().for_each(|digit| number.put(digit.byte, digit.start, digit.end));
        }
    }
    while number.digits.last().is_some_and(|last| last.byte == b' ') {
        number.digits.pop();
    }
    number
}

impl Number {
    fn put(&mut self, byte: u8, start: usize, end: usize) {
        // No two spaces in a row, and none at the beginning.
        let spaced = self.digits.last().is_none_or(|last| last.byte == b' ');
        if byte != b' ' || !spaced {
            self.digits.push(Digit { byte, start, end });
        }
    }
}

/// The signs (0: none) that the first of the tokens say together, and how many tokens these are.
fn say(bytes: &[u8], tokens: &[Token]) -> ([u8; 4], usize) {
    let two = |value: u8, used| ([b'0' + value / 10, b'0' + value % 10, 0, 0], used);
    let one = |sign: u8| ([sign, 0, 0, 0], 1);
    let word = |i: usize| match tokens.get(i) {
        Some(Token { said: Said::Word(word), apart: false, .. }) => Some(*word),
        _ => None,
    };
    let digit = |word: Option<Word>| match word {
        Some(Word::Digit(digit @ 1..)) => Some(digit),
        Some(Word::Quatre) => Some(4),
        _ => None,
    };
    // "dix" with what follows: 10 to 19.
    let teen = |i: usize| match (word(i), word(i + 1)) {
        (Some(Word::Dix), Some(Word::Digit(ones @ 7..=9))) => Some((10 + ones, 2)),
        (Some(Word::Dix), _) => Some((10, 1)),
        (Some(Word::Two(value @ 10..=16)), _) => Some((value, 1)),
        _ => None,
    };
    // What follows tens, with or without "and".
    let ones = |i: usize, tens: u8, teens: bool| {
        let joint = usize::from(word(i) == Some(Word::And));
        match (teen(i + joint), digit(word(i + joint))) {
            (Some((value, used)), _) if teens => two(tens + value, i + joint + used),
            (_, Some(value)) => two(tens + value, i + joint + 1),
            _ => two(tens, i),
        }
    };
    let Some(Token { said: Said::Word(first), .. }) = tokens.first() else { return ([0; 4], 1) };
    match *first {
        Word::Digit(value) => one(b'0' + value),
        Word::Two(value) => two(value, 1),
        Word::Tens(value) => ones(1, value, false),
        Word::Vingt => ones(1, 20, false),
        Word::Soixante => ones(1, 60, true),
        Word::Dix if matches!(word(1), Some(Word::Digit(7..=9))) => {
            two(10 + digit(word(1)).unwrap_or_default(), 2)
        }
        Word::Dix => two(10, 1),
        Word::Quatre if word(1) == Some(Word::Vingt) => ones(2, 80, true),
        Word::Quatre => one(b'4'),
        Word::Repeat(times) => {
            let repeated = match tokens.get(1) {
                Some(Token { said: Said::Word(Word::Digit(value)), .. }) => b'0' + value,
                Some(Token { said: Said::Word(Word::Quatre), .. }) => b'4',
                Some(Token { said: Said::Figures, start, end, .. }) if end - start == 1 => bytes[*start],
                _ => return ([0; 4], 1),
            };
            let mut signs = [0; 4];
            signs[..usize::from(times).min(4)].fill(repeated);
            (signs, 2)
        }
        Word::Zeros => ([b'0', b'0', 0, 0], 1),
        Word::Plus => one(b'+'),
        Word::Slash => one(b'/'),
        Word::And | Word::Pause => ([0; 4], 1),
    }
}
