//! Conferences: written for whoever holds them, read in the whole root by those who read all of it,
//! and by reporters of units that have a part in them.

use std::sync::Arc;

use serde_json::json;

use crate::db::Connection;
use crate::domain::dissemination_events::{DisseminationEventDraft, DisseminationEventQuery};
use crate::domain::essays::UnitEssaysDraft;
use crate::domain::merge_patch::MergePatch;
use crate::domain::voiding::{RecordAction, VoidDraft};
use crate::domain::{Id, Moment, Reference};
use crate::error::{AppError, AppResult, rules};
use crate::store;
use crate::store::dissemination_events::{DisseminationEvent, DisseminationEventFilter};
use crate::store::dissemination_parts::{Details, Presenter, Site, UnitEssays};

use super::access::{Permit, ReadWork, Right, WriteWork};
use super::dissemination_drafts::{Drafted, draft_of, drafted, kept_essays};
use super::journal::{self, Happening};
use super::links::{self, Linked};
use super::lookup::{self, Expected};
use super::paging::{Page, PageRequest};
use super::{documents, records, tasks};

const NOUN: &str = "dissemination_event";

/// A conference as somebody is shown it.
#[derive(Debug, Clone)]
pub struct ShownEvent {
    /// The conference.
    pub event: DisseminationEvent,
    /// What it, and others on its page, consist of and mention.
    pub details: Arc<Details>,
    /// What this account may do with it next.
    pub actions: Vec<RecordAction>,
}

/// The conference with this id.
///
/// # Errors
/// `not_found`, also for another root; `forbidden`.
pub fn get(conn: &mut Connection, permit: &Permit<ReadWork>, id: Id) -> AppResult<ShownEvent> {
    let event = lookup::found(store::dissemination_events::find(conn, id))?;
    let root = lookup::found(store::areas::find(conn, event.root_id))?;
    let shown = show(conn, permit, event)?;
    records::require_read(permit, &root, shown.details.units_of(&shown.event))?;
    Ok(shown)
}

/// A page of conferences in the order they were recorded.
///
/// # Errors
/// `invalid_parameter`, also for unknown documents and units.
pub fn list(conn: &mut Connection, permit: &Permit<ReadWork>, query: DisseminationEventQuery) -> AppResult<Page<ShownEvent>> {
    let page = PageRequest { limit: query.limit, cursor: query.cursor };
    let roots = documents::own_roots(conn, permit)?;
    links::check_parameter(conn, &roots, "resolution", query.resolution, Linked::Resolution)?;
    links::check_parameter(conn, &roots, "programme", query.programme, Linked::Programme)?;
    let host = query.host.map(|unit| lookup::unit_parameter(conn, permit, "host", &unit)).transpose()?;
    let filter = DisseminationEventFilter {
        resolution_id: query.resolution,
        programme_id: query.programme,
        kinds: query.kind,
        level: query.level,
        state: query.state,
        host_unit_id: host.map(|unit| unit.id),
        voided: query.voided,
        after: page.after()?,
        limit: page.limit()? + 1,
    };
    let place = tasks::place(conn, permit.reaches())?;
    let page = page.page(store::dissemination_events::list(conn, &place, &filter)?, |event| event.id)?;
    Ok(Page { items: show_all(conn, permit, page.items)?, next: page.next })
}

fn show<R: Right>(conn: &mut Connection, permit: &Permit<R>, event: DisseminationEvent) -> AppResult<ShownEvent> {
    lookup::found(Ok(show_all(conn, permit, vec![event])?.pop()))
}

fn show_all<R: Right>(conn: &mut Connection, permit: &Permit<R>, events: Vec<DisseminationEvent>) -> AppResult<Vec<ShownEvent>> {
    let details = Arc::new(store::dissemination_parts::details(conn, &events)?);
    let shown = |event: DisseminationEvent| {
        let host = event.host_unit_id.and_then(|id| details.names.units.get(&id));
        let actions = records::actions(permit, details.names.roots.get(&event.root_id), host, event.voided_at.is_some());
        ShownEvent { event, details: Arc::clone(&details), actions }
    };
    Ok(events.into_iter().map(shown).collect())
}

/// Records a conference.
///
/// # Errors
/// `forbidden`; 422 naming the field.
pub fn create(conn: &mut Connection, permit: &Permit<WriteWork>, draft: &DisseminationEventDraft, at: &Moment) -> AppResult<ShownEvent> {
    let Drafted { event, sites, presenters } = drafted(conn, permit, draft, None, at)?;
    store::dissemination_events::insert(conn, &event)?;
    keep_parts(conn, event.id, sites, presenters)?;
    journal::append(conn, permit.actor(), &Happening::created("dissemination_event.created", NOUN, event.id, draft), at)?;
    show(conn, permit, event)
}

