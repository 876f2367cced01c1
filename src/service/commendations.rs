//! Commendations: written for whoever awards them, read by those who read the whole root, and by
//! reporters of units that award or receive them.

use std::sync::Arc;

use crate::db::Connection;
use crate::domain::commendations::{CommendationDraft, CommendationQuery, RecipientDraft};
use crate::domain::documents::written;
use crate::domain::merge_patch::MergePatch;
use crate::domain::voiding::{RecordAction, VoidDraft};
use crate::domain::{Id, Moment, Reference};
use crate::error::{AppError, AppResult, FieldError, rules};
use crate::store;
use crate::store::areas::Area;
use crate::store::commendations::{Commendation, CommendationFilter, Recipient};
use crate::store::names::{self, Named, Names};

use super::access::{Permit, ReadWork, Right, WriteWork};
use super::journal::{self, Happening};
use super::links::{self, Linked};
use super::lookup::{self, Expected};
use super::paging::{Page, PageRequest};
use super::{documents, records, tasks};

const NOUN: &str = "commendation";

/// A commendation as somebody is shown it.
#[derive(Debug, Clone)]
pub struct ShownCommendation {
    /// The commendation.
    pub commendation: Commendation,
    /// Those it honours, as far as they are known one by one.
    pub recipients: Vec<Recipient>,
    /// What it, and others on its page, mention.
    pub names: Arc<Names>,
    /// What this account may do with it next.
    pub actions: Vec<RecordAction>,
}

/// The commendation with this id.
///
/// # Errors
/// `not_found`, also for another root; `forbidden`.
pub fn get(conn: &mut Connection, permit: &Permit<ReadWork>, id: Id) -> AppResult<ShownCommendation> {
    let commendation = lookup::found(store::commendations::find(conn, id))?;
    let root = lookup::found(store::areas::find(conn, commendation.root_id))?;
    let shown = show(conn, permit, commendation)?;
    let units = shown.recipients.iter().filter_map(|r| r.unit_id).chain(shown.commendation.awarding_unit_id);
    records::require_read(permit, &root, units.filter_map(|id| shown.names.units.get(&id)))?;
    Ok(shown)
}

/// A page of commendations in the order they were recorded.
///
/// # Errors
/// `invalid_parameter`, also for an unknown document.
pub fn list(conn: &mut Connection, permit: &Permit<ReadWork>, query: CommendationQuery) -> AppResult<Page<ShownCommendation>> {
    let page = PageRequest { limit: query.limit, cursor: query.cursor };
    let roots = documents::own_roots(conn, permit)?;
    links::check_parameter(conn, &roots, "resolution", query.resolution, Linked::Resolution)?;
    links::check_parameter(conn, &roots, "programme", query.programme, Linked::Programme)?;
    let filter = CommendationFilter {
        resolution_id: query.resolution,
        programme_id: query.programme,
        level: query.level,
        voided: query.voided,
        after: page.after()?,
        limit: page.limit()? + 1,
    };
    let place = tasks::place(conn, permit.reaches())?;
    let page = page.page(store::commendations::list(conn, &place, &filter)?, |commendation| commendation.id)?;
    Ok(Page { items: show_all(conn, permit, page.items)?, next: page.next })
}

fn show<R: Right>(conn: &mut Connection, permit: &Permit<R>, commendation: Commendation) -> AppResult<ShownCommendation> {
    lookup::found(Ok(show_all(conn, permit, vec![commendation])?.pop()))
}

