//! The brand's own messenger, from the customer's side.

use crate::{
    App, AppError, Result,
    intake::{Incoming, Spot},
    screening::fate,
    views::{CustomerPage, DraftCheck, DraftFinding},
    words,
};
use aside_model::{
    BrandId, Command, ConversationId, Direction, Effect, HandleId, Language, Raw, Rung, Secret, SessionId,
    rows::SessionOf,
};

/// A customer on one device: whoever redeemed a link there.
pub struct Visiting {
    /// The brand.
    pub brand: BrandId,
    /// The conversation that the link led into.
    pub conversation: ConversationId,
    /// The handle that the link was sent to.
    pub handle: HandleId,
    /// The session.
    pub session: SessionId,
    /// What the device holds, and alone can open the customer's holds.
    pub(crate) secret: Secret,
}

/// A customer's message was not taken.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// There is nothing in it.
    #[error("there is nothing to send")]
    Empty,
    /// It is longer than one message may be.
    #[error("a message may have at most {limit} characters; this one has {found}")]
    TooLong {
        /// The limit in characters.
        limit: usize,
        /// How many there were.
        found: usize,
    },
    /// Something broke on our side, or the conversation is gone.
    #[error(transparent)]
    Failed(#[from] AppError),
}

impl App {
    /// The customer whose device holds this secret.
    pub async fn visiting(&self, secret: &str) -> Result<Option<Visiting>> {
        let Some(secret) = Secret::decode(secret) else { return Ok(None) };
        let Some(row) = self.store.session_anywhere(secret.digest()).await? else { return Ok(None) };
        let SessionOf::Customer { conversation, handle, .. } = row.of else { return Ok(None) };
        let now = self.clock.now();
        if row.expires_at <= now {
            return Ok(None);
        }
        if now.since(row.seen_at).as_secs() > 3_600 {
            self.store.apply(Command::new(row.brand).effect(Effect::SessionSeen(row.session, now))).await?;
        }
        Ok(Some(Visiting { brand: row.brand, conversation, handle, session: row.session, secret }))
    }

    /// Ends the customer's session on this device.
    pub async fn sign_out_customer(&self, visiting: &Visiting) -> Result<()> {
        self.store.apply(Command::new(visiting.brand).effect(Effect::EndSession(visiting.session))).await?;
        Ok(())
    }

    /// What the customer's page shows.
    pub async fn customer_page(&self, visiting: &Visiting) -> Result<CustomerPage> {
        let brand = visiting.brand;
        let row = self.store.conversation(brand, visiting.conversation).await?.ok_or(AppError::NotFound)?;
        let language = Self::language_of(&row, None);
        let name = self.brand_name(brand).await?;
        let messages = self.message_views(&row, &name, None).await?;
        let holds = self.store.holds(brand, visiting.conversation).await?;
        let key = aside_vault::DropBoxKey::derive(&visiting.secret).public();
        let now = self.clock.now();
        let code = self.store.code_of(brand, visiting.session).await?;
        Ok(CustomerPage {
            notice: words::NOTICE_SECURE.in_language(language).replace("{brand}", &name),
            brand: name,
            language,
            assurance: self.assurance_now(&row),
            messages,
            holds: holds
                .iter()
                .filter(|h| h.drop_box == key && h.expires_at > now)
                .map(|h| (h.hold, h.data_type.label(), h.expires_at))
                .collect(),
            code_pending: code.is_some_and(|c| c.used_at.is_none() && c.expires_at > now),
            phone: self.settings.phone.clone(),
        })
    }

