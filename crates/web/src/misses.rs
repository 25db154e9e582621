//! What a form offers when somebody says that something personal was missed.

use aside_model::DataType as T;

/// What is missed most, likeliest first. Every language of the messenger has words for these.
pub(crate) const LIKELY: [T; 16] = [
    T::ContactName,
    T::ContactAddress,
    T::ContactPhone,
    T::ContactEmail,
    T::FinPan,
    T::FinSadCvv,
    T::FinBankAccount,
    T::CredPassword,
    T::CredOtp,
    T::CredKba,
    T::DemoDob,
    T::AccountCustomerNo,
    T::AccountBookingRef,
    T::GovPassport,
    T::GovEuNationalId,
    T::HealthCondition,
];

/// Every other type, by its name.
pub(crate) fn others() -> Vec<T> {
    let mut others: Vec<_> = T::ALL.iter().copied().filter(|t| !LIKELY.contains(t)).collect();
    others.sort_by_key(|data_type| data_type.label().to_lowercase());
    others
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_is_offered_once() {
        let mut offered: Vec<_> = LIKELY.into_iter().chain(others()).map(T::id).collect();
        offered.sort_unstable();
        offered.dedup();
        assert_eq!(offered.len(), T::ALL.len());
        assert!(others().is_sorted_by_key(|t| t.label().to_lowercase()));
    }
}
