//! `id2label`: what each output of the model means.

use crate::LoadError;
use aside_detect::NameOf;
use std::{collections::BTreeMap, path::Path};

/// How many labels a model may have.
const MOST: u64 = 1000;

/// What a label says of a word.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Meaning {
    /// No name, or one of something that nobody asks for.
    Outside,
    /// A piece of a name.
    Inside {
        /// What it is the name of.
        what: NameOf,
        /// The name begins here, even behind another of its kind.
        begins: bool,
        /// The name ends here.
        ends: bool,
    },
}

impl Meaning {
    /// What it is the name of.
    pub(crate) const fn what(self) -> Option<NameOf> {
        match self {
            Meaning::Outside => None,
            Meaning::Inside { what, .. } => Some(what),
        }
    }
}

/// The meaning of each output.
#[derive(Clone, Debug)]
pub(crate) struct Labels(Vec<Meaning>);

impl Labels {
    pub(crate) fn read(path: &Path, written: Option<BTreeMap<String, String>>) -> Result<Self, LoadError> {
        let malformed = |why: &str| LoadError::Malformed { path: path.to_owned(), why: why.to_owned() };
        let written = written.ok_or_else(|| malformed("has no id2label"))?;
        if written.len() as u64 > MOST {
            let (path, is) = (path.to_owned(), written.len() as u64);
            return Err(LoadError::TooLarge { path, what: "the number of labels", is, at_most: MOST });
        }
        let mut meanings = vec![None; written.len()];
        for (id, label) in &written {
            let place = id.parse::<usize>().ok().and_then(|id| meanings.get_mut(id));
            let place =
                place.ok_or_else(|| malformed("has ids in id2label that are not 0, 1, 2 and so on"))?;
            *place = Some(meaning(label));
        }
        let meanings: Option<Vec<Meaning>> = meanings.into_iter().collect();
        let meanings = meanings.ok_or_else(|| malformed("has an id twice in id2label"))?;
        let wanted = |meaning: &Meaning| matches!(meaning.what(), Some(NameOf::Person | NameOf::Place));
        if !meanings.iter().any(wanted) {
            return Err(LoadError::NoLabels { path: path.to_owned() });
        }
        Ok(Self(meanings))
    }

    pub(crate) fn meanings(&self) -> &[Meaning] {
        &self.0
    }
}

/// What a label means: `PER`, or with where it stands in a name: `B-PER`, `I-PER`, `L-PER` or `E-PER` (the last),
/// `U-PER` or `S-PER` (alone).
fn meaning(label: &str) -> Meaning {
    let (place, name) = match label.split_once(['-', '_']) {
        Some((place, name)) if place.len() == 1 => (place, name),
        _ => ("I", label),
    };
    let Some(what) = name_of(name) else { return Meaning::Outside };
    let (begins, ends) = match place {
        "B" | "b" => (true, false),
        "I" | "i" | "M" | "m" => (false, false),
        "L" | "l" | "E" | "e" => (false, true),
        "U" | "u" | "S" | "s" => (true, true),
        _ => return Meaning::Outside,
    };
    Meaning::Inside { what, begins, ends }
}

/// What models call people, places and organisations; whatever else they know is none of the detector's types.
fn name_of(name: &str) -> Option<NameOf> {
    let letters: String = name.chars().filter(char::is_ascii_alphabetic).collect();
    match letters.to_ascii_uppercase().as_str() {
        "PER" | "PERS" | "PERSON" | "PERSONNAME" | "NAME" | "FULLNAME" | "FIRSTNAME" | "GIVENNAME"
        | "MIDDLENAME" | "LASTNAME" | "SURNAME" | "FAMILYNAME" => Some(NameOf::Person),
        "LOC" | "LOCATION" | "PLACE" | "GPE" | "CITY" | "STATE" | "COUNTY" | "COUNTRY" | "REGION" => {
            Some(NameOf::Place)
        }
        "ORG" | "ORGANIZATION" | "ORGANISATION" | "COMPANY" | "COMPANYNAME" | "CORPORATION" => {
            Some(NameOf::Organisation)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn inside(what: NameOf, begins: bool, ends: bool) -> Meaning {
        Meaning::Inside { what, begins, ends }
    }

    #[test]
    fn labels_are_read_with_and_without_the_place_in_a_name() {
        assert_eq!(meaning("B-PER"), inside(NameOf::Person, true, false));
        assert_eq!(meaning("I-LOC"), inside(NameOf::Place, false, false));
        assert_eq!(meaning("L-ORG"), inside(NameOf::Organisation, false, true));
        assert_eq!(meaning("E-PER"), inside(NameOf::Person, false, true));
        assert_eq!(meaning("U-GPE"), inside(NameOf::Place, true, true));
        assert_eq!(meaning("S-person"), inside(NameOf::Person, true, true));
        assert_eq!(meaning("PER"), inside(NameOf::Person, false, false));
        assert_eq!(meaning("B_LAST_NAME"), inside(NameOf::Person, true, false));
        assert_eq!(meaning("first_name"), inside(NameOf::Person, false, false));
    }

    #[test]
    fn what_is_no_name_of_a_person_or_place_is_outside() {
        for label in
            ["O", "B-MISC", "LABEL_1", "I-DATE", "", "-", "B-", "X-PER", "PERSONNEL", "B-TELEPHONENUM"]
        {
            assert_eq!(meaning(label), Meaning::Outside, "{label}");
        }
    }
}
