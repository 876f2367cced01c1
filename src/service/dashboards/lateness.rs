//! The dashboard of lateness: how many days each unit's work is overdue, and how often deadlines were moved.

use crate::db::Connection;
use crate::domain::Moment;
use crate::domain::dashboards::{DashboardQuery, UnitLines};
use crate::domain::lateness::Lateness;
use crate::domain::units::UnitKind;
use crate::error::AppResult;
use crate::service::access::{Permit, ReadDashboards};
use crate::store::dashboards::LineUnit;
use crate::store::task_facts::TaskFact;

use super::picture::Question;
use super::unit_lines::unit_lines;

/// The lateness of each unit.
///
/// # Errors
/// As [`super::overview`].
pub fn lateness(
    conn: &mut Connection,
    permit: &Permit<ReadDashboards>,
    query: &DashboardQuery,
    kinds: &[UnitKind],
    at: &Moment,
) -> AppResult<UnitLines<LineUnit, Lateness>> {
    let question = Question::check(conn, permit, query, at)?;
    let (facts, day) = (question.facts(conn)?, question.frame().as_of);
    let add = |lateness: &mut Lateness, fact: &TaskFact| {
        lateness.add(&fact.counted(day, at.due_soon_days), fact.judgement(day, at.due_soon_days).days_late);
    };
    unit_lines(conn, permit, (&question, kinds), &facts, add)
}
