//! What the detector reports.

use aside_taxonomy::DataType;
use serde::{Deserialize, Serialize};

/// How sure a finding is; later is surer.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Certainty {
    /// Only its look speaks for it.
    Guessed,
    /// Pattern with cue, or check digits against a contrary cue.
    Likely,
    /// Check digits or an unmistakable format, and no contrary cue.
    Certain,
}

impl Certainty {
    /// The certainty in lower case, as serialised.
    pub const fn name(self) -> &'static str {
        match self {
            Certainty::Guessed => "guessed",
            Certainty::Likely => "likely",
            Certainty::Certain => "certain",
        }
    }
}

/// One piece of personal data in a text.
#[derive(Clone, PartialEq, Debug)]
pub struct Finding {
    /// The type of data.
    pub data_type: DataType,
    /// The kind within the type, one of `data_type.kinds()`.
    pub kind: &'static str,
    /// Where the value begins: a byte of the given text, on a character boundary.
    pub start: usize,
    /// Where the value ends: the byte after its last, on a character boundary.
    pub end: usize,
    /// Between 0 and 1, never NaN; comparable within one kind only.
    pub score: f32,
    /// How sure the finding is.
    pub certainty: Certainty,
    /// Why it was found, most telling first. Never text of the message.
    pub evidence: Vec<Evidence>,
}

macro_rules! evidence {
    ($($(#[doc = $doc:literal])+ $variant:ident = $name:literal;)+) => {
        /// A reason for or against a finding.
        #[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
        #[non_exhaustive]
        pub enum Evidence { $($(#[doc = $doc])+ $variant,)+ }

        impl Evidence {
            /// Every reason there is.
            pub const ALL: &'static [Evidence] = &[$(Evidence::$variant,)+];

            /// The reason's stable name.
            pub const fn name(self) -> &'static str {
                match self { $(Evidence::$variant => $name,)+ }
            }

            /// The reason in a sentence, for people.
            pub const fn description(self) -> &'static str {
                match self { $(Evidence::$variant => concat!($($doc),+).trim_ascii(),)+ }
            }
        }
    };
}

evidence! {
    /// The Luhn check digit (ISO/IEC 7812-1) is right.
    Luhn = "luhn";
    /// The ISO 7064 check digits modulo 97 are right.
    Mod97 = "mod97";
    /// A check digit of the format's own is right.
    CheckDigit = "check_digit";
    /// The check digits are wrong; a cue speaks for the value all the same.
    CheckFailed = "check_failed";
    /// The first digits belong to an issuer of cards of this length.
    IssuerRange = "issuer_range";
    /// The digits are grouped as such numbers are printed.
    Grouping = "grouping";
    /// More digits follow without a separator.
    GluedDigits = "glued_digits";
    /// A word before the value names it.
    CueBefore = "cue_before";
    /// A word after the value names it.
    CueAfter = "cue_after";
    /// A word nearby says that it is something else.
    ContraryCue = "contrary_cue";
    /// It stands beside a card number.
    BesideCard = "beside_card";
    /// It is written in the international form.
    International = "international";
    /// Its length is usual for its country.
    LengthForCountry = "length_for_country";
    /// It has the form of a country that was hinted at or is unmistakable.
    NationalFormat = "national_format";
    /// The format alone is unmistakable.
    Format = "format";
    /// The ending is a top-level domain.
    KnownEnding = "known_ending";
    /// Words stand for signs ("at", "dot") or digits ("four").
    SpelledOut = "spelled_out";
    /// A checksum of several signs of the format's own is right.
    Checksum = "checksum";
    /// The signs are as various as in what is drawn by lot.
    Entropy = "entropy";
    /// Every word is in the format's list of words.
    WordList = "word_list";
    /// A vendor's documented prefix.
    VendorPrefix = "vendor_prefix";
    /// The number lies in a range that is given out.
    ValidRange = "valid_range";
    /// The calendar has this day.
    CalendarDay = "calendar_day";
    /// Digits are hidden behind stars or the like.
    MaskedDigits = "masked_digits";
    /// A street's name or number.
    Street = "street";
    /// A postcode stands beside it.
    PostcodeNearby = "postcode_nearby";
    /// It is written with capitals, as names are.
    Capitals = "capitals";
    /// It answers what was asked just before.
    Question = "question";
    /// Parts of it stand in several messages.
    InPieces = "in_pieces";
    /// It is a one-time code that we sent.
    OwnCode = "own_code";
    /// It has the form of a pattern of the brand's own.
    OwnPattern = "own_pattern";
    /// Words say it.
    Lexicon = "lexicon";
    /// Somebody says it of themselves.
    FirstPerson = "first_person";
    /// It is said of somebody else.
    OtherPerson = "other_person";
    /// The trained model of names reads the sentence so.
    NameModel = "name_model";
}
