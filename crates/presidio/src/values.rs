//! Parameters out of JSON, with what Presidio says where they are wrong.

use crate::error::Refused;
use serde_json::{Map, Value};

/// A member, if it is there and not null.
pub(crate) fn member<'v>(object: &'v Map<String, Value>, name: &str) -> Option<&'v Value> {
    object.get(name).filter(|value| !value.is_null())
}

/// A member that must be there, as the type that `read` takes.
pub(crate) fn needed<'v, T>(
    object: &'v Map<String, Value>,
    name: &str,
    wanted: &str,
    read: impl FnOnce(&'v Value) -> Option<T>,
) -> Result<T, Refused> {
    let value =
        member(object, name).ok_or_else(|| Refused::parameter(format!("Expected parameter {name}")))?;
    read(value).ok_or_else(|| mistyped(name, wanted, value))
}

/// What is said of a parameter of a wrong type.
pub(crate) fn mistyped(name: &str, wanted: &str, value: &Value) -> Refused {
    let got = match value {
        Value::Null => return Refused::parameter(format!("Expected parameter {name}")),
        Value::Bool(_) => "boolean",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    Refused::parameter(format!("Invalid parameter value for {name}. Expecting '{wanted}', but got '{got}'."))
}

/// A list of strings; empty where it is missing.
pub(crate) fn strings<'v>(object: &'v Map<String, Value>, name: &str) -> Result<Vec<&'v str>, Refused> {
    let Some(value) = member(object, name) else { return Ok(Vec::new()) };
    let list = value.as_array().ok_or_else(|| mistyped(name, "array", value))?;
    list.iter().map(|item| item.as_str().ok_or_else(|| mistyped(name, "string", item))).collect()
}

/// Yes or no, as Python takes it: 0, "" and null are no.
pub(crate) fn truth(value: Option<&Value>) -> bool {
    match value {
        None | Some(Value::Null | Value::Bool(false)) => false,
        Some(Value::Number(number)) => number.as_f64() != Some(0.0),
        Some(Value::String(text)) => !text.is_empty(),
        Some(Value::Array(list)) => !list.is_empty(),
        Some(Value::Object(object)) => !object.is_empty(),
        Some(Value::Bool(true)) => true,
    }
}
