//! Keys of code forges, package registries, builds and monitoring, after the vendors' documentation.

use super::shape::{
    Alphabet::{Alnum, Base64, Dotted, Hex, Lower, Upper, Url},
    Vendor, around, checked, key,
};

pub(super) const VENDORS: &[Vendor] = &[
    checked("ghp_"),                                                   // GitHub: personal
    checked("gho_"),                                                   // GitHub: OAuth
    checked("ghu_"),                                                   // GitHub: user to server
    checked("ghs_"),                                                   // GitHub: server to server
    checked("ghr_"),                                                   // GitHub: refresh
    key("github_pat_", Url, 50, 255),                                  // GitHub: fine-grained
    key("glpat-", Dotted, 20, 255),                                    // GitLab: personal
    key("gldt-", Url, 20, 64),                                         // GitLab: deploy
    key("glrt-", Dotted, 20, 64),                                      // GitLab: runner
    key("glrtr-", Dotted, 20, 64),                                     // GitLab: runner registration
    key("glcbt-", Url, 20, 64),                                        // GitLab: job
    key("glptt-", Hex, 40, 40),                                        // GitLab: trigger
    key("glft-", Url, 20, 64),                                         // GitLab: feed
    key("glimt-", Url, 20, 64),                                        // GitLab: incoming mail
    key("glagent-", Url, 48, 64),                                      // GitLab: agent
    key("gloas-", Hex, 64, 64),                                        // GitLab: OAuth
    key("glsoat-", Url, 20, 64),                                       // GitLab: directory
    key("glffct-", Url, 20, 64),                                       // GitLab: feature flags
    key("GR1348941", Url, 20, 20),                                     // GitLab: runner registration, older
    key("ATBB", Alnum, 32, 32),                                        // Bitbucket: app password
    key("ATCTT3", Base64, 100, 255),                                   // Bitbucket: repository
    key("ATATT3", Base64, 100, 255),                                   // Atlassian: account
    key("ATOA", Base64, 60, 255),                                      // Atlassian: OAuth
    key("ATTA", Hex, 60, 80),                                          // Trello
    checked("npm_"),                                                   // npm
    key("pypi-AgEIcHlwaS5vcmc", Url, 50, 512),                         // PyPI
    key("pypi-AgENdGVzdC5weXBpLm9yZw", Url, 50, 512),                  // PyPI: test
    key("rubygems_", Hex, 48, 48),                                     // RubyGems
    key("CLOJARS_", Alnum, 60, 60),                                    // Clojars
    key("oy2", Lower, 43, 43),                                         // NuGet
    key("dckr_pat_", Url, 27, 64),                                     // Docker: personal
    key("dckr_oat_", Url, 27, 64),                                     // Docker: organisation
    key("AKCp", Alnum, 60, 80),                                        // JFrog
    key("cmVmdGtuO", Alnum, 50, 60),                                   // JFrog: reference token
    key("squ_", Hex, 40, 40),                                          // SonarQube: user
    key("sqp_", Hex, 40, 40),                                          // SonarQube: project
    key("sqa_", Hex, 40, 40),                                          // SonarQube: analysis
    key("snyk_uat.", Dotted, 30, 120),                                 // Snyk
    key("CCIPAT_", Url, 40, 80),                                       // CircleCI: personal
    key("CCIPRJ_", Url, 40, 80),                                       // CircleCI: project
    key("bkua_", Hex, 40, 40),                                         // Buildkite: user
    key("sgp_", Url, 40, 60),                                          // Sourcegraph
    key("slk_", Hex, 64, 64),                                          // Sourcegraph: licence
    key("PMAK-", Url, 59, 59),                                         // Postman
    key("figd_", Url, 40, 64),                                         // Figma
    key("lin_api_", Alnum, 40, 40),                                    // Linear
    key("lin_oauth_", Hex, 64, 64),                                    // Linear: OAuth
    key("ntn_", Alnum, 40, 50),                                        // Notion
    key("secret_", Alnum, 43, 43),                                     // Notion, older
    key("CFPAT-", Url, 43, 43),                                        // Contentful
    key("tfp_", Url, 40, 64),                                          // Typeform
    key("rdme_", Alnum, 60, 80),                                       // ReadMe
    key("fio-u-", Url, 64, 64),                                        // Frame.io
    key("p8e-", Alnum, 32, 32),                                        // Adobe
    key("ops_eyJ", Base64, 200, 2048),                                 // 1Password: service account
    key("A3-", Url, 38, 40),                                           // 1Password: secret key
    key("AGE-SECRET-KEY-1", Upper, 58, 58),                            // age
    key("glc_", Base64, 32, 400),                                      // Grafana: cloud
    key("glsa_", Url, 41, 41),                                         // Grafana: service account
    key("sntrys_", Base64, 60, 400),                                   // Sentry: organisation
    key("sntryu_", Hex, 64, 64),                                       // Sentry: user
    key("NRAK-", Upper, 27, 27),                                       // New Relic: user
    key("NRII-", Url, 32, 32),                                         // New Relic: insert
    key("NRJS-", Hex, 19, 19),                                         // New Relic: browser
    key("dt0c01.", Dotted, 80, 100),                                   // Dynatrace: access
    key("dt0s01.", Dotted, 80, 100),                                   // Dynatrace: platform
    key("dt0s16.", Dotted, 80, 100),                                   // Dynatrace: platform
    key("hcaik_", Alnum, 58, 64),                                      // Honeycomb: ingest
    key("sdk-", Url, 36, 36),                                          // LaunchDarkly: server
    key("phx_", Alnum, 40, 48),                                        // PostHog
    key("pnu_", Alnum, 36, 36),                                        // Prefect
    key("API-", Upper, 26, 26),                                        // Octopus Deploy
    key("ico-", Alnum, 32, 32),                                        // Infracost
    key("s-s4t2ud-", Hex, 64, 64),                                     // Intra 42
    key("waka_", Url, 36, 36),                                         // WakaTime
    key("permit_key_", Alnum, 60, 100),                                // Permit.io
    key("tr_prod_", Alnum, 20, 40),                                    // Trigger.dev
    key("tr_dev_", Alnum, 20, 40),                                     // Trigger.dev
    key("signkey-prod-", Hex, 32, 64),                                 // Inngest
    key("dbtu_", Url, 30, 64),                                         // dbt: user
    key("dbtc_", Url, 30, 64),                                         // dbt: service
    key("BBFF-", Alnum, 30, 30),                                       // Ubidots
    key("NF-", Alnum, 32, 40),                                         // Nightfall
    around(36, "_mmk", Url, 0, 0),                                     // MaxMind
    key("LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBL", Base64, 40, 8192),         // a private key block (RSA) in base64
    key("LS0tLS1CRUdJTiBQUklWQVRFIEtF", Base64, 40, 8192),             // a private key block in base64
    key("LS0tLS1CRUdJTiBFQyBQUklWQVRFIEtF", Base64, 40, 8192),         // a private key block (EC) in base64
    key("LS0tLS1CRUdJTiBPUEVOU1NIIFBSSVZBVEUgS0VZ", Base64, 40, 8192), // an OpenSSH key in base64
    key("LS0tLS1CRUdJTiBFTkNSWVBURUQgUFJJVkFURSBL", Base64, 40, 8192), // an encrypted one in base64
];
