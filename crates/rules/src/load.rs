//! Reads packs and lays them over each other.

use crate::{
    Action, Citation, Loosening, PackError, PackErrors, Rules,
    combination::{Combination, Member},
    pack::{Pack, WrittenCombination, WrittenPack, WrittenRule},
    table::{CERTAINTIES, Place, Statement, Table},
};
use aside_model::{DataType, Direction, Rung};
use std::ops::Range;

/// Reads and merges packs; the first is the base.
pub(crate) fn load(sources: &[(&str, &str)]) -> Result<Rules, PackErrors> {
    let mut loader = Loader::default();
    for (name, text) in sources {
        loader.add(name, text);
    }
    loader.finish()
}

#[derive(Default)]
struct Loader {
    errors: Vec<PackError>,
    ids: Vec<String>,
    packs: Vec<Pack>,
    citations: Vec<Citation>,
    combinations: Vec<Combination>,
    facts: Vec<crate::PackFact>,
    base: Option<Table<Statement>>,
    stands: Option<Table<Statement>>,
}

/// What one pack says for one place, and how specifically: by kind, by certainty.
type Spoken = (Statement, (bool, bool));

impl Loader {
    fn add(&mut self, name: &str, text: &str) {
        let reader = Reader { name, text };
        let written = match toml::from_str::<WrittenPack>(text) {
            Ok(written) => written,
            Err(error) => return self.errors.push(reader.malformed(&error)),
        };
        if self.ids.contains(&written.id) {
            return self.errors.push(PackError::Twice { id: written.id });
        }
        let errors_before = self.errors.len();
        let pack = self.packs.len();
        self.ids.push(written.id.clone());
        self.packs.push(Pack {
            id: written.id,
            version: written.version,
            title: written.title,
            issuer: written.issuer,
            from: written.from,
        });
        self.head_makes_sense(&reader);

        let mut table: Table<Option<Spoken>> = Table::filled(None);
        for rule in &written.rule {
            self.add_rule(&reader, pack, reader.line(&rule.span()), rule.get_ref(), &mut table);
        }
        for combination in &written.combination {
            self.add_combination(&reader, pack, reader.line(&combination.span()), combination.get_ref());
        }
        for fact in written.fact {
            let line = reader.line(&fact.span());
            let fact = fact.into_inner();
            self.sourced(&reader, line, &fact.provision, &fact.source);
            self.facts.push(crate::PackFact { pack: self.ids[pack].clone(), fact });
        }
        if self.errors.len() == errors_before {
            self.lay_over(&reader, pack, &table);
        }
    }

    fn head_makes_sense(&mut self, reader: &Reader<'_>) {
        let Some(pack) = self.packs.last() else { return };
        let well_named = !pack.id.is_empty()
            && pack.id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
        let (version, title) = (pack.version.trim().is_empty(), pack.title.trim().is_empty());
        if !well_named {
            self.errors.push(reader.senseless(1, "id", "expected small letters, digits and hyphens"));
        }
        if version {
            self.errors.push(reader.senseless(1, "version", "is empty"));
        }
        if title {
            self.errors.push(reader.senseless(1, "title", "is empty"));
        }
    }

    fn sourced(&mut self, reader: &Reader<'_>, line: usize, provision: &str, source: &str) {
        if provision.trim().is_empty() {
            self.errors.push(reader.senseless(line, "provision", "is empty"));
        }
        let host = source.strip_prefix("https://").or_else(|| source.strip_prefix("http://"));
        if host.is_none_or(|host| host.is_empty() || host.contains(char::is_whitespace)) {
            self.errors.push(reader.senseless(line, "source", "expected the publisher's address, https://…"));
        }
    }

    fn add_rule(
        &mut self,
        reader: &Reader<'_>,
        pack: usize,
        line: usize,
        rule: &WrittenRule,
        table: &mut Table<Option<Spoken>>,
    ) {
        self.sourced(reader, line, &rule.provision, &rule.source);
        if rule.types.is_empty() {
            self.errors.push(reader.senseless(line, "types", "names no data type"));
        }
        for kind in &rule.kinds {
            if !rule.types.iter().any(|t| t.kinds().contains(&kind.as_str())) {
                let message = format!("`{kind}` is no kind of {}", list(&rule.types));
                self.errors.push(reader.senseless(line, "kinds", &message));
            }
        }
        if rule.said().places().next().is_none() {
            self.errors.push(reader.senseless(
                line,
                "both",
                "no rung is named in `both`, `inbound`, `outbound`",
            ));
        }
        let citation = self.citations.len();
        self.citations.push(Citation {
            pack: self.ids[pack].clone(),
            line,
            provision: rule.provision.clone(),
            source: rule.source.clone(),
            verified_on: rule.verified_on,
            read: rule.read,
            why: rule.why.clone(),
        });
        let specific = (!rule.kinds.is_empty(), !rule.certainty.is_empty());
        for place in Place::all().filter(|p| rule.types.contains(&p.data_type)) {
            let kind_named = rule.kinds.is_empty() || rule.kinds.iter().any(|kind| kind == place.kind);
            let certainty_named = rule.certainty.is_empty() || rule.certainty.contains(&place.certainty);
            if !kind_named || !certainty_named {
                continue;
            }
            for (rung, direction, action) in rule.said().places() {
                if (rung, direction) == (place.rung, place.direction) {
                    let statement = Statement { action, exact: specific.1, citation, pack, line };
                    self.say(reader, table.at_mut(place), place, (statement, specific));
                }
            }
        }
    }

