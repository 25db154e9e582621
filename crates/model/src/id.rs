//! Ids: UUIDv7, one Rust type for each noun so that they cannot be mixed up.

use crate::{Clock, Random};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error};
use std::{fmt, hash::Hash, marker::PhantomData, str::FromStr};
use uuid::Uuid;

/// A UUIDv7 that names a `T`.
pub struct Id<T> {
    uuid: Uuid,
    of: PhantomData<fn() -> T>,
}

impl<T> Id<T> {
    /// A fresh id: 48 bits of time in milliseconds, 74 random bits (RFC 9562, section 5.7).
    pub fn new(clock: &dyn Clock, random: &dyn Random) -> Self {
        let mut bytes = [0; 10];
        random.fill(&mut bytes);
        let millis = u64::try_from(clock.now().millis()).unwrap_or(0);
        Self::from_uuid(uuid::Builder::from_unix_timestamp_millis(millis, &bytes).into_uuid())
    }

    /// The id with these bytes, as a table stores them.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self::from_uuid(Uuid::from_bytes(bytes))
    }

    /// The 16 bytes that a table stores.
    pub const fn bytes(self) -> [u8; 16] {
        *self.uuid.as_bytes()
    }

    const fn from_uuid(uuid: Uuid) -> Self {
        Self { uuid, of: PhantomData }
    }
}

/// The text is not an id.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
#[error("not an id: expected 32 hexadecimal digits, with or without hyphens")]
pub struct ParseIdError;

impl<T> FromStr for Id<T> {
    type Err = ParseIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Uuid::try_parse(text).map(Self::from_uuid).map_err(|_| ParseIdError)
    }
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<T> Copy for Id<T> {}
impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.uuid == other.uuid
    }
}
impl<T> Eq for Id<T> {}
impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.uuid.cmp(&other.uuid)
    }
}
impl<T> Hash for Id<T> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.uuid.hash(state);
    }
}
impl<T> fmt::Display for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.uuid.simple())
    }
}
impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}
impl<T> Serialize for Id<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
impl<'de, T> Deserialize<'de> for Id<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

macro_rules! ids {
    ($($(#[$doc:meta])* $alias:ident of $noun:ident;)+) => {
        /// What the ids name; never constructed.
        pub mod noun { $($(#[$doc])* #[derive(Debug)] pub enum $noun {})+ }
        $($(#[$doc])* pub type $alias = Id<noun::$noun>;)+
    };
}

ids! {
    /// A brand: the tenant, the data controller.
    BrandId of Brand;
    /// An app registered at a network, with its secret.
    ConnectionId of Connection;
    /// An account reached through a connection.
    ChannelId of Channel;
    /// A person who writes to the brand.
    CustomerId of Customer;
    /// A customer's address on one network.
    HandleId of Handle;
    /// The two random keys of one handle.
    KeyringId of Keyring;
    /// Everything about one matter with one customer.
    ConversationId of Conversation;
    /// A conversation's part on one channel.
    ThreadId of Thread;
    /// What was said.
    MessageId of Message;
    /// What happened; a leaf of the ledger.
    EntryId of Entry;
    /// A vault value; the token that stands in a text.
    ValueId of Value;
    /// A value sealed for the customer alone, for 24 hours.
    HoldId of Hold;
    /// A one-time link into the secure channel.
    LinkId of Link;
    /// A customer's or agent's session on one device.
    SessionId of Session;
    /// A one-time code on its way.
    CodeId of Code;
    /// Somebody who answers for the brand.
    AgentId of Agent;
    /// Something that must still be sent or done.
    JobId of Job;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Time;

    struct Fixed;
    impl Clock for Fixed {
        fn now(&self) -> Time {
            Time::from_millis(0x018f_0000_0001)
        }
    }
    impl Random for Fixed {
        fn fill(&self, out: &mut [u8]) {
            out.fill(0xab);
        }
    }

    #[test]
    fn an_id_is_a_uuid_version_7_and_reads_back() {
        let id = MessageId::new(&Fixed, &Fixed);
        assert_eq!(id.to_string(), "018f000000017bababababababababab");
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!("nonsense".parse::<MessageId>(), Err(ParseIdError));
    }
}
