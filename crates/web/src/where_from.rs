//! Where a request comes from: which page, which address, which language.

use crate::{door::Web, refusal::Refusal};
use aside_model::Language;
use axum::{
    extract::{ConnectInfo, FromRequestParts, Request, State},
    http::{HeaderMap, Method, header, request::Parts},
    middleware::Next,
    response::Response,
};
use std::{
    convert::Infallible,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
};

pub(crate) fn is_console(path: &str) -> bool {
    path == "/console" || path.starts_with("/console/")
}

pub(crate) fn is_messenger(path: &str) -> bool {
    path == "/c" || path.starts_with("/c/") || path == "/privacy"
}

pub(crate) fn is_api(path: &str) -> bool {
    path.starts_with("/api/") || path.starts_with("/presidio")
}

/// The first language of the browser that we have words in.
pub(crate) fn languages(headers: &HeaderMap) -> Language {
    let header = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    Language::from_accept_language(header.unwrap_or_default())
}

/// Lets a request that changes something through only if one of our own pages sent it.
pub(crate) async fn ours_only(
    State(web): State<Web>,
    request: Request,
    next: Next,
) -> Result<Response, Refusal> {
    let changes = !matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if changes && !from_our_page(request.headers(), web.settings.origin()) {
        return Err(Refusal::StaleForm);
    }
    Ok(next.run(request).await)
}

/// `Sec-Fetch-Site` decides where the browser sends it. Older browsers send `Origin`; since our pages ask
/// for no referrer, theirs is `null` even from our own forms (Fetch, 3.2), and `null` proves nothing, so
/// it is refused. A request with neither comes from no browser, and no cookie can be borrowed.
fn from_our_page(headers: &HeaderMap, own: &str) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("unreadable"));
    let origin = text("origin");
    match text("sec-fetch-site") {
        Some(site) => site == "same-origin" && origin.is_none_or(|origin| origin == own || origin == "null"),
        None => origin.is_none_or(|origin| origin == own),
    }
}

/// The address that the request comes from, as far as trusted proxies say; for limits alone. Of an IPv6
/// address it is the network (/64): whoever has one address there has all of them.
pub(crate) struct From(pub(crate) IpAddr);

impl FromRequestParts<Web> for From {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        let peer = peer.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED));
        Ok(From(place(caller(peer, &parts.headers, &web.settings.trusted_proxies))))
    }
}

/// Whether a program on this machine asks by itself. What a proxy here hands on comes from elsewhere, and
/// says so in a header.
pub(crate) fn is_this_machine(parts: &Parts) -> bool {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip().to_canonical());
    let forwarded = ["x-forwarded-for", "forwarded", "x-real-ip", "via"];
    peer.is_some_and(|peer| peer.is_loopback()) && !forwarded.iter().any(|n| parts.headers.contains_key(*n))
}

/// Walks back from our own side: each trusted proxy vouches for the address that it wrote last. A listener
/// for both families sees IPv4 as `::ffff:…`; it is compared and counted as IPv4.
fn caller(peer: IpAddr, headers: &HeaderMap, trusted: &[IpAddr]) -> IpAddr {
    let mut caller = peer.to_canonical();
    let forwarded: Vec<&str> = headers
        .get_all("x-forwarded-for")
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .collect();
    for address in forwarded.iter().rev() {
        if !trusted.iter().any(|proxy| proxy.to_canonical() == caller) {
            break;
        }
        let Some(address) = forwarded_address(address.trim()) else { break };
        caller = address.to_canonical();
    }
    caller
}

/// An entry of `X-Forwarded-For`: an address, which some proxies write with a port or in brackets.
fn forwarded_address(entry: &str) -> Option<IpAddr> {
    let bare = entry.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(entry);
    bare.parse().ok().or_else(|| Some(entry.parse::<SocketAddr>().ok()?.ip()))
}

