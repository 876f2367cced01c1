//! What breakthroughs, pillars, objectives and task groups share: they are read and written with
//! the resolution that names them, and no two stand at the same place in it.

use crate::db::Connection;
use crate::domain::Id;
use crate::error::{AppError, AppResult, rules};
use crate::store;
use crate::store::resolution_parts::PartFilter;
use crate::store::resolutions::Resolution;

use super::access::{Permit, ReadWork, WriteWork};
use super::paging::PageRequest;
use super::{documents, lookup, resolutions};

/// What a page of parts asks the store for: those of one resolution, or of all the reader sees.
///
/// # Errors
/// `invalid_parameter`, also for an unknown resolution.
pub fn filter(conn: &mut Connection, permit: &Permit<ReadWork>, resolution: Option<Id>, request: &PageRequest) -> AppResult<PartFilter> {
    let resolution_ids = match resolution {
        Some(id) => vec![lookup::parameter("resolution", id, resolutions::get(conn, permit, id))?.id],
        None => {
            let roots = documents::own_roots(conn, permit)?;
            store::resolutions::ids_within(conn, &roots)?
        }
    };
    Ok(PartFilter { resolution_ids, after: request.after()?, limit: request.limit()? + 1 })
}

/// The resolution a new part names, which the writer may write.
///
/// # Errors
/// 422 naming `/resolution`, `forbidden`.
pub fn named(conn: &mut Connection, permit: &Permit<WriteWork>, id: Id) -> AppResult<Resolution> {
    let roots = documents::own_roots(conn, permit)?;
    let visible = |conn: &mut Connection, id| Ok(store::resolutions::find(conn, id)?.filter(|r| roots.contains(&r.root_id)));
    let named = lookup::record(conn, "/resolution", Some(id), visible)?;
    let resolution = named.ok_or_else(|| AppError::invalid("/resolution", rules::REQUIRED))?;
    documents::require_write(conn, permit, resolution.root_id, resolution.issuer_unit_id)?;
    Ok(resolution)
}

/// The resolution of a part that stands, which the writer may write.
///
/// # Errors
/// `forbidden`; `not_found` for another root.
pub fn require_write(conn: &mut Connection, permit: &Permit<WriteWork>, resolution: Id) -> AppResult<Resolution> {
    let resolution = lookup::found(store::resolutions::find(conn, resolution))?;
    documents::require_write(conn, permit, resolution.root_id, resolution.issuer_unit_id)?;
    Ok(resolution)
}

/// Refuses a place that another part has.
///
/// # Errors
/// 409 `duplicate` naming `/ordinal`.
pub fn refuse_taken(own: Id, standing: Option<Id>, ordinal: i32) -> AppResult<()> {
    match standing {
        Some(other) if other != own => Err(documents::taken_error("/ordinal", ordinal)),
        _ => Ok(()),
    }
}

/// Refuses to move a part to another resolution: what counts for it would silently count there.
///
/// # Errors
/// 422 naming `/resolution`.
pub fn refuse_move(before: Id, after: Id) -> AppResult<()> {
    if before == after { Ok(()) } else { Err(AppError::invalid("/resolution", rules::FIXED)) }
}

/// Refuses a clause that is not there, of another resolution, or voided; what was cited before stays.
///
/// # Errors
/// 422 `unknown_record` naming `/clause`.
pub fn check_clause(conn: &mut Connection, resolution: Id, clause: Option<Id>, before: Option<Id>) -> AppResult<()> {
    let own = |conn: &mut Connection, id| {
        let found = store::clauses::find(conn, id)?;
        Ok(found.filter(|c| c.resolution_id == resolution && (c.voided_at.is_none() || Some(id) == before)))
    };
    lookup::record(conn, "/clause", clause, own).map(drop)
}
