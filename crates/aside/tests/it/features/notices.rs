//! Standing notices, put up on the network and kept up.

use crate::world::World;
use aside_model::Language;
use aside_sim::Fault;

const PUBLIC: &str = "This page is public. Please don't post account, card, identity or health details. \
    We will never ask for them here.";

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_that_somebody_took_down_is_put_up_again() {
    let world = World::open().await;
    let (brand, sim) = (world.brand.id, &world.brand.sim);
    assert_eq!(world.app.check_notices(brand, Language::English).await.unwrap(), 2);
    assert_eq!(sim.about(sim.page()).as_deref(), Some(PUBLIC));
    let greeting = sim.greeting(sim.page(), "de_DE").unwrap();
    assert!(greeting.starts_with("Bitte hier keine Kartennummern"), "{greeting}");
    assert_eq!(world.app.check_notices(brand, Language::English).await.unwrap(), 0, "they are still there");

    world.brand.rewrites_about("We sell lamps.").await;
    assert_eq!(world.app.check_notices(brand, Language::English).await.unwrap(), 1);
    assert_eq!(sim.about(sim.page()).as_deref(), Some(PUBLIC));
    let page = world.administrator().await.browser.get("/console/channels").await.must_be(200).read();
    assert!(page.contains(PUBLIC), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_network_that_does_not_answer_is_no_proof_that_a_notice_is_gone() {
    let world = World::open().await;
    let brand = world.brand.id;
    world.app.check_notices(brand, Language::English).await.unwrap();
    world.brand.sim.fail_next(2, &Fault::Status(503));
    assert_eq!(world.app.check_notices(brand, Language::English).await.unwrap(), 0);
    assert_eq!(world.app.check_notices(brand, Language::English).await.unwrap(), 0);
}
