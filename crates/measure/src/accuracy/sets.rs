//! The labelled texts that are measured on.

use std::path::Path;

use aside_score::corpus::{self, Message};
use aside_score::public_sets::{self, Half};
use aside_score::{Count, IGNORE, Labelled, Marked, Scheme, Scores, score, texts};

use crate::failure::Outcome;
use crate::place;

/// The structured types that public sets label.
pub(crate) const STRUCTURED: &[&str] = &[
    "CREDIT_CARD",
    "EMAIL_ADDRESS",
    "PHONE_NUMBER",
    "IBAN_CODE",
    "US_SSN",
    "IP_ADDRESS",
    "URL",
    "DATE_TIME",
];

/// The same less dates: what goals are set for.
pub(crate) const WITHOUT_DATES: &[&str] =
    &["CREDIT_CARD", "EMAIL_ADDRESS", "PHONE_NUMBER", "IBAN_CODE", "US_SSN", "IP_ADDRESS", "URL"];

/// The structured types less dates and URLs: what may hardly ever be found where nothing is.
const ALARMING: &[&str] =
    &["CREDIT_CARD", "EMAIL_ADDRESS", "PHONE_NUMBER", "IBAN_CODE", "US_SSN", "IP_ADDRESS"];

const WITH_NAMES: &[&str] = &[
    "CREDIT_CARD",
    "EMAIL_ADDRESS",
    "PHONE_NUMBER",
    "IBAN_CODE",
    "US_SSN",
    "IP_ADDRESS",
    "URL",
    "DATE_TIME",
    "PERSON",
    "STREET_ADDRESS",
];

/// Labelled texts and what of them counts.
pub(crate) struct Set {
    /// Its short name in kept files.
    pub(crate) name: &'static str,
    pub(crate) texts: Vec<Labelled>,
    pub(crate) count: Count,
}

impl Set {
    pub(crate) fn score(&self, found: &[Vec<Marked>]) -> Scores {
        score(&self.texts, found, &self.count)
    }
}

/// Everything that is measured on.
pub(crate) struct Sets {
    /// The corpus in our own kinds.
    pub(crate) messages: Vec<Message>,
    /// The corpus in public names first, then the public sets that are there.
    pub(crate) public: Vec<Set>,
}

impl Sets {
    /// Reads the corpus, and of the public sets those that the folder has.
    pub(crate) fn read(data: &Path) -> Outcome<Self> {
        let messages = corpus::read(&place::corpus(), Scheme::Kinds)?;
        let texts = texts(&corpus::read(&place::corpus(), Scheme::Public)?);
        let mut public = vec![
            Set { name: "corpus", texts: texts.clone(), count: Count::Only(WITH_NAMES) },
            Set { name: "quiet", texts, count: Count::Only(ALARMING) },
        ];
        let synthetic = data.join("presidio-research/synth_dataset_v2.json");
        if synthetic.is_file() {
            let texts = public_sets::presidio_research(&synthetic)?;
            public.push(Set { name: "synth", texts, count: Count::Only(WITH_NAMES) });
        }
        for (name, file, half, count) in [
            ("btc-h", "btc/h.conll", Half::Second, &["PERSON"][..]),
            ("wnut17-dev", "wnut17/dev.conll", Half::Both, &["PERSON"]),
            ("btc-a", "btc/a.conll", Half::Both, ALARMING),
            ("btc-b", "btc/b.conll", Half::Both, ALARMING),
        ] {
            let path = data.join(file);
            if path.is_file() {
                let mut texts = public_sets::tweets(&path, half)?;
                if count == ALARMING {
                    // Every tweet counts as clean of structured data, whoever is named in it.
                    for text in &mut texts {
                        text.marks.retain(|mark| mark.group == IGNORE);
                    }
                }
                public.push(Set { name, texts, count: Count::Only(count) });
            }
        }
        Ok(Self { messages, public })
    }
}
