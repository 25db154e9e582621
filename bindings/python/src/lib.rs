#![doc = include_str!("../README.md")]

mod anonymised;
mod text;

use anonymised::{Anonymised, Item, Opened};
use aside_anonymise::{Anonymiser, Key, Operator, Policy, Random, Target};
use aside_detect::{
    Context, Finding as Found, Region,
    offsets::{self, Unit},
};
use aside_taxonomy::DataType;
use pyo3::{
    exceptions::PyValueError,
    prelude::*,
    types::{PyDict, PyString},
};
use std::{collections::HashMap, num::NonZero, thread};
use text::whole;

/// One piece of personal data; places count code points, as Python does.
#[pyclass(frozen, get_all, eq, module = "aside_detect")]
#[derive(Clone, PartialEq)]
struct Finding {
    /// The type of data, for instance `fin.pan`.
    r#type: &'static str,
    /// The kind within the type, for instance `iban`.
    kind: &'static str,
    /// A short English name of the type.
    label: &'static str,
    /// `public`, `basic`, `confidential`, `sensitive` or `prohibited`.
    data_class: &'static str,
    start: usize,
    end: usize,
    /// Between 0 and 1, comparable within one kind only.
    score: f32,
    /// `guessed`, `likely` or `certain`.
    certainty: &'static str,
    /// Why it was found, most telling first.
    evidence: Vec<&'static str>,
}

#[pymethods]
impl Finding {
    fn __repr__(&self) -> String {
        let Finding { r#type, kind, start, end, certainty, .. } = self;
        format!("Finding(type='{type}', kind='{kind}', start={start}, end={end}, certainty='{certainty}')")
    }
}

/// Finds personal data in texts. May be used by several threads at once.
#[pyclass(frozen, module = "aside_detect")]
struct Detector(aside_detect::Detector);

#[pymethods]
impl Detector {
    #[new]
    #[pyo3(signature = (*, regions = Vec::new(), types = Vec::new(), names = false))]
    fn new(regions: Vec<String>, types: Vec<String>, names: bool) -> PyResult<Self> {
        let mut builder = aside_detect::Detector::builder().names(names);
        for region in regions {
            let region: Region = region.parse().map_err(|why| wrong(&region, &why))?;
            builder = builder.regions([region]);
        }
        for id in types {
            let data_type = DataType::from_id(&id).ok_or_else(|| wrong(&id, &"no type of data"))?;
            builder = builder.types([data_type]);
        }
        Ok(Self(builder.build()))
    }

    /// The personal data in a text, sorted by start, without overlaps.
    #[pyo3(signature = (text, question = None))]
    fn detect(
        &self,
        py: Python<'_>,
        text: &Bound<'_, PyString>,
        question: Option<&Bound<'_, PyString>>,
    ) -> PyResult<Vec<Finding>> {
        let (text, question) = (whole(text)?, question.map(whole).transpose()?);
        Ok(py.detach(|| look(&self.0, &text, question.as_deref())))
    }

    /// The same for many texts, on all cores.
    #[expect(clippy::needless_pass_by_value, reason = "what comes from Python is owned")]
    fn detect_many(&self, py: Python<'_>, texts: Vec<Bound<'_, PyString>>) -> PyResult<Vec<Vec<Finding>>> {
        let texts = texts.iter().map(whole).collect::<PyResult<Vec<_>>>()?;
        Ok(py.detach(|| look_at_all(&self.0, &texts)))
    }

