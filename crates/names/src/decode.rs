//! Finds the likeliest row of tags for a line, and how far ahead it is.

use crate::{
    feature::{features, tone},
    label::{Label, OUTSIDE, TAGS, Tag, meaning},
    lexicon::Known,
    look::{Case, Look, Lore, lines, look_at_line},
    model::{Model, NEVER, Scores},
    token::{Class, Token, Tokens},
};

/// A name in a text.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Entity {
    /// What it is the name of.
    pub label: Label,
    /// Its first byte, on a character boundary.
    pub start: usize,
    /// The byte after its last, on a character boundary.
    pub end: usize,
    /// By how much the best reading of the line beats the best one in which a piece of this entity
    /// is something else: natural logarithm of a ratio of likelihoods, 0 or more.
    pub margin: f32,
    /// A piece of it stands in the lists of names or, for a place, of places.
    pub listed: bool,
    /// A piece of it is an ordinary word of some language, too.
    pub ordinary: bool,
    /// The line around it is in a language of which the model has read much.
    pub familiar: bool,
}

/// Finds names of people, places and organisations.
#[derive(Clone, Copy, Debug)]
pub struct Names {
    model: Model<'static>,
}

/// The model, where a processor can fetch it line by line.
#[repr(C, align(64))]
struct Aligned<B: ?Sized>(B);

static MODEL: &Aligned<[u8]> = &Aligned(*include_bytes!("../model/names.model"));

impl Default for Names {
    fn default() -> Self {
        Self::new()
    }
}

/// What a line needs while it is read; kept from line to line.
#[derive(Default)]
struct Line {
    looks: Vec<Look>,
    /// The best sums of readings that end here.
    forward: Vec<Scores>,
    emissions: Vec<Scores>,
    /// The best tag before, for each tag.
    back: Vec<[Tag; 8]>,
    tags: Vec<Tag>,
    margins: Vec<i32>,
    /// Whether it is in a language of which the model has read much.
    familiar: bool,
}

/// The number of the language that the tweets are in which the model has read.
const ENGLISH: u8 = 1;

impl Names {
    /// The finder with the model that comes with this crate. Reads a header of 256 bytes.
    pub fn new() -> Self {
        Self { model: Model::read(&MODEL.0).expect("the committed model is read by the tests") }
    }

    /// A finder with another model, as the trainer writes it.
    #[cfg(feature = "train")]
    pub(crate) fn with(model: &'static [u8]) -> Option<Self> {
        Model::read(model).map(|model| Self { model })
    }

    /// The names in `text`, in order, without overlaps.
    ///
    /// Each line is read with the three pieces before and behind it in mind. Takes time linear in the length of the text and never panics.
    pub fn find(&self, text: &str) -> Vec<Entity> {
        let tokens: Vec<Token> = Tokens::new(text).collect();
        let mut found = Vec::new();
        let mut line = Line::default();
        for range in lines(&tokens) {
            let lore = Lore { lexicon: self.model.lexicon, likeness: self.model.likeness };
            let begins = look_at_line(text, &tokens, range.clone(), lore, &mut line.looks);
            let tokens = &tokens[range];
            self.weigh(tokens, begins, &mut line);
            let best = self.forward(&mut line);
            if line.tags.iter().any(|tag| *tag != OUTSIDE) {
                self.backward(&mut line, best);
                let from = found.len();
                self.collect(tokens, &line, begins, &mut found);
                drop_doubtful(text, &mut found, from);
            }
        }
        found
    }

    /// What each piece alone says of each tag.
    fn weigh(&self, tokens: &[Token], begins: usize, line: &mut Line) {
        let tone = tone(&line.looks[begins..begins + tokens.len()]);
        line.familiar = tone.language == ENGLISH;
        line.emissions.clear();
        for i in begins..begins + tokens.len() {
            let mut scores = Scores::default();
            if may_be_in_a_name(&line.looks, i) {
                features(&line.looks, i, tone, |feature| self.model.add(feature, &mut scores));
            } else {
                scores = [NEVER; 8];
                scores[usize::from(OUTSIDE)] = 0;
            }
            line.emissions.push(scores);
        }
    }

    /// The best reading's tags, and its sum.
    fn forward(&self, line: &mut Line) -> i32 {
        line.forward.clear();
        line.back.clear();
        let mut before: Scores = [0; 8];
        for (i, emission) in line.emissions.iter().enumerate() {
            let (mut here, mut back) = ([0; 8], [0; 8]);
            for tag in 0..TAGS {
                let (mut best, mut from) = (i32::MIN, 0);
                if i == 0 {
                    best = self.model.starts[tag];
                } else {
                    for (previous, sum) in before[..TAGS].iter().enumerate() {
                        let sum = sum + self.model.transitions[previous][tag];
                        if sum > best {
                            (best, from) = (sum, previous);
                        }
                    }
                }
                here[tag] = (best + emission[tag]).max(NEVER * 2);
                back[tag] = from as Tag;
            }
            line.forward.push(here);
            line.back.push(back);
            before = here;
        }
        let mut tag = (0..TAGS).rev().max_by_key(|tag| before[*tag]).unwrap_or(0);
        let best = before[tag];
        line.tags.clear();
        line.tags.resize(line.emissions.len(), OUTSIDE);
        for i in (0..line.tags.len()).rev() {
            line.tags[i] = tag as Tag;
            tag = usize::from(line.back[i][tag]);
        }
        best
    }

