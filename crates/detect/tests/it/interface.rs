use aside_detect::{
    Because, Certainty, Detector, Evidence, ORDER, Region,
    offsets::{self, Unit},
};
use aside_taxonomy::DataType;

#[test]
fn only_the_wanted_types_are_reported() {
    let cards = Detector::builder().types([DataType::FinPan]).build();
    let findings = cards.detect("4111111111111111 anna@example.com");
    assert_eq!(findings.iter().map(|f| f.kind).collect::<Vec<_>>(), ["card"]);
}

#[test]
fn evidence_says_why_and_never_what() {
    let text = "order 4111 1111 1111 1111, cvv 123, born 12.05.1984, ring me +49 30 1234567, code 482913";
    let why: Vec<String> = Detector::new()
        .detect(text)
        .iter()
        .map(|f| {
            format!(
                "{} {}: {}",
                f.kind,
                f.certainty.name(),
                f.evidence.iter().map(|e| e.name()).collect::<Vec<_>>().join(", ")
            )
        })
        .collect();
    insta::assert_snapshot!(why.join("\n"), @r"
    card likely: luhn, issuer_range, grouping, contrary_cue
    cvv certain: cue_before, beside_card
    dob likely: cue_before, calendar_day
    phone certain: international, length_for_country, cue_before
    otp likely: cue_before
    ");
}

#[test]
fn every_kind_in_the_order_belongs_to_the_taxonomy() {
    for kind in ORDER {
        assert!(DataType::ALL.iter().any(|t| t.kinds().contains(kind)), "{kind}");
    }
}

#[test]
fn names_of_evidence_are_unique() {
    let mut names: Vec<_> = Evidence::ALL.iter().map(|e| e.name()).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), Evidence::ALL.len());
}

#[test]
fn certainty_is_ordered_and_written_in_snake_case() {
    assert!(Certainty::Guessed < Certainty::Likely && Certainty::Likely < Certainty::Certain);
    for certainty in [Certainty::Guessed, Certainty::Likely, Certainty::Certain] {
        assert_eq!(serde_json::to_value(certainty).unwrap(), certainty.name());
    }
}

#[test]
fn a_region_is_two_letters() {
    assert_eq!("de".parse::<Region>().unwrap().to_string(), "DE");
    for wrong in ["", "D", "DEU", "D1", "ß"] {
        assert!(wrong.parse::<Region>().is_err(), "{wrong}");
    }
}

#[test]
fn offsets_of_many_findings_are_converted_in_one_pass() {
    let text = "😀 anna@example.com é 4111111111111111";
    let findings = Detector::new().detect(text);
    assert_eq!(offsets::convert(text, &findings, Unit::Chars), [2..18, 21..37]);
    assert_eq!(offsets::convert(text, &findings, Unit::Utf16), [3..19, 22..38]);
    assert_eq!(offsets::convert(text, &findings, Unit::Bytes), [5..21, 25..41]);
}

#[test]
fn a_detector_can_be_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<Detector>();
}

#[test]
fn whoever_reads_no_spelled_out_numbers_finds_the_same_in_figures() {
    use aside_taxonomy::DataType;
    let builder =
        || Detector::builder().types([DataType::FinPan, DataType::ContactEmail, DataType::ContactPhone]);
    let (usual, figures) = (builder().build(), builder().spelled_out(false).build());
    for text in [
        "card 4111 1111 1111 1111, anna@example.com, call +49 30 1234567",
        "４１１１ １１１１ １１１１ １１１１",
        "anna＠example.com",
        "nothing at all stands in here",
        "",
    ] {
        assert_eq!(usual.detect(text), figures.detect(text), "{text}");
    }
    let long = format!("{}anna@example.com", "no sign in here. ".repeat(100));
    assert_eq!(figures.detect(&long).len(), 1);
}

#[test]
fn an_explanation_names_what_a_finding_beat_and_why() {
    let text = "my password is anna@example.com";
    let explained = Detector::new().explain(text);
    assert_eq!(explained.len(), 1);
    let (won, beaten) = (&explained[0].finding, &explained[0].beat);
    assert_eq!((won.kind, &text[won.start..won.end]), ("password", "anna@example.com"));
    assert_eq!(won.evidence, [Evidence::CueBefore]);
    assert_eq!(beaten.len(), 1);
    assert_eq!((beaten[0].finding.kind, beaten[0].because), ("email", Because::KindComesFirst));
    assert_eq!((beaten[0].finding.start, beaten[0].finding.end), (won.start, won.end));
    assert_eq!(beaten[0].because.name(), "kind_comes_first");
    let place = |kind: &str| ORDER.iter().position(|ordered| *ordered == kind).unwrap();
    assert!(place("password") < place("email"), "the order says so");
}

#[test]
fn an_explanation_reports_what_detecting_does() {
    for text in [
        "postgres://anna:hunter2abc@db.example.com:5432/x",
        "https://example.com/anna@example.com",
        "my name is Anna Martinez, born 12/04/1985, card 4111 1111 1111 1111 12/27 123",
        "nothing at all",
        "",
    ] {
        let explained: Vec<_> =
            Detector::new().explain(text).into_iter().map(|explained| explained.finding).collect();
        assert_eq!(explained, Detector::new().detect(text), "{text}");
    }
}
