//! Loading packs: what is refused, and in which words.

use crate::{inbound, places};
use aside_model::{Certainty, DataType, Direction, Rung};
use aside_rules::{Action, Date, Disposition, PackErrors, Rules, built_in, built_in_ids};

const HEAD: &str = "id = \"acme\"\nversion = \"1\"\ntitle = \"Acme\"\nfrom = 2026-12-01\n";
const CITED: &str =
    "provision = \"Acme policy 4\"\nsource = \"https://acme.example/policy\"\nverified_on = 2026-11-20\n";

fn load(rules: &str) -> Result<Rules, PackErrors> {
    Rules::load(&[("base", built_in("base").unwrap()), ("acme.toml", &format!("{HEAD}{rules}"))])
}

fn refusal(rules: &str) -> String {
    load(rules).unwrap_err().to_string()
}

#[test]
fn a_brand_tightens_a_rule() {
    let rules =
        load(&format!("[[rule]]\ntypes = [\"contact.address\"]\nboth = {{ direct = \"mask\" }}\n{CITED}"))
            .unwrap();
    let decision = inbound(&rules, DataType::ContactAddress, "address", Rung::Direct, Certainty::Certain);
    assert_eq!(decision.disposition, Disposition::Mask);
    assert_eq!((decision.pack.as_str(), decision.provision.as_str()), ("acme", "Acme policy 4"));
}

#[test]
fn a_loosening_pack_is_refused_with_the_exact_places() {
    use Certainty::{Certain, Guessed, Likely};
    use Direction::{Inbound, Outbound};
    let error = load(&format!(
        "[[rule]]\ntypes = [\"fin.pan\"]\ninbound = {{ direct = \"warn\", secure = \"mask\" }}\n{CITED}\
         [[rule]]\ntypes = [\"demo.dob\"]\nkinds = [\"dob\"]\ncertainty = [\"likely\"]\n\
         both = {{ public = \"allow\" }}\n{CITED}"
    ))
    .unwrap_err();
    let places: Vec<_> = error
        .loosenings()
        .map(|l| (l.data_type, l.kind, l.rung, l.direction, l.certainty, l.says, l.stands))
        .collect();
    let dob =
        |direction| (DataType::DemoDob, "dob", Rung::Public, direction, Likely, Action::Allow, Action::Mask);
    let pan =
        |certainty| (DataType::FinPan, "card", Rung::Direct, Inbound, certainty, Action::Warn, Action::Block);
    assert_eq!(places, [dob(Inbound), dob(Outbound), pan(Guessed), pan(Likely), pan(Certain)]);
    assert_eq!(places.len(), error.0.len());
    assert_eq!(
        error.loosenings().last().unwrap().to_string(),
        "pack `acme`, line 5: fin.pan (card) direct inbound certain: says warn, but `base` says block; \
         a pack can only tighten"
    );
}

#[test]
fn a_brand_cannot_loosen_what_a_law_before_it_says() {
    let acme = format!("{HEAD}[[rule]]\ntypes = [\"fin.pan\"]\ninbound = {{ secure = \"mask\" }}\n{CITED}");
    let [base, pci] = ["base", "pci-dss"].map(|id| (id, built_in(id).unwrap()));
    assert!(Rules::load(&[base, ("acme.toml", &acme)]).is_ok());
    let error = Rules::load(&[base, pci, ("acme.toml", &acme)]).unwrap_err();
    assert_eq!(error.loosenings().count(), 3);
    assert!(error.loosenings().all(|l| l.by == "pci-dss" && l.pack == "acme" && l.rung == Rung::Secure));
}

#[test]
fn a_law_that_asks_for_less_than_another_changes_nothing() {
    let law = format!(
        "id = \"law\"\nversion = \"1\"\ntitle = \"Law\"\nissuer = \"law\"\nfrom = 2026-01-01\n\
         [[rule]]\ntypes = [\"fin.pan\"]\ninbound = {{ secure = \"mask\" }}\n{CITED}"
    );
    let [base, pci] = ["base", "pci-dss"].map(|id| (id, built_in(id).unwrap()));
    let rules = Rules::load(&[base, pci, ("law.toml", &law)]).unwrap();
    let decision = inbound(&rules, DataType::FinPan, "card", Rung::Secure, Certainty::Certain);
    assert_eq!((decision.disposition, decision.pack.as_str()), (Disposition::Destroy, "pci-dss"));
}

