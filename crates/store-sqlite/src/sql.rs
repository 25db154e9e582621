//! How statements are written down: every one as a constant, so that a test can read them all.

/// Declares SQL statements as constants and lists them for the test that reads every statement
/// (`tests::every_statement_names_the_brand`).
macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident($($piece:tt)+);)+) => {
        $($(#[$doc])* const $name: &str = concat!($($piece)+);)+

        /// Every statement of this file, by name.
        #[cfg(test)]
        pub(crate) const STATEMENTS: &[(&str, &str)] = &[$((stringify!($name), $name),)+];
    };
}

/// Declares how a row lies in its table: its fields are read and written in one order, under their own
/// names. `then` adds to the insertion what happens when the key exists.
macro_rules! stored {
    ($row:ident in $table:literal as $columns:ident $(then $conflict:literal)?: $first:ident $(, $field:ident)*) => {
        /// The columns, in the order of the row's fields.
        macro_rules! $columns {
            () => { concat!(stringify!($first) $(, ", ", stringify!($field))*) };
        }

        impl FromRow for $row {
            const TABLE: &'static str = $table;
            fn from_row(cells: &mut Cells<'_, '_>) -> Result<Self> {
                Ok(Self { $first: cells.next()? $(, $field: cells.next()?)* })
            }
        }

        impl Stored for $row {
            const INSERT: &'static str = concat!(
                "INSERT INTO ", $table, " (", $columns!(), ") VALUES (?" $(, place!($field))*, ")" $(, $conflict)?
            );
            fn brand(&self) -> BrandId {
                self.brand
            }
            fn bind(&self, insert: &mut CachedStatement<'_>) -> rusqlite::Result<usize> {
                insert.execute(params![Bound(&self.$first) $(, Bound(&self.$field))*])
            }
        }
    };
}

/// A place for one more value.
macro_rules! place {
    ($field:ident) => {
        ", ?"
    };
}

/// Parameters of a statement, from fields.
macro_rules! bind {
    ($($field:expr),* $(,)?) => {
        rusqlite::params![$(crate::cells::Bound(&$field)),*]
    };
}
