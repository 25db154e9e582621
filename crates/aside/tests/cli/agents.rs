use crate::stage::{Home, PASSWORD};
use aside_app::SignInError;
use aside_model::{Clock, Raw};

const ADD: [&str; 7] = ["agent", "add", "--login", "Otto", "--name", "Otto Example", "--password-stdin"];

fn input() -> Vec<u8> {
    format!("{PASSWORD}\n").into_bytes()
}

fn code(base32: &str) -> String {
    let secret = totp_rs::Secret::try_from_base32(base32).unwrap();
    let totp = totp_rs::Builder::new().with_secret(secret).build().unwrap();
    let now = aside::SystemClock.now();
    totp.generate(u64::try_from(now.millis() / 1_000).unwrap()).to_string()
}

async fn signs_in(home: &Home, password: &str, base32: &str) -> Result<(), SignInError> {
    let installation = home.installation().await;
    let from = "127.0.0.1".parse().unwrap();
    let password = Raw::new(password.to_owned());
    installation.app.sign_in("otto", &password, &code(base32), from).await.map(drop)
}

#[tokio::test]
async fn an_agent_signs_in_with_what_was_printed_until_they_are_disabled() {
    let home = Home::new();
    let said = home.aside_reading(&[&ADD[..], &["--brand", "Larkspur Home"]].concat(), &input()).well();
    assert!(said.contains("added brand Larkspur Home"), "{said}");
    assert!(said.contains("added otto (Otto Example, agent) to Larkspur Home"), "{said}");
    assert!(said.contains("otpauth://totp/Larkspur%20Home:otto?secret="), "{said}");
    let base32 = said.lines().last().unwrap().trim();
    assert!(!said.contains(PASSWORD));
    signs_in(&home, PASSWORD, base32).await.unwrap();
    let listed = home.aside(&["agent", "list"]).well();
    assert!(listed.starts_with("otto ") && listed.contains(" enabled "), "{listed}");
    assert!(home.aside(&["agent", "disable", "--login", "otto"]).well().contains("no longer"));
    assert!(home.aside(&["agent", "list"]).well().contains(" disabled "));
    assert!(matches!(signs_in(&home, PASSWORD, base32).await, Err(SignInError::Wrong)));
    assert!(home.aside(&["agent", "enable", "--login", "OTTO"]).well().contains("again"));
    assert!(home.aside(&["agent", "enable", "--login", "otto"]).well().contains("already"));
    // All of it is in the log at once.
    assert!(home.aside(&["ledger", "verify", "--data", "aside-data"]).well().contains(" as in aside.db\n"));
}

#[tokio::test]
async fn a_password_is_made_up_where_nobody_can_type_one() {
    let home = Home::new();
    let arguments = ["agent", "add", "--login", "otto", "--name", "Otto", "--brand", "Larkspur Home"];
    let said = home.aside(&arguments).well();
    let password = said.lines().find_map(|line| line.strip_prefix("password, shown this once: ")).unwrap();
    assert_eq!(password.len(), 24);
    signs_in(&home, password, said.lines().last().unwrap().trim()).await.unwrap();
}

#[test]
fn without_a_brand_nothing_is_made() {
    let home = Home::new();
    let told = home.aside_reading(&ADD, &input()).fails(1);
    assert!(told.contains("there is no brand yet") && told.contains("--brand"), "{told}");
    assert!(!home.data().exists());
    assert!(home.aside(&["agent", "list"]).fails(1).contains("there is no aside.db"));
    assert!(home.aside(&["agent", "disable", "--login", "otto"]).fails(1).contains("--data"));
    assert!(!home.data().exists());
}

#[tokio::test]
async fn wrong_agents_are_refused() {
    let home = Home::new();
    home.with_brand().await;
    let add = |arguments: &[&str], input: &[u8]| home.aside_reading(&[&ADD[..], arguments].concat(), input);
    assert!(add(&[], b"short\n").fails(1).contains("fewer than 12 characters"));
    assert!(add(&[], b"").fails(1).contains("holds no password"));
    assert!(add(&["--role", "king"], &input()).fails(2).contains("privacy_officer"));
    let told = add(&["--brand", "Larkspur"], &input()).fails(1);
    assert!(told.contains("no brand `Larkspur`") && told.contains("`Larkspur Home`"), "{told}");
    let mara = ["agent", "add", "--login", "mara", "--name", "Another", "--password-stdin"];
    assert!(home.aside_reading(&mara, &input()).fails(1).contains("mara is taken"));
    let spaced = ["agent", "add", "--login", "a b", "--name", "B", "--password-stdin"];
    assert!(home.aside_reading(&spaced, &input()).fails(2).contains("no spaces"));
    assert!(
        home.aside(&["agent", "disable", "--login", "nobody"]).fails(1).contains("no agent with the login")
    );
    assert_eq!(home.aside(&["agent", "list"]).well().lines().count(), 1);
}

#[tokio::test]
async fn while_a_server_runs_agents_are_listed_and_not_changed() {
    let home = Home::new();
    home.with_brand().await;
    let _server = home.installation().await;
    assert!(home.aside(&["agent", "list"]).well().contains("mara"));
    let told = home.aside(&["agent", "disable", "--login", "mara"]).fails(1);
    assert!(told.contains(&format!("process {}", std::process::id())), "{told}");
}
