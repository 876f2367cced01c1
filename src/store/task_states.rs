//! States of tasks: hot, moved by reports.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::StoreResult;
use crate::db::schema::task_states;
use crate::db::{Connection, statements};
use crate::domain::task_state::TaskState;
use crate::domain::tasks::Lifecycle;
use crate::domain::timeliness::{Judgement, judge};
use crate::domain::{Id, Percent};

/// The state of one task.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = task_states, treat_none_as_null = true, primary_key(task_id), treat_none_as_default_value = false)]
pub struct TaskStateRow {
    pub task_id: Id,
    pub deadline_id: Option<Id>,
    pub due_on: Option<NaiveDate>,
    pub lifecycle: Lifecycle,
    pub confirmed: bool,
    pub completed_on: Option<NaiveDate>,
    pub claimed: Option<Percent>,
    pub verified: Option<Percent>,
    pub reported: bool,
    pub has_verified: bool,
    pub waiting: i32,
    pub last_reported_at: Option<NaiveDateTime>,
    /// When the first report came; stays, whatever becomes of it.
    pub first_reported_at: Option<NaiveDateTime>,
    /// Whether its deadline was changed after it was issued.
    pub rescheduled: bool,
    /// Where it was: the day lateness was judged by before.
    pub original_due_on: Option<NaiveDate>,
}

/// Adds a row.
pub fn insert(conn: &mut Connection, row: &TaskStateRow) -> StoreResult<()> {
    diesel::insert_into(task_states::table).values(row).execute(conn).map(drop)
}

impl TaskStateRow {
    /// The row of a task that stands as `state` says.
    pub fn new(task_id: Id, deadline_id: Option<Id>, due_on: Option<NaiveDate>, state: &TaskState) -> Self {
        Self {
            task_id,
            deadline_id,
            due_on,
            lifecycle: state.lifecycle,
            confirmed: state.confirmed,
            completed_on: state.completed_on,
            claimed: state.claimed,
            verified: state.verified,
            reported: state.reported,
            has_verified: state.has_verified,
            waiting: state.waiting,
            last_reported_at: state.last_reported_at.map(|t| t.naive_utc()),
            first_reported_at: state.first_reported_at.map(|t| t.naive_utc()),
            rescheduled: false,
            original_due_on: None,
        }
    }

    /// The row after reports or decisions: what the task is committed to stays.
    #[must_use]
    pub fn moved(&self, state: &TaskState) -> Self {
        let Self { task_id, deadline_id, due_on, rescheduled, original_due_on, .. } = *self;
        Self { rescheduled, original_due_on, ..Self::new(task_id, deadline_id, due_on, state) }
    }

    /// How it would stand had its deadline not been changed.
    pub fn original_judgement(&self, today: NaiveDate, due_soon_days: i64) -> Judgement {
        judge(self.lifecycle, self.completed_on, if self.rescheduled { self.original_due_on } else { self.due_on }, today, due_soon_days)
    }

    /// How the task stands on a day.
    pub fn judgement(&self, today: NaiveDate, due_soon_days: i64) -> Judgement {
        judge(self.lifecycle, self.completed_on, self.due_on, today, due_soon_days)
    }
}

/// Replaces the state of a task.
pub fn update(conn: &mut Connection, row: &TaskStateRow) -> StoreResult<()> {
    statements::update("task_states", row, task_states::task_id.eq(row.task_id)).execute(conn).map(drop)
}

/// The state of a task.
pub fn find(conn: &mut Connection, task: Id) -> StoreResult<Option<TaskStateRow>> {
    task_states::table.find(task).select(TaskStateRow::as_select()).first(conn).optional()
}