fn show_all<R: Right>(conn: &mut Connection, permit: &Permit<R>, rows: Vec<Commendation>) -> AppResult<Vec<ShownCommendation>> {
    let ids: Vec<Id> = rows.iter().map(|row| row.id).collect();
    let recipients = store::commendations::recipients(conn, &ids)?;
    let awarding = rows.iter().filter_map(|row| row.awarding_unit_id);
    let named = Named {
        roots: rows.iter().map(|row| row.root_id).collect(),
        units: awarding.chain(recipients.iter().filter_map(|r| r.unit_id)).collect(),
        documents: rows.iter().filter_map(|row| names::document(row.resolution_id, row.programme_id)).collect(),
        ..Named::default()
    };
    let names = Arc::new(names::of(conn, named)?);
    let shown = |commendation: Commendation| {
        let unit = commendation.awarding_unit_id.and_then(|id| names.units.get(&id));
        let root = names.roots.get(&commendation.root_id);
        ShownCommendation {
            actions: records::actions(permit, root, unit, commendation.voided_at.is_some()),
            recipients: recipients.iter().filter(|r| r.commendation_id == commendation.id).cloned().collect(),
            names: Arc::clone(&names),
            commendation,
        }
    };
    Ok(rows.into_iter().map(shown).collect())
}

/// Records a commendation.
///
/// # Errors
/// `forbidden`; 422 naming the field.
pub fn create(conn: &mut Connection, permit: &Permit<WriteWork>, draft: &CommendationDraft, at: &Moment) -> AppResult<ShownCommendation> {
    let (commendation, recipients) = drafted(conn, permit, draft, at)?;
    store::commendations::insert(conn, &commendation)?;
    keep_recipients(conn, commendation.id, recipients)?;
    journal::append(conn, permit.actor(), &Happening::created("commendation.created", NOUN, commendation.id, draft), at)?;
    show(conn, permit, commendation)
}

/// Changes a commendation; what it is for stays.
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
) -> AppResult<ShownCommendation> {
    let Standing(current) = to_change(conn, permit, id, expected)?;
    let before = draft_of(&current, store::commendations::recipients(conn, &[id])?);
    let draft = lookup::patched(&before, patch)?;
    let documents = [("/resolution", before.resolution, draft.resolution), ("/programme", before.programme, draft.programme)];
    if let Some((pointer, _, _)) = documents.into_iter().find(|(_, then, now)| then != now) {
        return Err(AppError::invalid(pointer, rules::FIXED));
    }
    let (row, recipients) = drafted(conn, permit, &draft, at)?;
    let changed = Commendation { id, origin: current.origin, recorded_at: current.recorded_at, version: current.version + 1, ..row };
    lookup::expect_updated(store::commendations::update(conn, &changed))?;
    keep_recipients(conn, id, recipients)?;
    journal::append(conn, permit.actor(), &Happening::changed("commendation.changed", NOUN, id, &before, &draft), at)?;
    show(conn, permit, changed)
}

/// A commendation that may still be changed.
#[derive(Debug)]
pub struct Standing(Commendation);

/// The commendation, if it may still be changed; `expected` is the version that was read.
///
/// # Errors
/// `not_found`, `forbidden`, `stale`; `illegal_state` once it is void.
pub fn to_change(conn: &mut Connection, permit: &Permit<WriteWork>, id: Id, expected: Expected) -> AppResult<Standing> {
    let current = lookup::found(store::commendations::find(conn, id))?;
    let root = lookup::found(store::areas::find(conn, current.root_id))?;
    let unit = current.awarding_unit_id.map(|unit| store::units::find(conn, unit)).transpose()?.flatten();
    records::require_write(permit, &root, unit.as_ref())?;
    expected.check(current.version)?;
    records::require_standing(current.voided_at.is_some())?;
    Ok(Standing(current))
}

/// Voids a commendation: it stays readable and counts nowhere.
///
/// # Errors
/// `stale`.
pub fn void(
    conn: &mut Connection,
    permit: &Permit<WriteWork>,
    Standing(current): Standing,
    draft: &VoidDraft,
    at: &Moment,
) -> AppResult<ShownCommendation> {
    let (voided_at, void_reason) = (Some(at.recorded_at()), Some(draft.reason.clone()));
    let changed = Commendation { voided_at, void_reason, version: current.version + 1, ..current };
    lookup::expect_updated(store::commendations::update(conn, &changed))?;
    let happening = Happening::changed("commendation.voided", NOUN, changed.id, &false, &true).because(Some(&draft.reason));
    journal::append(conn, permit.actor(), &happening, at)?;
    show(conn, permit, changed)
}

