//! Files that prove something about tasks; their bytes lie in a folder, under their SHA-256.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::StoreResult;
use crate::db::Connection;
use crate::db::schema::attachments;
use crate::domain::attachments::{AttachedFile, AttachmentKind};
use crate::domain::{Id, Origin};

/// One file of a task.
#[derive(Debug, Clone, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = attachments, treat_none_as_null = true, treat_none_as_default_value = false)]
pub struct Attachment {
    pub id: Id,
    pub task_id: Id,
    pub report_id: Option<Id>,
    pub position: i64,
    /// The unit it comes from.
    pub unit_id: Id,
    pub file_name: String,
    pub kind: AttachmentKind,
    pub bytes: i64,
    pub sha256: String,
    pub note: Option<String>,
    /// Whether the focal office sent it for the unit.
    pub on_behalf: bool,
    pub recorded_by: Option<Id>,
    pub origin: Origin,
    pub recorded_at: NaiveDateTime,
    pub voided_by: Option<Id>,
    pub voided_at: Option<NaiveDateTime>,
    pub void_reason: Option<String>,
    pub version: i32,
}

versioned!(attachments, Attachment);

impl From<&Attachment> for AttachedFile {
    fn from(row: &Attachment) -> Self {
        let bytes = u64::try_from(row.bytes).unwrap_or_default();
        Self { file_name: row.file_name.clone(), kind: row.kind, bytes, sha256: row.sha256.clone() }
    }
}

/// Which attachments a list asks for.
#[derive(Debug, Clone)]
pub struct AttachmentFilter {
    pub task_id: Id,
    pub report_id: Option<Id>,
    /// Position of the last one of the page before.
    pub before: Option<i64>,
    pub limit: i64,
}

/// A page of attachments of a task, newest first.
pub fn list(conn: &mut Connection, filter: &AttachmentFilter) -> StoreResult<Vec<Attachment>> {
    let mut query = attachments::table
        .filter(attachments::task_id.eq(filter.task_id))
        .select(Attachment::as_select())
        .order(attachments::position.desc())
        .limit(filter.limit)
        .into_boxed();
    if let Some(report) = filter.report_id {
        query = query.filter(attachments::report_id.eq(report));
    }
    if let Some(position) = filter.before {
        query = query.filter(attachments::position.lt(position));
    }
    query.load(conn)
}

/// The attachments of these reports, in the order in which they came.
pub fn of_reports(conn: &mut Connection, reports: &[Id]) -> StoreResult<Vec<Attachment>> {
    let all = attachments::table.select(Attachment::as_select());
    let load = |conn: &mut Connection| -> StoreResult<Vec<Attachment>> { load_among!(conn, all, attachments::report_id, reports) };
    let mut found = load(conn)?;
    found.sort_by_key(|attachment| attachment.position);
    Ok(found)
}

/// How many attachments of a task are not void.
pub fn count_of_task(conn: &mut Connection, task: Id) -> StoreResult<i64> {
    let standing = attachments::table.filter(attachments::voided_at.is_null());
    standing.filter(attachments::task_id.eq(task)).count().get_result(conn)
}

/// How many attachments of a report are not void.
pub fn count_of_report(conn: &mut Connection, report: Id) -> StoreResult<i64> {
    let standing = attachments::table.filter(attachments::voided_at.is_null());
    standing.filter(attachments::report_id.eq(report)).count().get_result(conn)
}

/// Up to `limit` attachments whose ids come after `id`, in the order of their ids: all of them, page by page.
pub fn after(conn: &mut Connection, id: Id, limit: i64) -> StoreResult<Vec<Attachment>> {
    let following = attachments::table.filter(attachments::id.gt(id)).order(attachments::id);
    following.limit(limit).select(Attachment::as_select()).load(conn)
}
