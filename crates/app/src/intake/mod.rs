//! What comes in: from the raw bytes of a network's request to durable rows.
//!
//! Order matters here. The signature is checked over the raw bytes; each event is routed by its account;
//! the detector and the rules speak before anything is written; one command per event holds message,
//! values, holds, ledger entry, jobs and the event's once key; only when all are durable does the network
//! get its 200.

mod arrived;
mod look_back;
mod reported;
mod same_person;
mod status;
mod written;

pub(crate) use written::{Incoming, Spot, TRIES, asks_to_hold, asks_to_move};

use crate::{
    App, HookError,
    networks::{Networks, NotTaken},
};
use aside_channels::{Event, Inbound};
use aside_model::{
    BrandId, ConnectionId, Network, Raw, Rung, Time,
    rows::{ChannelRow, ConnectionRow},
};
use bytes::Bytes;
use futures::FutureExt;
use std::{panic::AssertUnwindSafe, time::Duration};

/// How old an event may be. The keys by which repeated events are known live for 90 days.
const OLDEST: Duration = Duration::from_hours(85 * 24);

/// What became of a request's events.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct TakenIn {
    /// Messages that are new here.
    pub messages: u32,
    /// Events that were here already.
    pub repeated: u32,
    /// Edits and removals that were followed.
    pub changed: u32,
    /// Reports about what we sent.
    pub reports: u32,
    /// Events that this program does not know, that are too old to be told from replayed ones, or whose
    /// customer was erased while they came.
    pub not_understood: u32,
    /// Events for accounts that are no channel of this connection.
    pub unknown_account: u32,
}

/// What became of one event.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Fate {
    Message,
    Repeated,
    Changed,
    Report,
    NotUnderstood,
}

impl TakenIn {
    /// The largest request that is taken, in bytes: what the networks' parsers take.
    pub const MOST_BYTES: usize = aside_channels::facebook::MAX_BODY;
}

impl App {
    /// Answers a network's subscription handshake: the challenge to echo.
    pub async fn hook_handshake(
        &self,
        network: &str,
        connection: &str,
        query: &str,
    ) -> Result<String, HookError> {
        let (row, secrets) = self.door(network, connection).await?;
        Networks::handshake(row.network, secrets.expose().as_bytes(), query).map_err(refused)
    }

