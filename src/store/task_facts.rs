//! What dashboards count: one fact for each counted task, as it stands now or stood at the end of
//! an earlier day.
//!
//! Counted are issued leaf tasks that are not voided. [`current`] reads the state that every report
//! moves in its own transaction, and of histories one index only, which is empty outside the demo;
//! [`as_of`] replays the histories. On the present day both give the same facts, which a property
//! test proves.

mod past;
mod timeline;

use std::collections::HashSet;

use chrono::{NaiveDate, NaiveDateTime};
use diesel::dsl::sql;
use diesel::prelude::*;
use diesel::sql_types::Bool;

use super::StoreResult;
use crate::db::Connection;
use crate::db::connection::MultiBackend;
use crate::db::schema::{progress_reports, task_states, tasks};
use crate::domain::roll_up::Counted;
use crate::domain::silence::Heard;
use crate::domain::tasks::{Lifecycle, Secrecy};
use crate::domain::timeliness::{self, Judgement};
use crate::domain::{Id, Origin, Percent, calendar};

pub use past::as_of;
pub use timeline::at_each;

/// Which tasks are asked for.
#[derive(Debug, Clone, Default)]
pub struct FactFilter {
    /// The root areas whose tasks count.
    pub roots: Vec<Id>,
    /// Only tasks that carry out one of these documents.
    pub documents: Option<Vec<Id>>,
    pub programme_id: Option<Id>,
    pub field_id: Option<Id>,
    pub breakthrough_id: Option<Id>,
    pub pillar_id: Option<Id>,
}

/// A counted task and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskFact {
    pub task: FactTask,
    pub state: FactState,
    /// It, or a report on it, was made up for the demo.
    pub illustrative: bool,
}

/// What a task is: who leads it, how much it weighs, what it is linked to.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = tasks)]
pub struct FactTask {
    pub id: Id,
    pub root_id: Id,
    pub secrecy: Secrecy,
    pub lead_unit_id: Id,
    pub weight: i32,
    pub resolution_id: Option<Id>,
    pub programme_id: Option<Id>,
    pub breakthrough_id: Option<Id>,
    pub objective_id: Option<Id>,
    pub pillar_id: Option<Id>,
    pub group_id: Option<Id>,
    pub field_id: Option<Id>,
    pub assigned_on: Option<NaiveDate>,
    pub issued_at: Option<NaiveDateTime>,
    pub origin: Origin,
}

/// Where a task stands.
#[derive(Debug, Clone, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = task_states)]
pub struct FactState {
    /// The date lateness is judged by.
    pub due_on: Option<NaiveDate>,
    pub lifecycle: Lifecycle,
    pub confirmed: bool,
    pub completed_on: Option<NaiveDate>,
    pub claimed: Option<Percent>,
    pub verified: Option<Percent>,
    pub reported: bool,
    pub has_verified: bool,
    /// Whether the deadline was changed since the task was issued.
    pub rescheduled: bool,
    /// Where it was: the day lateness was judged by before.
    pub original_due_on: Option<NaiveDate>,
    /// When the last report came that was not returned.
    pub last_reported_at: Option<NaiveDateTime>,
}

impl FactState {
    /// The day lateness is judged by against the deadline the task was issued with.
    pub fn first_due_on(&self) -> Option<NaiveDate> {
        if self.rescheduled { self.original_due_on } else { self.due_on }
    }
}

impl TaskFact {
    /// How it stands on a day.
    pub fn judgement(&self, day: NaiveDate, due_soon_days: i64) -> Judgement {
        timeliness::judge(self.state.lifecycle, self.state.completed_on, self.state.due_on, day, due_soon_days)
    }

    /// The day it was assigned, or issued if that is not known.
    pub fn assigned_on(&self) -> Option<NaiveDate> {
        self.task.assigned_on.or_else(|| self.issued_on())
    }

    /// When something was last heard of it.
    pub fn heard(&self) -> Option<Heard> {
        let reported = self.state.last_reported_at.map(|at| Heard { on: calendar::day_of(at.and_utc()), reported: true });
        reported.or_else(|| Some(Heard { on: self.issued_on()?, reported: false }))
    }

    fn issued_on(&self) -> Option<NaiveDate> {
        self.task.issued_at.map(|at| calendar::day_of(at.and_utc()))
    }

    /// The task as the roll-up takes it in, judged on `day`.
    pub fn counted(&self, day: NaiveDate, due_soon_days: i64) -> Counted {
        let FactState { due_on, lifecycle, confirmed, completed_on, claimed, verified, reported, has_verified, rescheduled, .. } =
            self.state;
        let judged_by = |due_on| timeliness::judge(lifecycle, completed_on, due_on, day, due_soon_days).timeliness;
        let (timeliness, original) = (judged_by(due_on), judged_by(self.state.first_due_on()));
        let weight = self.task.weight;
        Counted { weight, lifecycle, confirmed, timeliness, original, rescheduled, claimed, verified, reported, has_verified }
    }
}

