//! The official four-way statistic of the work assigned in a period, by unit.

use chrono::NaiveDate;

use crate::db::Connection;
use crate::domain::Moment;
use crate::domain::dashboards::{DashboardQuery, UnitLines};
use crate::domain::roll_up::RollUp;
use crate::domain::statistics::StatisticsQuery;
use crate::error::{AppError, AppResult, FieldError, codes, rules};
use crate::service::access::{Permit, ReadDashboards};
use crate::store::dashboards::LineUnit;

use super::picture::Question;
use super::unit_lines::unit_lines;

/// The work of each unit that was assigned in the period, as it stood at its end.
///
/// # Errors
/// As [`super::overview`]; `invalid_parameter` for a period that ends before it begins.
pub fn statistics(
    conn: &mut Connection,
    permit: &Permit<ReadDashboards>,
    asked: &StatisticsQuery,
    at: &Moment,
) -> AppResult<UnitLines<LineUnit, RollUp>> {
    let StatisticsQuery { from, to, basis, resolution, programme, field, .. } = *asked;
    let to = to.unwrap_or(at.today());
    if from.is_some_and(|from| from > to) {
        let field = FieldError::new("from", rules::DATE_ORDER);
        return Err(AppError::new(codes::INVALID_PARAMETER).with_field(field));
    }
    check_end(to, at.today())?;
    let query = DashboardQuery { as_of: Some(to), basis, resolution, programme, field, ..DashboardQuery::default() };
    let question = Question::check(conn, permit, &query, at)?;
    let mut facts = question.facts(conn)?;
    let within = |day: NaiveDate| from.is_none_or(|from| from <= day) && day <= to;
    facts.retain(|fact| fact.assigned_on().is_some_and(within));
    unit_lines(conn, permit, (&question, &asked.kind), &facts, |sum: &mut RollUp, fact| sum.add(&fact.counted(to, at.due_soon_days)))
}

/// The period's end under its own name: it is the day the question is asked as of.
fn check_end(to: NaiveDate, today: NaiveDate) -> AppResult<()> {
    let refused = || AppError::new(codes::INVALID_PARAMETER).with_field(FieldError::new("to", rules::FUTURE).with("today", today));
    if to > today { Err(refused()) } else { Ok(()) }
}
