//! Presidio's names for our kinds, both ways.

use crate::error::Refused;
use aside_detect::ORDER;
use aside_taxonomy::DataType;
use std::{collections::BTreeMap, sync::LazyLock};

/// The languages that there are cues for; other values are found in every language.
pub const LANGUAGES: &[&str] = &["en", "de", "fr", "es", "it", "pt", "nl", "pl"];

/// The kinds that Presidio has another name for. Every other kind's name is its own in capitals.
const NAMES: &[(&str, &str)] = &[
    ("card", "CREDIT_CARD"),
    ("email", "EMAIL_ADDRESS"),
    ("phone", "PHONE_NUMBER"),
    ("fax", "PHONE_NUMBER"),
    ("iban", "IBAN_CODE"),
    ("ipv4", "IP_ADDRESS"),
    ("ipv6", "IP_ADDRESS"),
    ("mac", "MAC_ADDRESS"),
    ("domain", "URL"),
    ("cardholder", "PERSON"),
    ("address", "LOCATION"),
    ("place", "LOCATION"),
    ("postcode", "LOCATION"),
    ("date", "DATE_TIME"),
    ("dob", "DATE_TIME"),
    ("btc", "CRYPTO"),
    ("eth", "CRYPTO"),
    ("ltc", "CRYPTO"),
    ("doge", "CRYPTO"),
    ("bch", "CRYPTO"),
    ("xrp", "CRYPTO"),
    ("trx", "CRYPTO"),
    ("xmr", "CRYPTO"),
    ("ada", "CRYPTO"),
    ("dash", "CRYPTO"),
    ("zec", "CRYPTO"),
    ("xlm", "CRYPTO"),
    ("atom", "CRYPTO"),
    ("sol", "CRYPTO"),
    ("us_account", "US_BANK_NUMBER"),
    ("nhs_number", "UK_NHS"),
    ("us_dea", "MEDICAL_LICENSE"),
    ("de_kvnr", "DE_HEALTH_INSURANCE"),
    ("race", "NRP"),
    ("belief_union", "NRP"),
    ("za_id", "ZA_ID_NUMBER"),
    ("it_codice_fiscale", "IT_FISCAL_CODE"),
    ("it_partita_iva", "IT_VAT_CODE"),
    ("fi_hetu", "FI_PERSONAL_IDENTITY_CODE"),
    ("se_organisation_number", "SE_ORGANISATIONSNUMMER"),
    ("de_pension_number", "DE_SOCIAL_SECURITY"),
    ("th_id", "TH_TNIN"),
    ("tr_tckn", "TR_NATIONAL_ID"),
    ("kr_business_number", "KR_BRN"),
    ("ph_id", "PH_TIN"),
    ("handle", "SOCIAL_HANDLE"),
    ("plate", "VEHICLE_REGISTRATION"),
    ("condition", "MEDICAL_CONDITION"),
];

/// Entities of Presidio that are a part of one of our kinds: whoever asks for one gets the kind, under the name asked
/// for.
const PARTS: &[(&str, &str)] = &[
    ("US_PASSPORT", "passport"),
    ("UK_PASSPORT", "passport"),
    ("ES_PASSPORT", "passport"),
    ("IT_PASSPORT", "passport"),
    ("IN_PASSPORT", "passport"),
    ("KR_PASSPORT", "passport"),
    ("DE_PASSPORT", "passport"),
    ("UK_VEHICLE_REGISTRATION", "plate"),
    ("IN_VEHICLE_REGISTRATION", "plate"),
    ("NG_VEHICLE_REGISTRATION", "plate"),
    ("TR_LICENSE_PLATE", "plate"),
    ("DE_KFZ", "plate"),
    ("UK_POSTCODE", "postcode"),
    ("DE_PLZ", "postcode"),
    ("ZIP_CODE", "postcode"),
    ("STREET_ADDRESS", "address"),
    ("DOMAIN_NAME", "domain"),
    ("GPE", "place"),
    ("DE_VAT_ID", "vat"),
    ("IT_DRIVER_LICENSE", "driving_licence"),
    ("KR_DRIVER_LICENSE", "driving_licence"),
    ("DE_FUEHRERSCHEIN", "driving_licence"),
    ("MEDICAL_RECORD_NUMBER", "mrn"),
];

/// What Presidio calls its recognisers whose names do not follow from their entities.
const RECOGNIZERS: &[(&str, &str)] = &[
    ("DATE_TIME", "DateRecognizer"),
    ("EMAIL_ADDRESS", "EmailRecognizer"),
    ("IBAN_CODE", "IbanRecognizer"),
    ("IP_ADDRESS", "IpRecognizer"),
    ("PHONE_NUMBER", "PhoneRecognizer"),
    ("SG_NRIC_FIN", "SgFinRecognizer"),
    ("UK_NHS", "NhsRecognizer"),
    ("US_BANK_NUMBER", "UsBankRecognizer"),
    ("US_DRIVER_LICENSE", "UsLicenseRecognizer"),
];

