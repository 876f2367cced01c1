//! The six clears: which of them a province wants before a task is issued, and that they are there.

use serde::{Deserialize, Serialize};

use crate::db::Connection;
use crate::domain::six_clears::{Clear, RequiredClearsDraft};
use crate::domain::{Id, Moment, Reference, areas};
use crate::error::rules::Rule;
use crate::error::{AppError, AppResult, FieldError, rules};
use crate::store;
use crate::store::areas::Area;
use crate::store::tasks::TaskRecord;

use super::access::{Permit, ReadDirectory, Right, WriteDirectory};
use super::journal::{self, Happening};
use super::lookup::{self, Expected};

/// What a province wants to be clear.
#[derive(Debug, Clone)]
pub struct RequiredClears {
    /// The province.
    pub root: Area,
    /// Which of the six, in their order.
    pub required: Vec<Clear>,
    /// How often it was changed.
    pub version: i32,
}

/// How it is kept.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Kept {
    version: i32,
    required: Vec<Clear>,
}

/// What the province wants to be clear in which this area lies.
///
/// # Errors
/// `not_found`, also for areas of another root.
pub fn required(conn: &mut Connection, permit: &Permit<ReadDirectory>, reference: &Reference) -> AppResult<RequiredClears> {
    let root = root_of(conn, permit, reference)?;
    let Kept { version, required } = kept(conn, root.id)?;
    Ok(RequiredClears { root, required, version })
}

/// A province whose requirement may be changed: permission has been checked.
#[derive(Debug)]
pub struct Settable(Area);

/// The province in which this area lies.
///
/// # Errors
/// `not_found`, `forbidden`.
pub fn target(conn: &mut Connection, permit: &Permit<WriteDirectory>, reference: &Reference) -> AppResult<Settable> {
    let root = root_of(conn, permit, reference)?;
    permit.require_area(&root.path)?;
    Ok(Settable(root))
}

/// Sets what a province wants to be clear: of tasks issued from now on. Where nothing differs nothing happens.
///
/// # Errors
/// `stale`; 422 naming what is said twice.
pub fn require(
    conn: &mut Connection,
    permit: &Permit<WriteDirectory>,
    Settable(root): Settable,
    expected: Expected,
    draft: &RequiredClearsDraft,
    at: &Moment,
) -> AppResult<RequiredClears> {
    if let Some(at) = (1..draft.required.len()).find(|at| draft.required.iter().take(*at).any(|c| Some(c) == draft.required.get(*at))) {
        return Err(AppError::invalid(format!("/required/{at}"), rules::REPEATED));
    }
    let seat = journal::reserve(conn)?;
    let before = kept(conn, root.id)?;
    expected.check_if_said(before.version)?;
    let required: Vec<Clear> = Clear::ALL.iter().copied().filter(|clear| draft.required.contains(clear)).collect();
    if required == before.required {
        return Ok(RequiredClears { root, required, version: before.version });
    }
    let after = Kept { version: before.version + 1, required };
    store::six_clears::require(conn, root.id, &serde_json::to_string(&after).map_err(AppError::internal)?)?;
    let happening = Happening::changed("area.required_clears_changed", "area", root.id, &before.required, &after.required);
    journal::append_at(conn, seat, permit.actor(), &happening, at)?;
    Ok(RequiredClears { root, required: after.required, version: after.version })
}

/// Refuses to issue a task that lacks what its province wants to be clear.
///
/// # Errors
/// 422 with one error for each that is missing, at the field that would answer it.
pub fn check_issue(conn: &mut Connection, record: &TaskRecord) -> AppResult<()> {
    let required = kept(conn, record.task.root_id)?.required;
    if required.is_empty() {
        return Ok(());
    }
    let missing = record.clear_facts().lacks().into_iter().filter(|clear| required.contains(clear));
    let fields: Vec<FieldError> = missing.map(|clear| FieldError::new(clear.pointer(), rule(clear))).collect();
    if fields.is_empty() { Ok(()) } else { Err(AppError::invalid_fields(fields)) }
}

fn rule(clear: Clear) -> &'static Rule {
    match clear {
        Clear::Who => rules::LACKS_WHO,
        Clear::What => rules::LACKS_WHAT,
        Clear::When => rules::LACKS_WHEN,
        Clear::Responsibility => rules::LACKS_RESPONSIBILITY,
        Clear::Product => rules::LACKS_PRODUCT,
        Clear::Authority => rules::LACKS_AUTHORITY,
    }
}

fn kept(conn: &mut Connection, root: Id) -> AppResult<Kept> {
    let json = store::six_clears::required(conn, root)?;
    json.map_or_else(|| Ok(Kept::default()), |json| serde_json::from_str(&json).map_err(AppError::internal))
}

/// The root of an area of the asker's.
fn root_of<R: Right>(conn: &mut Connection, permit: &Permit<R>, reference: &Reference) -> AppResult<Area> {
    let area = lookup::found(store::areas::find_by(conn, reference))?;
    permit.require_root(&area.path)?;
    let root = Reference::Code(areas::root_of(&area.path).to_owned());
    lookup::found(store::areas::find_by(conn, &root))
}
