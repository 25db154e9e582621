//! What a network's API is asked, and how it fails on demand.

use crate::Fault;
use axum::{
    body::{Body, Bytes},
    http::{HeaderValue, StatusCode},
    response::{IntoResponse, Response},
};
use std::{
    collections::VecDeque,
    sync::{Mutex, MutexGuard, PoisonError},
};

/// A call that the API got.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Call {
    /// Its method and path, for instance `POST /v25.0/1045/messages`.
    pub line: String,
    /// The status it was answered with; none when the connection was cut.
    pub status: Option<u16>,
}

/// An error that a fault asks for, in the network's own words.
pub(crate) type Scripted = fn(u16, i64, Option<i64>) -> Response;

/// The calls that an API got, and how the next ones fail.
#[derive(Default)]
pub(crate) struct Calls(Mutex<Log>);

#[derive(Default)]
struct Log {
    faults: VecDeque<Fault>,
    calls: Vec<Call>,
}

impl Calls {
    fn log(&self) -> MutexGuard<'_, Log> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next `count` calls fail this way.
    pub(crate) fn fail_next(&self, count: usize, fault: &Fault) {
        self.log().faults.extend(std::iter::repeat_n(fault.clone(), count));
    }

    /// Every call so far, in order.
    pub(crate) fn all(&self) -> Vec<Call> {
        self.log().calls.clone()
    }

    /// Answers a call: does its `work`, unless the next fault says otherwise.
    pub(crate) async fn answer(
        &self,
        line: String,
        scripted: Scripted,
        work: impl FnOnce() -> Response,
    ) -> Response {
        let fault = self.log().faults.pop_front();
        let mut cut_after = false;
        let early = match fault {
            Some(Fault::Error { status, code, subcode }) => Some(scripted(status, code, subcode)),
            Some(Fault::Status(status)) => {
                let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
                Some((status, "<html><body>Sorry, something went wrong.</body></html>").into_response())
            }
            Some(Fault::CutBefore) => Some(cut()),
            Some(Fault::Delay(delay)) => {
                tokio::time::sleep(delay).await;
                None
            }
            Some(Fault::CutAfter) => {
                cut_after = true;
                None
            }
            None => None,
        };
        let was_cut = cut_after || fault == Some(Fault::CutBefore);
        let mut response = early.unwrap_or_else(work);
        let status = (!was_cut).then(|| response.status().as_u16());
        self.log().calls.push(Call { line, status });
        if cut_after {
            response = cut();
        }
        response
    }
}

/// An answer whose connection breaks off before it is complete.
fn cut() -> Response {
    let broken = futures::stream::once(async { Err::<Bytes, _>(std::io::Error::other("cut")) });
    let mut response = Response::new(Body::from_stream(broken));
    response.headers_mut().insert("content-length", HeaderValue::from_static("64"));
    response
}
