//! The design's words as closed lists, each with the name that tables, rules and the API write.

use std::{fmt, str::FromStr};

/// The text is none of the words expected.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("`{found}` is not a {expected}")]
pub struct UnknownWord {
    /// What was expected, for instance `rung`.
    pub expected: &'static str,
    /// What was there instead.
    pub found: String,
}

macro_rules! words {
    ($($(#[$doc:meta])* $type:ident ($what:literal) { $($(#[$vdoc:meta])* $variant:ident = $name:literal,)+ })+) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum $type { $($(#[$vdoc])* $variant,)+ }

        impl $type {
            /// Every one, in order.
            pub const ALL: &'static [$type] = &[$($type::$variant,)+];

            /// The name that tables, rules and the API write.
            pub const fn name(self) -> &'static str {
                match self { $($type::$variant => $name,)+ }
            }
        }
        impl FromStr for $type {
            type Err = UnknownWord;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                match text {
                    $($name => Ok($type::$variant),)+
                    _ => Err(UnknownWord { expected: $what, found: text.to_owned() }),
                }
            }
        }
        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.name())
            }
        }
        impl serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.name())
            }
        }
        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )+};
}

words! {
    /// How private a channel is.
    Rung ("rung") {
        /// Everyone reads along.
        Public = "public",
        /// The network reads along.
        Direct = "direct",
        /// The brand's own messenger.
        Secure = "secure",
        /// The telephone.
        Voice = "voice",
    }
    /// A network that carries messages.
    Network ("network") {
        /// Facebook pages and Messenger.
        Facebook = "facebook",
        /// Instagram comments and direct messages.
        Instagram = "instagram",
        /// WhatsApp, through the Cloud API.
        Whatsapp = "whatsapp",
        /// Telegram bots, in private chats and in groups.
        Telegram = "telegram",
        /// The brand's own secure messenger.
        Secure = "secure",
        /// E-mail; here for one-time codes to addresses the brand already holds.
        Email = "email",
        /// Telephone numbers the brand already holds.
        Phone = "phone",
    }
    /// Which way a text goes.
    Direction ("direction") {
        /// From the customer to the brand.
        Inbound = "inbound",
        /// From the brand to the customer.
        Outbound = "outbound",
    }
    /// Who said it.
    Author ("author") {
        /// The customer.
        Customer = "customer",
        /// Somebody who answers for the brand.
        Agent = "agent",
        /// Aside itself: safe replies, invitations, reminders.
        System = "system",
    }
    /// Whether the detector and the rules have spoken about a text.
    Checks ("checks") {
        /// They have.
        Checked = "checked",
        /// They could not; the whole text is sealed and shown to nobody.
        Unchecked = "unchecked",
        /// It came with an attachment that nobody has looked into.
        Attachment = "attachment",
    }
    /// What became of a message. Later is further along, as far as networks report it in order.
    MessageState ("message state") {
        /// Taken in from a network.
        Received = "received",
        /// Waiting in the outbox.
        Queued = "queued",
        /// Taken by the network.
        Sent = "sent",
        /// Reported as delivered.
        Delivered = "delivered",
        /// Reported as read.
        Read = "read",
        /// Refused for good; the reason is shown.
        Failed = "failed",
        /// Nobody knows whether it went out: the answer was lost on the way.
        Unknown = "unknown",
        /// Hidden from the public.
        Hidden = "hidden",
        /// Taken back by its author on the network.
        Removed = "removed",
    }
    /// Whether a conversation still asks for somebody.
    ConversationState ("conversation state") {
        /// Somebody should answer.
        Open = "open",
        /// Solved.
        Closed = "closed",
    }
    /// How sure we are who writes.
    Assurance ("assurance") {
        /// Nothing is known but the handle.
        Anonymous = "anonymous",
        /// Holds a link that was sent to the handle.
        Linked = "linked",
        /// Proved an address that the brand already held.
        Checked = "checked",
        /// Signed in with the brand's login or a passkey.
        Authenticated = "authenticated",
        /// Signed in afresh for one action.
        SteppedUp = "stepped_up",
    }
    /// What somebody may do for the brand.
    Role ("role") {
        /// Answers customers.
        Agent = "agent",
        /// Watches over rules, requests and the ledger.
        PrivacyOfficer = "privacy_officer",
        /// Runs the installation.
        Administrator = "administrator",
    }
    /// Why a value is opened.
    Purpose ("purpose") {
        /// To make or take back a payment.
        Payment = "payment",
        /// To find out who is asking.
        Identification = "identification",
        /// To call, write or deliver to the customer.
        Contact = "contact",
        /// To solve the case itself.
        CaseHandling = "case_handling",
        /// To answer a request about the customer's own data.
        PrivacyRequest = "privacy_request",
    }
    /// What a job does.
    JobKind ("job kind") {
        /// Sends a message on its thread.
        Send = "send",
        /// Answers a public comment in private.
        PrivateReply = "private_reply",
        /// Hides a public comment.
        HideComment = "hide_comment",
        /// Sends a one-time code to an address that the brand holds.
        SendCode = "send_code",
        /// Reminds of an invitation that was not followed, with a new link.
        Remind = "remind",
    }
    /// What became of a job.
    JobState ("job state") {
        /// Waits until it is due.
        Due = "due",
        /// A worker has it.
        Running = "running",
        /// Done.
        Done = "done",
        /// Given up for good; shown to people.
        Failed = "failed",
        /// Nobody knows whether it was done; shown to people.
        Unknown = "unknown",
    }
}

impl JobKind {
    /// Whether it brings a message to its thread's customer, so that what becomes of the job becomes of the
    /// message, and an earlier one goes first.
    pub const fn sends_a_message(self) -> bool {
        matches!(self, Self::Send | Self::PrivateReply)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rungs_and_assurances_are_ordered_from_loose_to_strict() {
        assert!(Rung::Public < Rung::Direct && Rung::Direct < Rung::Secure && Rung::Secure < Rung::Voice);
        assert!(Assurance::Anonymous < Assurance::Linked && Assurance::Checked < Assurance::SteppedUp);
    }

    #[test]
    fn an_unknown_word_says_what_was_expected() {
        assert_eq!("attic".parse::<Rung>().unwrap_err().to_string(), "`attic` is not a rung");
    }
}
