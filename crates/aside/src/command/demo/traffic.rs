//! Realistic traffic: customers write, some follow the invitation and go on in the messenger.

use super::{
    browser::Browser,
    networks::{Networks, Somebody},
};
use crate::world::http_client;
use aside_model::Language;
use aside_sim::talk::{NAMES, Talk};
use std::time::Duration;

/// Keeps customers writing, `rate` messages a minute over all networks, until the task is ended. The first four
/// write at once, one on each network.
pub(super) async fn run(networks: Networks, url: String, rate: u32) {
    if rate == 0 {
        return;
    }
    let pause = Duration::from_secs_f64(60.0 / f64::from(rate));
    for (number, said) in Talk::new(7).enumerate() {
        let customer = networks.somebody(number, NAMES[number % NAMES.len()], said.language);
        // Two of three follow the invitation, in turn on every network.
        if let Ok(message) = customer.says(said.rung, said.text)
            && number % 3 != 2
        {
            tokio::spawn(follow(customer, message, url.clone()));
        }
        if number >= 3 {
            tokio::time::sleep(pause).await;
        }
    }
}

/// A customer who follows the invitation, if one comes, and writes in the messenger.
async fn follow(customer: Somebody, said: String, url: String) {
    let Some(link) = customer.invited(&said, Duration::from_secs(30)).await else { return };
    tokio::time::sleep(Duration::from_secs(8)).await;
    let Ok(client) = http_client() else { return };
    let mut browser = Browser::new(client, &url, None);
    let text = thanks(customer.language());
    if let Err(error) = walk_in(&mut browser, &link, text).await {
        tracing::warn!(%error, "a demo customer did not get in");
    }
}

/// Opens a link, continues, writes once.
pub(super) async fn walk_in(
    browser: &mut Browser,
    link: &str,
    text: &str,
) -> Result<(), crate::command::Failure> {
    let landing = browser.open(link).await?;
    let room = browser.submit(&landing, link, &[]).await?;
    let after = browser.submit(&room, "/c/write", &[("text", text)]).await?;
    if after.status.is_success() {
        Ok(())
    } else {
        Err(crate::command::Failure::new(format!("the messenger answered {}", after.status)))
    }
}

/// What customers write first in the messenger.
pub(super) const fn thanks(language: Language) -> &'static str {
    match language {
        Language::English => "Here I am. Thanks for moving this somewhere safe.",
        Language::German => "Da bin ich. Danke, dass wir das hier sicher klären.",
        Language::French => "Me voilà. Merci de continuer en lieu sûr.",
        Language::Spanish => "Aquí estoy. Gracias por seguir en un lugar seguro.",
    }
}
