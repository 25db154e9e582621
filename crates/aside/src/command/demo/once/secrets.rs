//! What must be readable nowhere.
//!
//! A short secret (`123`) is a word like any other: it stands in house numbers, times and other people's
//! messages. So it is looked for in what became of its own input alone. Every other one is looked for
//! everywhere.

use super::{input::Input, outcome::Summary, readable::readable};
use crate::{
    command::{
        Failure,
        demo::{browser::Watch, stage::Stage},
    },
    leaks::{self, Search},
};
use std::sync::{Arc, Mutex, PoisonError};

/// The secrets that are looked for everywhere, and where responses said one.
pub(super) struct Secrets {
    search: Arc<Search>,
    responses: Arc<Mutex<Vec<String>>>,
}

impl Secrets {
    /// The secrets of all inputs.
    pub(super) fn of(inputs: &[Input]) -> Result<Self, Failure> {
        let all = inputs.iter().flat_map(|input| &input.secrets);
        let long: Vec<String> = all.filter(|secret| !leaks::is_short(secret)).cloned().collect();
        let search = Arc::new(Search::new(&long).map_err(Failure::new)?);
        Ok(Self { search, responses: Arc::default() })
    }

    /// Looks through every response.
    pub(super) fn watch(&self) -> Watch {
        let (search, responses) = (Arc::clone(&self.search), Arc::clone(&self.responses));
        Arc::new(Mutex::new(move |place: &str, text: &str| {
            let found = search.in_text(&readable(text), place);
            responses
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .extend(found.into_iter().map(|l| format!("response {}", l.place)));
        }))
    }

    /// Looks through files and tables, and tells what was found there and in responses.
    pub(super) async fn check(&self, stage: &Stage, summary: &mut Summary) -> Result<(), Failure> {
        if self.search.is_empty() {
            return Ok(());
        }
        let mut places: Vec<String> = self.responses.lock().unwrap_or_else(PoisonError::into_inner).clone();
        for leak in self.search.in_store(&stage.app, stage.brand).await? {
            places.push(format!("table {}, opened with the keys", leak.place));
        }
        let files = self.search.in_folder(&stage.data);
        let files = files.map_err(|e| Failure::new(format!("reading the data folder: {e}")))?;
        places.extend(files.into_iter().map(|l| format!("file {}", l.place)));
        places.sort();
        places.dedup();
        // Where, and how many: never which.
        let told = places.into_iter().take(50).map(|place| format!("a secret is readable in {place}"));
        summary.problems.extend(told);
        Ok(())
    }
}

/// Whether a short secret still stands in what became of its input: more often than the input says it
/// besides.
pub(super) fn is_readable(input: &Input, in_clear: &str) -> bool {
    input.secrets.iter().filter(|secret| leaks::is_short(secret)).any(|secret| {
        let listed = input.secrets.iter().filter(|other| *other == secret).count();
        let besides = leaks::count(secret, &input.text).saturating_sub(listed);
        leaks::count(secret, in_clear) > besides
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::command::demo::once::input;

    fn input(line: &str) -> Input {
        input::parse(line.as_bytes()).ok().unwrap().remove(0)
    }

    #[test]
    fn a_security_code_that_still_stands_in_its_message_is_found() {
        let input = input(r#"{"id":1,"text":"12 Larch Lane, cvv 123","secret":["123"]}"#);
        assert!(is_readable(&input, "12 Larch Lane, cvv 123"));
        assert!(is_readable(&input, "12 Larch Lane, cvv: 123."));
        assert!(!is_readable(&input, "12 Larch Lane, cvv \u{fffc}"));
        assert!(!is_readable(&input, "12 Larch Lane, order 41234"));
    }

    #[test]
    fn what_an_input_says_besides_its_secret_may_stand() {
        let input = input(r#"{"id":1,"text":"123 Larch Lane, cvv 123","secret":["123"]}"#);
        assert!(is_readable(&input, "123 Larch Lane, cvv 123"));
        assert!(!is_readable(&input, "123 Larch Lane, cvv \u{fffc}"));
    }

    #[test]
    fn a_short_secret_is_looked_for_in_its_own_input_alone() {
        let inputs = [input(r#"{"id":1,"text":"pin 2025","secret":["2025", " ", "hunter2"]}"#)];
        let secrets = Secrets::of(&inputs).ok().unwrap();
        secrets.watch().lock().unwrap()("/c", "{\"year\":\"2025\"}");
        assert!(secrets.responses.lock().unwrap().is_empty());
        secrets.watch().lock().unwrap()("/c", "<p>hunter2</p>");
        assert_eq!(*secrets.responses.lock().unwrap(), ["response /c"]);
    }
}
