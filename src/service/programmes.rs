//! Programmes, plans, schemes, projects: written for their issuer, read by everybody in the root.

use chrono::Datelike;

use crate::db::Connection;
use crate::domain::documents::{self as rule, DocumentId, NumberedAs, RelationDraft};
use crate::domain::merge_patch::MergePatch;
use crate::domain::programmes::{ProgrammeDraft, ProgrammeQuery, ProgrammeScope, YearSpan};
use crate::domain::{Id, Moment, Reference, areas, text};
use crate::error::{AppError, AppResult, rules};
use crate::store;
use crate::store::documents::Mentions;
use crate::store::programmes::{Programme, ProgrammeFilter};
use crate::store::units::Unit;

use super::access::{Permit, ReadWork, Right, WriteWork};
use super::documents::{self, Home, Said};
use super::journal::{self, Happening};
use super::lookup::{self, Expected};
use super::paging::{Page, PageRequest};
use super::{programme_themes, resolutions};

/// The programme with this id.
///
/// # Errors
/// `not_found`, also for programmes of another root.
pub fn get(conn: &mut Connection, permit: &Permit<ReadWork>, id: Id) -> AppResult<Programme> {
    let programme = lookup::found(store::programmes::find(conn, id))?;
    documents::require_read(conn, permit, programme.root_id)?;
    Ok(programme)
}

/// A page of programmes in the order they were recorded.
///
/// # Errors
/// `invalid_parameter`, also for an unknown issuer or resolution.
pub fn list(conn: &mut Connection, permit: &Permit<ReadWork>, query: ProgrammeQuery) -> AppResult<Page<Programme>> {
    let page = PageRequest { limit: query.limit, cursor: query.cursor };
    let filter = ProgrammeFilter {
        roots: documents::own_roots(conn, permit)?,
        kinds: query.kind,
        state: query.state,
        scope: query.scope,
        scope_year: query.year,
        issuer_unit_id: documents::issuer_filter(conn, permit, query.issuer.as_ref())?,
        number_key: query.number.as_deref().map(documents::number_filter),
        ids: query.resolution.map(|id| lookup::parameter("resolution", id, implementing(conn, permit, id))).transpose()?,
        search: query.q.as_deref().map(|q| (text::fold(q), documents::number_filter(q))),
        after: page.after()?,
        limit: page.limit()? + 1,
    };
    page.page(store::programmes::list(conn, &filter)?, |programme| programme.id)
}

fn implementing(conn: &mut Connection, permit: &Permit<ReadWork>, resolution: Id) -> AppResult<Vec<Id>> {
    let resolution = resolutions::get(conn, permit, resolution)?;
    let graph = store::document_relations::implements(conn)?;
    Ok(rule::implementing(resolution.id, &graph).into_iter().collect())
}

/// What programmes mention: issuers, drafting units, and documents both ways.
///
/// # Errors
/// The database's.
pub fn mentions<R: Right>(conn: &mut Connection, permit: &Permit<R>, of: &[Programme]) -> AppResult<Mentions> {
    let ids: Vec<Id> = of.iter().map(|p| p.id).collect();
    let themes = store::programme_themes::of_programmes(conn, &ids)?;
    let contributions = store::programme_themes::contributions(conn, &ids)?;
    let issuing = of.iter().flat_map(|p| [p.issuer_unit_id, p.drafting_unit_id]).flatten();
    let units: Vec<Id> = issuing.chain(themes.iter().filter_map(|said| said.decided_by_unit_id)).collect();
    Ok(Mentions { themes, contributions, ..documents::mentions(conn, permit, &ids, &units)? })
}

