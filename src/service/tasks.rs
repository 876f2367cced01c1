//! Tasks as they are read: who sees which.

use crate::db::Connection;
use crate::domain::dashboards::Basis;
use crate::domain::external_refs::RefKind;
use crate::domain::permission::Reach;
use crate::domain::silence::MOST_DAYS;
use crate::domain::task_drafts::TaskQuery;
use crate::domain::tasks::Secrecy;
use crate::domain::timeliness::Against;
use crate::domain::{Id, Moment, Reference, areas, text};
use crate::error::{AppError, AppResult, codes, rules};
use crate::store;
use crate::store::succession::Of;
use crate::store::task_lists::{Led, TaskFilter};
use crate::store::task_rows::{Place, TaskRows};
use crate::store::tasks::{Task, TaskRecord};
use crate::store::units::Unit;

use super::access::{Permit, ReadWork, Right, WriteWork};
use super::links::{self, Linked};
use super::paging::{Page, PageRequest};
use super::shown_tasks::{ShownTask, show, show_one};
use super::succession::{self, Known};
use super::{documents, external_refs, lookup, past_tasks};

/// The task with this id.
///
/// # Errors
/// `not_found` for another root, a draft or a secret task; `forbidden` outside the reader's reach.
pub fn get(conn: &mut Connection, permit: &Permit<ReadWork>, id: Id, at: &Moment) -> AppResult<ShownTask> {
    let shown = show_one(conn, permit.actor(), id, at)?;
    require_visible(conn, permit, &shown.record)?;
    Ok(shown)
}

/// The task with this id, for a change within the permit's reach; nobody else changes it until the
/// transaction ends.
///
/// # Errors
/// As [`get`].
pub fn hold<R: Right>(conn: &mut Connection, permit: &Permit<R>, id: Id, at: &Moment) -> AppResult<ShownTask> {
    store::tasks::lock(conn, id)?;
    let shown = show_one(conn, permit.actor(), id, at)?;
    require_visible(conn, permit, &shown.record)?;
    succession::require_answering(permit, shown.record.answering())?;
    Ok(shown)
}

/// A page of tasks by due date; those without one come last.
///
/// # Errors
/// `invalid_parameter`; the database's.
pub fn list(conn: &mut Connection, permit: &Permit<ReadWork>, query: TaskQuery, at: &Moment) -> AppResult<Page<ShownTask>> {
    if let Some(day) = past_tasks::asked_for(&query, at) {
        return past_tasks::list(conn, permit, query, day, at);
    }
    let request = PageRequest { limit: query.limit, cursor: query.cursor.clone() };
    let filter = TaskFilter { after: request.after()?, limit: request.limit()? + 1, ..filter_of(conn, permit, query, at)? };
    let rows = rows_of(conn, permit)?;
    let rows = store::task_lists::list(conn, &rows, &filter)?;
    let page = request.page(rows, |(task, state)| (state.due_on, task.id))?;
    Ok(Page { items: show(conn, permit.actor(), page.items, at)?, next: page.next })
}

/// All tasks of a list, in its order.
///
/// # Errors
/// As [`list`].
pub fn every(conn: &mut Connection, permit: &Permit<ReadWork>, query: TaskQuery, at: &Moment) -> AppResult<Vec<ShownTask>> {
    if let Some(day) = past_tasks::asked_for(&query, at) {
        return past_tasks::every(conn, permit, query, day, at);
    }
    let filter = TaskFilter { limit: i64::MAX, ..filter_of(conn, permit, query, at)? };
    let rows = rows_of(conn, permit)?;
    let mut rows = store::task_lists::list(conn, &rows, &filter)?.into_iter().peekable();
    let mut shown = Vec::new();
    while rows.peek().is_some() {
        shown.extend(show(conn, permit.actor(), rows.by_ref().take(AT_ONCE).collect(), at)?);
    }
    Ok(shown)
}

/// How many tasks are shown in one go where all are wanted.
pub const AT_ONCE: usize = 500;

/// How many tasks a list holds on all its pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// Those the reader is shown.
    pub shown: i64,
    /// For a list of what dashboards count: secret ones within the reader's reach, which count and
    /// are not shown.
    pub secret: i64,
}

