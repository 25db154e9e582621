//! The customer's language, as far as our own words go.

use std::str::FromStr;

/// A language that Aside's own texts are written in.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Language {
    /// English; also for every language that we have no texts in.
    #[default]
    English,
    /// German.
    German,
    /// French.
    French,
    /// Spanish.
    Spanish,
}

impl Language {
    /// Every language.
    pub const ALL: &'static [Language] =
        &[Language::English, Language::German, Language::French, Language::Spanish];

    /// The BCP 47 tag.
    pub const fn tag(self) -> &'static str {
        match self {
            Language::English => "en",
            Language::German => "de",
            Language::French => "fr",
            Language::Spanish => "es",
        }
    }

    /// The language of a BCP 47 tag or a locale such as `de_AT`; English for any other.
    pub fn from_tag(tag: &str) -> Self {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        Self::ALL.iter().copied().find(|l| l.tag().eq_ignore_ascii_case(primary)).unwrap_or_default()
    }

    /// The first language of an `Accept-Language` header that we have texts in (RFC 9110, 12.5.4;
    /// weights are taken to fall in order, as browsers write them).
    pub fn from_accept_language(header: &str) -> Self {
        header
            .split(',')
            .take(16)
            .find_map(|part| {
                let primary = part.split(';').next().unwrap_or_default().trim();
                let primary = primary.split('-').next().unwrap_or_default();
                Self::ALL.iter().copied().find(|l| l.tag().eq_ignore_ascii_case(primary))
            })
            .unwrap_or_default()
    }

    /// The language a text is most likely written in, by its commonest small words; `None` when it
    /// does not say.
    pub fn guess(text: &str) -> Option<Self> {
        const WORDS: [(Language, &[&str]); 4] = [
            (
                Language::English,
                &["the", "my", "is", "and", "please", "you", "have", "what", "with", "hello", "not"],
            ),
            (
                Language::German,
                &["der", "die", "das", "ich", "und", "ist", "nicht", "mein", "meine", "bitte", "hallo"],
            ),
            (
                Language::French,
                &["le", "je", "est", "et", "mon", "ma", "vous", "bonjour", "pas", "les", "une"],
            ),
            (
                Language::Spanish,
                &["el", "mi", "es", "por", "hola", "que", "los", "una", "favor", "tengo", "con"],
            ),
        ];
        let mut counts = [0_u32; 4];
        for word in text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).take(200) {
            let word = word.to_lowercase();
            for (count, (_, words)) in counts.iter_mut().zip(WORDS) {
                *count += u32::from(words.contains(&word.as_str()));
            }
        }
        let best = counts.iter().copied().max().filter(|&n| n > 0)?;
        let mut winners = WORDS.iter().zip(counts).filter(|(_, n)| *n == best).map(|((l, _), _)| *l);
        let winner = winners.next()?;
        winners.next().is_none().then_some(winner)
    }
}

impl FromStr for Language {
    type Err = crate::UnknownWord;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::ALL
            .iter()
            .copied()
            .find(|l| l.tag() == text)
            .ok_or_else(|| crate::UnknownWord { expected: "language", found: text.to_owned() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_of_a_text_is_guessed_from_its_small_words() {
        assert_eq!(Language::guess("Hallo, ich habe meine Karte verloren"), Some(Language::German));
        assert_eq!(Language::guess("Hello, my card is lost"), Some(Language::English));
        assert_eq!(Language::guess("Bonjour, je ne peux pas payer"), Some(Language::French));
        assert_eq!(Language::guess("Hola, tengo una pregunta"), Some(Language::Spanish));
        assert_eq!(Language::guess("12345"), None);
    }

    #[test]
    fn a_browser_says_which_language_it_wants() {
        assert_eq!(Language::from_accept_language("pl, de-CH;q=0.8, en;q=0.5"), Language::German);
        assert_eq!(Language::from_accept_language(""), Language::English);
        assert_eq!(Language::from_tag("fr_CA"), Language::French);
    }
}