/// The counted tasks as they stand now, in no order: three queries, however many there are.
pub fn current(conn: &mut Connection, filter: &FactFilter) -> StoreResult<Vec<TaskFact>> {
    let parents = parents(conn, filter, None)?;
    let illustrative = illustrative(conn, None)?;
    let rows: Vec<(FactTask, FactState)> = chosen(filter, None).select((FactTask::as_select(), FactState::as_select())).load(conn)?;
    let leaves = rows.into_iter().filter(|(task, _)| !parents.contains(&task.id));
    Ok(leaves.map(|(task, state)| TaskFact { illustrative: is_illustrative(&task, &illustrative), task, state }).collect())
}

pub(super) type Chosen<'a> = diesel::helper_types::IntoBoxed<'a, diesel::dsl::InnerJoin<tasks::table, task_states::table>, MultiBackend>;

/// Tasks that were issued and not voided: now, or before `cutoff`.
pub(super) fn chosen<'a>(filter: &FactFilter, cutoff: Option<NaiveDateTime>) -> Chosen<'a> {
    let query = linked(filter);
    match cutoff {
        None => query.filter(tasks::issued_at.is_not_null()).filter(tasks::voided_at.is_null()),
        Some(cutoff) => query.filter(tasks::issued_at.lt(cutoff)).filter(tasks::voided_at.is_null().or(tasks::voided_at.ge(cutoff))),
    }
}

/// Tasks that are linked as was asked, whatever became of them.
fn linked<'a>(filter: &FactFilter) -> Chosen<'a> {
    let mut query = tasks::table.inner_join(task_states::table).into_boxed().filter(tasks::root_id.eq_any(filter.roots.clone()));
    if let Some(documents) = &filter.documents {
        let directly = tasks::resolution_id.eq_any(documents.clone());
        query = query.filter(directly.or(tasks::programme_id.eq_any(documents.clone())));
    }
    if let Some(programme) = filter.programme_id {
        query = query.filter(tasks::programme_id.eq(programme));
    }
    if let Some(field) = filter.field_id {
        query = query.filter(tasks::field_id.eq(field));
    }
    if let Some(breakthrough) = filter.breakthrough_id {
        query = query.filter(tasks::breakthrough_id.eq(breakthrough));
    }
    if let Some(pillar) = filter.pillar_id {
        query = query.filter(tasks::pillar_id.eq(pillar));
    }
    query
}

/// Tasks with issued children: they are the sum of these.
pub(super) fn parents(conn: &mut Connection, filter: &FactFilter, cutoff: Option<NaiveDateTime>) -> StoreResult<HashSet<Id>> {
    let parents: Vec<Id> = children(&filter.roots, cutoff).select(tasks::parent_id.assume_not_null()).distinct().load(conn)?;
    Ok(parents.into_iter().collect())
}

/// Every part that was issued and not voided, now or before `cutoff`, with the task it is part of.
pub fn parts(conn: &mut Connection, roots: &[Id], cutoff: Option<NaiveDateTime>) -> StoreResult<Vec<(Id, Id)>> {
    children(roots, cutoff).select((tasks::id, tasks::parent_id.assume_not_null())).load(conn)
}

/// Issued children, not voided. They count whatever was asked for.
fn children<'a>(roots: &[Id], cutoff: Option<NaiveDateTime>) -> Chosen<'a> {
    let everything = FactFilter { roots: roots.to_vec(), ..FactFilter::default() };
    chosen(&everything, cutoff).filter(tasks::parent_id.is_not_null())
}

/// Tasks with a report that the demo made up.
fn illustrative(conn: &mut Connection, cutoff: Option<NaiveDateTime>) -> StoreResult<HashSet<Id>> {
    // In words, not as a bound value: only then does SQLite use the index that holds nothing else.
    let mut query = progress_reports::table.filter(sql::<Bool>("progress_reports.origin = 'demo'")).into_boxed();
    if let Some(cutoff) = cutoff {
        query = query.filter(progress_reports::recorded_at.lt(cutoff));
    }
    let tasks: Vec<Id> = query.select(progress_reports::task_id).distinct().load(conn)?;
    Ok(tasks.into_iter().collect())
}

fn is_illustrative(task: &FactTask, by_report: &HashSet<Id>) -> bool {
    task.origin == Origin::Demo || by_report.contains(&task.id)
}
