//! The lists of names and places, and the lexicon that is made of them.

use super::conll::{Labelled, Unreadable, read_file};
use crate::{
    fold::fold,
    lexicon::{Known, join},
    likeness::{self, Rows},
    look::word_hash,
    token::{Class, Tokens},
};
use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    path::Path,
};

/// Names of one culture.
#[derive(Default)]
pub(crate) struct Culture {
    pub(crate) file: String,
    pub(crate) given: Vec<String>,
    pub(crate) surnames: Vec<String>,
    pub(crate) native: Vec<String>,
    pub(crate) native_surnames: Vec<String>,
}

pub(crate) struct Lists {
    pub(crate) cultures: Vec<Culture>,
    /// By section: "city", "country", "company", "title", "month_de" and so on.
    pub(crate) words: BTreeMap<String, Vec<String>>,
    /// Texts without names, by language.
    pub(crate) prose: Vec<Prose>,
}

/// Lines of a language in which no name stands.
pub(crate) struct Prose {
    pub(crate) lines: Vec<String>,
    /// Its words as they are written there, with those of the language's list.
    pub(crate) words: Vec<String>,
}

/// The names in `prose/` in the order of the languages' numbers, which the model knows.
const LANGUAGES: [&str; Known::LANGUAGES] = [
    "en",
    "de",
    "fr",
    "es",
    "it",
    "pt",
    "nl",
    "pl",
    "nordic",
    "finnish",
    "czech_slovak",
    "turkish",
    "hungarian_romanian",
    "indonesian_hindi",
];

fn sections(path: &Path) -> Result<Vec<(String, Vec<String>)>, Unreadable> {
    let mut out = Vec::new();
    for line in read_file(path)?.lines() {
        let Some((section, words)) = line.strip_prefix('[').and_then(|l| l.split_once(']')) else { continue };
        let words = words.split_whitespace().map(|w| w.replace('_', " ")).collect();
        out.push((section.to_owned(), words));
    }
    Ok(out)
}

impl Lists {
    pub(crate) fn read(training: &Path) -> Result<Self, Unreadable> {
        let people = training.join("people");
        let why = |why| Unreadable { path: people.clone(), why };
        let mut files: Vec<_> = std::fs::read_dir(&people)
            .map_err(why)?
            .map(|entry| entry.map(|e| e.path()))
            .collect::<Result<_, _>>()
            .map_err(why)?;
        files.sort();
        let mut cultures = Vec::new();
        for path in &files {
            let file = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let mut culture = Culture { file, ..Culture::default() };
            for (section, words) in sections(path)? {
                match section.as_str() {
                    "female" | "male" => culture.given.extend(words),
                    "surname" => culture.surnames.extend(words),
                    "native" => culture.native.extend(words),
                    "native_surname" => culture.native_surnames.extend(words),
                    _ => {}
                }
            }
            cultures.push(culture);
        }
        let mut words: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for file in
            ["places.txt", "organisations.txt", "titles.txt", "words.txt", "ordinary.txt", "everyday.txt"]
        {
            for (section, list) in sections(&training.join(file))? {
                let section =
                    if file == "titles.txt" && section == "suffix" { "name_ending".into() } else { section };
                words.entry(section).or_default().extend(list);
            }
        }
        let mut prose = Vec::new();
        for language in LANGUAGES {
            let text = read_file(&training.join(format!("prose/{language}.txt")))?;
            let lines: Vec<String> = text.lines().map(str::to_owned).collect();
            let mut vocabulary: BTreeSet<String> =
                words.get(&format!("foreign_{language}")).into_iter().flatten().cloned().collect();
            for line in &lines {
                let pieces = Tokens::new(line).filter(|t| t.class == Class::Word);
                vocabulary.extend(pieces.map(|t| line[t.start..t.end].to_owned()));
            }
            prose.push(Prose { lines, words: vocabulary.into_iter().collect() });
        }
        Ok(Self { cultures, words, prose })
    }

    pub(crate) fn list(&self, section: &str) -> &[String] {
        self.words.get(section).map_or(&[], Vec::as_slice)
    }

