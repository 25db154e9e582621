//! What every answer carries: what the page may do, and who may keep it.

use crate::{door::Web, where_from::is_messenger};
use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};

macro_rules! policy {
    ($script:literal, $more:literal) => {
        concat!(
            "default-src 'none'; script-src ",
            $script,
            "; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; \
             frame-ancestors 'none'",
            $more
        )
    };
}

/// What a page may load and where it may post: itself alone. Nothing inline, no frames, no plug-ins.
const PAGE: &str = policy!("'self'", "");
/// Where people write, the detector runs in the page, as WebAssembly; code from strings still does not.
const WRITING: &str = policy!("'self' 'wasm-unsafe-eval'", "");
/// The messenger may also be installed.
const MESSENGER: &str = policy!("'self' 'wasm-unsafe-eval'", "; manifest-src 'self'; worker-src 'self'");

const SAME_FOR_ALL: [(HeaderName, &str); 7] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "no-referrer"),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), display-capture=(), browsing-topics=()",
    ),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("x-robots-tag"), "noindex, nofollow"),
];

/// Adds them. Only a static file says itself that it may be kept.
pub(crate) async fn add(State(web): State<Web>, request: Request, next: Next) -> Response {
    let policy = match request.uri().path() {
        path if is_messenger(path) => MESSENGER,
        path if path.starts_with("/console/c/") => WRITING,
        _ => PAGE,
    };
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
    for (name, value) in SAME_FOR_ALL {
        headers.insert(name, HeaderValue::from_static(value));
    }
    if !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(header::VARY, HeaderValue::from_static("Aside-Part, Cookie, Accept-Language"));
    }
    if web.settings.is_https() {
        let two_years = HeaderValue::from_static("max-age=63072000; includeSubDomains");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, two_years);
    }
    response
}
