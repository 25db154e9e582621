//! Live events as a stream (server-sent events). They carry numbers and ids alone: a page that hears one
//! reads its parts again, under its own rights.

mod recent;

pub(crate) use recent::{Heard, Recent};

use crate::{door::Web, refusal::Refusal};
use aside_model::BrandId;
use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, header},
    response::{IntoResponse, Response},
};
use futures::stream;
use serde::Deserialize;
use std::{borrow::Cow, convert::Infallible, fmt::Write, pin::Pin, time::Duration};
use tokio::{
    sync::broadcast::{Receiver, error::RecvError},
    time::{Instant, Sleep, sleep},
};

/// A comment this often keeps proxies from hanging up.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// A stream ends after this long; the browser opens the next one, and its session is looked at again.
const LIFE: Duration = Duration::from_mins(5);
/// How long a browser waits before it opens the next one.
const PAUSE: Duration = Duration::from_secs(2);

/// Where a page wants to go on.
#[derive(Deserialize)]
pub(crate) struct After {
    after: Option<i64>,
}

/// Turns an event into what one listener may hear, as JSON; `None` keeps it from them.
pub(crate) type Pick = Box<dyn for<'a> Fn(&'a Heard) -> Option<Cow<'a, str>> + Send>;

/// A [`Pick`] of this function.
pub(crate) fn pick(of: impl for<'a> Fn(&'a Heard) -> Option<Cow<'a, str>> + Send + 'static) -> Pick {
    Box::new(of)
}

struct Listening {
    web: Web,
    brand: BrandId,
    last: i64,
    wake: Receiver<(BrandId, i64)>,
    /// What is to be sent next: one event after the other, as text.
    waiting: String,
    /// Whether there is more to read already.
    behind: bool,
    pick: Pick,
    beat: Pin<Box<Sleep>>,
    end: Pin<Box<Sleep>>,
}

/// A brand's events as `pick` lets them through, from `Last-Event-ID`, else `?after=`, else from now on.
pub(crate) async fn stream(
    web: &Web,
    brand: BrandId,
    headers: &HeaderMap,
    after: &After,
    pick: Pick,
) -> Result<Response, Refusal> {
    // Subscribed before anything is read, so that nothing slips in between.
    let wake = web.app.subscribe();
    let seen = headers.get("last-event-id").and_then(|value| value.to_str().ok()?.parse().ok());
    // A number that was never given out tells no place to go on from.
    let newest = web.app.last_event(brand).await?;
    let last = seen.or(after.after).unwrap_or(newest).min(newest);
    let mut listening = Listening {
        web: web.clone(),
        brand,
        last,
        wake,
        waiting: format!(": listening\nretry: {}\n\n", PAUSE.as_millis()),
        behind: true,
        pick,
        beat: Box::pin(sleep(HEARTBEAT)),
        end: Box::pin(sleep(LIFE)),
    };
    // Whatever fails at once is answered with its status.
    listening.fetch().await?;
    let events = stream::unfold(listening, |mut listening| async move {
        let events = listening.next().await?;
        Some((Ok::<_, Infallible>(events), listening))
    });
    let headers = [
        (header::CONTENT_TYPE, "text/event-stream"),
        (header::CACHE_CONTROL, "no-cache"),
        (header::HeaderName::from_static("x-accel-buffering"), "no"),
    ];
    Ok((headers, Body::from_stream(events)).into_response())
}

impl Listening {
    /// The next events, as many as there are; `None` ends the stream, and the browser comes back.
    async fn next(&mut self) -> Option<Bytes> {
        loop {
            if !self.waiting.is_empty() {
                self.beat.as_mut().reset(Instant::now() + HEARTBEAT);
                return Some(std::mem::take(&mut self.waiting).into());
            }
            if self.behind {
                self.fetch().await.ok()?;
                continue;
            }
            tokio::select! {
                () = &mut self.end => return None,
                () = &mut self.beat => self.waiting.push_str(":\n\n"),
                woken = self.wake.recv() => match woken {
                    Ok((brand, number)) if brand != self.brand || number <= self.last => {}
                    Ok(_) | Err(RecvError::Lagged(_)) => self.fetch().await.ok()?,
                    Err(RecvError::Closed) => return None,
                },
            }
        }
    }

    /// Reads on until there is something to send or nothing left to read: so many are given at once, and what
    /// one listener may hear can lie behind thousands that they may not.
    async fn fetch(&mut self) -> Result<(), Refusal> {
        loop {
            let events = self.web.recent.after(&self.web.app, self.brand, self.last).await?;
            // Whatever is committed after this wakes us again.
            self.behind = events.len() >= Recent::MOST;
            for event in events {
                self.last = self.last.max(event.row.number);
                if let Some(data) = (self.pick)(&event) {
                    // Writing into a text cannot fail.
                    let _ = write!(self.waiting, "id: {}\ndata: {data}\n\n", event.row.number);
                }
            }
            if !self.behind || !self.waiting.is_empty() {
                return Ok(());
            }
        }
    }
}
