//! Handing in.

use crate::db::Connection;
use crate::domain::progress_reports::Verification;
use crate::domain::reviews::{ReviewAction, ReviewTexts};
use crate::domain::{Id, Moment, Reference};
use crate::error::{AppError, AppResult, rules};
use crate::service::access::{LogProgress, Permit};
use crate::service::journal::{self, Happening};
use crate::service::lookup::{self, Expected};
use crate::service::reviews::{NOUN, Reviewed};
use crate::service::voices;
use crate::store;
use crate::store::review_submissions::ReviewSubmission;
use crate::store::units::Unit;

use super::{Owed, Prepared, prepared};

/// What may be handed in: permission and state have been checked.
#[derive(Debug, Clone)]
pub struct HandIn {
    reviewed: Reviewed,
    unit: Unit,
    owed: Owed,
}

/// Finds what a unit owes a round.
///
/// # Errors
/// `not_found`, also for a unit that owes nothing; `forbidden` for another unit than one's own; `illegal_state` unless the round takes reports.
pub fn target(conn: &mut Connection, permit: &Permit<LogProgress>, id: Id, unit: &Reference, at: &Moment) -> AppResult<HandIn> {
    let reviewed = Reviewed::find(conn, permit, id)?;
    let unit = super::of(conn, unit)?;
    permit.require_unit(&unit)?;
    let owed = Owed::find(conn, &reviewed, at)?;
    lookup::found(Ok(owed.units.iter().find(|known| known.id == unit.id)))?;
    reviewed.allows(ReviewAction::Submit)?;
    Ok(HandIn { reviewed, unit, owed })
}

/// Hands in what a unit has to say. What was handed in so already is answered as it stands; says whether it is new.
///
/// # Errors
/// `stale`; `illegal_state` once it was confirmed; 422 where nothing is said.
pub fn hand_in(
    conn: &mut Connection,
    permit: &Permit<LogProgress>,
    HandIn { reviewed, unit, owed }: HandIn,
    expected: Expected,
    texts: &ReviewTexts,
    at: &Moment,
) -> AppResult<(Prepared, bool)> {
    if texts.results.is_none() {
        return Err(AppError::invalid("/results", rules::REQUIRED));
    }
    let seat = journal::reserve(conn)?;
    reviewed.still(ReviewAction::Submit, conn)?;
    let last = store::review_submissions::of_unit(conn, reviewed.round.id, unit.id)?.into_iter().next();
    expected.check_if_said(last.as_ref().map_or(0, |row| row.version))?;
    match &last {
        Some(row) if row.verification != Verification::Returned && row.texts() == *texts => {
            return Ok((prepared(conn, permit, (&reviewed, &owed), unit.id, at)?, false));
        }
        Some(row) if row.verification == Verification::Verified => return Err(AppError::illegal_state(Vec::<ReviewAction>::new())),
        _ => {}
    }
    let row = row(permit, &reviewed, &unit, texts, (seat.position(), last.as_ref()), at);
    store::review_submissions::insert(conn, &row)?;
    let said = serde_json::json!({"unit": unit.code, "revision": row.revision, "texts": texts});
    let happening = Happening::created("review.handed_in", NOUN, reviewed.round.id, &said);
    journal::append_at(conn, seat, permit.actor(), &happening, at)?;
    Ok((prepared(conn, permit, (&reviewed, &owed), unit.id, at)?, true))
}

fn row(
    permit: &Permit<LogProgress>,
    reviewed: &Reviewed,
    unit: &Unit,
    texts: &ReviewTexts,
    (position, last): (i64, Option<&ReviewSubmission>),
    at: &Moment,
) -> ReviewSubmission {
    let ReviewTexts { results, obstacles, causes, lessons, proposals } = texts.clone();
    ReviewSubmission {
        id: at.new_id(),
        review_id: reviewed.round.id,
        unit_id: unit.id,
        position,
        revision: last.map_or(1, |row| row.revision + 1),
        results,
        obstacles,
        causes,
        lessons,
        proposals,
        on_behalf: !voices::of_unit(permit.actor(), unit),
        recorded_by: permit.actor().account(),
        verification: Verification::Submitted,
        verified_by: None,
        verified_at: None,
        verification_reason: None,
        origin: at.origin,
        // One number for all that is said of what the unit owes, so that nobody judges what he has not read.
        version: last.map_or(1, |row| row.version + 1),
        recorded_at: at.recorded_at(),
    }
}
