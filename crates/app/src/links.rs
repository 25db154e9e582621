//! One-time links and entry codes: made for one conversation and one handle, hashed at rest, used once.
//! Looking at a link changes nothing; only redeeming it does.

use crate::{App, AppError, Result, record::Entry, views::LinkStatus};
use aside_model::{
    Assurance, BrandId, Command, ConversationChange, ConversationState, Effect, Guard, Language, Outcome,
    Random, Rung, Secret, SessionId, ThreadId,
    rows::{ChannelRow, ConversationRow, HandleRow, LinkRow, SessionOf, SessionRow, ThreadRow},
};
use aside_vault::{DropBoxKey, drop_box};
use std::{net::IpAddr, time::Duration};

/// Letters and digits that nobody mistakes for one another (Crockford's base 32).
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// How many entry codes one address may try in a quarter of an hour.
const CODE_TRIES: u32 = 10;

/// Why a link or code does not let in.
#[derive(Debug, thiserror::Error)]
pub enum RedeemError {
    /// It was used before.
    #[error("this link was used already")]
    Used,
    /// It is too old.
    #[error("this link is too old")]
    Expired,
    /// There is no such link.
    #[error("there is no such link")]
    Unknown,
    /// Too many tries from one place.
    #[error("too many tries; wait a quarter of an hour")]
    TooMany,
    /// Something broke on our side.
    #[error(transparent)]
    Failed(#[from] AppError),
}

impl From<aside_store::StoreError> for RedeemError {
    fn from(error: aside_store::StoreError) -> Self {
        RedeemError::Failed(error.into())
    }
}

/// A fresh entry code: ten characters, 50 random bits, in two groups.
pub(crate) fn new_code(random: &dyn Random) -> String {
    let mut bytes = [0; 10];
    random.fill(&mut bytes);
    let letters: Vec<char> = bytes.iter().map(|b| ALPHABET[usize::from(b % 32)].into()).collect();
    let (a, b) = letters.split_at(5);
    format!("{}-{}", a.iter().collect::<String>(), b.iter().collect::<String>())
}

/// What a table keeps of an entry code. Spaces, hyphens and case do not matter, and O, I and L are read as
/// people mean them.
pub(crate) fn code_digest(code: &str) -> [u8; 32] {
    let clean: String = code
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            other => other,
        })
        .take(32)
        .collect();
    let digest = aws_lc_rs::digest::digest(
        &aws_lc_rs::digest::SHA256,
        format!("aside entry code v1|{clean}").as_bytes(),
    );
    digest.as_ref().try_into().expect("SHA-256 gives 32 bytes")
}

impl App {
    /// Whether a link works. Changes nothing, so link previews burn nothing.
    pub async fn link_status(&self, link: &str) -> Result<LinkStatus> {
        let Some(secret) = Secret::decode(link) else { return Ok(LinkStatus::Unknown) };
        let Some(row) = self.store.link_anywhere(secret.digest()).await? else {
            return Ok(LinkStatus::Unknown);
        };
        if row.redeemed_at.is_some() {
            return Ok(LinkStatus::Used);
        }
        if row.expires_at <= self.clock.now() {
            return Ok(LinkStatus::Expired);
        }
        let conversation = self.store.conversation(row.brand, row.conversation).await?;
        let language = conversation.map_or(Language::English, |c| Self::language_of(&c, None));
        Ok(LinkStatus::Open { brand: self.brand_name(row.brand).await?, language })
    }

    /// Whether a link, used or not, leads to where this customer is already: same conversation, same handle.
    pub async fn leads_to(&self, link: &str, visiting: &crate::Visiting) -> Result<bool> {
        let Some(secret) = Secret::decode(link) else { return Ok(false) };
        let row = self.store.link_anywhere(secret.digest()).await?;
        Ok(row.is_some_and(|row| {
            (row.brand, row.conversation, row.handle)
                == (visiting.brand, visiting.conversation, visiting.handle)
        }))
    }

