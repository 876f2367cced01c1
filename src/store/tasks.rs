//! Tasks: description and commitments as they are now.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::dsl::exists;
use diesel::prelude::*;

use super::StoreResult;
use super::deadlines::DeadlineRow;
use super::posts::Post;
use super::task_states::TaskStateRow;
use super::unit_groups::UnitGroup;
use super::units::Unit;
use crate::db::schema::{
    commitments, deadlines, external_refs, period_locks, self_verifications, task_clauses, task_coordinating_units, task_states,
    task_unit_groups, tasks, units,
};
use crate::db::statements::Followed;
use crate::db::{Connection, dialect};
use crate::domain::external_refs::{ExternalRef, RefKind};
use crate::domain::obligations::ObligationCounts;
use crate::domain::partial_date::DatePrecision;
use crate::domain::six_clears::ClearFacts;
use crate::domain::tasks::Secrecy;
use crate::domain::{Id, Origin};

/// One task.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = tasks, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct Task {
    pub id: Id,
    pub root_id: Id,
    pub parent_id: Option<Id>,
    pub resolution_id: Option<Id>,
    pub programme_id: Option<Id>,
    pub group_id: Option<Id>,
    pub field_id: Option<Id>,
    pub breakthrough_id: Option<Id>,
    pub pillar_id: Option<Id>,
    pub objective_id: Option<Id>,
    pub title: String,
    pub folded: String,
    pub description: Option<String>,
    pub deliverable: Option<String>,
    pub lead_unit_id: Id,
    pub monitoring_unit_id: Option<Id>,
    pub accountable_post_id: Option<Id>,
    pub assigned_by: Option<String>,
    pub assigned_text: Option<String>,
    pub assigned_on: Option<NaiveDate>,
    pub assigned_precision: Option<DatePrecision>,
    pub assigning_document: Option<String>,
    pub weight: i32,
    pub scope: Option<String>,
    pub secrecy: Secrecy,
    pub issued_at: Option<NaiveDateTime>,
    pub voided_at: Option<NaiveDateTime>,
    pub source: Option<String>,
    pub origin: Origin,
    pub version: i32,
    pub recorded_at: NaiveDateTime,
    /// Whether a reorganisation handed it to another unit, ever.
    pub handed_over: bool,
}

versioned!(tasks, Task, searched);

/// A task with its state.
pub type TaskRow = (Task, TaskStateRow);

/// Everything about a task that is shown.
#[derive(Debug, Clone)]
pub struct TaskRecord {
    pub task: Task,
    pub state: TaskStateRow,
    pub deadline: Option<DeadlineRow>,
    pub original_deadline: Option<DeadlineRow>,
    pub lead: Unit,
    /// Who answers for it today, where that is no longer the lead unit.
    pub responsible: Option<Unit>,
    pub monitoring: Option<Unit>,
    pub coordinating: Vec<Unit>,
    pub accountable: Option<Post>,
    /// The group of units whose whole it is.
    pub unit_group: Option<UnitGroup>,
    pub external_refs: Vec<ExternalRef>,
    /// The clauses it cites, in the order of their documents.
    pub clauses: Vec<Id>,
    /// How many of its periods or steps are done, if it has any.
    pub obligations: Option<ObligationCounts>,
    /// Whether issued tasks stand below it.
    pub is_parent: bool,
}

impl TaskRecord {
    /// The unit that answers for it today: the lead unit, or who answers since a reorganisation.
    pub fn answering(&self) -> &Unit {
        self.responsible.as_ref().unwrap_or(&self.lead)
    }

    /// What of it the six clears ask.
    pub fn clear_facts(&self) -> ClearFacts {
        let task = &self.task;
        ClearFacts {
            post: task.accountable_post_id.is_some(),
            words: !task.title.is_empty() || task.scope.is_some(),
            deadline: self.deadline.as_ref().map(|deadline| deadline.kind),
            monitored: task.monitoring_unit_id.is_some(),
            product: task.deliverable.is_some(),
            assigned: task.assigned_by.is_some() || task.assigning_document.is_some(),
            secrecy: task.secrecy,
        }
    }
}

/// A task with what one look tells of its surroundings.
#[derive(Debug, Clone, Queryable)]
pub struct Surrounded {
    pub row: TaskRow,
    pub lead: Unit,
    pub monitoring: Option<Unit>,
    pub deadline: Option<DeadlineRow>,
    /// The deadline it was issued with.
    pub original_deadline_id: Option<Id>,
    /// Whether units help with it.
    pub is_coordinated: bool,
    /// Whether other systems have a name for it.
    pub is_named: bool,
    /// Whether it cites clauses.
    pub cites: bool,
    /// Whether it is the whole of what a group of units was given.
    pub is_grouped: bool,
    /// Whether issued tasks, not voided, stand directly below it.
    pub is_parent: bool,
    /// Whether its reports verify themselves.
    pub is_light: bool,
    /// Whether periods of its province are closed.
    pub has_locks: bool,
}

