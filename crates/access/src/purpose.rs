//! Which purpose fits which data.

use aside_model::{DataType, Purpose, Role};
use aside_taxonomy::Class;

/// The purposes for which a role may open a value of this type; empty if for none. A page offers exactly
/// these. Whoever opens a value says what it is for, and it must be something that the value can be used
/// for (GDPR Art. 5(1)(b) and (c)).
pub fn purposes(role: Role, data_type: DataType) -> Vec<Purpose> {
    Purpose::ALL.iter().copied().filter(|&purpose| fits(role, purpose, data_type)).collect()
}

/// Whether a role may open a value of this type for this purpose.
pub(crate) fn fits(role: Role, purpose: Purpose, data_type: DataType) -> bool {
    role_has(role, purpose) && data_type.class() != Class::Prohibited && serves(purpose, data_type)
}

/// Whether a purpose belongs to a role's work.
pub(crate) const fn role_has(role: Role, purpose: Purpose) -> bool {
    match role {
        Role::Agent => !matches!(purpose, Purpose::PrivacyRequest),
        Role::PrivacyOfficer => true,
        Role::Administrator => false,
    }
}

/// Whether data of a type can serve a purpose.
fn serves(purpose: Purpose, data_type: DataType) -> bool {
    let (family, _) = data_type.id().split_once('.').unwrap_or((data_type.id(), ""));
    match purpose {
        Purpose::Payment => {
            family == "fin" || matches!(data_type, DataType::ContactName | DataType::ContactAddress)
        }
        Purpose::Identification => {
            matches!(family, "contact" | "account" | "gov")
                || matches!(data_type, DataType::DemoDob | DataType::CredKba | DataType::HealthIdentifier)
                || matches!(data_type, DataType::FinCardTrunc | DataType::FinInsuranceClaim)
        }
        Purpose::Contact => {
            family == "contact" || matches!(data_type, DataType::LocPrecise | DataType::LocItinerary)
        }
        // A case can be about anything. But the answer to a secret question is for comparing, not for
        // reading, and a whole card number is for paying alone (PCI DSS 3.4.1).
        Purpose::CaseHandling => !matches!(data_type, DataType::CredKba | DataType::FinPan),
        Purpose::PrivacyRequest => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prohibited_data_serves_no_purpose_of_anybody() {
        for &data_type in DataType::ALL.iter().filter(|t| t.class() == Class::Prohibited) {
            for &role in Role::ALL {
                assert_eq!(purposes(role, data_type), [], "{role} {data_type}");
            }
        }
    }

    #[test]
    fn every_other_type_can_be_opened_by_an_agent_for_something() {
        for &data_type in DataType::ALL.iter().filter(|t| t.class() != Class::Prohibited) {
            assert!(!purposes(Role::Agent, data_type).is_empty(), "{data_type}");
        }
    }

    #[test]
    fn an_agent_is_offered_the_purposes_that_fit_the_value() {
        use Purpose::{CaseHandling, Contact, Identification, Payment, PrivacyRequest};
        assert_eq!(purposes(Role::Agent, DataType::FinBankAccount), [Payment, CaseHandling]);
        let phone = [Identification, Contact, CaseHandling];
        assert_eq!(purposes(Role::Agent, DataType::ContactPhone), phone);
        assert_eq!(purposes(Role::Agent, DataType::HealthCondition), [CaseHandling]);
        assert_eq!(purposes(Role::PrivacyOfficer, DataType::HealthCondition), [CaseHandling, PrivacyRequest]);
        assert_eq!(purposes(Role::Administrator, DataType::ContactName), []);
    }
}
