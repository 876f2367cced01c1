//! Briefings: everything a leader reads about one unit before a meeting, from the facts that dashboards count and what
//! is said beside them.

mod records;
mod shown;
mod tasks;
mod work;

use chrono::NaiveDate;

use crate::db::Connection;
use crate::domain::briefings::{Briefing, BriefingQuery, Covers, MOST_ROWS, ROWS, Row, Section, Topic, month_before};
use crate::domain::dashboards::{DashboardQuery, Frame};
use crate::domain::{Id, Moment, Reference, areas};
use crate::error::{AppError, AppResult, FieldError, codes, rules};
use crate::service::access::{Permit, ReadDashboards};
use crate::service::dashboards::Question;
use crate::service::lookup;
use crate::store;
use crate::store::dashboards::LineUnit;
use crate::store::units::Unit;

pub use shown::ShownRow;
use work::Work;

/// A briefing as it is shown.
pub type ShownBriefing = Briefing<Unit, ShownRow>;

/// The briefing of a unit.
///
/// # Errors
/// `invalid_parameter` for a day in the future or before the data, a day of comparison after it, and rows beyond 200;
/// `not_found`, `forbidden` outside the reader's reach.
pub fn briefing(
    conn: &mut Connection,
    permit: &Permit<ReadDashboards>,
    reference: &Reference,
    asked: &BriefingQuery,
    at: &Moment,
) -> AppResult<ShownBriefing> {
    let limit = limit(asked.limit)?;
    let query = DashboardQuery { as_of: asked.as_of, basis: asked.basis, ..DashboardQuery::default() };
    let question = Question::check(conn, permit, &query, at)?;
    let as_of = question.frame().as_of;
    let since = asked.since.unwrap_or_else(|| month_before(as_of));
    if since > as_of {
        return Err(AppError::bad_parameter("since", rules::DATE_ORDER));
    }
    let unit = lookup::found(store::units::find_by(conn, reference))?;
    permit.require_unit(&unit)?;
    let work = Work::load(conn, &question, &unit, since, at)?;
    let rows = all_rows(conn, &work)?;
    Ok(Briefing {
        frame: Frame { illustrative: work.is_illustrative(), ..*question.frame() },
        covers: Covers::of(unit.kind, unit.parent_id.is_some(), &unit.area_path),
        root: areas::root_of(&unit.area_path).to_owned(),
        since,
        limit,
        now: work.totals_now(),
        then: work.totals_then(),
        sections: shown::sections(conn, permit, &work, rows, limit)?,
        unit,
    })
}

/// The units at the head of the reader's provinces that have a briefing of all of it, in the order of their names.
///
/// # Errors
/// The database's.
pub fn heads(conn: &mut Connection, permit: &Permit<ReadDashboards>, day: NaiveDate) -> AppResult<Vec<LineUnit>> {
    let mut units = store::dashboards::heads(conn, &permit.actor().roots())?;
    let leads = |unit: &LineUnit| Covers::of(unit.kind, !areas::is_root(&unit.path), &unit.area_path) == Covers::Root;
    units.retain(|unit| leads(unit) && unit.valid_to.is_none_or(|to| day <= to) && permit.covers_unit(&unit.path, &unit.area_path));
    Ok(units)
}

/// The rows of every topic, in order, whoever may see them.
fn all_rows(conn: &mut Connection, work: &Work) -> AppResult<Vec<(Topic, Vec<Row>)>> {
    let mut all = Vec::with_capacity(Topic::ALL.len());
    let mut records = records::Records::load(conn, work)?;
    for topic in Topic::ALL {
        let mut rows = match records.take(*topic) {
            Some(rows) => rows,
            None => tasks::rows(conn, work, *topic)?,
        };
        topic.sort(&mut rows);
        all.push((*topic, rows));
    }
    Ok(all)
}

/// A section of a topic that a reader sees some rows of.
fn section<R>(topic: Topic, count: usize, visible: usize, rows: Vec<R>) -> Section<R> {
    Section { topic, count, hidden: count - visible, rows }
}

/// How many rows of a section were asked for.
fn limit(asked: Option<i64>) -> AppResult<i64> {
    match asked.unwrap_or(ROWS) {
        limit @ 1..=MOST_ROWS => Ok(limit),
        _ => {
            let field = FieldError::new("limit", rules::RANGE).with("min", 1).with("max", MOST_ROWS);
            Err(AppError::new(codes::INVALID_PARAMETER).with_field(field))
        }
    }
}

/// A task by its id.
type ById<T> = std::collections::HashMap<Id, T>;
