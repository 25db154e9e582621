use crate::stage::{Home, Ran, set_mode};
use std::fs;

const PASSPHRASE: &str = "seven words that nobody would guess";

fn escrow(home: &Home, to: &str) -> Ran {
    let input = format!("{PASSPHRASE}\n");
    home.aside_reading(&["keys", "escrow", "--to", to, "--passphrase-stdin"], input.as_bytes())
}

fn check(home: &Home, file: &str, passphrase: &str) -> Ran {
    home.aside_reading(&["keys", "check-escrow", file, "--passphrase-stdin"], passphrase.as_bytes())
}

#[tokio::test]
async fn a_lost_root_key_is_restored_from_its_escrow_copy() {
    let home = Home::new();
    home.with_brand().await;
    let said = escrow(&home, "escrow.key").well();
    assert!(said.contains("a sealed copy of the root key"), "{said}");
    let copy = fs::read_to_string(home.path("escrow.key")).unwrap();
    assert!(copy.contains("protection: argon2id"), "{copy}");
    assert!(check(&home, "escrow.key", PASSPHRASE).well().contains("the same as the root key in use"));

    let root = home.data().join("keys/root.key");
    fs::remove_file(&root).unwrap();
    let said = check(&home, "escrow.key", PASSPHRASE).well();
    assert!(said.contains("is not there") && said.contains("opens all 3 keys of 1 brand\n"), "{said}");
    let told = home.aside(&["keys", "rotate"]).fails(1);
    assert!(told.contains("is gone") && told.contains("escrow copy"), "{told}");
    assert!(!root.exists(), "no new root key took its place");

    fs::copy(home.path("escrow.key"), &root).unwrap();
    set_mode(&root, 0o600);
    assert!(home.aside(&["keys", "rotate"]).fails(1).contains("ASIDE_PASSPHRASE"));
    let with = |passphrase| {
        home.command(&["keys", "rotate"]).env("ASIDE_PASSPHRASE", passphrase).output().unwrap().status.code()
    };
    assert_eq!(with("another passphrase"), Some(1));
    assert_eq!(with(PASSPHRASE), Some(0));
}

#[tokio::test]
async fn a_rotation_starts_an_epoch_and_is_in_the_log() {
    let home = Home::new();
    let brand = home.with_brand().await;
    let keys = home.data().join("keys").join(brand.to_string());
    assert!(keys.join("epoch-1.key").exists());
    assert_eq!(home.aside(&["keys", "rotate"]).well(), "Larkspur Home: epoch 2, 0 keyrings wrapped anew\n");
    assert!(keys.join("epoch-2.key").exists() && !keys.join("epoch-1.key").exists());
    let said = home.aside(&["ledger", "verify", "--data", "aside-data"]).well();
    assert!(said.contains(": 3 entries"), "{said}");
    assert!(home.aside(&["keys", "rotate", "--brand", "Another"]).fails(1).contains("`Larkspur Home`"));
    assert!(home.aside(&["keys", "rotate", "--data", "nowhere"]).fails(1).contains("there is no aside.db"));
    let _server = home.installation().await;
    assert!(home.aside(&["keys", "rotate"]).fails(1).contains("another aside"));
}

#[tokio::test]
async fn copies_that_would_not_help_are_refused() {
    let (home, other) = (Home::new(), Home::new());
    home.with_brand().await;
    other.with_brand().await;
    escrow(&home, "escrow.key").well();
    assert!(escrow(&home, "escrow.key").fails(1).contains("is there already"));
    let short = home.aside_reading(&["keys", "escrow", "--to", "b", "--passphrase-stdin"], b"short\n");
    assert!(short.fails(1).contains("fewer than 12"));
    assert!(home.aside(&["keys", "escrow", "--to", "b"]).fails(1).contains("--passphrase-stdin"));
    assert!(!home.path("b").exists());
    assert!(escrow(&Home::new(), "a").fails(1).contains("there is no root key"));

    assert!(check(&home, "escrow.key", "not the passphrase").fails(1).contains("does not open the key file"));
    assert!(check(&home, "nowhere.key", PASSPHRASE).fails(1).contains("there is no file"));
    let root = home.data().join("keys/root.key");
    assert!(check(&home, root.to_str().unwrap(), PASSPHRASE).fails(1).contains("not sealed"));
    // A copy of another installation's key, with and without a root key to compare it with.
    let copy = home.path("escrow.key");
    assert!(check(&other, copy.to_str().unwrap(), PASSPHRASE).fails(1).contains("is in use"));
    fs::remove_file(other.data().join("keys/root.key")).unwrap();
    assert!(check(&other, copy.to_str().unwrap(), PASSPHRASE).fails(1).contains("does not open"));
    let record = fs::read_to_string(home.data().join("escrow.txt")).unwrap();
    assert_eq!(record.lines().count(), 1, "only what worked is recorded");
}
