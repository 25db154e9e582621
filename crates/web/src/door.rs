//! All doors in one house: routes, limits, and what every answer carries.

use crate::{
    WebSettings, api, assets, console, headers, health, hooks, live::Recent, messenger, open_log, presidio,
    refusal,
};
use aside_app::App;
use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::StatusCode,
    middleware,
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use std::{
    any::Any,
    ops::Deref,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
use tower_http::{catch_panic::CatchPanicLayer, timeout::TimeoutLayer};

/// How long a request may take before it is given up; live streams are not counted.
const TIME_OUT: Duration = Duration::from_secs(30);
/// The largest form: a long text and its fields.
const FORM_BYTES: usize = 256 * 1024;

/// What every handler may ask.
#[derive(Clone)]
pub(crate) struct Web(Arc<Inner>);

pub(crate) struct Inner {
    /// The use cases.
    pub(crate) app: Arc<App>,
    /// How we are reached.
    pub(crate) settings: WebSettings,
    /// The newest live events, for everybody who listens.
    pub(crate) recent: Recent,
    forms: AtomicU64,
}

impl Deref for Web {
    type Target = Inner;
    fn deref(&self) -> &Inner {
        &self.0
    }
}

impl Web {
    /// A name for a form that is about to be shown, so that pressing its button twice sends once. Nobody
    /// else can know it: it is keyed, and unique among the forms of every process.
    pub(crate) fn form_key(&self) -> String {
        let number = self.forms.fetch_add(1, Ordering::Relaxed);
        let key = aws_lc_rs::hmac::Key::new(aws_lc_rs::hmac::HMAC_SHA256, &self.settings.csrf_key);
        let mut message = b"aside form key\x01".to_vec();
        message.extend(self.settings.process);
        message.extend(number.to_be_bytes());
        hex::encode(&aws_lc_rs::hmac::sign(&key, &message).as_ref()[..16])
    }
}

/// All of Aside's HTTP: serve it with `into_make_service_with_connect_info::<std::net::SocketAddr>()`, so
/// that limits can tell callers apart.
pub fn router(app: Arc<App>, settings: WebSettings) -> Router {
    let web = Web(Arc::new(Inner { app, settings, recent: Recent::default(), forms: AtomicU64::new(0) }));
    let pages = Router::new()
        .merge(console::routes())
        .merge(messenger::routes())
        .layer(middleware::from_fn_with_state(web.clone(), crate::where_from::ours_only))
        .layer(DefaultBodyLimit::max(FORM_BYTES));
    Router::new()
        .route("/", get(|| async { Redirect::to("/console") }))
        .merge(pages)
        .merge(hooks::routes())
        .merge(api::routes())
        .nest("/presidio", presidio::routes(&web))
        .merge(open_log::routes())
        .merge(health::routes())
        .route("/static/{version}/{name}", get(assets::serve))
        .fallback(|| async { refusal::Refusal::NotFound })
        .layer(CatchPanicLayer::custom(panicked))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, TIME_OUT))
        .layer(middleware::from_fn(refusal::dress))
        .layer(middleware::from_fn_with_state(web.clone(), headers::add))
        .with_state(web)
}

/// What a panic said may hold what somebody wrote, so it is not repeated here.
fn panicked(_: Box<dyn Any + Send + 'static>) -> Response {
    refusal::Refusal::Failed("a request panicked".to_owned()).into_response()
}
