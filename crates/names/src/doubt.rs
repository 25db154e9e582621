//! How far ahead a name must be before it is reported.
//!
//! The model weighs every piece the same, wherever it has learnt of it: a word that no list knows, at the beginning of a
//! Polish sentence, may come out barely ahead because nothing speaks against it. So what has little behind it has to be
//! further ahead than what has much. The steps were chosen on the tuning half of `messages/`, on the detector's corpus and
//! on tweets.

use crate::{decode::Entity, label::Label};

/// How much less is asked for in a line in English, the language of most texts that the model has read, and of anything
/// but a person.
const FAMILIAR: f32 = 1.2;

impl Entity {
    /// Whether the name is far enough ahead of the other readings for what else is known of it. `words` is its text.
    pub(crate) fn is_far_enough_ahead(&self, words: &str) -> bool {
        let small = !words.contains(char::is_uppercase);
        let several = words.contains(char::is_whitespace);
        // An ordinary word among others needs as much as a single word.
        let several = several && !self.ordinary;
        let wanted = match (small, several, self.listed) {
            (true, _, false) => 2.0,
            (false, false, false) => 1.5,
            (true, _, true) | (false, true, false) => 1.2,
            (false, false, true) => 1.0,
            (false, true, true) => 0.8,
        };
        let wanted = if self.familiar { wanted - FAMILIAR } else { wanted };
        self.margin >= if self.label == Label::Person { wanted } else { wanted - FAMILIAR }
    }
}
