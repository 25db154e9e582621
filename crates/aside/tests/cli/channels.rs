use crate::stage::{Home, ran, set_mode};
use aside::{SystemClock, http_client};
use aside_sim::{
    Sim, SimConfig,
    instagram::{Instagram, InstagramConfig},
};
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
    let mut arguments = vec!["channel", "add", "facebook", "--account", page];
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
async fn secrets_come_from_the_environment_and_what_is_ours_to_choose_is_made() {
    let (home, sim) = (Home::new(), network().await);
    home.with_brand().await;
    let (page, base) = (sim.page().to_owned(), sim.api_base());
    let arguments =
        ["channel", "add", "facebook", "--account", &page, "--name", "Larkspur", "--api-base", &base];
    let told = home.aside(&arguments).fails(1);
    assert!(told.contains("app secret") && told.contains("ASIDE_FACEBOOK_APP_SECRET"), "{told}");
    let config = sim.config();
    let variables = [
        ("ASIDE_FACEBOOK_APP_SECRET", &config.app_secret),
        ("ASIDE_FACEBOOK_PAGE_TOKEN", &config.pages[0].token),
    ];
    let mut command = home.command(&arguments);
    command.envs(variables);
    let said = ran(command, b"").well();
    assert!(said.contains("made for you: ") && !said.contains("simulated-"), "{said}");
    assert_eq!(home.aside(&["channel", "check"]).well().matches("notice up, seen ").count(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_page_of_the_same_app_needs_its_own_token_alone() {
    let (home, sim) = (Home::new(), network().await);
    home.with_brand().await;
    let (page, base) = (sim.page().to_owned(), sim.api_base());
    let file = home.write("secrets.json", &secrets(&sim));
    let said = home.aside(&add(&page, &base, &file)).well();
    let hook = said.split_whitespace().find(|word| word.contains("/hooks/facebook/")).unwrap();
    let connection = hook.rsplit('/').next().unwrap();
    let second = home.write("second.json", r#"{"pages":{"2045":"another-page-token"}}"#);
    let mut arguments = vec!["channel", "add", "facebook", "--account", "2045", "--name", "Second"];
    arguments.extend(["--connection", connection, "--secrets-file", &second]);
    home.aside(&arguments).well();
    let listed = home.aside(&["channel", "list"]).well();
    assert_eq!(listed.matches(hook).count(), 4, "{listed}");
    assert!(home.aside(&["doctor"]).out.contains("its secrets open"));
    assert!(home.aside(&arguments).fails(1).contains("connected already"));
    arguments[4] = "3045";
    let told = home.aside(&arguments).fails(1);
    assert!(told.contains("no access token of page 3045") && !told.contains("another-page"), "{told}");
    arguments[8] = "00000000000070008000000000000009";
    assert!(home.aside(&arguments).fails(1).contains("no such connection"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn new_credentials_take_the_place_of_old_ones() {
    let (home, sim) = (Home::new(), network().await);
    home.with_brand().await;
    let (page, base) = (sim.page().to_owned(), sim.api_base());
    let file = home.write("secrets.json", &secrets(&sim));
    home.aside(&add(&page, &base, &file)).well();
    sim.replace_token(&page, "a-newer-page-token").unwrap();
    assert!(home.aside(&["channel", "check"]).fails(1).contains("access token"));
    let nothing = home.aside(&["channel", "credentials", "facebook"]).fails(1);
    assert!(nothing.contains("nothing new was given"), "{nothing}");
    let new =
        home.write("new.json", &json!({ "pages": { (page.as_str()): "a-newer-page-token" } }).to_string());
    let said = home.aside(&["channel", "credentials", "facebook", "--secrets-file", &new]).well();
    assert!(said.contains("0 jobs that waited") && !said.contains("newer"), "{said}");
    assert_eq!(home.aside(&["channel", "check"]).well().matches("notice up, seen ").count(), 2);
    let told = home.aside(&["channel", "credentials", "telegram", "--secrets-file", &new]).fails(1);
    assert!(told.contains("no such account is connected on telegram"), "{told}");
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
    let mut odd = add("my page", "https://graph.facebook.com", "s.json");
    odd.extend(["--brand", "Larkspur Home"]);
    assert!(home.aside(&odd).fails(1).contains("is a number"));
    let told = home.aside(&["channel", "add", "telegraph", "--name", "x"]).fails(2);
    assert!(told.contains("facebook") && told.contains("telegram"), "{told}");
    assert!(home.aside(&["channel", "check"]).fails(1).contains("there is no aside.db"));
    assert!(home.aside(&["channel", "list", "--data", "elsewhere"]).fails(1).contains("elsewhere"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_instagram_account_is_connected_with_one_of_the_apps_secrets() {
    let home = Home::new();
    home.with_brand().await;
    let config = InstagramConfig::new(http_client().unwrap(), Arc::new(SystemClock));
    let instagram = Instagram::start(config).await.unwrap();
    let (account, base) = (instagram.account().to_owned(), instagram.api_base());
    let arguments =
        ["channel", "add", "instagram", "--account", &account, "--name", "Larkspur", "--api-base", &base];
    let mut command = home.command(&arguments);
    command.env("ASIDE_INSTAGRAM_ACCESS_TOKEN", &instagram.config().accounts[0].token);
    let told = ran(command, b"").fails(1);
    assert!(told.contains("neither an `instagram_app_secret` nor"), "{told}");
    let mut command = home.command(&arguments);
    command.env("ASIDE_INSTAGRAM_ACCESS_TOKEN", &instagram.config().accounts[0].token);
    command.env("ASIDE_INSTAGRAM_FACEBOOK_APP_SECRET", &instagram.config().app_secret);
    let said = ran(command, b"").well();
    assert!(said.contains("/hooks/instagram/") && said.contains("live_comments"), "{said}");
    assert!(said.contains("made for you: ") && !said.contains("simulated-"), "{said}");
    let checked = home.aside(&["channel", "check"]).well();
    assert!(!checked.contains("NOT up"), "there is no notice to put up: {checked}");
    assert!(instagram.calls().is_empty(), "and nothing to ask");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bot_is_connected_by_its_token_alone_and_its_webhook_is_set() {
    use aside_sim::telegram::{Telegram, TelegramConfig};
    let home = Home::new();
    home.with_brand().await;
    let network =
        Telegram::start(TelegramConfig::new(http_client().unwrap(), Arc::new(SystemClock))).await.unwrap();
    let (token, base) = (network.config().token.clone(), network.api_base());
    let arguments = ["channel", "add", "telegram", "--name", "Larkspur", "--api-base", &base];
    let add = |token: &str| {
        let mut command = home.command(&arguments);
        command.env("ASIDE_TELEGRAM_BOT_TOKEN", token);
        ran(command, b"")
    };
    let told = add("110201543:AAHnot-this-bots-token-00000001").fails(1);
    assert!(told.contains("access token does not work") && !told.contains("AAHnot"), "{told}");
    assert!(add("nonsense").fails(1).contains("the secrets are not right"));
    let said = add(&token).well();
    assert!(said.contains("in place") && !said.contains("AAH"), "{said}");
    assert!(said.contains(&network.webhook()) && network.webhook().contains("/hooks/telegram/"), "{said}");
    let checked = home.aside(&["channel", "check"]).well();
    assert!(checked.contains("in place") && checked.contains("notice up, seen "), "{checked}");
    assert!(network.description("de").is_some());
    network.replace_token("110201543:AAHrevoked-and-made-anew-000001");
    let told = home.aside(&["channel", "check"]).fails(1);
    assert!(told.contains("not every webhook is set") && !told.contains("AAH"), "{told}");
}
