//! Our own detector's answers, in the form that is scored.

use aside_detect::{
    Context, Detector, Finding,
    offsets::{self, Unit},
};

use crate::{
    Marked, Scheme,
    corpus::{Message, Turn},
};

/// What the detector finds in a text that stands alone.
pub fn find(detector: &Detector, text: &str, scheme: Scheme) -> Vec<Marked> {
    marked(text, &detector.detect(text), scheme)
}

/// What the detector finds in each of the corpus' [`texts`](crate::texts), read together with what was said around it.
pub fn find_in_corpus(detector: &Detector, messages: &[Message], scheme: Scheme) -> Vec<Vec<Marked>> {
    messages.iter().flat_map(|message| find_in_message(detector, message, scheme)).collect()
}

fn find_in_message(detector: &Detector, message: &Message, scheme: Scheme) -> Vec<Vec<Marked>> {
    let mut said: Vec<(Option<&str>, &str)> = Vec::new();
    let mut asked = None;
    for turn in &message.before {
        match turn {
            Turn::Agent(text) => asked = Some(text.as_str()),
            Turn::Customer(labelled) => said.push((asked.take(), &labelled.text)),
        }
    }
    said.push((asked, &message.said.text));
    let texts: Vec<&str> = said.iter().map(|(_, text)| *text).collect();
    let read = |(i, (question, text)): (usize, &(Option<&str>, &str))| {
        let context = Context {
            question: *question,
            earlier: &texts[..i],
            later: &texts[i + 1..],
            ..Context::default()
        };
        let findings: Vec<_> =
            detector.detect_in(&context, text).into_iter().map(|found| found.finding).collect();
        marked(text, &findings, scheme)
    };
    said.iter().enumerate().map(read).collect()
}

fn marked(text: &str, findings: &[Finding], scheme: Scheme) -> Vec<Marked> {
    let spans = offsets::convert(text, findings, Unit::Chars);
    findings
        .iter()
        .zip(spans)
        .map(|(finding, span)| Marked {
            start: span.start,
            end: span.end,
            group: scheme.group(finding.data_type, finding.kind).to_owned(),
            score: f64::from(finding.score),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::parse;

    #[test]
    fn a_message_is_read_with_the_question_before_it_and_with_the_messages_around_it() {
        let text = "<< what's your date of birth?\n12/04/1985\n< my card is 4111 1111\n1111 1111 ok?";
        let messages = parse("en", text, Scheme::Kinds).unwrap();
        let groups = |found: &[Marked]| found.iter().map(|mark| mark.group.clone()).collect::<Vec<_>>();
        let found = find_in_corpus(&Detector::new(), &messages, Scheme::Kinds);
        assert_eq!(found.len(), 3);
        assert_eq!(groups(&found[0]), ["dob"]);
        assert_eq!(
            (groups(&found[1]), groups(&found[2])),
            (vec!["fin.pan".to_owned()], vec!["fin.pan".to_owned()])
        );
        assert_eq!((found[2][0].start, found[2][0].end), (0, 9));
    }
}