    /// Uses a link up and starts a session on this device. What comes back goes into its cookie.
    pub async fn redeem(&self, link: &str) -> Result<Secret, RedeemError> {
        let secret = Secret::decode(link).ok_or(RedeemError::Unknown)?;
        let row = self.store.link_anywhere(secret.digest()).await?.ok_or(RedeemError::Unknown)?;
        self.redeem_row(row, Some(&secret)).await
    }

    /// Uses an entry code up, as [`App::redeem`] does a link.
    pub async fn redeem_code(&self, code: &str, from: IpAddr) -> Result<Secret, RedeemError> {
        let brands = self.store.brands().await?;
        let first = brands.first().ok_or(RedeemError::Unknown)?;
        let tries = Command::new(first.brand).guard(Guard::Take {
            counter: self.attempts_at(first.brand, "entry-code", &from.to_string())?,
            window: Duration::from_mins(15),
            limit: CODE_TRIES,
            now: self.clock.now(),
        });
        if let Outcome::Refused(_) = self.store.apply(tries).await? {
            return Err(RedeemError::TooMany);
        }
        let row = self.store.link_anywhere(code_digest(code)).await?.ok_or(RedeemError::Unknown)?;
        self.redeem_row(row, None).await
    }

    async fn redeem_row(&self, link: LinkRow, secret: Option<&Secret>) -> Result<Secret, RedeemError> {
        let now = self.clock.now();
        if link.redeemed_at.is_some() {
            return Err(RedeemError::Used);
        }
        if link.expires_at <= now {
            return Err(RedeemError::Expired);
        }
        let brand = link.brand;
        let conversation =
            self.store.conversation(brand, link.conversation).await?.ok_or(RedeemError::Unknown)?;
        let handle = self.store.handle(brand, link.handle).await?.ok_or(RedeemError::Unknown)?;
        let fresh = Secret::generate(&*self.random);
        let session = SessionId::new(&*self.clock, &*self.random);
        let key = DropBoxKey::derive(&fresh).public();
        let mut command = Command::new(brand)
            .guard(Guard::LinkOpen(link.link, now))
            .guard(Guard::KeyAlive(handle.keyring))
            .effect(Effect::RedeemLink(link.link, now))
            .effect(Effect::AddSession(SessionRow {
                brand,
                session,
                digest: fresh.digest(),
                of: SessionOf::Customer {
                    conversation: link.conversation,
                    handle: link.handle,
                    drop_box: key,
                },
                created_at: now,
                seen_at: now,
                expires_at: now.plus(self.settings.customer_session_life),
            }));
        let mut change = ConversationChange::of(link.conversation);
        change.rung = (conversation.rung < Rung::Secure).then_some(Rung::Secure);
        change.state = (conversation.state == ConversationState::Closed).then_some(ConversationState::Open);
        // The assurance is the conversation's, and somebody new may be there from now on: what another device
        // has proved says nothing of whoever holds this link.
        let until = now.plus(self.settings.customer_session_life);
        change.assurance = Some((Assurance::Linked, now, Some(until)));
        command = command.effect(Effect::UpdateConversation(change));
        if let Some(thread) = self.missing_secure_thread(&conversation, &handle).await? {
            let once = self.thread_key(brand, &thread.address_index, thread.handle)?;
            command = command.guard(Guard::Once(once)).effect(Effect::AddThread(thread));
        }
        for effect in self.reseal_holds(&link, secret, &key).await? {
            command = command.effect(effect);
        }
        let entry = Entry::of("moved_to_secure")
            .conversation(link.conversation)
            .fact("link", link.link.to_string())
            .fact("by", if secret.is_some() { "link" } else { "code" });
        command = command.effect(Effect::AddEntry(self.entry(brand, now, entry)?)).effect(Effect::Announce(
            Some(link.conversation),
            None,
            "moved",
        ));
        match self.store.apply(command).await? {
            Outcome::Applied(_) => Ok(fresh),
            Outcome::Refused(refusal) => match refusal.guard {
                Guard::KeyAlive(_) => Err(RedeemError::Unknown),
                Guard::Once(_) => Err(RedeemError::Failed(AppError::Busy)),
                _ => Err(RedeemError::Used),
            },
        }
    }

