//! The networks that this program speaks with, one arm each. See ARCHITECTURE.md, "How to add a network".

use aside_channels::{Connector, Inbound, facebook, instagram, secure, telegram, whatsapp};
use aside_model::{Network, rows::ConnectionRow};

/// Builds connectors over one HTTP client.
pub struct Networks {
    http: reqwest::Client,
}

/// Why a request at a hook is not taken.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum NotTaken {
    /// It is not signed with the connection's secret.
    Signature,
    /// It is signed, and is not what the network sends.
    Malformed,
    /// This network posts nothing to us, or its secrets do not read.
    NoDoor,
}

impl Networks {
    /// Connectors that send over this client.
    pub const fn new(http: reqwest::Client) -> Self {
        Self { http }
    }

    /// The header in which a network signs what it posts; `None` where it posts nothing to us.
    pub(crate) const fn signature_header(network: Network) -> Option<&'static str> {
        match network {
            Network::Facebook => Some(facebook::SIGNATURE_HEADER),
            Network::Whatsapp => Some(whatsapp::SIGNATURE_HEADER),
            Network::Instagram => Some(instagram::SIGNATURE_HEADER),
            Network::Telegram => Some(telegram::SECRET_HEADER),
            Network::Secure | Network::Email | Network::Phone => None,
        }
    }

    /// Answers a network's subscription handshake.
    pub(crate) fn handshake(network: Network, secrets: &[u8], query: &str) -> Result<String, NotTaken> {
        match network {
            Network::Facebook => {
                let secrets = facebook::FacebookSecrets::from_json(secrets).map_err(|_| NotTaken::NoDoor)?;
                facebook::handshake(&secrets, query).map_err(|_| NotTaken::Signature)
            }
            Network::Whatsapp => {
                let secrets = whatsapp::WhatsappSecrets::from_json(secrets).map_err(|_| NotTaken::NoDoor)?;
                whatsapp::handshake(&secrets, query).map_err(|_| NotTaken::Signature)
            }
            Network::Instagram => {
                let secrets =
                    instagram::InstagramSecrets::from_json(secrets).map_err(|_| NotTaken::NoDoor)?;
                instagram::handshake(&secrets, query).map_err(|_| NotTaken::Signature)
            }
            // Telegram asks nothing back: a call of ours sets the webhook.
            Network::Telegram | Network::Secure | Network::Email | Network::Phone => Err(NotTaken::NoDoor),
        }
    }

    /// The events in a network's request, once its signature over the raw bytes is checked.
    pub(crate) fn open(
        network: Network,
        secrets: &[u8],
        signature: Option<&str>,
        body: &[u8],
    ) -> Result<Vec<Inbound>, NotTaken> {
        match network {
            Network::Facebook => {
                let secrets = facebook::FacebookSecrets::from_json(secrets).map_err(|_| NotTaken::NoDoor)?;
                facebook::verify(&secrets, body, signature).map_err(|_| NotTaken::Signature)?;
                facebook::parse(body).map_err(|_| NotTaken::Malformed)
            }
            Network::Whatsapp => {
                let secrets = whatsapp::WhatsappSecrets::from_json(secrets).map_err(|_| NotTaken::NoDoor)?;
                whatsapp::verify(&secrets, body, signature).map_err(|_| NotTaken::Signature)?;
                whatsapp::parse(body).map_err(|_| NotTaken::Malformed)
            }
            Network::Instagram => {
                let secrets =
                    instagram::InstagramSecrets::from_json(secrets).map_err(|_| NotTaken::NoDoor)?;
                instagram::verify(&secrets, body, signature).map_err(|_| NotTaken::Signature)?;
                instagram::parse(body).map_err(|_| NotTaken::Malformed)
            }
            Network::Telegram => {
                let secrets = telegram::TelegramSecrets::from_json(secrets).map_err(|_| NotTaken::NoDoor)?;
                telegram::verify(&secrets, signature).map_err(|_| NotTaken::Signature)?;
                let bot = secrets.bot().ok_or(NotTaken::NoDoor)?;
                telegram::parse(bot, body).map_err(|_| NotTaken::Malformed)
            }
            Network::Secure | Network::Email | Network::Phone => Err(NotTaken::NoDoor),
        }
    }

    /// The connector of a channel: its connection's row and opened secrets, or the brand's own messenger.
    pub(crate) fn connector(
        &self,
        network: Network,
        connection: Option<(&ConnectionRow, &[u8])>,
    ) -> Option<Box<dyn Connector>> {
        match (network, connection) {
            (Network::Secure, _) => Some(Box::new(secure::Secure)),
            (Network::Facebook, Some((row, secrets))) => {
                let secrets = facebook::FacebookSecrets::from_json(secrets).ok()?;
                Some(Box::new(facebook::Facebook::new(self.http.clone(), &row.api_base, secrets)))
            }
            (Network::Whatsapp, Some((row, secrets))) => {
                let secrets = whatsapp::WhatsappSecrets::from_json(secrets).ok()?;
                Some(Box::new(whatsapp::Whatsapp::new(self.http.clone(), &row.api_base, secrets)))
            }
            (Network::Instagram, Some((row, secrets))) => {
                let secrets = instagram::InstagramSecrets::from_json(secrets).ok()?;
                Some(Box::new(instagram::Instagram::new(self.http.clone(), &row.api_base, secrets)))
            }
            (Network::Telegram, Some((row, secrets))) => {
                let secrets = telegram::TelegramSecrets::from_json(secrets).ok()?;
                Some(Box::new(telegram::Telegram::new(self.http.clone(), &row.api_base, secrets)))
            }
            _ => None,
        }
    }

    /// How a network protects the way, in a sentence for people.
    pub(crate) const fn protection(network: Network) -> &'static str {
        match network {
            Network::Facebook | Network::Instagram | Network::Whatsapp | Network::Telegram => {
                "Encrypted on the way to the network; the network reads along."
            }
            Network::Secure => "Encrypted on the way to the brand and in its store; nobody else reads along.",
            Network::Email => "Encrypted on the way where both mail servers can; both read along.",
            Network::Phone => "Not encrypted end to end; carriers can listen.",
        }
    }
}
