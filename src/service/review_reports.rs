//! The report of a review round: worked out from the record, frozen with its hash, approved by leaders, corrected beside, and held against
//! what the record says later.

mod building;
mod checking;
mod comparing;
mod explaining;
mod indicators;
mod tasks;

use chrono::{Days, NaiveDate};
use sha2::{Digest, Sha256};

use crate::db::Connection;
use crate::domain::review_reports::{ApprovalDraft, ErratumDraft, FreezeDraft, ReviewReport};
use crate::domain::review_submissions::SubmissionState;
use crate::domain::reviews::{ReviewAction, ReviewState};
use crate::domain::{Id, Moment};
use crate::error::{AppError, AppResult, FieldError, codes, rules};
use crate::store;
use crate::store::review_reports::{FrozenReport, FrozenRows, ReviewApproval, ReviewErratum};
use crate::store::review_rounds::ReviewRound;

use super::access::{Permit, ReadWork, SignReviews, WriteWork};
use super::dashboards::{check_day, first_day};
use super::journal::{self, Happening};
use super::lookup::{self, Expected};
use super::reviews::{NOUN, Reviewed};

pub(super) use building::{Asked, Owing, owing};
pub use checking::{Broken, Held, diff, verify};
pub(super) use tasks::{Fact, facts, overdue_of};

/// What was frozen of a round, and what stands beside it.
#[derive(Debug, Clone)]
pub struct Frozen {
    /// The row.
    pub report: FrozenReport,
    /// User name of who froze it.
    pub author: Option<String>,
    /// Who approved it, the earliest first.
    pub approvals: Vec<ReviewApproval>,
    /// The corrections beside it, in their order, each with the user name of who wrote it.
    pub errata: Vec<(ReviewErratum, Option<String>)>,
}

/// What stands frozen of a round; none while it is not.
///
/// # Errors
/// The database's.
pub fn frozen(conn: &mut Connection, review: Id) -> AppResult<Option<Frozen>> {
    let Some(report) = store::review_reports::find(conn, review)? else { return Ok(None) };
    let (report, author) = lookup::found(Ok(lookup::with_authors(conn, vec![report], |row| row.recorded_by)?.pop()))?;
    let errata = store::review_reports::errata(conn, review)?;
    let errata = lookup::with_authors(conn, errata, |row| row.recorded_by)?;
    Ok(Some(Frozen { report, author, approvals: store::review_reports::approvals(conn, review)?, errata }))
}

/// What stands frozen of a round, for who may read the round; its corrections only for who reads the whole province, as its report.
///
/// # Errors
/// `not_found`, also while it is not frozen.
pub fn get_frozen(conn: &mut Connection, permit: &Permit<ReadWork>, id: Id) -> AppResult<Frozen> {
    let reviewed = Reviewed::find(conn, permit, id)?;
    let found = lookup::found(Ok(frozen(conn, id)?))?;
    Ok(if permit.covers_area(&reviewed.root.path) { found } else { Frozen { errata: Vec::new(), ..found } })
}

/// The report of a round: what was frozen, or what would be if it were now.
#[derive(Debug, Clone)]
pub struct Shown {
    /// The report.
    pub report: ReviewReport,
    /// Canonical JSON: of what was frozen the very bytes.
    pub content: String,
    /// What was frozen; none while it is not.
    pub frozen: Option<Frozen>,
}

impl Shown {
    /// What papers are made of.
    pub fn into_parts(self) -> (ReviewReport, Option<FrozenRows>) {
        let parts = |frozen: Frozen| (frozen.report, frozen.approvals, frozen.errata.into_iter().map(|(row, _)| row).collect());
        (self.report, self.frozen.map(parts))
    }
}

