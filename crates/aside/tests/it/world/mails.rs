//! A mail server that keeps what it gets.

use aside_app::{Mail, Mailer};
use std::sync::{
    Mutex,
    atomic::{AtomicBool, Ordering},
};

/// Every mail, as address and text.
#[derive(Default)]
pub(crate) struct Mails {
    kept: Mutex<Vec<(String, String)>>,
    down: AtomicBool,
}

impl Mails {
    /// Address and text of every mail, oldest first.
    pub(crate) fn all(&self) -> Vec<(String, String)> {
        self.kept.lock().unwrap().clone()
    }

    /// The digits of the newest mail to an address.
    pub(crate) fn code_to(&self, address: &str) -> String {
        let kept = self.kept.lock().unwrap();
        let (_, text) = kept.iter().rev().find(|(to, _)| to == address).expect("a mail to the address");
        let digits = text.split(|c: char| !c.is_ascii_digit()).find(|digits| digits.len() == 6);
        digits.expect("six digits in the mail").to_owned()
    }

    /// From now on the server takes nothing, or takes everything again.
    pub(crate) fn is_down(&self, down: bool) {
        self.down.store(down, Ordering::SeqCst);
    }
}

#[async_trait::async_trait]
impl Mailer for Mails {
    async fn send(&self, mail: Mail<'_>) -> Result<(), String> {
        if self.down.load(Ordering::SeqCst) {
            return Err("the mail server is down".into());
        }
        let text = format!("{}\n\n{}", mail.subject, mail.text.expose());
        self.kept.lock().unwrap().push((mail.to.expose().to_owned(), text));
        Ok(())
    }
}
