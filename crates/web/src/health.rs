//! What the operator's tools ask: alive, ready, and the numbers. None of them names a person.

use crate::{MetricsDoor, door::Web, refusal::Refusal, where_from::is_this_machine};
use aside_app::Metric;
use axum::{
    Router,
    extract::State,
    http::{header, request::Parts},
    response::{IntoResponse, Response},
    routing::get,
};
use std::fmt::Write;

pub(crate) fn routes() -> Router<Web> {
    Router::new()
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
}

/// 200 when requests can be served, else 503, which says whether the database is why.
async fn ready(State(web): State<Web>) -> Result<&'static str, Refusal> {
    web.app.ready().await.map_err(|error| match Refusal::from(error) {
        unavailable @ Refusal::Unavailable(_) => unavailable,
        _ => Refusal::Busy,
    })?;
    Ok("ready\n")
}

async fn metrics(State(web): State<Web>, parts: Parts) -> Result<Response, Refusal> {
    let may_ask = match web.settings.metrics {
        MetricsDoor::Open => true,
        MetricsDoor::Loopback => is_this_machine(&parts),
        MetricsDoor::Off => false,
    };
    if !may_ask {
        return Err(Refusal::NotFound);
    }
    let text = exposition(&web.app.metrics().await?);
    Ok(([(header::CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], text).into_response())
}

/// Prometheus text format 0.0.4: help and type once for each name, then its samples.
fn exposition(metrics: &[Metric]) -> String {
    let mut text = String::new();
    let mut names: Vec<&str> = Vec::new();
    for metric in metrics {
        if names.contains(&metric.name) {
            continue;
        }
        names.push(metric.name);
        // Writing to a String cannot fail.
        let _ = writeln!(text, "# HELP {} {}", metric.name, metric.help.replace('\n', " "));
        let _ = writeln!(text, "# TYPE {} {}", metric.name, metric.kind);
        for sample in metrics.iter().filter(|m| m.name == metric.name) {
            text.push_str(sample.name);
            for (at, (label, value)) in sample.labels.iter().enumerate() {
                let value = value.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
                let _ = write!(text, "{}{label}=\"{value}\"", if at == 0 { "{" } else { "," });
            }
            if !sample.labels.is_empty() {
                text.push('}');
            }
            let _ = writeln!(text, " {}", sample.value);
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metrics_are_written_as_prometheus_reads_them() {
        let metric = |name, labels: Vec<(&'static str, String)>, value| Metric {
            name,
            help: "How many.",
            kind: "counter",
            labels,
            value,
        };
        let metrics = [
            metric(
                "aside_hooks_total",
                vec![("network", "facebook".into()), ("answer", "a\"b\\".into())],
                3.0,
            ),
            metric("aside_jobs", vec![], 0.5),
            metric("aside_hooks_total", vec![], 1.0),
        ];
        insta::assert_snapshot!(exposition(&metrics), @r#"
        # HELP aside_hooks_total How many.
        # TYPE aside_hooks_total counter
        aside_hooks_total{network="facebook",answer="a\"b\\"} 3
        aside_hooks_total 1
        # HELP aside_jobs How many.
        # TYPE aside_jobs counter
        aside_jobs 0.5
        "#);
    }
}
