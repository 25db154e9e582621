//! The documented forms of well-known secret keys.

/// Which signs follow a prefix.
#[derive(Clone, Copy)]
pub(super) enum Alphabet {
    /// `A-Z0-9`
    Upper,
    /// `0-9a-f`
    Hex,
    /// `A-Za-z0-9`
    Alnum,
    /// `A-Za-z0-9_-`
    Url,
    /// `A-Za-z0-9_-.`
    Dotted,
    /// `A-Za-z0-9+/=_-`
    Base64,
}

impl Alphabet {
    pub(super) const fn has(self, byte: u8) -> bool {
        match self {
            Alphabet::Upper => byte.is_ascii_uppercase() || byte.is_ascii_digit(),
            Alphabet::Hex => byte.is_ascii_hexdigit(),
            Alphabet::Alnum => byte.is_ascii_alphanumeric(),
            Alphabet::Url => byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'),
            Alphabet::Dotted => byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'),
            Alphabet::Base64 => {
                byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'_' | b'-')
            }
        }
    }
}

/// A vendor's key: prefix, the signs after it, and how few and how many there are.
pub(super) struct Vendor {
    pub(super) prefix: &'static str,
    pub(super) alphabet: Alphabet,
    pub(super) fewest: usize,
    pub(super) most: usize,
}

const fn key(prefix: &'static str, alphabet: Alphabet, fewest: usize, most: usize) -> Vendor {
    Vendor { prefix, alphabet, fewest, most }
}

pub(super) const VENDORS: &[Vendor] = &[
    key("AKIA", Alphabet::Upper, 16, 16),  // AWS access key
    key("ASIA", Alphabet::Upper, 16, 16),  // AWS temporary key
    key("ABIA", Alphabet::Upper, 16, 16),  // AWS STS bearer
    key("ghp_", Alphabet::Alnum, 36, 255), // GitHub personal
    key("gho_", Alphabet::Alnum, 36, 255),
    key("ghu_", Alphabet::Alnum, 36, 255),
    key("ghs_", Alphabet::Alnum, 36, 255),
    key("ghr_", Alphabet::Alnum, 36, 255),
    key("github_pat_", Alphabet::Url, 50, 255),
    key("glpat-", Alphabet::Dotted, 20, 255), // GitLab
    key("gldt-", Alphabet::Url, 20, 64),
    key("glrt-", Alphabet::Dotted, 20, 64),
    key("xoxb-", Alphabet::Url, 20, 255), // Slack
    key("xoxp-", Alphabet::Url, 20, 255),
    key("xoxa-", Alphabet::Url, 20, 255),
    key("xoxr-", Alphabet::Url, 20, 255),
    key("xoxs-", Alphabet::Url, 20, 255),
    key("xapp-", Alphabet::Url, 20, 255),
    key("hooks.slack.com/services/", Alphabet::Base64, 30, 96),
    key("sk_live_", Alphabet::Alnum, 16, 247), // Stripe
    key("rk_live_", Alphabet::Alnum, 16, 247),
    key("sk_test_", Alphabet::Alnum, 16, 247),
    key("rk_test_", Alphabet::Alnum, 16, 247),
    key("whsec_", Alphabet::Base64, 24, 96),
    key("AIza", Alphabet::Url, 35, 35), // Google
    key("ya29.", Alphabet::Dotted, 30, 512),
    key("GOCSPX-", Alphabet::Url, 28, 28),
    key("1//0", Alphabet::Url, 40, 256),
    key("npm_", Alphabet::Alnum, 36, 36),
    key("pypi-AgEIcHlwaS5vcmc", Alphabet::Url, 50, 512),
    key("dckr_pat_", Alphabet::Url, 27, 64),
    key("SG.", Alphabet::Dotted, 60, 70), // SendGrid
    key("SK", Alphabet::Hex, 32, 32),     // Twilio
    key("key-", Alphabet::Hex, 32, 32),   // Mailgun
    key("sk-ant-", Alphabet::Url, 32, 255),
    key("sk-proj-", Alphabet::Url, 32, 255),
    key("sk-", Alphabet::Alnum, 48, 64),
    key("hf_", Alphabet::Alnum, 34, 40),
    key("shpat_", Alphabet::Hex, 32, 32), // Shopify
    key("shpss_", Alphabet::Hex, 32, 32),
    key("shpca_", Alphabet::Hex, 32, 32),
    key("shppa_", Alphabet::Hex, 32, 32),
    key("dop_v1_", Alphabet::Hex, 64, 64), // DigitalOcean
    key("doo_v1_", Alphabet::Hex, 64, 64),
    key("lin_api_", Alphabet::Alnum, 40, 40),
    key("PMAK-", Alphabet::Url, 59, 59),
    key("sq0atp-", Alphabet::Url, 22, 22), // Square
    key("sq0csp-", Alphabet::Url, 43, 43),
    key("EAAA", Alphabet::Url, 60, 255), // Square, Facebook
    key("access_token$production$", Alphabet::Alnum, 40, 64),
    key("hvs.", Alphabet::Url, 24, 255), // Vault
    key("dp.pt.", Alphabet::Alnum, 40, 44),
    key("NRAK-", Alphabet::Upper, 27, 27), // New Relic
    key("sbp_", Alphabet::Hex, 40, 40),
    key("figd_", Alphabet::Url, 40, 64),
    key("ATATT3", Alphabet::Base64, 100, 255), // Atlassian
    key("xkeysib-", Alphabet::Url, 64, 96),    // Brevo
    key("AGE-SECRET-KEY-1", Alphabet::Upper, 58, 58),
];
