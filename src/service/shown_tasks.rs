//! Tasks as they are shown: with everything around them, how they stand, and what may be done next.

use std::collections::HashMap;

use crate::db::Connection;
use crate::domain::external_refs::{ExternalRef, RefKind};
use crate::domain::obligations::ObligationCounts;
use crate::domain::roll_up::{Counted, RollUp};
use crate::domain::tasks::{Lifecycle, Standing, TaskAction};
use crate::domain::timeliness::Judgement;
use crate::domain::{Id, Moment};
use crate::error::{AppError, AppResult};
use crate::store;
use crate::store::deadlines::DeadlineRow;
use crate::store::task_states::TaskStateRow;
use crate::store::tasks::{Surrounded, Task, TaskRecord, TaskRow};
use crate::store::unit_groups::UnitGroup;
use crate::store::units::Unit;

use super::access::{Actor, ChangeCommitments, LogProgress, Permit, RequestCommitments, Right, WriteWork};
use super::obligations::Owing;
use super::{external_refs, obligations, succession};

/// A task as it is shown to one reader on one day.
#[derive(Debug, Clone)]
pub struct ShownTask {
    /// The rows.
    pub record: TaskRecord,
    /// How it stands against its deadline, and against the one it was issued with.
    pub judgements: [Judgement; 2],
    /// For a task with parts: what its leaves add up to.
    pub parts: Option<RollUp>,
    /// What this reader may do with it.
    pub actions: Vec<TaskAction>,
}

/// Rows as they are shown to this actor: everything around them is loaded at once, whatever their
/// number.
///
/// # Errors
/// The database's.
pub fn show(conn: &mut Connection, actor: &Actor, rows: Vec<TaskRow>, at: &Moment) -> AppResult<Vec<ShownTask>> {
    let surroundings = Surroundings::load(conn, &rows, at)?;
    let rights = Rights::of(actor);
    rows.into_iter().map(|row| surroundings.show(row, &rights, at)).collect()
}

/// The same for rows that are to be shown as they are, whatever parts the tasks have now.
///
/// # Errors
/// As [`show`].
pub fn show_leaves(conn: &mut Connection, actor: &Actor, rows: Vec<TaskRow>, at: &Moment) -> AppResult<Vec<ShownTask>> {
    let mut surroundings = Surroundings::load(conn, &rows, at)?;
    surroundings.parts.clear();
    let rights = Rights::of(actor);
    rows.into_iter().map(|row| surroundings.show(row, &rights, at)).collect()
}

/// The task with this id as it is shown to this actor.
///
/// # Errors
/// `not_found`; the database's.
pub fn show_one(conn: &mut Connection, actor: &Actor, id: Id, at: &Moment) -> AppResult<ShownTask> {
    let found = super::lookup::found(store::tasks::find_surrounded(conn, id))?;
    Surroundings::of_one(conn, &found, at)?.show(found.row, &Rights::of(actor), at)
}

/// What a dashboard counts of a task.
pub fn counted(task: &Task, state: &TaskStateRow, at: &Moment) -> Counted {
    Counted {
        weight: task.weight,
        lifecycle: state.lifecycle,
        confirmed: state.confirmed,
        timeliness: state.judgement(at.today(), at.due_soon_days).timeliness,
        original: state.original_judgement(at.today(), at.due_soon_days).timeliness,
        rescheduled: state.rescheduled,
        claimed: state.claimed,
        verified: state.verified,
        reported: state.reported,
        has_verified: state.has_verified,
    }
}

/// What decides the next steps of a task.
pub fn standing(record: &TaskRecord) -> Standing {
    let TaskRecord { task, state, .. } = record;
    Standing { lifecycle: state.lifecycle, confirmed: state.confirmed, voided: task.voided_at.is_some(), is_parent: record.is_parent }
}

/// Where the actor may do what.
struct Rights {
    log: Option<Permit<LogProgress>>,
    write: Option<Permit<WriteWork>>,
    change: Option<Permit<ChangeCommitments>>,
    request: Option<Permit<RequestCommitments>>,
}

impl Rights {
    fn of(actor: &Actor) -> Self {
        Self { log: actor.permit().ok(), write: actor.permit().ok(), change: actor.permit().ok(), request: actor.permit().ok() }
    }

    /// `unit` is the one that answers for the task.
    fn allow(&self, action: TaskAction, unit: &Unit) -> bool {
        fn covers<R: Right>(permit: Option<&Permit<R>>, unit: &Unit) -> bool {
            permit.is_some_and(|p| p.covers_unit(&unit.path, &unit.area_path))
        }
        match action {
            TaskAction::Report => covers(self.log.as_ref(), unit),
            TaskAction::ChangeCommitment => covers(self.change.as_ref(), unit),
            // Whoever may change it need not ask.
            TaskAction::RequestCommitment => covers(self.request.as_ref(), unit) && !covers(self.change.as_ref(), unit),
            _ => covers(self.write.as_ref(), unit),
        }
    }
}

