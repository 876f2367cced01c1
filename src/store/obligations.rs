//! Obligations: a row for each period or step that was touched, and what the rest follows from.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::StoreResult;
use super::deadlines::DeadlineRow;
use crate::db::schema::{commitments, deadlines, obligations, task_states, tasks};
use crate::db::{Connection, statements};
use crate::domain::deadline::DeadlineKind;
use crate::domain::obligations::{Promise, Told};
use crate::domain::progress_reports::ReportState;
use crate::domain::{Id, calendar};

/// Where one obligation stands that was reported on.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = obligations, treat_none_as_null = true, primary_key(task_id, period), treat_none_as_default_value = false)]
pub struct ObligationRow {
    pub task_id: Id,
    pub period: String,
    pub due_on: Option<NaiveDate>,
    /// The latest report that was not returned.
    pub report_id: Option<Id>,
    pub state: ReportState,
    pub done_on: Option<NaiveDate>,
    pub confirmed: bool,
}

impl ObligationRow {
    /// What was told of it.
    pub fn told(&self) -> Option<Told> {
        self.report_id.map(|_| Told { state: self.state, done_on: self.done_on, confirmed: self.confirmed })
    }
}

/// Writes a row, in the place of the one there was.
pub fn put(conn: &mut Connection, row: &ObligationRow) -> StoreResult<()> {
    let same = obligations::task_id.eq(row.task_id).and(obligations::period.eq(row.period.clone()));
    if statements::update("obligations", row, same).execute(conn)? == 0 {
        diesel::insert_into(obligations::table).values(row).execute(conn)?;
    }
    Ok(())
}

/// The rows of these tasks.
pub fn of_tasks(conn: &mut Connection, ids: &[Id]) -> StoreResult<Vec<ObligationRow>> {
    load_among!(conn, obligations::table.select(ObligationRow::as_select()), obligations::task_id, ids)
}

/// The deadlines that these tasks were committed to before `cutoff`, those of one task oldest first.
pub fn promises(conn: &mut Connection, ids: &[Id], cutoff: Option<NaiveDateTime>) -> StoreResult<Vec<(Id, Promise)>> {
    type Row = (Id, i64, NaiveDateTime, Option<DeadlineRow>);
    let committed = commitments::table.left_join(deadlines::table).select((
        commitments::task_id,
        commitments::position,
        commitments::recorded_at,
        Option::<DeadlineRow>::as_select(),
    ));
    let load = |conn: &mut Connection| -> StoreResult<Vec<Row>> { load_among!(conn, committed, commitments::task_id, ids) };
    let mut rows = load(conn)?;
    rows.retain(|(_, _, recorded_at, _)| cutoff.is_none_or(|cutoff| *recorded_at < cutoff));
    rows.sort_by_key(|(task, position, _, _)| (*task, *position));
    let promise = |(task, _, recorded_at, row): Row| (task, promise(recorded_at, row.as_ref()));
    Ok(rows.into_iter().map(promise).collect())
}

/// A deadline as it was recorded.
pub fn promise(recorded_at: NaiveDateTime, row: Option<&DeadlineRow>) -> Promise {
    Promise::of(calendar::day_of(recorded_at.and_utc()), row.map(DeadlineRow::reading).as_ref())
}

/// The tasks that have, or had, a deadline with periods.
pub fn repeating(conn: &mut Connection) -> StoreResult<Vec<Id>> {
    const REPEATED: [DeadlineKind; 3] = [DeadlineKind::Recurring, DeadlineKind::RecurringDue, DeadlineKind::RecurringCondition];
    let repeated = deadlines::table.filter(deadlines::recurrence.is_not_null()).filter(deadlines::kind.eq_any(REPEATED));
    tasks::table
        .inner_join(task_states::table)
        .filter(tasks::id.eq_any(repeated.select(deadlines::task_id)))
        .order(tasks::id)
        .select(tasks::id)
        .load(conn)
}
