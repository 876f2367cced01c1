//! Fields of work: shared by every root, so kept by administrators of a whole root only; read by
//! everybody.

use crate::db::Connection;
use crate::domain::fields::{FieldDraft, FieldQuery};
use crate::domain::merge_patch::MergePatch;
use crate::domain::{Id, Moment};
use crate::error::{AppError, AppResult, codes, rules};
use crate::store;
use crate::store::fields::{Field, FieldFilter};

use super::access::{Permit, ReadDirectory, WriteDirectory};
use super::journal::{self, Happening};
use super::lookup::{self, Expected};
use super::paging::{Page, PageRequest};

/// The field with this id.
///
/// # Errors
/// `not_found`.
pub fn get(conn: &mut Connection, _: &Permit<ReadDirectory>, id: Id) -> AppResult<Field> {
    lookup::found(store::fields::find(conn, id))
}

/// A page of fields by ordinal, or the one with this code.
///
/// # Errors
/// `invalid_parameter`; the database's.
pub fn list(conn: &mut Connection, _: &Permit<ReadDirectory>, query: FieldQuery) -> AppResult<Page<Field>> {
    let page = PageRequest { limit: query.limit, cursor: query.cursor };
    let filter = FieldFilter { code: query.code, after: page.after()?, limit: page.limit()? + 1 };
    page.page(store::fields::list(conn, &filter)?, |field| (field.ordinal, field.id))
}

/// Creates a field.
///
/// # Errors
/// `forbidden`, `duplicate` for a code that exists.
pub fn create(conn: &mut Connection, permit: &Permit<WriteDirectory>, draft: &FieldDraft, at: &Moment) -> AppResult<Field> {
    require_a_root(permit)?;
    let field = Field {
        id: at.new_id(),
        code: draft.code.clone(),
        name: draft.name.clone(),
        ordinal: draft.ordinal,
        version: 1,
        recorded_at: at.recorded_at(),
    };
    store::fields::insert(conn, &field)?;
    journal::append(conn, permit.actor(), &Happening::created("field.created", "field", field.id, draft), at)?;
    Ok(field)
}

/// Changes a field; its code stays.
///
/// # Errors
/// `stale`, 422, `forbidden`.
pub fn update(
    conn: &mut Connection,
    permit: &Permit<WriteDirectory>,
    id: Id,
    expected: Expected,
    patch: &MergePatch,
    at: &Moment,
) -> AppResult<Field> {
    let current = lookup::found(store::fields::find(conn, id))?;
    require_a_root(permit)?;
    expected.check(current.version)?;
    let before = FieldDraft { code: current.code.clone(), name: current.name.clone(), ordinal: current.ordinal };
    let draft = lookup::patched(&before, patch)?;
    if draft.code != before.code {
        return Err(AppError::invalid("/code", rules::FIXED));
    }
    let changed = Field { name: draft.name.clone(), ordinal: draft.ordinal, version: current.version + 1, ..current };
    lookup::expect_updated(store::fields::update(conn, &changed))?;
    journal::append(conn, permit.actor(), &Happening::changed("field.changed", "field", id, &before, &draft), at)?;
    Ok(changed)
}

fn require_a_root(permit: &Permit<WriteDirectory>) -> AppResult<()> {
    if permit.covers_a_root() { Ok(()) } else { Err(AppError::new(codes::FORBIDDEN)) }
}