/// How many tasks the list of this question holds.
///
/// # Errors
/// As [`list`].
pub fn tally(conn: &mut Connection, permit: &Permit<ReadWork>, query: TaskQuery, at: &Moment) -> AppResult<Tally> {
    if let Some(day) = past_tasks::asked_for(&query, at) {
        return past_tasks::tally(conn, permit, query, day, at);
    }
    let filter = filter_of(conn, permit, query, at)?;
    let rows = rows_of(conn, permit)?;
    let secret = if filter.counted { store::task_lists::count_secret(conn, &rows, &filter)? } else { 0 };
    Ok(Tally { shown: store::task_lists::count(conn, &rows, &filter)?, secret })
}

/// Whose tasks a reader sees, as the lists need it.
///
/// # Errors
/// The database's.
pub fn rows_of<R: Right>(conn: &mut Connection, permit: &Permit<R>) -> AppResult<TaskRows> {
    let written = permit.actor().permit::<WriteWork>().map(|p| place(conn, p.reaches())).unwrap_or_else(|_| Ok(Place::default()))?;
    Ok(TaskRows { read: place(conn, permit.reaches())?, written })
}

/// Reaches as lists need them: whole roots, and the units of everything smaller.
///
/// # Errors
/// The database's.
pub fn place(conn: &mut Connection, reaches: &[Reach]) -> AppResult<Place> {
    let mut place = Place::default();
    for reach in reaches {
        match reach {
            Reach::Areas(path) if areas::is_root(path) => {
                place.roots.extend(store::documents::root_ids(conn, std::slice::from_ref(path))?);
            }
            Reach::Nowhere => {}
            Reach::Unit(path) => place.units.extend(store::units::with_path(conn, path)?),
            Reach::Areas(path) => place.units.extend(store::units::in_area(conn, path)?.iter().map(|u| u.id)),
            Reach::Units(path) => place.units.extend(store::units::subtree(conn, path)?.iter().map(|u| u.id)),
        }
    }
    Ok(place)
}

/// Refuses a task the reader may not see.
///
/// # Errors
/// As [`get`].
pub fn require_visible<R: Right>(conn: &mut Connection, permit: &Permit<R>, record: &TaskRecord) -> AppResult<()> {
    require_published(permit, &record.task, &record.lead)?;
    let covers = |unit: &Unit| permit.covers_unit(&unit.path, &unit.area_path);
    if covers(&record.lead) || record.coordinating.iter().any(covers) {
        return Ok(());
    }
    let received = if record.task.handed_over { store::task_handovers::receivers(conn, record.task.id)? } else { Vec::new() };
    if received.iter().any(covers) { Ok(()) } else { permit.require_unit(&record.lead) }
}

/// Refuses a task of another root, and a draft or a secret task unless the asker writes such.
///
/// # Errors
/// `not_found`.
pub fn require_published<R: Right>(permit: &Permit<R>, task: &Task, lead: &Unit) -> AppResult<()> {
    permit.require_root(&lead.area_path)?;
    let unpublished = task.issued_at.is_none() || task.secrecy != Secrecy::None;
    if unpublished && !permit.actor().permit::<WriteWork>().is_ok_and(|p| p.covers_unit(&lead.path, &lead.area_path)) {
        return Err(AppError::new(codes::NOT_FOUND));
    }
    Ok(())
}

/// Refuses filters that name nothing in the reader's roots.
fn check_records(conn: &mut Connection, permit: &Permit<ReadWork>, query: &TaskQuery) -> AppResult<()> {
    let roots = documents::own_roots(conn, permit)?;
    let named = [
        ("resolution", query.resolution, Linked::Resolution),
        ("programme", query.programme, Linked::Programme),
        ("group", query.group, Linked::TaskGroup),
        ("field", query.field, Linked::Field),
        ("breakthrough", query.breakthrough, Linked::Breakthrough),
        ("pillar", query.pillar, Linked::Pillar),
        ("objective", query.objective, Linked::Objective),
        ("clause", query.clause, Linked::Clause),
        ("parent", query.parent, Linked::Task),
    ];
    named.into_iter().try_for_each(|(name, id, linked)| links::check_parameter(conn, &roots, name, id, linked))
}