/// Creates a programme.
///
/// # Errors
/// `forbidden`; `duplicate` for a number that is taken; 422 naming the field.
pub fn create(conn: &mut Connection, permit: &Permit<WriteWork>, draft: &ProgrammeDraft, at: &Moment) -> AppResult<Programme> {
    let home = documents::home(conn, permit, &said(draft))?;
    // From here on nobody else writes documents: numbers and circles are judged on what stays.
    let seat = journal::reserve(conn)?;
    documents::term(conn, home.root.id, draft.term)?;
    let drafting = drafting_unit(conn, permit, draft, &home)?;
    let programme = row(draft, &home, drafting.as_ref(), at);
    refuse_taken_number(conn, &programme)?;
    check_years(draft)?;
    documents::check_relations(conn, permit, programme.id, &draft.relations, &[])?;
    let said = programme_themes::drafted(conn, permit, programme.id, draft, &home.root)?;
    store::programmes::insert(conn, &programme)?;
    programme_themes::keep(conn, programme.id, &said)?;
    programme_themes::plan_review(conn, &programme, None, at)?;
    documents::relate(conn, DocumentId::Programme(programme.id), &draft.relations, at)?;
    let happening = Happening::created("programme.created", "programme", programme.id, draft);
    journal::append_at(conn, seat, permit.actor(), &happening, at)?;
    Ok(programme)
}

/// Changes a programme; its root stays.
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
) -> AppResult<Programme> {
    let current = lookup::found(store::programmes::find(conn, id))?;
    documents::require_write(conn, permit, current.root_id, current.issuer_unit_id)?;
    expected.check(current.version)?;
    let seat = journal::reserve(conn)?;
    let before = standing(conn, id)?;
    let draft = lookup::patched(&before, patch)?;
    let home = documents::home(conn, permit, &said(&draft))?;
    if home.root.id != current.root_id {
        return Err(AppError::invalid("/area", rules::FIXED));
    }
    documents::term(conn, home.root.id, draft.term)?;
    let drafting = drafting_unit(conn, permit, &draft, &home)?;
    let was_due_on = programme_themes::closes(&current);
    let Programme { origin, recorded_at, version, .. } = current;
    let changed = Programme { id, origin, recorded_at, version: version + 1, ..row(&draft, &home, drafting.as_ref(), at) };
    refuse_taken_number(conn, &changed)?;
    check_years(&draft)?;
    documents::check_relations(conn, permit, id, &draft.relations, &before.relations)?;
    let said = programme_themes::drafted(conn, permit, id, &draft, &home.root)?;
    lookup::expect_updated(store::programmes::update(conn, &changed))?;
    programme_themes::keep(conn, id, &said)?;
    programme_themes::plan_review(conn, &changed, was_due_on, at)?;
    if draft.relations != before.relations {
        documents::relate(conn, DocumentId::Programme(id), &draft.relations, at)?;
    }
    let happening = Happening::changed("programme.changed", "programme", id, &before, &draft);
    journal::append_at(conn, seat, permit.actor(), &happening, at)?;
    Ok(changed)
}

/// What is said of a programme now, as its draft would say it.
///
/// # Errors
/// `not_found`; the database's.
pub fn standing(conn: &mut Connection, id: Id) -> AppResult<ProgrammeDraft> {
    let current = lookup::found(store::programmes::find(conn, id))?;
    let draft = draft_of(&current, documents::relations_of(conn, id)?);
    programme_themes::with_said(conn, id, draft)
}

fn said(draft: &ProgrammeDraft) -> Said<'_> {
    Said { issuer: draft.issuer.as_ref(), issuer_text: draft.issuer_text.as_deref(), area: draft.area.as_ref() }
}

fn drafting_unit(conn: &mut Connection, permit: &Permit<WriteWork>, draft: &ProgrammeDraft, home: &Home) -> AppResult<Option<Unit>> {
    let unit = lookup::unit_if(conn, permit, "/drafting_unit", draft.drafting_unit.as_ref())?;
    if unit.as_ref().is_some_and(|unit| areas::root_of(&unit.area_path) != home.root.code) {
        return Err(AppError::invalid("/drafting_unit", rules::OTHER_ROOT));
    }
    Ok(unit)
}

