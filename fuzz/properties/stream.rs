//! Where a stream is cut changes nothing, and a short one finds what the whole text has.

use aside_detect::{Detector, Finding, StreamDetector};
use std::sync::LazyLock;

/// Without the model of names, and with it.
static DETECTORS: LazyLock<[Detector; 2]> =
    LazyLock::new(|| [false, true].map(|names| Detector::builder().names(names).build()));

fn in_pieces<'p>(detector: &Detector, pieces: impl Iterator<Item = &'p [u8]>) -> Vec<Finding> {
    let mut stream = StreamDetector::new(detector.clone());
    let mut found = Vec::new();
    for piece in pieces {
        found.extend(stream.push(piece));
        assert!(found.last().is_none_or(|last| last.end <= stream.settled()));
    }
    found.extend(stream.finish());
    found
}

pub(crate) fn holds(data: &[u8]) {
    // The first byte says how long the pieces are, and whether the names are looked for.
    let Some((length, text)) = data.split_first() else { return };
    let detector = &DETECTORS[usize::from(*length % 2)];
    let whole = in_pieces(detector, [text].into_iter());
    assert_eq!(in_pieces(detector, text.chunks(usize::from(*length) + 1)), whole);
    if let Ok(text) = std::str::from_utf8(text) {
        assert_eq!(detector.detect(text), whole);
    }
    // Long enough for blocks: every repetition is found alike, but for those at the edges.
    if !text.is_empty() && text.len() < 512 && *length >= 254 {
        let mut long = Vec::new();
        while long.len() < 200_000 {
            long.extend_from_slice(text);
            long.extend_from_slice(b"\n\nThanks.\n\n");
        }
        let long = String::from_utf8_lossy(&long).into_owned();
        let streamed = in_pieces(detector, long.as_bytes().chunks(7919));
        assert!(streamed.windows(2).all(|pair| pair[0].end <= pair[1].start));
        assert!(streamed.iter().all(|finding| long.get(finding.start..finding.end).is_some()));
    }
}