/// The report of a round, for who reads the whole province.
///
/// # Errors
/// `not_found`, `forbidden`; `invalid_parameter` for a day in the future or before the data, and once it is frozen for every other day.
pub fn get(conn: &mut Connection, permit: &Permit<ReadWork>, id: Id, as_of: Option<NaiveDate>, at: &Moment) -> AppResult<Shown> {
    let reviewed = Reviewed::find(conn, permit, id)?;
    permit.require_area(&reviewed.root.path)?;
    if let Some(frozen) = frozen(conn, id)? {
        if as_of.is_some_and(|day| day != frozen.report.as_of) {
            return Err(AppError::new(codes::INVALID_PARAMETER)
                .with_field(FieldError::new("as_of", rules::FROZEN_ON).with("day", frozen.report.as_of)));
        }
        let report = serde_json::from_str(&frozen.report.content).map_err(AppError::internal)?;
        return Ok(Shown { report, content: frozen.report.content.clone(), frozen: Some(frozen) });
    }
    let as_of = as_of.unwrap_or(at.today());
    check_day(conn, as_of, at.today())?;
    let report = building::build(conn, &reviewed, &Asked::of(as_of, at.today()))?;
    Ok(Shown { content: canonical(&report)?, report, frozen: None })
}

/// The report as the bytes that are frozen: JSON in its canonical form (RFC 8785).
fn canonical(report: &ReviewReport) -> AppResult<String> {
    serde_json_canonicalizer::to_string(report).map_err(AppError::internal)
}

fn digest(content: &str) -> String {
    hex::encode(Sha256::digest(content.as_bytes()))
}

/// The round that is to be frozen.
///
/// # Errors
/// `not_found`, `forbidden`; `illegal_state` unless it is being put together.
pub fn to_freeze(conn: &mut Connection, permit: &Permit<WriteWork>, id: Id) -> AppResult<Reviewed> {
    Reviewed::to(ReviewAction::Freeze, conn, permit, id)
}

/// Freezes a round: its report is kept as it is, for good.
///
/// # Errors
/// `stale` for another version; 422 for a day that is not over or lies before the data, and where a reason is missing: for freezing early,
/// or without what units owe.
pub fn freeze(
    conn: &mut Connection,
    permit: &Permit<WriteWork>,
    reviewed: Reviewed,
    draft: &FreezeDraft,
    at: &Moment,
) -> AppResult<ReviewRound> {
    draft.version.map_or(Expected::Any, Expected::Version).check(reviewed.round.version)?;
    let as_of = day_of(conn, draft, at)?;
    // Numbers of an earlier day are as little those of the whole round as a report that is closed before it is due.
    let early = as_of.succ_opt().is_some_and(|next| next < reviewed.round.due_on);
    if early && draft.early_reason.is_none() {
        return Err(AppError::invalid("/early_reason", rules::REASON_REQUIRED));
    }
    let seat = journal::reserve(conn)?;
    let asked = Asked { early_reason: draft.early_reason.clone().filter(|_| early), ..Asked::of(as_of, at.today()) };
    let mut report = building::build(conn, &reviewed, &asked)?;
    let missing = missing(&report);
    if missing > 0 && draft.missing_reason.is_none() {
        let field = FieldError::new("/missing_reason", rules::STILL_MISSING).with("count", missing);
        return Err(AppError::invalid_fields(vec![field]));
    }
    report.missing_reason = draft.missing_reason.clone().filter(|_| missing > 0);
    let content = canonical(&report)?;
    let row = FrozenReport {
        review_id: reviewed.round.id,
        as_of,
        position: seat.position() - 1,
        sha256: digest(&content),
        content,
        recorded_by: permit.actor().account(),
        recorded_at: at.recorded_at(),
    };
    store::review_reports::insert(conn, &row)?;
    let frozen = ReviewRound { state: ReviewState::Frozen, version: reviewed.round.version + 1, ..reviewed.round };
    lookup::expect_updated(store::review_rounds::update(conn, &frozen))?;
    let kept = serde_json::json!({"as_of": as_of, "sha256": row.sha256, "early_reason": report.early_reason, "missing_reason": report.missing_reason});
    journal::append_at(conn, seat, permit.actor(), &Happening::created("review.frozen", NOUN, frozen.id, &kept), at)?;
    Ok(frozen)
}

