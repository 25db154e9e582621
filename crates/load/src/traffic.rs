//! Who writes what where: the same for the same seed, computed from a message's number alone.

use crate::{
    network::{Account, Said, Webhook},
    numbers::Numbers,
    texts,
};

/// A new customer comes with every so many messages; the other messages are from customers known already.
const MESSAGES_A_CUSTOMER: u64 = 5;
/// Customers who come back are among so many of the newest.
const STILL_TALKING: u64 = 2_000;

/// Messages from this number on are from people who write a few times and never again.
pub(crate) const QUIET: u64 = 1 << 40;
/// How many such people there are.
const QUIET_PEOPLE: u64 = 20;
/// Their numbers start here, with no other customer's among them.
const QUIET_CUSTOMERS: u64 = 900_000_000;

/// The messages of a measurement, endless.
pub(crate) struct Traffic {
    seed: u64,
    accounts: Vec<Account>,
}

impl Traffic {
    /// Traffic over these accounts, as much on each as on the next.
    pub(crate) fn new(seed: u64, accounts: Vec<Account>) -> Self {
        Self { seed, accounts }
    }

    /// Who writes a message.
    pub(crate) fn customer(&self, message: u64) -> u64 {
        if message >= QUIET {
            return QUIET_CUSTOMERS + message % QUIET_PEOPLE;
        }
        let newest = message / MESSAGES_A_CUSTOMER;
        if message.is_multiple_of(MESSAGES_A_CUSTOMER) {
            return newest;
        }
        newest - Numbers::of(self.seed ^ 1, message).below(STILL_TALKING.min(newest + 1))
    }

    /// The text of a message.
    pub(crate) fn text(&self, message: u64) -> String {
        texts::text(self.seed, self.customer(message), message)
    }

    /// A message as its network posts it, signed, and where to.
    pub(crate) fn webhook(&self, message: u64) -> (&Account, Webhook) {
        let customer = self.customer(message);
        let account = &self.accounts[(customer % self.accounts.len() as u64) as usize];
        // Within a network, every fourth customer writes in public.
        let public = (customer / self.accounts.len() as u64).is_multiple_of(4);
        let said =
            Said { customer, name: texts::name(customer), number: message, text: self.text(message), public };
        (account, account.network.webhook(&said))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[test]
    fn customers_come_back_and_new_ones_come() {
        let traffic = Traffic::new(9, vec![]);
        let mut written = BTreeMap::<u64, u32>::new();
        for message in 0..20_000 {
            *written.entry(traffic.customer(message)).or_default() += 1;
        }
        assert_eq!(written.len(), 4_000);
        assert!(written.values().filter(|count| **count > 2).count() > 2_000);
        assert!(*written.values().max().unwrap() < 60);
    }

    #[test]
    fn a_message_is_the_same_whenever_it_is_asked_for() {
        let (one, other) = (Traffic::new(9, vec![]), Traffic::new(9, vec![]));
        assert_eq!(one.text(4_711), other.text(4_711));
        assert_ne!(one.text(4_711), Traffic::new(8, vec![]).text(4_711));
    }
}
