use crate::stage::{Home, set_mode};
use aside::{SystemClock, http_client};
use aside_sim::{Sim, SimConfig};
use serde_json::json;
use std::sync::Arc;

async fn network() -> Sim {
    Sim::start(SimConfig::new(http_client().unwrap(), Arc::new(SystemClock))).await.unwrap()
}

fn secrets(sim: &Sim) -> String {
    let config = sim.config();
    let pages = json!({ (config.pages[0].id.clone()): config.pages[0].token });
    json!({ "app_secret": config.app_secret, "verify_token": config.verify_token, "pages": pages })
        .to_string()
}

fn add<'a>(page: &'a str, base: &'a str, secrets: &'a str) -> Vec<&'a str> {
    let mut arguments = vec!["channel", "add", "--network", "facebook", "--account", page];
    arguments.extend(["--name", "Larkspur on Facebook", "--api-base", base, "--secrets-file", secrets]);
    arguments
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_is_connected_and_its_notices_are_put_up() {
    let (home, sim) = (Home::new(), network().await);
    home.with_brand().await;
    let (page, base) = (sim.page().to_owned(), sim.api_base());
    let file = home.write("secrets.json", &secrets(&sim));
    let said = home.aside(&add(&page, &base, &file)).well();
    let hook = said.split_whitespace().find(|word| word.contains("/hooks/facebook/")).unwrap();
    assert!(said.contains("verify_token") && said.contains("messages"), "{said}");
    assert!(!said.contains("simulated-"), "no secret is printed");
    let listed = home.aside(&["channel", "list"]).well();
    assert_eq!(listed.matches(hook).count(), 2, "{listed}");
    assert_eq!(listed.matches("never looked for").count(), 2, "{listed}");
    assert!(
        listed.contains("public ") && listed.contains("direct ") && listed.contains("secure "),
        "{listed}"
    );
    assert_eq!(sim.about(&page), None);
    let checked = home.aside(&["channel", "check"]).well();
    assert_eq!(checked.matches("notice up, seen ").count(), 2, "{checked}");
    assert!(sim.about(&page).is_some() && sim.greeting(&page, "default").is_some());
    let told = home.aside(&add(&page, &base, &file)).fails(1);
    assert!(told.contains("connected already"), "{told}");
    sim.replace_token(&page, "another").unwrap();
    assert!(home.aside(&["channel", "check"]).fails(1).contains("not every standing notice is up"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn secrets_come_from_standard_input_and_the_first_brand_with_them() {
    let (home, sim) = (Home::new(), network().await);
    let (page, base) = (sim.page().to_owned(), sim.api_base());
    let mut arguments = add(&page, &base, "-");
    let told = home.aside_reading(&arguments, secrets(&sim).as_bytes()).fails(1);
    assert!(told.contains("there is no brand yet") && !home.data().exists(), "{told}");
    arguments.extend(["--brand", "Larkspur Home"]);
    let said = home.aside_reading(&arguments, secrets(&sim).as_bytes()).well();
    assert!(said.contains("added brand Larkspur Home"), "{said}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wrong_secrets_are_refused_and_never_repeated() {
    let (home, sim) = (Home::new(), network().await);
    home.with_brand().await;
    let (page, base, good) = (sim.page().to_owned(), sim.api_base(), secrets(&sim));
    let file = home.write("secrets.json", &good);
    set_mode(&home.path("secrets.json"), 0o644);
    let told = home.aside(&add(&page, &base, &file)).fails(1);
    assert!(told.contains("can be read by other users") && told.contains("chmod 600"), "{told}");
    for wrong in ["{\"app_secret\":\"marker-one", &good.replace(&page, "77"), "[]"] {
        let file = home.write("wrong.json", wrong);
        let told = home.aside(&add(&page, &base, &file)).fails(1);
        assert!(told.contains("the secrets are not right"), "{told}");
        assert!(!told.contains("marker-one") && !told.contains("simulated"), "{told}");
    }
    let file = home.path("nowhere.json");
    assert!(
        home.aside(&add(&page, &base, file.to_str().unwrap())).fails(1).contains("cannot read the secrets")
    );
    assert!(!home.aside(&["channel", "list"]).well().contains("facebook"));
}

#[test]
fn wrong_arguments_are_refused_before_anything_is_opened() {
    let home = Home::new();
    let told = home.aside(&add("104", "http://graph.facebook.com", "s.json")).fails(2);
    assert!(told.contains("only https"), "{told}");
    assert!(
        home.aside(&add("my page", "https://graph.facebook.com", "s.json")).fails(2).contains("is a number")
    );
    assert!(home.aside(&["channel", "add", "--network", "telegraph"]).fails(2).contains("facebook"));
    assert!(home.aside(&["channel", "check"]).fails(1).contains("there is no aside.db"));
    assert!(home.aside(&["channel", "list", "--data", "elsewhere"]).fails(1).contains("elsewhere"));
}