/// How many units owe their report still, or wait to be confirmed: without them a round is frozen only with a reason.
pub fn missing(report: &ReviewReport) -> usize {
    report.submissions.iter().filter(|submission| submission.state != SubmissionState::Verified).count()
}

/// The day at whose end the numbers are taken: over, so that nothing recorded later changes them.
fn day_of(conn: &mut Connection, draft: &FreezeDraft, at: &Moment) -> AppResult<NaiveDate> {
    let today = at.today();
    let Some(as_of) = draft.as_of.or_else(|| today.checked_sub_days(Days::new(1))) else {
        return Err(AppError::invalid("/as_of", rules::REQUIRED));
    };
    if as_of >= today {
        return Err(AppError::invalid_fields(vec![FieldError::new("/as_of", rules::DAY_NOT_OVER).with("today", today)]));
    }
    let first = first_day(conn, today)?;
    if as_of < first {
        return Err(AppError::invalid_fields(vec![FieldError::new("/as_of", rules::BEFORE_DATA).with("day", first)]));
    }
    Ok(as_of)
}

/// What a leader is to approve.
///
/// # Errors
/// `not_found`, `forbidden`; `illegal_state` until it is frozen.
pub fn to_approve(conn: &mut Connection, permit: &Permit<SignReviews>, id: Id) -> AppResult<Reviewed> {
    Reviewed::to(ReviewAction::Approve, conn, permit, id)
}

/// Approves what was frozen, under the account's own name.
///
/// # Errors
/// `duplicate` for who has approved it; 422 for another hash than that of what was frozen.
pub fn approve(
    conn: &mut Connection,
    permit: &Permit<SignReviews>,
    reviewed: &Reviewed,
    draft: &ApprovalDraft,
    at: &Moment,
) -> AppResult<ReviewApproval> {
    let review = reviewed.round.id;
    let user = lookup::found(store::users::find(conn, permit.actor().user_id))?;
    let report = lookup::found(store::review_reports::find(conn, review))?;
    if draft.sha256 != report.sha256 {
        return Err(AppError::invalid("/sha256", rules::OTHER_CONTENT));
    }
    let seat = journal::reserve(conn)?;
    if store::review_reports::approvals(conn, review)?.iter().any(|approval| approval.recorded_by == user.id) {
        return Err(AppError::new(codes::DUPLICATE));
    }
    let approval = ReviewApproval {
        id: at.new_id(),
        review_id: review,
        sha256: report.sha256,
        name: user.display_name,
        post: draft.post.clone(),
        recorded_by: user.id,
        recorded_at: at.recorded_at(),
    };
    store::review_reports::approve(conn, &approval)?;
    let said = serde_json::json!({"sha256": approval.sha256, "name": approval.name, "post": approval.post});
    journal::append_at(conn, seat, permit.actor(), &Happening::created("review.approved", NOUN, review, &said), at)?;
    Ok(approval)
}

/// The round beside which a correction is to be put.
///
/// # Errors
/// `not_found`, `forbidden`; `illegal_state` until it is frozen.
pub fn to_correct(conn: &mut Connection, permit: &Permit<WriteWork>, id: Id) -> AppResult<Reviewed> {
    Reviewed::to(ReviewAction::Correct, conn, permit, id)
}

/// Puts a correction beside what was frozen, which stays as it is.
///
/// # Errors
/// The database's.
pub fn correct(
    conn: &mut Connection,
    permit: &Permit<WriteWork>,
    reviewed: &Reviewed,
    draft: &ErratumDraft,
    at: &Moment,
) -> AppResult<ReviewErratum> {
    let seat = journal::reserve(conn)?;
    let erratum = ReviewErratum {
        id: at.new_id(),
        review_id: reviewed.round.id,
        position: seat.position(),
        content: draft.text.clone(),
        recorded_by: permit.actor().account(),
        recorded_at: at.recorded_at(),
    };
    store::review_reports::correct(conn, &erratum)?;
    journal::append_at(conn, seat, permit.actor(), &Happening::created("review.corrected", NOUN, reviewed.round.id, draft), at)?;
    Ok(erratum)
}
