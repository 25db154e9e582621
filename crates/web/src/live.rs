//! Live events as a stream (server-sent events). They carry numbers and ids alone: a page that hears one
//! reads its parts again, under its own rights.

use crate::{door::Web, refusal::Refusal};
use aside_app::App;
use aside_model::{BrandId, rows::EventRow};
use axum::{
    http::HeaderMap,
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures::stream;
use serde::Deserialize;
use std::{collections::VecDeque, convert::Infallible, pin::Pin, sync::Arc, time::Duration};
use tokio::{
    sync::broadcast::{Receiver, error::RecvError},
    time::{Sleep, sleep},
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

/// Turns an event into what one listener may hear; `None` keeps it from them.
type Pick = Box<dyn Fn(&EventRow) -> Option<serde_json::Value> + Send>;

struct Listening {
    app: Arc<App>,
    brand: BrandId,
    last: i64,
    wake: Receiver<(BrandId, i64)>,
    waiting: VecDeque<Event>,
    /// Whether there may be more to read already.
    behind: bool,
    pick: Pick,
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
    let last = match seen.or(after.after) {
        Some(number) => number,
        None => web.app.last_event(brand).await?,
    };
    let hello = Event::default().comment("listening").retry(PAUSE);
    let mut listening = Listening {
        app: Arc::clone(&web.app),
        brand,
        last,
        wake,
        waiting: VecDeque::from([hello]),
        behind: true,
        pick,
        end: Box::pin(sleep(LIFE)),
    };
    // Whatever fails at once is answered with its status.
    listening.fetch().await?;
    let events = stream::unfold(listening, |mut listening| async move {
        let event = listening.next().await?;
        Some((Ok::<_, Infallible>(event), listening))
    });
    let stream = Sse::new(events).keep_alive(KeepAlive::new().interval(HEARTBEAT));
    Ok(([("x-accel-buffering", "no")], stream).into_response())
}

impl Listening {
    /// The next event; `None` ends the stream, and the browser comes back.
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.waiting.pop_front() {
                return Some(event);
            }
            if self.behind {
                self.fetch().await.ok()?;
                continue;
            }
            tokio::select! {
                () = &mut self.end => return None,
                woken = self.wake.recv() => match woken {
                    Ok((brand, number)) if brand != self.brand || number <= self.last => {}
                    Ok(_) | Err(RecvError::Lagged(_)) => self.fetch().await.ok()?,
                    Err(RecvError::Closed) => return None,
                },
            }
        }
    }

    /// Reads on until there is something to send or nothing left to read: the store gives so many at once,
    /// and what one listener may hear can lie behind thousands that they may not.
    async fn fetch(&mut self) -> Result<(), Refusal> {
        loop {
            let rows = self.app.events_after(self.brand, self.last).await?;
            // One alone is the event that woke us; more may be as many as come at once.
            self.behind = rows.len() > 1;
            for row in rows {
                self.last = self.last.max(row.number);
                if let Some(data) = (self.pick)(&row) {
                    let event = Event::default().id(row.number.to_string());
                    let event = event.json_data(data).map_err(|error| Refusal::Failed(error.to_string()))?;
                    self.waiting.push_back(event);
                }
            }
            if !self.behind || !self.waiting.is_empty() {
                return Ok(());
            }
        }
    }
}
