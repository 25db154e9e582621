//! How BERT reads characters: some are dropped, some stand alone, some are spelled anew.

use unicode_normalization::char::decompose_canonical;
use unicode_properties::{GeneralCategory, GeneralCategoryGroup, UnicodeGeneralCategory};

/// What is done to a text before it is cut, as `BertNormalizer` says it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Normal {
    /// Drop what cannot be seen, and take every space for one.
    pub(crate) clean: bool,
    /// Every Chinese character is a word.
    pub(crate) ideographs_alone: bool,
    pub(crate) strip_accents: bool,
    pub(crate) lowercase: bool,
}

/// What a character is to the reader of words.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Read {
    /// Between words.
    Space,
    /// A word of its own.
    Alone(char),
    /// Part of a word.
    Inside(char),
}

impl Normal {
    /// Gives what becomes of a character: nothing, or up to a handful of characters.
    pub(crate) fn read(self, character: char, mut give: impl FnMut(Read)) {
        if self.clean {
            if character == '\0' || character == char::REPLACEMENT_CHARACTER || is_control(character) {
                return;
            }
            if character.is_whitespace() {
                return give(Read::Space);
            }
        }
        let alone = self.ideographs_alone && is_ideograph(character);
        let mut spell = |character: char| {
            if self.lowercase {
                for small in character.to_lowercase() {
                    give(kind(small, alone));
                }
            } else {
                give(kind(character, alone));
            }
        };
        if self.strip_accents {
            decompose_canonical(character, |part| {
                if part.general_category() != GeneralCategory::NonspacingMark {
                    spell(part);
                }
            });
        } else {
            spell(character);
        }
    }
}

fn kind(character: char, alone: bool) -> Read {
    if character.is_whitespace() {
        Read::Space
    } else if alone || is_punctuation(character) {
        Read::Alone(character)
    } else {
        Read::Inside(character)
    }
}

/// Whether it belongs to the character before it.
pub(crate) fn is_mark(character: char) -> bool {
    !character.is_ascii() && character.general_category_group() == GeneralCategoryGroup::Mark
}

fn is_control(character: char) -> bool {
    use GeneralCategory::{Control, Format, PrivateUse};
    !matches!(character, '\t' | '\n' | '\r')
        && matches!(character.general_category(), Control | Format | PrivateUse)
}

fn is_punctuation(character: char) -> bool {
    if character.is_ascii() {
        return character.is_ascii_punctuation();
    }
    character.general_category_group() == GeneralCategoryGroup::Punctuation
}

/// The blocks that BERT takes for Chinese: unified ideographs with their extensions, and compatibility ideographs.
const fn is_ideograph(character: char) -> bool {
    matches!(
        character as u32,
        0x3400..=0x4DBF
            | 0x4E00..=0x9FFF
            | 0xF900..=0xFAFF
            | 0x2_0000..=0x2_A6DF
            | 0x2_A700..=0x2_B73F
            | 0x2_B740..=0x2_B81F
            | 0x2_B920..=0x2_CEAF
            | 0x2_F800..=0x2_FA1F
    )
}

/// Whether it is of a script in which a word's end cannot be seen: Chinese, Japanese, Thai, Lao, Burmese, Khmer.
pub(crate) const fn is_of_a_script_without_spaces(character: char) -> bool {
    is_ideograph(character)
        || matches!(
            character as u32,
            0x0E00..=0x0EFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x3040..=0x30FF | 0xFF66..=0xFF9F
        )
}
