//! The three queries every versioned table has.

/// `find`, `insert` and `update` for a table whose rows have `id` and `version`. With `searched`,
/// what search looks through follows each change (`search_entries::Searched`).
macro_rules! versioned {
    ($table:ident, $row:ident) => {
        versioned!(@queries $table, $row, crate::store::versioned::unsearched);
    };
    ($table:ident, $row:ident, searched) => {
        versioned!(@queries $table, $row, crate::store::search_entries::keep);
    };
    (@queries $table:ident, $row:ident, $keep:path) => {
        /// The row with this id.
        pub fn find(conn: &mut crate::db::Connection, id: crate::domain::Id) -> crate::store::StoreResult<Option<$row>> {
            use diesel::prelude::*;
            $table::table.find(id).select($row::as_select()).first(conn).optional()
        }

        /// Adds a row.
        pub fn insert(conn: &mut crate::db::Connection, row: &$row) -> crate::store::StoreResult<()> {
            use diesel::prelude::*;
            diesel::insert_into($table::table).values(row).execute(conn)?;
            $keep(conn, row)
        }

        /// Replaces the row if it still has the version before `row`'s; says whether it had.
        pub fn update(conn: &mut crate::db::Connection, row: &$row) -> crate::store::StoreResult<bool> {
            use diesel::prelude::*;
            let unchanged = $table::id.eq(row.id).and($table::version.eq(row.version - 1));
            let updated = crate::db::statements::update(stringify!($table), row, unchanged).execute(conn)? == 1;
            if updated {
                $keep(conn, row)?;
            }
            Ok(updated)
        }
    };
}

/// What search never looks through.
pub fn unsearched<R>(_: &mut crate::db::Connection, _: &R) -> crate::store::StoreResult<()> {
    Ok(())
}
