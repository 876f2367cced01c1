//! Resolutions: written for their issuer, read by everybody in the root, each with its review
//! rounds.

use chrono::{Datelike, NaiveDate};
use serde::Serialize;

use crate::db::Connection;
use crate::domain::documents::{self as rule, DocumentId, NumberedAs, RelationDraft};
use crate::domain::merge_patch::MergePatch;
use crate::domain::resolutions::{ResolutionDraft, ResolutionQuery};
use crate::domain::reviews::ReviewKind;
use crate::domain::{Id, Moment, Reference, text};
use crate::error::{AppError, AppResult, rules};
use crate::store;
use crate::store::documents::Mentions;
use crate::store::resolutions::{Resolution, ResolutionFilter};
use crate::store::terms::Term;

use super::access::{Permit, ReadWork, Right, WriteWork};
use super::documents::{self, Home, Said};
use super::journal::{self, Happening};
use super::lookup::{self, Expected};
use super::paging::{Page, PageRequest};
use super::reviews;

/// The resolution with this id.
///
/// # Errors
/// `not_found`, also for resolutions of another root.
pub fn get(conn: &mut Connection, permit: &Permit<ReadWork>, id: Id) -> AppResult<Resolution> {
    let resolution = lookup::found(store::resolutions::find(conn, id))?;
    documents::require_read(conn, permit, resolution.root_id)?;
    Ok(resolution)
}

/// A page of resolutions in the order they were recorded.
///
/// # Errors
/// `invalid_parameter`, also for an unknown issuer.
pub fn list(conn: &mut Connection, permit: &Permit<ReadWork>, query: ResolutionQuery) -> AppResult<Page<Resolution>> {
    let page = PageRequest { limit: query.limit, cursor: query.cursor };
    let filter = ResolutionFilter {
        roots: documents::own_roots(conn, permit)?,
        kinds: query.kind,
        level: query.level,
        term_id: query.term,
        issuer_unit_id: documents::issuer_filter(conn, permit, query.issuer.as_ref())?,
        number_key: query.number.as_deref().map(documents::number_filter),
        search: query.q.as_deref().map(|q| (text::fold(q), documents::number_filter(q))),
        after: page.after()?,
        limit: page.limit()? + 1,
    };
    page.page(store::resolutions::list(conn, &filter)?, |resolution| resolution.id)
}

/// What resolutions mention: issuers, and documents both ways.
///
/// # Errors
/// The database's.
pub fn mentions<R: Right>(conn: &mut Connection, permit: &Permit<R>, of: &[Resolution]) -> AppResult<Mentions> {
    let ids: Vec<Id> = of.iter().map(|r| r.id).collect();
    let units: Vec<Id> = of.iter().filter_map(|r| r.issuer_unit_id).collect();
    documents::mentions(conn, permit, &ids, &units)
}

/// What the journal keeps of a resolution.
#[derive(Debug, Serialize)]
struct Recorded<'a> {
    #[serde(flatten)]
    draft: &'a ResolutionDraft,
    review_rounds: Vec<Due>,
}

/// When a round is due.
#[derive(Debug, Serialize)]
struct Due {
    kind: ReviewKind,
    due_on: NaiveDate,
}

/// Creates a resolution and plans its reviews.
///
/// # Errors
/// `forbidden`; `duplicate` for a number that is taken; 422 naming the field.
pub fn create(conn: &mut Connection, permit: &Permit<WriteWork>, draft: &ResolutionDraft, at: &Moment) -> AppResult<Resolution> {
    let home = documents::home(conn, permit, &said(draft))?;
    // From here on nobody else writes documents: numbers and circles are judged on what stays.
    let seat = journal::reserve(conn)?;
    let term = documents::term(conn, home.root.id, draft.term)?;
    let resolution = row(draft, &home, at);
    refuse_taken_number(conn, &resolution)?;
    documents::check_relations(conn, permit, resolution.id, &draft.relations, &[])?;
    store::resolutions::insert(conn, &resolution)?;
    documents::relate(conn, DocumentId::Resolution(resolution.id), &draft.relations, at)?;
    let review_rounds = plan_reviews(conn, &resolution, term.as_ref(), at)?;
    let recorded = Recorded { draft, review_rounds };
    let happening = Happening::created("resolution.created", "resolution", resolution.id, &recorded);
    journal::append_at(conn, seat, permit.actor(), &happening, at)?;
    Ok(resolution)
}

/// Changes a resolution; its root stays. Rounds that have not begun follow a new anchor.
///
/// # Errors
/// `forbidden`, `stale`, `duplicate`, 422 naming the field.
pub fn update(
    conn: &mut Connection,
    permit: &Permit<WriteWork>,
    id: Id,
    expected: Expected,
    patch: &MergePatch,
    at: &Moment,
) -> AppResult<Resolution> {
    let current = lookup::found(store::resolutions::find(conn, id))?;
    documents::require_write(conn, permit, current.root_id, current.issuer_unit_id)?;
    expected.check(current.version)?;
    let seat = journal::reserve(conn)?;
    let before = draft_of(&current, documents::relations_of(conn, id)?);
    let draft = lookup::patched(&before, patch)?;
    let home = documents::home(conn, permit, &said(&draft))?;
    if home.root.id != current.root_id {
        return Err(AppError::invalid("/area", rules::FIXED));
    }
    let term = documents::term(conn, home.root.id, draft.term)?;
    let Resolution { origin, recorded_at, version, .. } = current;
    let changed = Resolution { id, origin, recorded_at, version: version + 1, ..row(&draft, &home, at) };
    refuse_taken_number(conn, &changed)?;
    documents::check_relations(conn, permit, id, &draft.relations, &before.relations)?;
    lookup::expect_updated(store::resolutions::update(conn, &changed))?;
    if draft.relations != before.relations {
        documents::relate(conn, DocumentId::Resolution(id), &draft.relations, at)?;
    }
    let recorded = |draft, review_rounds| Recorded { draft, review_rounds };
    let (then, now) = (due(conn, id)?, plan_reviews(conn, &changed, term.as_ref(), at)?);
    let happening = Happening::changed("resolution.changed", "resolution", id, &recorded(&before, then), &recorded(&draft, now));
    journal::append_at(conn, seat, permit.actor(), &happening, at)?;
    Ok(changed)
}

