//! Texts of the corpora with other people's names in them: what stands around a name is as people write it, and the names
//! are of every culture of the lists, so that the model learns less of who was famous in the year of the corpus.

use super::{
    conll::Labelled,
    lists::Lists,
    sentences::{Chance, Writer},
};
use crate::Label;

/// `copies` of each text that names somebody, with other names.
pub(crate) fn renamed(corpus: &[Labelled], lists: &Lists, copies: usize) -> Vec<Labelled> {
    let mut chance = Chance::new(4047);
    let named = corpus.iter().filter(|t| t.spans.iter().any(|s| s.2 == Label::Person));
    named
        .flat_map(|text| std::iter::repeat_n(text, copies))
        .map(|text| rename(text, lists, &mut chance))
        .collect()
}

fn rename(text: &Labelled, lists: &Lists, chance: &mut Chance) -> Labelled {
    let mut out = Labelled::default();
    let mut at = 0;
    let mut handles = text.handles.iter().peekable();
    for (start, end, label) in &text.spans {
        out.text.push_str(&text.text[at..*start]);
        while let Some((from, to)) = handles.next_if(|handle| handle.1 <= *start) {
            let back = out.text.len() - (*start - from);
            out.handles.push((back, back + (to - from)));
        }
        let begins = out.text.len();
        let name = &text.text[*start..*end];
        // A tag ("#JaneDoe") stays as it is, as does what is no person.
        if *label == Label::Person && !name.starts_with('#') && !text.text[..*start].ends_with('#') {
            out.text.push_str(&other_name(name, lists, chance));
        } else {
            out.text.push_str(name);
        }
        out.spans.push((begins, out.text.len(), *label));
        at = *end;
    }
    let moved = |place: usize| out.text.len() + place - at;
    let rest: Vec<_> = handles.map(|(from, to)| (moved(*from), moved(*to))).collect();
    out.handles.extend(rest);
    out.text.push_str(&text.text[at..]);
    out
}

/// A name of as many words, written as large or as small.
fn other_name(name: &str, lists: &Lists, chance: &mut Chance) -> String {
    let words = name.split_whitespace().count();
    let new = Writer::new(lists, chance, "en").name_of(words);
    let mut letters = name.chars().filter(|c| c.is_alphabetic());
    if !name.contains(char::is_uppercase) {
        new.to_lowercase()
    } else if letters.all(char::is_uppercase) && name.len() > 3 {
        new.to_uppercase()
    } else {
        new
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_keep_their_words_and_their_handles_and_have_other_names() {
        let lists = Lists::read(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("training")).unwrap();
        let text = "@ann hi jane doe from Leeds, ask @bob".to_owned();
        let corpus = [Labelled {
            spans: vec![(8, 16, Label::Person), (22, 27, Label::Place)],
            handles: vec![(0, 4), (33, 37)],
            text,
        }];
        let copies = renamed(&corpus, &lists, 8);
        assert_eq!(copies.len(), 8);
        for copy in &copies {
            assert_eq!(&copy.text[..8], "@ann hi ");
            let (start, end, _) = copy.spans[0];
            assert!(!copy.text[start..end].contains(char::is_uppercase));
            let (start, end, _) = copy.spans[1];
            assert_eq!(&copy.text[start..end], "Leeds");
            assert_eq!(copy.handles.len(), 2);
            for (start, end) in &copy.handles {
                assert!(copy.text[*start..*end].starts_with('@'), "{copy:?}");
            }
        }
        assert!(copies.iter().any(|copy| copy.text != copies[0].text));
    }
}
