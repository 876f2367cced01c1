//! Confirming a value, or returning it.

use crate::db::Connection;
use crate::domain::progress_reports::Verification;
use crate::domain::verifications::{Outcome, ReportAction, ReportStanding, VerificationDraft};
use crate::domain::{Id, Moment};
use crate::error::{AppError, AppResult, codes, rules};
use crate::service::access::{Permit, Verify};
use crate::service::indicators::{NOUN, readable, require_keeper};
use crate::service::journal::{self, Happening};
use crate::service::lookup::{self, Expected};
use crate::store;
use crate::store::indicator_values::IndicatorValue;
use crate::store::indicators::Indicator;

use super::{ShownValue, one};

/// A value that may be judged: permission, version and state have been checked.
#[derive(Debug)]
pub struct Judgeable {
    indicator: Indicator,
    value: IndicatorValue,
    actions: Vec<ReportAction>,
}

/// Finds the newest value of a period.
///
/// # Errors
/// `not_found`, `forbidden` unless granted on whoever keeps the document, `stale`, `illegal_state`.
pub fn to_judge(conn: &mut Connection, permit: &Permit<Verify>, id: Id, period: &str, expected: Expected) -> AppResult<Judgeable> {
    let indicator = readable(conn, permit, id)?;
    require_keeper(conn, permit, &indicator)?;
    let value = lookup::found(Ok(store::indicator_values::of_period(conn, id, period)?.into_iter().next()))?;
    expected.check(value.version)?;
    let actions = steps(&indicator, &value, permit.actor().account());
    if actions.is_empty() { Err(AppError::illegal_state(actions)) } else { Ok(Judgeable { indicator, value, actions }) }
}

/// Confirms a value, or returns it.
///
/// # Errors
/// `own_report` for whoever told it; `stale`; 422 when a return gives no reason.
pub fn judge(
    conn: &mut Connection,
    permit: &Permit<Verify>,
    Judgeable { indicator, value, actions }: Judgeable,
    draft: &VerificationDraft,
    at: &Moment,
) -> AppResult<ShownValue> {
    if !actions.contains(&ReportAction::from(draft.outcome)) {
        return Err(AppError { code: codes::OWN_REPORT, ..AppError::illegal_state(actions) });
    }
    if draft.outcome == Outcome::Returned && draft.reason.is_none() {
        return Err(AppError::invalid("/reason", rules::REASON_REQUIRED));
    }
    let seat = journal::reserve(conn)?;
    let newest = store::indicator_values::of_period(conn, indicator.id, &value.period)?.into_iter().next();
    if newest.is_none_or(|newest| (newest.id, newest.version) != (value.id, value.version)) {
        return Err(AppError::new(codes::STALE));
    }
    let judged = IndicatorValue {
        verification: Verification::from(draft.outcome),
        verified_by: permit.actor().account(),
        verified_at: Some(at.recorded_at()),
        verification_reason: draft.reason.clone(),
        version: value.version + 1,
        ..value
    };
    lookup::expect_updated(store::indicator_values::update(conn, &judged))?;
    let action = format!("indicator.value_{}", judged.verification);
    let said = |state: Verification| serde_json::json!({"period": judged.period, "revision": judged.revision, "verification": state});
    let happening = Happening::changed(&action, NOUN, indicator.id, &said(Verification::Submitted), &said(judged.verification))
        .because(draft.reason.as_deref());
    journal::append_at(conn, seat, permit.actor(), &happening, at)?;
    one(conn, permit, &indicator, judged, at)
}

/// What may be done with a value next, by whoever keeps its document: what may be done with a report.
pub(super) fn steps(indicator: &Indicator, value: &IndicatorValue, who: Option<Id>) -> Vec<ReportAction> {
    let own = value.recorded_by.is_some() && value.recorded_by == who;
    let closed = indicator.voided_at.is_some();
    ReportStanding { verification: value.verification, self_verified: false, own, closed }.allowed_actions()
}
