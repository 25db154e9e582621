//! Secrets that travel in links.

use crate::fixed;
use aside_vault::{DropBoxKey, Secret, digests_match};

#[test]
fn a_secret_reads_back_from_its_link() {
    let secret = Secret::generate(&fixed(1));
    let text = secret.encode();
    assert_eq!(text.len(), 43);
    assert!(text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)));
    assert_eq!(Secret::decode(&text).unwrap().digest(), secret.digest());
}

#[test]
fn a_secret_matches_its_own_digest_only() {
    let random = fixed(2);
    let (secret, other) = (Secret::generate(&random), Secret::generate(&random));
    assert!(secret.matches(&secret.digest()));
    assert!(!secret.matches(&other.digest()));
    assert!(digests_match(&other.digest(), &other.digest()));
}

#[test]
fn a_broken_link_is_no_secret() {
    let text = Secret::generate(&fixed(3)).encode();
    for broken in ["", &text[1..], &format!("{text}A"), &format!("{text}="), &text.replace(&text[4..5], "+")]
    {
        assert!(Secret::decode(broken).is_none(), "{broken}");
    }
    // 43 characters hold two bits more than 32 bytes: each secret has one spelling only.
    let spellings = ('a'..='z').chain('A'..='Z').chain('0'..='9').chain(['-', '_']);
    let accepted = spellings.filter(|last| Secret::decode(&format!("{}{last}", &text[..42])).is_some());
    assert_eq!(accepted.count(), 16);
    assert!(Secret::decode(&"ü".repeat(43)).is_none());
}

#[test]
fn one_secret_always_gives_one_drop_box() {
    let random = fixed(4);
    let secret = Secret::generate(&random);
    assert_eq!(DropBoxKey::derive(&secret).public(), DropBoxKey::derive(&secret).public());
    assert_ne!(DropBoxKey::derive(&secret).public(), DropBoxKey::derive(&Secret::generate(&random)).public());
}
