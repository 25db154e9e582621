//! Agents: password and one-time code, sessions, attempts.

use crate::world::{Agent, Credentials, World};
use aside_model::Role;
use std::time::Duration;

const MINUTE: Duration = Duration::from_mins(1);

async fn ada(world: &World) -> Credentials {
    Credentials::of_new(world, &world.brand, "ada", Role::Agent).await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_wrong_is_not_told() {
    let world = World::open().await;
    let ada = ada(&world).await;
    let code = ada.code(&world);
    let mut nobody = ada.clone();
    nobody.login = "nobody".into();
    let answers = [
        ada.sign_in(&world, "wrong password!", &code).await,
        ada.sign_in(&world, ada.password, "000000").await,
        ada.sign_in(&world, ada.password, "").await,
        nobody.sign_in(&world, ada.password, &code).await,
    ];
    for answer in &answers {
        assert_eq!((answer.status.as_u16(), &answer.text), (401, &answers[0].text));
    }
    ada.sign_in(&world, ada.password, &code).await.must_be(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_works_once() {
    let world = World::open().await;
    let ada = ada(&world).await;
    let code = ada.code(&world);
    ada.sign_in(&world, ada.password, &code).await.must_be(200);
    ada.sign_in(&world, ada.password, &code).await.must_be(401);
    world.pass(MINUTE);
    ada.sign_in(&world, ada.password, &code).await.must_be(401);
    ada.sign_in(&world, ada.password, &ada.code(&world)).await.must_be(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_tries_in_a_quarter_of_an_hour_are_enough() {
    let world = World::open().await;
    let ada = ada(&world).await;
    for _ in 0..10 {
        ada.sign_in(&world, "wrong password!", "000000").await.must_be(401);
    }
    let code = ada.code(&world);
    ada.sign_in(&world, ada.password, &code).await.must_be(429);
    world.pass(15 * MINUTE);
    ada.sign_in(&world, ada.password, &ada.code(&world)).await.must_be(200);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_ends_by_signing_out_by_doing_nothing_and_after_a_day_of_work() {
    let world = World::open().await;
    let ada = ada(&world).await;
    let signs_out = Agent::with(&world, &ada).await;
    assert!(signs_out.is_signed_in().await);
    signs_out.post("/sign-out", &serde_json::json!({})).await.must_be(204);
    assert!(!signs_out.is_signed_in().await);

    let does_nothing = Agent::with(&world, &ada).await;
    world.pass(58 * MINUTE);
    assert!(does_nothing.is_signed_in().await);
    world.pass(61 * MINUTE);
    assert!(!does_nothing.is_signed_in().await);
    does_nothing.browser.get("/console").await.must_be(303);

    let works = Agent::with(&world, &ada).await;
    for _ in 0..14 {
        assert!(works.is_signed_in().await);
        world.pass(50 * MINUTE);
    }
    world.pass(30 * MINUTE);
    assert!(!works.is_signed_in().await, "twelve hours are enough");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agent_who_is_disabled_is_out_at_once() {
    let world = World::open().await;
    let credentials = ada(&world).await;
    let ada = Agent::with(&world, &credentials).await;
    world.app.enable_agent(world.brand.id, "ada", false).await.unwrap();
    assert!(!ada.is_signed_in().await);
    let code = credentials.code(&world);
    credentials.sign_in(&world, credentials.password, &code).await.must_be(401);
    world.app.enable_agent(world.brand.id, "ada", true).await.unwrap();
    world.pass(MINUTE);
    Agent::with(&world, &credentials).await;
    assert!(!ada.is_signed_in().await, "the old session does not come back");
}
