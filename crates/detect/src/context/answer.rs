//! Answers without a form of their own: they are taken only when they look like an answer and not like talk.

use crate::{Certainty, Evidence, Finding, page::Page};
use aside_taxonomy::DataType;

/// Words with which answers begin before they come to it.
const OPENINGS: &[&str] = &[
    "sure", "yes", "yeah", "yep", "ok", "okay", "hi", "hello", "it's", "its", "it", "is", "that's", "that",
    "here", "my", "name", "password", "i'm", "im", "was", "the", "answer", "ja", "klar", "gerne", "es",
    "ist", "mein", "das", "oui", "bien", "c'est", "voila", "si", "claro", "mi", "certo", "e", "sim", "o",
    "meu", "tak", "to", "het", "jasne", "evet", "det", "ar", "er", "sono", "soy", "sou", "je", "suis", "ich",
    "bin", "ik", "ben", "jestem",
];

/// Words with which talk begins instead of an answer.
const TALK: &[&str] = &[
    "no",
    "not",
    "nope",
    "none",
    "why",
    "what",
    "how",
    "i",
    "don't",
    "dont",
    "can't",
    "cannot",
    "never",
    "forgot",
    "forgotten",
    "unknown",
    "idk",
    "sorry",
    "please",
    "wait",
    "already",
    "on",
    "in",
    "at",
    "you",
    "your",
    "we",
    "as",
    "see",
    "same",
    "seriously",
    "really",
    "nothing",
    "nichts",
    "nein",
    "kein",
    "keine",
    "keins",
    "warum",
    "wieso",
    "weiss",
    "weis",
    "wozu",
    "vergessen",
    "steht",
    "habe",
    "hab",
    "non",
    "pourquoi",
    "pas",
    "rien",
    "oublie",
    "por",
    "porque",
    "para",
    "nada",
    "ninguna",
    "ninguno",
    "olvide",
    "perche",
    "niente",
    "dimenticata",
    "non",
    "nao",
    "esqueci",
    "nee",
    "geen",
    "waarom",
    "niet",
    "vergeten",
    "nie",
    "dlaczego",
    "brak",
    "po",
    "zapomnialem",
    "zapomnialam",
    "hayir",
    "nej",
    "inte",
    "varfor",
    "hvorfor",
    "ikke",
    "this",
    "there",
    "they",
    "who",
    "where",
    "when",
    "da",
    "nope",
    "hang",
    "one",
    "just",
    "let",
    "again",
    "done",
    "thanks",
    "thank",
    "will",
    "could",
    "would",
    "should",
    "do",
    "does",
    "is",
];

fn listed(list: &[&str], word: &str) -> bool {
    let plain: String =
        crate::folded::Folded::new(word).bytes().iter().map(|b| char::from(b.to_ascii_lowercase())).collect();
    list.contains(&plain.as_str())
}

/// The first line without its openings, up to the end of its first phrase: where it begins and ends. `None` for
/// questions and for what is too long to be an answer.
fn phrase(text: &str, most_words: usize) -> Option<(usize, usize)> {
    let mut at = text.len() - text.trim_start().len();
    let line_end = text[at..].find('\n').map_or(text.len(), |i| at + i);
    loop {
        let rest = &text[at..line_end];
        let word_end =
            rest.find(|c: char| c.is_whitespace() || matches!(c, ',' | ':' | '!')).unwrap_or(rest.len());
        let skipped = rest[word_end..].trim_start_matches([' ', ',', ':', '!']);
        if skipped.is_empty() || !listed(OPENINGS, &rest[..word_end]) {
            break;
        }
        at = line_end - skipped.len();
    }
    let line = &text[at..line_end];
    if text[at..].contains('?') {
        return None;
    }
    let end = line.find(['.', ',', ';', '!', '(', ':']).unwrap_or(line.len());
    let phrase = line[..end].trim_end().trim_matches(['"', '\'', '“', '”']);
    let start = at + (line.len() - line.trim_start_matches(['"', '\'', '“', '”']).len());
    let words = phrase.split_whitespace().count();
    let first = phrase.split_whitespace().next()?;
    (words <= most_words && !listed(TALK, first)).then_some((start, start + phrase.len()))
}

fn finding(span: (usize, usize), data_type: DataType, kind: &'static str, certainty: Certainty) -> Finding {
    let score = if certainty == Certainty::Likely { 0.8 } else { 0.4 };
    let evidence = vec![Evidence::Question];
    Finding { data_type, kind, start: span.0, end: span.1, score, certainty, evidence }
}

