//! Starting and stopping.

use super::{
    place::Place,
    server::{Server, complaint, run, serve},
    wire::Wire,
};

#[test]
fn the_server_says_where_it_listens_is_ready_by_then_and_ends_well_when_told() {
    let place = Place::prepare();
    let server = Server::start(&place, serve(&place));
    let mut wire = Wire::open(server.address).unwrap();
    assert_eq!(wire.get("/readyz").unwrap().status, 200);
    assert_eq!(wire.get("/healthz").unwrap().body, "ok\n");
    drop(wire);
    let log = server.log();
    assert!(!log.contains("ERROR"), "{log}");
    assert!(server.stop().success());
}

#[test]
fn a_taken_address_is_named_with_what_to_do() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let output = run(["serve", "--listen", &address, "--data", data.to_str().unwrap()]);
    assert_eq!(output.status.code(), Some(1));
    let said = complaint(&output);
    assert!(said.contains(&format!("cannot listen on {address}")) && said.contains("--listen"), "{said}");
}
