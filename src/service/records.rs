//! What conferences, good practices and commendations share: the document they are about, who sees
//! them, and that what is void stays so.
//!
//! Readers of a whole root see all of it; reporters and other systems see what a unit within their
//! reach has a part in.

use crate::db::Connection;
use crate::domain::deadline::TermSpan;
use crate::domain::voiding::{RecordAction, allowed_actions};
use crate::domain::{Id, Moment, areas};
use crate::error::{AppError, AppResult, FieldError, rules};
use crate::store;
use crate::store::areas::Area;
use crate::store::programmes::Programme;
use crate::store::resolutions::Resolution;
use crate::store::units::Unit;

use super::access::{Permit, Right, WriteWork};
use super::{documents, lookup};

/// The document a record is about, and the root it is kept for.
#[derive(Debug)]
pub struct Subject {
    /// The root area.
    pub root: Area,
    /// Either this.
    pub resolution: Option<Resolution>,
    /// Or this.
    pub programme: Option<Programme>,
}

impl Subject {
    /// The term the document belongs to, as deadlines are read with it.
    ///
    /// # Errors
    /// The database's.
    pub fn term(&self, conn: &mut Connection) -> AppResult<Option<TermSpan>> {
        let of_resolution = self.resolution.as_ref().and_then(|r| r.term_id);
        let id = of_resolution.or(self.programme.as_ref().and_then(|p| p.term_id));
        let term = id.map(|id| store::terms::find(conn, id)).transpose()?.flatten();
        Ok(term.map(|t| TermSpan { start: t.starts_on, end: t.ends_on }))
    }
}

/// The one document a draft names, of a root of the writer's.
///
/// # Errors
/// 422 naming the field.
pub fn subject(conn: &mut Connection, permit: &Permit<WriteWork>, resolution: Option<Id>, programme: Option<Id>) -> AppResult<Subject> {
    if resolution.is_some() == programme.is_some() {
        let one_of = FieldError::new("/resolution", rules::ONE_OF).with("fields", "resolution, programme");
        return Err(AppError::invalid_fields(vec![one_of]));
    }
    let roots = documents::own_roots(conn, permit)?;
    let own = |conn: &mut Connection, id| Ok(store::resolutions::find(conn, id)?.filter(|r| roots.contains(&r.root_id)));
    let resolution = lookup::record(conn, "/resolution", resolution, own)?;
    let programme = programme_of(conn, permit, "/programme", programme)?;
    let root = resolution.as_ref().map(|r| r.root_id).or(programme.as_ref().map(|p| p.root_id));
    let root = lookup::found(root.map_or(Ok(None), |id| store::areas::find(conn, id)))?;
    Ok(Subject { root, resolution, programme })
}

/// The programme a field names, of a root of the writer's.
///
/// # Errors
/// 422 naming the field.
pub fn programme_of(conn: &mut Connection, permit: &Permit<WriteWork>, pointer: &str, id: Option<Id>) -> AppResult<Option<Programme>> {
    let roots = documents::own_roots(conn, permit)?;
    let own = |conn: &mut Connection, id| Ok(store::programmes::find(conn, id)?.filter(|p| roots.contains(&p.root_id)));
    lookup::record(conn, pointer, id, own)
}

/// Refuses a unit of another root.
///
/// # Errors
/// 422 naming the field.
pub fn within(root: &Area, pointer: &str, unit: &Unit) -> AppResult<()> {
    if areas::root_of(&unit.area_path) == root.code { Ok(()) } else { Err(AppError::invalid(pointer, rules::OTHER_ROOT)) }
}

/// Refuses writers who do not reach the unit that acts, or the whole root where it is none of ours.
///
/// # Errors
/// `forbidden`; `not_found` for another root.
pub fn require_write(permit: &Permit<WriteWork>, root: &Area, unit: Option<&Unit>) -> AppResult<()> {
    unit.map_or_else(|| permit.require_area(&root.path), |unit| permit.require_unit(unit))
}

/// Refuses readers who reach neither the whole root nor one of the units that have a part in it.
///
/// # Errors
/// `forbidden`; `not_found` for another root.
pub fn require_read<'a, R: Right>(permit: &Permit<R>, root: &Area, mut units: impl Iterator<Item = &'a Unit>) -> AppResult<()> {
    if units.any(|unit| permit.covers_unit(&unit.path, &unit.area_path)) { Ok(()) } else { permit.require_area(&root.path) }
}

/// Refuses to change what is void.
///
/// # Errors
/// `illegal_state` with what is allowed: nothing.
pub fn require_standing(voided: bool) -> AppResult<()> {
    if voided { Err(AppError::illegal_state(allowed_actions(voided))) } else { Ok(()) }
}

/// What this account may do with a record of that root and unit next.
pub fn actions<R: Right>(permit: &Permit<R>, root: Option<&Area>, unit: Option<&Unit>, voided: bool) -> Vec<RecordAction> {
    let Ok(writer) = permit.actor().permit::<WriteWork>() else { return Vec::new() };
    match root {
        Some(root) if require_write(&writer, root, unit).is_ok() => allowed_actions(voided),
        _ => Vec::new(),
    }
}

/// New ids for the rows of a list. Ids of one instant have no order of their own; sorted, they keep that
/// of the draft.
pub fn ids(count: usize, at: &Moment) -> Vec<Id> {
    let mut ids: Vec<Id> = std::iter::repeat_with(|| at.new_id()).take(count).collect();
    ids.sort_unstable();
    ids
}
