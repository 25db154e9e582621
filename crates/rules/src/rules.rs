//! The rules: packs laid over each other, ready to decide.

use crate::{
    Action, Citation, Date, Decision, Disposition, Fact, Facts, Pack, PackErrors,
    combination::Combination,
    table::{Place, Statement, Table},
};
use aside_model::{Certainty, DataType, Direction, Finding, Rung};
use serde::Serialize;

/// A fact and the pack that it stands in.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct PackFact {
    /// The pack's id.
    pub pack: String,
    /// The fact.
    pub fact: Fact,
}

/// What may be exchanged where, by all packs together.
#[derive(Clone, Debug)]
pub struct Rules {
    pub(crate) packs: Vec<Pack>,
    pub(crate) citations: Vec<Citation>,
    pub(crate) combinations: Vec<Combination>,
    pub(crate) facts: Vec<PackFact>,
    pub(crate) table: Table<Statement>,
}

impl Rules {
    /// The base alone.
    pub fn base() -> Self {
        Self::with_packs(&[]).expect("the built-in base loads, which a test shows")
    }

    /// The base and built-in packs on top, in any order: see [`crate::BUILT_IN`] for their names.
    pub fn with_packs(ids: &[&str]) -> Result<Self, PackErrors> {
        let mut sources = vec![("base", crate::built_in::BASE)];
        for &id in ids {
            sources.push((id, crate::built_in(id)?));
        }
        Self::load(&sources)
    }

    /// Packs by name and TOML text. The first is the base and must say something for every place; the
    /// others may only tighten. Every error of every pack is returned, not only the first.
    pub fn load(sources: &[(&str, &str)]) -> Result<Self, PackErrors> {
        crate::load::load(sources)
    }

    /// The packs, in the order given.
    pub fn packs(&self) -> &[Pack] {
        &self.packs
    }

    /// The durations and limits that the packs bring along.
    pub fn facts(&self) -> &[PackFact] {
        &self.facts
    }

    /// Where every rule comes from.
    pub fn citations(&self) -> &[Citation] {
        &self.citations
    }

    /// The rules whose source was last looked at before a day: somebody should read them again.
    pub fn verified_before(&self, day: Date) -> impl Iterator<Item = &Citation> {
        self.citations.iter().filter(move |citation| citation.verified_on < day)
    }

    /// The packs that are not in force yet on a day.
    pub fn not_in_force_on(&self, day: Date) -> impl Iterator<Item = &Pack> {
        self.packs.iter().filter(move |pack| pack.from > day)
    }

    /// Decides about one piece of data by itself. For a whole text use [`Rules::decide_all`], which also
    /// sees what opens an account together.
    pub fn decide(&self, facts: &Facts<'_>) -> Decision {
        let (place, statement) = self.statement(facts);
        let because = self.citations[statement.citation].why.clone();
        let name = format!("{}/{}/{}", facts.data_type, facts.rung, facts.direction);
        self.decision(facts, place, statement.action, statement.exact, name, statement.citation, because)
    }

    /// Decides about all findings of one text, in their order. `earlier` is what already stands in clear
    /// in the same thread: a birth date that completes a name and an address sent before counts as if they
    /// stood in one text.
    pub fn decide_all(
        &self,
        rung: Rung,
        direction: Direction,
        findings: &[Finding],
        earlier: &[(DataType, &str)],
    ) -> Vec<Decision> {
        let there = findings
            .iter()
            .map(|finding| (finding.data_type, finding.kind, finding.certainty))
            .chain(earlier.iter().map(|&(data_type, kind)| (data_type, kind, Certainty::Certain)));
        let complete: Vec<(&Combination, Action)> = self
            .combinations
            .iter()
            .filter_map(|combination| Some((combination, combination.action(rung, direction)?)))
            .filter(|(combination, _)| combination.is_complete(&there))
            .collect();
        findings
            .iter()
            .map(|finding| {
                let facts = Facts {
                    data_type: finding.data_type,
                    kind: finding.kind,
                    rung,
                    direction,
                    certainty: finding.certainty,
                };
                self.decide_in_company(&facts, &complete)
            })
            .collect()
    }

