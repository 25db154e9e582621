//! What a WhatsApp number asks for.

use super::asks::{ACCOUNT, Asks, Missing, Secret, is_number};
use aside_channels::whatsapp::WhatsappSecrets;
use aside_model::{Network, Rung};

pub(super) const ASKS: Asks = Asks {
    network: Network::Whatsapp,
    api_base: "https://graph.facebook.com",
    account: "a telephone number's id (not the number itself), which is a number",
    is_account: is_number,
    account_of: None,
    secrets: &[
        Secret {
            place: &["app_secret"],
            what: "app secret (the app's settings, Basic)",
            variable: "ASIDE_WHATSAPP_APP_SECRET",
            missing: Missing::Needed,
        },
        Secret {
            place: &["verify_token"],
            what: "verify token",
            variable: "ASIDE_WHATSAPP_VERIFY_TOKEN",
            missing: Missing::Made,
        },
        Secret {
            place: &["numbers", ACCOUNT],
            what: "access token of the number (a system user's, with whatsapp_business_messaging)",
            variable: "ASIDE_WHATSAPP_ACCESS_TOKEN",
            missing: Missing::Needed,
        },
    ],
    example: r#"{"app_secret":"…","verify_token":"…","numbers":{"1065…":"<access token>"},"templates":[{"name":"go_on_safely","language":"en","body":"Please go on in our secure chat: {{1}} Thank you.","invitation":true}]}"#,
    rungs: &[(Rung::Direct, "WhatsApp")],
    check,
    complete: None,
    remains: "\
what remains to be done in the app's settings at the network (WhatsApp, Configuration):
1. callback URL  {hook}
2. verify token  the `verify_token` of the secrets{made}
3. subscribe to  messages, smb_message_echoes, account_update, phone_number_quality_update,
                 message_template_status_update
what may be sent a day after the customer's last message stands under `templates` of the secrets file, as the
network approved it; new ones go in with `aside channel credentials whatsapp --secrets-file`",
};

fn check(json: &[u8], account: &str) -> Result<(), String> {
    let secrets = WhatsappSecrets::from_json(json)
        .map_err(|_| "not the JSON that a connection to WhatsApp needs".to_owned())?;
    if secrets.app_secret.len() < 16 {
        return Err("`app_secret` has fewer than 16 characters".into());
    }
    if secrets.verify_token.len() < 12 {
        return Err("`verify_token` has fewer than 12 characters".into());
    }
    match secrets.numbers.get(account) {
        Some(token) if !token.trim().is_empty() => {}
        Some(_) => return Err(format!("the access token of number {account} is empty")),
        None => return Err(format!("`numbers` has no access token of number {account}")),
    }
    match secrets.wrong_template() {
        None => Ok(()),
        Some((at, why)) => Err(format!("template {} cannot be sent: {why}", at + 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_needs_its_token_and_templates_that_can_be_sent() {
        let json = |template: &str| {
            format!(
                r#"{{"app_secret":"0123456789abcdef","verify_token":"0123456789ab","numbers":{{"106":"token-x7y"}},
                    "templates":[{{"name":"hello","language":"en","body":"{template}"}}]}}"#
            )
        };
        assert_eq!(check(json("Hello {{1}}").as_bytes(), "106"), Ok(()));
        assert!(check(json("Hello").as_bytes(), "107").unwrap_err().contains("number 107"));
        let wrong = check(json("Hello {{2}}").as_bytes(), "106").unwrap_err();
        assert!(wrong.starts_with("template 1 cannot be sent: a template's places"), "{wrong}");
        let marketing = json("Hello").replace(r#""name""#, r#""category":"marketing","name""#);
        assert!(check(marketing.as_bytes(), "106").is_err());
        for wrong in ["", "[]", &json("Hello").replace("0123456789abcdef", "x7y")] {
            let error = check(wrong.as_bytes(), "106").unwrap_err();
            assert!(!error.contains("x7y"), "{error}");
        }
    }
}
