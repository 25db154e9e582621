//! Reading: one statement on a connection of the pool, outside any transaction.

mod conversations;
mod doorway;
mod ledger;
mod outbox;
mod people;
mod vault;

/// The statements of each file, for the test that reads them all.
#[cfg(test)]
pub(crate) const STATEMENTS: &[(&str, &[(&str, &str)])] = &[
    ("reads/conversations.rs", conversations::STATEMENTS),
    ("reads/doorway.rs", doorway::STATEMENTS),
    ("reads/ledger.rs", ledger::STATEMENTS),
    ("reads/outbox.rs", outbox::STATEMENTS),
    ("reads/people.rs", people::STATEMENTS),
    ("reads/vault.rs", vault::STATEMENTS),
];
