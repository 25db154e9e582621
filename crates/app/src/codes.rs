//! One-time codes to an address that the brand already held: from `linked` to `checked`.

use crate::{
    App, AppError, Result, Visiting,
    outgoing::{Addressee, Payload},
    record::{Entry, hash_of},
    words,
};
use aside_model::{
    Assurance, Author, Body, CodeId, Command, ConversationChange, Effect, Guard, JobKind, MessageId, Network,
    Outcome, Random, Raw, Rung,
    rows::{CodeRow, HandleRow},
};
use std::time::Duration;

/// How long a code works (NIST SP 800-63B-4 allows ten minutes at most).
const CODE_LIFE: Duration = Duration::from_mins(10);
/// How many digits a code has.
pub(crate) const CODE_DIGITS: usize = 6;
/// How often one code may be tried.
const CODE_TRIES: u32 = 5;
/// How many codes one session may ask for in an hour, and how many may be asked for one address. Together with
/// [`CODE_TRIES`] this bounds how often anybody can guess at the codes of one address.
const CODES_PER_HOUR: u32 = 5;
/// How long the assurance that a code gives lasts.
const CHECKED_LIFE: Duration = Duration::from_hours(12);

/// A fresh code of six digits.
fn new_code(random: &dyn Random) -> String {
    // Bytes that would make some digits likelier than others are drawn again.
    let mut digits = String::with_capacity(CODE_DIGITS);
    while digits.len() < CODE_DIGITS {
        let mut byte = [0];
        random.fill(&mut byte);
        if byte[0] < 250 {
            digits.push(char::from(b'0' + byte[0] % 10));
        }
    }
    digits
}

/// An e-mail address as it is looked up: without surrounding space, in lower case.
pub(crate) fn normal_address(address: &str) -> String {
    address.trim().to_lowercase()
}

impl App {
    /// Sends a one-time code to the address, if the brand holds it. The customer hears the same either way.
    pub async fn ask_code(&self, visiting: &Visiting, address: &Raw) -> Result<()> {
        let brand = visiting.brand;
        let now = self.clock.now();
        let address = Raw::new(normal_address(address.expose()));
        let index = self.index(brand, Network::Email.name(), address.expose())?;
        let held = self.store.handle_at(brand, Network::Email, index).await?;
        let (_, spot) = self.secure_spot(visiting).await?;
        let to = Addressee {
            ring: &spot.ring,
            handle: spot.handle.handle,
            conversation: visiting.conversation,
            thread: &spot.thread,
        };
        let language = Self::language_of(&spot.conversation, None);
        let message = MessageId::new(&*self.clock, &*self.random);
        let code = new_code(&*self.random);
        let code_id = CodeId::new(&*self.clock, &*self.random);
        // An unknown address gets a row like a known one, so that the page looks and costs the same; its
        // code is never sent, and its handle is the customer's own, which proves nothing.
        let target = held.as_ref().map_or(spot.handle.handle, |h| h.handle);
        let text = words::CODE_ASKED.in_language(language);
        let mut row =
            self.outbound(brand, &to, Rung::Secure, message, Author::System, None, &Body::plain(text));
        row.state = aside_model::MessageState::Sent;
        let said = hash_of(&row.body_sealed);
        // Counted for addresses that nobody holds as well, so that the refusal tells nothing. A held address
        // goes by its handle, so that an erasure takes the counter along.
        let counted = held.as_ref().map_or_else(|| hex::encode(index), |h| h.handle.to_string());
        let take =
            |counter| Guard::Take { counter, window: Duration::from_hours(1), limit: CODES_PER_HOUR, now };
        let mut command = Command::new(brand)
            .guard(take(format!("codes/{}", visiting.session)))
            .guard(take(format!("codes/{counted}")))
            .guard(Guard::KeyAlive(spot.ring.id))
            .effect(Effect::AddMessage(row))
            .effect(Effect::AddCode(CodeRow {
                brand,
                code: code_id,
                conversation: visiting.conversation,
                handle: target,
                session: visiting.session,
                code_index: self.code_index(visiting, code_id, &code)?,
                expires_at: now.plus(CODE_LIFE),
                used_at: None,
            }));
        if let Some(held) = held {
            command = command.effect(self.code_job(&held, &to, message, code).await?);
        }
        let entry = Entry::of("code_asked")
            .conversation(visiting.conversation)
            .fact("message", message.to_string())
            .fact("row", said);
        command = command.effect(Effect::AddEntry(self.entry(brand, now, entry)?)).effect(Effect::Announce(
            Some(visiting.conversation),
            Some(message),
            "message",
        ));
        match self.store.apply(command).await? {
            Outcome::Applied(_) => Ok(()),
            Outcome::Refused(_) => {
                Err(AppError::Denied("Too many codes were asked for. Wait an hour.".into()))
            }
        }
    }

