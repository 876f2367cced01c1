//! What the draft of a task points at: units, documents, dimensions, the whole it is a part of.

use crate::db::Connection;
use crate::domain::partial_date::PartialDate;
use crate::domain::task_drafts::TaskDraft;
use crate::domain::tasks::Secrecy;
use crate::domain::{Id, Reference};
use crate::error::{AppError, AppResult, FieldError, rules};
use crate::store;
use crate::store::unit_groups::UnitGroup;
use crate::store::units::Unit;

use super::access::{Permit, WriteWork};
use super::{lookup, unit_groups};

/// A part takes from its whole what is not said of it.
///
/// # Errors
/// 422 for a whole that is not there; `forbidden` for one outside one's reach.
pub fn inherited(conn: &mut Connection, permit: &Permit<WriteWork>, draft: &TaskDraft) -> AppResult<TaskDraft> {
    let mut draft = draft.clone();
    let Some(parent) = lookup::record(conn, "/parent", draft.parent, store::tasks::find)? else { return Ok(draft) };
    let lead = lookup::found(store::units::find(conn, parent.lead_unit_id))?;
    if parent.voided_at.is_some() || !permit.in_own_root(&lead.area_path) {
        return Err(AppError::invalid_fields(vec![FieldError::new("/parent", rules::UNKNOWN_RECORD).with("found", parent.id)]));
    }
    permit.require_unit(&lead)?;
    draft.resolution = draft.resolution.or(parent.resolution_id);
    draft.programme = draft.programme.or(parent.programme_id);
    draft.group = draft.group.or(parent.group_id);
    draft.field = draft.field.or(parent.field_id);
    draft.breakthrough = draft.breakthrough.or(parent.breakthrough_id);
    draft.pillar = draft.pillar.or(parent.pillar_id);
    draft.objective = draft.objective.or(parent.objective_id);
    if draft.clauses.is_empty() {
        draft.clauses = store::clauses::cited_by(conn, &[parent.id])?.into_iter().map(|cited| cited.clause_id).collect();
    }
    draft.monitoring_unit = draft.monitoring_unit.or(parent.monitoring_unit_id.map(Reference::Id));
    draft.assigned_by = draft.assigned_by.or(parent.assigned_by);
    draft.assigned_on = draft.assigned_on.or(parent.assigned_text.as_deref().map(PartialDate::parse));
    draft.assigning_document = draft.assigning_document.or(parent.assigning_document);
    draft.secrecy = draft.secrecy.max_with(parent.secrecy);
    Ok(draft)
}

/// The unit that leads: the one that is named; of the whole of a group, else the one that monitors.
///
/// # Errors
/// 422 for none, or for one that is not there.
pub fn lead(conn: &mut Connection, permit: &Permit<WriteWork>, draft: &TaskDraft) -> AppResult<Unit> {
    match (&draft.lead_unit, &draft.lead_group, &draft.monitoring_unit) {
        (Some(unit), ..) => lookup::unit(conn, permit, "/lead_unit", unit),
        (None, Some(_), Some(unit)) => lookup::unit(conn, permit, "/monitoring_unit", unit),
        _ => Err(AppError::invalid("/lead_unit", rules::REQUIRED)),
    }
}

/// The group a new task is given to, of the province of its lead unit.
///
/// # Errors
/// 422 for one that is not there, is void, or belongs to another province.
pub fn group(conn: &mut Connection, permit: &Permit<WriteWork>, draft: &TaskDraft, root: Id) -> AppResult<Option<UnitGroup>> {
    let Some(reference) = &draft.lead_group else { return Ok(None) };
    let (group, _) = unit_groups::named(conn, permit, "/lead_group", reference)?;
    lookup::same_root("/lead_group", Some(group.root_id), root)?;
    Ok(Some(group))
}

/// What a draft points at.
pub struct Links {
    /// The lead unit.
    pub lead: Unit,
    /// The root area it lies in.
    pub root_id: Id,
    /// The unit that verifies.
    pub monitoring: Option<Unit>,
    /// The units that help, each once.
    pub coordinating: Vec<Id>,
}

