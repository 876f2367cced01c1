//! Verifications: what the monitoring unit says to reports.

use crate::db::Connection;
use crate::domain::obligations::Schedule;
use crate::domain::progress_reports::Verification;
use crate::domain::verifications::{ReportAction, VerificationDraft};
use crate::domain::{Id, Moment};
use crate::error::codes::Code;
use crate::error::{AppError, AppResult, codes, rules};
use crate::store;
use crate::store::progress_reports::ProgressReport;

use super::access::{Actor, Permit, Verify};
use super::journal::{self, Happening};
use super::lookup::{self, Expected};
use super::progress_reports::{ShownReport, one, standing};
use super::shown_tasks::show_one;
use super::{notifications, obligations, period_locks};

/// A report that may be verified or returned: permission and version have been checked, and that it waits.
#[derive(Debug)]
pub struct Verifiable {
    report: ProgressReport,
    /// What may be said to it.
    actions: Vec<ReportAction>,
    /// What its task owes beside the whole.
    schedule: Option<Schedule>,
}

/// Finds the report and keeps others from changing its task.
///
/// # Errors
/// `not_found`, `forbidden` unless granted on the monitoring unit, `stale`, `period_locked`, `illegal_state`.
pub fn target(conn: &mut Connection, permit: &Permit<Verify>, id: Id, expected: Expected, at: &Moment) -> AppResult<Verifiable> {
    let report = lookup::found(store::progress_reports::find(conn, id))?;
    store::tasks::lock(conn, report.task_id)?;
    let shown = show_one(conn, permit.actor(), report.task_id, at)?;
    permit.require_root(&shown.record.lead.area_path)?;
    permit.require_unit(shown.record.monitoring.as_ref().unwrap_or(shown.record.answering()))?;
    // Read again: whoever held the lock may have verified it.
    let report = lookup::found(store::progress_reports::find(conn, id))?;
    expected.check(report.version)?;
    let actions = standing(permit.actor(), &report, shown.record.task.voided_at.is_some()).allowed_actions();
    if actions.is_empty() {
        return Err(AppError::illegal_state(actions));
    }
    if locked(conn, shown.record.task.root_id, &report, at)? {
        return Err(refused(codes::PERIOD_LOCKED, &[]));
    }
    let schedule = obligations::schedule_of(conn, &shown.record)?;
    Ok(Verifiable { report, actions, schedule })
}

/// Whether the days a report speaks of are closed to its unit.
fn locked(conn: &mut Connection, root: Id, report: &ProgressReport, at: &Moment) -> AppResult<bool> {
    let locks = period_locks::standing(conn, &[root])?;
    let unit = lookup::found(store::units::find(conn, report.unit_id))?;
    Ok(locks.closing(root, &unit.path, report.measured_on, at.today()).is_some())
}

/// Verifies or returns a report; the task's state follows.
///
/// # Errors
/// `own_report` for whoever logged it, `illegal_state`; 422 when a return gives no reason.
pub fn verify(
    conn: &mut Connection,
    permit: &Permit<Verify>,
    Verifiable { report, actions, schedule }: Verifiable,
    draft: &VerificationDraft,
    at: &Moment,
) -> AppResult<ShownReport> {
    let actor = permit.actor();
    if !actions.contains(&ReportAction::from(draft.outcome)) {
        let own = standing(actor, &report, false).own;
        return Err(refused(if own { codes::OWN_REPORT } else { codes::ILLEGAL_STATE }, &actions));
    }
    let verification = Verification::from(draft.outcome);
    if verification == Verification::Returned && draft.reason.is_none() {
        return Err(AppError::invalid("/reason", rules::REASON_REQUIRED));
    }
    let judged = ProgressReport {
        verification,
        verified_by: actor.account(),
        verified_at: Some(at.recorded_at()),
        verification_reason: draft.reason.clone(),
        version: report.version + 1,
        ..report
    };
    lookup::expect_updated(store::progress_reports::update(conn, &judged))?;
    let state = lookup::found(store::task_states::find(conn, judged.task_id))?;
    obligations::restate(conn, &state, schedule.as_ref())?;
    if verification == Verification::Returned {
        notifications::told::returned(conn, &judged, at)?;
    }
    tell(conn, actor, &judged, draft.reason.as_deref(), at)?;
    one(conn, actor, judged, at)
}

fn refused(code: &'static Code, actions: &[ReportAction]) -> AppError {
    AppError { code, ..AppError::illegal_state(actions) }
}

/// Tells the journal how a report was judged, or that it was verified as it was logged.
pub(super) fn tell(conn: &mut Connection, actor: &Actor, report: &ProgressReport, why: Option<&str>, at: &Moment) -> AppResult<()> {
    let action = format!("progress_report.{}", report.verification);
    let happening = Happening::changed(&action, "progress_report", report.id, &Verification::Submitted, &report.verification);
    journal::append(conn, actor, &happening.because(why), at).map(drop)
}