    /// The header in which the network of this name signs what it posts; `None` for a name that is no network's
    /// or a network that posts nothing.
    pub fn signature_header(network: &str) -> Option<&'static str> {
        network.parse().ok().and_then(Networks::signature_header)
    }

    /// Takes in a network's request. When this returns, everything it caused is durable.
    pub async fn take_in(
        &self,
        network: &str,
        connection: &str,
        signature: Option<&str>,
        body: Bytes,
    ) -> Result<TakenIn, HookError> {
        let (row, secrets) = self.door(network, connection).await?;
        let events = Networks::open(row.network, secrets.expose().as_bytes(), signature, &body)
            .inspect_err(|_| self.counts.hook_refused.add(1))
            .map_err(refused)?;
        let channels = self.store.channels(row.brand).await?;
        let oldest = self.clock.now().minus(OLDEST);
        let mut taken = TakenIn::default();
        let mut first_error = None;
        for inbound in events {
            let channel = channels.iter().find(|c| {
                c.connection == Some(row.connection) && c.account == inbound.account && c.rung == inbound.rung
            });
            let Some(channel) = channel else {
                if matches!(inbound.event, Event::NotUnderstood { .. }) {
                    taken.not_understood += 1;
                } else {
                    taken.unknown_account += 1;
                }
                continue;
            };
            // Some bodies tell no time; what tells one must be as young as the keys of what was taken.
            if inbound.at > Time(0) && inbound.at < oldest {
                taken.not_understood += 1;
                continue;
            }
            match self.take_event_safely(channel, inbound).await {
                Ok(Fate::Message) => taken.messages += 1,
                Ok(Fate::Repeated) => taken.repeated += 1,
                Ok(Fate::Changed) => taken.changed += 1,
                Ok(Fate::Report) => taken.reports += 1,
                Ok(Fate::NotUnderstood) => taken.not_understood += 1,
                Err(error) => {
                    // The network sends the whole body again; the events that follow need not wait for it.
                    first_error.get_or_insert(error);
                }
            }
        }
        self.counts.took_in(&taken);
        match first_error {
            Some(error) => Err(error.into()),
            None => Ok(taken),
        }
    }

    /// The connection behind an address, with its secrets.
    async fn door(&self, network: &str, connection: &str) -> Result<(ConnectionRow, Raw), HookError> {
        let network: Network = network.parse().map_err(|_| HookError::UnknownConnection)?;
        let connection: ConnectionId = connection.parse().map_err(|_| HookError::UnknownConnection)?;
        let row = self.store.connection_anywhere(connection).await?.ok_or(HookError::UnknownConnection)?;
        if row.network != network {
            return Err(HookError::UnknownConnection);
        }
        let secrets = self.connection_secrets(&row)?;
        Ok((row, secrets))
    }

    /// A connection's secrets, opened.
    pub(crate) fn connection_secrets(&self, row: &ConnectionRow) -> crate::Result<Raw> {
        let keys = self.keys.brand(row.brand).map_err(|e| crate::AppError::Failed(e.to_string()))?;
        let opened = keys.own().open(row.connection.bytes(), "connection", &row.secrets_sealed)?;
        let text = std::str::from_utf8(&opened)
            .map_err(|_| crate::AppError::Failed("a connection's secrets are not UTF-8".into()))?;
        Ok(Raw::new(text.to_owned()))
    }

    /// Takes an event, so that it spoils nothing around it: a panic is an error, and what is about something
    /// that was erased while it came is passed over.
    async fn take_event_safely(&self, channel: &ChannelRow, inbound: Inbound) -> crate::Result<Fate> {
        match AssertUnwindSafe(self.take_event(channel, inbound)).catch_unwind().await {
            Ok(Err(crate::AppError::NotFound)) => {
                tracing::info!("what an event is about is gone");
                Ok(Fate::NotUnderstood)
            }
            Ok(taken) => taken,
            Err(_) => Err(crate::AppError::Failed("a panic over an event".into())),
        }
    }

    async fn take_event(&self, channel: &ChannelRow, inbound: Inbound) -> crate::Result<Fate> {
        let Inbound { account, rung, event_key, at, event } = inbound;
        let once = self.event_key(channel, &account, rung, &event_key)?;
        match event {
            Event::Message { from, provider_id, thread, text, attachments, in_reply_to: _ } => {
                let written = written::Written { from, provider_id, thread, text, attachments, at };
                self.take_message(channel, once, written).await
            }
            Event::Arrived { from, provider_id, thread, token } => {
                let arrival = arrived::Arrival { from, provider_id, thread, token, at };
                self.take_arrival(channel, once, &arrival).await
            }
            Event::Edited { from, provider_id, thread, text, attachments } => {
                let written = written::Written { from, provider_id, thread, text, attachments, at };
                self.take_edit(channel, once, written).await
            }
            Event::Removed { provider_id } => self.take_removal(channel, once, &provider_id, at).await,
            Event::Visibility { provider_id, hidden } => {
                self.take_visibility(channel, once, &provider_id, hidden).await
            }
            Event::Delivered { to, provider_ids, watermark } => {
                self.take_delivered(channel, &to, &provider_ids, watermark).await
            }
            Event::Read { by, watermark } => self.take_read(channel, &by, watermark).await,
            Event::Status { provider_id, became } => {
                let report = reported::Report { provider_id: &provider_id, became, at };
                self.take_status(channel, once, &report).await
            }
            Event::SamePerson { id, before, moved } => {
                self.take_same_person(channel, &id, &before, moved).await
            }
            Event::Echo { .. } => Ok(Fate::Report),
            Event::NotUnderstood { kind, .. } => {
                tracing::info!(network = channel.network.name(), kind, "event not understood");
                Ok(Fate::NotUnderstood)
            }
        }
    }

    /// The once key of an event: a keyed hash, since provider ids can name people.
    fn event_key(
        &self,
        channel: &ChannelRow,
        account: &str,
        rung: Rung,
        key: &str,
    ) -> crate::Result<Vec<u8>> {
        if aside_model::sabotage::on(aside_model::sabotage::Switch::ReplayAccepted) {
            let mut bytes = vec![0; 32];
            self.random.fill(&mut bytes);
            return Ok(bytes);
        }
        let text = format!("{}|{account}|{}|{key}", channel.network.name(), rung.name());
        Ok(self.index(channel.brand, "event", &text)?.to_vec())
    }

    /// The once key of a message at its network, whatever event tells of it.
    pub(crate) fn message_key(&self, channel: &ChannelRow, id: &str) -> crate::Result<Vec<u8>> {
        if aside_model::sabotage::on(aside_model::sabotage::Switch::ReplayAccepted) {
            let mut bytes = vec![0; 32];
            self.random.fill(&mut bytes);
            return Ok(bytes);
        }
        let text = format!("message|{}|{}|{id}", channel.network.name(), channel.account);
        Ok(self.index(channel.brand, "event", &text)?.to_vec())
    }

    /// The once key of a thread: a keyed hash, since keys outlive an erasure.
    pub(crate) fn thread_key(
        &self,
        brand: BrandId,
        address_index: &[u8; 32],
        handle: aside_model::HandleId,
    ) -> crate::Result<Vec<u8>> {
        let text = format!("{}|{handle}", hex::encode(address_index));
        Ok(self.index(brand, "thread once", &text)?.to_vec())
    }

    /// The keyed hash of a network's id for a message, for finding it again.
    pub(crate) fn provider_index(
        &self,
        brand: BrandId,
        channel: &ChannelRow,
        id: &str,
    ) -> crate::Result<[u8; 32]> {
        self.index(brand, "provider", &format!("{}|{}|{id}", channel.network.name(), channel.account))
    }
}

const fn refused(why: NotTaken) -> HookError {
    match why {
        NotTaken::Signature => HookError::BadSignature,
        NotTaken::Malformed => HookError::Malformed,
        NotTaken::NoDoor => HookError::UnknownConnection,
    }
}