#[test]
fn a_law_cannot_loosen_the_base() {
    let law = format!(
        "id = \"law\"\nversion = \"1\"\ntitle = \"Law\"\nissuer = \"law\"\nfrom = 2026-01-01\n\
         [[rule]]\ntypes = [\"fin.pan\"]\ninbound = {{ secure = \"warn\" }}\n{CITED}"
    );
    let error = Rules::load(&[("base", built_in("base").unwrap()), ("law.toml", &law)]).unwrap_err();
    assert_eq!(error.loosenings().count(), 3);
}

#[test]
fn a_rule_that_names_guesses_is_taken_as_written() {
    let rules = load(&format!(
        "[[rule]]\ntypes = [\"fin.pan\"]\ncertainty = [\"guessed\"]\nboth = {{ direct = \"block\" }}\n{CITED}"
    ))
    .unwrap();
    let decision = inbound(&rules, DataType::FinPan, "card", Rung::Direct, Certainty::Guessed);
    assert_eq!((decision.disposition, decision.because), (Disposition::Hold, None));
}

#[test]
fn a_mistake_is_named_with_pack_line_and_key() {
    let rule = |body: &str| format!("[[rule]]\n{body}\n{CITED}");
    let broken: &[(String, &str)] = &[
        (
            rule("types = [\"fin.pan\"]\nbot = { direct = \"block\" }"),
            "pack `acme.toml`, line 7: unknown field `bot`",
        ),
        (
            rule("types = [\"fin.gold\"]\nboth = { direct = \"block\" }"),
            "pack `acme.toml`, line 6: `fin.gold` is not a data type (at `types = [\"fin.gold\"]`)",
        ),
        (
            rule("types = [\"fin.pan\"]\nboth = { attic = \"block\" }"),
            "pack `acme.toml`, line 7: unknown field `attic`",
        ),
        (
            rule("types = [\"fin.pan\"]\nboth = { direct = \"forbid\" }"),
            "pack `acme.toml`, line 7: unknown variant `forbid`",
        ),
        (
            rule("types = \"fin.pan\"\nboth = { direct = \"block\" }"),
            "pack `acme.toml`, line 6: invalid type: string \"fin.pan\", expected a sequence (at `types = ",
        ),
        (
            rule("types = [\"fin.pan\"]\nkinds = [\"visa\"]\nboth = { direct = \"block\" }"),
            "pack `acme.toml`, line 5: `kinds`: `visa` is no kind of fin.pan",
        ),
        (rule("types = []\nboth = { direct = \"block\" }"), "line 5: `types`: names no data type"),
        (rule("types = [\"fin.pan\"]"), "line 5: `both`: no rung is named"),
        (
            "[[rule]]\ntypes = [\"fin.pan\"]\nsource = \"https://a.example\"\nverified_on = 2026-01-01\n"
                .into(),
            "line 5: missing field `provision`",
        ),
        (
            "[[rule]]\ntypes = [\"fin.pan\"]\nprovision = \"x\"\nverified_on = 2026-01-01\n".into(),
            "line 5: missing field `source`",
        ),
        (
            "[[rule]]\ntypes = [\"fin.pan\"]\nprovision = \"x\"\nsource = \"https://a.example\"\n".into(),
            "line 5: missing field `verified_on`",
        ),
        (
            "[[rule]]\ntypes = [\"fin.pan\"]\nboth = { direct = \"block\" }\nprovision = \" \"\n\
             source = \"a.example\"\nverified_on = 2026-01-01\n"
                .into(),
            "line 5: `provision`: is empty",
        ),
        (
            "[[rule]]\ntypes = [\"fin.pan\"]\nboth = { direct = \"block\" }\nprovision = \"x\"\n\
             source = \"a.example\"\nverified_on = 2026-01-01\n"
                .into(),
            "line 5: `source`: expected the publisher's address",
        ),
        (
            "[[rule]]\ntypes = [\"fin.pan\"]\nprovision = \"x\"\nsource = \"https://a.example\"\n\
             verified_on = \"soon\"\n"
                .into(),
            "line 9: expected a date such as 2026-11-21, without quotes",
        ),
        ("[[rule]\n".into(), "pack `acme.toml`, line 5: "),
        ("loosen = true\n".into(), "pack `acme.toml`, line 5: unknown field `loosen`"),
    ];
    for (text, expected) in broken {
        let refusal = refusal(text);
        assert!(refusal.contains(expected), "expected {expected}\nfound    {refusal}\nin\n{text}");
    }
}