/// Changes what is said of a conference; what it is about stays.
///
/// # Errors
/// `forbidden`, `stale`, `illegal_state` for a void one, 422 naming the field.
pub fn update(
    conn: &mut Connection,
    permit: &Permit<WriteWork>,
    id: Id,
    expected: Expected,
    patch: &MergePatch,
    at: &Moment,
) -> AppResult<ShownEvent> {
    let current = standing(conn, permit, id, expected)?;
    let before = draft_of(&current, &store::dissemination_parts::details(conn, std::slice::from_ref(&current))?)?;
    let draft = lookup::patched(&before, patch)?;
    let documents = [("/resolution", before.resolution, draft.resolution), ("/programme", before.programme, draft.programme)];
    if let Some((pointer, _, _)) = documents.into_iter().find(|(_, then, now)| then != now) {
        return Err(AppError::invalid(pointer, rules::FIXED));
    }
    let read = kept_essays(&current)?.and_then(|essays| essays.deadline);
    let Drafted { event, sites, presenters } = drafted(conn, permit, &draft, read, at)?;
    let changed =
        DisseminationEvent { id, origin: current.origin, recorded_at: current.recorded_at, version: current.version + 1, ..event };
    lookup::expect_updated(store::dissemination_events::update(conn, &changed))?;
    keep_parts(conn, id, sites, presenters)?;
    journal::append(conn, permit.actor(), &Happening::changed("dissemination_event.changed", NOUN, id, &before, &draft), at)?;
    show(conn, permit, changed)
}

fn keep_parts(conn: &mut Connection, event_id: Id, sites: Vec<Site>, presenters: Vec<Presenter>) -> AppResult<()> {
    let sites: Vec<Site> = sites.into_iter().map(|site| Site { event_id, ..site }).collect();
    let presenters: Vec<Presenter> = presenters.into_iter().map(|presenter| Presenter { event_id, ..presenter }).collect();
    store::dissemination_parts::replace_sites(conn, event_id, &sites)?;
    Ok(store::dissemination_parts::replace_presenters(conn, event_id, &presenters)?)
}

/// A conference that may still be changed.
#[derive(Debug)]
pub struct Standing(DisseminationEvent);

/// The conference, if it may still be changed; `expected` is the version that was read.
///
/// # Errors
/// `not_found`, `forbidden`, `stale`; `illegal_state` once it is void.
pub fn to_change(conn: &mut Connection, permit: &Permit<WriteWork>, id: Id, expected: Expected) -> AppResult<Standing> {
    standing(conn, permit, id, expected).map(Standing)
}

/// Records the essays that one unit has handed in, new or in place of what was counted before.
///
/// # Errors
/// `stale`; `not_found` for a unit that is not there.
pub fn put_essays(
    conn: &mut Connection,
    permit: &Permit<WriteWork>,
    Standing(current): Standing,
    unit: &Reference,
    draft: &UnitEssaysDraft,
    at: &Moment,
) -> AppResult<ShownEvent> {
    let root = lookup::found(store::areas::find(conn, current.root_id))?;
    let unit = lookup::found(store::units::find_by(conn, unit))?;
    permit.require_root(&unit.area_path)?;
    records::within(&root, "/unit", &unit)?;
    let id = current.id;
    let before = store::dissemination_parts::essays(conn, &[id])?.into_iter().find(|essays| essays.unit_id == unit.id);
    let row =
        UnitEssays { event_id: id, unit_id: unit.id, expected: draft.expected, received: draft.received, recorded_at: at.recorded_at() };
    store::dissemination_parts::put_essays(conn, &row)?;
    let changed = DisseminationEvent { version: current.version + 1, ..current };
    lookup::expect_updated(store::dissemination_events::update(conn, &changed))?;
    let told = |essays: &UnitEssays| json!({"unit": unit.code, "expected": essays.expected, "received": essays.received});
    let (then, now) = (before.as_ref().map(told), told(&row));
    let happening = Happening::changed("dissemination_event.essays_counted", NOUN, id, &then, &now);
    journal::append(conn, permit.actor(), &happening, at)?;
    show(conn, permit, changed)
}

/// Voids a conference: it stays readable and counts nowhere.
///
/// # Errors
/// `stale`.
pub fn void(
    conn: &mut Connection,
    permit: &Permit<WriteWork>,
    Standing(current): Standing,
    draft: &VoidDraft,
    at: &Moment,
) -> AppResult<ShownEvent> {
    let changed = DisseminationEvent {
        voided_at: Some(at.recorded_at()),
        void_reason: Some(draft.reason.clone()),
        version: current.version + 1,
        ..current
    };
    lookup::expect_updated(store::dissemination_events::update(conn, &changed))?;
    let happening = Happening::changed("dissemination_event.voided", NOUN, changed.id, &false, &true).because(Some(&draft.reason));
    journal::append(conn, permit.actor(), &happening, at)?;
    show(conn, permit, changed)
}

fn standing(conn: &mut Connection, permit: &Permit<WriteWork>, id: Id, expected: Expected) -> AppResult<DisseminationEvent> {
    let current = lookup::found(store::dissemination_events::find(conn, id))?;
    let root = lookup::found(store::areas::find(conn, current.root_id))?;
    let host = current.host_unit_id.map(|unit| store::units::find(conn, unit)).transpose()?.flatten();
    records::require_write(permit, &root, host.as_ref())?;
    expected.check(current.version)?;
    records::require_standing(current.voided_at.is_some())?;
    Ok(current)
}