/// What stands around a page of tasks.
struct Surroundings {
    units: HashMap<Id, Unit>,
    coordinating: HashMap<Id, Vec<Unit>>,
    posts: HashMap<Id, store::posts::Post>,
    deadlines: HashMap<Id, DeadlineRow>,
    originals: HashMap<Id, DeadlineRow>,
    external_refs: HashMap<Id, Vec<ExternalRef>>,
    clauses: HashMap<Id, Vec<Id>>,
    parts: HashMap<Id, RollUp>,
    responsible: HashMap<Id, Unit>,
    obligations: HashMap<Id, ObligationCounts>,
    unit_groups: HashMap<Id, UnitGroup>,
}

impl Surroundings {
    fn load(conn: &mut Connection, rows: &[TaskRow], at: &Moment) -> AppResult<Self> {
        let ids: Vec<Id> = rows.iter().map(|(task, _)| task.id).collect();
        let units: Vec<Id> = rows.iter().flat_map(|(t, _)| [Some(t.lead_unit_id), t.monitoring_unit_id]).flatten().collect();
        let posts: Vec<Id> = rows.iter().filter_map(|(t, _)| t.accountable_post_id).collect();
        let deadlines: Vec<Id> = rows.iter().filter_map(|(_, s)| s.deadline_id).collect();
        let mut coordinating: HashMap<Id, Vec<Unit>> = HashMap::new();
        for (task, unit) in store::tasks::coordinating(conn, &ids)? {
            coordinating.entry(task).or_default().push(unit);
        }
        let units: HashMap<Id, Unit> = store::units::with_ids(conn, &units)?.into_iter().map(|u| (u.id, u)).collect();
        let led = rows.iter().filter_map(|(task, _)| Some((task, units.get(&task.lead_unit_id)?)));
        let deadlines: HashMap<Id, DeadlineRow> = store::deadlines::with_ids(conn, &deadlines)?.into_iter().map(|d| (d.id, d)).collect();
        let originals: HashMap<Id, DeadlineRow> = store::commitments::original_deadlines(conn, &ids)?.into_iter().collect();
        let owing = owing(rows.iter(), &deadlines, |task| originals.get(&task.id).map(|original| original.id));
        Ok(Self {
            obligations: obligations::counts(conn, &owing, None, at.today())?,
            responsible: succession::responsible_units(conn, led, at)?,
            units,
            coordinating,
            posts: store::posts::with_ids(conn, &posts)?.into_iter().map(|p| (p.id, p)).collect(),
            deadlines,
            originals,
            external_refs: external_refs::of_all(conn, RefKind::Task, &ids)?,
            clauses: clauses_of(conn, &ids)?,
            parts: parts_of(conn, &ids, at)?,
            unit_groups: store::unit_groups::of_tasks(conn, &ids)?.into_iter().collect(),
        })
    }

    /// Of one task: what is not there is not asked for.
    fn of_one(conn: &mut Connection, found: &Surrounded, at: &Moment) -> AppResult<Self> {
        let Surrounded { row: (task, _), lead, monitoring, deadline, original_deadline_id, .. } = found;
        let (id, one) = (task.id, [task.id]);
        let ids = |wanted: bool| if wanted { one.as_slice() } else { &[] };
        let deadlines: HashMap<Id, _> = deadline.iter().map(|d| (d.id, d.clone())).collect();
        let original = match original_deadline_id {
            Some(same) if deadlines.contains_key(same) => deadlines.get(same).cloned(),
            Some(other) => store::deadlines::with_ids(conn, &[*other])?.pop(),
            None => None,
        };
        let coordinating = store::tasks::coordinating(conn, ids(found.is_coordinated))?.into_iter().map(|(_, unit)| unit).collect();
        let posts: Vec<Id> = task.accountable_post_id.into_iter().collect();
        let owing = owing([&found.row], &deadlines, |_| *original_deadline_id);
        Ok(Self {
            obligations: obligations::counts(conn, &owing, None, at.today())?,
            responsible: succession::responsible_units(conn, [(task, lead)], at)?,
            units: [lead].into_iter().chain(monitoring).map(|u| (u.id, u.clone())).collect(),
            coordinating: HashMap::from([(id, coordinating)]),
            posts: store::posts::with_ids(conn, &posts)?.into_iter().map(|p| (p.id, p)).collect(),
            deadlines,
            originals: original.map(|deadline| (id, deadline)).into_iter().collect(),
            external_refs: external_refs::of_all(conn, RefKind::Task, ids(found.is_named))?,
            clauses: clauses_of(conn, ids(found.cites))?,
            parts: parts_of(conn, ids(found.is_parent), at)?,
            unit_groups: store::unit_groups::of_tasks(conn, ids(found.is_grouped))?.into_iter().collect(),
        })
    }