    /// The text with something else in the place of what was found.
    #[pyo3(signature = (text, default = "replace", operators = None, *, key = None, subject = None))]
    fn anonymise(
        &self,
        py: Python<'_>,
        text: &Bound<'_, PyString>,
        default: &str,
        operators: Option<&Bound<'_, PyDict>>,
        key: Option<Vec<u8>>,
        subject: Option<&Bound<'_, PyString>>,
    ) -> PyResult<Anonymised> {
        let operators: HashMap<String, String> =
            operators.map(|given| given.extract()).transpose()?.unwrap_or_default();
        let mut policy = Policy::new(operator(default)?);
        for (target, name) in &operators {
            let target: Target = target.parse().map_err(|why| wrong(target, &why))?;
            policy = policy.with(target, operator(name)?);
        }
        let anonymiser = match key {
            Some(key) => Anonymiser::with_key(self.0.clone(), policy, &secret(key)?),
            None => {
                Anonymiser::new(self.0.clone(), policy).map_err(|e| PyValueError::new_err(e.to_string()))?
            }
        };
        let (text, subject) = (whole(text)?, subject.map(whole).transpose()?.unwrap_or_default());
        Ok(py.detach(|| anonymised::anonymised(&text, anonymiser.anonymise(&text, &subject, &OfTheSystem))))
    }

    /// Opens the tokens that `encrypt` made with this key; what another key sealed stays shut.
    #[pyo3(signature = (text, *, key))]
    fn decrypt(&self, py: Python<'_>, text: &Bound<'_, PyString>, key: Vec<u8>) -> PyResult<Opened> {
        let policy = Policy::new(Operator::Keep);
        let anonymiser = Anonymiser::with_key(self.0.clone(), policy, &secret(key)?);
        let text = whole(text)?;
        Ok(py.detach(|| anonymised::opened(&text, anonymiser.decrypt(&text))))
    }
}

struct OfTheSystem;

impl Random for OfTheSystem {
    fn fill(&self, out: &mut [u8]) {
        aws_lc_rs::rand::fill(out).expect("the operating system gives random bytes");
    }
}

fn operator(name: &str) -> PyResult<Operator> {
    name.parse().map_err(|why| wrong(name, &why))
}

fn secret(key: Vec<u8>) -> PyResult<Key> {
    let bytes: [u8; 32] = key.try_into().map_err(|_| PyValueError::new_err("a key has 32 bytes"))?;
    Ok(Key::new(bytes))
}

fn wrong(given: &str, why: &dyn std::fmt::Display) -> PyErr {
    PyValueError::new_err(format!("{given}: {why}"))
}

fn look(detector: &aside_detect::Detector, text: &str, question: Option<&str>) -> Vec<Finding> {
    let found: Vec<Found> = if question.is_none() {
        detector.detect(text)
    } else {
        let context = Context { question, ..Context::default() };
        detector.detect_between(&context, text, 0..text.len())
    };
    let spans = offsets::convert(text, &found, Unit::Chars);
    let found = found.iter().zip(spans).map(|(finding, span)| Finding {
        r#type: finding.data_type.id(),
        kind: finding.kind,
        label: finding.data_type.label(),
        data_class: finding.data_type.class().name(),
        start: span.start,
        end: span.end,
        score: finding.score,
        certainty: finding.certainty.name(),
        evidence: finding.evidence.iter().map(|reason| reason.name()).collect(),
    });
    found.collect()
}

/// A share of the texts for each core, in order.
fn look_at_all(detector: &aside_detect::Detector, texts: &[String]) -> Vec<Vec<Finding>> {
    let cores = thread::available_parallelism().map_or(1, NonZero::get);
    let share = texts.len().div_ceil(cores).max(1);
    thread::scope(|scope| {
        let shares: Vec<_> = texts
            .chunks(share)
            .map(|texts| {
                scope.spawn(|| texts.iter().map(|text| look(detector, text, None)).collect::<Vec<_>>())
            })
            .collect();
        shares.into_iter().flat_map(|share| share.join().expect("detection does not panic")).collect()
    })
}

#[pymodule(name = "aside_detect")]
fn python_module(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_class::<Detector>()?;
    module.add_class::<Finding>()?;
    module.add_class::<Anonymised>()?;
    module.add_class::<Item>()?;
    module.add_class::<Opened>()
}