    /// Whether an agent may ask a customer for data on a rung. Asking for what must not be written here is
    /// the second door to the same room, and is refused by the rule for the customer's answer.
    pub fn decide_request(&self, data_type: DataType, rung: Rung) -> Decision {
        let kind = data_type.kinds().first().copied().unwrap_or_default();
        let facts =
            Facts { data_type, kind, rung, direction: Direction::Inbound, certainty: Certainty::Certain };
        let answer = self.decide(&facts);
        let disposition = match answer.action {
            Action::Allow => Disposition::Allow,
            Action::Warn => Disposition::Confirm,
            Action::Mask | Action::Block => Disposition::Refuse,
        };
        let because = match answer.action {
            Action::Allow | Action::Warn => answer.because,
            Action::Mask | Action::Block => Some(format!(
                "asking for the {} here would bring into the text what must not stand in it",
                data_type.label()
            )),
        };
        Decision { disposition, rule: format!("{data_type}/{rung}/request"), because, ..answer }
    }

    fn decide_in_company(&self, facts: &Facts<'_>, complete: &[(&Combination, Action)]) -> Decision {
        let (place, alone) = self.statement(facts);
        let alone_amounts_to = place.effect(alone.action, alone.exact);
        let strictest = complete
            .iter()
            .filter(|(combination, _)| combination.has(facts.data_type, facts.kind))
            .filter(|(_, action)| place.effect(*action, false) > alone_amounts_to)
            .max_by_key(|(combination, action)| {
                let pack = &self.citations[combination.citation].pack;
                (*action, std::cmp::Reverse((pack, &combination.name)))
            });
        let Some((combination, action)) = strictest else { return self.decide(facts) };
        let because = self.citations[combination.citation].why.clone();
        let name = format!("{}/{}/{}", combination.name, facts.rung, facts.direction);
        self.decision(facts, place, *action, false, name, combination.citation, because)
    }

    #[expect(clippy::too_many_arguments, reason = "the parts of a decision, put together in one place")]
    fn decision(
        &self,
        facts: &Facts<'_>,
        place: Place,
        action: Action,
        exact: bool,
        rule: String,
        citation: usize,
        because: Option<String>,
    ) -> Decision {
        let amounts_to = place.effect(action, exact);
        let looser =
            (amounts_to != action).then(|| format!("only guessed, so {amounts_to} instead of {action}"));
        let because = match (because, looser) {
            (Some(why), Some(looser)) => Some(format!("{why}; {looser}")),
            (why, looser) => why.or(looser),
        };
        let cited = &self.citations[citation];
        Decision {
            disposition: Disposition::of(
                amounts_to,
                facts.direction,
                facts.certainty,
                facts.data_type.class(),
            ),
            data_type: facts.data_type,
            kind: facts.kind.to_owned(),
            action,
            certainty: facts.certainty,
            rule,
            pack: cited.pack.clone(),
            provision: cited.provision.clone(),
            source: cited.source.clone(),
            because,
        }
    }

    /// The statement for these facts; for an unknown kind the strictest of the type's kinds.
    fn statement(&self, facts: &Facts<'_>) -> (Place, &Statement) {
        let kinds = facts.data_type.kinds();
        let known = kinds.iter().position(|&kind| kind == facts.kind);
        let candidates = known.map_or(kinds, |at| &kinds[at..=at]);
        candidates
            .iter()
            .map(|&kind| {
                let Facts { data_type, rung, direction, certainty, .. } = *facts;
                let place = Place { data_type, kind, rung, direction, certainty };
                (place, self.table.at(place))
            })
            .max_by_key(|(place, statement)| place.effect(statement.action, statement.exact))
            .expect("every data type has at least one kind")
    }
}
