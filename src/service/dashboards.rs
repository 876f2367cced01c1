//! Dashboards: what leaders see. Counts and progress of the counted tasks of one's own roots, as
//! the system knew them on a day.
//!
//! Numbers of a whole root are shown to everybody who may read dashboards in it; lines about single
//! units and areas follow the reach of the reader.

mod areas;
pub mod check;
mod documents;
pub mod explanations;
pub mod lag;
mod lateness;
mod loops;
mod picture;
pub mod ranking;
mod silence;
mod six_clears;
mod statistics;
mod trend;
mod unit_lines;
mod units;
mod wholes;

use chrono::NaiveDate;

use crate::db::Connection;
use crate::domain::Moment;
use crate::domain::dashboards::{DashboardQuery, Frame, Totals};
use crate::error::AppResult;
use crate::store::dashboards::LineUnit;

use super::access::{Permit, ReadDashboards};
use picture::Picture;

pub use areas::{area, areas};
pub use documents::{breakthroughs, fields, objectives, pillars, programmes, resolutions, task_groups};
pub use lateness::lateness;
pub use loops::{loops, waiting};
pub(super) use picture::{DocumentTotals, Question, check_day, first_day, totals_of_document, units_of};
pub use silence::silence;
pub use six_clears::{ClearTable, six_clears};
pub use statistics::statistics;
pub use trend::trend;
pub use units::{unit, units};

/// All counted tasks of the reader's roots.
///
/// # Errors
/// `invalid_parameter` for a day in the future or before the data, and for unknown records.
pub fn overview(conn: &mut Connection, permit: &Permit<ReadDashboards>, query: &DashboardQuery, at: &Moment) -> AppResult<(Frame, Totals)> {
    let picture = Picture::take(conn, permit, query, at)?;
    Ok((picture.frame, picture.totals(|_| true)))
}

/// Whether something that was valid from one day to another was so on `day`.
fn valid_on(day: NaiveDate, from: NaiveDate, to: Option<NaiveDate>) -> bool {
    from <= day && to.is_none_or(|to| day <= to)
}

/// Whether the reader sees a unit's own line: those within reach and, for who reads a whole province,
/// those of another that answer for its work.
fn sees_unit(permit: &Permit<ReadDashboards>, unit: &LineUnit) -> bool {
    permit.covers_unit(&unit.path, &unit.area_path) || answers_from_outside(permit, &unit.area_path)
}

/// Whether what stands there is listed because it answers for work of the reader's province.
fn answers_from_outside(permit: &Permit<ReadDashboards>, area_path: &str) -> bool {
    permit.covers_a_root() && !permit.in_own_root(area_path)
}
