//! A text without candidates costs no allocation. A program of its own, since it counts those of the whole program.

use aside_detect::Detector;

#[test]
fn a_text_without_candidates_allocates_nothing() {
    let detector = Detector::new();
    let texts = [
        "",
        "Great service as always, thank you so much!",
        "Lovely coat, but the lining came off after one week. Can I bring it back to the shop in town?",
        "The train stood in the fields for an hour, and then it went on as if nothing had happened.",
        // Digits and words that families look for, of which nothing comes.
        "my order 4821 has been in packing for 11 days, version 2.4 of the app says so at 10:45",
        "the link for a new password is gone before the mail arrives, can it be good a little longer?",
    ];
    for text in texts {
        assert!(detector.detect(text).is_empty(), "{text}");
        let again = allocation_counter::measure(|| assert!(detector.detect(text).is_empty()));
        assert_eq!(again.count_total, 0, "{text}");
    }
    let found = allocation_counter::measure(|| assert_eq!(detector.detect("mail anna@example.com").len(), 1));
    assert!(found.count_total > 0, "the counter counts");
}
