//! Things that are harmless alone and open an account together.

use crate::Action;
use aside_model::{Certainty, DataType, Direction, Rung};

/// One thing that can take part: a data type, or one kind of it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Member {
    data_type: DataType,
    kind: Option<&'static str>,
}

impl Member {
    /// Reads `account.booking_ref` or `demo.dob/dob`.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        let (id, kind) = text.split_once('/').map_or((text, None), |(id, kind)| (id, Some(kind)));
        let data_type = DataType::from_id(id).ok_or_else(|| format!("`{id}` is not a data type"))?;
        let kind = kind
            .map(|wanted| {
                data_type
                    .kinds()
                    .iter()
                    .copied()
                    .find(|&known| known == wanted)
                    .ok_or_else(|| format!("`{wanted}` is no kind of {id}"))
            })
            .transpose()?;
        Ok(Self { data_type, kind })
    }

    fn is(&self, data_type: DataType, kind: &str) -> bool {
        self.data_type == data_type && self.kind.is_none_or(|own| own == kind)
    }

    pub(crate) fn overlaps(&self, other: &Member) -> bool {
        self.data_type == other.data_type
            && self.kind.zip(other.kind).is_none_or(|(one, another)| one == another)
    }
}

/// Lists of which one member each must be there.
#[derive(Clone, Debug)]
pub(crate) struct Combination {
    pub(crate) name: String,
    pub(crate) all_of: Vec<Vec<Member>>,
    /// By rung and direction.
    pub(crate) actions: [[Option<Action>; 2]; 4],
    pub(crate) citation: usize,
}

impl Combination {
    /// What it says on a rung in a direction.
    pub(crate) const fn action(&self, rung: Rung, direction: Direction) -> Option<Action> {
        self.actions[rung as usize][direction as usize]
    }

    /// Whether a type and kind takes part in it.
    pub(crate) fn has(&self, data_type: DataType, kind: &str) -> bool {
        self.all_of.iter().flatten().any(|member| member.is(data_type, kind))
    }

    /// Whether everything it needs is there. What is only guessed does not count: every second word with a
    /// capital letter looks like a name.
    pub(crate) fn is_complete<'k>(
        &self,
        there: &(impl Iterator<Item = (DataType, &'k str, Certainty)> + Clone),
    ) -> bool {
        self.all_of.iter().all(|group| {
            there.clone().any(|(data_type, kind, certainty)| {
                certainty > Certainty::Guessed && group.iter().any(|member| member.is(data_type, kind))
            })
        })
    }
}
