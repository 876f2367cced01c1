//! Tasks whose reports are verified as they are logged.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::StoreResult;
use crate::db::Connection;
use crate::db::schema::self_verifications;
use crate::domain::Id;

/// What was decided for a task, last.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = self_verifications, treat_none_as_null = true)]
pub struct SelfVerification {
    pub task_id: Id,
    pub allowed: bool,
    pub reason: String,
    pub decided_by: Option<Id>,
    pub decided_at: NaiveDateTime,
    pub version: i32,
}

/// What was decided for a task, if anything.
pub fn find(conn: &mut Connection, task: Id) -> StoreResult<Option<SelfVerification>> {
    self_verifications::table.find(task).select(SelfVerification::as_select()).first(conn).optional()
}

/// Adds the first decision.
pub fn insert(conn: &mut Connection, row: &SelfVerification) -> StoreResult<()> {
    diesel::insert_into(self_verifications::table).values(row).execute(conn).map(drop)
}

/// Replaces the decision if it still has the version before `row`'s; says whether it had.
pub fn update(conn: &mut Connection, row: &SelfVerification) -> StoreResult<bool> {
    let unchanged = self_verifications::table.find(row.task_id).filter(self_verifications::version.eq(row.version - 1));
    Ok(diesel::update(unchanged).set(row).execute(conn)? == 1)
}