/// A year if and only if the programme is made for one, and no period that ends before it begins.
fn check_years(draft: &ProgrammeDraft) -> AppResult<()> {
    match (draft.scope, draft.scope_year) {
        (ProgrammeScope::Year, None) => return Err(AppError::invalid("/scope_year", rules::REQUIRED)),
        (ProgrammeScope::Term, Some(_)) => return Err(AppError::invalid("/scope_year", rules::NOT_HERE)),
        _ => {}
    }
    for (span, pointer) in [(draft.period, "/period/to"), (draft.orientation_period, "/orientation_period/to")] {
        if span.is_some_and(YearSpan::is_reversed) {
            return Err(AppError::invalid(pointer, rules::DATE_ORDER));
        }
    }
    Ok(())
}

fn row(draft: &ProgrammeDraft, home: &Home, drafting: Option<&Unit>, at: &Moment) -> Programme {
    let number = draft.number.as_deref().map(rule::printed_number);
    let number_key = number.as_deref().and_then(rule::number_key);
    Programme {
        id: at.new_id(),
        root_id: home.root.id,
        term_id: draft.term,
        kind: draft.kind,
        title: draft.title.clone(),
        folded: rule::search_key(number.as_deref(), &draft.title),
        number,
        issuer_unit_id: home.issuer.as_ref().map(|unit| unit.id),
        issuer_text: draft.issuer_text.clone(),
        drafting_unit_id: drafting.map(|unit| unit.id),
        scope: draft.scope,
        scope_year: draft.scope_year,
        period_from: draft.period.map(|years| years.from),
        period_to: draft.period.map(|years| years.to),
        orientation_from: draft.orientation_period.map(|years| years.from),
        orientation_to: draft.orientation_period.map(|years| years.to),
        issued_text: draft.issued_on.as_ref().map(|date| date.text.clone()),
        issued_on: draft.issued_on.as_ref().and_then(|date| date.date),
        issued_precision: draft.issued_on.as_ref().map(|date| date.precision),
        state: draft.state,
        source: draft.source.clone(),
        origin: at.origin,
        version: 1,
        recorded_at: at.recorded_at(),
        number_key,
    }
}

/// What the programme's own row and its relations say; its theme is added by `programme_themes`.
fn draft_of(programme: &Programme, relations: Vec<RelationDraft>) -> ProgrammeDraft {
    ProgrammeDraft {
        title: programme.title.clone(),
        kind: programme.kind,
        number: programme.number.clone(),
        issuer: programme.issuer_unit_id.map(Reference::Id),
        issuer_text: programme.issuer_text.clone(),
        drafting_unit: programme.drafting_unit_id.map(Reference::Id),
        area: Some(Reference::Id(programme.root_id)),
        term: programme.term_id,
        scope: programme.scope,
        scope_year: programme.scope_year,
        period: YearSpan::of(programme.period_from, programme.period_to),
        orientation_period: YearSpan::of(programme.orientation_from, programme.orientation_to),
        issued_on: rule::written(programme.issued_text.as_deref(), programme.issued_on, programme.issued_precision),
        state: programme.state,
        source: programme.source.clone(),
        theme: None,
        decided_by: None,
        decided_by_text: None,
        contributes_to: Vec::new(),
        dissemination_rules: Vec::new(),
        relations,
    }
}

/// A programme without a date of issue is numbered in the year it is made for.
fn numbered_as(programme: &Programme) -> NumberedAs<'_> {
    NumberedAs {
        issuer: programme.issuer_unit_id,
        issuer_text: programme.issuer_text.as_deref(),
        term: programme.term_id,
        year: programme.issued_on.map(|day| day.year()).or(programme.scope_year),
    }
}

fn refuse_taken_number(conn: &mut Connection, own: &Programme) -> AppResult<()> {
    let (Some(number), Some(key)) = (&own.number, &own.number_key) else { return Ok(()) };
    let others = store::programmes::numbered(conn, own.root_id, own.kind, key)?;
    let others = others.iter().filter(|other| other.id != own.id);
    documents::refuse_taken(number, &numbered_as(own), others.map(|other| (other.id, other.title.as_str(), numbered_as(other))))
}
