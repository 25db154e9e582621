//! What a network reports of one message of ours: sent, delivered, read, failed, in any order.

use super::{Fate, written::TRIES};
use crate::{App, AppError, Result, outbox::with_code};
use aside_channels::Reported;
use aside_model::{
    BrandId, Command, Direction, Effect, Guard, JobState, MessageState, Outcome, Refusal, Time,
    rows::ChannelRow,
};
use std::time::Duration;

/// How long a report about a message that nobody knows may be about one that is just being sent.
const OVERTAKEN: Duration = Duration::from_mins(1);

/// A report.
pub(super) struct Report<'a> {
    /// The network's id for the message.
    pub(super) provider_id: &'a str,
    /// What became of it.
    pub(super) became: Reported,
    /// When, as the network says.
    pub(super) at: Time,
}

impl App {
    /// Follows a report. The furthest counts, whichever order they come in.
    pub(super) async fn take_status(
        &self,
        channel: &ChannelRow,
        once: Vec<u8>,
        report: &Report<'_>,
    ) -> Result<Fate> {
        for _ in 0..TRIES {
            let Some(row) = self.known(channel, report.provider_id).await? else {
                // It may have overtaken the answer to the sending; the network tells it again.
                let young = self.clock.now().since(report.at) < OVERTAKEN;
                if young && self.is_sending(channel.brand).await? {
                    return Err(AppError::Busy);
                }
                return Ok(Fate::Report);
            };
            let (state, reason) = state_of(report.became);
            if row.direction != Direction::Outbound || !is_further(row.state, state) {
                return Ok(Fate::Report);
            }
            let command = Command::new(row.brand)
                .guard(Guard::Once(once.clone()))
                .guard(Guard::MessageStateIs(row.message, row.state))
                .effect(Effect::MessageBecame { message: row.message, state, provider: None, reason })
                .effect(Effect::Announce(Some(row.conversation), Some(row.message), "status"));
            match self.store.apply(command).await? {
                Outcome::Applied(_) => {
                    if state == MessageState::Failed {
                        self.counts.send_failed.add(1);
                    }
                    return Ok(Fate::Report);
                }
                Outcome::Refused(Refusal { guard: Guard::Once(_) }) => return Ok(Fate::Repeated),
                Outcome::Refused(_) => {}
            }
        }
        Err(AppError::Busy)
    }

    /// Whether a network is being asked something at this moment.
    async fn is_sending(&self, brand: BrandId) -> Result<bool> {
        let counts = self.store.job_counts(brand).await?;
        Ok(counts.iter().any(|(state, count)| *state == JobState::Running && *count > 0))
    }
}

fn state_of(became: Reported) -> (MessageState, Option<String>) {
    match became {
        Reported::Sent => (MessageState::Sent, None),
        Reported::Delivered => (MessageState::Delivered, None),
        Reported::Read => (MessageState::Read, None),
        Reported::Failed { why, code } => (MessageState::Failed, Some(with_code(&why.to_string(), code))),
    }
}

/// Whether a report says more than is known. What reached the customer has not failed, whichever of the two
/// is told first: a network tries several devices of theirs.
fn is_further(known: MessageState, reported: MessageState) -> bool {
    let place = |state| match state {
        MessageState::Queued | MessageState::Unknown => Some(0),
        MessageState::Sent => Some(1),
        MessageState::Failed => Some(2),
        MessageState::Delivered => Some(3),
        MessageState::Read => Some(4),
        MessageState::Received | MessageState::Hidden | MessageState::Removed => None,
    };
    matches!((place(known), place(reported)), (Some(known), Some(reported)) if reported > known)
}

#[cfg(test)]
mod tests {
    use super::*;
    use MessageState::{Delivered, Failed, Queued, Read, Removed, Sent, Unknown};

    #[test]
    fn the_furthest_report_counts_in_every_order() {
        for (known, reported, further) in [
            (Sent, Delivered, true),
            (Sent, Read, true),
            (Read, Delivered, false),
            (Delivered, Sent, false),
            (Sent, Failed, true),
            (Delivered, Failed, false),
            (Failed, Delivered, true),
            (Failed, Sent, false),
            (Unknown, Delivered, true),
            (Queued, Sent, true),
            (Read, Read, false),
            (Removed, Read, false),
        ] {
            assert_eq!(is_further(known, reported), further, "{known} {reported}");
        }
    }
}
