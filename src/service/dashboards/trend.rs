//! The trend: planned, claimed and verified progress at the ends of months.

use chrono::NaiveDate;

use crate::db::Connection;
use crate::domain::dashboards::{Basis, DashboardQuery, Frame};
use crate::domain::roll_up::RollUp;
use crate::domain::trend::{MOST_MONTHS, Plan, Point, TrendQuery, days};
use crate::domain::{Moment, calendar};
use crate::error::{AppError, AppResult, rules};
use crate::service::access::{Permit, ReadDashboards};
use crate::store;
use crate::store::task_facts::TaskFact;

use super::picture::{Question, first_day};

/// The points of a trend, the earliest first; the last is the day that was asked for.
///
/// # Errors
/// As [`super::overview`]; `invalid_parameter` for months beyond five years, and for a basis: totals are the same on both.
pub fn trend(
    conn: &mut Connection,
    permit: &Permit<ReadDashboards>,
    (query, asked): (&DashboardQuery, TrendQuery),
    at: &Moment,
) -> AppResult<(Frame, Vec<Point>)> {
    let months = asked.months.unwrap_or(12);
    if !(1..=MOST_MONTHS).contains(&months) {
        return Err(AppError::bad_parameter("months", rules::FORMAT));
    }
    if query.basis == Some(Basis::Current) {
        return Err(AppError::bad_parameter("basis", rules::NOT_HERE));
    }
    let question = Question::check(conn, permit, query, at)?;
    let days = days(question.frame().as_of, months, first_day(conn, at.today())?);
    let mut sums: Vec<(RollUp, Plan)> = vec![Default::default(); days.len()];
    let mut illustrative = false;
    let cutoffs: Vec<_> = days.iter().map(|day| calendar::end_of(*day).naive_utc()).collect();
    store::task_facts::at_each(conn, question.filter(), &cutoffs, |number, fact| {
        illustrative |= fact.illustrative;
        if let (Some(sum), Some(day)) = (sums.get_mut(number), days.get(number)) {
            add(sum, &fact, *day, at.due_soon_days);
        }
    })?;
    let points = days.iter().zip(&sums).map(|(day, (roll_up, plan))| Point::new(*day, roll_up, *plan)).collect();
    Ok((Frame { illustrative, ..*question.frame() }, points))
}

fn add((roll_up, plan): &mut (RollUp, Plan), fact: &TaskFact, day: NaiveDate, due_soon_days: i64) {
    roll_up.add(&fact.counted(day, due_soon_days));
    plan.add(fact.task.weight, fact.state.lifecycle, fact.state.due_on, day);
}
