//! Dropping the counters that count for somebody. Their names are `word/id…`, and there may be very many: so
//! each word is looked up once, and then each id under it, and no row of anybody else is read.

use super::super::Scope;
use crate::cells::{Only, change, one};
use aside_store::Result;

statements! {
    NEXT_COUNTER(
        "SELECT counter FROM counters WHERE brand = ?1 AND counter >= ?2 ORDER BY counter LIMIT 1"
    );
    COUNTERS("DELETE FROM counters WHERE brand = ?1 AND counter = ?2");
    COUNTERS_BELOW("DELETE FROM counters WHERE brand = ?1 AND counter > ?2 AND counter < ?3");
}

impl Scope<'_> {
    /// Drops every counter whose name has one of the ids after its first word.
    pub(super) fn drop_counters(&self, ids: impl Iterator<Item = String>) -> Result<()> {
        let words = self.words()?;
        for id in ids {
            for word in &words {
                let name = format!("{word}/{id}");
                // The character after the slash in order is the zero.
                let (below, beyond) = (format!("{name}/"), format!("{name}0"));
                change(self.conn, COUNTERS, bind![self.brand, name])?;
                change(self.conn, COUNTERS_BELOW, bind![self.brand, below, beyond])?;
            }
        }
        Ok(())
    }

    /// What stands before the first slash of the brand's counters, each once.
    fn words(&self) -> Result<Vec<String>> {
        let mut words = Vec::new();
        let mut from = String::new();
        while let Some(Only(counter)) = one::<Only<String>>(self.conn, NEXT_COUNTER, bind![self.brand, from])?
        {
            from = match counter.split_once('/') {
                Some((word, _)) => {
                    words.push(word.to_owned());
                    format!("{word}0")
                }
                None => format!("{counter}\u{1}"),
            };
        }
        Ok(words)
    }
}
