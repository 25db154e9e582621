//! Importing the addresses that the brand already holds, from a CSV file.
//!
//! Columns by name, in any order: `email` (required), `name`, `phone`. Each address becomes a handle with a
//! keyring of its own; rows with the same `customer` column (any id of the brand's) belong to one customer.

use crate::{Acting, App, Result, record::Entry, views::ImportReport};
use aside_access::Action;
use aside_model::{Command, CustomerId, Effect, Network, Raw};
use std::collections::HashMap;

/// The most rows in one file.
const MOST_ROWS: u64 = 1_000_000;

impl App {
    /// Imports known contacts. A row that cannot be read is reported by line and changes nothing.
    pub async fn import_contacts(&self, acting: &Acting, file: &[u8]) -> Result<ImportReport> {
        self.permit(acting, Action::ImportContacts)?;
        let mut report = ImportReport::default();
        let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).flexible(true).from_reader(file);
        let Ok(headers) = reader.headers().cloned() else {
            report.refused.push((1, "the file is not CSV in UTF-8".into()));
            return Ok(report);
        };
        let column = |name: &str| {
            headers.iter().position(|h| h.trim_start_matches('\u{feff}').eq_ignore_ascii_case(name))
        };
        let Some(email) = column("email") else {
            report.refused.push((1, "the first line must name a column `email`".into()));
            return Ok(report);
        };
        let (name, phone, key) = (column("name"), column("phone"), column("customer"));
        let mut customers: HashMap<String, CustomerId> = HashMap::new();
        for (number, record) in reader.records().enumerate() {
            let line = number as u64 + 2;
            if line > MOST_ROWS {
                report.refused.push((line, format!("more than {MOST_ROWS} rows; split the file")));
                break;
            }
            let Ok(record) = record else {
                report.refused.push((line, "not a row of UTF-8 text".into()));
                continue;
            };
            let field =
                |at: Option<usize>| at.and_then(|i| record.get(i)).map(str::trim).filter(|v| !v.is_empty());
            let Some(address) = field(Some(email)).map(crate::codes::normal_address).filter(|a| plausible(a))
            else {
                report.refused.push((line, "no e-mail address in column `email`".into()));
                continue;
            };
            let known_customer = field(key).and_then(|k| customers.get(k).copied());
            let name = field(name).map(|n| Raw::new(n.to_owned()));
            let index = self.index(acting.brand, Network::Email.name(), &address)?;
            if let Some(known) = self.store.handle_at(acting.brand, Network::Email, index).await? {
                // The rows below with the same id belong to whom the brand knows already.
                if let Some(key) = field(key) {
                    customers.entry(key.to_owned()).or_insert(known.customer);
                }
                report.known += 1;
                continue;
            }
            let address = Raw::new(address);
            let (handle, _) = self
                .handle_for(acting.brand, Network::Email, &address, name.as_ref(), known_customer)
                .await?;
            if let Some(key) = field(key) {
                customers.insert(key.to_owned(), handle.customer);
            }
            if let Some(phone) = field(phone) {
                let digits: String =
                    phone.chars().filter(|c| c.is_ascii_digit() || *c == '+').take(20).collect();
                if digits.len() >= 7 {
                    let phone = Raw::new(digits);
                    self.handle_for(
                        acting.brand,
                        Network::Phone,
                        &phone,
                        name.as_ref(),
                        Some(handle.customer),
                    )
                    .await?;
                }
            }
            report.added += 1;
        }
        let entry = Entry::of("contacts_imported")
            .fact("agent", acting.agent.to_string())
            .fact("added", report.added.to_string())
            .fact("refused", report.refused.len().to_string());
        let entry = self.entry(acting.brand, self.clock.now(), entry)?;
        self.store.apply(Command::new(acting.brand).effect(Effect::AddEntry(entry))).await?;
        Ok(report)
    }
}

/// Whether a text can be an e-mail address at all: something, one `@`, a domain with a dot, no spaces.
fn plausible(address: &str) -> bool {
    let Some((mailbox, domain)) = address.rsplit_once('@') else { return false };
    address.len() <= 254
        && !mailbox.is_empty()
        && domain.contains('.')
        && !domain.starts_with('.')
        && !domain.ends_with('.')
        && !address.chars().any(|c| c.is_whitespace() || c.is_control())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_needs_a_mailbox_and_a_domain_with_a_dot() {
        for address in
            ["jane@example.com", "j+tag@mail.example.co.uk", "\"a@b\"@example.org", "ü@bücher.example"]
        {
            assert!(plausible(address), "{address}");
        }
        for text in [
            "",
            "jane",
            "@example.com",
            "jane@",
            "jane@example",
            "jane@.com",
            "jane@example.",
            "a b@example.com",
            "a\u{7}@example.com",
        ] {
            assert!(!plausible(text), "{text}");
        }
        assert!(!plausible(&format!("{}@example.com", "a".repeat(250))), "RFC 5321 allows 254 bytes");
    }
}