/// Where the number begins in an answer with a few words around it: "one moment... 77 31 08". `None` where those words
/// are talk, or say what the number is ("order 4111…").
pub(super) fn number(text: &str) -> Option<usize> {
    let at = text.find(|c: char| c.is_ascii_digit())?;
    let (before, number) = text.split_at(at);
    let end = number.find(char::is_alphabetic).unwrap_or(number.len());
    let mut words = before.split(|c: char| !c.is_alphanumeric() && c != '\'').filter(|word| !word.is_empty());
    let few = before.len() <= 40 && words.clone().count() <= 5 && number[end..].len() <= 40;
    let asks = text.contains('?');
    let since = |word: &str| {
        listed(&["since", "for", "until", "seit", "bis", "depuis", "desde", "dal", "sinds", "od"], word)
    };
    (few && !asks
        && at > 0
        && !Page::new(before, &[]).cues.are_any()
        && !words.any(|word| listed(TALK, word) && !listed(SMALL_TALK, word) || since(word)))
    .then_some(at)
}

/// Words that stand before an answer as well.
const SMALL_TALK: &[&str] =
    &["i", "in", "on", "is", "just", "please", "wait", "one", "there", "this", "da", "sorry", "hang"];

/// A name of one to four words: with capitals, or two words and nothing else.
pub(super) fn name(text: &str) -> Option<Finding> {
    let (start, end) = phrase(text, 4)?;
    let name = &text[start..end];
    let spelled = |c: char| c.is_alphabetic() || matches!(c, ' ' | '-' | '\'' | '’' | '.');
    if name.chars().count() < 2 || !name.chars().all(spelled) {
        return None;
    }
    let words: Vec<&str> = name.split_whitespace().collect();
    let capitals = words.iter().filter(|word| !word.starts_with(char::is_lowercase)).count();
    let alone = text[end..].trim().is_empty() && words.len() == 2 && words.iter().all(|word| word.len() > 2);
    let talk = words.iter().any(|word| word.starts_with(char::is_lowercase) && listed(TALK, word));
    let certainty = match capitals {
        0 if alone && !talk => Certainty::Guessed,
        0 => return None,
        _ if talk => return None,
        _ => Certainty::Likely,
    };
    Some(finding((start, end), DataType::ContactName, "person", certainty))
}

/// One word, at least four characters; without a digit or a sign in it only a guess.
pub(super) fn password(text: &str) -> Option<Finding> {
    let mut at = text.len() - text.trim_start().len();
    let (mut start, mut end);
    loop {
        let rest = &text[at..];
        let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
        (start, end) = (at, at + length);
        let next = at + length + (rest[length..].len() - rest[length..].trim_start().len());
        if next >= text.len() || !listed(OPENINGS, rest[..length].trim_end_matches([',', ':', '!'])) {
            break;
        }
        at = next;
    }
    let quotes = ['"', '\'', '`', '“', '”'];
    let word = text[start..end].trim_end_matches(['.', ',']);
    start += word.len() - word.trim_start_matches(quotes).len();
    let word = word.trim_matches(quotes);
    end = start + word.len();
    let strong = word.chars().any(char::is_alphabetic)
        && word
            .chars()
            .any(|c| c.is_numeric() || (c.is_ascii_punctuation() && !matches!(c, '\'' | '?' | '-' | '/')));
    let alone = text[end..]
        .trim_matches(|c: char| c.is_whitespace() || quotes.contains(&c) || matches!(c, '.' | ','))
        .is_empty();
    let certainty = match (strong, alone) {
        (true, _) => Certainty::Likely,
        (false, true) if !word.contains('?') && !listed(TALK, word) && !listed(OPENINGS, word) => {
            Certainty::Guessed
        }
        _ => return None,
    };
    (word.chars().count() >= 4).then(|| finding((start, end), DataType::CredPassword, "password", certainty))
}

/// One to four words.
pub(super) fn security_answer(text: &str) -> Option<Finding> {
    let (start, end) = phrase(text, 4)?;
    let answer = &text[start..end];
    let long_enough = answer.chars().filter(|c| c.is_alphanumeric()).count() >= 2;
    let few = answer.split_whitespace().count() <= 2;
    let certainty = if few { Certainty::Likely } else { Certainty::Guessed };
    (long_enough && answer.len() <= 64)
        .then(|| finding((start, end), DataType::CredKba, "security_answer", certainty))
}