/// What a question asks of the rows, after checking what it names.
///
/// # Errors
/// As [`list`].
pub fn filter_of(conn: &mut Connection, permit: &Permit<ReadWork>, query: TaskQuery, at: &Moment) -> AppResult<TaskFilter> {
    check_records(conn, permit, &query)?;
    Ok(TaskFilter {
        led: led(conn, permit, &query, at)?,
        documents: query.resolution.map(|id| documents::carrying_out(conn, id)).transpose()?,
        programme_id: query.programme,
        group_id: query.group,
        field_id: query.field,
        breakthrough_id: query.breakthrough,
        pillar_id: query.pillar,
        objective_id: query.objective,
        clauses: query.clause.map(|id| at_or_below(conn, id)).transpose()?,
        cites: query.cites,
        parent_id: query.parent,
        unit_group_id: unit_group(conn, permit, query.unit_group.as_ref())?,
        lifecycles: query.lifecycle,
        timeliness: query.timeliness,
        by_original: query.against == Some(Against::Original),
        rescheduled: query.rescheduled,
        reported: query.reported,
        silent_days: days("silent_days", query.silent_days)?,
        days_late: (days("days_late_min", query.days_late_min)?, days("days_late_max", query.days_late_max)?),
        lacks: query.lacks,
        deadline_kind: query.deadline_kind,
        ids: external_refs::chosen(conn, permit, RefKind::Task, query.external_ref)?,
        search: query.q.as_deref().map(text::fold),
        counted: query.counted || query.as_of.is_some(),
        today: at.today(),
        due_soon_days: at.due_soon_days,
        after: None,
        limit: 0,
    })
}

/// A number of days that a question names.
fn days(name: &str, days: Option<i64>) -> AppResult<Option<i64>> {
    let fits = days.is_none_or(|days| (1..=MOST_DAYS).contains(&days));
    if fits { Ok(days) } else { Err(AppError::bad_parameter(name, rules::FORMAT)) }
}

/// The group a question names, voided or not.
fn unit_group(conn: &mut Connection, permit: &Permit<ReadWork>, reference: Option<&Reference>) -> AppResult<Option<Id>> {
    let Some(reference) = reference else { return Ok(None) };
    let group = store::unit_groups::find_by(conn, reference)?;
    let root = group.as_ref().map(|group| store::areas::find(conn, group.root_id)).transpose()?.flatten();
    let own = group.filter(|_| root.is_some_and(|root| permit.in_own_root(&root.path)));
    lookup::parameter("unit_group", reference, own.map(|group| Some(group.id)).ok_or_else(|| AppError::new(codes::NOT_FOUND)))
}

/// Whose tasks are asked for: who leads them, or on the other basis who answers for them on the day.
fn led(conn: &mut Connection, permit: &Permit<ReadWork>, query: &TaskQuery, at: &Moment) -> AppResult<Option<Led>> {
    let Some(by) = units_of(conn, permit, query)? else { return Ok(None) };
    let answering = match query.basis {
        None | Some(Basis::AsAssigned) => None,
        Some(Basis::Current) => {
            let known = Known::by(conn, Of::Roots(&[]), at.today())?;
            Some((known.answered_by(&by, at.today()), at.today()))
        }
    };
    Ok(Some(Led { by, answering }))
}

/// A clause and those that stand below it.
fn at_or_below(conn: &mut Connection, id: Id) -> AppResult<Vec<Id>> {
    let clause = lookup::found(store::clauses::find(conn, id))?;
    let all = store::clauses::of_resolution(conn, clause.resolution_id)?;
    let below = crate::domain::clauses::below(&clause.path);
    Ok(all.into_iter().filter(|other| other.id == id || other.path.starts_with(&below)).map(|other| other.id).collect())
}

fn units_of(conn: &mut Connection, permit: &Permit<ReadWork>, query: &TaskQuery) -> AppResult<Option<Vec<Id>>> {
    let ids = |units: Vec<Unit>| units.into_iter().map(|u| u.id).collect::<Vec<_>>();
    let mut chosen = None;
    if let Some(reference) = &query.lead_unit {
        let unit = lookup::unit_parameter(conn, permit, "lead_unit", reference)?;
        chosen = Some(if query.subtree { ids(store::units::subtree(conn, &unit.path)?) } else { vec![unit.id] });
    }
    if let Some(reference) = &query.area {
        let area = lookup::area_parameter(conn, permit, "area", reference)?;
        let within = ids(store::units::in_area(conn, &area.path)?);
        chosen = Some(chosen.map_or_else(|| within.clone(), |c: Vec<Id>| c.into_iter().filter(|id| within.contains(id)).collect()));
    }
    Ok(chosen)
}
