//! Whether a draft asks the customer for data.
//!
//! A request is the name of a kind of data, a word that asks for it, and nothing that turns it round.
//! This errs towards silence: what a draft lets through here is still checked when the answer comes.

mod words;

use aside_model::DataType;
use words::Verb;

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
            '!' | '?' | ';' | '\n' | '¿' | '¡' | '。' | '？' => sentences.push(Sentence::default()),
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

impl Sentence {
    fn asked(&self) -> Vec<DataType> {
        let names = self.names();
        let mut asked: Vec<DataType> = self.matches(words::QUESTIONS).map(|name| name.data_type).collect();
        if !self.is_a_warning() {
            let bare = self.has_nothing_but(&names);
            let cues: Vec<(Cue, bool)> = self.cues();
            asked.extend(
                names
                    .iter()
                    .filter(|name| !self.is_ours(name) && !self.is_a_place(name))
                    .filter(|name| bare || cues.iter().any(|&(cue, after)| self.asks(cue, after, name)))
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

    fn any_phrase_at(&self, at: usize, phrases: &[&str]) -> Option<usize> {
        phrases.iter().filter_map(|phrase| self.phrase_at(at, phrase)).max()
    }

    fn matches<'s>(
        &'s self,
        lists: &'static [(DataType, &'static [&'static str])],
    ) -> impl Iterator<Item = Name> + 's {
        (0..self.words.len()).filter_map(move |start| {
            lists
                .iter()
                .filter_map(|(data_type, phrases)| {
                    let length = self.any_phrase_at(start, phrases)?;
                    Some(Name { data_type: *data_type, start, end: start + length })
                })
                .max_by_key(|name| name.end)
        })
    }

    /// The names of data, the longest where several begin or overlap.
    fn names(&self) -> Vec<Name> {
        let own = self.matches(words::OWN_NAMES).filter(|name| self.is_yours(name.start));
        let mut found: Vec<Name> = self.matches(words::NAMES).chain(own).collect();
        found.sort_by_key(|name| (std::cmp::Reverse(name.end - name.start), name.start));
        let mut names: Vec<Name> = Vec::new();
        for name in found {
            if names.iter().all(|other| name.end <= other.start || other.end <= name.start) {
                names.push(name);
            }
        }
        names.sort_by_key(|name| name.start);
        names
    }

    fn is(&self, at: Option<usize>, list: &[&str]) -> bool {
        at.and_then(|at| self.words.get(at)).is_some_and(|word| list.contains(&word.as_str()))
    }

    /// Whether the possessive before a word, at most one adjective away, is the reader's.
    fn is_yours(&self, start: usize) -> bool {
        self.is(start.checked_sub(1), words::YOURS) || self.is(start.checked_sub(2), words::YOURS)
    }

    fn is_ours(&self, name: &Name) -> bool {
        !self.is(name.start.checked_sub(1), words::YOURS)
            && (self.is(name.start.checked_sub(1), words::OURS)
                || self.is(name.start.checked_sub(2), words::OURS))
    }

    /// Sent `to your address`, logged in `with`: the data says where, nobody asks for it.
    fn is_a_place(&self, name: &Name) -> bool {
        let possessive = name.start.checked_sub(1).filter(|&at| self.is(Some(at), words::YOURS));
        possessive.is_some_and(|at| self.is(at.checked_sub(1), words::PLACES))
    }

    /// The last four digits of a card are another thing than the card.
    fn or_its_end(&self, name: &Name) -> DataType {
        let before = &self.words[name.start.saturating_sub(6)..name.start];
        let shortened = before.iter().any(|word| words::LAST.contains(&word.as_str()));
        if name.data_type == DataType::FinPan && shortened { DataType::FinCardTrunc } else { name.data_type }
    }

    /// Every word that asks, and whether it is one that stands after the name.
    fn cues(&self) -> Vec<(Cue, bool)> {
        let mut cues = Vec::new();
        for (list, after) in [(words::BEFORE, false), (words::AFTER, true)] {
            for start in 0..self.words.len() {
                for (verb, phrases) in list {
                    if let Some(length) = self.any_phrase_at(start, phrases) {
                        cues.push((Cue { verb: *verb, start, end: start + length }, after));
                    }
                }
            }
        }
        cues
    }

    fn asks(&self, cue: Cue, after: bool, name: &Name) -> bool {
        let (first, last) = if after { (name.start, cue.end) } else { (cue.start, name.end) };
        let in_order = if after { cue.start >= name.end } else { cue.end <= name.start };
        if !in_order || last - first > 30 {
            return false;
        }
        let clause = self.clause_start(first);
        let between = if after { name.end..cue.start } else { cue.end..name.start };
        let turned_round = self.words[clause..last].iter().any(|w| words::NEGATIONS.contains(&w.as_str()));
        let other_subject = between.clone().any(|at| self.is(Some(at), words::WE));
        // Behind the name the verb must belong to the same thought.
        let other_thought = after && between.clone().any(|at| self.begins_a_thought(at));
        !turned_round && !other_subject && !other_thought && self.is_meant(cue, after, name, clause)
    }

    /// Whether the one who is to act is the one who can.
    fn is_meant(&self, cue: Cue, after: bool, name: &Name, clause: usize) -> bool {
        let before = &self.words[clause..cue.start];
        match cue.verb {
            Verb::Ask if after => {
                let end = &self.words[cue.start];
                // `darf ich … haben`, `können wir … bekommen`: the end of a question, nothing by itself.
                !["haben", "bekommen", "erfahren", "wissen", "fragen"].contains(&end.as_str())
                    || self.words[..cue.start].iter().any(|w| {
                        ["darf", "durfte", "kann", "konnte", "konnten", "konnen", "muss"]
                            .contains(&w.as_str())
                    })
            }
            Verb::Ask => !self.is(name.start.checked_sub(1), words::ANY),
            Verb::Need => !before.iter().rev().take(3).any(|w| ["you", "sie", "du"].contains(&w.as_str())),
            Verb::Give => {
                let to_you = self.is(Some(cue.end), &["you"])
                    || self.words[cue.start.saturating_sub(2)..(cue.end + 2).min(self.words.len())]
                        .iter()
                        .any(|w| words::TO_YOU.contains(&w.as_str()));
                let subject = before
                    .iter()
                    .rev()
                    .find(|w| !words::BETWEEN_SUBJECT_AND_VERB.contains(&w.as_str()))
                    .is_some_and(|w| words::WE.contains(&w.as_str()));
                let we_give = before.iter().rev().take(2).any(|w| {
                    ["vais", "allons", "pouvons", "vamos", "podemos", "puedo", "voy"].contains(&w.as_str())
                });
                let inverted = self.is(Some(cue.end), &["ich", "wir"]);
                let verb_last = after
                    && before.iter().any(|w| words::WE_GIVE.contains(&w.as_str()))
                    && !before.iter().any(|w| words::TO_US.contains(&w.as_str()));
                !to_you && !subject && !we_give && !inverted && !verb_last
            }
        }
    }

    fn begins_a_thought(&self, at: usize) -> bool {
        self.after_comma[at] || self.any_phrase_at(at, words::TURNS).is_some()
    }

    /// Where the thought begins that a word belongs to.
    fn clause_start(&self, at: usize) -> usize {
        (0..=at).rev().find(|&at| self.begins_a_thought(at)).unwrap_or(0)
    }

    /// `Never, ever, send us your PIN.`
    fn is_a_warning(&self) -> bool {
        let start = usize::from(self.is(Some(0), &["please", "bitte"]));
        self.any_phrase_at(start, words::WARNINGS).is_some()
            && !(start + 1..self.words.len()).any(|at| self.any_phrase_at(at, words::TURNS).is_some())
    }

    /// `Your card number, please?` has no verb and needs none.
    fn has_nothing_but(&self, names: &[Name]) -> bool {
        !names.is_empty()
            && (0..self.words.len()).all(|at| {
                names.iter().any(|name| (name.start..name.end).contains(&at))
                    || self.is(Some(at), words::YOURS)
                    || self.is(Some(at), words::FILLERS)
            })
            && (names.iter().any(|name| self.is_yours(name.start))
                || self
                    .words
                    .iter()
                    .any(|w| ["please", "bitte", "svp", "plait", "favor"].contains(&w.as_str())))
    }
}

#[cfg(test)]
mod tests;
