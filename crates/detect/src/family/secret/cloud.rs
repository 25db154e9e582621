//! Keys of clouds, hosts and databases, after the vendors' documentation.

use super::shape::{
    Alphabet::{Alnum, Base64, Dotted, Hex, Loose, Upper, Url},
    Vendor, around, key,
};

pub(super) const VENDORS: &[Vendor] = &[
    key("AKIA", Upper, 16, 16),                       // AWS: access key
    key("ASIA", Upper, 16, 16),                       // AWS: temporary access key
    key("ABIA", Upper, 16, 16),                       // AWS: STS bearer token
    key("ACCA", Upper, 16, 16),                       // AWS: context-specific credential
    key("ABSK", Base64, 100, 300),                    // AWS: Bedrock API key
    key("amzn.mws.", Url, 36, 36),                    // Amazon: marketplace web service
    key("amzn1.oa2-cs.v1.", Hex, 64, 64),             // Amazon: login client secret
    key("Atza|", Base64, 60, 1024),                   // Amazon: login access token
    key("Atzr|", Base64, 60, 1024),                   // Amazon: login refresh token
    key("AIza", Url, 35, 35),                         // Google: API key
    key("ya29.", Dotted, 30, 1024),                   // Google: OAuth access token
    key("GOCSPX-", Url, 28, 28),                      // Google: OAuth client secret
    key("1//0", Url, 40, 256),                        // Google: OAuth refresh token
    around(11, ":APA91b", Url, 120, 160),             // Google: Firebase registration
    around(3, "8Q~", Loose, 31, 34),                  // Microsoft: Entra client secret
    around(3, "7Q~", Loose, 31, 34),                  // Microsoft: Entra client secret, older
    key("AccountKey=", Base64, 86, 88),               // Microsoft: storage connection
    key("SharedAccessKey=", Base64, 43, 88),          // Microsoft: bus and hub connection
    key("SharedAccessSignature sr=", Loose, 40, 512), // Microsoft: signed access
    around(76, "+ASt", Base64, 6, 8),                 // Microsoft: storage
    around(76, "ACDb", Base64, 6, 8),                 // Microsoft: Cosmos DB
    around(76, "+ABa", Base64, 6, 8),                 // Microsoft: batch
    around(76, "+AMC", Base64, 6, 8),                 // Microsoft: machine learning
    around(76, "APIm", Base64, 6, 8),                 // Microsoft: API management
    around(76, "AZDO", Alnum, 4, 4),                  // Microsoft: DevOps
    around(44, "AzFu", Base64, 6, 8),                 // Microsoft: functions
    around(42, "AzSe", Alnum, 6, 6),                  // Microsoft: search
    around(42, "+ACR", Base64, 6, 6),                 // Microsoft: container registry
    around(33, "AzCa", Base64, 6, 7),                 // Microsoft: Redis
    around(33, "AIoT", Base64, 6, 7),                 // Microsoft: IoT hub
    around(33, "+AEh", Base64, 6, 7),                 // Microsoft: event hubs
    around(33, "+ASb", Base64, 6, 7),                 // Microsoft: service bus
    key("LTAI", Alnum, 12, 26),                       // Alibaba Cloud
    key("AKID", Alnum, 32, 32),                       // Tencent Cloud
    key("ALTAK", Alnum, 20, 22),                      // Baidu Cloud
    key("AQVN", Url, 35, 38),                         // Yandex Cloud: API key
    key("y0_", Url, 55, 80),                          // Yandex: OAuth
    key("YCAJE", Url, 18, 24),                        // Yandex Cloud: static key
    key("YCP", Url, 35, 40),                          // Yandex Cloud: static secret
    key("dop_v1_", Hex, 64, 64),                      // DigitalOcean: personal
    key("doo_v1_", Hex, 64, 64),                      // DigitalOcean: OAuth
    key("dor_v1_", Hex, 64, 64),                      // DigitalOcean: refresh
    key("SCW", Upper, 17, 17),                        // Scaleway
    key("HRKU-", Url, 36, 65),                        // Heroku
    key("fo1_", Url, 43, 43),                         // Fly.io
    key("fm1r_", Base64, 100, 2048),                  // Fly.io
    key("fm2_", Base64, 100, 2048),                   // Fly.io
    key("rnd_", Alnum, 28, 32),                       // Render
    key("nfp_", Alnum, 36, 40),                       // Netlify
    key("vcp_", Alnum, 48, 64),                       // Vercel: personal
    key("vca_", Alnum, 48, 64),                       // Vercel: app
    key("vci_", Alnum, 48, 64),                       // Vercel: integration
    key("vcr_", Alnum, 48, 64),                       // Vercel: refresh
    key("vck_", Alnum, 48, 64),                       // Vercel: AI gateway
    key("v1.0-", Url, 140, 200),                      // Cloudflare: origin CA
    key("cfut_", Alnum, 40, 64),                      // Cloudflare: user token
    key("cfat_", Alnum, 40, 64),                      // Cloudflare: account token
    key("cfk_", Alnum, 40, 64),                       // Cloudflare: global key
    key("dp.pt.", Alnum, 40, 44),                     // Doppler: personal
    key("dp.st.", Dotted, 40, 80),                    // Doppler: service
    key("dp.ct.", Alnum, 40, 44),                     // Doppler: command line
    key("dp.sa.", Alnum, 40, 44),                     // Doppler: service account
    key("dp.scim.", Alnum, 40, 44),                   // Doppler: directory
    key("dp.audit.", Alnum, 40, 44),                  // Doppler: audit
    key("pul-", Hex, 40, 40),                         // Pulumi
    around(14, ".atlasv1.", Base64, 60, 70),          // HashiCorp: Terraform Cloud
    key("hvs.", Url, 24, 255),                        // HashiCorp: Vault service
    key("hvb.", Url, 100, 300),                       // HashiCorp: Vault batch
    key("hvr.", Url, 24, 255),                        // HashiCorp: Vault recovery
    key("dapi", Hex, 32, 32),                         // Databricks
    key("AVNS_", Url, 16, 32),                        // Aiven
    key("sbp_", Hex, 40, 40),                         // Supabase: personal
    key("sb_secret_", Url, 22, 48),                   // Supabase: project
    key("napi_", Alnum, 60, 68),                      // Neon
    key("pscale_tkn_", Dotted, 32, 64),               // PlanetScale: service
    key("pscale_pw_", Dotted, 32, 64),                // PlanetScale: password
    key("pscale_oauth_", Dotted, 32, 64),             // PlanetScale: OAuth
    key("mdb_sa_sk_", Url, 40, 44),                   // MongoDB Atlas
    key("CCDB1_", Alnum, 40, 64),                     // CockroachDB
    key("essu_", Base64, 60, 120),                    // Elastic
    key("xau_", Alnum, 40, 48),                       // Xata
    key("tskey-auth-", Url, 20, 80),                  // Tailscale
    key("tskey-api-", Url, 20, 80),                   // Tailscale
    key("tskey-client-", Url, 20, 80),                // Tailscale
    key("tskey-webhook-", Url, 20, 80),               // Tailscale
    key("sha256~", Url, 43, 43),                      // OpenShift
    key("SWMTKN-1-", Url, 70, 80),                    // Docker: swarm join
    key("SWMKEY-1-", Base64, 40, 48),                 // Docker: swarm unlock
    key("dnkey-", Url, 50, 100),                      // Defined Networking
    key("ddp_", Alnum, 36, 36),                       // Deno
    key("secret-token:", Loose, 16, 512),             // RFC 8959: any vendor
];
