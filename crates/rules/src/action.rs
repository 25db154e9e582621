//! What a rule says, and what is therefore done.

use aside_model::{Certainty, Direction};
use aside_taxonomy::Class;
use serde::{Deserialize, Serialize};
use std::fmt;

/// What a rule says; later is stricter.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// It may be exchanged here.
    Allow,
    /// It may, and whoever writes it is told that another place is better.
    Warn,
    /// It belongs in the vault: a token takes its place in the text.
    Mask,
    /// It must not be here at all.
    Block,
}

impl Action {
    /// Every action, from loose to strict.
    pub const ALL: &'static [Action] = &[Action::Allow, Action::Warn, Action::Mask, Action::Block];

    /// The name that packs and the API write.
    pub const fn name(self) -> &'static str {
        match self {
            Action::Allow => "allow",
            Action::Warn => "warn",
            Action::Mask => "mask",
            Action::Block => "block",
        }
    }

    /// One step looser, for what is only guessed. Forbidden data that a customer may have written keeps
    /// its block: then it is held, not destroyed. What the brand sends has no mask, so that a guess is
    /// always a question to the agent.
    pub(crate) const fn for_a_guess(self, direction: Direction, class: Class) -> Self {
        match (direction, self) {
            (Direction::Inbound, Action::Block) => {
                if matches!(class, Class::Prohibited) {
                    Action::Block
                } else {
                    Action::Mask
                }
            }
            (Direction::Inbound, Action::Mask) | (Direction::Outbound, Action::Block | Action::Mask) => {
                Action::Warn
            }
            (_, Action::Warn | Action::Allow) => Action::Allow,
        }
    }
}

impl fmt::Display for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What is done about one finding.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Disposition {
    /// It stays in the text.
    Allow,
    /// Inbound: it stays in the text, marked, and the customer is told of a better place.
    Warn,
    /// Inbound: its value goes to the vault, a token takes its place.
    Mask,
    /// Inbound: possibly forbidden. Sealed for the customer alone, for 24 hours.
    Hold,
    /// Inbound: forbidden. Destroyed in memory before anything is written.
    Destroy,
    /// Outbound: must not be sent.
    Refuse,
    /// Outbound: sent only after the agent has confirmed it with a reason.
    Confirm,
}

impl Disposition {
    /// The name that the API and the log write.
    pub const fn name(self) -> &'static str {
        match self {
            Disposition::Allow => "allow",
            Disposition::Warn => "warn",
            Disposition::Mask => "mask",
            Disposition::Hold => "hold",
            Disposition::Destroy => "destroy",
            Disposition::Refuse => "refuse",
            Disposition::Confirm => "confirm",
        }
    }

    /// What an action means for a finding. Only what is certain is destroyed; forbidden types already
    /// from `likely`.
    pub(crate) const fn of(action: Action, direction: Direction, certainty: Certainty, class: Class) -> Self {
        match (direction, action) {
            (_, Action::Allow) => Disposition::Allow,
            (Direction::Inbound, Action::Warn) => Disposition::Warn,
            (Direction::Inbound, Action::Mask) => Disposition::Mask,
            (Direction::Inbound, Action::Block) => match (certainty, class) {
                (Certainty::Certain, _) | (Certainty::Likely, Class::Prohibited) => Disposition::Destroy,
                _ => Disposition::Hold,
            },
            (Direction::Outbound, Action::Warn) => Disposition::Confirm,
            (Direction::Outbound, Action::Mask | Action::Block) => Disposition::Refuse,
        }
    }
}

impl fmt::Display for Disposition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_guess_is_never_destroyed_and_never_simply_refused() {
        for class in [Class::Public, Class::Sensitive, Class::Prohibited] {
            for &action in Action::ALL {
                for &direction in Direction::ALL {
                    let action = action.for_a_guess(direction, class);
                    let done = Disposition::of(action, direction, Certainty::Guessed, class);
                    assert!(
                        !matches!(done, Disposition::Destroy | Disposition::Refuse),
                        "{action} {class:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_possible_password_is_held_and_a_possible_card_number_is_masked() {
        let guess = |class| {
            let action = Action::Block.for_a_guess(Direction::Inbound, class);
            Disposition::of(action, Direction::Inbound, Certainty::Guessed, class)
        };
        assert_eq!(guess(Class::Prohibited), Disposition::Hold);
        assert_eq!(guess(Class::Sensitive), Disposition::Mask);
    }
}