/// What a limit counts as one place.
fn place(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(v6) => IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & (u128::MAX << 64))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn headers(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), HeaderValue::from_static(value))).collect()
    }

    #[test]
    fn a_form_on_a_foreign_page_is_not_ours() {
        let own = "https://chat.example.org";
        for (ours, pairs) in [
            (true, &[("sec-fetch-site", "same-origin"), ("origin", "null")][..]),
            (true, &[("sec-fetch-site", "same-origin"), ("origin", "https://chat.example.org")]),
            (true, &[("origin", "https://chat.example.org")]),
            (true, &[]),
            (false, &[("sec-fetch-site", "cross-site"), ("origin", "https://chat.example.org")]),
            (false, &[("sec-fetch-site", "same-site")]),
            (false, &[("sec-fetch-site", "none")]),
            (false, &[("sec-fetch-site", "same-origin"), ("origin", "https://evil.example")]),
            (false, &[("origin", "null")]),
            (false, &[("origin", "https://evil.example")]),
        ] {
            assert_eq!(from_our_page(&headers(pairs), own), ours, "{pairs:?}");
        }
    }

    #[test]
    fn only_a_trusted_proxy_may_say_who_calls() {
        let peer: IpAddr = "10.0.0.1".parse().unwrap();
        let claimed = headers(&[("x-forwarded-for", "1.1.1.1, 203.0.113.9, 10.0.0.2")]);
        let call = |trusted: &[&str]| {
            let trusted: Vec<IpAddr> = trusted.iter().map(|t| t.parse().unwrap()).collect();
            caller(peer, &claimed, &trusted).to_string()
        };
        assert_eq!(call(&[]), "10.0.0.1");
        assert_eq!(call(&["10.0.0.1"]), "10.0.0.2");
        assert_eq!(call(&["10.0.0.1", "10.0.0.2"]), "203.0.113.9");
    }

    #[test]
    fn only_a_program_that_comes_straight_from_this_machine_is_on_it() {
        let asks = |peer: &str, pairs: &[_]| {
            let peer: SocketAddr = peer.parse().unwrap();
            let mut parts = Request::new(axum::body::Body::empty()).into_parts().0;
            parts.extensions.insert(ConnectInfo(peer));
            parts.headers = headers(pairs);
            is_this_machine(&parts)
        };
        for here in ["127.0.0.1:1", "[::1]:1", "[::ffff:127.0.0.1]:1"] {
            assert!(asks(here, &[]), "{here}");
            assert!(!asks(here, &[("x-forwarded-for", "203.0.113.9")]), "{here}");
            assert!(!asks(here, &[("x-forwarded-for", "127.0.0.1")]), "{here}");
        }
        assert!(!asks("10.0.0.1:1", &[]) && !asks("[::ffff:10.0.0.1]:1", &[]));
    }

    #[test]
    fn a_proxy_is_known_on_a_listener_for_both_families_and_may_write_ports_and_brackets() {
        let call = |peer: &str, trusted: &str, entry| {
            let claimed = headers(&[("x-forwarded-for", entry)]);
            place(caller(peer.parse().unwrap(), &claimed, &[trusted.parse().unwrap()])).to_string()
        };
        assert_eq!(call("::ffff:10.0.0.1", "10.0.0.1", "203.0.113.9"), "203.0.113.9");
        assert_eq!(call("10.0.0.1", "::ffff:10.0.0.1", "::ffff:203.0.113.9"), "203.0.113.9");
        for (entry, place) in [
            ("203.0.113.9:4711", "203.0.113.9"),
            ("[2001:db8:1:2:3:4:5:6]", "2001:db8:1:2::"),
            ("[2001:db8:1:2:3:4:5:6]:4711", "2001:db8:1:2::"),
            ("2001:db8:1:2:ffff::1", "2001:db8:1:2::"),
            ("unknown", "10.0.0.1"),
            ("[203.0.113.9", "10.0.0.1"),
        ] {
            assert_eq!(call("10.0.0.1", "10.0.0.1", entry), place, "{entry}");
        }
    }
}
