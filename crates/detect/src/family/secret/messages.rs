//! Keys of mail, chat and social networks, after the vendors' documentation.

use super::shape::{
    Alphabet::{Alnum, Base64, Dotted, Hex, Loose, Lower, Url},
    Vendor, key,
};

pub(super) const VENDORS: &[Vendor] = &[
    key("xoxb-", Url, 20, 255),                           // Slack: bot
    key("xoxp-", Url, 20, 255),                           // Slack: user
    key("xoxa-", Url, 20, 255),                           // Slack: workspace
    key("xoxr-", Url, 20, 255),                           // Slack: refresh
    key("xoxs-", Url, 20, 255),                           // Slack: session
    key("xoxc-", Url, 20, 255),                           // Slack: browser
    key("xoxd-", Loose, 20, 512),                         // Slack: cookie
    key("xoxe-", Url, 20, 512),                           // Slack: refresh, rotating
    key("xoxe.xox", Dotted, 20, 512),                     // Slack: access, rotating
    key("xapp-", Url, 20, 255),                           // Slack: app
    key("hooks.slack.com/services/", Base64, 30, 96),     // Slack: webhook
    key("hooks.slack.com/workflows/", Base64, 30, 128),   // Slack: workflow
    key("discord.com/api/webhooks/", Base64, 70, 120),    // Discord: webhook
    key("discordapp.com/api/webhooks/", Base64, 70, 120), // Discord: webhook, older
    key("webhook.office.com/webhookb2/", Loose, 80, 300), // Teams: webhook
    key("hooks.zapier.com/hooks/catch/", Base64, 12, 48), // Zapier: webhook
    key("maker.ifttt.com/trigger/", Base64, 40, 200),     // IFTTT: webhook
    key("SG.", Dotted, 60, 70),                           // SendGrid
    key("key-", Hex, 32, 32),                             // Mailgun
    key("xkeysib-", Url, 64, 96),                         // Brevo
    key("xsmtpsib-", Url, 64, 96),                        // Brevo: mail
    key("mlsn.", Hex, 60, 72),                            // MailerSend
    key("md-", Url, 22, 22),                              // Mandrill
    key("os_v2_app_", Lower, 80, 120),                    // OneSignal: app
    key("os_v2_org_", Lower, 80, 120),                    // OneSignal: organisation
    key("EAAC", Alnum, 100, 400),                         // Meta
    key("EAAB", Alnum, 100, 400),                         // Meta
    key("EAAD", Alnum, 100, 400),                         // Meta
    key("EAAE", Alnum, 100, 400),                         // Meta
    key("EAAG", Alnum, 100, 400),                         // Meta
    key("EAAJ", Alnum, 100, 400),                         // Meta
    key("EAAM", Alnum, 100, 400),                         // Meta
    key("IGQV", Url, 100, 400),                           // Instagram
    key("IGAA", Url, 100, 400),                           // Instagram
    key("AAAAAAAAAAAAAAAAAAAAA", Loose, 60, 120),         // X: bearer
    key("WPL_AP1.", Dotted, 16, 64),                      // LinkedIn: secret
    key("pina_", Url, 60, 200),                           // Pinterest
    key("sl.u.", Url, 100, 2048),                         // Dropbox
    key("sl.B", Url, 100, 2048),                          // Dropbox
    key("sk.eyJ", Dotted, 60, 200),                       // Mapbox
    key("KEY0", Url, 50, 60),                             // Telnyx
];
