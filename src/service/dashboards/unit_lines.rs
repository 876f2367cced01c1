//! Lines by unit of whatever is added up over counted tasks.

use std::collections::{HashMap, HashSet};

use crate::db::Connection;
use crate::domain::Id;
use crate::domain::dashboards::{Frame, UnitLines};
use crate::domain::units::UnitKind;
use crate::error::AppResult;
use crate::service::access::{Permit, ReadDashboards};
use crate::store::dashboards::LineUnit;
use crate::store::task_facts::TaskFact;

use super::picture::{Question, units_of};
use super::sees_unit;

/// Adds up the tasks of each unit of some kinds, or of all, that leads any; answers the lines that the reader sees.
///
/// # Errors
/// The database's.
pub fn unit_lines<T: Default + Clone>(
    conn: &mut Connection,
    permit: &Permit<ReadDashboards>,
    asked: (&Question, &[UnitKind]),
    facts: &[TaskFact],
    add: impl Fn(&mut T, &TaskFact),
) -> AppResult<UnitLines<LineUnit, T>> {
    let mut all = every_unit(conn, asked, facts, add)?;
    all.lines.retain(|(unit, _)| sees_unit(permit, unit));
    Ok(all)
}

/// The same, with the lines that the reader does not see: for what compares them.
///
/// # Errors
/// The database's.
pub fn every_unit<T: Default + Clone>(
    conn: &mut Connection,
    (question, kinds): (&Question, &[UnitKind]),
    facts: &[TaskFact],
    add: impl Fn(&mut T, &TaskFact),
) -> AppResult<UnitLines<LineUnit, T>> {
    let mut by_unit: HashMap<Id, T> = HashMap::new();
    facts.iter().for_each(|fact| add(by_unit.entry(fact.task.lead_unit_id).or_default(), fact));
    let mut units = units_of(conn, question.frame(), question.root_paths(), by_unit.keys().copied())?;
    units.retain(|unit| (kinds.is_empty() || kinds.contains(&unit.kind)) && by_unit.contains_key(&unit.id));
    let counted: HashSet<Id> = units.iter().map(|unit| unit.id).collect();
    let mut total = T::default();
    facts.iter().filter(|fact| counted.contains(&fact.task.lead_unit_id)).for_each(|fact| add(&mut total, fact));
    let lines = units.into_iter().filter_map(|unit| by_unit.get(&unit.id).cloned().map(|sum| (unit, sum))).collect();
    let frame = Frame { illustrative: facts.iter().any(|fact| fact.illustrative), ..*question.frame() };
    Ok(UnitLines { frame, lines, total })
}
