//! The dashboard of silence: open work of each unit of which nothing was reported for long.

use crate::db::Connection;
use crate::domain::Moment;
use crate::domain::dashboards::{DashboardQuery, UnitLines};
use crate::domain::silence::{MOST_DAYS, SILENT_DAYS, Silence, SilenceQuery};
use crate::domain::units::UnitKind;
use crate::error::{AppError, AppResult, rules};
use crate::service::access::{Permit, ReadDashboards};
use crate::store::dashboards::LineUnit;
use crate::store::task_facts::TaskFact;

use super::picture::Question;
use super::unit_lines::unit_lines;

/// The silence of each unit, and after how many days it is called so.
///
/// # Errors
/// As [`super::overview`]; `invalid_parameter` for days beyond ten years.
pub fn silence(
    conn: &mut Connection,
    permit: &Permit<ReadDashboards>,
    (query, asked): (&DashboardQuery, SilenceQuery),
    kinds: &[UnitKind],
    at: &Moment,
) -> AppResult<(i64, UnitLines<LineUnit, Silence>)> {
    let days = days(asked.days)?;
    let question = Question::check(conn, permit, query, at)?;
    let (facts, day) = (question.facts(conn)?, question.frame().as_of);
    let add = |silence: &mut Silence, fact: &TaskFact| {
        if let Some(heard) = fact.heard().filter(|_| fact.state.lifecycle.is_open()) {
            silence.add(heard, day, days);
        }
    };
    Ok((days, unit_lines(conn, permit, (&question, kinds), &facts, add)?))
}

/// The days that were asked for.
///
/// # Errors
/// `invalid_parameter` outside 1 to 3,650.
fn days(asked: Option<i64>) -> AppResult<i64> {
    let days = asked.unwrap_or(SILENT_DAYS);
    if (1..=MOST_DAYS).contains(&days) { Ok(days) } else { Err(AppError::bad_parameter("days", rules::FORMAT)) }
}
