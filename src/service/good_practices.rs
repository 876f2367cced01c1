//! Good practices: written for their owner, read by those who read the whole root or reach the owner.

use std::sync::Arc;

use crate::db::Connection;
use crate::domain::documents::{DocumentId, written};
use crate::domain::good_practices::{GoodPracticeDraft, GoodPracticeQuery};
use crate::domain::merge_patch::MergePatch;
use crate::domain::voiding::{RecordAction, VoidDraft};
use crate::domain::{Id, Moment, Reference, areas};
use crate::error::{AppError, AppResult, rules};
use crate::store;
use crate::store::good_practices::{GoodPractice, GoodPracticeFilter};
use crate::store::names::{Named, Names};

use super::access::{Permit, ReadWork, Right, WriteWork};
use super::journal::{self, Happening};
use super::links::{self, Linked};
use super::lookup::{self, Expected};
use super::paging::{Page, PageRequest};
use super::{documents, records, tasks};

const NOUN: &str = "good_practice";

/// A good practice as somebody is shown it.
#[derive(Debug, Clone)]
pub struct ShownPractice {
    /// The good practice.
    pub practice: GoodPractice,
    /// What it, and others on its page, mention.
    pub names: Arc<Names>,
    /// What this account may do with it next.
    pub actions: Vec<RecordAction>,
}

/// The good practice with this id.
///
/// # Errors
/// `not_found`, also for another root; `forbidden`.
pub fn get(conn: &mut Connection, permit: &Permit<ReadWork>, id: Id) -> AppResult<ShownPractice> {
    let practice = lookup::found(store::good_practices::find(conn, id))?;
    let owner = lookup::found(store::units::find(conn, practice.owner_unit_id))?;
    permit.require_unit(&owner)?;
    show(conn, permit, practice)
}

/// A page of good practices in the order they were recorded.
///
/// # Errors
/// `invalid_parameter`, also for an unknown programme or unit.
pub fn list(conn: &mut Connection, permit: &Permit<ReadWork>, query: GoodPracticeQuery) -> AppResult<Page<ShownPractice>> {
    let page = PageRequest { limit: query.limit, cursor: query.cursor };
    let roots = documents::own_roots(conn, permit)?;
    links::check_parameter(conn, &roots, "programme", query.programme, Linked::Programme)?;
    let owner = query.owner_unit.map(|unit| lookup::unit_parameter(conn, permit, "owner_unit", &unit)).transpose()?;
    let filter = GoodPracticeFilter {
        programme_id: query.programme,
        owner_unit_id: owner.map(|unit| unit.id),
        voided: query.voided,
        after: page.after()?,
        limit: page.limit()? + 1,
    };
    let place = tasks::place(conn, permit.reaches())?;
    let page = page.page(store::good_practices::list(conn, &place, &filter)?, |practice| practice.id)?;
    Ok(Page { items: show_all(conn, permit, page.items)?, next: page.next })
}

fn show<R: Right>(conn: &mut Connection, permit: &Permit<R>, practice: GoodPractice) -> AppResult<ShownPractice> {
    lookup::found(Ok(show_all(conn, permit, vec![practice])?.pop()))
}

fn show_all<R: Right>(conn: &mut Connection, permit: &Permit<R>, practices: Vec<GoodPractice>) -> AppResult<Vec<ShownPractice>> {
    let named = Named {
        roots: practices.iter().map(|p| p.root_id).collect(),
        units: practices.iter().map(|p| p.owner_unit_id).collect(),
        documents: practices.iter().filter_map(|p| p.programme_id).map(DocumentId::Programme).collect(),
        ..Named::default()
    };
    let names = Arc::new(store::names::of(conn, named)?);
    let shown = |practice: GoodPractice| {
        let (root, owner) = (names.roots.get(&practice.root_id), names.units.get(&practice.owner_unit_id));
        let actions = records::actions(permit, root, owner, practice.voided_at.is_some());
        ShownPractice { practice, names: Arc::clone(&names), actions }
    };
    Ok(practices.into_iter().map(shown).collect())
}

/// Records a good practice.
///
/// # Errors
/// `forbidden`; 422 naming the field.
pub fn create(conn: &mut Connection, permit: &Permit<WriteWork>, draft: &GoodPracticeDraft, at: &Moment) -> AppResult<ShownPractice> {
    let practice = drafted(conn, permit, draft, at)?;
    store::good_practices::insert(conn, &practice)?;
    journal::append(conn, permit.actor(), &Happening::created("good_practice.created", NOUN, practice.id, draft), at)?;
    show(conn, permit, practice)
}