    /// Within a pack the more specific rule holds, and two of the same rank must agree.
    fn say(&mut self, reader: &Reader<'_>, said: &mut Option<Spoken>, place: Place, new: Spoken) {
        match said {
            Some((old, rank)) if *rank == new.1 && old.action != new.0.action => {
                let contradiction = PackError::Contradiction {
                    pack: reader.name.to_owned(),
                    first: old.line,
                    second: new.0.line,
                    data_type: place.data_type,
                    kind: place.kind,
                    rung: place.rung,
                    direction: place.direction,
                };
                if !self.errors.contains(&contradiction) {
                    self.errors.push(contradiction);
                }
            }
            Some((_, rank)) if *rank >= new.1 => {}
            _ => *said = Some(new),
        }
    }

    fn add_combination(
        &mut self,
        reader: &Reader<'_>,
        pack: usize,
        line: usize,
        written: &WrittenCombination,
    ) {
        self.sourced(reader, line, &written.provision, &written.source);
        if written.all_of.len() < 2 || written.all_of.iter().any(Vec::is_empty) {
            self.errors.push(reader.senseless(line, "all_of", "expected two or more lists of data types"));
        }
        let mut all_of: Vec<Vec<Member>> = Vec::new();
        for group in &written.all_of {
            let mut members = Vec::new();
            for name in group {
                match Member::read(name) {
                    Ok(member) if all_of.iter().flatten().any(|other| other.overlaps(&member)) => {
                        let message = format!("`{name}` stands in two lists; one finding would count twice");
                        self.errors.push(reader.senseless(line, "all_of", &message));
                    }
                    Ok(member) => members.push(member),
                    Err(message) => self.errors.push(reader.senseless(line, "all_of", &message)),
                }
            }
            all_of.push(members);
        }
        let mut actions = [[None; 2]; 4];
        for (rung, direction, action) in written.said().places() {
            let said: &mut Option<Action> = &mut actions[rung as usize][direction as usize];
            *said = (*said).max(Some(action));
        }
        let citation = self.citations.len();
        self.citations.push(Citation {
            pack: self.ids[pack].clone(),
            line,
            provision: written.provision.clone(),
            source: written.source.clone(),
            verified_on: written.verified_on,
            read: written.read,
            why: Some(written.why.clone()),
        });
        self.combinations.push(Combination { name: written.name.clone(), all_of, actions, citation });
    }

    /// Lays a pack's table over what stands, and notes every place where it is looser.
    fn lay_over(&mut self, reader: &Reader<'_>, pack: usize, table: &Table<Option<Spoken>>) {
        let (Some(base), Some(stands)) = (&self.base, &mut self.stands) else {
            if pack > 0 {
                return; // the base is unusable, which has been said
            }
            let mut statements: Table<Option<Statement>> = Table::filled(None);
            for place in Place::all() {
                *statements.at_mut(place) = table.at(place).map(|(statement, _)| statement);
            }
            match statements.complete() {
                Ok(complete) => {
                    self.base = Some(complete.clone());
                    self.stands = Some(complete);
                }
                Err(gaps) => {
                    for place in gaps {
                        let gap = reader.gap(place);
                        if self.errors.last() != Some(&gap) {
                            self.errors.push(gap);
                        }
                    }
                }
            }
            return;
        };
        let builds_on = self.packs[pack].issuer.builds_on_packs_before();
        let before = if builds_on { stands.clone() } else { base.clone() };
        for place in Place::all() {
            let Some((new, _)) = table.at(place) else { continue };
            let compared = before.at(place);
            if new.loosens(compared, place) {
                self.errors.push(PackError::Loosens(Loosening {
                    pack: self.ids[pack].clone(),
                    line: new.line,
                    data_type: place.data_type,
                    kind: place.kind,
                    rung: place.rung,
                    direction: place.direction,
                    certainty: place.certainty,
                    says: new.action,
                    stands: compared.action,
                    by: self.ids[compared.pack].clone(),
                }));
            }
            let standing = stands.at_mut(place);
            if new.rank(place, &self.ids) > standing.rank(place, &self.ids) {
                *standing = *new;
            }
        }
    }

    fn finish(self) -> Result<Rules, PackErrors> {
        match self.stands {
            Some(table) if self.errors.is_empty() => Ok(Rules {
                packs: self.packs,
                citations: self.citations,
                combinations: self.combinations,
                facts: self.facts,
                table,
            }),
            None if self.errors.is_empty() => Err(PackError::Nothing.into()),
            _ => Err(PackErrors(self.errors)),
        }
    }
}

fn list(types: &[DataType]) -> String {
    types.iter().map(|t| t.id()).collect::<Vec<_>>().join(", ")
}

/// A pack's text, and where things stand in it.
struct Reader<'t> {
    name: &'t str,
    text: &'t str,
}

impl Reader<'_> {
    fn line(&self, span: &Range<usize>) -> usize {
        1 + self.text.bytes().take(span.start).filter(|&b| b == b'\n').count()
    }

    fn malformed(&self, error: &toml::de::Error) -> PackError {
        let line = error.span().map_or(1, |span| self.line(&span));
        let text = self.text.lines().nth(line - 1).unwrap_or_default().trim();
        PackError::Malformed {
            pack: self.name.to_owned(),
            line,
            message: error.message().trim().replace('\n', ", "),
            text: text.chars().take(80).collect(),
        }
    }

    fn senseless(&self, line: usize, key: &'static str, message: &str) -> PackError {
        PackError::Senseless { pack: self.name.to_owned(), line, key, message: message.to_owned() }
    }

    fn gap(&self, place: Place) -> PackError {
        PackError::Gap {
            pack: self.name.to_owned(),
            data_type: place.data_type,
            kind: place.kind,
            rung: place.rung,
            direction: place.direction,
        }
    }
}

const _: () = {
    // The arrays in `Combination` are indexed by these.
    assert!(Rung::ALL.len() == 4 && Direction::ALL.len() == 2 && CERTAINTIES.len() == 3);
};
