use crate::stage::{Home, Ran, set_mode};

fn line<'a>(report: &'a str, what: &str) -> &'a str {
    let named = |line: &&str| line.get(6..).is_some_and(|rest| rest.starts_with(what));
    report.lines().find(named).unwrap_or_else(|| panic!("nothing about {what}: {report}"))
}

fn examine(home: &Home) -> Ran {
    home.aside(&["doctor"])
}

#[tokio::test]
async fn a_sound_installation_has_nothing_bad() {
    let home = Home::new();
    home.with_brand().await;
    let ran = examine(&home);
    assert_eq!(ran.code, 1, "{}", ran.out);
    assert!(line(&ran.out, "escrow copy").starts_with("BAD"), "{}", ran.out);
    assert!(ran.out.ends_with("1 bad, 4 to think about\n"), "{}", ran.out);

    let passphrase = b"seven words that nobody would guess\n";
    home.aside_reading(&["keys", "escrow", "--to", "copy", "--passphrase-stdin"], passphrase).well();
    let report = examine(&home).well();
    assert!(line(&report, "escrow copy").contains("never tried"), "{report}");
    home.aside_reading(&["keys", "check-escrow", "copy", "--passphrase-stdin"], passphrase).well();
    let report = examine(&home).well();
    for what in
        ["escrow copy", "privacy", "key files", "database", "secure channel", "agents", "jobs", "ledger"]
    {
        assert!(line(&report, what).starts_with("ok "), "{report}");
    }
    for what in ["public URL", "root key", "mail", "networks"] {
        assert!(line(&report, what).starts_with("warn"), "{report}");
    }
    let _server = home.installation().await;
    examine(&home).well();
}

#[test]
fn a_folder_without_data_is_told_and_stays_as_it_is() {
    let home = Home::new();
    let ran = examine(&home);
    assert_eq!(ran.code, 1);
    assert!(line(&ran.out, "data folder").contains("is not there"), "{}", ran.out);
    std::fs::create_dir(home.data()).unwrap();
    let ran = examine(&home);
    assert_eq!(ran.code, 1);
    assert!(line(&ran.out, "database").contains("there is no aside.db"), "{}", ran.out);
    assert_eq!(std::fs::read_dir(home.data()).unwrap().count(), 0);
    let told = home.aside(&["doctor", "--config", "nowhere.toml"]).fails(1);
    assert!(told.contains("cannot read the configuration"), "{told}");
}

#[tokio::test]
async fn what_others_can_read_is_bad() {
    let home = Home::new();
    let brand = home.with_brand().await;
    let key = home.data().join("keys").join(brand.to_string()).join("log.key");
    set_mode(&key, 0o640);
    set_mode(&home.data(), 0o755);
    let ran = examine(&home);
    assert_eq!(ran.code, 1);
    assert!(line(&ran.out, "key files").contains("log.key"), "{}", ran.out);
    assert!(line(&ran.out, "privacy").starts_with("BAD"), "{}", ran.out);
}

#[tokio::test]
async fn what_is_missing_in_a_brand_is_bad() {
    let home = Home::new();
    home.with_brand().await;
    home.sql(
        "UPDATE agents SET totp_sealed = x'00'; DELETE FROM channels; UPDATE entries SET at = 0;
              UPDATE entries SET log_index = NULL WHERE log_index = 1; DELETE FROM checkpoints;",
    );
    let ran = examine(&home);
    assert_eq!(ran.code, 1);
    assert!(line(&ran.out, "agents").contains("mara"), "{}", ran.out);
    assert!(line(&ran.out, "secure channel").starts_with("BAD"), "{}", ran.out);
    assert!(line(&ran.out, "ledger").contains("2 entries wait"), "{}", ran.out);
    home.sql("UPDATE agents SET enabled = 0");
    assert!(line(&examine(&home).out, "agents").contains("nobody can sign in"));
    std::fs::remove_file(home.data().join("keys/root.key")).unwrap();
    let ran = examine(&home);
    assert!(line(&ran.out, "root key").contains("is not there"), "{}", ran.out);
    assert!(!home.data().join("keys/root.key").exists());
}