    /// Holds that were sealed to the link are sealed to the new session instead: same customer, new key.
    async fn reseal_holds(
        &self,
        link: &LinkRow,
        secret: Option<&Secret>,
        to: &[u8; 32],
    ) -> Result<Vec<Effect>> {
        let Some(secret) = secret else { return Ok(vec![]) };
        let key = DropBoxKey::derive(secret);
        let mut effects = Vec::new();
        for hold in self.store.holds(link.brand, link.conversation).await? {
            if hold.drop_box != link.drop_box {
                continue;
            }
            let place = crate::holds::place(&hold);
            let value = drop_box::open(&key, &place, &hold.value_sealed)?;
            let sealed = drop_box::seal(to, &place, &value, &*self.random)
                .map_err(|e| AppError::Failed(e.to_string()))?;
            effects.push(Effect::ResealHold { hold: hold.hold, drop_box: *to, value: sealed });
        }
        Ok(effects)
    }

    /// The thread of a conversation in the brand's own messenger, unless it is there already.
    async fn missing_secure_thread(
        &self,
        conversation: &ConversationRow,
        handle: &HandleRow,
    ) -> Result<Option<ThreadRow>> {
        let brand = conversation.brand;
        let channel = self.secure_channel(brand).await?;
        let address_index = self.secure_address(brand, &channel, conversation, handle)?;
        if self.store.thread_at(brand, channel.channel, address_index).await?.is_some() {
            return Ok(None);
        }
        let ring = self.ring(brand, handle.keyring).await?;
        let thread = ThreadId::new(&*self.clock, &*self.random);
        let address = conversation.conversation.to_string();
        Ok(Some(ThreadRow {
            brand,
            thread,
            conversation: conversation.conversation,
            channel: channel.channel,
            handle: handle.handle,
            rung: Rung::Secure,
            address_index,
            address_sealed: self.seal_text(&ring, thread.bytes(), "address", address.as_bytes()),
            heard_at: None,
            created_at: self.clock.now(),
        }))
    }

    /// The keyed hash of a thread in the brand's own messenger.
    pub(crate) fn secure_address(
        &self,
        brand: BrandId,
        channel: &ChannelRow,
        conversation: &ConversationRow,
        handle: &HandleRow,
    ) -> Result<[u8; 32]> {
        let key = format!("{}|{}|{}", channel.channel, conversation.conversation, handle.handle);
        self.index(brand, "thread", &key)
    }

    /// The channel of the brand's own messenger.
    pub(crate) async fn secure_channel(&self, brand: BrandId) -> Result<ChannelRow> {
        let channels = self.store.channels(brand).await?;
        channels
            .into_iter()
            .find(|c| c.rung == Rung::Secure)
            .ok_or_else(|| AppError::Failed("the brand has no secure channel; run `aside doctor`".into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_code_is_read_as_people_type_it() {
        assert_eq!(code_digest("AB0D1-FGH2J"), code_digest(" abod l fgh2j"));
        assert_ne!(code_digest("AB0D1-FGH2J"), code_digest("AB0D1-FGH2K"));
    }

    /// One byte for ever.
    struct Always(u8);
    impl Random for Always {
        fn fill(&self, out: &mut [u8]) {
            out.fill(self.0);
        }
    }

    #[test]
    fn an_entry_code_has_two_groups_of_letters_that_nobody_mistakes() {
        let codes: Vec<String> = (0..=255).map(|byte| new_code(&Always(byte))).collect();
        assert_eq!((codes[0].as_str(), codes[31].as_str()), ("00000-00000", "ZZZZZ-ZZZZZ"));
        assert_eq!(codes[32], codes[0], "256 is a multiple of 32, so each letter is equally likely");
        assert!(codes.iter().all(|code| !code.contains(['I', 'L', 'O', 'U'])));
    }

    #[test]
    fn a_typed_flood_is_read_no_further_than_a_code_can_be_long() {
        assert_eq!(code_digest(&"A".repeat(32)), code_digest(&"A".repeat(1_000_000)));
        assert_ne!(code_digest(""), code_digest("A"));
    }
}