fn keep_recipients(conn: &mut Connection, commendation_id: Id, recipients: Vec<Recipient>) -> AppResult<()> {
    let rows: Vec<Recipient> = recipients.into_iter().map(|recipient| Recipient { commendation_id, ..recipient }).collect();
    Ok(store::commendations::replace_recipients(conn, commendation_id, &rows)?)
}

fn drafted(
    conn: &mut Connection,
    permit: &Permit<WriteWork>,
    draft: &CommendationDraft,
    at: &Moment,
) -> AppResult<(Commendation, Vec<Recipient>)> {
    let subject = records::subject(conn, permit, draft.resolution, draft.programme)?;
    if draft.awarding_unit.is_none() && draft.awarding_text.is_none() {
        return Err(AppError::invalid("/awarding_unit", rules::REQUIRED));
    }
    let unit = lookup::unit_if(conn, permit, "/awarding_unit", draft.awarding_unit.as_ref())?;
    unit.iter().try_for_each(|unit| records::within(&subject.root, "/awarding_unit", unit))?;
    records::require_write(permit, &subject.root, unit.as_ref())?;
    if let Some((pointer, listed)) = draft.miscounted() {
        let field = FieldError::new(pointer, rules::RANGE).with("min", listed).with("max", 1_000_000);
        return Err(AppError::invalid_fields(vec![field]));
    }
    let recipients = recipients(conn, permit, &subject.root, &draft.recipients, at)?;
    let row = Commendation {
        id: at.new_id(),
        root_id: subject.root.id,
        resolution_id: draft.resolution,
        programme_id: draft.programme,
        level: draft.level,
        form: draft.form,
        awarding_unit_id: unit.map(|unit| unit.id),
        awarding_text: draft.awarding_text.clone(),
        collectives: draft.collectives,
        individuals: draft.individuals,
        awarded_text: draft.awarded_on.as_ref().map(|day| day.text.clone()),
        awarded_on: draft.awarded_on.as_ref().and_then(|day| day.date),
        awarded_precision: draft.awarded_on.as_ref().map(|day| day.precision),
        reason: draft.reason.clone(),
        source: draft.source.clone(),
        voided_at: None,
        void_reason: None,
        origin: at.origin,
        version: 1,
        recorded_at: at.recorded_at(),
    };
    Ok((row, recipients))
}

fn recipients(
    conn: &mut Connection,
    permit: &Permit<WriteWork>,
    root: &Area,
    drafts: &[RecipientDraft],
    at: &Moment,
) -> AppResult<Vec<Recipient>> {
    let mut rows = Vec::with_capacity(drafts.len());
    for ((place, draft), id) in drafts.iter().enumerate().zip(records::ids(drafts.len(), at)) {
        if draft.unit.is_none() && draft.words.is_none() {
            return Err(AppError::invalid(format!("/recipients/{place}/words"), rules::REQUIRED));
        }
        let pointer = format!("/recipients/{place}/unit");
        let unit = lookup::unit_if(conn, permit, &pointer, draft.unit.as_ref())?;
        unit.iter().try_for_each(|unit| records::within(root, &pointer, unit))?;
        rows.push(Recipient { id, commendation_id: Id::NIL, kind: draft.kind, unit_id: unit.map(|u| u.id), words: draft.words.clone() });
    }
    Ok(rows)
}

fn draft_of(row: &Commendation, recipients: Vec<Recipient>) -> CommendationDraft {
    let recipient = |r: Recipient| RecipientDraft { kind: r.kind, unit: r.unit_id.map(Reference::Id), words: r.words };
    CommendationDraft {
        resolution: row.resolution_id,
        programme: row.programme_id,
        level: row.level,
        form: row.form,
        awarding_unit: row.awarding_unit_id.map(Reference::Id),
        awarding_text: row.awarding_text.clone(),
        collectives: row.collectives,
        individuals: row.individuals,
        awarded_on: written(row.awarded_text.as_deref(), row.awarded_on, row.awarded_precision),
        reason: row.reason.clone(),
        recipients: recipients.into_iter().map(recipient).collect(),
        source: row.source.clone(),
    }
}
