//! Finding what a command points at, or saying which field points at nothing.

use std::collections::HashMap;

use chrono::NaiveDate;

use crate::db::Connection;
use crate::domain::merge_patch::{MergePatch, PatchError};
use crate::domain::{Id, Reference};
use crate::error::{AppError, AppResult, FieldError, body, codes, rules};
use crate::store::StoreResult;
use crate::store::areas::Area;
use crate::store::posts::Post;
use crate::store::units::Unit;

use super::access::{Permit, Right};

/// The row, or 404.
///
/// # Errors
/// `not_found`; the database's.
pub fn found<T>(row: StoreResult<Option<T>>) -> AppResult<T> {
    row?.ok_or_else(|| AppError::new(codes::NOT_FOUND))
}

/// The unit a field names, in a root of the asker's.
///
/// # Errors
/// 422 `unknown_unit` naming the field; the database's.
pub fn unit<R: Right>(conn: &mut Connection, permit: &Permit<R>, pointer: &str, reference: &Reference) -> AppResult<Unit> {
    let unit = crate::store::units::find_by(conn, reference)?.filter(|u| permit.in_own_root(&u.area_path));
    unit.ok_or_else(|| unknown(pointer, rules::UNKNOWN_UNIT, reference))
}

/// The unit a field names, if it names one.
///
/// # Errors
/// As [`unit`].
pub fn unit_if<R: Right>(
    conn: &mut Connection,
    permit: &Permit<R>,
    pointer: &str,
    reference: Option<&Reference>,
) -> AppResult<Option<Unit>> {
    reference.map(|r| unit(conn, permit, pointer, r)).transpose()
}

/// The area a field names, in a root of the asker's.
///
/// # Errors
/// 422 `unknown_area` naming the field; the database's.
pub fn area<R: Right>(conn: &mut Connection, permit: &Permit<R>, pointer: &str, reference: &Reference) -> AppResult<Area> {
    let area = crate::store::areas::find_by(conn, reference)?.filter(|a| permit.in_own_root(&a.path));
    area.ok_or_else(|| unknown(pointer, rules::UNKNOWN_AREA, reference))
}

/// What a filter of a list points at: a silent empty list would look like an answer.
///
/// # Errors
/// 400 `unknown_record` naming the parameter, where `found` says it is not there.
pub fn parameter<T>(name: &str, value: impl ToString, found: AppResult<T>) -> AppResult<T> {
    found.map_err(|error| match error.code.status {
        404 => AppError::new(codes::INVALID_PARAMETER).with_field(FieldError::new(name, rules::UNKNOWN_RECORD).with("found", value)),
        _ => error,
    })
}

/// The post a field names by id, in a root of the asker's.
///
/// # Errors
/// 422 `unknown_record` naming the field; the database's.
pub fn post_if<R: Right>(conn: &mut Connection, permit: &Permit<R>, pointer: &str, id: Option<Id>) -> AppResult<Option<Post>> {
    let Some(post) = record(conn, pointer, id, crate::store::posts::find)? else { return Ok(None) };
    let unit = found(crate::store::units::find(conn, post.unit_id))?;
    named(pointer, post.id, permit.require_root(&unit.area_path))?;
    Ok(Some(post))
}

/// What a field names, where finding it may end in 404: an address that is not there is one thing, a field that
/// names nothing another.
///
/// # Errors
/// 422 `unknown_record` naming the field, where `found` says it is not there.
pub fn named<T>(pointer: &str, value: impl ToString, found: AppResult<T>) -> AppResult<T> {
    found.map_err(|error| if error.code.status == 404 { unknown(pointer, rules::UNKNOWN_RECORD, value) } else { error })
}

/// The unit a filter names, in a root of the reader's.
///
/// # Errors
/// As [`parameter`].
pub fn unit_parameter<R: Right>(conn: &mut Connection, permit: &Permit<R>, name: &str, reference: &Reference) -> AppResult<Unit> {
    let unit = crate::store::units::find_by(conn, reference)?.filter(|u| permit.in_own_root(&u.area_path));
    parameter(name, reference, unit.ok_or_else(|| AppError::new(codes::NOT_FOUND)))
}

/// The area a filter names, in a root of the reader's.
///
/// # Errors
/// As [`parameter`].
pub fn area_parameter<R: Right>(conn: &mut Connection, permit: &Permit<R>, name: &str, reference: &Reference) -> AppResult<Area> {
    let area = crate::store::areas::find_by(conn, reference)?.filter(|a| permit.in_own_root(&a.path));
    parameter(name, reference, area.ok_or_else(|| AppError::new(codes::NOT_FOUND)))
}

