//! Dashboards of units: a line counts what the unit itself leads.

use std::collections::{HashMap, HashSet};

use crate::db::Connection;
use crate::domain::dashboards::{DashboardQuery, Focus, Line, Table, Totals};
use crate::domain::units::UnitKind;
use crate::domain::{Id, Moment, Reference};
use crate::error::AppResult;
use crate::service::access::{Permit, ReadDashboards};
use crate::service::lookup;
use crate::store;
use crate::store::dashboards::LineUnit;
use crate::store::units::Unit;

use super::picture::{Picture, Question, nothing};
use super::{sees_unit, valid_on};

/// The units of some kinds, or of all.
///
/// # Errors
/// As [`super::overview`].
pub fn units(
    conn: &mut Connection,
    permit: &Permit<ReadDashboards>,
    query: &DashboardQuery,
    kinds: &[UnitKind],
    at: &Moment,
) -> AppResult<Table<LineUnit>> {
    let picture = Picture::take(conn, permit, query, at)?;
    let mut units = picture.units(conn)?;
    units.retain(|unit| kinds.is_empty() || kinds.contains(&unit.kind));
    let total = total_of(&picture, &units);
    Ok(Table { frame: picture.frame, lines: lines(&picture, permit, units), total })
}

/// One unit.
///
/// # Errors
/// As [`super::overview`]; `not_found`, `forbidden` outside the reader's reach.
pub fn unit(
    conn: &mut Connection,
    permit: &Permit<ReadDashboards>,
    query: &DashboardQuery,
    reference: &Reference,
    at: &Moment,
) -> AppResult<Focus<Unit, LineUnit>> {
    let question = Question::check(conn, permit, query, at)?;
    let unit = lookup::found(store::units::find_by(conn, reference))?;
    permit.require_unit(&unit)?;
    let picture = question.answer(conn, at)?;
    let mut below = picture.units(conn)?;
    below.retain(|other| other.path.starts_with(&unit.path));
    Ok(Focus {
        frame: picture.frame,
        totals: picture.totals(|task| task.lead_unit_id == unit.id),
        whole: total_of(&picture, &below),
        lines: lines(&picture, permit, below),
        subject: unit,
    })
}

/// The numbers of what these units lead.
pub fn total_of(picture: &Picture, units: &[LineUnit]) -> Totals {
    let chosen: HashSet<Id> = units.iter().map(|unit| unit.id).collect();
    picture.totals(|task| chosen.contains(&task.lead_unit_id))
}

/// A line for each of these units that the reader sees: those that hold counted work, even if they
/// have ended, and those that exist on the day.
pub fn lines(picture: &Picture, permit: &Permit<ReadDashboards>, units: Vec<LineUnit>) -> Vec<Line<LineUnit>> {
    let mut totals: HashMap<Id, Totals> = picture.totals_by(|task| [task.lead_unit_id]);
    let seen = units.into_iter().filter(|unit| sees_unit(permit, unit));
    let line = |unit: LineUnit| match totals.remove(&unit.id) {
        Some(totals) => Some(Line { of: unit, totals }),
        None => valid_on(picture.frame.as_of, unit.valid_from, unit.valid_to).then(|| Line { of: unit, totals: nothing() }),
    };
    seen.filter_map(line).collect()
}
