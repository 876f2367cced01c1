//! The three queries every versioned table has.

/// `find`, `insert` and `update` for a table whose rows have `id` and `version`.
macro_rules! versioned {
    ($table:ident, $row:ident) => {
        /// The row with this id.
        pub fn find(conn: &mut crate::db::Connection, id: crate::domain::Id) -> crate::store::StoreResult<Option<$row>> {
            use diesel::prelude::*;
            $table::table.find(id).select($row::as_select()).first(conn).optional()
        }

        /// Adds a row.
        pub fn insert(conn: &mut crate::db::Connection, row: &$row) -> crate::store::StoreResult<()> {
            use diesel::prelude::*;
            diesel::insert_into($table::table).values(row).execute(conn).map(drop)
        }

        /// Replaces the row if it still has the version before `row`'s; says whether it had.
        pub fn update(conn: &mut crate::db::Connection, row: &$row) -> crate::store::StoreResult<bool> {
            use diesel::prelude::*;
            let unchanged = $table::id.eq(row.id).and($table::version.eq(row.version - 1));
            crate::db::statements::update(stringify!($table), row, unchanged).execute(conn).map(|rows| rows == 1)
        }
    };
}
