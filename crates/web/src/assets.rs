//! Style sheets, scripts and the icon: inside the program, at addresses that change with their content.

use crate::refusal::Refusal;
use aws_lc_rs::digest;
use axum::{
    extract::Path,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use std::sync::LazyLock;

const STYLE: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";

const ICON: &str = "image/svg+xml";
/// Lies compressed in the program, and goes out so: whatever runs WebAssembly takes gzip.
const MODULE: &str = "application/wasm";

macro_rules! files {
    ($($name:literal as $kind:ident $(from $path:literal)?),+ $(,)?) => {
        &[$(($name, $kind, files!(@bytes $name $($path)?) as &[u8])),+]
    };
    (@bytes $name:literal) => { include_bytes!(concat!("../static/", $name)) };
    (@bytes $name:literal $path:literal) => { include_bytes!($path) };
}

/// Name, media type, bytes.
const FILES: &[(&str, &str, &[u8])] = files![
    "base.css" as STYLE,
    "console.css" as STYLE,
    "messenger.css" as STYLE,
    "console.mjs" as SCRIPT,
    "messenger.mjs" as SCRIPT,
    "draft.mjs" as SCRIPT,
    "live.mjs" as SCRIPT,
    "times.mjs" as SCRIPT,
    "detect.mjs" as SCRIPT from "../../../bindings/npm/index.mjs",
    "aside_detect.wasm" as MODULE from "../static/aside_detect.wasm.gz",
    "icon.svg" as ICON,
];

/// One version for all files, so that a module's own relative imports stay within it.
static VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut context = digest::Context::new(&digest::SHA256);
    for (name, _, bytes) in FILES {
        context.update(name.as_bytes());
        context.update(&(bytes.len() as u64).to_be_bytes());
        context.update(bytes);
    }
    hex::encode(&context.finish().as_ref()[..8])
});

/// The address of a file, for templates.
pub(crate) fn href(name: &str) -> String {
    debug_assert!(FILES.iter().any(|file| file.0 == name), "{name} is not among the static files");
    format!("/static/{}/{name}", *VERSION)
}

/// `GET /static/{version}/{name}`: kept for a year under its own version, not at all under another.
pub(crate) async fn serve(Path((version, name)): Path<(String, String)>) -> Result<Response, Refusal> {
    let (_, kind, bytes) = FILES.iter().find(|file| file.0 == name).ok_or(Refusal::NotFound)?;
    let keep = if version == *VERSION { "public, max-age=31536000, immutable" } else { "no-store" };
    let mut response =
        ([(header::CONTENT_TYPE, *kind), (header::CACHE_CONTROL, keep)], *bytes).into_response();
    if *kind == MODULE {
        response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_and_styles_need_nothing_from_elsewhere_and_nothing_inline() {
        for (name, _, bytes) in FILES.iter().filter(|file| file.1 == SCRIPT || file.1 == STYLE) {
            let text = std::str::from_utf8(bytes).unwrap();
            for sign in
                ["http://", "https://", "eval(", "new Function", ".style.", "document.write", "@import"]
            {
                assert!(!text.contains(sign), "{name} has {sign}");
            }
        }
    }

    #[test]
    fn all_scripts_together_stay_small() {
        let lines = FILES
            .iter()
            .filter(|file| file.1 == SCRIPT)
            .map(|file| std::str::from_utf8(file.2).unwrap().lines().count())
            .sum::<usize>();
        assert!(lines <= 700, "{lines} lines");
    }
}
