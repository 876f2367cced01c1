//! What a unit need not write again.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::db::Connection;
use crate::domain::Id;
use crate::domain::review_reports::{ReportedIndicator, ReportedName, ReportedTask};
use crate::domain::review_submissions::{self, Known};
use crate::domain::reviews::ReviewTexts;
use crate::domain::roll_up::RollUp;
use crate::domain::statistics::FourWay;
use crate::domain::targets::Score;
use crate::error::AppResult;
use crate::service::review_reports::{Fact, overdue_of};
use crate::store;
use crate::store::dashboards::LineUnit;

/// Most obstacles and proposals that are brought.
const MOST: usize = 100;

/// The statistic does not tell what is due soon from what is in time.
const DUE_SOON: i64 = 0;

/// The open tasks of a unit whose deadline has passed, the latest first.
///
/// # Errors
/// The database's.
pub fn overdue(conn: &mut Connection, own: &[&Fact], unit: &LineUnit, day: NaiveDate) -> AppResult<Vec<ReportedTask>> {
    let name = ReportedName { code: unit.code.clone(), name: unit.name.clone() };
    overdue_of(conn, own.iter().copied(), &HashMap::from([(unit.id, name)]), day)
}

/// Words to begin with.
///
/// # Errors
/// The database's.
pub fn texts(conn: &mut Connection, own: &[&Fact], indicators: &[ReportedIndicator], day: NaiveDate) -> AppResult<ReviewTexts> {
    let sum: RollUp = own.iter().map(|fact| fact.counted(day, DUE_SOON)).collect::<Vec<_>>().iter().collect();
    let ids: Vec<Id> = own.iter().map(|fact| fact.task.id).collect();
    let titles: HashMap<Id, String> = store::tasks::rows_with_ids(conn, &ids)?.into_iter().map(|(task, _)| (task.id, task.title)).collect();
    let told = store::review_submissions::obstacles(conn, &ids)?;
    let obstacles = told.into_iter().filter_map(|(task, obstacle)| Some((titles.get(&task)?.clone(), obstacle))).take(MOST);
    let counted = indicators.iter().filter(|line| line.counted);
    let known = Known {
        tasks: FourWay::from(&sum.counts()),
        indicators: Score::of(counted.map(|line| line.verdict)),
        obstacles: obstacles.collect(),
        proposals: store::review_submissions::proposals(conn, &ids)?.into_iter().take(MOST).collect(),
    };
    Ok(review_submissions::prefill(&known))
}