/// The record a field names by id.
///
/// # Errors
/// 422 `unknown_record` naming the field; the database's.
pub fn record<T>(
    conn: &mut Connection,
    pointer: &str,
    id: Option<Id>,
    find: impl FnOnce(&mut Connection, Id) -> StoreResult<Option<T>>,
) -> AppResult<Option<T>> {
    let Some(id) = id else { return Ok(None) };
    find(conn, id)?.map(Some).ok_or_else(|| unknown(pointer, rules::UNKNOWN_RECORD, id))
}

fn unknown(pointer: &str, rule: &'static rules::Rule, found: impl ToString) -> AppError {
    AppError::invalid_fields(vec![FieldError::new(pointer, rule).with("found", found)])
}

/// The version a change was made from, as the caller says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expected {
    /// Nothing was said: refused, because the change might overwrite somebody else's.
    Missing,
    /// Whatever stands now.
    Any,
    /// This version.
    Version(i32),
}

impl Expected {
    /// Refuses a change that was made from another version than the present one.
    ///
    /// # Errors
    /// `precondition_required`, `stale`.
    pub fn check(self, present: i32) -> AppResult<()> {
        match self {
            Self::Any => Ok(()),
            Self::Version(version) if version == present => Ok(()),
            Self::Version(_) => Err(AppError::new(codes::STALE)),
            Self::Missing => Err(AppError::new(codes::PRECONDITION_REQUIRED)),
        }
    }

    /// [`Expected::check`] for a change that may be made from no version: one system keeps what it
    /// writes under its own names.
    ///
    /// # Errors
    /// `stale`.
    pub fn check_if_said(self, present: i32) -> AppResult<()> {
        if self == Self::Missing { Ok(()) } else { self.check(present) }
    }
}

/// Refuses when somebody else was quicker between reading and writing.
///
/// # Errors
/// `stale`.
pub fn expect_updated(updated: StoreResult<bool>) -> AppResult<()> {
    if updated? { Ok(()) } else { Err(AppError::new(codes::STALE)) }
}

/// The draft after a patch, checked like a new one.
///
/// # Errors
/// 422 naming each wrong field, or `nothing_changes` when the patch is empty.
pub fn patched<T>(current: &T, patch: &MergePatch) -> AppResult<T>
where
    T: serde::Serialize + serde::de::DeserializeOwned + validator::Validate,
{
    if patch.is_empty() {
        return Err(AppError::invalid("", rules::NOTHING_CHANGES));
    }
    let draft = patch.apply(current).map_err(|PatchError { path, cause }| body::unreadable(&path, &cause))?;
    body::validated(draft)
}

/// Refuses a document of another province.
///
/// # Errors
/// 422 `other_root` naming the field.
pub fn same_root(pointer: &str, found: Option<Id>, root: Id) -> AppResult<()> {
    if found.is_none_or(|f| f == root) { Ok(()) } else { Err(AppError::invalid(pointer, rules::OTHER_ROOT)) }
}

/// Refuses a unit that does not exist on that day.
///
/// # Errors
/// 422 `not_valid_then` naming the field.
pub fn valid_on(unit: &Unit, pointer: &str, day: NaiveDate) -> AppResult<()> {
    if unit.valid_from <= day && unit.valid_to.is_none_or(|to| to >= day) {
        return Ok(());
    }
    Err(AppError::invalid_fields(vec![FieldError::new(pointer, rules::NOT_VALID_THEN).with("day", day)]))
}

/// Refuses a unit of another province than `like`.
///
/// # Errors
/// 422 `other_root` naming the field.
pub fn same_province(pointer: &str, unit: &Unit, like: &Unit) -> AppResult<()> {
    let root = |u: &Unit| crate::domain::areas::root_of(&u.area_path).to_owned();
    if root(unit) == root(like) { Ok(()) } else { Err(AppError::invalid(pointer, rules::OTHER_ROOT)) }
}

/// Records with the user names of who recorded them; none where nobody with an account did.
///
/// # Errors
/// The database's.
pub fn with_authors<T>(conn: &mut Connection, rows: Vec<T>, by: impl Fn(&T) -> Option<Id>) -> AppResult<Vec<(T, Option<String>)>> {
    let people: Vec<Id> = rows.iter().filter_map(&by).collect();
    let names: HashMap<Id, String> = crate::store::users::names(conn, &people)?.into_iter().collect();
    let named = |row: T| {
        let name = by(&row).and_then(|id| names.get(&id)).cloned();
        (row, name)
    };
    Ok(rows.into_iter().map(named).collect())
}