/// What is said of a resolution now, as its draft would say it.
///
/// # Errors
/// `not_found`; the database's.
pub fn standing(conn: &mut Connection, id: Id) -> AppResult<ResolutionDraft> {
    let current = lookup::found(store::resolutions::find(conn, id))?;
    Ok(draft_of(&current, documents::relations_of(conn, id)?))
}

fn said(draft: &ResolutionDraft) -> Said<'_> {
    Said { issuer: draft.issuer.as_ref(), issuer_text: draft.issuer_text.as_deref(), area: draft.area.as_ref() }
}

fn row(draft: &ResolutionDraft, home: &Home, at: &Moment) -> Resolution {
    let number = draft.number.as_deref().map(rule::printed_number);
    let number_key = number.as_deref().and_then(rule::number_key);
    Resolution {
        id: at.new_id(),
        root_id: home.root.id,
        term_id: draft.term,
        kind: draft.kind,
        title: draft.title.clone(),
        folded: rule::search_key(number.as_deref(), &draft.title),
        number,
        level: draft.level,
        issuer_unit_id: home.issuer.as_ref().map(|unit| unit.id),
        issuer_text: draft.issuer_text.clone(),
        issued_text: draft.issued_on.as_ref().map(|date| date.text.clone()),
        issued_on: draft.issued_on.as_ref().and_then(|date| date.date),
        issued_precision: draft.issued_on.as_ref().map(|date| date.precision),
        cycle_anchor: draft.cycle_anchor,
        source: draft.source.clone(),
        origin: at.origin,
        version: 1,
        recorded_at: at.recorded_at(),
        number_key,
        owed_by: draft.owed_by.as_ref().and_then(|owed| serde_json::to_string(owed).ok()),
    }
}

fn draft_of(resolution: &Resolution, relations: Vec<RelationDraft>) -> ResolutionDraft {
    ResolutionDraft {
        title: resolution.title.clone(),
        kind: resolution.kind,
        level: resolution.level,
        number: resolution.number.clone(),
        issuer: resolution.issuer_unit_id.map(Reference::Id),
        issuer_text: resolution.issuer_text.clone(),
        area: Some(Reference::Id(resolution.root_id)),
        term: resolution.term_id,
        issued_on: rule::written(resolution.issued_text.as_deref(), resolution.issued_on, resolution.issued_precision),
        cycle_anchor: resolution.cycle_anchor,
        source: resolution.source.clone(),
        relations,
        owed_by: resolution.owed_by.as_deref().and_then(|json| serde_json::from_str(json).ok()),
    }
}

fn numbered_as(resolution: &Resolution) -> NumberedAs<'_> {
    NumberedAs {
        issuer: resolution.issuer_unit_id,
        issuer_text: resolution.issuer_text.as_deref(),
        term: resolution.term_id,
        year: resolution.issued_on.map(|day| day.year()),
    }
}

fn refuse_taken_number(conn: &mut Connection, own: &Resolution) -> AppResult<()> {
    let (Some(number), Some(key)) = (&own.number, &own.number_key) else { return Ok(()) };
    let others = store::resolutions::numbered(conn, own.root_id, own.kind, key)?;
    let others = others.iter().filter(|other| other.id != own.id);
    documents::refuse_taken(number, &numbered_as(own), others.map(|other| (other.id, other.title.as_str(), numbered_as(other))))
}

/// Moves the planned reviews of every resolution of a term that has changed.
///
/// # Errors
/// The database's.
pub fn follow_term(conn: &mut Connection, term: &Term, at: &Moment) -> AppResult<()> {
    for resolution in store::resolutions::of_term(conn, term.id)? {
        plan_reviews(conn, &resolution, Some(term), at)?;
    }
    Ok(())
}

/// Plans the reviews after three and five years, or moves those that have not begun. Without an anchor nothing is planned and nothing moves.
fn plan_reviews(conn: &mut Connection, resolution: &Resolution, term: Option<&Term>, at: &Moment) -> AppResult<Vec<Due>> {
    if let Some(anchor_on) = reviews::anchor(resolution, term) {
        let cycle =
            reviews::Cycle { resolution: Some(resolution.id), programme: None, title: &resolution.title, anchor_on, was_due_on: None };
        let due: Vec<_> = ReviewKind::OF_RESOLUTIONS.into_iter().filter_map(|kind| Some((kind, kind.due_on(anchor_on, None)?))).collect();
        reviews::follow(conn, &cycle, &due, at)?;
    }
    due(conn, resolution.id)
}

fn due(conn: &mut Connection, resolution: Id) -> AppResult<Vec<Due>> {
    let rounds = store::review_rounds::of_document(conn, resolution)?;
    Ok(rounds.into_iter().map(|round| Due { kind: round.kind, due_on: round.due_on }).collect())
}
