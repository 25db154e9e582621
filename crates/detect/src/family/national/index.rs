//! Which lines of the tables a candidate is tried against, computed when the program is built.
//!
//! A number is looked up by its first run of digits: how long it is, whether a letter is attached
//! before it and what follows it. Most runs of digits in ordinary texts meet an empty set.

use super::{
    form::{is_digit, is_sign},
    id::{NationalId, Trust},
};
use crate::cue::IdWord;

const TABLES: [&[NationalId]; 11] = [
    super::western::IDS,
    super::southern::IDS,
    super::northern::IDS,
    super::eastern::IDS,
    super::near_east_and_africa::IDS,
    super::asia::IDS,
    super::americas::IDS,
    super::health::IDS,
    super::plates::IDS,
    super::vat::IDS,
    super::documents::IDS,
];

const COUNT: usize = {
    let (mut count, mut table) = (0, 0);
    while table < TABLES.len() {
        count += TABLES[table].len();
        table += 1;
    }
    count
};

/// Every line of every table, those first that may be believed without a word.
pub(super) static ALL: [&NationalId; COUNT] = {
    let mut all = [&TABLES[0][0]; COUNT];
    let mut filled = 0;
    let mut quiet = false;
    loop {
        let mut table = 0;
        while table < TABLES.len() {
            let mut line = 0;
            while line < TABLES[table].len() {
                let id = &TABLES[table][line];
                if needs_word(id) == quiet {
                    all[filled] = id;
                    filled += 1;
                }
                line += 1;
            }
            table += 1;
        }
        if quiet {
            break;
        }
        quiet = true;
    }
    all
};

/// What is known of a form before a text is read.
#[derive(Clone, Copy)]
pub(super) struct Form {
    pub(super) text: &'static str,
    /// Something is printed between its characters.
    pub(super) has_signs: bool,
    /// How many characters stand before its first digit, with the signs among them.
    pub(super) printed_lead: u8,
    /// The same without signs.
    pub(super) bare_lead: u8,
    /// How many characters it has without signs.
    pub(super) signs: u8,
}

const fn form(text: &'static str) -> Form {
    let bytes = text.as_bytes();
    let mut form = Form { text, has_signs: false, printed_lead: 0, bare_lead: 0, signs: 0 };
    let (mut at, mut leads) = (0, true);
    while at < bytes.len() {
        leads &= !is_digit(bytes[at]);
        let sign = is_sign(bytes[at]);
        form.has_signs |= sign;
        form.printed_lead += leads as u8;
        form.bare_lead += (leads && !sign) as u8;
        form.signs += !sign as u8;
        at += 1;
    }
    assert!(
        form.signs as usize <= super::form::LONGEST,
        "a form has no more characters than a reading has room for"
    );
    form
}

const FORM_COUNT: usize = {
    let (mut count, mut line) = (0, 0);
    while line < COUNT {
        count += ALL[line].forms.len();
        line += 1;
    }
    count
};

/// Every form of every line, in the order of the lines, and where those of each line begin.
static FORMS: ([Form; FORM_COUNT], [u16; COUNT + 1]) = {
    let mut forms = [form(""); FORM_COUNT];
    let mut begins = [0; COUNT + 1];
    let (mut filled, mut line) = (0, 0);
    while line < COUNT {
        let mut i = 0;
        while i < ALL[line].forms.len() {
            forms[filled] = form(ALL[line].forms[i]);
            (filled, i) = (filled + 1, i + 1);
        }
        line += 1;
        begins[line] = filled as u16;
    }
    (forms, begins)
};

/// The forms of a line.
pub(super) fn forms(line: usize) -> &'static [Form] {
    let (forms, begins) = &FORMS;
    &forms[begins[line] as usize..begins[line + 1] as usize]
}

/// The lines that have a form of so many characters without signs.
static WITH_LENGTH: [Lines; super::form::LONGEST + 1] = {
    let mut lines = [Lines([0; 2]); super::form::LONGEST + 1];
    let mut line = 0;
    while line < COUNT {
        let mut i = 0;
        while i < ALL[line].forms.len() {
            lines[form(ALL[line].forms[i]).signs as usize].0[line / 128] |= 1 << (line % 128);
            i += 1;
        }
        line += 1;
    }
    lines
};

const fn needs_word(id: &NationalId) -> bool {
    matches!((id.printed, id.bare), (Trust::Word, Trust::Word))
}

/// A set of lines.
#[derive(Clone, Copy)]
pub(super) struct Lines([u128; 2]);

impl Lines {
    /// The lines of both.
    pub(super) const fn with(self, other: Self) -> Self {
        Self([self.0[0] | other.0[0], self.0[1] | other.0[1]])
    }

    pub(super) const fn are_none(self) -> bool {
        self.0[0] | self.0[1] == 0
    }

    pub(super) const fn has(self, line: usize) -> bool {
        self.0[line / 128] & 1 << (line % 128) != 0
    }

    /// How many characters without signs their longest form has.
    pub(super) fn longest(self) -> usize {
        let has = |lines: &Self| self.0[0] & lines.0[0] | self.0[1] & lines.0[1] != 0;
        WITH_LENGTH.iter().rposition(has).unwrap_or_default()
    }

    /// Those that have a form with one of these numbers of characters: a bit for each.
    pub(super) fn with_lengths(self, lengths: u32) -> Self {
        let mut left = lengths;
        let lengths = std::iter::from_fn(|| {
            let length = left.trailing_zeros() as usize;
            left &= left.checked_sub(1)?;
            Some(length)
        });
        let fitting = lengths.fold(Self([0; 2]), |all, length| all.with(WITH_LENGTH[length]));
        Self([self.0[0] & fitting.0[0], self.0[1] & fitting.0[1]])
    }