/// The task with its surroundings.
pub fn find_surrounded(conn: &mut Connection, id: Id) -> StoreResult<Option<Surrounded>> {
    let (monitoring, parts) = diesel::alias!(units as monitoring, tasks as parts);
    let original = commitments::table.filter(commitments::task_id.eq(tasks::id)).filter(commitments::change_id.is_null());
    let names = external_refs::table.filter(external_refs::subject_kind.eq(RefKind::Task)).filter(external_refs::subject_id.eq(tasks::id));
    let parts = parts
        .filter(parts.field(tasks::parent_id).eq(tasks::id.nullable()))
        .filter(parts.field(tasks::issued_at).is_not_null())
        .filter(parts.field(tasks::voided_at).is_null());
    let light = self_verifications::table.filter(self_verifications::task_id.eq(tasks::id)).filter(self_verifications::allowed);
    let locks = period_locks::table.filter(period_locks::root_id.eq(tasks::root_id)).filter(period_locks::opened_at.is_null());
    tasks::table
        .inner_join(task_states::table)
        .inner_join(units::table.on(units::id.eq(tasks::lead_unit_id)))
        .left_join(monitoring.on(monitoring.field(units::id).nullable().eq(tasks::monitoring_unit_id)))
        .left_join(deadlines::table.on(deadlines::id.nullable().eq(task_states::deadline_id)))
        .filter(tasks::id.eq(id))
        .select((
            TaskRow::as_select(),
            Unit::as_select(),
            monitoring.fields(units::all_columns).nullable(),
            Option::<DeadlineRow>::as_select(),
            original.select(commitments::deadline_id).single_value(),
            exists(task_coordinating_units::table.filter(task_coordinating_units::task_id.eq(tasks::id))),
            exists(names),
            exists(task_clauses::table.filter(task_clauses::task_id.eq(tasks::id))),
            exists(task_unit_groups::table.filter(task_unit_groups::task_id.eq(tasks::id))),
            exists(parts),
            exists(light),
            exists(locks),
        ))
        .first(conn)
        .optional()
}

/// Keeps everybody else from changing this task until the transaction ends.
pub fn lock(conn: &mut Connection, id: Id) -> StoreResult<()> {
    match dialect::row_lock(conn) {
        "" => Ok(()),
        lock => Followed(tasks::table.find(id).select(tasks::version), lock).execute(conn).map(drop),
    }
}

/// The task with its surroundings, kept from everybody else until the transaction ends.
pub fn hold(conn: &mut Connection, id: Id) -> StoreResult<Option<Surrounded>> {
    lock(conn, id)?;
    find_surrounded(conn, id)
}

/// The coordinating units of these tasks, those of one task in Vietnamese order of their names.
pub fn coordinating(conn: &mut Connection, ids: &[Id]) -> StoreResult<Vec<(Id, Unit)>> {
    let units = task_coordinating_units::table
        .inner_join(units::table)
        .order((units::sort_key, units::id))
        .select((task_coordinating_units::task_id, Unit::as_select()));
    load_among!(conn, units, task_coordinating_units::task_id, ids)
}

/// Sets the coordinating units of a task.
pub fn set_coordinating(conn: &mut Connection, task: Id, unit_ids: &[Id]) -> StoreResult<()> {
    use task_coordinating_units::dsl::{task_id, unit_id};
    diesel::delete(task_coordinating_units::table.filter(task_id.eq(task))).execute(conn)?;
    for unit in unit_ids {
        diesel::insert_into(task_coordinating_units::table).values((task_id.eq(task), unit_id.eq(*unit))).execute(conn)?;
    }
    Ok(())
}

/// The tasks with these ids, in no order.
pub fn with_ids(conn: &mut Connection, ids: &[Id]) -> StoreResult<Vec<Task>> {
    load_among!(conn, tasks::table.select(Task::as_select()), tasks::id, ids)
}

/// Which root those of these ids that are tasks belong to, however many there are.
pub fn roots_of(conn: &mut Connection, ids: &[Id]) -> StoreResult<Vec<(Id, Id)>> {
    /// A statement takes at most 32,766 values on SQLite.
    const AT_ONCE: usize = 10_000;
    let mut found = Vec::new();
    for some in ids.chunks(AT_ONCE) {
        found.extend(tasks::table.filter(tasks::id.eq_any(some.to_vec())).select((tasks::id, tasks::root_id)).load::<(Id, Id)>(conn)?);
    }
    Ok(found)
}

/// The tasks with these ids, each with its state.
pub fn rows_with_ids(conn: &mut Connection, ids: &[Id]) -> StoreResult<Vec<TaskRow>> {
    tasks::table.inner_join(task_states::table).filter(tasks::id.eq_any(ids.to_vec())).select(TaskRow::as_select()).load(conn)
}

/// The issued, not voided tasks directly below these.
pub fn children_of(conn: &mut Connection, parents: &[Id]) -> StoreResult<Vec<TaskRow>> {
    let children = tasks::table
        .inner_join(task_states::table)
        .filter(tasks::issued_at.is_not_null())
        .filter(tasks::voided_at.is_null())
        .select(TaskRow::as_select());
    load_among!(conn, children, tasks::parent_id, parents)
}

/// The tasks directly below this one that are not void, drafts too, in the order they were made.
pub fn standing_parts(conn: &mut Connection, parent: Id) -> StoreResult<Vec<TaskRow>> {
    tasks::table
        .inner_join(task_states::table)
        .filter(tasks::parent_id.eq(parent).and(tasks::voided_at.is_null()))
        .order(tasks::id)
        .select(TaskRow::as_select())
        .load(conn)
}
