//! The two session cookies. `__Host-` makes browsers insist on `Secure`, `Path=/` and no other host.

use axum::http::{HeaderMap, HeaderValue, header};

/// An agent's session in the console; gone when the browser closes.
pub(crate) const AGENT: &str = "__Host-aside-agent";
/// A customer's session in the messenger; stays on the device, since customers come back.
pub(crate) const CUSTOMER: &str = "__Host-aside-customer";

/// How long a browser keeps a customer's cookie, in seconds: 30 days. Whether the session still counts is
/// decided by the store.
const CUSTOMER_SECONDS: u32 = 30 * 24 * 60 * 60;

/// The cookie's value, if the browser sent one.
pub(crate) fn read<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(found, _)| *found == name)
        .map(|(_, value)| value)
}

/// Sets a session cookie; an empty secret takes it away.
pub(crate) fn set(name: &'static str, secret: &str) -> HeaderValue {
    let (site, age) = match (name, secret) {
        (AGENT, "") => ("Strict", "; Max-Age=0".to_owned()),
        (AGENT, _) => ("Strict", String::new()),
        (_, "") => ("Lax", "; Max-Age=0".to_owned()),
        _ => ("Lax", format!("; Max-Age={CUSTOMER_SECONDS}")),
    };
    let text = format!("{name}={secret}; Path=/; Secure; HttpOnly; SameSite={site}{age}");
    HeaderValue::from_str(&text).expect("a secret is base64url, and so the cookie is ASCII")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_cookie_is_bound_to_this_host_and_hidden_from_scripts() {
        assert_eq!(set(AGENT, "abc"), "__Host-aside-agent=abc; Path=/; Secure; HttpOnly; SameSite=Strict");
        assert_eq!(
            set(CUSTOMER, "abc"),
            "__Host-aside-customer=abc; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=2592000"
        );
        assert_eq!(
            set(CUSTOMER, ""),
            "__Host-aside-customer=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0"
        );
    }

    #[test]
    fn a_cookie_is_found_among_others_by_its_whole_name() {
        let mut headers = HeaderMap::new();
        headers.insert(
            header::COOKIE,
            HeaderValue::from_static("x__Host-aside-agent=no; __Host-aside-agent=yes"),
        );
        assert_eq!(read(&headers, AGENT), Some("yes"));
        assert_eq!(read(&headers, CUSTOMER), None);
    }
}
