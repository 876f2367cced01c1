//! Rows by a list of ids.

use crate::db::{Connection, dialect};
use crate::domain::Id;

/// Whether these are looked up one after another.
pub fn one_by_one(conn: &Connection, ids: &[Id]) -> bool {
    let few = if dialect::lists_are_one_value(conn) { 1 } else { 3 };
    ids.len() <= few
}

/// Loads the rows of a query whose column is among these ids, in no order over several ids.
///
/// On SQLite a list of values makes a new statement for each length of it, which is prepared each
/// time; for a few ids, one prepared statement is run for each. PostgreSQL plans anew for each list, as
/// it cannot know how long it is; not for one id. Nothing is asked for no ids.
macro_rules! load_among {
    ($conn:expr, $query:expr, $column:expr, $ids:expr) => {
        match crate::store::among::distinct($ids) {
            ids if crate::store::among::one_by_one($conn, &ids) => {
                let mut rows = Vec::new();
                ids.into_iter().try_for_each(|id| $query.filter($column.eq(id)).load($conn).map(|more| rows.extend(more)))?;
                Ok(rows)
            }
            ids => $query.filter($column.eq_any(ids)).load($conn),
        }
    };
}

/// Each id once.
pub fn distinct(ids: &[Id]) -> Vec<Id> {
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    ids
}
