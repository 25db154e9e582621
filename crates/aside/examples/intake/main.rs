//! What a message costs: signed webhooks of Facebook's shape into the use cases, in process, on an SQLite store
//! in a folder of its own, with outbox, sequencer and housekeeping at work. Prints messages a second and
//! microseconds of processor time a message, by thread.
//!
//! `cargo xtask bench intake` runs it. On a machine that has other work, compare processor time, not seconds.

#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a measurement, which may end where it fails")]

mod bodies;
mod processor;

use aside::{Config, Installation, Options, SystemClock};
use aside_app::NewChannel;
use aside_model::{Clock, Network, Raw, Rung};
use bodies::{Bodies, PAGE, SECRET};
use clap::Parser;
use futures::{StreamExt, stream};
use processor::Times;
use std::{net::SocketAddr, sync::Arc, time::Duration};

#[derive(Parser)]
struct Arguments {
    /// How many messages are taken in
    #[arg(long, default_value_t = 20_000)]
    messages: usize,
    /// How many webhooks are under way at once
    #[arg(long, default_value_t = 64)]
    at_once: usize,
    /// How many messages each customer writes
    #[arg(long, default_value_t = 5)]
    each: usize,
    /// How many of a hundred messages hold something that must not stand there
    #[arg(long, default_value_t = 10)]
    delicate: usize,
}

fn main() {
    let arguments = Arguments::parse();
    let network = stub();
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(measure(&arguments, network));
}

async fn measure(arguments: &Arguments, network: SocketAddr) {
    let folder = tempfile::tempdir().unwrap();
    let listen = SocketAddr::from(([127, 0, 0, 1], 0));
    let config = Config { data: folder.path().to_owned(), listen, ..Config::default() };
    let installation = Installation::open(config, Options::default()).await.unwrap();
    let app = Arc::clone(&installation.app);
    let brand = app.add_brand("Bench").await.unwrap();
    let channel = |rung, name: &str| NewChannel { account: PAGE.into(), rung, name: name.into() };
    let channels = [channel(Rung::Public, "Page"), channel(Rung::Direct, "Messenger")];
    let secrets = format!(r#"{{"app_secret":"{SECRET}","verify_token":"v","pages":{{"{PAGE}":"token"}}}}"#);
    let network = format!("http://{network}");
    let connection = app
        .add_connection(brand, Network::Facebook, "Facebook", &Raw::new(secrets), &network, &channels)
        .await
        .unwrap()
        .to_string();
    let serving = tokio::spawn(installation.serve(std::future::pending()));

    let bodies = Bodies::new(arguments.messages, arguments.each, arguments.delicate, SystemClock.now());
    let before = Times::now();
    let started = SystemClock.now();
    let mut waits: Vec<u128> = stream::iter(bodies.all)
        .map(|(signature, body)| {
            let (app, connection) = (Arc::clone(&app), connection.clone());
            // As a server does: each request is a task of its own.
            tokio::spawn(async move {
                let asked = SystemClock.now();
                let taken = app.take_in("facebook", &connection, Some(&signature), body).await.unwrap();
                assert_eq!(taken.messages, 1, "{taken:?}");
                SystemClock.now().since(asked).as_micros()
            })
        })
        .buffer_unordered(arguments.at_once)
        .map(Result::unwrap)
        .collect()
        .await;
    let seconds = SystemClock.now().since(started).as_secs_f64();
    while !app.outbox_is_empty(brand).await.unwrap() {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    app.sequence_all().await.unwrap();
    let after = Times::now();
    serving.abort();

    waits.sort_unstable();
    let at = |part: f64| waits[((waits.len() - 1) as f64 * part) as usize] as f64 / 1_000.0;
    let messages = arguments.messages as f64;
    println!("{:.0} messages a second over {seconds:.1} s", messages / seconds);
    println!("to the acknowledgement: p50 {:.1} ms, p99 {:.1} ms", at(0.5), at(0.99));
    for (thread, microseconds) in after.since(&before) {
        println!("{:>9.0} µs of processor a message   {thread}", microseconds / messages);
    }
    println!("{:>9.1} MB resident", processor::resident_megabytes());
}

/// A network that takes everything that is sent to it, on a thread of its own.
fn stub() -> SocketAddr {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let address = listener.local_addr().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let serve = move || {
        runtime.block_on(async {
            let answer = || async {
                let count = COUNT.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
                format!(r#"{{"recipient_id":"{count}","message_id":"m_{count}","success":true}}"#)
            };
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            axum::serve(listener, axum::Router::new().fallback(answer)).await.unwrap();
        });
    };
    std::thread::Builder::new().name("network".into()).spawn(serve).unwrap();
    address
}

static COUNT: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(1);
