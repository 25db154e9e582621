//! When two spellings are the same value.

/// The value as it is compared: of a number its digits and letters in upper case, of an address or name its lower
/// case with single spaces, of what is secret or unknown every character as it stands.
pub(crate) fn canonical(kind: &str, value: &str) -> String {
    match kind {
        "password" | "secret_key" | "private_key" | "security_answer" | "seed_phrase" | "url" => {
            value.to_owned()
        }
        "email" | "domain" | "person" | "address" | "handle" | "username" | "place" | "cardholder" => {
            value.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
        }
        _ => {
            let compact: String =
                value.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase).collect();
            if compact.is_empty() { value.to_owned() } else { compact }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::canonical;

    #[test]
    fn separators_and_case_do_not_make_another_value() {
        assert_eq!(canonical("card", "4111-1111 1111.1111"), canonical("card", "4111111111111111"));
        assert_eq!(canonical("iban", "de89 3704"), canonical("iban", "DE893704"));
        assert_eq!(canonical("email", "Anna@Example.com"), canonical("email", "anna@example.com"));
        assert_eq!(canonical("person", "Anna  Moss"), canonical("person", "anna moss"));
        assert_ne!(canonical("password", "Secret"), canonical("password", "secret"));
        assert_eq!(canonical("cvv", "***"), "***");
    }
}