    /// What is known of every word and row of words, by key; `corpus` says which words are ordinary.
    pub(crate) fn lexicon(&self, corpus: &[Labelled]) -> BTreeMap<u64, Known> {
        let mut lexicon = BTreeMap::new();
        let mut add = |name: &str, known: Known| {
            if let Some(key) = key(name) {
                let entry: &mut Known = lexicon.entry(key).or_default();
                *entry = entry.and(known);
            }
        };
        for culture in &self.cultures {
            for name in culture.given.iter().chain(&culture.native) {
                add(name, Known::GIVEN);
            }
            for name in culture.surnames.iter().chain(&culture.native_surnames) {
                add(name, Known::SURNAME);
            }
        }
        for (section, words) in &self.words {
            let known = match section.as_str() {
                "country" | "region" => Known::COUNTRY,
                "city" => Known::CITY,
                "street" => Known::STREET,
                "company" | "institution" | "club" | "band" => Known::ORGANISATION,
                "suffix" => Known::LEGAL_FORM,
                "title" => Known::TITLE,
                "particle" => Known::PARTICLE,
                "name_ending" => Known::NAME_ENDING,
                "demonym" => Known::DEMONYM,
                "placeword" => Known::PLACE_WORD,
                "role" => Known::ROLE,
                "product" => Known::PRODUCT,
                s if s.starts_with("foreign") => Known::ORDINARY,
                s if s.starts_with("month") || s.starts_with("weekday") => Known::CALENDAR,
                _ => continue,
            };
            for word in words {
                add(word, known);
            }
        }
        for (number, prose) in self.prose.iter().enumerate() {
            for word in &prose.words {
                add(word, Known::of_language(number).and(Known::ORDINARY));
            }
        }
        for word in ordinary(corpus) {
            let entry: &mut Known = lexicon.entry(word).or_default();
            *entry = entry.and(Known::ORDINARY);
        }
        lexicon
    }
}

impl Lists {
    /// The table of [`crate::likeness`]: names of people against all words that stand small and outside of
    /// names in the corpora, and the listed ordinary ones.
    pub(crate) fn likeness(&self, corpus: &[Labelled]) -> Box<[u8; likeness::SIZE]> {
        let mut names: BTreeSet<String> = BTreeSet::new();
        for culture in &self.cultures {
            let all = culture.given.iter().chain(&culture.surnames);
            names.extend(all.flat_map(|name| name.split([' ', '-', '\''])).map(folded));
        }
        let mut words: BTreeSet<String> = BTreeSet::new();
        words.extend(self.list("foreign").iter().map(|word| folded(word)));
        for prose in &self.prose {
            words.extend(prose.words.iter().map(|word| folded(word)));
        }
        for text in corpus {
            for token in Tokens::new(&text.text).filter(|t| t.class == Class::Word) {
                let word = &text.text[token.start..token.end];
                let named = text.spans.iter().any(|(start, end, _)| token.start < *end && *start < token.end);
                if !named && word.chars().all(char::is_lowercase) {
                    words.insert(folded(word));
                }
            }
        }
        let (of_names, all_names) = row_counts(&names);
        let (of_words, all_words) = row_counts(&words);
        let mut table = Box::new([0; likeness::SIZE]);
        for (slot, value) in table.iter_mut().enumerate() {
            let name = (of_names[slot] + 1.0) / (all_names + 1000.0);
            let word = (of_words[slot] + 1.0) / (all_words + 1000.0);
            *value = ((name / word).ln() * 16.0).round().clamp(-127.0, 127.0) as i8 as u8;
        }
        table
    }
}

/// How often each row of three characters stands in the words.
fn row_counts(words: &BTreeSet<String>) -> (Vec<f64>, f64) {
    let (mut counts, mut all) = (vec![0.0; likeness::SIZE], 0.0);
    for word in words {
        let mut rows = Rows::new();
        for c in word.chars() {
            counts[rows.next(u64::from(u32::from(c)))] += 1.0;
        }
        let (last, number) = rows.end();
        counts[last] += 1.0;
        all += number as f64;
    }
    (counts, all)
}

fn folded(word: &str) -> String {
    word.chars().filter_map(fold).flat_map(|f| std::iter::once(f.first).chain(f.second)).collect()
}

/// The lexicon's key of a name of one to three words; none for longer ones.
fn key(name: &str) -> Option<u64> {
    let words: Vec<u64> = Tokens::new(name)
        .filter(|t| t.class != Class::Sign)
        .map(|t| word_hash(&name[t.start..t.end]))
        .collect();
    match words[..] {
        [one] => Some(one),
        [one, two] => Some(join(one, two)),
        [one, two, three] => Some(join(join(one, two), three)),
        _ => None,
    }
}

/// Words that stand at least three times in the corpora, small and outside of names.
fn ordinary(corpus: &[Labelled]) -> HashSet<u64> {
    let mut counts: HashMap<u64, (usize, usize)> = HashMap::new();
    for text in corpus {
        for token in Tokens::new(&text.text).filter(|t| t.class == Class::Word) {
            let word = &text.text[token.start..token.end];
            let named = text.spans.iter().any(|(start, end, _)| token.start < *end && *start < token.end);
            let count = counts.entry(word_hash(word)).or_default();
            if named {
                count.1 += 1;
            } else if word.chars().all(|c| !c.is_uppercase()) {
                count.0 += 1;
            }
        }
    }
    counts
        .into_iter()
        .filter(|(_, (small, named))| *small >= 3 && small > named)
        .map(|(word, _)| word)
        .collect()
}
