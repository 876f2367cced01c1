//! A frozen report held against the record.

use std::fmt;

use chrono::NaiveDate;
use serde_json::Value;

use crate::db::Connection;
use crate::domain::review_diffs::{ReviewDifference, differences};
use crate::domain::review_reports::{DiffAgainst, ReviewReport};
use crate::domain::{Id, Moment, calendar};
use crate::error::{AppError, AppResult};
use crate::service::access::{Permit, ReadWork};
use crate::service::lookup;
use crate::service::reviews::Reviewed;
use crate::store;
use crate::store::review_reports::FrozenReport;

use super::building::{Asked, build};
use super::{canonical, digest};

/// How a frozen report and the record differ.
#[derive(Debug, Clone)]
pub struct Diff {
    /// What was frozen.
    pub report: FrozenReport,
    /// The day it was held against.
    pub as_of: NaiveDate,
    /// Whether the bytes still have their hash.
    pub whole: bool,
    /// Value by value.
    pub differences: Vec<ReviewDifference>,
}

/// Holds what was frozen against what the record says: of today, or of the same day.
///
/// # Errors
/// `not_found`, also while it is not frozen; `forbidden`.
pub fn diff(conn: &mut Connection, permit: &Permit<ReadWork>, id: Id, against: DiffAgainst, at: &Moment) -> AppResult<Diff> {
    let reviewed = Reviewed::find(conn, permit, id)?;
    permit.require_area(&reviewed.root.path)?;
    let report = lookup::found(store::review_reports::find(conn, id))?;
    let as_of = if against == DiffAgainst::Now { at.today() } else { report.as_of };
    let differences = differing(conn, &reviewed, &report, as_of, at.today())?;
    Ok(Diff { as_of, whole: digest(&report.content) == report.sha256, differences, report })
}

/// What the record says otherwise than was frozen, asked as of a day.
fn differing(
    conn: &mut Connection,
    reviewed: &Reviewed,
    frozen: &FrozenReport,
    as_of: NaiveDate,
    today: NaiveDate,
) -> AppResult<Vec<ReviewDifference>> {
    // What cannot be read differs in everything.
    let kept: Value = serde_json::from_str(&frozen.content).unwrap_or_default();
    let reason = |name: &str| kept.get(name).and_then(Value::as_str).map(ToOwned::to_owned);
    let day = if as_of == frozen.as_of { calendar::day_of(frozen.recorded_at.and_utc()) } else { today };
    let asked = Asked {
        before: frozen.position,
        early_reason: reason("early_reason"),
        missing_reason: reason("missing_reason"),
        ..Asked::of(as_of, day)
    };
    let found = ReviewReport { as_of: frozen.as_of, ..build(conn, reviewed, &asked)? };
    // As its bytes would be: numbers are written there as nowhere else.
    let found: Value = serde_json::from_str(&canonical(&found)?).map_err(AppError::internal)?;
    Ok(differences(&kept, &found))
}

/// The first thing of a frozen report that does not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// Title of its round.
    pub title: String,
    /// What is wrong.
    pub what: String,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.title, self.what)
    }
}

/// Works every frozen report out again; answers how many there are, or the first that does not hold.
///
/// # Errors
/// The database's.
pub fn verify(conn: &mut Connection, progress: &dyn Fn(&str)) -> AppResult<Result<usize, Broken>> {
    let permit = Permit::<ReadWork>::of_system("command line");
    let reviews = store::review_reports::reviews(conn)?;
    for id in &reviews {
        let reviewed = Reviewed::find(conn, &permit, *id)?;
        progress(&reviewed.round.title);
        let report = lookup::found(store::review_reports::find(conn, *id))?;
        let title = reviewed.round.title.clone();
        if digest(&report.content) != report.sha256 {
            return Ok(Err(Broken { title, what: format!("its content no longer has the hash {}", report.sha256) }));
        }
        let differences = differing(conn, &reviewed, &report, report.as_of, NaiveDate::MAX)?;
        if let Some(ReviewDifference { pointer, frozen, found }) = differences.into_iter().find(|difference| !is_name(difference)) {
            return Ok(Err(Broken { title, what: format!("{pointer} was frozen as {frozen}, and the record gives {found}") }));
        }
    }
    Ok(Ok(reviews.len()))
}

/// Units are renamed and titles corrected in good order; numbers, verdicts and texts of the past are not.
fn is_name(difference: &ReviewDifference) -> bool {
    let pointer = difference.pointer.as_str();
    let retitled = pointer.starts_with("/tasks/overdue/") && (difference.frozen.is_null() || difference.found.is_null());
    let named = ["/name", "/title"].iter().any(|name| pointer.ends_with(name));
    retitled || named || ["/review/document", "/review/number"].contains(&pointer)
}
