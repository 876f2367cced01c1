//! The counted tasks of several days at once: histories are read once, some tasks at a time, and each is
//! replayed to every day. The same facts as [`super::as_of`] gives for each day alone.

use std::collections::{HashMap, HashSet};

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;

use super::past::{Committed, Told, by_task, committed, owing};
use super::{FactFilter, FactTask, TaskFact, linked};
use crate::db::Connection;
use crate::db::schema::{progress_reports, task_decisions, tasks};
use crate::domain::progress_reports::{ReportState, Verification};
use crate::domain::task_state::ReportFact;
use crate::domain::tasks::Decision;
use crate::domain::{Id, Origin, Percent};
use crate::store::StoreResult;

/// Tasks whose reports are held in memory together.
const AT_ONCE: usize = 1_000;

/// Hands over each counted task as it stood just before each of the cutoffs, with the number of the cutoff.
pub fn at_each(
    conn: &mut Connection,
    filter: &FactFilter,
    cutoffs: &[NaiveDateTime],
    mut take: impl FnMut(usize, TaskFact),
) -> StoreResult<()> {
    let Some(last) = cutoffs.iter().max().copied() else { return Ok(()) };
    let parents = parents_at_each(conn, filter, cutoffs)?;
    let mut owing = owing(conn, &filter.roots, last)?;
    let mut commitments: HashMap<Id, Vec<Committed>> = by_task(committed(conn, &filter.roots, last)?);
    let rows: Vec<(FactTask, Option<NaiveDateTime>)> =
        linked(filter).filter(tasks::issued_at.lt(last)).select((FactTask::as_select(), tasks::voided_at)).load(conn)?;
    for some in rows.chunks(AT_ONCE) {
        let ids: Vec<Id> = some.iter().map(|(task, _)| task.id).collect();
        let mut decisions = by_task(decisions(conn, &ids)?);
        let mut reports = by_task(reports(conn, &ids)?);
        for (task, voided_at) in some {
            let history = History {
                owing: owing.remove(&task.id),
                commitments: commitments.remove(&task.id).unwrap_or_default(),
                decisions: decisions.remove(&task.id).unwrap_or_default(),
                reports: reports.remove(&task.id).unwrap_or_default(),
            };
            for (number, (cutoff, parents)) in cutoffs.iter().zip(&parents).enumerate() {
                let issued = task.issued_at.is_some_and(|at| at < *cutoff);
                if issued && voided_at.is_none_or(|at| at >= *cutoff) && !parents.contains(&task.id) {
                    take(number, history.at(task, *cutoff));
                }
            }
        }
    }
    Ok(())
}

/// Everything that was ever told of one task.
struct History {
    owing: Option<super::past::Owing>,
    commitments: Vec<Committed>,
    decisions: Vec<(NaiveDateTime, Decision)>,
    reports: Vec<Reported>,
}

/// A report with when it was verified or returned.
struct Reported {
    fact: ReportFact,
    recorded_at: NaiveDateTime,
    verified_at: Option<NaiveDateTime>,
    self_verified: bool,
    origin: Origin,
}

impl History {
    fn at(&self, task: &FactTask, cutoff: NaiveDateTime) -> TaskFact {
        let told = || self.reports.iter().filter(|report| report.recorded_at < cutoff);
        let then = |report: &Reported| match report.verified_at {
            Some(at) if at < cutoff => report.fact.clone(),
            _ => ReportFact { verification: Verification::before_judged(report.self_verified), ..report.fact.clone() },
        };
        let reports: Vec<ReportFact> = told().map(then).filter(ReportFact::stands).collect();
        let decisions: Vec<Decision> = self.decisions.iter().filter(|(at, _)| *at < cutoff).map(|(_, decision)| *decision).collect();
        let commitments: Vec<Committed> = self.commitments.iter().filter(|c| c.recorded_at < cutoff).cloned().collect();
        let told = Told {
            last_reported_at: reports.iter().map(|report| report.recorded_at.naive_utc()).max(),
            illustrative: task.origin == Origin::Demo || told().any(|report| report.origin == Origin::Demo),
            decisions: &decisions,
            reports: &reports,
            commitments: &commitments,
            owing: self.owing.as_ref(),
        };
        told.fact(task.clone())
    }
}

/// The wholes of each cutoff: tasks with parts that were issued by then and not voided.
fn parents_at_each(conn: &mut Connection, filter: &FactFilter, cutoffs: &[NaiveDateTime]) -> StoreResult<Vec<HashSet<Id>>> {
    let everything = FactFilter { roots: filter.roots.clone(), ..FactFilter::default() };
    let parts: Vec<(Id, Option<NaiveDateTime>, Option<NaiveDateTime>)> = linked(&everything)
        .filter(tasks::parent_id.is_not_null())
        .select((tasks::parent_id.assume_not_null(), tasks::issued_at, tasks::voided_at))
        .load(conn)?;
    let at = |cutoff: &NaiveDateTime| {
        let stood = parts
            .iter()
            .filter(|(_, issued, voided)| issued.is_some_and(|issued| issued < *cutoff) && voided.is_none_or(|voided| voided >= *cutoff));
        stood.map(|(parent, ..)| *parent).collect()
    };
    Ok(cutoffs.iter().map(at).collect())
}

fn decisions(conn: &mut Connection, ids: &[Id]) -> StoreResult<Vec<(Id, (NaiveDateTime, Decision))>> {
    task_decisions::table
        .filter(task_decisions::task_id.eq_any(ids.to_vec()))
        .order(task_decisions::position)
        .select((task_decisions::task_id, (task_decisions::recorded_at, task_decisions::decision)))
        .load(conn)
}

fn reports(conn: &mut Connection, ids: &[Id]) -> StoreResult<Vec<(Id, Reported)>> {
    type Row = (
        (Id, i64, Option<String>, ReportState, Option<Percent>, NaiveDate, Option<NaiveDate>),
        (Verification, NaiveDateTime, Option<NaiveDateTime>, bool, Origin),
    );
    let rows: Vec<Row> = progress_reports::table
        .filter(progress_reports::task_id.eq_any(ids.to_vec()))
        .order(progress_reports::position)
        .select((
            (
                progress_reports::task_id,
                progress_reports::position,
                progress_reports::period,
                progress_reports::state,
                progress_reports::percent,
                progress_reports::measured_on,
                progress_reports::product_issued_on,
            ),
            (
                progress_reports::verification,
                progress_reports::recorded_at,
                progress_reports::verified_at,
                progress_reports::self_verified,
                progress_reports::origin,
            ),
        ))
        .load(conn)?;
    let reported = |((task, position, period, state, percent, measured_on, product_on), judged): Row| {
        let (verification, at, verified_at, self_verified, origin) = judged;
        let fact = ReportFact { position, period, state, percent, measured_on, product_on, verification, recorded_at: at.and_utc() };
        (task, Reported { fact, recorded_at: at, verified_at, self_verified, origin })
    };
    Ok(rows.into_iter().map(reported).collect())
}
