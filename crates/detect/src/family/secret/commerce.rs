//! Keys of payments, shops, parcels and customer records, after the vendors' documentation.

use super::shape::{
    Alphabet::{Alnum, Base64, Dotted, Hex, Loose, Lower, Url},
    Vendor, key,
};

pub(super) const VENDORS: &[Vendor] = &[
    key("sk_live_", Url, 16, 247),                  // Stripe and others: secret
    key("rk_live_", Url, 16, 247),                  // Stripe: restricted
    key("sk_test_", Url, 16, 247),                  // Stripe and others: test
    key("rk_test_", Url, 16, 247),                  // Stripe: restricted, test
    key("sk_org_", Url, 24, 247),                   // Stripe: organisation
    key("sk_prod_", Url, 24, 247),                  // several
    key("whsec_", Base64, 24, 96),                  // Stripe, Svix: webhook
    key("access_token$production$", Lower, 30, 64), // Braintree
    key("access_token$sandbox$", Lower, 30, 64),    // Braintree
    key("A21AA", Url, 80, 120),                     // PayPal
    key("sq0atp-", Url, 22, 22),                    // Square: access
    key("sq0csp-", Url, 43, 43),                    // Square: OAuth secret
    key("EAAA", Url, 60, 300),                      // Square, Meta
    key("AQE", Base64, 90, 300),                    // Adyen
    key("rzp_live_", Alnum, 14, 24),                // Razorpay
    key("rzp_test_", Alnum, 14, 24),                // Razorpay: test
    key("FLWSECK-", Url, 32, 48),                   // Flutterwave
    key("FLWSECK_TEST-", Url, 12, 48),              // Flutterwave: test
    key("live_", Alnum, 30, 48),                    // Mollie, GoCardless, Lob
    key("test_", Alnum, 30, 48),                    // the same: test
    key("access-production-", Url, 36, 36),         // Plaid
    key("access-development-", Url, 36, 36),        // Plaid
    key("access-sandbox-", Url, 36, 36),            // Plaid
    key("pdl_live_apikey_", Url, 40, 80),           // Paddle
    key("pdl_sdbx_apikey_", Url, 40, 80),           // Paddle: test
    key("pdl_ntfset_", Url, 40, 80),                // Paddle: notifications
    key("bxt_", Alnum, 32, 64),                     // Brex
    key("sup_sk_", Alnum, 24, 48),                  // SumUp
    key("duffel_live_", Url, 43, 43),               // Duffel
    key("duffel_test_", Url, 43, 43),               // Duffel: test
    key("EZAK", Alnum, 54, 54),                     // EasyPost
    key("EZTK", Alnum, 54, 54),                     // EasyPost: test
    key("shippo_live_", Hex, 40, 40),               // Shippo
    key("shippo_test_", Hex, 40, 40),               // Shippo: test
    key("shpat_", Hex, 32, 32),                     // Shopify: access
    key("shpss_", Hex, 32, 32),                     // Shopify: shared secret
    key("shpca_", Hex, 32, 32),                     // Shopify: custom app
    key("shppa_", Hex, 32, 32),                     // Shopify: private app
    key("shpua_", Hex, 32, 32),                     // Shopify: user
    key("ck_", Hex, 40, 40),                        // WooCommerce: key
    key("cs_", Hex, 40, 40),                        // WooCommerce: secret
    key("v^1.1#i^1#", Loose, 100, 4096),            // eBay
    key("IST.eyJ", Dotted, 100, 2048),              // Wix
    key("pat-na1-", Url, 36, 36),                   // HubSpot
    key("pat-na2-", Url, 36, 36),                   // HubSpot
    key("pat-eu1-", Url, 36, 36),                   // HubSpot
    key("pit-", Url, 36, 36),                       // HighLevel
    key("00D", Loose, 80, 160),                     // Salesforce: session
    key("dG9rO", Base64, 50, 64),                   // Intercom
    key("1000.", Dotted, 65, 65),                   // Zoho
    key("samsara_api_", Alnum, 28, 40),             // Samsara
    key("api_live.", Dotted, 28, 60),               // Onfido
    key("api_sandbox.", Dotted, 28, 60),            // Onfido: test
    key("secret-live-", Url, 30, 48),               // Stytch
    key("secret-test-", Url, 30, 48),               // Stytch: test
    key("sm_aat_", Alnum, 16, 40),                  // SettleMint
    key("sm_pat_", Alnum, 16, 40),                  // SettleMint
    key("zpka_", Url, 30, 60),                      // Zuplo
];
