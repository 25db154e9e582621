//! Which operator is for which type.

use crate::Operator;
use aside_taxonomy::DataType;
use std::{collections::BTreeMap, str::FromStr};

/// Which operator is used for which type or kind. A kind's own stands above its type's, and that above the default.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Policy {
    default: Operator,
    types: BTreeMap<DataType, Operator>,
    kinds: BTreeMap<&'static str, Operator>,
}

/// A type such as `fin.pan`, or one of its kinds such as `card`: what an operator can be chosen for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Target {
    /// All kinds of a type.
    Type(DataType),
    /// One kind.
    Kind(&'static str),
}

/// The text is neither a type nor a kind.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("`{0}` is no data type (such as fin.pan) and no kind (such as card)")]
pub struct NotATarget(String);

impl FromStr for Target {
    type Err = NotATarget;

    fn from_str(text: &str) -> Result<Self, NotATarget> {
        if let Some(data_type) = DataType::from_id(text) {
            return Ok(Target::Type(data_type));
        }
        let mut kinds = DataType::ALL.iter().flat_map(|data_type| data_type.kinds());
        let kind = kinds.find(|kind| **kind == text).map(|kind| Target::Kind(kind));
        kind.ok_or_else(|| NotATarget(text.chars().take(80).collect()))
    }
}

impl Default for Policy {
    /// Replaces everything by `<KIND>`.
    fn default() -> Self {
        Self::new(Operator::Replace(None))
    }
}

impl Policy {
    /// One operator for everything.
    pub const fn new(default: Operator) -> Self {
        Self { default, types: BTreeMap::new(), kinds: BTreeMap::new() }
    }

    /// Another operator for a type or kind.
    pub fn with(mut self, target: Target, operator: Operator) -> Self {
        match target {
            Target::Type(data_type) => self.types.insert(data_type, operator),
            Target::Kind(kind) => self.kinds.insert(kind, operator),
        };
        self
    }

    /// The operator for a kind of a type.
    pub fn operator(&self, data_type: DataType, kind: &str) -> &Operator {
        self.kinds.get(kind).or_else(|| self.types.get(&data_type)).unwrap_or(&self.default)
    }

    /// Whether any operator does nothing without a key; its name.
    pub(crate) fn needs_key(&self) -> Option<&'static str> {
        let mut all = [&self.default].into_iter().chain(self.types.values()).chain(self.kinds.values());
        all.find(|operator| operator.needs_key()).map(Operator::name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_stands_above_its_type_and_that_above_the_default() {
        let policy = Policy::default()
            .with("demo.dob".parse().unwrap(), Operator::Redact)
            .with("date".parse().unwrap(), Operator::Keep);
        assert_eq!(policy.operator(DataType::DemoDob, "date"), &Operator::Keep);
        assert_eq!(policy.operator(DataType::DemoDob, "dob"), &Operator::Redact);
        assert_eq!(policy.operator(DataType::FinPan, "card"), &Operator::Replace(None));
    }

    #[test]
    fn what_is_neither_type_nor_kind_is_refused() {
        assert_eq!("iban".parse(), Ok(Target::Kind("iban")));
        assert_eq!("fin.pan".parse(), Ok(Target::Type(DataType::FinPan)));
        for text in ["", "fin.gold", "CARD", "card "] {
            assert!(text.parse::<Target>().is_err(), "{text}");
        }
    }
}