    /// Takes in what the customer writes in the messenger. The same text with the same `form_key` twice is
    /// written once. Another text is another message: whoever lost the answer and changed their words since
    /// must not lose them.
    pub async fn customer_writes(
        &self,
        visiting: &Visiting,
        text: Raw,
        form_key: &str,
    ) -> Result<(), WriteError> {
        if text.expose().trim().is_empty() {
            return Err(WriteError::Empty);
        }
        let limit = aside_channels::secure::LONGEST_TEXT;
        let found = text.expose().chars().count();
        if found > limit {
            return Err(WriteError::TooLong { limit, found });
        }
        let brand = visiting.brand;
        let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, text.expose().as_bytes());
        let event = format!("secure|{}|{form_key}|{}", visiting.session, hex::encode(digest));
        let once = self.index(brand, "event", &event)?.to_vec();
        let awaits_code = self.awaits_code(visiting).await?;
        for _ in 0..8 {
            let (channel, spot) = self.secure_spot(visiting).await?;
            let incoming = Incoming {
                text: Some(&text),
                attachments: vec![],
                provider_id: None,
                at: self.clock.now(),
                once: vec![once.clone()],
                awaits_code,
            };
            if self.store_message(&channel, spot, incoming).await?.is_some() {
                return Ok(());
            }
        }
        Err(WriteError::Failed(AppError::Busy))
    }

    /// What the rules would do to a customer's draft here, so that the page can say so before it is sent.
    pub async fn check_customer_draft(&self, visiting: &Visiting, text: &Raw) -> Result<DraftCheck> {
        let row = self
            .store
            .conversation(visiting.brand, visiting.conversation)
            .await?
            .ok_or(AppError::NotFound)?;
        let language = Self::language_of(&row, Some(text));
        let judged = self
            .judge(Rung::Secure, Direction::Inbound, None, text)
            .await
            .map_err(|_| AppError::Failed("the text could not be checked".into()))?;
        let spans = crate::draft::utf16_spans(&judged);
        let mut check = DraftCheck::default();
        for ((finding, decision), (start, end)) in judged.decided.iter().zip(spans) {
            let fate = fate(decision.disposition);
            if matches!(fate, "allow" | "warn") {
                continue;
            }
            check.refused |= fate == "block";
            check.findings.push(DraftFinding {
                start,
                end,
                data_type: finding.data_type,
                label: finding.data_type.label(),
                verdict: if fate == "block" { "refuse" } else { "confirm" },
                asked: false,
                why: what_happens(fate, language).to_owned(),
            });
        }
        Ok(check)
    }

    /// The customer's spot in the messenger.
    pub(crate) async fn secure_spot(
        &self,
        visiting: &Visiting,
    ) -> Result<(aside_model::rows::ChannelRow, Spot)> {
        let brand = visiting.brand;
        let conversation =
            self.store.conversation(brand, visiting.conversation).await?.ok_or(AppError::NotFound)?;
        let handle = self.store.handle(brand, visiting.handle).await?.ok_or(AppError::NotFound)?;
        let ring = self.ring(brand, handle.keyring).await?;
        let channel = self.secure_channel(brand).await?;
        let address = self.secure_address(brand, &channel, &conversation, &handle)?;
        let thread =
            self.store.thread_at(brand, channel.channel, address).await?.ok_or(AppError::NotFound)?;
        Ok((channel, Spot { handle, ring, conversation, thread, new: vec![], guards: vec![] }))
    }
}

/// What happens to a value in a customer's draft, for the customer.
const fn what_happens(fate: &str, language: Language) -> &'static str {
    let blocked = matches!(fate.as_bytes(), b"block");
    match (language, blocked) {
        (Language::English, true) => "Never needed here: it will be removed before anything is stored.",
        (Language::English, false) => "Will be masked; each opening is recorded.",
        (Language::German, true) => {
            "Wird hier nie gebraucht: Es wird entfernt, bevor etwas gespeichert wird."
        }
        (Language::German, false) => "Wird maskiert; jedes Öffnen wird festgehalten.",
        (Language::French, true) => "Jamais nécessaire ici : ce sera retiré avant tout enregistrement.",
        (Language::French, false) => "Sera masqué ; chaque ouverture est consignée.",
        (Language::Spanish, true) => "Aquí nunca hace falta: se eliminará antes de guardar nada.",
        (Language::Spanish, false) => "Se ocultará; cada apertura queda registrada.",
    }
}
