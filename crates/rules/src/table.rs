//! The table of all places: data type and kind × rung × direction × certainty.

use crate::Action;
use aside_model::{Certainty, DataType, Direction, Rung};
use std::cmp::Reverse;

/// Every certainty, from loose to strict.
pub(crate) const CERTAINTIES: [Certainty; 3] = [Certainty::Guessed, Certainty::Likely, Certainty::Certain];

/// One place in the table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Place {
    pub(crate) data_type: DataType,
    pub(crate) kind: &'static str,
    pub(crate) rung: Rung,
    pub(crate) direction: Direction,
    pub(crate) certainty: Certainty,
}

impl Place {
    /// Every place, in the order of the table.
    pub(crate) fn all() -> impl Iterator<Item = Place> {
        slots().flat_map(|(data_type, kind)| {
            Rung::ALL.iter().flat_map(move |&rung| {
                Direction::ALL.iter().flat_map(move |&direction| {
                    CERTAINTIES.map(|certainty| Place { data_type, kind, rung, direction, certainty })
                })
            })
        })
    }

    fn index(self) -> usize {
        let slot = FIRST_SLOTS[self.data_type as usize]
            + self.data_type.kinds().iter().position(|&kind| kind == self.kind).unwrap_or(0);
        ((slot * Rung::ALL.len() + self.rung as usize) * Direction::ALL.len() + self.direction as usize)
            * CERTAINTIES.len()
            + self.certainty as usize
    }

    /// What an action amounts to here.
    pub(crate) const fn effect(self, action: Action, exact: bool) -> Action {
        if matches!(self.certainty, Certainty::Guessed) && !exact {
            action.for_a_guess(self.direction, self.data_type.class())
        } else {
            action
        }
    }
}

/// Every data type with each of its kinds.
pub(crate) fn slots() -> impl Iterator<Item = (DataType, &'static str)> {
    DataType::ALL.iter().flat_map(|&data_type| data_type.kinds().iter().map(move |&kind| (data_type, kind)))
}

/// The first slot of each data type.
const FIRST_SLOTS: [usize; DataType::ALL.len()] = {
    let mut first = [0; DataType::ALL.len()];
    let mut i = 1;
    while i < first.len() {
        first[i] = first[i - 1] + DataType::ALL[i - 1].kinds().len();
        i += 1;
    }
    first
};

/// What one rule says for one place.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Statement {
    /// As written.
    pub(crate) action: Action,
    /// Whether the rule names this certainty: then a guess is not taken one step looser.
    pub(crate) exact: bool,
    /// The rule, as an index into the citations.
    pub(crate) citation: usize,
    /// The pack, as an index.
    pub(crate) pack: usize,
    /// The line of the rule.
    pub(crate) line: usize,
}

impl Statement {
    /// Which of two statements holds at a place: the stricter. Of two equally strict ones a law's wins
    /// over the base, so that the decision names the law, and else the pack whose id comes first, so that
    /// the order of packs does not matter.
    pub(crate) fn rank<'i>(&self, place: Place, ids: &'i [String]) -> impl Ord + use<'i> {
        (
            place.effect(self.action, self.exact),
            self.action,
            self.exact,
            self.pack != 0,
            Reverse(ids[self.pack].as_str()),
            Reverse(self.line),
        )
    }

    /// Whether this statement says less than what stands at a place. A rule that does not speak of
    /// guesses by name leaves alone what another one says of them.
    pub(crate) fn loosens(&self, stands: &Statement, place: Place) -> bool {
        match (self.exact, stands.exact) {
            (false, false) => self.action < stands.action,
            (false, true) if place.certainty == Certainty::Guessed => false,
            _ => place.effect(self.action, self.exact) < place.effect(stands.action, stands.exact),
        }
    }
}

/// A statement, or none, for every place.
#[derive(Clone, Debug)]
pub(crate) struct Table<S>(Vec<S>);

impl<S: Clone> Table<S> {
    pub(crate) fn filled(with: S) -> Self {
        Self(vec![with; Place::all().count()])
    }

    pub(crate) fn at(&self, place: Place) -> &S {
        &self.0[place.index()]
    }

    pub(crate) fn at_mut(&mut self, place: Place) -> &mut S {
        &mut self.0[place.index()]
    }
}

impl<S> Table<Option<S>> {
    /// The table without its options; the first empty place of each rule row otherwise.
    pub(crate) fn complete(self) -> Result<Table<S>, Vec<Place>> {
        let gaps: Vec<Place> =
            Place::all().zip(&self.0).filter(|(_, said)| said.is_none()).map(|(place, _)| place).collect();
        if gaps.is_empty() { Ok(Table(self.0.into_iter().flatten().collect())) } else { Err(gaps) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_has_its_own_cell_in_order() {
        for (i, place) in Place::all().enumerate() {
            assert_eq!(place.index(), i, "{place:?}");
        }
    }
}
