//! TLS: a server is spoken to when its certificate says who it is, and not otherwise.

use crate::{database::options, faults::open_to_everybody};
use aside_scratch_postgres::Scratch;
use aside_store::{Doorway, StoreError};
use aside_store_postgres::PostgresStore;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use std::{
    fs,
    os::unix::fs::{MetadataExt, PermissionsExt, chown},
    path::Path,
};

/// An authority that nobody knows.
fn authority() -> CertifiedIssuer<'static, KeyPair> {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap()
}

/// Gives the server a certificate for `name`, signed by the authority.
fn certify(server: &Scratch, folder: &Path, authority: &CertifiedIssuer<'static, KeyPair>, name: &str) {
    let key = KeyPair::generate().unwrap();
    let certificate = CertificateParams::new([name.to_owned()]).unwrap().signed_by(&key, authority).unwrap();
    let owner = fs::metadata(folder).unwrap();
    for (file, parameter, text) in [
        ("server.pem", "ssl_cert_file", certificate.pem()),
        ("server.key", "ssl_key_file", key.serialize_pem()),
    ] {
        let path = folder.join(file);
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        chown(&path, Some(owner.uid()), Some(owner.gid())).unwrap();
        server.set(parameter, path.to_str().unwrap()).unwrap();
    }
    server.set("ssl", "on").unwrap();
}

#[tokio::test]
async fn a_server_is_spoken_to_when_its_certificate_says_who_it_is() {
    let folder = tempfile::tempdir().unwrap();
    open_to_everybody(folder.path());
    let place = folder.path().join("server");
    let server = Scratch::start(&place).unwrap();
    let (known, unknown) = (folder.path().join("known.pem"), folder.path().join("unknown.pem"));
    let (ours, theirs) = (authority(), authority());
    fs::write(&known, ours.pem()).unwrap();
    fs::write(&unknown, theirs.pem()).unwrap();
    let url = |parameters: &str| format!("{}?{parameters}", server.url().replace("127.0.0.1", "localhost"));
    let trusting = |root: &Path| url(&format!("sslmode=verify-full&sslrootcert={}", root.display()));
    let refused = async |url: String| match PostgresStore::connect(&url, options()).await {
        Err(StoreError::Unreachable(_)) => {}
        other => panic!("{url}: {other:?}"),
    };

    refused(url("sslmode=require")).await;
    certify(&server, &place, &ours, "localhost");
    refused(url("sslmode=require")).await;
    refused(trusting(&unknown)).await;
    let store = PostgresStore::connect(&trusting(&known), options()).await.unwrap();
    assert!(store.brands().await.unwrap().is_empty());
    let encrypted = server.ask("SELECT bool_and(ssl) FROM pg_stat_ssl JOIN pg_stat_activity USING (pid) WHERE application_name = 'aside'");
    assert_eq!(encrypted.unwrap(), "t");
    drop(store);
    certify(&server, &place, &ours, "db.example.com");
    refused(trusting(&known)).await;
}
