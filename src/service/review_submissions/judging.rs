//! Confirming what was handed in, or returning it.

use crate::db::Connection;
use crate::domain::progress_reports::Verification;
use crate::domain::reviews::ReviewAction;
use crate::domain::verifications::{Outcome, ReportAction, VerificationDraft};
use crate::domain::{Id, Moment, Reference};
use crate::error::{AppError, AppResult, codes, rules};
use crate::service::access::{Permit, Verify};
use crate::service::journal::{self, Happening};
use crate::service::lookup::{self, Expected};
use crate::service::reviews::{NOUN, Reviewed};
use crate::store;
use crate::store::review_submissions::ReviewSubmission;

use super::{Owed, Prepared, prepared, standing};

/// What was handed in and may be judged: permission, version and state have been checked.
#[derive(Debug)]
pub struct Judgeable {
    reviewed: Reviewed,
    row: ReviewSubmission,
    actions: Vec<ReportAction>,
}

/// What may be said to a row by whoever may judge it.
pub(super) fn allowed(row: &ReviewSubmission, who: Option<Id>) -> Vec<ReportAction> {
    standing(row, who).allowed_actions()
}

/// What a unit owes, for who judges it; the actions say what may be said to it now.
///
/// # Errors
/// `not_found`, also for a unit that owes nothing; `forbidden`.
pub fn for_judge(conn: &mut Connection, permit: &Permit<Verify>, id: Id, unit: &Reference, at: &Moment) -> AppResult<Prepared> {
    let reviewed = Reviewed::find(conn, permit, id)?;
    permit.require_area(&reviewed.root.path)?;
    let unit = super::of(conn, unit)?;
    let owed = Owed::find(conn, &reviewed, at)?;
    prepared(conn, permit, (&reviewed, &owed), unit.id, at)
}

/// Finds the latest that a unit handed in.
///
/// # Errors
/// `not_found`, also while nothing was handed in; `forbidden`, `stale`, `illegal_state`.
pub fn to_judge(conn: &mut Connection, permit: &Permit<Verify>, id: Id, unit: &Reference, expected: Expected) -> AppResult<Judgeable> {
    let reviewed = Reviewed::find(conn, permit, id)?;
    permit.require_area(&reviewed.root.path)?;
    let unit = super::of(conn, unit)?;
    let row = lookup::found(Ok(store::review_submissions::of_unit(conn, id, unit.id)?.into_iter().next()))?;
    expected.check(row.version)?;
    reviewed.allows(ReviewAction::Submit)?;
    let actions = allowed(&row, permit.actor().account());
    if actions.is_empty() { Err(AppError::illegal_state(actions)) } else { Ok(Judgeable { reviewed, row, actions }) }
}

/// Confirms what was handed in, or returns it to the unit.
///
/// # Errors
/// `own_report` for whoever handed it in; `stale`; 422 when a return gives no reason.
pub fn judge(
    conn: &mut Connection,
    permit: &Permit<Verify>,
    Judgeable { reviewed, row, actions }: Judgeable,
    draft: &VerificationDraft,
    at: &Moment,
) -> AppResult<Prepared> {
    if !actions.contains(&ReportAction::from(draft.outcome)) {
        return Err(AppError { code: codes::OWN_REPORT, ..AppError::illegal_state(actions) });
    }
    if draft.outcome == Outcome::Returned && draft.reason.is_none() {
        return Err(AppError::invalid("/reason", rules::REASON_REQUIRED));
    }
    // Worked out before anybody has to wait for it: nothing of it changes here.
    let owed = Owed::find(conn, &reviewed, at)?;
    let seat = journal::reserve(conn)?;
    reviewed.still(ReviewAction::Submit, conn)?;
    let newest = store::review_submissions::of_unit(conn, reviewed.round.id, row.unit_id)?.into_iter().next();
    if newest.is_none_or(|newest| (newest.id, newest.version) != (row.id, row.version)) {
        return Err(AppError::new(codes::STALE));
    }
    let judged = ReviewSubmission {
        verification: Verification::from(draft.outcome),
        verified_by: permit.actor().account(),
        verified_at: Some(at.recorded_at()),
        verification_reason: draft.reason.clone(),
        version: row.version + 1,
        ..row
    };
    lookup::expect_updated(store::review_submissions::update(conn, &judged))?;
    let unit = lookup::found(store::units::find(conn, judged.unit_id))?.code;
    let said = |state: Verification| serde_json::json!({"unit": unit, "revision": judged.revision, "verification": state});
    let action = format!("review.submission_{}", judged.verification);
    let happening = Happening::changed(&action, NOUN, reviewed.round.id, &said(Verification::Submitted), &said(judged.verification))
        .because(draft.reason.as_deref());
    journal::append_at(conn, seat, permit.actor(), &happening, at)?;
    prepared(conn, permit, (&reviewed, &owed), judged.unit_id, at)
}