/// Changes a good practice; it stays in its root.
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
) -> AppResult<ShownPractice> {
    let Standing(current) = to_change(conn, permit, id, expected)?;
    let before = draft_of(&current);
    let draft = lookup::patched(&before, patch)?;
    let GoodPractice { origin, recorded_at, version, .. } = current;
    let changed = GoodPractice { id, origin, recorded_at, version: version + 1, ..drafted(conn, permit, &draft, at)? };
    lookup::same_root("/owner_unit", Some(changed.root_id), current.root_id)?;
    lookup::expect_updated(store::good_practices::update(conn, &changed))?;
    journal::append(conn, permit.actor(), &Happening::changed("good_practice.changed", NOUN, id, &before, &draft), at)?;
    show(conn, permit, changed)
}

/// A good practice that may still be changed.
#[derive(Debug)]
pub struct Standing(GoodPractice);

/// The good practice, if it may still be changed; `expected` is the version that was read.
///
/// # Errors
/// `not_found`, `forbidden`, `stale`; `illegal_state` once it is void.
pub fn to_change(conn: &mut Connection, permit: &Permit<WriteWork>, id: Id, expected: Expected) -> AppResult<Standing> {
    let current = lookup::found(store::good_practices::find(conn, id))?;
    permit.require_unit(&lookup::found(store::units::find(conn, current.owner_unit_id))?)?;
    expected.check(current.version)?;
    records::require_standing(current.voided_at.is_some())?;
    Ok(Standing(current))
}

/// Voids a good practice: it stays readable and counts nowhere.
///
/// # Errors
/// `stale`.
pub fn void(
    conn: &mut Connection,
    permit: &Permit<WriteWork>,
    Standing(current): Standing,
    draft: &VoidDraft,
    at: &Moment,
) -> AppResult<ShownPractice> {
    let (voided_at, void_reason) = (Some(at.recorded_at()), Some(draft.reason.clone()));
    let changed = GoodPractice { voided_at, void_reason, version: current.version + 1, ..current };
    lookup::expect_updated(store::good_practices::update(conn, &changed))?;
    let happening = Happening::changed("good_practice.voided", NOUN, changed.id, &false, &true).because(Some(&draft.reason));
    journal::append(conn, permit.actor(), &happening, at)?;
    show(conn, permit, changed)
}

fn drafted(conn: &mut Connection, permit: &Permit<WriteWork>, draft: &GoodPracticeDraft, at: &Moment) -> AppResult<GoodPractice> {
    let owner = lookup::unit(conn, permit, "/owner_unit", &draft.owner_unit)?;
    permit.require_unit(&owner)?;
    let root = Reference::Code(areas::root_of(&owner.area_path).to_owned());
    let root = lookup::found(store::areas::find_by(conn, &root))?;
    let programme = records::programme_of(conn, permit, "/programme", draft.programme)?;
    if programme.is_some_and(|programme| programme.root_id != root.id) {
        return Err(AppError::invalid("/programme", rules::OTHER_ROOT));
    }
    Ok(GoodPractice {
        id: at.new_id(),
        root_id: root.id,
        owner_unit_id: owner.id,
        programme_id: draft.programme,
        title: draft.title.clone(),
        description: draft.description.clone(),
        recurring: draft.recurring.clone(),
        since_text: draft.since.as_ref().map(|since| since.text.clone()),
        since_on: draft.since.as_ref().and_then(|since| since.date),
        since_precision: draft.since.as_ref().map(|since| since.precision),
        source: draft.source.clone(),
        voided_at: None,
        void_reason: None,
        origin: at.origin,
        version: 1,
        recorded_at: at.recorded_at(),
    })
}

fn draft_of(practice: &GoodPractice) -> GoodPracticeDraft {
    GoodPracticeDraft {
        title: practice.title.clone(),
        description: practice.description.clone(),
        owner_unit: Reference::Id(practice.owner_unit_id),
        programme: practice.programme_id,
        recurring: practice.recurring.clone(),
        since: written(practice.since_text.as_deref(), practice.since_on, practice.since_precision),
        source: practice.source.clone(),
    }
}
