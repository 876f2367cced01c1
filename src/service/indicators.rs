//! Indicators: written for whoever writes the document that sets them, read by everybody who reads documents.

mod drafts;

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{NaiveDate, NaiveDateTime};

use crate::db::Connection;
use crate::domain::documents::DocumentId;
use crate::domain::indicators::{IndicatorDraft, IndicatorQuery};
use crate::domain::merge_patch::MergePatch;
use crate::domain::voiding::{RecordAction, VoidDraft, allowed_actions};
use crate::domain::{Id, Moment, calendar};
use crate::error::{AppError, AppResult, rules};
use crate::store;
use crate::store::indicator_targets::IndicatorTarget;
use crate::store::indicators::{Indicator, IndicatorFilter};
use crate::store::names::{self, Named, Names};

use super::access::{Actor, Permit, ReadWork, Right, WriteWork};
use super::journal::{self, Happening};
use super::links::{self, Linked};
use super::lookup::{self, Expected};
use super::paging::{Page, PageRequest};
use super::{documents, indicator_targets, records};

pub(super) use drafts::draft_of;
use drafts::{check_targets, drafted, refuse_taken};

pub(super) const NOUN: &str = "indicator";

/// An indicator as somebody is shown it.
#[derive(Debug, Clone)]
pub struct ShownIndicator {
    /// The row.
    pub indicator: Indicator,
    /// The targets that stand, by period and authority.
    pub targets: Vec<IndicatorTarget>,
    /// What it, and others on its page, mention.
    pub names: Arc<Names>,
    /// What this account may do with it next.
    pub actions: Vec<RecordAction>,
}

/// The indicator with this id.
///
/// # Errors
/// `not_found`, also for another root.
pub fn get(conn: &mut Connection, permit: &Permit<ReadWork>, id: Id, at: &Moment) -> AppResult<ShownIndicator> {
    let indicator = readable(conn, permit, id)?;
    show(conn, permit, indicator, at)
}

/// The row, for whoever reads documents of its root.
///
/// # Errors
/// `not_found`, also for another root.
pub(super) fn readable<R: Right>(conn: &mut Connection, permit: &Permit<R>, id: Id) -> AppResult<Indicator> {
    let indicator = lookup::found(store::indicators::find(conn, id))?;
    documents::require_read(conn, permit, indicator.root_id)?;
    Ok(indicator)
}

/// A page of indicators by their places.
///
/// # Errors
/// `invalid_parameter`, also for an unknown document or unit.
pub fn list(conn: &mut Connection, permit: &Permit<ReadWork>, query: IndicatorQuery, at: &Moment) -> AppResult<Page<ShownIndicator>> {
    let page = PageRequest { limit: query.limit, cursor: query.cursor };
    let roots = documents::own_roots(conn, permit)?;
    links::check_parameter(conn, &roots, "resolution", query.resolution, Linked::Resolution)?;
    links::check_parameter(conn, &roots, "programme", query.programme, Linked::Programme)?;
    let unit = query.unit.map(|unit| lookup::unit_parameter(conn, permit, "unit", &unit)).transpose()?;
    let filter = IndicatorFilter {
        roots,
        resolution_id: query.resolution,
        programme_id: query.programme,
        lead_unit_id: unit.map(|unit| unit.id),
        voided: query.voided,
        after: page.after()?,
        limit: page.limit()? + 1,
    };
    let page = page.page(store::indicators::list(conn, &filter)?, |indicator| (indicator.ordinal, indicator.id))?;
    Ok(Page { items: show_all(conn, permit, page.items, at)?, next: page.next })
}

/// What was recorded before this belongs to the day.
pub(super) fn end_of(day: NaiveDate) -> NaiveDateTime {
    calendar::end_of(day).naive_utc()
}

/// One indicator as it is shown.
///
/// # Errors
/// The database's.
pub(super) fn show<R: Right>(conn: &mut Connection, permit: &Permit<R>, indicator: Indicator, at: &Moment) -> AppResult<ShownIndicator> {
    lookup::found(Ok(show_all(conn, permit, vec![indicator], at)?.pop()))
}

/// Indicators as they are shown.
///
/// # Errors
/// The database's.
pub(super) fn show_all<R: Right>(
    conn: &mut Connection,
    permit: &Permit<R>,
    rows: Vec<Indicator>,
    at: &Moment,
) -> AppResult<Vec<ShownIndicator>> {
    let ids: Vec<Id> = rows.iter().map(|row| row.id).collect();
    let mut targets = indicator_targets::standing(conn, &ids, end_of(at.today()))?;
    let named = Named {
        roots: rows.iter().map(|row| row.root_id).collect(),
        units: rows.iter().filter_map(|row| row.lead_unit_id).collect(),
        documents: rows.iter().filter_map(document_of).collect(),
        ..Named::default()
    };
    let names = Arc::new(names::of(conn, named)?);
    let mut writable: HashMap<Id, bool> = HashMap::new();
    let mut shown = Vec::with_capacity(rows.len());
    for indicator in rows {
        let document = lookup::found(Ok(document_of(&indicator)))?;
        let may = match writable.get(&document.id()) {
            Some(may) => *may,
            None => keeps::<WriteWork>(conn, permit.actor(), &indicator)?,
        };
        writable.insert(document.id(), may);
        shown.push(ShownIndicator {
            targets: targets.remove(&indicator.id).unwrap_or_default(),
            names: Arc::clone(&names),
            actions: if may { allowed_actions(indicator.voided_at.is_some()) } else { Vec::new() },
            indicator,
        });
    }
    Ok(shown)
}

