//! Values held for the customer: they alone can open one, and say "that was my order number".

use crate::{App, AppError, Result, Visiting, record::Entry};
use aside_model::{
    Body, Command, Effect, Guard, HoldId, Outcome, Segment,
    rows::{HoldRow, MessageRow},
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

    /// Destroys holds that are past their time.
    pub(crate) async fn expire_holds(&self, brand: aside_model::BrandId) -> Result<u32> {
        let rows = self.store.expired_holds(brand, self.clock.now(), 100).await?;
        let count = rows.len() as u32;
        for row in rows {
            self.end_hold(row, End::Expired).await?;
        }
        Ok(count)
    }

    async fn own_hold(&self, visiting: &Visiting, hold: HoldId) -> Result<HoldRow> {
        let row = self.store.hold(visiting.brand, hold).await?.ok_or(AppError::NotFound)?;
        if row.conversation == visiting.conversation { Ok(row) } else { Err(AppError::NotFound) }
    }

    async fn end_hold(&self, hold: HoldRow, end: End) -> Result<()> {
        let brand = hold.brand;
        let now = self.clock.now();
        let message = self.store.message(brand, hold.message).await?.ok_or(AppError::NotFound)?;
        let ring = self.ring(brand, hold.keyring).await?;
        let mut body = Self::open_body(&ring, &message)?;
        let (kind, rule) = match &end {
            End::Released(_) => ("hold_released", "allow"),
            End::Discarded => ("hold_discarded", "block"),
            End::Expired => ("hold_expired", "block"),
        };
        let expired = matches!(end, End::Expired);
        replace(&mut body, &hold, end, rule);
        let entry = Entry::of(kind)
            .conversation(hold.conversation)
            .fact("message", hold.message.to_string())
            .fact("type", hold.data_type.id());
        let mut command = Command::new(brand).guard(Guard::KeyAlive(hold.keyring));
        if !expired {
            command = command.guard(Guard::HoldOpen(hold.hold, now));
        }
        let command = command
            .effect(Effect::DropHold(hold.hold))
            .effect(self.replaced(&ring, &message, &body))
            .effect(Effect::AddEntry(self.entry(brand, now, entry)?))
            .effect(Effect::Announce(Some(hold.conversation), Some(hold.message), "hold"));
        match self.store.apply(command).await? {
            Outcome::Applied(_) => Ok(()),
            Outcome::Refused(_) => {
                Err(AppError::Invalid("The time to release it is over; it has been destroyed.".into()))
            }
        }
    }

    fn replaced(&self, ring: &crate::sealing::Ring, message: &MessageRow, body: &Body) -> Effect {
        Effect::ReplaceBody {
            message: message.message,
            body: self.seal_body(ring, message.message, body),
            checks: message.checks,
            edited_at: None,
        }
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