    /// The customer types the code. True when it is right: the conversation is then `checked`, and belongs
    /// to the customer whom the brand knows under that address.
    pub async fn enter_code(&self, visiting: &Visiting, code: &str) -> Result<bool> {
        let brand = visiting.brand;
        let now = self.clock.now();
        let Some(row) = self.store.code_of(brand, visiting.session).await? else { return Ok(false) };
        let tries = Command::new(brand).guard(Guard::Take {
            counter: format!("code/{}/{}", visiting.session, row.code),
            window: Duration::from_hours(24),
            limit: CODE_TRIES,
            now,
        });
        if let Outcome::Refused(_) = self.store.apply(tries).await? {
            return Err(AppError::Denied("This code was tried too often. Ask for a new one.".into()));
        }
        let digits: String = code.chars().filter(char::is_ascii_digit).take(12).collect();
        let given = self.code_index(visiting, row.code, &digits)?;
        let conversation =
            self.store.conversation(brand, visiting.conversation).await?.ok_or(AppError::NotFound)?;
        let held = self.store.handle(brand, row.handle).await?.ok_or(AppError::NotFound)?;
        if !aside_vault::digests_match(&given, &row.code_index) || held.network != Network::Email {
            return Ok(false);
        }
        let mut change = ConversationChange::of(visiting.conversation);
        change.assurance = Some((Assurance::Checked, now, Some(now.plus(CHECKED_LIFE))));
        let mut command = Command::new(brand)
            .guard(Guard::CodeOpen(row.code, now))
            .guard(Guard::VersionIs(visiting.conversation, conversation.version))
            .guard(Guard::KeyAlive(held.keyring))
            .effect(Effect::UseCode(row.code, now))
            .effect(Effect::UpdateConversation(change));
        if conversation.customer != held.customer {
            // Which handles moved stands in the ledger, so that the merge can be undone.
            let mut moved = Vec::new();
            for handle in self.store.handles(brand, conversation.customer).await? {
                // A fact has room for so many; the handles' rows say the rest.
                if moved.len() < 100 {
                    moved.push(handle.handle.to_string());
                }
                command = command.effect(Effect::MoveHandle(handle.handle, held.customer));
            }
            for other in self.store.conversations_of(brand, conversation.customer).await? {
                command = command.effect(Effect::MoveConversation(other.conversation, held.customer));
            }
            let entry = Entry::of("customers_merged")
                .conversation(visiting.conversation)
                .fact("from", conversation.customer.to_string())
                .fact("into", held.customer.to_string())
                .fact("handles", moved.join(" "));
            command = command.effect(Effect::AddEntry(self.entry(brand, now, entry)?));
        }
        let entry = Entry::of("checked").conversation(visiting.conversation).fact("by", "email_code");
        command = command.effect(Effect::AddEntry(self.entry(brand, now, entry)?)).effect(Effect::Announce(
            Some(visiting.conversation),
            None,
            "checked",
        ));
        match self.store.apply(command).await? {
            Outcome::Applied(_) => Ok(true),
            Outcome::Refused(refusal) => match refusal.guard {
                Guard::VersionIs(..) => Err(AppError::Busy),
                _ => Ok(false),
            },
        }
    }

    /// Whether the session asked for a code, and it still works. The same for an address that nobody holds.
    pub(crate) async fn awaits_code(&self, visiting: &Visiting) -> Result<bool> {
        let row = self.store.code_of(visiting.brand, visiting.session).await?;
        let now = self.clock.now();
        Ok(row.is_some_and(|row| row.used_at.is_none() && row.expires_at > now))
    }

    fn code_index(&self, visiting: &Visiting, id: CodeId, code: &str) -> Result<[u8; 32]> {
        self.index(visiting.brand, "code", &format!("{id}|{code}"))
    }

    /// The job that mails a code. Its payload lies under the held address' own keyring.
    async fn code_job(
        &self,
        held: &HandleRow,
        to: &Addressee<'_>,
        message: MessageId,
        code: String,
    ) -> Result<Effect> {
        let ring = self.ring(held.brand, held.keyring).await?;
        let addressee =
            Addressee { ring: &ring, handle: held.handle, conversation: to.conversation, thread: to.thread };
        self.job(
            &addressee,
            JobKind::SendCode,
            message,
            &Payload { text: code, handle: Some(held.handle), ..Payload::default() },
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicU8, Ordering};

    /// Every byte in turn.
    struct Counting(AtomicU8);
    impl Random for Counting {
        fn fill(&self, out: &mut [u8]) {
            for byte in out {
                *byte = self.0.fetch_add(1, Ordering::Relaxed);
            }
        }
    }

    #[test]
    fn every_digit_of_a_code_is_equally_likely() {
        // 250 of the 256 bytes are taken; drawn in turn, they give each digit 25 times.
        let random = Counting(AtomicU8::new(0));
        let mut counts = [0_u32; 10];
        let mut digits = 0;
        while digits < 3 * 250 {
            for digit in new_code(&random).bytes() {
                counts[usize::from(digit - b'0')] += 1;
                digits += 1;
            }
        }
        assert_eq!(counts, [75; 10]);
    }

    #[test]
    fn a_code_has_six_digits_zeros_in_front_included() {
        assert_eq!(new_code(&Counting(AtomicU8::new(246))), "678901");
        assert_eq!(new_code(&Counting(AtomicU8::new(250))), "012345");
    }

    #[test]
    fn an_address_is_the_same_in_capitals_and_with_space_around_it() {
        assert_eq!(normal_address(" Jane.Doe@Example.COM\n"), "jane.doe@example.com");
        assert_eq!(normal_address("ÜBER@example.com"), "über@example.com");
    }
}
