//! Values held for the customer: they alone can open one, and say "that was my order number".

use crate::{
    App, AppError, Result, Visiting,
    intake::TRIES,
    record::{Entry, hash_of},
};
use aside_model::{
    Body, Command, ConversationChange, Effect, Guard, HoldId, Outcome, Segment, Time, rows::HoldRow,
};
use aside_vault::{DropBoxKey, Place, drop_box};

/// Where a hold is sealed.
pub(crate) fn place(hold: &HoldRow) -> Place {
    Place {
        brand: hold.brand.bytes(),
        keyring: hold.keyring.bytes(),
        record: hold.hold.bytes(),
        field: "hold",
    }
}

/// What becomes of a hold.
#[derive(Clone)]
enum End {
    Released(String),
    Discarded,
    Expired,
}

impl App {
    /// The customer says that a held value was harmless: it goes back into the text.
    pub async fn release_hold(&self, visiting: &Visiting, hold: HoldId) -> Result<()> {
        let row = self.own_hold(visiting, hold).await?;
        let key = DropBoxKey::derive(&visiting.secret);
        let value = drop_box::open(&key, &place(&row), &row.value_sealed).map_err(|_| {
            AppError::Invalid("This was kept for another device. It can only be released there.".into())
        })?;
        self.end_hold(row, End::Released(value.expose().to_owned())).await
    }

    /// The customer wants a held value gone at once.
    pub async fn discard_hold(&self, visiting: &Visiting, hold: HoldId) -> Result<()> {
        let row = self.own_hold(visiting, hold).await?;
        self.end_hold(row, End::Discarded).await
    }

    /// Destroys holds whose time is over before this moment.
    pub(crate) async fn expire_holds(&self, brand: aside_model::BrandId, before: Time) -> Result<u32> {
        let mut count = 0;
        for row in self.store.expired_holds(brand, before, 100).await? {
            match self.end_hold(row, End::Expired).await {
                Ok(()) => count += 1,
                // Its customer or its message went away meanwhile, and it with them.
                Err(AppError::NotFound | AppError::Invalid(_)) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(count)
    }

    async fn own_hold(&self, visiting: &Visiting, hold: HoldId) -> Result<HoldRow> {
        let row = self.store.hold(visiting.brand, hold).await?.ok_or(AppError::NotFound)?;
        if row.conversation == visiting.conversation { Ok(row) } else { Err(AppError::NotFound) }
    }

    /// Ends a hold and says so in its message. Two holds of one message can end at once: the version of the
    /// conversation is guarded and rises, so that the later one sees what the earlier one left.
    async fn end_hold(&self, hold: HoldRow, end: End) -> Result<()> {
        for _ in 0..TRIES {
            match self.try_to_end(&hold, end.clone()).await? {
                Outcome::Applied(_) => return Ok(()),
                Outcome::Refused(refusal) if matches!(refusal.guard, Guard::VersionIs(..)) => {}
                Outcome::Refused(_) => {
                    return Err(AppError::Invalid(
                        "The time to release it is over; it has been destroyed.".into(),
                    ));
                }
            }
        }
        Err(AppError::Busy)
    }

    async fn try_to_end(&self, hold: &HoldRow, end: End) -> Result<Outcome> {
        let brand = hold.brand;
        let now = self.clock.now();
        // Read first: what is read afterwards is at least as new as the version that is guarded.
        let conversation =
            self.store.conversation(brand, hold.conversation).await?.ok_or(AppError::NotFound)?;
        let message = self.store.message(brand, hold.message).await?.ok_or(AppError::NotFound)?;
        let ring = self.ring(brand, hold.keyring).await?;
        let mut body = Self::open_body(&ring, &message)?;
        let (kind, rule) = match &end {
            End::Released(_) => ("hold_released", "allow"),
            End::Discarded => ("hold_discarded", "block"),
            End::Expired => ("hold_expired", "block"),
        };
        // A hold past its time must still be there to expire.
        let open_at = if matches!(end, End::Expired) { Time(0) } else { now };
        replace(&mut body, hold, end, rule);
        let body = self.seal_body(&ring, message.message, &body);
        let entry = Entry::of(kind)
            .conversation(hold.conversation)
            .fact("message", hold.message.to_string())
            .fact("type", hold.data_type.id())
            .fact("row", hash_of(&body));
        let command = Command::new(brand)
            .guard(Guard::KeyAlive(hold.keyring))
            .guard(Guard::HoldOpen(hold.hold, open_at))
            .guard(Guard::VersionIs(hold.conversation, conversation.version))
            .effect(Effect::UpdateConversation(ConversationChange::of(hold.conversation)))
            .effect(Effect::DropHold(hold.hold))
            .effect(Effect::ReplaceBody {
                message: message.message,
                body,
                checks: message.checks,
                edited_at: None,
            })
            .effect(Effect::AddEntry(self.entry(brand, now, entry)?))
            .effect(Effect::Announce(Some(hold.conversation), Some(hold.message), "hold"));
        Ok(self.store.apply(command).await?)
    }
}

fn replace(body: &mut Body, hold: &HoldRow, end: End, rule: &str) {
    let mut end = Some(end);
    let mut nth = 0;
    for segment in &mut body.segments {
        let Segment::Held { hold: id, data_type, kind } = segment else { continue };
        if *id != hold.hold {
            nth += 1;
            continue;
        }
        *segment = match end.take() {
            Some(End::Released(text)) => Segment::Text(text),
            _ => Segment::Removed { data_type: *data_type, kind: kind.clone(), mask: String::new() },
        };
        break;
    }
    if let Some(note) = body.findings.iter_mut().filter(|n| n.rule == "hold").nth(nth) {
        rule.clone_into(&mut note.rule);
    }
}
