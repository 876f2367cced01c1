//! The dashboard of open loops: what was told or asked of each unit and waits.

use std::collections::HashMap;

use chrono::{NaiveDate, NaiveDateTime};

use crate::db::Connection;
use crate::domain::dashboards::{DashboardQuery, Frame, UnitLines};
use crate::domain::loops::{Loops, LoopsQuery};
use crate::domain::units::UnitKind;
use crate::domain::{Id, Moment, Origin, calendar};
use crate::error::AppResult;
use crate::service::access::{Permit, ReadDashboards};
use crate::service::instructions::standing::standing;
use crate::service::succession::Addressees;
use crate::store;
use crate::store::dashboards::LineUnit;

use super::picture::{Question, units_of};
use super::sees_unit;

/// What waits with each unit of some kinds, or of all.
///
/// # Errors
/// As [`super::overview`].
pub fn loops(
    conn: &mut Connection,
    permit: &Permit<ReadDashboards>,
    asked: LoopsQuery,
    kinds: &[UnitKind],
    at: &Moment,
) -> AppResult<UnitLines<LineUnit, Loops>> {
    let query = DashboardQuery { as_of: asked.as_of, basis: asked.basis, ..DashboardQuery::default() };
    let question = Question::check(conn, permit, &query, at)?;
    let (day, addressees) = (question.frame().as_of, question.addressees(conn)?);
    let (by_unit, illustrative) = waiting(conn, question.roots(), &addressees, day)?;
    let mut units = units_of(conn, question.frame(), question.root_paths(), by_unit.keys().copied())?;
    units.retain(|unit| kinds.is_empty() || kinds.contains(&unit.kind));
    let found = units.into_iter().filter_map(|unit| by_unit.get(&unit.id).map(|loops| (unit, *loops)));
    let mut lines: Vec<(LineUnit, Loops)> = found.collect();
    let mut total = Loops::default();
    lines.iter().for_each(|(_, loops)| total.merge(loops));
    lines.retain(|(unit, _)| sees_unit(permit, unit));
    Ok(UnitLines { frame: Frame { illustrative, ..*question.frame() }, lines, total })
}

/// What waited in these roots at the end of a day, by the unit it lies with; and whether any of it was made up for the demo.
///
/// # Errors
/// The database's.
pub fn waiting(conn: &mut Connection, roots: &[Id], addressees: &Addressees, day: NaiveDate) -> AppResult<(HashMap<Id, Loops>, bool)> {
    let cutoff = calendar::end_of(day).naive_utc();
    let (mut by_unit, mut illustrative): (HashMap<Id, Loops>, bool) = Default::default();
    for it in standing(conn, roots, cutoff)?.into_iter().filter(|it| it.state.is_live()) {
        let unit = addressees.of((it.instruction.task_id, it.lead), it.instruction.to_unit_id);
        by_unit.entry(unit).or_default().add_instruction(it.state, day_of(it.since), it.instruction.due_on, day);
        illustrative |= it.instruction.origin == Origin::Demo;
    }
    for (proposal, _, lead) in store::briefings::open_proposals(conn, roots, cutoff)? {
        let unit = addressees.of((proposal.task_id, lead), proposal.to_unit_id);
        by_unit.entry(unit).or_default().add_proposal(day_of(proposal.recorded_at), day);
        illustrative |= proposal.origin == Origin::Demo;
    }
    Ok((by_unit, illustrative))
}

fn day_of(at: NaiveDateTime) -> NaiveDate {
    calendar::day_of(at.and_utc())
}
