//! The words of all reports, page by page, so that none is held for longer than its page.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use crate::db::Connection;
use crate::db::schema::{progress_reports, tasks};
use crate::domain::progress_reports::Verification;
use crate::domain::tasks::Secrecy;
use crate::domain::{Id, Origin};
use crate::store::StoreResult;

/// Reports that are read at once.
const AT_ONCE: i64 = 5_000;

/// What a report says, and what it is about.
#[derive(Debug, Clone, Queryable)]
pub struct Narrative {
    pub position: i64,
    pub report_id: Id,
    pub task_id: Id,
    pub unit_id: Id,
    pub result: String,
    pub recorded_at: NaiveDateTime,
    pub origin: Origin,
    pub resolution_id: Option<Id>,
    pub programme_id: Option<Id>,
}

/// Hands over each report of a root that was told by `cutoff` and not returned by then, in the order in which they were told.
pub fn narratives(conn: &mut Connection, root: Id, cutoff: NaiveDateTime, mut take: impl FnMut(&Narrative)) -> StoreResult<()> {
    let mut after = i64::MIN;
    loop {
        let page = page(conn, root, cutoff, after)?;
        let Some(last) = page.last() else { return Ok(()) };
        after = last.position;
        page.iter().for_each(&mut take);
    }
}

fn page(conn: &mut Connection, root: Id, cutoff: NaiveDateTime, after: i64) -> StoreResult<Vec<Narrative>> {
    let stands = progress_reports::verification.ne(Verification::Returned).or(progress_reports::verified_at.ge(cutoff));
    progress_reports::table
        .inner_join(tasks::table)
        .filter(progress_reports::position.gt(after))
        .filter(progress_reports::recorded_at.lt(cutoff))
        .filter(stands)
        .filter(tasks::root_id.eq(root))
        .filter(tasks::secrecy.eq(Secrecy::None))
        .filter(tasks::issued_at.is_not_null())
        .filter(tasks::voided_at.is_null().or(tasks::voided_at.ge(cutoff)))
        .order(progress_reports::position)
        .limit(AT_ONCE)
        .select((
            progress_reports::position,
            progress_reports::id,
            progress_reports::task_id,
            progress_reports::unit_id,
            progress_reports::result,
            progress_reports::recorded_at,
            progress_reports::origin,
            tasks::resolution_id,
            tasks::programme_id,
        ))
        .load(conn)
}

/// The words of these reports.
pub fn results(conn: &mut Connection, reports: &[Id]) -> StoreResult<Vec<(Id, String)>> {
    load_among!(conn, progress_reports::table.select((progress_reports::id, progress_reports::result)), progress_reports::id, reports)
}
