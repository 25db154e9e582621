//! Long texts: clean prose, and what is made to be slow.

use super::numbers::Numbers;

/// How long one text of prose is, about, and how many there are: together 1 MiB. Not one text, since Presidio takes
/// none of a million characters.
const PROSE: usize = 4 * 1024;
const PIECES: usize = 256;

/// How long a hostile text is.
const HOSTILE: usize = 64 * 1024;

const SENTENCES: &[&str] = &[
    "The ferry left the harbour a little before dawn, with hardly anybody on deck.",
    "Nobody had told the gardener that the hedge was to be left alone this year.",
    "She folded the blanket, put the kettle on and waited for the rain to stop.",
    "In the valley the church bells could be heard long before the village was seen.",
    "It was the kind of afternoon on which even the dogs preferred the shade.",
    "They spoke about the harvest, the new bridge and, reluctantly, about the weather.",
    "Between the shelves an old cat slept on a heap of newspapers.",
    "Whoever painted this door must have had a great deal of green left over.",
    "The orchestra tuned its instruments while the last guests looked for their seats.",
    "Bread was cheaper at the other end of the street, but the walk was longer.",
    "He had learned to mend nets from his grandfather, who had learned it from nobody.",
    "On the far side of the lake somebody was burning leaves.",
    "The train stood in the fields for an hour, and then it went on as if nothing had happened.",
    "A letter with a foreign stamp lay unopened on the table all week.",
    "Children ran through the puddles and their mothers pretended not to see it.",
    "The museum had bought the portrait without asking who the lady was.",
    "Above the workshop hung a wooden fish that had once been blue.",
    "Every winter the mountain took a piece of the road and every spring they built it again.",
    "There was soup, there was bread, and after a while there was singing.",
    "The clock in the hall had stopped during a storm that people still talked about.",
];

/// Prose in which there is neither a digit nor anything else that a detector looks for.
pub(crate) fn prose() -> Vec<String> {
    let mut numbers = Numbers::new();
    let mut piece = || {
        let mut text = String::with_capacity(PROSE + 200);
        while text.len() < PROSE {
            text.push_str(numbers.one_of(SENTENCES));
            text.push(if numbers.below(6) == 0 { '\n' } else { ' ' });
        }
        text
    };
    (0..PIECES).map(|_| piece()).collect()
}

/// Texts of 64 KiB that try to make a detector do the same work again and again.
pub(crate) fn hostile() -> Vec<(&'static str, String)> {
    [
        ("ones", "1 "),
        ("digits", "4111111111111111"),
        ("at signs", "a@"),
        ("dots", "a.a@a."),
        ("cues", "my password is my pin is my card number is "),
        ("slashes", "1/2/3."),
        ("schemes", "http://http://"),
        ("colons", "::1:"),
    ]
    .map(|(name, unit)| (name, unit.repeat(HOSTILE / unit.len())))
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use aside_detect::Detector;

    #[test]
    fn prose_is_clean() {
        let texts = prose();
        assert!(texts.iter().all(|text| text.len() >= PROSE));
        assert!(texts.iter().all(|text| Detector::new().detect(text).is_empty()));
    }
}
