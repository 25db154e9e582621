//! Lets other detectors read texts.
//!
//! `aside-peers presidio-rs|redact-core answer < TEXTS` writes what they find, `... time FILE PASSES` how long they take.

use std::error::Error;
use std::io::{self, BufRead, BufWriter, Write};

use rustix::time::{ClockId, clock_gettime};
use serde_json::{Value, json};

/// Start and end in bytes, type, score.
type Found = (usize, usize, String, f64);
type Analyze = Box<dyn Fn(&str) -> Result<Vec<Found>, Box<dyn Error>>>;

fn main() -> Result<(), Box<dyn Error>> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let started = processor_seconds();
    match words[..] {
        [peer, "answer"] => answer(&analyzer(peer)),
        [peer, "time", file, passes] => measure(&analyzer(peer), started, file, passes.parse()?),
        _ => Err("usage: aside-peers PEER answer | aside-peers PEER time FILE PASSES".into()),
    }
}

fn analyzer(peer: &str) -> Analyze {
    if peer == "presidio-rs" {
        let engine = presidio_analyzer::AnalyzerEngine::new();
        return Box::new(move |text| {
            let options = presidio_analyzer::AnalyzeOptions::default();
            let found = engine.analyze_with(text, "en", &options);
            Ok(found
                .into_iter()
                .map(|f| (f.start, f.end, f.entity_type.to_string(), f64::from(f.score)))
                .collect())
        });
    }
    let engine = redact_core::AnalyzerEngine::new();
    Box::new(move |text| {
        let found = engine.analyze(text, None)?.detected_entities;
        Ok(found
            .into_iter()
            .map(|f| (f.start, f.end, f.entity_type.as_str().to_owned(), f64::from(f.score)))
            .collect())
    })
}

fn answer(analyze: &Analyze) -> Result<(), Box<dyn Error>> {
    let mut out = BufWriter::new(io::stdout().lock());
    for line in io::stdin().lock().lines() {
        let row: Value = serde_json::from_str(&line?)?;
        let text = row["text"].as_str().ok_or("a row has no text")?;
        let chars = |byte: usize| text.char_indices().take_while(|(at, _)| *at < byte).count();
        let findings: Vec<Value> = analyze(text)?
            .into_iter()
            .map(|(start, end, kind, score)| {
                json!({"type": kind, "start": chars(start), "end": chars(end), "score": score})
            })
            .collect();
        writeln!(out, "{}", json!({"id": row["id"], "findings": findings}))?;
    }
    Ok(out.flush()?)
}

fn measure(analyze: &Analyze, started: f64, file: &str, passes: usize) -> Result<(), Box<dyn Error>> {
    let texts: Vec<String> = std::fs::read_to_string(file)?
        .lines()
        .map(|line| Ok(serde_json::from_str::<Value>(line)?["text"].as_str().unwrap_or_default().to_owned()))
        .collect::<Result<_, Box<dyn Error>>>()?;
    let first: String = texts.first().ok_or("no text")?.chars().take(200).collect();
    analyze(&first)?;
    let ready = processor_seconds() - started;
    let mut best: Vec<f64> = Vec::new();
    for _ in 0..passes {
        let mut each = Vec::with_capacity(texts.len());
        for text in &texts {
            let begun = processor_seconds();
            std::hint::black_box(analyze(text)?);
            each.push(processor_seconds() - begun);
        }
        if best.is_empty() || each.iter().sum::<f64>() < best.iter().sum() {
            best = each;
        }
    }
    let seconds: f64 = best.iter().sum();
    best.sort_by(f64::total_cmp);
    let status = std::fs::read_to_string("/proc/self/status")?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB"));
    let kilobytes: f64 = peak.ok_or("no VmHWM")?.parse()?;
    let row = json!({
        "ready_ms": ready * 1e3,
        "seconds": seconds,
        "p50_us": best[best.len() / 2] * 1e6,
        "p99_us": best[best.len() * 99 / 100] * 1e6,
        "memory_mb": kilobytes * 1024.0 / 1e6,
    });
    println!("{row}");
    Ok(())
}

/// Seconds that this thread has spent on a processor, so that a busy machine does not matter.
fn processor_seconds() -> f64 {
    let spent = clock_gettime(ClockId::ThreadCPUTime);
    spent.tv_sec as f64 + spent.tv_nsec as f64 / 1e9
}