#[test]
fn a_pack_that_contradicts_itself_is_refused() {
    let refusal = refusal(&format!(
        "[[rule]]\ntypes = [\"loc.coarse\"]\nboth = {{ direct = \"warn\" }}\n{CITED}\
         [[rule]]\ntypes = [\"loc.coarse\"]\ninbound = {{ direct = \"mask\" }}\n{CITED}"
    ));
    assert_eq!(refusal, "pack `acme.toml`, lines 5 and 11: two things for loc.coarse (place) direct inbound");
}

#[test]
fn a_combination_names_data_that_exists_and_counts_each_once() {
    let combination = |all_of: &str| {
        refusal(&format!(
            "[[combination]]\nname = \"x\"\nwhy = \"y\"\nall_of = {all_of}\nboth = {{ direct = \"mask\" }}\n{CITED}"
        ))
    };
    assert!(combination("[[\"fin.gold\"], [\"fin.pan\"]]").contains("`fin.gold` is not a data type"));
    assert!(combination("[[\"fin.pan/visa\"], [\"demo.dob\"]]").contains("`visa` is no kind of fin.pan"));
    assert!(combination("[[\"fin.pan\"]]").contains("two or more lists"));
    assert!(combination("[[\"demo.dob\"], [\"demo.dob/dob\"]]").contains("stands in two lists"));
}

#[test]
fn a_base_with_a_gap_is_refused_and_the_gap_is_named() {
    let base =
        built_in("base").unwrap().replacen("types = [\"contact.handle\"]", "types = [\"contact.name\"]", 1);
    let error = Rules::load(&[("base.toml", &base)]).unwrap_err().to_string();
    assert!(error.contains("two things for contact.name (person) public"), "{error}");
    let lone = "id = \"lone\"\nversion = \"1\"\ntitle = \"Lone\"\nfrom = 2026-01-01\n";
    let error = Rules::load(&[("lone.toml", lone)]).unwrap_err().to_string();
    let first = "pack `lone.toml` comes first and says nothing for contact.handle (handle) public inbound";
    assert_eq!(error.lines().next(), Some(first));
    assert_eq!(error.lines().count(), places().count() / 3);
}

#[test]
fn an_unknown_or_repeated_pack_is_refused() {
    let unknown = Rules::with_packs(&["gdprr"]).unwrap_err().to_string();
    assert_eq!(unknown, "there is no built-in pack `gdprr`; there are gdpr, hipaa, pci-dss, whatsapp");
    let twice = Rules::with_packs(&["gdpr", "gdpr"]).unwrap_err().to_string();
    assert_eq!(twice, "pack `gdpr` is there twice");
    assert_eq!(
        Rules::load(&[]).unwrap_err().to_string(),
        "no pack was given; the first must be a complete base"
    );
}

#[test]
fn built_in_packs_carry_version_title_date_and_facts() {
    let rules = crate::all_packs();
    let ids: Vec<_> = rules.packs().iter().map(|pack| pack.id.as_str()).collect();
    assert_eq!(ids, ["base", "gdpr", "hipaa", "pci-dss", "whatsapp"]);
    assert_eq!(ids[1..], built_in_ids().collect::<Vec<_>>());
    let breach =
        rules.facts().iter().find(|f| f.pack == "gdpr" && f.fact.id == "breach_to_authority").unwrap();
    assert_eq!(breach.fact.value, Some(72));
    let day = |year, month, day| Date::new(year, month, day).unwrap();
    assert_eq!(rules.not_in_force_on(day(2026, 11, 22)).count(), 0);
    assert_eq!(rules.not_in_force_on(day(2018, 5, 24)).count(), 4);
    assert_eq!(rules.verified_before(day(2026, 11, 21)).count(), 0);
    assert_eq!(rules.verified_before(day(2027, 11, 21)).count(), rules.citations().len());
}