/// Whether an account has a right over the document of an indicator.
///
/// # Errors
/// The database's.
pub(super) fn keeps<R: Right>(conn: &mut Connection, actor: &Actor, indicator: &Indicator) -> AppResult<bool> {
    let Ok(permit) = actor.permit::<R>() else { return Ok(false) };
    match require_keeper(conn, &permit, indicator) {
        Ok(()) => Ok(true),
        Err(error) if matches!(error.code.status, 403 | 404) => Ok(false),
        Err(error) => Err(error),
    }
}

/// The document that sets an indicator.
pub(super) fn document_of(indicator: &Indicator) -> Option<DocumentId> {
    names::document(indicator.resolution_id, indicator.programme_id)
}

/// Refuses whoever does not keep the document of an indicator.
///
/// # Errors
/// `forbidden`; `not_found` for another root.
pub(super) fn require_keeper<R: Right>(conn: &mut Connection, permit: &Permit<R>, indicator: &Indicator) -> AppResult<()> {
    let issuer = match document_of(indicator) {
        Some(DocumentId::Resolution(id)) => store::resolutions::find(conn, id)?.and_then(|document| document.issuer_unit_id),
        Some(DocumentId::Programme(id)) => store::programmes::find(conn, id)?.and_then(|document| document.issuer_unit_id),
        None => None,
    };
    documents::require_write(conn, permit, indicator.root_id, issuer)
}

/// Creates an indicator, with its first targets.
///
/// # Errors
/// `forbidden`; `duplicate` for a place that is taken; 422 naming the field.
pub fn create(conn: &mut Connection, permit: &Permit<WriteWork>, draft: &IndicatorDraft, at: &Moment) -> AppResult<ShownIndicator> {
    let indicator = drafted(conn, permit, draft, None, at)?;
    require_keeper(conn, permit, &indicator)?;
    check_targets(draft)?;
    let seat = journal::reserve(conn)?;
    refuse_taken(conn, &indicator)?;
    store::indicators::insert(conn, &indicator)?;
    for (target, id) in draft.targets.iter().zip(records::ids(draft.targets.len(), at)) {
        let row = indicator_targets::row(&indicator, target, (id, seat.position()), permit.actor().account(), at)?;
        store::indicator_targets::insert(conn, &row)?;
    }
    journal::append_at(conn, seat, permit.actor(), &Happening::created("indicator.created", NOUN, indicator.id, draft), at)?;
    show(conn, permit, indicator, at)
}

/// Changes an indicator; it stays with its document, and its targets change at addresses of their own.
///
/// # Errors
/// `forbidden`, `stale`, `duplicate`, `illegal_state` for a void one, 422 naming the field.
pub fn update(
    conn: &mut Connection,
    permit: &Permit<WriteWork>,
    id: Id,
    expected: Expected,
    patch: &MergePatch,
    at: &Moment,
) -> AppResult<ShownIndicator> {
    let Standing(current) = to_change(conn, permit, id, expected)?;
    let before = draft_of(&current);
    let draft = lookup::patched(&before, patch)?;
    let fixed = [
        ("/resolution", before.resolution != draft.resolution),
        ("/programme", before.programme != draft.programme),
        ("/targets", !draft.targets.is_empty()),
    ];
    if let Some((pointer, _)) = fixed.into_iter().find(|(_, changed)| *changed) {
        return Err(AppError::invalid(pointer, rules::FIXED));
    }
    let row = drafted(conn, permit, &draft, Some(id), at)?;
    let changed = Indicator { id, origin: current.origin, recorded_at: current.recorded_at, version: current.version + 1, ..row };
    let seat = journal::reserve(conn)?;
    refuse_taken(conn, &changed)?;
    lookup::expect_updated(store::indicators::update(conn, &changed))?;
    journal::append_at(conn, seat, permit.actor(), &Happening::changed("indicator.changed", NOUN, id, &before, &draft), at)?;
    show(conn, permit, changed, at)
}

/// An indicator that may still be changed.
#[derive(Debug)]
pub struct Standing(pub(super) Indicator);

/// The indicator, if it may still be changed; `expected` is the version that was read.
///
/// # Errors
/// `not_found`, `forbidden`, `stale`; `illegal_state` once it is void.
pub fn to_change(conn: &mut Connection, permit: &Permit<WriteWork>, id: Id, expected: Expected) -> AppResult<Standing> {
    let current = readable(conn, permit, id)?;
    require_keeper(conn, permit, &current)?;
    expected.check(current.version)?;
    records::require_standing(current.voided_at.is_some())?;
    Ok(Standing(current))
}

/// Voids an indicator: it stays readable and counts nowhere.
///
/// # Errors
/// `stale`; 422 while others stand below it.
pub fn void(
    conn: &mut Connection,
    permit: &Permit<WriteWork>,
    Standing(current): Standing,
    draft: &VoidDraft,
    at: &Moment,
) -> AppResult<ShownIndicator> {
    if !store::indicators::below(conn, current.id)?.is_empty() {
        return Err(AppError::invalid("", rules::HAS_PARTS));
    }
    let (voided_at, void_reason) = (Some(at.recorded_at()), Some(draft.reason.clone()));
    let changed = Indicator { voided_at, void_reason, version: current.version + 1, ..current };
    lookup::expect_updated(store::indicators::update(conn, &changed))?;
    let happening = Happening::changed("indicator.voided", NOUN, changed.id, &false, &true).because(Some(&draft.reason));
    journal::append(conn, permit.actor(), &happening, at)?;
    show(conn, permit, changed, at)
}
