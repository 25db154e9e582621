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
    ("us_account", "US_BANK_NUMBER"),
    ("nhs_number", "UK_NHS"),
    ("race", "NRP"),
    ("belief_union", "NRP"),
    ("za_id", "ZA_ID_NUMBER"),
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
    ("ORGANIZATION", "organisation"),
    ("ES_NIF", "eu_national_id"),
    ("ES_NIE", "eu_national_id"),
    ("IT_FISCAL_CODE", "eu_national_id"),
    ("IT_IDENTITY_CARD", "eu_national_id"),
    ("PL_PESEL", "eu_national_id"),
    ("FI_PERSONAL_IDENTITY_CODE", "eu_national_id"),
    ("SE_PERSONNUMMER", "eu_national_id"),
    ("DE_TAX_ID", "eu_national_id"),
    ("DE_ID_CARD", "eu_national_id"),
    ("DE_SOCIAL_SECURITY", "eu_national_id"),
    ("TH_TNIN", "tax_id"),
    ("TR_NATIONAL_ID", "tax_id"),
    ("NG_NIN", "tax_id"),
    ("PH_TIN", "tax_id"),
    ("IT_VAT_CODE", "tax_id"),
    ("DE_VAT_ID", "tax_id"),
    ("AU_ABN", "tax_id"),
    ("AU_ACN", "tax_id"),
    ("IN_GSTIN", "tax_id"),
    ("SG_UEN", "tax_id"),
    ("KR_BRN", "tax_id"),
    ("SE_ORGANISATIONSNUMMER", "tax_id"),
    ("US_NPI", "medical_license"),
    ("MEDICAL_RECORD_NUMBER", "mrn"),
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

/// The entities that can be found, each once.
pub(crate) fn supported() -> Vec<&'static str> {
    let mut names: Vec<_> = ORDER.iter().map(|kind| entity(kind)).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// What the recogniser of an entity is called: `CreditCardRecognizer`.
pub(crate) fn recognizer(entity: &str) -> String {
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
    let unknown = || Refused::as_presidio_does("No matching recognizers were found to serve the request.");
    known.then_some(()).ok_or_else(unknown)
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
