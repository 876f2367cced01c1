//! Contributions: coordinating units file what they did for a task.

use std::collections::HashMap;

use crate::db::Connection;
use crate::domain::contributions::{TaskContributionDraft, TaskContributionQuery};
use crate::domain::tasks::{Lifecycle, Secrecy};
use crate::domain::{Id, Moment};
use crate::error::{AppError, AppResult, codes, rules};
use crate::store;
use crate::store::contributions::{Contribution, ContributionFilter};
use crate::store::units::Unit;

use super::access::{Contribute, Permit, ReadWork};
use super::journal::{self, Happening};
use super::paging::{Page, PageRequest};
use super::shown_tasks::{ShownTask, show_one};
use super::{lookup, report_rules, tasks, voices};

/// A contribution as it is shown.
#[derive(Debug, Clone)]
pub struct ShownContribution {
    /// The row.
    pub contribution: Contribution,
    /// The unit it speaks for.
    pub unit: Unit,
    /// User name of who filed it.
    pub author: Option<String>,
}

/// The coordinating units of a task that a permit reaches: those it may speak for.
pub fn speakable<'a>(permit: &Permit<Contribute>, shown: &'a ShownTask) -> Vec<&'a Unit> {
    shown.record.coordinating.iter().filter(|unit| permit.covers_unit(&unit.path, &unit.area_path)).collect()
}

/// A task that may be contributed to: permission and state have been checked.
#[derive(Debug)]
pub struct Contributable(ShownTask);

/// Finds the task and keeps others from changing it.
///
/// # Errors
/// `not_found`; `forbidden` unless granted on a unit that helps with it; `illegal_state` on a draft, a voided or a
/// cancelled task.
pub fn target(conn: &mut Connection, permit: &Permit<Contribute>, id: Id, at: &Moment) -> AppResult<Contributable> {
    store::tasks::lock(conn, id)?;
    let shown = show_one(conn, permit.actor(), id, at)?;
    tasks::require_published(permit, &shown.record.task, &shown.record.lead)?;
    let helped = !shown.record.coordinating.is_empty();
    if speakable(permit, &shown).is_empty() && (helped || !permit.covers_unit(&shown.record.lead.path, &shown.record.lead.area_path)) {
        return Err(AppError::new(codes::FORBIDDEN));
    }
    if !is_open(&shown) {
        return Err(AppError::illegal_state(shown.actions));
    }
    Ok(Contributable(shown))
}

/// Whether a task takes contributions, whatever its state of work: it was given out and still stands.
pub fn is_open(shown: &ShownTask) -> bool {
    let (task, state) = (&shown.record.task, &shown.record.state);
    task.issued_at.is_some() && task.voided_at.is_none() && state.lifecycle != Lifecycle::Cancelled
}

/// Files what a coordinating unit did. It moves nothing of the task.
///
/// # Errors
/// 422 for a unit that does not help with the task, where several could be meant, and for a day outside the task's time.
pub fn file(
    conn: &mut Connection,
    permit: &Permit<Contribute>,
    Contributable(shown): Contributable,
    draft: &TaskContributionDraft,
    at: &Moment,
) -> AppResult<ShownContribution> {
    let unit = speaker(conn, permit, &shown, draft)?;
    let task = &shown.record.task;
    if task.secrecy != Secrecy::None {
        return Err(AppError::invalid("/result", rules::SECRET_STUB));
    }
    if let Some(wrong) = report_rules::measured_on(task, draft.measured_on, at) {
        return Err(AppError::invalid_fields(vec![wrong]));
    }
    let seat = journal::reserve(conn)?;
    let contribution = Contribution {
        id: at.new_id(),
        task_id: task.id,
        position: seat.position(),
        unit_id: unit.id,
        result: draft.result.clone(),
        measured_on: draft.measured_on,
        on_behalf: !voices::of_unit(permit.actor(), &unit),
        recorded_by: permit.actor().account(),
        origin: at.origin,
        recorded_at: at.recorded_at(),
    };
    store::contributions::insert(conn, &contribution)?;
    let happening = Happening::created("contribution.filed", "contribution", contribution.id, draft);
    journal::append_at(conn, seat, permit.actor(), &happening.within(&shown.record.lead.area_path), at)?;
    let author = contribution.recorded_by.map(|_| permit.actor().username.clone());
    Ok(ShownContribution { contribution, unit, author })
}

/// The unit a contribution speaks for: the one it names, or the only one it can.
fn speaker(conn: &mut Connection, permit: &Permit<Contribute>, shown: &ShownTask, draft: &TaskContributionDraft) -> AppResult<Unit> {
    let Some(named) = lookup::unit_if(conn, permit, "/unit", draft.unit.as_ref())? else {
        return match speakable(permit, shown).as_slice() {
            [unit] => Ok((*unit).clone()),
            _ => Err(AppError::invalid("/unit", rules::REQUIRED)),
        };
    };
    permit.require_unit(&named)?;
    let helps = shown.record.coordinating.iter().any(|unit| unit.id == named.id);
    if helps { Ok(named) } else { Err(AppError::invalid("/unit", rules::NOT_COORDINATING)) }
}

/// A page of contributions to a task, newest first.
///
/// # Errors
/// As `tasks::get`; `invalid_parameter`.
pub fn list(
    conn: &mut Connection,
    permit: &Permit<ReadWork>,
    task: Id,
    query: TaskContributionQuery,
    at: &Moment,
) -> AppResult<Page<ShownContribution>> {
    let request = PageRequest { limit: query.limit, cursor: query.cursor };
    tasks::get(conn, permit, task, at)?;
    let unit = query.unit.map(|unit| lookup::unit_parameter(conn, permit, "unit", &unit)).transpose()?;
    let (before, limit) = (request.after()?, request.limit()? + 1);
    let filter = ContributionFilter { task_id: task, unit_id: unit.map(|unit| unit.id), before, limit };
    let page = request.page(store::contributions::list(conn, &filter)?, |row| row.position)?;
    Ok(Page { items: shown(conn, page.items)?, next: page.next })
}

fn shown(conn: &mut Connection, rows: Vec<Contribution>) -> AppResult<Vec<ShownContribution>> {
    let units: Vec<Id> = rows.iter().map(|row| row.unit_id).collect();
    let units: HashMap<Id, Unit> = store::units::with_ids(conn, &units)?.into_iter().map(|unit| (unit.id, unit)).collect();
    let authored = lookup::with_authors(conn, rows, |row| row.recorded_by)?;
    let show = |(contribution, author): (Contribution, Option<String>)| {
        let unit = units.get(&contribution.unit_id).cloned().ok_or_else(|| AppError::internal("a contribution without its unit"))?;
        Ok(ShownContribution { contribution, unit, author })
    };
    authored.into_iter().map(show).collect()
}