/// The name of every kind, by kind.
static ENTITIES: LazyLock<BTreeMap<&'static str, &'static str>> = LazyLock::new(|| {
    let kinds = DataType::ALL.iter().flat_map(|data_type| data_type.kinds());
    let name = |kind: &'static str| {
        let own = NAMES.iter().find(|(known, _)| *known == kind).map(|(_, name)| *name);
        // Made once, as many as there are kinds.
        own.unwrap_or_else(|| kind.to_ascii_uppercase().leak())
    };
    kinds.map(|kind| (*kind, name(kind))).collect()
});

/// The entity that a kind is reported as; the kind itself if there is no such kind.
pub fn entity(kind: &'static str) -> &'static str {
    ENTITIES.get(kind).copied().unwrap_or(kind)
}

/// What a finding is reported as: the entity, or the name under which it was asked for.
pub(crate) fn reported(kind: &'static str, wanted: &[String]) -> Option<String> {
    let own = entity(kind);
    if wanted.is_empty() || wanted.iter().any(|name| name == own) {
        return Some(own.to_owned());
    }
    let part =
        PARTS.iter().find(|(name, whole)| *whole == kind && wanted.iter().any(|wanted| wanted == name));
    part.map(|(name, _)| (*name).to_owned())
}

/// The entities that can be found or asked for, each once.
pub(crate) fn supported() -> Vec<&'static str> {
    let parts = PARTS.iter().map(|(name, _)| *name);
    let mut names: Vec<_> = ORDER.iter().map(|kind| entity(kind)).chain(parts).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Whether there is such an entity, or a part of one.
pub(crate) fn is_known(name: &str) -> bool {
    ORDER.iter().any(|kind| entity(kind) == name) || PARTS.iter().any(|(part, _)| *part == name)
}

/// What the recogniser of an entity is called: `CreditCardRecognizer`.
pub(crate) fn recognizer(entity: &str) -> String {
    if let Some((_, name)) = RECOGNIZERS.iter().find(|(of, _)| *of == entity) {
        return (*name).to_owned();
    }
    let mut name: String = entity
        .split('_')
        .filter_map(|word| {
            let mut letters = word.chars();
            let first = letters.next()?;
            Some(std::iter::once(first).chain(letters.map(|c| c.to_ascii_lowercase())).collect::<String>())
        })
        .collect();
    name.push_str("Recognizer");
    name
}

/// Refuses a language that there are no cues for, as Presidio does.
pub(crate) fn must_know(language: Option<&str>) -> Result<(), Refused> {
    let known = language.is_none_or(|language| language.is_empty() || LANGUAGES.contains(&language));
    known.then_some(()).ok_or_else(nobody)
}

/// What Presidio says where no recogniser knows the language, or any of the entities that are asked for.
pub(crate) fn nobody() -> Refused {
    Refused::as_presidio_does("No matching recognizers were found to serve the request.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_name_and_is_found_by_it() {
        for kind in DataType::ALL.iter().flat_map(|data_type| data_type.kinds()) {
            let name = entity(kind);
            assert!(
                name.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_'),
                "{name}"
            );
            assert_eq!(reported(kind, &[name.to_owned()]).as_deref(), Some(name));
            assert_eq!(reported(kind, &["NOTHING".to_owned()]), None);
        }
    }

    #[test]
    fn every_name_is_of_a_kind_that_there_is() {
        let kinds: Vec<_> = DataType::ALL.iter().flat_map(|data_type| data_type.kinds()).collect();
        let all = NAMES.iter().map(|(kind, _)| kind).chain(PARTS.iter().map(|(_, kind)| kind));
        assert_eq!(all.filter(|kind| !kinds.contains(kind)).collect::<Vec<_>>(), [&""; 0]);
    }

    #[test]
    fn presidios_names_are_presidios() {
        let names = [
            ("card", "CREDIT_CARD"),
            ("us_ssn", "US_SSN"),
            ("person", "PERSON"),
            ("iban", "IBAN_CODE"),
            ("url", "URL"),
        ];
        for (kind, name) in names {
            assert_eq!(entity(kind), name);
            assert!(supported().contains(&name));
        }
        assert_eq!(recognizer("CREDIT_CARD"), "CreditCardRecognizer");
        assert_eq!(reported("passport", &["UK_PASSPORT".to_owned()]).as_deref(), Some("UK_PASSPORT"));
    }
}
