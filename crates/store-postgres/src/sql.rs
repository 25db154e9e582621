//! How statements are written down: every one as a constant, so that a test can read them all.

/// Declares SQL statements as constants and lists them for the test that reads every statement
/// (`statements_test::rule_6_every_statement_names_the_brand`).
macro_rules! statements {
    ($($(#[$doc:meta])* $name:ident($($piece:tt)+);)+) => {
        $($(#[$doc])* const $name: &str = concat!($($piece)+);)+

        /// Every statement of this file, by name.
        #[cfg(test)]
        pub(crate) const STATEMENTS: &[(&str, &str)] = &[$((stringify!($name), $name),)+];
    };
}

/// Declares how a row lies in its table: its fields in one order, under their own names, each with its place
/// among the parameters and its type. The insertion takes a list per column, so that one statement adds as
/// many rows as there are. `then` adds what happens when the key exists.
macro_rules! stored {
    ($row:ident in $table:literal as $columns:ident $(then $conflict:literal)?:
     $first:ident $first_place:literal $first_type:ident $(, $field:ident $place:literal $type:ident)*) => {
        /// The columns, in the order of the row's fields.
        macro_rules! $columns {
            () => { concat!(stringify!($first) $(, ", ", stringify!($field))*) };
        }

        impl FromRow for $row {
            const TABLE: &'static str = $table;
            fn from_row(cells: &mut Cells<'_>) -> Result<Self> {
                Ok(Self { $first: cells.next()? $(, $field: cells.next()?)* })
            }
        }

        impl Stored for $row {
            const INSERT: &'static str = concat!(
                "INSERT INTO ", $table, " (", $columns!(), ") SELECT * FROM unnest($", $first_place, "::",
                stringify!($first_type), "[]" $(, ", $", $place, "::", stringify!($type), "[]")*, ")"
                $(, $conflict)?
            );
            fn cells(&self) -> Vec<Value> {
                vec![self.$first.write() $(, self.$field.write())*]
            }
        }
    };
}

/// Parameters of a statement, from fields.
macro_rules! bind {
    ($($field:expr),* $(,)?) => {
        vec![$(crate::cells::Cell::write(&$field)),*]
    };
}
