//! The dashboard of the six clears: of how many tasks of each unit what is not clear.

use std::collections::{HashMap, HashSet};

use crate::db::Connection;
use crate::domain::dashboards::{Basis, DashboardQuery, Frame};
use crate::domain::six_clears::{ClearCounts, SixClearsQuery};
use crate::domain::units::UnitKind;
use crate::domain::{Id, Moment, Origin};
use crate::error::AppResult;
use crate::service::access::{Permit, ReadDashboards};
use crate::service::succession::Known;
use crate::store;
use crate::store::dashboards::LineUnit;
use crate::store::succession::Of;

use super::picture::{Question, units_of};
use super::sees_unit;

/// A line for each unit that leads counted tasks.
#[derive(Debug, Clone)]
pub struct ClearTable {
    /// What the answer says of itself.
    pub frame: Frame,
    /// The lines that the reader may see.
    pub lines: Vec<(LineUnit, ClearCounts)>,
    /// All tasks that any line counts, whoever may see it.
    pub total: ClearCounts,
}

/// The units of some kinds, or of all, that lead counted tasks, as of today.
///
/// # Errors
/// `invalid_parameter` for unknown records; the database's.
pub fn six_clears(
    conn: &mut Connection,
    permit: &Permit<ReadDashboards>,
    query: &SixClearsQuery,
    kinds: &[UnitKind],
    at: &Moment,
) -> AppResult<ClearTable> {
    let question = Question::check(conn, permit, &asked(query), at)?;
    let (mut frame, mut by_unit) = (*question.frame(), HashMap::<Id, ClearCounts>::new());
    let mut tasks = store::six_clears::counted(conn, question.filter())?;
    if frame.basis == Basis::Current {
        let known = Known::by(conn, Of::Roots(question.roots()), frame.as_of)?;
        tasks.iter_mut().for_each(|task| task.lead_unit_id = known.responsible(task.id, task.lead_unit_id, frame.as_of));
    }
    for task in &tasks {
        frame.illustrative |= task.origin == Origin::Demo;
        by_unit.entry(task.lead_unit_id).or_default().add(&task.facts);
    }
    let units = units_of(conn, &frame, question.root_paths(), by_unit.keys().copied())?
        .into_iter()
        .filter(|unit| kinds.is_empty() || kinds.contains(&unit.kind));
    let (mut lines, mut leading) = (Vec::new(), HashSet::new());
    for unit in units {
        let Some(counts) = by_unit.get(&unit.id) else { continue };
        leading.insert(unit.id);
        if sees_unit(permit, &unit) {
            lines.push((unit, *counts));
        }
    }
    let mut total = ClearCounts::default();
    tasks.iter().filter(|task| leading.contains(&task.lead_unit_id)).for_each(|task| total.add(&task.facts));
    Ok(ClearTable { frame, lines, total })
}

fn asked(query: &SixClearsQuery) -> DashboardQuery {
    let SixClearsQuery { basis, resolution, breakthrough, pillar, programme, field } = query.clone();
    DashboardQuery { as_of: None, basis, resolution, breakthrough, pillar, programme, field }
}
