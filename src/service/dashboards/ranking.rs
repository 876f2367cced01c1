//! The ranking of units, and of whom no place can be told.

use crate::db::Connection;
use crate::domain::Moment;
use crate::domain::dashboards::{DashboardQuery, Frame, Totals};
use crate::domain::ranking::{Ranked, RankedBy, RankingQuery, places, score};
use crate::domain::roll_up::RollUp;
use crate::error::AppResult;
use crate::service::access::{Permit, ReadDashboards};
use crate::store::dashboards::LineUnit;
use crate::store::task_facts::TaskFact;

use super::picture::Question;
use super::sees_unit;
use super::unit_lines::every_unit;

/// The units that hold counted work: those with a place first, the best before all.
///
/// # Errors
/// As [`super::overview`].
pub fn ranking(
    conn: &mut Connection,
    permit: &Permit<ReadDashboards>,
    (query, asked): (&DashboardQuery, &RankingQuery),
    at: &Moment,
) -> AppResult<(Frame, RankedBy, Vec<Ranked<LineUnit>>)> {
    let by = asked.by.unwrap_or(RankedBy::OnTime);
    let question = Question::check(conn, permit, query, at)?;
    let (facts, day) = (question.facts(conn)?, question.frame().as_of);
    let add = |sum: &mut RollUp, fact: &TaskFact| sum.add(&fact.counted(day, at.due_soon_days));
    let all = every_unit(conn, (&question, &asked.kind), &facts, add)?;
    let scored = all.lines.into_iter().map(|(unit, sum)| {
        let totals = Totals::from(&sum);
        Ranked { place: None, score: score(by, &totals), unit, totals }
    });
    let (mut with, without): (Vec<Ranked<LineUnit>>, Vec<Ranked<LineUnit>>) = scored.partition(|line| line.score.is_ok());
    // Lines come in order of their names, and equals stay in it.
    with.sort_by_key(|line| std::cmp::Reverse(line.score.unwrap_or_default()));
    let values: Vec<i64> = with.iter().map(|line| line.score.unwrap_or_default()).collect();
    with.iter_mut().zip(places(&values)).for_each(|(line, place)| line.place = Some(place));
    with.extend(without);
    with.retain(|line| sees_unit(permit, &line.unit));
    Ok((all.frame, by, with))
}
