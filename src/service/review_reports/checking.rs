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
use super::explaining::Explanations;
use super::{canonical, digest};

/// How a frozen report and the record differ.
#[derive(Debug, Clone)]
pub struct Diff {
    /// What was frozen.
    pub report: FrozenReport,
    /// The day it was held against.
    pub as_of: NaiveDate,
    /// Whether the bytes still have their hash, that of the journal and of every approval.
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
    Ok(Diff { as_of, whole: broken_seal(conn, &report)?.is_none(), differences, report })
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

/// What is wrong with the seal of a frozen report: its content, the journal and the leaders who approved it have to agree on the hash.
fn broken_seal(conn: &mut Connection, report: &FrozenReport) -> AppResult<Option<String>> {
    let sha256 = report.sha256.as_str();
    if digest(&report.content) != sha256 {
        return Ok(Some(format!("its content no longer has the hash {sha256}")));
    }
    let told = store::events::first_of(conn, report.review_id, "review.frozen")?.and_then(|event| event.state_after);
    let told: Value = told.and_then(|state| serde_json::from_str(&state).ok()).unwrap_or_default();
    if told.get("sha256").and_then(Value::as_str) != Some(sha256) {
        return Ok(Some(format!("it has the hash {sha256}, and the journal tells of {}", told.get("sha256").unwrap_or_default())));
    }
    let approvals = store::review_reports::approvals(conn, report.review_id)?;
    let other = approvals.into_iter().find(|approval| approval.sha256 != sha256);
    Ok(other.map(|approval| format!("it has the hash {sha256}, and {} approved {}", approval.name, approval.sha256)))
}

/// Something of a frozen report that the record does not give.
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

/// That all frozen reports hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Held {
    /// How many there are.
    pub reviews: usize,
    /// What the record gives otherwise because of a change in good order, which the journal tells of.
    pub explained: Vec<Broken>,
}

/// Works every frozen report out again; answers that all of them hold, or the first thing that does not.
///
/// # Errors
/// The database's.
pub fn verify(conn: &mut Connection, progress: &dyn Fn(&str)) -> AppResult<Result<Held, Broken>> {
    let permit = Permit::<ReadWork>::of_system("command line");
    let mut held = Held::default();
    for id in store::review_reports::reviews(conn)? {
        let reviewed = Reviewed::find(conn, &permit, id)?;
        progress(&reviewed.round.title);
        let report = lookup::found(store::review_reports::find(conn, id))?;
        let broken = |what| Broken { title: reviewed.round.title.clone(), what };
        if let Some(what) = broken_seal(conn, &report)? {
            return Ok(Err(broken(what)));
        }
        let differences = differing(conn, &reviewed, &report, report.as_of, NaiveDate::MAX)?;
        let mut explanations = Explanations::since(&reviewed.root.code, report.position);
        for difference in differences.into_iter().filter(|difference| !is_name(difference)) {
            let ReviewDifference { pointer, frozen, found } = &difference;
            let what = format!("{pointer} was frozen as {frozen}, and the record gives {found}");
            let Some(event) = explanations.of(conn, &difference)? else { return Ok(Err(broken(what))) };
            held.explained.push(broken(format!("{what} since {} (event {})", event.action, event.position)));
        }
        held.reviews += 1;
    }
    Ok(Ok(held))
}

/// Units are renamed and titles corrected in good order; numbers, verdicts and texts of the past are not.
fn is_name(difference: &ReviewDifference) -> bool {
    let pointer = difference.pointer.as_str();
    let retitled = pointer.starts_with("/tasks/overdue/") && (difference.frozen.is_null() || difference.found.is_null());
    let named = ["/name", "/title"].iter().any(|name| pointer.ends_with(name));
    retitled || named || ["/review/document", "/review/number"].contains(&pointer)
}
