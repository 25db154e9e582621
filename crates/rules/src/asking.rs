//! Whether a draft asks the customer for data.
//!
//! A request is the name of a kind of data, a word that asks for it, and nothing that turns it round.
//! This errs towards silence: what a draft lets through here is still checked when the answer comes.

mod words;

use aside_model::DataType;
use std::cmp::Reverse;
use words::{Names, Verb, WORDS};

/// How many words a request may span.
const FAR: usize = 30;

/// The data that a text asks its reader for, in order of appearance, each type once. English, German, French
/// and Spanish. Warnings ("we never ask for your password") are not requests.
pub fn asks_for(text: &str) -> Vec<DataType> {
    let mut asked = Vec::new();
    for sentence in sentences(text) {
        for data_type in sentence.asked() {
            if !asked.contains(&data_type) {
                asked.push(data_type);
            }
        }
    }
    asked
}

/// A folded sentence.
#[derive(Default)]
struct Sentence {
    words: Vec<String>,
    /// Whether a comma, colon or dash stands before the word.
    after_comma: Vec<bool>,
    /// Whether it ends in a question mark.
    question: bool,
    /// Whether a new thought begins at the word.
    thought_begins: Vec<bool>,
}

/// The name of a kind of data, as a range of words.
#[derive(Clone, Copy)]
struct Name {
    data_type: DataType,
    start: usize,
    end: usize,
}

/// A word that asks, as a range of words.
#[derive(Clone, Copy)]
struct Cue {
    verb: Verb,
    /// Whether it is one that stands behind the name.
    after: bool,
    start: usize,
    end: usize,
}

fn sentences(text: &str) -> Vec<Sentence> {
    let mut sentences = vec![Sentence::default()];
    let mut word = String::new();
    let mut comma = false;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        if fold(character, &mut word) {
            continue;
        }
        let sentence = sentences.last_mut().expect("there is always a last sentence");
        if !word.is_empty() {
            sentence.words.push(std::mem::take(&mut word));
            sentence.after_comma.push(std::mem::take(&mut comma));
        }
        let space_follows = characters.peek().is_none_or(|next| next.is_whitespace());
        match character {
            '?' | '？' => {
                sentence.question = true;
                sentences.push(Sentence::default());
            }
            '!' | ';' | '\n' | '¿' | '¡' | '。' => sentences.push(Sentence::default()),
            '.' if space_follows => sentences.push(Sentence::default()),
            ',' | ':' | '–' | '—' | '(' | ')' => comma = true,
            _ => {}
        }
    }
    if !word.is_empty() {
        let sentence = sentences.last_mut().expect("there is always a last sentence");
        sentence.words.push(word);
        sentence.after_comma.push(comma);
    }
    sentences.retain(|sentence| !sentence.words.is_empty());
    for sentence in &mut sentences {
        sentence.thought_begins = (0..sentence.words.len())
            .map(|at| sentence.after_comma[at] || sentence.any_phrase_at(at, &WORDS.turns).is_some())
            .collect();
    }
    sentences
}

/// Adds a letter or digit to a word without its accents; false if the character ends the word.
fn fold(character: char, word: &mut String) -> bool {
    for small in character.to_lowercase() {
        match small {
            'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' => word.push('a'),
            'ç' => word.push('c'),
            'è' | 'é' | 'ê' | 'ë' => word.push('e'),
            'ì' | 'í' | 'î' | 'ï' => word.push('i'),
            'ñ' => word.push('n'),
            'ò' | 'ó' | 'ô' | 'õ' | 'ö' => word.push('o'),
            'ù' | 'ú' | 'û' | 'ü' => word.push('u'),
            'ÿ' => word.push('y'),
            'œ' => word.push_str("oe"),
            'æ' => word.push_str("ae"),
            'ß' => word.push_str("ss"),
            // Accents written as marks of their own, and what makes words break nowhere.
            '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{feff}' => {}
            letter if letter.is_alphanumeric() => word.push(letter),
            _ => return false,
        }
    }
    true
}

/// Whether a list has a word.
fn has(list: &[String], word: &str) -> bool {
    list.iter().any(|listed| listed == word)
}

