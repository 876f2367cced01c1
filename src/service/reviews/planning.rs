//! When documents are looked back on: rounds that every document has, and those planned by hand.

use chrono::NaiveDate;

use crate::db::Connection;
use crate::domain::programmes::YearSpan;
use crate::domain::resolutions::CycleAnchor;
use crate::domain::reviews::{ReviewKind, ReviewPlan, ReviewState};
use crate::domain::targets::KeptBound;
use crate::domain::{Id, Moment};
use crate::error::{AppError, AppResult, codes, rules};
use crate::service::access::{Permit, WriteWork};
use crate::service::journal::{self, Happening};
use crate::service::lookup;
use crate::service::records::{self, Subject};
use crate::store;
use crate::store::resolutions::Resolution;
use crate::store::review_rounds::ReviewRound;
use crate::store::terms::Term;

use super::NOUN;

/// What the rounds of a document are counted from.
#[derive(Debug, Clone)]
pub struct Cycle<'a> {
    /// The resolution, if it is one.
    pub resolution: Option<Id>,
    /// The programme, if it is one.
    pub programme: Option<Id>,
    /// Its title.
    pub title: &'a str,
    /// The day years are counted from.
    pub anchor_on: NaiveDate,
    /// The day a thematic round was due before the document changed, if it had any.
    pub was_due_on: Option<NaiveDate>,
}

impl Cycle<'_> {
    fn round(&self, kind: ReviewKind, year: Option<i32>, due_on: NaiveDate, at: &Moment) -> ReviewRound {
        ReviewRound {
            id: at.new_id(),
            resolution_id: self.resolution,
            programme_id: self.programme,
            kind,
            title: kind.title(self.title, year),
            anchor_on: self.anchor_on,
            due_on,
            state: ReviewState::Planned,
            version: 1,
            recorded_at: at.recorded_at(),
            year,
            kept_bound: KeptBound::Exceeded,
            scale: None,
            period: None,
            claimed_score: None,
            results: None,
            obstacles: None,
            causes: None,
            lessons: None,
            proposals: None,
        }
    }
}

/// The day the review cycle of a resolution runs from, if it is known.
pub fn anchor(resolution: &Resolution, term: Option<&Term>) -> Option<NaiveDate> {
    match resolution.cycle_anchor {
        CycleAnchor::TermStart => term.map(|term| term.starts_on),
        CycleAnchor::IssuedOn => resolution.issued_on,
    }
}

/// Plans the rounds a document has, each with the day it is due, and moves those that have not begun; what has begun or was cancelled stays
/// as it was announced, and so does a day that was set by hand.
///
/// # Errors
/// The database's.
pub fn follow(conn: &mut Connection, cycle: &Cycle<'_>, due: &[(ReviewKind, NaiveDate)], at: &Moment) -> AppResult<()> {
    let Some(document) = cycle.resolution.or(cycle.programme) else { return Ok(()) };
    let mut known = store::review_rounds::of_document(conn, document)?;
    for (kind, due_on) in due {
        if !known.iter().any(|round| round.kind == *kind) {
            store::review_rounds::insert(conn, &cycle.round(*kind, None, *due_on, at))?;
        }
    }
    known.retain(|round| round.state == ReviewState::Planned);
    for round in known {
        let implied =
            |anchor| due.iter().find(|(kind, _)| *kind == round.kind).map(|(_, due_on)| *due_on).or(round.kind.due_on(anchor, round.year));
        let followed = round.kind.due_on(round.anchor_on, round.year).or(cycle.was_due_on);
        let by_hand = followed != Some(round.due_on);
        let due_on = if by_hand { round.due_on } else { implied(cycle.anchor_on).unwrap_or(round.due_on) };
        let title = round.kind.title(cycle.title, round.year);
        if (round.anchor_on, round.due_on, &round.title) != (cycle.anchor_on, due_on, &title) {
            let moved = ReviewRound { anchor_on: cycle.anchor_on, due_on, title, version: round.version + 1, ..round };
            lookup::expect_updated(store::review_rounds::update(conn, &moved))?;
        }
    }
    Ok(())
}

/// Plans a round beside those the document has.
///
/// # Errors
/// `forbidden`; `duplicate` where the document has one of the kind (and year) already; 422 naming the field.
pub fn plan(conn: &mut Connection, permit: &Permit<WriteWork>, draft: &ReviewPlan, at: &Moment) -> AppResult<ReviewRound> {
    let subject = records::subject(conn, permit, draft.resolution, draft.programme)?;
    permit.require_area(&subject.root.path)?;
    match (draft.kind, draft.year) {
        (ReviewKind::Yearly, None) => return Err(AppError::invalid("/year", rules::REQUIRED)),
        (ReviewKind::Yearly, Some(_)) | (_, None) => {}
        (_, Some(_)) => return Err(AppError::invalid("/year", rules::YEARLY_ONLY)),
    }
    let start = started(conn, &subject)?;
    // A yearly round is due at the end of its year, whatever its document counts from.
    let anchor = start.or((draft.kind == ReviewKind::Yearly).then(NaiveDate::default));
    let due_on =
        draft.due_on.or_else(|| draft.kind.due_on(anchor?, draft.year)).ok_or_else(|| AppError::invalid("/due_on", rules::REQUIRED))?;
    if start.is_some_and(|start| due_on <= start) {
        let pointer = if draft.due_on.is_some() { "/due_on" } else { "/year" };
        return Err(AppError::invalid(pointer, rules::DATE_ORDER));
    }
    let anchor_on = start.unwrap_or(due_on);
    let cycle = Cycle { resolution: draft.resolution, programme: draft.programme, title: title(&subject), anchor_on, was_due_on: None };
    let seat = journal::reserve(conn)?;
    let document = draft.resolution.or(draft.programme);
    let known = document.map(|document| store::review_rounds::of_document(conn, document)).transpose()?.unwrap_or_default();
    if known.iter().any(|round| (round.kind, round.year) == (draft.kind, draft.year)) {
        return Err(AppError::new(codes::DUPLICATE));
    }
    let round = cycle.round(draft.kind, draft.year, due_on, at);
    store::review_rounds::insert(conn, &round)?;
    journal::append_at(conn, seat, permit.actor(), &Happening::created("review.planned", NOUN, round.id, draft), at)?;
    Ok(round)
}

fn title(subject: &Subject) -> &str {
    let of_programme = || subject.programme.as_ref().map(|programme| programme.title.as_str());
    subject.resolution.as_ref().map(|resolution| resolution.title.as_str()).or_else(of_programme).unwrap_or_default()
}

/// The day the years of a document are counted from, if it is known.
fn started(conn: &mut Connection, subject: &Subject) -> AppResult<Option<NaiveDate>> {
    if let Some(programme) = &subject.programme {
        return Ok(YearSpan::of(programme.period_from, programme.period_to).and_then(YearSpan::first_day));
    }
    let Some(resolution) = &subject.resolution else { return Ok(None) };
    let term = resolution.term_id.map(|id| store::terms::find(conn, id)).transpose()?.flatten();
    Ok(anchor(resolution, term.as_ref()))
}
