//! Every sentence that customers read in the messenger, in four languages. A language that lacks a
//! sentence does not compile.

mod data_types;
mod de;
mod en;
mod es;
mod fr;

use crate::refusal::Refusal;
use aside_app::views::MessageView;
use aside_model::{Assurance, Author, DataType, Language, MessageState, Rung};

/// A heading and what it means.
pub(crate) type Said = (&'static str, &'static str);

/// The sentences of one language.
pub(crate) struct Words {
    /// BCP 47 tag.
    pub(crate) tag: &'static str,
    language: Language,

    // The link's own page
    pub(crate) landing_title: &'static str,
    pub(crate) landing_text: &'static str,
    pub(crate) landing_button: &'static str,
    pub(crate) landing_once: &'static str,
    pub(crate) link_used: Said,
    pub(crate) link_expired: Said,
    pub(crate) link_unknown: Said,

    // Without a session
    pub(crate) door: Said,
    pub(crate) door_link_title: &'static str,
    pub(crate) door_link_text: &'static str,
    pub(crate) door_code_title: &'static str,
    pub(crate) door_code_label: &'static str,
    pub(crate) door_code_button: &'static str,
    pub(crate) door_code_wrong: &'static str,

    // The head of the conversation
    pub(crate) writing_to: &'static str,
    pub(crate) kept_title: &'static str,
    pub(crate) kept: [&'static str; 4],
    pub(crate) phone: &'static str,
    pub(crate) leave: &'static str,
    assurances: [&'static str; 5],

    // Messages
    pub(crate) talk_label: &'static str,
    pub(crate) nothing_said: &'static str,
    pub(crate) new_message: &'static str,
    pub(crate) you: &'static str,
    rungs: [&'static str; 4],
    pub(crate) held: &'static str,
    pub(crate) removed: &'static str,
    pub(crate) unchecked: &'static str,
    pub(crate) taken_back: &'static str,
    pub(crate) attachment: &'static str,
    pub(crate) edited: &'static str,
    queued: &'static str,
    failed: &'static str,

    // What is held
    pub(crate) hold_title: &'static str,
    pub(crate) hold_text: &'static str,
    pub(crate) hold_until: &'static str,
    pub(crate) hold_release: &'static str,
    pub(crate) hold_discard: &'static str,

    // What was missed
    pub(crate) miss_title: &'static str,
    pub(crate) miss_text: &'static str,
    pub(crate) miss_label: &'static str,
    pub(crate) miss_type: &'static str,
    pub(crate) miss_choose: &'static str,
    pub(crate) miss_button: &'static str,
    pub(crate) miss_not_marked: &'static str,

    // Who you are
    pub(crate) identify_title: &'static str,
    pub(crate) identify_text: &'static str,
    pub(crate) email_label: &'static str,
    pub(crate) ask_code: &'static str,
    pub(crate) ask_again: &'static str,
    pub(crate) code_sent: &'static str,
    pub(crate) code_label: &'static str,
    pub(crate) code_button: &'static str,
    pub(crate) code_wrong: &'static str,

    // Writing
    pub(crate) write_label: &'static str,
    pub(crate) send: &'static str,
    pub(crate) empty: &'static str,
    pub(crate) too_long: &'static str,
    pub(crate) not_sent_offline: &'static str,
    /// Said by the page itself, before the server has looked at the draft.
    pub(crate) draft_found: &'static str,
    pub(crate) draft_masked: Said,
    pub(crate) draft_destroyed: Said,

    // What was just done
    did_released: &'static str,
    did_discarded: &'static str,
    did_marked: &'static str,
    did_code_sent: &'static str,
    did_checked: &'static str,

    // Privacy
    pub(crate) privacy_title: &'static str,
    pub(crate) rights_title: &'static str,
    pub(crate) rights_text: &'static str,
    pub(crate) to_talk: &'static str,

    // What goes wrong
    pub(crate) back: &'static str,
    stale: Said,
    not_found: Said,
    too_large: Said,
    pub(crate) too_many: Said,
    busy: Said,
    unavailable: Said,
    broke: Said,
    not_understood: Said,
    signed_out: Said,

    data_types: &'static [(DataType, &'static str)],
    some_data: &'static str,
}

/// The words of a language.
pub(crate) fn of(language: Language) -> &'static Words {
    match language {
        Language::English => &en::WORDS,
        Language::German => &de::WORDS,
        Language::French => &fr::WORDS,
        Language::Spanish => &es::WORDS,
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "templates hand out references")]
impl Words {
    /// How sure the brand is who writes.
    pub(crate) fn assurance(&self, assurance: &Assurance) -> &'static str {
        self.assurances[*assurance as usize]
    }

    /// Where a message was said.
    pub(crate) fn rung(&self, rung: &Rung) -> &'static str {
        self.rungs[*rung as usize]
    }

    /// What people call a type of data.
    pub(crate) fn data_type(&self, data_type: &DataType) -> &'static str {
        if self.language == Language::English {
            return data_type.label();
        }
        self.data_types.iter().find(|(of, _)| of == data_type).map_or(self.some_data, |(_, name)| name)
    }

    /// What people call the type with this English label.
    pub(crate) fn held_type(&self, label: &str) -> &'static str {
        let data_type = DataType::ALL.iter().find(|data_type| data_type.label() == label);
        data_type.map_or(self.some_data, |data_type| self.data_type(data_type))
    }

    /// What became of a message, where that matters to a customer.
    pub(crate) fn state(&self, message: &MessageView) -> Option<&'static str> {
        match message.state {
            MessageState::Queued if message.author != Author::Customer => Some(self.queued),
            MessageState::Failed => Some(self.failed),
            _ => None,
        }
    }

    /// What was just done.
    pub(crate) fn did(&self, did: &str) -> Option<&'static str> {
        Some(match did {
            "released" => self.did_released,
            "discarded" => self.did_discarded,
            "marked" => self.did_marked,
            "code-sent" => self.did_code_sent,
            "checked" => self.did_checked,
            _ => return None,
        })
    }

    /// A heading for what went wrong, and what to do.
    pub(crate) fn refusal(&self, refusal: &Refusal) -> Said {
        match refusal {
            Refusal::SignedOut => self.signed_out,
            Refusal::StaleForm => self.stale,
            Refusal::NotFound => self.not_found,
            Refusal::TooLarge => self.too_large,
            // The one thing that customers are denied is another try.
            Refusal::TooMany | Refusal::Denied(_) => self.too_many,
            Refusal::Busy => self.busy,
            Refusal::Unavailable(_) => self.unavailable,
            Refusal::Failed(_) => self.broke,
            Refusal::Invalid(_) | Refusal::NotNow(_) | Refusal::Other(_) => self.not_understood,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_has_words_for_what_the_detector_finds_most() {
        for language in Language::ALL {
            let words = of(*language);
            assert_eq!(words.tag, language.tag());
            for data_type in crate::misses::LIKELY {
                assert_ne!(words.data_type(&data_type), words.some_data, "{language:?}");
            }
            assert!(words.too_long.contains("{most}") && words.writing_to.contains("{brand}"));
            assert!(words.draft_masked.1.contains("{what}") && words.draft_destroyed.1.contains("{what}"));
            assert!(words.landing_title.contains("{brand}") && words.hold_title.contains("{what}"));
            assert!(words.phone.contains("{phone}"));
        }
    }
}
