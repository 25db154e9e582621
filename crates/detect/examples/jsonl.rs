//! Reads one JSON object a line, `{"id", "text"}`, and writes one a line, `{"id", "findings"}`.
//!
//! `cargo run --release --example jsonl -- [--offsets bytes|chars|utf16] [--region CC]... [--repeat N] [--names on]`
//!
//! `--names` needs the feature `names`.

use aside_detect::{
    Detector, Region,
    offsets::{self, Unit},
};
use serde_json::{Value, json};
use std::io::{BufRead, Write};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (mut unit, mut regions, mut repeat, mut names) = (Unit::Bytes, Vec::<Region>::new(), 1, false);
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        let value = arguments.next().unwrap_or_default();
        match (argument.as_str(), value.as_str()) {
            ("--offsets", "bytes") => unit = Unit::Bytes,
            ("--offsets", "chars") => unit = Unit::Chars,
            ("--offsets", "utf16") => unit = Unit::Utf16,
            ("--region", code) => regions.push(code.parse()?),
            ("--repeat", times) => repeat = times.parse()?,
            ("--names", "on") if cfg!(feature = "names") => names = true,
            _ => return Err(format!("`{argument} {value}` is not understood").into()),
        }
    }
    let builder = Detector::builder().regions(regions);
    #[cfg(feature = "names")]
    let builder = builder.names(names);
    #[cfg(not(feature = "names"))]
    assert!(!names, "refused above");
    let detector = builder.build();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut rows = Vec::<Value>::new();
    for line in std::io::stdin().lock().lines() {
        rows.push(serde_json::from_str(&line?)?);
    }
    // Repeating shows the detector's own time beside reading and writing. All texts come before any comes again, as
    // texts come in life: a processor foresees what it has just done.
    for _ in 1..repeat {
        for text in rows.iter().filter_map(|row| row["text"].as_str()) {
            std::hint::black_box(detector.detect(std::hint::black_box(text)));
        }
    }
    for row in &rows {
        let text = row["text"].as_str().ok_or("a row has no text")?;
        let findings = detector.detect(text);
        let spans = offsets::convert(text, &findings, unit);
        let findings: Vec<Value> = findings
            .iter()
            .zip(spans)
            .map(|(finding, span)| {
                json!({
                    "type": finding.data_type,
                    "kind": finding.kind,
                    "start": span.start,
                    "end": span.end,
                    "score": finding.score,
                    "certainty": finding.certainty,
                    "evidence": finding.evidence.iter().map(|reason| reason.name()).collect::<Vec<_>>(),
                })
            })
            .collect();
        writeln!(out, "{}", json!({"id": row["id"], "findings": findings}))?;
    }
    Ok(())
}