impl Links {
    /// Finds everything, all in the province of the lead unit.
    ///
    /// # Errors
    /// 422 naming what is not there or belongs to another province; `forbidden` for a lead unit
    /// outside one's reach.
    pub fn resolve(conn: &mut Connection, permit: &Permit<WriteWork>, draft: &TaskDraft) -> AppResult<Self> {
        let lead = lead(conn, permit, draft)?;
        permit.require_unit(&lead)?;
        check_secrecy(draft)?;
        let root = Reference::Code(crate::domain::areas::root_of(&lead.area_path).to_owned());
        let root = lookup::area(conn, permit, "/lead_unit", &root)?;
        check_documents(conn, draft, root.id)?;
        let mut coordinating = Vec::new();
        for (i, reference) in draft.coordinating_units.iter().enumerate() {
            let pointer = format!("/coordinating_units/{i}");
            let unit = lookup::unit(conn, permit, &pointer, reference)?;
            lookup::same_province(&pointer, &unit, &lead)?;
            if unit.id != lead.id && !coordinating.contains(&unit.id) {
                coordinating.push(unit.id);
            }
        }
        let monitoring = lookup::unit_if(conn, permit, "/monitoring_unit", draft.monitoring_unit.as_ref())?;
        if let Some(unit) = &monitoring {
            lookup::same_province("/monitoring_unit", unit, &lead)?;
        }
        if let Some(post) = lookup::record(conn, "/accountable_post", draft.accountable_post, store::posts::find)? {
            let unit = lookup::found(store::units::find(conn, post.unit_id))?;
            lookup::same_province("/accountable_post", &unit, &lead)?;
        }
        Ok(Self { lead, root_id: root.id, monitoring, coordinating })
    }
}

/// The whole, and every document and dimension a task is linked to exists and belongs to the same province.
fn check_documents(conn: &mut Connection, draft: &TaskDraft, root: Id) -> AppResult<()> {
    let parent = lookup::record(conn, "/parent", draft.parent, store::tasks::find)?;
    lookup::same_root("/parent", parent.map(|p| p.root_id), root)?;
    let resolution = lookup::record(conn, "/resolution", draft.resolution, store::resolutions::find)?;
    lookup::same_root("/resolution", resolution.map(|r| r.root_id), root)?;
    let programme = lookup::record(conn, "/programme", draft.programme, store::programmes::find)?;
    lookup::same_root("/programme", programme.map(|p| p.root_id), root)?;
    lookup::record(conn, "/field", draft.field, store::fields::find)?;
    let group = lookup::record(conn, "/group", draft.group, store::task_groups::find)?;
    let breakthrough = lookup::record(conn, "/breakthrough", draft.breakthrough, store::breakthroughs::find)?;
    let pillar = lookup::record(conn, "/pillar", draft.pillar, store::pillars::find)?;
    let objective = lookup::record(conn, "/objective", draft.objective, store::objectives::find)?;
    let of = [
        ("/group", group.map(|g| g.resolution_id)),
        ("/breakthrough", breakthrough.map(|b| b.resolution_id)),
        ("/pillar", pillar.map(|p| p.resolution_id)),
        ("/objective", objective.map(|o| o.resolution_id)),
    ];
    for (pointer, resolution) in of {
        let resolution = resolution.map(|id| store::resolutions::find(conn, id)).transpose()?.flatten();
        lookup::same_root(pointer, resolution.map(|r| r.root_id), root)?;
    }
    Ok(())
}

/// A secret task is a stub: no title, words or files; anything else needs a title.
fn check_secrecy(draft: &TaskDraft) -> AppResult<()> {
    if draft.secrecy == Secrecy::None {
        return if draft.title.is_some() { Ok(()) } else { Err(AppError::invalid("/title", rules::REQUIRED)) };
    }
    let said = [
        ("/title", draft.title.is_some()),
        ("/description", draft.description.is_some()),
        ("/deliverable", draft.deliverable.is_some()),
        ("/scope", draft.scope.is_some()),
        ("/assigning_document", draft.assigning_document.is_some()),
        ("/source", draft.source.is_some()),
        ("/external_refs", !draft.external_refs.is_empty()),
    ];
    let fields: Vec<_> = said.into_iter().filter(|(_, is)| *is).map(|(p, _)| FieldError::new(p, rules::SECRET_STUB)).collect();
    if fields.is_empty() { Ok(()) } else { Err(AppError::invalid_fields(fields)) }
}
