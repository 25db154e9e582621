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

/// What Python calls the type of a value.
pub(crate) fn python_type(value: &Value) -> &'static str {
    match value {
        Value::Null => "NoneType",
        Value::Bool(_) => "bool",
        Value::Number(number) if number.is_f64() => "float",
        Value::Number(_) => "int",
        Value::String(_) => "str",
        Value::Array(_) => "list",
        Value::Object(_) => "dict",
    }
}

/// The items of a list; none where it is missing, or no list and empty. Python goes through a string letter by letter
/// and through an object name by name, which nobody means: either is one item here.
pub(crate) fn items<'v>(object: &'v Map<String, Value>, name: &str) -> Result<&'v [Value], Refused> {
    match object.get(name) {
        Some(Value::Array(list)) => Ok(list),
        Some(one @ (Value::String(_) | Value::Object(_))) if truth(Some(one)) => {
            Ok(std::slice::from_ref(one))
        }
        Some(other) if truth(Some(other)) => Err(no_list(other)),
        _ => Ok(&[]),
    }
}

/// What Python says of a value that it cannot go through.
pub(crate) fn no_list(value: &Value) -> Refused {
    Refused::unparsed(format!("'{}' object is not iterable", python_type(value)))
}

/// A list of context words, each a string; what Python says where one is something else.
pub(crate) fn context_words<'v>(object: &'v Map<String, Value>) -> Result<Vec<&'v str>, Refused> {
    let word = |item: &'v Value| {
        let no_word = || format!("'{}' object has no attribute 'lower'", python_type(item));
        item.as_str().ok_or_else(|| Refused::as_presidio_does(no_word()))
    };
    items(object, "context")?.iter().map(word).collect()
}

/// Yes or no, as Python takes it: 0, "", an empty list and null are no.
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
