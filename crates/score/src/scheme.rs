//! Under which name a piece of personal data is counted.

use aside_taxonomy::DataType;

/// How findings and labels are put into groups, so that the two can be compared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scheme {
    /// The taxonomy's types, and kinds where a type holds very different things: a date of birth and any other
    /// date, a web address and an IP address, a postal address and a postcode.
    Kinds,
    /// The names that public data sets and Presidio use, such as `CREDIT_CARD`. What they have no name for
    /// keeps the id of its type.
    Public,
}

impl Scheme {
    /// The group of what is called by a type's id (`fin.pan`) or by a kind (`card`); none if the taxonomy has
    /// neither.
    pub fn group_of(self, label: &str) -> Option<&'static str> {
        if let Some(data_type) = DataType::from_id(label) {
            return Some(self.group(data_type, data_type.kinds()[0]));
        }
        DataType::ALL.iter().find_map(|data_type| {
            let kind = data_type.kinds().iter().find(|kind| **kind == label)?;
            Some(self.group(*data_type, kind))
        })
    }

    /// The group of a finding.
    pub fn group(self, data_type: DataType, kind: &str) -> &'static str {
        match self {
            Scheme::Kinds => own_group(data_type, kind),
            Scheme::Public => public_group(data_type, kind),
        }
    }
}

fn own_group(data_type: DataType, kind: &str) -> &'static str {
    match kind {
        "dob" => "dob",
        "date" => "date",
        // Whether `example.com/help` is one or the other is a matter of taste.
        "url" | "domain" => "url",
        "ipv4" | "ipv6" => "ip",
        "address" => "address",
        "postcode" => "postcode",
        _ => data_type.id(),
    }
}

fn public_group(data_type: DataType, kind: &str) -> &'static str {
    match (kind, data_type) {
        (_, DataType::FinPan) => "CREDIT_CARD",
        (_, DataType::ContactEmail) => "EMAIL_ADDRESS",
        (_, DataType::ContactPhone) => "PHONE_NUMBER",
        ("iban", _) => "IBAN_CODE",
        ("us_ssn", _) => "US_SSN",
        ("ipv4" | "ipv6", _) => "IP_ADDRESS",
        ("url" | "domain", _) => "URL",
        (_, DataType::DemoDob) => "DATE_TIME",
        (_, DataType::ContactName) => "PERSON",
        (_, DataType::ContactAddress) => "STREET_ADDRESS",
        _ => data_type.id(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_type_and_its_kinds_share_a_group_unless_they_are_very_different_things() {
        let own = |label| Scheme::Kinds.group_of(label);
        assert_eq!(own("card"), own("fin.pan"));
        assert_eq!(own("uk_account"), own("iban"));
        assert_ne!(own("dob"), own("date"));
        assert_ne!(own("postcode"), own("contact.address"));
        assert_eq!(own("domain"), own("url"));
        assert_eq!(own("shoe_size"), None);
    }

    #[test]
    fn public_names_are_given_by_kind_first_and_then_by_type() {
        let public = |label| Scheme::Public.group_of(label);
        assert_eq!(public("iban"), Some("IBAN_CODE"));
        assert_eq!(public("uk_account"), Some("fin.bank_account"));
        assert_eq!(public("us_itin"), Some("gov.us_ssn_itin"));
        assert_eq!(public("dob"), public("date"));
        assert_eq!(public("fax"), Some("PHONE_NUMBER"));
    }
}
