use crate::{
    Explained, Finding, Pattern, Region, StreamDetector, Tagger, explained::explained, family, page::Page,
    pattern::Patterns, resolve, tagger,
};
use aside_taxonomy::DataType;
use std::sync::Arc;

/// The longest text that is looked at in one go, in bytes: it bounds memory, and places in a text fit into 32 bits.
const LONGEST_AT_ONCE: usize = 16 * 1024 * 1024;

/// Finds personal data in texts. Cheap to build, free of locks and of state between texts.
#[derive(Clone, Debug, Default)]
pub struct Detector {
    regions: Vec<Region>,
    types: Option<Vec<DataType>>,
    patterns: Patterns,
    /// Nothing that is asked for can stand in an ASCII text without a digit or `@`.
    needs_signs: bool,
    tagger: Option<Arc<dyn Tagger>>,
}

/// Builds a [`Detector`] that differs from the usual one.
#[derive(Clone, Debug, Default)]
pub struct DetectorBuilder {
    regions: Vec<Region>,
    types: Option<Vec<DataType>>,
    patterns: Patterns,
    not_spelled_out: bool,
    tagger: Option<Arc<dyn Tagger>>,
}

impl Detector {
    /// A detector for every type, with no region to expect numbers from.
    pub fn new() -> Self {
        Self::default()
    }

    /// Starts to build another one.
    pub fn builder() -> DetectorBuilder {
        DetectorBuilder::default()
    }

    /// The personal data in `text`, sorted by start, without overlaps.
    ///
    /// Where two findings would overlap, the one whose kind comes first in [`ORDER`](crate::ORDER)
    /// stays; within a kind the surer, then the longer, then the earlier one. Takes time linear in
    /// the length of the text, whatever it contains, and never panics. A text of more than 16 MiB is
    /// looked at in blocks, as a [stream](StreamDetector) is.
    pub fn detect(&self, text: &str) -> Vec<Finding> {
        if text.len() > LONGEST_AT_ONCE {
            let mut stream = StreamDetector::new(self.clone());
            let mut findings = stream.push(text.as_bytes());
            findings.extend(stream.finish());
            return findings;
        }
        if self.needs_signs && !has_sign(text.as_bytes()) {
            return Vec::new();
        }
        let mut findings = self.candidates(text);
        self.retain_types(&mut findings);
        resolve::without_overlaps(findings)
    }

    /// What [`Detector::detect`] finds, each finding with the candidates that it beat.
    ///
    /// ```
    /// use aside_detect::{Because, Detector};
    ///
    /// let explained = Detector::new().explain("born 12/04/1985");
    /// assert_eq!((explained[0].finding.kind, explained[0].beat.len()), ("dob", 0));
    /// ```
    pub fn explain(&self, text: &str) -> Vec<Explained> {
        let mut findings = self.candidates(text);
        self.retain_types(&mut findings);
        explained(findings)
    }

    /// Everything that a family sees in the text, overlaps and all.
    pub(crate) fn candidates(&self, text: &str) -> Vec<Finding> {
        let mut findings = family::find_all(&Page::new(text, &self.regions), &self.patterns);
        if let Some(tagger) = self.tagger.as_deref().filter(|_| self.wants_names()) {
            tagger::find(tagger, text, &mut findings);
        }
        findings
    }

    /// Whether anybody asked for what a model of names finds.
    fn wants_names(&self) -> bool {
        let named = [DataType::ContactName, DataType::LocCoarse];
        self.types.as_ref().is_none_or(|types| types.iter().any(|t| named.contains(t)))
    }

    /// Drops what nobody asked for.
    pub(crate) fn retain_types(&self, findings: &mut Vec<Finding>) {
        if let Some(types) = &self.types {
            findings.retain(|finding| types.contains(&finding.data_type));
        }
    }
}

/// The types of which no value is without a digit or `@`, unless it is spelled out.
const SIGNED: &[DataType] = &[
    DataType::ContactEmail,
    DataType::ContactPhone,
    DataType::GovUsSsnItin,
    DataType::GovUsDlStateid,
    DataType::GovUkNinoUtr,
    DataType::GovCaSin,
    DataType::GovEuNationalId,
    DataType::GovSgNricFin,
    DataType::GovKrRrn,
    DataType::GovJpMyNumber,
    DataType::GovInAadhaar,
    DataType::GovInPanVoter,
    DataType::GovCnResidentId,
    DataType::GovBrCpfRg,
    DataType::GovAuTfnMedicare,
    DataType::GovZaId,
    DataType::FinPan,
    DataType::FinCardTrunc,
    DataType::FinSadCvv,
    DataType::FinSadPinTrack,
    DataType::HealthIdentifier,
    DataType::LocPrecise,
];

/// Whether there is a digit, `@`, or anything outside ASCII that may stand for one.
fn has_sign(bytes: &[u8]) -> bool {
    let sign = |byte: &u8| u8::from(byte.is_ascii_digit()) | u8::from(*byte == b'@') | (byte & 0x80);
    // Whole pieces without a way out in between: the compiler makes vectors of them.
    bytes.chunks(64).any(|piece| piece.iter().fold(0, |signs, byte| signs | sign(byte)) != 0)
}

impl DetectorBuilder {
    /// The countries whose national notations are expected without a cue.
    pub fn regions(mut self, regions: impl IntoIterator<Item = Region>) -> Self {
        self.regions.extend(regions);
        self
    }

    /// Reports these types only; may be called again for more.
    pub fn types(mut self, types: impl IntoIterator<Item = DataType>) -> Self {
        self.types.get_or_insert_default().extend(types);
        self
    }

    /// Finds values of a brand's own pattern, too; may be called again for more.
    pub fn pattern(mut self, pattern: Pattern) -> Self {
        self.patterns.push(pattern);
        self
    }

    /// Whether numbers and signs that are written as words are read ("four one one one", "anna at example dot com");
    /// they are unless asked otherwise. Whoever does without, and asks for types whose values have a digit or `@`
    /// only, has texts without these passed over at the speed of memory.
    pub fn spelled_out(mut self, spelled_out: bool) -> Self {
        self.not_spelled_out = !spelled_out;
        self
    }

    /// Whether names of people and places are looked for by the trained model of `aside-names`
    /// where no word introduces them; off unless asked for. Needs the feature `names`.
    #[cfg(feature = "names")]
    pub fn names(mut self, names: bool) -> Self {
        self.tagger = names.then(|| Arc::new(aside_names::Names::new()) as _);
        self
    }

    /// Has another model read each text for names. One model reads: the one that was asked for last, here or
    /// by `names`. A detector and its clones share it.
    pub fn tagger(mut self, tagger: impl Tagger + 'static) -> Self {
        self.tagger = Some(Arc::new(tagger));
        self
    }

    /// The detector.
    pub fn build(self) -> Detector {
        let needs_signs = self.not_spelled_out
            && !self.patterns.are_any()
            && self.types.as_ref().is_some_and(|types| types.iter().all(|t| SIGNED.contains(t)));
        Detector {
            needs_signs,
            regions: self.regions,
            types: self.types,
            patterns: self.patterns,
            tagger: self.tagger,
        }
    }
}