    fn show(&self, (task, mut state): TaskRow, rights: &Rights, at: &Moment) -> AppResult<ShownTask> {
        let parts = self.parts.get(&task.id).copied();
        let judged = |of: fn(&TaskStateRow, _, _) -> Judgement| of(&state, at.today(), at.due_soon_days);
        let mut judgements = [judged(TaskStateRow::judgement), judged(TaskStateRow::original_judgement)];
        if let (Some(parts), true) = (parts, task.issued_at.is_some()) {
            stand_as_parts(&mut state, &parts);
            // Some parts may be in time and others late: their counts say it.
            judgements = [Judgement { timeliness: None, days_late: None }; 2];
        }
        let lead = self.units.get(&task.lead_unit_id).cloned().ok_or_else(|| AppError::internal("a task without lead unit"))?;
        let record = TaskRecord {
            responsible: self.responsible.get(&task.id).cloned(),
            monitoring: task.monitoring_unit_id.and_then(|id| self.units.get(&id)).cloned(),
            coordinating: self.coordinating.get(&task.id).cloned().unwrap_or_default(),
            accountable: task.accountable_post_id.and_then(|id| self.posts.get(&id)).cloned(),
            deadline: state.deadline_id.and_then(|id| self.deadlines.get(&id)).cloned(),
            original_deadline: self.originals.get(&task.id).cloned(),
            external_refs: self.external_refs.get(&task.id).cloned().unwrap_or_default(),
            clauses: self.clauses.get(&task.id).cloned().unwrap_or_default(),
            obligations: self.obligations.get(&task.id).copied().filter(|_| parts.is_none()),
            unit_group: self.unit_groups.get(&task.id).cloned(),
            is_parent: parts.is_some(),
            lead,
            task,
            state,
        };
        let actions = standing(&record).allowed_actions().into_iter().filter(|a| rights.allow(*a, record.answering())).collect();
        Ok(ShownTask { record, judgements, parts, actions })
    }
}

/// The tasks that may owe more than the whole, each with its deadline in force.
fn owing<'a>(
    rows: impl IntoIterator<Item = &'a TaskRow>,
    deadlines: &'a HashMap<Id, DeadlineRow>,
    original: impl Fn(&Task) -> Option<Id>,
) -> Vec<Owing<'a>> {
    let with_deadline = |(task, state): &'a TaskRow| (task, state.deadline_id.and_then(|id| deadlines.get(&id)), state.lifecycle);
    let owes = |(task, in_force, _): &Owing<'_>| obligations::may_owe(task, *in_force, original(task));
    rows.into_iter().map(with_deadline).filter(owes).collect()
}

fn clauses_of(conn: &mut Connection, ids: &[Id]) -> AppResult<HashMap<Id, Vec<Id>>> {
    let mut of: HashMap<Id, Vec<Id>> = HashMap::new();
    for cited in store::clauses::cited_by(conn, ids)? {
        of.entry(cited.task_id).or_default().push(cited.clause_id);
    }
    Ok(of)
}

/// What the leaves below each of these tasks add up to; only tasks with parts are in the answer.
fn parts_of(conn: &mut Connection, ids: &[Id], at: &Moment) -> AppResult<HashMap<Id, RollUp>> {
    let mut below: HashMap<Id, Vec<TaskRow>> = HashMap::new();
    let mut level = ids.to_vec();
    while !level.is_empty() {
        let children = store::tasks::children_of(conn, &level)?;
        level = children.iter().map(|(task, _)| task.id).filter(|id| !below.contains_key(id) && !ids.contains(id)).collect();
        for child in children {
            below.entry(child.0.parent_id.unwrap_or(Id::NIL)).or_default().push(child);
        }
    }
    let sum = |id: &Id| {
        let mut sum = RollUp::default();
        add_leaves(*id, &below, at, &mut sum);
        (*id, sum)
    };
    Ok(ids.iter().filter(|id| below.contains_key(id)).map(sum).collect())
}

fn add_leaves(parent: Id, below: &HashMap<Id, Vec<TaskRow>>, at: &Moment, sum: &mut RollUp) {
    for (task, state) in below.get(&parent).into_iter().flatten() {
        if below.contains_key(&task.id) {
            add_leaves(task.id, below, at, sum);
        } else {
            sum.add(&counted(task, state, at));
        }
    }
}

/// A parent stands as its parts do: completed when all are, not started when none has.
fn stand_as_parts(state: &mut TaskStateRow, parts: &RollUp) {
    let (counts, progress) = (parts.counts(), parts.progress());
    let completed = counts.completed_on_time + counts.completed_late;
    state.lifecycle = match () {
        () if counts.total == counts.cancelled => Lifecycle::Cancelled,
        () if completed > 0 && counts.open() + counts.suspended == 0 => Lifecycle::Completed,
        () if progress.coverage.reported > 0 || completed > 0 => Lifecycle::InProgress,
        () => Lifecycle::NotStarted,
    };
    state.claimed = progress.claimed;
    state.verified = progress.verified;
    state.confirmed = progress.coverage.verified == progress.coverage.expected;
    state.reported = progress.coverage.reported > 0;
    state.has_verified = progress.coverage.verified > 0;
}
