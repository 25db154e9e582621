//! What speaks for a tag: hashes of what a piece and its neighbours look like.

use crate::{
    hash::mix,
    lexicon::Known,
    look::{Case, Look, NOTHING},
};
use std::cell::Cell;

/// What is true of a whole line.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tone {
    pub(crate) style: Style,
    /// The language that most of its known words belong to, counted from 1; 0 where that is open.
    pub(crate) language: u8,
}

/// The tone of a line.
pub(crate) fn tone(looks: &[Look]) -> Tone {
    let mut counts = [0_u16; Known::LANGUAGES];
    for look in looks {
        let mut languages = look.known.languages();
        while languages != 0 {
            counts[(languages.trailing_zeros() as usize).min(Known::LANGUAGES - 1)] += 1;
            languages &= languages - 1;
        }
    }
    let most = counts.iter().copied().max().unwrap_or(0);
    let mut leaders = counts.iter().zip(1_u8..).filter(|(count, _)| **count == most && most > 0);
    let language = match (leaders.next(), leaders.next()) {
        (Some((_, language)), None) => language,
        _ => 0,
    };
    Tone { style: style(looks), language }
}

/// How the words of a line are written, taken together.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u8)]
pub(crate) enum Style {
    /// No capital at all.
    Lower,
    /// As sentences are.
    Sentence,
    /// Nearly every word has a capital.
    Headline,
    /// Nearly all letters are capitals.
    Shouted,
}

fn style(looks: &[Look]) -> Style {
    let (mut lower, mut capitalised, mut upper) = (0_usize, 0_usize, 0_usize);
    for look in looks {
        match look.case {
            Case::Lower => lower += 1,
            Case::Capitalised | Case::Mixed => capitalised += 1,
            Case::Upper => upper += 1,
            Case::None | Case::Initial => {}
        }
    }
    let all = lower + capitalised + upper;
    if upper >= 2 && upper * 10 >= all * 7 {
        Style::Shouted
    } else if capitalised + upper == 0 {
        Style::Lower
    } else if all >= 4 && (capitalised + upper) * 10 >= all * 7 {
        Style::Headline
    } else {
        Style::Sentence
    }
}

const fn case(look: &Look) -> u64 {
    look.case as u64 + 8 * look.class as u64
}

/// Calls `each` with every feature of piece `i` of a line and what stands around it. The same in training and in use.
#[inline]
pub(crate) fn features(looks: &[Look], i: usize, tone: Tone, mut each: impl FnMut(u64)) {
    let at = |offset: isize| i.checked_add_signed(offset).and_then(|j| looks.get(j)).unwrap_or(&NOTHING);
    let (b3, b2, b1, this, n1, n2) = (at(-3), at(-2), at(-1), &looks[i], at(1), at(2));
    let Tone { style, language } = tone;
    let language = u64::from(language);
    let known = |look: &Look| u64::from(look.known.properties());
    let number = Cell::new(0_u64);
    let mut give = |a: u64, b: u64, c: u64| {
        number.set(number.get() + 1);
        each(mix(mix(mix(number.get().wrapping_mul(0xA24B_AED4_963E_E407), a), b), c));
    };
    // Words.
    give(this.word, 0, 0);
    give(this.word, case(this), 0);
    give(b1.word, 0, 0);
    give(n1.word, 0, 0);
    give(b2.word, 0, 0);
    give(n2.word, 0, 0);
    give(b1.word, this.word, 0);
    give(this.word, n1.word, 0);
    give(b1.word, case(this), 0);
    give(n1.word, case(this), 0);
    give(b2.word, b1.word, case(this));
    give(n1.word, n2.word, case(this));
    give(mix(b3.word, b2.word), b1.word, case(this));
    give(b1.word, n1.word, case(this));
    // Shapes.
    give(this.shape, 0, 0);
    give(b1.shape, this.shape, 0);
    give(this.shape, n1.shape, 0);
    give(b1.shape, this.shape, n1.shape);
    give(case(b2), case(b1), case(this));
    give(case(this), case(n1), case(n2));
    give(case(this), style as u64, 0);
    give(case(this), style as u64, u64::from(this.first));
    let ends = u64::from(n1.first);
    give(u64::from(this.first) * 2 + ends, case(this), known(this));
    give(u64::from(this.first) * 2 + ends, case(this), b1.word);
    give(u64::from(this.first) * 2 + ends, case(b1), case(this));
    give(case(this), u64::from(this.glued), b1.word);
    give(u64::from(this.length.min(12)), case(this), 0);
    // Ends of words.
    for n in 0..4 {
        give(this.begins[n], 0, 0);
        give(this.ends[n], 0, 0);
    }
    give(this.ends[2], case(this), 0);
    give(this.begins[2], case(this), 0);
    give(this.ends[1], case(this), style as u64);
    give(b1.ends[2], case(this), 0);
    give(n1.ends[2], case(this), 0);
    // Lists.
    give(known(this), 0, 0);
    give(known(this), case(this), style as u64);
    give(known(b1), known(this), 0);
    give(known(this), known(n1), 0);
    give(known(b1), known(this), known(n1));
    give(mix(known(b1), case(b1)), mix(known(this), case(this)), 0);
    give(mix(known(this), case(this)), mix(known(n1), case(n1)), 0);
    give(mix(known(b1), case(b1)), mix(known(this), case(this)), mix(known(n1), case(n1)));
    give(known(b2), known(b1), case(this));
    give(known(n1), known(n2), case(this));
    give(b1.word, known(this), 0);
    give(n1.word, known(this), 0);
    give(b1.word, known(this), case(this));
    give(b2.word, b1.word, known(this));
    for bit in 0..Known::BITS {
        if this.known.0 >> bit & 1 != 0 {
            number.set(100);
            give(u64::from(bit), 0, 0);
            give(u64::from(bit), case(this), 0);
            give(u64::from(bit), case(this), style as u64);
            give(u64::from(bit), case(n1), case(b1));
        }
        if b1.known.0 >> bit & 1 != 0 {
            number.set(110);
            give(u64::from(bit), case(this), 0);
        }
        if n1.known.0 >> bit & 1 != 0 {
            number.set(111);
            give(u64::from(bit), case(this), 0);
        }
    }
    number.set(130);
    let sort = |look: &Look| look.known.sort() * 64 + case(look);
    give(sort(b1), sort(this), sort(n1));
    give(sort(b1), sort(this), 0);
    give(sort(this), sort(n1), 0);
    give(sort(b2), sort(b1), sort(this));
    give(sort(this), sort(n1), sort(n2));
    let like = |look: &Look| u64::from(look.likeness) * 64 + case(look);
    give(like(this), 0, 0);
    give(like(this), known(this), 0);
    give(like(this), style as u64, u64::from(this.known.has(Known::ORDINARY)));
    give(like(b1), like(this), 0);
    give(like(this), like(n1), 0);
    give(like(this), b1.word, 0);
    give(like(this), n1.word, 0);
    number.set(150);
    give(language, case(this), 0);
    give(language, case(this), known(this));
    give(language, case(this), u64::from(this.first));
    give(language, like(this), 0);
    give(language, this.ends[2], 0);
    give(language, this.ends[3], 0);
    give(language, sort(this), sort(b1));
    give(language, sort(this), sort(n1));
    let same = u64::from(language > 0 && this.known.languages() >> (language - 1) & 1 != 0);
    give(language, case(this), same);
    give(same, sort(this), 0);
    number.set(120);
    give(0, 0, 0);
    if this.echoed {
        number.set(121);
        give(0, 0, 0);
        give(case(this), 0, 0);
        give(known(this), 0, 0);
    }
}
