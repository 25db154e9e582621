//! The secrets that let a customer in: links, codes to type, and tokens that open the direct messages.

use crate::{App, outgoing::Addressee};
use aside_model::{BrandId, LinkId, Secret, rows::LinkRow};
use aside_vault::DropBoxKey;
use std::time::Duration;

/// Stands for a public key where there is none: nothing can be sealed to it.
pub(super) const NOBODY: [u8; 32] = [0; 32];

impl App {
    /// A link, and what a table keeps of it.
    pub(super) fn new_link(&self, brand: BrandId, to: &Addressee<'_>, life: Duration) -> (Secret, LinkRow) {
        let secret = Secret::generate(&*self.random);
        let row = self.link_row(brand, to, secret.digest(), DropBoxKey::derive(&secret).public(), life);
        (secret, row)
    }

    /// A short code that a person can type. It is too short to seal anything to.
    pub(super) fn new_entry_code(
        &self,
        brand: BrandId,
        to: &Addressee<'_>,
        life: Duration,
    ) -> (String, LinkRow) {
        let code = crate::links::new_code(&*self.random);
        let row = self.link_row(brand, to, crate::links::code_digest(&code), NOBODY, life);
        (code, row)
    }

    pub(super) fn link_row(
        &self,
        brand: BrandId,
        to: &Addressee<'_>,
        digest: [u8; 32],
        drop_box: [u8; 32],
        life: Duration,
    ) -> LinkRow {
        let now = self.clock.now();
        LinkRow {
            brand,
            link: LinkId::new(&*self.clock, &*self.random),
            digest,
            conversation: to.conversation,
            handle: to.handle,
            drop_box,
            created_at: now,
            expires_at: now.plus(life),
            redeemed_at: None,
        }
    }
}

/// What a table keeps of a token that opens the direct messages. It is no link into the messenger and no entry
/// code: their digests are made otherwise, so neither door takes it, though everybody can read it.
pub(crate) fn arrival_digest(token: &str) -> [u8; 32] {
    let digest = aws_lc_rs::digest::digest(
        &aws_lc_rs::digest::SHA256,
        format!("aside arrival token v1|{token}").as_bytes(),
    );
    digest.as_ref().try_into().expect("SHA-256 gives 32 bytes")
}