impl Sentence {
    fn asked(&self) -> Vec<DataType> {
        let names = self.names();
        let mut asked: Vec<DataType> = self.matches(&WORDS.questions).map(|name| name.data_type).collect();
        if !self.is_a_warning() {
            let bare = self.has_nothing_but(&names);
            let cues = self.cues();
            asked.extend(
                names
                    .iter()
                    .filter(|name| !self.is_ours(name) && !self.is_a_place(name))
                    .filter(|name| {
                        bare || self.asks_which(name) || cues.iter().any(|&cue| self.asks(cue, name))
                    })
                    .map(|name| self.or_its_end(name)),
            );
        }
        asked
    }

    /// Whether the phrase stands at a word; the number of its words. The last may be a plural.
    fn phrase_at(&self, at: usize, phrase: &str) -> Option<usize> {
        let mut count = 0;
        let mut wanted = phrase.split(' ').peekable();
        while let Some(want) = wanted.next() {
            let found = self.words.get(at + count)?;
            let plural = wanted.peek().is_none() && want.len() > 3 && found.strip_suffix('s') == Some(want);
            if found != want && !plural {
                return None;
            }
            count += 1;
        }
        Some(count)
    }

    /// The length of the longest of the phrases that stands at a word.
    fn any_phrase_at(&self, at: usize, phrases: &[String]) -> Option<usize> {
        phrases.iter().filter_map(|phrase| self.phrase_at(at, phrase)).max()
    }

    fn matches<'s>(&'s self, names: &'static Names) -> impl Iterator<Item = Name> + 's {
        (0..self.words.len()).filter_map(move |start| {
            names
                .iter()
                .filter_map(|(&data_type, phrases)| {
                    let length = self.any_phrase_at(start, phrases)?;
                    Some(Name { data_type, start, end: start + length })
                })
                .max_by_key(|name| name.end)
        })
    }

    /// The names of data, the longest where several begin or overlap.
    fn names(&self) -> Vec<Name> {
        let own = self.matches(&WORDS.own_names).filter(|name| self.is_yours(name.start));
        let mut found: Vec<Name> = self.matches(&WORDS.names).chain(own).collect();
        found.sort_by_key(|name| (Reverse(name.end - name.start), name.start));
        let mut names: Vec<Name> = Vec::new();
        for name in found {
            if names.iter().all(|other| name.end <= other.start || other.end <= name.start) {
                names.push(name);
            }
        }
        names.sort_by_key(|name| name.start);
        names
    }

    /// Whether the word this many places before another is in a list.
    fn before(&self, at: usize, places: usize, list: &[String]) -> bool {
        at.checked_sub(places).is_some_and(|at| has(list, &self.words[at]))
    }

    /// Whether the word is there and in a list.
    fn is(&self, at: usize, list: &[String]) -> bool {
        self.words.get(at).is_some_and(|word| has(list, word))
    }

    /// Whether the possessive before a word, at most one adjective away, is the reader's.
    fn is_yours(&self, start: usize) -> bool {
        self.before(start, 1, &WORDS.yours) || self.before(start, 2, &WORDS.yours)
    }

    fn is_ours(&self, name: &Name) -> bool {
        !self.before(name.start, 1, &WORDS.yours)
            && (self.before(name.start, 1, &WORDS.ours) || self.before(name.start, 2, &WORDS.ours))
    }

    /// Sent `to your address`: the data says where, nobody asks for it.
    fn is_a_place(&self, name: &Name) -> bool {
        self.before(name.start, 1, &WORDS.yours) && self.before(name.start, 2, &WORDS.places)
    }

    /// The last four digits of a card are another thing than the card.
    fn or_its_end(&self, name: &Name) -> DataType {
        let shortened = (1..=6).any(|places| self.before(name.start, places, &WORDS.last));
        if name.data_type == DataType::FinPan && shortened { DataType::FinCardTrunc } else { name.data_type }
    }

    /// Every word that asks.
    fn cues(&self) -> Vec<Cue> {
        let mut cues = Vec::new();
        for (verbs, after) in [(&WORDS.before, false), (&WORDS.after, true)] {
            for start in 0..self.words.len() {
                for (verb, phrases) in verbs.lists() {
                    if let Some(length) = self.any_phrase_at(start, phrases) {
                        cues.push(Cue { verb, after, start, end: start + length });
                    }
                }
            }
        }
        cues
    }

    /// `Which e-mail address did you use?`
    fn asks_which(&self, name: &Name) -> bool {
        self.question && self.before(name.start, 1, &WORDS.which)
    }

