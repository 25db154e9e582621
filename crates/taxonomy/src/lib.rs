#![doc = include_str!("../README.md")]

mod class;
mod data_type;
mod mask_shape;

pub use class::Class;
pub use data_type::DataType;
pub use mask_shape::MaskShape;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use std::{fmt, str::FromStr};

/// The text is not the id of a data type.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct UnknownDataType(pub String);

impl fmt::Display for UnknownDataType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a data type", self.0)
    }
}

impl std::error::Error for UnknownDataType {}

impl FromStr for DataType {
    type Err = UnknownDataType;

    fn from_str(id: &str) -> Result<Self, Self::Err> {
        Self::from_id(id).ok_or_else(|| UnknownDataType(id.to_owned()))
    }
}

impl fmt::Display for DataType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

impl Serialize for DataType {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}

impl<'de> Deserialize<'de> for DataType {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let id = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        id.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn the_taxonomy_has_67_types_in_five_classes() {
        let count = |class| DataType::ALL.iter().filter(|t| t.class() == class).count();
        assert_eq!(DataType::ALL.len(), 67);
        assert_eq!(
            [Class::Public, Class::Basic, Class::Confidential, Class::Sensitive, Class::Prohibited]
                .map(count),
            [1, 7, 21, 31, 7]
        );
    }

    #[test]
    fn ids_and_kinds_are_unique_and_ids_read_back() {
        let ids: HashSet<_> = DataType::ALL.iter().map(|t| t.id()).collect();
        assert_eq!(ids.len(), 67);
        let kinds: Vec<_> = DataType::ALL.iter().flat_map(|t| t.kinds()).collect();
        assert_eq!(kinds.iter().collect::<HashSet<_>>().len(), kinds.len());
        for data_type in DataType::ALL {
            assert_eq!(data_type.id().parse(), Ok(*data_type));
            let json = serde_json::to_string(data_type).unwrap();
            assert_eq!(serde_json::from_str::<DataType>(&json).unwrap(), *data_type);
        }
    }

    #[test]
    fn an_unknown_id_is_refused_by_name() {
        assert_eq!("fin.gold".parse::<DataType>().unwrap_err().to_string(), "`fin.gold` is not a data type");
    }
}
