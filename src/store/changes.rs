//! The journal as a feed: what changed, without how it stood.

use chrono::NaiveDateTime;
use diesel::prelude::*;

use super::StoreResult;
use crate::db::Connection;
use crate::db::schema::{attachments, commitment_requests, contributions, events, progress_reports, review_snapshots};
use crate::domain::{Id, Origin};

/// One event, without its contents.
#[derive(Debug, Clone, Queryable, Selectable)]
#[diesel(table_name = events)]
pub struct ChangeRow {
    pub position: i64,
    pub recorded_at: NaiveDateTime,
    pub actor_id: Option<Id>,
    pub action: String,
    pub subject_kind: String,
    pub subject_id: Id,
    pub root: Option<String>,
    pub origin: Origin,
}

/// Up to `limit` changes after `position`, oldest first.
pub fn after(conn: &mut Connection, position: i64, limit: i64) -> StoreResult<Vec<ChangeRow>> {
    events::table.filter(events::position.gt(position)).order(events::position).limit(limit).select(ChangeRow::as_select()).load(conn)
}

/// The task of each of these reports.
pub fn tasks_of_reports(conn: &mut Connection, reports: &[Id]) -> StoreResult<Vec<(Id, Id)>> {
    let chosen = progress_reports::table.filter(progress_reports::id.eq_any(reports.to_vec()));
    chosen.select((progress_reports::id, progress_reports::task_id)).load(conn)
}

/// The task of each of these requests.
pub fn tasks_of_requests(conn: &mut Connection, requests: &[Id]) -> StoreResult<Vec<(Id, Id)>> {
    let chosen = commitment_requests::table.filter(commitment_requests::id.eq_any(requests.to_vec()));
    chosen.select((commitment_requests::id, commitment_requests::task_id)).load(conn)
}

/// The task of each of these contributions.
pub fn tasks_of_contributions(conn: &mut Connection, filed: &[Id]) -> StoreResult<Vec<(Id, Id)>> {
    let chosen = contributions::table.filter(contributions::id.eq_any(filed.to_vec()));
    chosen.select((contributions::id, contributions::task_id)).load(conn)
}

/// The task of each of these attachments.
pub fn tasks_of_attachments(conn: &mut Connection, files: &[Id]) -> StoreResult<Vec<(Id, Id)>> {
    let chosen = attachments::table.filter(attachments::id.eq_any(files.to_vec()));
    chosen.select((attachments::id, attachments::task_id)).load(conn)
}

/// The review of each of these snapshots.
pub fn reviews_of_snapshots(conn: &mut Connection, snapshots: &[Id]) -> StoreResult<Vec<(Id, Id)>> {
    let chosen = review_snapshots::table.filter(review_snapshots::id.eq_any(snapshots.to_vec()));
    chosen.select((review_snapshots::id, review_snapshots::review_id)).load(conn)
}