    fn asks(&self, cue: Cue, name: &Name) -> bool {
        let (first, last) = if cue.after { (name.start, cue.end) } else { (cue.start, name.end) };
        let in_order = if cue.after { cue.start >= name.end } else { cue.end <= name.start };
        if !in_order || last - first > FAR {
            return false;
        }
        let clause = self.clause_start(first);
        // German puts its `not` behind the object: `Geben Sie Ihre PIN nicht weiter.`
        let behind = (last..(last + 3).min(self.words.len()))
            .take_while(|&at| !self.thought_begins[at] && !self.is(at, &WORDS.joins));
        let turned_round = (clause..last).chain(behind).any(|at| self.is(at, &WORDS.negations));
        let mut between = if cue.after { name.end..cue.start } else { cue.end..name.start };
        // `bräuchte ich` is still what the brand needs.
        let own_subject = (cue.verb == Verb::Need && !cue.after).then_some(cue.end);
        let other_subject =
            between.clone().filter(|&at| Some(at) != own_subject).any(|at| self.is(at, &WORDS.we));
        // Behind the name the verb must belong to the same thought.
        let other_thought = cue.after && between.any(|at| self.thought_begins[at]);
        !turned_round && !other_subject && !other_thought && self.is_meant(cue, name, clause)
    }

    /// Whether the one who is to act is the one who can.
    fn is_meant(&self, cue: Cue, name: &Name, clause: usize) -> bool {
        match cue.verb {
            Verb::Ask if cue.after => {
                !self.is(cue.start, &WORDS.have_it) || (0..cue.start).any(|at| self.is(at, &WORDS.may_we))
            }
            Verb::Ask => !self.before(name.start, 1, &WORDS.any),
            Verb::Need => {
                !(clause.max(cue.start.saturating_sub(3))..cue.start).any(|at| self.is(at, &WORDS.you))
            }
            Verb::Give => !self.we_give(cue, clause) && !self.is_supposed(cue, name),
        }
    }

    /// Whether the brand is the one who gives: `we will send`, `tell you`, `schicke ich Ihnen`.
    fn we_give(&self, cue: Cue, clause: usize) -> bool {
        let near = cue.start.saturating_sub(2)..(cue.end + 2);
        let to_you = self.words.get(cue.end).is_some_and(|word| word == "you")
            || near.clone().any(|at| self.is(at, &WORDS.to_you));
        let subject = (clause..cue.start)
            .rev()
            .find(|&at| !self.is(at, &WORDS.between_subject_and_verb))
            .is_some_and(|at| self.is(at, &WORDS.we));
        let about_to = (clause.max(near.start)..cue.start).any(|at| self.is(at, &WORDS.we_will));
        let inverted = self.is(cue.end, &WORDS.we);
        let verb_last = cue.after
            && (clause..cue.start).any(|at| self.is(at, &WORDS.we))
            && !(clause..cue.start).any(|at| self.is(at, &WORDS.to_us));
        to_you || subject || about_to || inverted || verb_last
    }

    /// `If you share your password` and `tell us if your number changes` suppose something; `if you send us your number` asks for it.
    fn is_supposed(&self, cue: Cue, name: &Name) -> bool {
        let between = cue.end..name.start;
        between.clone().any(|at| self.is(at, &WORDS.ifs))
            || (1..=3).any(|places| self.before(cue.start, places, &WORDS.ifs))
                && !between.clone().any(|at| self.is(at, &WORDS.to_us))
    }

    /// Where the thought begins that a word belongs to.
    fn clause_start(&self, at: usize) -> usize {
        (0..=at).rev().find(|&at| self.thought_begins[at]).unwrap_or(0)
    }

    /// `Never, ever, send us your PIN.`
    fn is_a_warning(&self) -> bool {
        let start = usize::from(self.is(0, &WORDS.please));
        self.any_phrase_at(start, &WORDS.warnings).is_some()
            && !(start + 1..self.words.len()).any(|at| self.any_phrase_at(at, &WORDS.turns).is_some())
    }

    /// `Your card number, please?` has no verb and needs none.
    fn has_nothing_but(&self, names: &[Name]) -> bool {
        let small = |at| self.is(at, &WORDS.yours) || self.is(at, &WORDS.fillers);
        let named = |at| names.iter().any(|name| (name.start..name.end).contains(&at));
        (0..self.words.len()).all(|at| named(at) || small(at))
            && (names.iter().any(|name| self.is_yours(name.start))
                || (!names.is_empty() && (0..self.words.len()).any(|at| self.is(at, &WORDS.please))))
    }
}

#[cfg(test)]
mod tests;
