//! What a run checks besides its own messages: deliveries, vault, ledger.

use super::{
    Cast, Found,
    desk::{Finding, Item, Piece},
    outcome::Summary,
};
use crate::{
    Config,
    command::{Failure, demo::stage::Stage},
    database::VARIABLE,
};
use aside_detect::Certainty;
use aside_model::{DataType, Direction, Rung};
use aside_rules::{Disposition, Facts, Rules};

/// The network must have got rid of everything.
pub(super) fn deliveries(stage: &Stage, summary: &mut Summary) {
    let given_up = stage.sim.given_up().len();
    if given_up > 0 {
        summary.problems.push(format!("the network gave up {given_up} webhooks that were not acknowledged"));
    }
}

/// The vault must hold what the timelines show masked and nothing else, and nothing that the rules do not
/// let anybody keep. No value is opened for it.
pub(super) async fn vault(
    stage: &Stage,
    cast: &[Cast<'_>],
    found: &[Option<Found>],
    summary: &mut Summary,
) -> Result<(), Failure> {
    let packs = Config::default().packs;
    let rules =
        Rules::with_packs(&packs.iter().map(String::as_str).collect::<Vec<_>>()).map_err(Failure::new)?;
    for (one, found) in cast.iter().zip(found) {
        let Some((conversation, seen)) = found else { continue };
        let id = one.input.id.get();
        let rows = stage.app.store().values(stage.brand, *conversation).await?;
        let mut kept: Vec<_> =
            rows.iter().map(|r| (r.value.to_string(), r.data_type.id().to_owned(), r.kind.clone())).collect();
        let (mut shown, mut masked) = (Vec::new(), 0);
        for item in &seen.timeline {
            let Item::Message { rung, pieces, findings, .. } = item else { continue };
            shown.extend(pieces.iter().filter_map(Piece::kept));
            for finding in findings.iter().filter(|f| f.rule == "mask") {
                masked += 1;
                if !may_be_kept(&rules, *rung, finding) {
                    let data_type = &finding.data_type;
                    summary.problems.push(format!("input {id}: a {data_type} was kept that must not be"));
                }
            }
        }
        kept.sort();
        shown.sort();
        if kept != shown || kept.len() != masked {
            summary.problems.push(format!(
                "input {id}: the vault holds {} values, {masked} were to be masked and {} are shown as masked",
                kept.len(),
                shown.len(),
            ));
        }
    }
    Ok(())
}

/// Whether the rules let a value go into the vault. What stands beside it can only make them stricter.
fn may_be_kept(rules: &Rules, rung: Rung, finding: &Finding) -> bool {
    let Ok(data_type) = finding.data_type.parse::<DataType>() else { return false };
    let certainties = [Certainty::Guessed, Certainty::Likely, Certainty::Certain];
    let Some(certainty) = certainties.into_iter().find(|c| c.name() == finding.certainty) else {
        return false;
    };
    let facts = Facts { data_type, kind: &finding.kind, rung, direction: Direction::Inbound, certainty };
    !matches!(rules.decide(&facts).disposition, Disposition::Destroy | Disposition::Hold)
}

/// The ledger must verify, from the files as they lie there and against the rows.
pub(super) async fn ledger(stage: &Stage, summary: &mut Summary) -> Result<(), Failure> {
    match stage.app.log_head(stage.brand).await? {
        Some((size, note)) => {
            summary.ledger_size = size;
            summary.checkpoint = note;
        }
        None => summary.problems.push("the ledger has no checkpoint".into()),
    }
    // By the program's own offline verifier, from the files alone, as an auditor would.
    let (data, database) = (stage.data.clone(), stage.database.clone());
    let verify = tokio::task::spawn_blocking(move || {
        let program = std::env::current_exe()?;
        let mut command = std::process::Command::new(program);
        command.args(["ledger", "verify", "--data"]).arg(data).env_remove(VARIABLE);
        if let Some(url) = &database {
            command.env(VARIABLE, url.whole());
        }
        command.output()
    });
    let verified = verify
        .await
        .map_err(Failure::new)?
        .map_err(|e| Failure::new(format!("the verifier could not be started: {e}")))?;
    if !verified.status.success() {
        let said = String::from_utf8_lossy(&verified.stderr);
        let line = said.lines().find(|l| !l.is_empty()).unwrap_or("it does not say why");
        summary.problems.push(format!("the ledger does not verify: {line}"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_number_or_a_security_code_in_the_vault_is_noticed() {
        let rules = Rules::base();
        let finding = |data_type: &str, kind: &str| Finding {
            data_type: data_type.into(),
            kind: kind.into(),
            rule: "mask".into(),
            certainty: "certain".into(),
        };
        for known in ["fin.pan", "fin.sad_cvv", "contact.email"] {
            assert!(known.parse::<DataType>().is_ok(), "{known}");
        }
        assert!(!may_be_kept(&rules, Rung::Direct, &finding("fin.pan", "card")));
        assert!(!may_be_kept(&rules, Rung::Secure, &finding("fin.sad_cvv", "cvv")));
        assert!(may_be_kept(&rules, Rung::Direct, &finding("contact.email", "email")));
    }
}
