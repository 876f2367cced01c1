//! Integrity signals: how many there are, and each of them. Read only; no number depends on any.

mod found;
mod scope;

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::db::Connection;
use crate::domain::integrity::{Counted, Finding, FindingPage, IntegrityQuery, Signal};
use crate::domain::{Id, Moment};
use crate::error::{AppError, AppResult};
use crate::service::access::{Permit, ReadIntegrity};
use crate::service::paging::{Page, PageRequest};
use crate::store;
use crate::store::dashboards::LineUnit;

use scope::Scope;

/// What an answer about signals says of itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IntegrityFrame {
    /// The day whose end the answer speaks of.
    pub as_of: NaiveDate,
    /// The day it is.
    pub today: NaiveDate,
    /// The last event of the journal when this was looked for.
    pub position: i64,
}

/// Something that was found, as it is shown.
#[derive(Debug, Clone)]
pub struct ShownFinding {
    /// What was found.
    pub finding: Finding,
    /// The title of its task.
    pub title: String,
    /// The unit.
    pub unit: LineUnit,
}

/// How many there are of each signal, in their order.
///
/// # Errors
/// `invalid_parameter` for a day in the future or before the data, and for unknown records.
pub fn counts(
    conn: &mut Connection,
    permit: &Permit<ReadIntegrity>,
    query: &IntegrityQuery,
    at: &Moment,
) -> AppResult<(IntegrityFrame, Vec<Counted>)> {
    let scope = Scope::check(conn, permit, query, at)?;
    let count = |signal: &Signal| Ok(Counted::of(*signal, &found::findings(conn, &scope, *signal)?));
    let counts: AppResult<Vec<Counted>> = Signal::ALL.iter().map(count).collect();
    Ok((scope.frame, counts?))
}

/// A page of what was found of a signal, the newest first.
///
/// # Errors
/// As [`counts`].
pub fn findings(
    conn: &mut Connection,
    permit: &Permit<ReadIntegrity>,
    signal: Signal,
    (query, page): (&IntegrityQuery, FindingPage),
    at: &Moment,
) -> AppResult<(IntegrityFrame, Page<ShownFinding>)> {
    let request = PageRequest { limit: page.limit, cursor: page.cursor };
    let (limit, before) = (request.limit()?, request.after::<i64>()?);
    let scope = Scope::check(conn, permit, query, at)?;
    let mut found = found::findings(conn, &scope, signal)?;
    found.retain(|finding| before.is_none_or(|before| finding.position < before));
    found.truncate(usize::try_from(limit + 1).unwrap_or(usize::MAX));
    let page = request.page(found, |finding| finding.position)?;
    Ok((scope.frame, Page { items: shown(conn, page.items)?, next: page.next }))
}

fn shown(conn: &mut Connection, findings: Vec<Finding>) -> AppResult<Vec<ShownFinding>> {
    let wordless: Vec<Id> = findings.iter().filter(|finding| finding.text.is_none()).filter_map(|finding| finding.report).collect();
    let words: HashMap<Id, String> = store::integrity::results(conn, &wordless)?.into_iter().collect();
    let tasks: Vec<Id> = findings.iter().map(|finding| finding.task).collect();
    let units: Vec<Id> = findings.iter().map(|finding| finding.unit).collect();
    let titles: HashMap<Id, String> =
        store::tasks::rows_with_ids(conn, &tasks)?.into_iter().map(|(task, _)| (task.id, task.title)).collect();
    let units: HashMap<Id, LineUnit> = store::dashboards::units_with_ids(conn, &units)?.into_iter().map(|unit| (unit.id, unit)).collect();
    let show = |finding: Finding| {
        let (title, unit) = (titles.get(&finding.task)?.clone(), units.get(&finding.unit)?.clone());
        let text = finding.text.or_else(|| words.get(&finding.report?).cloned());
        Some(ShownFinding { finding: Finding { text, ..finding }, title, unit })
    };
    let shown: Option<Vec<ShownFinding>> = findings.into_iter().map(show).collect();
    shown.ok_or_else(|| AppError::internal("a signal without its task or unit"))
}