    /// The numbers of the lines, in order.
    pub(super) fn members(self) -> impl Iterator<Item = usize> {
        let mut sets = self.0;
        std::iter::from_fn(move || {
            let (which, set) = sets.iter_mut().enumerate().find(|(_, set)| **set != 0)?;
            let line = set.trailing_zeros() as usize;
            *set &= *set - 1;
            Some(which * 128 + line)
        })
    }
}

/// A set of lines that may be believed without a word: they are the first.
type FirstLines = u128;

/// What follows a run of digits: a letter, nothing, or a sign and then a digit or something else.
const FOLLOWERS: usize = 12;
const LETTER: usize = 0;
const END: usize = 1;

const fn follower(byte: u8, digit_follows: bool) -> usize {
    let sign = match byte {
        b' ' => 2,
        b'-' => 4,
        b'.' => 6,
        b'/' => 8,
        b'+' | b'(' => 10,
        b if b.is_ascii_alphabetic() => return LETTER,
        _ => return END,
    };
    sign + digit_follows as usize
}

/// The longest first run of digits in the tables.
const LONGEST_RUN: usize = 20;

struct Index([[[FirstLines; FOLLOWERS]; LONGEST_RUN + 1]; 2]);

const fn index(trust: Trust) -> Index {
    let mut index = Index([[[0; FOLLOWERS]; LONGEST_RUN + 1]; 2]);
    let mut line = 0;
    while line < COUNT && !needs_word(ALL[line]) {
        assert!(line < 128, "a set has room for 128 lines");
        let id = ALL[line];
        let mut form = 0;
        while form < id.forms.len() {
            let written = id.forms[form].as_bytes();
            if matches!((id.printed, trust), (Trust::Alone, _) | (Trust::Home, Trust::Home)) {
                enter(&mut index, written, false, 1 << line);
            }
            if matches!((id.bare, trust), (Trust::Alone, _) | (Trust::Home, Trust::Home)) {
                enter(&mut index, written, true, 1 << line);
            }
            form += 1;
        }
        line += 1;
    }
    index
}

const fn enter(index: &mut Index, form: &[u8], bare: bool, line: FirstLines) {
    let (mut at, mut attached) = (0, false);
    while at < form.len() && !is_digit(form[at]) {
        if !is_sign(form[at]) {
            attached = true;
        } else if !bare {
            attached = false;
        }
        at += 1;
    }
    let before = attached as usize;
    let mut run = 0;
    while at < form.len() {
        let sign = form[at];
        at += 1;
        if is_digit(sign) {
            run += 1;
        } else if sign == b'*' {
            // Either a letter, or the run goes on.
            index.0[before][run][LETTER] |= line;
            run += 1;
        } else if is_sign(sign) {
            if !bare {
                let then = if at < form.len() { form[at] } else { 0 };
                if is_digit(then) || then == b'*' {
                    index.0[before][run][follower(sign, true)] |= line;
                }
                if !is_digit(then) {
                    index.0[before][run][follower(sign, false)] |= line;
                }
                return;
            }
        } else {
            index.0[before][run][LETTER] |= line;
            return;
        }
    }
    let mut next = END;
    while next < FOLLOWERS {
        index.0[before][run][next] |= line;
        next += 1;
    }
}

static ANYWHERE: Index = index(Trust::Alone);
static AT_HOME: Index = index(Trust::Home);

/// The lines that a run of digits may begin with no word before it.
pub(super) fn unnamed(attached: bool, run: usize, next: [u8; 2], regions: bool) -> Lines {
    let index = if regions { &AT_HOME } else { &ANYWHERE };
    let lines = index.0[usize::from(attached)]
        .get(run)
        .map_or(0, |followers| followers[follower(next[0], next[1].is_ascii_digit())]);
    Lines([lines, 0])
}

/// The lines that a word names, by word.
static NAMED: [Lines; IdWord::COUNT] = {
    let mut named = [Lines([0; 2]); IdWord::COUNT];
    let mut line = 0;
    while line < COUNT {
        assert!(line < 256, "two sets have room for 256 lines");
        let mut word = 0;
        while word < ALL[line].words.len() {
            named[ALL[line].words[word] as usize].0[line / 128] |= 1 << (line % 128);
            word += 1;
        }
        line += 1;
    }
    named
};

/// The lines that a word names.
pub(super) fn named(word: IdWord) -> Lines {
    NAMED[word as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_well_formed() {
        for id in ALL {
            let kinds = id.data_type.kinds();
            assert!(kinds.contains(&id.kind), "{} is no kind of {}", id.kind, id.data_type);
            assert!(!id.words.is_empty() && !id.forms.is_empty(), "{}", id.kind);
            for form in id.forms {
                let signs = form.bytes().filter(|b| !is_sign(*b)).count();
                assert!(signs <= crate::family::national::form::LONGEST, "{form}");
            }
            assert!(id.regions.split(' ').all(|code| code.len() == 2 || code.is_empty()), "{}", id.regions);
        }
    }

    #[test]
    fn the_digits_of_ordinary_orders_meet_hardly_any_line() {
        for run in 1..=12 {
            assert!(unnamed(false, run, *b"\n\n", false).members().count() < 2, "{run}");
        }
        assert!(unnamed(false, 6, *b"-1", false).members().count() > 0);
    }
}
