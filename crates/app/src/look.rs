//! Texts that a program asks about: what is in them, and the same texts without it. Nothing is stored.

use crate::{Acting, App, AppError, Result};
use aside_anonymise::{Anonymised, Anonymiser, Opened};
use aside_detect::{Context, Detector, Region};
use aside_model::{Certainty, DataType, Finding, Random, Raw};
use std::sync::Arc;

/// What is looked for, and where.
pub struct Look {
    /// The text.
    pub text: Raw,
    /// What the other side asked just before.
    pub question: Option<Raw>,
    /// What the same person wrote just before, oldest first.
    pub earlier: Vec<Raw>,
    /// Countries whose national numbers are expected without a word that announces them.
    pub regions: Vec<Region>,
    /// The types that are reported; empty for all.
    pub types: Vec<DataType>,
    /// Whether names that no word introduces are looked for by the trained model.
    pub names: bool,
    /// The least certain findings that are reported.
    pub min_certainty: Certainty,
}

impl App {
    /// The personal data in a text, for anybody who is signed in: it is the caller's own text. Spans are bytes of it,
    /// sorted, without overlaps.
    pub async fn look(&self, _acting: &Acting, look: Look) -> Result<Vec<Finding>> {
        self.beside(move || look.find()).await
    }

    /// A text without its personal data, for anybody who is signed in.
    pub async fn anonymise(
        &self,
        _acting: &Acting,
        anonymiser: Anonymiser,
        text: Arc<Raw>,
        subject: String,
    ) -> Result<Anonymised> {
        let random = self.random();
        self.beside(move || anonymiser.anonymise(text.expose(), &subject, random.as_ref())).await
    }

    /// A text with its tokens opened, for anybody who is signed in and has the key.
    pub async fn put_back(&self, _acting: &Acting, anonymiser: Anonymiser, text: Raw) -> Result<Opened> {
        self.beside(move || anonymiser.decrypt(text.expose())).await
    }

    /// The program's randomness, for doors that encrypt.
    pub fn random(&self) -> Arc<dyn Random> {
        Arc::clone(&self.random)
    }

    /// Works on a thread of its own, within the time that one text may take.
    async fn beside<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        match tokio::time::timeout(self.settings.check_limit, tokio::task::spawn_blocking(work)).await {
            Ok(Ok(done)) => Ok(done),
            Ok(Err(_)) => Err(AppError::Failed("a text could not be looked into".to_owned())),
            Err(_) => Err(AppError::Busy),
        }
    }
}

impl Look {
    fn find(&self) -> Vec<Finding> {
        let mut detector = Detector::builder().regions(self.regions.iter().copied()).names(self.names);
        if !self.types.is_empty() {
            detector = detector.types(self.types.iter().copied());
        }
        let earlier: Vec<&str> = self.earlier.iter().map(Raw::expose).collect();
        let question = self.question.as_ref().map(Raw::expose);
        let context = Context { question, earlier: &earlier, ..Context::default() };
        let found = detector.build().detect_in(&context, self.text.expose()).into_iter();
        found.map(|found| found.finding).filter(|finding| finding.certainty >= self.min_certainty).collect()
    }
}