    /// How far the best reading is ahead of the best one with another tag, for each piece.
    fn backward(&self, line: &mut Line, best: i32) {
        let last = line.emissions.len();
        line.margins.clear();
        line.margins.resize(last, 0);
        let mut after: Scores = [0; 8];
        for i in (0..last).rev() {
            let chosen = usize::from(line.tags[i]);
            let rival =
                (0..TAGS).filter(|tag| *tag != chosen).map(|tag| line.forward[i][tag] + after[tag]).max();
            line.margins[i] = best - rival.unwrap_or(best);
            let mut before = [0; 8];
            for (tag, sum) in before[..TAGS].iter_mut().enumerate() {
                let next = (0..TAGS)
                    .map(|next| self.model.transitions[tag][next] + line.emissions[i][next] + after[next])
                    .max();
                *sum = next.unwrap_or(0).max(NEVER * 2);
            }
            after = before;
        }
    }

    fn collect(&self, tokens: &[Token], line: &Line, begins: usize, found: &mut Vec<Entity>) {
        let from = found.len();
        let looks = &line.looks[begins..];
        for (((token, look), tag), margin) in tokens.iter().zip(looks).zip(&line.tags).zip(&line.margins) {
            let Some((label, begins)) = meaning(*tag) else { continue };
            let margin = (*margin).max(0) as f32 * self.model.unit;
            let listed = look.known.has(lists_of(label));
            let ordinary =
                look.known.has(Known::ORDINARY.and(Known::PRODUCT)) && !look.known.has(Known::PARTICLE);
            match found[from..].last_mut() {
                Some(open) if !begins && open.label == label => {
                    open.end = token.end;
                    open.margin = open.margin.min(margin);
                    open.listed |= listed;
                    open.ordinary |= ordinary;
                }
                _ => found.push(Entity {
                    label,
                    start: token.start,
                    end: token.end,
                    margin,
                    listed,
                    ordinary,
                    familiar: line.familiar,
                }),
            }
        }
    }
}

/// Drops what is not far enough ahead among the entities from `from` on.
fn drop_doubtful(text: &str, found: &mut Vec<Entity>, from: usize) {
    let mut kept = from;
    for at in from..found.len() {
        let entity = found[at];
        if entity.is_far_enough_ahead(&text[entity.start..entity.end]) {
            found[kept] = entity;
            kept += 1;
        }
    }
    found.truncate(kept);
}

/// The lists that speak for a label.
const fn lists_of(label: Label) -> Known {
    match label {
        Label::Person => Known::GIVEN.and(Known::SURNAME),
        Label::Place => Known::COUNTRY.and(Known::CITY).and(Known::STREET),
        Label::Organisation => Known::ORGANISATION.and(Known::LEGAL_FORM),
    }
}

/// Whether an initial may follow: "benjamin a seiler".
fn is_given(look: &Look) -> bool {
    look.known.has(Known::GIVEN)
}

fn may_be_a_surname(look: &Look) -> bool {
    look.class == Class::Word && (look.known.has(Known::SURNAME) || !look.known.has(Known::ORDINARY))
}

/// Whether the piece is looked at: handles, addresses and most signs are no part of a name, and an ordinary word that is
/// written small is none unless it joins two that are written large ("Bank of America") or may be an initial.
pub(crate) fn may_be_in_a_name(looks: &[Look], i: usize) -> bool {
    let look = &looks[i];
    match look.class {
        Class::Handle | Class::Address => false,
        Class::Sign => look.glued,
        Class::Word
            if look.case == Case::Lower
                && look.known.has(Known::ORDINARY)
                && !look.known.has(Known::OF_NAMES) =>
        {
            let large = |look: Option<&Look>| {
                look.is_some_and(|l| matches!(l.case, Case::Capitalised | Case::Upper | Case::Mixed))
            };
            let (before, after) = (i.checked_sub(1).and_then(|b| looks.get(b)), looks.get(i + 1));
            large(before) && large(after)
                || (look.length == 1 && before.is_some_and(is_given) && after.is_some_and(may_be_a_surname))
        }
        Class::Word | Class::Number | Class::Ideograph | Class::Tag => true,
    }
}
