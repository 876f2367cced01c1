//! What a check of the roll-up reads: what the journal was told of reports beside the reports themselves, and
//! what the reports of each task come to.

use chrono::NaiveDateTime;
use diesel::dsl::{count_star, exists, not};
use diesel::prelude::*;
use diesel::sql_query;
use diesel::sql_types::{BigInt, Nullable, Timestamp};

use super::StoreResult;
use super::progress_reports::ProgressReport;
use crate::db::Connection;
use crate::db::schema::{areas, events, progress_reports, task_states, tasks};
use crate::db::types::Uuid;
use crate::domain::Id;
use crate::domain::tasks::Lifecycle;

/// An event about a report, with the report as it stands.
#[derive(Debug, Queryable)]
pub struct ToldReport {
    pub position: i64,
    pub action: String,
    pub subject_id: Id,
    pub recorded_at: NaiveDateTime,
    pub state_after: Option<String>,
    pub report: Option<ProgressReport>,
}

/// Up to `limit` events about reports after a position, oldest first.
pub fn told_reports(conn: &mut Connection, after: i64, limit: i64) -> StoreResult<Vec<ToldReport>> {
    events::table
        .left_join(progress_reports::table.on(progress_reports::id.eq(events::subject_id)))
        .filter(events::subject_kind.eq("progress_report"))
        .filter(events::position.gt(after))
        .order(events::position)
        .limit(limit)
        .select((
            events::position,
            events::action,
            events::subject_id,
            events::recorded_at,
            events::state_after,
            Option::<ProgressReport>::as_select(),
        ))
        .load(conn)
}

/// How many reports there are.
pub fn count_reports(conn: &mut Connection) -> StoreResult<i64> {
    progress_reports::table.select(count_star()).first(conn)
}

/// A report that the journal does not know.
pub fn untold_report(conn: &mut Connection) -> StoreResult<Option<Id>> {
    let told = events::table.filter(events::position.eq(progress_reports::position)).filter(events::subject_id.eq(progress_reports::id));
    progress_reports::table.filter(not(exists(told))).select(progress_reports::id).first(conn).optional()
}

/// The ids of all root areas.
pub fn roots(conn: &mut Connection) -> StoreResult<Vec<Id>> {
    areas::table.filter(areas::parent_id.is_null()).order(areas::id).select(areas::id).load(conn)
}

/// A task with issue and state that contradict each other: a draft that was issued, or work that was not.
pub fn contradicted(conn: &mut Connection) -> StoreResult<Option<(Id, Lifecycle)>> {
    let draft = task_states::lifecycle.eq(Lifecycle::Draft);
    tasks::table
        .inner_join(task_states::table)
        .filter(tasks::voided_at.is_null())
        .filter(draft.and(tasks::issued_at.is_not_null()).or(not(draft).and(tasks::issued_at.is_null())))
        .select((tasks::id, task_states::lifecycle))
        .first(conn)
        .optional()
}

/// What the reports of a task come to.
#[derive(Debug, PartialEq, Eq, QueryableByName)]
pub struct Heard {
    #[diesel(sql_type = Uuid)]
    pub task_id: Id,
    /// Reports that wait.
    #[diesel(sql_type = BigInt)]
    pub waiting: i64,
    /// When the last report came that was not returned.
    #[diesel(sql_type = Nullable<Timestamp>)]
    pub last: Option<NaiveDateTime>,
    /// When the first report came.
    #[diesel(sql_type = Nullable<Timestamp>)]
    pub first: Option<NaiveDateTime>,
}

/// The tasks whose state keeps something else of their reports than these come to, with that.
pub fn misheard(conn: &mut Connection) -> StoreResult<Vec<Heard>> {
    sql_query(
        "SELECT s.task_id, COALESCE(h.waiting, 0) AS waiting, h.last, h.first FROM task_states s LEFT JOIN ( \
           SELECT task_id, CAST(SUM(CASE WHEN verification = 'submitted' THEN 1 ELSE 0 END) AS BIGINT) AS waiting, \
                  MAX(CASE WHEN verification <> 'returned' THEN recorded_at END) AS last, MIN(recorded_at) AS first \
           FROM progress_reports GROUP BY task_id \
         ) h ON h.task_id = s.task_id \
         WHERE s.waiting <> COALESCE(h.waiting, 0) \
            OR (s.last_reported_at IS NULL) <> (h.last IS NULL) OR s.last_reported_at <> h.last \
            OR (s.first_reported_at IS NULL) <> (h.first IS NULL) OR s.first_reported_at <> h.first \
         ORDER BY s.task_id LIMIT 1",
    )
    .load(conn)
}
